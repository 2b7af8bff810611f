import Model

/// TOML 1.0.0 (https://toml.io/en/v1.0.0), read whole: every value with its place, every rule of
/// the specification held.
package enum TOML {
  /// Throws at the first byte that breaks a rule.
  package static func read(_ bytes: [UInt8], path: String) throws(MalformedText) -> Datum {
    var reader = TOMLReader(bytes, path: path)
    return try reader.document()
  }

  /// How deep arrays and inline tables may be nested: far beyond use, far from the stack's end.
  static let depthLimit = 200
}

/// Lines: comments, headers and `key = value`. What stands right of `=` is in `TOMLReader+Values`,
/// numbers and dates in `TOMLReader+Numbers`, the tree and its rules in `TOMLTree`.
struct TOMLReader {
  var cursor: Cursor
  let lines: LineTable
  private let path: String

  init(_ bytes: [UInt8], path: String) {
    cursor = Cursor(bytes)
    lines = LineTable(bytes, path: path)
    self.path = path
  }

  mutating func document() throws(MalformedText) -> Datum {
    if let offset = cursor.bytes.firstInvalidUTF8() { throw failure(.invalidUTF8, at: offset) }
    _ = cursor.take("\u{FEFF}")
    var tree = TOMLTree(at: SourceLocation(path: path, line: 1, column: 1))
    var current = TOMLTree.root
    while true {
      try skipBlankLines()
      guard let byte = cursor.byte else { break }
      if byte == UInt8(ascii: "[") {
        let start = cursor.offset
        cursor.skip()
        let isArray = cursor.take(UInt8(ascii: "["))
        skipSpace()
        let keys = try keyPath()
        guard cursor.take(UInt8(ascii: "]")), !isArray || cursor.take(UInt8(ascii: "]")) else {
          throw expected(isArray ? "']]'" : "']'")
        }
        let location = lines.location(of: start)
        current =
          isArray
          ? try tree.openArrayElement(keys, at: location) : try tree.openTable(keys, at: location)
      } else {
        let keys = try keyPath()
        let value = try assignedValue(depth: 0)
        try tree.insert(value, at: keys, below: current)
      }
      try endOfLine()
    }
    return tree.finish()
  }

  /// `= value`, after a key.
  mutating func assignedValue(depth: Int) throws(MalformedText) -> Datum {
    guard cursor.take(UInt8(ascii: "=")) else { throw expected("'='") }
    skipSpace()
    return try value(depth: depth)
  }

  // MARK: Keys

  struct Key {
    let name: String
    let location: SourceLocation
  }

  /// `a."b c".'d'`, with the space around its dots and behind it.
  mutating func keyPath() throws(MalformedText) -> [Key] {
    var keys: [Key] = []
    repeat {
      skipSpace()
      let location = here
      guard keys.count < TOML.depthLimit else { throw failure(.tooDeep(TOML.depthLimit)) }
      keys.append(Key(name: try simpleKey(), location: location))
      skipSpace()
    } while cursor.take(UInt8(ascii: "."))
    return keys
  }

  private mutating func simpleKey() throws(MalformedText) -> String {
    switch cursor.byte {
    case UInt8(ascii: "\""): return try basicString()
    case UInt8(ascii: "'"): return try literalString()
    default:
      let start = cursor.offset
      cursor.skip { byte in
        byte.isDigit || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
      guard cursor.offset > start else { throw expected("a key") }
      return text(from: start)
    }
  }

  // MARK: Space

  mutating func skipSpace() {
    cursor.skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// Space, comments and line ends.
  mutating func skipBlankLines() throws(MalformedText) {
    repeat {
      skipSpace()
      try skipComment()
    } while try newline()
  }

  private mutating func endOfLine() throws(MalformedText) {
    skipSpace()
    try skipComment()
    if cursor.isAtEnd { return }
    guard try newline() else { throw expected("the end of the line") }
  }

  private mutating func skipComment() throws(MalformedText) {
    guard cursor.take(UInt8(ascii: "#")) else { return }
    while let byte = cursor.byte, byte != 0x0A {
      if byte == 0x0D, cursor.byte(ahead: 1) == 0x0A { return }
      try allow(byte)
      cursor.skip()
    }
  }

  mutating func newline() throws(MalformedText) -> Bool {
    if cursor.take(0x0A) { return true }
    guard cursor.take(0x0D) else { return false }
    guard cursor.take(0x0A) else { throw failure(.bareCarriageReturn, at: cursor.offset - 1) }
    return true
  }

  /// Throws for the control characters that neither strings nor comments may hold.
  func allow(_ byte: UInt8) throws(MalformedText) {
    if byte == 0x0D { throw failure(.bareCarriageReturn) }
    if byte < 0x20 && byte != 0x09 || byte == 0x7F { throw failure(.controlCharacter(byte)) }
  }

  // MARK: Places and failures

  var here: SourceLocation { lines.location(of: cursor.offset) }

  func text(from start: Int) -> String {
    String(decoding: cursor.bytes[start..<cursor.offset], as: UTF8.self)
  }

  func failure(_ problem: TextProblem, at offset: Int? = nil) -> MalformedText {
    .toml(problem, at: lines.location(of: offset ?? cursor.offset))
  }

  func expected(_ what: String) -> MalformedText {
    failure(.expected(what, found: cursor.describeNext()))
  }
}

extension MalformedText {
  static func toml(
    _ problem: TextProblem, at location: SourceLocation, first: SourceLocation? = nil
  ) -> Self {
    Self("invalid-toml", problem, at: location, first: first)
  }
}

extension Cursor {
  /// What stands at the position, as a sentence names it.
  func describeNext() -> String {
    guard let byte else { return "the end of the file" }
    if byte == 0x0A || byte == 0x0D { return "the end of the line" }
    let rest = bytes[offset...].prefix { $0 >= 0x80 || $0 > 0x20 && $0 != 0x7F }
    guard let first = String(decoding: rest.prefix(16), as: UTF8.self).first else {
      return byte == 0x20 || byte == 0x09 ? "a space" : "a control character"
    }
    return "'\(first)'"
  }
}
