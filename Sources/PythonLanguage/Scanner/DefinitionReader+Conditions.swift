import Model

/// What branches are executed under, as far as a caller or the environment chooses it.
extension DefinitionReader {
  /// `if engine == "pyarrow":` is what a caller chooses; its `else` is not.
  mutating func readBranch(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ keyword: Kind
  ) {
    guard let colon = lexer.colon else { return }
    let outer = block
    let test = range.lowerBound + 1..<colon
    readExpressions(source, test)
    if keyword == .if {
      groups += 1
      blocks[blocks.count - 1].chain = groups
    }
    var inner = outer.inner
    if holdsNowhere(source, test) {
      inner.condition = add([Choice(kind: .literal, words: [])], outer: outer.condition)
      inner.never = inner.condition
    } else {
      inner.condition = add(choices(source, test, outer.flags), outer: outer.condition)
    }
    if keyword == .if, let asked = negated(test) {
      inner.denies = choices(source, asked, []).filter {
        $0.kind == .available || $0.kind == .predicate
      }
    }
    if let name = denied(source, test) {
      inner.denied = Denied(name: lexer.tokens[name], condition: outer.condition)
    }
    if let attempt = succeeded(source, test) {
      (inner.attempt, inner.start) = (.region(attempt), lexer.tokens[range.lowerBound].line)
    }
    announce(inner)
  }

  /// Conditions that all have to hold, as one; `outer` where there are none.
  mutating func add(_ choices: [Choice], outer: Int) -> Int {
    var condition = outer
    for choice in choices {
      let start = UInt32(facts.members.count)
      facts.members += choice.words
      found.conditions.append(
        Definitions.Condition(
          choice.kind, group: block.chain, outer: condition,
          words: start..<UInt32(facts.members.count)))
      condition = found.conditions.count - 1
    }
    return condition
  }

  /// What is asked in `not x(…)`, `x is None`.
  private func negated(_ test: Range<Int>) -> Range<Int>? {
    let first = test.lowerBound
    guard operands(test, of: .and) == nil, operands(test, of: .or) == nil else { return nil }
    if test.count > 1, lexer.tokens[first].kind == .not { return test.dropFirst() }
    if test.count == 3, lexer.tokens[first + 1].kind == .is, lexer.tokens[first + 2].kind == .none {
      return first..<first + 1
    }
    return nil
  }

  /// `sys.platform == "win32"`, `os.name == "nt"`, `WINDOWS`: functions run on Linux.
  func holdsNowhere(_ source: borrowing Span<UInt8>, _ test: Range<Int>) -> Bool {
    guard let first = test.first, let last = test.last else { return false }
    if test.count == 1 {
      return !neverHolding.isEmpty
        && neverHolding.contains(Folder.bytes(source, lexer.tokens[first].range))
    }
    guard test.count == 5, lexer.tokens[first + 1].kind == .dot,
      lexer.tokens[last].kind == .string, lexer.tokens[last - 1].kind == .infix,
      source[Int(lexer.tokens[last - 1].start)] == UInt8(ascii: "=")
    else { return false }
    let value = Folder.content(source, lexer.tokens[last])
    return Bytes.equal(source, lexer.tokens[first].range, "sys")
      && Bytes.equal(source, lexer.tokens[first + 2].range, "platform")
      && !Bytes.equal(source, value, "linux")
      || Bytes.equal(source, lexer.tokens[first].range, "os")
        && Bytes.equal(source, lexer.tokens[first + 2].range, "name")
        && !Bytes.equal(source, value, "posix")
  }

  /// The position of `x` in `not x`, `x is None`, and in `x` where an attempt says it (`_no_scipy`).
  private func denied(_ source: borrowing Span<UInt8>, _ test: Range<Int>) -> Int? {
    let first = test.lowerBound
    if test.count == 1, lexer.tokens[first].kind.isName, !attemptByName.isEmpty,
      attemptByName[Folder.bytes(source, lexer.tokens[first].range)] != nil
    {
      return first
    }
    if test.count == 2, lexer.tokens[first].kind == .not, lexer.tokens[first + 1].kind.isName {
      return first + 1
    }
    if test.count == 3, lexer.tokens[first].kind.isName, lexer.tokens[first + 1].kind == .is,
      lexer.tokens[first + 2].kind == .none
    {
      return first
    }
    return nil
  }

  /// `if http2:`, `if pydantic is True:`, `if win_type is not None:`
  private func isFlag(_ test: Range<Int>) -> Bool {
    guard test.count <= 4, lexer.tokens[test.lowerBound].kind.isName else { return false }
    let kinds = lexer.tokens[test].map(\.kind)
    return kinds.count == 1 || kinds.dropFirst() == [.is, .true]
      || kinds.dropFirst() == [.is, .not, .none]
  }

  /// What stands between `and`s or `or`s that are in no brackets; nil where there are none.
  private func operands(_ test: Range<Int>, of keyword: Kind) -> [Range<Int>]? {
    var depth = 0
    var start = test.lowerBound
    var parts: [Range<Int>] = []
    for i in test {
      let kind = lexer.tokens[i].kind
      if kind.opens { depth += 1 }
      if kind.closes { depth -= 1 }
      if kind == keyword, depth == 0 {
        parts.append(start..<i)
        start = i + 1
      }
    }
    return parts.isEmpty ? nil : parts + [start..<test.upperBound]
  }

  /// `x == "a" or isinstance(y, A)`: what is chosen by a word, if anything is.
  private mutating func alternatives(
    _ source: borrowing Span<UInt8>, _ test: Range<Int>, _ flags: Set<[UInt8]>
  ) -> Choice? {
    guard let parts = operands(test, of: .or) else { return nil }
    var found: [Choice] = []
    for part in parts {
      guard let choice = choice(source, part, flags) else { return nil }
      found.append(choice)
    }
    // Of a predicate nobody knows what it would say of something else.
    guard !found.contains(where: { $0.kind == .predicate }) else { return nil }
    let kind: Definitions.Condition.Kind =
      [.literal, .flag, .instance].first { kind in found.contains { $0.kind == kind } }
      ?? .available
    return Choice(kind: kind, words: found.filter { $0.kind == kind }.flatMap(\.words))
  }

  /// `isinstance(x, A)`, `isinstance(x, (a.A, B)) and …`: the classes.
  private mutating func instances(
    _ source: borrowing Span<UInt8>, _ test: Range<Int>
  ) -> [TextRange]? {
    let first = test.lowerBound
    guard test.count > 5, lexer.tokens[first + 1].kind == .leftParen,
      Bytes.equal(source, lexer.tokens[first].range, "isinstance")
    else { return nil }
    var depth = 0
    var isClass = false
    var classes: [TextRange] = []
    var i = first + 1
    while i < test.upperBound {
      let kind = lexer.tokens[i].kind
      if kind.opens { depth += 1 }
      if kind.closes { depth -= 1 }
      if depth == 0 { break }
      if kind == .comma, depth == 1 {
        guard !isClass else { return nil }
        isClass = true
      } else if isClass, kind.isName, lexer.tokens[i - 1].kind != .dot {
        classes.append(dottedName(source, test, &i))
        continue
      } else if isClass, ![.leftParen, .rightParen, .comma].contains(kind) {
        return nil
      }
      i += 1
    }
    let rest = lexer.tokens[min(i + 1, test.upperBound)..<test.upperBound]
    guard !classes.isEmpty, !rest.contains(where: { $0.kind == .or || $0.kind == .if }) else {
      return nil
    }
    return classes
  }

  /// `sys.platform == "win32"`, `__name__ == "__main__"`: no caller chooses that.
  private func isOfTheSystem(_ source: borrowing Span<UInt8>, _ first: Int) -> Bool {
    let name = lexer.tokens[first].range
    return Bytes.equal(source, name, "sys") || Bytes.equal(source, name, "os")
      || Bytes.equal(source, name, "platform") || Bytes.equal(source, name, "__name__")
  }

  /// `HAS_PYARROW`, `has_scipy`, `dask_available`
  private func isAvailability(_ name: [UInt8]) -> Bool {
    guard name.count > 4 else { return false }
    if name.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }) {
      return true
    }
    let name = name.drop { $0 == UInt8(ascii: "_") }
    return name.starts(with: "has_".utf8) || name.starts(with: "have_".utf8)
      || name.suffix(10).elementsEqual("_available".utf8)
      || name.suffix(10).elementsEqual("_installed".utf8)
  }

  /// `iscoroutinefunction(f)`, `inspect.iscoroutinefunction(f)`: whether somebody wrote `async def`.
  private func asksForCoroutine(_ source: borrowing Span<UInt8>, _ test: Range<Int>) -> Bool {
    guard let bracket = test.first(where: { lexer.tokens[$0].kind == .leftParen }),
      bracket > test.lowerBound, lexer.tokens[test.upperBound - 1].kind == .rightParen
    else { return false }
    return Bytes.equal(source, lexer.tokens[bracket - 1].range, "iscoroutinefunction")
  }

  /// `()`, `(a, b)`, as a whole.
  private func isCall(_ range: Range<Int>) -> Bool {
    range.count == 2 && lexer.tokens[range.lowerBound].kind == .leftParen || isInBrackets(range)
  }

  /// `(a and b)`, as a whole.
  private func isInBrackets(_ test: Range<Int>) -> Bool {
    guard test.count > 2, lexer.tokens[test.lowerBound].kind == .leftParen else { return false }
    var depth = 0
    for i in test {
      if lexer.tokens[i].kind.opens { depth += 1 }
      if lexer.tokens[i].kind.closes { depth -= 1 }
      if depth == 0 { return i == test.upperBound - 1 }
    }
    return false
  }

  /// `find_spec("torch")`, `is_instance_of(x, "dask.array")`: what may be the name of a library.
  private mutating func askedByName(
    _ source: borrowing Span<UInt8>, _ test: Range<Int>
  ) -> [TextRange]? {
    guard let bracket = test.first(where: { lexer.tokens[$0].kind == .leftParen }),
      bracket > test.lowerBound, isInBrackets(bracket..<test.upperBound)
    else { return nil }
    var words: [TextRange] = []
    for i in test {
      let token = lexer.tokens[i]
      if token.kind == .string {
        let content = Folder.content(source, token)
        guard content.count > 1, content.count < 64,
          content.allSatisfy({ URLScheme.isPart(source[$0]) })
        else { return nil }
        words.append(facts.intern(Folder.bytes(source, content)))
      } else if !token.kind.isName, token.kind != .dot, token.kind != .comma,
        i != bracket, i != test.upperBound - 1
      {
        return nil
      }
    }
    guard !words.isEmpty, !Bytes.equal(source, lexer.tokens[bracket - 1].range, "startswith") else {
      return nil
    }
    return words
  }

  /// `is_dask_collection(x)`, `has_scipy`: the components of the name.
  private mutating func predicate(
    _ source: borrowing Span<UInt8>, _ test: Range<Int>
  ) -> [TextRange]? {
    var end = test.lowerBound
    while end + 2 < test.upperBound, lexer.tokens[end].kind.isName,
      lexer.tokens[end + 1].kind == .dot
    {
      end += 2
    }
    guard lexer.tokens[end].kind.isName,
      end + 1 == test.upperBound || isCall(end + 1..<test.upperBound),
      isPredicate(source, lexer.tokens[end].range)
    else { return nil }
    return stride(from: test.lowerBound, through: end, by: 2).map {
      intern(source, lexer.tokens[$0])
    }
  }

  /// `_is_numpy`, `has_dask`, `check_for_arrow`
  private func isPredicate(_ source: borrowing Span<UInt8>, _ name: Range<Int>) -> Bool {
    let name = Folder.bytes(source, name).drop { $0 == UInt8(ascii: "_") }
    return ["is_", "has_", "have_", "check_for_"].contains { name.starts(with: $0.utf8) }
  }

  /// All that has to hold, as far as it says something: what chooses by a word or a flag, and whatever
  /// asks for a library.
  private mutating func choices(
    _ source: borrowing Span<UInt8>, _ test: Range<Int>, _ flags: Set<[UInt8]>
  ) -> [Choice] {
    if isInBrackets(test) { return choices(source, test.dropFirst().dropLast(), flags) }
    guard operands(test, of: .or) == nil, let parts = operands(test, of: .and) else {
      return choice(source, test, flags).map { [$0] } ?? []
    }
    let all = parts.flatMap { choices(source, $0, flags) }
    let libraries = all.filter { $0.kind == .available || $0.kind == .predicate }
    let others = all.filter { $0.kind != .available && $0.kind != .predicate }
    // Of the others, the one that says most will do.
    let chosen = others.first { $0.kind == .literal || $0.kind == .flag } ?? others.first
    return libraries + (chosen.map { [$0] } ?? [])
  }

  /// A condition on strings that no code could say as a word (`"text/csv"`) is none.
  private mutating func choice(
    _ source: borrowing Span<UInt8>, _ test: Range<Int>, _ flags: Set<[UInt8]>
  ) -> Choice? {
    guard let first = test.first, !isOfTheSystem(source, first) else { return nil }
    if isInBrackets(test) { return choice(source, test.dropFirst().dropLast(), flags) }
    if isFlag(test) {
      let name = Folder.bytes(source, lexer.tokens[first].range)
      if flags.contains(name) {
        return Choice(kind: .flag, words: [intern(source, lexer.tokens[first])])
      }
      var words = attemptByName[name].map { imported(in: $0) } ?? []
      if isAvailability(name) { words.append(intern(source, lexer.tokens[first])) }
      if !words.isEmpty { return Choice(kind: .available, words: words) }
      return predicate(source, first..<first + 1).map { Choice(kind: .predicate, words: $0) }
    }
    if operands(test, of: .or) == nil, operands(test, of: .and) != nil {
      let all = choices(source, test, flags)
      return all.first { $0.kind == .literal || $0.kind == .flag }
        ?? all.first { $0.kind == .instance } ?? all.first { $0.kind != .predicate } ?? all.first
    }
    if asksForCoroutine(source, test) {
      return Choice(kind: .flag, words: [facts.intern("async".utf8)])
    }
    if let words = askedByName(source, test) { return Choice(kind: .available, words: words) }
    if let words = predicate(source, test) { return Choice(kind: .predicate, words: words) }
    if let alternatives = alternatives(source, test, flags) { return alternatives }
    if let classes = instances(source, test) { return Choice(kind: .instance, words: classes) }
    var words: [TextRange] = []
    var compares = false
    for i in test {
      let token = lexer.tokens[i]
      switch token.kind {
      case .not, .or: return nil
      case .infix:
        guard source[Int(token.start)] == UInt8(ascii: "="), token.range.count == 2 else {
          return nil
        }
        compares = true
      case .in: compares = true
      case .string:
        let content = Folder.content(source, token)
        guard content.count > 0, content.count < 64,
          content.allSatisfy({ URLScheme.isPart(source[$0]) })
        else { return nil }
        words.append(facts.intern(Folder.bytes(source, content)))
      case _
      where token.kind.isName && i > first
        && Bytes.equal(source, token.range, "startswith"):
        compares = true
      default: break
      }
    }
    return compares && !words.isEmpty ? Choice(kind: .literal, words: words) : nil
  }

  /// What an attempt imports, as its libraries are called.
  private mutating func imported(in attempt: Int) -> [TextRange] {
    var words: [TextRange] = []
    for binding in found.bindings
    where binding.level == 0 && attempts[attempt].lines.contains(binding.line) {
      let top = facts.bytes(binding.module).prefix { $0 != UInt8(ascii: ".") }
      words.append(facts.intern(Array(top)))
    }
    return words
  }
}

extension DefinitionReader {
  /// What a branch is taken by.
  struct Choice {
    let kind: Definitions.Condition.Kind
    let words: [TextRange]
  }
}
