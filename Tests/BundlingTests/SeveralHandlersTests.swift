import Files
import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// Functions with `handlers`.
@Suite struct SeveralHandlersTests {
  private func workspace(_ folder: Folder) throws -> Workspace {
    try discover(Options(project: folder.path), languages: [PythonLanguage()]).workspace
  }

  private func mistakes(_ settings: String, _ files: [String: String]) throws -> [String] {
    let text = "environment = []\n[functions.a]\n\(settings)"
    let folder = try Folder(files.merging(["pare.toml": text]) { $1 })
    do {
      _ = try workspace(folder)
      return []
    } catch let failure as Failure {
      return failure.diagnostics.map {
        "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.code): \($0.message)"
      }
    }
  }

  @Test(arguments: [
    (["x/one/app.py", "x/two/app.py"], ["one.app", "two.app"], "/x"),
    (["x/one/app.py", "x/two.py"], ["one.app", "two"], "/x"),
    (["x/one/app.py", "x/one/web.py"], ["app", "web"], "/x/one"),
    (["x/app.py", "src/web.py"], ["app", "web"], "/x"),
    (["x/one/app.py", "x/two/app.py", "src/web.py"], ["one.app", "two.app", "web"], "/x"),
  ])
  func `those in several folders are imported from the nearest folder that has all`(
    files: [String], modules: [String], overlay: String
  ) throws {
    let handlers = files.map { "'\($0):run'" }.joined(separator: ", ")
    var texts = Dictionary(uniqueKeysWithValues: files.map { ($0, "run = 1") })
    texts["pare.toml"] = """
      environment = []
      source-roots = ["src"]
      [functions.a]
      handlers = [\(handlers)]
      """
    texts["src/shared.py"] = ""
    let folder = try Folder(texts)
    let workspace = try workspace(folder)
    let function = workspace.functions.rows[0]
    #expect(function.handlers.map(\.module) == modules)
    #expect(workspace.roots[try #require(function.overlay)].location == folder.path + overlay)
  }

  @Test func `a source root that has one of them and the others below it is their root`() throws {
    let folder = try Folder([
      "pare.toml": """
      environment = []
      [functions.a]
      handlers = ["x/app.py:run", "app.py:run"]
      """, "x/app.py": "run = 1", "app.py": "run = 1",
    ])
    let function = try workspace(folder).functions.rows[0]
    #expect(function.handlers.map(\.module) == ["x.app", "app"])
    #expect(function.overlay == nil)
  }

  @Test func `two files cannot be one module`() throws {
    #expect(
      try mistakes(
        "source-roots = ['src']\nhandlers = ['x/app.py:run', 'src/app.py:walk']",
        ["x/app.py": "run = 1", "src/app.py": "walk = 1"]) == [
          "4:29 handler-module-clash: function 'a': 'x/app.py:run' and 'src/app.py:walk' would both be "
            + "the module 'app'"
        ])
  }

  @Test func `every one that is wrong is told where it is written`() throws {
    #expect(
      try mistakes(
        "handlers = ['a.py:run', 'b.py:walk',\n  'c.py:run', 'a.py:run']",
        ["a.py": "run = 1", "b.py": "run = 1"]) == [
          "4:3 missing-handler: function 'a': no file 'c.py'"
        ])
    #expect(
      try mistakes(
        "handlers = ['a.py:run', 'b.py:walk',\n  'a.py:run', 'a.run']",
        ["a.py": "run = 1", "b.py": "run = 1"]) == [
          "3:25 missing-handler: function 'a': 'b.py' has no 'walk'",
          "4:3 handler-twice: function 'a' has the handler 'a.py:run' twice",
          "4:15 handler-twice: function 'a' has one handler twice: 'a.py:run' and 'a.run'",
        ])
  }

  @Test func `Google calls each by a name in one module`() throws {
    #expect(
      try mistakes(
        "provider = 'google-cloud-functions'\nhandlers = ['a.py:run', 'b.py:run']",
        ["a.py": "run = 1", "b.py": "run = 1"]) == [
          "4:25 handler-name-clash: google-cloud-functions calls both 'a.py:run' and 'b.py:run' by the "
            + "name 'run'"
        ])
  }

  @Test func `Azure finds each by the file beside it`() throws {
    #expect(
      try mistakes(
        "provider = 'azure-functions'\nhandlers = ['a/__init__.py:run', 'b/__init__.py:run']",
        [
          "a/__init__.py": "run = 1", "a/function.json": "{}", "b/__init__.py": "run = 1",
        ]) == [
          "4:34 handler-without-companion: azure-functions finds each of several handlers by its "
            + "'function.json', and there is none beside 'b/__init__.py:run'"
        ])
  }

  @Test func `a generated entry module has all of them`() {
    let made = entrySource(
      for: [
        Handler(module: "media.resize", attribute: "run", written: ""),
        Handler(module: "crop", attribute: "crop", written: ""),
      ], provider: Providers.provider(.googleCloudFunctions))
    #expect(
      made == """
        # Made by pare: google-cloud-functions imports 'main', the handlers are elsewhere.
        from media.resize import run
        from crop import crop

        """)
  }

  @Test func `requirements are those of the folder that has all handlers`() throws {
    let folder = try Folder([
      "pare.toml": """
      environment = ["site"]
      [functions.a]
      handlers = ["x/one/app.py:run", "x/two/app.py:run"]
      [functions.b]
      handler = "b.py:run"
      """, "b.py": "run = 1",
      "x/one/app.py": "run = 1", "x/two/app.py": "run = 1", "x/requirements.txt": "tally",
      "site/tally/__init__.py": "",
      "site/tally-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tally\nVersion: 1.0\n",
      "site/tally-1.0.dist-info/RECORD": "tally/__init__.py,,\ntally-1.0.dist-info/METADATA,,\n",
    ])
    let workspace = try workspace(folder)
    #expect(
      workspace.functions.rows[0].declarations.map { workspace.distributions[$0.distribution].name }
        == ["tally"])
    #expect(workspace.functions.rows[1].declarations.isEmpty)
  }
}

@Suite(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
struct SeveralHandlersVerifyTests {
  private let jobs = "def run(event, context): return {'jobs': event}"

  private func trialed(jobs: String) throws -> Trialed {
    try Trialed(
      ["src/jobs.py": "def run(event, context): pass", "event.json": "{\"n\": 1}"],
      archived: ["app.py": "def handler(event, context): return 'app'", "jobs.py": jobs],
      further: ["jobs.run"])
  }

  @Test func `each has a verdict of its own`() throws {
    let results = try trialed(jobs: "import gone").results()
    #expect(results.map(\.handler) == ["app.handler", "jobs.run"])
    #expect(results.map(\.verdict) == [.passed, .failed])
  }

  @Test(arguments: ["jobs.run", "jobs:run"])
  func `an event is for the one that is named`(handler: String) throws {
    let trialed = try trialed(jobs: jobs)
    let results = try trialed.results(event: "event.json") { $0.handler = handler }
    #expect(results.map(\.answer) == ["{\"jobs\": {\"n\": 1}}"])
  }

  @Test func `an event for nobody in particular, and a handler that is not there, are refused`()
    throws
  {
    let trialed = try trialed(jobs: jobs)
    func refusal(event: String?, _ handler: String?) -> Diagnostic? {
      do {
        _ = try trialed.results(event: event) { $0.handler = handler }
        return nil
      } catch {
        return (error as? Failure)?.diagnostics.first
      }
    }
    let which = refusal(event: "event.json", nil)
    #expect(which?.code == "which-handler")
    #expect(which?.notes.map(\.message) == ["app.handler, jobs.run", "'--handler app.handler'"])
    let unknown = refusal(event: nil, "jobs.rum")
    #expect(unknown?.code == "unknown-handler")
    #expect(unknown?.notes.map(\.message) == ["did you mean 'jobs.run'?"])
  }
}
