import Files
import TestKit
import Testing
import Text

/// Two functions, and a small distribution that neither needs at first.
private func shop() throws -> Folder {
  let folder = try Folder([
    "pare.toml": """
    environment = "site"
    discover = ["functions/*/app.py:handler"]

    """,
    "functions/orders/app.py": "import shop\n\ndef handler(event, context): return 1\n",
    "functions/rates/app.py": "def handler(event, context): return 2\n",
    "shop.py": "TOTAL = 1\n",
    "site/tea.py": "def brew(): return '\(String(repeating: "tea", count: 500))'\n",
    "site/tea-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n",
    "site/tea-1.0.dist-info/RECORD": "tea.py,,\ntea-1.0.dist-info/METADATA,,\n",
  ])
  #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
  try folder.write(try folder.read("dist/report.json"), to: "base.json")
  return folder
}

/// The `shop` module imports `tea` now.
private func grown() throws -> Folder {
  let folder = try shop()
  try folder.write("import os\nimport tea\nTOTAL = 1\n", to: "shop.py")
  return folder
}

@Suite struct `Changes between two reports` {
  @Test func `an import that came is named with its line, by both commands`() throws {
    let folder = try grown()
    let check = try Tool.run(["check", "--against", "base.json"], in: folder.path)
    #expect(check.exitCode == 0, "\(check.errors)")
    #expect(check.output.contains(" zipped in orders: shop.py:2 now imports tea\n    import tea\n"))
    #expect(check.output.contains("zipped in orders: 'shop.py' changed"))
    #expect(check.output.contains("1 function as before"))
    #expect(!folder.has("dist/none"))
    _ = try Tool.run(["package"], in: folder.path)
    let diff = try Tool.run(["diff", "base.json"], in: folder.path)
    #expect(diff.exitCode == 0 && check.output.hasSuffix("\n" + diff.output))
    let both = try Tool.run(["diff", "base.json", "dist/report.json"], in: folder.path)
    #expect(both.output == diff.output)
    let same = try Tool.run(["diff", "dist/report.json"], in: folder.path)
    #expect(same.output == "2 functions, no archive has changed\n")
  }

  @Test func `the causes of a function add up to the change of its file`() throws {
    let folder = try grown()
    let before = try folder.read("dist/orders.zip").count
    _ = try Tool.run(["package"], in: folder.path)
    let answer = try Tool.run(["diff", "base.json", "--format", "json"], in: folder.path)
    let document = try JSON.read(Array(answer.output.utf8), path: "diff")
    let orders = try document["functions"].elements[0]
    let sum = try orders["causes"].elements.reduce(0) { try $0 + $1["change"]["zipped"].number }
    #expect(sum == Int64(try folder.read("dist/orders.zip").count - before))
    #expect(sum > 0)
  }

  @Test func `growth above a bound is exit code 1 until the repository accepts it with a reason`()
    throws
  {
    let folder = try grown()
    let words = ["check", "--against", "base.json", "--max-growth", "5 %"]
    let refused = try Tool.run(words, in: folder.path)
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("shop.py:2:1: error: 'orders' grew by "))
    #expect(refused.errors.contains("[grew-too-much]"))
    #expect(refused.errors.contains("write '[[accept]]'"))
    let configuration = try folder.text("pare.toml")
    let accepted = "\n[[accept]]\nfunction = 'orders'\nbytes = '1 MB'\nreason = 'we brew now'\n"
    try folder.write(configuration + accepted, to: "pare.toml")
    let allowed = try Tool.run(words + ["--verbose"], in: folder.path)
    #expect(allowed.exitCode == 0, "\(allowed.errors)")
    #expect(allowed.errors.contains("which is accepted: we brew now [growth-accepted]"))
    // Once the base has it too, the table is stale.
    _ = try Tool.run(["package"], in: folder.path)
    let stale = try Tool.run(
      ["diff", "dist/report.json", "--max-growth", "1 kB"], in: folder.path)
    #expect(stale.exitCode == 0)
    #expect(
      stale.errors.contains("pare.toml:4:1: warning: 'orders' has not grown"), "\(stale.errors)")
  }

  @Test(arguments: [
    ("function = 'orders'\nbytes = 1\n", "has no 'reason'"),
    ("function = 'orders'\nreason = 'x'\n", "has no 'bytes'"),
    ("function = 'orders'\nbytes = 'much'\nreason = 'x'\n", "'bytes' is not a size"),
    ("functoin = 'orders'\nbytes = 1\nreason = 'x'\n", "did you mean 'function'?"),
  ])
  func `an acceptance that says too little is a mistake of the configuration`(
    table: String, sentence: String
  ) throws {
    let folder = try shop()
    try folder.write(try folder.text("pare.toml") + "[[accept]]\n" + table, to: "pare.toml")
    let answer = try Tool.run(["check"], in: folder.path)
    #expect(answer.exitCode == 2)
    #expect(answer.errors.contains(sentence), "\(answer.errors)")
  }

  @Test func `annotations name the import's own line below the repository's folder`() throws {
    let outer = try Folder()
    let inner = try grown()
    try outer.copy(inner.path, to: "work/shop")
    try outer.write("", to: "work/.git/HEAD")
    let folder = outer("work/shop")
    let answer = try Tool.run(
      ["check", "--against", "base.json", "--max-growth", "1B", "--format", "github"], in: folder)
    #expect(answer.exitCode == 1)
    #expect(answer.output.contains("::error file=shop/shop.py,line=2,col=1,title=grew-too-much::"))
    #expect(answer.output.contains("::notice file=shop/shop.py,line=2,col=1,title=archive-grew::"))
    for format in ["sarif", "markdown", "json"] {
      let answer = try Tool.run(
        ["check", "--against", "base.json", "--format", format], in: folder)
      #expect(answer.exitCode == 0, "\(format)")
      if format == "markdown" {
        #expect(answer.output.hasPrefix("<!-- pare: archive sizes -->\n"))
      } else {
        #expect(throws: Never.self) { try JSON.read(Array(answer.output.utf8), path: format) }
      }
    }
  }

  @Test func `functions that came and went are told, and those that were not asked for are not`()
    throws
  {
    let folder = try shop()
    try folder.write(try folder.text("functions/rates/app.py"), to: "functions/fees/app.py")
    try FileSystem.removeTree(folder("functions/rates"))
    let all = try Tool.run(["check", "--against", "base.json"], in: folder.path)
    #expect(all.output.contains("\nfees ") && all.output.contains(" new"))
    #expect(all.output.contains("\nrates ") && all.output.contains(" gone"))
    let some = try Tool.run(["check", "orders", "--against", "base.json"], in: folder.path)
    #expect(!some.output.contains("\nfees "))
  }

  @Test func `what is no report of this project is a clear sentence and exit code 2`() throws {
    let folder = try shop()
    let base = try folder.text("base.json")
    let cases: [(String, String)] = [
      (String(base.prefix(base.count / 2)), "'x.json' is damaged: "),
      (base.replacing("\"schemaVersion\": 2", with: "\"schemaVersion\": 3"), "schema version 3"),
      ("{\"bomFormat\": \"CycloneDX\"}", "'x.json' is not a report that pare wrote"),
      ("PK\u{3}\u{4}", "'x.json' is not a report that pare wrote"),
      (
        base.replacing("\"orders\"", with: "\"a\"").replacing("\"rates\"", with: "\"b\""),
        "have no function in common"
      ),
    ]
    for (text, sentence) in cases {
      try folder.write(text, to: "x.json")
      for words in [["diff", "x.json", "base.json"], ["check", "--against", "x.json"]] {
        let answer = try Tool.run(words, in: folder.path)
        #expect(answer.exitCode == 2, "\(words) \(sentence)")
        #expect(answer.errors.contains(sentence), "\(answer.errors)")
        #expect(answer.errors.contains("hint: "))
      }
    }
    #expect(try Tool.run(["diff", "gone.json", "base.json"], in: folder.path).exitCode == 3)
    let bound = try Tool.run(
      ["diff", "base.json", "base.json", "--max-growth", "lots"], in: folder.path)
    #expect(bound.exitCode == 2 && bound.errors.contains("[bad-growth]"))
  }
}
