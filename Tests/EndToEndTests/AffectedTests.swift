import Files
import Model
import TestKit
import Testing
import Text

/// A folder under Git, with all that is in it committed.
private func commit(_ folder: String) throws {
  let git = try #require(Program.find("git"))
  for arguments in [
    ["init", "-q"], ["add", "--all", "--force"],
    ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "first"],
  ] {
    let run = try git.run(arguments, folder: folder, timeout: 60)
    #expect(run.isSuccess, "\(run.errorText)")
  }
}

/// The names that `pare affected --since HEAD` gives, with their reasons.
private func affected(
  _ folder: String, _ arguments: [String] = []
) throws -> [String: String] {
  let run = try Tool.run(
    ["affected", "--since", "HEAD", "--format", "json"] + arguments, in: folder)
  let document = try JSON.read(Array(run.output.utf8), path: "output")
  return Dictionary(
    uniqueKeysWithValues: try document["include"].elements.map {
      (try $0["function"].text, try $0["reason"].text)
    })
}

/// What archives hold, by the function's name, as packaging really makes them.
private func digests(_ folder: String) throws -> [String: String] {
  let run = try Tool.run(["package", "--dry-run", "--format", "json"], in: folder)
  let document = try JSON.read(Array(run.output.utf8), path: "output")
  return Dictionary(
    uniqueKeysWithValues: try document["functions"].elements.map {
      (try $0["name"].text, try $0["contentDigest"].text)
    })
}

@Suite(.enabled(if: Program.find("git") != nil, "git is not installed"))
struct `What is affected since a revision` {
  private static let files = [
    "pare.toml": """
    [functions.orders]
    handler = "orders/app.py:handler"
    [functions.refunds]
    handler = "refunds/app.py:handler"
    """, "orders/app.py": "from shared import db\ndef handler(event, context): pass\n",
    "refunds/app.py": "def handler(event, context):\n    import tea\n",
    "shared/__init__.py": "", "shared/db.py": "import shared.clock\n", "shared/clock.py": "",
    "shared/unused.py": "", "requirements.txt": "tea==1.0\nother==2.0\n",
    ".gitignore": ".venv\ndist\ngenerated\n", ".venv/pyvenv.cfg": "version = 3.12.1\n",
    ".venv/lib/python3.12/site-packages/tea.py": "",
    ".venv/lib/python3.12/site-packages/tea-1.0.dist-info/METADATA":
      "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n",
    ".venv/lib/python3.12/site-packages/tea-1.0.dist-info/RECORD":
      "tea.py,,\ntea-1.0.dist-info/METADATA,,\n",
  ]

  private func repository() throws -> Folder {
    let folder = try Folder(Self.files.filter { !$0.key.hasPrefix(".venv") })
    try commit(folder.path)
    for (path, text) in Self.files where path.hasPrefix(".venv") {
      try folder.write(text, to: path)
    }
    return folder
  }

  @Test func `is nothing where nothing has changed`() throws {
    let folder = try repository()
    #expect(try affected(folder.path).isEmpty)
    let run = try Tool.run(["affected", "--since", "HEAD"], in: folder.path)
    #expect(run.output == "0 of 2 functions affected since HEAD\n")
  }

  @Test(arguments: [
    ("shared/clock.py", "A = 1\n", ["orders": "shared/clock.py, imported by shared/db.py:1"]),
    ("shared/unused.py", "A = 1\n", [:]),
    ("refunds/app.py", "def handler(e, c): pass\n", ["refunds": "refunds/app.py, the handler"]),
    // A new file that stands before what was found.
    (
      "orders/shared.py", "db = 1\n",
      ["orders": "orders/shared.py is new, imported by orders/app.py:1"]
    ),
    ("requirements.txt", "tea==1.1\nother==2.0\n", ["refunds": "requirements.txt: tea"]),
    ("requirements.txt", "tea==1.0\nother==2.1\n", [:]),
    ("requirements.txt", "tea==1.0\n--pre\n", ["refunds": "requirements.txt"]),
    ("notes.md", "x", [:]),
  ])
  func `has a reason`(path: String, text: String, expected: [String: String]) throws {
    let folder = try repository()
    try folder.write(text, to: path)
    let found = try affected(folder.path)
    #expect(found.keys.sorted() == expected.keys.sorted(), "\(found)")
    for (name, reason) in expected { #expect(found[name]?.contains(reason) == true, "\(found)") }
  }

  @Test func `counts what is gone, settings, and functions that are new`() throws {
    let folder = try repository()
    try FileSystem.removeFile(folder("shared/clock.py"))
    #expect(try affected(folder.path)["orders"]?.contains("shared/clock.py is gone") == true)
    try folder.write("", to: "shared/clock.py")
    try folder.write(
      """
      [functions.orders]
      handler = "orders/app.py:handler"
      exclude = ["shared/clock.py"]
      [functions.extra]
      handler = "refunds/app.py:handler"
      """, to: "pare.toml")
    let found = try affected(folder.path)
    #expect(found.keys.sorted() == ["extra", "orders"])
    #expect(found["extra"]?.contains("was not there") == true)
    let run = try Tool.run(["affected", "--since", "HEAD"], in: folder.path)
    #expect(run.output.contains("gone: refunds"), "\(run.output)")
  }

  @Test func `is everything where the earlier state cannot be packaged`() throws {
    let folder = try Folder(Self.files)
    try folder.write("[functions.x]\nhandlr = 1\n", to: "pare.toml")
    try commit(folder.path)
    try folder.write(Self.files["pare.toml"] ?? "", to: "pare.toml")
    let found = try affected(folder.path)
    #expect(found.keys.sorted() == ["orders", "refunds"])
    #expect(found["orders"]?.contains("the state at HEAD") == true, "\(found)")
  }

  @Test func `takes generated code that Git ignores as it is`() throws {
    let folder = try repository()
    try folder.write("", to: "generated/__init__.py")
    try folder.write("import generated\ndef handler(event, context): pass\n", to: "refunds/app.py")
    try commit(folder.path)
    #expect(try affected(folder.path).isEmpty)
  }

  @Test func `needs a revision that is there, and a repository`() throws {
    let folder = try repository()
    let unknown = try Tool.run(["affected", "--since", "nowhere"], in: folder.path)
    #expect(unknown.exitCode == 2 && unknown.errors.contains("no-revision"))
    let bare = try Folder(Self.files)
    let outside = try Tool.run(["affected", "--since", "HEAD"], in: bare.path)
    #expect(outside.exitCode == 2 && outside.errors.contains("no-repository"))
    #expect(try Tool.run(["affected"], in: folder.path).exitCode == 2)
  }

  /// Each file of a project is touched, and what packaging makes of that is compared.
  @Test(arguments: [
    "azure-layout", "blind-spot-keeps-what-it-may-name", "data-files-of-kept-packages",
    "entry-points-of-a-named-group", "include-and-exclude", "lazy-exports",
    "overlay-shadows-shared-module", "path-names-a-module", "sam-templates",
    "serverless-framework", "string-names-a-module",
  ])
  func `misses nothing, and names nothing else`(_ name: String) throws {
    let folder = try Folder()
    try folder.copy("\(TestProject.folder)/\(name)/project", to: "project")
    let project = folder("project")
    try commit(project)
    let before = try digests(project)
    #expect(!before.isEmpty)
    let files = try FileTree.walk(project, skip: .init(names: [".git"]), jobs: 1).files
    // All of small projects, a few of large ones.
    let step = max(1, files.count / 8)
    for index in stride(from: 0, to: files.count, by: step) {
      let path = "project/\(files[index].string)"
      let bytes = try folder.read(path)
      try folder.write(bytes + Array("\n".utf8), to: path)
      let after = try digests(project)
      let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
      let found = Set(try affected(project).keys)
      #expect(found.isSuperset(of: changed), "\(path)")
      // What an environment was made of leaves doubt.
      let isDoubtful = ["requirements.txt", "pyproject.toml", "RECORD"].contains {
        path.hasSuffix($0)
      }
      if !isDoubtful { #expect(found == changed, "\(path)") }
      try FileSystem.removeFile(folder(path))
      let less = (try? digests(project)) ?? [:]
      let lost = Set(before.keys).intersection(less.keys).filter { before[$0] != less[$0] }
      if !less.isEmpty {
        let named = Set(try affected(project).keys)
        #expect(named.isSuperset(of: lost), "without \(path)")
      }
      try folder.write(bytes, to: path)
    }
  }
}
