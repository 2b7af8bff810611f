import Model
import Text

extension PythonResolver {
  /// Modules of the team's own that `include` names bring what they import, like any other.
  ///
  /// The edges start at the handler's module: where two functions have the same one, each gets what
  /// either of them includes.
  mutating func linkIncluded(by function: Function, from entry: NodeID, view: View) {
    guard !function.settings.include.isEmpty else { return }
    let globs = function.settings.include.map(Glob.init)
    let roots = (function.overlay.map { [$0] } ?? []) + target.roots
    for root in roots where workspace.roots[root].isFirstParty {
      for position in workspace.roots[root].files {
        let file = FileID(position)
        guard Roles.role(of: workspace.files[file].path) == .source,
          globs.contains(where: { isMeant($0, file) }),
          let dotted = dottedName(of: workspace.files[file].path)
        else { continue }
        let found = index.find(index.intern(dotted), in: view)
        guard found.isComplete, index.modules[Int(found.module)].leaf?.file == file else {
          continue
        }
        link(
          entry, to: node(of: found.module), .configured, note: note("'include' names it"))
      }
    }
  }

  /// By its path below its root, or below the project.
  private func isMeant(_ glob: Glob, _ file: FileID) -> Bool {
    let path = workspace.files[file].path.string
    if glob.matches(path) { return true }
    let location = "\(workspace.roots[workspace.files[file].root].location)/\(path)"
    guard location.hasPrefix(workspace.project + "/") else { return false }
    return glob.matches(String(location.dropFirst(workspace.project.count + 1)))
  }

  /// `a.b` of `a/b.py` and of `a/b/__init__.py`.
  private func dottedName(of path: RelativePath) -> String? {
    var parts = path.string.split(separator: "/").map(String.init)
    guard let last = parts.popLast(), last.hasSuffix(".py") else { return nil }
    if last != "__init__.py" { parts.append(String(last.dropLast(3))) }
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }
}
