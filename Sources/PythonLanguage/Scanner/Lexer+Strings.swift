/// String literals, from the first letter of their prefix on. A formatted string is one token: the
/// expressions in it are skipped with the nesting that CPython 3.12 allows.
extension Lexer {
  private static let deepest = 100

  mutating func readString(_ source: borrowing Span<UInt8>, from start: Int) {
    var flags: LiteralShape = []
    var isFormatted = false
    for i in start..<position {
      switch source[i] | 0x20 {
      case UInt8(ascii: "b"): flags.insert(.bytes)
      case UInt8(ascii: "r"): flags.insert(.raw)
      case UInt8(ascii: "f"), UInt8(ascii: "t"): isFormatted = true
      default: break
      }
    }
    let quote = source[position]
    let line = line
    let isTriple =
      position + 2 < source.count && source[position + 1] == quote
      && source[position + 2] == quote
    if isTriple { flags.insert(.triple) }
    position &+= isTriple ? 3 : 1
    if isFormatted {
      readFormatted(source, start, quote, flags)
    } else if isTriple {
      readTriple(source, quote, &flags)
    } else {
      readSimple(source, quote, &flags)
    }
    if flags.contains(.broken) {
      let sentence: Sentence =
        isFormatted
        ? .unterminatedFormattedString
        : isTriple ? .unterminatedTripleString : .unterminatedString
      problems.add(sentence, line: line, column: column(of: start, line: line))
    }
    interest.formUnion(isFormatted ? [.string, .formattedString] : .string)
    emit(isFormatted ? .formattedString : .string, start, flags: flags, line: line)
  }

  /// Steps over the string at `position`, for a reader that has no use for its token.
  mutating func skipString(_ source: borrowing Span<UInt8>, from start: Int) {
    readString(source, from: start)
    tokens.removeAll(keepingCapacity: true)
    forgetLines()
  }

  private mutating func readSimple(
    _ source: borrowing Span<UInt8>, _ quote: UInt8, _ flags: inout LiteralShape
  ) {
    var common: UInt8 = .max
    var union: UInt8 = 0
    var isEscaped = false
    let count = source.count
    while position < count {
      let byte = source[position]
      let part = tables.parts[Int(byte)]
      if part & ByteTables.stop == 0 {
        common &= part
        union |= part
        position &+= 1
        continue
      }
      if byte == quote {
        position &+= 1
        if isEscaped {
          flags.insert(.escapes)
        } else {
          if common & ByteTables.plain != 0 { flags.insert(.plain) }
          if common & ByteTables.template != 0 { flags.insert(.template) }
          if union & ByteTables.hole != 0 { flags.insert(.holes) }
        }
        return
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        position &+= 1
        skipEscaped(source)
      } else if part & ByteTables.lineEnd != 0 {
        flags.insert(.broken)
        return
      } else {
        common = 0
        position &+= 1
      }
    }
    flags.insert(.broken)
  }

  /// Steps over the character after a backslash.
  @inline(__always)
  private mutating func skipEscaped(_ source: borrowing Span<UInt8>) {
    guard position < source.count else { return }
    if tables.parts[Int(source[position])] & ByteTables.lineEnd != 0 {
      continueLine(source)
    } else {
      position &+= 1
    }
  }

  private mutating func readTriple(
    _ source: borrowing Span<UInt8>, _ quote: UInt8, _ flags: inout LiteralShape
  ) {
    let opening = position
    let state = save()
    let count = source.count
    while position < count {
      let byte = source[position]
      let part = tables.parts[Int(byte)]
      if part & ByteTables.stop == 0 {
        position &+= 1
      } else if byte == quote {
        if position &+ 2 < count, source[position &+ 1] == quote, source[position &+ 2] == quote {
          position &+= 3
          return
        }
        position &+= 1
      } else if byte == UInt8(ascii: "\\") {
        position &+= 1
        flags.insert(.escapes)
        skipEscaped(source)
      } else if part & ByteTables.lineEnd != 0 {
        continueLine(source)
      } else {
        position &+= 1
      }
    }
    // The rest of the file would be lost: what follows the line of the quotes is read as code, once.
    flags.insert(.broken)
    guard !hasTornString else { return }
    hasTornString = true
    restore(state)
    position = opening
    skipToLineEnd(source)
  }

  private mutating func skipToLineEnd(_ source: borrowing Span<UInt8>) {
    while position < source.count, tables.parts[Int(source[position])] & ByteTables.lineEnd == 0 {
      position &+= 1
    }
  }

  // MARK: Formatted strings

  /// An expression in a formatted string: `x` of `f"{x!r:>{width}}"`, and `width`.
  struct Field {
    let range: Range<Int>
    let line: UInt32
  }

  /// The expressions of a formatted string, and of those nested in it. Leaves the lexer anywhere.
  mutating func fields(_ source: borrowing Span<UInt8>, of token: Token) -> [Field] {
    position = Int(token.start)
    line = token.line
    while position < source.count, source[position] != UInt8(ascii: "\""),
      source[position] != UInt8(ascii: "'")
    {
      position &+= 1
    }
    guard position < source.count else { return [] }
    let quote = source[position]
    position &+= token.flags.contains(.triple) ? 3 : 1
    fields = []
    defer { fields = nil }
    _ = skipFormatted(source, quote, token.flags, depth: 0)
    let complete = (fields ?? []).filter { $0.range.upperBound <= Int(token.end) }
    return complete.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The tokens of a field, which may run over several lines; `interest` is that of all of them.
  mutating func fieldTokens(_ source: borrowing Span<UInt8>, _ field: Field) -> [Token] {
    let part = source.extracting(0..<field.range.upperBound)
    position = field.range.lowerBound
    line = field.line
    directives = []
    var result: [Token] = []
    var whole: Interest = []
    while advance(part) {
      result += tokens
      whole.formUnion(interest)
    }
    interest = whole
    return result
  }

  private mutating func readFormatted(
    _ source: borrowing Span<UInt8>, _ start: Int, _ quote: UInt8, _ flags: LiteralShape
  ) {
    let opening = position
    let state = save()
    if skipFormatted(source, quote, flags, depth: 0) { return }
    // Not as 3.12 reads it: up to the next quote, as 3.11 would.
    restore(state)
    position = opening
    var plain = flags
    if flags.contains(.triple) {
      readTriple(source, quote, &plain)
    } else {
      readSimple(source, quote, &plain)
    }
    problems.add(
      .unterminatedFormattedString, line: state.line, column: column(of: start, line: state.line))
  }

  /// Steps over the rest of a formatted string; false where it does not end.
  private mutating func skipFormatted(
    _ source: borrowing Span<UInt8>, _ quote: UInt8, _ flags: LiteralShape, depth: Int
  ) -> Bool {
    let count = source.count
    while position < count {
      let byte = source[position]
      switch byte {
      case quote:
        if !flags.contains(.triple) {
          position &+= 1
          return true
        }
        if position &+ 2 < count, source[position &+ 1] == quote, source[position &+ 2] == quote {
          position &+= 3
          return true
        }
        position &+= 1
      case UInt8(ascii: "\\"):
        position &+= 1
        skipFormattedEscape(source, flags)
      case UInt8(ascii: "{"):
        position &+= 1
        if position < count, source[position] == UInt8(ascii: "{") {
          position &+= 1
        } else if !skipField(source, quote, flags, depth: depth + 1) {
          return false
        }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        guard flags.contains(.triple) else { return false }
        continueLine(source)
      default:
        position &+= 1
      }
    }
    return false
  }

  /// `\{` is a backslash before a field, `\N{DASH}` is a character.
  private mutating func skipFormattedEscape(
    _ source: borrowing Span<UInt8>, _ flags: LiteralShape
  ) {
    guard position < source.count else { return }
    let byte = source[position]
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") { return }
    if byte == UInt8(ascii: "N"), !flags.contains(.raw), position + 1 < source.count,
      source[position + 1] == UInt8(ascii: "{")
    {
      while position < source.count, source[position] != UInt8(ascii: "}"),
        tables.parts[Int(source[position])] & ByteTables.lineEnd == 0
      {
        position &+= 1
      }
      if position < source.count, source[position] == UInt8(ascii: "}") { position &+= 1 }
      return
    }
    skipEscaped(source)
  }

  /// Steps over `x!r:>{width}}`, after its `{`.
  private mutating func skipField(
    _ source: borrowing Span<UInt8>, _ quote: UInt8, _ flags: LiteralShape, depth: Int
  ) -> Bool {
    guard depth < Self.deepest else { return false }
    let count = source.count
    let start = LinePlace(offset: position, line: line)
    var brackets = 0
    while position < count {
      let byte = source[position]
      switch tables.classes[Int(byte)] {
      case .open:
        brackets += 1
        position &+= 1
      case .close:
        position &+= 1
        if brackets == 0 {
          addField(from: start)
          return byte == UInt8(ascii: "}")
        }
        brackets -= 1
      case .quote:
        if !skipNestedString(source, from: position, depth: depth) { return false }
      case .name:
        let start = position
        while position < count,
          tables.parts[Int(source[position])] & ByteTables.identifier != 0
        {
          position &+= 1
        }
        if position < count, position - start <= 2,
          tables.classes[Int(source[position])] == .quote
        {
          if !skipNestedString(source, from: start, depth: depth) { return false }
        }
      case .newline:
        continueLine(source)
      case .comment:
        skipToLineEnd(source)
      case .other where byte == UInt8(ascii: ":") && brackets == 0:
        position &+= 1
        addField(from: start)
        return skipFormat(source, quote, flags, depth: depth)
      default:
        position &+= 1
      }
    }
    return false
  }

  /// The expression ends before the byte that was just read.
  private mutating func addField(from start: LinePlace) {
    fields?.append(Field(range: start.offset..<position &- 1, line: start.line))
  }

  /// Steps over a format specification and the `}` after it.
  private mutating func skipFormat(
    _ source: borrowing Span<UInt8>, _ quote: UInt8, _ flags: LiteralShape, depth: Int
  ) -> Bool {
    while position < source.count {
      let byte = source[position]
      switch byte {
      case UInt8(ascii: "}"):
        position &+= 1
        return true
      case UInt8(ascii: "{"):
        position &+= 1
        if !skipField(source, quote, flags, depth: depth + 1) { return false }
      case quote where !flags.contains(.triple):
        return false
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        continueLine(source)
      case UInt8(ascii: "\\"):
        position &+= 1
        skipFormattedEscape(source, flags)
      default:
        position &+= 1
      }
    }
    return false
  }

  private mutating func skipNestedString(
    _ source: borrowing Span<UInt8>, from start: Int, depth: Int
  ) -> Bool {
    var flags: LiteralShape = []
    var isFormatted = false
    for i in start..<position {
      let letter = source[i] | 0x20
      if letter == UInt8(ascii: "r") { flags.insert(.raw) }
      if letter == UInt8(ascii: "f") || letter == UInt8(ascii: "t") { isFormatted = true }
    }
    let quote = source[position]
    let isTriple =
      position + 2 < source.count && source[position + 1] == quote
      && source[position + 2] == quote
    if isTriple { flags.insert(.triple) }
    position &+= isTriple ? 3 : 1
    if isFormatted { return skipFormatted(source, quote, flags, depth: depth) }
    if isTriple { readTriple(source, quote, &flags) } else { readSimple(source, quote, &flags) }
    return !flags.contains(.broken)
  }
}
