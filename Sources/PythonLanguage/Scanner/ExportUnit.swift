/// A statement at module level of a file that loads lazily, or a function with all that is in it:
/// which names it binds and reads, and the strings in it.
struct ExportUnit {
  enum Role {
    /// `name = …`, `name[…] = …`, `name.update(…)`: builds the names that it binds.
    case assignment
    /// `def name(…):` without decorators: happens when it is called.
    case function
    /// `sys.modules[__name__] = _LazyModule(…, table)`: hands tables to what answers for the module.
    case installer
    case imports
    /// Happens on import, or whenever somebody wants it.
    case open
  }

  struct Text {
    let word: Word
    let isPlain: Bool
    let line: UInt32
    let column: UInt32
  }

  /// The lines of `if name == "x":` and what is below it.
  struct Branch {
    let names: [Word]
    var lines: (start: UInt32, end: UInt32)
  }

  var role: Role
  var binds: [Word] = []
  private(set) var mentions: Set<Word> = []
  var lines: (start: UInt32, end: UInt32)
  var strings: [Text] = []
  /// Of each item in a table: the strings that belong together.
  var rows: [[Text]] = []
  var branches: [Branch] = []
  /// The first parameter of a function.
  var parameter: Word?
  /// `del name`
  private(set) var isDeletion = false
  /// Where the value of an assignment begins, as a position in its tokens.
  private(set) var valueStart = 0

  init(_ role: Role, line: UInt32) {
    self.role = role
    lines = (line, line)
  }

  /// A simple statement.
  init(statement source: borrowing Span<UInt8>, _ tokens: [Token]) {
    self.init(.open, line: tokens[0].line)
    var brackets = 0
    var equals: Int?
    for (i, token) in tokens.enumerated() {
      if token.kind.opens { brackets += 1 }
      if token.kind.closes { brackets -= 1 }
      if brackets == 0, token.kind == .assign || token.kind == .augmented { equals = i }
    }
    let installs = tokens.contains {
      [.attach, .attachStub, .lazyModule].contains($0.kind)
    }
    let second = tokens.count > 1 ? tokens[1].kind : .newline
    // `before = __getattr__`, for a `__getattr__` that goes on to ask the one before.
    if tokens.count == 3, second == .assign, tokens[2].kind == .dunderGetattr {
      role = .function
      binds = [Word(source, tokens[0].range)]
      return
    }
    if let equals {
      valueStart = equals + 1
      // `a, b = c = 1`, `table: dict[str, str] = {}`
      var isTarget = true
      for i in 0..<equals where Self.isFree(tokens, i) {
        if tokens[i].kind == .colon { isTarget = false }
        if tokens[i].kind == .assign { isTarget = true }
        if isTarget, tokens[i].kind.isName {
          binds.append(Word(source, tokens[i].range))
        }
      }
    } else if tokens[0].kind.isName, second == .dot || second == .leftBracket {
      binds = [Word(source, tokens[0].range)]
    } else if tokens[0].kind == .del {
      role = .assignment
      isDeletion = true
      binds = tokens.dropFirst().filter(\.kind.isName).map { Word(source, $0.range) }
      valueStart = tokens.count
      return
    }
    if tokens[0].kind.isName, second == .dot || second == .leftBracket {
      // `table["x"] = …`, `table.update(…)`: the whole statement is of the table.
      valueStart = 0
      binds = [Word(source, tokens[0].range)]
    }
    if installs { role = .installer } else if !binds.isEmpty { role = .assignment }
  }

  /// Whether a token stands outside brackets and is no attribute.
  private static func isFree(_ tokens: [Token], _ i: Int) -> Bool {
    if i > 0, tokens[i - 1].kind == .dot { return false }
    var brackets = 0
    for token in tokens[..<i] {
      if token.kind.opens { brackets += 1 }
      if token.kind.closes { brackets -= 1 }
    }
    return brackets == 0
  }

  /// Notes the names that tokens read: all but attributes and what is being defined.
  mutating func mention(
    _ source: borrowing Span<UInt8>, _ tokens: some RandomAccessCollection<Token>
  ) {
    var last = Kind.newline
    for token in tokens {
      if token.kind.isName, last != .dot, last != .def, last != .class {
        mentions.insert(Word(source, token.range))
      }
      last = token.kind
    }
  }

  /// What answers for the module, or says what there is.
  static let answers = ["__getattr__", "__dir__", "__all__"].map { Word(bytes: Array($0.utf8)) }

  var isSink: Bool {
    role == .installer || (role != .open && binds.contains { Self.answers.contains($0) })
  }
}

extension [ExportUnit] {
  /// The names that nothing reads but sinks, what builds them, and other closed names; nil where the
  /// file itself asks its `__getattr__`.
  func closedNames() -> Set<Word>? {
    let getattr = ExportUnit.answers[0]
    if contains(where: { $0.mentions.contains(getattr) && !$0.binds.contains(getattr) }) {
      return nil
    }
    var closed: Set<Word> = []
    var functions: Set<Word> = []
    for unit in self where !unit.isSink {
      if unit.role == .assignment || unit.role == .function { closed.formUnion(unit.binds) }
      if unit.role == .function { functions.formUnion(unit.binds) }
    }
    for unit in self {
      switch unit.role {
      case .imports, .open: closed.subtract(unit.binds)
      // `table = build()` runs `build` on import.
      case .assignment, .installer: closed.subtract(functions.intersection(unit.mentions))
      case .function: break
      }
    }
    var isShrinking = true
    while isShrinking {
      isShrinking = false
      for unit in self where !unit.isSink {
        let isClosed =
          (unit.role == .assignment || unit.role == .function)
          && unit.binds.allSatisfy(closed.contains)
        if isClosed { continue }
        let before = closed.count
        closed.subtract(unit.mentions)
        // What is built from others here is no longer of one hand.
        if unit.role == .assignment { closed.subtract(unit.binds) }
        isShrinking = isShrinking || closed.count < before
      }
    }
    return closed
  }

  /// The closed functions that `__getattr__` and `__dir__` call, themselves or by one another. What
  /// nobody in the file calls is there for others: `from shop import connect`.
  func servants(among closed: Set<Word>) -> Set<Word> {
    var called: Set<Word> = []
    var callers = filter { $0.role == .function && $0.isSink }
    while !callers.isEmpty {
      let mentioned = callers.reduce(into: Set<Word>()) { $0.formUnion($1.mentions) }
      let new = mentioned.intersection(closed).subtracting(called)
      called.formUnion(new)
      callers = filter { $0.role == .function && !new.isDisjoint(with: $0.binds) }
    }
    return called
  }
}

/// A name or a string's text. Hashed as a whole: as an array it would be fed to the hasher byte by
/// byte, and tables of lazy names can have thousands.
struct Word: Hashable, Comparable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  init(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    bytes = Folder.bytes(source, range)
  }

  func hash(into hasher: inout Hasher) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hasher.combine(hash)
  }

  static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
