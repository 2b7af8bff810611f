package import Model

/// Finds a file's import statements and nothing else: no kinds, no guards, no lines, no problems.
///
/// For graphs of whole trees. Looks for the word, eight bytes at a time, and keeps track only of what
/// could make it something else: strings and comments. What follows the last `import` of a file is
/// not read at all. On files that CPython accepts, it finds what `PythonScanner` finds.
package struct QuickImports {
  var position = 0
  /// Before it, everything is settled.
  var floor = 0
  private var lexer = Lexer(at: 0)
  let parts = ByteTables.shared.parts

  package init() {}

  /// Replaces the requests, members and text of `facts`; their lines are 0.
  package mutating func scan(_ source: Span<UInt8>, into facts: inout SourceFacts) {
    facts.requests.removeAll(keepingCapacity: true)
    facts.members.removeAll(keepingCapacity: true)
    facts.text.removeAll(keepingCapacity: true)
    guard source.count < Int(Int32.max) else { return }
    let encoding = SourceEncoding.detect(source)
    if let decoded = encoding.decode(source) {
      read(decoded.span, into: &facts)
    } else {
      position = encoding.start
      read(source, into: &facts)
    }
    position = 0
  }

  private mutating func read(_ source: borrowing Span<UInt8>, into facts: inout SourceFacts) {
    floor = position
    while let word = findImport(source, from: position) {
      guard settle(source, before: word) else { continue }
      position = word + 6
      let isWord =
        (word == 0 || parts[Int(source[word - 1])] & ByteTables.identifier == 0)
        && position < source.count && parts[Int(source[position])] & ByteTables.identifier == 0
      // `from a.importer import b`: what comes before stays open.
      guard isWord else { continue }
      if let start = statementStart(source, word) { readStatement(source, start, word, &facts) }
      floor = max(floor, word)
    }
  }

  // MARK: Finding

  private static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Eight bytes as one word; the compiler makes one load of it.
  @inline(__always)
  private static func word(_ source: borrowing Span<UInt8>, _ offset: Int) -> UInt64 {
    let eight = source.extracting(offset..<offset &+ 8)
    var word = UInt64(eight[7]) << 56
    word |= UInt64(eight[6]) << 48
    word |= UInt64(eight[5]) << 40
    word |= UInt64(eight[4]) << 32
    word |= UInt64(eight[3]) << 24
    word |= UInt64(eight[2]) << 16
    word |= UInt64(eight[1]) << 8
    word |= UInt64(eight[0])
    return word
  }

  /// The high bit of each byte that is zero; above the first one there may be more.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// The next `import`, as letters.
  private func findImport(_ source: borrowing Span<UInt8>, from start: Int) -> Int? {
    let count = source.count
    let m = Self.repeated(UInt8(ascii: "m"))
    let p = Self.repeated(UInt8(ascii: "p"))
    var i = start &+ 1
    while i &+ 9 <= count {
      var hits = Self.zeros((Self.word(source, i) ^ m) | (Self.word(source, i &+ 1) ^ p))
      while hits != 0 {
        let found = i &+ hits.trailingZeroBitCount >> 3
        if isImport(source, found &- 1) { return found &- 1 }
        hits &= hits &- 1
      }
      i &+= 8
    }
    while i &+ 4 < count {
      if isImport(source, i &- 1) { return i &- 1 }
      i &+= 1
    }
    return nil
  }

  @inline(__always)
  private func isImport(_ source: borrowing Span<UInt8>, _ i: Int) -> Bool {
    i &+ 6 <= source.count && source[i] == UInt8(ascii: "i")
      && source[i &+ 1] == UInt8(ascii: "m") && source[i &+ 2] == UInt8(ascii: "p")
      && source[i &+ 3] == UInt8(ascii: "o") && source[i &+ 4] == UInt8(ascii: "r")
      && source[i &+ 5] == UInt8(ascii: "t")
  }

  /// Steps over strings and comments up to `word`; false where it lies in one, and `position` after
  /// that.
  private mutating func settle(_ source: borrowing Span<UInt8>, before word: Int) -> Bool {
    while true {
      let event = findEvent(source, from: position, before: word)
      if event == word {
        position = word
        return true
      }
      switch source[event] {
      case UInt8(ascii: "#"): position = lineEnd(source, event)
      case UInt8(ascii: "&"):
        position = event &+ 1
        continue
      default: skipString(source, event)
      }
      floor = position
      if position > word { return false }
    }
  }

  /// The next quote or `#`, or an `&`, which differs from them in the same bits.
  @inline(__always)
  private func findEvent(
    _ source: borrowing Span<UInt8>, from start: Int, before end: Int
  ) -> Int {
    var i = start
    while i &+ 8 <= end {
      let word = (Self.word(source, i) & 0xFAFA_FAFA_FAFA_FAFA) ^ 0x2222_2222_2222_2222
      let hits = Self.zeros(word)
      if hits != 0 { return i &+ hits.trailingZeroBitCount >> 3 }
      i &+= 8
    }
    while i < end {
      if source[i] & 0xFA == 0x22 { return i }
      i &+= 1
    }
    return end
  }

  func lineEnd(_ source: borrowing Span<UInt8>, _ start: Int) -> Int {
    var i = start
    while i < source.count, parts[Int(source[i])] & ByteTables.lineEnd == 0 { i &+= 1 }
    return i
  }

  private mutating func skipString(_ source: borrowing Span<UInt8>, _ opening: Int) {
    let quote = source[opening]
    if opening > 0, let start = formattedPrefix(source, opening) {
      lexer.position = opening
      lexer.skipString(source, from: start)
      position = max(lexer.position, opening + 1)
      return
    }
    let count = source.count
    if opening &+ 2 < count, source[opening &+ 1] == quote, source[opening &+ 2] == quote {
      skipTriple(source, opening &+ 3, quote)
      return
    }
    var i = opening &+ 1
    while i < count {
      let byte = source[i]
      if parts[Int(byte)] & ByteTables.stop == 0 {
        i &+= 1
      } else if byte == quote {
        i &+= 1
        break
      } else if byte == UInt8(ascii: "\\") {
        // `\` before `\r\n` continues the string, too.
        i &+= i &+ 2 < count && source[i &+ 1] == 0x0D && source[i &+ 2] == 0x0A ? 3 : 2
      } else if parts[Int(byte)] & ByteTables.lineEnd != 0 {
        break
      } else {
        i &+= 1
      }
    }
    position = min(i, count)
  }

  private mutating func skipTriple(
    _ source: borrowing Span<UInt8>, _ start: Int, _ quote: UInt8
  ) {
    let count = source.count
    let quotes = Self.repeated(quote)
    let backslashes = Self.repeated(UInt8(ascii: "\\"))
    var i = start
    while i < count {
      if i &+ 8 <= count {
        let word = Self.word(source, i)
        let hits = Self.zeros(word ^ quotes) | Self.zeros(word ^ backslashes)
        if hits == 0 {
          i &+= 8
          continue
        }
        i &+= hits.trailingZeroBitCount >> 3
      }
      let byte = source[i]
      if byte == UInt8(ascii: "\\") {
        i &+= 2
      } else if byte == quote, i &+ 2 < count, source[i &+ 1] == quote, source[i &+ 2] == quote {
        position = i &+ 3
        return
      } else {
        i &+= 1
      }
    }
    position = count
  }

  /// Where the prefix of a formatted string begins.
  private func formattedPrefix(_ source: borrowing Span<UInt8>, _ opening: Int) -> Int? {
    var start = opening
    var isFormatted = false
    while start > 0, opening - start < 3, parts[Int(source[start - 1])] & ByteTables.identifier != 0
    {
      start -= 1
      let letter = source[start] | 0x20
      if letter == UInt8(ascii: "f") || letter == UInt8(ascii: "t") { isFormatted = true }
      if letter != UInt8(ascii: "f"), letter != UInt8(ascii: "t"), letter != UInt8(ascii: "r") {
        return nil
      }
    }
    return isFormatted && opening - start <= 2 ? start : nil
  }
}
