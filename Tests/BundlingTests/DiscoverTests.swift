import Files
import Model
import PythonLanguage
import TestKit
import Testing
import Text

@testable import Bundling

private func discovered(
  _ folder: Folder, functions: [String] = [], environment: [String] = [], jobs: Int = 2
) throws -> Workspace {
  try discover(
    Options(project: folder.path, functions: functions, environment: environment, jobs: jobs),
    languages: [PythonLanguage()]
  ).workspace
}

private func failure(_ folder: Folder, functions: [String] = []) -> [Diagnostic] {
  do {
    _ = try discovered(folder, functions: functions)
    return []
  } catch {
    return (error as? Failure)?.diagnostics ?? []
  }
}

extension Workspace {
  fileprivate func paths(_ root: RootID) -> [String] {
    files.rows[roots[root].files].map(\.path.string)
  }

  fileprivate func owner(of path: String) -> String? {
    files.rows.first { $0.path.string == path }?.distribution.map { distributions[$0].name }
  }
}

@Suite struct HandlerSpellingTests {
  @Test(arguments: [
    ("a/b.py:handler", HandlerSpelling.file(path: "a/b.py", attribute: "handler")),
    ("a.b.handler", .module("a.b", attribute: "handler")),
    ("a/b.handler", .module("a.b", attribute: "handler")),
    ("a.b:handler", .module("a.b", attribute: "handler")),
    ("a.b:desk.handler", .module("a.b", attribute: "desk.handler")),
    ("a/b.py:desk.handler", .file(path: "a/b.py", attribute: "desk.handler")),
    ("my-app.handler", .module("my-app", attribute: "handler")),
  ])
  func `a handler as providers spell it`(written: String, spelling: HandlerSpelling) {
    #expect(HandlerSpelling(written) == spelling)
  }

  @Test(arguments: [
    "", "handler", "a.py", "a.py:", ":x", "a..x", "a b.x", "a:b..c", "a:.c", "a.py:1x", "../a.x",
  ])
  func `what is no handler`(written: String) {
    #expect(HandlerSpelling(written) == nil)
  }
}

@Suite struct DiscoverTests {
  @Test func `a file's folder is the function's own root, shared roots come after`() throws {
    let folder = try Folder([
      "pare.toml": """
      source-roots = ["libs"]
      environment = []
      [functions.b]
      handler = "functions/b/app.py:handler"
      [functions.a]
      handler = "jobs.cleanup.handler"
      provider = "google-cloud-functions"
      """,
      "functions/b/app.py": "def handler(e, c): pass", "functions/b/extra/x.json": "{}",
      "libs/jobs/cleanup.py": "def handler(): pass", "other.py": "",
    ])
    let workspace = try discovered(folder)
    #expect(workspace.functions.rows.map(\.name) == ["a", "b"])
    let (a, b) = (workspace.functions.rows[0], workspace.functions.rows[1])
    #expect(
      a.handler
        == Handler(module: "jobs.cleanup", attribute: "handler", written: "jobs.cleanup.handler"))
    #expect(a.overlay == nil)
    #expect(b.handler.module == "app")
    #expect(workspace.paths(try #require(b.overlay)) == ["app.py", "extra/x.json"])
    #expect(workspace.targets[b.target].roots.map { workspace.paths($0) } == [["jobs/cleanup.py"]])
    let (first, second) = (workspace.targets[a.target], workspace.targets[b.target])
    #expect(first.roots == second.roots)
    // What a provider's runtime has, an import of one function finds there and of the other does not.
    #expect(first.runtimeModules.isEmpty && second.runtimeModules.contains("boto3"))
    #expect(a.provider == .googleCloudFunctions)
    #expect(b.archive == folder.path + "/dist/b.zip")
    #expect(b.origin == SourceLocation(path: "pare.toml", line: 3, column: 1))
  }

  @Test func `a handler in a package is imported from above the package`() throws {
    let folder = try Folder([
      "pare.toml": "environment = []\n[functions.a]\nhandler = 'x/shop/api/app.py:handler'",
      "x/shop/__init__.py": "", "x/shop/api/__init__.py": "", "x/shop/api/app.py": "handler = 1",
    ])
    let workspace = try discovered(folder)
    let function = workspace.functions.rows[0]
    #expect(function.handler.module == "shop.api.app")
    #expect(workspace.roots[try #require(function.overlay)].location == folder.path + "/x")
  }

  @Test func `source roots are found: the project, src, members of a uv workspace`() throws {
    let folder = try Folder([
      "pyproject.toml": """
      [tool.pare]
      environment = []
      [tool.pare.functions.a]
      handler = "shop.app.handler"
      [tool.uv.workspace]
      members = ["packages/*"]
      exclude = ["packages/old"]
      """,
      "src/shop/app.py": "handler = 1", "packages/one/src/one/__init__.py": "",
      "packages/two/two.py": "", "packages/old/src/x.py": "", ".venv/pyvenv.cfg": "",
      ".venv/x.py": "", "env/pyvenv.cfg": "", "env/y.py": "", "dist/old.py": "",
      "node_modules/z.py": "", "__pycache__/q.py": "",
    ])
    let workspace = try discovered(folder)
    let roots = workspace.targets.rows[0].roots
    #expect(
      roots.map { String(workspace.roots[$0].location.dropFirst(folder.path.count)) }
        == ["", "/src", "/packages/one", "/packages/one/src", "/packages/two"])
    #expect(
      workspace.paths(roots[0]) == [
        "packages/old/src/x.py", "packages/one/src/one/__init__.py", "packages/two/two.py",
        "pyproject.toml", "src/shop/app.py",
      ])
    #expect(workspace.paths(roots[3]) == ["one/__init__.py"])
  }

  @Test
  func `discover makes one function for each folder, and a table without handler is about it`()
    throws
  {
    let folder = try Folder([
      "pare.toml": """
      discover = ["functions/*/app.py:handler"]
      environment = []
      [functions.two]
      runtime = "python3.13"
      """,
      "functions/one/app.py": "handler = 1", "functions/two/app.py": "handler = 1",
      "functions/deep/er/app.py": "handler = 1",
    ])
    let workspace = try discovered(folder)
    #expect(workspace.functions.rows.map(\.name) == ["one", "two"])
    #expect(
      workspace.functions.rows.map(\.handler.written) == [
        "functions/one/app.py:handler", "functions/two/app.py:handler",
      ])
    #expect(workspace.targets.rows.map(\.runtime.minor) == [12, 13])
    #expect(
      workspace.functions.rows[0].origin == SourceLocation(path: "pare.toml", line: 1, column: 13))
    #expect(workspace.functions.rows[1].origin.line == 3)
  }

  @Test func `two functions of one name are an error that shows both`() throws {
    let folder = try Folder([
      "pare.toml": """
      discover = ["a/*/app.py:handler", "b/*/app.py:handler"]
      environment = []
      """,
      "a/x/app.py": "handler = 1", "b/x/app.py": "handler = 1",
    ])
    let diagnostic = try #require(failure(folder).first)
    #expect(diagnostic.message == "two functions are named 'x': 'b/x/app.py:handler'")
    #expect(diagnostic.notes[0].message == "the other is 'a/x/app.py:handler'")
    #expect(diagnostic.location?.column == 35)
    #expect(diagnostic.notes[0].location?.column == 13)
  }

  @Test(arguments: [
    (
      "functions/ordrs/app.py:handler", "function 'a': no file 'functions/ordrs/app.py'",
      "functions/orders/app.py"
    ),
    (
      "functions/orders/main.py:handler", "function 'a': no file 'functions/orders/main.py'",
      "functions/orders/app.py"
    ),
    (
      "functions/orders/app.py:handlr", "function 'a': 'functions/orders/app.py' has no 'handlr'",
      "handler"
    ),
  ])
  func `a handler that does not exist shows the nearest`(
    written: String, message: String, nearest: String
  ) throws {
    let folder = try Folder([
      "pare.toml": "environment = []\n[functions.a]\nhandler = '\(written)'",
      "functions/orders/app.py": "async def handler(event, context):\n  pass\n",
    ])
    let diagnostic = try #require(failure(folder).first)
    #expect(diagnostic.message == message)
    #expect(diagnostic.notes.first?.message == "did you mean '\(nearest)'?")
    #expect(diagnostic.location == SourceLocation(path: "pare.toml", line: 3, column: 11))
  }

  @Test func `an attribute that may come about otherwise is not missed`() throws {
    for source in [
      "from x import *", "globals()['handler'] = 1", "from y import (z as\n  handler)",
    ] {
      let folder = try Folder([
        "pare.toml": "environment = []\n[functions.a]\nhandler = 'app.py:handler'",
        "app.py": source,
      ])
      #expect(failure(folder).isEmpty)
    }
  }

  @Test func `a function that is not there shows the nearest`() throws {
    let folder = try Folder([
      "pare.toml": "environment = []\n[functions.orders]\nhandler = 'app.py:handler'",
      "app.py": "handler = 1",
    ])
    #expect(
      failure(folder, functions: ["order"]).first?.notes.first?.message == "did you mean 'orders'?")
    #expect(try discovered(folder, functions: ["orders"]).functions.count == 1)
  }

  @Test(arguments: [
    ("", "no-functions"), ("[functions.a]", "no-handler"),
    ("[functions.a]\nhandler = 'x'", "bad-handler"),
    ("environment = 'nowhere'\n[functions.a]\nhandler = 'app.py:handler'", "no-environment"),
    ("source-roots = 'nowhere'\n[functions.a]\nhandler = 'app.py:handler'", "no-source-root"),
    ("discover = ['*.py']", "bad-handler"), ("discover = ['x/*.py:handler']", "no-functions"),
  ])
  func `what cannot be found ends the run`(text: String, code: String) throws {
    let folder = try Folder(["pare.toml": text, "app.py": "handler = 1"])
    #expect(failure(folder).first?.code == code)
  }

  @Test func `an installed folder gives its distributions and who owns what`() throws {
    let digestOfB = "sha256=PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0"
    let folder = try Folder([
      "pare.toml":
        "environment = 'deps'\nsource-roots = ['src']\n[functions.a]\nhandler = 'app.handler'",
      "src/app.py": "handler = 1",
      "deps/one/__init__.py": "", "deps/one/x.py": "", "deps/one/__pycache__/x.pyc": "",
      "deps/one-1.0.dist-info/METADATA": "Name: One\nVersion: 1.0\nRequires-Dist: two (>=1)\n\n",
      "deps/one-1.0.dist-info/RECORD":
        "one/__init__.py,sha256=a,0\none/x.py,,\nshared.py,sha256=a,1\nsame.py,sha256=s,1\n"
        + "nowhere.py,,\n",
      "deps/shared.py": "b", "deps/same.py": "", "deps/nowhere.py": "", "deps/stray.py": "",
      "deps/Two.egg-info/PKG-INFO": "Name: Two\nVersion: 2\n\n",
      "deps/Two.egg-info/top_level.txt": "two\nsolo\n", "deps/two/y.py": "", "deps/solo.py": "",
      "deps/three-3.dist-info/METADATA": "Name: three\nVersion: 3\n\n",
      "deps/three-3.dist-info/RECORD": "shared.py,\(digestOfB),1\nsame.py,sha256=s,1\n"
        + "nowhere.py,,\n",
      "deps/three-3.dist-info/WHEEL": "Tag: cp311-cp311-macosx_11_0_arm64\n",
    ])
    let workspace = try discovered(folder)
    #expect(workspace.distributions.rows.map(\.name) == ["one", "three", "two"])
    #expect(workspace.distributions.rows[0].requires == ["two"])
    #expect(workspace.owner(of: "one/x.py") == "one")
    #expect(workspace.owner(of: "two/y.py") == "two")
    #expect(workspace.owner(of: "solo.py") == "two")
    #expect(workspace.owner(of: "stray.py") == nil)
    #expect(workspace.owner(of: "shared.py") == "three")
    #expect(workspace.owner(of: "same.py") == "one")
    #expect(workspace.owner(of: "nowhere.py") == "one")
    #expect(
      workspace.contests.map { workspace.files[$0.file].path.string }
        == ["nowhere.py", "shared.py"])
    #expect(workspace.contests.map(\.winner) == [nil, "three"])
    #expect(workspace.contests.map(\.owners) == [["One", "three"], ["One", "three"]])
    #expect(workspace.owner(of: "one-1.0.dist-info/METADATA") == "one")
    #expect(
      workspace.distributions.rows[0].metadataFiles.map { workspace.files[$0].path.string }
        == ["one-1.0.dist-info/METADATA", "one-1.0.dist-info/RECORD"])
    #expect(!workspace.files.rows.contains { $0.path.string.contains("__pycache__") })
    #expect(workspace.diagnostics.map(\.code) == ["foreign-distribution"])
    let files = workspace.files.rows
    #expect(zip(files, files.dropFirst()).allSatisfy { ($0.root, $0.path) < ($1.root, $1.path) })
  }

  @Test func `include sees the whole project, and a root's files by their path below it`() throws {
    let folder = try Folder([
      "pare.toml": """
      source-roots = ["src"]
      environment = []
      include = ["docs/*.md", "assets/*.svg", "functions/b/*.txt", "data/"]
      [functions.a]
      handler = "shop.app.handler"
      [functions.b]
      handler = "functions/b/app.py:handler"
      output = "out"
      """,
      "src/shop/app.py": "handler = 1", "functions/b/app.py": "handler = 1",
      "functions/b/b.txt": "", "docs/terms.md": "", "docs/terms.pdf": "",
      "src/assets/a.svg": "", "assets/z.svg": "", "src/data/x": "", "out/data/old": "",
    ])
    func included(_ name: String, only: [String] = []) throws -> [String] {
      let workspace = try discovered(folder, functions: only)
      #expect(workspace.diagnostics.isEmpty)
      let function = try #require(workspace.functions.rows.first { $0.name == name })
      return function.included.map { workspace.files[$0].path.string }.sorted()
    }
    #expect(
      try included("a")
        == ["assets/a.svg", "assets/z.svg", "data/x", "docs/terms.md", "functions/b/b.txt"])
    #expect(
      try included("b") == ["assets/a.svg", "assets/z.svg", "b.txt", "data/x", "docs/terms.md"])
    #expect(try included("a", only: ["a"]).count == 5)
  }

  @Test func `include that matches nothing is told once, a shared one only for all functions`()
    throws
  {
    let folder = try Folder([
      "pare.toml": """
      environment = []
      include = ["b.txt", "nowhere.txt"]
      [functions.a]
      handler = "a/app.py:handler"
      [functions.b]
      handler = "b/app.py:handler"
      """, "a/app.py": "handler = 1", "b/app.py": "handler = 1", "b/b.txt": "",
    ])
    #expect(
      try discovered(folder).diagnostics.map(\.message)
        == ["'include': 'nowhere.txt' matches nothing"])
    #expect(try discovered(folder, functions: ["a"]).diagnostics.isEmpty)
  }

  @Test func `include that leaves the project is told so`() throws {
    let folder = try Folder([
      "pare.toml": """
      environment = []
      include = ["../outside/**", "/etc/hostname", "a/../b.txt", "nope/*"]
      [functions.a]
      handler = "a/app.py:handler"
      """, "a/app.py": "handler = 1",
    ])
    #expect(
      try discovered(folder).diagnostics.map(\.message) == [
        "'include': '../outside/**' lies outside the project",
        "'include': '/etc/hostname' lies outside the project",
        "'include': 'a/../b.txt' matches nothing", "'include': 'nope/*' matches nothing",
      ])
  }

  @Test func `a handler's module that is nowhere is told with the other mistakes`() throws {
    let folder = try Folder([
      "pare.toml": """
      source-roots = ["src"]
      environment = "deps"
      [functions.a]
      handler = "shop.ordres.handler"
      [functions.b]
      handler = "shop.orders.handlr"
      [functions.c]
      handler = "vendored.handler"
      [functions.d]
      handler = "fast.handler"
      [functions.e]
      handler = "shop.orders:desk.handler"
      """, "src/shop/orders.py": "def handler(): pass", "deps/vendored/__init__.py": "",
      "deps/fast.cpython-312-x86_64-linux-gnu.so": "",
    ])
    let told = failure(folder)
    #expect(told.map(\.code) == ["missing-handler", "missing-handler", "dotted-attribute"])
    #expect(told.map(\.function) == ["a", "b", "e"])
    #expect(told[0].notes.first?.message == "did you mean 'shop.orders'?")
    #expect(told[0].location == SourceLocation(path: "pare.toml", line: 4, column: 11))
  }

  @Test func `a virtual environment is seen through, and another version is told`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.a]\nhandler = 'app.py:handler'\nenvironment = 'env'",
      "app.py": "handler = 1", "env/pyvenv.cfg": "", "env/lib/python3.11/site-packages/x.py": "",
    ])
    #expect(try discovered(folder).diagnostics.map(\.code) == ["environment-version"])
    try folder.write("", to: "env/lib/python3.12/site-packages/y.py")
    let workspace = try discovered(folder)
    #expect(workspace.diagnostics.isEmpty)
    #expect(
      workspace.roots.rows.last?.location == folder.path + "/env/lib/python3.12/site-packages")
  }

  @Test(.enabled(if: System.variable("VIRTUAL_ENV") == nil, "VIRTUAL_ENV is set"))
  func `dependencies without an environment are told`() throws {
    let folder = try Folder([
      "pyproject.toml": """
      [project]
      dependencies = ["six"]
      [tool.pare.functions.a]
      handler = "app.py:handler"
      [tool.pare.functions.b]
      handler = "app.py:handler"
      environment = []
      """, "app.py": "handler = 1",
    ])
    let told = try discovered(folder).diagnostics
    #expect(told.map(\.code) == ["environment-not-found"])
    #expect(told[0].location == SourceLocation(path: "pyproject.toml", line: 2, column: 16))
    #expect(try discovered(folder, functions: ["b"]).diagnostics.isEmpty)
  }

  @Test func `folders that path files and editable installs name stand on the path`() throws {
    let folder = try Folder([
      "pare.toml":
        "source-roots = 'src'\n[functions.a]\nhandler = 'app.handler'\nenvironment = 'deps'",
      "src/app.py": "handler = 1", "lib/shop/__init__.py": "",
      "deps/shop.pth": "\(#"../lib"#)\nimport os\nnowhere\n",
    ])
    let workspace = try discovered(folder)
    let last = try #require(workspace.targets.rows[0].roots.last)
    #expect(workspace.roots[last].location == folder.path + "/lib")
    #expect(workspace.roots[last].isFirstParty)
    #expect(workspace.paths(last) == ["shop/__init__.py"])
  }

  @Test func `a folder that holds the project is never a root, whoever adds it`() throws {
    let folder = try Folder([
      "project/pare.toml": "[functions.a]\nhandler = 'app.py:handler'\nenvironment = 'deps'",
      "project/app.py": "handler = 1", "project/__init__.py": "", "__init__.py": "",
      "project/deps/above.pth": "../..\n", "creds.json": "{}",
    ])
    func discovered() throws -> Workspace {
      try discover(Options(project: folder("project")), languages: [PythonLanguage()]).workspace
    }
    let workspace = try discovered()
    #expect(workspace.diagnostics.map(\.code) == ["root-above-project"])
    #expect(workspace.functions.rows[0].handler.module == "app")
    let project = folder("project")
    #expect(
      workspace.roots.rows.allSatisfy {
        $0.location == project || $0.location.hasPrefix(project + "/")
      })
    for line in ["source-roots = ['..']", "[functions.b]\nhandler = '../above.py:handler'"] {
      try folder.write("handler = 1", to: "above.py")
      try folder.write(
        "\(line)\n[functions.a]\nhandler = 'app.py:handler'\nenvironment = []",
        to: "project/pare.toml")
      #expect { try discovered() } throws: { error in
        (error as? Failure)?.diagnostics.contains { $0.code == "root-above-project" } == true
      }
    }
  }

  @Test func `one function alone sees the same files as all of them together`() throws {
    let folder = try Folder([
      "pare.toml": """
      [functions.a]
      handler = 'app.py:handler'
      environment = 'one'
      [functions.b]
      handler = 'app.py:handler'
      environment = 'two'
      output = 'made'
      """,
      "app.py": "handler = 1", "one/x.py": "", "two/y.py": "", "made/b.zip": "", "dist/c.zip": "",
    ])
    for functions in [["a"], ["b"], []] {
      let workspace = try discovered(folder, functions: functions)
      let root = try #require(workspace.targets.rows[0].roots.first)
      #expect(workspace.paths(root) == ["app.py", "pare.toml"])
    }
  }

  @Test func `the result does not depend on the number of threads`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.a]\nhandler = 'app.py:handler'\nenvironment = 'deps'",
      "app.py": "handler = 1",
    ])
    for number in 0..<40 { try folder.write("", to: "deps/p\(number)/m.py") }
    #expect(try discovered(folder, jobs: 1).files == discovered(folder, jobs: 8).files)
  }
}
