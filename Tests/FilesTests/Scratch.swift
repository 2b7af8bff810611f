import Files

/// A folder that goes with the test.
final class Scratch: Sendable {
  let path: String

  init() throws { path = try FileSystem.makeTemporaryFolder(prefix: "pare-test") }
  deinit { try? FileSystem.removeTree(path) }

  func write(_ name: String, _ text: String = "") throws {
    let file = path + "/" + name
    if let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) {
      try FileSystem.createFolder(String(file[..<slash]))
    }
    try FileSystem.write(Array(text.utf8), to: file)
  }
}
