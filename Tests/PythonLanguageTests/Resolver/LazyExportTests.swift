import Model
import PythonLanguage
import Testing

/// What it takes of a module with a `__getattr__` (PEP 562) to import this or that from it.
@Suite struct LazyExportTests {
  private static let shop = [
    "shop/__init__.py": """
    from importlib import import_module
    _EXPORTS = {"Money": ".money", "Order": ".models", "session": ".db"}
    __all__ = sorted(_EXPORTS)
    VERSION = "1"
    def __getattr__(name):
        return getattr(import_module(_EXPORTS[name], __name__), name)
    """, "shop/money.py": "", "shop/models.py": "from .money import Money",
    "shop/db.py": "import sqlalchemy", "shop/sub.py": "", "sqlalchemy.py": "",
  ]

  private func modules(_ app: String, _ files: [String: String] = shop) -> [String] {
    PythonProject(source: files.merging(["app.py": app]) { $1 }).trace().modules()
  }

  @Test(arguments: [
    ("from shop import Money", ["app", "shop", "shop.money"]),
    ("from shop import VERSION", ["app", "shop"]),
    ("from shop import Order", ["app", "shop", "shop.models", "shop.money"]),
    ("import shop.sub as s", ["app", "shop", "shop.sub"]),
    ("from shop.sub import x", ["app", "shop", "shop.sub"]),
    ("from shop import sub", ["app", "shop", "shop.sub"]),
  ])
  func `a name that is imported brings its own row alone`(_ app: String, _ expected: [String]) {
    #expect(modules(app) == expected)
  }

  @Test(arguments: [
    "import shop", "import shop as s", "import shop.sub", "from shop import *",
    "from shop import unknown", "from shop import _EXPORTS",
    "from importlib import import_module\nimport_module('shop')", "__import__('shop.sub')",
  ])
  func `who has the package at hand can ask all names of it`(app: String) {
    #expect(modules(app).contains("sqlalchemy"))
  }

  @Test func `a module of the package asks like any other`() {
    var files = Self.shop
    files["shop/sub.py"] = "from . import Money"
    #expect(modules("import shop.sub as s", files) == ["app", "shop", "shop.money", "shop.sub"])
    files["shop/sub.py"] = "from shop import session"
    #expect(modules("import shop.sub as s", files).contains("sqlalchemy"))
  }

  @Test func `who has the parent at hand reaches the package's names by attributes`() {
    var files: [String: String] = [:]
    for (path, text) in Self.shop where path.hasPrefix("shop/") { files["org/" + path] = text }
    files["org/__init__.py"] = ""
    files["sqlalchemy.py"] = ""
    #expect(
      modules("from org.shop import Money", files) == ["app", "org", "org.shop", "org.shop.money"])
    #expect(modules("from org.shop import Money\nimport org", files).contains("sqlalchemy"))
    #expect(modules("import org\nfrom org.shop import Money", files).contains("sqlalchemy"))
  }

  @Test(arguments: [
    ("from shop import connect", ["app", "pymysql", "shop"]),
    ("from shop import Client", ["app", "pymysql", "shop"]),
    ("from shop import _load", ["app", "pymysql", "shop", "shop.money", "tools"]),
    ("from shop import Money", ["app", "pymysql", "shop", "shop.money", "tools"]),
    ("from shop import idle", ["app", "pymysql", "shop", "shop.money", "tools"]),
    ("import shop.sub as s", ["app", "pymysql", "shop", "shop.sub"]),
  ])
  func `a function that __getattr__ does not call is there for whoever imports it`(
    _ app: String, _ expected: [String]
  ) {
    let files = [
      "shop/__init__.py": """
      _T = {"Money": ".money"}
      idle = 1
      del idle
      def connect():
          import pymysql
      class Client:
          def get(self):
              import pymysql
      def _load(name):
          import tools
          return tools.load(_T[name])
      def __getattr__(name): return _load(name)
      """, "shop/money.py": "", "shop/sub.py": "", "pymysql.py": "", "tools.py": "",
    ]
    #expect(modules(app, files) == expected)
  }

  @Test(arguments: [
    "_M = '.impl'\n__all__ = ['X']\ndef __getattr__(n): return get(import_module(_M, __name__), n)",
    "_M = '.impl'\n__all__ = ['X']\ndef __getattr__(n): return helper(n, _M, __name__)",
    "_T = {'X': _M}\n_M = '.impl'\ndef __getattr__(n): return helper(_T[n], __name__)",
    "M = ['.impl']\n__all__ = ['X']\n"
      + "def __getattr__(n):\n  for m in M: find(import_module(m, __name__), n)",
    "M = ['impl']\n__all__ = ['X']\ndef __getattr__(n): return helper(n, M, __name__)",
    "_T = {'impl': _N}\n_N = ['X']\ndef __getattr__(n): return helper(_T, n, __name__)",
    "_T = {}\n_T['impl'] = [n for n in names if n != 'X']\ndef __getattr__(n): return f(_T, n)",
  ])
  func `where a table does not say from where a name comes, all is kept`(package: String) {
    let files = ["p/__init__.py": package, "p/impl.py": "", "p/other.py": ""]
    #expect(modules("from p import X", files) == ["app", "p", "p.impl"])
  }

  @Test func `a string asks for a name of a package that is there`() {
    #expect(
      modules("from shop import VERSION\nX = 'shop.Money'") == ["app", "shop", "shop.money"])
    #expect(modules("X = 'shop.Money'") == ["app"])
  }

  @Test func `one function's name is not another's`() {
    var project = PythonProject(source: Self.shop)
    project.source["one.py"] = "from shop import Money"
    project.source["two.py"] = "from shop import session"
    project.handlers = ["one": "one", "two": "two"]
    let traced = project.trace()
    #expect(traced.modules("one") == ["one", "shop", "shop.money"])
    #expect(traced.modules("two") == ["shop", "shop.db", "sqlalchemy", "two"])
  }

  @Test func `a handler that the package gives lazily is asked for`() {
    var project = PythonProject(source: [
      "app/__init__.py": "_T = {'handler': '.real', 'other': '.idle'}\n"
        + "def __getattr__(name): return load(_T[name])",
      "app/real.py": "", "app/idle.py": "",
    ])
    project.handlers = ["f": "app"]
    #expect(project.trace().modules() == ["app", "app.real"])
  }

  @Test func `a helper that is given the names answers for them, also behind a second __getattr__`()
  {
    let files = [
      "p/__init__.py": """
      from helper import relative_import
      __all__, __getattr__, __dir__ = relative_import(__name__, [".sub"], ["._a.A", "._b.B"])
      before = __getattr__
      def __getattr__(name):
          if name == "C":
              from ._c import C
              return C
          return before(name)
      """, "p/_a.py": "", "p/_b.py": "", "p/_c.py": "", "p/sub/__init__.py": "", "helper.py": "",
    ]
    #expect(modules("from p import A", files) == ["app", "helper", "p", "p._a"])
    #expect(modules("from p import C", files) == ["app", "helper", "p", "p._c"])
    #expect(
      modules("import p", files) == ["app", "helper", "p", "p._a", "p._b", "p._c", "p.sub"])
  }

  @Test func `a branch of __getattr__ is followed for its name`() {
    let files = [
      "p/__init__.py": """
      def __getattr__(name):
          import warnings_of_p
          if name == "a":
              from ._a import a
              return a
          elif name == "b":
              from ._b import b
              return b
      """, "p/_a.py": "", "p/_b.py": "", "p/c.py": "", "warnings_of_p.py": "",
    ]
    #expect(modules("from p import a", files) == ["app", "p", "p._a", "warnings_of_p"])
    #expect(modules("from p import c", files) == ["app", "p", "p.c", "warnings_of_p"])
    #expect(modules("from p.c import x", files) == ["app", "p", "p.c"])
    #expect(modules("import p", files) == ["app", "p", "p._a", "p._b", "warnings_of_p"])
  }

  @Test func `a submodule that __getattr__ imports by the asked name is that one`() {
    let files = [
      "p/__init__.py": """
      import importlib
      submodules = ["a", "b"]
      def __getattr__(name):
          if name in submodules:
              return importlib.import_module(f"p.{name}")
      """, "p/a.py": "", "p/b.py": "",
    ]
    #expect(modules("from p import a", files) == ["app", "p", "p.a"])
    #expect(modules("import p", files) == ["app", "p", "p.a", "p.b"])
  }

  @Test func `a name is passed on through one lazy package to the next`() {
    let files = [
      "p/__init__.py": "_T = {'q': ['X', 'Y']}\ndef __getattr__(name): return load(_T, name)",
      "p/q/__init__.py": "_T = {'X': '.x', 'Y': '.y'}\ndef __getattr__(n): return load(_T[n])",
      "p/q/x.py": "", "p/q/y.py": "",
    ]
    #expect(modules("from p import X", files) == ["app", "p", "p.q", "p.q.x"])
    #expect(modules("from p import q", files) == ["app", "p", "p.q", "p.q.x", "p.q.y"])
  }

  @Test func `who has the parent at hand reaches what a stub attaches to its package`() {
    let attached = "__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)"
    let files = [
      "p/__init__.py": attached, "p/__init__.pyi": "from . import q", "p/q/__init__.py": attached,
      "p/q/__init__.pyi": "from ._a import a", "p/q/_a.py": "",
    ]
    #expect(modules("import p\nfrom p import q", files) == ["app", "p", "p.q", "p.q._a"])
  }

  @Test func `a stub that is attached names the module of each name`() {
    let files = [
      "p/__init__.py": "__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)",
      "p/__init__.pyi": "from ._a import a\nfrom ._b import b", "p/_a.py": "", "p/_b.py": "",
    ]
    #expect(modules("from p import a", files) == ["app", "p", "p._a"])
    #expect(modules("import p", files) == ["app", "p", "p._a", "p._b"])
  }

  @Test func `the chain leads through the table's line`() {
    let traced = PythonProject(
      source: Self.shop.merging(["app.py": "\nfrom shop import Money"]) { $1 }
    ).trace()
    let graph = traced.graph
    let edge = graph.edges.first { graph.nodes[$0.to].name == "shop.money" }
    #expect(edge.map { graph.nodes[$0.from].name } == "'Money' is asked of 'shop'")
    #expect(edge?.place?.line == 2)
    let asking = graph.edges.first { $0.to == edge?.from }
    #expect(asking.map { graph.nodes[$0.from].name } == "app")
    #expect(asking?.place?.line == 2)
  }

  /// `attach` stands for whatever reads the module's own source.
  private static let attached = [
    "qi/__init__.py": """
    from typing import TYPE_CHECKING
    from lazies import attach
    if TYPE_CHECKING:
        from ._core.sync import Event as Event
        from ._core.pool import Pool as Workers
        from . import extras
    attach(__file__, __name__, globals())
    """, "qi/_core/__init__.py": "", "qi/_core/sync.py": "", "qi/_core/pool.py": "",
    "qi/extras.py": "",
    "lazies.py": "",
  ]

  @Test(arguments: [
    ("from qi import Event", ["qi._core", "qi._core.sync"]),
    ("from qi import Workers", ["qi._core", "qi._core.pool"]),
    ("from qi import Pool", ["qi._core", "qi._core.pool", "qi._core.sync", "qi.extras"]),
    ("from qi import extras", ["qi.extras"]),
    ("import qi", ["qi._core", "qi._core.pool", "qi._core.sync", "qi.extras"]),
  ])
  func `what only a type checker imports is a table for who is handed the source`(
    _ app: String, _ expected: [String]
  ) {
    #expect(modules(app, Self.attached) == ["app", "lazies", "qi"] + expected)
  }

  @Test func `without that it is for type checkers alone`() {
    var files = Self.attached
    files["qi/__init__.py"] = files["qi/__init__.py"]?.replacing(
      "attach(__file__,", with: "attach(")
    #expect(modules("from qi import Event", files).contains("qi._core.sync"))
    files["qi/__init__.py"] = files["qi/__init__.py"]?.replacing(", globals())", with: ")")
    #expect(modules("from qi import Event", files) == ["app", "lazies", "qi"])
  }
}
