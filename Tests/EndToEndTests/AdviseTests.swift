import Files
import TestKit
import Testing
import Text

/// Letters that do not compress to nothing: about 0.6 bytes for each.
func ballast(_ count: Int, seed: UInt64) -> String {
  var state = seed
  return String(
    decoding: (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(ascii: "a") + UInt8(truncatingIfNeeded: (state >> 40) % 26)
    }, as: UTF8.self)
}

/// A barrel, an import that one function uses, and a line that is the only way to something.
func barrelShop() throws -> Folder {
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
func apply(_ suggestion: Datum, in folder: Folder) throws {
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
    let folder = try barrelShop()
    let answer = try Tool.run(["advise", "--format", "json"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let suggestions = try JSON.read(Array(answer.output.utf8), path: "advice")["suggestions"]
      .elements
    #expect(Set(try suggestions.map { try $0["kind"].text }) == ["barrel", "one-use", "cut"])
    for suggestion in suggestions {
      let edited = try barrelShop()
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
    let folder = try barrelShop()
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
        """
        from shared import (
            percent as share,
        )
        from shared.frames import Frame  # the table
        import cocoa

        """))
    #expect(
      try folder.text("shared/__init__.py").hasSuffix(
        "from .db import connect\n\n__all__ = [\n    \"percent\", \"connect\",\n]\n"))
    let run = try Tool.run(["package", "--verify"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try !members(of: folder("dist/orders.zip")).contains("tea.py"))
    #expect(try members(of: folder("dist/rates.zip")).contains("tea.py"))
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `what is certain is applied after it is shown, and saves what was promised`() throws {
    let folder = try barrelShop()
    // As an editor on Windows leaves it, executable and with a comment behind the statement.
    let source = try folder.text("functions/rates/app.py")
    try folder.write(source.replacing("\n", with: "\r\n"), to: "functions/rates/app.py")
    #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
    func sizes() throws -> [String: Int64] {
      var sizes: [String: Int64] = [:]
      for name in ["orders", "rates"] {
        sizes[name] = Int64(try folder.read("dist/\(name).zip").count)
      }
      return sizes
    }
    let before = try sizes()
    let shown = try Tool.run(["advise", "--apply", "--dry-run"], in: folder.path)
    #expect(shown.exitCode == 0, "\(shown.errors)")
    #expect(
      shown.output.hasPrefix(
        """
        --- a/functions/rates/app.py
        +++ b/functions/rates/app.py
        @@ -1,7 +1,7 @@
         from shared import (\r
        -    Frame,  # the table\r
             percent as share,\r
         )\r
        +from shared.frames import Frame  # the table\r
         import cocoa\r
         \r
         def export(event):\r
        --- a/shared/__init__.py
        +++ b/shared/__init__.py
        @@ -1,9 +1,7 @@
         \"\"\"Everything, for convenience.\"\"\"
        -from .frames import Frame, rows as table
         from .rates import percent

        """), "\(shown.output)")
    #expect(shown.output.contains("would change; nothing was written"))
    #expect(try folder.text("shared/__init__.py").contains("Frame"))

    let answer = try Tool.run(["advise", "--apply", "--format", "json"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let application = try JSON.read(Array(answer.output.utf8), path: "advice")["application"]
    var promised: [String: Int64] = [:]
    for saving in try application["savings"].elements {
      promised[try saving["function"].text] = try saving["zipped"].number
    }
    #expect(
      try folder.text("functions/rates/app.py").hasPrefix(
        "from shared import (\r\n    percent as share,\r\n)\r\n"
          + "from shared.frames import Frame  # the table\r\nimport cocoa\r\n"))
    let run = try Tool.run(["package", "--verify"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    let after = try sizes()
    for (name, size) in before { #expect(size - (after[name] ?? 0) == promised[name] ?? 0) }
    #expect((promised["orders"] ?? 0) > 10_000)
    // What touches the same lines is for another run.
    let again = try Tool.run(["advise", "--apply"], in: folder.path)
    #expect(again.output.contains("-from .db import connect\n"), "\(again.output)")
    let last = try Tool.run(["advise", "--apply"], in: folder.path)
    #expect(last.output.contains("no edit of a package's '__init__' is certain\n"))
    #expect(try Tool.run(["package", "--verify"], in: folder.path).exitCode == 0)
  }

  /// Each makes the edit one that only a person can make.
  @Test(arguments: [
    ("shared/frames.py", "import tea\nFrame = rows = tea\nprint(Frame)\n", "does more than define"),
    (
      "shared/frames.py",
      "import tea\nfrom extra import made\n@made\nclass Frame: pass\nrows = tea\n",
      "does more than define"
    ),
    ("extra.py", "import shared as s\nx = s.percent\n", "gives the package another name"),
    ("extra.py", "from shared import *\n", "cannot be rewritten"),
    ("extra.py", "import importlib\nimportlib.import_module('shared')\n", "in a string"),
    ("extra.py", "if True: from shared import Frame\n", "cannot be rewritten"),
    ("shared/table.py", "", "'table' is the name of a module there, too"),
  ])
  func `what is not certain is left, with the reason`(
    file: String, text: String, reason: String
  ) throws {
    let folder = try barrelShop()
    try folder.write(text, to: file)
    if file != "extra.py" { try folder.write("def made(x): return x\n", to: "extra.py") }
    let answer = try Tool.run(["advise", "--format", "json", "--apply"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let barrel = try #require(
      try JSON.read(Array(answer.output.utf8), path: "advice")["suggestions"].elements.first {
        try $0["kind"].text == "barrel" && $0["location"]["line"].number == 2
      })
    let doubts = try barrel["doubts"].elements.map { try $0.text }
    #expect(doubts.contains { $0.contains(reason) }, "\(doubts)")
    #expect(try folder.text("shared/__init__.py").contains("from .frames import Frame"))
  }

  @Test func `people read the edits, and what is asked for and reached by nobody`() throws {
    let folder = try barrelShop()
    try folder.write("tea\ncocoa\nwater\nspare\n", to: "requirements.txt")
    let answer = try Tool.run(["advise"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(answer.output.contains("    - from .frames import Frame, rows as table\n"))
    #expect(answer.output.contains("    + from shared.frames import Frame  # the table\n"))
    #expect(answer.output.contains("only 'export' uses it, and it brings cocoa"))
    #expect(answer.output.contains("asked for, and reached by no function: spare 1.0"))
    #expect(!folder.has("dist"), "nothing is written")
    let one = try Tool.run(["advise", "orders"], in: folder.path)
    #expect(!one.output.contains("cocoa"))
  }

  @Test func `why names the line that is the only way, every way, and everybody`() throws {
    let folder = try barrelShop()
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
