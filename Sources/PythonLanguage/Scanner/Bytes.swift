/// Questions about runs of bytes, in loops that the compiler turns into vector instructions.
enum Bytes {
  /// All bits that occur, and the least byte.
  static func summary(_ bytes: borrowing Span<UInt8>) -> (union: UInt8, least: UInt8) {
    var union: UInt8 = 0
    var least: UInt8 = .max
    for i in bytes.indices {
      union |= bytes[i]
      least = min(least, bytes[i])
    }
    return (union, least)
  }

  /// The length of the UTF-8 sequence that begins here, 0 where it is none.
  static func sequenceLength(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
    func isContinuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      start + offset < bytes.count && range.contains(bytes[start + offset])
    }
    switch bytes[start] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return isContinuation(1) ? 2 : 0
    case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : 0
    case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : 0
    case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : 0
    case 0xF0:
      return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xF4:
      return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xF1...0xF3:
      return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
    default: return 0
    }
  }

  /// Whether a run of bytes stands somewhere in a range.
  static func contains(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ run: [UInt8]
  ) -> Bool {
    guard let first = run.first, range.count >= run.count else { return run.isEmpty }
    for start in range.lowerBound...range.upperBound - run.count where bytes[start] == first {
      if run.indices.allSatisfy({ bytes[start + $0] == run[$0] }) { return true }
    }
    return false
  }

  /// Whether a range holds exactly these bytes.
  static func equal(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ text: StaticString
  ) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { known in
      for i in 0..<known.count where unsafe bytes[range.lowerBound &+ i] != known[i] {
        return false
      }
      return true
    }
  }
}
