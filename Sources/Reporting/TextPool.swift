/// Texts of a document, each made once however often it stands there.
///
/// A report repeats the names of what its functions share: to find one by its bytes costs a fraction
/// of making it.
struct TextPool {
  private(set) var texts: [String] = []
  /// The bytes of all texts, one behind the other, and where each begins.
  private var bytes: [UInt8] = []
  private var starts = [0]
  /// Positions in `texts`, -1 where there is none; a power of two, at most half full.
  private var slots = [Int32](repeating: -1, count: 1024)

  /// The text of some bytes, which have to be ASCII.
  mutating func text(_ document: [UInt8], _ range: Range<Int>) -> String {
    // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/).
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(document[index])) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot] >= 0 {
      let position = Int(slots[slot])
      if isSame(position, document, range) { return texts[position] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let text = String(decoding: document[range], as: UTF8.self)
    slots[slot] = Int32(texts.count)
    texts.append(text)
    bytes += document[range]
    starts.append(bytes.count)
    if texts.count * 2 > slots.count { grow() }
    return text
  }

  private func isSame(_ position: Int, _ document: [UInt8], _ range: Range<Int>) -> Bool {
    let start = starts[position]
    guard starts[position + 1] - start == range.count else { return false }
    for offset in 0..<range.count where bytes[start + offset] != document[range.lowerBound + offset]
    {
      return false
    }
    return true
  }

  private mutating func grow() {
    let known = self
    self = TextPool()
    slots = Array(repeating: -1, count: known.slots.count * 2)
    for position in known.texts.indices {
      _ = text(known.bytes, known.starts[position]..<known.starts[position + 1])
    }
  }
}
