import Model
import PythonLanguage
import Testing

struct DefinitionTests {
  @Test(arguments: [
    "def :", "def", "class :", "class", "@", "@(", "@x", "if :", "if", "elif:", "else", "async",
    "async:",
    "async def", "async def :", "from", "from .", "from . import", "import", "import a as",
    "import a.",
    "from a import (", "x[\"a\"] =", "x =", "x:", "x: int", "self.", "super().", "f(a=", "{\"a\":",
    "match x:\ncase", "\0", "((((", "))))", "lambda:", "assert", ";;", "def f(a=",
    "def f(:\n  import b",
    "class A(:\n  x = 1", "if x == :\n  y", "return self", "f\"{", "try:", "with:", "for:",
    "def f():\n\n",
  ])
  func `what is no Python does no harm`(_ source: String) {
    let facts = PythonScanner.definitions(in: Array(source.utf8).span)
    #expect(facts.definitions?.definitions.first?.kind == .module)
  }

  @Test func `a definition knows its lines, its parent and what it mentions`() throws {
    let source = """
      from .base import Reader as R
      class Excel(R):
        def __init__(self, path, fast=False):
          if fast:
            import b
          self.book = open_workbook(path)
      """
    let facts = PythonScanner.definitions(in: Array(source.utf8).span)
    let found = try #require(facts.definitions)
    #expect(found.definitions.map { facts.string($0.name) } == ["", "Excel", "__init__"])
    #expect(found.definitions.map(\.parent) == [-1, 0, 1])
    #expect(found.definitions[2].firstLine == 3)
    let imports = found.mentions.filter { $0.form == .import && $0.owner == 2 }
    #expect(imports.map(\.line) == [5])
    #expect(imports.allSatisfy { $0.condition >= 0 })
    #expect(
      found.mentions.contains {
        $0.form == .name && facts.string(found.texts[Int($0.text)]) == "open_workbook"
      })
    #expect(found.bindings.map { facts.string($0.name) }.prefix(1) == ["R"])
  }
}
