/// Displays, and names with what is assigned to them.
extension Folder {
  // MARK: Displays

  mutating func foldDisplay(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded {
    let inner = expression.part(expression.range.lowerBound + 1..<expression.range.upperBound - 1)
    let isBrace = expression.first?.kind == .leftBrace
    if inner.range.isEmpty { return isBrace ? .table([]) : .list([]) }
    if expression.first?.kind == .leftParen { return fold(source, inner) }
    if contains(inner, .for) { return foldComprehension(source, inner, isTable: isBrace) }
    let items = split(inner, at: [.comma]).filter { !$0.isEmpty }
    if isBrace,
      items.contains(where: {
        split(inner.part($0), at: [.colon]).count == 2 || isSpread(source, inner.part($0), "**")
      })
    {
      return .table(items.flatMap { rows(source, inner.part($0)) })
    }
    let list = foldItems(source, inner)
    return isBrace ? list.unordered : list
  }

  /// `key: value`, `**table`
  private mutating func rows(
    _ source: borrowing Span<UInt8>, _ item: Expression
  ) -> [Folded.Row] {
    let sides = split(item, at: [.colon])
    if sides.count == 2 {
      return [
        Folded.Row(key: fold(source, item.part(sides[0])), value: fold(source, item.part(sides[1])))
      ]
    }
    return fold(source, item.part(item.range.dropFirst())).rows
  }

  /// `a, *b`
  mutating func foldItems(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded {
    var list = Folded.list([])
    for item in split(expression, at: [.comma]) where !item.isEmpty {
      let part = expression.part(item)
      if isSpread(source, part, "*") {
        let spread = fold(source, part.part(item.dropFirst()))
        list = list.joined(with: spread.isCollection ? spread : .list([], more: [.unknown]))
      } else {
        list = list.joined(with: .list([fold(source, part)]))
      }
    }
    return list
  }

  func isSpread(
    _ source: borrowing Span<UInt8>, _ item: Expression, _ stars: String
  ) -> Bool {
    guard item.range.count > 1, let first = item.first else { return false }
    return (first.kind == .star || first.kind == .infix) && spells(source, first, stars)
  }

  /// `element for …`, `key: value for …`: any number of them.
  mutating func foldComprehension(
    _ source: borrowing Span<UInt8>, _ expression: Expression, isTable: Bool = false
  ) -> Folded {
    var element = split(expression, at: [.for])[0]
    if element.last.map({ expression.tokens[$0].kind }) == .async { element.removeLast() }
    if isTable, contains(expression.part(element), .colon) {
      return .table(rows(source, expression.part(element)))
    }
    return .list([], more: [fold(source, expression.part(element))])
  }

  // MARK: Names

  mutating func foldName(_ source: borrowing Span<UInt8>, _ token: Token) -> Folded {
    let scopes = scopes(source)
    let name = Word(source, token.range)
    guard let variable = scopes.variable(name, at: Int(token.start), source) else {
      return .unknown
    }
    return value(source, of: variable, at: Int(token.start))
  }

  /// What reaches a name where it stands: all that may have bound it, but for imports.
  mutating func definitions(
    _ source: borrowing Span<UInt8>, of token: Token
  ) -> [Scopes.Event] {
    let scopes = scopes(source)
    let use = Int(token.start)
    guard let variable = scopes.variable(Word(source, token.range), at: use, source) else {
      return []
    }
    return scopes.steps(to: variable, at: use, isShared: false, source).map(\.event).filter {
      ($0.form.binds && $0.form != .imported && $0.form != .declared) || $0.form == .executed
    }
  }

  /// What is assigned to a name, where it is bound by one assignment alone.
  mutating func assigned(_ source: borrowing Span<UInt8>, to token: Token) -> Expression? {
    let found = definitions(source, of: token)
    guard found.count == 1, found[0].form == .assigned else { return nil }
    return origin(source, of: found[0])
  }

  /// What an assignment gives a name as it is, or a loop takes its values from.
  mutating func origin(_ source: borrowing Span<UInt8>, of event: Scopes.Event) -> Expression? {
    guard let (tokens, name) = tokens(source, of: event) else { return nil }
    if event.form == .loop {
      return clause(tokens, around: name).map { Expression(tokens: tokens, range: $0.iterable) }
    }
    guard event.form == .assigned, let (target, value) = assignment(tokens, around: name),
      target.count == 1
    else { return nil }
    return Expression(tokens: tokens, range: value)
  }

  mutating func value(
    _ source: borrowing Span<UInt8>, of variable: Scopes.Variable, at use: Int,
    isShared: Bool = false
  ) -> Folded {
    let scopes = scopes(source)
    let outer = isKept
    isKept = false
    defer { isKept = outer }
    let steps = scopes.steps(to: variable, at: use, isShared: isShared, source)
    guard !steps.isEmpty, lookups >= steps.count else { return .unknown }
    lookups -= steps.count
    var values: [Folded] = []
    // A class's names are the module's until they are bound, whatever functions stand between.
    if scopes.scopes[variable.scope].form == .class, !steps[0].isCertain {
      values = [value(source, of: Scopes.Variable(name: variable.name, scope: 0), at: use)]
    }
    for step in steps {
      apply(source, step, to: &values)
      if values.count > 8 { values = [.oneOf(values)] }
    }
    if values.contains(where: \.isCollection) {
      applySharedChanges(source, of: variable, to: &values)
    }
    return values.isEmpty ? .unknown : .oneOf(values)
  }

  /// What a binding gives the name.
  mutating func bound(_ source: borrowing Span<UInt8>, _ event: Scopes.Event) -> Folded {
    guard current.insert(event.name.lowerBound).inserted else { return .unknown }
    defer { current.remove(event.name.lowerBound) }
    switch event.form {
    case .parameter: return foldParameter(source, event)
    case .assigned, .walrus, .loop: break
    default: return .unknown
    }
    guard let (tokens, name) = tokens(source, of: event) else { return .unknown }
    let whole = Expression(tokens: tokens, range: tokens.indices)
    switch event.form {
    case .walrus:
      var end = name + 2
      while let next = nextPart(tokens, end), next > end { end = next }
      return foldShared(source, whole.part(name + 2..<end))
    case .loop:
      guard let clause = clause(tokens, around: name) else { return .unknown }
      let iterable = whole.part(clause.iterable)
      let scopes = scopes(source)
      // A generator is asked later, when its list can have become another.
      let isDelayed = scopes.scopes[scopes.scope(at: event.position)].isDelayed
      let elements =
        (isDelayed ? foldShared(source, iterable) : fold(source, iterable)).elements
      return .oneOf(elements.map { unpack($0, into: clause.targets, name, tokens) })
    default:
      guard let (target, value) = assignment(tokens, around: name) else { return .unknown }
      return unpack(foldShared(source, whole.part(value)), into: target, name, tokens)
    }
  }

  /// `other` of `name = other`, `name = iter(other)`: one value by two names.
  mutating func foldShared(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded {
    if depth == 0 { lookups = Self.mostLookups }
    guard expression.range.count == 1, let token = expression.first, token.kind == .name,
      let variable = scopes(source).variable(
        Word(source, token.range), at: Int(token.start), source)
    else {
      let outer = isKept
      isKept = true
      defer { isKept = outer }
      return fold(source, expression)
    }
    guard depth < Self.deepest else { return .unknown }
    depth += 1
    defer { depth -= 1 }
    return value(source, of: variable, at: Int(token.start), isShared: true)
  }

  // MARK: Places

  /// The tokens that an event stands among, and the position of its name.
  mutating func tokens(
    _ source: borrowing Span<UInt8>, of event: Scopes.Event
  ) -> (tokens: [Token], name: Int)? {
    let tokens = line(source, at: event.place)
    if let name = tokens.firstIndex(where: { $0.range == event.name }) { return (tokens, name) }
    for line in lines(source, at: event.place).dropFirst() {
      if let name = line.tokens.firstIndex(where: { $0.range == event.name }) {
        return (line.tokens, name)
      }
    }
    return nil
  }

  /// Steps over a token, or over brackets and all that is in them; nil at the end of the part.
  private func nextPart(_ tokens: [Token], _ i: Int) -> Int? {
    guard i < tokens.count else { return nil }
    switch tokens[i].kind {
    case .comma, .colon, .semicolon, .rightParen, .rightBracket, .rightBrace, .for, .async:
      return nil
    case .leftParen, .leftBracket, .leftBrace:
      return Tokens.closing(tokens, i, before: tokens.count).map { $0 + 1 }
    default: return i + 1
    }
  }

  /// The target that a name stands in, and the value, of `target = target = value`.
  func assignment(
    _ tokens: [Token], around name: Int
  ) -> (target: Range<Int>, value: Range<Int>)? {
    let whole = Expression(tokens: tokens, range: tokens.indices)
    guard let statement = split(whole, at: [.semicolon]).first(where: { $0.contains(name) })
    else { return nil }
    let parts = split(whole.part(statement), at: [.assign, .augmented])
    guard parts.count > 1, let value = parts.last,
      var target = parts.first(where: { $0.contains(name) }), target != value
    else { return nil }
    // Behind the colon of a header, before that of an annotation.
    for part in split(whole.part(target), at: [.colon]) where part.contains(name) { target = part }
    return (target, value)
  }

  /// The targets and the iterable of the `for` that a name is bound by.
  func clause(
    _ tokens: [Token], around name: Int
  ) -> (targets: Range<Int>, iterable: Range<Int>)? {
    guard let start = tokens[..<name].lastIndex(where: { $0.kind == .for }),
      let keyword = tokens[name...].firstIndex(where: { $0.kind == .in })
    else { return nil }
    let isStatement = start == 0 || start == 1 && tokens[0].kind == .async
    var brackets = 0
    var end = keyword + 1
    scan: while end < tokens.count {
      let kind = tokens[end].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      if brackets < 0 { break }
      if brackets == 0 {
        switch kind {
        case .if, .for, .async: if !isStatement { break scan }
        case .colon: break scan
        default: break
        }
      }
      end += 1
    }
    return (start + 1..<keyword, keyword + 1..<end)
  }

  /// What a name among targets gets of a value: `b` of `a, (b, *c) = value`.
  private func unpack(
    _ value: Folded, into target: Range<Int>, _ name: Int, _ tokens: [Token]
  ) -> Folded {
    let whole = Expression(tokens: tokens, range: tokens.indices)
    var target = target
    if let first = target.first, let last = target.last, tokens[first].kind.opens,
      closing(first, whole.part(target)) == last
    {
      target = first + 1..<last
      if tokens[first].kind == .leftBracket, split(whole.part(target), at: [.comma]).count == 1 {
        return value.element
      }
    }
    if target.count == 1 { return value }
    let parts = split(whole.part(target), at: [.comma])
    let items = parts.filter { !$0.isEmpty }
    guard let place = items.firstIndex(where: { $0.contains(name) }) else { return .unknown }
    if parts.count == 1 { return .unknown }
    let star = items.firstIndex { tokens[$0.lowerBound].kind == .star }
    var part = value.element
    if place == star { part = value.unordered }
    if case .list(let values, let more) = value, more.isEmpty {
      let behind = items.count - 1 - place
      if place == star {
        part =
          values.count >= items.count - 1
          ? .list(Array(values[place..<values.count - behind])) : .unknown
      } else if star.map({ place < $0 }) ?? (values.count == items.count) {
        part = place < values.count ? values[place] : .unknown
      } else if star != nil, values.count > behind {
        part = values[values.count - 1 - behind]
      }
    }
    let item = place == star ? items[place].dropFirst() : items[place]
    return unpack(part, into: item, name, tokens)
  }
}
