import Model
import PythonLanguage
import Testing

/// Names of modules that are put together from what stands elsewhere.
struct ComputedNameTests {
  private static let jobs = [
    "jobs/__init__.py": "", "jobs/mailer.py": "", "jobs/backup.py": "", "other.py": "",
    "conf.py": "FOLDER = 'jobs'\nclass Conf: folder = 'jobs'\ndef folder(): return 'jobs'",
  ]

  private func modules(_ app: String, _ files: [String: String] = jobs) -> [String] {
    PythonProject(source: files.merging(["app.py": app]) { $1 }).trace().modules()
  }

  @Test(arguments: [
    "from conf import FOLDER\nimport_module(FOLDER + '.' + event['k'])",
    "from conf import Conf\nimport_module(f'{Conf.folder}.{name}')",
    "import conf\nimport_module('%s.%s' % (conf.folder(), name))",
    "import conf\ndef f(self): import_module(self.folder + '.' + name)",
    "import conf, os\nimport_module(os.environ.get('PKG', 'jobs') + '.' + name)",
    "import conf\nparts = ['jobs']\nif x: parts.append(name)\nimport_module('.'.join(parts))",
  ])
  func `whatever package is meant, what stands below it is kept`(_ app: String) {
    #expect(modules(app) == ["app", "conf", "jobs", "jobs.backup", "jobs.mailer"])
  }

  @Test(arguments: [
    "n = 'jobs'; n += '.mailer'\nimport_module(n)",
    "n = ['jobs']\nn.append('mailer')\nimport_module('.'.join(n))",
    "def load(n): import_module('jobs.mailer' if n else '')",
    "c = {}\nc['k'] = 'mail' + 'er'\nimport_module('jobs.' + c['k'])",
  ])
  func `a name that changes is followed to the one that it ends as`(_ app: String) {
    #expect(modules(app) == ["app", "jobs", "jobs.mailer"])
  }

  @Test func `what is called by another file keeps the team's packages that strings name`() {
    let files = Self.jobs.merging([
      "run.py": "def load(p, n): return import_module(p + '.' + n)"
    ]) { $1 }
    #expect(
      modules("from run import load\nload('jobs', 'mailer')", files)
        == ["app", "jobs", "jobs.backup", "jobs.mailer", "run"])
  }

  @Test func `a wrapper around an import loads what the file gives it`() {
    var project = PythonProject(
      source: ["app.py": "def load(name): return import_module(name)\nload('needed')"])
    project.installed = [
      "needed/__init__.py": "", "needed/sub.py": "", "needed-1.dist-info/METADATA": "Name: needed",
      "needed-1.dist-info/RECORD": "needed/__init__.py,,\nneeded/sub.py,,\n",
    ]
    #expect(project.trace().modules() == ["app", "needed"])
    project.source = [
      "app.py": """
      def lazy(name):
        spec = importlib.util.find_spec(name)
        spec.loader = importlib.util.LazyLoader(spec.loader)
        return importlib.util.module_from_spec(spec)
      sub = lazy("needed.sub")
      """
    ]
    #expect(project.trace().modules() == ["app", "needed", "needed.sub"])
  }

  @Test func `a package that is run is run by its main module`() {
    let files = Self.jobs.merging(["jobs/__main__.py": ""]) { $1 }
    #expect(
      modules("runpy.run_module('jobs')", files) == ["app", "jobs", "jobs.__main__"])
  }

  @Test(arguments: [
    "_K = ('one', 'two')\n__all__ = [f'c_{k}' for k in _K]",
    "__all__ = []\nfor k in ('one', 'two'): __all__.append('c_' + k)",
    "__all__ = ['c_' + 'one']\n__all__ += ['c_' + x for x in get()]",
    "__all__ = list(get())",
    "__all__: list = [f'c_{k}' for k in get()]",
  ])
  func `a list of exports that is put together names submodules`(_ listing: String) {
    let files = ["calc/__init__.py": listing, "calc/c_one.py": "", "calc/c_two.py": ""]
    #expect(modules("from calc import *", files) == ["app", "calc", "calc.c_one", "calc.c_two"])
    #expect(modules("import calc", files) == ["app", "calc"])
  }

  @Test(arguments: [
    "from . import core\n__all__ = core.__all__ + ['x']", "__all__ = [n for n in dir() if x(n)]",
  ])
  func `what is listed because it is there already imports nothing`(_ listing: String) {
    let files = ["calc/__init__.py": listing, "calc/core.py": "", "calc/other.py": ""]
    #expect(!modules("from calc import *", files).contains("calc.other"))
  }

  @Test(arguments: [
    ("x = 'ex.' + name", ["template ex.*"]), ("x = 'ex.' + name + '()'", []),
    ("x = 'ex.' + name + ' failed'", []), ("x = 'ex.' + name + ':App'", ["template ex.*"]),
    ("x = 'ex.' + name + '.mod'", ["template ex.*.mod"]),
    ("x = 'ex.' + f(a + 'b c')", ["template ex.*"]), ("x = ('ex.' + a, ' c')", ["template ex.*"]),
    ("x = 'ex.' + '%s ' % a", ["template ex.*"]), ("x = 'ex.' + a + b'x'[0]", ["template ex.*"]),
  ])
  func `the end of a sum decides whether it can be a name`(_ source: String, _ expected: [String]) {
    #expect(asks(source, without: [.literal, .path]) == expected)
  }

  @Test(arguments: [
    ("NEW = sys.version_info >= (3, 8)", true),
    ("NEW = sys.version_info >= (3, 8)\nif x: NEW = True", false),
    ("NEW = sys.version_info >= (3, 8)\ndef f():\n  global NEW\n  NEW = get()", false),
    ("NEW = sys.version_info >= (3, 8)\nfor NEW in x: pass", false),
    ("NEW = sys.version_info >= (3, 8)\nNEW |= x", false),
    ("NEW = sys.version_info >= (3, 8)\nfrom x import *", false),
    ("NEW = sys.version_info >= (3, 8)\nexec(code)", false),
  ])
  func `a condition is what its name stands for, as long as nothing else is`(
    _ source: String, _ isDecided: Bool
  ) {
    for use in ["if NEW: import a", "def f():\n  if NEW: import a"] {
      #expect((scan(source + "\n" + use).requests.last?.guardIndex != nil) == isDecided)
    }
    let shadowed = scan(source + "\ndef f(NEW):\n  if NEW: import a")
    #expect(shadowed.requests.last?.guardIndex == nil)
  }
}
