import Files
import TestKit
import Testing
import Text

/// Two functions that share a module, an environment of one small distribution.
private func shop() throws -> Folder {
  try Folder([
    "pare.toml": """
    runtime = "python3.12"
    environment = "site"

    [functions.orders]
    handler = "functions/orders/app.py:handler"

    [functions.rates]
    handler = "functions/rates/app.py:handler"
    budget = { unzipped = "1 MB" }
    """,
    "functions/orders/app.py": """
    import shop.pricing

    def handler(event, context):
        import tea
        return tea.brew()
    """,
    "functions/rates/app.py": "from shop import pricing\ndef handler(event, context): pass\n",
    "shop/__init__.py": "", "shop/pricing.py": "TOTAL = 1\n",
    "site/tea.py": "def brew(): return 'tea'\n",
    "site/tea-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n",
    "site/tea-1.0.dist-info/RECORD": "tea.py,,\ntea-1.0.dist-info/METADATA,,\n",
  ])
}

private func object(_ text: String) throws -> Datum {
  try JSON.read(Array(text.utf8), path: "output")
}

extension Datum {
  fileprivate var integer: Int64? {
    if case .integer(let value) = content { value } else { nil }
  }
  fileprivate var boolean: Bool? {
    if case .boolean(let value) = content { value } else { nil }
  }
}

@Suite struct `The command line` {
  @Test func `packages all functions and shows a row for each`() throws {
    let folder = try shop()
    let answer = try Tool.run(["package"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(answer.errors.isEmpty)
    let lines = answer.output.split(separator: "\n")
    #expect(lines.count >= 4)
    #expect(lines[0].hasPrefix("function  modules  distributions  unzipped"))
    #expect(lines[1].hasPrefix("orders"))
    #expect(lines[2].hasPrefix("rates"))
    #expect(!answer.output.contains("\u{1B}"))
    #expect(folder.has("dist/orders.zip") && folder.has("dist/rates.zip"))
    #expect(folder.has("dist/report.json"))
  }

  @Test func `a second run says the same, and that nothing has changed`() throws {
    let folder = try shop()
    let cache = try Folder()
    let first = try Tool.run(["package"], in: folder.path, cache: cache.path)
    let state = try StatKey(of: folder.path + "/dist/orders.zip")
    let second = try Tool.run(["package"], in: folder.path, cache: cache.path)
    #expect(try StatKey(of: folder.path + "/dist/orders.zip") == state)
    #expect(first.output.contains("\n2 written, "))
    #expect(
      second.output.contains("\nnothing has changed, ")
        || second.output.contains("\n2 unchanged, "))
    #expect(
      first.output.split(separator: "\n").prefix(4)
        == second.output.split(separator: "\n").prefix(4))
  }

  @Test func `packages only what is named`() throws {
    let folder = try shop()
    let answer = try Tool.run(["package", "rates", "-o", "out"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(folder.has("out/rates.zip") && !folder.has("out/orders.zip") && !folder.has("dist"))
  }

  @Test func `a run for some functions keeps what the report says of the others`() throws {
    let folder = try shop()
    func names() throws -> [String] {
      try PackageReport(folder("dist/report.json")).functions.map(\.name)
    }
    #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
    let all = try folder.text("dist/report.json")
    for name in ["orders", "rates"] {
      let answer = try Tool.run(["package", name, "--format", "json"], in: folder.path)
      #expect(try folder.text("dist/report.json") == all, "\(name)")
      let printed = try PackageReport(Array(answer.output.utf8))
      #expect(printed.functions.map(\.name) == [name])
    }
    // Not of one whose archive is gone, nor of one that is not declared any more.
    let rates = try folder.read("dist/rates.zip")
    try FileSystem.removeFile(folder("dist/rates.zip"))
    _ = try Tool.run(["package", "orders"], in: folder.path)
    #expect(try names() == ["orders"])
    _ = try Tool.run(["package"], in: folder.path)
    #expect(try folder.read("dist/rates.zip") == rates && names() == ["orders", "rates"])
    let configuration = try folder.text("pare.toml")
    try folder.write(
      configuration.split(separator: "[functions.rates]")[0]
        + "[functions.zebra]\nhandler = 'functions/rates/app.py:handler'\n", to: "pare.toml")
    _ = try Tool.run(["package", "zebra"], in: folder.path)
    #expect(try names() == ["orders", "zebra"])
    // However it is laid out, a report is a report.
    try folder.write(
      try folder.text("dist/report.json").split(separator: "\n").joined(), to: "dist/report.json")
    _ = try Tool.run(["package", "zebra"], in: folder.path)
    #expect(try names() == ["orders", "zebra"])
  }

  @Test func `a report that was cut is told and made again, and nothing of it is copied`() throws {
    let folder = try shop()
    #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
    let whole = try folder.read("dist/report.json")
    for end in [0, 1, whole.count / 3, whole.count / 2, whole.count - 3] {
      try folder.write(Array(whole.prefix(end)), to: "dist/report.json")
      let answer = try Tool.run(["package", "rates"], in: folder.path)
      #expect(answer.exitCode == 0)
      #expect(
        answer.errors.contains("[damaged-report]") || answer.errors.contains("[not-a-report]"))
      #expect(answer.errors.contains("without what it said of other functions"))
      #expect(try PackageReport(folder("dist/report.json")).functions.map(\.name) == ["rates"])
    }
    #expect(try Tool.run(["package"], in: folder.path).errors.isEmpty)
    #expect(try folder.read("dist/report.json") == whole)
  }

  @Test func `finds the project upwards, and in the folder that is named`() throws {
    let folder = try shop()
    let below = try Tool.run(["list"], in: folder.path + "/functions/orders")
    #expect(below.output.contains("pare.toml:4"), "\(below.errors)")
    let named = try Tool.run(["-C", folder.path, "list"], in: "/")
    #expect(named.output == below.output)
  }

  @Test func `prints one document for programs`() throws {
    let folder = try shop()
    let answer = try Tool.run(["package", "--format", "json"], in: folder.path)
    #expect(answer.exitCode == 0 && answer.errors.isEmpty)
    let report = try object(answer.output)
    #expect(report.table?["schemaVersion"]?.integer == 2)
    let names = report.table?["functions"]?.array?.compactMap { $0.table?["name"]?.string }
    #expect(names == ["orders", "rates"])
    let first = try #require(report.table?["functions"]?.array?.first?.table)
    #expect(first["codeSha256"]?.string?.utf8.count == 44)
    #expect(try folder.text("dist/report.json") == answer.output)
  }

  @Test(.enabled(if: FileSystem.kind(of: "/dev/full") != nil, "needs '/dev/full'"))
  func `a result that cannot be written is an error, also of a run that has nothing to do`() throws
  {
    let project = try shop()
    let cache = try Folder()
    for _ in 0..<2 {
      let shell = Program(path: "/bin/sh")
      let outcome = try shell.run(
        [
          "-c", "\"$0\" list -C \"$1\" --cache-dir \"$2\" > /dev/full", Tool.path(), project.path,
          cache.path,
        ])
      #expect(outcome.end == .exit(3))
      #expect(outcome.errorText.contains("cannot write 'standard output'"))
    }
  }

  @Test func `a dry run and a check write nothing and say the same sizes`() throws {
    let folder = try shop()
    let dry = try Tool.run(["package", "--dry-run"], in: folder.path)
    let check = try Tool.run(["check"], in: folder.path)
    #expect(dry.exitCode == 0 && check.exitCode == 0)
    #expect(!folder.has("dist"))
    let written = try Tool.run(["package"], in: folder.path)
    let tables = [dry, check, written].map { $0.output.split(separator: "\n").prefix(3) }
    #expect(tables[0] == tables[1] && tables[1] == tables[2])
  }

  @Test func `a function whose code cannot be read keeps its last archive, the others are written`()
    throws
  {
    let folder = try Folder([
      "pare.toml": "discover = ['functions/*/app.py:handler']\n",
      "functions/a/app.py": "def handler(event, context): pass\n",
      "functions/b/app.py": "def handler(event, context): pass\n",
    ])
    #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
    let (a, b) = (try folder.read("dist/a.zip"), try folder.read("dist/b.zip"))
    try folder.write("def handler(event, context): return 1\n", to: "functions/a/app.py")
    try folder.write("def handler(:\n", to: "functions/b/app.py")
    let answer = try Tool.run(["package"], in: folder.path)
    #expect(answer.exitCode == 1)
    #expect(answer.errors.contains("functions/b/app.py:1:"))
    #expect(answer.output.contains("1 written, 1 left as before because of errors"))
    #expect(try folder.read("dist/a.zip") != a)
    #expect(try folder.read("dist/b.zip") == b)
  }

  @Test func `a template that is no Python is shipped, and an error only where it is imported`()
    throws
  {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n",
      "app.py": """
      from pathlib import Path

      def handler(event, context):
          return sorted(Path(__file__).parent.joinpath("blueprint").rglob("*.py"))

      """,
      "blueprint/{{name}}/app.py": "{% if web %}import flask{% endif %}\n",
      "blueprint/skeleton.py": "def $name(:\n",
    ])
    let answer = try Tool.run(["package"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(answer.errors.isEmpty)
    #expect(
      try members(of: folder("dist/f.zip")) == [
        "app.py", "blueprint/skeleton.py", "blueprint/{{name}}/app.py",
      ])
    // Where such files are run, it may be one that is not.
    try folder.write(
      "import runpy\nrunpy.run_path(f'blueprint/{x}.py')\ndef handler(e, c): pass\n", to: "app.py")
    let listed = try Tool.run(["package"], in: folder.path)
    #expect(listed.exitCode == 0 && listed.errors.contains("blueprint/skeleton.py:1:5: warning"))
    try folder.write("import blueprint.skeleton\ndef handler(e, c): pass\n", to: "app.py")
    let broken = try Tool.run(["package"], in: folder.path)
    #expect(broken.exitCode == 1 && broken.errors.contains("blueprint/skeleton.py:1:5: error"))
  }

  @Test func `what a package imports and requires and nothing has is a warning`() throws {
    let folder = try Folder([
      "pare.toml": "environment = 'site'\n[functions.f]\nhandler = 'app.handler'\n",
      "app.py": "import tea\n\ndef handler(event, context): pass\n",
      "site/tea/__init__.py": """
      import water
      try:
          import milk
      except ImportError:
          milk = None

      def sweet():
          import sugar
          import salt
          import pepper
          import lemon

      """,
      "site/tea-1.0.dist-info/METADATA": """
      Name: tea
      Version: 1.0
      Requires-Dist: water>=2
      Requires-Dist: milk
      Requires-Dist: salt (>=1); python_version >= "3.8"
      Requires-Dist: pepper; sys_platform == "win32"
      Requires-Dist: lemon; extra == "fruit"

      """,
      "site/tea-1.0.dist-info/RECORD": "tea/__init__.py,,\n",
    ])
    let answer = try Tool.run(["check"], in: folder.path)
    #expect(answer.exitCode == 0)
    #expect(
      answer.errors.contains("site/tea/__init__.py:1:1: warning: 'tea' of tea 1.0 imports 'water'"))
    #expect(
      answer.errors.contains(
        "__init__.py:9:5: warning: 'tea' of tea 1.0 imports 'salt', which it requires, and"))
    for optional in ["milk", "sugar", "pepper", "lemon"] {
      #expect(!answer.errors.contains(optional))
    }
    #expect(try Tool.run(["check", "--strict"], in: folder.path).exitCode == 1)
    // Not at once, but as soon as the handler is called.
    try folder.write("def handler(event, context):\n  import tea\n", to: "app.py")
    #expect(
      try Tool.run(["check"], in: folder.path).errors.contains("imports 'water', which it requires")
    )
  }

  @Test(arguments: [["imports", "gone.py"], ["imports", "gone"], ["graph", "--tree", "gone"]])
  func `a path that is not there is a mistake of the command line`(_ words: [String]) throws {
    let folder = try shop()
    let answer = try Tool.run(words, in: folder.path)
    #expect(answer.exitCode == 2)
    #expect(answer.errors.contains("'\(words.last ?? "")'"))
  }

  @Test func `the README's table has every key of the report, and no other`() throws {
    let readme = String(decoding: try readRepositoryFile("README.md"), as: UTF8.self)
    let section = readme.split(separator: "\n## ").first { $0.hasPrefix("JSON\n") } ?? ""
    var documented: Set<String> = []
    for line in section.split(separator: "\n") where line.hasPrefix("| `") {
      for cell in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      where cell.offset % 2 == 1 {
        let word = cell.element.drop { $0 == "." }
        documented.insert(String(word.hasSuffix("[]") ? word.dropLast(2) : word))
      }
    }
    let folder = try shop()
    let answer = try Tool.run(["check", "--format", "json"], in: folder.path)
    var keys: Set<String> = []
    func collect(_ datum: Datum, below parent: String) {
      for element in datum.array ?? [] { collect(element, below: parent) }
      for entry in datum.table?.entries ?? [] where parent != "reasons" {
        keys.insert(entry.key)
        collect(entry.value, below: entry.key)
      }
    }
    collect(try object(answer.output), below: "")
    // A place's own keys stand in the text above the table.
    let missing = keys.subtracting(documented).subtracting(["file", "line", "column"])
    #expect(missing == [])
    #expect(keys.count > 30)
    let values: Set = [
      "limit", "budget", "zipped", "unzipped", "CodeSha256", "Handler", "--entry-point",
    ]
    let withoutAny: Set = [
      "blindSpots", "expression", "bound", "code", "severity", "message", "source",
      "notes", "function", "location", "bytes", "sharedWith", "imports", "from", "note",
      "handlers", "used",
    ]
    #expect(documented.subtracting(keys).subtracting(values).subtracting(withoutAny) == [])
  }

  @Test func `a budget that is exceeded is exit code 1, and says what weighs`() throws {
    let folder = try shop()
    try folder.write(
      try folder.text("pare.toml").replacing("1 MB", with: "20 B"), to: "pare.toml")
    let answer = try Tool.run(["check"], in: folder.path)
    #expect(answer.exitCode == 1)
    #expect(answer.errors.contains("[above-budget]"))
    #expect(answer.errors.contains("pare.toml:9:1: error"))
    let document = try Tool.run(["check", "--format", "json"], in: folder.path)
    #expect(document.exitCode == 1)
    let codes = try object(document.output).table?["diagnostics"]?.array?.compactMap {
      $0.table?["code"]?.string
    }
    #expect(codes == ["above-budget"])
    #expect(document.errors.contains("[above-budget]"))
  }

  @Test func `lists functions for people and for programs`() throws {
    let folder = try shop()
    let text = try Tool.run(["list"], in: folder.path)
    #expect(
      text.output == """
        function  handler                          provider    runtime     declared in
        orders    functions/orders/app.py:handler  aws-lambda  python3.12  pare.toml:4
        rates     functions/rates/app.py:handler   aws-lambda  python3.12  pare.toml:7

        """)
    let answer = try Tool.run(["list", "--format=json"], in: folder.path)
    let array = try #require(try object(answer.output).array)
    #expect(array.map { $0.table?["name"]?.string } == ["orders", "rates"])
    #expect(array[0].table?["origin"]?.table?["line"]?.integer == 4)
  }

  @Test func `explains why something is in an archive`() throws {
    let folder = try shop()
    let answer = try Tool.run(["why", "orders", "tea"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(answer.output.hasPrefix("tea is in orders: "))
    #expect(answer.output.contains("functions/orders/app.py:4   import tea"))
    #expect(answer.output.contains("(lazy)"))
    let document = try Tool.run(["why", "orders", "tea", "--format", "json"], in: folder.path)
    #expect(try object(document.output).table?["included"]?.boolean == true)
  }

  @Test func `explains why something is not in an archive`() throws {
    let folder = try shop()
    let answer = try Tool.run(["why", "rates", "tea"], in: folder.path)
    #expect(answer.exitCode == 0)
    #expect(answer.output.hasPrefix("tea is not in rates\n"))
    #expect(answer.output.contains("functions/orders/app.py:4"))
  }

  @Test func `a file beside a handler that nothing leads to is told with what ships it`() throws {
    let folder = try shop()
    try folder.write("x", to: "functions/orders/terms.txt")
    let answer = try Tool.run(["why", "orders", "terms.txt"], in: folder.path)
    #expect(answer.exitCode == 0)
    #expect(answer.output.contains("'functions/orders/terms.txt' is there, and nothing"))
    #expect(answer.output.contains("include = [\"functions/orders/terms.txt\"]"))
  }

  @Test(arguments: [["package", "ordres"], ["why", "ordres", "tea"]])
  func `a function that does not exist gets the nearest name`(words: [String]) throws {
    let folder = try shop()
    let answer = try Tool.run(words, in: folder.path)
    #expect(answer.exitCode == 2)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains("[unknown-function]"))
    #expect(answer.errors.contains("did you mean 'orders'?"))
  }

  @Test func `no configuration is said with what to do`() throws {
    let folder = try Folder()
    let answer = try Tool.run(["package", "-C", folder.path])
    #expect(answer.exitCode == 2)
    #expect(answer.errors.hasPrefix("error: "))
    #expect(answer.errors.contains("hint: "))
    let document = try Tool.run(["package", "-C", folder.path, "--format", "json"])
    #expect(document.exitCode == 2)
    #expect(try object(document.output).table?["diagnostics"]?.array?.count == 1)
  }

  @Test func `a mistake in the configuration shows its line`() throws {
    let folder = try shop()
    try folder.write("runtime = 'python3.12'\nruntme = 1\n", to: "pare.toml")
    let answer = try Tool.run(["list"], in: folder.path + "/shop")
    #expect(answer.exitCode == 2)
    #expect(answer.errors.hasPrefix("pare.toml:2:1: error: "))
    #expect(answer.errors.contains("\n 2 | runtme = 1\n   | ^~~~~~\n"))
    #expect(answer.errors.contains("did you mean 'runtime'?"))
  }

  @Test func `an output folder that cannot be made is the system's refusal`() throws {
    let folder = try shop()
    try folder.write("a file, not a folder", to: "dist")
    let answer = try Tool.run(["package"], in: folder.path)
    #expect(answer.exitCode == 3, "\(answer.output)")
    #expect(answer.errors.contains("error: "))
    #expect(try folder.text("dist") == "a file, not a folder")
  }

  @Test func `a project without an environment is told so, where something is not found`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = \"f.handler\"\n",
      "f.py": "import requests\ndef handler(event, context): pass\n",
    ])
    let answer = try Tool.run(["check"], in: folder.path)
    #expect(answer.exitCode == 0)
    #expect(answer.errors.contains("f.py:1:1: warning: no module named 'requests'"))
    #expect(answer.errors.contains("[nothing-installed]\n  hint: create a '.venv'"))
  }

  @Test func `what the runtime has needs no archive`() throws {
    let folder = try shop()
    let answer = try Tool.run(["why", "orders", "json"], in: folder.path)
    #expect(answer.output.contains("python3.12 has 'json' in its standard library"))
  }

  @Test func `verify without an interpreter is the system's refusal, never a pass`() throws {
    let folder = try shop()
    try folder.write(
      try folder.text("pare.toml").replacing("python3.12", with: "python3.15"), to: "pare.toml")
    let packaged = try Tool.run(["package", "--verify", "--format", "json"], in: folder.path)
    #expect(packaged.exitCode == 3)
    #expect(try object(packaged.output).table?["functions"]?.array?.count == 2)
    let verified = try Tool.run(["verify"], in: folder.path)
    #expect(verified.exitCode == 3 && !verified.output.contains("passed"))
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `verify imports each handler and prints what it answers`() throws {
    let folder = try shop()
    try folder.write("{}", to: "event.json")
    let packaged = try Tool.run(["package", "--verify"], in: folder.path)
    #expect(packaged.exitCode == 0, "\(packaged.errors)")
    #expect(
      packaged.output.contains("orders  passed") && packaged.output.contains("rates   passed"))
    let again = try Tool.run(["verify", "orders"], in: folder.path)
    #expect(again.output == "orders  passed  has passed before\n")
    // One archive that is not there does not keep the others from being judged.
    let rates = try FileSystem.read(folder.path + "/dist/rates.zip")
    try FileSystem.removeFile(folder.path + "/dist/rates.zip")
    let without = try Tool.run(["verify"], in: folder.path)
    #expect(without.exitCode == 1)
    #expect(without.output.contains("orders  passed") && without.output.contains("rates   failed"))
    #expect(without.errors.contains("[no-archive]"))
    try FileSystem.write(rates, to: folder.path + "/dist/rates.zip")
    let called = try Tool.run(
      ["verify", "orders", "--event", "event.json", "--format", "json"], in: folder.path)
    let result = try object(called.output).table?["results"]?.array?.first?.table
    #expect(result?["answer"]?.string == "\"tea\"")
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `verify hands on variables, and ends what takes too long`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n", "event.json": "{}",
      "app.py": """
      import os, time
      stage, key = os.environ["STAGE"], os.environ["KEY"]
      time.sleep(float(os.environ.get("NAP", "0")))
      def handler(event, context): return stage + key
      """,
    ])
    let bare = try Tool.run(["package", "--verify"], in: folder.path)
    #expect(bare.exitCode == 1 && bare.errors.contains("'STAGE'"), "\(bare.errors)")
    let words = ["verify", "--env", "STAGE=a=b", "--env", "KEY"]
    let given = try Tool.run(
      words + ["--event", "event.json"], in: folder.path, variables: ["KEY=secret"])
    #expect(
      given.exitCode == 0 && given.output.contains("answer: \"a=bsecret\""), "\(given.errors)")
    let unset = try Tool.run(words, in: folder.path)
    #expect(unset.exitCode == 2 && unset.errors.contains("'--env KEY': no variable"))
    let slow = try Tool.run(
      words + ["--env", "NAP=60", "--timeout", "1"], in: folder.path, variables: ["KEY=secret"])
    #expect(
      slow.exitCode == 1 && slow.errors.contains("not done after 1 second"), "\(slow.errors)")
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `an archive that lacks something does not pass`() throws {
    let folder = try shop()
    try folder.write("import nowhere\n", to: "shop/pricing.py")
    let answer = try Tool.run(["package", "--verify"], in: folder.path)
    #expect(answer.exitCode == 1)
    #expect(answer.output.contains("rates   failed"))
    #expect(answer.errors.contains("nowhere"))
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `what no scan can see is recorded once, shipped from then on, and stale when it is gone`()
    throws
  {
    let folder = try Folder([
      "pare.toml": """
      environment = "deps"
      recorded = "pare.recorded.toml"
      [functions.f]
      handler = "app/f.py:handler"
      requirements = "app/none.txt"
      [functions.g]
      handler = "app/g.py:handler"
      """, "app/none.txt": "", "event.json": "{\"wanted\": \"tea.pot\"}",
      "app/f.py": """
      import importlib
      def handler(event, context):
          try:
              return importlib.import_module(event["wanted"]).size
          except ImportError:
              return None
      """, "app/g.py": "import tea\ndef handler(event, context): pass\n",
      "deps/tea/__init__.py": "", "deps/tea/pot.py": "import tea.lid\nsize = 3\n",
      "deps/tea/lid.py": "", "deps/tea-1.dist-info/METADATA": "Name: tea\nVersion: 1\n",
      "deps/tea-1.dist-info/RECORD": "tea/__init__.py,,\ntea/pot.py,,\ntea/lid.py,,\n",
    ])
    let event = ["verify", "f", "--event", "event.json"]
    let first = try Tool.run(["package"], in: folder.path)
    #expect(first.exitCode == 0 && first.errors.contains("[no-record]"), "\(first.errors)")
    let compared = try Tool.run(event + ["--against-environment"], in: folder.path)
    #expect(compared.exitCode == 1)
    #expect(compared.errors.contains("'$' is null, and 3 there"), "\(compared.errors)")
    #expect(compared.output.contains("only there: tea 1: 3 modules: tea, tea.lid, tea.pot\n"))
    let recorded = try Tool.run(
      event + ["--record", "pare.recorded.toml"], in: folder.path,
      variables: ["SOURCE_DATE_EPOCH=1795737600"])
    #expect(recorded.output.hasSuffix("pare.recorded.toml written\n"))
    let lines = try folder.text("pare.recorded.toml").split(separator: "\n").suffix(4)
    #expect(lines.first?.hasPrefix("# event.json, python3.12.") == true)
    #expect(lines.first?.hasSuffix(", 2026-11-27") == true)
    #expect(
      lines.dropFirst() == ["[functions.f]", "needs = [\"tea\"]", "import = [\"tea.pot\"]"])

    let second = try Tool.run(["package"], in: folder.path)
    #expect(second.exitCode == 0 && !second.errors.contains("record]"), "\(second.errors)")
    let same = try Tool.run(event + ["--against-environment"], in: folder.path)
    #expect(same.exitCode == 0 && !same.output.contains("only there"), "\(same.output)")
    #expect(same.output.contains("answer: 3\n  the same answer in the whole environment\n"))
    let again = try Tool.run(event + ["--record", "pare.recorded.toml"], in: folder.path)
    #expect(try folder.text("pare.recorded.toml").contains("import = [\"tea.pot\"]"))
    #expect(again.exitCode == 0 && again.errors.isEmpty, "\(again.errors)")

    for name in ["pot.py", "lid.py"] { try FileSystem.removeFile(folder("deps/tea/\(name)")) }
    let stale = try Tool.run(["check"], in: folder.path)
    #expect(stale.exitCode == 0)
    #expect(stale.errors.contains("[stale-record]"), "\(stale.errors)")
    #expect(stale.errors.contains("pare.recorded.toml:7:"), "\(stale.errors)")
  }

  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `what cannot be judged here does not keep the others from being judged`() throws {
    #if arch(arm64)
      let other = "x86_64"
    #else
      let other = "arm64"
    #endif
    let folder = try Folder([
      "pare.toml": """
      [functions.far]
      handler = "far/app.py:handler"
      architecture = "\(other)"
      include = ["far/*.so"]
      [functions.good]
      handler = "good/app.py:handler"
      [functions.new]
      handler = "new/app.py:handler"
      runtime = "python3.15"
      """, "far/app.py": "def handler(event, context): pass\n", "far/lib.so": "not loaded",
      "good/app.py": "def handler(event, context): pass\n",
      "new/app.py": "def handler(event, context): pass\n",
    ])
    try #require(try Tool.run(["package"], in: folder.path).exitCode == 0)
    let answer = try Tool.run(["verify"], in: folder.path)
    #expect(answer.exitCode == 3)
    let lines = answer.output.split(separator: "\n")
    #expect(lines.count == 4, "\(answer.output)")
    #expect(lines[0] == "far   unproven  not judged: foreign-archive")
    #expect(lines[1].hasPrefix("good  passed"))
    #expect(lines[2] == "new   unproven  not judged: no-interpreter")
    #expect(lines[3] == "1 passed, 2 unproven")
    #expect(answer.errors.contains("'far' holds native code for \(other)"))
    #expect(answer.errors.contains("no interpreter of python3.15 is there, so 'new' was not"))
    #expect(try Tool.run(["verify", "good"], in: folder.path).exitCode == 0)
  }

  @Test func `quiet prints nothing where all is fine`() throws {
    let folder = try shop()
    try folder.write("import nowhere\n", to: "shop/pricing.py")
    let answer = try Tool.run(["package", "--quiet"], in: folder.path)
    #expect(answer.exitCode == 0 && answer.output.isEmpty && answer.errors.isEmpty)
  }

  @Test func `strict makes an error of what is not found`() throws {
    let folder = try shop()
    try folder.write("import shop.nowhere\n", to: "shop/pricing.py")
    let loose = try Tool.run(["check"], in: folder.path)
    #expect(loose.exitCode == 0)
    #expect(loose.errors.contains("shop/pricing.py:1:1: warning: "))
    let strict = try Tool.run(["check", "--strict"], in: folder.path)
    #expect(strict.exitCode == 1)
    #expect(strict.errors.contains("shop/pricing.py:1:1: error: "))
  }

  @Test func `times the stages, also as trace events`() throws {
    let folder = try shop()
    let answer = try Tool.run(
      ["check", "--timings", "--trace-events", "trace.json"], in: folder.path)
    #expect(answer.exitCode == 0)
    for stage in ["discover", "trace", "select", "archive", "together"] {
      #expect(answer.output.contains("\n\(stage) "))
    }
    let events = try object(folder.text("trace.json")).table?["traceEvents"]?.array
    #expect((events?.count ?? 0) >= 5)
  }

  @Test func `the cache can be looked at and emptied`() throws {
    let folder = try shop()
    let cache = try Folder()
    _ = try Tool.run(["package", "--cache-dir", cache.path], in: folder.path)
    let info = try Tool.run(["cache", "info", "--cache-dir", cache.path, "--format", "json"])
    let size = try object(info.output).table?["size"]?.integer ?? 0
    #expect(size > 0)
    let cleared = try Tool.run(["cache", "clear", "--cache-dir", cache.path])
    #expect(cleared.exitCode == 0)
    #expect(cleared.output.hasPrefix("removed "))
  }

  @Test func `an empty cache and a full one give the same archives`() throws {
    let folder = try shop()
    let cache = try Folder()
    for output in ["a", "b"] {
      _ = try Tool.run(
        ["package", "-o", output, "--cache-dir", cache.path], in: folder.path)
    }
    _ = try Tool.run(["package", "-o", "c", "--no-cache", "--jobs", "1"], in: folder.path)
    #expect(try folder.read("a/orders.zip") == folder.read("b/orders.zip"))
    #expect(try folder.read("a/orders.zip") == folder.read("c/orders.zip"))
  }

  @Test(.enabled(if: Program.find("script") != nil, "needs 'script' for a terminal"))
  func `colours come on a terminal, and not with NO_COLOR`() throws {
    let folder = try shop()
    let script = try #require(Program.find("script"))
    let command = "\(try Tool.path()) check --no-cache"
    let plain = System.variables.filter { !$0.hasPrefix("NO_COLOR") && !$0.hasPrefix("TERM") }
    let colored = try script.run(
      ["-qec", command, "/dev/null"], variables: plain + ["TERM=xterm"], folder: folder.path,
      timeout: 60)
    #expect(colored.outputText.contains("\u{1B}["))
    let without = try script.run(
      ["-qec", command, "/dev/null"], variables: plain + ["TERM=xterm", "NO_COLOR=1"],
      folder: folder.path, timeout: 60)
    #expect(!without.outputText.contains("\u{1B}[") && without.outputText.contains("orders"))
  }
}
