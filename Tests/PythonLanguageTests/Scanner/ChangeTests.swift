import Testing

/// Lists, sets, dictionaries and functions between a constant and `import_module`.
struct ChangeTests {
  @Test(arguments: [
    ("p = ['a']\np.append('b')\nimport_module('.'.join(p))", ["a.b"]),
    ("p = ['a']\np += ['b']\nimport_module('.'.join(p))", ["a.b"]),
    ("p = ['a']\nif x: p.append(y)\nimport_module('.'.join(p))", ["a", "a.*", "blind"]),
    ("p = ['a']\nfor x in y: p.append('b')\nimport_module(p[0])", ["a"]),
    ("p = ['a']\np.append(get())\nimport_module(p[-1])", ["a", "blind"]),
    ("p = ['a']\np.append('b')\nfor n in p: import_module(n)", ["a", "b"]),
    ("p = ['a']\ndef f(): p.append(get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\np.extend(['b'])\nfor n in p: import_module(n)", ["a", "b"]),
    ("p = ['a']\np.extend(get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\np.insert(0, 'b')\nimport_module(p[0])", ["a", "b"]),
    ("p = ['a']\np[0] = 'b'\nimport_module(p[0])", ["a", "b"]),
    ("p = ['a']\np[1:] = get()\nimport_module(p[1])", ["a", "blind"]),
    ("p = ['a', 'b']\np.pop(0)\nimport_module(p[0])", ["a", "b"]),
    ("p = ['a', 'b']\np.reverse()\nimport_module(p[0])", ["a", "b"]),
    ("p = ['a', 'b']\ndel p[0]\nimport_module(p[0])", ["a", "b", "blind"]),
    ("p = []\np.append('a')\nfor n in p: import_module(n)", ["a"]),
    ("p = {'a'}\np.add('b')\nfor n in p: import_module(n)", ["a", "b"]),
    ("p = {'a'}\np |= {'b'}\nfor n in p: import_module(n)", ["a", "b"]),
    ("p = {'a'}\np |= get()\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = {'a'}\np.update(['b'], get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("t = {'k': 'a'}\nt['k'] = 'b'\nimport_module(t['k'])", ["a", "b"]),
    ("t = {'k': 'a'}\nt[x] = 'b'\nimport_module(t['k'])", ["a", "b"]),
    ("t = {'k': 'a'}\nt['q'] = 'b'\nimport_module(t['k'])", ["a"]),
    ("t = {}\nt['k'] = 'a'\nimport_module(t['k'])", ["a"]),
    ("t = {'k': 'a'}\nt.update(k='b')\nimport_module(t['k'])", ["a", "b"]),
    ("t = {'k': 'a'}\nt.update({'k': 'b'})\nimport_module(t['k'])", ["a", "b"]),
    ("t = {'k': 'a'}\nt.update(get())\nimport_module(t['k'])", ["a", "blind"]),
    ("t = {'k': 'a'}\nt.update([('q', 'b')])\nimport_module(t['q'])", ["b"]),
    ("t = {'k': 'a'}\nt.setdefault('q', 'b')\nimport_module(t['q'])", ["b"]),
    ("t = {'k': 'a'}\nt |= {'q': 'b'}\nimport_module(t['q'])", ["b"]),
    ("t = {'k': 'a'}\nt['k'] += '.b'\nimport_module(t['k'])", ["a", "blind"]),
    ("t = {'k': 'a'}\ndel t['k']\nimport_module(t['k'])", ["a", "blind"]),
    ("t = {'k': 'a'}\nt.clear()\nimport_module(t['k'])", ["a"]),
    ("t = {'k': ['a']}\nt['k'].append(get())\nfor n in t['k']: import_module(n)", ["blind"]),
    ("t = {'k': 'a'}\nt['k'], x = get()\nimport_module(t['k'])", ["a", "blind"]),
    ("t = {'k': 'a'}\nfor t['k'] in get(): pass\nimport_module(t['k'])", ["a", "blind"]),
    ("t = {'k': 'a'}\nwith get() as t['k']: pass\nimport_module(t['k'])", ["blind"]),
    ("t = {**get(), 'k': 'a'}\nimport_module(t['q'])", ["blind"]),
    ("b = {'q': 'b'}\nt = {**b, 'k': 'a'}\nimport_module(t['q'])", ["b"]),
    ("p = [*get(), 'a']\nimport_module(p[0])", ["a", "blind"]),
    ("p = [*('a', 'b'), 'c']\nimport_module(p[1])", ["b"]),
    ("t = dict(k='a', **get())\nimport_module(t['q'])", ["blind"]),
    ("t = dict([('k', 'a')])\nimport_module(t['k'])", ["a"]),
    ("p = ['a']; q = p\nq.append(get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = q = ['a']\nq.append(get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\nadd = p.append\nadd(get())\nfor n in p: import_module(n)", ["a", "blind"]),
    (
      "p = ['a']\ndef fill(q): q.append(get())\nfill(p)\nfor n in p: import_module(n)",
      ["a", "blind"]
    ),
    (
      "p = ['a']\ndef fill(q): q.append(get())\ndef pass_on(r): fill(r)\npass_on(p)\nfor n in p: import_module(n)",
      ["a", "blind"]
    ),
    ("p = ['a']\n[p.append(n) for n in get()]\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\nclass A: p += [get()]\nfor n in p: import_module(n)", ["a", "blind"]),
    (
      "p = ['a']\ndef fill(q): q.append(get())\nclass A:\n  fill(p)\n  p = []\nfor n in p: import_module(n)",
      ["a", "blind"]
    ),
    (
      "p = ['a']\ndef f(p):\n  class A: p += ['b']\nfor n in p: import_module(n)", ["a", "b"]
    ),
    ("p = ['a']\nread(p)\nfor n in p: import_module(n)", ["a"]),
    ("p = ['a']\nlist.append(p, get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\nheappush(p, get())\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\nqueue.append(p)\nfor n in p: import_module(n)", ["a"]),
    ("t = {'k': 'a'}\noperator.setitem(t, 'k', get())\nimport_module(t['k'])", ["a", "blind"]),
    ("p = ['a']\np.insert(*get())\nimport_module(p[0])", ["a", "blind"]),
    ("p = ['a']\n(lambda q: q.append(get()))(p)\nfor n in p: import_module(n)", ["a", "blind"]),
    ("p = ['a']\neach(lambda q: q.clear(), [p])\nimport_module(p[0])", ["a", "blind"]),
    (
      "t = {'k': ['a']}\nt.setdefault('q', []).append(get())\nfor p in t.values(): import_module(p[0])",
      ["blind"]
    ),
    ("t = {'a': 'b', 'c': 'd'}\nfor k, n in t.items(): import_module(n)", ["b", "d"]),
    ("t = {'x': ('a', 'b'), 'y': ('c', 'd')}\nimport_module(t[k][0])", ["a", "c"]),
    ("t = {'x': {'m': 'a'}, 'y': {'m': 'b'}}\nimport_module(t[k]['m'])", ["a", "b"]),
    ("p = [n + '.b' for n in ('a', 'c')]\nfor n in p: import_module(n)", ["a.b", "c.b"]),
    ("t = {k: 'a.' + k for k in ('b', 'c')}\nimport_module(t[x])", ["a.b", "a.c"]),
  ])
  func `what is changed in place is followed, or open`(_ source: String, _ expected: [String]) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("def load(name): return import_module(name)\nload('a')", ["a", "blind"]),
    ("def load(name, x=1): return import_module(name)\nload(x=2, name='a')", ["a", "blind"]),
    (
      "def load(p, n): import_module(p + '.' + n)\nload('a', 'b')",
      ["*.*", "*.b", "a.*", "a.b", "blind"]
    ),
    ("def load(n): import_module(n)\nload(*get())", ["blind"]),
    ("class A:\n  def load(self, n): import_module(n)\nA().load('a')", ["a", "blind"]),
    ("class A:\n  def __init__(self, n): import_module(n)\nA('a')", ["a", "blind"]),
    ("def load(n): import_module('a.' + n)\ndef each(m): load(m)\neach('b')", ["a.*", "a.b"]),
    ("def load(n):\n  spec = find_spec(n)\nload('a')", ["a"]),
    ("partial(import_module, 'a')()", ["a"]),
    ("partial(import_module, get())()", ["blind"]),
    ("partial(import_module, '.b', package='a')()", ["a.b"]),
    ("pool.submit(importlib.import_module, 'a')", ["a"]),
    ("load = partial(import_module, package=__package__)\nload('.a')", [".a"]),
    ("load = partial(import_module, package='p')\nload('.a')", ["blind", "p.a"]),
    ("class A:\n  load = staticmethod(import_module)\n  def go(self): self.load('a')", ["a"]),
    ("loaders = {'module': import_module}", ["blind"]),
    ("for load in [len, import_module]: load(n)", ["blind"]),
    ("check(import_module)", []),
    ("def pick(): return get() + '.a.'\nimport_module(pick() + 'b')", ["*.a.b", "blind"]),
    ("def pick():\n  if x: return 'a'\n  return 'b'\nimport_module(pick())", ["a", "b"]),
    ("def pick(): yield 'a'\nimport_module(pick())", ["blind"]),
    ("@cached\ndef pick(): return 'a'\nimport_module(pick())", ["blind"]),
    ("async def pick(): return 'a'\nimport_module(pick())", ["blind"]),
    ("def pick(n): return n + '.b'\nn = pick('a')\nimport_module(n)", ["*.b", "a.b", "blind"]),
    ("def pick(): return pick()\nimport_module(pick())", ["blind"]),
    ("def sorted(x): return get()\nimport_module(sorted(['a']))", ["blind"]),
    ("pick = lambda: 'a'\nimport_module(pick())", ["blind"]),
  ])
  func `what functions of the file are given and give is folded`(
    _ source: String, _ expected: [String]
  ) {
    #expect(namesAsked(by: source) == expected)
  }

  @Test(arguments: [
    ("import_module(os.environ.get('P', 'a') + '.' + k)", ["*.*", "a.*", "blind"]),
    ("import_module(os.getenv('P', 'a') + '.b')", ["*.b", "a.b", "blind"]),
    ("import_module(getattr(x, 'y', 'a'))", ["a", "blind"]),
    ("from conf import P\nimport_module(P + '.' + k)", ["*.*", "blind"]),
    ("import_module(self.folder + '.' + k)", ["*.*", "blind"]),
    ("import_module('a.b:c'.split(':')[0])", ["a.b"]),
    ("import_module('x:a.b'.rpartition(':')[2])", ["a.b"]),
    ("import_module(('a.' + k).rpartition('.')[0])", ["a", "a.*"]),
    ("import_module('A'.lower())", ["a"]),
    ("import_module(' a '.strip())", ["a"]),
    ("import_module('a-b'.upper())", ["blind"]),
    ("import_module(f'{k}')", ["blind"]),
    ("n = 'a'\nimport_module(f'{n}.b')", ["a.b"]),
    ("n = 'a'\nn = get()\nimport_module(f'{n}.b')", ["*.b", "blind"]),
    ("import_module(f'a.{get()}.c')", ["a.*.c"]),
    ("import_module('.'.join(('a', 'b')))", ["a.b"]),
    ("import_module('.'.join(n for n in ('a', 'b')))", ["blind"]),
    ("import_module('.x', get())", ["*.x", ".x", "blind"]),
    ("p = 'a'\nimport_module('.x', p)", ["a.x"]),
    ("import_module(package='a', name='.x')", ["a.x"]),
    ("run_module('a')", ["a", "a.__main__"]),
    ("run_module('a.' + k)", ["a.*", "a.*.__main__"]),
    ("__import__('x', globals(), locals(), [], get())", ["x", "blind"]),
    ("def f(n): run_module(n)\nf('a')", ["a", "a.__main__", "blind"]),
  ])
  func `what is known of a name keeps what stands below it`(_ source: String, _ expected: [String])
  {
    #expect(namesAsked(by: source) == expected)
  }
}
