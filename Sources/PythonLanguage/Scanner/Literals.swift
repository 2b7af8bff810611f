import Model

extension SourceReader {
  private static let longest = 200

  /// String literals that could name something; a statement of strings alone is a docstring.
  mutating func readLiterals(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard lexer.interest.contains(.string) else { return }
    if range.allSatisfy({ lexer.tokens[$0].kind.isString }) { return }
    readLiterals(source, lexer.tokens[range])
  }

  /// The literals among some tokens of the current logical line, or in one of its formatted strings.
  mutating func readLiterals(_ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>) {
    for i in tokens.indices where tokens[i].kind.isString {
      let token = tokens[i]
      addScheme(source, token)
      if token.kind == .string {
        readPathEnd(source, tokens, i)
        if token.flags.contains(.plain) {
          if isResourcePackage(source, tokens, i) {
            addResource(source, token)
          } else if isKey(source, tokens, i) {
            keys.append((token, lexer.column(of: token)))
          } else {
            addLiteral(source, token)
            if i + 1 < tokens.endIndex, tokens[i + 1].kind == .sign { addHead(source, tokens, i) }
            if isFirstOfSeveral(tokens, i) { addWords(source, tokens, i) }
          }
        } else if token.flags.isSuperset(of: [.template, .holes]) {
          addTemplate(source, token)
          addPath(source, token)
        } else {
          // `"import numpy" in text` asks what a text says.
          if i + 1 >= tokens.endIndex || tokens[i + 1].kind != .in { noteCode(source, token) }
          addPath(source, token)
          addPrefix(source, token)
          addEntryPoint(source, token)
        }
      } else if token.kind == .formattedString {
        addTemplate(source, token)
        addPath(source, token, endsPath: pathSeparator(source, tokens, i) != nil)
      }
    }
  }

  /// `"requests"` of `event["requests"]`: a single word that is looked up names nothing else, but for
  /// the groups of entry points. What is stored by such a key may be listed.
  private func isKey(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ i: Int
  ) -> Bool {
    guard i >= tokens.startIndex + 2, i + 1 < tokens.endIndex,
      tokens[i - 1].kind == .leftBracket, tokens[i + 1].kind == .rightBracket
    else { return false }
    let owner = tokens[i - 2].kind
    guard owner.isName || owner == .rightParen || owner == .rightBracket else { return false }
    if i + 2 < tokens.endIndex, tokens[i + 2].kind == .assign { return false }
    return Folder.content(source, tokens[i]).allSatisfy {
      lexer.tables.parts[Int(source[$0])] & ByteTables.identifier != 0
    }
  }

  /// `entry_points()["shop_plugins"]`, or what that was assigned to.
  mutating func addKeys(_ source: borrowing Span<UInt8>) {
    guard facts.marks.contains(.readsEntryPoints) else { return }
    for (token, column) in keys {
      let text = Folder.bytes(source, Folder.content(source, token))
      facts.requests.append(
        Request(
          .literal, kind: .conditional, name: facts.intern(text), line: token.line,
          column: column))
    }
  }

  /// `"a.b"` of `files("a.b")`, `resources.path("a.b", "x.json")`
  private func isResourcePackage(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ i: Int
  ) -> Bool {
    guard i >= tokens.startIndex + 2, tokens[i - 1].kind == .leftParen else { return false }
    switch tokens[i - 2].kind {
    case .readsResource: return true
    case .path where i >= tokens.startIndex + 4 && tokens[i - 3].kind == .dot:
      return Folder.bytes(source, tokens[i - 4].range).elementsEqual("resources".utf8)
    default: return false
    }
  }

  private mutating func addResource(_ source: borrowing Span<UInt8>, _ token: Token) {
    let block = blocks[blocks.count - 1]
    facts.requests.append(
      Request(
        .resource, kind: block.kind, guardIndex: block.guardIndex,
        name: facts.intern(Folder.bytes(source, Folder.content(source, token))),
        line: token.line, column: lexer.column(of: token)))
  }

  private mutating func addLiteral(_ source: borrowing Span<UInt8>, _ token: Token) {
    let content = Folder.content(source, token)
    guard content.count > 1, content.count <= Self.longest else { return }
    if content.count >= 4, source[content.upperBound - 1] == UInt8(ascii: "i"),
      Folder.bytes(source, content.upperBound - 4..<content.upperBound).elementsEqual(".pyi".utf8)
    {
      namesStub = true
    }
    add(.literal, source, content, token)
  }

  /// `"shop.settings." + stage` is the template `shop.settings.*`, as `f"shop.settings.{stage}"` is;
  /// `"shop." + name + "()"` is a sentence.
  private mutating func addHead(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ first: Int
  ) {
    let content = Folder.content(source, tokens[first])
    guard content.count > 2, content.count <= Self.longest,
      source[content.upperBound - 1] == UInt8(ascii: "."),
      !lexer.interest.contains(.dynamicImport)
    else { return }
    var text: [UInt8] = []
    var i = first
    var brackets = 0
    scan: while i < tokens.endIndex {
      let token = tokens[i]
      let before = i == first ? .sign : tokens[i - 1].kind
      let isTerm = brackets == 0 && (before == .sign || before == .string && token.kind.isString)
      let next = i + 1 < tokens.endIndex ? tokens[i + 1].kind : .newline
      if isTerm, token.kind == .string, next != .percent, next != .dot, next != .leftBracket {
        text += Folder.bytes(source, Folder.content(source, token))
      } else if isTerm, text.last != Pattern.holeByte {
        text.append(Pattern.holeByte)
      }
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: brackets += 1
      case .rightParen, .rightBracket, .rightBrace: brackets -= 1
      case .comma, .colon, .semicolon, .if, .for, .in, .or, .and, .is, .not, .infix:
        if brackets == 0 { break scan }
      default: break
      }
      if brackets < 0 { break }
      i += 1
    }
    // `"shop.settings." + stage + ":Config"`
    if let colon = text.firstIndex(of: UInt8(ascii: ":")), text[..<colon].last == Pattern.holeByte {
      text.removeSubrange(colon...)
    }
    for byte in text
    where byte != UInt8(ascii: ".") && byte != Pattern.holeByte
      && lexer.tables.parts[Int(byte)] & ByteTables.identifier == 0
    {
      return
    }
    guard text.contains(Pattern.holeByte), text.count <= Self.longest else { return }
    let (level, name) = Pattern(bytes: text).request
    add(.template, name.span, 0..<name.count, tokens[first], level: level)
  }

  /// `"pkg.backends.%s"`, `f"pkg.{name}"`: a dotted head before the first hole.
  private mutating func addTemplate(_ source: borrowing Span<UInt8>, _ token: Token) {
    let content = Folder.content(source, token)
    guard content.count > 3, content.count <= Self.longest,
      !lexer.interest.contains(.dynamicImport)
    else { return }
    // Most formatted strings are sentences: their first characters say so.
    var dots = 0
    for i in content {
      let byte = source[i]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%") { break }
      if byte == UInt8(ascii: ".") {
        dots += 1
      } else if lexer.tables.parts[Int(byte)] & ByteTables.identifier == 0 {
        return
      }
    }
    guard dots > 0 else { return }
    var text = Folder.bytes(source, content)
    // `f"shop.settings.{stage}:Config"`
    if let colon = text.lastIndex(of: UInt8(ascii: ":")),
      text[..<colon].last == UInt8(ascii: "}"), token.kind == .formattedString
    {
      text.removeSubrange(colon...)
    }
    let isPercent = token.kind == .string && text.contains(UInt8(ascii: "%"))
    let folded =
      isPercent
      ? Pattern.percent(text, [], [:])
      : Pattern.braces(Self.withoutExpressions(text, token), [], [:])
    guard let pattern = folded.patterns.first, pattern.hasHole else { return }
    for byte in pattern.bytes
    where byte != UInt8(ascii: ".") && byte != Pattern.holeByte
      && lexer.tables.parts[Int(byte)] & ByteTables.identifier == 0
    {
      return
    }
    let (level, name) = pattern.request
    add(.template, name.span, 0..<name.count, token, level: level)
  }

  /// `f"{folder}/sql/{name}.sql"`, `"%s/a.json"`, `"/sql/*.sql"`: a path with something open in it;
  /// or `f"{name}.sql"` where it `endsPath`.
  private mutating func addPath(
    _ source: borrowing Span<UInt8>, _ token: Token, endsPath: Bool = false
  ) {
    let content = Folder.content(source, token)
    guard content.count > 3, content.count <= Self.longest else { return }
    var pattern: [UInt8] = []
    var (isPath, isOpen, braces, i) = (endsPath, false, 0, content.lowerBound)
    while i < content.upperBound {
      let byte = source[i]
      i += 1
      if byte == UInt8(ascii: "{") {
        braces += 1
      } else if byte == UInt8(ascii: "}") {
        braces -= 1
      }
      if braces > 0 || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "*") {
        // `**` stays; what is open on both sides of nothing is open once.
        if byte == UInt8(ascii: "*") || pattern.last != UInt8(ascii: "*") { pattern.append(42) }
        isOpen = true
      } else if byte == UInt8(ascii: "%"), i < content.upperBound, token.kind == .string {
        pattern.append(42)
        isOpen = true
        i += 1
      } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || lexer.tables.parts[Int(byte)] & ByteTables.identifier != 0
        || endsPath && byte == UInt8(ascii: " ")
      {
        if byte == UInt8(ascii: "/") { isPath = true }
        pattern.append(byte)
      } else {
        return
      }
    }
    // `"*.models"` where the star is the code's own; `f"{name}.models"` is no file.
    let isGlob = source[content.lowerBound] == UInt8(ascii: "*") && pattern.starts(with: "*.".utf8)
    guard isOpen, isPath || isGlob else { return }
    let letters = pattern.count { lexer.tables.parts[Int($0)] & ByteTables.identifier != 0 }
    guard letters >= 2 else { return }
    add(.path, pattern.span, 0..<pattern.count, token)
  }

  /// Nested braces and quotes of a field are of no interest: `{a["b"]}` becomes `{}`.
  private static func withoutExpressions(_ text: [UInt8], _ token: Token) -> [UInt8] {
    guard token.kind == .formattedString else { return text }
    var result: [UInt8] = []
    var braces = 0
    var i = 0
    while i < text.count {
      let byte = text[i]
      let isDoubled = i + 1 < text.count && text[i + 1] == byte
      if byte == UInt8(ascii: "{") {
        if braces == 0, isDoubled {
          result += [byte, byte]
          i += 2
          continue
        }
        if braces == 0 { result.append(byte) }
        braces += 1
      } else if byte == UInt8(ascii: "}"), braces > 0 {
        braces -= 1
        if braces == 0 { result.append(byte) }
      } else if braces == 0 {
        result.append(byte)
      }
      i += 1
    }
    return result
  }

  mutating func add(
    _ form: Request.Form, _ text: borrowing Span<UInt8>, _ range: Range<Int>, _ token: Token,
    level: Int = 0
  ) {
    let block = blocks[blocks.count - 1]
    // What stands in a branch that may be decided against is not what later ones repeat.
    let name: TextRange
    if block.kind != .typeOnly, block.guardIndex == nil {
      let new =
        switch form {
        case .path: paths.insert(text, range, into: &facts.text)
        case .fallback: fallbacks.insert(text, range, into: &facts.text)
        default: literals.insert(text, range, into: &facts.text)
        }
      guard let new else { return }
      name = new
    } else {
      let start = facts.text.count
      for i in range { facts.text.append(text[i]) }
      name = TextRange(start: start, count: range.count)
    }
    facts.requests.append(
      Request(
        form, kind: block.kind, level: UInt16(clamping: level), guardIndex: block.guardIndex,
        name: name, line: token.line, column: lexer.column(of: token)))
  }
}
