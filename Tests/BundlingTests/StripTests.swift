import Bundling
import Files
import Model
import TestKit
import Testing

struct StripTests {
  private static let compiler = Program.find("cc") ?? Program.find("clang")
  private static let strip = Program.find("llvm-strip") ?? Program.find("strip")

  @Test(.enabled(if: compiler != nil && strip != nil, "needs a C compiler and strip"))
  func `a native library loses its symbols and still loads`() throws {
    let ground = try ArchiveGround(["b.py": "x = 1\n"])
    try ground.folder.write(
      "static int unused_helper(int x) { return x + 1; }\nint answer(void) { return unused_helper(41); }\n",
      to: "a.c")
    let made = try #require(Self.compiler).run(
      ["-g", "-shared", "-fPIC", "-o", "src/liba.so", "a.c"], folder: ground.folder.path)
    try #require(made.isSuccess, "\(made.errorText)")
    let whole = try ground.archive(["b.py", "liba.so"])
    ground.settings.strip = .unneeded
    let cache = try ground.cache()
    for _ in 0..<2 {
      let stripped = try ground.archive(["b.py", "liba.so"], cache: cache)
      #expect(stripped.unzipped < whole.unzipped)
      #expect(ground.diagnostics.map(\.code) == ["stripped"])
    }
    let python = try #require(Program.find("python3"))
    let outcome = try python.run(
      [
        "-c",
        "import ctypes, zipfile; zipfile.ZipFile('dist/f.zip').extractall('x'); "
          + "assert ctypes.CDLL('x/liba.so').answer() == 42",
      ], folder: ground.folder.path)
    #expect(outcome.isSuccess, "\(outcome.errorText)")
  }

  @Test func `what only looks like a library stays as it is`() throws {
    let ground = try ArchiveGround(["b.py": "x = 1\n", "liba.so": "not an ELF file"])
    let before = try ground.archive(["b.py", "liba.so"])
    ground.settings.strip = .debug
    #expect(try ground.archive(["b.py", "liba.so"]).contentDigest == before.contentDigest)
  }
}
