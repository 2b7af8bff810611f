import Files
import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// Installed distributions, one a line: `alpha: beta[x]; extra == 'y', gamma`; a `!` behind the name is
/// for what was installed by name, `+x` for an extra that there is.
private func site(_ lines: [String], in folder: String = "site") -> [String: String] {
  var files: [String: String] = [:]
  for line in lines {
    let parts = line.split(separator: ":", maxSplits: 1)
    let words = parts[0].split(separator: "+")
    let name = words[0].filter { $0 != "!" }
    let info = "\(folder)/\(name)-1.dist-info"
    let requires = (parts.count > 1 ? parts[1].split(separator: ",") : []).map {
      "Requires-Dist:\($0)\n"
    }
    let extras = words.dropFirst().map { "Provides-Extra: \($0)\n" }
    files["\(info)/METADATA"] =
      "Name: \(name)\nVersion: 1\n" + (requires + extras).joined()
    if words[0].hasSuffix("!") { files["\(info)/REQUESTED"] = "" }
    files["\(folder)/\(name).py"] = ""
  }
  return files
}

private func discovered(
  _ configuration: String, _ files: [String: String], functions: [String] = []
) throws -> (workspace: Workspace, folder: Folder) {
  let folder = try Folder(files.merging(["pare.toml": configuration]) { $1 })
  let workspace = try discover(
    Options(project: folder.path, functions: functions, jobs: 2), languages: [PythonLanguage()]
  ).workspace
  return (workspace, folder)
}

private let two = ["fn/a/app.py": "handler = 1", "fn/b/app.py": "handler = 1"]
private let both = "environment = 'site'\ndiscover = ['fn/*/app.py:handler']\n"

extension Workspace {
  fileprivate func shown(_ declarations: [Declaration]) -> [String] {
    declarations.map { item in
      let extras = item.extras.isEmpty ? "" : "[\(item.extras.joined(separator: ","))]"
      return distributions[item.distribution].name + extras
    }
  }

  fileprivate func declared(_ name: String) -> [String] {
    shown(functions.rows.first { $0.name == name }?.declarations ?? [])
  }

  fileprivate var direct: [String] { shown(requirements.first?.direct ?? []) }

  fileprivate func required(_ name: String) -> [String] {
    guard let id = distributions.ids.first(where: { distributions[$0].name == name }) else {
      return []
    }
    return (requirements.first?.requirements[id] ?? []).map { item in
      let extras = item.extras.isEmpty ? "" : "[\(item.extras.joined(separator: ","))]"
      return distributions[item.to].name + extras + (item.extra.map { " if \($0)" } ?? "")
    }
  }

  /// As `path:line: code, of whom`.
  fileprivate var problems: [String] {
    diagnostics.map { item in
      "\(item.location?.path ?? ""):\(item.location?.line ?? 0): \(item.code)"
        + (item.function.map { ", of \($0)" } ?? "")
    }
  }
}

@Suite struct RequirementGraphTests {
  @Test func `what distributions require is decided for the target and by extras`() throws {
    let (workspace, _) = try discovered(
      both,
      site([
        "alpha+all+web: beta[x]>=1, gamma; extra == 'Web', delta; sys_platform == 'win32',"
          + " absent, alpha[web]; extra == 'all'",
        "beta: alpha", "gamma", "delta",
      ]).merging(two) { $1 })
    #expect(workspace.required("alpha") == ["beta[x]", "gamma if web", "alpha[web] if all"])
    // A circle is a graph too.
    #expect(workspace.required("beta") == ["alpha"])
  }

  @Test func `of two distributions with one name the first on the path is required`() throws {
    let (workspace, _) = try discovered(
      "environment = ['one', 'two']\ndiscover = ['fn/*/app.py:handler']",
      site(["alpha: beta", "beta"], in: "one").merging(site(["beta"], in: "two")) { $1 }
        .merging(two) { $1 })
    let beta = workspace.distributions.ids.filter { workspace.distributions[$0].name == "beta" }
    #expect(beta.count == 2)
    let graph = try #require(workspace.requirements.first)
    #expect(graph.requirements.values.flatMap { $0 }.map(\.to) == [beta[0]])
    #expect(workspace.roots[workspace.distributions[beta[0]].root].location.hasSuffix("/one"))
  }
}

@Suite struct DirectRequirementTests {
  private let installed = site(["alpha!: beta", "beta", "gamma+x"])

  @Test func `a file at the project's top says what the project asks for`() throws {
    let (workspace, _) = try discovered(
      both, installed.merging(two) { $1 }.merging(["requirements.txt": "beta\ngamma[x]\n"]) { $1 })
    #expect(workspace.direct == ["beta", "gamma[x]"])
    #expect(
      workspace.requirements[0].direct.map(\.origin) == [
        SourceLocation(path: "requirements.txt", line: 1, column: 1),
        SourceLocation(path: "requirements.txt", line: 2, column: 1),
      ])
  }

  @Test func `a file that the configuration names comes before those at the top`() throws {
    let (workspace, _) = try discovered(
      "requirements = 'deps/prod.txt'\n" + both,
      installed.merging(two) { $1 }.merging([
        "requirements.txt": "beta\n", "deps/prod.txt": "alpha\n",
      ]) { $1 })
    #expect(workspace.direct == ["alpha"])
  }

  @Test func `a file that the configuration names and that is not there ends the run`() {
    let failure = #expect(throws: Failure.self) {
      try discovered("requirements = 'gone.txt'\n" + both, site(["alpha"]).merging(two) { $1 })
    }
    #expect(failure?.diagnostics.map(\.code) == ["no-requirements"])
    #expect(failure?.diagnostics.first?.location?.line == 1)
  }

  @Test func `what is wrong in a file of the project is a warning`() throws {
    let (workspace, _) = try discovered(
      both,
      installed.merging(two) { $1 }.merging(["requirements.txt": "-r gone.txt\n???\nbeta\n"]) { $1 }
    )
    #expect(workspace.direct == ["beta"])
    #expect(
      workspace.problems == [
        "requirements.txt:1: no-requirements", "requirements.txt:2: broken-requirement",
      ])
    #expect(workspace.diagnostics.allSatisfy { $0.severity == .warning })
  }

  @Test func `without a file it is what was installed by name`() throws {
    let (workspace, _) = try discovered(both, installed.merging(two) { $1 })
    #expect(workspace.direct == ["alpha"])
  }

  @Test func `where nothing was installed by name it is what nothing requires without an extra`()
    throws
  {
    let (workspace, _) = try discovered(
      both, site(["alpha: beta", "beta", "gamma: alpha; extra == 'x'"]).merging(two) { $1 })
    #expect(workspace.direct == ["alpha", "gamma"])
  }
}

@Suite struct DeclarationTests {
  private let installed = site(["alpha", "beta+x", "gamma"])

  @Test func `a requirements file beside a handler is its function's alone`() throws {
    let (workspace, _) = try discovered(
      both, installed.merging(two) { $1 }.merging(["fn/a/requirements.txt": "beta[X]\n"]) { $1 })
    #expect(workspace.declared("a") == ["beta[x]"])
    #expect(workspace.declared("b") == [])
    let origin = workspace.functions.rows[0].declarations.first?.origin
    #expect(origin == SourceLocation(path: "fn/a/requirements.txt", line: 1, column: 1))
  }

  @Test func `the nearest folder with dependencies counts, as long as no other handler lies in it`()
    throws
  {
    let files = [
      "a/src/app/main.py": "handler = 1", "a/src/pyproject.toml": "[tool.ruff]\nline-length = 9",
      "a/pyproject.toml": "[project]\ndependencies = ['alpha']", "b/one/app.py": "handler = 1",
      "b/two/app.py": "handler = 1", "b/requirements.txt": "beta\n", "requirements.txt": "gamma\n",
    ]
    let (workspace, _) = try discovered(
      """
      environment = "site"
      source-roots = ["."]
      [functions.a]
      handler = "a/src/app/main.py:handler"
      [functions.b1]
      handler = "b.one.app.handler"
      [functions.b2]
      handler = "b/two/app.py:handler"
      """, installed.merging(files) { $1 })
    #expect(workspace.declared("a") == ["alpha"])
    // What several share is nobody's own, and neither is the project's.
    #expect(workspace.declared("b1") == [])
    #expect(workspace.declared("b2") == [])
  }

  @Test func `requirements of a function beside an environment are what it declares`() throws {
    let (workspace, _) = try discovered(
      both + "[functions.a]\nrequirements = ['deps/a.txt', 'deps/more.txt']",
      installed.merging(two) { $1 }.merging([
        "deps/a.txt": "alpha==9\n", "deps/more.txt": "gamma\n", "fn/a/requirements.txt": "beta\n",
      ]) { $1 })
    #expect(workspace.declared("a") == ["alpha", "gamma"])
    #expect(workspace.problems == [])
  }

  @Test func `needs add to what its files name, those of the project to everybody's`() throws {
    let (workspace, _) = try discovered(
      "needs = ['gamma']\n" + both + "[functions.a]\nneeds = ['Beta[x]']",
      installed.merging(two) { $1 }.merging(["fn/a/requirements.txt": "alpha\n"]) { $1 })
    #expect(workspace.declared("a") == ["alpha", "beta[x]"])
    #expect(workspace.declared("b") == ["gamma"])
  }

  @Test func `an environment that one function alone uses is what it declares`() throws {
    let files = site(["alpha!: beta", "beta"], in: "own").merging(site(["gamma"])) { $1 }
      .merging(two) { $1 }.merging(["fn/c/app.py": "handler = 1"]) { $1 }
    let (workspace, _) = try discovered(
      """
      discover = ["fn/*/app.py:handler"]
      [functions.a]
      environment = "own"
      [functions.b]
      environment = "site"
      [functions.c]
      environment = "site"
      """, files)
    #expect(workspace.declared("a") == ["alpha"])
    // Each says so in a place of its own, and it is one environment all the same.
    #expect(workspace.declared("b") == [])
    #expect(workspace.declared("c") == [])
  }

  @Test func `what is not installed is told where it is asked for`() throws {
    let (workspace, _) = try discovered(
      "needs = ['nothing']\n" + both + "[distributions.beta]\nextras = ['y']\n"
        + "[functions.a]\nneeds = ['gama', 'beta[z]']",
      installed.merging(two) { $1 }.merging(["fn/a/requirements.txt": "zzz\nbeta[w]\n"]) { $1 })
    #expect(
      workspace.problems == [
        "fn/a/requirements.txt:1: requirement-not-installed, of a",
        "fn/a/requirements.txt:2: unknown-extra, of a",
        "pare.toml:1: needs-not-installed", "pare.toml:4: unknown-extra",
        "pare.toml:7: needs-not-installed, of a", "pare.toml:7: unknown-extra, of a",
      ])
    let need = workspace.diagnostics.first { $0.message.contains("gama") }
    #expect(need?.notes.map(\.message) == ["did you mean 'gamma'?"])
    let extra = workspace.diagnostics.first { $0.message.contains("'z'") }
    #expect(extra?.notes.map(\.message) == ["did you mean 'x'?"])
  }

  @Test func `a package of the project's own is not missed in the environment`() throws {
    let (workspace, _) = try discovered(
      both,
      installed.merging(two) { $1 }.merging([
        "pyproject.toml": "[tool.uv.sources]\nshop = { workspace = true }",
        "fn/a/pyproject.toml": """
        [project]
        dependencies = ["alpha", "shop", "tools"]
        [tool.uv.sources]
        tools = { path = "../tools" }
        """,
      ]) { $1 })
    #expect(workspace.declared("a") == ["alpha"])
    #expect(workspace.problems == [])
  }

  @Test func `a broken line is an error of its function alone, where that is asked for`() throws {
    let files = installed.merging(two) { $1 }.merging([
      "fn/a/requirements.txt": "alpha\n???\n-r gone.txt\n"
    ]) { $1 }
    let (workspace, _) = try discovered(both, files)
    #expect(
      workspace.problems == [
        "fn/a/requirements.txt:2: broken-requirement, of a",
        "fn/a/requirements.txt:3: no-requirements, of a",
      ])
    #expect(workspace.diagnostics.allSatisfy { $0.severity == .error })
    #expect(workspace.declared("a") == ["alpha"])
    #expect(try discovered(both, files, functions: ["b"]).workspace.problems == [])
  }

  @Test func `requirements of a function that are not there are its error`() throws {
    let (workspace, _) = try discovered(
      both + "[functions.a]\nrequirements = 'gone.txt'", installed.merging(two) { $1 })
    #expect(workspace.problems == ["pare.toml:4: no-requirements, of a"])
  }

  @Test func `optional is taken from the function, then from the project`() throws {
    let (workspace, _) = try discovered(
      "optional = 'installed'\n" + both + "[functions.a]\noptional = 'declared'",
      installed.merging(two) { $1 })
    #expect(
      workspace.functions.rows.map { workspace.targets[$0.target].optional } == [
        .declared, .installed,
      ])
  }
}
