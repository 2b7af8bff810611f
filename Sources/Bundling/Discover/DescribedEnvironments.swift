import Files
import Model

// Where a described function's distributions come from: what lies beside its code, or above it.

extension Environments {
  /// What decides on a described function's environment.
  struct DescribedPlace: Hashable {
    let folder: String
    let layers: [String]
    let requirements: String?
    let platform: WheelPlatform
  }

  struct StatedFile: Hashable {
    let path: String
    let platform: WheelPlatform
  }

  /// What the command line or the configuration name, before what is found around the code:
  /// a `.venv` in its folder or above it that was made for the function's runtime and has what the
  /// function's requirements name; a lock or requirements file; any `.venv`; `VIRTUAL_ENV`.
  mutating func choice(
    for function: DeclaredFunction, _ platform: WheelPlatform, current: String
  ) -> Choice {
    guard let found = function.described, options.environment.isEmpty,
      function.layer.environment == nil, function.layer.requirements == nil
    else { return choice(for: function.layer, current: current) }
    let place = DescribedPlace(
      folder: found.folder, layers: found.layers, requirements: found.requirements,
      platform: platform)
    if let known = described[place] { return known }
    let choice = search(around: found, platform)
    described[place] = choice
    return choice
  }

  private mutating func search(
    around function: DescribedFunction, _ platform: WheelPlatform
  ) -> Choice {
    let files = requirementFiles(of: function, platform)
    let candidates = folders(above: function.folder).map { "\($0)/.venv" }
      .filter(FileSystem.isFolder)
    let wanted = Set(files.flatMap { names(statedBy: $0, platform) })
    for candidate in candidates {
      if let installed = installed(in: candidate, platform), wanted.isSubset(of: installed) {
        return .folders([candidate], [nil])
      }
    }
    if !files.isEmpty { return .provision(files, files.map { _ in nil }) }
    let active = activeEnvironment.map { FileSystem.absolute($0, in: configuration.project) }
    guard let last = candidates.first ?? active.flatMap({ FileSystem.isFolder($0) ? $0 : nil })
    else { return .none }
    return .folders([last], [nil])
  }

  /// Absolute paths of the files that say what a described function asks for: the nearest lock,
  /// requirements file or project file with dependencies, from its code's folder up to the project's;
  /// and what lies beside the code of its layers.
  mutating func requirementFiles(
    of function: DescribedFunction, _ platform: WheelPlatform
  ) -> [String] {
    let place = DescribedPlace(
      folder: function.folder, layers: function.layers, requirements: function.requirements,
      platform: platform)
    if let known = filesByPlace[place] { return known }
    var own: String?
    for folder in folders(above: function.folder) {
      own = requirementFile(in: folder, named: function.requirements, platform)
      if own != nil { break }
    }
    let files = ([own] + function.layers.map { requirementFile(in: $0, named: nil, platform) })
      .compactMap { $0 }
      .uniqued()
    filesByPlace[place] = files
    return files
  }

  private mutating func requirementFile(
    in folder: String, named other: String?, _ platform: WheelPlatform
  ) -> String? {
    let key = StatedFile(path: "\(folder)/\(other ?? "")", platform: platform)
    if let known = fileByFolder[key] { return known }
    let found = lookForFile(in: folder, named: other, platform)
    fileByFolder[key] = .some(found)
    return found
  }

  private mutating func lookForFile(
    in folder: String, named other: String?, _ platform: WheelPlatform
  ) -> String? {
    for name in [other].compactMap({ $0 }) + Self.lockFiles where isProjectFile("\(folder)/\(name)")
    {
      return "\(folder)/\(name)"
    }
    let file = "\(folder)/pyproject.toml"
    // One that only has a tool's settings asks for nothing.
    return isProjectFile(file) && !names(statedBy: file, platform).isEmpty ? file : nil
  }

  /// From a folder up to the project's; the folder alone where it lies elsewhere.
  private func folders(above folder: String) -> [String] {
    var folders = [folder]
    while let last = folders.last, last.hasPrefix(configuration.project + "/") {
      folders.append(FileSystem.absolute("..", in: last))
    }
    return folders
  }

  private func isProjectFile(_ path: String) -> Bool {
    guard path.hasPrefix(tree.folder + "/") else { return FileSystem.isFile(path) }
    return tree.files.position(
      of: RelativePath(String(path.dropFirst(tree.folder.utf8.count + 1)))) != nil
  }

  private mutating func names(statedBy path: String, _ platform: WheelPlatform) -> [String] {
    let key = StatedFile(path: path, platform: platform)
    if let known = statedNames[key] { return known }
    var stated = StatedRequirements(
      project: configuration.project, local: configuration.localNames)
    // What is wrong with it is told where it is read for the function.
    try? stated.read(path, for: platform)
    let names = stated.stated.filter { !$0.isLocal }.map(\.name)
    statedNames[key] = names
    return names
  }

  /// Names of the distributions in a virtual environment of the runtime's version; nil where it is of
  /// another.
  private mutating func installed(in folder: String, _ platform: WheelPlatform) -> Set<String>? {
    let key = StatedFile(path: folder, platform: platform)
    if let known = installedNames[key] { return known }
    var found: Set<String>?
    for library in ["lib", "lib64"] {
      let packages = "\(folder)/\(library)/\(platform.runtime)/site-packages"
      guard let names = try? FileSystem.names(in: packages) else { continue }
      found = found ?? []
      for name in names {
        guard name.hasSuffix(".dist-info") || name.hasSuffix(".egg-info") else { continue }
        found?.insert(normalisedName(name.prefix { $0 != "-" }))
      }
    }
    installedNames[key] = .some(found)
    return found
  }
}
