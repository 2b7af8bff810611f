import Files
import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// What a run has used beyond its archive, written down, read back, and grown old.
struct RecordTests {
  /// A project with a record; nothing is run.
  private func diagnose(
    _ record: String, _ files: [String: String] = [:], app: String = "handler = print"
  ) throws -> (diagnostics: [Diagnostic], functions: [Function]) {
    let folder = try Folder(
      files.merging([
        "pare.toml": """
        source-roots = ["src"]
        environment = "deps"
        recorded = "rec.toml"
        needs = ["lib"]
        [functions.a]
        handler = "app.handler"
        import = ["own"]
        [functions.a.distributions.lib]
        data = ["x/*"]
        drop = ["y/*"]
        """, "src/app.py": app, "src/own.py": "", "src/plugins/tea.py": "",
        "src/tea.txt": "", "rec.toml": record, "deps/lib/__init__.py": "", "deps/lib/hidden.py": "",
        "deps/lib/x/a.bin": "", "deps/lib-1.dist-info/METADATA": "Name: lib\nVersion: 1\n",
        "deps/lib-1.dist-info/RECORD": "lib/__init__.py,,\nlib/hidden.py,,\nlib/x/a.bin,,\n",
      ]) { $1 })
    let found = try discover(Options(project: folder.path), languages: [PythonLanguage()])
    let report = try package(
      found.workspace, Order(goal: .measure, functions: found.asked, jobs: 1),
      languages: [PythonLanguage()], store: Store(found.workspace)
    ) { _ throws(Failure) in }
    return (report.diagnostics, found.workspace.functions.rows)
  }

  @Test func `a record adds to what the configuration says, and replaces nothing`() throws {
    let (diagnostics, functions) = try diagnose(
      """
      [functions.a]
      needs = ["lib"]
      import = ["plugins.tea", "own"]
      include = ["tea.txt"]
      [functions.a.distributions.Lib]
      import = ["lib.hidden"]
      data = ["lib/x/a.bin"]
      """, app: "import lib\nhandler = print")
    let settings = functions[0].settings
    #expect(settings.imports.map(\.name) == ["own", "plugins.tea"])
    #expect(settings.imports.map(\.origin.path) == ["pare.toml", "rec.toml"])
    #expect(settings.distributions["lib"]?.imports == ["lib.hidden"])
    #expect(settings.distributions["lib"]?.data == ["x/*", "lib/x/a.bin"])
    #expect(settings.distributions["lib"]?.drop == ["y/*"])
    #expect(functions[0].included.count == 1)
    #expect(!diagnostics.contains { $0.code == "stale-record" }, "\(diagnostics.map(\.message))")
  }

  @Test(arguments: [
    (
      "[functions.a]\nneeds = ['gone']", 2,
      "'needs' names 'gone', and the environment does not have it"
    ),
    ("[functions.a]\nimport = ['lib.gone']", 2, "'import': 'lib.gone' matches nothing"),
    ("[functions.a]\n\ninclude = ['gone.*']", 3, "'include': 'gone.*' matches nothing"),
    (
      "[functions.a.distributions.gone]\nimport = ['gone']", 1,
      "no distribution named 'gone' in the environment"
    ),
    ("[functions.b]\nneeds = ['lib']", 1, "there is no function 'b'"),
  ])
  func `what is no longer there is stale, with its line`(
    record: String, line: Int, why: String
  ) throws {
    let stale = try diagnose(record).diagnostics.filter { $0.location?.path == "rec.toml" }
    #expect(stale.map(\.code) == ["stale-record"])
    #expect(stale.first?.severity == .warning)
    #expect(stale.first?.location?.line == line)
    #expect(stale.first?.message == "a recorded setting is stale: \(why)")
  }

  @Test(arguments: [
    ("[functions.a]\nhandler = 'x.y'", "rec.toml:2: recorded function 'a' has no key 'handler'"),
    ("provider = 'generic'", "rec.toml:1: a record has no key 'provider'"),
    (
      "[functions.a]\nneeds = 1",
      "rec.toml:2: 'needs' must be a string or an array of strings, not an integer"
    ),
  ])
  func `a record takes nothing but what it records`(record: String, message: String) {
    let failure = #expect(throws: Failure.self) { try diagnose(record) }
    #expect(failure?.kind == .usage)
    #expect(
      failure?.diagnostics.map { "rec.toml:\($0.location?.line ?? 0): \($0.message)" } == [message])
  }

  @Test func `days are counted through leap years`() {
    let day = Int64(86_400_000_000_000)
    #expect(Bundling.day(of: 0) == "1970-01-01")
    #expect(Bundling.day(of: 11_016 * day) == "2000-02-29")
    #expect(Bundling.day(of: 11_017 * day - 1) == "2000-02-29")
    #expect(Bundling.day(of: 20_784 * day) == "2026-11-27")
  }

  @Test func `settings are written as TOML has them, sorted`() throws {
    var supplement = Supplement()
    supplement.needs = ["b", "a"]
    supplement.include = ["x \"y\".txt"]
    supplement.distributions["ruamel.yaml"] = .init(imports: ["z", "c"], data: [])
    #expect(
      supplement.tables("functions.\(tomlKey("a b"))") == """
        [functions."a b"]
        needs = ["a", "b"]
        include = ["x \\"y\\".txt"]

        [functions."a b".distributions."ruamel.yaml"]
        import = ["c", "z"]
        """)
  }

  // MARK: Runs

  private static let app = """
    import importlib, os
    def handler(event, context):
        for name in event:
            try:
                importlib.import_module(name)
            except ImportError:
                pass
    """

  @Test(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
  func `recording again adds to the function's own part, and leaves the others as they are`() throws
  {
    let trialed = try Trialed(
      [
        "src/app.py": Self.app, "src/one.py": "", "src/two.py": "", "src/three.py": "import gone",
        "rec.toml": """
        # mine

        # by hand
        [functions.z]   # last
        needs = [ 'x' ]
        """,
      ], archived: ["app.py": Self.app])
    func record(_ event: String, _ name: String, day: Int64) throws -> Bool {
      try trialed.folder.write(event, to: name)
      let results = try trialed.results(event: name) { $0.comparesEnvironment = true }
      return try Record(trialed.folder("rec.toml"), languages: ["python"]).write(
        results, of: trialed.workspace, statics: trialed.statics(), event: name,
        now: day * 86_400_000_000_000)
    }
    #expect(try record("[\"two\"]", "b.json", day: 20_784))
    let version = try trialed.verify().version
    #expect(
      try trialed.folder.text("rec.toml") == """
        # mine

        # b.json, python\(version), 2026-11-27
        [functions.a]
        import = ["two"]

        # by hand
        [functions.z]   # last
        needs = [ 'x' ]

        """)
    #expect(try record("[\"one\"]", "a.json", day: 20_785))
    let both = try trialed.folder.text("rec.toml")
    #expect(
      both.contains(
        """
        # a.json, python\(version), 2026-11-28
        # b.json, python\(version), 2026-11-27
        [functions.a]
        import = ["one", "two"]

        # by hand

        """))
    #expect(try !record("[\"one\"]", "a.json", day: 20_785))
    // What is gone is taken out, here and only here.
    let old = both.replacing("\"two\"]", with: "\"two\", \"gone\"]")
    try trialed.folder.write(old, to: "rec.toml")
    #expect(try record("[\"one\"]", "a.json", day: 20_785))
    #expect(try trialed.folder.text("rec.toml") == both)
  }

  @Test(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
  func `what the scan finds by now is stale, and is not recorded again`() throws {
    let app = "import one\n" + Self.app
    let trialed = try Trialed(
      ["src/app.py": app, "src/one.py": "", "rec.toml": "[functions.a]\nimport = ['one']\n"],
      archived: ["app.py": app, "one.py": ""])
    let recorded = try Recorded(
      trialed.folder.read("rec.toml"), path: "rec.toml", languages: ["python"])
    let stale = staleRecords(
      trialed.workspace, Array(trialed.workspace.functions.ids), recorded,
      statics: try trialed.statics())
    #expect(
      stale.map(\.message) == ["a recorded setting is stale: the scan finds 'one' without it"])
    #expect(stale.first?.location?.line == 2)
    try trialed.folder.write("[]", to: "event.json")
    let results = try trialed.results(event: "event.json") { $0.comparesEnvironment = true }
    _ = try Record(trialed.folder("rec.toml"), languages: ["python"]).write(
      results, of: trialed.workspace, statics: try trialed.statics(), event: "event.json", now: 0)
    #expect(try !trialed.folder.text("rec.toml").contains("functions.a"))
  }
}
