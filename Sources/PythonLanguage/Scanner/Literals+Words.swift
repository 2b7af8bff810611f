import Model

/// Strings of which only some parts are a name.
extension SourceReader {
  private static let mostWords = 4

  /// `("spacy", "loggers"…`
  func isFirstOfSeveral(_ tokens: ArraySlice<Token>, _ i: Int) -> Bool {
    i > tokens.startIndex && i + 2 < tokens.endIndex && tokens[i + 1].kind == .comma
      && tokens[i + 2].kind == .string
      && (tokens[i - 1].kind == .leftParen || tokens[i - 1].kind == .leftBracket)
  }

  /// Words that stand side by side in brackets, and nothing else but keyword arguments:
  ///
  ///     catalogue.create("spacy", "loggers", entry_points=True)    # the group `spacy_loggers`
  ///     ".".join(["shop", "plugins"])
  mutating func addWords(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ first: Int
  ) {
    var text: [UInt8] = []
    var count = 0
    var i = first
    while i < tokens.endIndex, tokens[i].kind == .string {
      let content = Folder.content(source, tokens[i])
      guard tokens[i].flags.contains(.plain), content.count < 64, let first = content.first,
        lexer.tables.parts[Int(source[first])] & ByteTables.identifier != 0
      else { return }
      if count > 0 { text.append(UInt8(ascii: " ")) }
      for offset in content { text.append(source[offset]) }
      count += 1
      i += 1
      guard i < tokens.endIndex, tokens[i].kind == .comma else { break }
      i += 1
    }
    guard count > 1, count <= Self.mostWords, i < tokens.endIndex else { return }
    let isKeyword =
      tokens[i].kind.isName && i + 1 < tokens.endIndex && tokens[i + 1].kind == .assign
    guard tokens[i].kind.closes || isKeyword else { return }
    add(.words, text.span, 0..<text.count, tokens[first])
  }

  /// `"csv = shop.writers.csv:Writer"`: an entry point as `setup.py` and `EntryPoint.parse` have it.
  mutating func addEntryPoint(_ source: borrowing Span<UInt8>, _ token: Token) {
    let content = Folder.content(source, token)
    guard content.count > 6, content.count < 200 else { return }
    var i = content.lowerBound
    func isPart(_ i: Int) -> Bool {
      lexer.tables.parts[Int(source[i])] & ByteTables.identifier != 0
        || source[i] == UInt8(ascii: ".") || source[i] == UInt8(ascii: "-")
    }
    func skipBlanks(_ i: inout Int) {
      while i < content.upperBound, source[i] == 0x20 { i += 1 }
    }
    while i < content.upperBound, isPart(i) { i += 1 }
    guard i > content.lowerBound else { return }
    skipBlanks(&i)
    guard i < content.upperBound, source[i] == UInt8(ascii: "=") else { return }
    i += 1
    skipBlanks(&i)
    let start = i
    while i < content.upperBound, isPart(i) || source[i] == UInt8(ascii: ":") { i += 1 }
    let end = i
    skipBlanks(&i)
    // Extras may stand behind it.
    guard i == content.upperBound || source[i] == UInt8(ascii: "["),
      (start..<end).contains(where: { source[$0] == UInt8(ascii: ":") })
    else { return }
    add(.literal, source, start..<end, token)
  }

  /// `"postgresql+psycopg2://{user}@db/shop"`: how a URL begins names who opens it; so does
  /// `drivername="mysql+pymysql"`, and in brackets who keeps it: `dtype="string[pyarrow]"`.
  mutating func addScheme(_ source: borrowing Span<UInt8>, _ token: Token) {
    let content = Folder.content(source, token)
    if let end = URLScheme.end(source, content) {
      add(.scheme, source, content.lowerBound..<end, token)
    } else if URLScheme.isPair(source, content) {
      add(.scheme, source, content, token)
    } else if let inner = URLScheme.bracketed(source, content) {
      add(.scheme, source, inner, token)
    }
  }

  /// `"^shop_.+$"`, `"shop_*"`: a pattern of names that begin alike is the template `shop_*`.
  mutating func addPrefix(_ source: borrowing Span<UInt8>, _ token: Token) {
    let content = Folder.content(source, token)
    guard content.count > 4, content.count < 64, !token.flags.contains(.bytes) else { return }
    var i = content.lowerBound
    if source[i] == UInt8(ascii: "^") { i += 1 }
    let start = i
    while i < content.upperBound, lexer.tables.parts[Int(source[i])] & ByteTables.identifier != 0 {
      i += 1
    }
    guard i - start > 2, i < content.upperBound, source[i - 1] == UInt8(ascii: "_"),
      Self.opens.contains(source[i])
    else { return }
    for offset in i..<content.upperBound
    where !Self.patternBytes.contains(source[offset])
      && lexer.tables.parts[Int(source[offset])] & ByteTables.identifier == 0
    {
      return
    }
    let name = Folder.bytes(source, start..<i) + [Pattern.holeByte]
    add(.template, name.span, 0..<name.count, token)
  }

  /// What a regular expression or a glob goes on with behind a constant beginning.
  private static let opens = Set(".*[(\\".utf8)
  private static let patternBytes = Set(".*+?$[](){}\\^-|,".utf8)
}
