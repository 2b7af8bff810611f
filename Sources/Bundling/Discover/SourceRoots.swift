import Files
import Model
import Text

extension Configuration {
  /// Whether the project lies in a folder, and is not that itself. Such a folder is never a root: what
  /// lies in it beside the project is other people's.
  func isBelow(_ folder: String) -> Bool {
    folder != project && project.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// The folders of `source-roots`, absolute, in order; where the key is not given: the project's
  /// folder, its `src`, and the same of every member of a uv workspace.
  func sourceRoots(
    of layer: Layer, in tree: ProjectTree
  ) -> (folders: [String], diagnostics: [Diagnostic]) {
    guard let named = layer.sourceRoots else { return (foundSourceRoots(in: tree), []) }
    var folders: [String] = []
    var diagnostics: [Diagnostic] = []
    for root in named {
      let glob = Glob(root.value)
      if glob.hasWildcards {
        let matches = tree.folders.filter { glob.matches($0.string) }
        folders += matches.map { "\(project)/\($0.string)" }
        if matches.isEmpty {
          diagnostics.append(.unmatchedPattern("source-roots", root.value, at: root.location))
        }
      } else {
        let folder = FileSystem.absolute(root.value, in: project)
        if isBelow(folder) {
          diagnostics.append(.rootAboveProject("source-roots", root.value, at: root.location))
        } else if FileSystem.isFolder(folder) {
          folders.append(folder)
        } else {
          diagnostics.append(.noSourceRoot(root.value, at: root.location))
        }
      }
    }
    return (folders.uniqued(), diagnostics)
  }

  private func foundSourceRoots(in tree: ProjectTree) -> [String] {
    let excluded = workspaceExcludes.map(Glob.init)
    let members = workspaceMembers.flatMap { pattern in
      let glob = Glob(pattern)
      return tree.folders.filter { folder in
        glob.matches(folder.string) && !excluded.contains { $0.matches(folder.string) }
      }
    }
    let bases = [project] + members.map { "\(project)/\($0.string)" }
    return bases.flatMap { base in
      let relative = base == project ? "src" : "\(base.dropFirst(project.count + 1))/src"
      let hasSource = tree.folders.position(of: RelativePath(String(relative))) != nil
      return hasSource ? [base, "\(base)/src"] : [base]
    }.uniqued()
  }
}

extension Array where Element: Hashable {
  /// Each element once, where it stands first.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
