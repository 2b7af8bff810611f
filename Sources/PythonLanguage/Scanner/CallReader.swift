import Model

/// Reads the calls of a file that import, execute, list folders or load lazily, once all of its
/// names are known.
struct CallReader {
  var folder: Folder
  var facts: SourceFacts
  let aliases: Aliases
  let callAliases: [[UInt8]: Kind]
  /// `repeat` and `Timer` are mostly something else.
  private let importsTimeit: Bool
  var hasLazyTable = false
  /// The logical line that is read, or an expression in one of its formatted strings.
  var tokens: [Token] = []
  var look: SourceReader.Look

  init(
    folder: Folder, facts: SourceFacts, aliases: Aliases, callAliases: [[UInt8]: Kind],
    first: SourceReader.Look
  ) {
    self.folder = folder
    self.facts = facts
    self.aliases = aliases
    self.callAliases = callAliases
    look = first
    importsTimeit = facts.requests.contains {
      ($0.form == .module || $0.form == .member)
        && facts.bytes($0.name).elementsEqual("timeit".utf8)
    }
  }

  mutating func read(
    _ source: borrowing Span<UInt8>, _ looks: [SourceReader.Look]
  ) -> SourceFacts {
    for next in looks {
      look = next
      for line in folder.lines(source, at: look.place) {
        setLine(source, line)
        for i in tokens.indices { read(source, at: i) }
      }
    }
    return facts
  }

  var columns: [UInt32] = []

  /// `getattr(importlib, "import_module")(x)` is read as `import_module(x)`.
  private mutating func setLine(_ source: borrowing Span<UInt8>, _ line: Folder.Line) {
    tokens = line.tokens
    columns = line.columns
    let named = ImportersByName(source, line.tokens) { source, name in
      folder.fold(source, Folder.Expression(tokens: line.tokens, range: name)).patterns.contains {
        $0.hasHole || $0.bytes.elementsEqual("import_module".utf8)
      }
    }
    if !named.places.isEmpty {
      (tokens, columns) = named.applied(to: tokens, columns: columns)
    }
  }

  func kind(_ source: borrowing Span<UInt8>, _ i: Int) -> Kind {
    let kind = tokens[i].kind
    guard kind.isName, !callAliases.isEmpty else { return kind }
    return callAliases[Folder.bytes(source, tokens[i].range)] ?? kind
  }

  mutating func read(_ source: borrowing Span<UInt8>, at i: Int) {
    let kind = kind(source, i)
    guard kind.isName, kind != .name else { return }
    let previous = i > 0 ? tokens[i - 1].kind : .newline
    guard previous != .def, previous != .class, previous != .import else { return }
    if kind == .dunderName { return readOwnName(source, at: i) }
    if kind == .path { return readPlaces(source, at: i) }
    if kind == .dunderPath {
      if givesOwnPath(source, at: i) {
        facts.marks.insert(.walksFolders)
        append(.walk, [], at: i)
      }
      return
    }
    facts.marks.formUnion(kind.marks)
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
    case .importObject:
      if importsObjects(source, i) { readObject(source, i, arguments, close) }
    case .exec, .eval, .compile:
      if previous != .dot, let code = arguments.first { readCode(source, code, at: i) }
    case .timeit, .timer, .repeatTimer:
      if importsTimeit {
        for code in arguments { readCode(source, withoutKeyword(code), at: i) }
      }
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
    case .addSiteDirectory:
      if let place = arguments.first { readPlace(source, place, at: i) }
    case .extendPath, .declareNamespace:
      facts.marks.insert(.extendsPath)
    case .stevedore:
      facts.marks.insert(.readsEntryPoints)
    case .readsResource:
      if let package = arguments.first, tokens[package.lowerBound].kind == .name,
        withoutKeyword(package) == package
      {
        facts.marks.insert(.readsResources)
      }
    default:
      break
    }
  }

  /// A name that is not called where it stands: `map(import_module, MODULES)`.
  mutating func readMention(
    _ source: borrowing Span<UInt8>, at i: Int, _ kind: Kind
  ) {
    if kind == .stevedore { facts.marks.insert(.readsEntryPoints) }
    guard kind == .importModule || kind == .dunderImport else { return }
    facts.marks.insert(.importsDynamically)
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot { start -= 2 }
    guard start >= 2, tokens[start - 1].kind == .leftParen, i + 1 < tokens.count,
      tokens[i + 1].kind == .comma, let close = folder.closing(start - 1, whole)
    else { return readElement(source, start, at: i) }
    let written = start - 2..<close + 1
    switch Identifiers.string(source, tokens[start - 2].range) {
    case "map":
      let names = folder.foldShared(source, expression(i + 2..<close)).element
      var patterns = names.patterns
      if let package = boundPackage(source, i) {
        patterns = anchored(patterns, folder.fold(source, package).patterns)
      }
      add(source, patterns, at: i, written: written)
    case "partial", "submit", "to_thread":
      let arguments = folder.split(expression(i + 2..<close), at: [.comma]).filter { !$0.isEmpty }
      readHandedOn(source, arguments, kind, at: i, written: written)
    default: break
    }
  }

  /// `[import_module, load]`, `{"module": import_module}`: whoever takes it out calls it with anything.
  private mutating func readElement(
    _ source: borrowing Span<UInt8>, _ start: Int, at i: Int
  ) {
    guard start > 0, i + 1 < tokens.count else { return }
    var (open, brackets) = (start, 0)
    while open > 0 {
      open -= 1
      if tokens[open].kind.closes { brackets += 1 }
      guard tokens[open].kind.opens else { continue }
      if brackets == 0 { break }
      brackets -= 1
    }
    let isElement = [.comma, .leftBracket, .leftBrace, .colon].contains(tokens[start - 1].kind)
    guard isElement, [.comma, .rightBracket, .rightBrace].contains(tokens[i + 1].kind),
      tokens[open].kind == .leftBracket || tokens[open].kind == .leftBrace
    else { return }
    append(.blind, SourceText.line(source, tokens[start..<i + 1]), at: i)
  }

  /// `partial(import_module, "a.b")`, `partial(import_module, package="a")`, which is called by the name
  /// that it is given.
  private mutating func readHandedOn(
    _ source: borrowing Span<UInt8>, _ arguments: [Range<Int>], _ kind: Kind, at i: Int,
    written: Range<Int>
  ) {
    let package = argument(source, arguments, "package", at: 1)
    guard let name = argument(source, arguments, "name", at: 0) else {
      // A file's own package is what its relative names begin at.
      guard let package else { return }
      let anchors = folder.fold(source, expression(package)).patterns
      if anchors.contains(where: { $0.hasHole || $0.level == 0 }) {
        append(.blind, SourceText.line(source, tokens[written]), at: i)
      }
      return
    }
    var patterns = folder.fold(source, expression(name)).patterns
    if kind == .importModule, let package { patterns = anchored(source, patterns, package) }
    add(source, patterns, at: i, written: written)
  }

  // MARK: Parts

  var whole: Folder.Expression { expression(tokens.indices) }

  func expression(_ range: Range<Int>) -> Folder.Expression {
    Folder.Expression(tokens: tokens, range: range)
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
