import Files
import Model
import Zip

/// The team's own source files as text, read when an edit needs them.
struct OwnSources {
  let workspace: Workspace
  let language: any Language
  private let store: Store
  /// What lies at one place, which may be below several roots: a function's own folder, and the
  /// project's.
  let files: [[FileID]]
  private let places: [FileID: Int]
  private var texts: [FileID: [UInt8]] = [:]
  private var codes: [FileID: [UInt8]] = [:]

  /// What to do about one line.
  struct Change {
    let kind: Suggestion.Kind
    let user: String?
    let edits: [Edit]
    /// Why the edits may not be all that there is to do.
    var doubts: [String] = []
    /// The module of the team's own that is imported, where it is one.
    var source: FileID?
  }

  init(_ workspace: Workspace, languages: [any Language], store: Store) {
    self.workspace = workspace
    self.store = store
    language = languages[0]
    let language = languages[0]
    var files: [[FileID]] = []
    var byLocation: [String: Int] = [:]
    var places: [FileID: Int] = [:]
    for file in workspace.files.ids {
      let row = workspace.files[file]
      guard workspace.roots[row.root].isFirstParty, language.role(of: row.path) == .source,
        let location = store.location(of: file)
      else { continue }
      let place = byLocation[location] ?? files.count
      if place == files.count { files.append([]) }
      byLocation[location] = place
      files[place].append(file)
      places[file] = place
    }
    self.files = files
    self.places = places
  }

  /// What is said to people alone is no use of a name: the text without comments.
  mutating func code(_ file: FileID) throws(Failure) -> [UInt8] {
    if let code = codes[file] { return code }
    let code = language.withoutComments(try text(file))
    codes[file] = code
    return code
  }

  mutating func text(_ file: FileID) throws(Failure) -> [UInt8] {
    if let text = texts[file] { return text }
    var reader = store.makeReader()
    do throws(FileError) {
      try reader.read(file)
    } catch {
      throw Failure(error)
    }
    let text = reader.withBytes { $0.copy() }
    texts[file] = text
    return text
  }

  /// Nil where the line is no import that can be edited alone.
  mutating func change(at file: FileID, line: Int) throws(Failure) -> Change? {
    let text = try text(file)
    guard let statement = language.importStatement(atLine: line, in: text) else { return nil }
    let bound = statement.names.map(\.bound)
    let users = language.uses(of: bound, in: try code(file), skipping: statement.lines)
    let removal = edit(file, text, statement.lines, replacement(of: statement))
    if users.isEmpty, let package = packageName(of: file), let module = statement.module,
      let moved = try rewritten(statement, of: package, exportedBy: file)
    {
      let source = resolved(module, in: package).flatMap { self.file(of: $0, beside: file) }
      let exports = language.exports(without: bound, in: text).map { line, after in
        edit(file, text, line...line, after.map { [$0] } ?? [])
      }
      let edits = [removal] + exports + moved
      return Change(
        kind: .barrel, user: nil, edits: edits,
        doubts: try doubts(about: statement, in: file, of: package, source: source, edits),
        source: source)
    }
    let definitions = Set(users)
    if statement.indentation.isEmpty, definitions.count == 1, let user = definitions.first,
      let user
    {
      return Change(kind: .oneUse, user: user, edits: [removal])
    }
    return Change(kind: .cut, user: nil, edits: [removal])
  }

  /// The edit that takes an import statement out.
  mutating func removal(of statement: ImportStatement, in file: FileID) throws(Failure) -> Edit {
    edit(file, try text(file), statement.lines, replacement(of: statement))
  }

  /// A block must not be empty.
  private func replacement(of statement: ImportStatement) -> [String] {
    statement.indentation.isEmpty ? [] : [statement.indentation + language.emptyStatement]
  }

  /// Dotted, by its path below its root; nil for what is no package's own file.
  private func packageName(of file: FileID) -> String? {
    let parts = workspace.files[file].path.string.split(separator: "/")
    guard parts.count > 1, parts.last == "__init__.py" else { return nil }
    return parts.dropLast().joined(separator: ".")
  }

  /// The statements that import what a package would no longer export, each from where it is defined;
  /// nil where some use is no such statement.
  private mutating func rewritten(
    _ statement: ImportStatement, of package: String, exportedBy file: FileID
  ) throws(Failure) -> [Edit]? {
    guard let source = statement.module.flatMap({ resolved($0, in: package) }) else { return nil }
    // What the package is known to have, by the name it has there.
    let moved = Dictionary(
      statement.names.map { ($0.bound, $0.name) }, uniquingKeysWith: { a, _ in a })
    var edits: [Edit] = []
    for place in files where !place.contains(file) {
      let other = place[0]
      let text = try text(other)
      let code = try code(other)
      guard contains(code, package.split(separator: ".").last.map(String.init) ?? package) else {
        continue
      }
      let inside = place.map { enclosingPackage(of: $0) }
      let rows = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for name in moved.keys.sorted() where contains(code, "\(package).\(name)") { return nil }
      for number in rows.indices {
        let row = rows[number].drop { $0 == 0x20 || $0 == 0x09 }
        guard row.starts(with: "from".utf8),
          let found = language.importStatement(atLine: number + 1, in: text),
          let module = found.module,
          inside.contains(where: { resolved(module, in: $0) == package })
        else { continue }
        let wanted = found.names.filter { moved[$0.name] != nil }
        guard !wanted.isEmpty else { continue }
        let rest = found.names.filter { moved[$0.name] == nil }
        if let lines = language.lines(of: found.lines, in: text, moving: moved, to: source) {
          edits.append(edit(other, text, found.lines, lines))
          continue
        }
        var lines = rest.isEmpty ? [] : [language.line(importing: rest, from: module)]
        lines.append(
          language.line(
            importing: wanted.map { item in
              let name = moved[item.name] ?? item.name
              let known = item.alias ?? item.name
              return .init(name: name, alias: known == name ? nil : known)
            }, from: source))
        let ending = row.last == 0x0D ? "\r" : ""
        edits.append(edit(other, text, found.lines, lines.map { found.indentation + $0 + ending }))
      }
    }
    return edits
  }

  /// The source file of a module that lies below the same root; nil where there is none.
  private func file(of module: String, beside file: FileID) -> FileID? {
    let base = module.split(separator: ".").joined(separator: "/")
    return workspace.file(RelativePath(base + ".py"), in: workspace.files[file].root)
      ?? workspace.file(RelativePath(base + "/__init__.py"), in: workspace.files[file].root)
  }

  /// Where a file lies; nil for a wheel's member.
  func location(of file: FileID) -> String? { store.location(of: file) }

  /// `shop.db` for `.db` in `shop`; nil for what goes past the top.
  func resolved(_ module: String, in package: String) -> String? {
    let level = module.prefix { $0 == "." }.count
    guard level > 0 else { return module }
    var parts = package.split(separator: ".").map(String.init)
    guard parts.count >= level else { return nil }
    parts.removeLast(level - 1)
    let rest = module.dropFirst(level)
    return (parts + (rest.isEmpty ? [] : [String(rest)])).joined(separator: ".")
  }

  func enclosingPackage(of file: FileID) -> String {
    workspace.files[file].path.string.split(separator: "/").dropLast().joined(separator: ".")
  }

  func contains(_ text: [UInt8], _ wanted: String) -> Bool {
    text.firstRange(of: Array(wanted.utf8)) != nil
  }

  private func edit(
    _ file: FileID, _ text: [UInt8], _ lines: ClosedRange<Int>, _ after: [String]
  ) -> Edit {
    let rows = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Edit(
      path: workspace.shownPath(of: file), file: file, lines: lines,
      before: rows[(lines.lowerBound - 1)..<lines.upperBound].map {
        String(decoding: $0, as: UTF8.self)
      }, after: after)
  }

  /// The files as they would be.
  mutating func apply(_ edits: [Edit]) throws(Failure) -> [FileID: [UInt8]] {
    var edited: [FileID: [UInt8]] = [:]
    for (file, edits) in Dictionary(grouping: edits, by: \.file) {
      var rows = try text(file).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
      ).map(Array.init)
      // From the end on, so that the lines before keep their numbers.
      for edit in edits.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound }) {
        rows.replaceSubrange(
          (edit.lines.lowerBound - 1)..<edit.lines.upperBound,
          with: edit.after.map { Array($0.utf8) })
      }
      let bytes = Array(rows.joined(separator: [UInt8(ascii: "\n")]))
      for same in places[file].map({ files[$0] }) ?? [file] { edited[same] = bytes }
    }
    return edited
  }
}
