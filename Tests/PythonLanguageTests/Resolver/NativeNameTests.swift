import Model
import PythonLanguage
import Testing

/// What the strings of native code bring.
@Suite struct NativeNameTests {
  /// An extension module with these strings, each between null bytes.
  private func native(_ strings: [String]) -> String {
    var data = "\0" + strings.joined(separator: "\0") + "\0"
    data += String(repeating: "\0", count: 512 - data.utf8.count)
    var bytes = [UInt8](repeating: 0, count: 64)
    func put(_ value: Int, _ offset: Int, _ count: Int) {
      for i in 0..<count { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
    }
    bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    put(0x3E, 18, 2)
    let table = 64 + data.utf8.count
    put(table, 40, 8)
    put(64, 58, 2)
    put(2, 60, 2)
    bytes += Array(data.utf8) + [UInt8](repeating: 0, count: 128)
    put(1, table + 64 + 4, 4)
    put(2, table + 64 + 8, 8)
    put(64, table + 64 + 24, 8)
    put(data.utf8.count, table + 64 + 32, 8)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func project(_ strings: [String], requires: [String] = ["crypto"]) -> PythonProject {
    var project = PythonProject(source: ["app.py": "import lib"])
    project.install(
      "lib",
      [
        "lib/__init__.py": "from . import _fast",
        "lib/_fast.cpython-312-x86_64-linux-gnu.so": native(strings),
      ], requires: requires)
    project.install(
      "crypto",
      [
        "crypto/__init__.py": "", "crypto/__main__.py": "", "crypto/x509.py": "",
        "crypto/other.py": "",
        "crypto/ciphers/__init__.py": "", "crypto/ciphers/modes.py": "",
        "crypto/ciphers/tests/__init__.py": "",
      ])
    return project
  }

  /// `from crypto import x509`, `from crypto.ciphers import modes`
  @Test(arguments: [
    (["crypto", "x509"], ["crypto", "crypto.x509"]),
    (["crypto.ciphers", "modes", "x509"], ["crypto", "crypto.ciphers", "crypto.ciphers.modes"]),
    (["crypto.ciphers", "tests"], ["crypto", "crypto.ciphers"]),
    (["see crypto.ciphers", "modes"], ["crypto", "crypto.ciphers"]), (["modes", "x509"], []),
  ])
  func `a package and its member may stand apart in the strings of native code`(
    _ strings: [String], _ expected: [String]
  ) {
    let traced = project(strings + ["cython_runtime", "__test__", "__main__"]).trace()
    #expect(traced.modules() == ["app"] + expected + ["lib", "lib._fast"])
  }

  /// `py::module_::import("crypto").attr("x509")` imports nothing below `crypto`.
  @Test func `members count in what Cython has made`() {
    #expect(
      project(["crypto", "x509"]).trace().modules() == ["app", "crypto", "lib", "lib._fast"])
  }

  @Test func `members count for packages of distributions that are required`() {
    #expect(
      project(["cython_runtime", "__test__", "crypto.ciphers", "modes"], requires: []).trace()
        .modules()
        == ["app", "lib", "lib._fast"])
  }

  /// `ctypes.CDLL("libdeep.so.5")`
  @Test(arguments: [
    ("ctypes.CDLL('libdeep.so.5')", true), ("ffi.dlopen(here + '/libdeep.so.5')", true),
    ("NAMES = ['libdeep.so.5', 'libdeep.so']", true), ("find_library('deep')", true),
    ("ctypes.CDLL(f'libdeep.so.{n}')", true), ("find_library('dee')", false),
    ("ctypes.CDLL('libc.so.6')", false), ("ctypes.CDLL(name)", false),
  ])
  func `a library that is opened by its name comes along, with what it is linked against`(
    _ code: String, _ isFound: Bool
  ) {
    var project = PythonProject(source: ["app.py": "import lib"])
    project.install("lib", ["lib/__init__.py": code], requires: ["deep"])
    project.install(
      "deep",
      ["deep.libs/libdeep.so.5": native(["libmore-2.0.so.1"]), "deep.libs/libmore-2.0.so.1": ""])
    let libraries = project.trace().files().filter { $0.hasPrefix("deep.libs") }
    #expect(
      libraries == (isFound ? ["deep.libs/libdeep.so.5", "deep.libs/libmore-2.0.so.1"] : []))
  }

  /// auditwheel gives libraries names that end in a hash; the code looks through their folder.
  @Test(arguments: [("lib.libs", ["lib.libs/libtree-3fce.so.6"]), ("other", [])])
  func `who names the folder of a wheel's libraries opens them`(
    _ name: String, _ expected: [String]
  ) {
    var project = PythonProject(source: ["app.py": "import lib"])
    project.install(
      "lib",
      [
        "lib/__init__.py": "found = [f for f in files('lib') if f.parent.name == '\(name)']",
        "lib.libs/libtree-3fce.so.6": native([]),
      ])
    #expect(project.trace().files().filter { $0.hasPrefix("lib.libs") } == expected)
  }
}
