import CZlib
import Model

/// The version of the zlib that is linked, as it names itself: deflated bytes depend on it.
package var zlibVersion: String { unsafe String(cString: CZlib.zlibVersion()) }

/// CRC-32 as zip files use it, continued from `crc`.
package func crc32(_ bytes: UnsafeRawBufferPointer, from crc: UInt32 = 0) -> UInt32 {
  guard let start = bytes.baseAddress else { return crc }
  return UInt32(
    truncatingIfNeeded: unsafe crc32_z(
      UInt(crc), start.assumingMemoryBound(to: UInt8.self), bytes.count))
}

package func crc32(_ bytes: Span<UInt8>) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe crc32($0) }
}

package func crc32(_ bytes: [UInt8]) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe crc32($0) }
}

/// The one level at which archives are compressed; part of every cache key.
package let deflateLevel: Int32 = 6

/// zlib's compressor, kept by a worker from one content to the next.
@safe package struct Deflater: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  package init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe deflateInit2_(
      stream, deflateLevel, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, CZlib.zlibVersion(),
      Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "zlib refuses its own parameters, or there is no memory")
  }

  deinit {
    _ = unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses all of `input` into the part `range` of `output` (all of it where that is nil); the
  /// count of bytes written, or nil where they do not fit. Given one byte less room than `input` has,
  /// nil means that storing it is no larger.
  package mutating func deflate(
    _ input: Span<UInt8>, into output: inout MutableSpan<UInt8>, range: Range<Int>? = nil
  ) -> Int? {
    let range = range ?? 0..<output.count
    return unsafe input.withUnsafeBytes { input in
      unsafe output.withUnsafeMutableBytes {
        unsafe deflate(input, into: UnsafeMutableRawBufferPointer(rebasing: $0[range]))
      }
    }
  }

  private mutating func deflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard unsafe deflateReset(stream) == Z_OK else { return nil }
    var taken = 0
    var given = 0
    while true {
      // zlib counts in 32 bits.
      let part = min(input.count - taken, 1 << 30)
      let room = min(output.count - given, 1 << 30)
      guard room > 0 else { return nil }
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress.map { unsafe $0 + taken }?.assumingMemoryBound(
          to: UInt8.self))
      unsafe stream.pointee.avail_in = UInt32(part)
      unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + given }?
        .assumingMemoryBound(to: UInt8.self)
      unsafe stream.pointee.avail_out = UInt32(room)
      let isLast = taken + part == input.count
      let result = unsafe CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      taken += part - Int(unsafe stream.pointee.avail_in)
      given += room - Int(unsafe stream.pointee.avail_out)
      if result == Z_STREAM_END { return given }
      guard result == Z_OK || result == Z_BUF_ERROR else { return nil }
    }
  }
}
