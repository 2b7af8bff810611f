import Files
import Model
import TestKit
import Testing

/// What killed runs leave is taken away by the next one; what a living one writes is not.
@Suite struct LeftoverTests {
  private func project() throws -> Folder {
    try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n",
      "app.py": "def handler(e, c): return e\n",
    ])
  }

  @Test func `a run takes away what dead runs left in the output, the cache and beside`() throws {
    let folder = try project()
    let cache = try Folder()
    let temporary = try Folder()
    let left = ".f.zip.1-1\(Leftovers.suffix)"
    try folder.write("half", to: "dist/\(left)")
    for part in ["contents", "projects/x/facts", "runs"] {
      try cache.write("half", to: "pare/\(part)/.spool.1-1\(Leftovers.suffix)")
    }
    try temporary.write("half", to: ".spool.1-1\(Leftovers.suffix)")
    try temporary.write("half", to: "pare-verify-1-a\(Leftovers.suffix)/archive/app.py")
    try temporary.write("", to: "somebody's.txt")

    _ = try Tool.run(["package"], in: folder.path, cache: cache.path)
    #expect(try FileSystem.names(in: folder("dist")) == ["f.zip", "manifest.json", "report.json"])
    let files = try FileTree.walk(cache.path, jobs: 1).files.map(\.string)
    #expect(!files.contains { $0.hasSuffix(Leftovers.suffix) }, "\(files)")

    try folder.write("def handler(e, c): return c\n", to: "app.py")
    let answer = try Tool.run(
      ["package", "--no-cache"], in: folder.path, variables: ["TMPDIR=\(temporary.path)"])
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(try FileSystem.names(in: temporary.path) == ["somebody's.txt"])
  }

  @Test func `what a living process writes stays`() throws {
    let folder = try project()
    try FileSystem.createFolder(folder("dist"))
    var living = try OutputFile.create(folder("dist/other.zip"))
    try living.write(Array("half".utf8))
    let answer = try Tool.run(["package"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(try FileSystem.names(in: folder("dist")).count == 4)
    try living.commit()
    #expect(try folder.text("dist/other.zip") == "half")
  }

  @Test func `killed at any moment, a run leaves nothing that the next does not remove`() throws {
    let folder = try project()
    let cache = try Folder()
    for number in 0..<40 {
      try folder.write(
        String(repeating: "x = \(number)\n", count: 50_000), to: "shop/m\(number).py")
    }
    try folder.write(
      (0..<40).map { "import shop.m\($0)\n" }.joined() + "handler = print\n", to: "app.py")
    for milliseconds in stride(from: 20, through: 400, by: 20) {
      _ = try shell(
        "XDG_CACHE_HOME=\(cache.path) TMPDIR=\(cache.path) timeout -s KILL \(Double(milliseconds) / 1000) "
          + "\(try Tool.path()) package --quiet; rm -rf dist/f.zip; true", in: folder.path)
    }
    let answer = try Tool.run(
      ["package"], in: folder.path, variables: ["TMPDIR=\(cache.path)"], cache: cache.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(try FileSystem.names(in: folder("dist")) == ["f.zip", "manifest.json", "report.json"])
    let files = try FileTree.walk(cache.path, jobs: 1).files.map(\.string)
    #expect(!files.contains { $0.hasSuffix(Leftovers.suffix) }, "\(files)")
  }
}
