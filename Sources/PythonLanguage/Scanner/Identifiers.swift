/// Identifiers outside ASCII (PEP 3131).
enum Identifiers {
  /// The first character that no identifier may have, and its offset.
  static func firstInvalid(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> (scalar: Unicode.Scalar, offset: Int)? {
    var offset = range.lowerBound
    for scalar in string(source, range).unicodeScalars {
      let properties = scalar.properties
      let isStart = offset == range.lowerBound
      let allowed =
        scalar == "_"
        || (isStart ? properties.isXIDStart || properties.isIDStart : properties.isXIDContinue)
        || normalized(scalar) != nil
      // U+FFFD stands for what could not be decoded: reported as such, where it is wrong.
      if !allowed, scalar != "\u{FFFD}" { return (scalar, offset) }
      offset += UTF8.width(scalar)
    }
    return nil
  }

  static func string(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for i in range { bytes.append(source[i]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The identifier's bytes as `ast` gives them: in NFKC. Full-width letters, mathematical letters
  /// and ligatures are mapped, which is what fonts and input methods produce; other compatibility
  /// characters stay as they are.
  static func append(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8]
  ) {
    var union: UInt8 = 0
    for i in range { union |= source[i] }
    if union < 0x80 {
      for i in range { text.append(source[i]) }
      return
    }
    for scalar in string(source, range).unicodeScalars {
      if let mapped = normalized(scalar) {
        text.append(contentsOf: mapped.utf8)
      } else {
        text.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  private static func normalized(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF3F, 0xFF41...0xFF5A:
      return Unicode.Scalar(scalar.value - 0xFEE0).map { String($0) }
    case 0x1D400...0x1D6A3:
      let index = (scalar.value - 0x1D400) % 52
      let base = index < 26 ? 0x41 + index : 0x61 + index - 26
      return Unicode.Scalar(base).map { String($0) }
    case 0x1D7CE...0x1D7FF:
      return Unicode.Scalar(0x30 + (scalar.value - 0x1D7CE) % 10).map { String($0) }
    case 0xFB00: return "ff"
    case 0xFB01: return "fi"
    case 0xFB02: return "fl"
    case 0xFB03: return "ffi"
    case 0xFB04: return "ffl"
    case 0xB5: return "\u{3BC}"
    case 0xAA: return "a"
    case 0xBA: return "o"
    default: return nil
    }
  }
}
