import Testing
import YAML

@testable import Bundling

/// A document with one value set.
private func edited(
  _ document: String, _ path: [String], json: Bool = false
) throws -> String? {
  let bytes = Array(document.utf8)
  let outline = try #require(
    json ? try YAMLOutline(json: bytes, path: "t") : try YAML.outline(bytes, path: "t"))
  var edits = TextEdits(bytes, isJSON: json)
  guard edits.set(path[...], below: outline, to: edits.scalar("../a.zip")) else { return nil }
  return String(decoding: edits.result, as: UTF8.self)
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `A change of a template` {
  @Test(arguments: [
    ("P:\n  CodeUri: src # x\n  B: 1\n", "P:\n  CodeUri: ../a.zip # x\n  B: 1\n"),
    ("P:\n  CodeUri: !Sub 's'\n", "P:\n  CodeUri: ../a.zip\n"),
    ("P:\n  CodeUri: &c src\n  B: *c\n", "P:\n  CodeUri: &c ../a.zip\n  B: *c\n"),
    ("A: &c src\nP: {CodeUri: *c}\n", "A: &c src\nP: {CodeUri: ../a.zip}\n"),
    ("P:\n  CodeUri:\n    Fn::Sub: x\n  B: 1\n", "P:\n  CodeUri:\n    ../a.zip\n  B: 1\n"),
    ("P:\n  CodeUri: >-\n    src\n  B: 1\n", "P:\n  CodeUri: ../a.zip\n  B: 1\n"),
    ("P:\n  CodeUri:\n  B: 1\n", "P:\n  CodeUri: ../a.zip\n  B: 1\n"),
    ("P:\n  # first\n  B: 1\n", "P:\n  # first\n  CodeUri: ../a.zip\n  B: 1\n"),
    ("P:\r\n  B: 1\r\n", "P:\r\n  CodeUri: ../a.zip\r\n  B: 1\r\n"),
    ("P: {B: 1}\n", "P: {CodeUri: ../a.zip, B: 1}\n"),
    ("P: {}\n", "P: { CodeUri: ../a.zip }\n"),
    ("P:\nT: 1\n", "P: { CodeUri: ../a.zip }\nT: 1\n"),
    ("T: 1\n", "P: { CodeUri: ../a.zip }\nT: 1\n"),
    ("D: &d {B: 1}\nP: *d\n", "D: &d {B: 1}\nP: { <<: *d, CodeUri: ../a.zip }\n"),
    (
      "D: &d {CodeUri: s}\nP:\n  <<: *d\n",
      "D: &d {CodeUri: s}\nP:\n  CodeUri: ../a.zip\n  <<: *d\n"
    ),
  ])
  func `leaves everything else as it is`(document: String, expected: String) throws {
    let made = try #require(try edited(document, ["P", "CodeUri"]))
    #expect(made == expected)
    let node = try #require(try YAML.read(Array(made.utf8), path: "t").root)
    #expect(node["P"]?["CodeUri"]?.text == "../a.zip")
  }

  @Test func `is refused where it would hide what a merge brings`() throws {
    #expect(try edited("D: &d {P: {B: 1}}\nR: {<<: *d}\n", ["R", "P", "CodeUri"]) == nil)
    #expect(try edited("P: [a]\n", ["P", "CodeUri"]) == nil)
  }

  @Test(arguments: [
    ("{\"P\": {\"CodeUri\": \"src\", \"B\": 1}}", "{\"P\": {\"CodeUri\": \"../a.zip\", \"B\": 1}}"),
    ("{\"P\":{\"B\":1}}", "{\"P\":{\"CodeUri\": \"../a.zip\", \"B\":1}}"),
    (
      "{\"P\": {\n    \"B\": 1\n  }}",
      "{\"P\": {\n    \"CodeUri\": \"../a.zip\",\n    \"B\": 1\n  }}"
    ),
    ("{\"P\": {}}", "{\"P\": { \"CodeUri\": \"../a.zip\" }}"),
    ("{\"P\": null}", "{\"P\": { \"CodeUri\": \"../a.zip\" }}"),
  ])
  func `keeps JSON what it is`(document: String, expected: String) throws {
    #expect(try edited(document, ["P", "CodeUri"], json: true) == expected)
  }

  @Test(arguments: [
    ("dist/a-1.zip", "dist/a-1.zip"), ("a.zip", "\"a.zip\""), ("d/é.zip", "\"d/é.zip\""),
    ("d/a: b.zip", "\"d/a: b.zip\""), ("d/\"x\"", "\"d/\\\"x\\\"\""), ("-d/x", "\"-d/x\""),
  ])
  func `quotes what could be something else`(text: String, expected: String) throws {
    let scalar = TextEdits([], isJSON: false).scalar(text)
    #expect(scalar == expected)
    #expect(try YAML.read(Array("a: \(scalar)".utf8), path: "t").root?["a"]?.text == text)
  }
}
