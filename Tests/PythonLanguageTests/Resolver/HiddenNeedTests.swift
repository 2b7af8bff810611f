import Model
import PythonLanguage
import Testing

/// What distributions need and neither import nor name as a whole.
@Suite struct HiddenNeedTests {
  private func traced(_ code: String, _ files: [String: String]) -> Traced {
    var project = PythonProject(source: ["app.py": "import host"])
    var all = files
    all["host/__init__.py"] = code
    project.install("host", all)
    return project.trace()
  }

  @Test func `who lists modules and imports a namespace package has all that lies in it`() {
    let code = "import pkgutil\nimport host.plugins\nfind(pkgutil.iter_modules(p))"
    let files = ["host/plugins/red/__init__.py": "", "host/plugins/blue.py": ""]
    #expect(
      traced(code, files).modules() == ["app", "host", "host.plugins.blue", "host.plugins.red"])
    let member = code.replacing("import host.plugins", with: "from host import plugins")
    #expect(
      traced(member, files).modules() == ["app", "host", "host.plugins.blue", "host.plugins.red"])
    #expect(traced("import host.plugins", files).modules() == ["app", "host"])
  }

  @Test func `a path with an open end brings the data of packages that nobody imports`() {
    let files = [
      "host/rules/__init__.py": "", "host/rules/a.yml": "", "host/rules/deep/__init__.py": "",
      "host/rules/deep/b.yml": "", "host/rules/tests/__init__.py": "",
      "host/rules/tests/c.yml": "", "host/other/__init__.py": "", "host/other/d.yml": "",
    ]
    let data = traced("load(f'{root}/rules/{name}')", files).files().filter { $0.hasSuffix(".yml") }
    #expect(data == ["host/rules/a.yml", "host/rules/deep/b.yml"])
    #expect(traced("load(f'rules/{name}')", files).files().filter { $0.hasSuffix(".yml") } == data)
    #expect(traced("load(f'{name}')", files).files().allSatisfy { !$0.hasSuffix(".yml") })
  }

  @Test(arguments: [
    "open(os.path.join(os.path.dirname(__file__), 'data x.txt'))", "HERE / 'data x.txt'",
    "HERE / f'data {name}.txt'", "HERE / f'{name}.txt'", "HERE.joinpath('datenä.txt')",
    "HERE / 'mail parts' / 'a b.html'", "Path(__file__).with_suffix('.yaml')",
  ])
  func `files beside a handler are found whatever their names look like`(_ code: String) {
    let data = ["data x.txt", "datenä.txt", "app.yaml", "mail parts/a b.html"]
    var source = ["app.py": code]
    for path in data { source[path] = "" }
    let kept = PythonProject(source: source).trace().files().filter { $0 != "app.py" }
    #expect(!kept.isEmpty)
    #expect(code.contains("{name}") || kept.count == 1, "\(kept)")
    #expect(
      PythonProject(source: source.merging(["app.py": ""]) { $1 }).trace().files() == ["app.py"])
  }

  @Test(arguments: ["load('table')", "known = {'a': {'class': 'table.Table'}}"])
  func `a distribution's strings name modules of those that it requires`(_ code: String) {
    func traced(_ code: String, requires: [String]) -> [String] {
      var project = PythonProject(source: ["app.py": "import host"])
      project.install("host", ["host/__init__.py": code], requires: requires)
      project.install("table", ["table/__init__.py": ""])
      return project.trace().modules()
    }
    let loads = "import_module(name)\n"
    let extra = ["table; extra == 'x'"]
    #expect(traced(loads + code, requires: extra) == ["app", "host", "table"])
    #expect(traced(loads + code, requires: []) == ["app", "host"])
    #expect(traced(code, requires: extra) == ["app", "host"])
  }

  @Test(arguments: ["model.bin", "model", "model-v7.0.2"])
  func `a program brings the libraries that it is linked against`(name: String) {
    let files = [
      "host/\(name)": program(linkedAgainst: "libx-1.so.2"), "host.libs/libx-1.so.2": "",
      "host.libs/liby.so": "",
    ]
    #expect(traced("", files).files().contains("host.libs/libx-1.so.2"))
    #expect(!traced("", files).files().contains("host.libs/liby.so"))
    let text = ["host/\(name)": "libx-1.so.2", "host.libs/libx-1.so.2": ""]
    #expect(!traced("", text).files().contains("host.libs/libx-1.so.2"))
  }

  /// An ELF file with one `DT_NEEDED` entry, of bytes that a string can have.
  private func program(linkedAgainst library: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 320)
    func put(_ value: Int, _ offset: Int, _ count: Int) {
      for i in 0..<count { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
    }
    bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    put(0x3E, 18, 2)
    // Two program headers: all of the file, and the dynamic section.
    put(64, 32, 8)
    put(56, 54, 2)
    put(2, 56, 2)
    put(1, 64, 4)
    put(320, 64 + 32, 8)
    put(2, 64 + 56, 4)
    put(256, 64 + 56 + 8, 8)
    put(48, 64 + 56 + 32, 8)
    // DT_NEEDED at 1 in the strings, which lie at 304.
    put(1, 256, 8)
    put(1, 264, 8)
    put(5, 272, 8)
    put(304, 280, 8)
    bytes.replaceSubrange(305..<305 + library.utf8.count, with: library.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}
