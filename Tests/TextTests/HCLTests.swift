import Model
import Testing

@testable import Text

/// An expression as the reader has it: texts in quotes, `?` for what is not read.
private func shown(_ expression: HCLExpression) -> String {
  switch expression.content {
  case .literal(let text): "'\(text)'"
  case .word(let word): word
  case .template(let parts): "<" + parts.map(shown).joined(separator: " ") + ">"
  case .list(let elements): "[" + elements.map(shown).joined(separator: " ") + "]"
  case .map(let entries):
    "{" + entries.map { "\(shown($0.key)):\(shown($0.value))" }.joined(separator: " ") + "}"
  case .reference(let parts, let keys):
    parts.joined(separator: "/") + keys.map { "(\(shown($0)))" }.joined()
  case .call(let name, let arguments):
    name + "(" + arguments.map(shown).joined(separator: " ") + ")"
  case .other: "?"
  }
}

private func read(_ text: String) throws -> HCLBody {
  try HCLBody.read(Array(text.utf8), path: "main.tf")
}

private func problem(_ text: String) -> Diagnostic? {
  do {
    _ = try HCLBody.read(Array(text.utf8), path: "main.tf")
    return nil
  } catch {
    return error.diagnostic
  }
}

@Suite struct `HCL` {
  @Test(arguments: [
    ("\"a\"", "'a'"), ("\"a\\n\\\"\\u00e9\"", "'a\n\"é'"), ("12.5", "12.5"), ("true", "true"),
    ("\"${path.module}/x\"", "<path/module '/x'>"), ("\"${var.a}\"", "var/a"),
    ("\"$${a} %%{b} $5\"", "'${a} %{b} $5'"), ("\"%{ if x }y%{ endif }\"", "<? 'y' ?>"),
    ("[1, \"a\",\n  # x\n  var.b,\n]", "[1 'a' var/b]"), ("[]", "[]"),
    ("{ a = 1, \"b\" : 2\n  c = {} }", "{'a':1 'b':2 'c':{}}"),
    ("{ (var.k) = \"v\" }", "{var/k:'v'}"),
    ("data.archive_file.x[\"k\"].output_path", "data/archive_file/x/k/output_path"),
    ("x.y[each.key].z", "x/y/*/z(each/key)"), ("x[0].y", "x/0/y"), ("x.*.y", "?"),
    ("toset([\"a\"])", "toset(['a'])"), ("merge(a.b, { c = 1 }...)", "merge(a/b {'c':1})"),
    ("a.b == 1 ? \"x\" : \"y\"", "?"), ("1 + 2", "?"), ("!var.x", "?"), ("-1", "?"),
    ("[for k, v in var.x : \"${k},${v}\" if v != \"]\"]", "?"), ("{ for k in x : k => [k] }", "?"),
    ("(\"a\")", "'a'"), ("\"${join(\",\", [\"a\", \"}\"])}\"", "join(',' ['a' '}'])"),
    ("<<EOT\n  a\n  b\nEOT", "'  a\n  b\n'"),
    ("<<-EOT\n    a\n      b ${var.c}\n  EOT", "<'a\n  b ' var/c '\n'>"),
    ("<<EOT\nEOTs\nEOT \t\r\n", "'EOTs\n'"),
  ])
  func `expressions are read as far as they can be`(written: String, expected: String) throws {
    let body = try read("a = \(written)\nb = 1\n")
    #expect(shown(try #require(body["a"])) == expected)
    #expect(body.attributes.map(\.name) == ["a", "b"])
  }

  @Test func `blocks have types, labels and places`() throws {
    let body = try read(
      """
      # one
      resource "aws_lambda_function" orders { // two
        handler = "app.handler" /* three
        */
        environment { variables = { A = "b" } }
      }
      locals {}
      """)
    #expect(body.blocks.map(\.type) == ["resource", "locals"])
    let block = body.blocks[0]
    #expect(block.labels == ["aws_lambda_function", "orders"])
    #expect(block.location == Model.SourceLocation(path: "main.tf", line: 2, column: 1))
    #expect(
      block.body["handler"]?.location
        == Model.SourceLocation(path: "main.tf", line: 3, column: 13))
    #expect(block.body.blocks("environment").count == 1)
  }

  @Test func `the same is read from JSON`() throws {
    let text = """
      {"resource": {"a": {"x": {"source": "${var.d}/f", "tags": ["t"], "timeouts": {"create": "5m"}}}},
       "locals": [{"b": 1}], "other": 2}
      """
    let body = try HCLBody.read(
      json: Array(text.utf8), path: "main.tf.json", labels: ["resource": 2, "locals": 0])
    #expect(body.blocks.map(\.labels) == [["a", "x"], []])
    #expect(body.blocks[0].body["source"].map(shown) == "<var/d '/f'>")
    #expect(body.blocks[0].body.blocks("timeouts").count == 1)
    #expect(body.blocks[1].body["b"].map(shown) == "1")
  }

  @Test(arguments: [
    ("a = \"x\n", 1, 5, "not closed"), ("a {\n", 2, 1, "expected '}'"),
    ("= 1", 1, 1, "an attribute or a block"), ("a = \"\\q\"", 1, 6, "unknown escape"),
    ("a = <<EOT\nx\n", 1, 5, "not closed"), ("a = {b 1}", 1, 8, "expected '='"),
    ("a \"b\" 1", 1, 7, "'=' or '{'"),
  ])
  func `a mistake is told with its place`(text: String, line: Int, column: Int, why: String) {
    let found = problem(text)
    #expect(found?.code == "invalid-hcl")
    #expect(found?.location == Model.SourceLocation(path: "main.tf", line: line, column: column))
    #expect(found?.message.contains(why) == true, "\(found?.message ?? "none")")
  }

  @Test func `what is nested without end is a mistake, and no crash`() {
    for text in [
      "a = " + String(repeating: "[", count: 100_000), String(repeating: "a {\n", count: 100_000),
      "a = \"" + String(repeating: "${\"", count: 10_000),
    ] {
      #expect(problem(text)?.message.contains("100 levels") == true)
    }
  }
}
