import Files
import Model
import Zip

/// Names in an archive, in the order of its directory.
func members(of archive: String) throws -> [String] {
  let bytes = try FileSystem.read(archive)
  let directory = try ZipDirectory(fileSize: bytes.count) { offset, count in
    offset + count <= bytes.count ? Array(bytes[offset..<offset + count]) : nil
  }
  return directory.members.map(\.path.string)
}

/// Archives of a folder, by name, sorted.
func archives(in folder: String) throws -> [String] {
  try FileSystem.names(in: folder).filter { $0.hasSuffix(".zip") }
}

/// A wheel made by hand, with whatever lies a test wants in it: stored members, no checks.
struct HandmadeZip {
  struct Member {
    var name: String
    var bytes: [UInt8]
    /// Wrong on purpose where given.
    var crc: UInt32?
    var declaredSize: UInt32?
    var method: UInt16 = 0
    /// Unix mode: 0o120777 is a symbolic link.
    var mode: UInt32 = 0o100644

    init(
      _ name: String, _ bytes: [UInt8], crc: UInt32? = nil, declaredSize: UInt32? = nil,
      method: UInt16 = 0, mode: UInt32 = 0o100644
    ) {
      self.name = name
      self.bytes = bytes
      self.crc = crc
      self.declaredSize = declaredSize
      self.method = method
      self.mode = mode
    }

    init(_ name: String, _ text: String, mode: UInt32 = 0o100644) {
      self.init(name, Array(text.utf8), mode: mode)
    }
  }

  var members: [Member]

  /// A pure wheel of one module, with its metadata and, by default, nothing wrong.
  static func wheel(_ name: String, _ extra: [Member]) -> HandmadeZip {
    let info = "\(name)-1.0.dist-info"
    return HandmadeZip(
      members: [Member("\(name)/__init__.py", "NAME = '\(name)'\n")] + extra + [
        Member("\(info)/METADATA", "Metadata-Version: 2.1\nName: \(name)\nVersion: 1.0\n"),
        Member("\(info)/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        Member("\(info)/RECORD", "\(name)/__init__.py,,\n\(info)/RECORD,,\n"),
      ])
  }

  var bytes: [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let name = Array(member.name.utf8)
      let crc = member.crc ?? Self.crc32(member.bytes)
      let size = member.declaredSize ?? UInt32(member.bytes.count)
      var shared: [UInt8] = []
      shared.append(u16: 20)
      shared.append(u16: 0)
      shared.append(u16: member.method)
      shared.append(u16: 0)
      shared.append(u16: 0x21)
      shared.append(u32: crc)
      shared.append(u32: UInt32(member.bytes.count))
      shared.append(u32: size)
      shared.append(u16: UInt16(name.count))
      shared.append(u16: 0)
      let offset = UInt32(out.count)
      out.append(u32: 0x0403_4b50)
      out += shared + name + member.bytes
      directory.append(u32: 0x0201_4b50)
      directory.append(u16: 0x314)
      directory += shared
      directory.append(u16: 0)
      directory.append(u16: 0)
      directory.append(u16: 0)
      directory.append(u32: member.mode << 16)
      directory.append(u32: offset)
      directory += name
    }
    let start = UInt32(out.count)
    out += directory
    out.append(u32: 0x0605_4b50)
    out.append(u32: 0)
    out.append(u16: UInt16(members.count))
    out.append(u16: UInt16(members.count))
    out.append(u32: UInt32(directory.count))
    out.append(u32: start)
    out.append(u16: 0)
    return out
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = ~0
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return ~crc
  }
}

extension [UInt8] {
  fileprivate mutating func append(u16 value: UInt16) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(value >> 8))
  }

  fileprivate mutating func append(u32 value: UInt32) {
    append(u16: UInt16(truncatingIfNeeded: value))
    append(u16: UInt16(value >> 16))
  }
}
