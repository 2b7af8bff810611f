import Model
import PythonLanguage
import Testing

/// Which names of a lazily loading module bring what.
struct ExportRowTests {
  /// Requests with the names under which they hold: `lazyName .money [Money]`; `[*]` for any name.
  private func rows(_ source: String, path: String = "pkg/__init__.py") -> [String] {
    let facts = scan(source, path: path)
    return facts.requests.filter { ![.literal, .words].contains($0.form) }.map { request in
      let what = describe(request, facts).split(separator: " ").dropFirst(2).joined(separator: " ")
      guard let row = request.row, let exports = facts.exports else { return what }
      let names = exports.rows[Int(row)].map { facts.string(facts.members[Int($0)]) }
      return what + (names.isEmpty ? " [*]" : " \(names)")
    }
  }

  @Test func `a dictionary that only __getattr__ reads is told row by row`() {
    let source = """
      _T = {"Money": ".money", "db": (".base", "session")}
      __all__ = sorted(_T)
      def __getattr__(name):
          return load(_T[name])
      """
    #expect(
      rows(source) == [
        #"lazyName Money ["Money", "money", "_T"]"#, #"lazyName .money ["Money", "money", "_T"]"#,
        #"lazyName db ["db", "base", "session", "_T"]"#,
        #"lazyName .base ["db", "base", "session", "_T"]"#,
        #"lazyName session ["db", "base", "session", "_T"]"#, "listed Money", "listed db",
      ])
  }

  @Test(arguments: [
    "print(_T)", "class A:\n  t = _T", "for m in _T: use(m)", "def public(): return _T\npublic()",
    "@register\ndef f(): return _T", "X = __getattr__('m')", "if _T: pass",
    "def build(): return _T\nY = build()",
  ])
  func `a table that something else reads holds as a whole`(other: String) {
    let source = "_T = {'A': '.m'}\ndef __getattr__(name): return load(_T[name])\n" + other
    #expect(rows(source).contains("lazyName .m"))
  }

  @Test(arguments: [
    "def __dir__(): return list(_T)", "__all__ = list(_T)", "_T.update(B='.b')", "_T['C'] = '.c'",
    "_BY = {v: k for k, v in _T.items()}", "def _helper(name): return _T[name]",
    "if TYPE_CHECKING:\n  from .m import A", "del _T",
    "before = __getattr__",
  ])
  func `what builds a table, or is read by __getattr__ alone, leaves it closed`(other: String) {
    let source = "_T = {'A': '.m'}\ndef __getattr__(name): return load(_T[name])\n" + other
    #expect(!rows(source).contains("lazyName .m"))
    #expect(rows(source).contains { $0.hasPrefix(#"lazyName .m ["A", "m", "#) })
  }

  @Test(arguments: [
    ("if name == 'x':\n    from .a import x", #"from .a import x ["x"]"#),
    ("if 'x' == name:\n    from .a import x", #"from .a import x ["x"]"#),
    ("if name in ('x', 'y'):\n    from .a import x", #"from .a import x ["x", "y"]"#),
    ("if name == 'x' or name == 'y':\n    from .a import x", #"from .a import x ["x", "y"]"#),
    ("if name == 'x': from .a import x", #"from .a import x ["x"]"#),
    ("match name:\n    case 'x' | 'y':\n      from .a import x", #"from .a import x ["x", "y"]"#),
    ("if name != 'x':\n    from .a import x", "from .a import x [*]"),
    ("if not name == 'x':\n    from .a import x", "from .a import x [*]"),
    ("if name == 'x' or other:\n    from .a import x", "from .a import x [*]"),
    ("from .a import x", "from .a import x [*]"),
    ("return import_module(f'pkg.{name}')", "template pkg.? [*]"),
    (
      "return import_module('.' + name.lower(), __name__)",
      "template .* [*]"
    ),
  ])
  func `a branch of __getattr__ holds for the names that it compares with`(
    _ body: String, _ expected: String
  ) {
    #expect(rows("def __getattr__(name):\n  " + body).contains(expected))
  }

  @Test func `an import that is folded from a table holds as the table's rows do`() {
    let source = """
      _T = {"A": "m", "B": "n"}
      def __getattr__(name): return import_module("." + _T[name], __name__)
      """
    #expect(rows(source).contains(#"dynamic .m ["A", "m", "_T"]"#))
    #expect(rows(source).contains(#"dynamic .n ["B", "n", "_T"]"#))
  }

  @Test func `tables handed to a lazy loader are told row by row`() {
    let source = """
      __getattr__, __dir__, __all__ = lazy.attach(__name__, {"sub"}, {"_f": ["go", "stop"]})
      """
    #expect(
      rows(source) == [
        #"lazyName sub ["sub"]"#, #"lazyName _f ["_f", "go", "stop"]"#,
        #"lazyName go ["_f", "go", "stop"]"#, #"lazyName stop ["_f", "go", "stop"]"#,
      ])
  }

  @Test func `a table may lead to another`() {
    let source = """
      _A = {"Order": "shop"}
      _B = {"shop": ".orders"}
      def __getattr__(name): return load(_B[_A[name]])
      """
    #expect(
      rows(source).contains { $0.hasPrefix("lazyName .orders [") && $0.contains("\"Order\"") })
  }

  @Test func `the module's own names are those that executing it binds`() {
    let source = """
      import os, a.b, c.d as e
      from f import g as h, i
      if TYPE_CHECKING:
          from j import k
      X, Y = 1, 2
      class C: z = 1
      def __getattr__(name): local = 1
      """
    let facts = scan(source, path: "pkg/__init__.py")
    #expect(
      facts.exports?.ownNames.map { facts.string(facts.members[Int($0)]) }
        == ["os", "a", "e", "h", "i", "X", "Y", "C", "__getattr__"])
  }

  @Test func `a stub says from where each name comes`() {
    #expect(
      rows("from ._a import x, y\nfrom . import z\n__all__ = ['x']", path: "pkg/__init__.pyi")
        == [#"from ._a import x, y ["x", "y"]"#, #"from . import z ["z"]"#])
  }
}
