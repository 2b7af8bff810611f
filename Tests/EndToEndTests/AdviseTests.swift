import Files
import TestKit
import Testing
import Text

/// Bytes that do not compress to nothing.
private func ballast(_ count: Int, seed: UInt64) -> String {
  var state = seed
  return String(
    decoding: (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(ascii: "a") + UInt8(truncatingIfNeeded: (state >> 40) % 26)
    }, as: UTF8.self)
}

/// A barrel, an import that one function uses, and a line that is the only way to something.
private func shop() throws -> Folder {
  try Folder([
    "pare.toml": """
    environment = "site"
    discover = ["functions/*/app.py:handler"]

    """,
    "functions/orders/app.py": """
    from shared import connect, percent

    def handler(event, context): return percent(connect())

    """,
    "functions/rates/app.py": """
    from shared import (
        Frame,  # the table
        percent as share,
    )
    import cocoa

    def export(event):
        return cocoa.drink(Frame)

    def handler(event, context): return share(1)

    """,
    "shared/__init__.py": """
    \"\"\"Everything, for convenience.\"\"\"
    from .frames import Frame, rows as table
    from .rates import percent
    from .db import connect

    __all__ = [
        "Frame",
        "percent", "connect", "table",
    ]

    """,
    "shared/frames.py": "import tea\nFrame = rows = tea\n",
    "shared/rates.py": "def percent(x): return x\n",
    "shared/db.py": "def connect():\n    import water\n    return water\n",
    "site/tea.py": "LEAF = '\(ballast(90_000, seed: 1))'\n",
    "site/tea-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n",
    "site/tea-1.0.dist-info/RECORD": "tea.py,,\ntea-1.0.dist-info/METADATA,,\n",
    "site/cocoa.py": "def drink(x): return '\(ballast(60_000, seed: 2))'\n",
    "site/cocoa-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: cocoa\nVersion: 1.0\n",
    "site/cocoa-1.0.dist-info/RECORD": "cocoa.py,,\ncocoa-1.0.dist-info/METADATA,,\n",
    "site/water.py": "W = '\(ballast(70_000, seed: 3))'\n",
    "site/water-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: water\nVersion: 1.0\n",
    "site/water-1.0.dist-info/RECORD": "water.py,,\nwater-1.0.dist-info/METADATA,,\n",
    "site/spare.py": "S = 1\n",
    "site/spare-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: spare\nVersion: 1.0\n",
    "site/spare-1.0.dist-info/RECORD": "spare.py,,\nspare-1.0.dist-info/METADATA,,\n",
  ])
}

/// Makes the edits as a person would: from the end of each file on.
private func apply(_ suggestion: Datum, in folder: Folder) throws {
  for edit in try suggestion["edits"].elements.reversed().sorted(by: {
    try $0["line"].number > $1["line"].number
  }) {
    let name = try edit["file"].text
    var lines = try folder.text(name).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let start = Int(try edit["line"].number) - 1
    let before = try edit["before"].elements.map { try $0.text }
    try #require(Array(lines[start..<start + before.count]) == before)
    lines.replaceSubrange(
      start..<start + before.count, with: try edit["after"].elements.map { try $0.text })
    try folder.write(lines.joined(separator: "\n"), to: name)
  }
}

@Suite struct `Advice` {
  @Test func `a promised saving is what making the edit saves, to the byte`() throws {
    let folder = try shop()
    let answer = try Tool.run(["advise", "--format", "json"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let suggestions = try JSON.read(Array(answer.output.utf8), path: "advice")["suggestions"]
      .elements
    #expect(Set(try suggestions.map { try $0["kind"].text }) == ["barrel", "one-use", "cut"])
    for suggestion in suggestions {
      let edited = try shop()
      func sizes() throws -> [String: Int64] {
        #expect(try Tool.run(["package"], in: edited.path).exitCode == 0)
        let names = try PackageReport(edited("dist/report.json")).functions.map(\.name)
        return Dictionary(
          uniqueKeysWithValues: try names.map {
            ($0, Int64(try edited.read("dist/\($0).zip").count))
          })
      }
      let before = try sizes()
      try apply(suggestion, in: edited)
      let after = try sizes()
      var saved: [String: Int64] = [:]
      for saving in try suggestion["savings"].elements {
        saved[try saving["function"].text] = try saving["zipped"].number
      }
      let sentence = try suggestion["sentence"].text
      for (name, size) in before {
        #expect(size - (after[name] ?? 0) == saved[name] ?? 0, "\(name): \(sentence)")
      }
      #expect(saved.values.reduce(0, +) > 10_000)
    }
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `what a barrel exports is imported from where it is, by all who use it`() throws {
    let folder = try shop()
    let answer = try Tool.run(["advise", "--format", "json"], in: folder.path)
    let suggestions = try JSON.read(Array(answer.output.utf8), path: "advice")["suggestions"]
      .elements
    let barrel = try #require(
      try suggestions.first {
        try $0["kind"].text == "barrel" && $0["location"]["line"].number == 2
      })
    try apply(barrel, in: folder)
    #expect(
      try folder.text("functions/rates/app.py").hasPrefix(
        "from shared import percent as share\nfrom shared.frames import Frame\nimport cocoa\n"))
    #expect(
      try folder.text("shared/__init__.py").hasSuffix(
        "from .db import connect\n\n__all__ = [\n    \"percent\", \"connect\",\n]\n"))
    let run = try Tool.run(["package", "--verify"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try !members(of: folder("dist/orders.zip")).contains("tea.py"))
    #expect(try members(of: folder("dist/rates.zip")).contains("tea.py"))
  }

  @Test func `people read the edits, and what is asked for and reached by nobody`() throws {
    let folder = try shop()
    try folder.write("tea\ncocoa\nwater\nspare\n", to: "requirements.txt")
    let answer = try Tool.run(["advise"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(answer.output.contains("    - from .frames import Frame, rows as table\n"))
    #expect(answer.output.contains("    + from shared.frames import Frame\n"))
    #expect(answer.output.contains("only 'export' uses it, and it brings cocoa"))
    #expect(answer.output.contains("asked for, and reached by no function: spare 1.0"))
    #expect(!folder.has("dist"), "nothing is written")
    let one = try Tool.run(["advise", "orders"], in: folder.path)
    #expect(!one.output.contains("cocoa"))
  }

  @Test func `why names the line that is the only way, every way, and everybody`() throws {
    let folder = try shop()
    let one = try Tool.run(["why", "rates", "cocoa"], in: folder.path)
    #expect(
      one.output.contains("line 5 of functions/rates/app.py is the only way to cocoa: without it "))
    #expect(one.output.contains(" less zipped\n"))
    let table = try Tool.run(["why", "--all-functions", "tea"], in: folder.path)
    #expect(table.output.hasPrefix("function  has      leaves with it  because of\norders "))
    #expect(table.output.contains("shared/frames.py:1   import tea"))
    try folder.write("from shared import frames\nimport tea\nimport tea as t\n", to: "extra.py")
    try folder.write(
      "import extra\n" + (try folder.text("functions/rates/app.py")),
      to: "functions/rates/app.py")
    let all = try Tool.run(["why", "rates", "tea", "--all"], in: folder.path)
    #expect(all.output.contains("also\n"))
    #expect(all.output.contains("extra.py:2") && all.output.contains("shared/frames.py:1"))
    #expect(!all.output.contains("the only way"))
    let glob = try Tool.run(["why", "rates", "shared.*"], in: folder.path)
    #expect(glob.output.hasPrefix("shared.* is in rates: "))
    #expect(try Tool.run(["why", "tea"], in: folder.path).exitCode == 2)
    #expect(try Tool.run(["why", "--all-functions", "a", "b"], in: folder.path).exitCode == 2)
  }
}
