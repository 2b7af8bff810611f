import Testing
import Text

@testable import YAML

/// The text of what stands at a path, as the outline has its bytes.
private func text(at path: [String], in document: String, json: Bool = false) throws -> String {
  let bytes = Array(document.utf8)
  var node = try #require(
    json ? try YAMLOutline(json: bytes, path: "t") : try YAML.outline(bytes, path: "t"))
  for key in path {
    if let position = Int(key) {
      node = try #require(node.sequence)[position]
    } else {
      node = try #require(node[key])
    }
  }
  return String(decoding: bytes[node.range], as: UTF8.self)
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `An outline of a YAML document` {
  @Test(arguments: [
    ("a: src/  # folder\nb: 1\n", ["a"], "src/"),
    ("a: 'it''s'\n", ["a"], "'it''s'"),
    ("a: \"x\\\"y\" \n", ["a"], "\"x\\\"y\""),
    ("a: !Sub ${x}/y\n", ["a"], "!Sub ${x}/y"),
    ("a: &f !Sub x\n", ["a"], "&f !Sub x"),
    ("a: &f x\nb: *f # y\n", ["b"], "*f"),
    ("a: >-\n  one\n  two\n\nb: 1\n", ["a"], ">-\n  one\n  two"),
    ("a: {b: [1, 2] , c: }\n", ["a"], "{b: [1, 2] , c: }"),
    ("a: {b: [1, 2] , c: }\n", ["a", "b"], "[1, 2]"),
    ("a: {b: [1, 2] , c: }\n", ["a", "c"], ""),
    ("a:\n  b: 1\n  c:\n    - d\n\n# end\ne: 2\n", ["a"], "b: 1\n  c:\n    - d"),
    ("a:\n  Fn::Sub: x\nb: 1\n", ["a"], "Fn::Sub: x"),
    ("a:\n- b\n- {c: d}\n", ["a", "1"], "{c: d}"),
    ("é: ü\nb: ö # x\n", ["b"], "ö"),
    ("a:\nb: 1\n", ["a"], ""),
    ("a: one\n  two\nb: 1\n", ["a"], "one\n  two"),
  ])
  func `has the bytes of each node`(document: String, path: [String], expected: String) throws {
    #expect(try text(at: path, in: document) == expected)
  }
}

@Suite struct `An outline of a JSON document` {
  @Test(arguments: [
    ("{\"a\": \"x\\\"}\" , \"b\": 1}", ["a"], "\"x\\\"}\""),
    ("{\"a\": {\"b\": [1, {}] }, \"c\": null}", ["a"], "{\"b\": [1, {}] }"),
    ("{\"a\": {\"b\": [1, {}] }, \"c\": null}", ["a", "b", "1"], "{}"),
    ("{\"a\": {\"b\": [1, {}] }, \"c\": -1.5e3 }", ["c"], "-1.5e3"),
    ("{ \"a\":[ ]}", ["a"], "[ ]"),
    ("{\"é\":true}", ["é"], "true"),
  ])
  func `has the bytes of each node`(document: String, path: [String], expected: String) throws {
    #expect(try text(at: path, in: document, json: true) == expected)
  }
}
