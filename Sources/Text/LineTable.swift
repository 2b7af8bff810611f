package import Model

/// Where the lines of a text begin, to turn byte offsets into places that a person can find.
package struct LineTable: Sendable {
  private let starts: [Int]
  private let path: String

  package init(_ bytes: [UInt8], path: String) {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    self.starts = starts
    self.path = path
  }

  /// The line and column of a byte, both counted from 1; a column is a byte.
  package func location(of offset: Int) -> SourceLocation {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourceLocation(path: path, line: low + 1, column: offset - starts[low] + 1)
  }

  /// The byte that stands at a line and a column of this text.
  package func offset(of location: SourceLocation) -> Int {
    precondition(starts.indices.contains(location.line - 1), "a place is of another text")
    return starts[location.line - 1] + location.column - 1
  }
}

extension Collection<UInt8> {
  /// The position of the first byte that is not valid UTF-8: overlong forms, surrogates, what is
  /// above U+10FFFF, and sequences that are cut short among them (RFC 3629). Nil where all is well.
  func firstInvalidUTF8() -> Int? {
    var position = 0
    var pending = 0
    var start = 0
    var lower: UInt8 = 0x80
    var upper: UInt8 = 0xBF
    for byte in self {
      if pending > 0 {
        guard byte >= lower, byte <= upper else { return start }
        (lower, upper) = (0x80, 0xBF)
        pending -= 1
      } else if byte >= 0x80 {
        start = position
        switch byte {
        case 0xC2...0xDF: pending = 1
        case 0xE0: (pending, lower) = (2, 0xA0)
        case 0xED: (pending, upper) = (2, 0x9F)
        case 0xE1...0xEF: pending = 2
        case 0xF0: (pending, lower) = (3, 0x90)
        case 0xF1...0xF3: pending = 3
        case 0xF4: (pending, upper) = (3, 0x8F)
        default: return start
        }
      }
      position += 1
    }
    return pending > 0 ? start : nil
  }
}
