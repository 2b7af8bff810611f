/// Reads a file's logical lines for what binds and changes names. It is a second reading, made where the
/// value of a name is asked for; most files are never read so.
struct ScopeReader {
  var lexer: Lexer
  var fieldLexer = Lexer(at: 0)
  var scopes = Scopes()
  private var open: [Open] = []
  private var isDecorated = false

  /// A suite that goes on over the lines below its header.
  private struct Open {
    let indent: Int
    let block: Int
    let scope: Int?
    var holdsCases = false
  }

  /// What a statement's events have in common.
  struct Statement {
    let place: LinePlace
    /// Behind it, or behind its header.
    var end: Int
  }

  init(at position: Int) { lexer = Lexer(at: position) }

  consuming func read(_ source: borrowing Span<UInt8>) -> Scopes {
    scopes.scopes = [Scopes.Scope(form: .module, range: 0..<Int.max)]
    while lexer.advance(source) {
      guard let first = lexer.tokens.first else { continue }
      while let last = open.last, lexer.indent <= last.indent { close(at: Int(first.start)) }
      readLine(source, lexer.tokens, colon: lexer.colon)
    }
    while !open.isEmpty { close(at: source.count + 1) }
    scopes.finish()
    return scopes
  }

  private mutating func close(at offset: Int) {
    let last = open.removeLast()
    end(last.block, last.scope, at: offset)
  }

  private mutating func end(_ block: Int, _ scope: Int?, at offset: Int) {
    scopes.blocks[block].range = scopes.blocks[block].range.lowerBound..<offset
    if let scope {
      scopes.scopes[scope].range = scopes.scopes[scope].range.lowerBound..<offset
    }
  }

  // MARK: Lines

  private mutating func readLine(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], colon: Int?
  ) {
    let place = lexer.place
    let start = tokens[0].kind == .async && tokens.count > 1 ? 1 : 0
    let last = tokens.count - 1
    guard let colon, isHeader(tokens, start, colon, last) else {
      if tokens[0].kind == .at { isDecorated = true }
      return readStatements(source, tokens, tokens.indices, place)
    }
    let keyword = tokens[start].kind
    let body = Int(tokens[colon].end)
    let isLoop = keyword == .for || keyword == .while
    let block = scopes.blocks.count
    scopes.blocks.append(
      Scopes.Block(range: (isLoop ? Int(tokens[0].start) : body)..<Int.max, isLoop: isLoop))
    var scope: Int?
    if keyword == .def || keyword == .class { scope = openScope(tokens, start, place, body: body) }
    readHeader(source, tokens, start, colon, Statement(place: place, end: body))
    isDecorated = false
    if colon == last {
      open.append(
        Open(indent: lexer.indent, block: block, scope: scope, holdsCases: keyword == .match))
    } else {
      readStatements(source, tokens, colon + 1..<tokens.count, place)
      end(block, scope, at: Int(tokens[last].end) + 1)
    }
  }

  private func isHeader(_ tokens: [Token], _ start: Int, _ colon: Int, _ last: Int) -> Bool {
    switch tokens[start].kind {
    case .if, .elif, .else, .for, .while, .try, .except, .finally, .with, .def, .class: true
    case .match: colon == last && colon > 1
    case .case: open.last?.holdsCases == true
    default: false
    }
  }

  private mutating func openScope(
    _ tokens: [Token], _ start: Int, _ place: LinePlace, body: Int
  ) -> Int? {
    guard start + 1 < tokens.count else { return nil }
    var scope = Scopes.Scope(
      form: tokens[start].kind == .def ? .function : .class, range: body..<Int.max)
    scope.name = tokens[start + 1].range
    scope.header = place
    scope.isDecorated = isDecorated
    scope.isAsync = start == 1
    scope.hasBases =
      tokens[start].kind == .class && start + 3 < tokens.count
      && tokens[start + 2].kind == .leftParen && tokens[start + 3].kind != .rightParen
    scopes.scopes.append(scope)
    return scopes.scopes.count - 1
  }

  private mutating func readHeader(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ start: Int, _ colon: Int,
    _ statement: Statement
  ) {
    let range = start + 1..<colon
    switch tokens[start].kind {
    case .def, .class:
      guard let name = range.first else { return }
      add(tokens[start].kind == .def ? .function : .classed, source, tokens[name], statement)
      var open = name + 1
      // `def f[T](x: T)`, PEP 695
      if open < colon, tokens[open].kind == .leftBracket,
        let close = Tokens.closing(tokens, open, before: colon)
      {
        for i in open..<close where tokens[i].kind.isName {
          add(.opened, source, tokens[i], statement, position: statement.end)
        }
        open = close + 1
      }
      if tokens[start].kind == .def, open < colon,
        let close = Tokens.closing(tokens, open, before: colon)
      {
        readParameters(source, tokens, open + 1..<close, body: statement.end, statement)
      }
      readExpression(source, tokens, name + 1..<colon, statement)
    case .for:
      let keyword = range.first { tokens[$0].kind == .in } ?? colon
      readTargets(source, tokens, start + 1..<keyword, .loop, statement)
      readExpression(source, tokens, keyword..<colon, statement)
    case .with, .except:
      for i in range where tokens[i].kind == .as {
        let end = (i..<colon).first { tokens[$0].kind == .comma || tokens[$0].kind.closes } ?? colon
        let targets = tokens[i + 1].kind.opens ? Tokens.closing(tokens, i + 1, before: colon) : end
        readTargets(source, tokens, i + 1..<max(i + 1, targets ?? end), .opened, statement)
      }
      readExpression(source, tokens, range, statement)
    case .case:
      readCaptures(source, tokens, range, statement)
      readExpression(source, tokens, range, statement)
    default:
      readExpression(source, tokens, range, statement)
    }
  }

  private mutating func readStatements(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>, _ place: LinePlace
  ) {
    for part in Tokens.split(tokens, range, at: .semicolon) {
      let end = Int(tokens[part.upperBound - 1].end)
      readStatement(source, tokens, part, Statement(place: place, end: end))
    }
  }

  private mutating func readStatement(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    _ statement: Statement
  ) {
    let first = tokens[range.lowerBound]
    let rest = range.dropFirst()
    switch first.kind {
    case .import, .from:
      readImport(source, tokens, range, statement)
    case .lazy where rest.first.map({ tokens[$0].kind.importsSomething }) == true:
      readImport(source, tokens, range, statement)
    case .global, .nonlocal:
      for i in rest where tokens[i].kind.isName {
        add(first.kind == .global ? .global : .nonlocal, source, tokens[i], statement)
      }
    case .del:
      readTargets(source, tokens, rest, .declared, statement)
    case .return:
      add(.returned, source, first, statement)
      readExpression(source, tokens, rest, statement)
    case .type where rest.count > 2 && tokens[range.lowerBound + 1].kind.isName:
      add(.opened, source, tokens[range.lowerBound + 1], statement)
    default:
      readAssignment(source, tokens, range, statement)
      readExpression(source, tokens, range, statement)
    }
  }

  private mutating func readImport(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    _ statement: Statement
  ) {
    let isFrom = range.contains { tokens[$0].kind == .from }
    let keyword = range.first { tokens[$0].kind == .import } ?? range.upperBound - 1
    if isFrom, tokens[range.upperBound - 1].kind == .star {
      return add(.star, source, tokens[range.upperBound - 1], statement)
    }
    var members = keyword + 1..<range.upperBound
    if let first = members.first, tokens[first].kind == .leftParen, members.count > 2 {
      members = first + 1..<members.upperBound - 1
    }
    for part in Tokens.split(tokens, members, at: .comma) {
      // `a as b` binds `b`, `a.b` binds `a`.
      let names = part.filter { tokens[$0].kind.isName }
      let isRenamed = part.contains { tokens[$0].kind == .as }
      if let name = isRenamed ? names.last : names.first {
        add(.imported, source, tokens[name], statement)
      }
    }
  }

  mutating func add(
    _ form: Scopes.Form, _ source: borrowing Span<UInt8>, _ token: Token, _ statement: Statement,
    position: Int? = nil, effect: Int? = nil
  ) {
    scopes.events.append(
      Scopes.Event(
        form: form, name: token.range, hash: Scopes.hash(source, token.range),
        position: position ?? Int(token.start), effect: effect ?? statement.end,
        place: statement.place))
  }
}
