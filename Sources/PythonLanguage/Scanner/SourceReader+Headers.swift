import Model

/// The headers of compound statements: each announces the block below it.
extension SourceReader {
  /// Where the statements after the header's colon begin (the end of the line, mostly); nil where
  /// the line is no header.
  mutating func readHeader(_ source: borrowing Span<UInt8>, _ first: Token) -> Int? {
    var keyword = first.kind
    var start = 0
    if keyword == .async {
      guard lexer.tokens.count > 1, [.def, .for, .with].contains(lexer.tokens[1].kind) else {
        lexer.report(.syntax("invalid syntax: 'async' is a keyword"), first)
        return nil
      }
      keyword = lexer.tokens[1].kind
      start = 1
    }
    switch keyword {
    case .if, .elif, .else, .for, .while, .try, .except, .finally, .with, .def, .class: break
    case .match:
      guard isSoftHeader() else { return nil }
    case .case:
      guard blocks[blocks.count - 1].holdsCases, lexer.colon != nil else { return nil }
    default:
      if lexer.colon == lexer.tokens.count - 1, !(blocks[blocks.count - 1].holdsCases) {
        lexer.report(.syntax("invalid syntax: a line that is no header ends in ':'"), first)
      }
      return nil
    }
    if keyword == .def { readParameters(source, start) }
    guard let colon = lexer.colon else {
      lexer.report(.expectedColon, lexer.tokens[lexer.tokens.count - 1])
      // As if it were there: what is indented below belongs to it.
      announce(source, keyword, start + 1..<lexer.tokens.count)
      return lexer.tokens.count
    }
    announce(source, keyword, start + 1..<colon)
    if depth == .everything, !lexer.interest.isEmpty || !callees.isEmpty {
      readExpressions(source, start + 1..<colon)
    }
    return colon + 1
  }

  /// `match x:` with nothing after it; `match: int = 3` and `match(x)` are not.
  private func isSoftHeader() -> Bool {
    guard let colon = lexer.colon, colon == lexer.tokens.count - 1, colon > 1 else { return false }
    return true
  }

  private mutating func announce(
    _ source: borrowing Span<UInt8>, _ keyword: Kind, _ range: Range<Int>
  ) {
    let outer = blocks[blocks.count - 1]
    var block = Block(
      kind: outer.kind, guardIndex: outer.guardIndex, scope: outer.scope)
    var chain = Chain.none
    switch keyword {
    case .def:
      block.kind = max(outer.kind, .lazy)
      block.scope = .function
      let isGetattr =
        outer.scope == .module && range.first.map({ lexer.tokens[$0].kind }) == .dunderGetattr
      if isGetattr { facts.marks.insert(.definesGetattr) }
      if depth == .everything { readFallbacks(source, range) }
    case .class:
      block.scope = .class
    case .if, .while:
      endChain()
      let condition = readCondition(source, range)
      apply(condition, to: &block)
      if keyword == .if { block.condition = condition }
      chain = keyword == .if ? .branch(remaining: condition.negated) : .loop
      if keyword == .while { block.guardIndex = outer.guardIndex }
    case .elif:
      let condition = readCondition(source, range)
      if case .branch(let remaining) = outer.chain {
        apply(remaining.and(condition), to: &block)
        block.condition = remaining.and(condition)
        chain = .branch(remaining: remaining.and(condition.negated))
      } else {
        lexer.report(.misplaced("elif"), lexer.tokens[0])
      }
    case .else:
      switch outer.chain {
      case .branch(let remaining):
        apply(remaining, to: &block)
        block.condition = remaining
      case .loop:
        block.kind = max(outer.kind, .conditional)
      case .attempt(let attempt) where attempt.isHandled:
        closeAttempt()
        block.kind = max(outer.kind, .conditional)
        chain = blocks[blocks.count - 1].chain
      default:
        lexer.report(.misplaced("else"), lexer.tokens[0])
      }
    case .for:
      block.kind = max(outer.kind, .conditional)
      chain = .loop
    case .try:
      block.kind = max(outer.kind, .conditional)
      let requests = facts.requests.count
      block.attemptPart = .body
      chain = .attempt(
        Attempt(requests: requests..<requests, looks: looks.count..<looks.count))
    case .except:
      chain = announceHandler(source, range, &block)
    case .finally:
      closeAttempt()
      block.kind = max(outer.kind, .conditional)
      if case .attempt(var attempt) = blocks[blocks.count - 1].chain {
        attempt.isHandled = true
        chain = .attempt(attempt)
      } else {
        lexer.report(.misplaced("finally"), lexer.tokens[0])
      }
    case .with:
      block.kind = max(outer.kind, suppresses(range) ? .optional : .conditional)
    case .match:
      block.kind = max(outer.kind, .conditional)
      block.holdsCases = true
    default:
      block.kind = max(outer.kind, .conditional)
    }
    switch keyword {
    case .elif, .else, .except, .finally: break
    default: endChain()
    }
    blocks[blocks.count - 1].chain = chain
    blocks[blocks.count - 1].endsInRaise = false
    blocks[blocks.count - 1].endsInExit = false
    announced = block
  }

  private mutating func apply(_ condition: Condition, to block: inout Block) {
    if condition.impliesTyping {
      block.kind = .typeOnly
      return
    }
    block.kind = max(block.kind, .conditional)
    apply(condition, toRestOf: &block)
  }

  /// What follows in a block is executed under a condition.
  mutating func apply(_ condition: Condition, toRestOf block: inout Block) {
    guard condition.meaning != .unknown else { return }
    var meaning = condition.meaning
    if let outer = block.guardIndex {
      meaning = .all([facts.guards[Int(outer)], meaning])
    }
    guard facts.guards.count < Int(UInt16.max) else { return }
    if let index = facts.guards.firstIndex(of: meaning) {
      block.guardIndex = UInt16(index)
    } else {
      block.guardIndex = UInt16(facts.guards.count)
      facts.guards.append(meaning)
    }
  }

  // MARK: try

  /// The first `except`, `else` or `finally` ends the body of a `try`.
  private mutating func closeAttempt() {
    guard case .attempt(var attempt) = blocks[blocks.count - 1].chain, attempt.bodyIsOpen
    else { return }
    attempt.requests = attempt.requests.lowerBound..<facts.requests.count
    attempt.looks = attempt.looks.lowerBound..<looks.count
    attempt.bodyIsOpen = false
    blocks[blocks.count - 1].chain = .attempt(attempt)
  }

  /// A handler that catches a failed import makes the body's imports optional, and its own: they are
  /// the other choice.
  private mutating func announceHandler(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ block: inout Block
  ) -> Chain {
    let outer = blocks[blocks.count - 1]
    block.kind = max(outer.kind, .conditional)
    closeAttempt()
    guard case .attempt(var attempt) = blocks[blocks.count - 1].chain else {
      lexer.report(.misplaced("except"), lexer.tokens[0])
      return .none
    }
    checkHandler(source, range)
    if catchesImportError(range) {
      if let missing = missing(attempt.requests) { apply(Condition(meaning: missing), to: &block) }
      block.kind = max(block.kind, .optional)
      block.attemptPart = .handler
      for i in attempt.requests {
        facts.requests[i] = facts.requests[i].of(kind: max(facts.requests[i].kind, .optional))
      }
      for i in attempt.looks { looks[i].kind = max(looks[i].kind, .optional) }
    }
    attempt.isHandled = true
    return .attempt(attempt)
  }

  /// Where the body imports whole modules only, the handler runs when one of them is missing.
  private func missing(_ requests: Range<Int>) -> Guard? {
    var names: [String] = []
    for request in facts.requests[requests] {
      guard request.form == .module else { return nil }
      names.append(facts.string(request.name))
    }
    return names.isEmpty ? nil : .unavailable(names)
  }

  private func catchesImportError(_ range: Range<Int>) -> Bool {
    if range.isEmpty { return true }
    for i in range {
      switch lexer.tokens[i].kind {
      case .importError, .moduleNotFoundError, .exception, .baseException: return true
      case .as: return false
      default: break
      }
    }
    return false
  }

  /// `except OSError, e:` is Python 2; `except OSError, KeyError:` is Python 3.14 (PEP 758).
  private mutating func checkHandler(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard let last = range.last, last > range.lowerBound, lexer.tokens[last].kind.isName,
      lexer.tokens[last - 1].kind == .comma
    else { return }
    let commas = range.filter { lexer.tokens[$0].kind == .comma }
    if commas.count == 1, (97...122).contains(source[Int(lexer.tokens[last].start)]) {
      lexer.report(
        .syntax("'except X, name:' is Python 2 syntax"), lexer.tokens[last])
    }
  }

  private func suppresses(_ range: Range<Int>) -> Bool {
    var isSuppressing = false
    for i in range {
      switch lexer.tokens[i].kind {
      case .suppress: isSuppressing = true
      case .importError, .moduleNotFoundError, .exception, .baseException:
        if isSuppressing { return true }
      default: break
      }
    }
    return false
  }
}

extension Request {
  func of(kind: ImportKind) -> Request {
    Request(
      form, kind: kind, level: level, guardIndex: guardIndex, name: name,
      members: members, line: line, column: column)
  }
}
