import Testing
import Text

struct RequirementLineTests {
  @Test(
    arguments: [
      ("requests", "requests", [], "", nil),
      (
        "PySocks!=1.5.7,>=1.5.6; extra == \"socks\"", "PySocks", [], "!=1.5.7,>=1.5.6",
        "extra == \"socks\""
      ),
      ("pandas[excel, sql] >= 2", "pandas", ["excel", "sql"], ">= 2", nil),
      ("zope.interface (>=4)", "zope.interface", [], "(>=4)", nil),
      (
        "a @ https://x/a;b.whl ; os_name == 'posix'", "a", [], "@ https://x/a;b.whl",
        "os_name == 'posix'"
      ),
      ("  b ;", "b", [], "", nil), ("c[]==1", "c", [], "==1", nil),
    ] as [(String, String, [String], String, String?)])
  func `a requirement is taken apart`(
    _ line: String, _ name: String, _ extras: [String], _ specifier: String, _ marker: String?
  ) throws {
    let read = try #require(RequirementLine(line))
    #expect(read.name == name)
    #expect(read.extras == extras)
    #expect(read.specifier == specifier)
    #expect(read.marker == marker)
  }

  @Test(arguments: ["", "-r x", "???", "a b", "a[b", "a[b c]", "[x]", "a/b", "==1"])
  func `what is none is refused`(_ line: String) { #expect(RequirementLine(line) == nil) }
}
