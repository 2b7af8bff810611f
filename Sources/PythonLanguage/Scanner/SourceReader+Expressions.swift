import Model

/// What statements say beside importing. Strings are told of at once; calls wait until the whole
/// file has been read, since what they are given may be defined below them.
extension SourceReader {
  /// A logical line with a call that matters, and what it is subject to.
  struct Look {
    let place: LinePlace
    var kind: ImportKind
    let guardIndex: UInt16?
  }

  private static let secondLook: Interest = [
    .dynamicImport, .execution, .folders, .laziness, .libraries, .marks,
  ]

  mutating func readExpressions(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard callees.isEmpty else {
      readBinding(source, range)
      if lexer.interest.contains(.formattedString) || names(callees, source, range) { look() }
      return
    }
    readLiterals(source, range)
    readBinding(source, range)
    if lexer.interest.contains(.ownFile) { namesOwnFile = true }
    if isPackage, lexer.tokens[range.lowerBound].kind == .dunderAll { readNameList(source, range) }
    readSearchPath(range)
    readOwnPlace(source, range)
    readHanded(source, range)
    if isPackage, lexer.tokens[range.lowerBound].kind == .dunderPath { readOwnPath(range) }
    // Statements, and a static function: else the reader would be copied on each line.
    if !lexer.interest.isDisjoint(with: Self.secondLook) {
      look()
    } else if lexer.interest.contains(.ownName), isPackage {
      look()
    } else if Self.calls(callAliases, source, lexer.tokens[range]) {
      look()
    } else if lexer.interest.contains(.formattedString), readFields(source, range) {
      look()
    } else if lexer.interest.contains(.string), Self.namesImporter(source, lexer.tokens[range]) {
      look()
    }
  }

  /// `f"{__import__(name)}"`, `f"{version('h2')}"`: strings in the expressions of formatted strings
  /// are told; true where one of the expressions is worth a second look.
  private mutating func readFields(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    var isWorth = false
    for i in range where lexer.tokens[i].kind == .formattedString {
      let token = lexer.tokens[i]
      guard Self.calls(source, token) else { continue }
      for field in fieldLexer.fields(source, of: token) {
        let inner = fieldLexer.fieldTokens(source, field)
        let interest = fieldLexer.interest
        if !interest.isDisjoint(with: Self.secondLook)
          || Self.calls(callAliases, source, inner[...])
        {
          isWorth = true
        }
        if interest.contains(.ownFile) { namesOwnFile = true }
        if interest.contains(.string) { readLiterals(source, inner[...]) }
      }
    }
    return isWorth
  }

  /// Most expressions in formatted strings are names; only those that call something matter.
  private static func calls(_ source: borrowing Span<UInt8>, _ token: Token) -> Bool {
    var isInField = false
    for i in Int(token.start)..<Int(token.end) {
      if source[i] == UInt8(ascii: "{") { isInField = true }
      if isInField, source[i] == UInt8(ascii: "(") { return true }
    }
    return false
  }

  mutating func look() {
    let place = lexer.place
    let block = blocks[blocks.count - 1]
    // `def client(name): return boto3.client(name)`: what follows the header counts.
    if looks.last?.place == place { looks.removeLast() }
    looks.append(Look(place: place, kind: block.kind, guardIndex: block.guardIndex))
  }

  /// `name = …`, `name: str = …`
  private mutating func readBinding(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard range.count > 2 else { return }
    let name = lexer.tokens[range.lowerBound]
    let next = lexer.tokens[range.lowerBound + 1].kind
    guard name.kind.isName, next == .assign || next == .colon else { return }
    // `__getattr__ = make_getattr(__name__, _EXPORTS)`
    if name.kind == .dunderGetattr, next == .assign, blocks[blocks.count - 1].scope == .module {
      facts.marks.insert(.definesGetattr)
    }
    if !callees.isEmpty, next == .assign { bindCallee(source, name, range) }
    // `chain = PluginChain(__name__)`
    if isPackage, lexer.interest.contains(.ownName), next == .assign,
      range.contains(where: { $0 > range.lowerBound && isOwnNameGiven(source, $0) })
    {
      callAliases[Folder.bytes(source, name.range)] = .dunderName
    }
    guard next == .assign,
      lexer.interest.contains(.dynamicImport)
        || lexer.interest.contains(.string) && Self.namesImporter(source, lexer.tokens[range])
    else { return }
    let whole = Array(lexer.tokens[range])
    let tokens = ImportersByName(source, whole).applied(to: whole).tokens
    // `load = importlib.import_module`, `load = getattr(importlib, "import_module")`
    if let last = tokens.last?.kind, last == .importModule || last == .dunderImport {
      callAliases[Folder.bytes(source, name.range)] = last
    }
    // `load = partial(import_module, package=__name__)`, `load = staticmethod(import_module)`
    for i in tokens.indices.dropFirst(4) where tokens[i].kind == .importModule {
      guard let open = opening(tokens[...], before: i) else { continue }
      let callee = Identifiers.string(source, tokens[open - 1].range)
      if callee == "partial" || callee == "staticmethod" {
        callAliases[Folder.bytes(source, name.range)] = .importModule
      }
    }
  }

  /// `__path__ = FOLDERS`, `__path__ += FOLDERS`, `__path__.append(folder)`
  private mutating func readOwnPath(_ range: Range<Int>) {
    guard range.count > 2 else { return }
    switch lexer.tokens[range.lowerBound + 1].kind {
    case .assign, .augmented, .dot: facts.marks.insert(.movesPath)
    default: break
    }
  }

  /// `X(__name__)`, `X(__name__, …)`; not `getLogger(__name__)`.
  private func isOwnNameGiven(_ source: borrowing Span<UInt8>, _ i: Int) -> Bool {
    let tokens = lexer.tokens
    return tokens[i].kind == .dunderName && i > 1 && i + 1 < tokens.count
      && tokens[i - 1].kind == .leftParen && tokens[i - 2].kind == .name
      && (tokens[i + 1].kind == .rightParen || tokens[i + 1].kind == .comma)
      && !Folder.bytes(source, tokens[i - 2].range).hasSuffix("ogger")
  }

  /// `make = session.client`: the callee has another name from here on.
  private mutating func bindCallee(
    _ source: borrowing Span<UInt8>, _ name: Token, _ range: Range<Int>
  ) {
    let value = range.dropFirst(2)
    let last = Folder.bytes(source, lexer.tokens[range.upperBound - 1].range)
    guard let known = callees[last],
      value.allSatisfy({ lexer.tokens[$0].kind.isName || lexer.tokens[$0].kind == .dot })
    else { return }
    callees[Folder.bytes(source, name.range), default: []] += known.filter { $0.form != .constant }
  }

  /// Whether a callee stands in the line, or what can be one in its own class: `cls(…)`.
  private func names(
    _ callees: [[UInt8]: [Callee]], _ source: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    range.contains { i in
      guard lexer.tokens[i].kind.isName else { return false }
      let name = Folder.bytes(source, lexer.tokens[i].range)
      return callees[name] != nil || name.elementsEqual("cls".utf8)
        || name.elementsEqual("getattr".utf8)
    }
  }

  /// Whether one of the other names of `import_module` stands in the line.
  private static func calls(
    _ aliases: [[UInt8]: Kind], _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>
  ) -> Bool {
    guard !aliases.isEmpty else { return false }
    for token in tokens where token.kind.isName {
      if aliases[Folder.bytes(source, token.range)] != nil { return true }
    }
    return false
  }

  /// Whether a string of the line is the name of a function that imports.
  private static func namesImporter(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>
  ) -> Bool {
    for token in tokens where ImportersByName.importer(source, token) != nil { return true }
    return false
  }

  /// `import a.b as c`, `from a import b as c`; `from importlib import import_module as load`
  mutating func bindImport(
    _ source: borrowing Span<UInt8>, _ name: Token, of original: Token, member: Int?, request: Int
  ) {
    aliases.add(name.range, request: request, member: member)
    // A class is no package.
    if source[Int(name.start)] >= UInt8(ascii: "_") {
      imported.insert(Scopes.hash(source, name.range))
    }
    if !callees.isEmpty, name.start != original.start,
      let known = callees[Folder.bytes(source, original.range)]
    {
      callees[Folder.bytes(source, name.range), default: []] += known
    }
    let original = original.kind
    if original == .importModule || original == .dunderImport, name.kind == .name {
      callAliases[Folder.bytes(source, name.range)] = original
    }
  }
}
