/// Where in a text which three bytes stand, so that many names can be looked for without going
/// through the text for each.
struct Trigrams: Sendable {
  private let text: ArraySlice<UInt8>
  /// By the hash of three bytes: where such stand first, and from there on where next; -1 for nowhere.
  private var first = [Int32](repeating: -1, count: 1 << 12)
  private var next: [Int32]

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    let span = text.span
    next = [Int32](repeating: -1, count: span.count)
    for start in stride(from: span.count - 3, through: 0, by: -1) {
      let hash = Self.hash(span, start)
      next[start] = first[hash]
      first[hash] = Int32(start)
    }
  }

  /// Whether the text has `part`, of at least three bytes, somewhere.
  func contain(_ part: ArraySlice<UInt8>) -> Bool {
    let (text, part) = (text.span, part.span)
    guard part.count >= 3 else { return false }
    var start = Int(first[Self.hash(part, 0)])
    while start >= 0, start + part.count <= text.count {
      var length = 0
      while length < part.count, text[start + length] == part[length] { length += 1 }
      if length == part.count { return true }
      start = Int(next[start])
    }
    return false
  }

  @inline(__always)
  private static func hash(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
    let three =
      UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
    return Int((three &* 0x9E37_79B1) >> 20)
  }
}
