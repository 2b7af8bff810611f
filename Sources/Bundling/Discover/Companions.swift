import Files
import Model
import Text

// Files of the project that functions ship though no import leads to them: what `include` names and
// what the provider reads beside the code.

extension Discovery {
  /// A file that the provider looks for, before ids exist.
  struct FoundCompanion {
    /// Inside the archive.
    let path: RelativePath
    /// Below the project.
    let file: RelativePath
  }

  /// What a function's provider reads beside the code, as far as the project has it.
  ///
  /// - Parameter handlerFiles: absolute paths of the files that have the handlers; nil where one is no
  ///   source file of the project.
  func companions(of function: Placed, handlerFiles: [String?]) -> [FoundCompanion] {
    var found: [RelativePath: FoundCompanion] = [:]
    for (handler, file) in zip(function.handlers, handlerFiles) {
      for companion in companions(of: function, handler, handlerFile: file)
      where found[companion.path] == nil {
        found[companion.path] = companion
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }

  private func companions(
    of function: Placed, _ handler: Handler, handlerFile: String?
  ) -> [FoundCompanion] {
    let provider = Providers.provider(function.declared.layer.provider?.value ?? .awsLambda)
    guard !provider.companions.isEmpty else { return [] }
    let prefix = configuration.project + "/"
    let folder = handlerFile.flatMap { file in
      file.hasPrefix(prefix)
        ? String(RelativePath(String(file.dropFirst(prefix.count))).folder) : nil
    }
    var companions: [FoundCompanion] = []
    for companion in provider.companions {
      switch companion.place {
      case .root:
        if let file = nearest(companion.name, above: folder ?? "") {
          companions.append(.init(path: RelativePath(companion.name), file: file))
        }
      case .besideHandler:
        guard let folder, let handlerFile,
          let file = file(companion.name, in: folder)
        else { continue }
        var names = handler.module.split(separator: ".").map(String.init)
        if !handlerFile.hasSuffix("/__init__.py") { names.removeLast() }
        guard !names.isEmpty else { continue }
        companions.append(
          .init(path: RelativePath((names + [companion.name]).joined(separator: "/")), file: file))
      }
    }
    return companions
  }

  private func nearest(_ name: String, above folder: String) -> RelativePath? {
    var parts = folder.split(separator: "/")
    while true {
      if let file = file(name, in: parts.joined(separator: "/")) { return file }
      guard parts.popLast() != nil else { return nil }
    }
  }

  private func file(_ name: String, in folder: String) -> RelativePath? {
    let path = RelativePath(folder.isEmpty ? name : "\(folder)/\(name)")
    return tree.files.position(of: path).map { tree.files[$0] }
  }

  /// The project's files that `include` patterns or providers name, as a root that stands on no path:
  /// what lies below none of a function's roots is taken from there. Nil where nothing is named.
  func projectRoot(_ placed: [Placed], _ companions: [[FoundCompanion]]) -> FoundRoot? {
    let patterns = Set(placed.flatMap { $0.declared.layer.include?.map(\.value) ?? [] })
    var named = Set(companions.joined().map(\.file))
    if !patterns.isEmpty {
      let files = holes.without(tree.files, below: configuration.project)
      for pattern in patterns {
        for position in Glob(pattern).positions(in: files, below: "") {
          named.insert(files[position])
        }
      }
    }
    if named.isEmpty { return nil }
    return FoundRoot(
      key: RootKey(kind: .project, location: configuration.project, platform: nil),
      paths: named.sorted())
  }

  /// What the patterns of one function's `include` name, by the first root that has each file.
  func included(
    _ function: Placed, projectRoot: Int?, starts: [Int], publicKeys: Set<FileID>,
    _ search: inout IncludeSearch, isMatched: inout Set<SourceLocation>, secrets: inout Set<String>
  ) -> [FileID] {
    guard let patterns = function.declared.layer.include else { return [] }
    let roots = (function.overlay.map { [$0] } ?? []) + function.path
    var files: [FileID] = []
    var locations: Set<String> = []
    var withheld: Set<String> = []
    for position in roots + (projectRoot.map { [$0] } ?? []) {
      guard let root = found[position] else { continue }
      for pattern in patterns {
        let positions = search.positions(of: pattern.value, in: root, number: position)
        if !positions.isEmpty { isMatched.insert(pattern.location) }
        let namesFiles = Glob(pattern.value).namesFiles
        for index in positions {
          let location = "\(root.key.location)/\(root.paths[index])"
          let name = String(root.paths[index].name)
          let file = FileID(starts[position] + index)
          if !namesFiles, !publicKeys.contains(file),
            languages.contains(where: { $0.holdsSecrets(name) })
          {
            withheld.insert(location)
          } else if locations.insert(location).inserted {
            files.append(file)
          }
        }
      }
    }
    secrets.formUnion(withheld.subtracting(locations))
    return files.sorted()
  }

  /// A pattern of the project's own table may be meant for functions that this run is not about.
  func unmatchedIncludes(
    _ placed: [Placed], isMatched: Set<SourceLocation>
  ) -> [Diagnostic] {
    let shared = Set(configuration.defaults.include?.map(\.location) ?? [])
    var told: Set<SourceLocation> = []
    return placed.flatMap { $0.declared.layer.include ?? [] }.filter { pattern in
      !isMatched.contains(pattern.location)
        && (options.functions.isEmpty || !shared.contains(pattern.location))
        && told.insert(pattern.location).inserted
    }.map { pattern in
      leaves(pattern.value)
        ? .outsideOfProject("include", pattern.value, at: pattern.location)
        : .unmatchedPattern("include", pattern.value, at: pattern.location)
    }
  }

  /// `../shared/*.json`, `/etc/hosts`
  private func leaves(_ pattern: String) -> Bool {
    let path = FileSystem.absolute(pattern, in: configuration.project)
    return path != configuration.project && !path.hasPrefix(configuration.project + "/")
  }
}
