/// Folds expressions over tokens to what is known of them. Reads operators, displays, calls of
/// string methods and names; everything else is unknown.
struct Folder {
  /// The file's own name: `__init__` or the module's.
  let isPackage: Bool
  let stem: [UInt8]
  var depth = 0
  var lexer = Lexer(at: 0)
  var fieldLexer = Lexer(at: 0)
  static let deepest = 12
  /// Names that may still be looked up for the expression at hand. Each can have several values, which
  /// name others: in `text = text + line`, assigned in ten places, every depth would be ten times the
  /// work of the one above.
  var lookups = 0
  static let mostLookups = 200
  /// What is being folded, by its offset: where it leads back to itself, it is unknown.
  var current: Set<Int> = []
  /// Whether the value that is being folded is kept, so that an iterator or a view in it may be asked
  /// after its list has changed: `names = iter(LIST)`.
  var isKept = false
  /// Where the source begins, behind a byte order mark.
  let start: Int
  /// Read once a name is asked for.
  private var known: Scopes?
  /// Variables that functions of the file change which are given them.
  var givenAway: Set<Scopes.Variable>?

  init(isPackage: Bool, stem: [UInt8], start: Int, scopes: Scopes?) {
    known = scopes
    self.isPackage = isPackage
    self.stem = stem
    self.start = start
  }

  mutating func scopes(_ source: borrowing Span<UInt8>) -> Scopes {
    if let known { return known }
    let read = ScopeReader(at: start).read(source)
    known = read
    return read
  }

  /// A range of a logical line's tokens.
  struct Expression {
    let tokens: [Token]
    var range: Range<Int>

    func part(_ range: Range<Int>) -> Expression { Expression(tokens: tokens, range: range) }
    var first: Token? { range.isEmpty ? nil : tokens[range.lowerBound] }
  }

  mutating func line(_ source: borrowing Span<UInt8>, at place: LinePlace) -> [Token] {
    lexer.position = place.offset
    lexer.line = place.line
    lexer.directives = []
    return lexer.advance(source) ? lexer.tokens : []
  }

  /// Columns of the tokens of the line that was read last.
  func columns(_ tokens: [Token]) -> [UInt32] { tokens.map { lexer.column(of: $0) } }

  /// What is read as a line: a logical line, or an expression in a formatted string.
  struct Line {
    let tokens: [Token]
    let columns: [UInt32]
  }

  /// The logical line at a place, and the expressions in its formatted strings.
  ///
  ///     print(f"{load('a.b')}", name)    # print(…, name)   load('a.b')
  mutating func lines(_ source: borrowing Span<UInt8>, at place: LinePlace) -> [Line] {
    let tokens = line(source, at: place)
    // Reading names elsewhere moves the lexer on, and with it what it knows of columns.
    var lines = [Line(tokens: tokens, columns: columns(tokens))]
    for token in tokens where token.kind == .formattedString {
      for field in fieldLexer.fields(source, of: token) {
        let inner = fieldLexer.fieldTokens(source, field)
        if !inner.isEmpty { lines.append(Line(tokens: inner, columns: columns(inner))) }
      }
    }
    return lines
  }

  mutating func fold(_ source: borrowing Span<UInt8>, _ expression: Expression) -> Folded {
    guard depth < Self.deepest, !expression.range.isEmpty else { return .unknown }
    if depth == 0 { lookups = Self.mostLookups }
    depth += 1
    defer { depth -= 1 }
    var expression = expression
    expression.range = withoutParentheses(expression)
    guard !expression.range.isEmpty else { return .list([]) }
    if contains(expression, .lambda) { return .unknown }
    if contains(expression, .for) { return foldComprehension(source, expression) }
    // `"a", "b"`
    if contains(expression, .comma) { return foldItems(source, expression) }
    if let value = foldOperator(source, expression) { return value }
    return foldPostfix(source, expression)
  }

  func withoutParentheses(_ expression: Expression) -> Range<Int> {
    var range = expression.range
    while let first = range.first, let last = range.last, first < last,
      expression.tokens[first].kind == .leftParen,
      closing(first, expression.part(range)) == last,
      split(expression.part(first + 1..<last), at: [.comma]).count == 1,
      !contains(expression.part(first + 1..<last), .for)
    {
      range = first + 1..<last
    }
    return range
  }

  // MARK: Operators

  mutating func foldOperator(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded? {
    // `a if condition else b`
    let sides = split(expression, at: [.walrus])
    if sides.count == 2 { return fold(source, expression.part(sides[1])) }
    let branches = split(expression, at: [.if, .else])
    if branches.count == 3 {
      return .oneOf([
        fold(source, expression.part(branches[0])), fold(source, expression.part(branches[2])),
      ])
    }
    let choices = split(expression, at: [.or])
    if choices.count > 1 { return .oneOf(choices.map { fold(source, expression.part($0)) }) }
    if split(expression, at: [.and, .not, .in, .is, .infix, .walrus, .await]).count > 1 {
      return .unknown
    }
    let terms = split(expression, at: [.sign])
    if terms.count > 1 {
      return terms.dropFirst().reduce(fold(source, expression.part(terms[0]))) {
        $0.joined(with: fold(source, expression.part($1)))
      }
    }
    let factors = split(expression, at: [.percent])
    if factors.count == 2 {
      let format = fold(source, expression.part(factors[0]))
      let given = operands(source, expression.part(factors[1]))
      return .oneOf(
        format.patterns.map { pattern in
          pattern.level > 0 || pattern.isHole
            ? .unknown : Pattern.percent(pattern.bytes, given.values, given.named)
        })
    }
    return split(expression, at: [.star, .slash, .at]).count > 1 ? .unknown : nil
  }

  mutating func foldPostfix(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded {
    let tokens = expression.tokens
    var i = expression.range.lowerBound
    let end = expression.range.upperBound
    var value: Folded
    switch tokens[i].kind {
    case .string, .formattedString:
      value = .texts([Pattern(bytes: [])])
      while i < end, tokens[i].kind.isString {
        value = value.joined(with: foldString(source, tokens[i]))
        i += 1
      }
    case .leftParen, .leftBracket, .leftBrace:
      guard let close = closing(i, expression) else { return .unknown }
      value = foldDisplay(source, expression.part(i..<close + 1))
      i = close + 1
    case .dunderName:
      value = .texts([Pattern(level: 1, bytes: isPackage ? [] : stem)])
      i += 1
    case .dunderPackage:
      value = .texts([Pattern(level: 1, bytes: [])])
      i += 1
    case .dunderSpec:
      guard i + 2 < end, tokens[i + 1].kind == .dot else { return .unknown }
      value = .texts([
        spells(source, tokens[i + 2], "parent")
          ? Pattern(level: 1, bytes: [])
          : spells(source, tokens[i + 2], "name")
            ? Pattern(level: 1, bytes: isPackage ? [] : stem) : .hole
      ])
      i += 3
    default:
      guard tokens[i].kind.isName else { return .unknown }
      if i + 1 < end, tokens[i + 1].kind == .leftParen, let close = closing(i + 1, expression) {
        value = foldCall(source, tokens[i], expression.part(i + 2..<close))
        i = close
      } else if isKept, i + 3 < end, tokens[i + 1].kind == .dot, tokens[i + 3].kind == .leftParen,
        [.keys, .values, .items].contains(tokens[i + 2].kind)
      {
        // A view shows what is in the dictionary when it is asked.
        value = foldShared(source, expression.part(i..<i + 1))
      } else if let (name, last) = foldModuleName(source, expression, at: i) {
        value = name
        i = last
      } else if i + 2 < end, tokens[i + 1].kind == .dot, tokens[i + 2].kind.isName,
        i + 3 == end || tokens[i + 3].kind != .leftParen,
        let attribute = foldAttribute(source, of: tokens[i], tokens[i + 2])
      {
        value = attribute
        i += 2
      } else {
        value = foldName(source, tokens[i])
      }
      i += 1
    }
    return foldTrailers(source, expression, from: i, value)
  }

  // MARK: Ranges

  func contains(_ expression: Expression, _ kind: Kind) -> Bool {
    split(expression, at: [kind]).count > 1
  }

  /// The parts between tokens of these kinds outside brackets.
  func split(_ expression: Expression, at kinds: Set<Kind>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = expression.range.lowerBound
    var brackets = 0
    for i in expression.range {
      let kind = expression.tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      if brackets == 0, kinds.contains(kind) {
        parts.append(start..<i)
        start = i + 1
      }
    }
    parts.append(start..<expression.range.upperBound)
    return parts
  }

  func closing(_ opener: Int, _ expression: Expression) -> Int? {
    var brackets = 0
    for i in opener..<expression.range.upperBound {
      let kind = expression.tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes {
        brackets -= 1
        if brackets == 0 { return i }
      }
    }
    return nil
  }

  func spells(_ source: borrowing Span<UInt8>, _ token: Token, _ text: String) -> Bool {
    guard token.range.count == text.utf8.count else { return false }
    return Self.bytes(source, token.range).elementsEqual(text.utf8)
  }
}
