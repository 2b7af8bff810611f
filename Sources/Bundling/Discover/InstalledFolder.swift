import Files
import Model

extension FoundRoot {
  /// Walks an installed folder and reads its metadata.
  static func installed(
    _ key: RootKey, id: RootID, language: any Language, jobs: Int
  ) throws(FileError) -> FoundRoot {
    let tree = try FileTree.walk(key.location, skip: .init(names: ["__pycache__"]), jobs: jobs)
    var root = FoundRoot(key: key, paths: tree.files)
    root.diagnostics = tree.diagnostics
    let metadata = try root.readMetadata(id: id, language: language, jobs: jobs)
    let facts = language.distributions(in: metadata, jobs: jobs)
    root.diagnostics += facts.diagnostics
    root.distributions = facts.distributions
    root.addedFolders = facts.addedRoots.map { FileSystem.absolute($0.folder, in: key.location) }
    root.owners = Array(repeating: -1, count: root.paths.count)
    root.own(metadata)
    return root
  }

  private func readMetadata(
    id: RootID, language: any Language, jobs: Int
  ) throws(FileError) -> [MetadataFile] {
    let chunks = stride(from: 0, to: paths.count, by: 1024).map {
      $0..<min($0 + 1024, paths.count)
    }
    let location = key.location
    let found = try concurrentMap(chunks, jobs: jobs, worker: { ReadBuffer(capacity: 1 << 18) }) {
      (buffer: inout ReadBuffer, range: Range<Int>) throws(FileError) -> [MetadataFile] in
      var files: [MetadataFile] = []
      for path in paths[range] where language.role(of: path) == .metadata {
        _ = try buffer.read("\(location)/\(path.string)")
        files.append(
          MetadataFile(root: id, location: location, path: path, bytes: buffer.array))
      }
      return files
    }
    return found.flatMap { $0 }
  }

  /// Says who owns each file. What two distributions list belongs to the one whose content is there,
  /// and to the first by name where that cannot be told.
  private mutating func own(_ metadata: [MetadataFile]) {
    for (number, distribution) in distributions.enumerated() {
      let range = paths.range(below: distribution.metadataFolder)
      for index in range { owners[index] = Int32(number) }
      if let index = paths.position(of: RelativePath(distribution.metadataFolder)) {
        owners[index] = Int32(number)
      }
    }
    var claims = Claims(distributions, metadata, location: key.location)
    var hint = 0
    for (number, distribution) in distributions.enumerated() {
      for path in distribution.owns ?? ownedByName(distribution) {
        if path.string.utf8.last == UInt8(ascii: "c"), path.string.hasSuffix(".pyc") { continue }
        // `RECORD` is sorted nearly always: what is looked for stands behind what was found last.
        if !(hint < paths.count && paths[hint] == path) {
          guard let index = paths.position(of: path) else { continue }
          hint = index
        }
        if owners[hint] < 0 {
          owners[hint] = Int32(number)
        } else if owners[hint] != Int32(number) {
          owners[hint] = Int32(claims.settle(path, at: hint, Int(owners[hint]), number))
        }
        hint += 1
      }
    }
    contests = claims.contests
  }

  /// Without a `RECORD`: what lies below its top-level names, and modules of these names.
  private func ownedByName(_ distribution: EnvironmentFacts.Found) -> [RelativePath] {
    distribution.topLevel.flatMap { name in
      let modules = paths.range(startingWith: name + ".").filter { index in
        !paths[index].string.utf8.dropFirst(name.utf8.count).contains(UInt8(ascii: "/"))
      }
      return (Array(paths.range(below: name)) + modules).map { paths[$0] }
    }
  }

  /// One warning for all distributions whose wheels were made for another platform.
  func foreignDistributions(for platform: WheelPlatform) -> Diagnostic? {
    let foreign = distributions.filter { distribution in
      !distribution.tags.isEmpty
        && !distribution.tags.contains { platform.accepts(tag: $0) }
    }
    guard !foreign.isEmpty else { return nil }
    return .foreignDistributions(
      foreign.map {
        ("\($0.displayName) \($0.version)", $0.tags)
      }, environment: key.location, platform: platform)
  }
}

extension Language {
  /// As `distributions(in:)`, several distributions at once: each one's files go together, so the
  /// result is the same. `metadata` is of one root.
  func distributions(in metadata: [MetadataFile], jobs: Int) -> EnvironmentFacts {
    guard jobs > 1, metadata.count > 64 else { return distributions(in: metadata) }
    let ordered = metadata.sorted { $0.path < $1.path }
    var groups: [[MetadataFile]] = [[]]
    var last = ""
    for file in ordered {
      let top = String(file.path.string.prefix { $0 != "/" })
      if top != last, groups[groups.count - 1].count >= 32 { groups.append([]) }
      groups[groups.count - 1].append(file)
      last = top
    }
    let facts = concurrentMap(groups, jobs: jobs) { distributions(in: $0) }
    return EnvironmentFacts(
      distributions: facts.flatMap(\.distributions).sorted {
        ($0.name, $0.metadataFolder) < ($1.name, $1.metadataFolder)
      },
      addedRoots: facts.flatMap(\.addedRoots), diagnostics: facts.flatMap(\.diagnostics))
  }
}
