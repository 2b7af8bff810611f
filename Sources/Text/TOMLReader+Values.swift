import Model

extension TOMLReader {
  mutating func value(depth: Int) throws(MalformedText) -> Datum {
    let location = here
    guard depth < TOML.depthLimit else { throw failure(.tooDeep(TOML.depthLimit)) }
    let content: Datum.Content =
      switch cursor.byte {
      case UInt8(ascii: "\""):
        .string(cursor.isAt("\"\"\"") ? try longBasicString() : try basicString())
      case UInt8(ascii: "'"):
        .string(cursor.isAt("'''") ? try longLiteralString() : try literalString())
      case UInt8(ascii: "["): .array(try arrayValue(depth: depth))
      case UInt8(ascii: "{"): .table(try inlineTable(depth: depth))
      default: try bareValue()
      }
    return Datum(content, at: location)
  }

  private mutating func arrayValue(depth: Int) throws(MalformedText) -> [Datum] {
    cursor.skip()
    var elements: [Datum] = []
    while true {
      try skipBlankLines()
      if cursor.take(UInt8(ascii: "]")) { return elements }
      elements.append(try value(depth: depth + 1))
      try skipBlankLines()
      if cursor.take(UInt8(ascii: "]")) { return elements }
      guard cursor.take(UInt8(ascii: ",")) else { throw expected("',' or ']'") }
    }
  }

  private mutating func inlineTable(depth: Int) throws(MalformedText) -> DatumTable {
    var tree = TOMLTree(at: here)
    cursor.skip()
    skipSpace()
    if cursor.take(UInt8(ascii: "}")) { return tree.finishedTable }
    while true {
      try stayOnLine()
      let keys = try keyPath()
      try stayOnLine()
      try tree.insert(try assignedValue(depth: depth + keys.count), at: keys, below: TOMLTree.root)
      skipSpace()
      if cursor.take(UInt8(ascii: "}")) { return tree.finishedTable }
      try stayOnLine()
      let comma = cursor.offset
      guard cursor.take(UInt8(ascii: ",")) else { throw expected("',' or '}'") }
      skipSpace()
      if cursor.byte == UInt8(ascii: "}") { throw failure(.trailingComma, at: comma) }
    }
  }

  private func stayOnLine() throws(MalformedText) {
    switch cursor.byte {
    case 0x0A, 0x0D, UInt8(ascii: "#"): throw failure(.inlineTableNewline)
    default: break
    }
  }

  // MARK: Strings

  mutating func literalString() throws(MalformedText) -> String {
    let open = cursor.offset
    cursor.skip()
    while let byte = cursor.byte, byte != 0x0A, !cursor.isAt("\r\n") {
      if byte == UInt8(ascii: "'") {
        let value = text(from: open + 1)
        cursor.skip()
        return value
      }
      try allow(byte)
      cursor.skip()
    }
    throw failure(cursor.isAtEnd ? .unterminatedString : .newlineInString, at: open)
  }

  mutating func basicString() throws(MalformedText) -> String {
    let open = cursor.offset
    cursor.skip()
    var value: [UInt8] = []
    while let byte = cursor.byte, byte != 0x0A, !cursor.isAt("\r\n") {
      switch byte {
      case UInt8(ascii: "\""):
        cursor.skip()
        return String(decoding: value, as: UTF8.self)
      case UInt8(ascii: "\\"): try appendEscape(to: &value)
      default:
        try allow(byte)
        value.append(byte)
        cursor.skip()
      }
    }
    throw failure(cursor.isAtEnd ? .unterminatedString : .newlineInString, at: open)
  }

  private mutating func longLiteralString() throws(MalformedText) -> String {
    let open = cursor.offset
    cursor.skip(3)
    _ = try newline()
    var value: [UInt8] = []
    while let byte = cursor.byte {
      if byte == UInt8(ascii: "'"), try closeLongString(UInt8(ascii: "'"), into: &value, open: open)
      {
        return String(decoding: value, as: UTF8.self)
      }
      if byte != UInt8(ascii: "'") { try appendRaw(to: &value) }
    }
    throw failure(.unterminatedString, at: open)
  }

  private mutating func longBasicString() throws(MalformedText) -> String {
    let open = cursor.offset
    cursor.skip(3)
    _ = try newline()
    var value: [UInt8] = []
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: "\""):
        if try closeLongString(UInt8(ascii: "\""), into: &value, open: open) {
          return String(decoding: value, as: UTF8.self)
        }
      case UInt8(ascii: "\\"):
        if try !skipLineContinuation() { try appendEscape(to: &value) }
      default: try appendRaw(to: &value)
      }
    }
    throw failure(.unterminatedString, at: open)
  }

  /// At a quotation mark. Up to two may stand inside, also right before the closing three:
  /// `"""he said "yes""""` ends in one. True where the string ends.
  private mutating func closeLongString(
    _ quote: UInt8, into value: inout [UInt8], open: Int
  ) throws(MalformedText) -> Bool {
    let start = cursor.offset
    while cursor.byte == quote, cursor.offset - start < 5 { cursor.skip() }
    let count = cursor.offset - start
    let inside = count >= 3 ? count - 3 : count
    value.append(contentsOf: repeatElement(quote, count: inside))
    return count >= 3
  }

  private mutating func appendRaw(to value: inout [UInt8]) throws(MalformedText) {
    guard let byte = cursor.byte else { return }
    if byte == 0x0A || byte == 0x0D {
      // Line ends are normalised, so that a document means the same wherever it was checked out.
      _ = try newline()
      value.append(0x0A)
    } else {
      try allow(byte)
      value.append(byte)
      cursor.skip()
    }
  }

  /// A `\` at the end of a line takes the line end and all space and line ends after it.
  private mutating func skipLineContinuation() throws(MalformedText) -> Bool {
    let start = cursor.offset
    cursor.skip()
    skipSpace()
    guard try newline() else {
      cursor.offset = start
      return false
    }
    repeat { skipSpace() } while try newline()
    return true
  }

  private mutating func appendEscape(to value: inout [UInt8]) throws(MalformedText) {
    let start = cursor.offset
    cursor.skip()
    switch cursor.byte {
    case UInt8(ascii: "b"): value.append(0x08)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "f"): value.append(0x0C)
    case UInt8(ascii: "r"): value.append(0x0D)
    case UInt8(ascii: "\""): value.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): value.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "u"):
      return try appendScalar(digits: 4, to: &value, from: start)
    case UInt8(ascii: "U"):
      return try appendScalar(digits: 8, to: &value, from: start)
    default:
      let next = cursor.isAtEnd || cursor.byte == 0x0A ? "" : cursor.describeNext()
      throw failure(.unknownEscape("\\" + next.filter { $0 != "'" }), at: start)
    }
    cursor.skip()
  }

  private mutating func appendScalar(
    digits: Int, to value: inout [UInt8], from start: Int
  ) throws(MalformedText) {
    cursor.skip()
    var scalar: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = cursor.byte?.hexadecimalValue else {
        throw failure(.badUnicodeEscape(text(from: start)), at: start)
      }
      scalar = scalar << 4 | digit
      cursor.skip()
    }
    guard let scalar = Unicode.Scalar(scalar) else {
      throw failure(.badUnicodeEscape(text(from: start)), at: start)
    }
    value.append(contentsOf: Unicode.UTF8.encode(scalar).map { Array($0) } ?? [])
  }
}
