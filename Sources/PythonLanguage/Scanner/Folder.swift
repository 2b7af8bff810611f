/// Folds expressions over tokens to what is known of them. Reads operators, displays, calls of
/// string methods and names; everything else is unknown.
///
/// One long file, because each kind of expression is folded in terms of all others.
struct Folder {
  let bindings: Bindings
  /// The file's own name: `__init__` or the module's.
  let isPackage: Bool
  let stem: [UInt8]
  private var depth = 0
  private var lexer = Lexer(at: 0)
  private var fieldLexer = Lexer(at: 0)
  private static let deepest = 12
  /// Names that may still be looked up for the expression at hand. Each can have several values, which
  /// name others: in `text = text + line`, assigned in ten places, every depth would be ten times the
  /// work of the one above.
  private var lookups = 0
  private static let mostLookups = 200

  init(bindings: Bindings, isPackage: Bool, stem: [UInt8]) {
    self.bindings = bindings
    self.isPackage = isPackage
    self.stem = stem
  }

  /// A range of a logical line's tokens, in the scope that they stand in.
  struct Expression {
    let tokens: [Token]
    var range: Range<Int>
    let scope: Int

    func part(_ range: Range<Int>) -> Expression {
      Expression(tokens: tokens, range: range, scope: scope)
    }
    var first: Token? { range.isEmpty ? nil : tokens[range.lowerBound] }
  }

  mutating func line(_ source: borrowing Span<UInt8>, at place: LinePlace) -> [Token] {
    lexer.position = place.offset
    lexer.line = place.line
    lexer.directives = []
    return lexer.advance(source) ? lexer.tokens : []
  }

  /// Columns of the tokens of the line that was read last.
  private func columns(_ tokens: [Token]) -> [UInt32] { tokens.map { lexer.column(of: $0) } }

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
    if let value = foldOperator(source, expression) { return value }
    return foldPostfix(source, expression)
  }

  private func withoutParentheses(_ expression: Expression) -> Range<Int> {
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

  private mutating func foldOperator(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded? {
    // `a if condition else b`
    if contains(expression, .lambda) { return .unknown }
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
      let (values, named) = operands(source, expression.part(factors[1]))
      return .oneOf(
        format.patterns.map { pattern in
          pattern.level > 0 || pattern.isHole
            ? .unknown : Pattern.percent(pattern.bytes, values, named)
        })
    }
    return split(expression, at: [.star, .slash, .at]).count > 1 ? .unknown : nil
  }

  private mutating func operands(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> ([Folded], [[UInt8]: Folded]) {
    let value: Folded
    if expression.first?.kind == .leftParen,
      closing(expression.range.lowerBound, expression) == expression.range.upperBound - 1
    {
      let inner = expression.part(
        expression.range.lowerBound + 1..<expression.range.upperBound - 1)
      let items = split(inner, at: [.comma]).filter { !$0.isEmpty }
      return (items.map { fold(source, expression.part($0)) }, [:])
    }
    value = fold(source, expression)
    if case .table(let rows) = value {
      var named: [[UInt8]: Folded] = [:]
      for row in rows {
        if let key = row.key.patterns.first { named[key.bytes] = row.value }
      }
      return ([], named)
    }
    return ([value], [:])
  }

  // MARK: Primaries and what follows them

  private mutating func foldPostfix(
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
        value = value.joined(with: foldString(source, tokens[i], scope: expression.scope))
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
      value = foldName(source, expression, i)
      // `list(x)`, `sorted(x)`, `str(x)` are what they are given.
      if i + 1 < end, tokens[i + 1].kind == .leftParen, let close = closing(i + 1, expression) {
        let arguments = split(expression.part(i + 2..<close), at: [.comma])
        let isWrapper = ["list", "sorted", "tuple", "set", "str", "reversed", "iter", "dedent"]
          .contains(Identifiers.string(source, tokens[i].range))
        value = isWrapper ? fold(source, expression.part(arguments[0])) : .unknown
        i = close
      }
      i += 1
    }
    return foldTrailers(source, expression, from: i, value)
  }

  private mutating func foldTrailers(
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
  private mutating func call(
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

  private mutating func index(
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

  // MARK: Displays and names

  private mutating func foldDisplay(
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

  private mutating func foldName(
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
  private mutating func target(
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

  private func isInBrackets(_ tokens: [Token], _ position: Int) -> Bool {
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

  // MARK: Strings

  mutating func foldString(
    _ source: borrowing Span<UInt8>, _ token: Token, scope: Int
  ) -> Folded {
    let content = Self.content(source, token)
    if token.kind == .string {
      if token.flags.contains(.bytes) { return .unknown }
      return .texts([Pattern(bytes: Escapes.unescaped(source, content, token.flags))])
    }
    var result = Folded.texts([Pattern(bytes: [])])
    var text: [UInt8] = []
    var i = content.lowerBound
    while i < content.upperBound {
      let byte = source[i]
      let next = i + 1 < content.upperBound ? source[i + 1] : 0
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), next == byte {
        text.append(byte)
        i += 2
      } else if byte == UInt8(ascii: "{") {
        var end = i + 1
        var braces = 1
        while end < content.upperBound {
          if source[end] == UInt8(ascii: "{") { braces += 1 }
          if source[end] == UInt8(ascii: "}") {
            braces -= 1
            if braces == 0 { break }
          }
          end += 1
        }
        let value = field(source, i + 1..<end, token, scope)
        result = result.joined(with: .texts([Pattern(bytes: text)])).joined(with: value)
        text = []
        i = end + 1
      } else {
        text.append(byte)
        i += 1
      }
    }
    return result.joined(with: .texts([Pattern(bytes: text)]))
  }

  /// What stands in a field; with a conversion or format it is unknown.
  private mutating func field(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ token: Token, _ scope: Int
  ) -> Folded {
    for i in range where source[i] == UInt8(ascii: "!") || source[i] == UInt8(ascii: ":") {
      return .unknown
    }
    let tokens = line(source, at: LinePlace(offset: range.lowerBound, line: token.line)).filter {
      Int($0.end) <= range.upperBound
    }
    guard let last = tokens.last, Int(last.end) <= range.upperBound else { return .unknown }
    return fold(source, Expression(tokens: tokens, range: tokens.indices, scope: scope))
  }

  static func content(_ source: borrowing Span<UInt8>, _ token: Token) -> Range<Int> {
    var start = Int(token.start)
    while start < Int(token.end), source[start] != UInt8(ascii: "\""),
      source[start] != UInt8(ascii: "'")
    {
      start += 1
    }
    let quotes = token.flags.contains(.triple) ? 3 : 1
    let end = Int(token.end) - (token.flags.contains(.broken) ? 0 : quotes)
    return start + quotes <= end ? start + quotes..<end : Int(token.end)..<Int(token.end)
  }

  static func bytes(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    for i in range { result.append(source[i]) }
    return result
  }

  // MARK: Ranges

  private func contains(_ expression: Expression, _ kind: Kind) -> Bool {
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

/// Backslashes in string literals.
enum Escapes {
  /// Simple escapes are resolved; those by number or name stay as they are, since no name of a module
  /// has them.
  static func unescaped(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ flags: LiteralShape
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = source[i]
      i += 1
      guard byte == UInt8(ascii: "\\"), !flags.contains(.raw), i < range.upperBound else {
        result.append(byte)
        continue
      }
      switch source[i] {
      case UInt8(ascii: "\n"): break
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(source[i])
      default: result += [byte, source[i]]
      }
      i += 1
    }
    return result
  }
}
