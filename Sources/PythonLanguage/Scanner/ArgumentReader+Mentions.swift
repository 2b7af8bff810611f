import Model

/// Functions that are not called where they are named: handed on, or got by their name.
extension ArgumentReader {
  /// What calls the first that it is given, with what comes next.
  private static let appliers: Set<String> = [
    "partial", "partialmethod", "submit", "to_thread", "run_in_executor",
  ]

  /// `partial(boto3.client, "s3")`, `pool.submit(make, name)`, `register(session.client)`
  mutating func readMention(_ source: borrowing Span<UInt8>, _ callee: Callee, at i: Int) {
    guard isHandedOn(i), callee.form == .found || isReceiverKnown(source, i) else { return }
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard let open = opener(before: start), open > 0, tokens[open].kind == .leftParen,
      let close = folder.closing(open, expression(tokens.indices)),
      Self.appliers.contains(Identifiers.string(source, tokens[open - 1].range))
    else { return readHandedOn(source, callee, at: i, from: start) }
    let rest = i + 2 < close ? i + 2..<close : close..<close
    let arguments = folder.split(expression(rest), at: [.comma]).filter { !$0.isEmpty }
    guard let value = argument(source, callee, arguments) else {
      return readHandedOn(source, callee, at: i, from: start)
    }
    let patterns = folder.fold(source, expression(value)).patterns
    if patterns.contains(where: { $0.hasHole || $0.level > 0 }) {
      return addOpen(source, callee, i, i + 1, around: nil)
    }
    addPatterns(source, patterns, callee, i, close + 1)
  }

  /// `make = boto3.client`, `make = partial(boto3.client, region_name="x")`: whoever calls `make`
  /// decides. Handed on to anything else, nobody does.
  private mutating func readHandedOn(
    _ source: borrowing Span<UInt8>, _ callee: Callee, at i: Int, from start: Int
  ) {
    guard callee.form == .ruled, tokens.count > 2, tokens[0].kind.isName,
      tokens[1].kind == .assign,
      start == 2 || opener(before: start).map({ isWrapping(source, $0) }) == true
    else { return addOpen(source, callee, i, i + 1, around: nil) }
    let name = Folder.bytes(source, tokens[0].range)
    // `client = boto3.client`: calls of that name are seen anyway.
    if callees[name]?.contains(where: { $0.form == .ruled && name.elementsEqual($0.name.utf8) })
      == true
    {
      return
    }
    addOpen(
      source, callee, i, i + 1,
      around: Parameter(
        function: name, position: callee.position,
        name: Array(callee.keyword.utf8), fallback: nil))
  }

  /// What gives a function like the one that it is given.
  private static let wrappers: Set<String> = ["partial", "cache", "lru_cache"]

  /// Whether such a call begins behind the `=`, and ends with the line.
  private func isWrapping(_ source: borrowing Span<UInt8>, _ open: Int) -> Bool {
    open > 2 && Self.wrappers.contains(Identifiers.string(source, tokens[open - 1].range))
      && (2..<open).allSatisfy { $0 % 2 == 0 ? tokens[$0].kind.isName : tokens[$0].kind == .dot }
      && folder.closing(open, expression(tokens.indices)) == tokens.indices.last
  }

  /// The bracket that a place stands in.
  private func opener(before i: Int) -> Int? {
    var brackets = 0
    for j in (0..<i).reversed() {
      if tokens[j].kind.closes { brackets += 1 }
      if tokens[j].kind.opens {
        if brackets == 0 { return j }
        brackets -= 1
      }
    }
    return nil
  }

  /// `boto3.client`, `session.client`, and `client` after `from boto3 import client`; other objects
  /// have an attribute `client` that is no function, as `boto3.resource("s3").meta` has.
  private mutating func isReceiverKnown(_ source: borrowing Span<UInt8>, _ i: Int) -> Bool {
    guard i >= 2, tokens[i - 1].kind == .dot, tokens[i - 2].kind.isName else {
      return !(i > 0 && tokens[i - 1].kind == .dot)
        && !imported(source, i, isWhole: true, depth: 0).isEmpty
    }
    if isSession(source, tokens[i - 2]) { return true }
    if i >= 3, tokens[i - 3].kind == .dot { return false }
    let found = folder.definitions(source, of: tokens[i - 2])
    if found.isEmpty {
      return !imported(Folder.bytes(source, tokens[i - 2].range), source).isEmpty
    }
    // `s = boto3.session.Session(region)`
    guard let value = folder.assigned(source, to: tokens[i - 2]),
      let open = value.range.first(where: { value.tokens[$0].kind == .leftParen }),
      open > value.range.lowerBound
    else { return false }
    return isSession(source, value.tokens[open - 1])
  }

  private func isSession(_ source: borrowing Span<UInt8>, _ token: Token) -> Bool {
    Identifiers.string(source, token.range).lowercased().hasSuffix("session")
  }

  /// `getattr(boto3, "client")("s3")`; where the attribute is open, it may be any that matters.
  mutating func readGetattr(_ source: borrowing Span<UInt8>, at i: Int) {
    guard i + 1 < tokens.count, tokens[i + 1].kind == .leftParen,
      let close = folder.closing(i + 1, expression(tokens.indices))
    else { return }
    let arguments = folder.split(expression(i + 2..<close), at: [.comma]).filter { !$0.isEmpty }
    guard arguments.count > 1, let receiver = arguments[0].first, tokens[receiver].kind.isName
    else { return }
    let ruled = callees.values.flatMap { $0 }.filter { $0.form == .ruled }
    let names = folder.fold(source, expression(arguments[1])).patterns
    let isOpen = names.contains { $0.hasHole }
    let isKnown = !imported(source, receiver, isWhole: false, depth: 0).isEmpty
    let named = ruled.filter { callee in
      names.contains { $0.level == 0 && $0.bytes.elementsEqual(callee.name.utf8) }
    }
    guard let callee = named.first ?? (isOpen && isKnown ? ruled.min { $0.name < $1.name } : nil)
    else { return }
    gotten = receiver
    defer { gotten = nil }
    if close + 1 < tokens.count, tokens[close + 1].kind == .leftParen,
      let end = folder.closing(close + 1, expression(tokens.indices))
    {
      readCall(source, callee, at: i, open: close + 1, close: end)
    } else if isKnown {
      addOpen(source, callee, i, close + 1, around: nil)
    }
  }

  /// `SERVICE = …` of a module, `global SERVICE` of one of its functions, and `settings.SERVICE = …`
  /// where `settings` was imported.
  mutating func isModuleConstant(_ source: borrowing Span<UInt8>, at i: Int) -> Bool {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    guard start == 0 || tokens[start - 1].kind == .colon || tokens[start - 1].kind == .semicolon
    else { return false }
    let first = Folder.bytes(source, tokens[start].range)
    guard start < i else {
      let scopes = folder.scopes(source)
      let variable = scopes.variable(Word(bytes: first), at: Int(tokens[i].start), source)
      return variable?.scope == 0
    }
    guard tokens[i + 1].kind == .assign else { return false }
    return folder.definitions(source, of: tokens[start]).isEmpty
      && !imported(first, source).isEmpty
  }

  /// `map(session.client, NAMES)`, `pool.map(make, NAMES)`
  mutating func readMap(_ source: borrowing Span<UInt8>, _ callee: Callee, _ i: Int) {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard i + 1 < tokens.count, tokens[i + 1].kind == .comma,
      let close = folder.closing(start - 1, expression(tokens.indices)), i + 2 < close
    else { return }
    let names = folder.fold(source, expression(i + 2..<close)).element
    addPatterns(source, names.patterns, callee, i, close + 1, written: start - 2)
  }

  func isMap(_ source: borrowing Span<UInt8>, before i: Int) -> Bool {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    return start >= 2 && tokens[start - 1].kind == .leftParen
      && folder.spells(source, tokens[start - 2], "map")
  }

  /// `partial(make, …)`, `{"s3": make}`, `f = make`: called from somewhere that is not seen.
  func isHandedOn(_ i: Int) -> Bool {
    let next = i + 1 < tokens.count ? tokens[i + 1].kind : .newline
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard start > 0, next == .newline || next == .comma || next.closes else { return false }
    switch tokens[start - 1].kind {
    case .assign, .return: return true
    // In a header it is a parameter of that name.
    case .leftParen, .comma: return tokens[0].kind != .def && tokens[0].kind != .async
    // `Optional[Store]` is an annotation, `[make]` is a list.
    case .leftBracket: return start < 2 || !tokens[start - 2].kind.isName
    // `{"s3": make}`, not `x: Store`
    case .colon: return next == .rightBrace || isInBraces(start)
    default: return false
    }
  }

  private func isInBraces(_ i: Int) -> Bool {
    var open: [Kind] = []
    for token in tokens[..<i] {
      if token.kind.opens { open.append(token.kind) }
      if token.kind.closes { _ = open.popLast() }
    }
    return open.last == .leftBrace
  }

  func isBase(_ i: Int) -> Bool {
    guard tokens[0].kind == .class, i > 2, tokens.count > 2, tokens[2].kind == .leftParen else {
      return false
    }
    return i < folder.closing(2, expression(tokens.indices)) ?? 0
  }
}
