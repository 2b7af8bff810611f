import Model

/// Statements, and the conditions under which they are executed.
extension DefinitionReader {
  /// Splits at `;`.
  mutating func readStatements(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    var start = range.lowerBound
    var depth = 0
    for i in range {
      let kind = lexer.tokens[i].kind
      if kind.opens { depth += 1 }
      if kind.closes { depth -= 1 }
      guard kind == .semicolon, depth == 0 else { continue }
      readStatement(source, start..<i)
      start = i + 1
    }
    readStatement(source, start..<range.upperBound)
  }

  private mutating func readStatement(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard let first = range.first else { return }
    switch lexer.tokens[first].kind {
    case .return, .raise, .continue, .break: blocks[blocks.count - 1].isLeft = true
    default: break
    }
    switch lexer.tokens[first].kind {
    case .import, .from:
      earlierMentions.append(-1)
      found.mentions.append(
        Definitions.Mention(
          .import, owner: owner, condition: condition, text: 0, line: lexer.tokens[first].line))
      readBindings(source, range)
      return
    case .assert:
      readChains(
        source, first + 1..<range.upperBound, owner: owner, condition: condition, form: .demand)
      readExpressions(source, first + 1..<range.upperBound)
      return
    case .raise:
      giveUp(source)
      readMissing(source, range)
    default: break
    }
    if range.count > 2, lexer.tokens[first].kind.isName, lexer.tokens[first + 1].kind == .assign {
      bind(source, lexer.tokens[first])
      if owner == 0, holdsNowhere(source, first + 2..<range.upperBound) {
        neverHolding.insert(Folder.bytes(source, lexer.tokens[first].range))
      }
      // A parameter that is set says no more what a caller chose.
      if !blocks[blocks.count - 1].flags.isEmpty {
        blocks[blocks.count - 1].flags.remove(Folder.bytes(source, lexer.tokens[first].range))
      }
    }
    // A statement of a string alone is a docstring.
    if range.count == 1, lexer.tokens[first].kind.isString { return }
    let kind = found.definitions[owner].kind
    guard kind == .module || kind == .class else { return readExpressions(source, range) }
    if let (name, value) = assignment(source, range) {
      let variable = define(
        .variable, name, line: lexer.tokens[first].line, last: lexer.line)
      readExpressions(source, value, owner: variable, condition: condition)
    } else if kind == .module, let callee = call(range) {
      let registration = define(
        .registration, intern(source, lexer.tokens[callee]), line: lexer.tokens[first].line,
        last: lexer.line)
      readChains(
        source, range.lowerBound..<callee + 1, owner: owner, condition: condition, form: .name)
      readExpressions(source, callee + 1..<range.upperBound, owner: registration, condition: -1)
    } else {
      readExpressions(source, range)
    }
  }

  /// `name = …`, `name: T = …`
  private mutating func assignment(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> (name: TextRange, value: Range<Int>)? {
    let first = range.lowerBound
    guard range.count > 2, lexer.tokens[first].kind.isName else { return nil }
    if lexer.tokens[first + 1].kind == .assign {
      return (intern(source, lexer.tokens[first]), first + 2..<range.upperBound)
    }
    guard lexer.tokens[first + 1].kind == .colon,
      let equals = range.first(where: { lexer.tokens[$0].kind == .assign })
    else { return nil }
    return (intern(source, lexer.tokens[first]), equals + 1..<range.upperBound)
  }

  /// The last name of what a statement calls: `register` of `codecs.register(find)`.
  private func call(_ range: Range<Int>) -> Int? {
    var i = range.lowerBound
    while i + 1 < range.upperBound, lexer.tokens[i].kind.isName, lexer.tokens[i + 1].kind == .dot {
      i += 2
    }
    guard i + 1 < range.upperBound, lexer.tokens[i].kind.isName,
      lexer.tokens[i + 1].kind == .leftParen
    else { return nil }
    return i
  }

  // MARK: Imports

  private mutating func readBindings(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    var i = range.lowerBound
    let line = lexer.tokens[i].line
    let isFrom = lexer.tokens[i].kind == .from
    i += 1
    var level = 0
    var module = TextRange.empty
    if isFrom {
      while i < range.upperBound, lexer.tokens[i].kind == .dot || lexer.tokens[i].kind == .ellipsis
      {
        level += lexer.tokens[i].kind == .dot ? 1 : 3
        i += 1
      }
      module = dottedName(source, range, &i)
      guard i < range.upperBound, lexer.tokens[i].kind == .import else { return }
      i += 1
      if i < range.upperBound, lexer.tokens[i].kind == .leftParen { i += 1 }
    }
    while i < range.upperBound, lexer.tokens[i].kind.isName || lexer.tokens[i].kind == .star {
      let first = lexer.tokens[i]
      let name: TextRange
      if isFrom {
        name = intern(source, first)
        i += 1
      } else {
        name = dottedName(source, range, &i)
      }
      var bound = isFrom ? name : intern(source, first)
      var whole = isFrom ? module : bound
      if i + 1 < range.upperBound, lexer.tokens[i].kind == .as {
        bound = intern(source, lexer.tokens[i + 1])
        whole = isFrom ? module : name
        i += 2
      }
      if isBinding { bind(Array(facts.bytes(bound))) }
      found.bindings.append(
        Definitions.Binding(
          name: bound, level: level, module: whole, member: isFrom ? name : .empty, line: line))
      guard i < range.upperBound, lexer.tokens[i].kind == .comma else { return }
      i += 1
    }
  }

  mutating func dottedName(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ i: inout Int
  ) -> TextRange {
    let start = facts.text.count
    while i < range.upperBound, lexer.tokens[i].kind.isName {
      Identifiers.append(source, lexer.tokens[i].range, to: &facts.text)
      i += 1
      guard i + 1 < range.upperBound, lexer.tokens[i].kind == .dot, lexer.tokens[i + 1].kind.isName
      else { break }
      facts.text.append(UInt8(ascii: "."))
      i += 1
    }
    return TextRange(start: start, count: facts.text.count - start)
  }

}
