import Model
import Testing

@testable import PythonLanguage

@Suite struct `Names that are taken to another module` {
  private func moved(_ text: String, _ names: [String: String] = ["Frame": "Frame"]) -> String? {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    return MovedNames(rows).lines(
      moving: names, to: "shop.frames", line: PythonLanguage().line(importing:from:)
    )?.joined(separator: "\n")
  }

  @Test(arguments: [
    ("from shop import Frame", "from shop.frames import Frame"),
    (
      "    from  shop  import  Frame as F  # why",
      "    from  shop.frames  import  Frame as F  # why"
    ),
    ("from . import (\n    Frame,  # one\n)", "from shop.frames import (\n    Frame,  # one\n)"),
    ("from shop import Frame, rate", "from shop import rate\nfrom shop.frames import Frame"),
    ("from shop import rate, Frame", "from shop import rate\nfrom shop.frames import Frame"),
    (
      "from shop import a, Frame as F, b",
      "from shop import a, b\nfrom shop.frames import Frame as F"
    ),
    (
      "from shop import (a, Frame,\n                  b)",
      "from shop import (a,\n                  b)\nfrom shop.frames import Frame"
    ),
    (
      "  from shop import (\n    a,  # first\n    Frame,  # second\n    b\n  )",
      "  from shop import (\n    a,  # first\n    b\n  )\n  from shop.frames import Frame  # second"
    ),
    (
      "from shop import (\n    a,  # first\n    Frame\n)",
      "from shop import (\n    a,  # first\n)\nfrom shop.frames import Frame"
    ),
    (
      "from shop import (\r\n    a,\r\n    Frame,\r\n)\r",
      "from shop import (\r\n    a,\r\n)\r\nfrom shop.frames import Frame\r"
    ),
  ])
  func `leave everything else as it is written`(text: String, wanted: String) {
    #expect(moved(text) == wanted)
  }

  @Test func `keep the name by which they are known`() {
    let names = ["table": "rows"]
    #expect(moved("from shop import table", names) == "from shop.frames import rows as table")
    #expect(moved("from shop import table as t", names) == "from shop.frames import rows as t")
    #expect(
      moved("from shop import a, table as t", names)
        == "from shop import a\nfrom shop.frames import rows as t")
    #expect(moved("from shop import \\\n    table", names) == nil)
    #expect(moved("from . shop import table", names) == nil)
  }
}

@Suite struct `What a module does when it is imported` {
  @Test(
    arguments: [
      (
        "\"\"\"Doc.\"\"\"\nimport a, b\nfrom c import (d,\n  e)\nX = Y = a(1)\nZ: int = 3\nX += 1\n(P, *Q) = a\n",
        nil
      ),
      ("def f():\n    print(1)\nclass A:\n    x = print(1)\n    def g(self): print(2)\n", nil),
      (
        "from functools import cache\nimport dataclasses\n@cache\ndef f(): pass\n@dataclasses.dataclass\nclass A: pass\n",
        nil
      ),
      ("try:\n    import a\nexcept ImportError:\n    a = None\nif a: b = 1\nelse: pass\n", nil),
      ("X = 1\nprint(X)\n", 2), ("from app import route\n@route('/')\ndef f(): pass\n", 2),
      ("import a\n\na.options.x = 3\n", 3), ("import a\na['x'] = 3\n", 2),
      ("if a:\n    b()\n", 2), ("if a: b()\n", 1), ("for x in y:\n    z = x\n", 1),
      ("X = 1; f(X)\n", 1), ("del x\n", 1), ("with a as b: pass\n", 1),
    ] as [(String, Int?)])
  func `is to define names, or more`(text: String, line: Int?) {
    #expect(PythonLanguage().firstEffect(in: Array(text.utf8)) == line)
  }
}
