/// Displays, and names with what is assigned to them.
extension Folder {
  mutating func foldDisplay(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded {
    let inner = expression.part(expression.range.lowerBound + 1..<expression.range.upperBound - 1)
    if contains(inner, .for) { return .unknown }
    let items = split(inner, at: [.comma]).filter { !$0.isEmpty }
    if expression.first?.kind == .leftBrace,
      items.contains(where: { split(inner.part($0), at: [.colon]).count == 2 })
    {
      var rows: [(key: Folded, value: Folded)] = []
      for item in items {
        let sides = split(inner.part(item), at: [.colon])
        guard sides.count == 2 else { continue }
        rows.append((fold(source, inner.part(sides[0])), fold(source, inner.part(sides[1]))))
      }
      return .table(rows)
    }
    return .list(items.map { fold(source, inner.part($0)) })
  }

  mutating func foldName(
    _ source: borrowing Span<UInt8>, _ expression: Expression, _ position: Int
  ) -> Folded {
    let name = Self.bytes(source, expression.tokens[position].range)
    // `[import_module(m) for m in MODULES]`
    if let clause = comprehension(source, name, expression) {
      return target(source, name, expression.tokens, clause, expression.scope)
    }
    let found = bindings.find(name, from: expression.scope, source)
    guard !found.isEmpty, found.count <= 16, lookups >= found.count else { return .unknown }
    lookups -= found.count
    var values: [Folded] = []
    for binding in found {
      let tokens = line(source, at: binding.place)
      switch binding.form {
      case .assignment:
        guard
          let equals = tokens.indices.first(where: { tokens[$0].kind == .assign })
        else { return .unknown }
        var end = equals
        while end < tokens.count, tokens[end].kind != .semicolon { end += 1 }
        values.append(
          fold(
            source,
            Expression(tokens: tokens, range: equals + 1..<end, scope: Int(binding.scope))))
      case .loop:
        values.append(target(source, name, tokens, 0..<tokens.count, Int(binding.scope)))
      case .parameter where bindings.scopes[Int(binding.scope)].isGetattr:
        values.append(.texts([.asked]))
      case .parameter:
        if let value = parameter(source, tokens, binding) { values.append(value) }
        values.append(.unknown)
      }
    }
    return values.count == 1 ? values[0] : .oneOf(values)
  }

  /// The tokens of `for NAME in …` that bind the name in the same line.
  func comprehension(
    _ source: borrowing Span<UInt8>, _ name: [UInt8], _ expression: Expression
  ) -> Range<Int>? {
    let tokens = expression.tokens
    var i = 0
    while i < tokens.count {
      guard tokens[i].kind == .for, i > 0 else {
        i += 1
        continue
      }
      var j = i + 1
      var binds = false
      while j < tokens.count, tokens[j].kind != .in {
        if tokens[j].kind.isName, Self.bytes(source, tokens[j].range) == name { binds = true }
        j += 1
      }
      guard binds, j < tokens.count else {
        i = j
        continue
      }
      var brackets = 0
      var end = j + 1
      while end < tokens.count {
        let kind = tokens[end].kind
        if kind.opens { brackets += 1 }
        if kind.closes { brackets -= 1 }
        if brackets < 0 || brackets == 0 && (kind == .if || kind == .for || kind == .async) {
          break
        }
        end += 1
      }
      return i..<end
    }
    return nil
  }

  /// The value of one name of `for a, b in rows`; the range begins at `for`.
  mutating func target(
    _ source: borrowing Span<UInt8>, _ name: [UInt8], _ tokens: [Token], _ clause: Range<Int>,
    _ scope: Int
  ) -> Folded {
    guard let start = clause.first(where: { tokens[$0].kind == .for }),
      let keyword = clause.first(where: { $0 > start && tokens[$0].kind == .in }),
      keyword + 1 < clause.upperBound
    else { return .unknown }
    var end = clause.upperBound
    if tokens[end - 1].kind == .colon { end -= 1 }
    if let colon = (keyword..<end).first(where: { tokens[$0].kind == .colon }),
      clause.lowerBound == 0, !isInBrackets(tokens, colon)
    {
      end = colon
    }
    let rows = fold(
      source, Expression(tokens: tokens, range: keyword + 1..<end, scope: scope))
    let names = (start + 1..<keyword).filter { tokens[$0].kind.isName }
    guard names.count > 1 else { return rows.element }
    guard let position = names.firstIndex(where: { Self.bytes(source, tokens[$0].range) == name })
    else { return .unknown }
    guard case .list(let items) = rows else { return .unknown }
    return .oneOf(
      items.map { item in
        if case .list(let parts) = item, position < parts.count { return parts[position] }
        return .unknown
      })
  }

  func isInBrackets(_ tokens: [Token], _ position: Int) -> Bool {
    var brackets = 0
    for token in tokens[..<position] {
      if token.kind.opens { brackets += 1 }
      if token.kind.closes { brackets -= 1 }
    }
    return brackets > 0
  }

  /// The default of a parameter.
  mutating func parameter(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ binding: Bindings.Binding
  ) -> Folded? {
    guard let name = tokens.firstIndex(where: { $0.range == binding.name }) else { return nil }
    var brackets = 0
    var start: Int?
    var end = name + 1
    while end < tokens.count {
      let kind = tokens[end].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      if brackets < 0 || brackets == 0 && kind == .comma { break }
      if brackets == 0, kind == .assign, start == nil { start = end + 1 }
      end += 1
    }
    guard let start, start < end else { return nil }
    let value = fold(
      source,
      Expression(
        tokens: tokens, range: start..<end,
        scope: max(0, bindings.scopes[Int(binding.scope)].parent)))
    return value
  }
}
