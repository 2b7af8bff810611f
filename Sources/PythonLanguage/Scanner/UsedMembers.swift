import Model

/// What a source file uses of a name that an import binds:
///
///     import pandas as pd
///     day = pd.Timestamp(text)      # `Timestamp`
///     frames = [pd]                 # anything
///     print(f"{pd.NA}")             # inside a formatted string nobody looks: anything
enum UsedMembers {
  /// Each use, from the first attribute on; nil where the name is used other than by its attributes, and
  /// where the file cannot be read to its end.
  static func find(
    _ name: String, _ source: borrowing Span<UInt8>, skipping skipped: [ClosedRange<Int>]
  ) -> [[String]]? {
    let wanted = Array(name.utf8)
    var lexer = Lexer(at: 0)
    var found: [[String]] = []
    while lexer.advance(source) {
      let tokens = lexer.tokens
      for (index, token) in tokens.enumerated() {
        if skipped.contains(where: { $0.contains(Int(token.line)) }) { continue }
        if token.kind == .formattedString, has(wanted, token, source) { return nil }
        guard token.kind.isName, isEqual(wanted, token, source),
          index == 0 || tokens[index - 1].kind != .dot
        else { continue }
        let chain = chain(after: index, tokens)
        guard !chain.isEmpty else { return nil }
        var names: [String] = []
        for part in chain { names.append(text(part, source)) }
        found.append(names)
      }
    }
    return lexer.problems.problems.isEmpty ? found : nil
  }

  /// `b` and `c` of `a.b.c`.
  private static func chain(after start: Int, _ tokens: [Token]) -> [Token] {
    var chain: [Token] = []
    var index = start + 1
    while index + 1 < tokens.count, tokens[index].kind == .dot, tokens[index + 1].kind.isName {
      chain.append(tokens[index + 1])
      index += 2
    }
    return chain
  }

  private static func isEqual(
    _ wanted: [UInt8], _ token: Token, _ source: borrowing Span<UInt8>
  ) -> Bool {
    guard token.range.count == wanted.count else { return false }
    for (offset, byte) in wanted.enumerated()
    where source[token.range.lowerBound + offset] != byte {
      return false
    }
    return true
  }

  private static func has(
    _ wanted: [UInt8], _ token: Token, _ source: borrowing Span<UInt8>
  ) -> Bool {
    bytes(token, source).firstRange(of: wanted) != nil
  }

  private static func text(_ token: Token, _ source: borrowing Span<UInt8>) -> String {
    String(decoding: bytes(token, source), as: UTF8.self)
  }

  private static func bytes(_ token: Token, _ source: borrowing Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in token.range { bytes.append(source[index]) }
    return bytes
  }
}

/// A source file without what it says to people alone.
///
///     from shared import percent  # import shared.frames is what this was
enum Comments {
  /// The same bytes with blanks for comments, but for those that speak to pare (`Directives`); where the
  /// source is broken, as it is.
  static func blanked(_ bytes: [UInt8]) -> [UInt8] {
    var blanked = bytes.map { $0 == 0x0A || $0 == 0x0D ? $0 : 0x20 }
    var lexer = Lexer(at: 0)
    let source = bytes.span
    while lexer.advance(source) {
      for token in lexer.tokens { blanked[token.range] = bytes[token.range] }
    }
    guard lexer.problems.problems.isEmpty else { return bytes }
    for directive in lexer.directives {
      let start = bytes[..<directive.range.lowerBound].lastIndex(of: UInt8(ascii: "#"))
      let range = (start ?? directive.range.lowerBound)..<directive.range.upperBound
      blanked[range] = bytes[range]
    }
    return blanked
  }
}

extension PythonLanguage {
  package func withoutComments(_ bytes: [UInt8]) -> [UInt8] { Comments.blanked(bytes) }

  package func members(
    of name: String, in bytes: [UInt8], skipping lines: [ClosedRange<Int>]
  ) -> [[String]]? {
    UsedMembers.find(name, bytes.span, skipping: lines)
  }
}
