import Model
import PythonLanguage
import Testing

/// What a file tells others of where it lies, and what its functions take by default.
struct GivenFactTests {
  private func facts(_ form: Request.Form, _ source: String) -> [String] {
    let facts = scan(source)
    return facts.requests.filter { $0.form == form }.map { request in
      let members = request.members.map { facts.string(facts.members[Int($0)]) }
      let name = String(repeating: ".", count: Int(request.level)) + facts.string(request.name)
      return ([name] + members).joined(separator: " ")
    }
  }

  @Test(arguments: [
    ("from dash import Dash\napp = Dash(__name__, use_pages=True)", ["dash.Dash"]),
    ("import flask\napp = flask.Flask(__name__)", ["flask"]),
    ("import flask\napp = flask.Flask(import_name=__name__, static_folder='site')", ["flask site"]),
    ("from .web import App\nApp('x y', __file__, f('no'), 'yes')", [".web.App yes"]),
    ("from a import b as c\ndef f():\n  return c.d(__name__)", ["a.b"]),
    ("from dash import Dash\nDash(__name__ + '.x')", []),
    ("from dash import Dash\nDash(f(__name__))", []), ("print(__name__)", []),
    ("import a\nif __name__ == '__main__': a.run()", []),
  ])
  func `who is given the file's own name is told with the strings beside it`(
    _ source: String, _ expected: [String]
  ) {
    #expect(facts(.given, source) == expected)
  }

  @Test(arguments: [
    ("import commands\ndiscover(commands)", ["commands "]),
    ("from . import assets\nimport dg\ndg.load(package=assets, n=1)", [".assets dg"]),
    ("from importlib import resources\nimport a\nresources.files(a)", []),
    ("import a.b\nf(1, a.b)", ["a.b "]), ("import a\nf(a.b)", []), ("import a\nf(a); g(a)", ["a "]),
    ("import a\ngetattr(a, 'x')", []), ("import a\nf(a[0])", []), ("import a\nx = [a]", []),
    ("from a import Thing\nf(Thing)", []), ("f(a)", []),
  ])
  func `an import's name that is handed on is told once`(_ source: String, _ expected: [String]) {
    #expect(facts(.handed, source) == expected)
  }

  @Test(arguments: [
    ("__path__ = FOLDERS", true), ("__path__ += [x]", true), ("__path__.append(x)", true),
    ("f(__path__)", false), ("x = __path__", false),
  ])
  func `a package that makes its path itself is marked`(_ source: String, _ expected: Bool) {
    #expect(scan(source, path: "pkg/__init__.py").marks.contains(.movesPath) == expected)
  }

  @Test(arguments: [
    ("def f(self, folder: str = 'pages', *, other='x', n=1): pass", ["pages"]),
    ("async def f(a=None, b='assets'): pass", ["assets"]),
    ("def f(a='a b', b='x' + y, c=('t',)): pass", []), ("f(a='pages')", []),
    ("def f(\n  a='one',\n  b='two',\n): pass\ndef g(a='one'): pass", ["one", "two"]),
  ])
  func `strings that are defaults of parameters are told`(_ source: String, _ expected: [String]) {
    #expect(facts(.fallback, source) == expected)
  }
}
