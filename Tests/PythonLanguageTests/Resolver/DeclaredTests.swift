import Model
import Testing

/// One environment for several functions: what each has declared, and what it is not given.
struct DeclaredTests {
  /// `a` is what functions import; `b` is installed for somebody else.
  private func project(
    _ a: [String: String], requires: [String] = [], b: [String: String] = ["b/__init__.py": ""]
  ) -> PythonProject {
    var project = PythonProject()
    project.source["app.py"] = "import a\n"
    project.source["other.py"] = "import b\n"
    project.handlers = ["f": "app", "g": "other"]
    project.install("a", a, requires: requires)
    project.install("b", b)
    return project
  }

  @Test(arguments: [
    "try:\n  import b\nexcept ImportError:\n  b = None\n", "def f():\n  import b\n",
    "import importlib\nimportlib.import_module('b')\n",
    "import os\nif os.environ.get('B'):\n  import b\n",
    "class A:\n  def f(self):\n    from b import c\n",
  ])
  func `an optional import of what nobody declares is not followed`(_ line: String) {
    let project = project(["a/__init__.py": line])
    #expect(project.trace().modules() == ["a", "app"])
    #expect(project.trace().modules("g") == ["b", "other"])
  }

  @Test func `without that, whatever is installed is followed`() {
    var project = project(["a/__init__.py": "def f():\n  import b\n"])
    project.optional = .installed
    #expect(project.trace().modules() == ["a", "app", "b"])
    project.optional = .declared
    project.settings = [
      "b": Settings.DistributionRule(origin: SourceLocation(path: "pare.toml", line: 1, column: 1))
    ]
    project.settings["b"]?.optional = .installed
    #expect(project.trace().modules() == ["a", "app", "b"])
  }

  @Test func `what 'import' names for a function is followed, with what that requires`() {
    var project = PythonProject()
    project.source = ["app.py": "__import__(input())", "own/__init__.py": "", "own/tea.py": ""]
    project.handlers = ["f": "app", "g": "own.tea"]
    project.install("b", ["b/__init__.py": "", "b/sub.py": "def f(): import c"], requires: ["c"])
    project.install("c", ["c/__init__.py": ""])
    project.imports = ["f": ["b.sub", "own.tea", "b.nowhere"]]
    #expect(
      project.trace().modules().filter { $0 != "app" } == ["b", "b.sub", "c", "own", "own.tea"])
    #expect(project.trace().modules("g") == ["own", "own.tea"])
    let told = project.trace().graph.diagnostics.filter { $0.code == "unmatched-setting" }
    #expect(told.map(\.message) == ["'import': 'b.nowhere' matches nothing"])
    #expect(told.first?.location == SourceLocation(path: "pare.toml", line: 2, column: 10))
  }

  @Test func `what is required is followed however it is imported`() {
    let project = project(["a/__init__.py": "def f():\n  import b\n"], requires: ["b"])
    #expect(project.trace().modules() == ["a", "app", "b"])
  }

  @Test func `what the function imports itself is declared for what it uses`() {
    var project = project(["a/__init__.py": "def f():\n  import b\n", "a/x.py": "import b\n"])
    project.source["app.py"] = "import a\ndef handler(e, c):\n  import b\n"
    #expect(project.trace().modules() == ["a", "app", "b"])
  }

  @Test func `what an imported distribution requires is declared for the others`() {
    var project = project(["a/__init__.py": "def f():\n  import c.sub\n"], requires: ["b"])
    project.install("c", ["c/__init__.py": "", "c/sub.py": ""])
    project.installed["b-1.0.dist-info/METADATA"]? += "Requires-Dist: c\n"
    project.source["app.py"] = "import a\n"
    #expect(project.trace().modules() == ["a", "app", "c", "c.sub"])
  }

  @Test func `an extra declares what it stands for`() {
    var project = project(
      ["a/__init__.py": "def f():\n  import b\n"], requires: ["b; extra == \"fast\""])
    #expect(project.trace().modules() == ["a", "app"])
    project.declarations = ["f": ["a[fast]"]]
    #expect(project.trace().modules() == ["a", "app", "b"])
  }

  @Test func `needs and requirements of a function's own are for that function alone`() {
    var project = project(["a/__init__.py": "def f():\n  import b\n"])
    project.source["third.py"] = "import a\n"
    project.handlers["h"] = "third"
    project.declarations = ["h": ["b"]]
    let traced = project.trace()
    #expect(traced.modules("h") == ["a", "b", "third"])
    #expect(traced.modules("f") == ["a", "app"])
  }

  @Test func `what is imported at the top without being required is followed, and said`() {
    let project = project(["a/__init__.py": "import b\n"])
    let traced = project.trace()
    #expect(traced.modules() == ["a", "app", "b"])
  }

  @Test func `but not where nothing loads the module for certain`() {
    let project = project([
      "a/__init__.py": "def f():\n  from . import extra\n",
      "a/extra.py": "import b\nfrom . import x\n",
      "a/x.py": "",
    ])
    #expect(project.trace().modules() == ["a", "a.extra", "app"])
  }

  @Test(arguments: [
    "create_engine('mysql+bee://db/shop')", "create_engine(f'bee://{host}')", "read(engine='bee')",
    "proxy = 'bee5h://localhost'", "x = 'bee.sub'", "x = f'my+bee://{a}'",
  ])
  func `a string of the team's own that names it declares it`(_ line: String) {
    var project = project(
      ["a/__init__.py": "def f():\n  import bee\n"],
      b: ["bee/__init__.py": "", "bee/sub.py": ""])
    project.source["app.py"] = "import a\n"
    #expect(!project.trace().modules().contains("bee"))
    project.source["app.py"]? += line
    #expect(project.trace().modules().contains("bee"))
  }

  @Test func `a configuration file that names it declares it`() {
    var project = project(["a/__init__.py": "def f():\n  import b\n"])
    project.source["shop/__init__.py"] = "import a"
    project.source["shop/settings.yaml"] = "database:\n  url: mysql+b://db/shop\n"
    project.handlers["f"] = "shop"
    #expect(project.trace().modules() == ["a", "b", "shop"])
  }

  @Test func `what stands above such an import is still executed`() {
    let project = project([
      "a/__init__.py": "def f():\n  from . import extra\n",
      "a/extra.py": "from . import x\nimport b\n", "a/x.py": "",
    ])
    #expect(project.trace().modules() == ["a", "a.extra", "a.x", "app"])
  }

  @Test func `a module that the function asks for by name is loaded for certain`() {
    var project = project([
      "a/__init__.py": "def f():\n  from . import extra\n",
      "a/extra.py": "import b\nfrom . import x\n",
      "a/x.py": "",
    ])
    project.source["app.py"] = "def handler(e, c):\n  from a.extra import y\n"
    #expect(project.trace().modules() == ["a", "a.extra", "a.x", "app", "b"])
  }

  @Test func `a metadata file is absent with its distribution`() {
    let project = project(
      [
        "a/__init__.py": "from importlib.metadata import version\nversion('b')\n"
      ], requires: ["b; extra == \"x\""])
    #expect(!project.trace().files().contains { $0.hasPrefix("b-1.0") })
  }

  @Test func `an entry point of what nobody declares is not loaded`() {
    var project = PythonProject()
    project.source["app.py"] =
      "from importlib.metadata import entry_points\nentry_points(group='lib.plugins')\n"
    project.install("b", ["b.py": ""], entryPoints: "[lib.plugins]\nx = b\n")
    #expect(project.trace().modules() == ["app"])
    project.declarations = ["f": ["b"]]
    #expect(project.trace().modules() == ["app", "b"])
  }

  @Test func `a cycle of requirements is no harm`() {
    var project = project(["a/__init__.py": "def f():\n  import b\n"], requires: ["c"])
    project.install("c", ["c.py": ""], requires: ["a", "b"])
    #expect(project.trace().modules() == ["a", "app", "b"])
  }

  @Test func `what the project asks for and nobody declares is for who could import it`() {
    var project = project(["a/__init__.py": "def f():\n  import c\n"])
    project.install("c", ["c.py": ""])
    #expect(project.trace().modules() == ["a", "app"])
    project.direct = ["a", "b", "c"]
    #expect(project.trace().modules() == ["a", "app", "c"])
    #expect(project.trace().modules("g") == ["b", "other"])
    // Somebody has it in mind: then it is theirs.
    project.source["other.py"] = "import b, c\n"
    #expect(project.trace().modules() == ["a", "app"])
  }

  @Test func `what only a library's library could import is not what was asked for`() {
    var project = project(["a/__init__.py": "import d\n"])
    project.install("a", ["a/__init__.py": "import d\n"], requires: ["d"])
    project.install("d", ["d.py": "def f():\n  import c\n"])
    project.install("c", ["c.py": ""])
    project.direct = ["a", "b", "c"]
    #expect(project.trace().modules() == ["a", "app", "d"])
    project.source["app.py"] = "import a, d\n"
    #expect(project.trace().modules() == ["a", "app", "c", "d"])
  }

  @Test func `what would have been imported is kept, with its place`() {
    let project = project(["a/__init__.py": "\ndef f():\n  import b\n"])
    let optional = project.trace().graph.optional
    #expect(optional.map(\.name) == ["b"])
    #expect(optional.first?.place?.line == 3)
  }
}
