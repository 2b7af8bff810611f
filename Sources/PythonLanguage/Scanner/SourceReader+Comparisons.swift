import Model

/// What conditions compare: versions, platforms, names.
extension SourceReader {
  struct Operator {
    let position: Int
    let end: Int
    let meaning: Meaning
    enum Meaning { case compares(Guard.Comparison), contains, lacks }
  }

  /// The one comparison of a range; nil where there is none or several.
  func comparison(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Operator? {
    var brackets = 0
    var found: Operator?
    var i = range.lowerBound
    while i < range.upperBound {
      let token = lexer.tokens[i]
      if token.kind.opens { brackets += 1 }
      if token.kind.closes { brackets -= 1 }
      var meaning: Operator.Meaning?
      var end = i + 1
      if brackets == 0 {
        switch token.kind {
        case .in: meaning = .contains
        case .not where end < range.upperBound && lexer.tokens[end].kind == .in:
          meaning = .lacks
          end += 1
        case .infix: meaning = comparison(source, token).map { .compares($0) }
        case .is: meaning = .compares(.equal)
        default: break
        }
      }
      if let meaning {
        if found != nil { return nil }
        found = Operator(position: i, end: end, meaning: meaning)
      }
      i = end
    }
    return found
  }

  func comparison(
    _ source: borrowing Span<UInt8>, _ token: Token
  ) -> Guard.Comparison? {
    let first = source[Int(token.start)]
    let hasEquals = token.range.count == 2 && source[Int(token.start) + 1] == UInt8(ascii: "=")
    switch (first, token.range.count, hasEquals) {
    case (UInt8(ascii: "="), 2, true): return .equal
    case (UInt8(ascii: "!"), 2, true): return .notEqual
    case (UInt8(ascii: "<"), 1, _): return .less
    case (UInt8(ascii: ">"), 1, _): return .greater
    case (UInt8(ascii: "<"), 2, true): return .lessOrEqual
    case (UInt8(ascii: ">"), 2, true): return .greaterOrEqual
    default: return nil
    }
  }

  enum Subject {
    /// `sys.version_info`, or its first components.
    case version(components: Int?)
    case major
    case platform, osName, system, implementation
    /// `__name__`
    case ownName
  }

  func decide(
    _ source: borrowing Span<UInt8>, _ left: Range<Int>, _ comparison: Operator,
    _ right: Range<Int>
  ) -> Guard {
    switch comparison.meaning {
    case .contains, .lacks:
      guard let subject = subject(source, left), let values = texts(source, right) else {
        return .unknown
      }
      let any = values.map { equals(subject, $0) }
      if any.contains(.unknown) { return .unknown }
      let guarded: Guard = any.count == 1 ? any[0] : .any(any)
      if case .contains = comparison.meaning { return guarded }
      return .not(guarded)
    case .compares(let operation):
      if let subject = subject(source, left) {
        return decide(source, subject, operation, right)
      }
      if let subject = subject(source, right) {
        return decide(source, subject, operation.flipped, left)
      }
      return .unknown
    }
  }

  func decide(
    _ source: borrowing Span<UInt8>, _ subject: Subject, _ operation: Guard.Comparison,
    _ value: Range<Int>
  ) -> Guard {
    switch subject {
    case .major:
      guard value.count == 1, let number = number(source, lexer.tokens[value.lowerBound]) else {
        return .unknown
      }
      return .version(operation, [number])
    case .version(let components):
      guard let numbers = numbers(source, value), !numbers.isEmpty else { return .unknown }
      if let components, numbers.count == components { return .version(operation, numbers) }
      if let components, numbers.count > components { return .unknown }
      // With as many equal components, the longer tuple is the greater one.
      switch operation {
      case .greater: return .version(.greaterOrEqual, numbers)
      case .lessOrEqual: return .version(.less, numbers)
      case .equal: return .constant(false)
      case .notEqual: return .constant(true)
      case .less, .greaterOrEqual: return .version(operation, numbers)
      }
    default:
      guard value.count == 1, let text = text(source, lexer.tokens[value.lowerBound]) else {
        return .unknown
      }
      switch operation {
      case .equal: return equals(subject, text)
      case .notEqual: return equals(subject, text).negated
      default: return .unknown
      }
    }
  }

  func equals(_ subject: Subject, _ text: String) -> Guard {
    switch subject {
    case .platform: .platform(text)
    case .osName: .osName(text)
    case .system: .system(text)
    case .implementation: .implementation(text.lowercased())
    case .ownName: text == "__main__" ? .main : .unknown
    default: .unknown
    }
  }

  func subject(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Subject? {
    guard let first = range.first else { return nil }
    let tokens = lexer.tokens[range]
    let kinds = tokens.map(\.kind)
    if kinds == [.dunderName] { return .ownName }
    // Off with `sys.`: the names say enough.
    if kinds.count > 2, kinds[0] == .sys, kinds[1] == .dot {
      return attribute(source, first + 2..<range.upperBound, Array(kinds.dropFirst(2)))
    }
    if kinds.count == 3, kinds[0] == .os, kinds[1] == .dot,
      spells(source, lexer.tokens[first + 2], "name")
    {
      return .osName
    }
    if kinds.count == 5, kinds[0] == .platform, kinds[3] == .leftParen, kinds[4] == .rightParen {
      if kinds[2] == .systemCall { return .system }
      if kinds[2] == .implementation { return .implementation }
    }
    if kinds[0] == .versionInfo || kinds == [.platform] {
      return attribute(source, range, kinds)
    }
    return nil
  }

  func attribute(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ kinds: [Kind]
  ) -> Subject? {
    let first = range.lowerBound
    if kinds == [.platform] { return .platform }
    if kinds.count == 3, kinds[0] == .implementation, kinds[1] == .dot,
      spells(source, lexer.tokens[first + 2], "name")
    {
      return .implementation
    }
    guard kinds[0] == .versionInfo else { return nil }
    if kinds.count == 1 { return .version(components: nil) }
    if kinds.count == 3, kinds[1] == .dot, spells(source, lexer.tokens[first + 2], "major") {
      return .major
    }
    guard kinds.count > 3, kinds[1] == .leftBracket, kinds[kinds.count - 1] == .rightBracket
    else { return nil }
    let inner = Array(kinds[2..<kinds.count - 1])
    if inner == [.number] {
      return number(source, lexer.tokens[first + 2]) == 0 ? .major : nil
    }
    if inner == [.colon, .number] || inner == [.number, .colon, .number] {
      if inner.count == 3, number(source, lexer.tokens[first + 2]) != 0 { return nil }
      return number(source, lexer.tokens[range.upperBound - 2]).map { .version(components: $0) }
    }
    return nil
  }

  // MARK: Constants

  func number(_ source: borrowing Span<UInt8>, _ token: Token) -> Int? {
    guard token.kind == .number else { return nil }
    return Int(Identifiers.string(source, token.range))
  }

  /// `(3, 11)`
  func numbers(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> [Int]? {
    guard let items = items(range) else { return nil }
    var result: [Int] = []
    for item in items {
      guard item.count == 1, let value = number(source, lexer.tokens[item.lowerBound]) else {
        return nil
      }
      result.append(value)
    }
    return result
  }

  /// `("win32", "cygwin")`
  func texts(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> [String]? {
    guard let items = items(range) else { return nil }
    var result: [String] = []
    for item in items {
      guard item.count == 1, let value = text(source, lexer.tokens[item.lowerBound]) else {
        return nil
      }
      result.append(value)
    }
    return result
  }

  /// What stands between the commas of a tuple, list or set.
  func items(_ range: Range<Int>) -> [Range<Int>]? {
    guard let first = range.first, let last = range.last, lexer.tokens[first].kind.opens,
      matching(first, range) == last
    else { return nil }
    var result: [Range<Int>] = []
    var start = first + 1
    var brackets = 0
    for i in first + 1..<last {
      let kind = lexer.tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      if kind == .comma, brackets == 0 {
        result.append(start..<i)
        start = i + 1
      }
    }
    if start < last { result.append(start..<last) }
    return result
  }

  func text(_ source: borrowing Span<UInt8>, _ token: Token) -> String? {
    guard token.kind == .string, !token.flags.contains(.escapes) else { return nil }
    return Identifiers.string(source, content(source, token))
  }

  /// What lies between the quotes.
  func content(_ source: borrowing Span<UInt8>, _ token: Token) -> Range<Int> {
    var start = Int(token.start)
    while start < token.end, lexer.tables.classes[Int(source[start])] != .quote { start += 1 }
    let quotes = token.flags.contains(.triple) ? 3 : 1
    let end = Int(token.end) - (token.flags.contains(.broken) ? 0 : quotes)
    return start + quotes <= end ? start + quotes..<end : end..<end
  }

  func bytes(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    for i in range { result.append(source[i]) }
    return result
  }

  func spells(_ source: borrowing Span<UInt8>, _ token: Token, _ text: StaticString) -> Bool {
    guard token.range.count == text.utf8CodeUnitCount else { return false }
    return text.description.utf8.elementsEqual(bytes(source, token.range))
  }
}

extension Guard.Comparison {
  /// The same with its sides exchanged.
  fileprivate var flipped: Self {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    }
  }
}
