import Files
import Zip

/// What a value is found by: the first half of a SHA-256.
struct ShelfKey: Hashable, Sendable {
  let a, b: UInt64

  init(_ a: UInt64, _ b: UInt64) {
    self.a = a
    self.b = b
  }

  init(_ digest: SHA256.Digest) { self.init(digest.a, digest.b) }
  init(_ name: String) { self.init(SHA256.digest(of: Array(name.utf8))) }
}

/// One file of the cache: values by key, written once, complete or not there.
///
/// Few large files are faster to open and to remove than thousands of small ones. Layout, numbers
/// little-endian:
///
///     0   "pareshlf", version u32, slot count u32 (a power of two), slots' offset u64,
///         slots' CRC-32 u32, CRC-32 of the 28 bytes before u32
///     32  values, one after the other
///     …   slots: key 16 bytes, offset u64, count u64, CRC-32 of the value's first 64 bytes u32,
///         CRC-32 of the whole value u32; an empty slot has offset 0
///
/// Slots are found by open addressing. A shelf whose slots do not match their CRC is not used, nor is
/// a value that does not match its own; what is lost in this way is worked out again.
struct CacheShelf: Sendable {
  static let headerSize = 32
  static let slotSize = 40
  static let version: UInt32 = 1
  private static let magic = Array("pareshlf".utf8)

  struct Slot: Hashable, Sendable {
    let key: ShelfKey
    let offset: Int
    let count: Int
    let headCRC: UInt32
    let crc: UInt32
  }

  let path: String
  /// Of the file, in bytes.
  let size: Int
  private let slots: [UInt8]
  private let mask: Int
  let file: SharedInput
  /// The whole file, where many of its small values will be asked for.
  private let mapped: MappedFile?

  /// Nil where there is no whole shelf at `path`. `maps`: has all values in memory, since a shelf that
  /// is there is never changed.
  init?(_ path: String, maps: Bool = false) {
    guard let file = try? InputFile.open(path), file.key.size >= Int64(Self.headerSize),
      let header = try? file.read(at: 0, count: Self.headerSize)
    else { return nil }
    let span = header.span
    guard header.prefix(8).elementsEqual(Self.magic), span.number32(8) == Self.version,
      span.number32(28) == crc32(Array(header[..<28]))
    else { return nil }
    let count = Int(span.number32(12))
    let offset = Int(truncatingIfNeeded: span.number64(16))
    guard count > 0, count & (count - 1) == 0, offset >= Self.headerSize,
      offset + count * Self.slotSize == Int(file.key.size),
      let slots = try? file.read(at: offset, count: count * Self.slotSize),
      crc32(slots) == span.number32(24)
    else { return nil }
    self.path = path
    size = Int(file.key.size)
    self.slots = slots
    mask = count - 1
    let mapped = maps ? try? MappedFile(path) : nil
    self.mapped = mapped?.key == file.key ? mapped : nil
    self.file = SharedInput(file)
  }

  func find(_ key: ShelfKey) -> Slot? {
    var index = Int(truncatingIfNeeded: key.a) & mask
    for _ in 0...mask {
      guard let slot = slot(index) else { return nil }
      if slot.key == key { return slot }
      index = (index + 1) & mask
    }
    return nil
  }

  /// All values, in no order that means anything.
  var all: [Slot] { (0...mask).compactMap(slot) }

  private func slot(_ index: Int) -> Slot? {
    let span = slots.span
    let start = index * Self.slotSize
    let offset = Int(truncatingIfNeeded: span.number64(start + 16))
    guard offset > 0 else { return nil }
    return Slot(
      key: ShelfKey(span.number64(start), span.number64(start + 8)), offset: offset,
      count: Int(truncatingIfNeeded: span.number64(start + 24)),
      headCRC: span.number32(start + 32), crc: span.number32(start + 36))
  }

  /// A value's first bytes, up to 64; nil where they are damaged.
  func head(of slot: Slot) -> [UInt8]? {
    guard let bytes = try? file.input.read(at: slot.offset, count: min(64, slot.count)),
      crc32(bytes) == slot.headCRC
    else { return nil }
    return bytes
  }

  /// A whole value; nil where it is damaged.
  func value(of slot: Slot) -> [UInt8]? {
    guard slot.offset + slot.count <= size,
      let bytes = try? file.input.read(at: slot.offset, count: slot.count),
      crc32(bytes) == slot.crc
    else { return nil }
    return bytes
  }

  /// A whole value of a shelf that is mapped; nil where it is damaged.
  func withMapped<R>(_ slot: Slot, _ body: (Span<UInt8>) -> R) -> R? {
    guard let mapped, slot.offset >= 0, slot.count >= 0, slot.offset + slot.count <= mapped.count
    else { return nil }
    return mapped.withBytes { bytes in
      let value = bytes.extracting(slot.offset..<slot.offset + slot.count)
      return crc32(value) == slot.crc ? body(value) : nil
    }
  }

  /// For reading values in pieces.
  func withFile<R, E: Error>(_ body: (borrowing InputFile) throws(E) -> R) throws(E) -> R {
    try body(file.input)
  }
}

/// An open file that several values refer to.
final class SharedInput: Sendable {
  let input: InputFile
  init(_ input: consuming InputFile) { self.input = input }
}

extension CacheShelf {
  /// A shelf that is being filled, by several threads, and appears when it is `kept`.
  final class Draft: Sendable {
    let spool: SpoolFile

    /// In a folder of the file system on which it will stay.
    init(in folder: String) throws(FileError) {
      spool = try SpoolFile(in: folder, reserved: CacheShelf.headerSize)
    }

    func append(_ key: ShelfKey, _ value: Span<UInt8>) throws(FileError) -> Slot {
      let offset = try spool.append(value)
      return Slot(
        key: key, offset: offset, count: value.count,
        headCRC: crc32(value.extracting(first: 64)), crc: crc32(value))
    }

    /// Writes slots and header, and lets the shelf appear at `path`. One slot for each key.
    func keep(_ slots: [Slot], as path: String) throws(FileError) {
      var count = 8
      while count < slots.count * 2 { count *= 2 }
      var table = [UInt8](repeating: 0, count: count * CacheShelf.slotSize)
      for slot in slots {
        var index = Int(truncatingIfNeeded: slot.key.a) & (count - 1)
        while table.span.number64(index * CacheShelf.slotSize + 16) != 0 {
          index = (index + 1) & (count - 1)
        }
        let start = index * CacheShelf.slotSize
        table.put(number64: slot.key.a, at: start)
        table.put(number64: slot.key.b, at: start + 8)
        table.put(number64: UInt64(slot.offset), at: start + 16)
        table.put(number64: UInt64(slot.count), at: start + 24)
        table.put(number64: UInt64(slot.headCRC) | UInt64(slot.crc) << 32, at: start + 32)
      }
      let offset = try spool.append(table.span)
      var header = CacheShelf.magic
      header.append(number32: CacheShelf.version)
      header.append(number32: UInt32(count))
      header.append(number64: UInt64(offset))
      header.append(number32: crc32(table))
      header.append(number32: crc32(header))
      try spool.write(header.span, at: 0)
      try spool.keep(as: path)
    }
  }
}

/// Numbers as the cache's files have them: little-endian.
extension Span where Element == UInt8 {
  func number32(_ offset: Int) -> UInt32 {
    UInt32(self[offset]) | UInt32(self[offset + 1]) << 8 | UInt32(self[offset + 2]) << 16
      | UInt32(self[offset + 3]) << 24
  }

  func number64(_ offset: Int) -> UInt64 {
    UInt64(number32(offset)) | UInt64(number32(offset + 4)) << 32
  }
}

extension [UInt8] {
  mutating func append(number32 value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func put(number64 value: UInt64, at offset: Int) {
    for position in 0..<8 {
      self[offset + position] = UInt8(truncatingIfNeeded: value >> UInt64(8 * position))
    }
  }

  mutating func append(number64 value: UInt64) {
    append(number32: UInt32(truncatingIfNeeded: value))
    append(number32: UInt32(truncatingIfNeeded: value >> 32))
  }
}
