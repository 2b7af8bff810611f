/// What assignments and changes in place make of a name's values.
extension Folder {
  /// What a step makes of the values that a name may have before it.
  mutating func apply(
    _ source: borrowing Span<UInt8>, _ step: Scopes.Step, to values: inout [Folded]
  ) {
    switch step.event.form {
    case .star, .executed, .opened, .imported, .function, .classed, .parameter, .assigned, .loop,
      .walrus:
      let value = bound(source, step.event)
      values = step.isCertain && step.event.form.replaces ? [value] : values + [value]
    case .augmented: augment(source, step, &values)
    case .method, .item, .escaped:
      guard values.contains(where: \.isCollection) else { return }
      let isExact = step.isCertain && !step.isRepeated
      let change = change(source, step.event)
      values = values.map { change.applied(to: $0, isExact: isExact) }
    default: break
    }
  }

  /// `text += ".tail"`, `names += ["a"]`, `table |= {…}`
  private mutating func augment(
    _ source: borrowing Span<UInt8>, _ step: Scopes.Step, _ values: inout [Folded]
  ) {
    guard let (tokens, name) = tokens(source, of: step.event), name + 1 < tokens.count,
      let (_, range) = assignment(tokens, around: name),
      current.insert(step.event.name.lowerBound).inserted
    else {
      values.append(.unknown)
      return
    }
    defer { current.remove(step.event.name.lowerBound) }
    let added = fold(source, Expression(tokens: tokens, range: range))
    let isSum = spells(source, tokens[name + 1], "+=")
    let isUnion = spells(source, tokens[name + 1], "|=")
    let isExact = step.isCertain && !step.isRepeated
    var after: [Folded] = []
    for value in values {
      guard case .texts = value else {
        let change = isSum || isUnion ? Change.extended(added) : .opened
        after.append(change.applied(to: value, isExact: isExact))
        continue
      }
      if !isExact { after.append(value) }
      let sum = isSum ? value.joined(with: added) : .unknown
      after.append(sum)
      if step.isRepeated { after += [sum.joined(with: .unknown), .unknown] }
    }
    values = after.isEmpty ? [.unknown] : after
  }

  /// A change of a list, set or dictionary.
  enum Change {
    case appended(Folded)
    case extended(Folded)
    /// Some more elements, and another order.
    case mixed([Folded])
    case row(Folded.Row)
    /// Changed in a way that nobody can tell.
    case opened

    func applied(to value: Folded, isExact: Bool) -> Folded {
      switch (value, self) {
      case (.texts, _): return value
      case (.list(let items, let more), .appended(let item)):
        if isExact, more.isEmpty { return .list(items + [item]) }
        return .list(items, more: more + [item])
      case (.list(let items, let more), .extended(let other)):
        if isExact, more.isEmpty, case .list = other { return value.joined(with: other) }
        return .list(items, more: more + other.elements)
      case (.list, .mixed(let others)): return .list([], more: value.elements + others)
      case (.list, .row(let row)): return .list([], more: value.elements + [row.value])
      case (.list, .opened): return .list([], more: value.elements + [.unknown])
      case (.table(let rows), .row(let row)): return .table(rows + [row])
      case (.table(let rows), .extended(let other)): return .table(rows + other.rows)
      // What takes something away from a dictionary.
      case (.table, .mixed): return value
      case (.table(let rows), _):
        return .table(rows + [Folded.Row(key: .unknown, value: .unknown)])
      }
    }
  }

  private mutating func change(_ source: borrowing Span<UInt8>, _ event: Scopes.Event) -> Change {
    guard event.form != .escaped, let (tokens, name) = tokens(source, of: event),
      let close = Tokens.closing(
        tokens, name + (event.form == .item ? 1 : 3), before: tokens.count)
    else { return .opened }
    let whole = Expression(tokens: tokens, range: tokens.indices)
    if event.form == .item {
      let key = whole.part(name + 2..<close)
      guard let (_, range) = assignment(tokens, around: name) else { return .opened }
      let value = fold(source, whole.part(range))
      // `names[1:] = others`
      if contains(key, .colon) { return .mixed(value.elements) }
      return .row(Folded.Row(key: fold(source, key), value: value))
    }
    let arguments = split(whole.part(name + 4..<close), at: [.comma]).filter { !$0.isEmpty }
    // `names.insert(*given)`: which is which is not known.
    if arguments.contains(where: { isSpread(source, whole.part($0), "*") }) { return .opened }
    switch Identifiers.string(source, tokens[name + 2].range) {
    case "append", "add":
      guard let item = arguments.first else { return .opened }
      return .appended(fold(source, whole.part(item)))
    case "extend":
      guard let items = arguments.first else { return .opened }
      return .extended(fold(source, whole.part(items)))
    case "appendleft": return .mixed(arguments.map { fold(source, whole.part($0)) })
    case "extendleft":
      return .mixed(arguments.flatMap { fold(source, whole.part($0)).elements })
    case "insert": return .mixed(arguments.dropFirst().map { fold(source, whole.part($0)) })
    case "setdefault", "__setitem__":
      let sides = arguments.map { fold(source, whole.part($0)) }
      return sides.count == 2 ? .row(Folded.Row(key: sides[0], value: sides[1])) : .opened
    case "update":
      // `update(names)`, `update({"a": x}, b=y)`
      if arguments.count == 1, !isNamed(whole.part(arguments[0])) {
        return .extended(fold(source, whole.part(arguments[0])))
      }
      return .extended(.table(rows(source, whole, arguments)))
    case "pop", "popleft", "remove", "clear", "sort", "reverse", "rotate", "discard", "popitem",
      "difference_update", "intersection_update", "__delitem__":
      return .mixed([])
    default: return .opened
    }
  }

  // MARK: Other names of one value

  /// `other = name; other.append(…)`, `fill(name)`: changes by other names.
  mutating func applySharedChanges(
    _ source: borrowing Span<UInt8>, of variable: Scopes.Variable, to values: inout [Folded]
  ) {
    let scopes = scopes(source)
    let others = scopes.sharing(variable, source)
    for other in others {
      for event in scopes.changes(of: other, source) {
        let isKnown = current.insert(event.name.lowerBound).inserted && lookups > 0
        guard isKnown else { continue }
        lookups -= 1
        defer { current.remove(event.name.lowerBound) }
        let change = event.form == .augmented ? Change.opened : change(source, event)
        values = values.map { change.applied(to: $0, isExact: false) }
      }
    }
    let given = givenAway(source)
    if given.contains(variable) || others.contains(where: given.contains) {
      values = values.map { Change.opened.applied(to: $0, isExact: false) }
    }
  }

  /// What is handed to functions of the file that change what they are given, or hand it on to such.
  private mutating func givenAway(_ source: borrowing Span<UInt8>) -> Set<Scopes.Variable> {
    if let givenAway { return givenAway }
    let scopes = scopes(source)
    var changed = Set(
      scopes.events.filter { $0.form.changes }.compactMap {
        scopes.variable(Word(source, $0.name), at: $0.position, source)
      })
    var given: Set<Scopes.Variable> = []
    var rest = changed.isEmpty ? [] : scopes.events.filter { $0.form == .parameter }
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for event in rest {
        let variable = Scopes.Variable(
          name: Word(source, event.name), scope: scopes.scope(at: event.position))
        guard
          changed.contains(variable)
            || scopes.sharing(variable, source).contains(where: changed.contains),
          let formal = formal(source, event)
        else { continue }
        rest.removeAll { $0.name == event.name }
        isGrowing = true
        let arguments =
          formal.function.isEmpty
          ? lambdaArguments(source, event) : arguments(source, givenTo: formal)
        for argument in arguments where argument.range.count == 1 {
          guard let token = argument.first, token.kind.isName,
            let name = scopes.variable(
              Word(source, token.range), at: Int(token.start), source)
          else { continue }
          given.insert(name)
          changed.insert(name)
          // In a class it may be the module's: see `Scopes.changes`.
          if scopes.scopes[name.scope].form == .class {
            given.insert(Scopes.Variable(name: name.name, scope: 0))
          }
        }
      }
    }
    givenAway = given
    return given
  }

  /// What a `lambda` may be given that changes its parameter: the names that are arguments or elements
  /// in its line.
  ///
  ///     (lambda names: names.append("a"))(jobs)
  ///     each(lambda names: names.append("a"), [jobs, tasks])
  private mutating func lambdaArguments(
    _ source: borrowing Span<UInt8>, _ event: Scopes.Event
  ) -> [Expression] {
    guard lookups > 0, let (tokens, _) = tokens(source, of: event) else { return [] }
    lookups -= 1
    let whole = Expression(tokens: tokens, range: tokens.indices)
    return tokens.indices.dropFirst().dropLast().filter { i in
      tokens[i].kind.isName && (tokens[i - 1].kind.opens || tokens[i - 1].kind == .comma)
        && (tokens[i + 1].kind.closes || tokens[i + 1].kind == .comma)
    }.map { whole.part($0..<$0 + 1) }
  }
}
