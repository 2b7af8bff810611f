import Model

/// Reads a file that loads lazily a second time, for what its `__getattr__` answers to which name.
///
///     _EXPORTS = {"Money": ".money"}               # a row
///     def _load(name):                             # runs only when a name is asked for
///         return import_module(_EXPORTS[name], __name__)
///     def __getattr__(name):
///         if name == "session":                    # a row, with what the branch does
///             from .db import session
///         return _load(name)
///
/// A name of the module is *closed* where nothing that runs on import or for others reads it: only
/// `__getattr__`, `__dir__`, `__all__`, what builds it, and names that are closed themselves. What
/// closed functions do and closed tables hold happens when a name is asked for.
struct ExportReader {
  private var lexer: Lexer
  var units: [ExportUnit] = []
  private var blocks: [Block] = []
  private var isDecorated = false

  private enum Scope {
    /// The body of a function or class at module level: part of a unit.
    case unit(Int)
    /// Below `if name == "x":` in a function: the position of its branch in the unit.
    case branch(Int)
    /// Below `if TYPE_CHECKING:`
    case typing
    case plain
  }

  private struct Block {
    let indent: Int
    let scope: Scope
  }

  init(at position: Int) { lexer = Lexer(at: position) }

  mutating func read(_ source: borrowing Span<UInt8>) -> [ExportUnit] {
    while lexer.advance(source) {
      while let top = blocks.last, lexer.indent <= top.indent { close(top) }
      readLine(source)
    }
    while let top = blocks.last { close(top) }
    return units
  }

  private mutating func close(_ block: Block) {
    blocks.removeLast()
    switch block.scope {
    case .unit(let unit): units[unit].lines.end = lastLine
    case .branch(let branch):
      if let unit = unitAround { units[unit].branches[branch].lines.end = lastLine }
    case .typing, .plain: break
    }
  }

  /// Of the logical lines that were read before the current one.
  private var lastLine: UInt32 = 0

  private var unitAround: Int? {
    for block in blocks { if case .unit(let unit) = block.scope { return unit } }
    return nil
  }

  private var isTyping: Bool {
    blocks.contains { if case .typing = $0.scope { true } else { false } }
  }

  private mutating func readLine(_ source: borrowing Span<UInt8>) {
    let tokens = lexer.tokens
    guard let first = tokens.first else { return }
    defer { lastLine = tokens[tokens.count - 1].line }
    let start = first.kind == .async && tokens.count > 1 ? 1 : 0
    let keyword = tokens[start].kind
    if let unit = unitAround {
      units[unit].mention(source, tokens)
      note(source, tokens, in: unit)
      if let colon = lexer.colon { readBranch(source, tokens, colon, in: unit) }
      return
    }
    if isTyping { return }
    switch keyword {
    case .at:
      isDecorated = true
      var unit = ExportUnit(.open, line: first.line)
      unit.mention(source, tokens)
      append(&unit, source, tokens)
    case .def, .class:
      guard start + 1 < tokens.count else { return }
      let name = Word(source, tokens[start + 1].range)
      let isClosable = keyword == .def && !isDecorated
      var unit = ExportUnit(isClosable ? .function : .open, line: first.line)
      unit.binds = [name]
      unit.mention(source, tokens[(start + 2)...])
      if keyword == .def { unit.parameter = parameter(source, tokens, start + 2) }
      isDecorated = false
      append(&unit, source, tokens)
      blocks.append(Block(indent: lexer.indent, scope: .unit(units.count - 1)))
      if let colon = lexer.colon, colon < tokens.count - 1 { return }
    case .if, .elif, .else, .for, .while, .try, .except, .finally, .with:
      // What only a type checker sees is not there to be asked for.
      let isTyping =
        keyword == .if && tokens.contains { $0.kind == .typeChecking || $0.kind == .false }
        && !tokens.contains { $0.kind == .not || $0.kind == .or }
      var unit = ExportUnit(.open, line: first.line)
      unit.mention(source, tokens)
      if keyword == .for, lexer.colon == tokens.count - 1 {
        unit.role = .assignment
        for token in tokens[(start + 1)...] {
          if token.kind == .in { break }
          if token.kind.isName { unit.binds.append(Word(source, token.range)) }
        }
      }
      if !isTyping || lexer.colon.map({ $0 == tokens.count - 1 }) != true {
        append(&unit, source, tokens)
      }
      if lexer.colon == tokens.count - 1 {
        blocks.append(Block(indent: lexer.indent, scope: isTyping ? .typing : .plain))
      }
    case .import, .from:
      var unit = ExportUnit(.imports, line: first.line)
      unit.binds = imported(source, tokens)
      append(&unit, source, [])
    default:
      var unit = ExportUnit(statement: source, tokens)
      if unit.role != .function { unit.mention(source, tokens) }
      append(&unit, source, tokens)
    }
  }

  private mutating func append(
    _ unit: inout ExportUnit, _ source: borrowing Span<UInt8>, _ tokens: [Token]
  ) {
    unit.lines.end = tokens.last?.line ?? unit.lines.start
    units.append(unit)
    note(source, tokens, in: units.count - 1)
    if unit.role == .assignment || unit.role == .installer {
      let from = unit.valueStart
      if from < tokens.count { readValue(source, tokens, from..<tokens.count) }
    }
  }

  /// Tells the unit of its strings; docstrings are none.
  private mutating func note(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], in unit: Int
  ) {
    if tokens.allSatisfy({ $0.kind.isString }) { return }
    for token in tokens where token.kind == .string {
      units[unit].strings.append(text(source, token))
    }
  }

  func text(_ source: borrowing Span<UInt8>, _ token: Token) -> ExportUnit.Text {
    ExportUnit.Text(
      word: Word(source, Folder.content(source, token)),
      isPlain: token.flags.contains(.plain), line: token.line, column: lexer.column(of: token))
  }

  // MARK: Branches

  /// `name` of `def __getattr__(name):`
  private func parameter(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ open: Int
  ) -> Word? {
    guard open + 1 < tokens.count, tokens[open].kind == .leftParen, tokens[open + 1].kind.isName
    else { return nil }
    return Word(source, tokens[open + 1].range)
  }

  /// `if name == "x":`, `elif name in ("x", "y"):`, `case "x" | "y":` in a function whose first
  /// parameter is the name.
  private mutating func readBranch(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ colon: Int, in unit: Int
  ) {
    guard let parameter = units[unit].parameter, let keyword = tokens.first?.kind else { return }
    var names: [Word]?
    if keyword == .if || keyword == .elif {
      names = []
      for part in Tokens.split(tokens, 1..<colon, at: .or) {
        guard let some = compared(source, tokens, part, with: parameter) else {
          names = nil
          break
        }
        names?.append(contentsOf: some)
      }
    } else if keyword == .case {
      let range = 1..<colon
      let isPlain = range.allSatisfy {
        tokens[$0].kind == .string || tokens[$0].kind == .infix
      }
      if isPlain { names = strings(source, tokens, range) }
    }
    guard let names, !names.isEmpty else { return }
    units[unit].branches.append(
      ExportUnit.Branch(
        names: names, lines: (tokens[0].line, tokens[tokens.count - 1].line)))
    if colon == tokens.count - 1 {
      blocks.append(
        Block(indent: lexer.indent, scope: .branch(units[unit].branches.count - 1)))
    }
  }

  /// The strings that one of the clauses of `a and b` compares the parameter with.
  private func compared(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    with parameter: Word
  ) -> [Word]? {
    for clause in Tokens.split(tokens, range, at: .and) where clause.count >= 3 {
      let names = clause.filter { tokens[$0].kind.isName }
      guard names.count == 1, Word(source, tokens[names[0]].range) == parameter,
        !clause.contains(where: { tokens[$0].kind == .not })
      else { continue }
      if clause.count == 3, tokens[clause.lowerBound + 1].kind == .infix {
        let isEqual = Folder.bytes(source, tokens[clause.lowerBound + 1].range) == Array("==".utf8)
        let found = strings(source, tokens, clause)
        if isEqual, found.count == 1 { return found }
      }
      if names[0] == clause.lowerBound, tokens[clause.lowerBound + 1].kind == .in,
        tokens[clause.lowerBound + 2].kind.opens
      {
        let display = clause.lowerBound + 3..<clause.upperBound - 1
        if display.allSatisfy({ [.string, .comma].contains(tokens[$0].kind) }) {
          return strings(source, tokens, display)
        }
      }
    }
    return nil
  }

  private func strings(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>
  ) -> [Word] {
    range.filter { tokens[$0].kind == .string }.map {
      Word(source, Folder.content(source, tokens[$0]))
    }
  }

  /// The names that an import statement binds.
  private func imported(_ source: borrowing Span<UInt8>, _ tokens: [Token]) -> [Word] {
    let members = tokens.firstIndex { $0.kind == .import }.map { $0 + 1 } ?? tokens.count
    var names: [Word] = []
    for part in Tokens.split(tokens, members..<tokens.count, at: .comma) {
      let words = part.filter { tokens[$0].kind.isName }
      guard let first = words.first else { continue }
      let isAliased = part.contains { tokens[$0].kind == .as }
      let name = isAliased ? words[words.count - 1] : first
      names.append(Word(source, tokens[name].range))
    }
    return names
  }
}
