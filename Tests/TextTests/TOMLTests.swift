import Model
import Testing

@testable import Text

private func read(_ text: String) throws(MalformedText) -> DatumTable {
  let document = try TOML.read(Array(text.utf8), path: "x.toml")
  return document.table ?? DatumTable()
}

private func content(_ written: String) throws(MalformedText) -> Datum.Content? {
  try read("x = \(written)")["x"]?.content
}

@Suite struct TOMLTests {
  @Test(
    arguments: [
      ("1", 1), ("+7", 7), ("-17", -17), ("1_000", 1000), ("0", 0), ("-0", 0),
      ("0xDEAD_beef", 0xDEAD_BEEF),
      ("0o755", 0o755), ("0b1101", 13), ("0x0001", 1), ("-9223372036854775808", Int64.min),
      ("9223372036854775807", Int64.max),
    ] as [(String, Int64)])
  func `an integer`(written: String, value: Int64) throws {
    #expect(try content(written) == .integer(value))
  }

  @Test(
    arguments: [
      ("1.5", 1.5), ("-0.01", -0.01), ("5e+22", 5e22), ("1e06", 1e6), ("-2E-2", -0.02),
      ("6.626e-34", 6.626e-34), ("9_224.617_445", 9224.617445), ("inf", .infinity),
      ("-inf", -.infinity),
    ] as [(String, Double)])
  func `a float`(written: String, value: Double) throws {
    #expect(try content(written) == .float(value))
  }

  @Test(arguments: [
    (#""a\tb\u00e9\U0001F600\"""#, "a\tb\u{E9}😀\""), (#"'C:\x'"#, #"C:\x"#),
    ("\"\"\"\nline\n  two\"\"\"", "line\n  two"), ("\"\"\"a \\\n\n   b\"\"\"", "a b"),
    ("\"\"\"he said \"yes\"\"\"\"", "he said \"yes\""), ("'''\n''two'' \\n'''", "''two'' \\n"),
    ("\"\"\"a\r\nb\"\"\"", "a\nb"), ("\"\"", ""), ("''''''", ""),
  ])
  func `a string`(written: String, value: String) throws {
    #expect(try content(written) == .string(value))
  }

  @Test func `dates and times, alone and together`() throws {
    let date = DateTime.Date(year: 1979, month: 5, day: 27)
    let time = DateTime.Time(hour: 7, minute: 32, second: 0, nanosecond: 500_000_000)
    #expect(
      try content("1979-05-27") == .dateTime(DateTime(date: date, time: nil, offsetMinutes: nil)))
    #expect(
      try content("07:32:00.5") == .dateTime(DateTime(date: nil, time: time, offsetMinutes: nil)))
    #expect(
      try content("1979-05-27 07:32:00.5")
        == .dateTime(DateTime(date: date, time: time, offsetMinutes: nil)))
    #expect(
      try content("1979-05-27t07:32:00.5-07:30")
        == .dateTime(DateTime(date: date, time: time, offsetMinutes: -450)))
    #expect(
      try content("2000-02-29T00:00:00Z")
        == .dateTime(
          DateTime(
            date: .init(year: 2000, month: 2, day: 29),
            time: .init(hour: 0, minute: 0, second: 0, nanosecond: 0), offsetMinutes: 0)))
  }

  @Test func `every value knows its place`() throws {
    let table = try read("# c\na.b = [1,\n  { c = 'd' }]\n\n[t]\nx = true\n[[u]]\n[[u]]\ny = 1\n")
    let array = try #require(table["a"]?.table?["b"]?.array)
    #expect(array[0].location == SourceLocation(path: "x.toml", line: 2, column: 8))
    #expect(array[1].location == SourceLocation(path: "x.toml", line: 3, column: 3))
    #expect(array[1].table?["c"]?.location == SourceLocation(path: "x.toml", line: 3, column: 9))
    #expect(table["t"]?.location == SourceLocation(path: "x.toml", line: 5, column: 1))
    #expect(table.entry("t")?.keyLocation == SourceLocation(path: "x.toml", line: 5, column: 2))
    #expect(table["u"]?.array?[1].location == SourceLocation(path: "x.toml", line: 8, column: 1))
  }

  @Test func `tables keep the order of their keys`() throws {
    #expect(
      try read("z = 1\na = 2\n'm n'.q = 3\n\"\" = 4").entries.map(\.key) == ["z", "a", "m n", ""])
  }

  @Test func `keys that only Unicode takes for the same are two keys`() throws {
    #expect(try read("\"\u{E9}\" = 1\n\"e\u{301}\" = 2").entries.count == 2)
  }

  @Test(arguments: [
    "a.b = 1\na.c = 2", "[a.b.c]\n[a]\nx = 1", "[a]\nb.c = 1\n[a.d]", "[[a]]\n[a.b]\n[[a]]\n[a.b]",
    "[a.b.c]\n[a]\nb.x = 1", "a = { b.c = 1, b.d = 2 }", "a = [\n1, # one\n]",
    "[a]\nb.c = 1\n[a.b.x]",
    "\u{FEFF}a = 1", "a = 1 # é", "", "\r\n", "a = {}",
  ])
  func `a document that is well formed`(document: String) throws {
    _ = try read(document)
  }

  /// The place is that of the byte at which no document could go on, or of the second definition.
  @Test(arguments: [
    ("a = 1\na = 2", 2, 1, "'a' is given twice"),
    ("[a]\n[a]", 2, 2, "table 'a' is defined twice"),
    ("a = 1\n[a]", 2, 2, "table 'a' is defined twice"),
    ("a = 1\n[a.b]", 2, 2, "'a' is an integer, not a table"),
    ("a = { b = 1 }\n[a.c]", 2, 2, "'a' is an inline table; nothing can be added to it"),
    ("a = { b = 1 }\na.c = 2", 2, 1, "'a' is an inline table; nothing can be added to it"),
    ("a = [1]\n[[a]]", 2, 3, "'a' is an array of values; '[[a]]' cannot add to it"),
    ("[a]\n[[a]]", 2, 3, "table 'a' is defined twice"),
    ("[[a]]\n[a]", 2, 2, "table 'a' is defined twice"),
    ("[a.b]\nx = 1\n[a]\nb.y = 2", 4, 1, "table 'b' is defined twice"),
    ("a.b = 1\n[a]", 2, 2, "table 'a' is defined twice"),
    ("a = { x = 1, }", 1, 12, "a comma must be followed by another value here"),
    ("a = { x = 1,\ny = 2 }", 1, 13, "an inline table stays on one line"),
    ("a", 1, 2, "expected '=', found the end of the file"),
    ("a = ", 1, 5, "expected a value, found the end of the file"),
    ("= 1", 1, 1, "expected a key, found '='"),
    ("a = 1 b", 1, 7, "expected the end of the line, found 'b'"),
    ("[a", 1, 3, "expected ']', found the end of the file"),
    ("[[a]", 1, 5, "expected ']]', found the end of the file"),
    ("a = [1 2]", 1, 8, "expected ',' or ']', found '2'"),
    ("a = { x = 1 y = 2 }", 1, 13, "expected ',' or '}', found 'y'"),
    ("a = \"x", 1, 5, "the string is not closed"),
    ("a = 'x\n'", 1, 5, "a string in single quotation marks ends on its own line"),
    ("a = \"\"\"x", 1, 5, "the string is not closed"),
    ("a = \"\\q\"", 1, 6, "unknown escape '\\q'"),
    ("a = \"\\ud800\"", 1, 6, "'\\ud800' is not a Unicode scalar value"),
    ("a = \"\u{1}\"", 1, 6, "control character U+0001 is not allowed here"),
    ("a = 1 # \u{7F}", 1, 9, "control character U+007F is not allowed here"),
    ("a = 1\rb = 2", 1, 6, "a carriage return must be followed by a line feed"),
    ("a = 01", 1, 5, "'01' is not a number: no leading zeros"),
    ("a = 1__0", 1, 5, "'1__0' is not a number: '_' is out of place"),
    ("a = 1.", 1, 5, "'1.' is not a number: a digit is missing"),
    ("a = .5", 1, 5, "'.5' is not a value; strings need quotation marks"),
    ("a = +0x1", 1, 5, "'+0x1' is not a number: only decimal numbers have a sign"),
    ("a = 9223372036854775808", 1, 5, "'9223372036854775808' does not fit in 64 bits"),
    ("a = 2021-02-29", 1, 5, "'2021-02-29' is not a date or time: the day is out of range"),
    ("a = 24:00:00", 1, 5, "'24:00:00' is not a date or time: the hour is out of range"),
    ("a = 07:32", 1, 5, "'07:32' is not a date or time: ':' is missing"),
    ("a = True", 1, 5, "'True' is not a value; did you mean 'true'?"),
    ("a = none", 1, 5, "'none' is not a value; TOML has no such value; leave the key out"),
    ("a = dist", 1, 5, "'dist' is not a value; strings need quotation marks"),
  ])
  func `a broken document is refused where it breaks`(
    document: String, line: Int, column: Int, message: String
  ) throws {
    let error = #expect(throws: MalformedText.self) { try read(document) }
    #expect(error?.diagnostic.message == message)
    #expect(
      error?.diagnostic.location == SourceLocation(path: "x.toml", line: line, column: column))
  }

  @Test func `bytes that are not UTF-8 are refused where they stand`() {
    for bytes: [UInt8] in [
      [0xC3], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] {
      let error = #expect(throws: MalformedText.self) {
        try TOML.read(Array("a = 1\n# ".utf8) + bytes, path: "x.toml")
      }
      #expect(error?.diagnostic.location == SourceLocation(path: "x.toml", line: 2, column: 3))
    }
  }

  @Test func `nesting without end is an error, not a crash`() {
    for text in [
      "a = " + String(repeating: "[", count: 100_000),
      "a = " + String(repeating: "{a=", count: 100_000),
      String(repeating: "a.", count: 100_000) + "a = 1",
    ] {
      let error = #expect(throws: MalformedText.self) { try read(text) }
      #expect(error?.diagnostic.message == "nested more than 200 levels deep")
    }
  }
}
