import Model

/// JSON (RFC 8259), read whole, every value with its place; for lock files and what tools answer.
package enum JSON {
  package static func read(_ bytes: [UInt8], path: String) throws(MalformedText) -> Datum {
    var reader = JSONReader(bytes, path: path)
    return try reader.document()
  }

  /// As `read(_:path:)`, for a document that is one object: the elements of its array `key` are handed
  /// to `element` one after the other and are in memory no longer than that. What is returned has all
  /// other keys.
  package static func read(
    _ bytes: [UInt8], path: String, elementsOf key: String, element: (Datum) -> Void
  ) throws(MalformedText) -> Datum {
    var reader = JSONReader(bytes, path: path)
    return try reader.document(elementsOf: key, element)
  }

  static let depthLimit = 200
}

private struct JSONReader {
  private var cursor: Cursor
  private let lines: LineTable

  init(_ bytes: [UInt8], path: String) {
    cursor = Cursor(bytes)
    lines = LineTable(bytes, path: path)
  }

  mutating func document() throws(MalformedText) -> Datum {
    if let offset = cursor.bytes.firstInvalidUTF8() { throw failure(.invalidUTF8, at: offset) }
    _ = cursor.take("\u{FEFF}")
    let value = try value(depth: 0)
    skipSpace()
    guard cursor.isAtEnd else { throw expected("the end of the file") }
    return value
  }

  mutating func document(
    elementsOf key: String, _ element: (Datum) -> Void
  ) throws(MalformedText) -> Datum {
    if let offset = cursor.bytes.firstInvalidUTF8() { throw failure(.invalidUTF8, at: offset) }
    skipSpace()
    let location = lines.location(of: cursor.offset)
    guard cursor.byte == UInt8(ascii: "{") else { return try document() }
    let table = try object(depth: 0) { (name, reader) throws(MalformedText) in
      guard name == key, reader.cursor.byte == UInt8(ascii: "[") else { return nil }
      let location = reader.lines.location(of: reader.cursor.offset)
      try reader.elements(depth: 1, element)
      return Datum(.array([]), at: location)
    }
    skipSpace()
    guard cursor.isAtEnd else { throw expected("the end of the file") }
    return Datum(.table(table), at: location)
  }

  private mutating func value(depth: Int) throws(MalformedText) -> Datum {
    skipSpace()
    guard depth < JSON.depthLimit else { throw failure(.tooDeep(JSON.depthLimit)) }
    let location = lines.location(of: cursor.offset)
    let content: Datum.Content =
      switch cursor.byte {
      case UInt8(ascii: "\""): .string(try string())
      case UInt8(ascii: "{"): .table(try object(depth: depth))
      case UInt8(ascii: "["): .array(try array(depth: depth))
      default: try bareValue()
      }
    return Datum(content, at: location)
  }

  /// `special` may read the value of a key that stands next, and answers nil where it has not.
  private mutating func object(
    depth: Int,
    special: (String, inout JSONReader) throws(MalformedText) -> Datum? = {
      (_, _) throws(MalformedText) in nil
    }
  ) throws(MalformedText) -> DatumTable {
    cursor.skip()
    var entries: [DatumTable.Entry] = []
    var seen: Set<[UInt8]> = []
    // Most objects have few keys: looking through them is quicker than hashing each.
    func isRepeated(_ key: String) -> Bool {
      if entries.count < 24 { return entries.contains { $0.key.utf8.elementsEqual(key.utf8) } }
      if seen.isEmpty { seen = Set(entries.map { Array($0.key.utf8) }) }
      return !seen.insert(Array(key.utf8)).inserted
    }
    skipSpace()
    if cursor.take(UInt8(ascii: "}")) { return DatumTable() }
    while true {
      skipSpace()
      guard cursor.byte == UInt8(ascii: "\"") else { throw expected("a key") }
      let keyOffset = cursor.offset
      let key = try string()
      guard !isRepeated(key) else {
        throw failure(.duplicateKey(key), at: keyOffset)
      }
      skipSpace()
      guard cursor.take(UInt8(ascii: ":")) else { throw expected("':'") }
      skipSpace()
      var read = try special(key, &self)
      if read == nil { read = try value(depth: depth + 1) }
      if let read {
        entries.append(.init(key: key, keyLocation: lines.location(of: keyOffset), value: read))
      }
      skipSpace()
      if cursor.take(UInt8(ascii: "}")) { return DatumTable(entries) }
      guard cursor.take(UInt8(ascii: ",")) else { throw expected("',' or '}'") }
    }
  }

  private mutating func array(depth: Int) throws(MalformedText) -> [Datum] {
    var elements: [Datum] = []
    try self.elements(depth: depth) { elements.append($0) }
    return elements
  }

  private mutating func elements(
    depth: Int, _ body: (Datum) -> Void
  ) throws(MalformedText) {
    cursor.skip()
    skipSpace()
    if cursor.take(UInt8(ascii: "]")) { return }
    while true {
      body(try value(depth: depth + 1))
      skipSpace()
      if cursor.take(UInt8(ascii: "]")) { return }
      guard cursor.take(UInt8(ascii: ",")) else { throw expected("',' or ']'") }
    }
  }

  private mutating func string() throws(MalformedText) -> String {
    let open = cursor.offset
    cursor.skip()
    var value: [UInt8] = []
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: "\""):
        cursor.skip()
        return String(decoding: value, as: UTF8.self)
      case UInt8(ascii: "\\"): try appendEscape(to: &value)
      case 0..<0x20: throw failure(.controlCharacter(byte))
      default:
        let start = cursor.offset
        cursor.skip { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        value += cursor.bytes[start..<cursor.offset]
      }
    }
    throw failure(.unterminatedString, at: open)
  }

  private mutating func appendEscape(to value: inout [UInt8]) throws(MalformedText) {
    let start = cursor.offset
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08,
      UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D,
      UInt8(ascii: "t"): 0x09,
    ]
    cursor.skip()
    if let byte = cursor.byte, let meant = plain[byte] {
      value.append(meant)
      cursor.skip()
      return
    }
    guard cursor.take(UInt8(ascii: "u")) else { throw failure(.unknownEscape("\\"), at: start) }
    var scalar = try fourDigits(from: start)
    // Above U+FFFF a character is written as two surrogates; one alone has no meaning in UTF-8.
    if scalar >> 10 == 0x36, cursor.take("\\u") {
      let low = try fourDigits(from: start)
      guard low >> 10 == 0x37 else {
        throw failure(.badUnicodeEscape(text(from: start)), at: start)
      }
      scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
    }
    value.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
  }

  private mutating func fourDigits(from start: Int) throws(MalformedText) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = cursor.byte?.hexadecimalValue else {
        throw failure(.badUnicodeEscape(text(from: start)), at: start)
      }
      value = value << 4 | digit
      cursor.skip()
    }
    return value
  }

  private mutating func bareValue() throws(MalformedText) -> Datum.Content {
    if cursor.take("true") { return .boolean(true) }
    if cursor.take("false") { return .boolean(false) }
    if cursor.take("null") { return .null }
    let start = cursor.offset
    _ = cursor.take(UInt8(ascii: "-"))
    let whole = cursor.offset
    cursor.skip(while: \.isDigit)
    guard cursor.offset > whole else {
      cursor.offset = start
      throw expected("a value")
    }
    if cursor.bytes[whole] == UInt8(ascii: "0"), cursor.offset > whole + 1 {
      throw failure(.badNumber(text(from: start), why: "no leading zeros"), at: start)
    }
    var isInteger = true
    if cursor.take(UInt8(ascii: ".")) {
      isInteger = false
      try requireDigits(from: start)
    }
    if cursor.byte == UInt8(ascii: "e") || cursor.byte == UInt8(ascii: "E") {
      isInteger = false
      cursor.skip()
      if !cursor.take(UInt8(ascii: "+")) { _ = cursor.take(UInt8(ascii: "-")) }
      try requireDigits(from: start)
    }
    let written = text(from: start)
    if isInteger, let value = Int64(written) { return .integer(value) }
    return .float(Double(written) ?? .nan)
  }

  private mutating func requireDigits(from start: Int) throws(MalformedText) {
    guard cursor.byte?.isDigit == true else {
      throw failure(.badNumber(text(from: start), why: "a digit is missing"), at: start)
    }
    cursor.skip(while: \.isDigit)
  }

  private mutating func skipSpace() {
    cursor.skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private func text(from start: Int) -> String {
    String(decoding: cursor.bytes[start..<cursor.offset], as: UTF8.self)
  }

  private func failure(_ problem: TextProblem, at offset: Int? = nil) -> MalformedText {
    MalformedText("invalid-json", problem, at: lines.location(of: offset ?? cursor.offset))
  }

  private func expected(_ what: String) -> MalformedText {
    failure(.expected(what, found: cursor.describeNext()))
  }
}
