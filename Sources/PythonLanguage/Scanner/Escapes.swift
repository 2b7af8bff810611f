/// Backslashes in string literals.
enum Escapes {
  /// Simple escapes are resolved; those by number or name stay as they are, since no name of a module
  /// has them.
  static func unescaped(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ flags: LiteralShape
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = source[i]
      i += 1
      guard byte == UInt8(ascii: "\\"), !flags.contains(.raw), i < range.upperBound else {
        result.append(byte)
        continue
      }
      switch source[i] {
      case UInt8(ascii: "\n"): break
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(source[i])
      default: result += [byte, source[i]]
      }
      i += 1
    }
    return result
  }
}
