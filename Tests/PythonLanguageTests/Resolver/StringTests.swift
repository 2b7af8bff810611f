import Model
import PythonLanguage
import Testing

/// What strings, tables, walks and computed names need.
@Suite struct StringTests {
  private func library(_ files: [String: String], app: String = "import lib") -> PythonProject {
    var project = PythonProject(source: ["app.py": app])
    project.install("lib", files)
    return project
  }

  @Test func `import_module with a literal is an edge`() {
    let traced = PythonProject(source: [
      "app.py": "from importlib import import_module\nimport_module('a.b')", "a/__init__.py": "",
      "a/b.py": "",
    ]).trace()
    #expect(traced.edges(from: "app").contains("dynamic a.b"))
  }

  @Test(arguments: [
    ("__import__('lib.de', globals(), locals(), ['vat', 'Name'])", ["lib.de", "lib.de.vat"]),
    ("__import__('lib.de', fromlist=[name])", ["lib.de", "lib.de.idnr", "lib.de.vat"]),
    ("__import__('lib.de', fromlist=['v' + name])", ["lib.de", "lib.de.vat"]),
    ("__import__('lib.de')", ["lib.de"]),
    (
      "__import__('lib.%s' % cc, globals(), locals(), [name])",
      ["lib.de", "lib.de.idnr", "lib.de.vat", "lib.it", "lib.it.vat"]
    ),
    (
      "__import__('lib.%s' % cc, {}, {}, ['vat'])",
      ["lib.de", "lib.de.vat", "lib.it", "lib.it.vat"]
    ),
    ("__import__(place, globals(), {}, [name])", []),
  ])
  func `the fromlist of __import__ names submodules`(_ call: String, _ expected: [String]) {
    let traced = library([
      "lib/__init__.py": call, "lib/de/__init__.py": "", "lib/de/vat.py": "",
      "lib/de/idnr.py": "", "lib/de/tests/test_vat.py": "", "lib/it/__init__.py": "",
      "lib/it/vat.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib"] + expected)
  }

  @Test func `what is walked leaves out tests of distributions, with or without an __init__`() {
    let walker =
      "import os, importlib\ndef f(d):\n  for n in os.listdir(d): importlib.import_module(n)"
    let traced = library([
      "lib/__init__.py": walker + "\nadd('lib.core', 'x')", "lib/core/__init__.py": "",
      "lib/core/one.py": "", "lib/core/conftest.py": "", "lib/core/tests/test_one.py": "",
      "lib/core/deep/__init__.py": "", "lib/core/deep/tests/__init__.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.core", "lib.core.deep", "lib.core.one"])
  }

  @Test func `a dotted string that names a module of its distribution is an edge`() {
    let traced = library([
      "lib/__init__.py": "BACKEND = 'lib.backends.fast'\nCLASS = 'lib.backends.slow.Slow'",
      "lib/backends/__init__.py": "", "lib/backends/fast.py": "", "lib/backends/slow.py": "",
      "lib/backends/other.py": "",
    ]).trace()
    #expect(
      traced.modules() == ["app", "lib", "lib.backends", "lib.backends.fast", "lib.backends.slow"])
  }

  @Test func `a string in a distribution that names someone else's module is just a string`() {
    var project = library(["lib/__init__.py": "X = 'other.module'"])
    project.install("other", ["other/__init__.py": "", "other/module.py": ""])
    #expect(project.trace().modules() == ["app", "lib"])
  }

  @Test func `in first-party code a dotted string may name anyone's module`() {
    let traced = library(
      ["lib/__init__.py": "", "lib/engine.py": ""], app: "ENGINE = 'lib.engine'"
    ).trace()
    #expect(traced.modules() == ["app", "lib", "lib.engine"])
  }

  @Test(arguments: [
    "files('shop').joinpath('data/rates.json').read_text()", "files('shop') / 'data'",
    "importlib.resources.read_text('shop', 'rates.json')", "pkgutil.get_data('shop', 'x')",
    "pkg_resources.resource_filename('shop', 'x')",
  ])
  func `who reads a package's file gets the package and its data, not its modules`(call: String) {
    let traced = library(
      [
        "lib/__init__.py":
          "import importlib, os\ndef f(d):\n  for n in os.listdir(d): importlib.import_module(n)"
      ], app: "import lib\n" + call
    )
    var project = traced
    project.source["shop/__init__.py"] =
      "_T = {'Idle': '.idle'}\n"
      + "def __getattr__(name): return load(_T[name])"
    project.source["shop/idle.py"] = ""
    project.source["shop/data/rates.json"] = "{}"
    let result = project.trace()
    #expect(result.modules() == ["app", "lib", "shop"])
    #expect(result.files().contains("shop/data/rates.json"))
  }

  @Test func `who lists a package's files gets its modules`() {
    let traced = PythonProject(source: [
      "app.py": "for f in files('shop.plugins').iterdir(): load(f)", "shop/__init__.py": "",
      "shop/plugins/__init__.py": "", "shop/plugins/one.py": "",
    ]).trace()
    #expect(traced.modules().contains("shop.plugins.one"))
  }

  @Test func `a word in first-party code names no distribution's module`() {
    var project = library(
      ["lib/__init__.py": "", "lib/a.py": ""], app: "import loader\nevent['lib']")
    project.install(
      "loader",
      [
        "loader.py":
          "import importlib, os\ndef f(d):\n  for n in os.listdir(d): importlib.import_module(n)"
      ])
    #expect(project.trace().modules() == ["app", "loader"])
  }

  @Test func `a tail with an open head is looked for in the packages that strings name`() {
    var project = library(
      ["lib/__init__.py": "def f(app): __import__('%s.models' % app, fromlist=['x'])"],
      app: "import lib\nAPPS = ['shop', 'org.stock', 'plain']")
    project.source.merge([
      "shop/__init__.py": "", "shop/models.py": "", "shop/idle.py": "", "org/__init__.py": "",
      "org/stock/__init__.py": "", "org/stock/models.py": "", "plain/__init__.py": "",
      "other/__init__.py": "", "other/models.py": "",
    ]) { $1 }
    #expect(
      project.trace().modules() == [
        "app", "lib", "org", "org.stock", "org.stock.models", "plain", "shop", "shop.models",
      ])
    project.installed["lib/__init__.py"] = ""
    #expect(project.trace().modules() == ["app", "lib", "org", "org.stock"])
  }

  @Test func `a template keeps the modules that it matches`() {
    let traced = library([
      "lib/__init__.py": "def f(n):\n  return __import__('lib.backends.be_%s' % n)",
      "lib/backends/__init__.py": "", "lib/backends/be_a.py": "", "lib/backends/be_b.py": "",
      "lib/backends/util.py": "",
    ]).trace()
    #expect(
      traced.modules() == ["app", "lib", "lib.backends", "lib.backends.be_a", "lib.backends.be_b"])
  }

  @Test func `a table of lazy names beside a module __getattr__ is followed`() {
    let traced = library([
      "lib/__init__.py": """
      import importlib
      _lazy = {"A": "lib_a", "B": ".b"}
      def __getattr__(name):
        return importlib.import_module("." + _lazy[name], __name__)
      """, "lib/lib_a.py": "", "lib/b.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.b", "lib.lib_a"])
  }

  @Test func `a walk over a package keeps it whole`() {
    let traced = library([
      "lib/__init__.py":
        "import pkgutil\nfor m in pkgutil.iter_modules(__path__): __import__('lib.' + m.name)",
      "lib/a.py": "", "lib/sub/__init__.py": "", "lib/sub/0001_initial.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.a", "lib.sub", "lib.sub.0001_initial"])
  }

  @Test func `who walks and imports dynamically keeps the packages that its strings name`() {
    let files = [
      "lib/__init__.py": "from . import tables", "lib/tables.py": "T = 'lib.plugins'",
      "lib/plugins/__init__.py": "", "lib/plugins/one.py": "",
      "lib/loader.py":
        "import importlib, os\ndef f(d):\n  for n in os.listdir(d): importlib.import_module(n)",
    ]
    var project = library(files)
    project.source["with.py"] = "import lib.loader"
    project.handlers = ["f": "app", "g": "with"]
    let traced = project.trace()
    #expect(!traced.modules("f").contains("lib.plugins.one"))
    #expect(traced.modules("g").contains("lib.plugins.one"))
  }

  /// `PackageLoader("shop")` of a template engine, `INSTALLED_APPS = ["shop"]` of a framework.
  @Test(arguments: [
    ("for m in pkgutil.iter_modules(p): importlib.import_module(m.name)", "", true),
    ("for n in os.listdir(p): importlib.import_module(n)", "", true),
    ("for n in os.listdir(p): importlib.import_module(n)", "  # pare: ignore", false),
    ("for n in os.walk(importlib.import_module(p).__path__[0]): pass", "", false),
  ])
  func `a first-party package is kept whole for a distribution that lists modules`(
    _ body: String, _ comment: String, _ isWhole: Bool
  ) {
    var project = library(["lib/__init__.py": "import importlib, os, pkgutil\ndef f(p):\n  \(body)"]
    )
    project.source = [
      "app.py": "import lib\nlib.f('shop')\(comment)\n", "shop/__init__.py": "", "shop/db.py": "",
    ]
    let traced = project.trace()
    #expect(traced.modules().contains("shop"))
    #expect(traced.modules().contains("shop.db") == isWhole)
  }

  @Test func `the team's own walk is settled by a comment, too`() {
    let walk = "import pkgutil, shop\nfor m in pkgutil.iter_modules(shop.__path__): pass"
    let source = ["app.py": walk, "shop/__init__.py": "", "shop/db.py": ""]
    #expect(PythonProject(source: source).trace().modules() == ["app", "shop", "shop.db"])
    let settled = source.merging(["app.py": walk + "  # pare: ignore"]) { $1 }
    #expect(PythonProject(source: settled).trace().modules() == ["app", "shop"])
  }

  @Test func `an entry point group that code names brings its targets, across distributions`() {
    var project = library(["lib/__init__.py": "G = 'lib.plugins'"])
    project.install(
      "plugin", ["plugin/__init__.py": "", "plugin/impl.py": "", "plugin/cli.py": ""],
      entryPoints: "[lib.plugins]\nx = plugin.impl:Impl\n[console_scripts]\np = plugin.cli:main\n")
    #expect(project.trace().modules() == ["app", "lib"])
    project.declarations = ["f": ["plugin"]]
    let traced = project.trace()
    #expect(traced.modules() == ["app", "lib", "plugin", "plugin.impl"])
    #expect(traced.files().contains("plugin-1.0.dist-info/entry_points.txt"))
  }

  @Test(arguments: [
    ("R = create('lib', 'plugins', entry_points=True)\nentry_points()", true),
    ("R = '.'.join(['lib', 'plugins'])\nentry_points()", true),
    ("R = create('lib', 'plugins')", false), ("R = create('lib', 'others')\nentry_points()", false),
    ("A = 'lib'\nB = 'plugins'", false),
    ("A = 'lib'\nentry_points(group=A + '_plugins')", true),
    ("entry_points(group=f'lib_{x}')", true), ("entry_points(group=f'bib_{x}')", false),
  ])
  func `an entry point group may be put together from constants`(_ code: String, _ isFound: Bool) {
    var project = library(["lib/__init__.py": code])
    project.install(
      "plugin", ["plugin/__init__.py": "", "plugin/impl.py": ""],
      entryPoints: "[lib_plugins]\nx = plugin.impl\n[lib.plugins]\nx = plugin.impl\n")
    project.declarations = ["f": ["plugin"]]
    #expect(project.trace().modules().contains("plugin.impl") == isFound)
  }

  /// https://packaging.python.org/en/latest/guides/creating-and-discovering-plugins/
  @Test(arguments: [
    ("pkgutil.iter_modules()", "m.name.startswith('shop_')", true),
    ("pkgutil.iter_modules()", "re.match('^shop_.+$', m.name)", true),
    ("pkgutil.iter_modules(path)", "m.name.startswith('shop_')", false),
    ("pkgutil.iter_modules()", "m.name.startswith('stop_')", false),
  ])
  func `plug-ins are found by the names of installed modules`(
    _ list: String, _ filter: String, _ isFound: Bool
  ) {
    var project = library([
      "lib/__init__.py":
        "import importlib, pkgutil\nfor m in \(list):\n  importlib.import_module(m)",
      "lib/names.py": "",
    ])
    project.source["app.py"] = "import lib\nok = lambda m: \(filter)"
    project.install("shop-tea", ["shop_tea/__init__.py": "", "shop_tea/more.py": ""])
    project.install("shopping", ["shopping.py": ""])
    #expect(project.trace().modules() == ["app", "lib"] + (isFound ? ["shop_tea"] : []))
  }

  @Test func `a distribution names plug-ins for a loader that it requires`() {
    var project = PythonProject(source: ["app.py": "import host, other"])
    project.install(
      "host", ["host.py": "import loader\nloader.scan('^host_.*')"], requires: ["loader"])
    project.install("other", ["other.py": "X = 'other_'"])
    project.install(
      "loader",
      ["loader.py": "import pkgutil\nfor m in pkgutil.iter_modules(): __import__(m.name)"])
    project.install("plugins", ["host_one.py": "", "other_one.py": ""])
    project.declarations = ["f": ["plugins"]]
    #expect(project.trace().modules() == ["app", "host", "host_one", "loader", "other"])
  }

  @Test func `names that are given to a chain below __name__ are relative`() {
    let traced = library([
      "lib/__init__.py": "Chain(__name__).add('sub.Class').add(path='deep.other.Class')",
      "lib/sub.py": "", "lib/deep/__init__.py": "", "lib/deep/other.py": "", "lib/idle.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.deep", "lib.deep.other", "lib.sub"])
  }

  @Test(arguments: [
    ("import_module(f'handlers.{name}')", ["handlers.*"]),
    ("import_module(f'missing.{name}')", ["missing.*"]),
    ("import_module(f'{__package__}.plug.{name}')", [".plug.*"]),
    ("import_module(f'full.{name}')", []), ("import_module(f'os.{name}')", []),
    ("import_module(f'handlers.{name}')  # pare: ignore", []), ("x = f'handlers.{name}'", []),
  ])
  func `a template of the team's own that matches nothing is a blind spot`(
    _ code: String, _ patterns: [String]
  ) {
    let traced = PythonProject(
      source: [
        "app.py": "import shop", "shop/__init__.py": code, "handlers/__init__.py": "",
        "full/__init__.py": "", "full/one.py": "",
      ]
    ).trace()
    #expect(
      traced.graph.blindSpots.map(\.bound)
        == patterns.map { "nothing that is here: no module matches '\($0)'" })
    #expect(traced.graph.blindSpots.allSatisfy { $0.expression.hasPrefix("import_module(f") })
  }

  @Test func `code in strings is followed`() {
    let traced = PythonProject(source: ["app.py": "exec('import a')", "a.py": ""]).trace()
    #expect(traced.modules() == ["a", "app"])
  }

  @Test func `a string that is an import statement is followed, whoever executes it`() {
    let traced = library([
      "lib/__init__.py": "run('from lib.settings import *', {})\nprint('import error: %s')",
      "lib/settings.py": "", "lib/other.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.settings"])
  }

  @Test func `a string that is a file beside the module is followed`() {
    let traced = library([
      "lib/__init__.py": "run(os.path.join(here, 'config.py'))", "lib/config.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.config"])
  }

  @Test func `generated code imports its neighbours as if they were at the top`() {
    let traced = library(["lib/__init__.py": "import a_pb2", "lib/a_pb2.py": ""]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.a_pb2"])
  }

  @Test func `a file that is data and a walked module is one of both`() {
    let traced = library([
      "lib/__init__.py": "import pkgutil, lib.sub\nfor m in pkgutil.iter_modules(__path__): pass",
      "lib/sub/__init__.py": "", "lib/sub/0001_initial.py": "",
    ]).trace()
    #expect(traced.files().filter { $0.hasSuffix("0001_initial.py") }.count == 1)
  }

  @Test func `packages of tests are not among what is walked`() {
    let traced = library([
      "lib/__init__.py": "import pkgutil\nfor m in pkgutil.walk_packages(__path__): pass",
      "lib/a.py": "", "lib/tests/__init__.py": "", "lib/tests/test_a.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib.a"])
  }

  @Test func `a blind spot is told with its expression`() {
    let traced = PythonProject(source: [
      "app.py": "import importlib, os\nimportlib.import_module(os.environ['X'])"
    ]).trace()
    #expect(traced.graph.blindSpots.map(\.place.line) == [2])
  }

  @Test func `comments settle blind spots and add imports`() {
    let traced = PythonProject(source: [
      "app.py":
        "import importlib, os\nimportlib.import_module(os.environ['X'])  # pare: ignore\n# pare: import a\n# pare: import zzz",
      "a.py": "",
    ]).trace()
    #expect(traced.graph.blindSpots.isEmpty)
    #expect(traced.edges(from: "app") == ["configured a"])
    #expect(traced.codes == ["unmatched-directive"])
  }

  @Test func `a word in first-party code names a plug-in only where its host loads such`() {
    var project = PythonProject(source: ["app.py": "APPS = ['plugin', 'word']"])
    project.install("plugin", ["plugin/__init__.py": "", "plugin/apps.py": ""], requires: ["host"])
    project.install("word", ["word/__init__.py": ""])
    let loader =
      "import importlib, os\ndef f(d):\n  for n in os.listdir(d): importlib.import_module(n)"
    project.install("host", ["host/__init__.py": loader])
    #expect(project.trace().modules() == ["app"])
    project.source["app.py"] = "APPS = ['plugin', 'word']\nimport host"
    #expect(project.trace().modules() == ["app", "host", "plugin", "plugin.apps"])
  }

  @Test func `a vendored distribution is found where its folder is put on the path`() {
    let traced = library([
      "lib/__init__.py": "import dep.x", "lib/_vendor/dep/__init__.py": "",
      "lib/_vendor/dep/x.py": "", "lib/_vendor/dep/y.py": "",
    ]).trace()
    #expect(traced.files().contains("lib/_vendor/dep/x.py"))
    #expect(!traced.files().contains("lib/_vendor/dep/y.py"))
  }

  @Test func `a relative string may name an attribute of a module`() {
    let traced = library([
      "lib/__init__.py": "X = ['._templates.templates', '.html']", "lib/_templates.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "lib", "lib._templates"])
  }

  @Test func `a subpackage that is opened as a folder gives its data`() {
    let traced = library([
      "lib/__init__.py": "import os\nD = os.path.join(os.path.dirname(__file__), 'grammars')",
      "lib/grammars/__init__.py": "", "lib/grammars/a.lark": "", "lib/grammars/b.py": "",
    ]).trace()
    #expect(traced.files().contains("lib/grammars/a.lark"))
    #expect(!traced.files().contains("lib/grammars/b.py"))
  }

  @Test func `a folder of scripts that first-party code names is kept where names are computed`() {
    let traced = PythonProject(source: [
      "app.py": "import importlib\nimportlib.import_module(f())\nD = 'migrations'",
      "migrations/env.py": "import dep", "migrations/versions/1_a.py": "", "dep.py": "",
      "migrations/x.mako": "",
    ]).trace()
    #expect(
      traced.files() == [
        "app.py", "dep.py", "migrations/env.py", "migrations/versions/1_a.py", "migrations/x.mako",
      ])
  }
}
