import Model

/// What an argument is: a parameter of the function around it, or another module's constant.
extension ArgumentReader {
  /// The argument that matters; nil where it is not given.
  func argument(
    _ source: borrowing Span<UInt8>, _ callee: Callee, _ arguments: [Range<Int>]
  ) -> Range<Int>? {
    var position = 0
    var positional: Range<Int>?
    for argument in arguments {
      let first = argument.lowerBound
      // Behind it, `*names` and `**options` have nothing more to say about it.
      if tokens[first].kind == .star || tokens[first].kind == .infix { return positional }
      if argument.count > 2, tokens[first].kind.isName, tokens[first + 1].kind == .assign {
        if folder.spells(source, tokens[first], callee.keyword) {
          return first + 2..<argument.upperBound
        }
        continue
      }
      if position == callee.position { positional = argument }
      position += 1
    }
    return positional
  }

  /// The function that a parameter belongs to, and where it stands there.
  struct Parameter {
    let function: [UInt8]
    let position: Int?
    let name: [UInt8]
    /// What it is where no argument is given; nil without a default.
    let fallback: [Pattern]?
  }

  /// `cls(…)` constructs the class around it.
  mutating func ownClass(
    _ source: borrowing Span<UInt8>, _ name: [UInt8], _ i: Int
  ) -> [Callee] {
    guard name.elementsEqual("cls".utf8), i + 1 < tokens.count, tokens[i + 1].kind == .leftParen
    else { return [] }
    let scopes = folder.scopes(source)
    var scope = scopes.scope(at: Int(tokens[i].start))
    while scope >= 0 {
      let row = scopes.scopes[scope]
      if row.form == .class { return callees[Folder.bytes(source, row.name)] ?? [] }
      scope = row.parent
    }
    return []
  }

  /// The parameter that an expression is, where it is one that nothing else is assigned to.
  mutating func parameter(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> Parameter? {
    guard range.count == 1, tokens[range.lowerBound].kind.isName else { return nil }
    let found = folder.definitions(source, of: tokens[range.lowerBound])
    guard found.count == 1, found[0].form == .parameter,
      let formal = folder.formal(source, found[0]), !formal.function.isEmpty
    else { return nil }
    let fallback = formal.fallback.map { folder.fold(source, $0).patterns }
    if fallback?.contains(where: { $0.hasHole || $0.level > 0 }) == true { return nil }
    return Parameter(
      function: formal.function, position: formal.position, name: formal.name, fallback: fallback)
  }

  /// The constant of another module that an expression is, or is an element of: `INVOKER` of
  /// `config.INVOKER`, `SERVICES` of `SERVICES[kind]` and of `name` in `for name in SERVICES`.
  mutating func constant(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, depth: Int
  ) -> [UInt8]? {
    var range = range
    guard depth < 3, var last = range.last, tokens[range.lowerBound].kind.isName else { return nil }
    // `SERVICES[kind]`, `SERVICES.values()`
    if tokens[last].kind == .rightBracket || tokens[last].kind == .rightParen {
      guard
        let open = range.first(where: {
          tokens[$0].kind.opens && folder.closing($0, expression(range)) == last
        })
      else { return nil }
      let isCall = tokens[open].kind == .leftParen
      if isCall, ![.items, .values, .keys].contains(tokens[open - 1].kind) { return nil }
      range = range.lowerBound..<open - (isCall ? 2 : 0)
      guard let end = range.last else { return nil }
      last = end
    }
    let isDotted = range.indices.allSatisfy {
      let kind = tokens[$0].kind
      return ($0 - range.lowerBound) % 2 == 0 ? kind.isName : kind == .dot
    }
    guard isDotted else { return nil }
    let name = Folder.bytes(source, tokens[range.lowerBound].range)
    let found = folder.definitions(source, of: tokens[range.lowerBound])
    if found.isEmpty {
      guard let alias = aliases.find(name, source) else {
        return range.count > 1 && !imported(name, source).isEmpty
          ? Folder.bytes(source, tokens[last].range) : nil
      }
      if range.count > 1 { return Folder.bytes(source, tokens[last].range) }
      return alias.member.map { Array(facts.bytes(facts.members[$0])) }
    }
    guard found.count == 1, range.count == 1 else { return nil }
    guard let value = folder.origin(source, of: found[0]) else { return nil }
    let outer = tokens
    defer { tokens = outer }
    tokens = value.tokens
    return constant(source, value.range, depth: depth + 1)
  }
}
