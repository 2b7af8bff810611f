import Model

/// Reads what a file defines and mentions (`Definitions`), in one pass over its tokens.
struct DefinitionReader {
  var lexer: Lexer
  var facts = SourceFacts()
  var found = Definitions()
  var blocks: [Block]
  /// The block that a header ending in `:` has announced.
  private var announced: Block?
  /// Of tables and chains of branches, counted from 1.
  var groups: UInt32 = 0
  /// By name: the group of the entries that are added one by one (`table["a"] = A`).
  var tables: [[UInt8]: UInt32] = [:]
  /// Definitions that decorators are waiting for.
  private var decorators: [Int] = []
  /// Brackets that are open in the expression at hand.
  var brackets: [Bracket] = []
  var texts = TextSet()
  /// By text: the mention of it that came last; -1 for none.
  var lastMentions: [Int32] = []
  /// By mention: the one before it of the same text.
  var earlierMentions: [Int32] = []
  var attempts: [OpenAttempt] = []
  /// By the names that their bodies bind at the top of the module.
  var attemptByName: [[UInt8]: Int] = [:]
  /// Names of the module that hold on no target: `WINDOWS = sys.platform == "win32"`.
  var neverHolding: Set<[UInt8]> = []

  struct Block {
    var indent: Int
    /// Position of the definition whose statements these are.
    let owner: Int
    var condition: Int
    /// Of the `if` that ended last.
    var chain: UInt32 = 0
    /// Parameters whose default says no, of the function around.
    var flags: Set<[UInt8]> = []
    /// The attempt that it belongs to, and as what.
    var attempt = Attempted.none
    /// Where it begins, if it is itself a body, a handler or a region.
    var start: UInt32?
    /// What is not there where it is executed: `if x is None:`
    var denied: Denied?
    /// In a branch that no target takes: the condition that never holds.
    var never: Int?
    /// What its `if` denies (`if not is_dask(x):`), and whether it was left by its last statement: then all
    /// behind it has that.
    var denies: [Choice] = []
    var isLeft = false
    /// The attempt that ended last, as long as an `except` or `else` may follow.
    var ended = -1

    init(
      indent: Int = 0, owner: Int, condition: Int, flags: Set<[UInt8]> = [],
      attempt: Attempted = .none, start: UInt32? = nil
    ) {
      self.indent = indent
      self.owner = owner
      self.condition = condition
      self.flags = flags
      self.attempt = attempt
      self.start = start
    }

    /// A block in it that changes nothing.
    var inner: Block {
      var inner = Block(owner: owner, condition: condition, flags: flags, attempt: attempt)
      inner.never = never
      return inner
    }
  }

  struct Denied {
    let name: Token
    /// The condition around it.
    let condition: Int
  }

  init(at position: Int) {
    lexer = Lexer(at: position)
    blocks = [Block(indent: 0, owner: 0, condition: -1)]
    found.definitions = [
      Definitions.Definition(.module, name: .empty, parent: -1, firstLine: 1, lastLine: .max)
    ]
    let nothing: [UInt8] = []
    _ = index(of: nothing.span, 0..<0)
  }

  mutating func read(_ source: borrowing Span<UInt8>) -> SourceFacts {
    while lexer.advance(source) { readLine(source) }
    close(to: 0, at: lexer.line)
    finishAttempts()
    found.texts = texts.ranges
    facts.definitions = found
    return facts
  }

  // A block as a whole is costly to copy.
  var block: Block { blocks[blocks.count - 1] }
  var owner: Int { blocks[blocks.count - 1].owner }
  var condition: Int { blocks[blocks.count - 1].condition }

  private mutating func readLine(_ source: borrowing Span<UInt8>) {
    guard let first = lexer.tokens.first else { return }
    settle(first)
    var start = 0
    if first.kind == .async, lexer.tokens.count > 1 { start = 1 }
    let keyword = lexer.tokens[start].kind
    let all = start..<lexer.tokens.count
    let ended = blocks[blocks.count - 1].ended
    blocks[blocks.count - 1].isLeft = false
    if keyword != .except, keyword != .finally { blocks[blocks.count - 1].ended = -1 }
    switch keyword {
    case .at:
      readDecorator(source, all.dropFirst())
      return
    case .def: readFunction(source, all)
    case .class: readClass(source, all)
    case .if, .elif: readBranch(source, all, keyword)
    case .else, .try, .except, .finally, .for, .while, .with:
      guard let colon = lexer.colon else { break }
      if keyword == .except {
        // What is caught is not made.
        readChains(
          source, start + 1..<colon, owner: owner, condition: condition, form: .argument)
      } else {
        readExpressions(source, start + 1..<colon)
      }
      announce(attempting(source, keyword, start..<colon, after: ended) ?? block.inner)
      readSuite(source, colon + 1)
      return
    default:
      if lexer.colon == lexer.tokens.count - 1, lexer.tokens.count > 1 {
        // `match x:`, `case "a":`
        readExpressions(source, 0..<lexer.tokens.count - 1)
        announce(block.inner)
        return
      }
      readStatements(source, all)
      return
    }
    if keyword == .def || keyword == .class || keyword == .if || keyword == .elif,
      let colon = lexer.colon
    {
      readSuite(source, colon + 1)
    }
  }

  /// A suite on the line of its header.
  private mutating func readSuite(_ source: borrowing Span<UInt8>, _ start: Int) {
    guard start < lexer.tokens.count, var inner = announced else { return }
    announced = nil
    inner.indent = .max
    blocks.append(inner)
    readStatements(source, start..<lexer.tokens.count)
    close(to: blocks.count - 2, at: lexer.line)
  }

  // MARK: Blocks

  private mutating func settle(_ first: Token) {
    if var next = announced {
      announced = nil
      if lexer.indent > blocks[blocks.count - 1].indent {
        next.indent = lexer.indent
        blocks.append(next)
        return
      }
    }
    var depth = blocks.count - 1
    while depth > 0, blocks[depth].indent > lexer.indent { depth -= 1 }
    close(to: depth, at: first.line > 1 ? first.line - 1 : 1)
  }

  private mutating func close(to depth: Int, at line: UInt32) {
    while blocks.count - 1 > depth {
      let closed = blocks.removeLast()
      closeAttempt(closed, at: line)
      if closed.owner != owner { found.definitions[closed.owner].lastLine = line }
      if closed.isLeft, !closed.denies.isEmpty, closed.owner == owner {
        blocks[blocks.count - 1].condition = add(closed.denies, outer: condition)
      }
    }
  }

  mutating func announce(_ block: Block) { announced = block }

  // MARK: Definitions

  mutating func define(
    _ kind: Definitions.Kind, _ name: TextRange, line: UInt32, last: UInt32? = nil
  ) -> Int {
    found.definitions.append(
      Definitions.Definition(
        kind, name: name, parent: Int32(owner), firstLine: line, lastLine: last ?? line))
    return found.definitions.count - 1
  }

  private mutating func readFunction(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard range.count > 1 else { return }
    let name = lexer.tokens[range.lowerBound + 1]
    let end = lexer.colon ?? range.upperBound
    let function = define(.function, intern(source, name), line: lexer.tokens[0].line)
    attachDecorators(source, name)
    bind(source, name)
    if lexer.tokens[0].kind == .async {
      mention(.keyword, source, lexer.tokens[0], owner: function, condition: -1)
    }
    let start = min(range.lowerBound + 2, end)
    let flags = readParameters(source, start..<end, function)
    var inner = Block(owner: function, condition: block.never ?? -1, flags: flags)
    inner.never = block.never
    announce(inner)
  }

  /// Defaults are what the function has where nobody says otherwise; annotations say nothing.
  private mutating func readParameters(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ function: Int
  ) -> Set<[UInt8]> {
    var flags: Set<[UInt8]> = []
    var depth = 0
    var name: Token?
    var isDefault = false
    for i in range {
      let token = lexer.tokens[i]
      if token.kind.opens { depth += 1 }
      if token.kind.closes { depth -= 1 }
      if depth == 0, i > range.lowerBound { break }
      if depth == 1, token.kind == .comma {
        (name, isDefault) = (nil, false)
      } else if depth == 1, token.kind == .assign {
        isDefault = true
        if let name, i + 1 < range.upperBound, saysNo(source, lexer.tokens[i + 1]) {
          flags.insert(Folder.bytes(source, name.range))
        }
      } else if depth == 1, token.kind.isName, name == nil {
        name = token
      } else if isDefault, token.kind == .string {
        mentionWord(.fallback, source, token, owner: function, condition: -1)
      }
    }
    return flags
  }

  /// `False`, `None`, `0`, `""`
  func saysNo(_ source: borrowing Span<UInt8>, _ token: Token) -> Bool {
    switch token.kind {
    case .false, .none: true
    case .number: token.range.count == 1 && source[Int(token.start)] == UInt8(ascii: "0")
    case .string: Folder.content(source, token).isEmpty
    default: false
    }
  }

  private mutating func readClass(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard range.count > 1 else { return }
    let name = lexer.tokens[range.lowerBound + 1]
    let made = define(.class, intern(source, name), line: lexer.tokens[0].line)
    attachDecorators(source, name)
    bind(source, name)
    let end = lexer.colon ?? range.upperBound
    if range.lowerBound + 2 < end {
      readChains(source, range.lowerBound + 2..<end, owner: made, condition: -1, form: .base)
    }
    var inner = Block(owner: made, condition: block.never ?? -1)
    inner.never = block.never
    announce(inner)
  }

  // MARK: Registrations

  /// `@register("a")` above a definition gives that to `register`.
  private mutating func readDecorator(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard
      let end = range.first(where: { lexer.tokens[$0].kind == .leftParen })
        ?? range.last.map({ $0 + 1 })
    else { return }
    let chain = range.lowerBound..<min(end, range.upperBound)
    guard let last = chain.last, lexer.tokens[last].kind.isName else { return }
    decorators.append(
      define(.registration, intern(source, lexer.tokens[last]), line: lexer.tokens[0].line))
    readChains(source, chain, owner: owner, condition: condition, form: .name)
    if chain.upperBound < range.upperBound {
      readExpressions(
        source, chain.upperBound..<range.upperBound, owner: decorators[decorators.count - 1],
        condition: -1)
    }
  }

  private mutating func attachDecorators(_ source: borrowing Span<UInt8>, _ name: Token) {
    for decorator in decorators {
      mention(.name, source, name, owner: decorator, condition: -1)
    }
    decorators.removeAll()
  }
}
