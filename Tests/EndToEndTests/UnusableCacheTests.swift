import Files
import TestKit
import Testing

/// A cache, or a temporary folder, that cannot be used costs a warning and nothing else.
@Suite struct UnusableCacheTests {
  private func project() throws -> Folder {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n", "shop/__init__.py": "",
      "app.py": "import shop\ndef handler(e, c): return e\n",
    ])
    // Does not shrink.
    var state: UInt64 = 88_172_645_463_325_252
    let noise = (0..<300_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    try folder.write(noise, to: "shop/noise.bin")
    return folder
  }

  /// What it packages to without a cache.
  private func expected(_ folder: Folder) throws -> [UInt8] {
    let answer = try Tool.run(["package", "--no-cache"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let archive = try folder.read("dist/f.zip")
    try FileSystem.removeTree(folder("dist"))
    return archive
  }

  private func check(
    _ folder: Folder, _ answer: Tool.Answer, _ archive: [UInt8], says code: String, _ path: String
  ) throws {
    #expect(answer.exitCode == 0, "\(answer.errors)")
    #expect(answer.errors.split(separator: "[\(code)]").count == 2, "\(answer.errors)")
    #expect(answer.errors.contains(path), "\(answer.errors)")
    #expect(answer.errors.contains("hint: "), "\(answer.errors)")
    #expect(try folder.read("dist/f.zip") == archive)
    #expect(try FileSystem.names(in: folder("dist")) == ["f.zip", "manifest.json", "report.json"])
  }

  @Test(arguments: ["pare", "pare/contents", "pare/projects"])
  func `a file where a folder of the cache should be`(name: String) throws {
    let folder = try project()
    let archive = try expected(folder)
    let cache = try Folder([name: "a file"])
    let answer = try Tool.run(["package"], in: folder.path, cache: cache.path)
    try check(folder, answer, archive, says: "cache-unusable", cache.path)
    #expect(try cache.text(name) == "a file")
  }

  @Test func `a named cache that is a file`() throws {
    let folder = try project()
    let archive = try expected(folder)
    let answer = try Tool.run(["package", "--cache-dir", "app.py"], in: folder.path)
    try check(folder, answer, archive, says: "cache-unusable", "app.py")
  }

  @Test(.enabled(if: canBeSomebodyElse, "needs root and setpriv"))
  func `a cache of another owner, and one that is read-only`() throws {
    let folder = try project()
    let archive = try expected(folder)
    let cache = try Folder()
    _ = try Tool.run(["package"], in: folder.path, cache: cache.path)
    try FileSystem.removeTree(folder("dist"))
    for path in [folder.path, cache.path] { try FileSystem.setMode(path, 0o777) }
    let answer = try asSomebodyElse(
      "XDG_CACHE_HOME=\(cache.path) \(try Tool.path()) package", in: folder.path)
    try check(folder, answer, archive, says: "cache-unusable", cache.path)
  }

  @Test(.enabled(if: canMount, "needs the right to mount a small disk"))
  func `a cache whose disk is full`() throws {
    let folder = try project()
    let archive = try expected(folder)
    let answer = try inMounts(
      "mkdir c && mount -t tmpfs -o size=64k none c && \(try Tool.path()) package --cache-dir c/pare",
      in: folder.path)
    try check(folder, answer, archive, says: "cache-unusable", "/c/pare")
    #expect(answer.errors.contains("space"))
  }

  @Test(.enabled(if: canMount, "needs the right to mount a small disk"))
  func `a temporary folder whose disk is full`() throws {
    let folder = try project()
    let archive = try expected(folder)
    let answer = try inMounts(
      "mkdir t && mount -t tmpfs -o size=64k none t && TMPDIR=$PWD/t \(try Tool.path()) package --no-cache",
      in: folder.path)
    try check(folder, answer, archive, says: "temporary-folder-unusable", "/t/")
  }

  @Test func `a temporary folder that does not exist`() throws {
    let folder = try project()
    let archive = try expected(folder)
    let answer = try Tool.run(
      ["package", "--no-cache"], in: folder.path, variables: ["TMPDIR=/nowhere/at/all"])
    try check(folder, answer, archive, says: "temporary-folder-unusable", "/nowhere/at/all")
  }

  @Test func `the other commands go on, too`() throws {
    let folder = try project()
    for words in [["why", "f", "shop"], ["check"], ["graph", "f"], ["advise"], ["list"]] {
      let answer = try Tool.run(words + ["--cache-dir", "app.py"], in: folder.path)
      #expect(answer.exitCode == 0, "\(words): \(answer.errors)")
    }
  }
}
