import Files
import TestKit
import Testing

/// What goes wrong in the world: each ends in one clear message and an exit code, and the archive of
/// the last good run stays where it is.
@Suite struct `Hostile input` {
  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let wheel: [UInt8]

    static let all: [Broken] = [
      Broken(
        testDescription: "a wrong CRC",
        wheel: HandmadeZip.wheel(
          "tea", [.init("tea/leaf.py", Array("X = 1\n".utf8), crc: 0xdead_beef)]
        ).bytes),
      Broken(
        testDescription: "cut off in the middle",
        wheel: {
          let whole = HandmadeZip.wheel("tea", [.init("tea/leaf.py", "X = 1\n")]).bytes
          return Array(whole[..<(whole.count / 2)])
        }()),
      Broken(
        testDescription: "a name that leaves the root",
        wheel: HandmadeZip.wheel("tea", [.init("../../tea/leaf.py", "X = 1\n")]).bytes),
      Broken(
        testDescription: "an absolute name",
        wheel: HandmadeZip.wheel("tea", [.init("/tmp/leaf.py", "X = 1\n")]).bytes),
      Broken(
        testDescription: "a symbolic link",
        wheel: HandmadeZip.wheel("tea", [.init("tea/leaf.py", "/etc/passwd", mode: 0o120777)])
          .bytes),
      Broken(
        testDescription: "a member that inflates past what it declares",
        // A stored deflate block of 200 bytes, declared as 20.
        wheel: HandmadeZip.wheel(
          "tea",
          [
            .init(
              "tea/leaf.py", [1, 200, 0, 55, 255] + Array(repeating: 0x20, count: 200),
              declaredSize: 20, method: 8)
          ]
        ).bytes),
      Broken(
        testDescription: "the same name twice",
        wheel: HandmadeZip.wheel(
          "tea", [.init("tea/leaf.py", "X = 1\n"), .init("tea/leaf.py", "X = 2\n")]
        ).bytes),
      Broken(testDescription: "empty", wheel: HandmadeZip(members: []).bytes),
      Broken(
        testDescription: "without metadata",
        wheel: HandmadeZip(members: [
          .init("tea/__init__.py", ""), .init("tea/leaf.py", "X = 1\n"),
        ]).bytes),
      Broken(
        testDescription: "with another's metadata",
        wheel: {
          var wheel = HandmadeZip.wheel("rum", [.init("tea/leaf.py", "X = 1\n")])
          wheel.members.append(.init("tea/__init__.py", ""))
          return wheel.bytes
        }()),
      Broken(testDescription: "no zip at all", wheel: Array("hello".utf8)),
    ]
  }

  @Test(arguments: Broken.all)
  func `a corrupt wheel is an error, and the last archive stays`(_ broken: Broken) throws {
    let folder = try project()
    try folder.write(
      HandmadeZip.wheel("tea", [.init("tea/leaf.py", "X = 1\n")]).bytes,
      to: "wheels/tea-1.0-py3-none-any.whl")
    let good = try Tool.run(["package", "--project", folder.path])
    #expect(good.exitCode == 0, "\(good.errors)")
    let before = try FileSystem.read(folder("dist/brew.zip"))

    try folder.write(broken.wheel, to: "wheels/tea-1.0-py3-none-any.whl")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect([1, 3].contains(run.exitCode), "\(run.exitCode): \(run.errors)")
    #expect(run.errors.contains("tea-1.0-py3-none-any.whl"), "\(run.errors)")
    #expect(run.errors.contains("error"), "\(run.errors)")
    let isUntouched = try FileSystem.read(folder("dist/brew.zip")) == before
    #expect(isUntouched)
    #expect(
      try FileSystem.names(in: folder("dist")) == ["brew.zip", "manifest.json", "report.json"])
  }

  @Test func `a wheel for another Python is an error, and the last archive stays`() throws {
    let folder = try project()
    let wheel = "wheels/tea-1.0-py3-none-any.whl"
    try folder.write(
      HandmadeZip.wheel("tea", [.init("tea/leaf.py", "X = 1\n")]).bytes, to: wheel)
    let good = try Tool.run(["package", "--project", folder.path])
    #expect(good.exitCode == 0, "\(good.errors)")
    let before = try FileSystem.read(folder("dist/brew.zip"))

    try FileSystem.removeFile(folder(wheel))
    try folder.write(
      HandmadeZip.wheel("tea", [.init("tea/leaf.cpython-311-x86_64-linux-gnu.so", "")]).bytes,
      to: "wheels/tea-1.0-cp311-cp311-manylinux_2_17_x86_64.whl")
    // Who needs nothing of it is packaged.
    try folder.write(
      "\(try folder.text("pare.toml"))[functions.water]\nhandler = 'water.handler'\n",
      to: "pare.toml")
    try folder.write("def handler(e, c): return e\n", to: "water.py")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 1, "\(run.errors)")
    #expect(run.output.contains("1 written, 1 left as before because of errors"))
    #expect(try members(of: folder("dist/water.zip")) == ["water.py"])
    for part in ["cp311-cp311-manylinux_2_17_x86_64", "app.py:1", "'tea' 1.0: 'tea.leaf'"] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
    #expect(try FileSystem.read(folder("dist/brew.zip")) == before)
  }

  private static let compiler = Program.find("cc") ?? Program.find("clang")

  @Test(.enabled(if: compiler != nil && hasGlibc234, "needs a C compiler and glibc 2.34 or newer"))
  func `a library that needs a newer glibc than the provider has is an error`() throws {
    let folder = try project(environment: false)
    try folder.write("#include <dlfcn.h>\nvoid *f(void) { return dlopen(0, 1); }\n", to: "fast.c")
    try folder.write("import fast\ndef handler(e, c): return e\n", to: "app.py")
    let made = try #require(Self.compiler).run(
      ["-shared", "-fPIC", "-o", "fast.so", "fast.c"], folder: folder.path)
    try #require(made.isSuccess, "\(made.errorText)")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 0, "\(run.errors)")
    let before = try FileSystem.read(folder("dist/brew.zip"))

    try folder.write(
      "runtime = 'python3.11'\n[functions.brew]\nhandler = 'app.handler'\n", to: "pare.toml")
    let older = try Tool.run(["package", "--project", folder.path])
    #expect(older.exitCode == 1)
    #expect(
      older.errors.contains(
        "pare.toml:2:1: error: 'fast.so' needs glibc 2.34, and python3.11 of aws-lambda has 2.26"),
      "\(older.errors)")
    #expect(try FileSystem.read(folder("dist/brew.zip")) == before)
  }

  @Test func `a damaged member stops only the functions that ship it`() throws {
    let folder = try project()
    try folder.write(
      HandmadeZip.wheel(
        "tea",
        [.init("tea/leaf.py", "X = 1\n"), .init("tea/bad.py", Array("X = 1\n".utf8), crc: 1)]
      ).bytes, to: "wheels/tea-1.0-py3-none-any.whl")
    try folder.write(
      "\(try folder.text("pare.toml"))[functions.spoilt]\nhandler = 'spoilt.handler'\n",
      to: "pare.toml")
    try folder.write("import tea.bad\ndef handler(e, c): return e\n", to: "spoilt.py")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 1, "\(run.errors)")
    #expect(run.errors.split(separator: "[damaged-file]").count == 2, "\(run.errors)")
    #expect(run.errors.contains("tea/bad.py"))
    #expect(try archives(in: folder("dist")) == ["brew.zip"])
  }

  @Test func `a wheel with a file and a folder of one name is an error for who ships both`() throws
  {
    let folder = try project()
    try folder.write(
      HandmadeZip.wheel(
        "tea", [.init("tea/leaf.py", "X = 1\n"), .init("tea/a", "x"), .init("tea/a/b.txt", "y")]
      ).bytes, to: "wheels/tea-1.0-py3-none-any.whl")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 1, "\(run.errors)")
    #expect(run.errors.contains("[file-and-folder-at-one-path]"), "\(run.errors)")
    for part in ["the file is 'tea/a' of tea 1.0", "in the folder is 'tea/a/b.txt' of tea 1.0"] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
    #expect(!folder.has("dist/brew.zip"))
  }

  @Test func `a name of one's own that nobody could unpack is refused when packaging`() throws {
    let folder = try project(environment: false)
    try folder.write("", to: "shop/__init__.py")
    try folder.write("import shop\ndef handler(e, c): return e\n", to: "app.py")
    for name in ["shop/back\\slash.txt", "C:x.txt"] {
      try folder.write("x", to: name)
      try folder.write(
        "include = ['C*.txt']\n[functions.brew]\nhandler = 'app.handler'\n", to: "pare.toml")
      let run = try Tool.run(["package", "--project", folder.path])
      #expect(run.exitCode == 1, "\(run.errors)")
      #expect(run.errors.contains("'\(name)' cannot stand in an archive"), "\(run.errors)")
      #expect(!folder.has("dist/brew.zip"))
      try FileSystem.removeFile(folder(name))
    }
  }

  @Test(.enabled(if: canBeSomebodyElse, "needs root and setpriv"))
  func `a folder that cannot be listed is an error for who needs it`() throws {
    let folder = try project(environment: false)
    for (name, text) in [
      ("shop/__init__.py", ""), ("shop/data/rates.txt", "1"), ("tools/a.py", ""),
      ("locked/x.bin", ""),
      ("app.py", "import shop\ndef handler(e, c): return e\n"),
      ("second.py", "import tools.a\ndef handler(e, c): return e\n"),
      ("third.py", "def handler(e, c): return e\n"),
    ] { try folder.write(text, to: name) }
    try folder.write(
      """
      [functions.brew]
      handler = 'app.handler'
      [functions.second]
      handler = 'second.handler'
      [functions.third]
      handler = 'third.handler'
      """, to: "pare.toml")
    for name in ["brew.zip", "second.zip"] { try folder.write("old", to: "dist/\(name)") }
    for name in ["shop/data", "tools", "locked"] { try FileSystem.setMode(folder(name), 0) }
    for name in ["", "dist"] { try FileSystem.setMode(folder(name), 0o777) }
    let run = try asSomebodyElse("\(try Tool.path()) package --no-cache", in: folder.path)
    #expect(run.exitCode == 1, "\(run.errors)")
    #expect(run.errors.split(separator: "[needed-folder-not-listed]").count == 3, "\(run.errors)")
    #expect(try folder.text("dist/brew.zip") == "old")
    #expect(try folder.text("dist/second.zip") == "old")
    #expect(try members(of: folder("dist/third.zip")) == ["third.py"])
  }

  @Test(.enabled(if: compiler != nil, "needs a C compiler"))
  func `an extension of the stable ABI for a newer Python is an error where it is needed`() throws {
    let folder = try project()
    try folder.write("int nothing;\n", to: "fast.c")
    let made = try #require(Self.compiler).run(
      ["-shared", "-fPIC", "-nostdlib", "-o", "fast.so", "fast.c"], folder: folder.path)
    try #require(made.isSuccess, "\(made.errorText)")
    for (tag, statement, code) in [
      ("cp313-abi3-manylinux_2_17_x86_64", "from tea import leaf", Int32(1)),
      (
        "cp313-abi3-manylinux_2_17_x86_64", "try:\n    import tea.leaf\nexcept ImportError: pass", 0
      ),
      ("cp312-abi3-manylinux_2_17_x86_64", "from tea import leaf", 0),
      ("cp312-abi3-musllinux_1_2_x86_64", "import tea.leaf", 1),
    ] {
      var wheel = HandmadeZip.wheel(
        "tea", [.init("tea/leaf.abi3.so", try folder.read("fast.so"))])
      let info = try #require(wheel.members.firstIndex { $0.name.hasSuffix("/WHEEL") })
      wheel.members[info] = .init(wheel.members[info].name, "Wheel-Version: 1.0\nTag: \(tag)\n")
      try folder.write(wheel.bytes, to: "wheels/tea-1.0-\(tag).whl")
      try folder.write("\(statement)\ndef handler(e, c): return e\n", to: "app.py")
      let run = try Tool.run(["package", "--project", folder.path])
      #expect(run.exitCode == code, "\(tag), \(statement): \(run.errors)")
      #expect(run.errors.contains("[foreign-extension]") == (code == 1), "\(run.errors)")
      try FileSystem.removeFile(folder("wheels/tea-1.0-\(tag).whl"))
    }
  }

  @Test(.enabled(if: compiler != nil, "needs a C compiler"))
  func `a library that nobody ships is told with the extension that needs it`() throws {
    let folder = try project(environment: false)
    for (name, text) in [
      ("gl.c", "int gl(void) { return 1; }\n"),
      ("mid.c", "int gl(void); int mid(void) { return gl(); }\n"),
      ("fast.c", "int mid(void); int fast(void) { return mid(); }\n"),
    ] { try folder.write(text, to: name) }
    let steps = [
      ["-o", "libGL.so.1", "-Wl,-soname,libGL.so.1", "gl.c"],
      ["-o", "libmid.so", "-Wl,-soname,libmid.so", "mid.c", "-L.", "-l:libGL.so.1"],
      ["-o", "fast.so", "fast.c", "-L.", "-l:libmid.so"],
    ]
    for step in steps {
      let made = try #require(Self.compiler).run(
        ["-shared", "-fPIC", "-nostdlib", "-Wl,--no-as-needed"] + step, folder: folder.path)
      try #require(made.isSuccess, "\(made.errorText)")
    }
    try FileSystem.removeFile(folder("libGL.so.1"))
    try folder.write("import fast\ndef handler(e, c): return e\n", to: "app.py")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.errors.split(separator: "[missing-library]").count == 2, "\(run.errors)")
    #expect(
      run.errors.contains(
        "'libGL.so.1' is neither in 'brew' nor among what aws-lambda is known to have"),
      "\(run.errors)")
    #expect(run.errors.contains("'libmid.so' needs it"), "\(run.errors)")
    #expect(try Tool.run(["package", "--strict", "--project", folder.path]).exitCode == 1)
    // What manylinux leaves to the system is there on Google's.
    try folder.write(
      "provider = 'google-cloud-functions'\n\(try folder.text("pare.toml"))", to: "pare.toml")
    let google = try Tool.run(["package", "--project", folder.path])
    #expect(!google.errors.contains("missing-library"), "\(google.errors)")
  }

  @Test func `no configuration is said with what to write`() throws {
    let folder = try Folder()
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("pare.toml"), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test func `an output folder that cannot be made is a system's error`() throws {
    let folder = try project(environment: false)
    try folder.write("a file stands where the folder should be", to: "dist")
    let run = try Tool.run(["package", "--project", folder.path])
    #expect(run.exitCode == 3, "\(run.errors)")
    #expect(run.errors.contains("dist"), "\(run.errors)")
    #expect(try folder.text("dist").hasPrefix("a file"))
  }

  @Test func `a link that leaves the tree is not shipped`() throws {
    let folder = try project(environment: false)
    try folder.write("k", to: "secrets/key.txt")
    try folder.write("", to: "p/shop/__init__.py")
    try folder.write("import shop\ndef handler(e, c): return e\n", to: "p/app.py")
    try folder.write(
      "runtime = 'python3.12'\n[functions.brew]\nhandler = 'app.handler'\n", to: "p/pare.toml")
    try FileSystem.createLink(folder("p/shop/key.txt"), to: folder("secrets/key.txt"))
    let run = try Tool.run(["package", "--project", folder("p")])
    #expect(try members(of: folder("p/dist/brew.zip")) == ["app.py", "shop/__init__.py"])
    #expect(run.errors.contains("shop/key.txt"), "\(run.errors)")
  }

  @Test(.enabled(if: canMount, "needs the right to mount a small disk"))
  func `a full disk leaves the last archive and no remains`() throws {
    let folder = try project(environment: false)
    // Does not shrink: 400 KB on a disk of 128.
    var noise: UInt64 = 88_172_645_463_325_252
    let bytes = (0..<400_000).map { _ -> UInt8 in
      noise ^= noise << 13
      noise ^= noise >> 7
      noise ^= noise << 17
      return UInt8(truncatingIfNeeded: noise)
    }
    try folder.write("", to: "data/__init__.py")
    try folder.write(bytes, to: "data/noise.bin")
    try folder.write("import data\ndef handler(e, c): return e\n", to: "app.py")
    let tool = try Tool.path()
    let script = """
      mkdir -p \(folder.path)/dist && mount -t tmpfs -o size=128k none \(folder.path)/dist || exit 99
      echo old > \(folder.path)/dist/brew.zip
      \(tool) package --project \(folder.path)
      echo "code $?"
      ls \(folder.path)/dist; cat \(folder.path)/dist/brew.zip
      """
    let outcome = try Program(path: "/usr/bin/unshare").run(
      ["-m", "sh", "-c", script], timeout: 60)
    #expect(outcome.outputText == "code 3\nbrew.zip\nold\n", "\(outcome.errorText)")
    #expect(outcome.errorText.contains("space"), "\(outcome.errorText)")
  }

  @Test func `Ctrl-C ends the run with 130 and leaves the last archive`() throws {
    let folder = try project(environment: false)
    try folder.write("never-downloaded==1.0\n", to: "requirements.txt")
    // Its first program on the path is a pip that takes long.
    try folder.write("#!/bin/sh\nsleep 30\n", to: "bin/python3")
    try folder.write("#!/bin/sh\nsleep 30\n", to: "bin/uv")
    try FileSystem.setMode(folder("bin/python3"), 0o755)
    try FileSystem.setMode(folder("bin/uv"), 0o755)
    try folder.write("old", to: "dist/brew.zip")
    // The shell becomes the tool, and keeps its process id; what it started before interrupts it.
    let script = """
      (sleep 2; kill -INT $$) &
      PATH=\(folder("bin")):$PATH exec \(try Tool.path()) package --project \(folder.path)
      """
    let outcome = try Program(path: "/bin/sh").run(["-c", script], timeout: 60)
    #expect(outcome.end == .exit(130), "\(outcome.outputText)\(outcome.errorText)")
    #expect(try folder.text("dist/brew.zip") == "old")
    #expect(try FileSystem.names(in: folder("dist")) == ["brew.zip"])
  }

  /// One function that wants `tea` from a folder of wheels.
  private func project(environment: Bool = true) throws -> Folder {
    let folder = try Folder()
    let wants = environment ? "environment = 'wheels'" : ""
    try folder.write(
      "runtime = 'python3.12'\n\(wants)\n[functions.brew]\nhandler = 'app.handler'\n",
      to: "pare.toml")
    let uses = environment ? "import tea.leaf" : ""
    try folder.write("\(uses)\ndef handler(e, c): return e\n", to: "app.py")
    return folder
  }
}

private let hasGlibc234: Bool = {
  guard let answer = try? Program.find("getconf")?.run(["GNU_LIBC_VERSION"], folder: "/"),
    let minor = answer.outputText.split(whereSeparator: { ". \n".contains($0) }).last
  else { return false }
  return Int(minor).map { $0 >= 34 } == true
}()
