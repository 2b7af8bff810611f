import Files
import Model
import TestKit
import Testing

@testable import Bundling

private let compiler = Program.find("cc") ?? Program.find("clang")

/// Native libraries are found where the provider would find them, whatever this machine has.
@Suite(.enabled(if: Python.python312 != nil && compiler != nil, "needs Python 3.12 and 'cc'"))
struct VerifyLibraryTests {
  /// An archive with `libfast.so`, which is linked against `libodd.so.1`: this machine has that one, in a
  /// folder that the file itself names (`DT_RUNPATH`).
  private func trialed(
    _ source: String, provider: String = "aws-lambda", alsoArchived: Bool = false
  ) throws -> Trialed {
    try Trialed(
      [:], archived: ["app.py": source], settings: "provider = '\(provider)'"
    ) { folder in
      try folder.write("int odd(void) { return 1; }\n", to: "layer/odd.c")
      try folder.write(
        "int odd(void);\nint fast(void) { return odd(); }\nvoid *PyInit_fast(void) { return 0; }\n",
        to: "layer/fast.c")
      for arguments in [
        ["-Wl,-soname,libodd.so.1", "-o", "layer/libodd.so.1", "layer/odd.c"],
        [
          "-Wl,-rpath,\(folder.path)/layer", "-o", "made/libfast.so", "layer/fast.c",
          "layer/libodd.so.1",
        ],
        [
          "-Wl,-rpath,\(folder.path)/layer", "-o", "made/fast.so", "layer/fast.c",
          "layer/libodd.so.1",
        ],
      ] {
        let made = try #require(compiler).run(
          ["-shared", "-fPIC"] + arguments, folder: folder.path)
        try #require(made.isSuccess, "\(made.errorText)")
      }
      if alsoArchived {
        try folder.write(try folder.read("layer/libodd.so.1"), to: "made/libodd.so.1")
      }
    }
  }

  private let loading = """
    import ctypes, pathlib
    library = ctypes.CDLL(str(pathlib.Path(__file__).with_name("libfast.so")))
    def handler(event, context): return library.fast()
    """

  @Test(arguments: [
    ("import fast\nhandler = print", "fast.so"),
    (
      "import ctypes, pathlib\nx = ctypes.CDLL(str(pathlib.Path(__file__).with_name('libfast.so')))\n"
        + "handler = print", "libfast.so"
    ),
  ])
  func `what the provider is not known to have is a failure that names it`(
    source: String, file: String
  ) throws {
    let failure = try #require(try trialed(source).verify().failure)
    #expect(failure.message.contains("libodd.so.1: cannot open shared object file"))
    #expect(
      failure.notes.map(\.message).contains(
        "'\(file)' needs it, and neither the archive has it nor is aws-lambda known to"))
    let line = file == "fast.so" ? 1 : 2
    #expect(failure.location == SourceLocation(path: "src/app.py", line: line, column: 1))
  }

  @Test func `who does without passes`() throws {
    let result = try trialed(
      "try:\n    import fast\nexcept ImportError:\n    fast = None\nhandler = print\n"
    ).verify()
    #expect(result.failure == nil, "\(result.failure?.message ?? "")")
  }

  @Test func `it is found in the archive, and in a folder that stands for a layer`() throws {
    #expect(try trialed(loading, alsoArchived: true).verify().failure == nil)
    let layered = try trialed(loading)
    #expect(
      try layered.verify { $0.variables = ["LD_LIBRARY_PATH=\(layered.folder("layer"))"] }
        .failure == nil)
  }

  @Test func `of a system that nobody knows nothing is said`() throws {
    let trialed = try trialed("import fast\nhandler = print", provider: "generic")
    let notes = try trialed.verify().failure?.notes.map(\.message) ?? []
    #expect(!notes.contains { $0.contains("needs it, and neither") })
  }
}
