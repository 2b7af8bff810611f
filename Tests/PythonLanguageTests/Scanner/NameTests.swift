import Testing

/// Names that are bound in all the ways that Python has, given to `import_module`: what is told of them
/// is right, or open and told.
struct NameTests {
  @Test(arguments: [
    ("n = 'a.b'\nimport_module(n)", ["a.b"]),
    ("n = m = 'a.b'\nimport_module(n)", ["a.b"]),
    ("n: str = 'a.b'\nimport_module(n)", ["a.b"]),
    ("n: str\nimport_module(n)", ["blind"]),
    ("n = 'a'; n += '.b'\nimport_module(n)", ["a.b"]),
    ("n = 'a'\nn += get()\nimport_module(n)", ["blind"]),
    ("n = 'a'\nn *= 2\nimport_module(n)", ["blind"]),
    ("n = 'a'\nn %= x\nimport_module(n)", ["blind"]),
    ("n = 'a'; m = get()\nimport_module(m)", ["blind"]),
    ("n = 'a'; m = get()\nimport_module(n)", ["a"]),
    ("if x: n = 'a'; m = 'b'\nimport_module(m)", ["b"]),
    ("n, m = 'a', 'b'\nimport_module(m)", ["b"]),
    ("(n, [m, *_]) = 'a', ['b', 'c']\nimport_module(m)", ["b"]),
    ("n, *m = 'a', 'b', 'c'\nimport_module(m[1])", ["c"]),
    ("*n, m = 'a', 'b', 'c'\nimport_module(m)", ["c"]),
    ("*n, m = 'a', 'b', 'c'\nimport_module(n[0])", ["a"]),
    ("n, m = get()\nimport_module(n)", ["blind"]),
    ("n, m = 'ab'\nimport_module(n)", ["blind"]),
    ("[n] = ['a']\nimport_module(n)", ["a"]),
    ("n, = ('a',)\nimport_module(n)", ["a"]),
    ("(n := 'a')\nimport_module(n)", ["a"]),
    ("if (n := get()): pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\nx and (n := get())\nimport_module(n)", ["a", "blind"]),
    ("n = (m := 'a') + '.b'\nimport_module(m)", ["a"]),
    ("n = m if (m := get()) else 'a'\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\n[import_module(n) for m in get() if (n := m)]", ["a", "blind"]),
    ("for n in 'a', 'b': pass\nimport_module(n)", ["a", "b"]),
    ("for n, m in [('a', 'b'), ('c', 'd')]: pass\nimport_module(m)", ["b", "d"]),
    ("for i, n in enumerate(['a']): pass\nimport_module(n)", ["a"]),
    ("for n in get(): pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\nfor n in get(): pass\nimport_module(n)", ["a", "blind"]),
    (
      "n = 'a'\nasync def f():\n  global n\n  async for n in get(): pass\nimport_module(n)",
      ["a", "blind"]
    ),
    ("n = 'a'\nwith get() as n: pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\nwith get() as (m, n): pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\nwith (open(x) as y, get() as n): pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\ntry: pass\nexcept E as n: pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\ntry: n = get()\nexcept E: pass\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nimport n\nimport_module(n)", ["blind"]),
    ("n = 'a'\nfrom x import n\nimport_module(n)", ["blind"]),
    ("n = 'a'\nfrom x import (m as n, k)\nimport_module(n)", ["blind"]),
    ("n = 'a'\nfrom x import *\nimport_module(n)", ["a", "blind"]),
    ("from x import *\nn = 'a'\nimport_module(n)", ["a"]),
    ("n = 'a'\ndef n(): pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\nclass n: pass\nimport_module(n)", ["blind"]),
    ("n = 'a'\ndel n\nimport_module(n)", ["a"]),
    ("n = 'a'\nmatch x:\n  case [n, *_]: pass\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nmatch x:\n  case {'k': n}: pass\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nmatch x:\n  case str() as n if n: pass\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nmatch x:\n  case E.n: pass\nimport_module(n)", ["a"]),
    ("n = 'a'\ntype n = int\nimport_module(n)", ["blind"]),
    ("n = 'a'\nexec(code)\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nexec('m = 1')\nimport_module(n)", ["a"]),
    ("n = 'a'\nglobals()['n'] = get()\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nglobals().update(get())\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nsetattr(sys.modules[__name__], 'n', get())\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\nx.n = get()\nimport_module(n)", ["a"]),
    ("n = 'a' if x else 'b'\nimport_module(n)", ["a", "b"]),
    ("n = x or 'a'\nimport_module(n)", ["a", "blind"]),
  ])
  func `each form of binding gives a name its value, or opens it`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("n = 'a'\ndef f():\n  n, m = get()\n  import_module(n)", ["blind"]),
    ("n = 'a'\ndef f(n): import_module(n)", ["blind"]),
    ("n = 'a'\ndef f(*n): import_module(n)", ["blind"]),
    ("n = 'a'\ndef f(x=n):\n  n = get()\n  import_module(x)", ["a", "blind"]),
    ("n = 'a'\ndef f():\n  global n\n  n = get()\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\ndef f():\n  global n\n  for n in get(): pass\nimport_module(n)", ["a", "blind"]),
    ("n = 'a'\ndef f():\n  global n; n += '.b'\nimport_module(n)", ["a", "a.b", "a.b*", "blind"]),
    ("n = 'a'\ndef f(): n = get()\nimport_module(n)", ["a"]),
    (
      "def f():\n  n = 'a'\n  def g():\n    nonlocal n\n    n = get()\n  import_module(n)",
      ["a", "blind"]
    ),
    ("def f():\n  n = 'a'\n  def g(): import_module(n)\n  n = get()", ["a", "blind"]),
    ("n = 'a'\nclass A:\n  n = 'b'\n  import_module(n)", ["b"]),
    ("n = 'a'\nclass A:\n  n = 'b'\n  def f(self): import_module(n)", ["a"]),
    ("n = 'a'\nclass A: n = get()\nimport_module(n)", ["a"]),
    ("n = 'a'\n[n for n in get()]\nimport_module(n)", ["a"]),
    ("[import_module(n) for n in ['a']]", ["a"]),
    ("[import_module(n) for n in ['a'] for n in get()]", ["a", "blind"]),
    ("n = 'a'\n[import_module(n) for n in get()]", ["blind"]),
    ("[import_module(n + m) for n, m in [('a', '.b')]]", ["a.b"]),
    ("n = ['a']\n[import_module(n) for n in n]", ["a"]),
    ("n = 'a'\nf = lambda n: import_module(n)", ["blind"]),
    ("n = 'a'\nf = lambda: import_module(n)", ["a"]),
    ("n = 'a'\n[n := m for m in get()]\nimport_module(n)", ["a", "blind"]),
    ("def f(n='a'): import_module(n)", ["a", "blind"]),
    ("def f(n):\n  n = 'a'\n  import_module(n)", ["a"]),
    ("def f[n](x): import_module(n)", ["blind"]),
  ])
  func `a name is that of the scope it stands in`(_ source: String, _ expected: [String]) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("n = get(); n = 'a'\nimport_module(n)", ["a"]),
    ("n = 'a'\nif x: n = 'b'\nimport_module(n)", ["a", "b"]),
    ("n = 'a'\nif x: n = 'b'\nelse: n = 'c'\nimport_module(n)", ["a", "b", "c"]),
    ("n = 'a'\nimport_module(n)\nn = get()", ["a"]),
    ("n = 'a'\nfor i in x:\n  import_module(n)\n  n = get()", ["a", "blind"]),
    ("n = 'a'\nwhile import_module(n): n = get()", ["a", "blind"]),
    ("for i in x:\n  n = 'a'\n  import_module(n)\n  n = get()", ["a"]),
    ("n = 'a'\nfor i in x: n += '.b'\nimport_module(n)", ["a", "a.b", "a.b*", "blind"]),
    ("n = 'a'\ndef f(): import_module(n)\nn = get()", ["a", "blind"]),
    ("n = 'a'\nn = n + '.b'\nimport_module(n)", ["a.b"]),
    ("n = 'a'\nn = 'b'; n += '.c'; n += '.d'\nimport_module(n)", ["b.c.d"]),
    ("n = 'a'\nm = n\nn = get()\nimport_module(m)", ["a"]),
    ("a, b = 'x', 'y'\na, b = b, a\nimport_module(a)", ["y"]),
    ("n = n\nimport_module(n)", ["blind"]),
  ])
  func `what reaches a place in order is told, and what may have come between`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }
}
