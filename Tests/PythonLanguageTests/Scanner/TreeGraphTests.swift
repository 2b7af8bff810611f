import Model
import PythonLanguage
import Testing

struct TreeGraphTests {
  /// The files that one file imports, in a tree of these files.
  private func edges(_ source: String, of file: String, in others: [String]) -> [String] {
    let paths = ([file] + others).map { RelativePath($0) }.sorted()
    let graph = TreeGraph(paths)
    var facts = SourceFacts()
    var quick = QuickImports()
    quick.scan(Array(source.utf8).span, into: &facts)
    var edges: [Int32] = []
    graph.appendEdges(of: paths.firstIndex(of: RelativePath(file)) ?? 0, facts, to: &edges)
    return edges.map { paths[Int($0)].string }
  }

  @Test(arguments: [
    ("import a", ["a/__init__.py"]), ("import a.b", ["a/b.py"]), ("import a.b.c", []),
    ("from a import b, x", ["a/__init__.py", "a/b.py"]), ("from a import *", ["a/__init__.py"]),
    ("from .b import x", ["a/b.py"]), ("from . import b", ["a/b.py"]),
    ("from . import x", ["a/__init__.py"]), ("from .. import top", ["top.py"]),
    ("from ... import top", []), ("import missing, sys", []),
    ("import n.m", ["n/m.py"]), ("from n import m", ["n/m.py"]), ("import n", []),
    ("from .native import *", ["a/__init__.py"]),
    ("import stub", ["stub.py", "stub.pyi"]),
  ])
  func `an import leads to the file that it runs`(_ source: String, _ expected: [String]) {
    let others = ["a/__init__.py", "a/b.py", "top.py", "n/m.py", "stub.py", "stub.pyi", "sys.py"]
    #expect(edges(source, of: "a/mod.py", in: others) == expected)
  }

  @Test func `a folder that holds a package stands on the path`() {
    #expect(
      edges("import p.q", of: "x.py", in: ["src/p/__init__.py", "src/p/q.py"]) == ["src/p/q.py"])
  }

  @Test func `a script finds what lies beside it, but not instead of the standard library`() {
    #expect(
      edges("import beside, json", of: "tools/x.py", in: ["tools/beside.py", "tools/json.py"])
        == ["tools/beside.py"])
  }
}
