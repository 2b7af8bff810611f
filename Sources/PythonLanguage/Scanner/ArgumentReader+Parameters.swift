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
    var scope = look.scope
    while scope >= 0 {
      let row = folder.bindings.scopes[scope]
      if row.isClass { return className(source, row).flatMap { callees[$0] } ?? [] }
      scope = row.parent
    }
    return []
  }

  private mutating func className(
    _ source: borrowing Span<UInt8>, _ scope: Bindings.Scope
  ) -> [UInt8]? {
    guard scope.isClass, let header = scope.header else { return nil }
    let line = folder.line(source, at: header)
    guard let keyword = line.firstIndex(where: { $0.kind == .class }), keyword + 1 < line.count
    else { return nil }
    return Folder.bytes(source, line[keyword + 1].range)
  }

  /// The parameter that an expression is, where it is one that nothing else is assigned to.
  mutating func parameter(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> Parameter? {
    guard range.count == 1, tokens[range.lowerBound].kind.isName else { return nil }
    let name = Folder.bytes(source, tokens[range.lowerBound].range)
    let found = folder.bindings.find(name, from: look.scope, source)
    guard found.count == 1, found[0].form == .parameter else { return nil }
    let scopes = folder.bindings.scopes
    let scope = scopes[Int(found[0].scope)]
    let line = folder.line(source, at: found[0].place)
    guard let keyword = line.firstIndex(where: { $0.kind == .def }), keyword + 2 < line.count,
      let open = line[keyword...].firstIndex(where: { $0.kind == .leftParen })
    else { return nil }
    let header = Folder.Expression(tokens: line, range: line.indices, scope: look.scope)
    guard let close = folder.closing(open, header) else { return nil }
    var function = Folder.bytes(source, line[keyword + 1].range)
    var position: Int? = 0
    var place: Int?
    var isFirst = true
    for part in folder.split(header.part(open + 1..<close), at: [.comma]) where !part.isEmpty {
      defer { isFirst = false }
      let first = line[part.lowerBound]
      if first.kind == .star || first.kind == .infix {
        // `*names` is no single value; behind a lone `*`, arguments are given by name.
        if part.contains(where: { line[$0].range == found[0].name }) { return nil }
        position = nil
        continue
      }
      if first.kind == .slash { continue }
      let isReceiver =
        folder.spells(source, first, "self") || folder.spells(source, first, "cls")
      if isFirst, isReceiver { continue }
      if first.range == found[0].name {
        place = part.lowerBound
        break
      }
      position = position.map { $0 + 1 }
    }
    guard place != nil else { return nil }
    // A constructor is called by its class's name.
    if function.elementsEqual("__init__".utf8), scope.parent >= 0 {
      guard let name = className(source, scopes[scope.parent]) else { return nil }
      function = name
    }
    let fallback = folder.parameter(source, line, found[0])?.patterns
    if fallback?.contains(where: { $0.hasHole || $0.level > 0 }) == true { return nil }
    return Parameter(function: function, position: position, name: name, fallback: fallback)
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
    if let clause = folder.comprehension(source, name, expression(tokens.indices)) {
      guard range.count == 1, let keyword = clause.first(where: { tokens[$0].kind == .in }) else {
        return nil
      }
      return constant(source, keyword + 1..<clause.upperBound, depth: depth + 1)
    }
    let found = folder.bindings.find(name, from: look.scope, source)
    if found.isEmpty {
      guard let alias = folder.bindings.alias(name, source) else {
        return range.count > 1 && !imported(name, source).isEmpty
          ? Folder.bytes(source, tokens[last].range) : nil
      }
      if range.count > 1 { return Folder.bytes(source, tokens[last].range) }
      return alias.member.map { Array(facts.bytes(facts.members[$0])) }
    }
    guard found.count == 1, range.count == 1 else { return nil }
    let outer = tokens
    defer { tokens = outer }
    tokens = folder.line(source, at: found[0].place)
    switch found[0].form {
    case .parameter: return nil
    case .assignment:
      guard let equals = tokens.firstIndex(where: { $0.kind == .assign }) else { return nil }
      return constant(source, equals + 1..<tokens.count, depth: depth + 1)
    case .loop:
      guard let keyword = tokens.firstIndex(where: { $0.kind == .in }),
        let colon = tokens.lastIndex(where: { $0.kind == .colon }), keyword < colon
      else { return nil }
      return constant(source, keyword + 1..<colon, depth: depth + 1)
    }
  }
}
