import Model

/// Texts that were seen, each kept once in a `SourceFacts.text`: no allocation per text.
struct TextSet {
  private var slots: [Int32] = []
  /// In the order in which they came.
  private(set) var ranges: [TextRange] = []

  /// Appends the text and says where it lies; nil where it was there already.
  mutating func insert(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8]
  ) -> TextRange? {
    let count = ranges.count
    let index = self.index(of: source, range, into: &text)
    return index == count ? ranges[index] : nil
  }

  /// The position of a text in `ranges`; what was not there yet is appended.
  mutating func index(
    of source: borrowing Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8]
  ) -> Int {
    if ranges.count * 2 >= slots.count { grow(text) }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for i in range { hash = (hash ^ UInt64(source[i])) &* 0x100_0000_01B3 }
    var slot = position(hash)
    while slots[slot] >= 0 {
      let known = Int(slots[slot])
      if equal(source, range, ranges[known], text) { return known }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    slots[slot] = Int32(ranges.count)
    let start = text.count
    for i in range { text.append(source[i]) }
    ranges.append(TextRange(start: start, count: range.count))
    return ranges.count - 1
  }

  private func position(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(slots.count &- 1))
  }

  private func equal(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ known: TextRange, _ text: [UInt8]
  ) -> Bool {
    guard known.count == range.count else { return false }
    for i in 0..<known.count where source[range.lowerBound &+ i] != text[known.start &+ i] {
      return false
    }
    return true
  }

  private mutating func grow(_ text: [UInt8]) {
    slots = Array(repeating: -1, count: max(256, slots.count * 4))
    for (index, range) in ranges.enumerated() {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for i in range.start..<range.end { hash = (hash ^ UInt64(text[i])) &* 0x100_0000_01B3 }
      var slot = position(hash)
      while slots[slot] >= 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = Int32(index)
    }
  }
}
