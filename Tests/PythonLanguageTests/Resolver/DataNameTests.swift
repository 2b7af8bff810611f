import Model
import PythonLanguage
import Testing

/// Modules that data files name, and data files that strings name by a pattern.
@Suite struct DataNameTests {
  @Test func `configuration that is kept keeps the team's modules that it names`() {
    let traced = PythonProject(source: [
      "app.py": "open('api.yaml'); open('logging.json')",
      "api.yaml": "paths:\n  /items:\n    operationId: items.show\n    x: shop.example.com\n",
      "logging.json": "{\"()\": \"shop.logs.Handler\", \"ext\": \"shop.stream:make\"}",
      "items.py": "def show(): import shop.prices", "shop/__init__.py": "", "shop/logs.py": "",
      "shop/stream.py": "", "shop/prices.py": "", "shop/unused.py": "",
    ]).trace()
    #expect(
      traced.modules() == ["app", "items", "shop", "shop.logs", "shop.prices", "shop.stream"])
  }

  @Test func `any text can be configuration, whatever its suffix, and prose is none`() {
    let traced = PythonProject(source: [
      "app.py": "open('main.ledger'); open('README.md'); open('plugins'); open('a.bin')",
      "main.ledger": "plugin \"shop.rules\"\n", "README.md": "see shop.prose",
      "plugins": "shop.more\n", "a.bin": "\0shop.binary", "shop/__init__.py": "",
      "shop/rules.py": "", "shop/prose.py": "",
      "shop/more.py": "", "shop/binary.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "shop", "shop.more", "shop.rules"])
  }

  @Test(arguments: [("from pydoc import locate\nlocate(x)", true), ("", false)])
  func `a table names modules for code that imports what it computes`(
    _ code: String, _ isFound: Bool
  ) {
    let traced = PythonProject(source: [
      "app.py": "open('columns.csv')\n" + code, "columns.csv": "a,shop.money.cents\n",
      "shop/__init__.py": "", "shop/money.py": "",
    ]).trace()
    #expect(traced.modules().contains("shop.money") == isFound)
  }

  @Test func `a tag in front of a name is no part of it`() {
    let traced = PythonProject(source: [
      "app.py": "open('site.yml')", "name/__init__.py": "", "shop/__init__.py": "",
      "shop/emoji.py": "",
      "site.yml": "index: !!python/name:shop.emoji.svg\nother: !!python/object/apply:name\n",
    ]).trace()
    #expect(traced.modules() == ["app", "shop", "shop.emoji"])
  }

  @Test func `configuration that nothing reads names nothing`() {
    let traced = PythonProject(source: [
      "app.py": "", "api.yaml": "operationId: items.show\n", "items.py": "",
    ]).trace()
    #expect(traced.modules() == ["app"])
  }

  @Test func `of a distribution a word in configuration names nothing, a module below it does`() {
    var project = PythonProject(source: [
      "app.py": "open('a.toml')", "a.toml": "x = 'requests.get'\ny = 'requests.hooks.run'\n",
    ])
    project.install(
      "requests", ["requests/__init__.py": "", "requests/hooks.py": "", "requests/api.py": ""])
    #expect(project.trace().modules() == ["app", "requests", "requests.hooks"])
    project.source["a.toml"] = "x = 'requests.get'\n"
    #expect(project.trace().modules() == ["app"])
  }

  @Test func `a pickle of the team's own keeps the modules of what is in it`() {
    var project = PythonProject(source: [
      "app.py": "import joblib\njoblib.load('churn.pkl')", "churn.pkl": "(csklearn.tree\nTree\n.",
    ])
    project.install("joblib", ["joblib/__init__.py": ""])
    project.install(
      "sklearn",
      ["sklearn/__init__.py": "", "sklearn/tree.py": "import sklearn.base", "sklearn/base.py": ""])
    #expect(
      project.trace().modules() == [
        "app", "joblib", "sklearn", "sklearn.base", "sklearn.tree",
      ])
  }

  @Test func `pickles of a distribution are read where it loads such`() {
    var project = PythonProject(source: ["app.py": "import babel"])
    project.install(
      "babel",
      [
        "babel/__init__.py": "from . import data", "babel/data.py": "import pickle",
        "babel/dates.py": "", "babel/root.dat": "(cbabel.dates\nFormat\n.",
      ])
    #expect(project.trace().modules().contains("babel.dates"))
    project.installed["babel/data.py"] = "import json"
    #expect(!project.trace().modules().contains("babel.dates"))
  }

  private func modules(inPickle bytes: [UInt8], _ name: String = "m.pkl") -> [String] {
    let facts = PythonLanguage().scan(bytes.span, path: RelativePath(name), role: .data)
    return facts.requests.map { facts.string($0.name) }
  }

  @Test func `classes in a pickle of protocol 4 are found, other texts are not`() {
    // pickletools.dis: SHORT_BINUNICODE, MEMOIZE, SHORT_BINUNICODE, MEMOIZE, STACK_GLOBAL
    var bytes: [UInt8] = [0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0]
    func text(_ string: String) -> [UInt8] {
      [0x8C, UInt8(string.utf8.count)] + string.utf8 + [0x94]
    }
    bytes += text("shop.models") + text("Order") + [0x93, 0x94]
    // Raw numbers of an array, then a class whose name was there before.
    bytes += [0, 0x8C, 200, 1, 2, 3] + text("name.of.nothing") + text("value") + [0x94]
    bytes += text("shop.rates") + [UInt8(ascii: "h"), 1, 0x93]
    #expect(modules(inPickle: bytes) == ["shop.models", "shop.rates"])
    #expect(modules(inPickle: Array("no pickle: cshop.models\nX\n".utf8)) == [])
  }

  @Test func `a compressed pickle is read too`() {
    // zlib.compress(b"\x80\x02cshop.models\nOrder\nq\x00.", 6) and gzip.compress of the same
    let zlib: [UInt8] = [
      0x78, 0x9C, 0x6B, 0x60, 0x4A, 0x2E, 0xCE, 0xC8, 0x2F, 0xD0, 0xCB, 0xCD, 0x4F, 0x49, 0xCD,
      0x29, 0xE6, 0xF2, 0x2F, 0x4A, 0x49, 0x2D, 0xE2, 0x2A, 0x64, 0xD0, 0x03, 0x00, 0x6B, 0x25,
      0x08, 0x01,
    ]
    #expect(modules(inPickle: zlib, "m.joblib") == ["shop.models"])
    let gzip: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x6B, 0x60, 0x4A, 0x2E, 0xCE,
      0xC8, 0x2F, 0xD0, 0xCB, 0xCD, 0x4F, 0x49, 0xCD, 0x29, 0xE6, 0xF2, 0x2F, 0x4A, 0x49, 0x2D,
      0xE2, 0x2A, 0x64, 0xD0, 0x03, 0x00, 0x92, 0x29, 0xC9, 0x47, 0x18, 0x00, 0x00, 0x00,
    ]
    #expect(modules(inPickle: gzip, "m.joblib") == ["shop.models"])
  }

  @Test(arguments: [
    "glob.glob(here + '/sql/*.sql')", "open(f'{here}/sql/{name}.sql')",
    "open('%s/sql/%s.sql' % (here, name))", "open('{}/sql/{}.sql'.format(here, name))",
    "glob.glob('sql/*.sql')", "glob.glob('**/a*.sql')", "Path(__file__).parent.rglob('*.sql')",
    "open(here + '/sql/a.sql')",
  ])
  func `a pattern keeps the files that fit it`(_ code: String) {
    let traced = PythonProject(source: [
      "app.py": code, "sql/a.sql": "", "sql/.hidden.sql": "", "sql/a.txt": "", "other/b.txt": "",
      "shop/__init__.py": "", "shop/c.sql": "",
    ]).trace()
    #expect(traced.files() == ["app.py", "sql/a.sql"])
  }

  @Test func `a distribution's code keeps a file of its own that it names by its path`() {
    var project = PythonProject(source: ["app.py": "import maps"])
    project.install(
      "maps",
      [
        "maps/__init__.py": "get_data('maps', 'data/a.json'); 'text/x.html'; 'other/b.json'",
        "maps/data/__init__.py": "", "maps/data/a.json": "", "maps/more/__init__.py": "",
        "maps/more/c.json": "",
      ])
    project.install("other", ["other/__init__.py": "", "other/b.json": ""])
    let files = project.trace().files()
    #expect(files.contains("maps/data/a.json"))
    #expect(!files.contains("maps/more/c.json") && !files.contains("other/b.json"))
  }

  @Test(arguments: ["f'{a}/{b}'", "f'/{a}'", "'*'", "'*/*'", "f'{a}: {b}/sql/x.sql'"])
  func `what is open everywhere names nothing`(_ code: String) {
    let traced = PythonProject(source: ["app.py": code, "sql/a.sql": "", "b.txt": ""]).trace()
    #expect(traced.files() == ["app.py"])
  }
}
