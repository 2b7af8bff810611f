import Files
import Testing

@Suite struct LeftoversTests {
  @Test func `a temporary file goes once nobody holds it`() throws {
    let folder = try Scratch()
    try folder.write(".a.1-1.pare-tmp", "dead")
    try folder.write("a.pare-tmp.txt", "another's")
    var living = try OutputFile.create(folder.path + "/b")
    try living.write([1])
    #expect(Leftovers.remove(in: folder.path) == 1)
    #expect(try FileSystem.names(in: folder.path).count == 2)
    try living.commit()
    #expect(try FileSystem.names(in: folder.path) == ["a.pare-tmp.txt", "b"])
  }

  @Test func `a link is not followed`() throws {
    let folder = try Scratch()
    try folder.write("real", "mine")
    try FileSystem.createLink(folder.path + "/.x.1-1.pare-tmp", to: "real")
    #expect(Leftovers.remove(in: folder.path) == 0)
    #expect(try FileSystem.names(in: folder.path).count == 2)
  }

  @Test func `a temporary folder of this process stays until it removes it`() throws {
    let made = try FileSystem.makeTemporaryFolder(prefix: "pare-held")
    let again = try FileSystem.makeTemporaryFolder(prefix: "pare-held")
    #expect(FileSystem.isFolder(made))
    for path in [made, again] {
      try FileSystem.removeTree(path)
      #expect(!FileSystem.isFolder(path))
    }
  }
}
