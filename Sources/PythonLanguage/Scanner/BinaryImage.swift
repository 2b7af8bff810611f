import Model

/// The tables of a native file that matter here: what it was built for, which libraries it needs,
/// and where its constant data lies. ELF is read (System V ABI, 64 and 32 bits, little-endian);
/// Mach-O and PE are recognised.
struct BinaryImage {
  var binary: Binary
  /// Names of `DT_NEEDED` entries.
  var libraries: [Range<Int>] = []
  /// Sections with constants, without code, symbols and relocations.
  var data: [Range<Int>] = []
  var isTruncated = false

  static func read(_ bytes: borrowing Span<UInt8>) -> BinaryImage? {
    guard bytes.count >= 20 else { return nil }
    switch integer(bytes, 0, 4) {
    case 0x464C_457F: return elf(bytes)
    case 0xFEED_FACF, 0xFEED_FACE: return machO(integer(bytes, 4, 4))
    // A universal file: its first architecture, in big-endian.
    case 0xBEBA_FECA, 0xBFBA_FECA: return machO(bigEndian(bytes, 8))
    default: break
    }
    if bytes[0] == UInt8(ascii: "M"), bytes[1] == UInt8(ascii: "Z") { return pe(bytes) }
    return nil
  }

  // MARK: ELF

  private struct Layout {
    let is64: Bool
    var word: Int { is64 ? 8 : 4 }
  }

  private static func elf(_ bytes: borrowing Span<UInt8>) -> BinaryImage {
    let layout = Layout(is64: bytes[4] == 2)
    let architecture: Architecture? =
      switch integer(bytes, 18, 2) {
      case 0x3E: .x86_64
      case 0xB7: .arm64
      default: nil
      }
    var image = BinaryImage(binary: Binary(format: .elf, architecture: architecture))
    // Big-endian files are for none of our targets.
    guard bytes[5] == 1, bytes.count >= (layout.is64 ? 64 : 52) else {
      image.isTruncated = bytes[5] == 1
      return image
    }
    image.readSegments(bytes, layout)
    image.readSections(bytes, layout)
    return image
  }

  private mutating func readSegments(_ bytes: borrowing Span<UInt8>, _ layout: Layout) {
    let table = Self.integer(bytes, layout.is64 ? 32 : 28, layout.word)
    let size = Self.integer(bytes, layout.is64 ? 54 : 42, 2)
    let count = Self.integer(bytes, layout.is64 ? 56 : 44, 2)
    guard size >= (layout.is64 ? 56 : 32) else { return }
    var loads: [(address: Int, offset: Int, size: Int)] = []
    var dynamic: Range<Int>?
    for i in 0..<count {
      let header = table + i * size
      guard header >= 0, header + size <= bytes.count else {
        isTruncated = true
        return
      }
      let offset = Self.integer(bytes, header + (layout.is64 ? 8 : 4), layout.word)
      let address = Self.integer(bytes, header + (layout.is64 ? 16 : 8), layout.word)
      let length = Self.integer(bytes, header + (layout.is64 ? 32 : 16), layout.word)
      switch Self.integer(bytes, header, 4) {
      case 1: loads.append((address, offset, length))
      case 2: dynamic = clamp(bytes, offset, length)
      default: break
      }
    }
    if let dynamic { readDynamic(bytes, dynamic, layout, loads) }
  }

  private mutating func readDynamic(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ layout: Layout,
    _ loads: [(address: Int, offset: Int, size: Int)]
  ) {
    var needed: [Int] = []
    var strings: Int?
    var entry = range.lowerBound
    while entry + 2 * layout.word <= range.upperBound {
      let tag = Self.integer(bytes, entry, layout.word)
      let value = Self.integer(bytes, entry + layout.word, layout.word)
      if tag == 0 { break }
      if tag == 1 { needed.append(value) }
      if tag == 5 {
        let load = loads.first { value >= $0.address && value - $0.address < $0.size }
        strings = load.map { value - $0.address + $0.offset }
      }
      entry += 2 * layout.word
    }
    guard let strings, strings >= 0 else { return }
    for offset in needed {
      let (start, overflow) = strings.addingReportingOverflow(offset)
      guard !overflow, start >= 0, start < bytes.count else {
        isTruncated = true
        continue
      }
      var end = start
      while end < bytes.count, bytes[end] != 0 { end += 1 }
      if end > start, end - start < 4096 { libraries.append(start..<end) }
    }
  }

  private mutating func readSections(_ bytes: borrowing Span<UInt8>, _ layout: Layout) {
    let table = Self.integer(bytes, layout.is64 ? 40 : 32, layout.word)
    let size = Self.integer(bytes, layout.is64 ? 58 : 46, 2)
    let count = Self.integer(bytes, layout.is64 ? 60 : 48, 2)
    let namesIndex = Self.integer(bytes, layout.is64 ? 62 : 50, 2)
    guard table > 0, count > 0, size >= (layout.is64 ? 64 : 40) else { return }
    let (tableEnd, overflow) = table.addingReportingOverflow(count * size)
    guard !overflow, tableEnd <= bytes.count, namesIndex < count else {
      isTruncated = true
      return
    }
    func field(_ section: Int, _ wide: Int, _ narrow: Int) -> Int {
      Self.integer(bytes, table + section * size + (layout.is64 ? wide : narrow), layout.word)
    }
    let names = field(namesIndex, 24, 16)
    for section in 0..<count {
      let header = table + section * size
      // Bits of the program that are loaded and not executed.
      let flags = field(section, 8, 8)
      let type = Self.integer(bytes, header + 4, 4)
      if type == 0x6FFF_FFFE {
        let strings = Self.integer(bytes, header + (layout.is64 ? 40 : 24), 4)
        readVersions(
          bytes, at: field(section, 24, 16), strings < count ? field(strings, 24, 16) : nil)
      }
      guard type == 1, flags & 2 != 0, flags & 4 == 0 else { continue }
      let name = names.addingReportingOverflow(Self.integer(bytes, header, 4))
      if !name.overflow, isDull(bytes, name.partialValue) { continue }
      if let range = clamp(bytes, field(section, 24, 16), field(section, 32, 20)) {
        data.append(range)
      }
    }
  }

  /// The versions of other libraries' symbols that it is linked against (`SHT_GNU_verneed`, Linux
  /// Standard Base Core, "Symbol Versioning"): the newest `GLIBC_2.34` of them.
  private mutating func readVersions(
    _ bytes: borrowing Span<UInt8>, at start: Int, _ strings: Int?
  ) {
    guard let strings else { return }
    var library = start
    // No file that can be loaded names so many.
    for _ in 0..<1024 {
      var version = library + Self.integer(bytes, library + 8, 4)
      for _ in 0..<Self.integer(bytes, library + 2, 2) {
        let name = strings + Self.integer(bytes, version + 8, 4)
        // `VER_FLG_WEAK`: the loader does without.
        let isWeak = Self.integer(bytes, version + 4, 2) & 2 != 0
        if !isWeak, let minor = Self.glibcMinor(bytes, name) {
          binary.glibc = max(binary.glibc ?? 0, minor)
        }
        let next = Self.integer(bytes, version + 12, 4)
        if next == 0 { break }
        version += next
      }
      let next = Self.integer(bytes, library + 12, 4)
      if next == 0 { return }
      library += next
    }
  }

  /// The 34 of `GLIBC_2.34`; nil for other names.
  private static func glibcMinor(_ bytes: borrowing Span<UInt8>, _ start: Int) -> UInt8? {
    var i = start
    for byte in "GLIBC_2.".utf8 {
      guard i >= 0, i < bytes.count, bytes[i] == byte else { return nil }
      i += 1
    }
    var minor = 0
    while i < bytes.count, bytes[i] >= 0x30, bytes[i] <= 0x39, minor < 100 {
      minor = minor * 10 + Int(bytes[i] - 0x30)
      i += 1
    }
    return UInt8(exactly: minor)
  }

  /// Tables for unwinding have no strings.
  private func isDull(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Bool {
    for name in [".eh_frame", ".gcc_except", ".interp", ".plt", ".got"] {
      let text = Array(name.utf8)
      guard start >= 0, start + text.count <= bytes.count else { continue }
      if text.indices.allSatisfy({ bytes[start + $0] == text[$0] }) { return true }
    }
    return false
  }

  private mutating func clamp(
    _ bytes: borrowing Span<UInt8>, _ offset: Int, _ length: Int
  ) -> Range<Int>? {
    guard offset >= 0, length > 0, offset < bytes.count else { return nil }
    let (end, overflow) = offset.addingReportingOverflow(length)
    if overflow || end > bytes.count { isTruncated = true }
    return offset..<(overflow ? bytes.count : min(end, bytes.count))
  }

  // MARK: Others

  private static func machO(_ cpu: Int) -> BinaryImage {
    let architecture: Architecture? =
      switch cpu {
      case 0x0100_0007: .x86_64
      case 0x0100_000C: .arm64
      default: nil
      }
    return BinaryImage(binary: Binary(format: .machO, architecture: architecture))
  }

  private static func pe(_ bytes: borrowing Span<UInt8>) -> BinaryImage? {
    guard bytes.count >= 64 else { return nil }
    let header = integer(bytes, 0x3C, 4)
    guard header + 6 <= bytes.count, integer(bytes, header, 4) == 0x4550 else { return nil }
    let architecture: Architecture? =
      switch integer(bytes, header + 4, 2) {
      case 0x8664: .x86_64
      case 0xAA64: .arm64
      default: nil
      }
    return BinaryImage(binary: Binary(format: .pe, architecture: architecture))
  }

  /// Little-endian; what is larger than any file is cut, so that sums of these never overflow.
  private static func integer(
    _ bytes: borrowing Span<UInt8>, _ offset: Int, _ count: Int
  ) -> Int {
    guard offset >= 0, offset <= bytes.count - count else { return 0 }
    var value: UInt64 = 0
    for i in 0..<count { value |= UInt64(bytes[offset + i]) << UInt64(8 * i) }
    return Int(min(value, 1 << 48))
  }

  private static func bigEndian(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Int {
    guard offset + 4 <= bytes.count else { return 0 }
    return (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
  }
}
