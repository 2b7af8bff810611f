import Model
import PythonLanguage
import Testing

/// Code of the team's own that is loaded by its path.
@Suite struct OwnFolderTests {
  private static let load = "import importlib.util as u\nu.spec_from_file_location(n, p)\n"

  @Test(arguments: [
    "Path(__file__).with_name('jobs.py')", "os.path.join(os.path.dirname(__file__), 'jobs.py')",
    "Path(__file__).parent / 'jobs.py'", "run('jobs.py')", "run('./jobs.py')",
  ])
  func `a module that a path names is followed`(_ source: String) {
    let traced = PythonProject(source: [
      "app.py": source, "jobs.py": "import deep", "deep.py": "", "other.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "deep", "jobs"])
    #expect(traced.edges(from: "app") == ["string jobs"])
  }

  @Test func `a path with folders is followed from the module's folder upwards`() {
    let traced = PythonProject(source: [
      "app.py": "import shop.run", "shop/__init__.py": "", "shop/run.py": "load('jobs/night.py')",
      "jobs/night.py": "import deep", "deep.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "deep", "jobs.night", "shop", "shop.run"])
  }

  @Test func `a name alone means nothing at a source root's top, but for what lies there`() {
    let traced = PythonProject(source: [
      "app.py": "import shop.run", "shop/__init__.py": "",
      "shop/run.py": "if sys.argv[0] in ('setup.py', 'manage.py'): pass", "setup.py": "",
      "manage.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "shop", "shop.run"])
  }

  @Test func `a script whose folder no import can spell is data that is followed`() {
    let traced = PythonProject(source: [
      "app.py": "load(here / 'jobs.d' / 'night.py')", "jobs.d/night.py": "import deep",
      "deep.py": "",
    ]).trace()
    #expect(traced.files() == ["app.py", "deep.py", "jobs.d/night.py"])
  }

  @Test(arguments: ["", "exec(code)\n", "sys.path.insert(0, x)\n", load])
  func `a folder's modules come where something can run them`(_ runs: String) {
    let traced = PythonProject(source: [
      "app.py": runs + "PLUGINS = here / 'plugins'", "plugins/one.py": "import deep",
      "plugins/data.json": "", "deep.py": "",
    ]).trace()
    #expect(traced.modules() == (runs.isEmpty ? ["app"] : ["app", "deep", "plugins.one"]))
    #expect(traced.files().contains("plugins/data.json"))
  }

  @Test(arguments: ["load(f'{here}/jobs/{name}.py')", "load(here + '/jobs/*.py')"])
  func `a pattern of paths brings the modules that fit`(_ pattern: String) {
    let traced = PythonProject(source: [
      "app.py": "\(pattern); x = '*.py', f'{here}/{name}.py', here + '/tests/*.py'",
      "jobs/night.py": "import deep", "deep.py": "", "other.py": "", "tests/test_app.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "deep", "jobs.night"])
  }

  @Test(arguments: [("here / 'plugins'", true), ("word('plugins')", false)])
  func `a package's modules come where its name is certainly a path`(
    _ naming: String, _ isPath: Bool
  ) {
    let traced = PythonProject(source: [
      "app.py": Self.load + naming, "plugins/__init__.py": "", "plugins/one.py": "",
    ]).trace()
    #expect(traced.modules().contains("plugins.one") == isPath)
  }

  @Test func `a folder with a handler, with the naming module or of tests has no scripts`() {
    let traced = PythonProject(
      source: [
        "f/app.py": Self.load + "import src.shop.run\nX = [root / 'g', root / 'tests', root / 'f']",
        "f/idle.py": "", "g/app.py": "", "g/idle.py": "", "tests/idle.py": "",
        "src/shop/run.py": "Y = root / 'src'", "src/idle.py": "",
      ], handlers: ["f": "f.app", "g": "g.app"]
    ).trace()
    #expect(traced.modules("f") == ["f.app", "src.shop.run"])
  }
}
