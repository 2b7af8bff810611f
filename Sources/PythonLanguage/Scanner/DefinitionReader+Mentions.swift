import Model

/// What expressions mention.
extension DefinitionReader {
  mutating func readExpressions(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    readExpressions(source, range, owner: owner, condition: condition)
  }

  /// Names and strings; what stands in the value of a table's entry is executed where its key is chosen.
  mutating func readExpressions(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, owner: Int, condition: Int
  ) {
    let outside = brackets.count
    defer { brackets.removeLast(brackets.count - outside) }
    var current = condition
    // `readers["a"] = A`
    if let (key, value) = entry(range) {
      let name = Folder.bytes(source, lexer.tokens[range.lowerBound].range)
      if tables[name] == nil {
        groups += 1
        tables[name] = groups
      }
      current = addKey(source, lexer.tokens[key], group: tables[name] ?? 0, outer: condition)
      readExpressions(source, value, owner: owner, condition: current)
      readChains(
        source, range.lowerBound..<range.lowerBound + 1, owner: owner, condition: condition,
        form: .name)
      return
    }
    var i = range.lowerBound
    while i < range.upperBound {
      let token = lexer.tokens[i]
      if token.kind.opens {
        let isCall =
          i > range.lowerBound
          && (lexer.tokens[i - 1].kind.isName || lexer.tokens[i - 1].kind == .rightParen
            || lexer.tokens[i - 1].kind == .rightBracket)
        let isTuple =
          !isCall && token.kind == .leftParen && brackets.count > outside
          && brackets[brackets.count - 1].isCall
        brackets.append(
          Bracket(kind: token.kind, outer: current, isCall: isCall || isTuple))
      } else if token.kind.closes {
        if brackets.count > outside { current = brackets.removeLast().outer }
      } else if token.kind == .comma, brackets.count > outside {
        current = brackets[brackets.count - 1].outer
      } else if token.kind == .string {
        if i + 1 < range.upperBound, lexer.tokens[i + 1].kind == .colon,
          brackets.count > outside, brackets[brackets.count - 1].kind == .leftBrace
        {
          let last = brackets.count - 1
          // `{"fast": True}` may be handed on as `**options`.
          mentionKey(source, token, owner: owner, condition: current)
          // What a table has are records, and nobody chooses among their fields.
          if brackets[outside..<last].contains(where: { $0.group > 0 }) {
            i += 1
            continue
          }
          if brackets[last].group == 0 {
            groups += 1
            brackets[last].group = groups
          }
          current = addKey(
            source, token, group: brackets[last].group, outer: brackets[last].outer)
        } else if !isCompared(i, range) {
          mentionWord(.word, source, token, owner: owner, condition: current)
        }
      } else if token.kind.isName {
        i = readChain(
          source, i, range, owner: owner, condition: current,
          brackets.count > outside ? brackets[brackets.count - 1] : nil)
        continue
      }
      i += 1
    }
  }

  struct Bracket {
    let kind: Kind
    /// The condition outside.
    let outer: Int
    /// Whether it holds a call's arguments, a tuple among them, or what is asked of something
    /// (`isinstance(x, (A, B))`, `Sequence[A]`).
    let isCall: Bool
    var group: UInt32 = 0
  }

  private mutating func mentionKey(
    _ source: borrowing Span<UInt8>, _ token: Token, owner: Int, condition: Int
  ) {
    let content = Folder.content(source, token)
    guard content.count > 0, content.count <= 64,
      content.allSatisfy({ URLScheme.isPart(source[$0]) })
    else { return }
    mention(
      .keyword, index(of: source, content), line: token.line, owner: owner, condition: condition)
  }

  private mutating func addKey(
    _ source: borrowing Span<UInt8>, _ token: Token, group: UInt32, outer: Int
  ) -> Int {
    let start = UInt32(facts.members.count)
    facts.members.append(facts.intern(Folder.bytes(source, Folder.content(source, token))))
    found.conditions.append(
      Definitions.Condition(.key, group: group, outer: outer, words: start..<start + 1))
    return found.conditions.count - 1
  }

  /// `name["key"] = value`
  private func entry(_ range: Range<Int>) -> (key: Int, value: Range<Int>)? {
    let first = range.lowerBound
    guard range.count > 5, lexer.tokens[first].kind.isName,
      lexer.tokens[first + 1].kind == .leftBracket, lexer.tokens[first + 2].kind == .string,
      lexer.tokens[first + 3].kind == .rightBracket, lexer.tokens[first + 4].kind == .assign
    else { return nil }
    return (first + 2, first + 5..<range.upperBound)
  }

  /// `x == "a"`, `"a" in x`: what is asked about is not what is chosen.
  private func isCompared(_ i: Int, _ range: Range<Int>) -> Bool {
    func compares(_ at: Int) -> Bool {
      guard range.contains(at) else { return false }
      let kind = lexer.tokens[at].kind
      return kind == .infix || kind == .in || kind == .is
    }
    return compares(i - 1) || compares(i + 1)
  }

  // MARK: Names

  mutating func readChains(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, owner: Int, condition: Int,
    form: Definitions.Form
  ) {
    var i = range.lowerBound
    while i < range.upperBound {
      if lexer.tokens[i].kind.isName {
        i = readChain(source, i, range, owner: owner, condition: condition, nil, form: form)
      } else {
        i += 1
      }
    }
  }

  /// `np.linalg.norm`; where it ends.
  private mutating func readChain(
    _ source: borrowing Span<UInt8>, _ start: Int, _ range: Range<Int>, owner: Int, condition: Int,
    _ bracket: Bracket?, form: Definitions.Form = .name
  ) -> Int {
    var i = start + 1
    if bracket?.kind == .leftParen, i < range.upperBound, lexer.tokens[i].kind == .assign {
      // `f(http2=True)`
      if i + 1 < range.upperBound, !saysNo(source, lexer.tokens[i + 1]),
        !isHandedOn(source, start, i + 1, range)
      {
        mention(.keyword, source, lexer.tokens[start], owner: owner, condition: condition)
      }
      return i + 1
    }
    var end = i
    while i + 1 < range.upperBound, lexer.tokens[i].kind == .dot, lexer.tokens[i + 1].kind.isName {
      i += 2
      end = i
    }
    let first = lexer.tokens[start]
    let isMember = start > range.lowerBound && lexer.tokens[start - 1].kind == .dot
    let isOwn = Self.isSelf(source, first)
    let from = isOwn && !isMember ? start + 2 : start
    guard from < end, lexer.tokens[end - 1].end - lexer.tokens[from].start < 200,
      !isDescribed(source, lexer.tokens[end - 1])
    else { return max(end, start + 1) }
    let text = chain(source, from, end)
    if isMember {
      mention(
        isSuper(start, range) ? .own : .member, text, line: first.line, owner: owner,
        condition: condition)
    } else {
      // `plot = Accessor("plot", PlotAccessor)` makes one when it is asked for.
      let isKept = found.definitions[owner].kind == .variable && bracket?.kind == .leftParen
      let isGiven = form == .name && !isKept && isGiven(start, end, range, bracket)
      mention(
        isOwn ? .own : isGiven ? .argument : form, text, line: first.line, owner: owner,
        condition: condition)
    }
    return max(end, start + 1)
  }

  /// The text of the names from one token to another, without what stands between them and the dots.
  private mutating func chain(
    _ source: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    let whole = Int(lexer.tokens[start].start)..<Int(lexer.tokens[end - 1].end)
    var count = 0
    for token in lexer.tokens[start..<end] { count += token.range.count }
    if count == whole.count { return index(of: source, whole) }
    var text: [UInt8] = []
    for position in stride(from: start, to: end, by: 2) {
      if position > start { text.append(UInt8(ascii: ".")) }
      text += Folder.bytes(source, lexer.tokens[position].range)
    }
    return index(of: text.span, 0..<text.count)
  }

  /// `Series.hist.__doc__` executes nothing.
  private func isDescribed(_ source: borrowing Span<UInt8>, _ last: Token) -> Bool {
    guard last.range.count > 6, source[Int(last.start)] == UInt8(ascii: "_") else { return false }
    return Bytes.equal(source, last.range, "__doc__")
      || Bytes.equal(source, last.range, "__name__")
      || Bytes.equal(source, last.range, "__qualname__")
      || Bytes.equal(source, last.range, "__module__")
  }

  /// `http2=http2` says what somebody else said.
  private func isHandedOn(
    _ source: borrowing Span<UInt8>, _ name: Int, _ value: Int, _ range: Range<Int>
  ) -> Bool {
    guard lexer.tokens[value].kind.isName,
      Folder.bytes(source, lexer.tokens[value].range)
        == Folder.bytes(source, lexer.tokens[name].range)
    else { return false }
    return value + 1 >= range.upperBound || lexer.tokens[value + 1].kind == .comma
      || lexer.tokens[value + 1].kind.closes
  }

  /// Whether a name is an argument of a call, or a key.
  private func isGiven(
    _ start: Int, _ end: Int, _ range: Range<Int>, _ bracket: Bracket?
  ) -> Bool {
    if start > range.lowerBound,
      lexer.tokens[start - 1].kind == .is || lexer.tokens[start - 1].kind == .in
    {
      return true
    }
    guard let bracket, end < range.upperBound, start > range.lowerBound else { return false }
    let (before, after) = (lexer.tokens[start - 1].kind, lexer.tokens[end].kind)
    switch bracket.kind {
    case .leftBrace: return after == .colon
    case .leftBracket: return bracket.isCall
    case .leftParen:
      return bracket.isCall && (before == .leftParen || before == .comma || before == .assign)
        && (after == .comma || after == .rightParen)
    default: return false
    }
  }

  private static func isSelf(_ source: borrowing Span<UInt8>, _ token: Token) -> Bool {
    Bytes.equal(source, token.range, "self") || Bytes.equal(source, token.range, "cls")
  }

  /// `super().x`
  private func isSuper(_ start: Int, _ range: Range<Int>) -> Bool {
    start - 4 >= range.lowerBound && lexer.tokens[start - 2].kind == .rightParen
      && lexer.tokens[start - 3].kind == .leftParen && lexer.tokens[start - 4].kind.isName
      && lexer.tokens[start - 4].range.count == 5
  }

  // MARK: Adding

  mutating func intern(_ source: borrowing Span<UInt8>, _ token: Token) -> TextRange {
    let start = facts.text.count
    Identifiers.append(source, token.range, to: &facts.text)
    return TextRange(start: start, count: facts.text.count - start)
  }

  mutating func mention(
    _ form: Definitions.Form, _ source: borrowing Span<UInt8>, _ token: Token, owner: Int,
    condition: Int
  ) {
    mention(
      form, index(of: source, token.range), line: token.line, owner: owner, condition: condition)
  }

  /// The position of a text in `texts`.
  mutating func index(of source: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
    let index = texts.index(of: source, range, into: &facts.text)
    if index == lastMentions.count { lastMentions.append(-1) }
    return index
  }

  /// Each once for a definition and a condition; a word and its line matter where an import is told by it.
  mutating func mention(
    _ form: Definitions.Form, _ text: Int, line: UInt32, owner: Int, condition: Int
  ) {
    if form != .word {
      // Those of a definition, and of what is in it, come one after the other.
      var earlier = lastMentions[text]
      while earlier >= 0, found.mentions[Int(earlier)].owner >= owner {
        let mention = found.mentions[Int(earlier)]
        if mention.owner == owner, mention.form == form, mention.condition == condition { return }
        earlier = earlierMentions[Int(earlier)]
      }
    }
    earlierMentions.append(lastMentions[text])
    lastMentions[text] = Int32(found.mentions.count)
    found.mentions.append(
      Definitions.Mention(form, owner: owner, condition: condition, text: text, line: line))
  }

  mutating func mentionWord(
    _ form: Definitions.Form, _ source: borrowing Span<UInt8>, _ token: Token, owner: Int,
    condition: Int
  ) {
    let content = Folder.content(source, token)
    guard content.count > 0, content.count <= 64, !token.flags.contains(.triple) else { return }
    var end = content.upperBound
    if let scheme = URLScheme.end(source, content) {
      end = scheme
    } else {
      for i in content where !URLScheme.isPart(source[i]) { return }
    }
    mention(
      form, index(of: source, content.lowerBound..<end), line: token.line, owner: owner,
      condition: condition)
  }
}
