/// Functions that import, where they are taken by their name.
///
///     getattr(importlib, "import_module")(name)
///     vars(builtins)["__import__"](name)
///     methodcaller("import_module", name)(importlib)
struct ImportersByName {
  /// Tokens of a line that stand for the function itself.
  struct Place {
    let range: Range<Int>
    let kind: Kind
  }

  private(set) var places: [Place] = []

  /// - Parameter isAsked: whether an attribute of `importlib` that is no literal may be its
  ///   `import_module`; given the tokens that say which.
  init(
    _ source: borrowing Span<UInt8>, _ tokens: [Token],
    isAsked: (borrowing Span<UInt8>, Range<Int>) -> Bool = { _, _ in false }
  ) {
    for i in tokens.indices {
      if let kind = Self.importer(source, tokens[i]) {
        read(source, tokens, at: i, kind)
      } else if tokens[i].kind == .importlib, i > 1, i + 2 < tokens.count,
        tokens[i - 1].kind == .leftParen, tokens[i + 1].kind == .comma,
        tokens[i + 2].kind != .string || i + 3 < tokens.count && tokens[i + 3].kind == .sign,
        Self.spells(source, tokens[i - 2], "getattr"),
        let close = Tokens.closing(tokens, i - 1, before: tokens.count),
        let name = Tokens.split(tokens, i + 2..<close, at: .comma).first, isAsked(source, name)
      {
        places.append(Place(range: i - 2..<close + 1, kind: .importModule))
      }
    }
  }

  private mutating func read(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], at i: Int, _ kind: Kind
  ) {
    guard i > 1, i + 1 < tokens.count else { return }
    let end = tokens[i + 1].kind
    switch tokens[i - 1].kind {
    case .comma:
      // `getattr(importlib, "import_module")`, with a default or without
      guard end == .rightParen || end == .comma,
        let open = Self.opening(tokens, before: i), open > 0,
        Self.spells(source, tokens[open - 1], "getattr"),
        let close = Tokens.closing(tokens, open, before: tokens.count)
      else { return }
      places.append(Place(range: open - 1..<close + 1, kind: kind))
    case .leftBracket where end == .rightBracket:
      // `importlib.__dict__["import_module"]`, `vars(builtins)["__import__"]`
      guard let start = Self.namespace(source, tokens, before: i - 1) else { return }
      places.append(Place(range: start..<i + 2, kind: kind))
    case .leftParen:
      let callee = tokens[i - 2]
      if end == .rightParen, Self.spells(source, callee, "__getattribute__") {
        let start = Self.start(of: i - 2, tokens)
        places.append(Place(range: start..<i + 2, kind: kind))
      } else if end == .rightParen, Self.spells(source, callee, "attrgetter"),
        i + 2 < tokens.count, tokens[i + 2].kind == .leftParen,
        let close = Tokens.closing(tokens, i + 2, before: tokens.count)
      {
        places.append(Place(range: Self.start(of: i - 2, tokens)..<close + 1, kind: kind))
      } else if end == .comma, Self.spells(source, callee, "methodcaller") {
        // The call's own brackets hold what the function is given.
        places.append(Place(range: Self.start(of: i - 2, tokens)..<i - 1, kind: kind))
        places.append(Place(range: i..<i + 2, kind: .newline))
      }
    default: break
    }
  }

  /// The line with one token for each function that is taken by its name.
  func applied(to tokens: [Token], columns: [UInt32] = []) -> (tokens: [Token], columns: [UInt32]) {
    var (tokens, columns) = (tokens, columns)
    for place in places.reversed() {
      let (first, last) = (tokens[place.range.lowerBound], tokens[place.range.upperBound - 1])
      let named = Token(
        kind: place.kind, flags: [], start: first.start, end: last.end, line: first.line)
      tokens.replaceSubrange(place.range, with: place.kind == .newline ? [] : [named])
      if !columns.isEmpty {
        columns.replaceSubrange(
          place.range, with: place.kind == .newline ? [] : [columns[place.range.lowerBound]])
      }
    }
    return (tokens, columns)
  }

  /// Which function a string names.
  static func importer(_ source: borrowing Span<UInt8>, _ token: Token) -> Kind? {
    guard token.kind == .string, token.range.count > 11, token.range.count < 24 else { return nil }
    let content = Folder.bytes(source, Folder.content(source, token))
    return content.elementsEqual("import_module".utf8)
      ? .importModule : content.elementsEqual("__import__".utf8) ? .dunderImport : nil
  }

  /// Where the names of a module's namespace begin that is asked by a string: `importlib.__dict__`,
  /// `vars(importlib)`, `__builtins__`.
  private static func namespace(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], before end: Int
  ) -> Int? {
    let last = tokens[end - 1]
    if spells(source, last, "__dict__") || spells(source, last, "__builtins__") {
      return start(of: end - 1, tokens)
    }
    guard last.kind == .rightParen, let open = opening(tokens, before: end - 1), open > 0,
      spells(source, tokens[open - 1], "vars") || spells(source, tokens[open - 1], "globals")
    else { return nil }
    return open - 1
  }

  /// `operator` of `operator.attrgetter`
  private static func start(of position: Int, _ tokens: [Token]) -> Int {
    var start = position
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    return start
  }

  /// The bracket around what stands before a position.
  private static func opening(_ tokens: [Token], before position: Int) -> Int? {
    var (i, brackets) = (position, 0)
    while i > 0 {
      i -= 1
      if tokens[i].kind.closes { brackets += 1 }
      guard tokens[i].kind.opens else { continue }
      if brackets == 0 { return i }
      brackets -= 1
    }
    return nil
  }

  private static func spells(
    _ source: borrowing Span<UInt8>, _ token: Token, _ text: String
  ) -> Bool {
    token.range.count == text.utf8.count
      && Folder.bytes(source, token.range).elementsEqual(text.utf8)
  }
}
