import Model

extension PythonResolver {
  /// Modules of the team's own that `include` names bring what they import, like any other.
  ///
  /// The edges start at the handler's module: where two functions have the same one, each gets what
  /// either of them includes.
  mutating func linkIncluded(by function: Function, from entry: NodeID, view: View) {
    for file in function.included {
      let row = workspace.files[file]
      guard workspace.roots[row.root].kind == .source, Roles.role(of: row.path) == .source,
        let dotted = dottedName(of: row.path)
      else { continue }
      let found = index.find(index.intern(dotted), in: view)
      guard found.isComplete, index.modules[Int(found.module)].leaf?.file == file else {
        continue
      }
      link(entry, to: node(of: found.module), .configured, note: note("'include' names it"))
    }
  }

  /// Modules that `import` of the configuration names for a function; as above, they are the handler's
  /// module's.
  mutating func linkImports(of function: Function, from entry: NodeID) {
    for module in function.settings.imports
    where !linkNamed(module.name, from: entry, .configured, note: note("'import' names it")) {
      diagnostics.append(Diagnostics.unmatchedSetting("import", module.name, at: module.origin))
    }
  }

  /// `a.b` of `a/b.py` and of `a/b/__init__.py`.
  func dottedName(of path: RelativePath) -> String? {
    var parts = path.string.split(separator: "/").map(String.init)
    guard let last = parts.popLast(), last.hasSuffix(".py") else { return nil }
    if last != "__init__.py" { parts.append(String(last.dropLast(3))) }
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }
}
