/// Splits Python source into logical lines of tokens.
///
/// It keeps an offset and is handed the source with each call, since a stored `Span` needs features
/// that are still experimental. Comments and what lies between tokens are dropped; a line inside
/// brackets or after a backslash continues the logical line, as CPython's tokenizer has it. What is
/// wrong is reported once per file, and reading goes on.
///
/// Its loops are inlined into one another; operators, numbers and strings have files of their own.
struct Lexer {
  var position = 0
  /// Physical line of `position`.
  var line: UInt32 = 1
  /// The current logical line, without its line end.
  var tokens: [Token] = []
  /// What the names and strings of the current logical line could be good for.
  var interest: Interest = []
  /// Columns of the first token, with tabs to 8 and with tabs to 1: both must agree with a block's.
  var indent = 0
  var narrowIndent = 0
  /// Position in `tokens` of the first colon outside brackets and lambdas.
  var colon: Int?
  var hasSemicolon = false
  var problems = ProblemList()
  /// Where the first byte is that is not UTF-8 and lies in no comment that was passed: the tokenizer
  /// of CPython decodes names and strings only (3.8 to 3.13).
  ///
  ///     # caf\xe9
  var invalid = Int.max
  /// `# pare:` comments, in order: the offsets of their text.
  var directives: [(range: Range<Int>, line: UInt32, column: UInt32)] = []

  /// The first physical line of the logical line, and where each physical line of it starts.
  private var firstLine: UInt32 = 1
  private var lineStarts: [Int] = []
  var hasTornString = false
  /// The expressions in formatted strings, where somebody asks for them: see `fields(_:of:)`.
  var fields: [Field]?
  var openers: [Token] = []
  var lambdas = 0
  var adjacency = Adjacency.start
  let tables = ByteTables.shared
  let names = WordTable.shared
  private let following = Adjacency.following
  private let interests = Lexer.everyInterest

  init(at position: Int) {
    self.position = position
    tokens.reserveCapacity(512)
  }

  /// First column is 1.
  func column(of offset: Int, line: UInt32) -> UInt32 {
    let index = Int(line) - Int(firstLine)
    guard lineStarts.indices.contains(index) else { return 1 }
    return UInt32(max(0, offset - lineStarts[index]) + 1)
  }

  func column(of token: Token) -> UInt32 { column(of: Int(token.start), line: token.line) }

  /// Reads the next logical line that is not blank; false at the end of the source.
  mutating func advance(_ source: borrowing Span<UInt8>) -> Bool {
    tokens.removeAll(keepingCapacity: true)
    interest = []
    colon = nil
    hasSemicolon = false
    lambdas = 0
    adjacency = .start
    if !openers.isEmpty { openers.removeAll(keepingCapacity: true) }
    guard readIndentation(source) else { return false }
    readTokens(source)
    return true
  }

  // MARK: Lines

  /// Leaves `position` at the first token of a line that has one.
  private mutating func readIndentation(_ source: borrowing Span<UInt8>) -> Bool {
    var wide = 0
    var narrow = 0
    var continued = 0
    startLine(position)
    while position < source.count {
      switch source[position] {
      case UInt8(ascii: " "):
        wide &+= 1
        narrow &+= 1
        position &+= 1
      case UInt8(ascii: "\t"):
        wide = (wide / 8 + 1) * 8
        narrow &+= 1
        position &+= 1
      case 0x0C:
        wide = 0
        narrow = 0
        position &+= 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        endLine(source)
        startLine(position)
        wide = 0
        narrow = 0
        continued = 0
      case UInt8(ascii: "#"):
        skipComment(source)
      case UInt8(ascii: "\\") where isLineEnd(source, position + 1):
        continued = continued == 0 ? wide : continued
        position &+= 1
        endLine(source)
        lineStarts.append(position)
      default:
        indent = continued == 0 ? wide : continued
        narrowIndent = continued == 0 ? narrow : continued
        return true
      }
    }
    return false
  }

  private mutating func startLine(_ offset: Int) {
    firstLine = line
    if lineStarts.count == 1 {
      lineStarts[0] = offset
    } else {
      lineStarts.removeAll(keepingCapacity: true)
      lineStarts.append(offset)
    }
  }

  @inline(__always)
  private func isLineEnd(_ source: borrowing Span<UInt8>, _ offset: Int) -> Bool {
    offset < source.count
      && (source[offset] == UInt8(ascii: "\n") || source[offset] == UInt8(ascii: "\r"))
  }

  /// Steps over `\n`, `\r\n` or `\r`.
  @inline(__always)
  private mutating func endLine(_ source: borrowing Span<UInt8>) {
    if source[position] == UInt8(ascii: "\r"), position &+ 1 < source.count,
      source[position &+ 1] == UInt8(ascii: "\n")
    {
      position &+= 1
    }
    position &+= 1
    line &+= 1
  }

  /// Steps over a line end inside a logical line.
  mutating func continueLine(_ source: borrowing Span<UInt8>) {
    endLine(source)
    lineStarts.append(position)
  }

  /// Where the logical line begins, to read it again.
  var place: LinePlace { LinePlace(offset: lineStarts.first ?? 0, line: firstLine) }

  /// Starts counting anew.
  mutating func forgetLines() {
    lineStarts.removeAll(keepingCapacity: true)
    hasTornString = false
    adjacency = .start
  }

  private mutating func skipComment(_ source: borrowing Span<UInt8>) {
    let start = position
    while position < source.count, tables.parts[Int(source[position])] & ByteTables.lineEnd == 0 {
      position &+= 1
    }
    if invalid >= start, invalid < position {
      invalid = SourceEncoding.firstInvalid(source, from: position) ?? .max
    }
    if let range = Directives.find(source, start..<position) {
      let current = lineStarts.isEmpty ? 0 : lineStarts[lineStarts.count - 1]
      directives.append((range, line, UInt32(start - current + 1)))
    }
  }

  /// What has to be put back where a string turns out to be read wrongly.
  func save() -> (line: UInt32, lineStarts: Int) { (line, lineStarts.count) }

  mutating func restore(_ state: (line: UInt32, lineStarts: Int)) {
    line = state.line
    lineStarts.removeSubrange(state.lineStarts...)
  }

  // MARK: Tokens

  private mutating func readTokens(_ source: borrowing Span<UInt8>) {
    let count = source.count
    while position < count {
      let byte = source[position]
      switch tables.classes[Int(byte)] {
      case .space:
        position &+= 1
      case .name:
        if readName(source) { return }
      case .newline:
        if openers.isEmpty {
          endLine(source)
          finish()
          return
        }
        continueLine(source)
      case .open:
        open(byte)
      case .close:
        close(byte)
      case .dot:
        readDot(source)
      case .quote:
        readString(source, from: position)
      case .digit:
        readNumber(source)
      case .comment:
        skipComment(source)
      case .sign, .other:
        readOperator(source, byte)
      case .backslash:
        if isLineEnd(source, position + 1) {
          position &+= 1
          continueLine(source)
        } else {
          if position + 1 < count {
            report(.syntax("unexpected character after line continuation character"), position)
          } else {
            report(.syntax("unexpected end of file after line continuation"), position)
          }
          position &+= 1
        }
      case .bad:
        readStray(byte)
      }
    }
    if let opener = openers.last {
      report(.neverClosed(source[Int(opener.start)]), opener)
      openers.removeAll(keepingCapacity: true)
    }
    finish()
  }

  private mutating func finish() {
    if adjacency == .needsOperand, let last = tokens.last {
      report(.syntax("invalid syntax: the line ends after an operator"), last)
    }
  }

  @inline(__always)
  mutating func emit(
    _ kind: Kind, _ start: Int, flags: LiteralShape = [], line: UInt32? = nil
  ) {
    let next = following[Int(kind.rawValue)]
    let token = Token(
      kind: kind, flags: flags, start: UInt32(truncatingIfNeeded: start),
      end: UInt32(truncatingIfNeeded: position), line: line ?? self.line)
    if !adjacency.allows(next) { reportAdjacency(token) }
    // `match x:` and `type X = …` have two operands side by side at the start of a statement.
    if adjacency != .start || kind.rawValue < Kind.match.rawValue
      || kind.rawValue > Kind.lazy.rawValue
    {
      adjacency = next.after
    } else {
      adjacency = .neutral
    }
    tokens.append(token)
  }

  private mutating func reportAdjacency(_ token: Token) {
    if tokens.count == 1 || (tokens.last.map { $0.kind == .name } ?? false) {
      report(.adjacent, token)
    } else {
      report(.syntax("invalid syntax"), token)
    }
  }

  /// True where the name shows that the logical line ended before it.
  @inline(__always)
  private mutating func readName(_ source: borrowing Span<UInt8>) -> Bool {
    let start = position
    let count = source.count
    var end = start
    var word: UInt64 = 0
    var union: UInt8 = 0
    while end < count {
      let byte = source[end]
      if tables.parts[Int(byte)] & ByteTables.identifier == 0 { break }
      word = word << 8 | UInt64(byte)
      union |= byte
      end &+= 1
    }
    if end < count, end &- start <= 3, tables.classes[Int(source[end])] == .quote,
      isStringPrefix(word, end &- start)
    {
      position = end
      readString(source, from: start)
      return false
    }
    position = end
    if union >= 0x80 { checkIdentifier(source, start..<end) }
    let kind = names.kind(word, source, start, end)
    if kind != .name {
      if kind.isKeyword {
        if !openers.isEmpty, startsOnlyStatements(kind) {
          if recoverFromOpenBracket(source, start) { return true }
        }
        if kind == .lambda, openers.isEmpty { lambdas += 1 }
      }
      interest.formUnion(interests[Int(kind.rawValue)])
    }
    emit(kind, start)
    return false
  }

  private static let everyInterest: [Interest] = (0...UInt8.max).map { raw in
    Kind(rawValue: raw)?.interest ?? []
  }

  private func isStringPrefix(_ word: UInt64, _ count: Int) -> Bool {
    switch (word | 0x2020_2020, count) {
    case (0x2020_2072, 1), (0x2020_2075, 1), (0x2020_2062, 1), (0x2020_2066, 1), (0x2020_2074, 1),
      (0x2020_6272, 2), (0x2020_7262, 2), (0x2020_6672, 2), (0x2020_7266, 2), (0x2020_7472, 2),
      (0x2020_7274, 2):
      true
    default: false
    }
  }

  /// Keywords that no expression can hold: inside brackets they show that one was never closed.
  private func startsOnlyStatements(_ kind: Kind) -> Bool {
    switch kind {
    case .import, .def, .class, .return, .while, .try, .with, .del, .raise, .pass, .global,
      .nonlocal, .assert, .break, .continue, .except, .finally, .elif:
      true
    default: false
    }
  }

  private mutating func recoverFromOpenBracket(
    _ source: borrowing Span<UInt8>, _ start: Int
  ) -> Bool {
    if let opener = openers.first {
      report(.neverClosed(source[Int(opener.start)]), opener)
    }
    openers.removeAll(keepingCapacity: true)
    adjacency = .neutral
    let lineStart = lineStarts[lineStarts.count - 1]
    for i in lineStart..<start where tables.classes[Int(source[i])] != .space { return false }
    position = lineStart
    return true
  }

  // MARK: Problems

  mutating func report(_ sentence: Sentence, _ token: Token) {
    problems.add(sentence, line: token.line, column: column(of: token))
  }

  mutating func report(_ sentence: Sentence, _ offset: Int) {
    problems.add(sentence, line: line, column: column(of: offset, line: line))
  }

  /// CPython refuses null bytes wherever they stand.
  mutating func reportNull(_ bytes: borrowing Span<UInt8>) {
    var line: UInt32 = 1
    var lineStart = 0
    for i in bytes.indices {
      if bytes[i] == 0 {
        problems.add(.nullByte, line: line, column: UInt32(i - lineStart + 1))
        return
      }
      if bytes[i] == UInt8(ascii: "\n") {
        line += 1
        lineStart = i + 1
      }
    }
  }

  private mutating func checkIdentifier(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard let bad = Identifiers.firstInvalid(source, range) else { return }
    report(.invalidCharacter(bad.scalar), bad.offset)
  }
}
