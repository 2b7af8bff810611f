import Files
import Model
import TestKit
import Testing

/// What a second run does, and what a run leaves behind that could not end well.
@Suite struct UnchangedRunTests {
  private func project() throws -> Folder {
    try Folder([
      "pare.toml": """
      runtime = "python3.12"
      source-roots = ["src"]
      environment = []
      [functions.one]
      handler = "app.handler"
      """,
      "src/app.py": "import shop\ndef handler(event, context):\n    return shop.total(event)\n",
      "src/shop.py": "def total(event):\n    return 42\n",
      "src/big.txt": "",
    ])
  }

  @Test func `a run that has nothing to do writes nothing and prints the same table`() throws {
    let folder = try project()
    let cache = try Folder()
    let first = try Tool.run(["package"], in: folder.path, cache: cache.path)
    #expect(first.exitCode == 0, "\(first.errors)")
    var states: [StatKey] = []
    for name in ["one.zip", "report.json"] {
      states.append(try StatKey(of: folder("dist/\(name)")))
    }
    for _ in 0..<2 {
      let next = try Tool.run(["package"], in: folder.path, cache: cache.path)
      #expect(next.exitCode == 0)
      #expect(
        next.output.split(separator: "\n").prefix(2)
          == first.output.split(separator: "\n").prefix(2))
    }
    #expect(try StatKey(of: folder("dist/one.zip")) == states[0])
    #expect(try StatKey(of: folder("dist/report.json")) == states[1])
  }

  @Test func `every change is noticed: a source, a new module, the configuration, the archive`()
    throws
  {
    let folder = try project()
    let cache = try Folder()
    func run() throws -> [UInt8] {
      let answer = try Tool.run(["package"], in: folder.path, cache: cache.path)
      #expect(answer.exitCode == 0, "\(answer.errors)")
      return try folder.read("dist/one.zip")
    }
    let first = try run()
    try folder.write("def total(event):\n    return 43\n", to: "src/shop.py")
    let second = try run()
    #expect(second != first)
    try folder.write("def total(event):\n    return 42\n", to: "src/shop.py")
    #expect(try run() == first)
    try folder.write("", to: "src/shop/__init__.py")
    #expect(try run() != first, "a package comes before a module of its name")
    try FileSystem.removeTree(folder.path + "/src/shop")
    #expect(try run() == first)
    try folder.write("damaged", to: "dist/one.zip")
    #expect(try run() == first)
    try FileSystem.removeTree(folder.path + "/dist")
    #expect(try run() == first)
    try folder.write(try folder.text("pare.toml") + "\ninclude = [\"big.txt\"]\n", to: "pare.toml")
    #expect(try run() != first)
  }

  @Test func `an archive of a function that is gone is warned of, as long as it is there`() throws {
    let folder = try project()
    let cache = try Folder()
    func run(_ arguments: String...) throws -> (output: String, errors: String) {
      let answer = try Tool.run(arguments, in: folder.path, cache: cache.path)
      #expect(answer.exitCode == 0, "\(answer.errors)")
      return (answer.output, answer.errors)
    }
    let one = try folder.text("pare.toml")
    try folder.write(one + "\n[functions.gone]\nhandler = 'app.handler'\n", to: "pare.toml")
    #expect(try run("package").errors.isEmpty)
    try folder.write(one, to: "pare.toml")
    try folder.write("PK: somebody else's", to: "dist/other.zip")
    try folder.write(try folder.read("dist/gone.zip"), to: "elsewhere.zip")
    let warning = "warning: 'dist/gone.zip' belongs to no function [stale-archive]"
    for expected in ["1 unchanged", "nothing has changed", "nothing has changed"] {
      let (output, errors) = try run("package")
      #expect(output.contains(expected), "\(output)")
      #expect(errors.split(separator: "\n").filter { $0.hasPrefix("warning: ") } == [warning[...]])
    }
    #expect(try folder.text("dist/report.json").contains("stale-archive"))
    for command in [["package", "--dry-run"], ["check"]] {
      let answer = try Tool.run(command, in: folder.path, cache: cache.path)
      #expect(answer.errors.isEmpty, "\(answer.errors)")
    }
    try FileSystem.removeFile(folder("dist/gone.zip"))
    #expect(try run("package").errors.isEmpty)
    #expect(try run("package").output.contains("nothing has changed"))
    try folder.write(try folder.read("elsewhere.zip"), to: "dist/gone.zip")
    #expect(try run("package").errors.contains(warning), "one that comes later is noticed")
  }

  @Test func `who asks for some functions is told nothing of other archives`() throws {
    let folder = try project()
    try folder.write(
      try folder.text("pare.toml") + "\n[functions.two]\nhandler = 'app.handler'\n",
      to: "pare.toml")
    _ = try Tool.run(["package", "--no-cache"], in: folder.path)
    try folder.write(try folder.read("dist/two.zip"), to: "dist/gone.zip")
    #expect(try Tool.run(["package", "one", "--no-cache"], in: folder.path).errors.isEmpty)
    let all = try Tool.run(["package", "--no-cache"], in: folder.path)
    #expect(all.errors.contains("'dist/gone.zip' belongs to no function"))
  }

  @Test func `an archive that comes into a folder that the run before made is noticed`() throws {
    let folder = try project()
    let cache = try Folder()
    _ = try Tool.run(["package"], in: folder.path, cache: cache.path)
    let unchanged = try Tool.run(["package"], in: folder.path, cache: cache.path)
    #expect(unchanged.output.contains("nothing has changed"))
    try folder.write(try folder.read("dist/one.zip"), to: "dist/two.zip")
    let answer = try Tool.run(["package"], in: folder.path, cache: cache.path)
    #expect(answer.errors.contains("'dist/two.zip' belongs to no function"))
  }

  @Test func `a cache that is damaged anywhere gives the same archive`() throws {
    let folder = try project()
    let cache = try Folder()
    _ = try Tool.run(["package"], in: folder.path, cache: cache.path)
    let expected = try folder.read("dist/one.zip")
    for file in try FileTree.walk(cache.path, jobs: 1).files {
      let original = try cache.read(file.string)
      for damaged in [Array(original.prefix(original.count / 2)), original.map { $0 ^ 0x11 }] {
        try cache.write(damaged, to: file.string)
        try FileSystem.removeTree(folder.path + "/dist")
        let answer = try Tool.run(["package"], in: folder.path, cache: cache.path)
        #expect(answer.exitCode == 0, "\(file): \(answer.errors)")
        #expect(try folder.read("dist/one.zip") == expected, "\(file)")
      }
    }
  }

  @Test(.enabled(if: Program.find("truncate") != nil, "needs 'truncate'"))
  func `the cache stays within its bound, also after a run that compresses nothing`() throws {
    let folder = try project()
    let cache = try Folder(["pare/runs/old.run": ""])
    let made = try Program(path: "/bin/sh").run(
      ["-c", "truncate -s 3G \"$0\" && touch -d 2020-01-01 \"$0\"", cache("pare/runs/old.run")])
    #expect(made.isSuccess, "\(made.errorText)")
    #expect(try Tool.run(["list"], in: folder.path, cache: cache.path).exitCode == 0)
    #expect(!cache.has("pare/runs/old.run"))
    #expect(try FileSystem.names(in: cache("pare/runs")).count == 1)
  }

  @Test func `a disk that fills is an error, and the archive before stays`() throws {
    let folder = try project()
    try folder.write("include = [\"*.txt\"]\n" + (try folder.text("pare.toml")), to: "pare.toml")
    let first = try Tool.run(["package", "--no-cache"], in: folder.path)
    #expect(first.exitCode == 0, "\(first.errors)")
    let before = try folder.read("dist/one.zip")
    var state: UInt64 = 1
    let noise = (0..<400_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    try folder.write(noise, to: "src/big.txt")
    // A file may have 100 blocks of 512 bytes: the system's answer is that of a full disk.
    let outcome = try Program(path: "/bin/sh").run(
      ["-c", "ulimit -f 100; exec \"$0\" package --no-cache", try Tool.path()], folder: folder.path,
      timeout: 60)
    #expect(outcome.end == .exit(3), "\(outcome.errorText)")
    #expect(outcome.errorText.contains("disk-full"), "\(outcome.errorText)")
    #expect(try folder.read("dist/one.zip") == before)
    #expect(
      try FileSystem.names(in: folder.path + "/dist") == [
        "manifest.json", "one.zip", "report.json",
      ],
      "nothing half written is left")
  }

  @Test func `the same bytes with one worker and with many, in another folder, at another time`()
    throws
  {
    let one = try project()
    let two = try project()
    _ = try Tool.run(["package", "--jobs", "1", "--no-cache"], in: one.path)
    _ = try Tool.run(
      ["package", "--jobs", "4"], in: two.path, variables: ["TZ=Asia/Tokyo", "LC_ALL=C"])
    #expect(try one.read("dist/one.zip") == two.read("dist/one.zip"))
  }
}
