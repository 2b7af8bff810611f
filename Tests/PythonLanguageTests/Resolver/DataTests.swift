import Model
import PythonLanguage
import Testing

/// What is kept beside modules: data, metadata, rules, whole distributions.
@Suite struct DataTests {
  @Test func `a package's data goes with it, down to the next package`() {
    var project = PythonProject(source: ["app.py": "import a"])
    project.install(
      "a",
      [
        "a/__init__.py": "", "a/unused.py": "", "a/data.json": "", "a/t/x.html": "",
        "a/config-3.py": "", "a/stub.pyi": "", "a/b/__init__.py": "", "a/b/data.json": "",
      ])
    #expect(
      project.trace().files() == [
        "a-1.0.dist-info/METADATA", "a-1.0.dist-info/RECORD", "a/__init__.py", "a/config-3.py",
        "a/data.json", "a/t/x.html", "app.py",
      ])
  }

  @Test func `dot files of the team's own are no data`() {
    let traced = PythonProject(source: [
      "app.py": "import a", "a/__init__.py": "", "a/.env": "", "a/data.json": "", "a/t/.hidden": "",
    ]).trace()
    #expect(traced.files() == ["a/__init__.py", "a/data.json", "app.py"])
  }

  @Test func `first-party strings name files and folders beside the code`() {
    let traced = PythonProject(source: [
      "app.py": "open('schema.json'); T = 'templates'; S = 'site'; L = 'LICENCE'",
      "schema.json": "", "site/x.html": "", "LICENCE": "", "event.json": "",
      "templates/a.html": "", "templates/b/c.html": "",
    ]).trace()
    #expect(
      traced.files() == [
        "LICENCE", "app.py", "schema.json", "site/x.html", "templates/a.html", "templates/b/c.html",
      ])
  }

  @Test func `settings add imports and data and drop files`() {
    var project = PythonProject(source: ["app.py": "import a"])
    project.install(
      "a",
      [
        "a/__init__.py": "", "a/hidden.py": "import a.deep", "a/deep.py": "", "a/x.json": "",
        "a/big.bin": "", "a/b/__init__.py": "", "a/b/model.bin": "",
      ])
    var setting = Settings.DistributionRule(origin: SourceLocation(path: "pare.toml", line: 9))
    setting.imports = ["a.hidden", "a.nope"]
    setting.data = ["a/b/*.bin"]
    setting.drop = ["a/*.bin", "a/*.none"]
    project.settings = ["a": setting]
    let traced = project.trace()
    #expect(
      traced.files().filter { $0.hasPrefix("a/") } == [
        "a/__init__.py", "a/b/model.bin", "a/deep.py", "a/hidden.py", "a/x.json",
      ])
    #expect(traced.codes == ["unmatched-setting", "unmatched-setting"])
  }

  @Test func `distributions can be kept whole`() {
    var project = PythonProject(source: ["app.py": "import a"])
    project.install("a", ["a/__init__.py": "", "a/x.py": ""])
    project.install("b", ["b/__init__.py": ""])
    #expect(project.trace().modules() == ["a", "app"])
    project.prune = .distributions
    #expect(project.trace().modules() == ["a", "a.x", "app"])
    project.prune = .off
    #expect(project.trace().modules() == ["a", "a.x", "app", "b"])
  }

  @Test func `an editable install's metadata comes with its code`() {
    var project = PythonProject(source: ["app.py": "import pricing", "pricing/__init__.py": ""])
    project.install("pricing", [:])
    #expect(project.trace().files().contains("pricing-1.0.dist-info/METADATA"))
  }

  @Test func `stubs beside no module are data, stubs beside modules are not`() {
    var project = PythonProject(source: ["app.py": "import a"])
    project.install(
      "a", ["a/__init__.py": "", "a/x.pyi": "", "a/typeshed/stdlib/os.pyi": ""])
    #expect(
      project.trace().files().filter { $0.hasSuffix(".pyi") } == ["a/typeshed/stdlib/os.pyi"])
  }

  @Test func `an extension for another version is told with its file`() {
    var project = PythonProject(source: ["app.py": "import a.x"])
    project.install(
      "a", ["a/__init__.py": "", "a/x.cpython-311-x86_64-linux-gnu.so": ""])
    let traced = project.trace()
    #expect(traced.codes == ["foreign-extension"])
    #expect(
      traced.graph.diagnostics.first?.message
        == "'a' 1.0: 'a.x' is built for another platform than Python 3.12 on Linux x86_64")
  }

  @Test(arguments: [
    "import a.x", "from a import x", "from a.x import f", "import b",
    "from a import *\nimport a.x as y",
  ])
  func `however it is imported, an extension for another system is an error`(statement: String) {
    var project = PythonProject(source: ["app.py": statement])
    project.install(
      "a",
      [
        "a/__init__.py": "", "a/x.cpython-312-x86_64-linux-musl.so": "",
        "b/__init__.py": "from . import y",
        "b/y.cpython-312-x86_64-linux-musl.so": "",
      ])
    let traced = project.trace()
    #expect(traced.codes == ["foreign-extension"])
    #expect(traced.graph.diagnostics.first?.severity == .error)
    #expect(!traced.graph.unusable.isEmpty)
  }

  @Test func `an extension for another system that is guarded is a warning`() {
    var project = PythonProject(
      source: ["app.py": "try:\n    from a import x\nexcept ImportError:\n    x = None"])
    project.install("a", ["a/__init__.py": "", "a/x.cpython-312-x86_64-linux-musl.so": ""])
    let traced = project.trace()
    #expect(traced.graph.diagnostics.map(\.severity) == [.warning])
    #expect(traced.graph.unusable.isEmpty)
  }

  @Test func `the same graph comes out whatever the order of functions`() {
    let source = [
      "one.py": "import a, b", "two.py": "import b, c", "a.py": "", "b.py": "import c", "c.py": "",
    ]
    let first = PythonProject(source: source, handlers: ["f": "one", "g": "two"]).trace()
    let second = PythonProject(source: source, handlers: ["f": "two", "g": "one"]).trace()
    #expect(first.graph.nodes.rows.map(\.name) == second.graph.nodes.rows.map(\.name))
    #expect(first.graph.edges == second.graph.edges)
  }
}
