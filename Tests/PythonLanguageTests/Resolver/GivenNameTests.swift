import Model
import PythonLanguage
import Testing

/// What a distribution looks for beside a module that gives it its name.
@Suite struct GivenNameTests {
  private func project(_ app: String) -> PythonProject {
    var project = PythonProject(source: [
      "app.py": app, "pages/home.py": "import deep", "deep.py": "", "assets/a.css": "",
      "site/own.py": "", "site/a.css": "", "words/w.py": "", "conf.yaml": "",
    ])
    project.install(
      "dash",
      [
        "dash/__init__.py": """
        from importlib.util import spec_from_file_location as load
        class Dash:
          def __init__(self, name, pages: str = "pages", assets="assets", conf="conf.yaml"): pass
        def spec(): spec_from_file_location(name, path)
        """, "dash/idle.py": "def f(a='words'): pass",
      ])
    project.install(
      "dashx", ["dashx/__init__.py": "import dash"], requires: ["dash"])
    return project
  }

  @Test(arguments: [
    "from dash import Dash\nDash(__name__)", "import dash\ndash.Dash(name=__name__)",
    "import dash\ndash.Dash(__file__, 1)", "import dashx\ndashx.Other(__name__)",
  ])
  func `defaults of a distribution's parameters are paths beside the module`(_ app: String) {
    let traced = project(app).trace()
    #expect(traced.modules().filter { !$0.hasPrefix("dash") } == ["app", "deep", "pages.home"])
    #expect(
      traced.files().filter { !$0.hasSuffix(".py") && !$0.contains("-1.0") } == [
        "assets/a.css", "conf.yaml",
      ])
  }

  @Test(arguments: [
    "import dash, logging\nlogging.getLogger(__name__)", "from dash import Dash\nDash('x')",
    "import dash\ndef f(x): pass\nf(__name__)",
  ])
  func `who tells no distribution where it lies gets nothing`(_ app: String) {
    let files = project(app).trace().files()
    #expect(files.filter { $0.hasPrefix("pages") || $0 == "conf.yaml" } == [])
  }

  @Test func `strings that are given along are paths too`() {
    let traced = project("from dash import Dash\nDash(__name__, pages='site')").trace()
    #expect(traced.files().filter { $0.hasPrefix("site") } == ["site/a.css", "site/own.py"])
  }

  @Test func `only what lies beside the module counts, and only where both are reached`() {
    var project = self.project("import web.main")
    project.source["web/__init__.py"] = ""
    project.source["web/main.py"] = "from dash import Dash\nDash(__name__)"
    project.source["web/pages/a.py"] = ""
    project.source["idle.py"] = "from dash import Dash\nDash(__name__)"
    project.handlers = ["f": "app", "g": "idle"]
    let traced = project.trace()
    #expect(traced.modules().filter { $0.contains("pages") } == ["web.pages.a"])
    #expect(traced.modules("g").filter { $0.contains("pages") } == ["pages.home"])
  }
}
