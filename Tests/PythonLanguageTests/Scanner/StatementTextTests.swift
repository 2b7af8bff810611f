import Model
import PythonLanguage
import Testing

private func read(_ source: String, line: Int = 1) -> String? {
  PythonLanguage().importStatement(atLine: line, in: Array(source.utf8)).map { statement in
    let names = statement.names.map { $0.alias == nil ? $0.name : "\($0.name)=\($0.alias ?? "")" }
    return "\(statement.lines.lowerBound)-\(statement.lines.upperBound) \(statement.module ?? "-") "
      + names.joined(separator: ",")
  }
}

@Test(arguments: [
  ("import a", "1-1 - a"), ("import a.b as c, d", "1-1 - a.b=c,d"),
  ("from a import b, c as d  # note", "1-1 a b,c=d"), ("from . import b", "1-1 . b"),
  ("from .. a import b", "1-1 ..a b"), ("    from .a import b", "1-1 .a b"),
  ("from a import (  # one\n    b,\n    c as d,\n)\nx", "1-4 a b,c=d"),
  ("from a import b, \\\n    c", "1-2 a b,c"), ("from a import(b)", "1-1 a b"),
])
func `an import statement is read with its lines`(source: String, expected: String) {
  #expect(read(source) == expected)
}

@Test(arguments: [
  "import a; import b", "try: import a", "from a import *", "x = 1", "", "from a import (b",
  "importlib.reload(a)", "from a import", "import",
])
func `what cannot be edited alone is not read`(source: String) { #expect(read(source) == nil) }

@Test func `a use is told with the definition that it is in`() {
  let source = """
    import tea
    __all__ = ["tea"]

    def brew():
        return tea.pot  # not x.tea

    class Cup:
        steep = steam = None
    """
  let python = PythonLanguage()
  #expect(python.uses(of: ["tea"], in: Array(source.utf8), skipping: 1...1) == ["brew"])
  #expect(python.uses(of: ["steep"], in: Array(source.utf8), skipping: 1...1) == ["Cup"])
  #expect(python.uses(of: ["pot"], in: Array(source.utf8), skipping: 1...1).isEmpty)
}
