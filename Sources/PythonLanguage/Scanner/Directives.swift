/// Comments that speak to pare.
enum Directives {
  /// The text after `pare:` where a comment starts with it.
  static func find(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var i = range.lowerBound + 1
    while i < range.upperBound, source[i] == UInt8(ascii: " ") { i += 1 }
    guard i + 5 <= range.upperBound, source[i] == UInt8(ascii: "p"),
      source[i + 1] == UInt8(ascii: "a"), source[i + 2] == UInt8(ascii: "r"),
      source[i + 3] == UInt8(ascii: "e"), source[i + 4] == UInt8(ascii: ":")
    else { return nil }
    return i + 5..<range.upperBound
  }
}
