/// What follows a value: indices, attributes, and calls of methods.
extension Folder {
  mutating func foldTrailers(
    _ source: borrowing Span<UInt8>, _ expression: Expression, from start: Int, _ first: Folded
  ) -> Folded {
    let tokens = expression.tokens
    let end = expression.range.upperBound
    var value = first
    var i = start
    while i < end {
      switch tokens[i].kind {
      case .leftBracket:
        guard let close = closing(i, expression) else { return .unknown }
        value = index(source, value, expression.part(i + 1..<close))
        i = close + 1
      case .dot:
        guard i + 2 < end, tokens[i + 2].kind == .leftParen,
          let close = closing(i + 2, expression)
        else {
          // `textwrap.dedent(…)` begins with a name that is no value.
          if i + 1 < end, spells(source, tokens[i + 1], "dedent") {
            i += 2
            continue
          }
          return .unknown
        }
        if spells(source, tokens[i + 1], "dedent") {
          value = fold(source, expression.part(i + 3..<close))
        } else {
          let (applied, next) = call(
            source, value, tokens[i + 1], expression.part(i + 3..<close), after: close + 1)
          value = applied
          i = next
          continue
        }
        i = close + 1
      default:
        return .unknown
      }
    }
    return value
  }

  /// A method of a string, list or dictionary.
  mutating func call(
    _ source: borrowing Span<UInt8>, _ value: Folded, _ method: Token, _ arguments: Expression,
    after end: Int
  ) -> (Folded, Int) {
    let items = split(arguments, at: [.comma]).filter { !$0.isEmpty }
    switch method.kind {
    case .format:
      var values: [Folded] = []
      var named: [[UInt8]: Folded] = [:]
      for item in items {
        if item.count > 2, arguments.tokens[item.lowerBound + 1].kind == .assign {
          let name = arguments.tokens[item.lowerBound].range
          named[Self.bytes(source, name)] = fold(
            source, arguments.part(item.lowerBound + 2..<item.upperBound))
        } else {
          values.append(fold(source, arguments.part(item)))
        }
      }
      return (
        .oneOf(
          value.patterns.map {
            $0.level > 0 || $0.isHole ? .unknown : Pattern.braces($0.bytes, values, named)
          }), end
      )
    case .join:
      guard items.count == 1, case .list(let parts) = fold(source, arguments.part(items[0])),
        let separator = value.patterns.first
      else { return (.unknown, end) }
      var result = Folded.texts([Pattern(bytes: [])])
      for (position, part) in parts.enumerated() {
        if position > 0 { result = result.joined(with: .texts([separator])) }
        result = result.joined(with: part)
      }
      return (result, end)
    case .rpartition, .rsplit, .partition, .split:
      // `[0]` after `rpartition(".")` is all but the last part, after `split(".")` the first.
      let tokens = arguments.tokens
      guard end + 2 < tokens.count, tokens[end].kind == .leftBracket,
        tokens[end + 1].kind == .number || tokens[end + 1].kind == .sign
      else { return (.unknown, end) }
      let isFirst =
        tokens[end + 1].kind == .number && spells(source, tokens[end + 1], "0")
      var close = end
      while close < tokens.count, tokens[close].kind != .rightBracket { close += 1 }
      let isFromRight =
        method.kind == .rpartition || method.kind == .rsplit && items.count == 2
      if isFirst {
        return (value.map { isFromRight ? $0.withoutLastComponent : $0.firstComponent }, close + 1)
      }
      return (isFromRight ? value.map(\.lastComponent) : .unknown, close + 1)
    case .keys: return (value, end)
    case .items:
      if case .table(let rows) = value {
        return (.list(rows.map { .list([$0.key, $0.value]) }), end)
      }
      return (.unknown, end)
    case .values:
      if case .table(let rows) = value { return (.list(rows.map(\.value)), end) }
      return (.unknown, end)
    case .lower:
      return (value.map(\.blurred), end)
    default:
      if spells(source, method, "get"), case .table(let rows) = value {
        let other = items.count > 1 ? [fold(source, arguments.part(items[1]))] : []
        return (.oneOf(rows.map(\.value) + other), end)
      }
      if spells(source, method, "strip") { return (value.map(\.blurred), end) }
      return (.unknown, end)
    }
  }

  mutating func index(
    _ source: borrowing Span<UInt8>, _ value: Folded, _ position: Expression
  ) -> Folded {
    switch value {
    case .texts: return .unknown
    case .list(let items):
      if position.range.count == 1, let token = position.first, token.kind == .number,
        let index = Int(Identifiers.string(source, token.range)), index < items.count
      {
        return items[index]
      }
      return .oneOf(items)
    case .table(let rows):
      let key = fold(source, position).patterns
      if key.count == 1, !key[0].hasHole {
        let matching = rows.filter { $0.key.patterns == key }
        if !matching.isEmpty { return .oneOf(matching.map(\.value)) }
      }
      return .oneOf(rows.map(\.value))
    }
  }
}
