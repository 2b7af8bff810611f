import Model
import PythonLanguage
import Testing

struct NativeTests {
  private func facts(_ bytes: [UInt8]) -> SourceFacts {
    NativeScanner.scan(bytes.span, path: RelativePath("a.so"))
  }

  @Test func `what is no native file is a problem`() {
    #expect(facts(Array("import a".utf8)).problems.map(\.code) == ["broken-binary"])
    #expect(facts([]).problems.map(\.code) == ["broken-binary"])
  }

  @Test func `formats and architectures are recognised`() {
    func elf(_ machine: UInt8) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: 64)
      bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
      bytes[18] = machine
      return bytes
    }
    #expect(facts(elf(0x3E)).binary == Binary(format: .elf, architecture: .x86_64))
    #expect(facts(elf(0xB7)).binary == Binary(format: .elf, architecture: .arm64))
    #expect(facts(elf(0x28)).binary == Binary(format: .elf, architecture: nil))
    let machO: [UInt8] = [0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0, 0, 1] + Array(repeating: 0, count: 24)
    #expect(facts(machO).binary == Binary(format: .machO, architecture: .arm64))
  }

  @Test func `the newest glibc whose symbols a file is linked against is told`() {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    /// `Elf64_Vernaux`: hash, flags, index, name, next.
    func version(_ name: Int, isWeak: Bool = false, next: Int) -> [UInt8] {
      number(0, 4) + number(isWeak ? 2 : 0, 2) + number(0, 2) + number(name, 4) + number(next, 4)
    }
    /// `Elf64_Verneed`: version 1, count, file, aux, next.
    func needed(_ count: Int, next: Int) -> [UInt8] {
      number(1, 2) + number(count, 2) + number(0, 4) + number(16, 4) + number(next, 4)
    }
    /// `Elf64_Shdr`: name, type, flags, address, offset, size, link, …
    func section(type: Int, offset: Int, size: Int, link: Int = 0) -> [UInt8] {
      number(0, 4) + number(type, 4) + number(0, 16) + number(offset, 8) + number(size, 8)
        + number(link, 4) + number(0, 20)
    }
    func minor(_ names: String, isFirstWeak: Bool = false) -> UInt8? {
      let strings = Array(names.utf8)
      let starts = [0] + strings.indices.filter { strings[$0] == 0 }.map { $0 + 1 }
      // One library with two versions, then one with the third.
      let table =
        needed(2, next: 48) + version(starts[0], isWeak: isFirstWeak, next: 16)
        + version(starts[1], next: 0)
        + needed(1, next: 0) + version(starts[2], next: 0)
      let end = 64 + table.count + strings.count
      let header =
        [0x7F, 0x45, 0x4C, 0x46, 2, 1] + number(0, 10) + number(3, 2) + number(0x3E, 2)
        + number(0, 20) + number(end, 8) + number(0, 10) + number(64, 2) + number(2, 2)
        + number(1, 2)
      let sections =
        section(type: 0x6FFF_FFFE, offset: 64, size: table.count, link: 1)
        + section(type: 3, offset: 64 + table.count, size: strings.count)
      return facts(header + table + strings + sections).binary?.glibc
    }
    #expect(minor("GLIBC_2.17\0GLIBC_2.34\0GLIBC_2.2.5\0") == 34)
    #expect(minor("GLIBC_2.2.5\0GLIBCXX_3.4.29\0GLIBC_2.4\0") == 4)
    #expect(minor("GLIBC_2.36\0GLIBC_2.34\0GLIBC_2.2.5\0", isFirstWeak: true) == 34)
    #expect(minor("OPENSSL_3\0CXXABI_1.3\0GCC_3.0\0") == nil)
  }

  /// A file with one loaded section of constants.
  private func image(_ data: [UInt8]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    func put(_ value: Int, _ offset: Int, _ count: Int) {
      for i in 0..<count { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
    }
    bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    put(0x3E, 18, 2)
    let table = 64 + data.count
    put(table, 40, 8)
    put(64, 58, 2)
    put(2, 60, 2)
    bytes += data + [UInt8](repeating: 0, count: 128)
    put(1, table + 64 + 4, 4)
    put(2, table + 64 + 8, 8)
    put(64, table + 64 + 24, 8)
    put(data.count, table + 64 + 32, 8)
    return bytes
  }

  @Test func `dotted names and identifiers between null bytes are told`() {
    let found = facts(
      image(Array("\0numpy.core.multiarray\0_sibling\0a sentence here.\0ab\0".utf8)))
    #expect(
      found.requests.map { found.string($0.name) } == ["numpy.core.multiarray", "_sibling"])
  }

  @Test func `a compressed string table is inflated and told of as one text`() {
    let found = facts(image(Array("\0x\0".utf8) + compressedTable))
    #expect(
      found.requests.map { found.string($0.name).trimmed } == [
        "numpy.random._common pkg.sub" + String(repeating: " numpy.random._common", count: 3)
      ])
  }

  @Test func `a table that Cython packs without zlib is unpacked`() {
    let table = [UInt8](repeating: 0, count: 16) + packedTable + [0, 0, 0, 0]
    let found = facts(image(Array("\0_cython_3_3_0\0".utf8) + table))
    let text = found.requests.map { found.string($0.name) }.last?.trimmed
    #expect(text?.hasPrefix("numpy.random._common pkg.sub abcde") == true)
    #expect(text?.hasSuffix("fghij _random._common cryptography.x509") == true)
    let other = facts(image(table))
    #expect(!other.requests.contains { other.string($0.name).hasSuffix("cryptography.x509 ") })
  }

  @Test func `no torn file ends the process`() {
    let strings = Array("\0numpy.core\0_cython_3_3_0\0".utf8)
    let whole = image(strings + packedTable + compressedTable)
    for count in whole.indices { _ = facts(Array(whole[..<count])) }
    // What comes first hides what comes next.
    for whole in [whole, image(strings + packedTable)] {
      for i in whole.indices {
        var bytes = whole
        bytes[i] = 0xFF
        _ = facts(bytes)
      }
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// `zlib.compress(b"numpy.random._common pkg.sub " + b"numpy.random._common " * 3, 9)`
private let compressedTable: [UInt8] = [
  0x78, 0xDA, 0xCB, 0x2B, 0xCD, 0x2D, 0xA8, 0xD4, 0x2B, 0x4A, 0xCC, 0x4B, 0xC9, 0xCF, 0xD5, 0x8B,
  0x4F, 0xCE, 0xCF, 0xCD, 0xCD, 0xCF, 0x53, 0x28, 0xC8, 0x4E, 0xD7, 0x2B, 0x2E, 0x4D, 0x52, 0xC8,
  0xC3, 0x26, 0x49, 0xBC, 0x20, 0x00, 0x73, 0x34, 0x23, 0x53,
]

/// "numpy.random._common pkg.sub ", 30 times "abcde ", "numpy.random._common ", 110 times "fghij ",
/// "_random._common cryptography.x509 ": runs at all three kinds of distance.
private let packedTable: [UInt8] = [
  0xFF, 0x6E, 0x75, 0x6D, 0x70, 0x79, 0x2E, 0x72, 0x61, 0xFF, 0x6E, 0x64, 0x6F, 0x6D, 0x2E, 0x5F,
  0x63, 0x6F, 0xFF, 0x6D, 0x6D, 0x6F, 0x6E, 0x20, 0x70, 0x6B, 0x67, 0xFF, 0x2E, 0x73, 0x75, 0x62,
  0x20, 0x61, 0x62, 0x63, 0x03, 0x64, 0x65, 0x00, 0x03, 0x00, 0x09, 0x00, 0x15, 0x00, 0x2D, 0x05,
  0x52, 0xBC, 0x12, 0x1F, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x00, 0x03, 0x00, 0x09, 0x00, 0x15, 0xA0,
  0x00, 0x2D, 0x00, 0x5D, 0x00, 0xBD, 0x00, 0xFF, 0x05, 0x10, 0x5F, 0x95, 0x84, 0x0C, 0x63, 0xFF,
  0x72, 0x79, 0x70, 0x74, 0x6F, 0x67, 0x72, 0x61, 0xFF, 0x70, 0x68, 0x79, 0x2E, 0x78, 0x35, 0x30,
  0x39, 0x01, 0x20,
]
