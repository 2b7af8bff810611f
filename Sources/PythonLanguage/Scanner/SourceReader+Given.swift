import Model

/// What a file tells others of where it lies itself, and the strings that its functions take where they
/// are given none.
extension SourceReader {
  // MARK: Where the file itself lies

  /// `Flask(__name__)`: who is told where this file lies may look for more beside it.
  mutating func readOwnPlace(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard !lexer.interest.isDisjoint(with: [.ownName, .ownFile]) else { return }
    let tokens = lexer.tokens[range]
    if isPackage, blocks[blocks.count - 1].scope == .module { noteSourceHandedOn(source, tokens) }
    for i in range.dropFirst(2).dropLast()
    where tokens[i].kind == .dunderName || tokens[i].kind == .dunderFile {
      // `__name__` alone, by position or by name
      switch tokens[i - 1].kind {
      case .leftParen, .comma, .assign: break
      default: continue
      }
      guard tokens[i + 1].kind == .comma || tokens[i + 1].kind == .rightParen,
        let open = opening(tokens, before: i)
      else { continue }
      readGiven(source, tokens, open, tokens[i])
    }
  }

  /// `attach(__file__, __name__, globals())`, `install(__name__, __file__)`: a call that is given two of
  /// what it takes to read the module's source and to answer for its names.
  private mutating func noteSourceHandedOn(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>
  ) {
    var given: [Int: Set<Kind>] = [:]
    for i in tokens.indices.dropFirst(2).dropLast() {
      var (kind, end) = (tokens[i].kind, i + 1)
      if spells(source, tokens[i], "globals"), end + 1 < tokens.endIndex,
        tokens[end].kind == .leftParen, tokens[end + 1].kind == .rightParen
      {
        (kind, end) = (.name, end + 2)
      } else if kind != .dunderFile, kind != .dunderName {
        continue
      }
      guard end < tokens.endIndex, [.comma, .rightParen].contains(tokens[end].kind),
        [.leftParen, .comma, .assign].contains(tokens[i - 1].kind),
        let open = opening(tokens, before: i), open > tokens.startIndex,
        tokens[open - 1].kind.isName
      else { continue }
      given[open, default: []].insert(kind)
    }
    if given.values.contains(where: { $0.count > 1 }) { handsSourceOn = true }
  }

  private mutating func readGiven(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ open: Int, _ token: Token
  ) {
    var start = open - 1
    guard start >= tokens.startIndex, tokens[start].kind.isName else { return }
    while start >= tokens.startIndex + 2, tokens[start - 1].kind == .dot,
      tokens[start - 2].kind.isName
    {
      start -= 2
    }
    guard let (level, name) = imported(Folder.bytes(source, tokens[start].range), source) else {
      return
    }
    let firstMember = UInt32(facts.members.count)
    for text in strings(source, tokens, givenIn: open) {
      facts.members.append(facts.intern(text))
    }
    let block = blocks[blocks.count - 1]
    facts.requests.append(
      Request(
        .given, kind: block.kind, level: level, guardIndex: block.guardIndex,
        name: facts.intern(name), members: firstMember..<UInt32(facts.members.count),
        line: token.line, column: lexer.column(of: token)))
  }

  /// What an import has bound a name to: `dash.Dash` of `from dash import Dash`; of `import dash.testing`,
  /// which binds `dash`, that.
  private func imported(
    _ name: [UInt8], _ source: borrowing Span<UInt8>
  ) -> (level: UInt16, name: [UInt8])? {
    guard let alias = aliases.find(name, source), alias.request < facts.requests.count else {
      let isBound = facts.requests.contains { request in
        request.form == .module
          && facts.bytes(request.name).prefix { $0 != UInt8(ascii: ".") }.elementsEqual(name)
      }
      return isBound ? (0, name) : nil
    }
    let request = facts.requests[alias.request]
    var name = Array(facts.bytes(request.name))
    if let member = alias.member, member < facts.members.count {
      if !name.isEmpty { name.append(UInt8(ascii: ".")) }
      name += facts.bytes(facts.members[member])
    }
    return (request.level, name)
  }

  /// `"site"` of `Dash(__name__, pages_folder="site", title=name("x"))`
  private func strings(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, givenIn open: Int
  ) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var brackets = 0
    for i in open..<tokens.endIndex {
      let kind = tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      if brackets == 0 || texts.count == 16 { break }
      guard brackets == 1, isPlain(tokens[i]), i > open, i + 1 < tokens.endIndex else { continue }
      let isArgument = [.leftParen, .comma, .assign].contains(tokens[i - 1].kind)
      guard isArgument, [.comma, .rightParen].contains(tokens[i + 1].kind) else { continue }
      let text = Folder.bytes(source, Folder.content(source, tokens[i]))
      if text.count > 1, text.count <= 64 { texts.append(text) }
    }
    return texts
  }

  // MARK: What is handed on

  /// `discover(commands)`, `scan(package=shop.commands)`: an object that an import has bound; where it
  /// is a package, whoever is given it may list it. Once for each name is enough.
  mutating func readHanded(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard !imported.isEmpty, range.count > 3 else { return }
    for i in range.dropFirst(2).dropLast() where lexer.tokens[i].kind == .name {
      switch lexer.tokens[i - 1].kind {
      case .leftParen, .comma, .assign: break
      default: continue
      }
      var end = i + 1
      while end + 2 < range.upperBound, lexer.tokens[end].kind == .dot { end += 2 }
      guard lexer.tokens[end].kind == .comma || lexer.tokens[end].kind == .rightParen,
        imported.contains(Scopes.hash(source, lexer.tokens[i].range))
      else { continue }
      addHanded(source, lexer.tokens[range], i..<end)
    }
  }

  private mutating func addHanded(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ given: Range<Int>
  ) {
    let first = tokens[given.lowerBound]
    guard let open = opening(tokens, before: given.lowerBound), open > tokens.startIndex,
      tokens[open - 1].kind == .name,
      !Self.readers.contains(Scopes.hash(source, tokens[open - 1].range)),
      var (level, name) = imported(Folder.bytes(source, first.range), source)
    else { return }
    if given.count > 1 {
      // Of `import shop.commands`; anything else is an attribute.
      name = given.flatMap { Folder.bytes(source, tokens[$0].range) }
      level = 0
      guard
        facts.requests.contains(where: { $0.form == .module && facts.bytes($0.name) == name[...] })
      else { return }
    }
    var start = open - 1
    while start >= tokens.startIndex + 2, tokens[start - 1].kind == .dot,
      tokens[start - 2].kind.isName
    {
      start -= 2
    }
    let callee =
      imported(Folder.bytes(source, tokens[start].range), source).map {
        $0.level == 0 ? $0.name : []
      }
      ?? []
    imported.remove(Scopes.hash(source, first.range))
    let block = blocks[blocks.count - 1]
    let member = UInt32(facts.members.count)
    facts.members.append(facts.intern(callee))
    facts.requests.append(
      Request(
        .handed, kind: block.kind, level: level, guardIndex: block.guardIndex,
        name: facts.intern(name), members: member..<member + 1, line: first.line,
        column: lexer.column(of: first)))
  }

  /// Functions that look at one attribute of what they are given, or at none.
  private static let readers = Set(
    [
      "getattr", "hasattr", "setattr", "delattr", "isinstance", "issubclass", "type", "id", "repr",
      "str", "print", "callable", "len", "bool", "super",
      "vars", "dir",
    ].map { Scopes.hash(Array($0.utf8).span, 0..<$0.utf8.count) })

  // MARK: Defaults

  /// `def __init__(self, folder: str = "pages")`; the range lies behind `def`.
  mutating func readFallbacks(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard lexer.interest.contains(.string), callees.isEmpty else { return }
    for i in range.dropFirst(2).dropLast() where isPlain(lexer.tokens[i]) {
      let next = lexer.tokens[i + 1].kind
      guard lexer.tokens[i - 1].kind == .assign, next == .comma || next == .rightParen else {
        continue
      }
      let content = Folder.content(source, lexer.tokens[i])
      guard content.count > 1, content.count <= 64 else { continue }
      add(.fallback, source, content, lexer.tokens[i])
    }
  }
}
