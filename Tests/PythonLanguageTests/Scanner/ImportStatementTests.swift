import Model
import PythonLanguage
import Testing

struct ImportStatementTests {
  @Test(arguments: [
    ("import a", ["top-level import a"]),
    ("import a.b.c", ["top-level import a.b.c"]),
    ("import a as b, c . d", ["top-level import a", "top-level import c.d"]),
    ("from a import b, c as d", ["top-level from a import b, c"]),
    ("from . import y", ["top-level from . import y"]),
    ("from ...a.b import (c, # why\n  d,\n)", ["top-level from ...a.b import c, d"]),
    ("from .... import e", ["top-level from .... import e"]),
    ("from x import *", ["top-level from x import *"]),
    ("from \\\n  a \\\n import b", ["top-level from a import b"]),
    ("x = 1; import a; import b", ["top-level import a", "top-level import b"]),
    (
      "import a\r\nimport b\rimport c",
      ["top-level import a", "top-level import b", "top-level import c"]
    ),
    ("\u{C}import a", ["top-level import a"]),
    ("lazy import a\nlazy from b import c", ["lazy import a", "lazy from b import c"]),
    ("import ｆoo", ["top-level import foo"]),
  ])
  func `each shape of import statement is read`(_ source: String, _ expected: [String]) {
    #expect(imports(source) == expected)
    #expect(problems(source).isEmpty)
  }

  @Test(arguments: [
    "'import a'", "'''\nimport a\n'''", "# import a", "f'{x} import a'", "f'{x['import a']}'",
    "rb'\\'import a'", "x.imports", "importer = 1", "x = (\n  'import a'\n)", "raise x from y",
    "def f():\n  yield from x", "t'{import_}'", "f'''{\n  x:{y}}\nimport a'''", "'\\\nimport a'",
  ])
  func `what only looks like an import is none`(_ source: String) {
    #expect(imports(source).isEmpty)
    #expect(problems(source).isEmpty)
  }

  @Test(arguments: [
    ("if x: import a", "conditional"), ("if x:\n  pass\nelse:\n  import a", "conditional"),
    ("for i in x: import a", "conditional"), ("with x:\n  import a", "conditional"),
    ("match x:\n  case 1: import a", "conditional"), ("class A:\n  import a", "top-level"),
    ("def f():\n  import a", "lazy"), ("async def f(): import a", "lazy"),
    ("class A:\n  def f(self):\n    if x: import a", "lazy"),
    ("try:\n  import a\nexcept ImportError:\n  pass", "optional"),
    ("try:\n  import a\nexcept (OSError, ModuleNotFoundError) as e:\n  pass", "optional"),
    ("try:\n  import a\nexcept:\n  pass", "optional"),
    ("try:\n  import a\nexcept OSError:\n  pass", "conditional"),
    ("try:\n  pass\nexcept ImportError:\n  import a", "optional"),
    ("try:\n  import a\nexcept ImportError as e:\n  x = 1\n  raise E(x) from e", "top-level"),
    ("try:\n  import a\nexcept ImportError: raise\nx = 1", "top-level"),
    ("def f():\n  try:\n    import a\n  except ImportError:\n    raise", "lazy"),
    ("try:\n  import a\nexcept OSError:\n  raise\nexcept ImportError:\n  pass", "optional"),
    ("try:\n  import a\nexcept ImportError:\n  if x:\n    raise", "optional"),
    ("try:\n  if x:\n    import a\nexcept ImportError:\n  raise", "optional"),
    ("if y:\n  try:\n    import a\n  except ImportError:\n    raise", "conditional"),
    ("with contextlib.suppress(ImportError):\n  import a", "optional"),
    ("def f():\n  try: import a\n  except ImportError: pass", "optional"),
    ("if TYPE_CHECKING:\n  import a", "type-only"),
    ("if not typing.TYPE_CHECKING:\n  pass\nelse:\n  import a", "type-only"),
    ("if TYPE_CHECKING:\n  pass\nelse:\n  import a", "conditional"),
    ("if TYPE_CHECKING or x:\n  import a", "conditional"),
  ])
  func `the kind follows from the blocks around it`(_ source: String, _ kind: String) {
    #expect(imports(source) == ["\(kind) import a"])
  }

  @Test func `lines and columns are those of the statement`() {
    let source =
      "\u{FEFF}import a\nif x: import b; from c import d\n  \\\n\nx = '''\n'''; import e\n"
    #expect(
      lines(source).map { $0.prefix { $0 != " " } } == ["1:1", "2:7", "2:17", "6:6"])
  }

  @Test func `a latin-1 file is read in its encoding`() {
    let bytes =
      Array("# coding: latin-1\nx = '".utf8) + [0xE9] + Array("'; import \u{61}".utf8) + [0xE9]
    let facts = PythonScanner.scan(bytes.span, path: RelativePath("a.py"))
    #expect(facts.problems.isEmpty)
    #expect(facts.requests.filter { $0.form == .module }.map { facts.string($0.name) } == ["aé"])
    #expect(facts.requests.first { $0.form == .module }?.column == 11)
  }

  @Test(arguments: [
    ("if sys.version_info >= (3, 11):", Guard.version(.greaterOrEqual, [3, 11])),
    ("if sys.version_info[:2] > (3, 8):", .version(.greater, [3, 8])),
    ("if sys.version_info > (3, 8):", .version(.greaterOrEqual, [3, 8])),
    ("if sys.version_info[0] == 2:", .version(.equal, [2])),
    ("if (3, 8) <= sys.version_info:", .version(.greaterOrEqual, [3, 8])),
    ("if sys.platform == 'win32':", .platform("win32")),
    ("if sys.platform.startswith('win'):", .platform("win")),
    ("if sys.platform in ('win32', 'cygwin'):", .any([.platform("win32"), .platform("cygwin")])),
    ("if sys.platform != 'darwin':", .not(.platform("darwin"))),
    ("if os.name == 'nt' or TYPE_CHECKING:", .any([.osName("nt"), .constant(false)])),
    ("if x and platform.system() == 'Darwin':", .system("Darwin")),
    ("if platform.python_implementation() == 'PyPy':", .implementation("pypy")),
    ("if __name__ == '__main__':", .main),
    ("if x and os.name == 'posix':\n  pass\nelse:", nil),
    ("if x:\n  pass\nelif os.name == 'nt':\n  pass\nelse:", .not(.osName("nt"))),
    ("if six.PY2:", .version(.less, [3])), ("if 0:", .constant(false)),
    ("if not (os.name == 'nt'):", .not(.osName("nt"))),
    ("if os.name == 'nt':\n  pass\nelif x:\n  pass\nelse:", .not(.osName("nt"))),
    ("PY3 = sys.version_info[0] >= 3\nif PY3:", .version(.greaterOrEqual, [3])),
  ])
  func `a branch that the target decides has a guard`(_ head: String, _ expected: Guard?) {
    let facts = scan(head + "\n  import a\n")
    let request = facts.requests.first { $0.form == .module }
    #expect(request?.guardIndex.map { facts.guards[Int($0)] } == expected)
  }

  @Test(arguments: [
    ("if os.name != 'nt': return False\n  import a", Guard.osName("nt")),
    ("if os.name != 'nt':\n    x()\n    raise E\n  import a", .osName("nt")),
    ("if os.name == 'nt':\n    return\n  else:\n    x()\n  import a", .not(.osName("nt"))),
    ("for x in y:\n    if os.name == 'nt': continue\n    import a", .not(.osName("nt"))),
    ("for x in y:\n    if os.name == 'nt': continue\n  import a", nil),
    ("if x and os.name == 'nt': return\n  import a", nil),
    ("if os.name == 'nt': x()\n  import a", nil),
    ("while os.name == 'nt': return\n  import a", nil),
    ("if os.name == 'nt':\n    if x: return\n  import a", nil),
  ])
  func `what stands behind an early exit is executed where that does not happen`(
    _ body: String, _ expected: Guard?
  ) {
    let facts = scan("def f():\n  " + body + "\n")
    let request = facts.requests.first { $0.form == .module }
    #expect(request?.guardIndex.map { facts.guards[Int($0)] } == expected)
  }

  @Test func `a fallback knows what has to be missing`() {
    let facts = scan("try:\n  import tomllib\nexcept ImportError:\n  import tomli\n")
    #expect(
      facts.requests.last?.guardIndex.map { facts.guards[Int($0)] } == .unavailable(["tomllib"]))
  }

  @Test func `the quick reader finds the same statements`() {
    let source = """
      '''import no'''
      import a.b as c, d
      if x: import e  # import no
      from .f import (g,  # import no
        h as i)
      x = f"{y['import no']}" ; from . import j
      def k(): from l import *
      lazy import m
      from importer.imports import import_, reimport; import important
      from \\
        n import o
      print("import no" '''
      import no''')
      """
    var facts = SourceFacts()
    var quick = QuickImports()
    quick.scan(Array(source.utf8).span, into: &facts)
    let found = facts.requests.map {
      describe($0, facts).split(separator: " ", maxSplits: 2).last.map(String.init) ?? ""
    }
    let expected = imports(source).map {
      $0.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
    }
    #expect(found == expected)
  }
}
