import Files
import TestKit
import Testing
import Text

private func shop() throws -> Folder {
  let wheel = HandmadeZip.wheel(
    "tea",
    [
      .init("tea/pot.py", "P = 1\n"), .init("tea/cup.py", "import tea.pot\n"),
    ])
  let folder = try Folder([
    "pare.toml": """
    environment = ["site", "wheels"]
    discover = ["functions/*/app.py:handler"]

    """,
    "functions/orders/app.py": """
    import tea.cup
    from stock import level

    def handler(event, context):
        import Odd_Name

    """,
    "functions/rates/app.py": "def handler(event, context): pass\n",
    "stock.py": "import tea\nlevel = 1\n",
    "site/Odd_Name.py": "O = 1\n",
    "site/Odd_Name-1.0+local.dist-info/METADATA": """
    Metadata-Version: 2.1
    Name: Odd_Name
    Version: 1.0+local
    License: "BSD" & co
    Requires-Dist: tea
    Requires-Dist: spare

    """,
    "site/Odd_Name-1.0+local.dist-info/RECORD": "Odd_Name.py,,\n",
    "site/spare.py": "",
    "site/spare-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: spare\nVersion: 1.0\n",
    "site/spare-1.0.dist-info/RECORD": "spare.py,,\n",
  ])
  try folder.write(wheel.bytes, to: "wheels/tea-1.0-py3-none-any.whl")
  return folder
}

@Suite struct `Graphs and bills of materials` {
  /// What the CycloneDX 1.6 schema asks for, as far as the writer can get it wrong; the whole schema
  /// was applied once with `cyclonedx-python-lib`.
  @Test func `a bill has exactly the distributions that the archive ships`() throws {
    let folder = try shop()
    let answer = try Tool.run(["sbom", "orders"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let bill = try JSON.read(Array(answer.output.utf8), path: "bill")
    #expect(try bill["bomFormat"].text == "CycloneDX" && bill["specVersion"].text == "1.6")
    #expect(try bill["metadata"]["component"]["name"].text == "orders")
    let components = try bill["components"].elements
    #expect(
      try components.map { try $0["purl"].text } == [
        "pkg:pypi/odd-name@1.0%2Blocal", "pkg:pypi/tea@1.0",
      ])
    #expect(try components.allSatisfy { try $0["type"].text == "library" })
    #expect(try components[0]["licenses"].elements[0]["license"]["name"].text == "\"BSD\" & co")
    #expect(components[0].table?["hashes"] == nil, "it is from no wheel")
    #expect(try components[1]["hashes"].elements[0]["content"].text.count == 64)
    let references = Set(try components.map { try $0["bom-ref"].text })
    #expect(references.count == components.count)
    for row in try bill["dependencies"].elements {
      let reference = try row["ref"].text
      #expect(references.contains(reference) || reference == "function:orders")
      for other in try row["dependsOn"].elements {
        #expect(references.contains(try other.text))
      }
    }
    #expect(try Tool.run(["sbom", "orders"], in: folder.path).output == answer.output)
  }

  @Test func `a bill of all functions says who ships what`() throws {
    let folder = try shop()
    let answer = try Tool.run(["sbom", "--all-functions"], in: folder.path)
    let bill = try JSON.read(Array(answer.output.utf8), path: "bill")
    var ships: [String: Int] = [:]
    for row in try bill["dependencies"].elements {
      ships[try row["ref"].text] = try row["dependsOn"].elements.count
    }
    #expect(ships["project"] == 2 && ships["function:orders"] == 2 && ships["function:rates"] == 0)
    #expect(try Tool.run(["sbom"], in: folder.path).exitCode == 2)
    #expect(try Tool.run(["sbom", "ordres"], in: folder.path).errors.contains("'orders'"))
  }

  @Test func `a function's graph takes each distribution for one node`() throws {
    let folder = try shop()
    func graph(_ more: [String]) throws -> String {
      let answer = try Tool.run(["graph", "orders"] + more, in: folder.path)
      #expect(answer.exitCode == 0, "\(answer.errors)")
      return answer.output
    }
    let mermaid = try graph(["--format", "mermaid"])
    #expect(mermaid.hasPrefix("flowchart LR\n  n0[\"app<br/>"))
    #expect(mermaid.contains("\"Odd_Name<br/>"))
    #expect(mermaid.contains("n0 -.-> n1\n") && mermaid.contains("n0 --> n2\n"))
    let dot = try graph(["--format", "dot"])
    #expect(dot.hasPrefix("digraph \"orders\" {\n") && dot.hasSuffix("}\n"))
    #expect(dot.contains("style=dashed"))
    let document = try JSON.read(Array(try graph(["--format", "json"]).utf8), path: "graph")
    let names = try document["nodes"].elements.map { try $0["name"].text }
    #expect(names == ["app", "Odd_Name", "stock", "tea"])
    let deep = try JSON.read(
      Array(try graph(["--format", "json", "--depth", "2"]).utf8), path: "graph")
    #expect(try deep["nodes"].elements.map { try $0["name"].text }.contains("tea.pot"))
    #expect(try graph([]).contains("\nstock  "))
    #expect(
      try Tool.run(["graph", "--tree", ".", "--format", "dot"], in: folder.path).exitCode == 2)
  }
}
