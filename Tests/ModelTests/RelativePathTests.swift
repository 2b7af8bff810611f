import Model
import Testing

@Suite struct RelativePathTests {
  @Test(arguments: [
    "", "/", "/etc/passwd", "..", "../a.py", "a/../b.py", "a/..", ".", "./a.py", "a/./b.py",
    "a//b.py",
    "a/", "a\\b.py", "..\\a.py", "C:/a.py", "c:a.py", "a\0.py",
  ])
  func `a name that could leave its root is refused`(_ name: String) {
    #expect(RelativePath(checking: name) == nil)
  }

  @Test(arguments: [
    "a.py", "a/b.py", "...", "..a", "a..", "a/...", ".env", ".hidden/x", "a b/ü.py", "ab:c",
    "a/b:c",
  ])
  func `any other name stays as it is`(_ name: String) {
    #expect(RelativePath(checking: name)?.string == name)
  }

  @Test func `a path has a folder and a name`() {
    #expect(RelativePath("a/b/c.py").folder == "a/b")
    #expect(RelativePath("a/b/c.py").name == "c.py")
    #expect(RelativePath("c.py").folder == "")
    #expect(RelativePath("c.py").name == "c.py")
  }

  /// Two files on a disk that `String` holds for one: é as one scalar, and as e with an accent.
  @Test func `names that Unicode calls equivalent are two paths`() {
    let composed = RelativePath("caf\u{E9}.py")
    let decomposed = RelativePath("cafe\u{301}.py")
    #expect(composed.string == decomposed.string)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
  }

  @Test func `order is that of the bytes`() {
    let sorted = ["B.py", "a-b.py", "a.py", "a/b.py", "a0.py", "z.py", "\u{E9}.py", "\u{1F40D}.py"]
    #expect(sorted.reversed().map { RelativePath($0) }.sorted().map(\.string) == sorted)
  }
}
