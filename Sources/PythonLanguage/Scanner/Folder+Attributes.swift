/// Attributes of classes that the file defines.
extension Folder {
  /// `Backend.name`: what the class's body binds it to, where nothing in the file assigns an attribute of
  /// that name or changes attributes by their names. A decorator may return anything, so that what is
  /// decorated is not followed; with bases, whose metaclass may answer instead, it may be something else.
  ///
  ///     class Backend:
  ///         name = "mailer"
  ///     import_module("jobs." + Backend.name)
  ///
  /// - Returns: nil where the name before the dot is no class of the file.
  mutating func foldAttribute(
    _ source: borrowing Span<UInt8>, of owner: Token, _ attribute: Token
  ) -> Folded? {
    let scopes = scopes(source)
    let use = Int(owner.start)
    guard lookups > 0,
      let variable = scopes.variable(Word(source, owner.range), at: use, source)
    else { return nil }
    let steps = scopes.steps(to: variable, at: use, isShared: false, source)
    guard steps.count == 1, let event = steps.first?.event, event.form == .classed,
      let scope = scopes.scopes.firstIndex(where: {
        $0.form == .class && $0.name == event.name
      })
    else { return nil }
    let row = scopes.scopes[scope]
    let name = Word(source, attribute.range)
    guard !row.isDecorated, let end = row.range.last, !scopes.assignsAttribute(name, source),
      scopes.variable(name, at: row.range.lowerBound, source)
        == Scopes.Variable(name: name, scope: scope)
    else { return .unknown }
    lookups -= 1
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else { return .unknown }
    let value = value(source, of: Scopes.Variable(name: name, scope: scope), at: end)
    // Lists and dictionaries can be changed by whoever reads them.
    if value.isCollection { return .unknown }
    return row.hasBases ? .oneOf([value, .unknown]) : value
  }
}

extension Folder {
  /// `steps.__name__`, `shop.steps.__name__`: what an import has bound, by its name, with the position of
  /// that; nil where it is anything else.
  ///
  ///     from shop import steps
  ///     for module in pkgutil.iter_modules(steps.__path__):
  ///         import_module(f"{steps.__name__}.{module.name}")
  mutating func foldModuleName(
    _ source: borrowing Span<UInt8>, _ expression: Expression, at start: Int
  ) -> (name: Folded, last: Int)? {
    let tokens = expression.tokens
    var last = start
    while last + 2 < expression.range.upperBound, tokens[last + 1].kind == .dot,
      tokens[last + 2].kind == .name
    {
      last += 2
    }
    guard lookups > 0, last + 2 < expression.range.upperBound, tokens[last + 1].kind == .dot,
      tokens[last + 2].kind == .dunderName
    else { return nil }
    let scopes = scopes(source)
    let use = Int(tokens[start].start)
    guard let variable = scopes.variable(Word(source, tokens[start].range), at: use, source)
    else { return nil }
    let steps = scopes.steps(to: variable, at: use, isShared: false, source)
    guard !steps.isEmpty, steps.allSatisfy({ $0.event.form == .imported }) else { return nil }
    lookups -= 1
    let chain = stride(from: start, through: last, by: 2).map {
      Folder.bytes(source, tokens[$0].range)
    }
    var names: [Pattern] = []
    for step in steps {
      guard let bound = importedNames(source, step.event, chain) else { return nil }
      names += bound
    }
    return (.texts(names), last + 2)
  }

  /// What `__name__` says of what one import has bound, and of attributes of it. What `from a import b`
  /// gives is a module `a.b`, or a function or class `b`.
  private mutating func importedNames(
    _ source: borrowing Span<UInt8>, _ event: Scopes.Event, _ chain: [[UInt8]]
  ) -> [Pattern]? {
    guard let (tokens, name) = tokens(source, of: event),
      let keyword = tokens[...name].lastIndex(where: { $0.kind == .import })
    else { return nil }
    let rest = chain.dropFirst().flatMap { [UInt8(ascii: ".")] + $0 }
    let whole = Expression(tokens: tokens, range: tokens.indices)
    guard
      let part = split(whole.part(keyword + 1..<tokens.count), at: [.comma, .semicolon])
        .first(where: { $0.contains(name) })
    else { return nil }
    let from = tokens[..<keyword].lastIndex { $0.kind == .from || $0.kind == .semicolon }
    guard let from, tokens[from].kind == .from else {
      // `import a.b` binds `a`, `import a.b as c` what it names.
      let names = part.filter { tokens[$0].kind.isName && tokens[$0].kind != .as }
      let isRenamed = part.contains { tokens[$0].kind == .as }
      guard let first = names.first, let last = names.last, !isRenamed || names.count > 1 else {
        return nil
      }
      let end = isRenamed ? names[names.count - 2] : first
      let module = Self.text(source, tokens, first..<end + 1) + rest
      // Of `import a.b`, `a.b` is a module, and `a.c` whatever `a` has.
      let isModule =
        chain.count == 1 || !isRenamed && module == Self.text(source, tokens, first..<last + 1)
      return [Pattern(bytes: module)] + (isModule ? [] : [Pattern(bytes: chain[chain.count - 1])])
    }
    let dots = tokens[from + 1..<keyword].prefix { $0.kind == .dot || $0.kind == .ellipsis }
    let level = dots.reduce(0) { $0 + ($1.kind == .dot ? 1 : 3) }
    var members = part
    while let first = members.first, tokens[first].kind == .leftParen { members.removeFirst() }
    guard let member = members.first else { return nil }
    let own = Self.bytes(source, tokens[member].range)
    let package = Self.text(source, tokens, from + 1 + dots.count..<keyword)
    let module = package.isEmpty ? own : package + [UInt8(ascii: ".")] + own
    return [
      Pattern(level: level, bytes: module + rest),
      Pattern(bytes: chain.count > 1 ? chain[chain.count - 1] : own),
    ]
  }

  private static func text(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], _ range: Range<Int>
  ) -> [UInt8] {
    var result: [UInt8] = []
    for i in range { result += bytes(source, tokens[i].range) }
    return result
  }
}

extension Scopes {
  /// Whether the file assigns an attribute of that name to anything, or one whose name it computes.
  func assignsAttribute(_ name: Word, _ source: borrowing Span<UInt8>) -> Bool {
    let hash = Self.hash(name.bytes.span, name.bytes.indices)
    return events.contains { event in
      switch event.form {
      case .attribute:
        event.name.isEmpty
          || event.hash == hash && Folder.bytes(source, event.name) == name.bytes
      case .executed: event.name.isEmpty || Bytes.contains(source, event.name, name.bytes)
      default: false
      }
    }
  }
}
