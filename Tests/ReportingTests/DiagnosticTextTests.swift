import Model
import Reporting
import Testing

@Test func `a diagnostic shows its place, its line and what can be done`() {
  let diagnostic = Diagnostic(
    .warning, "unresolved-import", "no module named 'shop.prices'",
    at: SourceLocation(path: "functions/checkout/handler.py", line: 7, column: 6),
    notes: [
      .init("packages/shop has 'shop.pricing'"),
      .hint("add it", at: SourceLocation(path: "pare.toml", line: 3)),
    ],
    excerpt: .init("from shop.prices import total", column: 6))
  #expect(
    diagnosticText(diagnostic) == """
      functions/checkout/handler.py:7:6: warning: no module named 'shop.prices' [unresolved-import]
       7 | from shop.prices import total
         |      ^~~~~~~~~~~
        note: packages/shop has 'shop.pricing'
        hint: pare.toml:3: add it

      """)
}

@Test func `a diagnostic without a place is one line`() {
  #expect(
    diagnosticText(Diagnostic(.error, "no-configuration", "nothing here"))
      == "error: nothing here [no-configuration]\n")
}

@Test func `colours are on only where they are wanted`() {
  let diagnostic = Diagnostic(.error, "a", "b")
  #expect(!diagnosticText(diagnostic).contains("\u{1B}"))
  #expect(diagnosticText(diagnostic, style: Style(isColored: true)).contains("\u{1B}[1;31merror"))
}

@Test func `the mark stands below its word behind letters of several bytes`() {
  let diagnostic = Diagnostic(
    .error, "c", "m", at: SourceLocation(path: "p", line: 1, column: 7),
    excerpt: .init("é = ü.x", column: 6, length: 1))
  let lines = diagnosticText(diagnostic).split(separator: "\n")
  #expect(lines[1] == " 1 | é = ü.x")
  #expect(lines[2] == "   |     ^")
}

@Test func `a tab before the word does not move the mark`() {
  let diagnostic = Diagnostic(
    .error, "c", "m", at: SourceLocation(path: "p", line: 1, column: 2),
    excerpt: .init("\tword", column: 2))
  let lines = diagnosticText(diagnostic).split(separator: "\n")
  #expect(lines[1] == " 1 |  word")
  #expect(lines[2] == "   |  ^~~~")
}

@Test func `a long line is cut around the word`() {
  let line = String(repeating: "a", count: 300) + " word " + String(repeating: "b", count: 300)
  let diagnostic = Diagnostic(
    .error, "c", "m", at: SourceLocation(path: "p", line: 1, column: 302),
    excerpt: .init(line, column: 302))
  let lines = diagnosticText(diagnostic, style: Style(columns: 60)).split(separator: "\n")
  #expect(lines[1].count <= 61)
  #expect(lines[1].contains(" word "))
  let column = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^")!)
  #expect(Array(lines[1])[column...].prefix(4) == ["w", "o", "r", "d"])
}

@Test func `a column past the end of the line marks its end`() {
  let diagnostic = Diagnostic(
    .error, "c", "m", at: SourceLocation(path: "p", line: 1, column: 4),
    excerpt: .init("abc", column: 4))
  #expect(diagnosticText(diagnostic).split(separator: "\n")[2] == "   |    ^")
}

@Test func `control characters of file names reach no terminal`() {
  let text = diagnosticText(
    Diagnostic(.error, "c", "in '\u{1B}[2J'", at: SourceLocation(path: "a\u{7}b\nc")))
  #expect(text == "a\u{FFFD}b\u{FFFD}c: error: in '\u{FFFD}[2J' [c]\n")
}

@Test func `a hint of several lines stands below its first`() {
  let text = diagnosticText(Diagnostic(.error, "c", "m", notes: [.hint("do:\n\n  a = 1\nb")]))
  #expect(text == "error: m [c]\n  hint: do:\n      a = 1\n    b\n")
}
