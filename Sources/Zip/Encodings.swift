/// Bytes as pairs of lower-case hexadecimal digits.
package enum Hex {
  package static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// RFC 4648, with `+`, `/` and padding.
package enum Base64 {
  package static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    return String(decoding: encode(bytes, digits, padded: true), as: UTF8.self)
  }

  /// With `-` and `_` and without padding, as `RECORD` files write digests (PEP 376, PEP 427).
  package static func encodeForURL(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    return String(decoding: encode(bytes, digits, padded: false), as: UTF8.self)
  }

  private static func encode(_ bytes: [UInt8], _ digits: [UInt8], padded: Bool) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = UInt32(bytes[start]) << 16
      if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { group |= UInt32(bytes[start + 2]) }
      for position in 0..<4 {
        if position <= count {
          text.append(digits[Int(group >> UInt32(18 - 6 * position) & 63)])
        } else if padded {
          text.append(UInt8(ascii: "="))
        }
      }
    }
    return text
  }
}

extension Span where Element == UInt8 {
  /// The same bytes, to keep.
  package func copy() -> [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}
