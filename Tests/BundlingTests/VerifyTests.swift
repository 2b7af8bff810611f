import Files
import Model
import TestKit
import Testing

@testable import Bundling

@Suite(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
struct VerifyTests {
  private let good = [
    "app.py": "def handler(event, context):\n  return {'got': event, 'in': context.function_name}"
  ]

  @Test(arguments: [
    ("aws-lambda", true), ("google-cloud-functions", true), ("azure-functions", true),
    ("generic", false),
  ])
  func `the working folder is the archive's, but where nobody knows the provider`(
    provider: String, isArchive: Bool
  ) throws {
    let source = """
      import sys
      with open("rates.txt") as file:
          rates = file.read()
      assert "" not in sys.path and "." not in sys.path
      def handler(event, context): return rates
      """
    let trialed = try Trialed(
      ["src/rates.txt": ""],
      archived: [
        "app.py": source, "main.py": "from app import handler",
        "function_app.py": "from app import handler", "rates.txt": "7",
      ], settings: "provider = '\(provider)'")
    #expect((try trialed.verify().failure == nil) == isArchive)
    guard isArchive else { return }
    let names = ["app.py": source, "main.py": "import app", "function_app.py": "import app"]
    let without = try Trialed(
      ["src/rates.txt": ""], archived: names, settings: "provider = '\(provider)'")
    #expect(
      try without.verify().failure?.notes.map(\.message).suffix(2) == [
        "the project has it: 'src/rates.txt'", "include = [\"rates.txt\"]",
      ])
  }

  @Test(arguments: [
    ("def handler(event): return 1", "(event)"), ("def handler(): return 1", "()"),
    ("def handler(event: dict, context, *, mode) -> int: return 1", "(event, context, *, mode)"),
    (
      "class Shop:\n  def serve(self, event): return 1\nhandler = Shop().serve",
      "(event)"
    ),
  ])
  func `a handler of AWS Lambda that cannot take event and context does not pass`(
    source: String, parameters: String
  ) throws {
    let failure = try Trialed([:], archived: ["app.py": source]).verify().failure
    let line = source.hasPrefix("class") ? 2 : 1
    #expect(failure?.location == SourceLocation(path: "src/app.py", line: line, column: 1))
    #expect(
      failure?.message
        == "'a' cannot be called: TypeError: it takes \(parameters), and AWS Lambda passes event and "
        + "context")
    // The other providers are taken to know what they pass.
    let other = try Trialed(
      [:], archived: ["app.py": source], settings: "provider = 'generic'")
    #expect(try other.verify().failure == nil)
  }

  @Test(arguments: [
    "def handler(event, context=None): return 1", "def handler(*arguments): return 1",
    "def handler(event, context, table={}): return 1", "handler = print",
    "class Shop:\n  def __call__(self, event, context): return 1\nhandler = Shop()",
    """
    import functools
    def api(function):
        @functools.wraps(function)
        def wrapper(event, context):
            return function(event)
        return wrapper
    @api
    def handler(event): return 1
    """,
    """
    import inspect
    def handler(*arguments): return 1
    handler.__signature__ = inspect.signature(lambda event: 1)
    """,
  ])
  func `a handler that event and context can be passed to is called with both`(
    source: String
  )
    throws
  {
    let trialed = try Trialed([:], archived: ["app.py": source])
    #expect(try trialed.verify().failure == nil)
    try trialed.folder.write("{}", to: "event.json")
    let called = try trialed.verify(event: "event.json")
    #expect(called.failure == nil, "\(called.failure?.message ?? "")")
    #expect(called.answer == (source.hasSuffix("print") ? "null" : "1"))
  }

  @Test func `a handler that can be imported passes, and is remembered`() throws {
    let trialed = try Trialed([:], archived: good)
    let first = try trialed.verify()
    #expect(first.failure == nil)
    #expect(!first.isRemembered)
    #expect(try trialed.verify().isRemembered)
    #expect(try !trialed.verify { $0.again = true }.isRemembered)
    try trialed.folder.write("#", to: "dist/a.zip")
    #expect(try trialed.verify().failure?.code == "damaged-archive")
  }

  @Test func `an event is answered`() throws {
    let trialed = try Trialed([:], archived: good)
    try trialed.folder.write("{\"x\": [1, \"é\"]}", to: "event.json")
    let result = try trialed.verify(event: "event.json")
    #expect(result.answer == "{\"got\": {\"x\": [1, \"é\"]}, \"in\": \"pare-verify\"}")
  }

  @Test func `a coroutine and a handler of one argument are called too`() throws {
    let source = ["app.py": "async def handler(event):\n  return event"]
    let trialed = try Trialed([:], archived: source, settings: "provider = 'generic'")
    try trialed.folder.write("[1]", to: "event.json")
    #expect(try trialed.verify(event: "event.json").answer == "[1]")
    // AWS Lambda does not await what a handler returns.
    let failure = try Trialed([:], archived: source).verify().failure
    #expect(failure?.message.contains("coroutine") == true)
  }

  @Test func `a missing module is told with who asked, and how to keep it`() throws {
    let trialed = try Trialed(
      [
        "src/app.py": "import one\ndef handler(): pass", "deps/one/__init__.py": "",
        "deps/one/hidden.py": "", "deps/one-1.dist-info/METADATA": "Name: one\nVersion: 1\n\n",
        "deps/one-1.dist-info/RECORD": "one/__init__.py,,\none/hidden.py,,\n",
      ],
      archived: [
        "app.py": "import one\ndef handler(): pass",
        "one/__init__.py": "import importlib\nimportlib.import_module('one.hidden')",
      ])
    let failure = try #require(try trialed.verify().failure)
    #expect(
      failure.message
        == "'a' cannot be imported from its archive: ModuleNotFoundError: No module named 'one.hidden'"
    )
    #expect(failure.location == SourceLocation(path: "deps/one/__init__.py", line: 2, column: 1))
    #expect(
      failure.notes.map(\.message) == [
        "reached from here", "one 1 has it: 'deps/one/hidden.py'",
        "[distributions.one]\nimport = [\"one.hidden\"]",
      ])
    #expect(failure.notes[0].location == SourceLocation(path: "src/app.py", line: 1, column: 1))
  }

  @Test func `the cause behind a wrapped error is what is told`() throws {
    let trialed = try Trialed(
      [:],
      archived: [
        "app.py": """
        try:
          import nowhere
        except ImportError as error:
          raise RuntimeError("please install it") from error
        """
      ])
    let failure = try #require(try trialed.verify().failure)
    #expect(failure.message.hasSuffix("RuntimeError: please install it"))
    #expect(
      failure.notes.first?.message == "because of ModuleNotFoundError: No module named 'nowhere'")
    #expect(failure.notes.contains { $0.message == "the environment does not have it either" })
    #expect(failure.location == SourceLocation(path: "src/app.py", line: 2, column: 1))
  }

  @Test func `a missing data file is told with the line that includes it`() throws {
    let trialed = try Trialed(
      ["src/names.txt": ""],
      archived: ["app.py": "open(__file__.replace('app.py', 'names.txt'))\nhandler = print"])
    let failure = try #require(try trialed.verify().failure)
    #expect(
      failure.notes.map(\.message).suffix(2) == [
        "the project has it: 'src/names.txt'", "include = [\"names.txt\"]",
      ])
  }

  @Test(arguments: [
    ("handlr = print", "missing-handler"), ("handler = 3", "verify-failed"),
    ("import os\nos._exit(7)", "verify-exit"),
    ("import os\nos.kill(os.getpid(), 11)", "verify-crash"),
    ("while True: pass", "verify-timeout"), ("x = 'a' * (1 << 34)", "verify-failed"),
    ("import site_only", "verify-failed"), ("raise SystemExit(0)", "verify-failed"),
    ("def handler(:", "verify-failed"), ("import pip", "verify-failed"),
    ("import os\nos.environ['PATH_TO_NOWHERE']", "verify-failed"),
  ])
  func `what does not run does not pass`(source: String, code: String) throws {
    let trialed = try Trialed([:], archived: ["app.py": source])
    let result = try trialed.verify {
      $0.timeout = source.hasPrefix("while") ? 1 : 20
      $0.memory = 4 << 30
    }
    #expect(result.failure?.code == code, "\(result.failure?.message ?? "passed")")
  }

  @Test func `a google function is imported as main, an azure one finds its packages`() throws {
    let google = try Trialed(
      [:], archived: ["main.py": "from app import handler", "app.py": "handler = print"],
      settings: "provider = 'google-cloud-functions'")
    #expect(try google.verify().failure == nil)
    let azure = try Trialed(
      [:],
      archived: [
        "function_app.py": "from app import handler", "app.py": "import six\nhandler = six.x",
        ".python_packages/lib/site-packages/six.py": "x = 1",
      ], settings: "provider = 'azure-functions'")
    #expect(try azure.verify().failure == nil)
  }

  @Test func `what the provider has is there when the archive omits it`() throws {
    let trialed = try Trialed(
      [
        "deps/boto3/__init__.py": "client = print",
        "deps/boto3-1.dist-info/METADATA": "Name: boto3\nVersion: 1\n\n",
        "deps/boto3-1.dist-info/RECORD": "boto3/__init__.py,,\n",
      ], archived: ["app.py": "import boto3\nhandler = boto3.client"], settings: "provided = 'omit'"
    )
    #expect(try trialed.verify().failure == nil)
  }

  @Test func `native code for another processor is not judged by this one's interpreter`() throws {
    #if arch(arm64)
      let (own, other) = ("arm64", "x86_64")
    #else
      let (own, other) = ("x86_64", "arm64")
    #endif
    let native = good.merging(["fast.cpython-312-linux-gnu.so": "not loaded"]) { $1 }
    #expect(
      try Trialed([:], archived: native, settings: "architecture = '\(own)'").verify().failure
        == nil)
    let foreign = try Trialed([:], archived: native, settings: "architecture = '\(other)'").verify()
    #expect(foreign.verdict == .unproven)
    #expect(foreign.failure?.code == "foreign-archive")
    // Without native code it runs anywhere.
    #expect(
      try Trialed([:], archived: good, settings: "architecture = '\(other)'").verify().failure
        == nil)
  }

  @Test func `what the configuration drops is said to be why it is missing`() throws {
    let trialed = try Trialed(
      [
        "deps/lib/__init__.py": "", "deps/lib-1.0.dist-info/METADATA": "Name: lib\nVersion: 1.0\n",
        "deps/lib-1.0.dist-info/RECORD": "lib/__init__.py,,\n",
      ],
      archived: ["app.py": "import lib\n\ndef handler(event, context): pass\n"],
      settings: "[distributions.lib]\ndrop = ['lib/*']")
    #expect(
      try trialed.verify().failure?.notes.map(\.message)
        == ["'[distributions.lib] drop' of the configuration leaves out 'deps/lib/__init__.py'"])
  }

  @Test func `without an archive or an interpreter nothing passes`() throws {
    let trialed = try Trialed([:], archived: good)
    let wrong = try trialed.verify { $0.python = "/bin/true" }
    #expect(wrong.verdict == .unproven)
    #expect(wrong.failure?.code == "no-interpreter")
    try FileSystem.removeFile(trialed.folder.path + "/dist/a.zip")
    let missing = #expect(throws: Failure.self) { try trialed.verify() }
    #expect(missing?.diagnostics.first?.code == "no-archive")
    #expect(missing?.exitCode == 2)
  }

  @Test func `all variables that are missing are named at once, with the lines that ask`() throws {
    let source = """
      import os
      stage = os.environ.get("STAGE")
      debug = "DEBUG" in os.environ
      table = os.environ["TABLE"]
      port = int(os.environ["PORT"])
      def handler(event, context): return table + os.environ["KEY"]
      """
    let trialed = try Trialed([:], archived: ["app.py": source])
    try trialed.folder.write("{}", to: "event.json")
    let failure = try #require(try trialed.verify(event: "event.json").failure)
    #expect(failure.message.hasSuffix("KeyError: 'TABLE'"))
    #expect(
      failure.notes.map(\.message) == [
        "'TABLE' is asked for, and is not set", "'PORT' is asked for, and is not set",
        "'KEY' is asked for, and is not set",
        "'--env NAME=VALUE', or\n[functions.a]\nenv = { KEY = \"…\", PORT = \"…\", TABLE = \"…\" }",
      ])
    #expect(failure.notes.prefix(3).map { $0.location?.line } == [4, 5, 6])
    let given = try Trialed(
      [:], archived: ["app.py": source],
      settings: "env = { TABLE = 'a', KEY = 'b', PORT = '80', TZ = 'Asia/Tokyo' }")
    try given.folder.write("{}", to: "event.json")
    #expect(try given.verify(event: "event.json").answer == "\"ab\"")
    // The command line has the last word.
    let other = try given.verify(event: "event.json") { $0.variables = ["KEY=c"] }
    #expect(other.answer == "\"ac\"")
  }

  @Test func `a key of another dictionary is no variable`() throws {
    let source = "import os\ntry: os.environ['A']\nexcept KeyError: pass\n{}['B']"
    let failure = try Trialed([:], archived: ["app.py": source]).verify().failure
    #expect(failure?.notes == [])
  }
}
