import Files
import Model
import Testing

struct FileTreeTests {
  @Test func `files are listed by path bytes, a folder sorting as if it ended in a slash`() throws {
    let folder = try Scratch()
    try folder.write("a/x.py")
    try folder.write("a.py")
    try folder.write("a-b/y.py")
    try folder.write("a/z/deep.py")
    try folder.write("B.py")
    let tree = try FileTree.walk(folder.path, jobs: 2)
    #expect(
      tree.files.map(\.string) == ["B.py", "a-b/y.py", "a.py", "a/x.py", "a/z/deep.py"])
    #expect(tree.files == tree.files.sorted())
    #expect(tree.folders.map(\.string) == ["a-b", "a", "a/z"])
    #expect(tree.diagnostics.isEmpty)
  }

  @Test func `one worker and many list the same`() throws {
    let folder = try Scratch()
    for outer in 0..<20 {
      for inner in 0..<5 { try folder.write("p\(outer)/q\(inner)/m.py") }
    }
    let one = try FileTree.walk(folder.path, jobs: 1)
    let many = try FileTree.walk(folder.path, jobs: 4)
    #expect(one.files == many.files)
    #expect(one.files.count == 100)
    #expect(one.folders.count == 120)
  }

  @Test func `folders are skipped by name and by what they hold`() throws {
    let folder = try Scratch()
    try folder.write("src/a.py")
    try folder.write(".git/HEAD")
    try folder.write("src/.git/HEAD")
    try folder.write("env/pyvenv.cfg")
    try folder.write("env/lib/x.py")
    try folder.write("pyvenv.cfg")
    let tree = try FileTree.walk(
      folder.path, skip: .init(names: [".git"], marker: "pyvenv.cfg"), jobs: 1)
    #expect(tree.files.map(\.string) == ["pyvenv.cfg", "src/a.py"])
    #expect(tree.folders.map(\.string) == ["src"])
  }

  @Test func `no link leads into a sealed folder, or one with the marker`() throws {
    let folder = try Scratch()
    for name in ["a/.git/config", "venv/pyvenv.cfg", "venv/lib/x.py", "modules/y.py"] {
      try folder.write(name)
    }
    for (name, target) in [
      ("b", "a/.git"), ("c", "a/.git/config"), ("d", "venv/lib"), ("e", "venv/lib/x.py"),
      ("f", "modules"),
    ] {
      try FileSystem.createLink(folder.path + "/" + name, to: target)
    }
    let skip = FileTree.Skip(names: ["modules"], sealed: [".git"], marker: "pyvenv.cfg")
    let tree = try FileTree.walk(folder.path, skip: skip, jobs: 1)
    #expect(tree.files.map(\.string) == ["f/y.py"])
    #expect(
      tree.diagnostics.map(\.code) == Array(repeating: "link-into-sealed", count: 4))
  }

  @Test func `a link inside the tree is followed, one out of it is reported`() throws {
    let folder = try Scratch()
    let outside = try Scratch()
    try outside.write("secret.py")
    try folder.write("real/a.py")
    try FileSystem.createLink(folder.path + "/alias", to: "real")
    try FileSystem.createLink(folder.path + "/b.py", to: "real/a.py")
    try FileSystem.createLink(folder.path + "/out", to: outside.path)
    try FileSystem.createLink(folder.path + "/gone", to: "nowhere")
    try FileSystem.createLink(folder.path + "/real/up", to: "..")
    let tree = try FileTree.walk(folder.path, jobs: 2)
    #expect(tree.files.map(\.string) == ["alias/a.py", "b.py", "real/a.py"])
    #expect(
      tree.diagnostics.map(\.code).sorted()
        == ["broken-link", "link-cycle", "link-cycle", "link-out-of-tree"])
  }

  @Test func `folders that link to each other in all ways cost one warning`() throws {
    let folder = try Scratch()
    for level in 0..<8 {
      try FileSystem.createFolder("\(folder.path)/f\(level)")
      for number in 0..<8 {
        try FileSystem.createLink(
          "\(folder.path)/f\(level)/l\(number)", to: "../f\((level + 1) % 8)")
      }
    }
    let tree = try FileTree.walk(folder.path, jobs: 2)
    #expect(tree.diagnostics.map(\.code) == ["too-many-links"])
  }

  @Test func `a root that does not exist is an error with its path`() {
    let error = #expect(throws: FileError.self) {
      try FileTree.walk("/nonexistent/for/sure", jobs: 1)
    }
    #expect(error?.path == "/nonexistent/for/sure")
    #expect(error?.isMissing == true)
  }
}
