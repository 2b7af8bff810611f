import Files
import Testing

/// One after the other: there is one journal for the process, and other suites would write into it.
@Suite(.serialized) struct JournalTests {
  /// What a run does that reads a tree and writes a file.
  private func account(
    _ folder: Scratch, _ run: () throws -> Void
  ) throws -> Account? {
    Journal.begin(ignoring: [folder.path + "/cache"], only: folder.path)
    try run()
    return Journal.end()
  }

  private func readAll(_ folder: Scratch) throws {
    let tree = try FileTree.walk(folder.path, skip: .init(names: ["__pycache__"]), jobs: 2)
    for file in tree.files { _ = try FileSystem.read("\(folder.path)/\(file)") }
    _ = FileSystem.isFile(folder.path + "/absent.toml")
  }

  private func filled() throws -> Scratch {
    let folder = try Scratch()
    try folder.write("a.py", "x = 1\n")
    try folder.write("p/b.py", "y = 2\n")
    return folder
  }

  @Test func `nothing changed: every answer is still the same`() throws {
    let folder = try filled()
    let account = try #require(try account(folder) { try readAll(folder) })
    #expect(account.isCurrent(jobs: 2))
    #expect(account.count >= 5)
  }

  @Test func `it survives being written and read, and not being torn`() throws {
    let folder = try filled()
    let account = try #require(try account(folder) { try readAll(folder) })
    let bytes = account.encoded()
    let copy = try #require(Account(bytes))
    #expect(copy.count == account.count)
    #expect(copy.isCurrent(jobs: 1))
    for count in stride(from: 0, to: bytes.count, by: 13) {
      #expect(Account(Array(bytes.prefix(count))) == nil)
    }
    for position in bytes.indices {
      var damaged = bytes
      damaged[position] ^= 0x10
      #expect(Account(damaged) == nil)
    }
  }

  @Test func `a changed file is noticed, also one of the same size within the same moment`() throws
  {
    let folder = try filled()
    let account = try #require(try account(folder) { try readAll(folder) })
    try FileSystem.write(Array("y = 3\n".utf8), to: folder.path + "/p/b.py")
    #expect(!account.isCurrent(jobs: 1))
  }

  @Test func `an added, a removed and an appearing file are noticed`() throws {
    for change in ["p/c.py", "absent.toml"] {
      let folder = try filled()
      let account = try #require(try account(folder) { try readAll(folder) })
      try folder.write(change)
      #expect(!account.isCurrent(jobs: 1), "\(change)")
    }
    let folder = try filled()
    let account = try #require(try account(folder) { try readAll(folder) })
    try FileSystem.removeFile(folder.path + "/a.py")
    #expect(!account.isCurrent(jobs: 1))
  }

  @Test func `what the walk does not take may come and go`() throws {
    let folder = try filled()
    let account = try #require(try account(folder) { try readAll(folder) })
    try folder.write("p/__pycache__/b.pyc")
    #expect(account.isCurrent(jobs: 1))
  }

  @Test func `what the run writes itself is no change, until somebody changes it`() throws {
    let folder = try filled()
    let account = try #require(
      try account(folder) {
        try readAll(folder)
        try FileSystem.createFolder(folder.path + "/dist")
        try FileSystem.write([1, 2, 3], to: folder.path + "/dist/a.zip")
      })
    #expect(account.isCurrent(jobs: 1))
    try FileSystem.removeFile(folder.path + "/dist/a.zip")
    #expect(!account.isCurrent(jobs: 1))
  }

  @Test func `a run that runs a program has no account`() throws {
    let folder = try filled()
    let account = try account(folder) {
      _ = try Program(path: "/bin/sh").run(["-c", "true"], folder: folder.path)
    }
    #expect(account == nil)
  }

  @Test func `a file that changes while the run reads it has no account`() throws {
    let folder = try filled()
    let account = try account(folder) {
      try readAll(folder)
      // Somebody else, not the run: what that writes itself would count as it is in the end.
      _ = try Program(path: "/bin/sh").run(["-c", "echo 'x = 1234' > \(folder.path)/a.py"])
      try readAll(folder)
    }
    #expect(account == nil)
  }
}
