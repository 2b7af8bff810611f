import Model
import Testing

@testable import Text

@Suite struct ByteSizeTests {
  @Test(arguments: [
    ("5 MB", 5_000_000), ("5MB", 5_000_000), ("5 MiB", 5_242_880), ("5_000_000", 5_000_000),
    ("1.5 GB", 1_500_000_000), ("0.25 kib", 256), ("12", 12), ("7 B", 7), ("3 k", 3000),
  ])
  func `a size as people write it`(text: String, bytes: Int) {
    #expect(ByteSize.parse(text) == bytes)
  }

  @Test(arguments: ["", "MB", "-5", "5 XB", "1.2.3 MB", ".5 MB", "5. MB", "0.5", "99999999999 GB"])
  func `what is no size is refused`(text: String) {
    #expect(ByteSize.parse(text) == nil)
  }
}

@Suite struct GlobTests {
  @Test(arguments: [
    ("functions/*/app.py", "functions/orders/app.py", true),
    ("functions/*/app.py", "functions/a/b/app.py", false),
    ("**/*.json", "a.json", true), ("**/*.json", "x/y/a.json", true),
    ("**/*.json", "x/a.js", false),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**", "a", false),
    ("a/**", "a/x", true),
    ("templates/", "templates/x/y.html", true), ("./a?.txt", "ab.txt", true),
    ("[a-c]x[!0-9]", "bxy", true), ("[a-c]x[!0-9]", "bx7", false),
    ("{a,b/{c,d}}.py", "b/d.py", true),
    ("{a,b}.py", "c.py", false), ("*a*b*c", "xaybzc", true), ("*a*b*c", "xaybz", false),
    ("**/a/**/b/**", "q/a/r/b/s", true), ("**/a/**/b/**", "q/a/r/b", false), ("*", ".env", true),
    ("[", "[", true), ("a{b", "a{b", true),
  ])
  func `a pattern`(pattern: String, path: String, isMatch: Bool) {
    #expect(Glob(pattern).matches(path) == isMatch)
  }

  @Test func `the folder of all matches`() {
    #expect(Glob("functions/*/app.py").literalFolder == "functions")
    #expect(Glob("a/b/c.py").literalFolder == "a/b")
    #expect(Glob("*/x").literalFolder.isEmpty)
  }

  @Test func `a hostile pattern takes no time`() {
    let path = String(repeating: "a", count: 200)
    #expect(!Glob(String(repeating: "*a", count: 60) + "b").matches(path))
    let folders = String(repeating: "a/", count: 100) + "c"
    #expect(!Glob(String(repeating: "**/a/", count: 40) + "b").matches(folders))
  }
}

@Suite struct JSONTests {
  @Test func `every kind of value`() throws {
    let text = #"{"a": [1, -2.5e1, true, null, "x\n\u00e9\ud83d\ude00\/"], "b": {}}"#
    let table = try #require(try JSON.read(Array(text.utf8), path: "x.json").table)
    let values = try #require(table["a"]?.array)
    #expect(
      values.map(\.content) == [
        .integer(1), .float(-25), .boolean(true), .null, .string("x\n\u{E9}😀/"),
      ])
    #expect(values[3].location == SourceLocation(path: "x.json", line: 1, column: 25))
    #expect(table["b"]?.table?.entries.isEmpty == true)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "\"\\x\"", "\"a\nb\"", "[1] 2", "nul",
    "'a'",
    "{\"a\":1,\"a\":2}", "\"\\ud83d\\u0041\"",
  ])
  func `a broken document is refused`(text: String) {
    #expect(throws: MalformedText.self) { try JSON.read(Array(text.utf8), path: "x.json") }
  }
}
