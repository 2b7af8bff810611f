import Model

/// Strings and calls.
extension SourceReader {
  mutating func readExpressions(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    readLiterals(source, range)
  }

  /// String literals that could name something; a statement of strings alone is a docstring.
  private mutating func readLiterals(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    guard lexer.interest.contains(.string) else { return }
    if lexer.tokens[range].allSatisfy({ $0.kind.isString }) { return }
    let block = blocks[blocks.count - 1]
    for i in range {
      let token = lexer.tokens[i]
      guard token.kind == .string, token.flags.contains(.plain) else { continue }
      let content = content(source, token)
      guard content.count > 1, content.count <= 200 else { continue }
      let text = bytes(source, content)
      guard literals.insert(text) else { continue }
      facts.requests.append(
        Request(
          .literal, kind: block.kind, guardIndex: block.guardIndex, name: facts.intern(text),
          line: token.line, column: lexer.column(of: token)))
    }
  }
}
