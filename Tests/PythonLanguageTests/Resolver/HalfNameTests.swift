import Model
import PythonLanguage
import Testing

/// Names of which the code has a part, and files that are named from afar.
@Suite struct HalfNameTests {
  private func modules(_ source: [String: String]) -> [String] {
    PythonProject(source: source).trace().modules()
  }

  @Test func `a name that only the run knows may be a neighbour's`() {
    let files = ["intake/__init__.py": "", "intake/steps.py": "", "intake/totals.py": ""]
    let call = "import importlib\nimportlib.import_module(event['step'])\n"
    #expect(
      modules(files.merging(["app.py": call + "from intake.steps import x"]) { $1 })
        == ["app", "intake", "intake.steps", "intake.totals"])
    // Nothing of the team's own is near.
    #expect(modules(files.merging(["app.py": call]) { $1 }) == ["app"])
    let inside = files.merging(["app.py": "import intake.steps", "intake/steps.py": call]) { $1 }
    #expect(modules(inside) == ["app", "intake", "intake.steps", "intake.totals"])
    let settled = inside.merging([
      "intake/steps.py": "import importlib\nimportlib.import_module(x)  # pare: ignore"
    ]) { $1 }
    #expect(modules(settled) == ["app", "intake", "intake.steps"])
  }

  @Test(arguments: [
    "import commands\nfrom lib import discover\ndiscover(commands)",
    "import shop.commands\nimport host\nhost.scan(package=shop.commands)",
  ])
  func `a package that is handed to somebody is kept whole`(_ code: String) {
    var project = PythonProject(source: [
      "app.py": code, "lib.py": "", "commands/__init__.py": "", "commands/ship.py": "",
      "shop/__init__.py": "", "shop/commands/__init__.py": "", "shop/commands/bill.py": "",
      "shop/other.py": "",
    ])
    project.install("host", ["host/__init__.py": "", "host/tools.py": ""])
    let kept = project.trace().modules()
    #expect(kept.contains("commands.ship") == code.hasPrefix("import commands"))
    #expect(kept.contains("shop.commands.bill") == code.hasPrefix("import shop"))
    #expect(!kept.contains("shop.other"))
  }

  @Test(arguments: [
    "import commands\nfrom importlib.resources import files\nfiles(commands)",
    "import commands\ngetattr(commands, 'x')", "import host\nprint(f(host))",
  ])
  func `who only reads a package that it is given keeps no more of it`(_ code: String) {
    var project = PythonProject(source: [
      "app.py": code, "commands/__init__.py": "", "commands/ship.py": "",
    ])
    project.install("host", ["host/__init__.py": "", "host/tools.py": ""])
    #expect(
      project.trace().modules().filter { $0.hasSuffix("ship") || $0.hasSuffix("tools") } == [])
  }

  @Test func `a folder by its path from a package is kept with its scripts`() {
    var project = PythonProject(source: ["app.py": "import host"])
    project.install(
      "host",
      [
        "host/__init__.py": "SCRIPTS = 'host:store/scripts'\nOTHER = 'host:none/at/all'",
        "host/store/__init__.py": "", "host/store/scripts/env.py": "",
        "host/store/scripts/a.ini": "", "host/other/env.py": "",
      ])
    let kept = project.trace().files().filter { $0.hasSuffix("env.py") || $0.hasSuffix("ini") }
    #expect(kept == ["host/store/scripts/a.ini", "host/store/scripts/env.py"])
  }

  @Test func `a package that makes its path itself has folders of its name elsewhere, too`() {
    var project = PythonProject(source: ["app.py": "import host.views"])
    project.install(
      "host",
      [
        "host/__init__.py": "", "host/views.py": "from host.plugins.shop import price",
        "host/plugins/__init__.py": "from host import paths\n__path__ = paths.PLUGINS",
        "host/plugins/shop/__init__.py": "__path__ = [p + name for p in parent.__path__]",
        "host/paths.py": "PLUGINS = []", "host/core/plugins/shop/price.py": "",
        "host/core/plugins/shop/other.py": "", "host/core/other.py": "",
      ])
    #expect(
      project.trace().files().filter { $0.contains("core") } == ["host/core/plugins/shop/price.py"])
  }

  @Test(arguments: [
    "importlib.import_module('.' + name, __name__)",
    "importlib.import_module(f'.{name}', __package__)",
    "importlib.import_module(f'{__name__}.{name}')",
  ])
  func `a relative name that only the run knows keeps the package`(_ code: String) {
    #expect(
      modules([
        "app.py": "import jobs", "jobs/__init__.py": "import importlib\n\(code)",
        "jobs/weekly.py": "", "other/__init__.py": "",
      ]) == ["app", "jobs", "jobs.weekly"])
  }

  @Test(arguments: [
    "f'job_{name}'", "'job_' + name", "'{}_weekly'.format(name)", "'%s_weekly' % name",
  ])
  func `a name with a hole and no dot is a module at the top`(_ name: String) {
    let traced = PythonProject(source: [
      "app.py": "import importlib\nimportlib.import_module(\(name))", "job_weekly.py": "",
      "jobs.py": "", "other.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "job_weekly"])
    #expect(traced.graph.blindSpots.isEmpty)
  }

  @Test func `a head that something is put behind is a name with a hole`() {
    let files = [
      "shop/__init__.py": "", "shop/settings/__init__.py": "", "shop/settings/prod.py": "import db",
      "db.py": "", "shop/other.py": "",
    ]
    for code in [
      "os.environ['X'] = 'shop.settings.' + os.environ.get('STAGE', 'prod')",
      "config.from_object(f'shop.settings.{stage}:Config')",
    ] {
      #expect(
        modules(files.merging(["app.py": code]) { $1 }) == [
          "app", "db", "shop", "shop.settings", "shop.settings.prod",
        ])
    }
    #expect(modules(files.merging(["app.py": "x.startswith('shop.settings.')"]) { $1 }) == ["app"])
  }

  @Test func `a distribution's head is put in front of names in the team's configuration`() {
    var project = PythonProject(source: [
      "app.py": "import kedro; open('catalog.yml'); x = 'text.Lines'",
      "catalog.yml": "orders:\n  type: pandas.CSVDataset\n",
    ])
    project.install(
      "kedro", ["kedro/__init__.py": "PACKAGES = ['kedro.io.', 'kedro_datasets.', '']"])
    project.install(
      "kedro-datasets",
      [
        "kedro_datasets/__init__.py": "", "kedro_datasets/pandas/__init__.py": "",
        "kedro_datasets/text.py": "", "kedro_datasets/spark.py": "",
      ])
    #expect(
      project.trace().modules() == [
        "app", "kedro", "kedro_datasets", "kedro_datasets.pandas", "kedro_datasets.text",
      ])
  }

  @Test func `a class of a module at the top is named by its path, an event is not`() {
    let files = ["logs.py": "", "orders.py": ""]
    #expect(
      modules(files.merging(["app.py": "X = ['logs.JsonFormatter', 'orders.created']"]) { $1 })
        == ["app", "logs"])
    let importing = "import importlib\nimportlib.import_module(f(x))\nX = 'orders.created'"
    #expect(modules(files.merging(["app.py": importing]) { $1 }) == ["app", "orders"])
  }

  @Test func `who is given a package's own folder lists it`() {
    var project = PythonProject(source: ["app.py": "import lint.checkers"])
    project.install(
      "lint",
      [
        "lint/__init__.py": "", "lint/utils.py": "", "lint/checkers/names.py": "",
        "lint/checkers/__init__.py": "from lint.utils import register\nregister(1, __path__[0])",
      ])
    #expect(project.trace().modules().contains("lint.checkers.names"))
    project.installed["lint/checkers/__init__.py"] = "__path__ = extend_path(__path__, __name__)"
    #expect(!project.trace().modules().contains("lint.checkers.names"))
  }

  @Test func `an entry point in a string names its module`() {
    let files = [
      "shop/__init__.py": "", "shop/csv.py": "", "shop/xml.py": "", "shop/json.py": "",
      "app.py":
        "import shop\nX = ['csv = shop.csv:Writer', 'xml=shop.xml:Writer [fast]', 'a = shop.json']",
    ]
    #expect(modules(files) == ["app", "shop", "shop.csv", "shop.xml"])
  }

  @Test func `text that code looks for is no code`() {
    var project = PythonProject(source: ["app.py": "'import numpy' in text"])
    project.install("numpy", ["numpy/__init__.py": ""])
    #expect(project.trace().modules() == ["app"])
  }

  // MARK: Files

  @Test func `a file that kept configuration names by its path is kept`() {
    let traced = PythonProject(source: [
      "app.py": "open('suites/a.robot')",
      "suites/a.robot": "Resource    ../resources/shop.resource\nVariables ./vars/stage.py\n",
      "resources/shop.resource": "Library  shop.ShopLibrary\n", "suites/vars/stage.py": "import db",
      "db.py": "", "shop.py": "", "resources/other.txt": "",
    ]).trace()
    #expect(
      traced.files() == [
        "app.py", "db.py", "resources/shop.resource", "shop.py", "suites/a.robot",
        "suites/vars/stage.py",
      ])
  }

  @Test func `a path below where the provider puts the archive is the archive's`() {
    let traced = PythonProject(source: [
      "app.py": "open('/var/task/lookup/rates.csv')", "lookup/rates.csv": "", "lookup/b.csv": "",
    ]).trace()
    #expect(traced.files() == ["app.py", "lookup/rates.csv"])
  }

  @Test func `a folder of data alone can be asked for resources, and be imported`() {
    let files = ["assets/img/a.svg": "", "assets/b.txt": "", "other/c.txt": ""]
    for code in [
      "from importlib.resources import files\nfiles('assets.img')", "import assets.img",
    ] {
      let traced = PythonProject(source: files.merging(["app.py": code]) { $1 }).trace()
      #expect(traced.files() == ["app.py", "assets/img/a.svg"])
      #expect(traced.codes == [])
    }
  }

  @Test func `a package that is named where resources are read stays a package`() {
    let files = ["shop/__init__.py": "import db", "shop/a.sql": "", "db.py": ""]
    let word = PythonProject(source: files.merging(["app.py": "X = 'shop'"]) { $1 }).trace()
    #expect(word.files() == ["app.py", "shop/__init__.py", "shop/a.sql"])
    let read = "from importlib.resources import files\nX = 'shop'\nfiles(X)"
    #expect(
      PythonProject(source: files.merging(["app.py": read]) { $1 }).trace()
        .files() == ["app.py", "db.py", "shop/__init__.py", "shop/a.sql"])
  }

  @Test func `modules that are loaded from a folder with a dot in its name are followed`() {
    let traced = PythonProject(source: [
      "app.py":
        "import runpy\nfor p in os.listdir(os.path.join(here, 'steps.d')): runpy.run_path(p)",
      "steps.d/10_first.py": "import db", "db.py": "",
    ]).trace()
    #expect(traced.files() == ["app.py", "db.py", "steps.d/10_first.py"])
  }

  @Test func `what is vendored is found, and nothing is said of it`() {
    let traced = PythonProject(source: [
      "app.py": "sys.path.insert(0, os.path.join(here, 'vendor'))\nimport tea\nimport coffee",
      "vendor/tea/__init__.py": "import db", "db.py": "",
    ]).trace()
    #expect(traced.files() == ["app.py", "db.py", "vendor/tea/__init__.py"])
    #expect(traced.codes == ["unresolved-import"])
  }

  @Test func `a dot file is shipped where a path leads to it, one with secrets is not`() {
    let files = [".tea.yaml": "", ".env": "", ".env.prod": "", ".other": "", "shop/.tea": ""]
    let code = """
      open(os.path.join(here, '.tea.yaml')); open(os.path.join(here, '.env'))
      open(Path(here) / '.env.prod')
      """
    let traced = PythonProject(source: files.merging(["app.py": code]) { $1 }).trace()
    #expect(traced.files() == [".tea.yaml", "app.py"])
    #expect(traced.codes == ["secret-file", "secret-file"])
    let inside = [
      "app.py": "import shop", "shop/__init__.py": "open(os.path.join(here, '.tea'))",
    ]
    #expect(
      PythonProject(source: files.merging(inside) { $1 }).trace().files()
        == ["app.py", "shop/.tea", "shop/__init__.py"])
  }
}
