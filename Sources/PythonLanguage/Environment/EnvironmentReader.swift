import Model

/// Reads what an environment says about its distributions.
enum EnvironmentReader {
  static func read(_ files: [MetadataFile]) -> EnvironmentFacts {
    var folders: [Folder] = []
    var positions: [Key: Int] = [:]
    var added: [(root: RootID, folder: String)] = []
    var diagnostics: [Diagnostic] = []
    let ordered = files.sorted { ($0.root, $0.path) < ($1.root, $1.path) }

    for file in ordered {
      let path = file.path
      if path.string.hasSuffix(".pth") && path.folder.isEmpty {
        added += PathFiles.folders(inPath: file.bytes).map { (file.root, $0) }
      } else if path.string.hasSuffix(".egg-link") && path.folder.isEmpty {
        if let folder = PathFiles.folder(inLink: file.bytes) { added.append((file.root, folder)) }
      } else if path.string.hasSuffix("_finder.py") && path.folder.isEmpty {
        added += PathFiles.folders(inFinder: file.bytes).map { (file.root, $0) }
      } else if let (folder, name) = split(path) {
        let key = Key(root: file.root, folder: folder)
        let position =
          positions[key]
          ?? {
            folders.append(Folder(key: key, location: file.location))
            positions[key] = folders.count - 1
            return folders.count - 1
          }()
        folders[position].files.append((name, file.bytes))
      }
    }

    var found: [EnvironmentFacts.Found] = []
    for folder in folders {
      guard let distribution = folder.distribution(&diagnostics) else {
        diagnostics.append(
          Diagnostics.nameless(folder: "\(folder.location)/\(folder.key.folder)"))
        continue
      }
      found.append(distribution)
    }
    found.sort { ($0.root, $0.name, $0.metadataFolder) < ($1.root, $1.name, $1.metadataFolder) }
    // A folder that an earlier one has added already is looked through once.
    var seen: Set<String> = []
    added = added.filter { seen.insert("\($0.root.index) \($0.folder)").inserted }
    return EnvironmentFacts(distributions: found, addedRoots: added, diagnostics: diagnostics)
  }

  private struct Key: Hashable {
    let root: RootID
    let folder: String
  }

  /// `requests-2.dist-info/METADATA` → (`requests-2.dist-info`, `METADATA`). An `*.egg-info` that is
  /// a file is its own metadata.
  private static func split(_ path: RelativePath) -> (folder: String, name: String)? {
    var end = path.string.startIndex
    for part in path.string.split(separator: "/", omittingEmptySubsequences: false) {
      end = part.endIndex
      guard part.hasSuffix(".dist-info") || part.hasSuffix(".egg-info") else { continue }
      let rest = path.string[end...].dropFirst()
      return (String(path.string[..<end]), rest.isEmpty ? "PKG-INFO" : String(rest))
    }
    return nil
  }

  /// One `*.dist-info` or `*.egg-info`, with its files.
  private struct Folder {
    let key: Key
    let location: String
    var files: [(name: String, bytes: [UInt8])] = []

    init(key: Key, location: String) {
      self.key = key
      self.location = location
    }

    private func location(_ name: String, line: Int) -> SourceLocation {
      // An `*.egg-info` that is a file has no name below its own.
      let path = "\(location)/\(key.folder)"
      let isFile = files.count == 1 && key.folder.hasSuffix(".egg-info") && name == "PKG-INFO"
      return SourceLocation(
        path: isFile ? path : "\(path)/\(name)", line: line, column: line == 0 ? 0 : 1)
    }

    private func file(_ name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }

    /// What is broken is told, and loses nothing else.
    func distribution(_ diagnostics: inout [Diagnostic]) -> EnvironmentFacts.Found? {
      let source = file("METADATA") == nil ? "PKG-INFO" : "METADATA"
      let headers = MetadataText.headers(file(source) ?? [])
      let folderName = key.folder.split(separator: "/").last ?? ""
      // `NAME-VERSION.dist-info`, where the metadata itself cannot be read.
      let stem = folderName.dropLast(
        folderName.hasSuffix(".dist-info") ? 10 : 9)
      let parts = stem.split(separator: "-", maxSplits: 2)
      let displayName =
        headers.first { $0.name == "name" }?.value ?? parts.first.map(String.init) ?? ""
      let version =
        headers.first { $0.name == "version" }?.value
        ?? (parts.count > 1 ? String(parts[1]) : "0")
      guard !displayName.isEmpty else { return nil }
      if file(source) != nil, !headers.contains(where: { $0.name == "name" }) {
        diagnostics.append(
          Diagnostics.namelessMetadata(displayName, version, at: location(source, line: 0)))
      }

      func refuse(_ text: String, in name: String, at line: Int) {
        diagnostics.append(
          Diagnostics.brokenRequirement(text, of: displayName, at: location(name, line: line)))
      }
      var requirements: [Distribution.Requirement] = []
      for header in headers where header.name == "requires-dist" {
        if let read = MetadataText.requirement(header.value) {
          requirements.append(read)
        } else {
          refuse(header.value, in: source, at: header.line)
        }
      }
      if let egg = file("requires.txt") {
        requirements += MetadataText.eggRequirements(egg) { refuse($0, in: "requires.txt", at: $1) }
      }
      let names = Set(requirements.map(\.name))

      return EnvironmentFacts.Found(
        name: DistributionName.normalised(displayName), displayName: displayName, version: version,
        root: key.root, metadataFolder: key.folder,
        metadataNames: files.map(\.name).filter { Self.kept.contains($0) },
        owns: owns(), topLevel: topLevel(), requires: names.sorted(),
        requirements: requirements,
        entryPoints: MetadataText.entryPoints(file("entry_points.txt") ?? []),
        extras: Set(
          headers.filter { $0.name == "provides-extra" }.map {
            DistributionName.normalised($0.value)
          }
        ).sorted(), isRequested: file("REQUESTED") != nil,
        tags: MetadataText.headers(file("WHEEL") ?? []).filter { $0.name == "tag" }.map(\.value))
    }

    /// What `importlib.metadata` and `pkg_resources` read.
    private static let kept: Set<String> = [
      "METADATA", "PKG-INFO", "RECORD", "WHEEL", "entry_points.txt", "top_level.txt",
      "requires.txt", "namespace_packages.txt",
    ]

    private func owns() -> [RelativePath]? {
      if let record = file("RECORD") { return MetadataText.record(record) }
      guard let installed = file("installed-files.txt") else { return nil }
      // Relative to the metadata folder: `../six.py`.
      return MetadataText.lines(installed).compactMap { line in
        let line = MetadataText.trim(line)
        guard !line.isEmpty else { return nil }
        var parts = key.folder.split(separator: "/").map(String.init)
        for part in line.split(separator: "/") where part != "." {
          if part == ".." {
            guard parts.popLast() != nil else { return nil }
          } else {
            parts.append(String(part))
          }
        }
        return RelativePath(checking: parts.joined(separator: "/"))
      }
    }

    private func topLevel() -> [String] {
      if let text = file("top_level.txt") {
        return MetadataText.lines(text).map { MetadataText.trim($0) }.filter { !$0.isEmpty }
      }
      var names: Set<String> = []
      for path in owns() ?? [] {
        let parts = path.string.split(separator: "/", maxSplits: 1)
        guard let head = parts.first, !head.hasSuffix(".dist-info"), !head.hasSuffix(".egg-info"),
          head != "__pycache__"
        else { continue }
        names.insert(String(parts.count > 1 ? head : head.prefix { $0 != "." }))
      }
      return names.sorted()
    }
  }
}
