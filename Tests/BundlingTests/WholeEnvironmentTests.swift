import Files
import Model
import TestKit
import Testing

@testable import Bundling

/// An archive against the environment that it was made from.
@Suite(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
struct WholeEnvironmentTests {
  /// A distribution's files, with metadata that owns them.
  private func distribution(_ name: String, _ files: [String: String]) -> [String: String] {
    let folder = "\(name)-1.0.dist-info"
    var all = files
    all["\(folder)/METADATA"] = "Metadata-Version: 2.1\nName: \(name)\nVersion: 1.0\n"
    all["\(folder)/RECORD"] = (Array(files.keys) + ["\(folder)/METADATA"]).sorted()
      .map { "\($0),,\n" }.joined()
    return Dictionary(uniqueKeysWithValues: all.map { ("deps/\($0)", $1) })
  }

  /// Another function, which is what the rest is installed for.
  private let others = "[functions.b]\nhandler = 'other.handler'"

  private func compare(_ trialed: Trialed, event: String = "{}") throws -> VerifyResult {
    try trialed.folder.write(event, to: "event.json")
    return try trialed.verify(event: "event.json") { $0.comparesEnvironment = true }
  }

  @Test func `the same answer with the same modules leaves nothing to say`() throws {
    let app = ["app.py": "import lib\ndef handler(event, context): return [lib.x, event]"]
    let lib = ["lib/__init__.py": "x = 7"]
    let trialed = try Trialed(
      ["src/app.py": app["app.py"] ?? ""].merging(distribution("lib", lib)) { $1 },
      archived: app.merging(lib) { $1 })
    let result = try compare(trialed, event: "{\"a\": 1.5}")
    #expect(result.verdict == .passed, "\(result.failure?.message ?? "")")
    #expect(result.comparison?.answer == "[7, {\"a\": 1.5}]")
    #expect(result.comparison?.difference == nil)
    #expect(result.comparison?.surplus == [])
  }

  @Test func `another answer is a failure that says where, and what would bring it`() throws {
    let app = """
      import lib
      def handler(event, context): return {"rows": [{"total": 1}, {"total": lib.total()}]}
      """
    let lib = """
      def total():
          try:
              import fast
          except ImportError:
              return 3
          return fast.total
      """
    let trialed = try Trialed(
      ["src/app.py": app, "src/other.py": "import fast\nhandler = print"]
        .merging(distribution("lib", ["lib.py": lib])) { $1 }
        .merging(
          distribution(
            "fast", ["fast/__init__.py": "from .core import total", "fast/core.py": "total = 4"])
        ) { $1 },
      archived: ["app.py": app, "lib.py": lib], settings: others)
    let result = try compare(trialed)
    #expect(result.failure?.code == "another-answer")
    #expect(
      result.failure?.message
        == "'a' gives another answer from its archive than in its whole environment: "
        + "'$.rows[1].total' is 3, and 4 there")
    // The import leads there and is left out, so that declaring it is enough; what it imports itself
    // comes with it.
    #expect(
      result.failure?.notes.map(\.message) == [
        "what only that run has used comes with\nneeds = [\"fast\"]"
      ])
    #expect(result.comparison?.surplus.map(\.modules) == [["fast", "fast.core"]])
  }

  @Test
  func `what nothing leads to is named, for a distribution that is there and for one that is not`()
    throws
  {
    let app = """
      import importlib, lib
      def handler(event, context):
          names = [event["first"], event["second"], event["third"]]
          for name in names:
              try:
                  importlib.import_module(name)
              except ImportError:
                  pass
          lib.read(event["file"])
      """
    let lib = """
      import os
      def read(name):
          try:
              return open(os.path.join(os.path.dirname(__file__), name)).read()
          except OSError:
              return None
      """
    let files = [
      "lib/__init__.py": lib, "lib/hidden/__init__.py": "", "lib/hidden/deep.py": "",
      "beside.txt": "1",
    ]
    let trialed = try Trialed(
      ["src/app.py": app, "src/plugins/tea.py": ""]
        .merging(distribution("lib", files)) { $1 }
        .merging(distribution("Far_Away", ["far/__init__.py": "", "far/x.py": "", "far.txt": ""])) {
          $1
        },
      archived: ["app.py": app, "lib/__init__.py": lib])
    let result = try compare(
      trialed,
      event: """
        {"first": "lib.hidden.deep", "second": "far.x", "third": "plugins.tea", "file": "../beside.txt"}
        """)
    #expect(result.verdict == .passed, "\(result.failure?.message ?? "")")
    let surplus = try #require(result.comparison?.surplus)
    #expect(surplus.map(\.distribution) == [nil, "Far_Away", "lib"])
    #expect(
      surplus.map(\.supplement.sentences) == [
        ["import = [\"plugins.tea\"]"],
        ["needs = [\"far-away\"]", "import = [\"far.x\"]"],
        [
          "[distributions.lib] import = [\"lib.hidden.deep\"]",
          "[distributions.lib] data = [\"beside.txt\"]",
        ],
      ])
    #expect(surplus[2].files == ["beside.txt"])
  }

  @Test func `what the scan finds by now is said to be of an older archive`() throws {
    let app = "def handler(event, context):\n  try: import lib\n  except ImportError: pass"
    let trialed = try Trialed(
      ["src/app.py": app].merging(distribution("lib", ["lib.py": ""])) { $1 },
      archived: ["app.py": app])
    let surplus = try #require(try compare(trialed).comparison?.surplus)
    #expect(surplus.map(\.isScanned) == [true])
    #expect(surplus.map(\.supplement.isEmpty) == [true])
  }

  @Test func `who looks for entry points has not used all that is installed`() throws {
    let app = """
      from importlib.metadata import entry_points
      def handler(event, context): return len(list(entry_points()))
      """
    let trialed = try Trialed(
      ["src/app.py": app].merging(
        distribution("lib", ["lib.py": "", "lib-1.0.dist-info/entry_points.txt": "[a]\nb = lib\n"])
      ) { $1 },
      archived: ["app.py": app])
    let result = try compare(trialed)
    #expect(result.comparison?.difference == AnswerDifference(path: "$", archived: "0", whole: "1"))
    #expect(result.comparison?.surplus == [])
  }

  @Test(arguments: [
    ("import uuid\ndef handler(e, c): return {'id': str(uuid.uuid4()), 'n': 1}", true),
    ("import time\ndef handler(e, c): return {'at': time.time(), 'n': [1]}", true),
    (
      "import os, time\ndef handler(e, c):\n  k = 'm' if os.path.exists(__file__[:-6] + 'only.txt') else 'n'\n"
        + "  return {'at': time.time(), k: 1}", false
    ),
  ])
  func `an answer that differs from run to run is compared by its shape`(
    source: String, isSame: Bool
  ) throws {
    let trialed = try Trialed(
      ["src/app.py": source, "src/only.txt": ""], archived: ["app.py": source])
    let result = try compare(trialed)
    #expect(result.comparison?.unsteady?.path == (source.contains("uuid") ? "$.id" : "$.at"))
    #expect((result.verdict == .passed) == isSame, "\(result.failure?.message ?? "")")
    if !isSame { #expect(result.comparison?.difference?.path == "$.n") }
  }

  @Test func `an archive that fails is told beside what the environment does`() throws {
    let app = "import lib\ndef handler(event, context): return lib.x"
    let files = ["src/app.py": app].merging(distribution("lib", ["lib.py": "x = 7"])) { $1 }
    let lacking = try compare(try Trialed(files, archived: ["app.py": app]))
    #expect(lacking.failure?.notes.last?.message == "in its whole environment it answers 7")
    #expect(lacking.comparison?.surplus.map(\.distribution) == ["lib"])
    let broken = "def handler(event, context): raise ValueError('tea')"
    let both = try compare(try Trialed(["src/app.py": broken], archived: ["app.py": broken]))
    #expect(both.failure?.code == "verify-failed")
    #expect(
      both.failure?.notes.last?.message == "in its whole environment it fails: ValueError: tea")
    let newer = try compare(
      try Trialed(["src/app.py": broken], archived: ["app.py": "def handler(e, c): return 1"]))
    #expect(newer.failure?.code == "another-answer")
  }

  @Test func `wheels are unpacked as an installation would have them`() throws {
    let app = "import lib\ndef handler(event, context): return lib.x"
    let trialed = try Trialed(["src/app.py": app], archived: ["app.py": app, "lib.py": "x = 7"]) {
      folder in
      let files = [
        "lib.py": "x = 7", "lib-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
        "lib-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: lib\nVersion: 1.0\n",
        "lib-1.0.dist-info/RECORD": "lib.py,,\n",
      ]
      for (name, text) in files { try folder.write(text, to: "wheel/\(name)") }
      _ = try Python.python312?.run(
        "import shutil, sys; shutil.move(shutil.make_archive(sys.argv[1], 'zip', sys.argv[2]), sys.argv[3])",
        [
          "\(folder.path)/w", "\(folder.path)/wheel",
          "\(folder.path)/deps/lib-1.0-py3-none-any.whl",
        ])
    }
    let result = try compare(trialed)
    #expect(result.comparison?.answer == "7", "\(result.failure?.message ?? "")")
    #expect(result.verdict == .passed)
  }

  @Test(
    arguments: [
      ("{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", nil), ("[1, 2]", "[1]", "$[1]"),
      ("{\"a b\": 1}", "{\"a b\": \"1\"}", "$['a b']"), ("1", "1.0", "$"), ("null", "{}", "$"),
      (
        "{\"a\": {\"b\": [0, {\"c\": true}]}}", "{\"a\": {\"b\": [0, {\"c\": false}]}}",
        "$.a.b[1].c"
      ),
      ("{\"a\": 1}", "{\"a\": 1, \"b\": 2}", "$.b"), ("NaN", "1", "$"), ("NaN", "NaN", nil),
    ] as [(String, String, String?)])
  func `answers are compared to the first difference`(
    one: String, other: String, path: String?
  ) {
    #expect(AnswerComparison.values.difference(archived: one, whole: other)?.path == path)
  }

  @Test(
    arguments: [
      ("{\"a\": 1}", "{\"a\": 2.5}", nil), ("{\"a\": 1}", "{\"a\": \"1\"}", "$.a"),
      ("[1, 2, 3]", "[4]", nil), ("[1, \"x\"]", "[4, 5]", "$[1]"),
      ("{\"a\": 1}", "{\"b\": 1}", "$.a"),
    ] as [(String, String, String?)])
  func `of shapes, types and keys are compared`(one: String, other: String, path: String?) {
    #expect(AnswerComparison.shape.difference(archived: one, whole: other)?.path == path)
  }
}
