import Model
import Text

/// What a run in the whole environment has used of one distribution, or of the team's own code, and the
/// archive leaves out.
package struct Surplus: Hashable, Sendable {
  /// As its metadata spells it; nil for the team's own.
  package let distribution: String?
  package let version: String?
  /// Dotted names of modules that were imported, sorted.
  package let modules: [String]
  /// Paths of other files that were opened or mapped, sorted, as the archive would have them.
  package let files: [String]
  /// What would add it; empty where something else here brings it, or the configuration takes it out.
  package let supplement: Supplement
  /// The key of the configuration that takes some of it out.
  package let isLeftOutBy: String?
  /// The scan finds it: the archive is older than what it was made from.
  package let isScanned: Bool
}

/// One run's use of files, as the harness tells it.
struct Usage {
  struct Module: Hashable {
    /// Dotted, as `sys.modules` has it.
    let name: String
    let file: FileID
    /// The file that imported it first; nil where nobody of the path did.
    let importer: FileID?
  }

  let modules: [Module]
  let files: [FileID]

  /// - Parameter roots: beside the folders that the run had on its path. What is no file of the
  ///   workspace (what pare writes, caches) is nobody's.
  init(_ findings: DatumTable?, _ workspace: Workspace, roots: [RootID]) {
    func file(_ datum: Datum) -> FileID? {
      guard let parts = datum.array, parts.count == 2,
        case .integer(let position) = parts[0].content,
        let path = parts[1].string, roots.indices.contains(Int(position))
      else { return nil }
      return workspace.file(RelativePath(path), in: roots[Int(position)])
    }
    let used = findings?["used"]?.table
    modules = (used?["modules"]?.array ?? []).compactMap { item in
      guard let parts = item.array, parts.count == 3, let name = parts[0].string,
        let own = file(parts[1])
      else { return nil }
      return Module(name: name, file: own, importer: file(parts[2]))
    }
    files = (used?["files"]?.array ?? []).compactMap(file).uniqued()
  }
}

extension Trial {
  /// What a run has used beyond the archive, the team's own first, then by distribution.
  ///
  /// - Parameter entries: paths of all that is in the archive.
  func surplus(_ usage: Usage, beyond entries: Set<String>) -> [Surplus] {
    let omitted = Set(workspace.targets[function.target].omitted)
    func isMissing(_ file: FileID) -> Bool {
      let row = workspace.files[file]
      if let owner = row.distribution, omitted.contains(workspace.distributions[owner].name) {
        return false
      }
      return !workspace.archivePaths(of: file, function).contains(where: entries.contains)
    }
    let modules = usage.modules.filter { isMissing($0.file) }
    let moduleFiles = Set(usage.modules.map(\.file))
    let missingModules = Set(modules.map(\.file))
    let present = Set(
      usage.modules.filter { !missingModules.contains($0.file) }
        .compactMap { workspace.files[$0.file].distribution }
        + presentDistributions(entries))
    let imported = Set(modules.compactMap { workspace.files[$0.file].distribution })
    let files = usage.files.filter { file in
      guard !moduleFiles.contains(file), isMissing(file) else { return false }
      // Whoever asks for entry points opens the metadata of all that is installed.
      guard let owner = workspace.files[file].distribution else { return true }
      let folder = workspace.distributions[owner].metadataFolder
      return !workspace.files[file].path.string.hasPrefix(folder + "/") || present.contains(owner)
    }
    let owners = (modules.map(\.file) + files).map { workspace.files[$0].distribution }.uniqued()
    return owners.map { owner in
      let own = modules.filter { workspace.files[$0.file].distribution == owner }
      let opened = files.filter { workspace.files[$0].distribution == owner }
      let row = owner.map { workspace.distributions[$0] }
      let all = own.map(\.file) + opened
      let kept = all.first { keyThatLeavesOut($0) != nil }
      var supplement = Supplement()
      // What another missing module imports comes with that.
      let asked = own.filter {
        needsSetting($0.file) && !($0.importer.map(missingModules.contains) ?? false)
      }
      add(modules: asked, of: row, isPresent: owner.map(present.contains) ?? true, to: &supplement)
      let data = opened.filter(needsSetting)
      if let row, let owner, present.contains(owner) {
        if !data.isEmpty {
          supplement.distributions[row.name, default: .init()].data
            .formUnion(data.map { dataGlob(of: $0, row) })
        }
      } else if !(owner.map(imported.contains) ?? false) {
        supplement.include.formUnion(data.map { workspace.files[$0].path.string })
      }
      return Surplus(
        distribution: row?.displayName, version: row?.version, modules: own.map(\.name),
        files: opened.map { workspace.archivePaths(of: $0, function)[0] }.sorted(),
        supplement: supplement,
        isLeftOutBy: kept.flatMap(keyThatLeavesOut), isScanned: all.allSatisfy(isScanned))
    }.sorted { ($0.distribution?.lowercased() ?? "") < ($1.distribution?.lowercased() ?? "") }
  }

  private func isScanned(_ file: FileID) -> Bool {
    let paths = options.statics[function.name]?.paths ?? []
    return workspace.archivePaths(of: file, function).contains(where: paths.contains)
  }

  private func needsSetting(_ file: FileID) -> Bool {
    !isScanned(file) && keyThatLeavesOut(file) == nil
  }

  private func add(
    modules: [Usage.Module], of row: Distribution?, isPresent: Bool, to supplement: inout Supplement
  ) {
    guard !modules.isEmpty else { return }
    var names: Set<String> = []
    for module in modules {
      // A module may be loaded from a path, under any name.
      if let dotted = dottedName(of: workspace.files[module.file].path) {
        names.insert(dotted)
      } else {
        supplement.include.insert(workspace.files[module.file].path.string)
      }
    }
    // Importing `a.b` imports `a`.
    names = names.filter { name in !names.contains { $0.hasPrefix(name + ".") } }
    guard let row else {
      supplement.imports.formUnion(names)
      return
    }
    if isPresent {
      supplement.distributions[row.name, default: .init()].imports.formUnion(names)
      return
    }
    supplement.needs.insert(row.name)
    // Where no import leads to it, declaring it brings nothing.
    if !(options.statics[function.name]?.leftOut.contains(row.name) ?? false) {
      supplement.imports.formUnion(names)
    }
  }

  /// Distributions of which the archive has more than metadata.
  private func presentDistributions(_ entries: Set<String>) -> [DistributionID] {
    var found: Set<DistributionID> = []
    for root in roots where !workspace.roots[root].isFirstParty {
      for index in workspace.roots[root].files {
        let row = workspace.files[FileID(index)]
        guard let owner = row.distribution, !found.contains(owner),
          !row.path.string.hasPrefix(workspace.distributions[owner].metadataFolder + "/"),
          workspace.archivePaths(of: FileID(index), function).contains(where: entries.contains)
        else { continue }
        found.insert(owner)
      }
    }
    return found.sorted()
  }

  /// `tea-*.dist-info/note.txt`: the next version has it too.
  private func dataGlob(of file: FileID, _ row: Distribution) -> String {
    let path = workspace.files[file].path.string
    guard path.hasPrefix(row.metadataFolder + "/"),
      let dash = row.metadataFolder.firstIndex(of: "-"),
      let dot = row.metadataFolder.lastIndex(of: ".")
    else { return path }
    return row.metadataFolder[...dash] + "*" + row.metadataFolder[dot...]
      + path.dropFirst(row.metadataFolder.count)
  }

  /// `a.b` of `a/b.py`, `a/b/__init__.py` and `a/b.cpython-312-x86_64-linux-gnu.so`; nil where it cannot be
  /// imported by a name.
  private func dottedName(of path: RelativePath) -> String? {
    var parts = path.string.split(separator: "/").map(String.init)
    guard let last = parts.popLast(), last.hasSuffix(".py") || last.hasSuffix(".so") else {
      return nil
    }
    let stem = String(last.prefix { $0 != "." })
    if stem != "__init__" { parts.append(stem) }
    let isName = parts.allSatisfy { part in
      part.utf8.allSatisfy { byte in
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte >= 0x30 && byte <= 0x39
          || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      }
    }
    return parts.isEmpty || !isName ? nil : parts.joined(separator: ".")
  }
}

extension Workspace {
  /// Where a function's archive may have a file; never empty.
  func archivePaths(of file: FileID, _ function: Function) -> [String] {
    let path = files[file].path.string
    if roots[files[file].root].isFirstParty { return [path, shownPath(of: file)] }
    let folder = Providers.provider(function.provider).distributionFolder
    return folder.isEmpty ? [path] : ["\(folder)/\(path)", path]
  }
}
