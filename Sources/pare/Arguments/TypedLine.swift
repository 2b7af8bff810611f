package import Model

/// The command line as it was typed, for messages that point at a word of it.
package struct TypedLine: Sendable {
  /// The program's name first.
  private let words: [String]

  package init(_ words: [String]) { self.words = words }

  /// With one word, or a part of it, underlined; `after` points behind the last word.
  package func excerpt(
    _ word: Int, from offset: Int = 0, length: Int? = nil, after: Bool = false
  ) -> Diagnostic.Excerpt {
    var text = "pare"
    var column = 1
    var count = 0
    for (index, typed) in words.enumerated().dropFirst() {
      text += " "
      let quoted = quotedForShell(typed)
      if index == word {
        // Quotes would shift a position inside the word; then the word as a whole is shown.
        let isPlain = quoted == typed
        column = text.utf8.count + 1 + (isPlain ? offset : 0)
        count = isPlain ? (length ?? typed.utf8.count - offset) : quoted.utf8.count
      }
      text += quoted
    }
    if after { return Diagnostic.Excerpt(text + " ", column: text.utf8.count + 2, length: 1) }
    return Diagnostic.Excerpt(text, column: column, length: max(count, 1))
  }
}

/// A word as a shell would have to be given it.
private func quotedForShell(_ word: String) -> String {
  let plain = word.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_=./:,+@%~".utf8.contains(byte) || byte >= 0x80
    }
  }
  return plain && !word.isEmpty ? word : "'\(word)'"
}
