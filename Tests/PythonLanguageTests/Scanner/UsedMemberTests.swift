import Model
import Testing

@testable import PythonLanguage

@Suite struct `What a file uses of a name` {
  @Test(arguments: [
    ("pd.Stamp(x)", ["Stamp"]), ("a.pd.Stamp", []), ("x = pd.io.json.loads(y)", ["io.json.loads"]),
    ("# pd.Frame\n'pd.Frame'", []), ("(pd\n .Stamp)", ["Stamp"]), ("pdx.Stamp + 'pd'", []),
    ("pd.A, pd.B", ["A", "B"]),
  ])
  func `are its attributes`(text: String, expected: [String]) {
    let found = PythonLanguage().members(of: "pd", in: Array(text.utf8), skipping: [])
    #expect(found?.map { $0.joined(separator: ".") } == expected)
  }

  @Test(arguments: ["f(pd)", "pd = 1", "pd[0]", "f'{pd.A}'", "f(pd=1)", "pd.A; 'open"])
  func `may be all where it is used otherwise`(text: String) {
    #expect(PythonLanguage().members(of: "pd", in: Array(text.utf8), skipping: []) == nil)
  }

  @Test func `is nothing in the import itself`() {
    let found = PythonLanguage().members(
      of: "pd", in: Array("import panda as pd\npd.A".utf8), skipping: [1...1])
    #expect(found == [["A"]])
  }

  @Test(arguments: [
    ("x = 1  # import a\r\ny", "x = 1" + String(repeating: " ", count: 12) + "\r\ny"),
    ("x = '# no'  # é", "x = '# no'" + String(repeating: " ", count: 6)),
    ("a  # pare: import b  \n# c", "a  # pare: import b  \n   "),
    ("'''\n# text\n'''\n#", "'''\n# text\n'''\n "),
    ("x = 'open  # c", "x = 'open  # c"),
  ])
  func `is said without comments, line by line`(text: String, expected: String) {
    #expect(
      String(decoding: PythonLanguage().withoutComments(Array(text.utf8)), as: UTF8.self)
        == expected)
  }
}
