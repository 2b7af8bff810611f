import Model
import Testing

/// Optional imports of what a function does not declare, and whether its code calls what leads there.
struct CalledImportTests {
  private func ships(
    _ app: String, _ a: [String: String]
  ) -> Bool {
    var project = PythonProject()
    project.source["app.py"] = app
    project.source["other.py"] = "import bb\n"
    project.handlers = ["f": "app", "g": "other"]
    project.install("a", a, requires: ["bb; extra == \"x\""])
    project.install("bb", ["bb/__init__.py": ""])
    return project.trace().modules().contains("bb")
  }

  /// pandas: `read_excel` → `ExcelFile` → a table of readers, each of which needs something.
  private let tables = [
    "a/__init__.py": "from .io import read_excel, read_csv",
    "a/io.py": """
    from .readers import Excel, Fast, Plain
    class File:
      _engines = {"x": Excel}
      def __init__(self, path, engine=None):
        self._reader = self._engines[engine](path)
      def parse(self):
        return self._reader.read()
    def read_excel(path, engine=None):
      return File(path, engine).parse()
    def read_csv(path, engine="c"):
      mapping = {"c": Plain, "b-engine": Fast}
      return mapping[engine](path).read()
    """,
    "a/readers.py": """
    from .compat import import_optional
    class Base:
      def read(self): return self.load()
    class Excel(Base):
      def __init__(self, path): import_optional("bb")
    class Fast(Base):
      def load(self): import bb
    class Plain(Base):
      def load(self): return 1
    """,
    "a/compat.py":
      "import importlib\ndef import_optional(name): return importlib.import_module(name)",
  ]

  @Test(arguments: [
    ("import a\ndef handler(e, c): return a.read_excel('x')", true),
    ("from a import read_excel as r\ndef handler(e, c): return r('x')", true),
    ("import a as z\nz.read_excel('x')", true),
    ("import a\ndef handler(e, c): return a.read_csv('x')", false),
    ("import a\na.read_csv('x', engine='b-engine')", true),
    ("import a\ndef handler(e, c): return a.other('x')", false),
    ("from a.io import File\nFile('x')", true),
  ])
  func `a table whose every entry needs something is used; one that chooses, by the word`(
    _ app: String, _ isShipped: Bool
  ) {
    #expect(ships(app, tables) == isShipped)
  }

  @Test(arguments: [
    ("Client(http2=True)", true), ("Client()", false), ("Client(http2=False)", false),
    ("Client(http2=flag)", true),
  ])
  func `what a parameter asks for is needed where it is given`(_ call: String, _ isShipped: Bool) {
    let a = [
      "a/__init__.py": """
      class Client:
        def __init__(self, http2: bool = False):
          if http2:
            try:
              import bb
            except ImportError:
              raise ImportError("no b") from None
      """
    ]
    #expect(ships("import a\na.\(call)", a) == isShipped)
  }

  @Test(arguments: [("Response(1)", true), ("Plain(1)", false)])
  func `a name that is bound by an optional import is needed by who cannot do without it`(
    _ call: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      try:
        import bb
      except ImportError:
        bb = None
      class Response:
        def render(self, content):
          assert bb is not None, "b must be installed"
          return bb.dumps(content)
        def __init__(self, content): self.body = self.render(content)
      class Plain:
        def __init__(self, content):
          if bb: self.body = bb.dumps(content)
      """
    ]
    #expect(ships("import a\na.\(call).body", a) == isShipped)
  }

  @Test(arguments: [("a.write('x')", true), ("a.read('x')", false)])
  func `what registers itself is found by what keeps it`(_ call: String, _ isShipped: Bool) {
    let a = [
      "a/__init__.py": """
      from .registry import register, write
      class Writer:
        def save(self): import bb
      register(Writer)
      def read(x): return x
      """,
      "a/registry.py": """
      _writers = {}
      def register(kind): _writers[kind.__name__] = kind
      def write(x): return _writers["Writer"]().save()
      """,
    ]
    #expect(ships("import a\n\(call)", a) == isShipped)
  }

  @Test func `a method is called on what is instantiated`() {
    let a = [
      "a/__init__.py": """
      class Frame:
        def to_parquet(self, path): import bb
        def to_csv(self, path): return path
      class Other:
        def to_parquet(self): pass
      """
    ]
    #expect(ships("import a\na.Frame().to_parquet('x')", a))
    #expect(!ships("import a\na.Frame().to_csv('x')", a))
    #expect(!ships("import a\na.Other().to_parquet()", a))
  }

  @Test(arguments: ["is True", "is not None", ""])
  func `a parameter may be asked in several ways`(_ question: String) {
    let a = ["a/__init__.py": "def task(fast=None):\n  if fast \(question):\n    import bb"]
    #expect(ships("import a\na.task(fast=True)", a))
    #expect(!ships("import a\na.task()", a))
  }

  @Test func `a module that a word names is meant`() {
    let a = [
      "a/__init__.py": "TABLE = {'bees': 'a.bees:Transport'}\nimport importlib\n"
        + "def load(name): return importlib.import_module(TABLE[name])",
      "a/bees.py": "import bb\nclass Transport: pass",
    ]
    #expect(ships("import a\na.load('bees://x')", a))
    #expect(!ships("import a\na.load('cats://x')", a))
  }

  @Test func `a module that needs it is needed where a called function imports it`() {
    let a = [
      "a/__init__.py": "def connect():\n  from .driver import run\n  run()\ndef idle(): pass",
      "a/driver.py": "import bb\ndef run(): pass",
    ]
    #expect(ships("import a\na.connect()", a))
    #expect(!ships("import a\na.idle()", a))
  }

  @Test(arguments: [("Owner().run()", true), ("Other().run()", false), ("Heir().run()", true)])
  func `what 'self' asks for is a method of the same family`(_ call: String, _ isShipped: Bool) {
    let a = [
      "a/__init__.py": """
      class Owner:
        def run(self): return self.load()
        def load(self): import bb
      class Heir(Owner): pass
      class Other:
        def run(self): return self.load()
        def load(self): return 1
      """
    ]
    #expect(ships("import a\na.\(call)", a) == isShipped)
  }

  @Test(arguments: [("a.f(a.Fast())", true), ("a.f(1)", false)])
  func `what is asked of an object's class waits until there is one`(
    _ call: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      class Fast: pass
      def f(x):
        if isinstance(x, (Fast,)) and x:
          return g()
      def g(): import bb
      """
    ]
    #expect(ships("import a\n\(call)", a) == isShipped)
  }

  @Test(arguments: [
    ("a.f('b', 'c')", true), ("a.f('b', 'x')", false), ("a.f('x', 'c')", false),
  ])
  func `conditions around each other hold together`(_ call: String, _ isShipped: Bool) {
    let a = [
      "a/__init__.py": """
      def f(x, y):
        if x == "b":
          if y == "c":
            import bb
      """
    ]
    #expect(ships("import a\n\(call)", a) == isShipped)
  }

  @Test(arguments: [("a.use()", true), ("a.idle()", false), ("a.guarded()", false)])
  func `a name that nothing else binds is needed by whoever uses it`(
    _ call: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      try:
        import bb
        HAS = True
      except ImportError:
        pass
      def use(): return bb.dumps(1)
      def idle(): return 1
      def guarded():
        if HAS:
          return bb.dumps(1)
      """
    ]
    #expect(ships("import a\n\(call)", a) == isShipped)
  }

  @Test(arguments: [("a.get('EdDSA')", true), ("a.get('HS256')", false)])
  func `a word that is only there where the import succeeds needs it`(
    _ call: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      try:
        from bb import Key
        has_crypto = True
      except ImportError:
        has_crypto = False
      def algorithms():
        known = {"HS256": 1}
        if has_crypto:
          known.update({"EdDSA": Key()})
        return known
      def get(name): return algorithms()[name]
      """
    ]
    #expect(ships("import a\n\(call)", a) == isShipped)
  }

  @Test(arguments: [
    ("a.load({'kind': 'RedisCache'})", true), ("a.load({'kind': 'Nothing'})", false),
    ("a.load({}).to_bb()", true), ("a.load('a.RedisCache')", true),
  ])
  func `a class is named by its name alone, and a library by a method's`(
    _ call: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      class RedisCache:
        def __init__(self):
          try:
            import bb
          except ImportError as error:
            raise RuntimeError("no bb") from error
      def load(options): return import_string(options["kind"])
      """
    ]
    #expect(ships("import a\n\(call)", a) == isShipped)
  }

  @Test func `a documentation is not called`() {
    let a = [
      "a/__init__.py": """
      class Base:
        def plot(self): import bb
      class Frame:
        @doc(Base.plot.__doc__)
        def other(self): return 1
      """
    ]
    #expect(!ships("import a\na.Frame().other()", a))
  }

  @Test func `a string is a name to import where it is handed to what imports`() {
    let a = [
      "a/__init__.py": """
      import importlib
      def load(name): return importlib.import_module(name)
      def check(x): return x.__module__ == "bb"
      def use(): return load("bb")
      """
    ]
    #expect(ships("import a\na.use()", a))
    #expect(!ships("import a\na.check(1)", a))
  }

  @Test func `far away a name says nothing`() {
    let steps = (1...12).map { "def f\($0)(): return f\($0 + 1)()" }.joined(separator: "\n")
    let a = ["a/__init__.py": "\(steps)\ndef f13(): import bb"]
    #expect(!ships("import a\na.f1()", a))
    #expect(ships("import a\na.f9()", a))
  }

  @Test(arguments: [
    // What says whether the library is there says no.
    ("if HAS_BB:", false), ("if BB_INSTALLED and x:", false), ("if find_spec(\"bb\"):", false),
    ("if is_of(x, \"bb.core\", \"Table\"):", false), ("if FAST_PATH:", true),
    // Nobody has made an object of it, and nobody can.
    ("if isinstance(x, bb.Table):", false), ("if (isinstance(x, bb.Table) and x.ok):", false),
    ("if isinstance(x, Barred):", false), ("if isinstance(x, Made):", true),
    // The team's own code has no coroutines.
    ("if iscoroutinefunction(x):", false), ("if inspect.iscoroutinefunction(x):", false),
    ("if x:", true),
  ])
  func `what stands below a test that fails without the library does not need it`(
    _ test: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      from .compat import HAS_BB, BB_INSTALLED, FAST_PATH
      try:
        import bb
      except ImportError:
        bb = None
      class Made: pass
      class Barred:
        def __init__(self):
          if old: raise ImportError("bb>=2 is required")
      def pick(x):
        Made()
        return Barred
      def use(x):
        pick(x)
        \(test)
          return load()
      def load():
        import bb
        return bb
      """,
      "a/compat.py": "HAS_BB = BB_INSTALLED = FAST_PATH = True",
    ]
    #expect(ships("import a\ndef handler(e, c): return a.use(1)", a) == isShipped)
  }

  @Test(arguments: [
    ("async def job(): pass\n", true), ("def job(): pass\n", false),
  ])
  func `a function that is async is one that the team's own code has`(
    _ job: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      def run(f):
        if inspect.iscoroutinefunction(f):
          import bb
          return bb.run(f)
        return f()
      """
    ]
    #expect(ships("import a\n" + job + "def handler(e, c): return a.run(job)", a) == isShipped)
  }

  @Test(arguments: [
    ("a.read_table('x')", true), ("a.read_plain('x')", false), ("a.open('x')", false),
  ])
  func `a parameter's default is what is chosen where the function is called by its name`(
    _ call: String, _ isShipped: Bool
  ) {
    let a = [
      "a/__init__.py": """
      def pick(engine):
        if engine == "auto":
          return Fast()
        return None
      class Fast:
        def __init__(self):
          import bb
      def read_table(path, engine="auto"): return pick(engine)
      def read_plain(path, engine="plain"): return pick(engine)
      def open(path): return read_table(path, "plain")
      """
    ]
    #expect(ships("import a\ndef handler(e, c): return \(call)", a) == isShipped)
  }

  @Test(arguments: [
    ("'string[bb]'", true), ("'string[xx]'", false), ("'see [bb]'", false), ("'x[bb'", false),
  ])
  func `a word in brackets names who keeps something`(_ text: String, _ isShipped: Bool) {
    let a = ["a/__init__.py": "def cast(kind):\n  try: import bb\n  except ImportError: pass"]
    #expect(ships("import a\ndef handler(e, c): return a.cast(\(text))", a) == isShipped)
  }

  @Test(.timeLimit(.minutes(1)))
  func `packages whose modules import all from each other are asked once for a name`() {
    let count = 60
    var modules = ["a/__init__.py": "from .m0 import *\ndef start(): return x()\n"]
    for i in 0..<count {
      let all = (0..<count).map { "from .m\($0) import *\n" }.joined()
      modules["a/m\(i).py"] = """
        try:
          from .m\((i + 1) % count) import x, y
        except ImportError:
          from .m\((i + 2) % count) import x, y
        \(all)
        def f\(i)(): return y()
        """
    }
    modules["a/m7.py", default: ""] += "\nfrom .end import x\n"
    modules["a/end.py"] = "def x():\n  import bb\n"
    #expect(ships("import a\na.start()\n", modules))
    #expect(!ships("import a\na.f3()\n", modules))
  }

  @Test(arguments: [
    ("if is_bb(x):\n    import bb", false),
    ("if not is_bb(x): return x\n  import bb", false),
    ("if x is None and _has_bb(): import bb", false),
    ("if bb_available: import bb", false),
    ("if fast: import bb", false),
    ("if names_bb(x):\n    import bb", true),
    ("if is_bb_file(x):\n    import bb", true),
    ("if WINDOWS:\n    import bb", false),
    ("if LINUX:\n    import bb", true),
  ])
  func `what holds only where a library is there does not ask for it`(
    _ body: String, _ isShipped: Bool
  ) {
    let module = """
      import os, sys
      from importlib import import_module, util
      try:
        import bb.fast as fast
      except ImportError:
        fast = None
      bb_available = util.find_spec("bb") is not None
      WINDOWS = sys.platform == "win32"
      LINUX = sys.platform == "linux"
      def is_bb(x): return any(c.__module__ == "bb" for c in type(x).__mro__)
      def _has_bb(): return fast is not None and bb is not None
      def names_bb(x): return x == "bb"
      def is_bb_file(x): return x.endswith(".bb") or x == "bb"
      def run(x):
        \(body)
      """
    #expect(ships("import a\na.run(1)", ["a/__init__.py": module]) == isShipped)
  }
}
