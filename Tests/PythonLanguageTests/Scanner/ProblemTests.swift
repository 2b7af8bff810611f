import Model
import PythonLanguage
import Testing

struct ProblemTests {
  @Test(arguments: [
    "print x", "print 'x'", "exec 'x'", "x = `y`", "a <> b", "x = 0777", "x = 10L", "ur'x'",
    "raise E, 'x'", "try:\n  pass\nexcept E, e:\n  pass", "def f(a, (b, c)):\n  pass", "x = $y",
    "a ? b", "x = 'abc", "x = '''abc", "x = f'{a", "x = (1,\n", "x = 1)", "x = (1]", "if x\n  y",
    "if x:\ny", "  x", "if x:\n    y\n  z", "if x:\n\ty\n        z", "import", "import a.",
    "import a as", "from a import", "from a import (b", "from import a", "from a import b,",
    "from a import ()", "import a b", "x =", "else:\n  x", "try:\n  x\ny",
    "{{ name }} = 1\n{% if %}",
    "import a\n\0", "x = a b", "async = 1", "x:", "x = “a”",
  ])
  func `what CPython refuses is reported`(_ source: String) {
    #expect(!problems(source).isEmpty)
  }

  @Test(arguments: [
    "print(x)", "x = 1if y else 2", "x = 0_0", "x = 0o17 + 0xFF + 0b1 + 1e5 + 1j + .5 + 1. + 00",
    "match = 1\nmatch.x\nmatch(x)\nmatch[x]\nprint(match)", "type = 1\ntype X = int\ncase = 2",
    "match x:\n  case [1, *y] if z: pass\n  case {'a': b, **c}: pass\n  case _: pass",
    "def f(a, /, b: int = 1, *, c=(1, 2), **d) -> int: ...", "x = lambda a, *b: (yield)",
    "f(*a, **b)", "x = a[1:2, ::3, ...]", "x = not a is not b not in c", "@a.b\ndef f(): pass",
    "x = f'{a!r:>{w}}' f\"{b=}\" rb'' b''", "try:\n  pass\nexcept* E as e:\n  pass\nfinally:\n  x",
    "try:\n  pass\nexcept OSError, KeyError:\n  pass", "x: int\ny: list[int] = []",
    "with (a as b, c as d):\n  pass", "async def f():\n  async with a: pass\n  await b",
    "if x:\n\n# c\n    y\n  # d\nz", "x = [i async for i in y]", "def f[T: int](x: T): pass",
    "x = (\n1\n  ,\n)", "while x: break\nelse: y", "for x in *a, b: pass", "del a, b\nassert a, b",
    "x = a if b else c", "x = (y := 1)", "global_ = 1", "x = \\\n  1", "nonlocal_ = -1 ** -x",
    "x = f'{a:{b}{c}}' f'{{}}' f'''{\n  1}'''", "lambda: (x, *y)", "print(*a, sep='')", "",
  ])
  func `what CPython accepts is not`(_ source: String) {
    #expect(problems(source) == [])
  }

  @Test func `bytes that are no text are reported`() {
    #expect(problems(bytes: Array("x = '".utf8) + [0xFF] + Array("'".utf8)) == ["invalid-utf8"])
    // Decided by CPython 3.8 to 3.13, all alike: comments are not decoded, strings and names are.
    for text in ["x = 1\n# caf!\n", "# caf!", "# coding: utf-8\n# caf!\n", "x = (1, # !\n  2)\n"] {
      #expect(problems(bytes: Array(text.utf8).map { $0 == 33 ? 0xE9 : $0 }) == [], "\(text)")
    }
    for text in [
      "x = b'!'\n", "'''!'''\n", "# !\nx = '!'\n", "caf! = 1\n", "# coding: utf8\n# !\n",
      "# coding: ascii\n# !\n",
    ] {
      let found = problems(bytes: Array(text.utf8).map { $0 == 33 ? 0xE9 : $0 })
      #expect(found.contains("invalid-utf8"), "\(text) \(found)")
    }
    #expect(problems(bytes: Array("# coding: klingon\n".utf8)) == ["unknown-encoding"])
    #expect(problems(bytes: Array("# coding: shift_jis\nx='".utf8) + [0x95, 0x5C] + [39]) == [])
    #expect(
      problems(bytes: [0xEF, 0xBB, 0xBF] + Array("# coding: latin-1\n".utf8)) == [
        "unknown-encoding"
      ])
    #expect(problems(bytes: Array("import a\n".utf8) + [0]) == ["null-byte"])
  }

  @Test func `reading goes on behind a problem`() {
    #expect(imports("print x\nimport a") == ["top-level import a"])
    #expect(imports("x = (1,\nimport a") == ["top-level import a"])
    #expect(imports("x = 'y\nimport a") == ["top-level import a"])
    #expect(imports("x = '''y\nimport a") == ["top-level import a"])
  }

  @Test func `no torn or changed file ends the process`() {
    let text = """
      import a
      class A:
        def f(self, x="p.q"):
          try: import_module(f'{__name__}.{x}')
          except ImportError: exec(\'\'\'import z\'\'\')
      if sys.platform == 'x': y = [1,
        2]
      for m in {'a': ('b', 1)}.items(): __import__('%s.%s' % (m, 'q'))
      """
    let source = Array(text.utf8)
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabet = Array("()[]{}'\"\\\n\r\t :;,.*=%f#\u{0}é@!".utf8)
    var quick = QuickImports()
    var facts = SourceFacts()
    for _ in 0..<4000 {
      var bytes = source
      for _ in 0...random(4) {
        switch random(3) {
        case 0: bytes[random(bytes.count)] = alphabet[random(alphabet.count)]
        case 1: bytes.insert(alphabet[random(alphabet.count)], at: random(bytes.count))
        default: bytes.removeSubrange(random(bytes.count)..<bytes.count)
        }
        if bytes.isEmpty { bytes = [10] }
      }
      _ = PythonScanner.scan(bytes.span, path: RelativePath("a.py"))
      quick.scan(bytes.span, into: &facts)
    }
  }
}
