/// What fills the holes of a format: `"…%s" % value`, `"…{}".format(value)`, `f"…{value}"`.
extension Folder {
  /// Values by position, as far as it is known which is which, and by name.
  struct Operands {
    var values: [Folded] = []
    var named: [[UInt8]: Folded] = [:]
  }

  /// `"%s.%s" % (a, b)`, `"%(k)s" % table`
  mutating func operands(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Operands {
    if expression.first?.kind == .leftParen,
      closing(expression.range.lowerBound, expression) == expression.range.upperBound - 1
    {
      let inner = expression.part(
        expression.range.lowerBound + 1..<expression.range.upperBound - 1)
      guard case .list(let items, _) = foldItems(source, inner) else { return Operands() }
      return Operands(values: items)
    }
    let value = fold(source, expression)
    if case .table(let rows) = value { return Operands(named: Self.named(rows)) }
    return Operands(values: [value])
  }

  /// `"{}.{k}".format(a, *others, k=b, **table)`
  mutating func operands(
    _ source: borrowing Span<UInt8>, _ call: Expression, _ arguments: [Range<Int>]
  ) -> Operands {
    var values = Folded.list([])
    for argument in arguments where !isNamed(call.part(argument)) {
      guard !isSpread(source, call.part(argument), "**") else { continue }
      values = values.joined(with: foldItems(source, call.part(argument)))
    }
    guard case .list(let items, _) = values else { return Operands() }
    let byName = arguments.filter {
      isNamed(call.part($0)) || isSpread(source, call.part($0), "**")
    }
    return Operands(values: items, named: Self.named(rows(source, call, byName)))
  }

  /// The values of a dictionary by their keys; a key that is not known may be any of these.
  static func named(_ rows: [Folded.Row]) -> [[UInt8]: Folded] {
    var named: [[UInt8]: Folded] = [:]
    var others: [Folded] = []
    for row in rows {
      for key in row.key.patterns {
        if key.hasHole || key.level > 0 {
          others.append(row.value)
        } else {
          named[key.bytes] = named[key.bytes].map { .oneOf([$0, row.value]) } ?? row.value
        }
      }
    }
    return others.isEmpty ? named : named.mapValues { .oneOf([$0] + others) }
  }

  /// What stands in a field of a formatted string; with a format of its own, or a conversion other than
  /// `!s`, it is unknown.
  mutating func field(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ token: Token
  ) -> Folded {
    var range = range
    let tail = range.suffix(2).map { source[$0] }
    if tail.elementsEqual("!s".utf8) || tail.elementsEqual(":s".utf8) { range.removeLast(2) }
    for i in range where source[i] == UInt8(ascii: "!") || source[i] == UInt8(ascii: ":") {
      return .unknown
    }
    let tokens = line(source, at: LinePlace(offset: range.lowerBound, line: token.line)).filter {
      Int($0.end) <= range.upperBound
    }
    guard let last = tokens.last, Int(last.end) <= range.upperBound else { return .unknown }
    return fold(source, Expression(tokens: tokens, range: tokens.indices))
  }
}
