import Model

/// The statements that `QuickImports` has found.
extension QuickImports {
  /// Where the statement begins that this `import` could belong to.
  func statementStart(_ source: borrowing Span<UInt8>, _ word: Int) -> Int? {
    var i = word
    while i > floor {
      let byte = source[i &- 1]
      if parts[Int(byte)] & ByteTables.identifier != 0 || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0C
      {
        i &-= 1
      } else if parts[Int(byte)] & ByteTables.lineEnd != 0 {
        var before = i &- 1
        if byte == UInt8(ascii: "\n"), before > floor, source[before &- 1] == UInt8(ascii: "\r") {
          before &-= 1
        }
        guard before > floor, source[before &- 1] == UInt8(ascii: "\\") else { return i }
        i = before &- 1
      } else {
        return byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") ? i : nil
      }
    }
    return i == 0 || floor == 3 && i == 3 ? i : nil
  }

  mutating func readStatement(
    _ source: borrowing Span<UInt8>, _ start: Int, _ word: Int, _ facts: inout SourceFacts
  ) {
    position = start
    skipBlanks(source, inBrackets: false)
    if takeWord(source, "lazy") { skipBlanks(source, inBrackets: false) }
    if position == word {
      position = word + 6
      readModules(source, &facts)
    } else if takeWord(source, "from") {
      readMembers(source, word, &facts)
    }
    if position < word + 6 { position = word + 6 }
  }

  mutating func readModules(
    _ source: borrowing Span<UInt8>, _ facts: inout SourceFacts
  ) {
    repeat {
      skipBlanks(source, inBrackets: false)
      guard let name = readDottedName(source, &facts) else { return }
      facts.requests.append(Request(.module, kind: .topLevel, name: name, line: 0, column: 0))
      skipAlias(source, inBrackets: false)
    } while take(source, UInt8(ascii: ","))
  }

  mutating func readMembers(
    _ source: borrowing Span<UInt8>, _ word: Int, _ facts: inout SourceFacts
  ) {
    var level = 0
    skipBlanks(source, inBrackets: false)
    while take(source, UInt8(ascii: ".")) {
      level += 1
      skipBlanks(source, inBrackets: false)
    }
    let name =
      position == word ? TextRange.empty : readDottedName(source, &facts) ?? TextRange.empty
    skipBlanks(source, inBrackets: false)
    guard position == word, level > 0 || !name.isEmpty else { return }
    position = word + 6
    skipBlanks(source, inBrackets: false)
    let first = facts.members.count
    var form = Request.Form.member
    if take(source, UInt8(ascii: "*")) {
      form = .wildcard
    } else {
      let isEnclosed = take(source, UInt8(ascii: "("))
      repeat {
        skipBlanks(source, inBrackets: isEnclosed)
        guard let member = readName(source, &facts) else { break }
        facts.members.append(member)
        skipAlias(source, inBrackets: isEnclosed)
      } while take(source, UInt8(ascii: ","))
    }
    facts.requests.append(
      Request(
        form, kind: .topLevel, level: UInt16(clamping: level), name: name,
        members: UInt32(first)..<UInt32(facts.members.count), line: 0, column: 0))
  }

  mutating func readDottedName(
    _ source: borrowing Span<UInt8>, _ facts: inout SourceFacts
  ) -> TextRange? {
    guard let first = readName(source, &facts) else { return nil }
    var end = first.end
    while true {
      let before = position
      skipBlanks(source, inBrackets: false)
      guard take(source, UInt8(ascii: ".")) else {
        position = before
        break
      }
      skipBlanks(source, inBrackets: false)
      facts.text.append(UInt8(ascii: "."))
      guard let next = readName(source, &facts) else { return nil }
      end = next.end
    }
    return TextRange(start: first.start, count: end - first.start)
  }

  mutating func readName(
    _ source: borrowing Span<UInt8>, _ facts: inout SourceFacts
  ) -> TextRange? {
    let start = facts.text.count
    let from = position
    var union: UInt8 = 0
    while position < source.count {
      let byte = source[position]
      if parts[Int(byte)] & ByteTables.identifier == 0 { break }
      facts.text.append(byte)
      union |= byte
      position &+= 1
    }
    guard position > from else { return nil }
    if union >= 0x80 {
      facts.text.removeSubrange(start...)
      Identifiers.append(source, from..<position, to: &facts.text)
    }
    return TextRange(start: start, count: facts.text.count - start)
  }

  mutating func skipAlias(_ source: borrowing Span<UInt8>, inBrackets: Bool) {
    skipBlanks(source, inBrackets: inBrackets)
    guard takeWord(source, "as") else { return }
    skipBlanks(source, inBrackets: inBrackets)
    while position < source.count, parts[Int(source[position])] & ByteTables.identifier != 0 {
      position &+= 1
    }
    skipBlanks(source, inBrackets: inBrackets)
  }

  @inline(__always)
  mutating func take(_ source: borrowing Span<UInt8>, _ byte: UInt8) -> Bool {
    guard position < source.count, source[position] == byte else { return false }
    position &+= 1
    return true
  }

  mutating func takeWord(_ source: borrowing Span<UInt8>, _ text: StaticString) -> Bool {
    let end = position + text.utf8CodeUnitCount
    guard end <= source.count else { return false }
    var i = position
    for byte in text.description.utf8 {
      guard source[i] == byte else { return false }
      i &+= 1
    }
    if end < source.count, parts[Int(source[end])] & ByteTables.identifier != 0 { return false }
    position = end
    return true
  }

  mutating func skipBlanks(_ source: borrowing Span<UInt8>, inBrackets: Bool) {
    while position < source.count {
      switch source[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: position &+= 1
      case UInt8(ascii: "\\"):
        guard position + 1 < source.count,
          parts[Int(source[position + 1])] & ByteTables.lineEnd != 0
        else { return }
        position &+= 1
        if source[position] == UInt8(ascii: "\r"), position + 1 < source.count,
          source[position + 1] == UInt8(ascii: "\n")
        {
          position &+= 1
        }
        position &+= 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        guard inBrackets else { return }
        position &+= 1
      case UInt8(ascii: "#"):
        guard inBrackets else { return }
        position = lineEnd(source, position)
      default: return
      }
    }
  }
}
