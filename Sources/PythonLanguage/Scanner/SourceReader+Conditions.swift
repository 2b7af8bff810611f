import Model

/// Conditions that the target decides, read off the tokens of an `if`.
extension SourceReader {
  mutating func readCondition(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Condition {
    guard let first = range.first else { return .unknown }
    if lexer.interest.isDisjoint(with: [.condition, .ownName]), conditions.isEmpty,
      lexer.tokens[first].kind != .number
    {
      return .unknown
    }
    return condition(source, range)
  }

  private func condition(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Condition {
    guard let first = range.first, let last = range.last else { return .unknown }
    if let parts = split(range, at: .or) {
      return parts.dropFirst().reduce(condition(source, parts[0])) {
        $0.or(condition(source, $1))
      }
    }
    if let parts = split(range, at: .and) {
      return parts.dropFirst().reduce(condition(source, parts[0])) {
        $0.and(condition(source, $1))
      }
    }
    if lexer.tokens[first].kind == .not {
      return condition(source, first + 1..<range.upperBound).negated
    }
    if lexer.tokens[first].kind == .leftParen, matching(first, range) == last {
      return condition(source, first + 1..<last)
    }
    if let comparison = comparison(source, range) {
      return Condition(
        meaning: decide(
          source, range.lowerBound..<comparison.position, comparison,
          comparison.end..<range.upperBound))
    }
    return atom(source, range)
  }

  /// The parts between the keywords of that kind outside brackets; nil where there is just one.
  private func split(_ range: Range<Int>, at separator: Kind) -> [Range<Int>]? {
    var brackets = 0
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for i in range {
      let kind = lexer.tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      // `a if b else c`, `lambda`, `:=`: not for us.
      if brackets == 0, kind == .if || kind == .lambda || kind == .walrus { return nil }
      if brackets == 0, kind == separator {
        parts.append(start..<i)
        start = i + 1
      }
    }
    guard !parts.isEmpty else { return nil }
    parts.append(start..<range.upperBound)
    return parts
  }

  /// Position of the bracket that closes the one at `opener`.
  func matching(_ opener: Int, _ range: Range<Int>) -> Int? {
    var brackets = 0
    for i in opener..<range.upperBound {
      let kind = lexer.tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes {
        brackets -= 1
        if brackets == 0 { return i }
      }
    }
    return nil
  }

  // MARK: Atoms

  private func atom(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Condition {
    guard let last = range.last else { return .unknown }
    let token = lexer.tokens[last]
    if range.count == 1 {
      switch token.kind {
      case .true: return Condition(meaning: .constant(true))
      case .false, .none: return Condition(meaning: .constant(false))
      case .number:
        return Condition(meaning: number(source, token).map { .constant($0 != 0) } ?? .unknown)
      default: break
      }
    }
    // `TYPE_CHECKING`, `typing.TYPE_CHECKING`, `t.TYPE_CHECKING`, `six.PY3`
    let isDotted = range.count == 1 || (range.count == 3 && lexer.tokens[last - 1].kind == .dot)
    guard isDotted else { return startsWith(source, range) }
    switch token.kind {
    case .typeChecking: return Condition(meaning: .constant(false), impliesTyping: true)
    case .py2:
      return known(source, token) ?? Condition(meaning: .version(.less, [3]))
    case .py3:
      return known(source, token) ?? Condition(meaning: .version(.greaterOrEqual, [3]))
    default:
      return range.count == 1 ? known(source, token) ?? .unknown : .unknown
    }
  }

  private func known(_ source: borrowing Span<UInt8>, _ token: Token) -> Condition? {
    guard !conditions.isEmpty, token.kind.isName else { return nil }
    let name = Word(source, token.range)
    guard let condition = conditions[name.bytes] else { return nil }
    return scopes?.variable(name, at: Int(token.start), source)?.scope == 0 ? condition : nil
  }

  /// `sys.platform.startswith("win")`
  private func startsWith(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Condition {
    let tokens = lexer.tokens
    guard range.count >= 6, tokens[range.upperBound - 1].kind == .rightParen,
      tokens[range.upperBound - 3].kind == .leftParen,
      tokens[range.upperBound - 5].kind == .dot,
      spells(source, tokens[range.upperBound - 4], "startswith"),
      case .platform = subject(source, range.lowerBound..<range.upperBound - 5),
      let text = text(source, tokens[range.upperBound - 2])
    else { return .unknown }
    return Condition(meaning: .platform(text))
  }

  // MARK: Definitions

  /// `PY3 = sys.version_info[0] >= 3` at module level is remembered, where nothing else binds the name.
  mutating func readConstant(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard blocks.count == 1, range.count >= 3, lexer.tokens[range.lowerBound].kind.isName,
      lexer.tokens[range.lowerBound + 1].kind == .assign
    else { return }
    let condition = condition(source, range.lowerBound + 2..<range.upperBound)
    guard condition.meaning != .unknown, lexer.tokens[range.lowerBound].kind != .typeChecking
    else { return }
    if case .constant = condition.meaning { return }
    let scopes = self.scopes ?? ScopeReader(at: start).read(source)
    self.scopes = scopes
    let name = Word(source, lexer.tokens[range.lowerBound].range)
    if scopes.isConstant(name, source) { conditions[name.bytes] = condition }
  }

  /// `def f(a, (b, c)):` is Python 2.
  mutating func readParameters(_ source: borrowing Span<UInt8>, _ start: Int) {
    var brackets = 0
    var last = Kind.newline
    for i in start..<lexer.tokens.count {
      let kind = lexer.tokens[i].kind
      if kind == .leftParen, brackets == 1, last == .leftParen || last == .comma {
        lexer.report(.syntax("tuple parameters are Python 2 syntax"), lexer.tokens[i])
        return
      }
      if kind == .leftBracket, brackets == 0 { return }
      if kind.opens { brackets += 1 }
      if kind.closes {
        brackets -= 1
        if brackets == 0 { return }
      }
      last = kind
    }
  }
}
