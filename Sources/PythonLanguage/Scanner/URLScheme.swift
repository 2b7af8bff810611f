/// How a URL begins (RFC 3986, section 3.1): a letter, then letters, digits, `+`, `-` and `.`.
enum URLScheme {
  /// `postgresql+psycopg2` is long enough for all of them; in bytes.
  private static let longest = 64

  /// Where the scheme ends that a text begins with, if `://` follows.
  static func end(_ source: borrowing Span<UInt8>, _ text: Range<Int>) -> Int? {
    guard text.count > 4, isLetter(source[text.lowerBound]) else { return nil }
    var i = text.lowerBound
    let limit = min(text.upperBound, text.lowerBound + longest)
    while i < limit, isPart(source[i]) { i += 1 }
    guard i > text.lowerBound + 1, i + 2 < text.upperBound, source[i] == UInt8(ascii: ":"),
      source[i + 1] == UInt8(ascii: "/"), source[i + 2] == UInt8(ascii: "/")
    else { return nil }
    return i
  }

  /// Whether a text is a scheme of two parts, as it is handed on without a URL: `mysql+pymysql`.
  static func isPair(_ source: borrowing Span<UInt8>, _ text: Range<Int>) -> Bool {
    guard text.count > 4, text.count <= longest, isLetter(source[text.lowerBound]),
      isLetter(source[text.upperBound - 1])
    else { return false }
    return text.allSatisfy { isPart(source[$0]) }
      && text.count(where: { source[$0] == UInt8(ascii: "+") }) == 1
  }

  /// What stands in the brackets of `string[pyarrow]`.
  static func bracketed(_ source: borrowing Span<UInt8>, _ text: Range<Int>) -> Range<Int>? {
    guard text.count > 4, text.count <= longest, isLetter(source[text.lowerBound]),
      source[text.upperBound - 1] == UInt8(ascii: "]"),
      let open = text.first(where: { source[$0] == UInt8(ascii: "[") }),
      open + 2 < text.upperBound, isLetter(source[open + 1])
    else { return nil }
    for i in text where i != open && i != text.upperBound - 1 && !isPart(source[i]) { return nil }
    return open + 1..<text.upperBound - 1
  }

  static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

  static func isPart(_ byte: UInt8) -> Bool {
    isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }
}
