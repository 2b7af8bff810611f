import Bundling
import Files
import Model
import PythonLanguage
import TestKit
import Testing

struct FactsMemoryTests {
  /// Every kind of request, guard and mark that a short file can have.
  private static let source = #"""
    import os, sys as s
    from . import a
    from ..b import c, d as e
    from x import *
    if sys.version_info >= (3, 11) and not sys.platform == "win32":
        import tomllib
    elif os.name == "nt" or sys.platform.startswith("darwin"):
        import winreg
    try:
        import ujson
    except ImportError:
        ujson = None
    from typing import TYPE_CHECKING
    if TYPE_CHECKING:
        import typeonly
    import importlib, pkgutil
    def f(name):
        import lazy
        importlib.import_module("p.q")
        importlib.import_module("p.%s" % name)
        importlib.import_module(name)
        return pkgutil.iter_modules(__path__)
    exec("import hidden")
    import y # pare: import z.w
    import aa.bb as cc
    TABLE = {"One": ".one"}
    def __getattr__(name):
        if name == "two":
            from .two import two
        return importlib.import_module(TABLE[name], __name__)
    files("res").joinpath("x.json")
    """#

  private func workspace(_ folder: Folder, _ names: [String]) -> Workspace {
    Workspace(
      project: folder.path, functions: Table(), targets: Table(),
      roots: Table([Root(kind: .source, location: folder.path, files: 0..<names.count)]),
      files: Table(
        names.map {
          File(root: RootID(0), path: RelativePath($0), storage: .disk, distribution: nil)
        }), distributions: Table(), wheels: Table(), diagnostics: [])
  }

  private func scan(_ text: [UInt8], _ path: String) -> SourceFacts {
    PythonLanguage().scan(text.span, path: RelativePath(path), role: .source)
  }

  @Test func `facts come back as they were, while the file stays as it was`() throws {
    let folder = try Folder(["a.py": Self.source, "bad.py": "import (\n\u{0}", "empty.py": ""])
    let cache = try Cache(folder.path + "/cache")
    let names = ["a.py", "bad.py", "empty.py"]
    let workspace = workspace(folder, names)
    let later = System.clock() + 1_000_000_000
    var expected: [SourceFacts] = []
    let first = FactsMemory(cache, project: folder.path, began: later)
    for (index, name) in names.enumerated() {
      let facts = scan(try folder.read(name), name)
      expected.append(facts)
      first.record(
        facts, of: FileID(index), role: .source, language: "python", Store(workspace))
    }
    first.save()
    #expect(!expected[0].requests.isEmpty && !expected[0].guards.isEmpty)
    #expect(!expected[1].problems.isEmpty)

    let second = FactsMemory(cache, project: folder.path, began: later)
    for index in names.indices {
      let facts = second.recall(
        FileID(index), role: .source, language: "python", Store(workspace))
      #expect(facts == expected[index])
    }
    #expect(
      second.recall(FileID(0), role: .data, language: "python", Store(workspace)) == nil)
    try folder.write(Self.source + "# more\n", to: "a.py")
    #expect(
      second.recall(FileID(0), role: .source, language: "python", Store(workspace)) == nil)
  }

  @Test func `a file that changed since the run began is not trusted`() throws {
    let began = System.clock()
    let folder = try Folder(["a.py": "import os\n"])
    let cache = try Cache(folder.path + "/cache")
    let workspace = workspace(folder, ["a.py"])
    let memory = FactsMemory(cache, project: folder.path, began: began)
    memory.record(
      scan(Array("import os\n".utf8), "a.py"), of: FileID(0), role: .source, language: "python",
      Store(workspace))
    memory.save()
    let next = FactsMemory(cache, project: folder.path, began: System.clock())
    #expect(next.recall(FileID(0), role: .source, language: "python", Store(workspace)) == nil)
  }
}
