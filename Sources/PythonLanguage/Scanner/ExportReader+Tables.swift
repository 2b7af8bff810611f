/// Finds the tables in what is assigned.
extension ExportReader {
  /// Finds the displays of a value: `{…}`, `frozenset({…})`, `attach(__name__, attrs={…})`.
  mutating func readValue(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>
  ) {
    var i = range.lowerBound
    while i < range.upperBound {
      let kind = tokens[i].kind
      guard kind.opens, let close = Tokens.closing(tokens, i, before: range.upperBound) else {
        i += 1
        continue
      }
      let before = i > range.lowerBound ? tokens[i - 1].kind : .newline
      let inner = i + 1..<close
      if before.isName || before == .rightParen || before == .rightBracket {
        if kind == .leftBracket {
          // `_structure["models.bert"] = ["Bert"]` is one row, if nothing in it is computed.
          if !range.contains(where: { tokens[$0].kind == .for }) { addRow(source, tokens, range) }
          return
        }
        for argument in Tokens.split(tokens, inner, at: .comma) {
          readValue(source, tokens, argument)
        }
      } else {
        for item in Tokens.split(tokens, inner, at: .comma) {
          let sides = Tokens.split(tokens, item, at: .colon)
          let isKeyed =
            sides.count == 1
            || sides.count == 2 && sides[0].count == 1
              && tokens[sides[0].lowerBound].kind == .string
          let isComputed = item.contains { tokens[$0].kind == .for }
          if isKeyed, !isComputed { addRow(source, tokens, item) }
        }
      }
      i = close + 1
    }
  }

  mutating func addRow(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>
  ) {
    let strings = range.filter { tokens[$0].kind == .string }.map { text(source, tokens[$0]) }
    if !strings.isEmpty { units[units.count - 1].rows.append(strings) }
  }
}

/// Ranges of tokens.
enum Tokens {
  /// The parts between tokens of a kind outside brackets; empty ones are left out.
  static func split(_ tokens: [Token], _ range: Range<Int>, at kind: Kind) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var brackets = 0
    for i in range {
      if tokens[i].kind.opens { brackets += 1 }
      if tokens[i].kind.closes { brackets -= 1 }
      if brackets == 0, tokens[i].kind == kind {
        if start < i { parts.append(start..<i) }
        start = i + 1
      }
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }

  static func closing(_ tokens: [Token], _ opener: Int, before end: Int) -> Int? {
    var brackets = 0
    for i in opener..<end {
      if tokens[i].kind.opens { brackets += 1 }
      if tokens[i].kind.closes {
        brackets -= 1
        if brackets == 0 { return i }
      }
    }
    return nil
  }
}
