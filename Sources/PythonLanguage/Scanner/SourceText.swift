/// Source as people are shown it.
enum SourceText {
  private static let longest = 200

  /// What stands from the first token to the last, on one line.
  static func line(_ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>) -> [UInt8] {
    guard let first = tokens.first, let last = tokens.last else { return [] }
    let (start, end) = (Int(first.start), Int(last.end))
    var result: [UInt8] = []
    for i in start..<min(end, start + longest) {
      let byte = source[i]
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if isBlank, result.last == 0x20 || result.last == UInt8(ascii: "(") { continue }
      result.append(isBlank ? 0x20 : byte)
    }
    if end > start + longest { result += Array("…".utf8) }
    return result
  }
}
