import Testing

/// What expressions give: formats, iterators, functions without a name, attributes of classes.
struct ValueTests {
  @Test(arguments: [
    ("t = {'k': 'a'}\nimport_module('%(k)s.b' % t)", ["a.b"]),
    ("t = {'k': 'a'}\nt['k'] += '_x'\nimport_module('%(k)s.b' % t)", ["*.b", "a.b", "blind"]),
    ("t = {'k': 'a', get(): 'b'}\nimport_module('%(k)s.c' % t)", ["a.c", "b.c"]),
    ("t = {'k' if x else 'q': 'a', 'q': 'b'}\nimport_module('%(q)s' % t)", ["a", "b"]),
    ("import_module('%s.%s' % (*get(), 'a'))", ["*.*", "blind"]),
    ("import_module('%s.%s' % (*('a', 'b'), 'c'))", ["a.b"]),
    ("import_module('{}.{}'.format(*get(), 'a'))", ["*.*", "blind"]),
    ("import_module('{}.{}'.format(*('a', 'b')))", ["a.b"]),
    ("t = {'k': 'a'}\nimport_module('{k}.b'.format(**t))", ["a.b"]),
    ("import_module('{k}.b'.format(**get()))", ["*.b", "blind"]),
    ("import_module('{k}.b'.format_map({'k': 'a'}))", ["a.b"]),
    ("n = 'a'\nimport_module(f'{n!s}.{n:s}')", ["a.a"]),
    ("n = 'a'\nimport_module(f'{n!r}.b')", ["*.b", "blind"]),
    ("import_module('a-b'.replace('-', '_'))", ["a_b"]),
    ("import_module(('a-' + k).replace('-', '.'))", ["blind"]),
    ("import_module(('a.b' + k).replace('b.c', 'x'))", ["blind"]),
    ("import_module('x.a'.removeprefix('x.'))", ["a"]),
    ("import_module('a_x'.removesuffix('_x'))", ["a"]),
    ("import_module(('x.' + k).removeprefix('x.'))", ["blind"]),
  ])
  func `what a format is filled with is told, or open`(_ source: String, _ expected: [String]) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("p = ['a']\nimport_module(p.pop())", ["a"]),
    ("p = ['a']\nimport_module(next(iter(p)))", ["a"]),
    ("import_module(next(iter(['a']), 'b'))", ["a", "b"]),
    ("import_module(max(['a', 'b'], key=len))", ["a", "b"]),
    ("import_module(max([], default=get()))", ["blind"]),
    ("for n, m in zip(['a'], ['b']): import_module(m)", ["b"]),
    ("for n, m in zip(*get()): import_module(m)", ["blind"]),
    ("p = ['a']\nfor n in reversed(p): import_module(n)\np.append(get())", ["a"]),
    ("p = ['a']\nr = reversed(p)\np.append('b')\nfor n in r: import_module(n)", ["a", "b"]),
    ("p = ['a']\nr = zip(p, p)\np.append('b')\nfor n, m in r: import_module(m)", ["a", "b"]),
    ("p = ['a']\nr = (n for n in p)\np.append('b')\nfor n in r: import_module(n)", ["a", "b"]),
    ("t = {'k': 'a'}\nr = t.values()\nt['q'] = 'b'\nfor n in r: import_module(n)", ["a", "b"]),
    ("p = ['a']\nr = map(import_module, p)\np.append('b')\nlist(r)", ["a", "b"]),
    ("for n in map(str.lower, ['a']): import_module(n)", ["blind"]),
  ])
  func `what an iterator gives is what its list has when it is asked`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("list(map(lambda n: import_module(n), ['a']))", ["a"]),
    ("list(map(lambda n, m: import_module(m), ['a'], ['b']))", ["b"]),
    ("list(map(lambda n: import_module(n), get()))", ["blind"]),
    ("p = ['a']\nr = map(lambda n: import_module(n), p)\np.append('b')\nlist(r)", ["a", "b"]),
    ("(lambda n: import_module(n))('a')", ["a"]),
    ("(lambda n, m='.b': import_module(n + m))('a')", ["a.b"]),
    ("(lambda n, m: import_module(m))(m='a', n='b')", ["a"]),
    ("(lambda n: import_module(n))(*get())", ["blind"]),
    ("(lambda *n: import_module(n[0]))('a')", ["blind"]),
    ("f = (lambda n: import_module(n))\nf(get())", ["blind"]),
    ("each(lambda n: import_module(n), ['a'])", ["blind"]),
    ("def map(f, x): f(get())\nmap(lambda n: import_module(n), ['a'])", ["blind"]),
    (
      "load = partial(import_module, package='a')\nlist(map(load, '.b .c'.split()))",
      ["blind", "a.b", "a.c"]
    ),
    ("import_module(*['a'])", ["a"]),
    ("import_module(*get())", ["blind"]),
    ("import_module(**{'name': 'a'})", ["a"]),
    ("import_module(**{'name': '.a', 'package': get()})", ["blind"]),
  ])
  func `a function without a name is given what its call says`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("class A: n = 'a'\nimport_module(A.n)", ["a"]),
    ("class A:\n  n = 'a'\n  m = n + '.b'\nimport_module(A.m)", ["a.b"]),
    ("class A(B): n = 'a'\nimport_module(A.n)", ["a", "blind"]),
    ("class A: n = 'a'\nA.n = get()\nimport_module(A.n)", ["blind"]),
    ("class A: n = 'a'\nfor x.n in get(): pass\nimport_module(A.n)", ["blind"]),
    ("class A: n = 'a'\nsetattr(A, get(), get())\nimport_module(A.n)", ["blind"]),
    ("class A: n = 'a'\nexec('A.n = 1')\nimport_module(A.n)", ["blind"]),
    ("@x\nclass A: n = 'a'\nimport_module(A.n)", ["blind"]),
    ("class A: n = 'a'\nA = get()\nimport_module(A.n)", ["blind"]),
    ("class A: n = ['a']\nimport_module(A.n[0])", ["blind"]),
    ("class A: pass\nimport_module(A.n)", ["blind"]),
    ("n = 'a'\nclass A: pass\nimport_module(A.n)", ["blind"]),
  ])
  func `an attribute of a class is what its body says, where nothing assigns one`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("import steps\nimport_module(f'{steps.__name__}.{n}')", ["steps.*"]),
    ("import a.steps\nimport_module(a.steps.__name__ + '.' + n)", ["a.steps.*"]),
    ("import a.steps as s\nimport_module(s.__name__ + '.b')", ["a.steps.b"]),
    ("from . import steps\nimport_module(f'{steps.__name__}.b')", ["steps.b", ".steps.b"]),
    ("from a import (b as c)\nimport_module(c.__name__ + '.d')", ["a.b.d", "b.d"]),
    ("import steps\nsteps = get()\nimport_module(steps.__name__ + '.b')", ["*.b", "blind"]),
    ("import a\nimport_module('b.' + a.c.__name__)", ["b.a.c", "b.c"]),
    ("import_module('.' + n, __name__)", [".mod.*"]),
    ("import_module('.' + n, __package__)", [".*"]),
  ])
  func `a module's name is that of the import which bound it`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }
}
