import Files
import Model
import Testing
import Zip

struct ZipRoundTripTests {
  static let text = Array(String(repeating: "import os\n", count: 500).utf8)
  static let noise: [UInt8] = {
    var state: UInt64 = 1
    return (0..<3000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }()

  @Test func `what was written is read back`() throws {
    let files: [(String, [UInt8])] = [
      ("a.py", Self.text), ("b/empty.py", []), ("b/noise.bin", Self.noise), ("ünï.py", [1, 2, 3]),
    ]
    let bytes = makeZip(files)
    let directory = try readZip(bytes)
    #expect(directory.members.map(\.path.string) == files.map(\.0))
    #expect(directory.members.map(\.method) == [.deflated, .stored, .stored, .stored])
    for (member, file) in zip(directory.members, files) {
      #expect(try extract(member, from: bytes) == file.1)
    }
  }

  @Test func `the sizes add up before a byte is written`() {
    let files = [("a.py", Self.text), ("b/noise.bin", Self.noise)]
    let layout = ZipLayout(pack(files).map(\.entry))
    #expect(layout.size == makeZip(files).count)
    #expect(layout.offsets[1] == 30 + 4 + layout.entries[0].compressedSize)
  }

  @Test func `the same files give the same bytes`() {
    let files = [("a.py", Self.text), ("b/noise.bin", Self.noise)]
    #expect(makeZip(files) == makeZip(files))
  }

  @Test func `an archive without entries is its end record`() throws {
    #expect(makeZip([]).count == 22)
    #expect(try readZip(makeZip([])).members.isEmpty)
  }

  @Test func `more than 65,534 entries need zip64 and are read back`() throws {
    let files = (0..<65_536).map { (String(UInt64($0) + 100_000), [UInt8]()) }
    let bytes = makeZip(files)
    #expect(bytes.suffix(22 + 20).prefix(4).elementsEqual([0x50, 0x4b, 6, 7]))
    #expect(try readZip(bytes).members.count == 65_536)
    #expect(makeZip(Array(files.prefix(65_534))).suffix(42).prefix(4) != [0x50, 0x4b, 6, 7])
  }

  @Test func `entries beyond 4 GiB get zip64 sizes and offsets`() throws {
    let big = 5_000_000_000
    let layout = ZipLayout([
      ZipEntry(
        path: RelativePath("a.bin"), isExecutable: false, method: .stored, crc32: 7,
        compressedSize: big, size: big),
      ZipEntry(
        path: RelativePath("b.txt"), isExecutable: true, method: .stored, crc32: 9,
        compressedSize: 3, size: 3),
    ])
    var header: [UInt8] = []
    layout.appendHeader(0, to: &header)
    #expect(header.count == 30 + 5 + 20)
    #expect(layout.offsets[1] == big + header.count)
    let directory = layout.directory()
    #expect(layout.size == layout.directoryOffset + directory.count)
    let read = try ZipDirectory(fileSize: layout.size) { offset, count in
      (offset..<offset + count).map {
        $0 < layout.directoryOffset ? 0 : directory[$0 - layout.directoryOffset]
      }
    }
    #expect(read.members.map(\.size) == [big, 3])
    #expect(read.members.map(\.headerOffset) == layout.offsets)
    #expect(read.members.map(\.isExecutable) == [false, true])
  }

  @Test func `other tools read it`() throws {
    let folder = try FileSystem.makeTemporaryFolder()
    defer { try? FileSystem.removeTree(folder) }
    let path = folder + "/a.zip"
    try FileSystem.write(
      makeZip([("a.py", Self.text), ("b/noise.bin", Self.noise), ("ünï.py", [1])]), to: path)
    for (name, arguments) in [
      ("unzip", ["-t", path]), ("7z", ["t", path]), ("7zz", ["t", path]),
      (
        "python3",
        ["-c", "import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None", path]
      ),
    ] {
      guard let program = Program.find(name) else { continue }
      let outcome = try program.run(arguments, timeout: 60)
      #expect(outcome.isSuccess, "\(name): \(outcome.outputText) \(outcome.errorText)")
    }
  }

  @Test func `an entry that is executable has mode 0755, others 0644, all the time zero of zip`()
    throws
  {
    let bytes = makeZip([("run.sh", [1]), ("x.py", [2])], executable: ["run.sh"])
    let directory = try readZip(bytes)
    #expect(directory.members.map(\.isExecutable) == [true, false])
    #expect(bytes[10..<14].elementsEqual([0, 0, 0x21, 0]))
  }
}
