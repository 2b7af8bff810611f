import CInflate
import CZlib
import Model

/// A decompressor, kept by a worker from one member to the next: libdeflate's where the system has
/// it, else zlib's. Both give the same bytes and refuse the same data.
@safe package struct Inflater: ~Copyable {
  package enum Library: CaseIterable, Sendable {
    case libdeflate
    case zlib
  }

  private let stream: UnsafeMutablePointer<z_stream>?
  private let fast: OpaquePointer?

  /// By the fastest that there is.
  package init() {
    if let fast = unsafe pare_libdeflate_make() {
      unsafe self.init(fast: fast, stream: nil)
    } else {
      unsafe self.init(fast: nil, stream: Self.makeStream())
    }
  }

  /// Nil where the system does not have it.
  package init?(_ library: Library) {
    switch library {
    case .libdeflate:
      guard let fast = unsafe pare_libdeflate_make() else { return nil }
      unsafe self.init(fast: fast, stream: nil)
    case .zlib: unsafe self.init(fast: nil, stream: Self.makeStream())
    }
  }

  private init(fast: OpaquePointer?, stream: UnsafeMutablePointer<z_stream>?) {
    unsafe self.fast = unsafe fast
    unsafe self.stream = unsafe stream
  }

  private static func makeStream() -> UnsafeMutablePointer<z_stream> {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe inflateInit2_(
      stream, -15, CZlib.zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "zlib refuses its own parameters, or there is no memory")
    return unsafe stream
  }

  deinit {
    if let fast = unsafe fast { unsafe pare_libdeflate_free(fast) }
    guard let stream = unsafe stream else { return }
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Inflates `input` into `output`, which has exactly the declared size: what inflates to more
  /// costs no more memory or time than was declared, and throws `wrongSize`, as does what inflates
  /// to less or has bytes left over.
  fileprivate mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, member: String
  ) throws(ZipError) {
    if let stream = unsafe stream {
      return unsafe try Self.inflate(input, into: output, stream, member: member)
    }
    let result = unsafe pare_libdeflate_inflate(
      fast, input.baseAddress?.assumingMemoryBound(to: UInt8.self), input.count,
      output.baseAddress?.assumingMemoryBound(to: UInt8.self), output.count)
    switch Int(result) {
    case PARE_INFLATED: return
    case PARE_WRONG_SIZE: throw ZipError(.wrongSize, member: member)
    default: throw ZipError(.badData, member: member)
    }
  }

  private static func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    _ stream: UnsafeMutablePointer<z_stream>, member: String
  ) throws(ZipError) {
    guard unsafe inflateReset(stream) == Z_OK else { throw ZipError(.badData, member: member) }
    var taken = 0
    var given = 0
    // zlib insists on an address even where there is nothing to write.
    var nowhere: UInt8 = 0
    while true {
      // zlib counts in 32 bits.
      let part = min(input.count - taken, 1 << 30)
      let room = min(output.count - given, 1 << 30)
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress.map { unsafe $0 + taken }?.assumingMemoryBound(
          to: UInt8.self))
      unsafe stream.pointee.avail_in = UInt32(part)
      unsafe stream.pointee.avail_out = UInt32(room)
      let result = unsafe withUnsafeMutablePointer(to: &nowhere) { nowhere in
        unsafe stream.pointee.next_out =
          output.baseAddress.map { unsafe $0 + given }?.assumingMemoryBound(to: UInt8.self)
          ?? nowhere
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
      let read = part - Int(unsafe stream.pointee.avail_in)
      let written = room - Int(unsafe stream.pointee.avail_out)
      taken += read
      given += written
      switch result {
      case Z_STREAM_END:
        guard given == output.count, taken == input.count else {
          throw ZipError(.wrongSize, member: member)
        }
        return
      case Z_OK where read > 0 || written > 0:
        continue
      case Z_OK, Z_BUF_ERROR:
        // No progress: it wants more room than was declared, or more input than there is.
        throw ZipError(taken == input.count ? .badData : .wrongSize, member: member)
      default:
        throw ZipError(.badData, member: member)
      }
    }
  }

  /// CRC-32 of what was inflated.
  fileprivate func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard unsafe fast != nil, let start = bytes.baseAddress else { return unsafe Zip.crc32(bytes) }
    return unsafe pare_libdeflate_crc32(start.assumingMemoryBound(to: UInt8.self), bytes.count)
  }
}

extension ZipMember {
  /// The member's bytes from its data, into `output` of exactly `size` bytes, checked against the
  /// CRC-32.
  package func extract(
    _ data: Span<UInt8>, into output: inout MutableSpan<UInt8>, _ inflater: inout Inflater
  ) throws(ZipError) {
    unsafe try data.withUnsafeBytes { (data) throws(ZipError) in
      unsafe try output.withUnsafeMutableBytes { (output) throws(ZipError) in
        unsafe try extract(data, into: output, &inflater)
      }
    }
  }

  private func extract(
    _ data: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    _ inflater: inout Inflater
  ) throws(ZipError) {
    precondition(output.count == size && data.count == compressedSize)
    switch method {
    case .stored: unsafe output.copyMemory(from: data)
    case .deflated: unsafe try inflater.inflate(data, into: output, member: path.string)
    }
    guard unsafe inflater.crc32(UnsafeRawBufferPointer(output)) == crc32 else {
      throw ZipError(.badCRC, member: path.string)
    }
  }
}
