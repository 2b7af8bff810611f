import Files
import Testing

struct OutputFileTests {
  @Test func `a committed file holds what was written and leaves nothing else behind`() throws {
    let folder = try Scratch()
    var file = try OutputFile.create(folder.path + "/a.zip")
    try file.write(Array("hello ".utf8))
    try file.write(Array("world".utf8))
    #expect(file.count == 11)
    try file.commit()
    #expect(try FileSystem.names(in: folder.path) == ["a.zip"])
    #expect(try FileSystem.read(folder.path + "/a.zip") == Array("hello world".utf8))
    #expect(try StatKey(of: folder.path + "/a.zip").mode & 0o777 == 0o644)
  }

  @Test func `a file that is dropped leaves the one before it`() throws {
    let folder = try Scratch()
    try folder.write("a.zip", "before")
    do {
      var file = try OutputFile.create(folder.path + "/a.zip")
      try file.write(Array("after".utf8))
    }
    #expect(try FileSystem.names(in: folder.path) == ["a.zip"])
    #expect(try FileSystem.read(folder.path + "/a.zip") == Array("before".utf8))
  }

  @Test func `part of another file is appended`() throws {
    let folder = try Scratch()
    try folder.write("in", "0123456789")
    let input = try InputFile.open(folder.path + "/in")
    var file = try OutputFile.create(folder.path + "/out")
    try file.write(Array("<".utf8))
    try file.copy(from: input, at: 3, count: 4)
    try file.write(Array(">".utf8))
    try file.commit()
    #expect(try FileSystem.read(folder.path + "/out") == Array("<3456>".utf8))
    #expect(throws: FileError("read", folder.path + "/in", .truncated)) {
      var file = try OutputFile.create(folder.path + "/out")
      let input = try InputFile.open(folder.path + "/in")
      try file.copy(from: input, at: 8, count: 4)
    }
  }

  @Test func `a missing folder is an error that names the file asked for`() {
    let error = #expect(throws: FileError.self) {
      _ = try OutputFile.create("/nonexistent/x.zip")
    }
    #expect(error?.description == "cannot write '/nonexistent/x.zip': No such file or directory")
  }
}

struct ReadBufferTests {
  @Test func `a buffer is reused from file to file`() throws {
    let folder = try Scratch()
    try folder.write("long", String(repeating: "x", count: 300_000))
    try folder.write("short", "abc")
    var buffer = ReadBuffer(capacity: 64)
    try buffer.read(folder.path + "/long")
    #expect(buffer.count == 300_000)
    let key = try buffer.read(folder.path + "/short")
    #expect(buffer.array == Array("abc".utf8))
    #expect(key.size == 3)
    #expect(buffer.withBytes { $0.count } == 3)
  }

  @Test func `a folder is not read`() throws {
    let folder = try Scratch()
    #expect(throws: FileError("read", folder.path, .notRegular)) {
      _ = try FileSystem.read(folder.path)
    }
  }
}
