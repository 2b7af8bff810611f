import Model
import PythonLanguage
import Testing

/// Folders that code puts on `sys.path` itself.
@Suite struct SearchPathTests {
  private static let folders = [
    "import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), 'extra'))",
    "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent / 'extra'))",
    "import sys\nfrom pathlib import Path\nHERE = Path(__file__).resolve().parent\nsys.path[:0] = [str(HERE / 'extra')]",
    "import sys\nsys.path += ['extra']", "import sys\nsys.path = ['./extra', *sys.path]",
    "import sys\nsys.path.extend(('extra', 'other'))", "import site\nsite.addsitedir('extra')",
  ]

  @Test(arguments: folders)
  func `what lies in a folder on the path is imported from the top`(_ placing: String) {
    let traced = PythonProject(source: [
      "app.py": placing + "\nimport libe\nfrom lib2 import sub", "extra/libe.py": "import deep",
      "extra/deep.py": "", "extra/lib2/__init__.py": "", "extra/lib2/sub.py": "",
    ]).trace()
    #expect(traced.codes.isEmpty)
    #expect(
      traced.files() == [
        "app.py", "extra/deep.py", "extra/lib2/__init__.py", "extra/lib2/sub.py", "extra/libe.py",
      ])
  }

  @Test(arguments: ["import orders_pb2", "from orders_pb2 import Order"])
  func `generated code finds its neighbours, whoever is read first`(_ statement: String) {
    let traced = PythonProject(source: [
      "app.py": "import gen.orders_grpc",
      "gen/__init__.py":
        "import os, sys\nsys.path.append(os.path.dirname(os.path.abspath(__file__)))",
      "gen/orders_grpc.py": statement, "gen/orders_pb2.py": "", "gen/unused.py": "",
    ]).trace()
    #expect(traced.codes.isEmpty)
    #expect(
      traced.files() == ["app.py", "gen/__init__.py", "gen/orders_grpc.py", "gen/orders_pb2.py"])
  }

  @Test func `a folder is on the path of those whose code puts it there`() {
    let traced = PythonProject(
      source: ["app.py": "import tool\nimport deep"],
      installed: [
        "tool/__init__.py":
          "import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), 'parts'))\nimport deep",
        "tool/parts/deep.py": "", "tool-1.dist-info/METADATA": "Name: tool\nVersion: 1\n",
        "tool-1.dist-info/RECORD": "tool/__init__.py,,\ntool/parts/deep.py,,\n",
      ]
    ).trace()
    #expect(traced.files().contains("tool/parts/deep.py"))
    #expect(traced.codes == ["unresolved-import"])
  }
}
