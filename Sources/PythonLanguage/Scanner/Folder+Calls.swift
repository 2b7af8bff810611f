/// Functions of the file: what their parameters are given, and what they give.
extension Folder {
  /// A function's parameter.
  struct Formal {
    /// As it is called: a constructor by its class's name. Empty for a `lambda`.
    let function: [UInt8]
    /// Its position among the arguments; nil where it is given by name alone.
    let position: Int?
    let name: [UInt8]
    /// What it is where no argument is given.
    let fallback: Expression?
  }

  mutating func formal(_ source: borrowing Span<UInt8>, _ event: Scopes.Event) -> Formal? {
    guard let (tokens, name) = tokens(source, of: event) else { return nil }
    let scopes = scopes(source)
    let scope = scopes.scopes[scopes.scope(at: event.position)]
    let whole = Expression(tokens: tokens, range: tokens.indices)
    let spelt = Self.bytes(source, event.name)
    guard scope.header != nil,
      let open = tokens[..<name].lastIndex(where: { $0.range == scope.name })
        .flatMap({ start in tokens[start...].firstIndex { $0.kind == .leftParen } }),
      let close = closing(open, whole)
    else {
      let fallback = fallback(whole.part(name..<tokens.count), at: [.comma, .colon])
      return Formal(function: [], position: nil, name: spelt, fallback: fallback)
    }
    var position: Int? = 0
    for (order, part) in split(whole.part(open + 1..<close), at: [.comma]).enumerated()
    where !part.isEmpty {
      let first = tokens[part.lowerBound]
      if part.contains(name) {
        return Formal(
          function: callName(source, scopes, scope), position: position, name: spelt,
          fallback: fallback(whole.part(part), at: []))
      }
      // Behind `*names` or a lone `*`, arguments are given by name.
      if first.kind == .star { position = nil }
      let isReceiver =
        order == 0 && (spells(source, first, "self") || spells(source, first, "cls"))
      if first.kind != .slash, !isReceiver { position = position.map { $0 + 1 } }
    }
    return nil
  }

  /// `name: str = value`, up to one of these.
  private func fallback(_ part: Expression, at ends: Set<Kind>) -> Expression? {
    let end = split(part, at: ends.union([.assign]))
    guard end.count > 1, part.tokens[end[1].lowerBound - 1].kind == .assign else { return nil }
    return part.part(end[1])
  }

  /// A constructor is called by its class's name.
  private func callName(
    _ source: borrowing Span<UInt8>, _ scopes: Scopes, _ scope: Scopes.Scope
  ) -> [UInt8] {
    let name = Self.bytes(source, scope.name)
    guard name.elementsEqual("__init__".utf8), scope.parent >= 0,
      scopes.scopes[scope.parent].form == .class
    else { return name }
    return Self.bytes(source, scopes.scopes[scope.parent].name)
  }

  /// What the calls in the file give a parameter.
  ///
  ///     def load(name): return import_module(name)
  ///     load("shop.jobs")
  mutating func arguments(
    _ source: borrowing Span<UInt8>, givenTo formal: Formal
  ) -> [Expression] {
    guard !formal.function.isEmpty else { return [] }
    let hash = Scopes.hash(formal.function.span, formal.function.indices)
    var found: [Expression] = []
    for event in scopes(source).events where event.form == .called && event.hash == hash {
      guard lookups > 0, let (tokens, name) = tokens(source, of: event),
        let close = Tokens.closing(tokens, name + 1, before: tokens.count)
      else { continue }
      lookups -= 1
      let whole = Expression(tokens: tokens, range: tokens.indices)
      let arguments = split(whole.part(name + 2..<close), at: [.comma]).filter { !$0.isEmpty }
      for (position, argument) in arguments.enumerated() {
        if isNamed(whole.part(argument)) {
          let keyword = tokens[argument.lowerBound]
          if Self.bytes(source, keyword.range) == formal.name {
            found.append(whole.part(argument.dropFirst(2)))
          }
        } else if position == formal.position {
          found.append(whole.part(argument))
        }
      }
    }
    return found
  }

  /// What a parameter may be: its default, what the file's own calls give it, and what others do.
  mutating func foldParameter(
    _ source: borrowing Span<UInt8>, _ event: Scopes.Event
  ) -> Folded {
    if let values = lambdaValues(source, event) { return .oneOf(values) }
    guard let formal = formal(source, event) else { return .unknown }
    if formal.position == 0, isAsked(formal, source, event) { return .texts([.asked]) }
    var values: [Folded] = []
    if let fallback = formal.fallback { values.append(fold(source, fallback)) }
    for argument in arguments(source, givenTo: formal) {
      values.append(fold(source, argument))
    }
    return .oneOf(values + [.unknown])
  }

  /// The name that a module's `__getattr__` is asked for (PEP 562).
  private mutating func isAsked(
    _ formal: Formal, _ source: borrowing Span<UInt8>, _ event: Scopes.Event
  ) -> Bool {
    let scopes = scopes(source)
    return formal.function.elementsEqual("__getattr__".utf8)
      && scopes.scopes[scopes.scope(at: event.position)].parent == 0
  }

  /// `sorted(names)` is what it is given, `pick()` what the file's `pick` returns.
  mutating func foldCall(
    _ source: borrowing Span<UInt8>, _ name: Token, _ inner: Expression
  ) -> Folded {
    let found = definitions(source, of: name)
    if !found.isEmpty {
      return .oneOf(found.map { $0.form == .function ? returned(source, by: $0) : .unknown })
    }
    let arguments = split(inner, at: [.comma])
    let first = inner.part(arguments[0])
    let word = Identifiers.string(source, name.range)
    if Self.iterators.contains(word) { return foldIterator(source, word, inner, arguments) }
    let outer = isKept
    isKept = false
    defer { isKept = outer }
    switch word {
    case "str", "dedent": return .texts(fold(source, first).patterns)
    case "list", "tuple":
      let value = fold(source, first)
      if case .list = value { return value }
      return first.range.isEmpty ? .list([]) : value.unordered
    case "set", "frozenset", "sorted":
      return first.range.isEmpty ? .list([]) : fold(source, first).unordered
    case "dict", "OrderedDict", "MappingProxyType":
      return .table(rows(source, inner, arguments))
    case "next", "min", "max":
      // `next(names, default)`, `max(names, key=len)`
      let given = arguments.filter { !$0.isEmpty && !isNamed(inner.part($0)) }
      let isSpread = given.contains { self.isSpread(source, inner.part($0), "*") }
      guard !isSpread, given.count == 1 || given.count == 2 && word == "next",
        !arguments.contains(where: {
          isNamed(inner.part($0)) && spells(source, inner.tokens[$0.lowerBound], "default")
        })
      else { return .unknown }
      let value = fold(source, inner.part(given[0]))
      guard value.isCollection else { return .unknown }
      return .oneOf(value.elements + given.dropFirst().map { fold(source, inner.part($0)) })
    case "getenv", "getattr":
      // `getenv("PLACE", "shop.local")`
      guard arguments.count > 1, let other = arguments.last,
        arguments.count > 2 || spells(source, name, "getenv")
      else { return .unknown }
      return .oneOf([.unknown, fold(source, inner.part(other))])
    default: return .unknown
    }
  }

  /// The rows of `dict(table)`, `dict(a="x", **others)`
  mutating func rows(
    _ source: borrowing Span<UInt8>, _ call: Expression, _ arguments: [Range<Int>]
  ) -> [Folded.Row] {
    var rows: [Folded.Row] = []
    for argument in arguments where !argument.isEmpty {
      let part = call.part(argument)
      if isNamed(part) {
        let key = Self.bytes(source, call.tokens[argument.lowerBound].range)
        let value = fold(source, part.part(argument.dropFirst(2)))
        rows.append(Folded.Row(key: .texts([Pattern(bytes: key)]), value: value))
      } else {
        let isSpread = isSpread(source, part, "**")
        rows += fold(source, isSpread ? part.part(argument.dropFirst()) : part).rows
      }
    }
    return rows
  }

  /// `name=value`
  func isNamed(_ argument: Expression) -> Bool {
    argument.range.count > 2 && argument.tokens[argument.range.lowerBound].kind.isName
      && argument.tokens[argument.range.lowerBound + 1].kind == .assign
  }

  private mutating func returned(
    _ source: borrowing Span<UInt8>, by event: Scopes.Event
  ) -> Folded {
    let scopes = scopes(source)
    guard
      let scope = scopes.scopes.firstIndex(where: { $0.header != nil && $0.name == event.name }),
      !scopes.scopes[scope].isDecorated, !scopes.scopes[scope].isAsync,
      depth < Self.deepest, current.insert(event.name.lowerBound).inserted
    else { return .unknown }
    depth += 1
    defer {
      depth -= 1
      current.remove(event.name.lowerBound)
    }
    let body = scopes.scopes[scope].range
    var values: [Folded] = []
    for event in scopes.events where body.contains(event.position) {
      guard event.form == .returned || event.form == .yielded,
        scopes.statementScope(scopes.scope(at: event.position)) == scope
      else { continue }
      guard event.form == .returned, lookups > 0,
        let (tokens, keyword) = tokens(source, of: event)
      else { return .unknown }
      lookups -= 1
      let end = tokens[keyword...].firstIndex { $0.kind == .semicolon } ?? tokens.count
      if keyword + 1 < end {
        values.append(
          fold(source, Expression(tokens: tokens, range: keyword + 1..<end)))
      }
    }
    return .oneOf(values)
  }
}
