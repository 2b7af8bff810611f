import Model

/// `import` statements.
extension SourceReader {
  mutating func readImport(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, isLazy: Bool
  ) {
    let statement = lexer.tokens[range.lowerBound]
    let block = blocks[blocks.count - 1]
    let place = Place(
      kind: isLazy ? max(block.kind, .lazy) : block.kind, guardIndex: block.guardIndex,
      line: statement.line, column: lexer.column(of: statement))
    var cursor = range.lowerBound + (isLazy ? 1 : 0)
    let keyword = lexer.tokens[cursor].kind
    cursor += 1
    let first = facts.requests.count
    if keyword == .import {
      readModules(source, cursor..<range.upperBound, place)
    } else {
      readMembers(source, cursor..<range.upperBound, place)
    }
    guard block.attemptPart == .body, blocks.count > 1,
      case .attempt(var attempt) = blocks[blocks.count - 2].chain
    else { return }
    attempt.imports += first..<facts.requests.count
    blocks[blocks.count - 2].chain = .attempt(attempt)
  }

  private struct Place {
    let kind: ImportKind
    let guardIndex: UInt16?
    let line: UInt32
    let column: UInt32
  }

  /// `a.b as c, d`
  private mutating func readModules(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ place: Place
  ) {
    var cursor = range.lowerBound
    while true {
      guard let name = readDottedName(source, range, &cursor) else {
        malformed(cursor, range)
        return
      }
      let alias = readAlias(range, &cursor)
      if alias.isBroken { malformed(cursor, range) }
      let first = UInt32(facts.members.count)
      if let name = alias.token {
        let start = facts.text.count
        Identifiers.append(source, name.range, to: &facts.text)
        facts.members.append(TextRange(start: start, count: facts.text.count - start))
      }
      facts.requests.append(
        Request(
          .module, kind: place.kind, guardIndex: place.guardIndex, name: name,
          members: first..<UInt32(facts.members.count), line: place.line, column: place.column))
      if depth == .everything, let name = alias.token {
        bindImport(
          source, name, of: name, member: nil, request: facts.requests.count - 1)
      } else if depth == .everything {
        let top = Array(facts.bytes(name).prefix { $0 != UInt8(ascii: ".") })
        imported.insert(Scopes.hash(top.span, top.indices))
      }
      if cursor == range.upperBound { return }
      guard lexer.tokens[cursor].kind == .comma else {
        malformed(cursor, range)
        return
      }
      cursor += 1
    }
  }

  /// `..a.b import c as d, e`, with or without parentheses
  private mutating func readMembers(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ place: Place
  ) {
    var cursor = range.lowerBound
    var level = 0
    scan: while cursor < range.upperBound {
      switch lexer.tokens[cursor].kind {
      case .dot: level += 1
      case .ellipsis: level += 3
      default: break scan
      }
      cursor += 1
    }
    var name = TextRange.empty
    if cursor < range.upperBound, lexer.tokens[cursor].kind.isName {
      guard let dotted = readDottedName(source, range, &cursor) else {
        malformed(cursor, range)
        return
      }
      name = dotted
    }
    guard cursor < range.upperBound, lexer.tokens[cursor].kind == .import,
      level > 0 || !name.isEmpty
    else {
      malformed(cursor, range)
      return
    }
    cursor += 1
    let first = facts.members.count
    var form = Request.Form.member
    if cursor < range.upperBound, lexer.tokens[cursor].kind == .star {
      form = .wildcard
      cursor += 1
      if cursor != range.upperBound { malformed(cursor, range) }
    } else {
      readMemberList(source, range, &cursor)
      if facts.members.count == first { return }
    }
    facts.requests.append(
      Request(
        form, kind: place.kind, level: UInt16(clamping: level), guardIndex: place.guardIndex,
        name: name, members: UInt32(first)..<UInt32(facts.members.count), line: place.line,
        column: place.column))
  }

  private mutating func readMemberList(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ cursor: inout Int
  ) {
    let isEnclosed = cursor < range.upperBound && lexer.tokens[cursor].kind == .leftParen
    if isEnclosed { cursor += 1 }
    while cursor < range.upperBound, lexer.tokens[cursor].kind.isName {
      let token = lexer.tokens[cursor]
      let start = facts.text.count
      Identifiers.append(source, token.range, to: &facts.text)
      facts.members.append(TextRange(start: start, count: facts.text.count - start))
      cursor += 1
      let alias = readAlias(range, &cursor)
      if alias.isBroken { malformed(cursor, range) }
      if depth == .everything {
        bindImport(
          source, alias.token ?? token, of: token, member: facts.members.count - 1,
          request: facts.requests.count)
      }
      guard cursor < range.upperBound, lexer.tokens[cursor].kind == .comma else { break }
      cursor += 1
      if cursor == range.upperBound, !isEnclosed {
        lexer.report(.trailingComma, lexer.tokens[cursor - 1])
        return
      }
    }
    if isEnclosed {
      guard cursor < range.upperBound, lexer.tokens[cursor].kind == .rightParen,
        lexer.tokens[cursor - 1].kind != .leftParen
      else {
        malformed(cursor, range)
        return
      }
      cursor += 1
    }
    if cursor != range.upperBound
      || lexer.tokens[cursor - 1].kind == .import
    {
      malformed(cursor, range)
    }
  }

  /// The name without the blanks that may stand around its dots.
  private mutating func readDottedName(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ cursor: inout Int
  ) -> TextRange? {
    let start = facts.text.count
    while cursor < range.upperBound, lexer.tokens[cursor].kind.isName {
      Identifiers.append(source, lexer.tokens[cursor].range, to: &facts.text)
      cursor += 1
      guard cursor < range.upperBound, lexer.tokens[cursor].kind == .dot else {
        return TextRange(start: start, count: facts.text.count - start)
      }
      facts.text.append(UInt8(ascii: "."))
      cursor += 1
    }
    facts.text.removeSubrange(start...)
    return nil
  }

  private func readAlias(
    _ range: Range<Int>, _ cursor: inout Int
  ) -> (token: Token?, isBroken: Bool) {
    guard cursor < range.upperBound, lexer.tokens[cursor].kind == .as else { return (nil, false) }
    cursor += 1
    guard cursor < range.upperBound, lexer.tokens[cursor].kind.isName else { return (nil, true) }
    cursor += 1
    return (lexer.tokens[cursor - 1], false)
  }

  private mutating func malformed(_ cursor: Int, _ range: Range<Int>) {
    lexer.report(.malformedImport, lexer.tokens[min(cursor, range.upperBound - 1)])
  }

  /// `# pare: import x.y, z` and `# pare: ignore`
  mutating func addDirective(
    _ source: borrowing Span<UInt8>,
    _ directive: (range: Range<Int>, line: UInt32, column: UInt32)
  ) {
    let text = Identifiers.string(source, directive.range)
    let words = text.split { $0 == " " || $0 == "," || $0 == "\t" }
    guard let verb = words.first else { return }
    func add(_ form: Request.Form, _ name: String) {
      facts.requests.append(
        Request(
          form, kind: .topLevel, name: facts.intern(name.utf8), line: directive.line,
          column: directive.column))
    }
    if verb == "ignore" { add(.ignore, "") }
    if verb == "import" {
      for word in words.dropFirst() { add(.directive, String(word)) }
    }
  }
}
