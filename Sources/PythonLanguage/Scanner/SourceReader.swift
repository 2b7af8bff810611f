import Model

/// Reads a file's logical lines as statements: keeps the blocks that are open, and hands each
/// statement to those who look for imports, guards, strings and calls.
struct SourceReader {
  var lexer: Lexer
  /// Reads the expressions in formatted strings.
  var fieldLexer = Lexer(at: 0)
  var facts = SourceFacts()
  var blocks: [Block] = [Block(kind: .topLevel, guardIndex: nil, scope: .module)]
  /// The block that a header ending in `:` has announced.
  var announced: Block?
  /// Conditions that module-level constants stand for: `PY3 = sys.version_info[0] == 3`.
  var conditions: [[UInt8]: Condition] = [:]
  var literals = TextSet()
  var paths = TextSet()
  var fallbacks = TextSet()
  var registrars = TextSet()
  var classes = TextSet()
  /// Words that something is looked up by.
  var keys: [(token: Token, column: UInt32)] = []
  var codeStrings: [CodeString] = []
  var aliases = Aliases()
  /// By their hashes: names that imports have bound and that have not been handed on yet.
  var imported: Set<UInt32> = []
  /// What binds the file's names, once that has been asked for.
  var scopes: Scopes?
  /// Other names of `import_module` and `__import__`.
  var callAliases: [[UInt8]: Kind] = [:]
  /// Functions whose calls are asked for, by the names that they have in this file; where there are
  /// some, nothing else is.
  var callees: [[UInt8]: [Callee]] = [:]
  var looks: [Look] = []
  /// Statements by which a package's `__all__` is put together.
  var nameLists: [Look] = []
  var hasLazyTable = false
  var namesOwnFile = false
  var namesStub = false
  /// Whether a package tells somebody where its source lies and what it is called, who may read there what
  /// only a type checker imports.
  var handsSourceOn = false
  let depth: PythonScanner.Depth
  /// Where the source begins, behind a byte order mark.
  private(set) var start = 0
  /// The file's name without its suffix.
  let stem: [UInt8]
  /// Whether it is a package's `__init__`.
  let isPackage: Bool

  init(at position: Int, depth: PythonScanner.Depth, name: some StringProtocol) {
    lexer = Lexer(at: position)
    self.depth = depth
    stem = Array(name.utf8.prefix { $0 != UInt8(ascii: ".") })
    isPackage = stem.elementsEqual("__init__".utf8)
  }

  /// An indented block, and what its statements are subject to.
  struct Block {
    enum Scope: UInt8 { case module, `class`, function }
    var indent = 0
    var narrowIndent = 0
    var kind: ImportKind
    var guardIndex: UInt16?
    var scope: Scope
    /// The compound statement that ended last in this block: who may follow it depends on it.
    var chain = Chain.none
    /// In a `match` statement, whose cases look like calls.
    var holdsCases = false
    /// The body of a `try`, or of an `except` that catches a failed import.
    var attemptPart = AttemptPart.none
    /// Whether the last statement so far is a `raise`.
    var endsInRaise = false
    /// Whether nothing below the last statement so far is executed: `return`, `raise`, `continue`, `break`.
    var endsInExit = false
    /// Of the branches of an `if`: under which condition the block is executed.
    var condition = Condition.unknown
  }

  enum AttemptPart: UInt8 { case none, body, handler }

  enum Chain {
    case none
    /// After `if` and `elif`: the condition under which the next branch is tried.
    case branch(remaining: Condition)
    /// After `for` and `while`: `else` may follow.
    case loop
    /// After `try`: what its body asks for, and whether an `except` or `finally` was seen.
    case attempt(Attempt)
  }

  struct Attempt {
    var requests: Range<Int>
    var looks: Range<Int>
    var isHandled = false
    var bodyIsOpen = true
    /// Import statements of the body itself, not of blocks in it.
    var imports: [Int] = []
    /// Handlers that catch a failed import, and those of them that go on without it.
    var handlers = 0
    var forgiving = 0
  }

  mutating func read(_ source: borrowing Span<UInt8>) -> SourceFacts {
    start = lexer.position
    while lexer.advance(source) {
      readLine(source)
    }
    if let announced, announced.indent >= 0 {
      lexer.report(.expectedIndent, max(0, source.count - 1))
    }
    closeBlocks(to: 0)
    endChain()
    addDirectives(source)
    if depth == .everything { readCalls(source) }
    if lexer.invalid < source.count {
      let (line, column) = SourceEncoding.place(of: lexer.invalid, in: source)
      lexer.problems.add(.invalidUTF8(source[lexer.invalid]), line: line, column: column)
    }
    facts.problems = lexer.problems.problems
    return facts
  }

  private mutating func readCalls(_ source: borrowing Span<UInt8>) {
    if let first = looks.first ?? nameLists.first {
      let folder = Folder(isPackage: isPackage, stem: stem, start: start, scopes: scopes)
      guard callees.isEmpty else {
        facts = ArgumentReader(folder: folder, facts: facts, aliases: aliases, callees: callees)
          .read(source, looks)
        return
      }
      var calls = CallReader(
        folder: folder, facts: facts, aliases: aliases, callAliases: callAliases, first: first)
      facts = calls.read(source, looks)
      for list in nameLists { calls.readNameList(source, list) }
      facts = calls.facts
      if calls.hasLazyTable { hasLazyTable = true }
    }
    addKeys(source)
    addCode(source)
    if handsSourceOn, facts.requests.contains(where: { $0.kind == .typeOnly }) {
      hasLazyTable = true
    }
    if facts.marks.contains(.definesGetattr) || hasLazyTable { addExports(source) }
    if namesOwnFile, namesStub { facts.marks.insert(.readsStubs) }
    if !looks.isEmpty || !nameLists.isEmpty || !lexer.directives.isEmpty || !codeStrings.isEmpty
      || facts.exports != nil
    {
      facts.requests.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }
  }

  private mutating func readLine(_ source: borrowing Span<UInt8>) {
    guard let first = lexer.tokens.first else { return }
    settleIndentation(first)
    if depth == .everything, callees.isEmpty, blocks[blocks.count - 1].scope != .function {
      noteOffer(source, first)
    }
    let tokens = lexer.tokens.indices
    var start = tokens.lowerBound
    if let body = readHeader(source, first) {
      if body == tokens.upperBound { return }
      // A suite on the line of its header: `if x: import a; import b`.
      let outer = blocks.count - 1
      if var block = announced {
        announced = nil
        block.indent = .max
        blocks.append(block)
      }
      start = body
      if lexer.tokens[start].kind.opensBlock, blocks.count - 1 > outer {
        lexer.report(.syntax("invalid syntax"), lexer.tokens[start])
      }
      readStatements(source, start..<tokens.upperBound)
      if blocks.count - 1 > outer { closeBlock() }
    } else {
      endChain()
      readStatements(source, start..<tokens.upperBound)
    }
  }

  /// Splits at `;`.
  private mutating func readStatements(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard lexer.hasSemicolon else {
      readStatement(source, range)
      return
    }
    var start = range.lowerBound
    for i in range where lexer.tokens[i].kind == .semicolon {
      readStatement(source, start..<i)
      start = i + 1
    }
    readStatement(source, start..<range.upperBound)
  }

  private mutating func readStatement(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard let first = range.first else { return }
    let keyword = lexer.tokens[first].kind
    blocks[blocks.count - 1].endsInRaise = keyword == .raise
    blocks[blocks.count - 1].endsInExit = Self.exits.contains(keyword)
    switch lexer.tokens[first].kind {
    case .import, .from:
      readImport(source, range, isLazy: false)
      return
    case .lazy where range.count > 1 && lexer.tokens[first + 1].kind.importsSomething:
      readImport(source, range, isLazy: true)
      return
    case .raise:
      checkRaise(range)
    case .else, .elif, .except, .finally:
      lexer.report(.syntax("invalid syntax"), lexer.tokens[first])
    default:
      break
    }
    if lexer.interest.contains(.condition) { readConstant(source, range) }
    if depth == .everything { readExpressions(source, range) }
  }

  /// `raise E, "message"` is Python 2.
  private mutating func checkRaise(_ range: Range<Int>) {
    var brackets = 0
    for i in range {
      let kind = lexer.tokens[i].kind
      if kind.opens { brackets += 1 }
      if kind.closes { brackets -= 1 }
      if kind == .comma, brackets == 0 {
        lexer.report(.syntax("invalid syntax: ',' in raise"), lexer.tokens[i])
        return
      }
    }
  }

  // MARK: Indentation

  private mutating func settleIndentation(_ first: Token) {
    let indent = lexer.indent
    let narrow = lexer.narrowIndent
    // Fields alone: a block as a whole is costly to copy.
    let top = blocks.count - 1
    let topIndent = blocks[top].indent
    if announced != nil, var block = announced {
      announced = nil
      if indent > topIndent {
        if narrow <= blocks[top].narrowIndent { lexer.report(.inconsistentTabs, first) }
        block.indent = indent
        block.narrowIndent = narrow
        blocks.append(block)
        return
      }
      lexer.report(.expectedIndent, first)
    }
    if indent == topIndent {
      if narrow != blocks[top].narrowIndent { lexer.report(.inconsistentTabs, first) }
      return
    }
    if indent > topIndent {
      lexer.report(.unexpectedIndent, first)
      var block = blocks[top]
      block.indent = indent
      block.narrowIndent = narrow
      block.chain = .none
      blocks.append(block)
      return
    }
    var depth = top
    while depth > 0, blocks[depth].indent > indent { depth -= 1 }
    closeBlocks(to: depth)
    if blocks[depth].indent != indent {
      lexer.report(.unmatchedDedent, first)
    } else if blocks[depth].narrowIndent != narrow {
      lexer.report(.inconsistentTabs, first)
    }
  }

  private mutating func closeBlocks(to depth: Int) {
    while blocks.count - 1 > depth {
      endChain()
      closeBlock()
    }
  }

  private static let exits: Set<Kind> = [.raise, .return, .continue, .break]

  private mutating func closeBlock() {
    let block = blocks.removeLast()
    // `if os.name != "nt": return False`: what follows is executed where that does not hold.
    if block.endsInExit, !block.condition.impliesTyping, block.condition.meaning != .unknown {
      var outer = blocks[blocks.count - 1]
      apply(block.condition.negated, toRestOf: &outer)
      blocks[blocks.count - 1] = outer
    }
    guard block.attemptPart == .handler,
      case .attempt(var attempt) = blocks[blocks.count - 1].chain
    else { return }
    attempt.handlers += 1
    if !block.endsInRaise { attempt.forgiving += 1 }
    blocks[blocks.count - 1].chain = .attempt(attempt)
  }

  /// Another statement follows: no `else` or `except` can come any more.
  mutating func endChain() {
    if case .none = blocks[blocks.count - 1].chain { return }
    if case .attempt(let attempt) = blocks[blocks.count - 1].chain {
      if !attempt.isHandled {
        lexer.report(.expectedExcept, lexer.tokens.first ?? Token.end(lexer.position, lexer.line))
      }
      if attempt.handlers > 0, attempt.forgiving == 0 { demand(attempt.imports) }
    }
    blocks[blocks.count - 1].chain = .none
  }

  /// `try: import a` with `except ImportError: raise …` is no optional import: whoever gets past it has
  /// `a`.
  private mutating func demand(_ imports: [Int]) {
    for i in imports where facts.requests[i].kind != .typeOnly {
      facts.requests[i] = facts.requests[i].of(kind: blocks[blocks.count - 1].kind)
    }
  }

  private mutating func addDirectives(_ source: borrowing Span<UInt8>) {
    for directive in lexer.directives { addDirective(source, directive) }
  }
}

extension Token {
  static func end(_ position: Int, _ line: UInt32) -> Token {
    Token(
      kind: .newline, flags: [], start: UInt32(position), end: UInt32(position), line: line)
  }
}

extension Kind {
  var importsSomething: Bool { self == .import || self == .from }

  /// Cannot stand after the colon of another header.
  var opensBlock: Bool {
    switch self {
    case .if, .for, .while, .try, .with, .def, .class: true
    default: false
    }
  }
}
