import Model
import PythonLanguage
import Testing

struct CallTests {
  @Test(arguments: [
    ("getattr(importlib, 'import_module')('a.b')", ["a.b"]),
    ("import importlib as i\ngetattr(i, 'import_module', None)('a.b')", ["a.b"]),
    ("getattr(importlib, 'import_' + 'module')('a.b')", ["a.b"]),
    ("N = 'import_module'\ngetattr(importlib, N)('a.b')", ["a.b"]),
    ("getattr(importlib, name)(x)", ["blind"]),
    ("getattr(importlib, 'reload')(x)", []),
    ("getattr(builtins, '__import__')('a')", ["a"]),
    ("load = getattr(importlib, 'import_module')\nload('a.b')", ["a.b"]),
    ("map(getattr(importlib, 'import_module'), ['a.b'])", ["a.b"]),
    ("partial(getattr(importlib, 'import_module'), 'a.b')()", ["a.b"]),
    ("importlib.__dict__['import_module']('a.b')", ["a.b"]),
    ("vars(builtins)['__import__']('a')", ["a"]),
    ("__builtins__['__import__'](x)", ["blind"]),
    ("importlib.__getattribute__('import_module')('a.b')", ["a.b"]),
    ("operator.attrgetter('import_module')(importlib)('a.b')", ["a.b"]),
    ("operator.methodcaller('import_module', 'a.b')(importlib)", ["a.b"]),
    ("hasattr(importlib, 'import_module')", []),
  ])
  func `a function that imports may be taken by its name`(_ source: String, _ names: [String]) {
    #expect(namesAsked(by: source) == names)
  }

  @Test(arguments: [
    ("from pydoc import locate\nlocate(x)", ["blind locate(x)"]),
    ("import pydoc\npydoc.locate(f'shop.{x}.run')", ["template shop.*.run"]),
    ("import pkgutil as p\np.resolve_name(x)", ["blind p.resolve_name(x)"]),
    ("from pydoc import locate\nN = 'shop'\nlocate(N + '.a.run')", ["literal shop.a.run"]),
    ("from importlib.util import resolve_name\nresolve_name(x, y)", []),
    ("page.locate(x)", []), ("def locate(x): pass\nlocate(y)", []),
  ])
  func `the standard library imports objects by their names, too`(
    _ source: String, _ facts: [String]
  ) {
    #expect(
      asks(source, without: [.handed]).filter { $0 != "literal shop" && $0 != "literal .a.run" }
        == facts)
  }

  @Test func `lines of code in strings count in files that execute some`() {
    let code = "self.run('with self.x:\\n'\n '  from a.b import C\\n'\n '  C()\\n')"
    #expect(asks("exec(code)\n" + code) == ["code a.b"])
    #expect(asks(code) == [])
    #expect(asks("exec(code)\nhelp = \"\"\"\nfrom here on\n\timport a\n\"\"\"") == ["code a"])
  }

  @Test(arguments: [
    ("import_module('a.b')", ["dynamic a.b"]),
    ("importlib.import_module('.x', __package__)", ["dynamic .x"]),
    ("import_module('.x.y', 'base.pkg')", ["dynamic base.pkg.x.y"]),
    ("import_module('a.' + 'b')", ["dynamic a.b"]),
    ("import_module('a.%s' % 'b')", ["dynamic a.b"]),
    ("import_module('a.{}'.format('b'))", ["dynamic a.b"]),
    ("B = 'a'\nimport_module(f'{B}.b')", ["dynamic a.b"]),
    ("import_module(__name__ + '.x')", ["dynamic .mod.x"]),
    ("import_module(__name__.rpartition('.')[0] + '.x')", ["dynamic .x"]),
    ("import_module(f'{__package__}.x')", ["dynamic .x"]),
    ("__import__('a.b')", ["dynamic a", "dynamic a.b"]),
    ("__import__('x', globals(), locals(), [], 1)", ["dynamic .x"]),
    ("__import__('a.b', globals(), locals(), ['c'])", ["dynamic a", "dynamic a.b from c"]),
    ("__import__('a', fromlist=['b', x])", ["dynamic a from *, b"]),
    ("__import__('a', fromlist=names)", ["dynamic a from *"]),
    ("__import__('a', fromlist=('x_' + y,))", ["dynamic a from x_*"]),
    ("__import__('a', {}, {}, [], 0)", ["dynamic a"]),
    ("__import__('a', None, None, None)", ["dynamic a"]),
    ("__import__('a', fromlist='xy')", ["dynamic a"]),
    (
      "__import__('a.%s' % x, globals(), locals(), [name])", ["template a.*", "template a.*.*"]
    ),
    ("__import__('a.%s' % x, {}, {}, ['b'])", ["template a.*", "template a.*.b"]),
    (
      "__import__(place, globals(), {}, [name])",
      ["blind __import__(place, globals(), {}, [name])"]
    ),
    ("from importlib import import_module as im\nim('a.b')", ["dynamic a.b"]),
    ("load = importlib.import_module\nload('a.b')", ["dynamic a.b"]),
    ("for m in ('a.b', 'a.c'):\n  import_module(m)", ["dynamic a.b", "dynamic a.c"]),
    ("[import_module('a.' + m) for m in ['b', 'c']]", ["dynamic a.b", "dynamic a.c"]),
    ("T = {'x': 'a.b', 'y': 'a.c'}\nimport_module(T[k])", ["dynamic a.b", "dynamic a.c"]),
    ("T = {'x': 'a.b', 'y': 'a.c'}\nimport_module(T['y'])", ["dynamic a.c"]),
    ("def f(m='a.b'):\n  import_module(m)", ["dynamic a.b", "blind import_module(m)"]),
    ("map(import_module, ['a.b'])", ["dynamic a.b"]),
    ("import_module('a.b' if x else 'a.c')", ["dynamic a.b", "dynamic a.c"]),
    ("import_module('pkg.%s' % name)", ["template pkg.*"]),
    ("import_module('.'.join(['a', name, 'c']))", ["template a.*.c"]),
    ("import_module(name)", ["blind import_module(name)"]),
    ("import_module(f'shop_{x}')", ["template shop_*", "blind import_module(f'shop_{x}')"]),
    ("G = 'shop'\nentry_points(group=G + '.x')", []),
    ("import_module('.' + name, __package__)", ["template .*"]),
    (
      "import_module('%s.models' % app)",
      ["template *.models", "blind import_module('%s.models' % app)"]
    ),
    ("files('shop').joinpath('data/x.json').read_text()", ["resource shop"]),
    ("files('shop.rates') / 'x.json'", ["resource shop.rates"]),
    ("resources.path('shop', 'x.json')", ["resource shop"]),
    ("pkgutil.get_data('shop', 'x.json')", ["resource shop"]),
    ("pkg_resources.resource_filename('shop', 'x.json')", ["resource shop"]),
    (
      "for f in files('shop.plugins').iterdir(): pass",
      ["resource shop.plugins", "walk shop.plugins"]
    ),
    ("d = files('shop') / 'plugins'\nd.iterdir()", ["resource shop", "walk shop.plugins"]),
    ("finder.find_spec(name)", []),
    ("x = 'pkg.mods.%s'", ["template pkg.mods.*"]),
    ("x = f'pkg.{y}.z'", ["template pkg.*.z"]),
    ("exec('x; import a; from b import c')", ["code a", "code b"]),
    ("subprocess.run([python, '-c', 'x; import a'])", ["code a"]),
    ("re.compile('x; import a')", []),
    ("pkgutil.iter_modules(__path__)", ["walk "]),
    ("import a.b as p\npkgutil.walk_packages(p.__path__, 'x.')", ["walk a.b"]),
    ("os.listdir(os.path.dirname(__file__))", ["walk "]),
    ("D = os.path.join(os.path.dirname(__file__), 'plug')\nos.listdir(D)", ["walk .plug"]),
    ("(Path(__file__).parent / 'sub').glob('*.py')", ["walk .sub"]),
    ("os.listdir('/tmp')", []),
    ("x = 1  # pare: import a.b, c", ["directive a.b", "directive c"]),
    ("import_module(x)  # pare: ignore", ["blind import_module(x)", "ignore "]),
    ("lazy.attach(__name__, ['sub'])", ["lazyName sub"]),
    ("_T = {'A': '.a'}\ndef __getattr__(name): ...", ["lazyName A", "lazyName .a"]),
  ])
  func `what a call is given is folded`(_ source: String, _ expected: [String]) {
    #expect(asks(source, without: [.literal, .path, .fallback]) == expected)
  }

  @Test(arguments: [
    ("f'{import_module(\"a.b\")}'", ["dynamic a.b"]),
    ("f'{import_module(name)}'", ["blind import_module(name)"]),
    ("f'{import_module(\"a\")!r:>{import_module(\"b\").width}}'", ["dynamic a", "dynamic b"]),
    ("f'{{import_module(\"a\")}}'", []),
    ("f'{{{import_module(\"a\")}}}'", ["dynamic a"]),
    ("f'{f\"{import_module(x)}\"}'", ["blind import_module(x)"]),
    ("f'{import_module('a.b')} it's {import_module('c')}'", ["dynamic a.b", "dynamic c"]),
    ("rf'\\{import_module(\"a\")}'", ["dynamic a"]),
    ("t'{import_module(\"a\")}'", ["dynamic a"]),
    ("'{import_module(\"a\")}'", []),
    ("f'{x(\"a.b\")} ( {x} {import_module(\"a.b\")}'", ["dynamic a.b"]),
    (
      "f'''\n{\n  x(1)\n  + import_module('a')\n} it's (\n{import_module('b')}'''",
      ["dynamic a", "dynamic b"]
    ),
    ("from importlib import import_module as im\nf'{im(\"a\")}'", ["dynamic a"]),
    ("f'{\", \".join(e.name for e in os.listdir(os.path.dirname(__file__)))}'", ["walk "]),
    ("f'{files(\"shop.rates\").joinpath(x)}'", ["resource shop.rates"]),
  ])
  func `calls in the fields of formatted strings are seen`(
    _ source: String, _ expected: [String]
  ) {
    #expect(asks(source, without: [.literal, .path, .fallback]) == expected)
  }

  @Test func `what stands in a field has its own place`() {
    #expect(
      lines("def f():\n  return x, f'{import_module(\"a\")}', f'''\n {import_module(y)}'''")
        == ["2:16 lazy dynamic a", "3:3 lazy blind import_module(y)"])
  }

  @Test func `strings in fields are told where something is called`() {
    #expect(
      asks("x = f'{version(\"h2\")} {d[\"word\"]} {load(\"a.b\", f\"{c(\"c.d\")}\")}'")
        == ["literal h2", "literal a.b", "literal c.d"])
  }

  @Test(arguments: [
    ("x = create('shop', 'plugins', entry_points=True)", ["shop plugins"]),
    ("'_'.join(('shop', 'plugins'))", ["shop plugins"]),
    ("f(x, 'a', 'b'); f('a', x); f('a', 'b', x); ['a', 'b', 'c', 'd', 'e']", []),
  ])
  func `words that stand side by side in brackets are told together`(
    _ source: String, _ expected: [String]
  ) {
    let facts = scan(source)
    #expect(
      facts.requests.filter { $0.form == .words }.map { facts.string($0.name) } == expected)
  }

  @Test(arguments: [
    ("'^shop_.+$'", ["template shop_*"]), ("'shop_*'", ["template shop_*"]),
    ("r'^shop_\\w+'", ["template shop_*"]), ("'shop.*'", []), ("'^shop_ .*'", []), ("'^sh'", []),
  ])
  func `a pattern of names that begin alike is a template`(
    _ literal: String, _ expected: [String]
  ) {
    #expect(asks("x = " + literal, without: [.literal, .path]) == expected)
  }

  @Test(arguments: [
    ("ctypes.CDLL('libx.so.5')", ["library libx.so.5"]),
    ("cdll.LoadLibrary(folder + '/libx.so')", ["library libx.so"]),
    ("ffi.dlopen(f'{here}/libx-{version}.so')", ["library libx-*.so"]),
    ("find_library('x')", ["library x", "library libx.so*", "library x.so*"]),
    ("CDLL(path); CDLL(None)", []),
  ])
  func `what opens a library is told`(_ source: String, _ expected: [String]) {
    #expect(asks(source, without: [.literal, .path]) == expected)
  }

  @Test func `strings below the file's own name are relative to it`() {
    let told = { (source: String) in
      asks(source, path: "pkg/__init__.py").filter { $0.hasPrefix("literal .") }
    }
    #expect(
      told("Chain(__name__).add('sub.Class', x).add(path='other.Class')")
        == ["literal .sub.Class", "literal .other.Class"])
    #expect(told("c = Chain(__name__, 1)\nc.add('sub.Class')") == ["literal .sub.Class"])
    #expect(told("c = getLogger(__name__)\nc.info('sub.Class')\nd.add('a.b')") == [])
    #expect(asks("Chain(__name__).add('sub.Class')") == ["literal sub.Class"])
  }

  @Test func `strings that could name something are told once, docstrings not`() {
    let source = """
      '''doc.string'''
      x = 'a.b', "group.name", 'm:attr', 'dir/file', 'two words', 'a.b', 'x\\n', b'c.d'
      """
    #expect(
      asks(source) == [
        "literal a.b", "literal group.name", "literal m:attr", "literal dir/file", "literal c.d",
      ])
  }

  @Test func `a word that is only looked up names nothing`() {
    #expect(asks("event['requests']; os.environ['celery'].lower(); f()['x1']['y1']") == [])
    #expect(asks("points = entry_points()\nuse(points['plugins'])") == ["literal plugins"])
    #expect(
      asks("T['word'] = 1; ['word2']; T['a.b']; f('word3'); entry_points()['flask']")
        == ["literal word", "literal word2", "literal a.b", "literal word3", "literal flask"])
  }

  @Test func `marks say what a file does`() {
    #expect(scan("def __getattr__(n): ...").marks == .definesGetattr)
    #expect(scan("class A:\n  def __getattr__(self, n): ...").marks == [])
    #expect(scan("import_module(x)").marks == .importsDynamically)
    #expect(scan("import_module('a')").marks == [])
    #expect(scan("os.listdir(x)").marks == [.walksFolders, .listsFolders])
    #expect(scan("os.walk(x)").marks == .walksFolders)
    #expect(scan("pkgutil.iter_modules(x)").marks == [.walksFolders, .listsModules])
    #expect(
      scan("pkgutil.iter_modules()").marks == [.walksFolders, .listsModules, .listsTopModules])
    #expect(scan("__path__ = pkgutil.extend_path(__path__, __name__)").marks == .extendsPath)
    #expect(scan("for e in entry_points(group='x'): ...").marks == .readsEntryPoints)
    #expect(scan("x = __file__ + '.pyi'").marks == .readsStubs)
  }

  @Test func `a dynamic import in a guarded try is optional`() {
    #expect(
      lines("try:\n  import_module('a.b')\nexcept ImportError:\n  pass")
        == ["2:3 optional dynamic a.b"])
  }
}
