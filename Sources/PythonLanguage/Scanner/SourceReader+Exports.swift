import Model

/// What a lazily loading file asks for, sorted by the names for which it does.
extension SourceReader {
  /// Gives the requests of closed code and closed tables their rows, and adds the names in tables.
  /// Strings elsewhere in such a file may be names of its modules, too.
  mutating func addExports(_ source: borrowing Span<UInt8>) {
    var reader = ExportReader(at: start)
    let units = reader.read(source)
    var rows = ExportRows(units)
    for i in facts.requests.indices {
      switch facts.requests[i].form {
      case .literal:
        facts.requests[i].row = rows.row(
          ofText: Word(bytes: Array(facts.bytes(facts.requests[i].name))), &facts)
      case .directive, .ignore: break
      default:
        let request = facts.requests[i]
        facts.requests[i].row = rows.row(of: request, &facts)
      }
    }
    addLazyNames(&rows)
    var exports = rows.exports(units, &facts)
    if handsSourceOn { addTypedNames(source, &exports) }
    facts.exports = exports
  }

  /// What only a type checker imports, where somebody reads that as the table of what the package gives:
  ///
  ///     if TYPE_CHECKING:
  ///         from ._core.sync import Event as Event    # asked for as `Event`
  ///     attach(__file__, __name__, globals())
  private mutating func addTypedNames(_ source: borrowing Span<UInt8>, _ exports: inout Exports) {
    for alias in aliases.all {
      guard let member = alias.member else { continue }
      let request = facts.requests[alias.request]
      guard request.kind == .typeOnly, request.form == .member,
        exports.rows.count < Int(UInt16.max)
      else { continue }
      var dotted = [UInt8](repeating: UInt8(ascii: "."), count: Int(request.level))
      dotted += facts.bytes(request.name)
      if !request.name.isEmpty { dotted.append(UInt8(ascii: ".")) }
      dotted += facts.bytes(facts.members[member])
      var name = Request(
        .lazyName, kind: .lazy, name: facts.intern(dotted), line: request.line,
        column: request.column)
      name.row = UInt16(exports.rows.count)
      facts.requests.append(name)
      let first = UInt32(facts.members.count)
      facts.members.append(facts.intern(Folder.bytes(source, alias.name)))
      exports.rows.append(first..<first + 1)
    }
  }

  /// `__all__ = ["a"] + [f"b_{k}" for k in KINDS]`, `__all__.append("b_" + k)`: a statement that says
  /// more than its strings do. What another module lists (`core.__all__`), and what is there already
  /// (`dir()`), needs no import.
  mutating func readNameList(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    let isCall = range.count > 2 && lexer.tokens[range.lowerBound + 1].kind == .dot
    let rest = lexer.tokens[range].dropFirst(isCall ? 3 : 2)
    let isPlain = rest.allSatisfy {
      switch $0.kind {
      case .string, .comma, .leftBracket, .rightBracket, .leftParen, .rightParen: true
      default: false
      }
    }
    if isPlain { return }
    let others: Set<String> = ["dir", "globals", "vars", "locals"]
    for token in rest where token.kind == .dunderAll || token.kind == .name {
      if token.kind == .dunderAll || others.contains(Identifiers.string(source, token.range)) {
        return
      }
    }
    let block = blocks[blocks.count - 1]
    nameLists.append(Look(place: lexer.place, kind: block.kind, guardIndex: block.guardIndex))
  }

  private mutating func addLazyNames(_ rows: inout ExportRows) {
    for request in facts.requests where request.form == .literal {
      let text = Word(bytes: Array(facts.bytes(request.name)))
      // What stands in tables only is told below, row by row.
      if request.row != nil, !rows.isCode(text) { continue }
      var name = Request(
        .lazyName, kind: max(request.kind, .lazy), guardIndex: request.guardIndex,
        name: request.name, line: request.line, column: request.column)
      name.row = request.row
      facts.requests.append(name)
    }
    for (text, row) in rows.entries {
      let name = rows.range(of: text.word, &facts)
      var request = Request(
        .lazyName, kind: .lazy, name: name, line: text.line, column: text.column)
      request.row = rows.row(row, &facts)
      facts.requests.append(request)
    }
  }
}

/// The rows of a file's closed tables and branches.
private struct ExportRows {
  /// Names that closed tables answer to, by table row; those of branches follow.
  private var names: [[Word]] = []
  /// The first string of each table row: the key of a dictionary's.
  private var firsts: [Word?] = []
  /// The rows of a single string: `["a", "b"]`.
  private var alone: Set<Int> = []
  /// Plain strings of closed tables, each with its row.
  private(set) var entries: [(text: ExportUnit.Text, row: Int)] = []
  /// What is known of a string: rows of closed tables that have it, whether closed code has it, and
  /// whether it stands anywhere else.
  private struct Use {
    var rows: [Int] = []
    var isCode = false
    var isOpen = false
  }
  private var uses: [Word: Use] = [:]
  /// Where texts lie that were told already.
  private var ranges: [Word: TextRange] = [:]
  /// Functions that only `__getattr__` calls.
  private var servants: Set<Word> = []
  private var lines: [(start: UInt32, end: UInt32, row: Int?)] = []
  private var known: [[Int]: UInt16] = [:]
  private var knownAlone: [Int: UInt16] = [:]
  private var made = Exports()

  init(_ units: [ExportUnit]) {
    guard let closed = units.closedNames() else { return }
    servants = units.servants(among: closed)
    for unit in units {
      let isClosed = unit.isSink || !unit.binds.isEmpty && unit.binds.allSatisfy(closed.contains)
      switch unit.role {
      case .function where unit.isSink || unit.binds.allSatisfy(servants.contains): addCode(unit)
      case .assignment where isClosed, .installer: addTable(unit, Self.readers(unit, units, closed))
      default: for text in unit.strings { uses[text.word, default: Use()].isOpen = true }
      }
    }
    joinTables()
  }

  /// Closed names by which somebody could get at a table: its own, and what reads it.
  private static func readers(
    _ unit: ExportUnit, _ units: [ExportUnit], _ closed: Set<Word>
  ) -> [Word] {
    var found = closed.intersection(unit.binds)
    var isGrowing = true
    while isGrowing {
      let before = found.count
      for other in units where !other.mentions.isDisjoint(with: found) {
        found.formUnion(closed.intersection(other.binds))
      }
      isGrowing = found.count > before
    }
    return found.sorted()
  }

  private mutating func addCode(_ unit: ExportUnit) {
    for text in unit.strings { uses[text.word, default: Use()].isCode = true }
    lines.append((unit.lines.start, unit.lines.end, nil))
    for branch in unit.branches {
      lines.append((branch.lines.start, branch.lines.end, names.count))
      names.append(branch.names)
    }
  }

  private mutating func addTable(_ unit: ExportUnit, _ readers: [Word]) {
    var inRows: Set<Word> = []
    for strings in unit.rows {
      let row = names.count
      while firsts.count < row { firsts.append(nil) }
      firsts.append(strings[0].word)
      if strings.count == 1 { alone.insert(row) }
      names.append(strings.flatMap { Self.names($0.word) } + readers)
      for text in strings {
        inRows.insert(text.word)
        if uses[text.word]?.rows.last != row {
          uses[text.word, default: Use()].rows.append(row)
          if text.isPlain, !text.word.bytes.isEmpty, text.word.bytes.count <= 200 {
            entries.append((text, row))
          }
        }
      }
    }
    // What has no name of its own: `{**others, key: "x"}`.
    for text in unit.strings where !inRows.contains(text.word) {
      uses[text.word, default: Use()].isCode = true
    }
  }

  /// A table whose rows lead to those of another: `{"Order": "shop"}` and `{"shop": ".orders"}`.
  private mutating func joinTables() {
    var byKey: [Word: [Int]] = [:]
    for row in firsts.indices {
      if let first = firsts[row] { byKey[first, default: []].append(row) }
    }
    let own = names
    for (text, row) in entries {
      // What begins many rows is no key.
      guard let others = byKey[text.word], others.count <= 8 else { continue }
      for other in others where other != row { names[other] += own[row] }
    }
  }

  /// `.orders.Order` is asked for as such, or as `Order`.
  private static func names(_ text: Word) -> [Word] {
    let whole = text.bytes.drop { $0 == UInt8(ascii: ".") }
    let last = whole.lastIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
    let name = whole.count == text.bytes.count ? text : Word(bytes: Array(whole))
    return last.map { [name, Word(bytes: Array(whole[($0 + 1)...]))] } ?? [name]
  }

  func isCode(_ text: Word) -> Bool { uses[text].map { $0.isCode || $0.isOpen } ?? true }

  /// Under which names a string counts; nil where it always does.
  mutating func row(ofText text: Word, _ facts: inout SourceFacts) -> UInt16? {
    guard let use = uses[text], !use.isOpen else { return nil }
    if !use.isCode, use.rows.count == 1 { return row(use.rows[0], &facts) }
    return row(use.isCode ? [] : use.rows, &facts)
  }

  /// Under which names a statement or call in closed code happens.
  mutating func row(of request: Request, _ facts: inout SourceFacts) -> UInt16? {
    guard let inner = lines.last(where: { $0.start <= request.line && request.line <= $0.end })
    else { return nil }
    if let row = inner.row { return self.row(row, &facts) }
    // `import_module(_EXPORTS[name], __name__)`: what the table says, by the names that it has.
    if request.form == .dynamic {
      let name = Array(facts.bytes(request.name))
      let dots = [UInt8](repeating: UInt8(ascii: "."), count: Int(request.level))
      for spelling in [name, dots + name] {
        // A string that stands alone is a constant, or one of several that are tried.
        if let use = uses[Word(bytes: spelling)], !use.isCode, !use.rows.isEmpty,
          !use.rows.contains(where: alone.contains)
        {
          return row(use.rows, &facts)
        }
      }
    }
    return row([], &facts)
  }

  mutating func range(of word: Word, _ facts: inout SourceFacts) -> TextRange {
    if let range = ranges[word] { return range }
    let range = facts.intern(word.bytes)
    ranges[word] = range
    return range
  }

  mutating func row(_ position: Int, _ facts: inout SourceFacts) -> UInt16? {
    if let row = knownAlone[position] { return row }
    let row = row([position], &facts)
    knownAlone[position] = row
    return row
  }

  /// The row of all names that some rows have; of none, the row that holds for any name.
  private mutating func row(_ positions: [Int], _ facts: inout SourceFacts) -> UInt16? {
    if let row = known[positions] { return row }
    guard made.rows.count < Int(UInt16.max) else { return nil }
    let first = UInt32(facts.members.count)
    for position in positions {
      for name in names[position] { facts.members.append(range(of: name, &facts)) }
    }
    made.rows.append(first..<UInt32(facts.members.count))
    known[positions] = UInt16(made.rows.count - 1)
    return UInt16(made.rows.count - 1)
  }

  mutating func exports(_ units: [ExportUnit], _ facts: inout SourceFacts) -> Exports {
    let first = UInt32(facts.members.count)
    // Who asks for a function that answers may call it with any name.
    var others = servants
    for unit in units where unit.isDeletion { others.formUnion(unit.binds) }
    for unit in units {
      for name in unit.binds where !others.contains(name) {
        facts.members.append(range(of: name, &facts))
      }
    }
    made.ownNames = first..<UInt32(facts.members.count)
    return made
  }
}
