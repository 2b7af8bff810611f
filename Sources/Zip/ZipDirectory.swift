package import Model

/// One file inside an archive, as the central directory describes it (APPNOTE.TXT 6.3.10, 4.3.12).
package struct ZipMember: Hashable, Sendable {
  package enum Method: UInt16, Sendable {
    case stored = 0
    case deflated = 8
  }

  package let path: RelativePath
  package let method: Method
  package let crc32: UInt32
  /// In bytes, as declared.
  package let compressedSize: Int
  /// In bytes, as declared.
  package let size: Int
  /// Whether anyone may execute it, where the archive was made on a Unix.
  package let isExecutable: Bool
  /// Where its local header begins.
  package let headerOffset: Int
  /// Bytes from there to the next member, or to the directory.
  package fileprivate(set) var extent = 0
  fileprivate let nameLength: Int

  /// Of the local header with its name, in bytes.
  package var headerSize: Int { 30 + nameLength }

  /// Bytes to read from `headerOffset` on to have the data, if the local header is as long as usual.
  package var likelyExtent: Int { min(extent, 30 + nameLength + 64 + compressedSize) }

  /// Where the data lies, counted from `headerOffset`. `header` begins there and has at least
  /// `headerSize` bytes. Throws where the local header contradicts the directory, or the data would reach into
  /// the next member.
  package func dataRange(localHeader header: Span<UInt8>) throws(ZipError) -> Range<Int> {
    guard header.count >= 30 else { throw ZipError(.truncated, member: path.string) }
    guard header.u32(0) == 0x0403_4b50, header.u16(8) == method.rawValue else {
      throw ZipError(.malformed, member: path.string)
    }
    let start = 30 + Int(header.u16(26)) + Int(header.u16(28))
    guard start + compressedSize <= extent else {
      throw ZipError(.overlapping, member: path.string)
    }
    let end = 30 + Int(header.u16(26))
    guard end <= header.count,
      memberName(header.extracting(30..<end), isUTF8: header.u16(6) & 0x800 != 0) == path.string
    else { throw ZipError(.otherName, member: path.string) }
    return start..<start + compressedSize
  }
}

/// An archive's central directory, checked: names stay inside, nothing stands there twice, no bytes
/// belong to two members.
package struct ZipDirectory: Sendable {
  /// In the directory's order; entries for folders are left out.
  package let members: [ZipMember]

  /// Reads the directory of an archive of `fileSize` bytes.
  ///
  /// `read` gives `count` bytes from an offset, always inside the file, or nil where it cannot: that
  /// ends in `truncated`. Understood are ZIP64, comments, bytes before the first member
  /// (self-extracting archives), UTF-8 and code page 437 names, and data descriptors (the directory
  /// knows the sizes).
  package init(
    fileSize: Int, read: (_ offset: Int, _ count: Int) -> [UInt8]?
  ) throws(ZipError) {
    let end = try EndRecord.find(fileSize: fileSize, read: read)
    guard let bytes = read(end.directoryOffset, end.directorySize),
      bytes.count == end.directorySize
    else { throw ZipError(.truncated) }
    var found: [ZipMember] = []
    found.reserveCapacity(min(end.count, bytes.count / 46))
    let span = bytes.span
    var position = 0
    for _ in 0..<end.count {
      if let member = try Self.member(span, &position, shift: end.shift) { found.append(member) }
    }
    guard position == span.count else { throw ZipError(.wrongCount) }
    try Self.measure(&found, directoryOffset: end.directoryOffset)
    members = found
  }

  /// Reads one record and moves behind it; nil for folders.
  private static func member(
    _ bytes: Span<UInt8>, _ position: inout Int, shift: Int
  ) throws(ZipError) -> ZipMember? {
    let start = position
    guard start + 46 <= bytes.count, bytes.u32(start) == 0x0201_4b50 else {
      throw ZipError(.malformed)
    }
    let nameLength = Int(bytes.u16(start + 28))
    let extraLength = Int(bytes.u16(start + 30))
    position = start + 46 + nameLength + extraLength + Int(bytes.u16(start + 32))
    guard position <= bytes.count else { throw ZipError(.malformed) }
    let flags = bytes.u16(start + 8)
    let raw = bytes.extracting(start + 46..<start + 46 + nameLength)
    guard let name = memberName(raw, isUTF8: flags & 0x800 != 0) else {
      throw ZipError(.badName, member: String(decoding: raw.copy(), as: UTF8.self))
    }

    var size = UInt64(bytes.u32(start + 24))
    var compressedSize = UInt64(bytes.u32(start + 20))
    var offset = UInt64(bytes.u32(start + 42))
    let extra = bytes.extracting(start + 46 + nameLength..<start + 46 + nameLength + extraLength)
    try readZip64(extra, &size, &compressedSize, &offset, name)
    let bound = UInt64(Int32.max) << 16
    guard size < bound, compressedSize < bound, offset < bound else {
      throw ZipError(.truncated, member: name)
    }

    let isUnix = bytes.u16(start + 4) >> 8 == 3
    let mode = isUnix ? bytes.u32(start + 38) >> 16 : 0
    if mode & 0o170000 == 0o120000 { throw ZipError(.symbolicLink, member: name) }
    if name.utf8.last == UInt8(ascii: "/") {
      guard RelativePath(checking: String(name.dropLast())) != nil else {
        throw ZipError(.unsafeName, member: name)
      }
      return nil
    }
    guard let path = RelativePath(checking: name) else {
      throw ZipError(.unsafeName, member: name)
    }
    if flags & 0x2041 != 0 { throw ZipError(.encrypted, member: name) }
    guard let method = ZipMember.Method(rawValue: bytes.u16(start + 10)) else {
      throw ZipError(.unsupportedMethod(bytes.u16(start + 10)), member: name)
    }
    // Deflate expands a byte to at most 1,032: a larger size is a lie that would cost memory.
    guard method == .stored ? size == compressedSize : size / 1032 <= compressedSize else {
      throw ZipError(.wrongSize, member: name)
    }
    return ZipMember(
      path: path, method: method, crc32: bytes.u32(start + 16),
      compressedSize: Int(compressedSize), size: Int(size), isExecutable: mode & 0o111 != 0,
      headerOffset: Int(offset) + shift, nameLength: nameLength)
  }

  /// The extended-information field (4.5.3): 64-bit values for those fields that are all ones.
  private static func readZip64(
    _ extra: Span<UInt8>, _ size: inout UInt64, _ compressedSize: inout UInt64,
    _ offset: inout UInt64, _ name: String
  ) throws(ZipError) {
    let full = UInt64(UInt32.max)
    guard size == full || compressedSize == full || offset == full else { return }
    var position = 0
    while position + 4 <= extra.count {
      let length = Int(extra.u16(position + 2))
      guard position + 4 + length <= extra.count else { break }
      if extra.u16(position) == 1 {
        let wanted = [size == full, compressedSize == full, offset == full].count { $0 }
        guard length >= wanted * 8 else { break }
        var next = position + 4
        func take() -> UInt64 {
          defer { next += 8 }
          return extra.u64(next)
        }
        if size == full { size = take() }
        if compressedSize == full { compressedSize = take() }
        if offset == full { offset = take() }
        return
      }
      position += 4 + length
    }
    throw ZipError(.malformed, member: name)
  }

  /// Sets each member's extent; refuses members that overlap, stand there twice, or begin behind
  /// the directory's beginning.
  private static func measure(
    _ members: inout [ZipMember], directoryOffset: Int
  ) throws(ZipError) {
    var seen = Set<RelativePath>(minimumCapacity: members.count)
    for member in members where !seen.insert(member.path).inserted {
      throw ZipError(.duplicate, member: member.path.string)
    }
    let byOffset = members.indices.sorted {
      (members[$0].headerOffset, $0) < (members[$1].headerOffset, $1)
    }
    var end = directoryOffset
    for index in byOffset.reversed() {
      let member = members[index]
      guard member.headerOffset >= 0, member.headerOffset + 30 <= directoryOffset else {
        throw ZipError(.truncated, member: member.path.string)
      }
      let extent = end - member.headerOffset
      guard 30 + member.nameLength + member.compressedSize <= extent else {
        throw ZipError(
          end == directoryOffset ? .truncated : .overlapping, member: member.path.string)
      }
      members[index].extent = extent
      end = member.headerOffset
    }
  }
}

/// Where the directory is (4.3.14 to 4.3.16).
private struct EndRecord {
  let count: Int
  let directoryOffset: Int
  let directorySize: Int
  /// What must be added to the offsets in the directory: bytes that stand before the archive.
  let shift: Int

  static func find(
    fileSize: Int, read: (_ offset: Int, _ count: Int) -> [UInt8]?
  ) throws(ZipError) -> EndRecord {
    // 22 bytes and a comment of up to 65,535; nearly all archives have none.
    for tailSize in [min(fileSize, 1024), min(fileSize, 22 + 65_535)] {
      guard tailSize >= 22, let tail = read(fileSize - tailSize, tailSize), tail.count == tailSize
      else { throw ZipError(.noDirectory) }
      let bytes = tail.span
      for position in stride(from: tailSize - 22, through: 0, by: -1)
      where bytes[position] == 0x50 && bytes.u32(position) == 0x0605_4b50 {
        guard position + 22 + Int(bytes.u16(position + 20)) == tailSize else { continue }
        return try EndRecord(
          bytes.extracting(position..<position + 22), at: fileSize - tailSize + position, read)
      }
    }
    throw ZipError(.noDirectory)
  }

  private init(
    _ record: Span<UInt8>, at offset: Int, _ read: (_ offset: Int, _ count: Int) -> [UInt8]?
  ) throws(ZipError) {
    var count = UInt64(record.u16(10))
    var size = UInt64(record.u32(12))
    var start = UInt64(record.u32(16))
    var end = offset
    let isMarked = count == 0xffff || size == 0xffff_ffff || start == 0xffff_ffff
    if isMarked, let position = try Self.zip64Position(before: offset, read) {
      guard let bytes = read(position, 56) else { throw ZipError(.truncated) }
      let zip64 = bytes.span
      guard zip64.count == 56, zip64.u32(0) == 0x0606_4b50 else { throw ZipError(.malformed) }
      guard zip64.u32(16) == 0, zip64.u32(20) == 0 else { throw ZipError(.severalDisks) }
      count = zip64.u64(32)
      size = zip64.u64(40)
      start = zip64.u64(48)
      end = position
    } else {
      guard record.u16(4) == 0, record.u16(6) == 0, record.u16(8) == record.u16(10) else {
        throw ZipError(.severalDisks)
      }
    }
    guard size <= UInt64(end), start <= UInt64(end) - size else { throw ZipError(.truncated) }
    // A record takes 46 bytes at least: a larger count is a lie that would cost memory.
    guard count <= size / 46 else { throw ZipError(.malformed) }
    self.count = Int(count)
    directorySize = Int(size)
    directoryOffset = end - Int(size)
    shift = directoryOffset - Int(start)
  }

  private static func zip64Position(
    before offset: Int, _ read: (_ offset: Int, _ count: Int) -> [UInt8]?
  ) throws(ZipError) -> Int? {
    guard offset >= 20 + 56, let bytes = read(offset - 20, 20), bytes.count == 20 else {
      return nil
    }
    let locator = bytes.span
    guard locator.u32(0) == 0x0706_4b50 else { return nil }
    // Its own offset is wrong where bytes stand before the archive: look right before the locator
    // first, where all known writers put it.
    let expected = offset - 20 - 56
    if let head = read(expected, 4), head.count == 4, head.span.u32(0) == 0x0606_4b50 {
      return expected
    }
    let declared = locator.u64(8)
    guard declared <= UInt64(offset - 20 - 56) else { throw ZipError(.truncated) }
    return Int(declared)
  }
}
