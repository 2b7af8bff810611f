package import Model

/// One entry of an archive that will be written: all that its headers say.
package struct ZipEntry: Hashable, Sendable {
  package let path: RelativePath
  /// 0755 instead of 0644.
  package let isExecutable: Bool
  package let method: ZipMember.Method
  package let crc32: UInt32
  package let compressedSize: Int
  package let size: Int

  package init(
    path: RelativePath, isExecutable: Bool, method: ZipMember.Method, crc32: UInt32,
    compressedSize: Int, size: Int
  ) {
    self.path = path
    self.isExecutable = isExecutable
    self.method = method
    self.crc32 = crc32
    self.compressedSize = compressedSize
    self.size = size
  }

  fileprivate var isZip64: Bool { size >= 0xffff_ffff || compressedSize >= 0xffff_ffff }
  fileprivate var nameLength: Int { path.string.utf8.count }
  fileprivate var headerSize: Int { 30 + nameLength + (isZip64 ? 20 : 0) }
}

/// Where everything lies in an archive, before a byte of it is written.
///
/// The same entries give the same bytes: 1980-01-01 00:00, modes 0644 and 0755, no extra fields but
/// ZIP64's where they are needed, no data descriptors, UTF-8 flag only for names beyond ASCII.
/// Header i, the data of entry i, and so on, then `directory()`: the sizes add up to `size`.
package struct ZipLayout: Sendable {
  package let entries: [ZipEntry]
  /// Where each entry's local header begins.
  package let offsets: [Int]
  package let directoryOffset: Int
  package let directorySize: Int

  /// `entries` in the order in which they are written: by path bytes.
  package init(_ entries: [ZipEntry]) {
    self.entries = entries
    var offsets: [Int] = []
    offsets.reserveCapacity(entries.count)
    var offset = 0
    var directory = 0
    for entry in entries {
      offsets.append(offset)
      directory += 46 + entry.nameLength + Self.directoryExtra(entry, offset)
      offset += entry.headerSize + entry.compressedSize
    }
    self.offsets = offsets
    directoryOffset = offset
    directorySize = directory
  }

  /// How many bytes of a file `isOwn` looks at.
  package static let ownMarkSize = 30

  /// Whether a file that begins like this is an archive that was laid out here: as nobody else stamps
  /// them, or hardly anybody.
  package static func isOwn(_ head: Span<UInt8>) -> Bool {
    guard head.count >= ownMarkSize else { return false }
    let (flags, method) = (head.u16(6), head.u16(8))
    return head.u32(0) == 0x0403_4b50 && [20, 45].contains(head.u16(4))
      && [0, 0x800].contains(flags) && [0, 8].contains(method)
      && head.u16(10) == 0 && head.u16(12) == 1 << 5 | 1 && [0, 20].contains(head.u16(28))
  }

  /// Of the whole file, in bytes.
  package var size: Int { directoryOffset + directorySize + (isZip64 ? 56 + 20 : 0) + 22 }

  private var isZip64: Bool {
    entries.count >= 0xffff || directoryOffset >= 0xffff_ffff || directorySize >= 0xffff_ffff
  }

  private static func directoryExtra(_ entry: ZipEntry, _ offset: Int) -> Int {
    let fields = [entry.size, entry.compressedSize, offset].count { $0 >= 0xffff_ffff }
    return fields == 0 ? 0 : 4 + fields * 8
  }

  /// Appends entry `index`'s local header (APPNOTE.TXT 4.3.7).
  package func appendHeader(_ index: Int, to bytes: inout [UInt8]) {
    let entry = entries[index]
    bytes.append(u32: 0x0403_4b50)
    appendCommon(entry, version: entry.isZip64 ? 45 : 20, to: &bytes)
    bytes.append(u32: entry.isZip64 ? 0xffff_ffff : entry.compressedSize)
    bytes.append(u32: entry.isZip64 ? 0xffff_ffff : entry.size)
    bytes.append(u16: entry.nameLength)
    bytes.append(u16: entry.isZip64 ? 20 : 0)
    bytes += entry.path.string.utf8
    if entry.isZip64 {
      bytes.append(u16: 1)
      bytes.append(u16: 16)
      bytes.append(u64: entry.size)
      bytes.append(u64: entry.compressedSize)
    }
  }

  /// The central directory and the end records (4.3.12 to 4.3.16).
  package func directory() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size - directoryOffset)
    for index in entries.indices { appendRecord(index, to: &bytes) }
    if isZip64 {
      bytes.append(u32: 0x0606_4b50)
      bytes.append(u64: 44)
      bytes.append(u16: 3 << 8 | 45)
      bytes.append(u16: 45)
      bytes.append(u32: 0)
      bytes.append(u32: 0)
      bytes.append(u64: entries.count)
      bytes.append(u64: entries.count)
      bytes.append(u64: directorySize)
      bytes.append(u64: directoryOffset)
      bytes.append(u32: 0x0706_4b50)
      bytes.append(u32: 0)
      bytes.append(u64: directoryOffset + directorySize)
      bytes.append(u32: 1)
    }
    bytes.append(u32: 0x0605_4b50)
    bytes.append(u32: 0)
    bytes.append(u16: min(entries.count, 0xffff))
    bytes.append(u16: min(entries.count, 0xffff))
    bytes.append(u32: min(directorySize, 0xffff_ffff))
    bytes.append(u32: min(directoryOffset, 0xffff_ffff))
    bytes.append(u16: 0)
    return bytes
  }

  private func appendRecord(_ index: Int, to bytes: inout [UInt8]) {
    let entry = entries[index]
    let offset = offsets[index]
    let extra = Self.directoryExtra(entry, offset)
    bytes.append(u32: 0x0201_4b50)
    bytes.append(u16: 3 << 8 | (extra > 0 ? 45 : 20))
    appendCommon(entry, version: extra > 0 ? 45 : 20, to: &bytes)
    bytes.append(u32: min(entry.compressedSize, 0xffff_ffff))
    bytes.append(u32: min(entry.size, 0xffff_ffff))
    bytes.append(u16: entry.nameLength)
    bytes.append(u16: extra)
    bytes.append(u16: 0)
    bytes.append(u16: 0)
    bytes.append(u16: 0)
    bytes.append(u32: (entry.isExecutable ? 0o100755 : 0o100644) << 16)
    bytes.append(u32: min(offset, 0xffff_ffff))
    bytes += entry.path.string.utf8
    if extra > 0 {
      bytes.append(u16: 1)
      bytes.append(u16: extra - 4)
      for field in [entry.size, entry.compressedSize, offset] where field >= 0xffff_ffff {
        bytes.append(u64: field)
      }
    }
  }

  /// What both headers have alike, from the version needed to the CRC-32.
  private func appendCommon(_ entry: ZipEntry, version: Int, to bytes: inout [UInt8]) {
    let isASCII = entry.path.string.utf8.allSatisfy { $0 < 0x80 }
    bytes.append(u16: version)
    bytes.append(u16: isASCII ? 0 : 0x800)
    bytes.append(u16: Int(entry.method.rawValue))
    bytes.append(u16: 0)
    bytes.append(u16: 1 << 5 | 1)
    bytes.append(u32: Int(entry.crc32))
  }
}
