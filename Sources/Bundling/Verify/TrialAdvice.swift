import Model
import Text

/// What would bring what an archive lacks, and where that stands.
extension Trial {
  func location(of frame: RaisedError.Frame) -> SourceLocation {
    guard let file = file(at: frame.path) else {
      return SourceLocation(
        path: "\(workspace.shown(function.archive))!/\(frame.path)", line: frame.line, column: 1)
    }
    return SourceLocation(path: workspace.shownPath(of: file), line: frame.line, column: 1)
  }

  var roots: [RootID] {
    (function.overlay.map { [$0] } ?? []) + workspace.targets[function.target].roots
  }

  /// The file that an archive's path was made from.
  func file(at path: String) -> FileID? {
    for root in roots {
      if let file = workspace.file(RelativePath(path), in: root) { return file }
    }
    return nil
  }

  /// Whether the environment has what is missing, and the line that would bring it.
  func advice(on error: RaisedError) -> [Diagnostic.Note] {
    if let path = error.missingFile { return advice(onFile: path) }
    if let library = error.missingLibrary {
      for root in roots {
        for index in workspace.roots[root].files {
          let path = workspace.files.rows[index].path
          if path.name == library { return advice(onFile: path.string) }
        }
      }
      return [.init("the environment does not have '\(library)' either; does the provider?")]
    }
    guard let name = error.missingModule else { return [] }
    if error.type == "PackageNotFoundError" { return advice(onMetadata: name) }
    let base = name.split(separator: ".").joined(separator: "/")
    for root in roots {
      guard let file = workspace.module(base, in: root) else { continue }
      let shown = workspace.shownPath(of: file)
      guard let owner = workspace.files[file].distribution else {
        if let key = keyThatLeavesOut(file) { return [.init(isLeftOut(shown, by: key))] }
        return [
          .init("the project has it: '\(shown)'"),
          .hint("write '# pare: import \(name)' on the line that imports it"),
        ]
      }
      let distribution = workspace.distributions[owner]
      if let key = keyThatLeavesOut(file) { return [.init(isLeftOut(shown, by: key))] }
      return [
        .init("\(distribution.displayName) \(distribution.version) has it: '\(shown)'"),
        .hint(
          "[\(tablePrefix)distributions.\(tomlKey(distribution.name))]\nimport = [\"\(name)\"]"),
      ]
    }
    // `cannot import name`: not every name is a module.
    guard error.type == "ModuleNotFoundError" else { return [] }
    return [
      .init("the environment does not have it either"),
      .hint("add what provides '\(name)' to the requirements"),
    ]
  }

  /// The key of the configuration that takes a file out, if one does.
  func keyThatLeavesOut(_ file: FileID) -> String? {
    let row = workspace.files[file]
    if function.settings.exclude.map(Glob.init).contains(where: { workspace.matches($0, file) }) {
      return "exclude"
    }
    guard let name = row.distribution.map({ workspace.distributions[$0].name }) else { return nil }
    let globs = workspace.targets[function.target].distributions[name]?.drop ?? []
    guard globs.contains(where: { Glob($0).matches(row.path.string) }) else { return nil }
    return "[\(tablePrefix)distributions.\(tomlKey(name))] drop"
  }

  func isLeftOut(_ path: String, by key: String) -> String {
    "'\(key)' of the configuration leaves out '\(path)'"
  }

  private func advice(onFile path: String) -> [Diagnostic.Note] {
    guard let file = file(at: path) else {
      return [.init("the environment does not have '\(path)' either")]
    }
    let shown = workspace.shownPath(of: file)
    if let key = keyThatLeavesOut(file) { return [.init(isLeftOut(shown, by: key))] }
    guard let owner = workspace.files[file].distribution else {
      return [.init("the project has it: '\(shown)'"), .hint("include = [\"\(path)\"]")]
    }
    let distribution = workspace.distributions[owner]
    return [
      .init("\(distribution.displayName) \(distribution.version) has it: '\(shown)'"),
      .hint(
        "[\(tablePrefix)distributions.\(tomlKey(distribution.name))]\ndata = [\"\(path)\"]"),
    ]
  }

  private func advice(onMetadata name: String) -> [Diagnostic.Note] {
    let wanted = normalisedName(name)
    let target = Set(workspace.targets[function.target].roots)
    let isThere = workspace.distributions.rows.contains {
      $0.name == wanted && target.contains($0.root)
    }
    return isThere
      ? [
        .init("the environment has the metadata of '\(name)'"),
        .hint("[\(tablePrefix)distributions.\(tomlKey(wanted))]\nprune = \"distributions\""),
      ] : [.init("the environment does not have '\(name)' either")]
  }

  /// Keys stand below `[tool.pare]` in `pyproject.toml`, at the top of `pare.toml`.
  var tablePrefix: String {
    function.origin.path.hasSuffix("pyproject.toml") ? "tool.pare." : ""
  }

}
