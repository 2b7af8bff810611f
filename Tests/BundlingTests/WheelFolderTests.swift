import Files
import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// A folder of wheels, made by Python's own `zipfile`: file name → members.
private func wheels(_ wheels: [String: [String: String]]) throws -> Folder {
  let folder = try Folder([
    "pare.toml": """
    source-roots = ["src"]
    environment = "wheels"
    [functions.a]
    handler = "app.handler"
    """, "src/app.py": "handler = 1",
  ])
  let python = try #require(Python.python312)
  try FileSystem.createFolder(folder.path + "/wheels")
  for (name, members) in wheels {
    var arguments = ["\(folder.path)/wheels/\(name)"]
    var members = members
    let parts = name.split(separator: "-")
    if parts.count > 2, !members.keys.contains(where: { $0.hasSuffix("/METADATA") }) {
      members.merge(metadata(String(parts[0]), String(parts[1]))) { $1 }
    }
    for (path, text) in members.sorted(by: { $0.key > $1.key }) { arguments += [path, text] }
    let made = try python.run(
      """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as wheel:
          for path, text in zip(sys.argv[2::2], sys.argv[3::2]):
              wheel.writestr(path, text)
      """, arguments)
    #expect(made.isSuccess, "\(made.errorText)")
  }
  return folder
}

private func discovered(_ folder: Folder) throws -> Workspace {
  try discover(Options(project: folder.path, jobs: 2), languages: [PythonLanguage()]).workspace
}

private func metadata(_ name: String, _ version: String) -> [String: String] {
  ["\(name)-\(version).dist-info/METADATA": "Name: \(name)\nVersion: \(version)\n\n"]
}

@Suite(.enabled(if: Python.python312 != nil, "needs Python 3.12 to make wheels"))
struct WheelFolderTests {
  @Test func `wheels are seen as installing them would leave them`() throws {
    let folder = try wheels([
      "one-1-py3-none-any.whl": [
        "one/__init__.py": "", "one/b/x.py": "1", "one/a.py": "",
        "one-1.data/purelib/extra/y.py": "", "one-1.data/platlib/one/z.so": "",
        "one-1.data/scripts/run": "#!", "one-1.data/headers/h.h": "",
      ].merging(metadata("one", "1")) { $1 },
      "two-2-py3-none-any.whl": ["one/c.py": "", "two.py": ""].merging(metadata("two", "2")) { $1 },
    ])
    let workspace = try discovered(folder)
    let root = try #require(workspace.roots.rows.last)
    #expect(root.kind == .wheels)
    let files = workspace.files.rows[root.files]
    #expect(
      files.map(\.path.string) == [
        "extra/y.py", "one-1.dist-info/METADATA", "one/__init__.py", "one/a.py", "one/b/x.py",
        "one/c.py", "one/z.so", "two-2.dist-info/METADATA", "two.py",
      ])
    let owners = files.map { $0.distribution.map { workspace.distributions[$0].name } ?? "" }
    #expect(owners == ["one", "one", "one", "one", "one", "two", "one", "two", "two"])
    #expect(workspace.diagnostics.isEmpty)
    let store = Store(workspace)
    var reader = store.makeReader()
    let index = try #require(files.firstIndex { $0.path.string == "one/b/x.py" })
    try reader.read(FileID(index))
    #expect(reader.count == 1)
  }

  @Test func `of several wheels of a distribution the one that fits best is taken`() throws {
    let folder = try wheels([
      "one-1-py3-none-any.whl": ["pure.py": ""],
      "one-1-cp312-cp312-manylinux_2_17_x86_64.whl": ["fast.py": ""],
      "one-1-cp312-cp312-macosx_11_0_arm64.whl": ["mac.py": ""],
      "two-1.9-py3-none-any.whl": ["old.py": ""], "two-1.10-py3-none-any.whl": ["new.py": ""],
      "three-1-cp311-cp311-manylinux_2_17_x86_64.whl": ["other.py": ""],
      "broken name.whl": [:],
    ])
    let workspace = try discovered(folder)
    let paths = workspace.files.rows[workspace.roots.rows[1].files].map(\.path.string)
    #expect(paths.filter { $0.hasSuffix(".py") } == ["fast.py", "new.py", "other.py"])
    #expect(
      workspace.diagnostics.map(\.message) == [
        "'\(folder.path)/wheels/broken name.whl' is not named as a wheel; it is passed over",
        "a distribution in '\(folder.path)/wheels' is not built for Python 3.12 on Linux x86_64 "
          + "(glibc 2.34 or older)",
        "'\(folder.path)/wheels' has 2 versions of 'two'; 1.10 is taken",
      ])
    #expect(
      workspace.diagnostics[1].notes.first?.message
        == "three 1: cp311-cp311-manylinux_2_17_x86_64")
  }

  @Test func `wheels for another platform are told of at once, the first five by name`() throws {
    var files: [String: [String: String]] = [:]
    for letter in "abcdefg" {
      files["\(letter)-1-cp311-cp311-manylinux_2_17_x86_64.whl"] = ["\(letter).py": ""]
    }
    files["a-1-cp312-cp312-win_amd64.whl"] = ["a.py": ""]
    let told = try discovered(wheels(files)).diagnostics
    #expect(told.map(\.code) == ["foreign-distribution"])
    #expect(told[0].message.hasPrefix("7 distributions in '"))
    #expect(
      told[0].notes.dropLast().map(\.message) == [
        "a 1: cp311-cp311-manylinux_2_17_x86_64, cp312-cp312-win_amd64",
        "b 1: cp311-cp311-manylinux_2_17_x86_64", "c 1: cp311-cp311-manylinux_2_17_x86_64",
        "d 1: cp311-cp311-manylinux_2_17_x86_64", "e 1: cp311-cp311-manylinux_2_17_x86_64",
        "and 2 more",
      ])
  }

  @Test(arguments: [true, false])
  func `source distributions without a wheel beside them are told of, once`(hasWheel: Bool) throws {
    let folder = try wheels(hasWheel ? ["foo_bar-1-py3-none-any.whl": ["foo.py": ""]] : [:])
    for name in ["Foo.Bar-1.0.tar.gz", "baz-2.0.tar.gz", "old-1.tar.bz2", "notes.txt"] {
      try folder.write("", to: "wheels/\(name)")
    }
    try folder.write(
      try folder.text("pare.toml")
        + "\n[functions.b]\nhandler = 'app.handler'\narchitecture = 'arm64'\n", to: "pare.toml")
    let told = try discovered(folder).diagnostics
    #expect(told.map(\.code) == ["sdist-ignored"])
    #expect(
      told[0].message.hasPrefix("\(hasWheel ? 2 : 3) source distributions in 'wheels' are"))
    #expect(
      told[0].notes[0].message
        == (hasWheel ? "" : "'Foo.Bar-1.0.tar.gz', ") + "'baz-2.0.tar.gz', 'old-1.tar.bz2'")
    #expect(told[0].location?.line == 2)
  }

  @Test func `of two wheels with one path and other content pip's last one is taken`() throws {
    let shared = ["ns/__init__.py": "", "shared.py": "1"]
    let folder = try wheels([
      "one-1-py3-none-any.whl": shared.merging(metadata("one", "1")) { $1 },
      "two-1-py3-none-any.whl": ["ns/__init__.py": "", "shared.py": "22"].merging(
        metadata("two", "1")
      ) { $1 },
    ])
    func taken() throws -> (contest: Contest, size: Int) {
      let workspace = try discovered(folder)
      #expect(workspace.diagnostics.isEmpty)
      try #require(workspace.contests.count == 1)
      let contest = workspace.contests[0]
      #expect(workspace.files[contest.file].path.string == "shared.py")
      return (contest, Store(workspace).size(of: contest.file))
    }
    #expect(try taken().contest.owners == ["one-1", "two-1"])
    #expect(try taken().contest.winner == "one-1")
    #expect(try taken().size == 1)
    // What requires another is installed after it, and overwrites it.
    let other = try wheels([
      "two-1-py3-none-any.whl": [
        "ns/__init__.py": "", "shared.py": "22",
        "two-1.dist-info/METADATA": "Name: two\nVersion: 1\nRequires-Dist: one\n\n",
      ]
    ])
    try folder.write(
      other.read("wheels/two-1-py3-none-any.whl"), to: "wheels/two-1-py3-none-any.whl")
    #expect(try taken().contest.winner == "two-1")
    #expect(try taken().size == 2)
  }

  @Test(arguments: ["truncated", "../evil.py", "/evil.py", "not a zip"])
  func `a damaged wheel is an error and the others are read`(damage: String) throws {
    let isName = damage.contains("evil")
    let folder = try wheels([
      "bad-1-py3-none-any.whl": [isName ? damage : "bad.py": "1"],
      "good-1-py3-none-any.whl": ["good.py": ""],
    ])
    let bad = "wheels/bad-1-py3-none-any.whl"
    let bytes = try folder.read(bad)
    if damage == "truncated" { try folder.write(Array(bytes.dropLast(30)), to: bad) }
    if damage == "not a zip" { try folder.write("hello", to: bad) }
    let workspace = try discovered(folder)
    #expect(workspace.diagnostics.map(\.code) == ["broken-wheel"])
    #expect(workspace.diagnostics[0].severity == .error)
    #expect(workspace.files.rows.contains { $0.path.string == "good.py" })
  }
}

struct `The order of installation` {
  private func ranks(_ requires: KeyValuePairs<String, [String]>) -> [Int] {
    installRanks(
      requires.map { name, requires in
        EnvironmentFacts.Found(
          name: name, displayName: name, version: "1", root: RootID(0),
          metadataFolder: "\(name)-1.dist-info", metadataNames: [], owns: [], topLevel: [],
          requires: requires, entryPoints: [], tags: [])
      })
  }

  @Test func `puts what requires most last, and of equals the first name`() {
    #expect(ranks(["a": [], "b": []]) == [0, 1])
    #expect(ranks(["a": [], "b": ["a"]]) == [1, 0])
    #expect(ranks(["a": [], "b": ["a"], "c": ["b"], "d": []]) == [2, 1, 0, 3])
    #expect(ranks(["a": ["absent", "a"], "b": []]) == [0, 1])
  }

  @Test func `puts a circle after all others`() {
    #expect(ranks(["a": [], "b": ["c"], "c": ["b"]]) == [2, 0, 1])
  }
}
