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
  var folder: Folder
  var facts: SourceFacts
  let aliases: Aliases
  let callees: [[UInt8]: [Callee]]
  /// The logical line that is read, or an expression in one of its formatted strings.
  var tokens: [Token] = []
  private var columns: [UInt32] = []
  /// Where `boto3` of `getattr(boto3, "client")` stands, while that is read.
  var gotten: Int?
  var look = SourceReader.Look(
    place: LinePlace(offset: 0, line: 1), kind: .topLevel, guardIndex: nil)

  init(folder: Folder, facts: SourceFacts, aliases: Aliases, callees: [[UInt8]: [Callee]]) {
    self.folder = folder
    self.facts = facts
    self.aliases = aliases
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
          if name.elementsEqual("getattr".utf8) { readGetattr(source, at: i) }
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
      return readMention(source, callee, at: i)
    }
    readCall(source, callee, at: i, open: i + 1, close: close)
  }

  /// `client("s3")`, where the brackets are known.
  mutating func readCall(
    _ source: borrowing Span<UInt8>, _ callee: Callee, at i: Int, open: Int, close: Int
  ) {
    let arguments = folder.split(expression(open + 1..<close), at: [.comma]).filter { !$0.isEmpty }
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

  mutating func readValue(
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
    guard i + 2 < tokens.count, isModuleConstant(source, at: i),
      tokens[i + 1].kind == .assign || tokens[i + 1].kind == .colon,
      let equals = tokens.firstIndex(where: { $0.kind == .assign }), equals + 1 < tokens.count
    else { return }
    var values = [folder.fold(source, expression(equals + 1..<tokens.count))]
    var patterns: [Pattern] = []
    while let value = values.popLast() {
      switch value {
      case .texts(let texts): patterns += texts
      case .list(let items, let more): values += items + more
      case .table(let rows): values += rows.flatMap { [$0.key, $0.value] }
      }
    }
    addPatterns(source, patterns, callee, i, tokens.count)
  }

  mutating func addPatterns(
    _ source: borrowing Span<UInt8>, _ patterns: [Pattern], _ callee: Callee, _ i: Int, _ end: Int,
    written: Int? = nil
  ) {
    for pattern in Set(patterns).sorted(by: { $0.order($1) }) { add(pattern, at: i, callee) }
    if patterns.contains(where: { $0.hasHole || $0.level > 0 }) {
      addOpen(source, callee, i, end, around: nil, written: written)
    }
  }

  // MARK: Facts

  mutating func add(_ pattern: Pattern, at i: Int, _ callee: Callee) {
    guard !pattern.hasHole, pattern.level == 0 else { return }
    add(.argument, pattern.bytes, at: i, [callee.name])
  }

  mutating func addOpen(
    _ source: borrowing Span<UInt8>, _ callee: Callee, _ i: Int, _ end: Int,
    around parameter: Parameter?, constant: [UInt8]? = nil, written: Int? = nil
  ) {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    let receiver =
      gotten.map { imported(source, $0, isWhole: false, depth: 0) }
      ?? imported(source, start, isWhole: start == i, depth: 0)
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
  mutating func imported(
    _ source: borrowing Span<UInt8>, _ i: Int, isWhole: Bool, depth: Int
  ) -> [UInt8] {
    // `boto3.Session().client(…)`
    if i > 0, tokens[i - 1].kind == .dot { return [] }
    let found = folder.definitions(source, of: tokens[i])
    if found.isEmpty { return imported(Folder.bytes(source, tokens[i].range), source) }
    guard depth < 3, !isWhole, let value = folder.assigned(source, to: tokens[i]),
      let first = value.first, first.kind.isName
    else { return [] }
    let outer = tokens
    tokens = value.tokens
    defer { tokens = outer }
    return imported(source, value.range.lowerBound, isWhole: false, depth: depth + 1)
  }

  func imported(_ name: [UInt8], _ source: borrowing Span<UInt8>) -> [UInt8] {
    if let alias = aliases.find(name, source), alias.request < facts.requests.count {
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

  func expression(_ range: Range<Int>) -> Folder.Expression {
    Folder.Expression(tokens: tokens, range: range)
  }

  mutating func add(
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
