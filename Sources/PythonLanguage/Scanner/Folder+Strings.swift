/// Literals and formatted strings.
extension Folder {
  mutating func foldString(_ source: borrowing Span<UInt8>, _ token: Token) -> Folded {
    let content = Self.content(source, token)
    if token.kind == .string {
      if token.flags.contains(.bytes) { return .unknown }
      return .texts([Pattern(bytes: Escapes.unescaped(source, content, token.flags))])
    }
    var result = Folded.texts([Pattern(bytes: [])])
    var text: [UInt8] = []
    var i = content.lowerBound
    while i < content.upperBound {
      let byte = source[i]
      let next = i + 1 < content.upperBound ? source[i + 1] : 0
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), next == byte {
        text.append(byte)
        i += 2
      } else if byte == UInt8(ascii: "{") {
        var end = i + 1
        var braces = 1
        while end < content.upperBound {
          if source[end] == UInt8(ascii: "{") { braces += 1 }
          if source[end] == UInt8(ascii: "}") {
            braces -= 1
            if braces == 0 { break }
          }
          end += 1
        }
        let value = field(source, i + 1..<end, token)
        result = result.joined(with: .texts([Pattern(bytes: text)])).joined(with: value)
        text = []
        i = end + 1
      } else {
        text.append(byte)
        i += 1
      }
    }
    return result.joined(with: .texts([Pattern(bytes: text)]))
  }

  static func content(_ source: borrowing Span<UInt8>, _ token: Token) -> Range<Int> {
    var start = Int(token.start)
    while start < Int(token.end), source[start] != UInt8(ascii: "\""),
      source[start] != UInt8(ascii: "'")
    {
      start += 1
    }
    let quotes = token.flags.contains(.triple) ? 3 : 1
    let end = Int(token.end) - (token.flags.contains(.broken) ? 0 : quotes)
    return start + quotes <= end ? start + quotes..<end : Int(token.end)..<Int(token.end)
  }

  static func bytes(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    for i in range { result.append(source[i]) }
    return result
  }
}
