import Files
import Model

// What makes an edit uncertain. A barrel's import is taken out for certain where its names are bound
// there once, where all who take one of them are import statements that can be rewritten, and where nobody
// could count on what the modules that go have done when they were imported.

extension OwnSources {
  /// - Parameters:
  ///   - statement: of the package's own file, whose names are used nowhere else in it.
  ///   - source: the file of the module that it imports from.
  mutating func doubts(
    about statement: ImportStatement, in file: FileID, of package: String, source: FileID?,
    _ edits: [Edit]
  ) throws(Failure) -> [String] {
    var doubts: [String] = []
    if !statement.indentation.isEmpty { doubts.append("it stands in a block, not at the top") }
    if source == nil { doubts.append("'\(statement.module ?? "")' is no module of yours") }
    for row in rows(try code(file)) where isStarImport(row) {
      doubts.append("'\(row)' in the same file may bind the names again")
    }
    let root = workspace.files[file].root
    let folder = package.split(separator: ".").joined(separator: "/")
    for name in statement.names.map(\.bound) {
      let isModule =
        workspace.file(RelativePath("\(folder)/\(name).py"), in: root) != nil
        || workspace.file(RelativePath("\(folder)/\(name)/__init__.py"), in: root) != nil
      // `shop.db` would be the module then, where it was what `shop/__init__.py` took from it.
      if isModule { doubts.append("'\(name)' is the name of a module there, too") }
    }
    for place in files where !place.contains(file) {
      doubts += try self.doubts(in: place, package, statement.names.map(\.bound))
    }
    // What is not UTF-8 comes back as something else.
    for edit in edits where edit.before.contains(where: { $0.contains("\u{FFFD}") }) {
      doubts.append("\(edit.path):\(edit.lines.lowerBound) is not UTF-8")
    }
    return doubts
  }

  /// Of one file that may use the package.
  private mutating func doubts(
    in place: [FileID], _ package: String, _ names: [String]
  ) throws(Failure) -> [String] {
    let bytes = try code(place[0])
    let last = package.split(separator: ".").last.map(String.init) ?? package
    guard contains(bytes, last) else { return [] }
    let path = workspace.shownPath(of: place[0])
    let inside = place.map { enclosingPackage(of: $0) }
    var doubts: [String] = []
    for (index, row) in rows(bytes).enumerated() {
      let at = "\(path):\(index + 1)"
      if row.contains("\"\(package)\"") || row.contains("'\(package)'") {
        doubts.append("\(at) names the package in a string")
      }
      for name in names where row.contains("\(last).\(name)") {
        doubts.append("\(at) reads '\(last).\(name)'")
      }
      guard row.contains("import ") || row.contains("import(") else { continue }
      let isStatement = row.hasPrefix("from ") || row.hasPrefix("import ")
      guard isStatement, let found = language.importStatement(atLine: index + 1, in: bytes) else {
        if row.contains(last) { doubts.append("\(at) cannot be rewritten: '\(row)'") }
        continue
      }
      let module = found.module
      for item in found.names {
        // The package itself, by another name, of which anything may be read.
        let targets = inside.map { inside in
          module.flatMap { resolved($0, in: inside) }.map { "\($0).\(item.name)" } ?? item.name
        }
        if targets.contains(package), item.bound != last, item.alias != nil {
          doubts.append("\(at) gives the package another name")
        }
      }
    }
    return doubts
  }

  private func isStarImport(_ row: String) -> Bool {
    row.hasPrefix("from ") && row.contains("import *")
  }

  /// Without what stands around them.
  private func rows(_ text: [UInt8]) -> [String] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { row in
      let blanks: [UInt8] = [0x20, 0x09, 0x0D]
      let start = row.drop(while: blanks.contains)
      let end = start.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? start.startIndex
      return String(decoding: start[..<end], as: UTF8.self)
    }
  }

  /// What files do when they are imported beside defining names, which somebody may count on.
  mutating func effects(of files: [FileID]) throws(Failure) -> [String] {
    var doubts: [String] = []
    for file in files.uniqued() where language.role(of: workspace.files[file].path) == .source {
      guard let line = language.firstEffect(in: try text(file)) else { continue }
      doubts.append(
        "\(workspace.shownPath(of: file)):\(line) does more than define a name, and not all would "
          + "import it any more")
    }
    return doubts
  }
}
