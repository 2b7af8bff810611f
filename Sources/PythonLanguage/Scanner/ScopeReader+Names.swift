/// Names in targets, patterns, parameters and expressions.
extension ScopeReader {
  // MARK: Assignments

  /// `a = b, *c = …`, `a: str = …`, `a += …`
  mutating func readAssignment(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    _ statement: Statement
  ) {
    var brackets = 0
    var annotation: Int?
    var equals: [Int] = []
    var isAugmented = false
    for i in range {
      let kind = tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      guard brackets == 0 else { continue }
      if kind == .lambda { break }
      if kind == .colon, annotation == nil { annotation = i }
      if kind == .assign || kind == .augmented { equals.append(i) }
      if kind == .augmented { isAugmented = true }
    }
    guard let last = equals.last else {
      if let annotation {
        readTargets(source, tokens, range.lowerBound..<annotation, .declared, statement)
      }
      return
    }
    var start = range.lowerBound
    var names: [Token] = []
    for end in equals {
      // In `a = b: c = d = e`, which is no Python, the colon stands before the target.
      let target = start..<max(start, min(end, annotation ?? end))
      readTargets(source, tokens, target, isAugmented ? .augmented : .assigned, statement)
      if target.count == 1, tokens[start].kind.isName { names.append(tokens[start]) }
      start = end + 1
    }
    let value = last + 1..<range.upperBound
    if let value = value.first, value + 1 == range.upperBound, tokens[value].kind.isName {
      names.append(tokens[value])
    }
    guard !isAugmented else { return }
    for (first, second) in zip(names, names.dropFirst()) {
      scopes.pairs.append(
        Scopes.Pair(first: first.range, second: second.range, position: Int(first.start)))
    }
  }

  /// The names in targets: bare ones are bound, what has an index behind it is changed.
  mutating func readTargets(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    _ form: Scopes.Form, _ statement: Statement
  ) {
    var i = range.lowerBound
    while i < range.upperBound {
      guard tokens[i].kind.isName else {
        i += 1
        continue
      }
      let name = i
      i += 1
      var trailers = 0
      var isItem = false
      while i < range.upperBound {
        if tokens[i].kind == .dot {
          if i + 1 < range.upperBound { add(.attribute, source, tokens[i + 1], statement) }
          i += 2
        } else if tokens[i].kind.opens,
          let close = Tokens.closing(tokens, i, before: range.upperBound)
        {
          if trailers == 0 { isItem = true }
          i = close + 1
        } else {
          break
        }
        trailers += 1
      }
      if trailers == 0 {
        add(form, source, tokens[name], statement)
      } else if isItem {
        let isPlain =
          trailers == 1 && form == .assigned && name == range.lowerBound && i == range.upperBound
        // What `del` takes from a dictionary or list is at most no longer there.
        if form != .declared || trailers > 1 || !isPlain {
          add(isPlain ? .item : .escaped, source, tokens[name], statement)
        }
      }
    }
  }

  /// The names that a pattern captures (PEP 634).
  mutating func readCaptures(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    _ statement: Statement
  ) {
    // Behind `if` stands no pattern any more.
    let end = range.first { tokens[$0].kind == .if } ?? range.upperBound
    for i in range.lowerBound..<end where tokens[i].kind.isName {
      let next = i + 1 < end ? tokens[i + 1].kind : .newline
      guard tokens[i - 1].kind != .dot, next != .dot, next != .leftParen, next != .assign else {
        continue
      }
      add(.opened, source, tokens[i], statement)
    }
  }

  /// The parameters between a function's brackets, or before a `lambda`'s colon.
  mutating func readParameters(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>, body: Int,
    _ statement: Statement
  ) {
    for part in Tokens.split(tokens, range, at: .comma) {
      guard let name = part.first(where: { tokens[$0].kind.isName }),
        name - part.lowerBound < 2
      else { continue }
      // `*names` and `**options` are given nothing that has a name.
      let isSpread = tokens[part.lowerBound].kind != .name && name > part.lowerBound
      add(
        isSpread ? .opened : .parameter, source, tokens[name], statement, position: body,
        effect: body)
    }
  }

  // MARK: Expressions

  mutating func readExpression(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>,
    _ statement: Statement
  ) {
    var open: [Int] = []
    for i in range {
      switch tokens[i].kind {
      case .leftParen, .leftBracket, .leftBrace: open.append(i)
      case .rightParen, .rightBracket, .rightBrace: _ = open.popLast()
      case .walrus where i > range.lowerBound && tokens[i - 1].kind.isName:
        let end = Self.end(tokens, i + 1..<range.upperBound, at: [.comma, .colon])
        // `b if (b := x) else y`, `[b for x in xs if (b := x)]`: read before what stands in front.
        let isEarly = tokens[range.lowerBound..<i].contains { $0.kind == .if || $0.kind == .for }
        let effect = isEarly ? tokens[range.lowerBound].start : tokens[max(i, end - 1)].end
        add(.walrus, source, tokens[i - 1], statement, effect: Int(effect))
        if end == i + 2, tokens[i + 1].kind.isName {
          scopes.pairs.append(
            Scopes.Pair(
              first: tokens[i - 1].range, second: tokens[i + 1].range,
              position: Int(tokens[i].start)))
        }
      case .lambda: readLambda(source, tokens, i, range, statement)
      case .for: readClause(source, tokens, i, from: open.last, range, statement)
      case .yield: add(.yielded, source, tokens[i], statement)
      case .formattedString: readFields(source, tokens[i], statement)
      default:
        if tokens[i].kind.isName { readName(source, tokens, i, range, statement) }
      }
    }
  }

  private mutating func readFields(
    _ source: borrowing Span<UInt8>, _ token: Token, _ statement: Statement
  ) {
    for field in fieldLexer.fields(source, of: token) {
      let inner = fieldLexer.fieldTokens(source, field)
      if inner.count > 1 { readExpression(source, inner, inner.indices, statement) }
    }
  }

  /// Where the part that begins here ends: at one of these, or at the bracket around it.
  private static func end(_ tokens: [Token], _ range: Range<Int>, at kinds: Set<Kind>) -> Int {
    var brackets = 0
    for i in range {
      if tokens[i].kind.opens { brackets += 1 }
      if tokens[i].kind.closes { brackets -= 1 }
      if brackets < 0 || brackets == 0 && kinds.contains(tokens[i].kind) { return i }
    }
    return range.upperBound
  }

  private mutating func readLambda(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ i: Int, _ range: Range<Int>,
    _ statement: Statement
  ) {
    let colon = Self.end(tokens, i + 1..<range.upperBound, at: [.colon])
    guard colon < range.upperBound, colon + 1 < range.upperBound else { return }
    let end = Self.end(tokens, colon + 1..<range.upperBound, at: [.comma, .for, .colon])
    let body = Int(tokens[colon].end)
    scopes.scopes.append(
      Scopes.Scope(form: .function, range: body..<max(body + 1, Int(tokens[end - 1].end))))
    readParameters(source, tokens, i + 1..<colon, body: body, statement)
  }

  /// `for x in xs` of a comprehension; the first opens its scope.
  private mutating func readClause(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ i: Int, from open: Int?,
    _ range: Range<Int>, _ statement: Statement
  ) {
    let keyword = Self.end(tokens, i + 1..<range.upperBound, at: [.in])
    let clause = Self.end(tokens, keyword..<range.upperBound, at: [.for, .if, .async])
    guard keyword + 1 < clause else { return }
    let start = open.map { Int(tokens[$0].end) } ?? Int(tokens[range.lowerBound].start)
    if scopes.scopes.last(where: { $0.range.lowerBound == start })?.form != .comprehension {
      let close = Self.end(tokens, i..<range.upperBound, at: [])
      let end = Int(tokens[close - 1].end)
      var scope = Scopes.Scope(form: .comprehension, range: start..<end)
      scope.outside = Int(tokens[keyword].end)..<Int(tokens[clause - 1].end)
      scope.isDelayed =
        open.map { open in
          tokens[open].kind == .leftParen
            && !(open > 0 && (tokens[open - 1].kind.isName || tokens[open - 1].kind.closes))
        } ?? false
      scopes.scopes.append(scope)
      scopes.blocks.append(Scopes.Block(range: start..<end, isLoop: true))
    }
    readTargets(source, tokens, i + 1..<keyword, .loop, statement)
  }

  private mutating func readName(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ i: Int, _ range: Range<Int>,
    _ statement: Statement
  ) {
    guard i + 1 < range.upperBound else { return }
    let next = tokens[i + 1].kind
    if next == .leftParen {
      add(.called, source, tokens[i], statement)
      readExecution(source, tokens, i, range, statement)
      readChanging(source, tokens, i, range, statement)
    }
    guard next == .dot || next == .leftBracket,
      i == range.lowerBound || tokens[i - 1].kind != .dot
    else { return }
    // `x.append(…)`, `x[k].append(…)`, `x.setdefault(k, []).append(…)`
    var dot = i + 1
    while dot < range.upperBound, tokens[dot].kind == .leftBracket,
      let close = Tokens.closing(tokens, dot, before: range.upperBound)
    {
      dot = close + 1
    }
    if let inner = Self.call(tokens, dot, before: range.upperBound),
      inner + 2 < range.upperBound, tokens[inner + 1].kind == .dot,
      Self.mutators.contains(Scopes.hash(source, tokens[inner + 2].range))
    {
      add(.escaped, source, tokens[i], statement)
    }
    guard dot + 1 < range.upperBound, tokens[dot].kind == .dot,
      Self.mutators.contains(Scopes.hash(source, tokens[dot + 1].range))
    else { return }
    guard dot == i + 1, dot + 2 < range.upperBound, tokens[dot + 2].kind == .leftParen,
      let close = Tokens.closing(tokens, dot + 2, before: range.upperBound)
    else { return add(.escaped, source, tokens[i], statement) }
    add(.method, source, tokens[i], statement, effect: Int(tokens[close].end))
  }

  /// Where the call of a method ends that begins with this dot.
  private static func call(_ tokens: [Token], _ dot: Int, before end: Int) -> Int? {
    guard dot + 2 < end, tokens[dot].kind == .dot, tokens[dot + 2].kind == .leftParen else {
      return nil
    }
    return Tokens.closing(tokens, dot + 2, before: end)
  }

  /// Functions that change what they are given first: methods by their class, those of `operator`,
  /// `heapq`, `bisect` and `random`.
  ///
  ///     list.append(names, "a")
  ///     heappush(names, "a")
  private mutating func readChanging(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ i: Int, _ range: Range<Int>,
    _ statement: Statement
  ) {
    guard i + 3 < range.upperBound, tokens[i + 2].kind.isName,
      tokens[i + 3].kind == .comma || tokens[i + 3].kind == .rightParen
    else { return }
    let hash = Scopes.hash(source, tokens[i].range)
    let isMethod =
      i > range.lowerBound + 1 && tokens[i - 1].kind == .dot && Self.mutators.contains(hash)
      && Self.collections.contains(Scopes.hash(source, tokens[i - 2].range))
    guard isMethod || Self.changing.contains(hash) else { return }
    add(.escaped, source, tokens[i + 2], statement)
  }

  private static let collections = hashes([
    "list", "set", "dict", "deque", "OrderedDict", "defaultdict", "Counter", "UserDict", "UserList",
  ])

  private static let changing = hashes([
    "setitem", "iadd", "iconcat", "ior", "heappush", "heapify", "heapreplace", "heappushpop",
    "insort",
    "insort_left", "insort_right", "shuffle",
  ])

  private static let attributeSetters = hashes(["setattr", "delattr", "__setattr__", "__delattr__"])

  private static func hashes(_ names: [String]) -> Set<UInt32> {
    Set(names.map { Scopes.hash(Array($0.utf8).span, 0..<$0.utf8.count) })
  }

  /// Methods of lists, sets, dictionaries and deques that change them, but for those that only take
  /// something away from sets and dictionaries.
  private static let mutators = hashes([
    "append", "appendleft", "extend", "extendleft", "insert", "add", "update", "setdefault", "pop",
    "popleft", "remove", "clear", "sort", "reverse", "rotate", "__setitem__", "__delitem__",
    "__iadd__", "__ior__", "symmetric_difference_update", "difference_update",
    "intersection_update", "discard", "popitem",
  ])

  /// `exec(code)`, `globals()["x"] = …`, `setattr(sys.modules[__name__], …)`
  private mutating func readExecution(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ i: Int, _ range: Range<Int>,
    _ statement: Statement
  ) {
    let isMethod = i > range.lowerBound && tokens[i - 1].kind == .dot
    let nothing = Token.end(Int(tokens[i].start), tokens[i].line)
    if Self.attributeSetters.contains(Scopes.hash(source, tokens[i].range)) {
      add(.attribute, source, nothing, statement)
    }
    guard !isMethod, let close = Tokens.closing(tokens, i + 1, before: range.upperBound) else {
      return
    }
    if tokens[i].kind == .exec {
      let isText = i + 2 < close && tokens[i + 2].kind == .string && tokens[i + 3].kind != .sign
      return add(.executed, source, isText ? tokens[i + 2] : nothing, statement)
    }
    let name = Folder.bytes(source, tokens[i].range)
    if name.elementsEqual("setattr".utf8),
      (i + 2..<close).contains(where: {
        Folder.bytes(source, tokens[$0].range).elementsEqual("modules".utf8)
      })
    {
      return add(.executed, source, nothing, statement)
    }
    guard
      name.elementsEqual("globals".utf8) || name.elementsEqual("vars".utf8)
        || name.elementsEqual("locals".utf8), close == i + 2, close + 2 < range.upperBound
    else { return }
    if tokens[close + 1].kind == .dot,
      Self.mutators.contains(Scopes.hash(source, tokens[close + 2].range))
    {
      return add(.executed, source, nothing, statement)
    }
    guard tokens[close + 1].kind == .leftBracket,
      let end = Tokens.closing(tokens, close + 1, before: range.upperBound),
      end + 1 < range.upperBound,
      tokens[end + 1].kind == .assign || tokens[end + 1].kind == .augmented
    else { return }
    let key = tokens[close + 2].kind == .string && end == close + 3 ? tokens[close + 2] : nothing
    add(.executed, source, key, statement)
  }
}
