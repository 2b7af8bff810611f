import Model

/// Reads how a file calls certain functions: what the argument that matters is, as far as constants
/// say.
///
///     session.client("s3")                    # s3
///     for s in ("s3", "sqs"): client(s)       # s3, sqs
///     client(os.environ["SERVICE"])           # open
///     def make(service):
///       return boto3.client(service)          # open, and whoever calls `make` decides
struct ArgumentReader {
  private var folder: Folder
  private var facts: SourceFacts
  private let callees: [[UInt8]: [Callee]]
  /// The logical line that is read, or an expression in one of its formatted strings.
  private var tokens: [Token] = []
  private var columns: [UInt32] = []
  private var look = SourceReader.Look(
    place: LinePlace(offset: 0, line: 1), kind: .topLevel, guardIndex: nil, scope: 0)

  init(folder: Folder, facts: SourceFacts, callees: [[UInt8]: [Callee]]) {
    self.folder = folder
    self.facts = facts
    self.callees = callees
  }

  consuming func read(
    _ source: borrowing Span<UInt8>, _ looks: [SourceReader.Look]
  ) -> SourceFacts {
    for next in looks {
      look = next
      for line in folder.lines(source, at: look.place) {
        tokens = line.tokens
        columns = line.columns
        if tokens.first?.kind == .import || tokens.first?.kind == .from { continue }
        for i in tokens.indices where tokens[i].kind.isName {
          let name = Folder.bytes(source, tokens[i].range)
          for callee in callees[name] ?? ownClass(source, name, i) { read(source, callee, at: i) }
        }
      }
    }
    return facts
  }

  private mutating func read(_ source: borrowing Span<UInt8>, _ callee: Callee, at i: Int) {
    if callee.form == .constant { return readConstant(source, callee, at: i) }
    let previous = i > 0 ? tokens[i - 1].kind : .newline
    // `class S3(Store)` constructs with what its own callers give it.
    if callee.form == .found, isBase(i) { return addOpen(source, callee, i, i + 1, around: nil) }
    guard previous != .def, previous != .class else { return }
    let next = i + 1 < tokens.count ? tokens[i + 1].kind : .newline
    guard next == .leftParen, let close = folder.closing(i + 1, expression(tokens.indices)) else {
      if isMap(source, before: i) { return readMap(source, callee, i) }
      if callee.form == .found, isHandedOn(i) { addOpen(source, callee, i, i + 1, around: nil) }
      return
    }
    let arguments = folder.split(expression(i + 2..<close), at: [.comma]).filter { !$0.isEmpty }
    guard !arguments.isEmpty else {
      if callee.form == .found { add(.argument, [], at: i, [callee.name]) }
      return
    }
    guard let value = argument(source, callee, arguments) else {
      // `client(*names)`, `client(**options)`
      let isSpread = arguments.contains {
        tokens[$0.lowerBound].kind == .star || tokens[$0.lowerBound].kind == .infix
      }
      if isSpread {
        addOpen(source, callee, i, close + 1, around: nil)
      } else if callee.form == .found {
        add(.argument, [], at: i, [callee.name])
      }
      return
    }
    readValue(source, callee, value, i, close + 1)
  }

  private mutating func readValue(
    _ source: borrowing Span<UInt8>, _ callee: Callee, _ value: Range<Int>, _ i: Int, _ end: Int
  ) {
    if let parameter = parameter(source, value) {
      if let fallback = parameter.fallback {
        for pattern in fallback { add(pattern, at: i, callee) }
      }
      return addOpen(source, callee, i, end, around: parameter)
    }
    let patterns = folder.fold(source, expression(value)).patterns
    if patterns.contains(where: { $0.hasHole }), let name = constant(source, value, depth: 0) {
      for pattern in patterns { add(pattern, at: i, callee) }
      return addOpen(source, callee, i, end, around: nil, constant: name)
    }
    addPatterns(source, patterns, callee, i, end)
  }

  /// `SERVICE = "s3"`, `SERVICES: dict = {"files": "s3"}` of a module, of which each value counts.
  private mutating func readConstant(
    _ source: borrowing Span<UInt8>, _ callee: Callee, at i: Int
  ) {
    guard i == 0, look.scope == 0, tokens.count > 2,
      tokens[1].kind == .assign || tokens[1].kind == .colon,
      let equals = tokens.firstIndex(where: { $0.kind == .assign }), equals + 1 < tokens.count
    else { return }
    var values = [folder.fold(source, expression(equals + 1..<tokens.count))]
    var patterns: [Pattern] = []
    while let value = values.popLast() {
      switch value {
      case .texts(let texts): patterns += texts
      case .list(let items): values += items
      case .table(let rows): values += rows.flatMap { [$0.key, $0.value] }
      }
    }
    addPatterns(source, patterns, callee, i, tokens.count)
  }

  /// `map(session.client, NAMES)`, `pool.map(make, NAMES)`
  private mutating func readMap(_ source: borrowing Span<UInt8>, _ callee: Callee, _ i: Int) {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard i + 1 < tokens.count, tokens[i + 1].kind == .comma,
      let close = folder.closing(start - 1, expression(tokens.indices)), i + 2 < close
    else { return }
    let names = folder.fold(source, expression(i + 2..<close)).element
    addPatterns(source, names.patterns, callee, i, close + 1, written: start - 2)
  }

  private mutating func addPatterns(
    _ source: borrowing Span<UInt8>, _ patterns: [Pattern], _ callee: Callee, _ i: Int, _ end: Int,
    written: Int? = nil
  ) {
    for pattern in Set(patterns).sorted(by: { $0.order($1) }) { add(pattern, at: i, callee) }
    if patterns.contains(where: { $0.hasHole || $0.level > 0 }) {
      addOpen(source, callee, i, end, around: nil, written: written)
    }
  }

  // MARK: What stands around a name

  private func isMap(_ source: borrowing Span<UInt8>, before i: Int) -> Bool {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    return start >= 2 && tokens[start - 1].kind == .leftParen
      && folder.spells(source, tokens[start - 2], "map")
  }

  /// `partial(make, …)`, `{"s3": make}`, `f = make`: called from somewhere that is not seen.
  private func isHandedOn(_ i: Int) -> Bool {
    let next = i + 1 < tokens.count ? tokens[i + 1].kind : .newline
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard start > 0, next == .newline || next == .comma || next.closes else { return false }
    switch tokens[start - 1].kind {
    case .assign, .return: return true
    // In a header it is a parameter of that name.
    case .leftParen, .comma: return tokens[0].kind != .def && tokens[0].kind != .async
    // `Optional[Store]` is an annotation, `[make]` is a list.
    case .leftBracket: return start < 2 || !tokens[start - 2].kind.isName
    // `{"s3": make}`, not `x: Store`
    case .colon: return next == .rightBrace || isInBraces(start)
    default: return false
    }
  }

  private func isInBraces(_ i: Int) -> Bool {
    var open: [Kind] = []
    for token in tokens[..<i] {
      if token.kind.opens { open.append(token.kind) }
      if token.kind.closes { _ = open.popLast() }
    }
    return open.last == .leftBrace
  }

  private func isBase(_ i: Int) -> Bool {
    guard tokens[0].kind == .class, i > 2, tokens.count > 2, tokens[2].kind == .leftParen else {
      return false
    }
    return i < folder.closing(2, expression(tokens.indices)) ?? 0
  }

  // MARK: Arguments and parameters

  /// The argument that matters; nil where it is not given.
  private func argument(
    _ source: borrowing Span<UInt8>, _ callee: Callee, _ arguments: [Range<Int>]
  ) -> Range<Int>? {
    var position = 0
    var positional: Range<Int>?
    for argument in arguments {
      let first = argument.lowerBound
      if tokens[first].kind == .star || tokens[first].kind == .infix { return nil }
      if argument.count > 2, tokens[first].kind.isName, tokens[first + 1].kind == .assign {
        if folder.spells(source, tokens[first], callee.keyword) {
          return first + 2..<argument.upperBound
        }
        continue
      }
      if position == callee.position { positional = argument }
      position += 1
    }
    return positional
  }

  /// The function that a parameter belongs to, and where it stands there.
  private struct Parameter {
    let function: [UInt8]
    let position: Int?
    let name: [UInt8]
    /// What it is where no argument is given; nil without a default.
    let fallback: [Pattern]?
  }

  /// `cls(…)` constructs the class around it.
  private mutating func ownClass(
    _ source: borrowing Span<UInt8>, _ name: [UInt8], _ i: Int
  ) -> [Callee] {
    guard name.elementsEqual("cls".utf8), i + 1 < tokens.count, tokens[i + 1].kind == .leftParen
    else { return [] }
    var scope = look.scope
    while scope >= 0 {
      let row = folder.bindings.scopes[scope]
      if row.isClass { return className(source, row).flatMap { callees[$0] } ?? [] }
      scope = row.parent
    }
    return []
  }

  private mutating func className(
    _ source: borrowing Span<UInt8>, _ scope: Bindings.Scope
  ) -> [UInt8]? {
    guard scope.isClass, let header = scope.header else { return nil }
    let line = folder.line(source, at: header)
    guard let keyword = line.firstIndex(where: { $0.kind == .class }), keyword + 1 < line.count
    else { return nil }
    return Folder.bytes(source, line[keyword + 1].range)
  }

  /// The parameter that an expression is, where it is one that nothing else is assigned to.
  private mutating func parameter(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> Parameter? {
    guard range.count == 1, tokens[range.lowerBound].kind.isName else { return nil }
    let name = Folder.bytes(source, tokens[range.lowerBound].range)
    let found = folder.bindings.find(name, from: look.scope, source)
    guard found.count == 1, found[0].form == .parameter else { return nil }
    let scopes = folder.bindings.scopes
    let scope = scopes[Int(found[0].scope)]
    let line = folder.line(source, at: found[0].place)
    guard let keyword = line.firstIndex(where: { $0.kind == .def }), keyword + 2 < line.count,
      let open = line[keyword...].firstIndex(where: { $0.kind == .leftParen })
    else { return nil }
    let header = Folder.Expression(tokens: line, range: line.indices, scope: look.scope)
    guard let close = folder.closing(open, header) else { return nil }
    var function = Folder.bytes(source, line[keyword + 1].range)
    var position: Int? = 0
    var place: Int?
    var isFirst = true
    for part in folder.split(header.part(open + 1..<close), at: [.comma]) where !part.isEmpty {
      defer { isFirst = false }
      let first = line[part.lowerBound]
      if first.kind == .star || first.kind == .infix {
        // `*names` is no single value; behind a lone `*`, arguments are given by name.
        if part.contains(where: { line[$0].range == found[0].name }) { return nil }
        position = nil
        continue
      }
      if first.kind == .slash { continue }
      let isReceiver =
        folder.spells(source, first, "self") || folder.spells(source, first, "cls")
      if isFirst, isReceiver { continue }
      if first.range == found[0].name {
        place = part.lowerBound
        break
      }
      position = position.map { $0 + 1 }
    }
    guard place != nil else { return nil }
    // A constructor is called by its class's name.
    if function.elementsEqual("__init__".utf8), scope.parent >= 0 {
      guard let name = className(source, scopes[scope.parent]) else { return nil }
      function = name
    }
    let fallback = folder.parameter(source, line, found[0])?.patterns
    if fallback?.contains(where: { $0.hasHole || $0.level > 0 }) == true { return nil }
    return Parameter(function: function, position: position, name: name, fallback: fallback)
  }

  /// The constant of another module that an expression is, or is an element of: `INVOKER` of
  /// `config.INVOKER`, `SERVICES` of `SERVICES[kind]` and of `name` in `for name in SERVICES`.
  private mutating func constant(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, depth: Int
  ) -> [UInt8]? {
    var range = range
    guard depth < 3, var last = range.last, tokens[range.lowerBound].kind.isName else { return nil }
    // `SERVICES[kind]`, `SERVICES.values()`
    if tokens[last].kind == .rightBracket || tokens[last].kind == .rightParen {
      guard
        let open = range.first(where: {
          tokens[$0].kind.opens && folder.closing($0, expression(range)) == last
        })
      else { return nil }
      let isCall = tokens[open].kind == .leftParen
      if isCall, ![.items, .values, .keys].contains(tokens[open - 1].kind) { return nil }
      range = range.lowerBound..<open - (isCall ? 2 : 0)
      guard let end = range.last else { return nil }
      last = end
    }
    let isDotted = range.indices.allSatisfy {
      let kind = tokens[$0].kind
      return ($0 - range.lowerBound) % 2 == 0 ? kind.isName : kind == .dot
    }
    guard isDotted else { return nil }
    let name = Folder.bytes(source, tokens[range.lowerBound].range)
    if let clause = folder.comprehension(source, name, expression(tokens.indices)) {
      guard range.count == 1, let keyword = clause.first(where: { tokens[$0].kind == .in }) else {
        return nil
      }
      return constant(source, keyword + 1..<clause.upperBound, depth: depth + 1)
    }
    let found = folder.bindings.find(name, from: look.scope, source)
    if found.isEmpty {
      guard let alias = folder.bindings.alias(name, source) else {
        return range.count > 1 && !imported(name, source).isEmpty
          ? Folder.bytes(source, tokens[last].range) : nil
      }
      if range.count > 1 { return Folder.bytes(source, tokens[last].range) }
      return alias.member.map { Array(facts.bytes(facts.members[$0])) }
    }
    guard found.count == 1, range.count == 1 else { return nil }
    let outer = tokens
    defer { tokens = outer }
    tokens = folder.line(source, at: found[0].place)
    switch found[0].form {
    case .parameter: return nil
    case .assignment:
      guard let equals = tokens.firstIndex(where: { $0.kind == .assign }) else { return nil }
      return constant(source, equals + 1..<tokens.count, depth: depth + 1)
    case .loop:
      guard let keyword = tokens.firstIndex(where: { $0.kind == .in }),
        let colon = tokens.lastIndex(where: { $0.kind == .colon }), keyword < colon
      else { return nil }
      return constant(source, keyword + 1..<colon, depth: depth + 1)
    }
  }

  // MARK: Facts

  private mutating func add(_ pattern: Pattern, at i: Int, _ callee: Callee) {
    guard !pattern.hasHole, pattern.level == 0 else { return }
    add(.argument, pattern.bytes, at: i, [callee.name])
  }

  private mutating func addOpen(
    _ source: borrowing Span<UInt8>, _ callee: Callee, _ i: Int, _ end: Int,
    around parameter: Parameter?, constant: [UInt8]? = nil, written: Int? = nil
  ) {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    let receiver = imported(source, start, isWhole: start == i, depth: 0)
    var members = [callee.name, String(decoding: receiver, as: UTF8.self)]
    if let parameter {
      members.append(String(decoding: parameter.function, as: UTF8.self))
      members.append(parameter.position.map(String.init) ?? "-")
      members.append(String(decoding: parameter.name, as: UTF8.self))
    }
    if let constant { members.append(String(decoding: constant, as: UTF8.self)) }
    add(.openArgument, SourceText.line(source, tokens[(written ?? start)..<end]), at: i, members)
  }

  /// What a name was imported as, or what made its value: `flask_restful` for `api` after
  /// `from flask_restful import Api; api = Api(app)`. Empty where that is not known.
  private mutating func imported(
    _ source: borrowing Span<UInt8>, _ i: Int, isWhole: Bool, depth: Int
  ) -> [UInt8] {
    // `boto3.Session().client(…)`
    if i > 0, tokens[i - 1].kind == .dot { return [] }
    let name = Folder.bytes(source, tokens[i].range)
    let found = folder.bindings.find(name, from: look.scope, source)
    if found.isEmpty { return imported(name, source) }
    guard depth < 3, !isWhole, found.count == 1, found[0].form == .assignment else { return [] }
    let line = folder.line(source, at: found[0].place)
    guard let equals = line.firstIndex(where: { $0.kind == .assign }), equals + 1 < line.count,
      line[equals + 1].kind.isName
    else { return [] }
    let outer = tokens
    tokens = line
    defer { tokens = outer }
    return imported(source, equals + 1, isWhole: false, depth: depth + 1)
  }

  private func imported(_ name: [UInt8], _ source: borrowing Span<UInt8>) -> [UInt8] {
    if let alias = folder.bindings.alias(name, source), alias.request < facts.requests.count {
      let request = facts.requests[alias.request]
      return Array(repeating: UInt8(ascii: "."), count: Int(request.level))
        + facts.bytes(request.name)
    }
    // `import a.b` binds `a`.
    for request in facts.requests where request.form == .module {
      let first = facts.bytes(request.name).prefix { $0 != UInt8(ascii: ".") }
      if first.elementsEqual(name) { return name }
    }
    return []
  }

  private func expression(_ range: Range<Int>) -> Folder.Expression {
    Folder.Expression(tokens: tokens, range: range, scope: look.scope)
  }

  private mutating func add(
    _ form: Request.Form, _ name: [UInt8], at i: Int, _ members: [String]
  ) {
    let start = UInt32(facts.members.count)
    for member in members { facts.members.append(facts.intern(member.utf8)) }
    facts.requests.append(
      Request(
        form, kind: look.kind, guardIndex: look.guardIndex, name: facts.intern(name),
        members: start..<UInt32(facts.members.count), line: tokens[i].line, column: columns[i]))
  }
}
