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
    ("def f(self, folder: str = 'pages', *, other='x', n=1): pass", ["pages"]),
    ("async def f(a=None, b='assets'): pass", ["assets"]),
    ("def f(a='a b', b='x' + y, c=('t',)): pass", []), ("f(a='pages')", []),
    ("def f(\n  a='one',\n  b='two',\n): pass\ndef g(a='one'): pass", ["one", "two"]),
  ])
  func `strings that are defaults of parameters are told`(_ source: String, _ expected: [String]) {
    #expect(facts(.fallback, source) == expected)
  }
}
