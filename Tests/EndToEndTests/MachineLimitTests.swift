import Files
import TestKit
import Testing

/// Where the machine gives less than a run would take, that is said.
@Suite struct MachineLimitTests {
  private func project() throws -> Folder {
    try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n", "shop/__init__.py": "",
      "app.py": "import shop.table\ndef handler(e, c): return e\n", "shop/table.py": "",
      "shop/rates.py": "",
    ])
  }

  @Test(arguments: [60, 150, 300, 500])
  func `a bound on the address space is a sentence, or enough`(megabytes: Int) throws {
    let folder = try project()
    let run = try shell(
      "ulimit -v \(megabytes * 1024); exec \(try Tool.path()) package --no-cache", in: folder.path)
    #expect(run.exitCode == 0 || run.errors.contains("[too-little-memory]"), "\(run.errors)")
    #expect(run.exitCode == (megabytes < 384 ? 3 : 0), "\(run.errors)")
  }

  @Test func `a file that no provider takes is told by its size, and not read`() throws {
    let folder = try project()
    let made = try shell("truncate -s 5G shop/huge.bin", in: folder.path)
    try #require(made.exitCode == 0)
    let start = System.monotonicClock()
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 1, "\(run.errors)")
    #expect(run.errors.contains("'shop/huge.bin' alone has 5,368,709,120 bytes"), "\(run.errors)")
    #expect(System.monotonicClock() - start < 20_000_000_000)
    #expect(!folder.has("dist/f.zip"))
  }

  @Test func `of a source of many megabytes the import statements are read, and that is said`()
    throws
  {
    let folder = try project()
    let row =
      Array("TABLE = [\n".utf8)
      + Array(repeating: Array("  12345,\n".utf8), count: 1_200_000).joined()
    try folder.write(row + Array("]\nimport shop.rates\n".utf8), to: "shop/table.py")
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.errors.contains("of which only the import statements are read"), "\(run.errors)")
    #expect(try members(of: folder("dist/f.zip")).contains("shop/rates.py"))
  }
}
