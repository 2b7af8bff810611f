/// Finds the string table that Cython 3.3 and newer pack in a manner of LZSS: bits in groups of
/// eight, the lowest first, each for a byte as it is or for a run that was there before.
///
///     0ddddddd nnnnnnnn            distance from the run's end, up to 127
///     1ddddddd 0DDnnnnn            two bits more of distance, up to 639
///     1ddddddd 1DDDDDDD nnnnnnnn   seven bits more
///
/// Runs have three bytes more than `n` says. Nothing says where a table begins or ends: what can be
/// unpacked to a good deal of text is one. Source: `Cython/Utility/StringTools.c` of Cython 3.3.
enum PackedStrings {
  private static let shortest = 200
  private static let longest = 16 << 20

  /// Makes `text` what can be unpacked from a place on, and says where that ends; nil where it is no
  /// text.
  static func unpack(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8]
  ) -> Int? {
    guard couldBegin(bytes, range) else { return nil }
    text.removeAll(keepingCapacity: true)
    var position = range.lowerBound
    var unprintable = 0
    unpacking: while position < range.upperBound, text.count < longest {
      var flags = UInt32(bytes[position]) | 0xFF00
      position += 1
      while flags & 0x100 != 0 {
        guard position + 2 < range.upperBound else { break unpacking }
        let start = text.count
        if flags & 1 == 1 {
          text.append(bytes[position])
          position += 1
        } else {
          let low = Int(bytes[position])
          let high = Int(bytes[position + 1])
          position += 2
          var (distance, length) = (low, high)
          if low & 0x80 != 0 {
            if high & 0x80 == 0 {
              distance = 0x80 + (high << 2 & 0x180 | low & 0x7F)
              length = high & 0x1F
            } else {
              distance = 0x80 + ((high & 0x7F) << 7 | low & 0x7F)
              length = Int(bytes[position])
              position += 1
            }
          }
          length += 3
          let first = start - distance - length
          guard first >= 0 else { break unpacking }
          for i in first..<first + length { text.append(text[i]) }
        }
        for i in start..<text.count where isUnprintable(text[i]) { unprintable += 1 }
        // Constants of bytes stand behind the text, and a few characters of control in it.
        if unprintable > 8 + text.count / 16 { break unpacking }
        flags >>= 1
      }
    }
    return text.count < shortest ? nil : position
  }

  /// Whether the first eight steps can be those of a table, without taking them: most places fail here.
  private static func couldBegin(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    let flags = bytes[range.lowerBound]
    // Nothing is there before the third byte that could be repeated.
    guard flags & 7 == 7, range.count > 25 else { return false }
    var position = range.lowerBound + 1
    var unprintable = 0
    for step in 0..<UInt8(8) {
      if flags >> step & 1 == 1 {
        if isUnprintable(bytes[position]) { unprintable += 1 }
        position += 1
      } else {
        let isLong = bytes[position] & 0x80 != 0 && bytes[position + 1] & 0x80 != 0
        position += isLong ? 3 : 2
      }
    }
    return unprintable < 4
  }

  private static func isUnprintable(_ byte: UInt8) -> Bool {
    (byte < 32 && byte != 9 && byte != 10 && byte != 13) || byte == 127 || byte >= 0xF5
  }
}
