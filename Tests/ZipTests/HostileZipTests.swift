import Model
import Testing
import Zip

struct HostileZipTests {
  private let good = makeZip([("a.py", ZipRoundTripTests.text), ("b.py", [1, 2, 3])])

  private func problem(
    _ bytes: [UInt8], _ library: Inflater.Library = .zlib
  ) -> ZipError? {
    do throws(ZipError) {
      let directory = try readZip(bytes)
      for member in directory.members { _ = try extract(member, from: bytes, library) }
      return nil
    } catch {
      return error
    }
  }

  @Test func `the archive that the others are made from is fine`() { #expect(problem(good) == nil) }

  @Test func `a file that is cut off anywhere is an error`() {
    for count in stride(from: 0, to: good.count, by: 7) {
      #expect(problem(Array(good.prefix(count))) != nil, "cut to \(count)")
    }
  }

  @Test
  func `random bytes instead of any byte never crash, and every library thinks alike of them`() {
    for position in good.indices {
      for value: UInt8 in [0, 0x7f, 0xff] {
        var bytes = good
        bytes[position] = value
        let isFine = inflateLibraries.map { problem(bytes, $0) == nil }
        #expect(Set(isFine).count == 1, "\(value) at \(position)")
      }
    }
  }

  @Test func `a text file is no archive`() {
    #expect(problem(Array("hello".utf8)) == ZipError(.noDirectory))
    #expect(problem([UInt8](repeating: 0x50, count: 100)) == ZipError(.noDirectory))
  }

  @Test(arguments: ["../evil.py", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "a//b", "./a"])
  func `a name that could leave its folder is refused`(name: String) {
    #expect(problem(makeZip([(name, [1])])) == ZipError(.unsafeName, member: name))
  }

  @Test(arguments: inflateLibraries)
  func `a changed byte of data is a bad CRC`(library: Inflater.Library) {
    var bytes = makeZip([("s.bin", [1, 2, 3, 4])])
    bytes[30 + 5 + 1] ^= 1
    #expect(problem(bytes, library) == ZipError(.badCRC, member: "s.bin"))
  }

  @Test(arguments: inflateLibraries)
  func `a member that inflates past its declared size stops there`(library: Inflater.Library) {
    let huge = [UInt8](repeating: 0, count: 1_000_000)
    let packed = pack([("bomb", huge)])[0]
    let entry = ZipEntry(
      path: packed.entry.path, isExecutable: false, method: .deflated, crc32: 0,
      compressedSize: packed.entry.compressedSize, size: 10)
    #expect(
      problem(makeZip(packed: [(entry, packed.data)]), library)
        == ZipError(.wrongSize, member: "bomb"))
  }

  @Test(arguments: inflateLibraries)
  func `a member that inflates to less than it declares is refused`(library: Inflater.Library) {
    let packed = pack([("short", ZipRoundTripTests.text)])[0]
    let entry = ZipEntry(
      path: packed.entry.path, isExecutable: false, method: .deflated, crc32: packed.entry.crc32,
      compressedSize: packed.entry.compressedSize, size: packed.entry.size + 1)
    #expect(
      problem(makeZip(packed: [(entry, packed.data)]), library)
        == ZipError(.wrongSize, member: "short"))
  }

  @Test(arguments: inflateLibraries)
  func `data that is not deflate is refused`(library: Inflater.Library) {
    let entry = ZipEntry(
      path: RelativePath("x"), isExecutable: false, method: .deflated, crc32: 0,
      compressedSize: 3, size: 10)
    #expect(
      problem(makeZip(packed: [(entry, [0xff, 0xff, 0xff])]), library)
        == ZipError(.badData, member: "x"))
  }

  @Test func `an end record that counts fewer members than there are is refused`() {
    var bytes = good
    for offset in [8, 10] { bytes[bytes.count - 22 + offset] = 1 }
    #expect(problem(bytes) == ZipError(.wrongCount))
  }

  @Test func `a header with another name than the directory's is refused`() {
    var bytes = good
    bytes[30] = UInt8(ascii: "x")
    #expect(problem(bytes) == ZipError(.otherName, member: "a.py"))
  }

  @Test func `a name that is no UTF-8 under its flag is refused`() {
    var bytes = makeZip([("é.py", [1])])
    let directory = 30 + 5 + 1 + 46
    for start in [30, directory] { bytes[start] = 0xff }
    guard case .badName = problem(bytes)?.problem else {
      Issue.record("\(String(describing: problem(bytes)))")
      return
    }
  }

  @Test func `one name twice is refused`() {
    #expect(
      problem(makeZip([("a.py", [1]), ("a.py", [2])])) == ZipError(.duplicate, member: "a.py"))
  }

  @Test func `a symbolic link is refused`() {
    var bytes = makeZip([("link", [1])])
    // External attributes are 38 bytes into the directory's record; the mode is their upper half.
    let record = 30 + 4 + 1
    bytes[record + 40] = 0xff
    bytes[record + 41] = 0xa1
    #expect(problem(bytes) == ZipError(.symbolicLink, member: "link"))
  }

  @Test func `an encrypted member is refused`() {
    var bytes = makeZip([("x", [1])])
    bytes[30 + 1 + 1 + 8] |= 1
    #expect(problem(bytes) == ZipError(.encrypted, member: "x"))
  }

  @Test func `another compression method is refused by its number`() {
    var bytes = makeZip([("x", [1])])
    bytes[30 + 1 + 1 + 10] = 12
    #expect(problem(bytes) == ZipError(.unsupportedMethod(12), member: "x"))
  }

  @Test func `members that share bytes are refused`() {
    var bytes = makeZip([("a", [1, 2, 3, 4]), ("b", [5, 6, 7, 8])])
    // Point b's record at a's header.
    let directory = 2 * (30 + 1 + 4)
    let second = directory + 46 + 1
    for position in second + 42..<second + 46 { bytes[position] = 0 }
    #expect(problem(bytes)?.problem == .overlapping)
  }

  @Test func `a directory that promises more entries than it has room for is refused`() {
    var bytes = good
    bytes[bytes.count - 12] = 0xfe
    bytes[bytes.count - 11] = 0xff
    bytes[bytes.count - 14] = 0xfe
    bytes[bytes.count - 13] = 0xff
    #expect(problem(bytes) == ZipError(.malformed))
  }

  @Test func `a comment behind and bytes before the archive are understood`() throws {
    var bytes = Array("#!/usr/bin/env python3\n".utf8) + good
    bytes[bytes.count - 2] = 5
    bytes += Array("hello".utf8)
    #expect(problem(bytes) == nil)
    #expect(try readZip(bytes).members.count == 2)
  }

  @Test func `a name in code page 437 is read as Python reads it`() throws {
    var bytes = makeZip([("caf_", [1])])
    bytes[30 + 3] = 0x82
    bytes[30 + 4 + 1 + 46 + 3] = 0x82
    #expect(try readZip(bytes).members[0].path.string == "café")
  }
}
