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
          // `os.environ.get(…)` begins with what is no value of its own.
          value = .unknown
          i += 2
          continue
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
      let given = operands(source, arguments, items)
      return (
        .oneOf(
          value.patterns.map {
            $0.level > 0 || $0.isHole
              ? .unknown : Pattern.braces($0.bytes, given.values, given.named)
          }), end
      )
    case .join:
      guard items.count == 1 else { return (.unknown, end) }
      let parts = fold(source, arguments.part(items[0]))
      return (joined(value, parts), end)
    case .rpartition, .rsplit, .partition, .split:
      return foldSplit(source, value, method, arguments, items, after: end)
    case .keys: return (value.unordered, end)
    case .items:
      if case .table(let rows) = value {
        return (.list([], more: rows.map { .list([$0.key, $0.value]) }), end)
      }
      return (.unknown, end)
    case .values:
      if case .table(let rows) = value { return (.list([], more: rows.map(\.value)), end) }
      return (.unknown, end)
    case .lower:
      return (value.map(\.lowercased), end)
    default:
      switch Identifiers.string(source, method.range) {
      // `os.environ.get("PLACE", "shop.local")`
      case "get", "getenv", "pop", "setdefault":
        if case .list(let items, let more) = value, spells(source, method, "pop") {
          return (.oneOf(items + more), end)
        }
        guard !items.isEmpty else { return (.unknown, end) }
        let other = items.count > 1 ? [fold(source, arguments.part(items[1]))] : []
        guard case .table = value else { return (.oneOf([.unknown] + other), end) }
        return (.oneOf([index(source, value, arguments.part(items[0]))] + other), end)
      case "copy": return (value, end)
      case "format_map" where items.count == 1:
        let named = Self.named(fold(source, arguments.part(items[0])).rows)
        return (
          .oneOf(
            value.patterns.map {
              $0.level > 0 || $0.isHole ? .unknown : Pattern.braces($0.bytes, [], named)
            }), end
        )
      case "replace" where items.count == 2:
        let sides = items.map { fold(source, arguments.part($0)).patterns }
        guard sides.allSatisfy({ $0.count == 1 && !$0[0].hasHole && $0[0].level == 0 }) else {
          return (.unknown, end)
        }
        return (value.map { $0.replacing(sides[0][0].bytes, with: sides[1][0].bytes) }, end)
      case "removeprefix" where items.count == 1, "removesuffix" where items.count == 1:
        let sides = fold(source, arguments.part(items[0])).patterns
        guard sides.count == 1, !sides[0].hasHole, sides[0].level == 0 else {
          return (.unknown, end)
        }
        let isPrefix = spells(source, method, "removeprefix")
        return (value.map { $0.removing(sides[0].bytes, isPrefix: isPrefix) }, end)
      case "strip" where items.isEmpty: return (value.map(\.stripped), end)
      default: return (.unknown, end)
      }
    }
  }

  /// `".".join(parts)`; of parts whose number is open, those that come first stay known.
  private func joined(_ separator: Folded, _ parts: Folded) -> Folded {
    guard case .list(let items, let more) = parts, case .texts = separator else { return .unknown }
    var result = Folded.texts([Pattern(bytes: [])])
    for (position, part) in items.enumerated() {
      if position > 0 { result = result.joined(with: separator) }
      result = result.joined(with: part)
    }
    if more.isEmpty { return result }
    if items.isEmpty { return .unknown }
    let head = result.joined(with: separator)
    return .oneOf([result, head.joined(with: .oneOf(more)), head.joined(with: .unknown), .unknown])
  }

  /// `text.split(".")`, with the index behind it where only the ends are known: `[0]` after
  /// `rpartition(".")` is all but the last part, after `split(".")` the first.
  private mutating func foldSplit(
    _ source: borrowing Span<UInt8>, _ value: Folded, _ method: Token, _ arguments: Expression,
    _ items: [Range<Int>], after end: Int
  ) -> (Folded, Int) {
    guard let first = items.first else { return (words(of: value, method), end) }
    let separators = fold(source, arguments.part(first)).patterns
    guard separators.count == 1, !separators[0].hasHole, !separators[0].bytes.isEmpty,
      separators[0].level == 0
    else { return (.unknown, end) }
    let separator = separators[0].bytes
    let isFromRight = method.kind == .rpartition || method.kind == .rsplit
    let parting = method.kind == .partition || method.kind == .rpartition
    var limit: Int? = parting ? 1 : nil
    if !parting, items.count > 1 {
      let token = arguments.tokens[items[1].upperBound - 1]
      guard let number = Int(Identifiers.string(source, token.range)) else {
        return (.unknown, end)
      }
      limit = number
    }
    let known = value.patterns
    if known.allSatisfy({ $0.level == 0 && !$0.hasHole }) {
      return (
        .oneOf(
          known.map { text in
            var parts = text.split(at: separator, limit: limit, isFromRight: isFromRight)
            if parting {
              while parts.count < 2 { parts.insert([], at: isFromRight ? 0 : parts.count) }
              parts.insert(separator, at: 1)
            }
            return .list(parts.map { .texts([Pattern(bytes: $0)]) })
          }), end
      )
    }
    let tokens = arguments.tokens
    guard separator == [UInt8(ascii: ".")], end + 2 < tokens.count,
      tokens[end].kind == .leftBracket,
      let close = Tokens.closing(tokens, end, before: tokens.count)
    else { return (.unknown, end) }
    let isFirst = close == end + 2 && spells(source, tokens[end + 1], "0")
    let isLast =
      close == end + 3 && spells(source, tokens[end + 1], "-")
      && spells(source, tokens[end + 2], "1")
      || close == end + 2 && method.kind == .rpartition && spells(source, tokens[end + 1], "2")
    if isFirst {
      return (
        isFromRight && limit == 1
          ? .oneOf(known.flatMap(\.heads).map { .texts([$0]) }) : value.map(\.firstComponent),
        close + 1
      )
    }
    let isWhole = isLast && (isFromRight || limit == nil)
    return (isWhole ? value.map(\.lastComponent) : .unknown, close + 1)
  }

  /// `"first second".split()`: the words between blanks.
  private func words(of value: Folded, _ method: Token) -> Folded {
    let known = value.patterns
    guard method.kind == .split || method.kind == .rsplit,
      known.allSatisfy({ $0.level == 0 && !$0.hasHole })
    else { return .unknown }
    return .oneOf(
      known.map { text in
        .list(
          text.bytes.split { $0 == 0x20 || (9...13).contains($0) }
            .map { .texts([Pattern(bytes: Array($0))]) })
      })
  }

  mutating func index(
    _ source: borrowing Span<UInt8>, _ value: Folded, _ position: Expression
  ) -> Folded {
    switch value {
    case .texts: return .unknown
    case .list(let items, let more):
      if contains(position, .colon) { return .list([], more: items + more) }
      if position.range.count == 1, let token = position.first, token.kind == .number,
        let index = Int(Identifiers.string(source, token.range)), index < items.count
      {
        return items[index]
      }
      return .oneOf(items + more)
    case .table(let rows):
      let key = fold(source, position).patterns
      guard key.count == 1, !key[0].hasHole else { return .oneOf(rows.map(\.value)) }
      let matching = rows.filter { row in
        row.key.patterns.contains { $0 == key[0] || $0.hasHole }
      }
      return .oneOf((matching.isEmpty ? rows : matching).map(\.value))
    }
  }
}
