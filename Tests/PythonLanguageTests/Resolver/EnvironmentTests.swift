import Model
import PythonLanguage
import Testing

@Suite struct EnvironmentTests {
  private func read(_ files: [String: String]) -> EnvironmentFacts {
    PythonLanguage().distributions(
      in: files.sorted { $0.key < $1.key }.map {
        MetadataFile(
          root: RootID(0), location: "/env", path: RelativePath($0.key), bytes: Array($0.value.utf8)
        )
      })
  }

  @Test func `a distribution's name is normalised as PEP 503 says`() {
    let facts = read(["Foo.Bar_baz-2.dist-info/METADATA": "Name: Foo.Bar__-baz\nVersion: 2\n"])
    #expect(facts.distributions.map(\.name) == ["foo-bar-baz"])
    #expect(facts.distributions.map(\.displayName) == ["Foo.Bar__-baz"])
    #expect(facts.distributions.map(\.version) == ["2"])
  }

  @Test func `requirements lose their markers, extras and versions`() {
    let facts = read([
      "a-1.dist-info/METADATA": """
      Name: a
      Version: 1
      Requires-Dist: typing_extensions>=4; python_version < "3.11"
      Requires-Dist: Requests[socks] (>=2)
      Requires-Dist: requests
      Provides-Extra: x

      Requires-Dist: not-a-header
      """
    ])
    #expect(facts.distributions.first?.requires == ["requests", "typing-extensions"])
  }

  @Test func `what a distribution requires keeps its extras and its marker`() {
    let facts = read([
      "a-1.dist-info/METADATA": """
      Name: a
      Version: 1
      Requires-Dist: Requests[socks, Use_Chardet] (>=2)
      Requires-Dist: b @ https://example.org/b;1.whl ; extra == "Web_UI"
      Provides-Extra: Web_UI
      Provides-Extra: all
      """
    ])
    #expect(
      facts.distributions.first?.requirements == [
        .init(name: "requests", extras: ["socks", "use-chardet"], marker: nil),
        .init(name: "b", marker: "extra == \"Web_UI\""),
      ])
    #expect(facts.distributions.first?.extras == ["all", "web-ui"])
    #expect(facts.diagnostics.isEmpty)
  }

  @Test func `an egg's sections are extras and markers`() {
    let facts = read([
      "a-1.egg-info/PKG-INFO": "Name: a\nVersion: 1\n",
      "a-1.egg-info/requires.txt": """
      b>1

      [test]
      c[x]

      [:python_version < "3.8"]
      d

      [web:os_name == "nt" or os_name == "posix"]
      e ; python_version > "3"
      """,
    ])
    #expect(
      facts.distributions.first?.requirements == [
        .init(name: "b", marker: nil),
        .init(name: "c", extras: ["x"], marker: "extra == \"test\""),
        .init(name: "d", marker: "python_version < \"3.8\""),
        .init(
          name: "e",
          marker: "((extra == \"web\") and (os_name == \"nt\" or os_name == \"posix\"))"
            + " and (python_version > \"3\")"),
      ])
  }

  @Test func `a requirement that is none is told where it stands, and loses nothing else`() {
    let facts = read([
      "a-1.dist-info/METADATA": """
      Name: a
      Version: 1
      Requires-Dist: ???
      Requires-Dist: b
      """,
      "c-2.egg-info/PKG-INFO": "Name: c\nVersion: 2\n",
      "c-2.egg-info/requires.txt": "\n[x\nd\n",
    ])
    #expect(facts.distributions.map(\.name) == ["a", "c"])
    #expect(facts.distributions.map(\.requires) == [["b"], ["d"]])
    #expect(facts.diagnostics.map(\.code) == ["broken-metadata", "broken-metadata"])
    #expect(
      facts.diagnostics.map(\.location) == [
        SourceLocation(path: "/env/a-1.dist-info/METADATA", line: 3, column: 1),
        SourceLocation(path: "/env/c-2.egg-info/requires.txt", line: 2, column: 1),
      ])
  }

  @Test func `metadata without a name is told, and the folder's name is taken`() {
    let facts = read(["x_y-3.1.dist-info/METADATA": "\u{1}garbage"])
    #expect(facts.distributions.map(\.name) == ["x-y"])
    #expect(facts.diagnostics.map(\.code) == ["broken-metadata"])
    #expect(facts.diagnostics.map(\.location?.path) == ["/env/x_y-3.1.dist-info/METADATA"])
  }

  @Test func `who was installed by name is known from REQUESTED`() {
    let facts = read([
      "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n", "a-1.dist-info/REQUESTED": "",
      "b-1.dist-info/METADATA": "Name: b\nVersion: 1\n",
    ])
    #expect(facts.distributions.map(\.isRequested) == [true, false])
  }

  @Test func `a RECORD's quoted names and outside paths are understood`() {
    let facts = read([
      "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n",
      "a-1.dist-info/RECORD":
        "a/__init__.py,sha256=x,3\r\n\"a/with,comma \"\"q\"\".txt\",,\n../../../bin/a,,\n/abs,,\n",
    ])
    #expect(
      facts.distributions.first?.owns?.map(\.string) == ["a/__init__.py", "a/with,comma \"q\".txt"])
    #expect(facts.distributions.first?.topLevel == ["a"])
  }

  @Test func `an egg-info folder says what it owns in installed-files`() {
    let facts = read([
      "six-1.egg-info/PKG-INFO": "Name: six\nVersion: 1\n",
      "six-1.egg-info/installed-files.txt": "../six.py\nPKG-INFO\n",
      "six-1.egg-info/requires.txt": "b>1\n\n[extra]\nc\n",
    ])
    #expect(
      facts.distributions.first?.owns?.map(\.string) == ["six.py", "six-1.egg-info/PKG-INFO"])
    #expect(facts.distributions.first?.requires == ["b", "c"])
  }

  @Test func `an egg-info file is its own metadata`() {
    let facts = read(["old-0.9.egg-info": "Name: old\nVersion: 0.9\n"])
    #expect(facts.distributions.map(\.name) == ["old"])
    #expect(facts.distributions.first?.owns == nil)
  }

  @Test func `a folder without metadata takes its name and version from its own name`() {
    let facts = read(["x_y-3.1.dist-info/RECORD": "x_y.py,,\n"])
    #expect(facts.distributions.map(\.name) == ["x-y"])
    #expect(facts.distributions.map(\.version) == ["3.1"])
  }

  @Test func `entry points keep group, name and value without extras`() {
    let facts = read([
      "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n",
      "a-1.dist-info/entry_points.txt":
        "# c\n[x.group]\nfirst = a.b:C [extra]\n; c\n[empty]\n[y]\nz=a\n",
    ])
    #expect(
      facts.distributions.first?.entryPoints == [
        .init(group: "x.group", name: "first", value: "a.b:C"),
        .init(group: "y", name: "z", value: "a"),
      ])
  }

  @Test func `pth files name folders, and their code is not executed`() {
    let facts = read([
      "b.pth": "# comment\n/repo/src\nimport os; os.system('x')\n\n../lib\n",
      "c.egg-link": "/repo/old\n.\n",
    ])
    #expect(facts.addedRoots.map(\.folder) == ["/repo/src", "../lib", "/repo/old"])
  }

  @Test func `an editable finder's mapping is read as text`() {
    let facts = read([
      "__editable___shop_1_finder.py": """
      from __future__ import annotations
      MAPPING: dict[str, str] = {'shop': '/repo/packages/shop/src/shop', 'one': '/repo/one'}
      NAMESPACES: dict[str, list[str]] = {'acme.x': ['/repo/ns/acme/x']}
      """
    ])
    #expect(facts.addedRoots.map(\.folder) == ["/repo/packages/shop/src", "/repo", "/repo/ns"])
  }

  @Test func `only what code reads of the metadata is kept`() {
    let facts = read([
      "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n", "a-1.dist-info/LICENSE": "MIT",
      "a-1.dist-info/licenses/NOTICE": "n", "a-1.dist-info/WHEEL": "Tag: py3-none-any\n",
      "a-1.dist-info/INSTALLER": "pip",
    ])
    #expect(facts.distributions.first?.metadataNames == ["METADATA", "WHEEL"])
    #expect(facts.distributions.first?.tags == ["py3-none-any"])
  }

  @Test(arguments: [
    ("a/b.py", FileRole.source), ("a/b.so", .native), ("a/libx.so.1.2", .native),
    ("x.libs/libssl-8125.so.1.1.1k", .native),
    ("a/x.pyd", .native), ("a/b.pyi", .data), ("a/c.h", .discarded), ("a/c.pyx", .discarded),
    ("a/__pycache__/b.cpython-312.pyc", .discarded), ("a-1.dist-info/METADATA", .metadata),
    ("v/_vendor/a-1.dist-info/METADATA", .data), ("x.pth", .metadata), ("a/version.1", .data),
    ("a/py.typed", .data), ("README", .data), ("__editable___a_finder.py", .metadata),
  ])
  func `a file's role follows from its path`(path: String, role: FileRole) {
    #expect(PythonLanguage().role(of: RelativePath(path)) == role)
  }

  @Test(
    arguments: [
      ("a/b.py", "a/b.py"), ("a-1.data/purelib/a/b.py", "a/b.py"),
      ("a-1.data/platlib/a.so", "a.so"),
      ("a-1.data/scripts/run", nil), ("a-1.data/headers/a.h", nil), ("a.data/x.py", "a.data/x.py"),
    ] as [(String, String?)])
  func `a wheel's member lies where pip would put it`(member: String, installed: String?) {
    #expect(
      PythonLanguage().installedPath(ofMember: RelativePath(member))?.string == installed)
  }
}
