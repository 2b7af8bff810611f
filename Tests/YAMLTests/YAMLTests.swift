import Model
import Testing
import Text

@testable import YAML

private func read(_ text: String) throws -> YAMLNode {
  try #require(try YAML.read(Array(text.utf8), path: "t.yaml").root)
}

private func problem(_ text: String) -> Diagnostic? {
  do {
    _ = try YAML.read(Array(text.utf8), path: "t.yaml")
    return nil
  } catch {
    return error.diagnostic
  }
}

private func place(_ line: Int, _ column: Int) -> Model.SourceLocation {
  Model.SourceLocation(path: "t.yaml", line: line, column: column)
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct YAMLTests {
  @Test func `scalars are text, with the place where they begin`() throws {
    let root = try read("a: 1\nb:\n  - 'yes'\n  - no\n")
    #expect(root["a"]?.content == .scalar("1", isPlain: true))
    #expect(
      root["b"]?.sequence?.map(\.content) == [
        .scalar("yes", isPlain: false), .scalar("no", isPlain: true),
      ])
    #expect(root.entry("b")?.keyLocation == place(2, 1))
    #expect(root["b"]?.sequence?.last?.location == place(4, 5))
  }

  @Test func `tags are kept as they are written`() throws {
    let root = try read("a: !Ref Name\nb: !If [c, !Sub 'x', 2]\nc: !!str 5\nd: !GetAtt A.B\n")
    #expect(root["a"]?.tag == "!Ref")
    #expect(root["a"]?.text == "Name")
    #expect(root["b"]?.tag == "!If")
    #expect(root["b"]?.sequence?[1].tag == "!Sub")
    #expect(root["c"]?.tag == "!!str")
    #expect(root["a"]?.location == place(1, 4))
  }

  @Test func `a column is a byte, also behind other letters`() throws {
    let root = try read("é: {ü: x, y: z}\n")
    #expect(root["é"]?["y"]?.location == place(1, 16))
    #expect(root["é"]?.entry("y")?.keyLocation == place(1, 13))
  }

  @Test func `aliases and merge keys give what they name`() throws {
    let root = try read(
      """
      base: &base {a: 1, b: 2}
      one: *base
      two: {<<: *base, b: 3}
      three:
        <<: [{c: 4, a: 9}, *base]
      """)
    #expect(root["one"]?["b"]?.text == "2")
    #expect(root["two"]?["a"]?.text == "1")
    #expect(root["two"]?["b"]?.text == "3")
    #expect(root["three"]?.mapping?.map { $0.value.text } == ["4", "9", "2"])
  }

  @Test func `what stands for nothing is told from an empty text`() throws {
    let root = try read("a:\nb: ~\nc: ''\nd: null\ne: 'null'\n")
    #expect(
      ["a", "b", "c", "d", "e"].map { root[$0]?.isNull } == [true, true, false, true, false])
  }

  @Test func `the first document counts, and an empty text has none`() throws {
    #expect(try read("a: 1\n---\nb: 2\n").mapping?.map(\.key) == ["a"])
    #expect(try YAML.read(Array("# nothing\n".utf8), path: "t.yaml").root == nil)
    #expect(try YAML.read([], path: "t.yaml").root == nil)
  }

  @Test func `a key that is given twice is told with both places, and the last is taken`() throws {
    let document = try YAML.read(Array("a: 1\nb: 2\na: 3\n".utf8), path: "t.yaml")
    #expect(document.root?["a"]?.text == "3")
    #expect(document.root?.mapping?.map(\.key) == ["a", "b"])
    #expect(document.diagnostics.map(\.code) == ["duplicate-key"])
    #expect(document.diagnostics.first?.location == place(3, 1))
    #expect(document.diagnostics.first?.notes.first?.location == place(1, 1))
  }

  @Test(arguments: [
    ("a:\n\tb: 1\n", "invalid-yaml", 2, 1),
    ("a: [1\nb: 2\n", "invalid-yaml", 2, 2),
    ("a: *nowhere\n", "unknown-anchor", 1, 4),
    ("a: &a [*a]\n", "unknown-anchor", 1, 8),
    ("? [a, b]\n: c\n", "key-is-no-text", 1, 3),
    ("a: \"x\n", "invalid-yaml", 2, 1),
    ("a: b: c\n", "invalid-yaml", 1, 5),
  ])
  func `what is broken is told with its place`(
    text: String, code: String, line: Int, column: Int
  ) {
    #expect(problem(text)?.code == code)
    #expect(problem(text)?.location == place(line, column))
  }

  @Test func `a tab is named as what it is`() {
    #expect(problem("a:\n\tb: 1\n")?.notes.first?.message.contains("tab") == true)
  }

  @Test func `text that is no UTF-8 is told with its place`() {
    do {
      _ = try YAML.read([0x61, 0x3A, 0x0A, 0x62, 0xFF, 0x0A], path: "t.yaml")
      Issue.record("it was read")
    } catch {
      #expect(error.diagnostic.code == "invalid-yaml")
      #expect(error.diagnostic.location == place(2, 2))
    }
  }

  @Test func `aliases of aliases end before they fill the memory`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      text += "a\(level): &a\(level) ["
      text += Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    #expect(problem(text)?.code == "yaml-alias-bomb")
  }

  @Test func `what is nested without end is refused`() {
    let text = String(repeating: "[", count: 250) + String(repeating: "]", count: 250)
    #expect(problem(text)?.code == "yaml-too-deep")
    var stairs = "a0: &a0 x\n"
    for level in 1...400 { stairs += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(problem(stairs)?.code == "yaml-too-deep")
    let deeper = String(repeating: "[", count: 200_000)
    #expect(problem(deeper) != nil)
  }

  @Test func `a JSON value is the node that YAML would make of it`() throws {
    let text = #"{"a": ["x", 1, true], "b": {"c": null}}"#
    let datum = try JSON.read(Array(text.utf8), path: "t.yaml")
    #expect(YAMLNode(datum) == (try read(text)))
  }

  @Test func `one character more or less never breaks the reader`() throws {
    let text = Array("a: &x {b: [!Ref c, 'd'], <<: {e: 1}}\nf: *x\ng: |\n  h\n".utf8)
    for position in text.indices {
      for byte in [UInt8(ascii: "\t"), 0x00, 0xC3, UInt8(ascii: ":"), UInt8(ascii: "[")] {
        var changed = text
        changed[position] = byte
        _ = try? YAML.read(changed, path: "t.yaml")
        changed = text
        changed.insert(byte, at: position)
        _ = try? YAML.read(changed, path: "t.yaml")
      }
      _ = try? YAML.read(Array(text[..<position]), path: "t.yaml")
    }
    #expect(try YAML.read(text, path: "t.yaml").root != nil)
  }
}
