/// Little-endian numbers in bytes, as zip files write them.
extension Span where Element == UInt8 {
  func u16(_ offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

  func u32(_ offset: Int) -> UInt32 { UInt32(u16(offset)) | UInt32(u16(offset + 2)) << 16 }

  func u64(_ offset: Int) -> UInt64 { UInt64(u32(offset)) | UInt64(u32(offset + 4)) << 32 }
}

extension [UInt8] {
  mutating func append(u16 value: Int) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  mutating func append(u32 value: Int) {
    append(u16: value)
    append(u16: value >> 16)
  }

  mutating func append(u64 value: Int) {
    append(u32: value)
    append(u32: value >> 32)
  }
}
