import Model

/// Imports whose failure is caught, and what is executed where they succeed.
extension DefinitionReader {
  /// What a block is to an attempt.
  enum Attempted {
    case none
    case body(Int)
    case handler(Int)
    case region(Int)
  }

  struct OpenAttempt {
    /// Of the `try`, then of its body's last line.
    var lines: ClosedRange<UInt32>
    var names: [[UInt8]] = []
    var hasFallback = false
    var raises = false
    /// The block in which the `try` stands.
    let outer: Attempted
    var regions: [ClosedRange<UInt32>] = []
  }

  /// The block that `try:`, `except …:`, `else:` or `with suppress(…):` announces; nil where it is like
  /// any other. `ended`: the attempt before it.
  mutating func attempting(
    _ source: borrowing Span<UInt8>, _ keyword: Kind, _ header: Range<Int>, after ended: Int
  ) -> Block? {
    var block = block.inner
    let line = lexer.tokens[header.lowerBound].line
    block.start = line
    switch keyword {
    case .try: block.attempt = .body(open(line))
    case .with:
      guard header.contains(where: { isSuppress(source, lexer.tokens[$0]) }) else { return nil }
      block.attempt = .body(open(line))
    case .except:
      guard ended >= 0 else { return nil }
      block.attempt = .handler(ended)
    case .else:
      guard ended >= 0 else { return nil }
      block.attempt = .region(ended)
    default: return nil
    }
    return block
  }

  private func isSuppress(_ source: borrowing Span<UInt8>, _ token: Token) -> Bool {
    token.kind.isName && Bytes.equal(source, token.range, "suppress")
  }

  private mutating func open(_ line: UInt32) -> Int {
    attempts.append(OpenAttempt(lines: line...line, outer: block.attempt))
    return attempts.count - 1
  }

  mutating func closeAttempt(_ block: Block, at line: UInt32) {
    guard let start = block.start else { return }
    let lines = start...max(start, line)
    switch block.attempt {
    case .none, .handler: break
    case .body(let attempt):
      attempts[attempt].lines = lines
      blocks[blocks.count - 1].ended = attempt
    case .region(let attempt): attempts[attempt].regions.append(lines)
    }
  }

  /// Whether it matters to an attempt what is bound in the block at hand.
  var isBinding: Bool {
    if case .none = blocks[blocks.count - 1].attempt { false } else { true }
  }

  mutating func bind(_ source: borrowing Span<UInt8>, _ name: Token) {
    if isBinding { bind(Folder.bytes(source, name.range)) }
  }

  /// A name is bound in the block at hand.
  mutating func bind(_ name: [UInt8]) {
    var place = block.attempt
    while true {
      switch place {
      case .none: return
      case .body(let attempt):
        attempts[attempt].names.append(name)
        if owner == 0 { attemptByName[name] = attempt }
        place = attempts[attempt].outer
      case .handler(let attempt):
        if attempts[attempt].names.contains(name) { attempts[attempt].hasFallback = true }
        place = attempts[attempt].outer
      case .region(let attempt): place = attempts[attempt].outer
      }
    }
  }

  /// A `raise` in the block at hand.
  mutating func giveUp(_ source: borrowing Span<UInt8>) {
    for block in blocks.reversed() {
      guard block.owner == self.block.owner else { break }
      // `if x is None: raise …`
      if let denied = block.denied {
        mention(
          .demand, source, denied.name, owner: block.owner, condition: denied.condition)
      }
    }
    var place = block.attempt
    while true {
      switch place {
      case .none: return
      case .handler(let attempt):
        attempts[attempt].raises = true
        place = attempts[attempt].outer
      case .body(let attempt), .region(let attempt): place = attempts[attempt].outer
      }
    }
  }

  /// `raise ImportError("pyarrow>=10.0.1 is required")`
  mutating func readMissing(_ source: borrowing Span<UInt8>, _ statement: Range<Int>) {
    let first = statement.lowerBound
    guard statement.count > 3, lexer.tokens[first + 2].kind == .leftParen,
      Bytes.equal(source, lexer.tokens[first + 1].range, "ImportError")
        || Bytes.equal(source, lexer.tokens[first + 1].range, "ModuleNotFoundError"),
      let message = statement.first(where: { lexer.tokens[$0].kind.isString })
    else { return }
    let content = Folder.content(source, lexer.tokens[message])
    let end = content.first { !URLScheme.isPart(source[$0]) } ?? content.upperBound
    guard end - content.lowerBound > 1 else { return }
    mention(
      .missing, index(of: source, content.lowerBound..<end), line: lexer.tokens[first].line,
      owner: owner, condition: condition)
  }

  /// `if has_crypto:`, `if np is not None:`, `if HAS_X and fast:`: the attempt that has succeeded there.
  func succeeded(_ source: borrowing Span<UInt8>, _ test: Range<Int>) -> Int? {
    guard let first = test.first, lexer.tokens[first].kind.isName, !attemptByName.isEmpty,
      let attempt = attemptByName[Folder.bytes(source, lexer.tokens[first].range)]
    else { return nil }
    let kinds = lexer.tokens[test].dropFirst().map(\.kind)
    return kinds.isEmpty || kinds.first == .and || kinds.prefix(3) == [.is, .not, .none]
      ? attempt : nil
  }

  /// Those around an import: the others are no attempts to import.
  mutating func finishAttempts() {
    let lines = found.bindings.map(\.line)
    for attempt in attempts where lines.contains(where: attempt.lines.contains) {
      let start = UInt32(facts.members.count)
      facts.members += attempt.names.map { facts.intern($0) }
      for region in attempt.regions {
        found.regions.append(Definitions.Region(attempt: found.attempts.count, lines: region))
      }
      found.attempts.append(
        Definitions.Attempt(
          lines: attempt.lines, names: start..<UInt32(facts.members.count),
          hasFallback: attempt.hasFallback, raises: attempt.raises))
    }
  }
}
