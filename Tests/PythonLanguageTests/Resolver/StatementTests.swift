import Model
import PythonLanguage
import Testing

/// What import statements need.
@Suite struct StatementTests {
  @Test func `of a distribution only what is run is the main module`() {
    var project = PythonProject(source: ["app.py": "import lib"])
    project.install(
      "lib",
      [
        "lib/__init__.py": "if __name__ == '__main__':\n  from . import cli", "lib/cli.py": "",
      ])
    #expect(project.trace().modules() == ["app", "lib"])
    let own = PythonProject(source: [
      "app.py": "if __name__ == '__main__':\n  import cli", "cli.py": "",
    ])
    #expect(own.trace().modules() == ["app", "cli"])
  }

  @Test(arguments: [
    ("import lib", ["app", "lib", "lib.worker"]),
    ("import lib.worker", ["app", "extra", "lib", "lib.worker"]),
  ])
  func
    `a module whose import at the top finds nothing reaches nothing below it, unless it has to be loaded`(
      _ code: String, _ modules: [String]
    )
  {
    var project = PythonProject(source: ["app.py": code])
    project.install(
      "lib",
      [
        "lib/__init__.py": "def w():\n  from . import worker",
        "lib/worker.py": "from gunicorn import base\ndef f():\n  import extra",
      ], requires: ["extra"])
    project.install("extra", ["extra/__init__.py": ""])
    #expect(project.trace().modules() == modules)
  }

  @Test func `import of a submodule needs its parents`() {
    let traced = PythonProject(source: [
      "app.py": "import a.b.c", "a/__init__.py": "", "a/b/__init__.py": "", "a/b/c.py": "",
      "a/other.py": "",
    ]).trace()
    #expect(traced.modules() == ["a", "a.b", "a.b.c", "app"])
    #expect(traced.edges(from: "a.b.c") == ["parent a.b"])
  }

  @Test func `from-import needs the submodule where it is one, and not otherwise`() {
    let traced = PythonProject(source: [
      "app.py": "from a import b, value", "a/__init__.py": "value = 1", "a/b.py": "",
      "a/c.py": "",
    ]).trace()
    #expect(traced.modules() == ["a", "a.b", "app"])
  }

  @Test func `relative imports count from the file's package`() {
    let traced = PythonProject(source: [
      "app.py": "import a.b.c", "a/__init__.py": "", "a/x.py": "", "a/b/__init__.py": "",
      "a/b/c.py": "from . import d\nfrom .e import f\nfrom ..x import y", "a/b/d.py": "",
      "a/b/e.py": "",
    ]).trace()
    #expect(traced.modules() == ["a", "a.b", "a.b.c", "a.b.d", "a.b.e", "a.x", "app"])
  }

  @Test func `in an __init__ one dot is the package itself`() {
    let traced = PythonProject(source: [
      "app.py": "import a", "a/__init__.py": "from . import b\nfrom .c import x", "a/b.py": "",
      "a/c.py": "",
    ]).trace()
    #expect(traced.modules() == ["a", "a.b", "a.c", "app"])
  }

  @Test func `a relative import past the package root is reported`() {
    let traced = PythonProject(source: [
      "app.py": "import a.b", "a/__init__.py": "", "a/b.py": "from ... import c",
    ])
    .trace()
    #expect(traced.codes == ["escaping-import"])
  }

  @Test(arguments: [
    ("from .db import rows", Diagnostic.Severity.error),
    ("try:\n  from .db import rows\nexcept TypeError:\n  pass", .warning),
    ("def handler(e, c):\n  from .db import rows", .warning),
  ])
  func `a relative import that a handler cannot be loaded with is an error`(
    _ code: String, _ severity: Diagnostic.Severity
  ) {
    let traced = PythonProject(source: ["app.py": code, "db.py": ""]).trace()
    #expect(traced.graph.diagnostics.map(\.severity) == [severity])
  }

  @Test func `an unconditional edge wins over weaker ones`() {
    let traced = PythonProject(source: [
      "app.py": "def f():\n  import a\nimport a\nif f: import a", "a.py": "",
    ]).trace()
    #expect(traced.edges(from: "app") == ["top-level a"])
  }

  @Test func `lazy, conditional and optional imports are followed`() {
    let traced = PythonProject(source: [
      "app.py":
        "def f():\n  import a\nif f(): import b\ntry:\n  import c\nexcept ImportError: c = None",
      "a.py": "", "b.py": "", "c.py": "",
    ]).trace()
    #expect(traced.edges(from: "app") == ["lazy a", "conditional b", "optional c"])
  }

  @Test func `type-only and decided imports are not followed, and it is known why`() {
    let traced = PythonProject(source: [
      "app.py": """
      import sys
      from typing import TYPE_CHECKING
      if TYPE_CHECKING:
        import a
      if sys.version_info < (3, 9):
        import b
      if sys.platform == "win32":
        import c
      """, "a.py": "", "b.py": "", "c.py": "",
    ]).trace()
    #expect(traced.modules() == ["app"])
    #expect(traced.graph.unfollowed.map(\.name) == ["a", "b", "c"])
    #expect(traced.graph.unfollowed.map(\.reason) == [.typeOnly, .decided, .decided])
  }

  @Test func `star imports also take the submodules that __all__ names`() {
    let files = [
      "app.py": "from a import *", "other.py": "import a",
      "a/__init__.py": "__all__ = ['bb', 'xx']",
      "a/bb.py": "", "a/c.py": "",
    ]
    var project = PythonProject()
    project.install("a", files.filter { $0.key.hasPrefix("a/") })
    project.source = files.filter { !$0.key.hasPrefix("a/") }
    project.handlers = ["f": "app", "g": "other"]
    let traced = project.trace()
    #expect(traced.modules("f") == ["a", "a.bb", "app"])
    #expect(traced.modules("g") == ["a", "other"])
  }

  @Test func `a package wins over a module, an extension over a source file`() {
    let traced = PythonProject(source: [
      "app.py": "import a, b", "a/__init__.py": "", "a.py": "",
      "b.cpython-312-x86_64-linux-gnu.so": "", "b.py": "import c", "c.py": "",
    ]).trace()
    #expect(
      traced.files() == ["a/__init__.py", "app.py", "b.cpython-312-x86_64-linux-gnu.so", "c.py"])
  }

  @Test func `first-party code stands before distributions`() {
    var project = PythonProject(source: ["app.py": "import a", "a.py": ""])
    project.install("a", ["a/__init__.py": ""])
    #expect(project.trace().files() == ["a.py", "app.py"])
  }

  @Test func `namespace portions are merged over roots`() {
    var project = PythonProject(source: [
      "app.py": "import ns.a.x, ns.b", "ns/a/__init__.py": "", "ns/a/x.py": "",
    ])
    project.install("ns-b", ["ns/b/__init__.py": "", "ns/c.py": ""])
    let traced = project.trace()
    #expect(traced.modules() == ["app", "ns.a", "ns.a.x", "ns.b"])
  }

  @Test func `extend_path makes a regular package take other roots' portions`() {
    var project = PythonProject(source: [
      "app.py": "import ns.b",
      "ns/__init__.py":
        "from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)",
    ])
    project.install("ns-b", ["ns/b.py": ""])
    let traced = project.trace()
    #expect(traced.modules() == ["app", "ns", "ns.b"])
    #expect(traced.codes == [])
  }

  @Test func `a regular package hides other roots' folders`() {
    var project = PythonProject(source: ["app.py": "import ns.b", "ns/__init__.py": ""])
    project.install("ns-b", ["ns/b.py": ""])
    #expect(project.trace().codes == ["unresolved-import"])
  }

  @Test func `an unresolved import is reported with the nearest name`() throws {
    let traced = PythonProject(source: [
      "app.py": "import shop.pricse", "shop/__init__.py": "", "shop/prices.py": "",
    ])
    .trace()
    let diagnostic = try #require(traced.graph.diagnostics.first)
    #expect(diagnostic.code == "unresolved-import")
    #expect(diagnostic.message == "no module named 'shop.pricse'")
    #expect(diagnostic.location == SourceLocation(path: "app.py", line: 1, column: 1))
    #expect(diagnostic.notes.map(\.message) == ["did you mean 'shop.prices'?"])
  }

  @Test func `an optional import that is not there is no problem`() {
    let traced = PythonProject(source: ["app.py": "try:\n  import x\nexcept ImportError: pass"])
      .trace()
    #expect(traced.codes == [])
    #expect(traced.graph.unfollowed.map(\.reason) == [.unresolved])
  }

  @Test func `a fallback for what the standard library surely has is decided away`() {
    let traced = PythonProject(source: [
      "app.py": """
      try:
        import tomllib
      except ImportError:
        import tomli
      try:
        import readline
      except ImportError:
        import gnureadline
      """, "tomli.py": "", "gnureadline.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "gnureadline"])
  }

  @Test func `the standard library is no edge, and what was removed from it is told`() {
    #expect(PythonProject(source: ["app.py": "import os.path, json, asyncio"]).trace().codes == [])
    let traced = PythonProject(source: ["app.py": "import distutils.core"]).trace()
    #expect(
      traced.graph.diagnostics.first?.notes.map(\.message)
        == ["'distutils' was removed from the standard library in Python 3.12"])
    var older = PythonProject(source: ["app.py": "import distutils.core"])
    older.minor = 11
    #expect(older.trace().codes == [])
  }

  @Test func `first-party code shadows the standard library, except what is loaded already`() {
    let traced = PythonProject(source: ["app.py": "import queue, os", "queue.py": "", "os.py": ""])
      .trace()
    #expect(traced.modules() == ["app", "queue"])
  }

  @Test func `a distribution does not shadow the standard library`() {
    var project = PythonProject(source: ["app.py": "import dataclasses"])
    project.install("dataclasses", ["dataclasses.py": ""])
    #expect(project.trace().modules() == ["app"])
  }

  @Test func `zoneinfo brings tzdata along`() {
    var project = PythonProject(source: ["app.py": "from zoneinfo import ZoneInfo"])
    project.install(
      "tzdata",
      [
        "tzdata/__init__.py": "", "tzdata/zones": "", "tzdata/zoneinfo/__init__.py": "",
        "tzdata/zoneinfo/Zulu": "", "tzdata/zoneinfo/Asia/__init__.py": "",
        "tzdata/zoneinfo/Asia/Tokyo": "",
      ])
    #expect(project.trace().files().filter { $0.hasPrefix("tzdata/") }.count == 6)
  }

  @Test func `a handler that does not exist is an error with the nearest name`() {
    var project = PythonProject(source: ["orders/app.py": ""])
    project.handlers = ["f": "orders.ap"]
    let traced = project.trace()
    #expect(traced.codes == ["missing-handler"])
    #expect(traced.graph.diagnostics.first?.notes.map(\.message) == ["did you mean 'orders.app'?"])
  }

  @Test func `what the provider has is left out when it is asked for`() {
    var project = PythonProject(source: ["app.py": "import boto3"], omitted: ["boto3"])
    project.install("boto3", ["boto3/__init__.py": ""])
    let traced = project.trace()
    #expect(traced.modules() == ["app"])
    #expect(traced.graph.unfollowed.map(\.reason) == [.provided])
  }
}

/// What the provider's runtime has although no root on the path does.
@Suite struct RuntimeModuleTests {
  private func traced(_ source: String, installed: Bool = false) -> Traced {
    var project = PythonProject(source: ["app.py": source], runtimeModules: ["boto3", "dateutil"])
    if installed { project.install("boto3", ["boto3/__init__.py": "", "boto3/session.py": ""]) }
    return project.trace()
  }

  @Test(arguments: [
    "import boto3", "import boto3.session as s", "from boto3.dynamodb.conditions import Key",
    "def f():\n    from dateutil import tz",
    "import importlib\nimportlib.import_module('boto3.session')",
  ])
  func `an import finds it there, without a word`(source: String) {
    let traced = traced(source)
    #expect(traced.codes == [])
    #expect(traced.modules() == ["app"])
    #expect(Set(traced.graph.unfollowed.map(\.reason)) == [.provided])
  }

  @Test func `an environment that has it comes first`() {
    let traced = traced("import boto3.session", installed: true)
    #expect(traced.modules().contains("boto3.session"))
    #expect(traced.graph.unfollowed.isEmpty)
  }

  @Test func `part of an installed distribution is still missed`() {
    #expect(traced("import boto3.nothing", installed: true).codes == ["unresolved-import"])
  }

  @Test func `what it does not have is missed`() {
    #expect(traced("import boto4").codes == ["unresolved-import"])
  }
}

/// Functions whose own folder stands in front of the shared roots.
@Suite struct OverlayTests {
  @Test func `each function sees its own modules`() {
    let traced = PythonProject(
      source: ["shared/__init__.py": "", "shared/x.py": ""],
      overlays: [
        "f": ["app.py": "import helper, shared.x", "helper.py": ""],
        "g": ["app.py": "import helper", "helper.py": ""],
      ], handlers: ["f": "app", "g": "app"]
    ).trace()
    #expect(traced.modules("f") == ["app", "helper", "shared", "shared.x"])
    #expect(traced.modules("g") == ["app", "helper"])
  }

  @Test func `shared code finds what a function's folder puts in front`() {
    let traced = PythonProject(
      source: ["shared.py": "import config", "config.py": "import common", "common.py": ""],
      overlays: [
        "f": ["app.py": "import shared", "config.py": ""], "g": ["app.py": "import shared"],
      ], handlers: ["f": "app", "g": "app"]
    ).trace()
    #expect(traced.modules("f") == ["app", "config", "shared"])
    #expect(traced.modules("g") == ["app", "common", "config", "shared"])
  }
}
