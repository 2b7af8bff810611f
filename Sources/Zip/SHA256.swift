import CSHA256

/// SHA-256 (FIPS 180-4) over bytes that come in pieces.
package struct SHA256: Sendable {
  /// 256 bits.
  package struct Digest: Hashable, Sendable {
    /// The standard's bytes, read as four big-endian numbers.
    package let a, b, c, d: UInt64

    package init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) {
      self.a = a
      self.b = b
      self.c = c
      self.d = d
    }

    package var bytes: [UInt8] {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(32)
      for word in [a, b, c, d] {
        for shift in stride(from: 56, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
      }
      return bytes
    }

    package var hex: String { Hex.encode(bytes) }
    package var base64: String { Base64.encode(bytes) }
  }

  private var state: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19
  )
  /// The beginning of a block that is not full yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var bytes = unsafe bytes
    if !rest.isEmpty {
      let taken = min(64 - rest.count, bytes.count)
      unsafe rest.append(contentsOf: bytes.prefix(taken))
      unsafe bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(taken))
      guard rest.count == 64 else { return }
      let block = rest
      unsafe block.withUnsafeBytes { unsafe compress($0) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = bytes.count & ~63
    if whole > 0 { unsafe compress(UnsafeRawBufferPointer(rebasing: bytes.prefix(whole))) }
    if bytes.count > whole { unsafe rest.append(contentsOf: bytes.dropFirst(whole)) }
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  package mutating func update(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// The bytes of `encoded`.
  package static let encodedSize = 105

  /// Where it stands, for a `SHA256(encoded:)` that goes on from here.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.encodedSize)
    let s = state
    for word in [s.0, s.1, s.2, s.3, s.4, s.5, s.6, s.7] { bytes.append(u32: Int(word)) }
    bytes.append(u64: Int(count))
    bytes.append(UInt8(rest.count))
    bytes += rest
    bytes += [UInt8](repeating: 0, count: 64 - rest.count)
    return bytes
  }

  /// Nil where the bytes are not as `encoded` gives them.
  package init?(encoded bytes: Span<UInt8>) {
    guard bytes.count == Self.encodedSize else { return nil }
    let pending = Int(bytes[40])
    count = bytes.u64(32)
    guard pending < 64, UInt64(pending) == count & 63 else { return nil }
    state = (
      bytes.u32(0), bytes.u32(4), bytes.u32(8), bytes.u32(12), bytes.u32(16), bytes.u32(20),
      bytes.u32(24), bytes.u32(28)
    )
    for index in 41..<41 + pending { rest.append(bytes[index]) }
  }

  /// Of everything so far; more can follow.
  package func digest() -> Digest {
    var copy = self
    var tail: [UInt8] = [0x80]
    let used = (rest.count + 1) & 63
    tail += [UInt8](repeating: 0, count: (used <= 56 ? 56 : 120) - used)
    let bits = count &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    copy.update(tail)
    let s = copy.state
    return Digest(
      UInt64(s.0) << 32 | UInt64(s.1), UInt64(s.2) << 32 | UInt64(s.3),
      UInt64(s.4) << 32 | UInt64(s.5), UInt64(s.6) << 32 | UInt64(s.7))
  }

  package static func digest(of bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest()
  }

  package static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256()
    unsafe hash.update(bytes)
    return hash.digest()
  }

  package static func digest(of bytes: Span<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest()
  }

  /// Whether the processor's own instructions are used.
  package static var isAccelerated: Bool { pare_sha256_is_accelerated() != 0 }

  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    guard let start = blocks.baseAddress else { return }
    unsafe withUnsafeMutableBytes(of: &state) { state in
      guard let words = state.baseAddress else { return }
      unsafe pare_sha256_blocks(
        words.assumingMemoryBound(to: UInt32.self), start.assumingMemoryBound(to: UInt8.self),
        blocks.count / 64)
    }
  }
}
