import Model

/// Reads the calls of a file that import, execute, list folders or load lazily, once all of its
/// names are known.
struct CallReader {
  var folder: Folder
  var facts: SourceFacts
  private let callAliases: [[UInt8]: Kind]
  private(set) var hasLazyTable = false
  /// The logical line that is read, or an expression in one of its formatted strings.
  var tokens: [Token] = []
  var look: SourceReader.Look

  init(
    folder: Folder, facts: SourceFacts, callAliases: [[UInt8]: Kind],
    first: SourceReader.Look
  ) {
    self.folder = folder
    self.facts = facts
    self.callAliases = callAliases
    look = first
  }

  mutating func read(
    _ source: borrowing Span<UInt8>, _ looks: [SourceReader.Look]
  ) -> SourceFacts {
    for next in looks {
      look = next
      for line in folder.lines(source, at: look.place) {
        tokens = line.tokens
        columns = line.columns
        for i in tokens.indices { read(source, at: i) }
      }
    }
    return facts
  }

  var columns: [UInt32] = []

  private func kind(_ source: borrowing Span<UInt8>, _ i: Int) -> Kind {
    let kind = tokens[i].kind
    guard kind == .name, !callAliases.isEmpty else { return kind }
    return callAliases[Folder.bytes(source, tokens[i].range)] ?? kind
  }

  private mutating func read(_ source: borrowing Span<UInt8>, at i: Int) {
    let kind = kind(source, i)
    guard kind.isName, kind != .name else { return }
    let previous = i > 0 ? tokens[i - 1].kind : .newline
    guard previous != .def, previous != .class, previous != .import else { return }
    if kind == .dunderName { return readOwnName(source, at: i) }
    // `subprocess.run(…)`
    let isModule =
      kind == .subprocess && i + 2 < tokens.count && tokens[i + 1].kind == .dot
      && tokens[i + 2].kind.isName
    let open = i + (isModule ? 3 : 1)
    let close =
      open < tokens.count && tokens[open].kind == .leftParen
      ? folder.closing(open, whole) : nil
    guard let close else {
      readMention(source, at: i, kind)
      return
    }
    let arguments = folder.split(expression(open + 1..<close), at: [.comma]).filter { !$0.isEmpty }
    switch kind {
    case .importModule, .dunderImport, .findSpec:
      readImport(source, i, kind, arguments, close)
    case .exec, .eval, .compile:
      if previous != .dot, let code = arguments.first { readCode(source, code, at: i) }
    case .timeit, .timer, .repeatTimer:
      for code in arguments { readCode(source, withoutKeyword(code), at: i) }
    case .subprocess:
      readCommand(source, open + 1..<close)
    case .attach, .attachStub, .lazyModule, .lazyImport, .deferredImport:
      readLazy(source, i, kind, open + 1..<close, arguments)
    case .iterModules, .walkPackages, .listdir, .scandir, .iterdir, .iglob, .findPackages, .glob,
      .rglob, .walk, .contents:
      // Behind the path stands a prefix for names.
      let isPathFirst = kind == .iterModules || kind == .walkPackages
      readWalk(
        source, i, kind, isPathFirst ? arguments.first ?? open..<open : open + 1..<close)
    case .entryPoints, .iterEntryPoints:
      facts.marks.insert(.readsEntryPoints)
      readGroups(source, arguments, at: i)
    case .loadLibrary, .findLibrary:
      if let first = arguments.first { readLibrary(source, kind, first, at: i) }
    case .extendPath, .declareNamespace:
      facts.marks.insert(.extendsPath)
    case .stevedore:
      facts.marks.insert(.readsEntryPoints)
    default:
      break
    }
  }

  /// A name that is not called where it stands: `map(import_module, MODULES)`.
  private mutating func readMention(
    _ source: borrowing Span<UInt8>, at i: Int, _ kind: Kind
  ) {
    if kind == .stevedore { facts.marks.insert(.readsEntryPoints) }
    guard kind == .importModule || kind == .dunderImport else { return }
    facts.marks.insert(.importsDynamically)
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard start >= 2, tokens[start - 1].kind == .leftParen,
      folder.spells(source, tokens[start - 2], "map"), i + 1 < tokens.count,
      tokens[i + 1].kind == .comma, let close = folder.closing(start - 1, whole)
    else { return }
    let names = folder.fold(source, expression(i + 2..<close)).element
    add(source, names.patterns, at: i, written: start - 2..<close + 1)
  }

  // MARK: Imports by name

  private mutating func readImport(
    _ source: borrowing Span<UInt8>, _ i: Int, _ kind: Kind, _ arguments: [Range<Int>],
    _ close: Int
  ) {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    guard let first = arguments.first else { return }
    let name = withoutKeyword(first)
    if tokens[name.lowerBound].kind == .star { facts.marks.insert(.importsDynamically) }
    var patterns = folder.fold(source, expression(name)).patterns
    let isLiteral = name.count == 1 && tokens[name.lowerBound].kind == .string
    if kind == .findSpec {
      // Finders of all sorts have a method of that name: only what is certain counts.
      patterns = patterns.filter { !$0.hasHole }
    } else if !isLiteral, patterns.contains(where: \.isOpen) {
      facts.marks.insert(.importsDynamically)
    }
    if kind == .dunderImport {
      let level = self.level(source, arguments)
      if level > 0 {
        patterns = patterns.map { $0.level == 0 ? Pattern(level: level, bytes: $0.bytes) : $0 }
      }
    } else if arguments.count > 1 {
      patterns = anchored(source, patterns, withoutKeyword(arguments[1]))
    }
    if kind == .dunderImport {
      // `__import__("a.b")` gives `a`.
      let tops = patterns.filter { $0.level == 0 && !$0.hasHole }.map(\.firstComponent)
      add(source, tops.filter { !patterns.contains($0) }, at: i, written: start..<close + 1)
    }
    add(
      source, patterns, at: i, written: start..<close + 1,
      members: kind == .dunderImport ? members(source, arguments) : [])
  }

  /// The fourth argument of `__import__`, or `fromlist=`: what is no attribute of the module is
  /// imported as a submodule (`importlib._bootstrap._handle_fromlist`). What is not constant, and
  /// `"*"`, which stands for `__all__`, is a hole.
  ///
  ///     __import__("pkg.%s" % name, globals(), locals(), [attribute])
  private mutating func members(
    _ source: borrowing Span<UInt8>, _ arguments: [Range<Int>]
  ) -> [[UInt8]] {
    guard let value = argument(source, arguments, "fromlist", at: 3) else { return [] }
    if value.count == 1,
      ["None", "False", "0"].contains(Identifiers.string(source, tokens[value.lowerBound].range))
    {
      return []
    }
    let list = folder.fold(source, expression(value))
    let patterns =
      switch list {
      // `fromlist="x"` is a list of letters, for which nobody has submodules.
      case .texts(let texts): texts.filter(\.hasHole)
      case .list(let items): items.flatMap(\.patterns)
      case .table(let rows): rows.flatMap(\.key.patterns)
      }
    var names: Set<[UInt8]> = []
    for pattern in patterns {
      let name = pattern.level > 0 ? [Pattern.holeByte] : pattern.blurred.bytes
      if !name.isEmpty { names.insert(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// `import_module(".x", "a.b")` is `a.b.x`.
  private mutating func anchored(
    _ source: borrowing Span<UInt8>, _ patterns: [Pattern], _ package: Range<Int>
  ) -> [Pattern] {
    let anchors = folder.fold(source, expression(package)).patterns
    guard anchors.count == 1, anchors[0].level == 0, !anchors[0].hasHole else {
      if anchors.count == 1, anchors[0].level > 0 {
        return patterns.map { pattern in
          let dots = pattern.bytes.prefix { $0 == UInt8(ascii: ".") }.count
          guard pattern.level == 0, dots > 0 else { return pattern }
          var base = anchors[0]
          for _ in 1..<dots { base = base.withoutLastComponent }
          let tail = Pattern(bytes: [UInt8(ascii: ".")] + pattern.bytes.dropFirst(dots))
          return base.appending(tail)
        }
      }
      return patterns
    }
    return patterns.map { pattern in
      let dots = pattern.bytes.prefix { $0 == UInt8(ascii: ".") }.count
      guard pattern.level == 0, dots > 0 else { return pattern }
      var base = anchors[0]
      for _ in 1..<dots { base = base.withoutLastComponent }
      return base.appending(
        Pattern(bytes: [UInt8(ascii: ".")] + pattern.bytes.dropFirst(dots)))
    }
  }

  /// The fifth argument of `__import__`, or `level=`.
  private func level(_ source: borrowing Span<UInt8>, _ arguments: [Range<Int>]) -> Int {
    guard let value = argument(source, arguments, "level", at: 4), value.count == 1,
      tokens[value.lowerBound].kind == .number
    else { return 0 }
    return Int(Identifiers.string(source, tokens[value.lowerBound].range)) ?? 0
  }

  /// The value of an argument that may be given by position or by name.
  private func argument(
    _ source: borrowing Span<UInt8>, _ arguments: [Range<Int>], _ keyword: String, at position: Int
  ) -> Range<Int>? {
    for (index, argument) in arguments.enumerated() {
      let value = withoutKeyword(argument)
      let isMeant =
        value.lowerBound > argument.lowerBound
        ? folder.spells(source, tokens[argument.lowerBound], keyword) : index == position
      if isMeant { return value }
    }
    return nil
  }

  private mutating func add(
    _ source: borrowing Span<UInt8>, _ patterns: [Pattern], at i: Int, written: Range<Int>,
    members: [[UInt8]] = []
  ) {
    var blindLevel: Int?
    let known = Set(patterns.map { $0.isOpen ? $0.blurred : $0 })
    for pattern in known.sorted(by: { $0.order($1) }) {
      let (level, name) = pattern.request
      let isAllHole = name.allSatisfy { $0 == Pattern.holeByte || $0 == UInt8(ascii: ".") }
      if name.isEmpty, level == 0 { continue }
      if !pattern.hasHole {
        let first = UInt32(facts.members.count)
        for member in members { facts.members.append(facts.intern(member)) }
        append(
          .dynamic, name, level: level, at: i, members: first..<UInt32(facts.members.count))
      } else if isAllHole || (level == 0 && !name.contains(UInt8(ascii: "."))) {
        blindLevel = max(blindLevel ?? 0, level)
        // `f"handler_{name}"`: top-level modules.
        if name.prefix(while: { $0 != Pattern.holeByte && $0 != Pattern.askedByte }).count > 2 {
          append(.template, name, level: level, at: i)
        }
      } else if level == 0, name.first == Pattern.holeByte || name.first == Pattern.askedByte {
        blindLevel = max(blindLevel ?? 0, 0)
        // `"%s.models" % app`: of whatever package, that module.
        if name.count > 2, name[1] == UInt8(ascii: "."), !name.dropFirst().contains(name[0]) {
          append(.template, name, at: i)
        }
      } else {
        let first = UInt32(facts.members.count)
        facts.members.append(facts.intern(SourceText.line(source, tokens[written])))
        append(.template, name, level: level, at: i, members: first..<first + 1)
        for member in members {
          append(.template, name + [UInt8(ascii: ".")] + member, level: level, at: i)
        }
      }
    }
    if let blindLevel {
      append(.blind, SourceText.line(source, tokens[written]), level: blindLevel, at: i)
    }
  }

  // MARK: Code in strings

  private mutating func readCode(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, at i: Int
  ) {
    guard !range.isEmpty else { return }
    for pattern in folder.fold(source, expression(range)).patterns where pattern.level == 0 {
      readCode(pattern.bytes, at: i)
    }
  }

  private mutating func readCode(_ code: [UInt8], at i: Int) {
    guard code.count > 7, code.count < 1 << 20 else { return }
    var reader = SourceReader(at: 0, depth: .imports, name: "")
    let inner = reader.read(code.span)
    for request in inner.requests {
      guard [.module, .member, .wildcard].contains(request.form) else { continue }
      let name = inner.bytes(request.name)
      guard !name.contains(Pattern.holeByte) else { continue }
      let first = UInt32(facts.members.count)
      for member in request.members {
        facts.members.append(facts.intern(inner.bytes(inner.members[Int(member)])))
      }
      append(
        .code, Array(name), level: Int(request.level), at: i,
        members: first..<UInt32(facts.members.count))
    }
  }

  /// `subprocess.run([sys.executable, "-c", "import x"])`
  private mutating func readCommand(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    for i in range where i + 2 < range.upperBound && tokens[i].kind == .string {
      guard tokens[i + 1].kind == .comma,
        Folder.bytes(source, Folder.content(source, tokens[i])).elementsEqual("-c".utf8)
      else { continue }
      var end = i + 2
      var brackets = 0
      while end < range.upperBound {
        if tokens[end].kind.opens { brackets += 1 }
        if tokens[end].kind.closes { brackets -= 1 }
        if brackets < 0 || brackets == 0 && tokens[end].kind == .comma { break }
        end += 1
      }
      readCode(source, i + 2..<end, at: i + 2)
    }
  }

  // MARK: Lazy loaders

  /// `lazy_loader.attach(__name__, …)`, `_LazyModule(__name__, …)`, `LazyLoader("x", globals(), "a.x")`
  private mutating func readLazy(
    _ source: borrowing Span<UInt8>, _ i: Int, _ kind: Kind, _ range: Range<Int>,
    _ arguments: [Range<Int>]
  ) {
    if range.contains(where: { tokens[$0].kind == .dunderName }) {
      hasLazyTable = true
      if kind == .attachStub { facts.marks.insert(.readsStubs) }
      return
    }
    guard kind == .lazyImport || kind == .deferredImport else { return }
    for argument in arguments {
      for pattern in folder.fold(source, expression(withoutKeyword(argument))).patterns {
        let (level, name) = pattern.request
        if pattern.hasHole || name.isEmpty { continue }
        append(.lazyName, name, level: level, at: i)
      }
    }
  }

  // MARK: Folders

  private mutating func readWalk(
    _ source: borrowing Span<UInt8>, _ i: Int, _ kind: Kind, _ arguments: Range<Int>
  ) {
    let owner = i >= 2 && tokens[i - 1].kind == .dot ? tokens[i - 2] : nil
    switch kind {
    case .walk:
      guard owner?.kind == .os else { return }
    case .contents:
      guard let owner, folder.spells(source, owner, "resources") else { return }
    default:
      break
    }
    if kind == .iterModules || kind == .walkPackages, isWholePath(arguments) {
      facts.marks.insert(.listsTopModules)
    }
    facts.marks.insert(.walksFolders)
    switch kind {
    case .iterModules, .walkPackages, .findPackages: facts.marks.insert(.listsModules)
    case .walk: break
    default: facts.marks.insert(.listsFolders)
    }
    var range = arguments
    let isMethod = kind == .iterdir || kind == .rglob || (kind == .glob && owner?.kind != .glob)
    if isMethod, i >= 2 {
      range = receiver(before: i - 1)
    }
    guard let folder = folderOf(source, expression(range), 0) else { return }
    let isOwn = folder.level == 1 && folder.name.isEmpty
    append(.walk, folder.name, level: isOwn ? 0 : folder.level, at: i)
  }

  /// The tokens of `x` in `x.iterdir()`.
  private func receiver(before dot: Int) -> Range<Int> {
    var start = dot
    var brackets = 0
    while start > 0 {
      let kind = tokens[start - 1].kind
      if kind.closes { brackets += 1 }
      if kind.opens {
        brackets -= 1
        if brackets < 0 { break }
      }
      if brackets == 0, kind == .in || kind == .assign || kind == .comma || kind == .return {
        break
      }
      start -= 1
    }
    return start..<dot
  }

  /// The package whose folder an expression names: from `__file__`, `__path__`, or those of a module
  /// that was imported.
  private mutating func folderOf(
    _ source: borrowing Span<UInt8>, _ expression: Folder.Expression, _ depth: Int
  ) -> (level: Int, name: [UInt8])? {
    guard depth < 4 else { return nil }
    let tokens = expression.tokens
    var base: (level: Int, name: [UInt8])?
    var ups = 0
    var parts: [[UInt8]] = []
    for i in expression.range {
      switch tokens[i].kind {
      case .dunderFile, .dunderPath:
        let isFile = tokens[i].kind == .dunderFile
        if i > expression.range.lowerBound, tokens[i - 1].kind == .dot {
          base = module(source, tokens, before: i - 1)
          if isFile { ups -= 1 }
        } else {
          base = (1, [])
          if isFile { ups -= 1 }
        }
      case .dirname, .parent: ups += 1
      case .readsResource where base == nil:
        // `files("a.b")`, `files(__package__)`
        guard i + 2 < expression.range.upperBound, tokens[i + 1].kind == .leftParen else { break }
        let argument = folder.fold(source, expression.part(i + 2..<i + 3)).patterns
        if argument.count == 1, !argument[0].hasHole {
          base = (argument[0].level, argument[0].bytes)
        }
      case .string
      where i >= 2 && tokens[i - 1].kind == .leftParen && tokens[i - 2].kind == .readsResource:
        break
      case .string:
        let text = Folder.bytes(source, Folder.content(source, tokens[i]))
        if text.elementsEqual("..".utf8) {
          ups += 1
        } else if tokens[i].flags.contains(.plain), text.first != UInt8(ascii: ".") {
          parts.append(text.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 })
        }
      case .name where base == nil:
        let name = Folder.bytes(source, tokens[i].range)
        let found = folder.bindings.find(name, from: expression.scope, source)
        guard found.count == 1, found[0].form == .assignment else { continue }
        let line = folder.line(source, at: found[0].place)
        guard let equals = line.firstIndex(where: { $0.kind == .assign }) else { continue }
        base = folderOf(
          source,
          Folder.Expression(
            tokens: line, range: equals + 1..<line.count, scope: Int(found[0].scope)),
          depth + 1)
      default: break
      }
    }
    guard var base else { return nil }
    if base.level > 0, base.name.isEmpty {
      base.level += max(0, ups)
    } else {
      for _ in 0..<max(0, ups) {
        base.name = Pattern(bytes: base.name).withoutLastComponent.bytes
      }
    }
    for part in parts {
      if !base.name.isEmpty { base.name.append(UInt8(ascii: ".")) }
      base.name += part
    }
    return base
  }

  /// `plugins` of `plugins.__path__`, as the import that bound the name has it.
  private func module(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], before dot: Int
  ) -> (level: Int, name: [UInt8])? {
    var start = dot - 1
    guard start >= 0, tokens[start].kind.isName else { return nil }
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    let first = Folder.bytes(source, tokens[start].range)
    var rest: [UInt8] = []
    for i in start + 1..<dot { rest += Folder.bytes(source, tokens[i].range) }
    guard let alias = folder.bindings.alias(first, source), alias.request < facts.requests.count
    else { return (0, first + rest) }
    let request = facts.requests[alias.request]
    var name = Array(facts.bytes(request.name))
    if let member = alias.member, member < facts.members.count {
      if !name.isEmpty { name.append(UInt8(ascii: ".")) }
      name += facts.bytes(facts.members[member])
    }
    return (Int(request.level), name + rest)
  }

  // MARK: Parts

  var whole: Folder.Expression { expression(tokens.indices) }

  func expression(_ range: Range<Int>) -> Folder.Expression {
    Folder.Expression(tokens: tokens, range: range, scope: look.scope)
  }

  /// `name="x"` without `name=`
  func withoutKeyword(_ range: Range<Int>) -> Range<Int> {
    guard range.count > 2, tokens[range.lowerBound].kind.isName,
      tokens[range.lowerBound + 1].kind == .assign
    else { return range }
    return range.lowerBound + 2..<range.upperBound
  }

  mutating func append(
    _ form: Request.Form, _ name: [UInt8], level: Int = 0, at i: Int,
    members: Range<UInt32> = 0..<0
  ) {
    facts.requests.append(
      Request(
        form, kind: look.kind, level: UInt16(clamping: level), guardIndex: look.guardIndex,
        name: facts.intern(name), members: members, line: tokens[i].line, column: columns[i]))
  }
}

extension Pattern {
  /// By level, then by bytes.
  func order(_ other: Pattern) -> Bool {
    level != other.level
      ? level < other.level : bytes.lexicographicallyPrecedes(other.bytes)
  }
}
