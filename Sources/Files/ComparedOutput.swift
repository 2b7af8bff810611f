#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is written only where it comes out different from the one at its path.
///
/// Bytes are compared with the present file as they are appended; at the first difference a new
/// `OutputFile` begins with the part that was alike, which the system copies. Whatever is appended
/// is shown to `observe`, in pieces, once and in order.
package struct ComparedOutput: ~Copyable {
  package let path: String
  private var present: InputFile?
  private var output: OutputFile?
  private var offset: Int
  private var chunk: ReadBuffer
  private var filled = 0
  private var comparison: ReadBuffer
  private let observe: (Span<UInt8>) -> Void

  /// What is read, hashed and written in turn should still be in the processor's second-level cache.
  private static let chunkSize = 1 << 18

  /// `size` is what will have been appended in the end: a present file of another size is not
  /// compared.
  package static func open(
    _ path: String, size: Int, observe: @escaping (Span<UInt8>) -> Void
  ) throws(FileError) -> ComparedOutput {
    if let key = StatKey(ifPresent: path), key.isRegular, Int(key.size) == size,
      FileSystem.kind(of: path) == .file, let present = try? InputFile.open(path)
    {
      return ComparedOutput(path: path, present: present, output: nil, offset: 0, observe: observe)
    }
    return ComparedOutput(
      path: path, present: nil, output: try OutputFile.create(path), offset: 0, observe: observe)
  }

  /// As `open`, for a present file that is known to begin with the `prefix` bytes that come first:
  /// they are not appended and not observed.
  package static func open(
    _ path: String, size: Int, present: consuming InputFile, prefix: Int,
    observe: @escaping (Span<UInt8>) -> Void
  ) throws(FileError) -> ComparedOutput {
    if Int(present.key.size) == size, FileSystem.kind(of: path) == .file {
      return ComparedOutput(
        path: path, present: present, output: nil, offset: prefix, observe: observe)
    }
    var output = try OutputFile.create(path)
    try output.copy(from: present, at: 0, count: prefix)
    output.beginWriting()
    return ComparedOutput(
      path: path, present: nil, output: output, offset: prefix, observe: observe)
  }

  private init(
    path: String, present: consuming InputFile?, output: consuming OutputFile?, offset: Int,
    observe: @escaping (Span<UInt8>) -> Void
  ) {
    self.path = path
    self.present = present
    self.output = output
    self.offset = offset
    self.observe = observe
    chunk = ReadBuffer(capacity: Self.chunkSize)
    comparison = ReadBuffer(capacity: 64)
  }

  package mutating func append(_ bytes: [UInt8]) throws(FileError) {
    var start = 0
    while start < bytes.count {
      let part = min(bytes.count - start, Self.chunkSize - filled)
      chunk.replace(at: filled, with: bytes.span.extracting(start..<start + part))
      start += part
      try advance(part)
    }
  }

  package mutating func append(
    from file: borrowing InputFile, at offset: Int, count: Int
  ) throws(FileError) {
    var start = 0
    while start < count {
      let part = min(count - start, Self.chunkSize - filled)
      try chunk.readPart(file, at: offset + start, count: part, to: filled)
      start += part
      try advance(part)
    }
  }

  private mutating func advance(_ count: Int) throws(FileError) {
    filled += count
    if filled == Self.chunkSize { try flush() }
  }

  /// Compares or writes what was appended so far: `observe` has seen all of it then.
  package mutating func flush() throws(FileError) {
    guard filled > 0 else { return }
    try Interrupt.check(path)
    chunk.setCount(filled)
    chunk.withBytes { observe($0) }
    if try isAsPresent() {
      offset += filled
      filled = 0
      return
    }
    if output == nil {
      output = try OutputFile.create(path)
      if let file = present.take() { try output?.copy(from: file, at: 0, count: offset) }
    }
    try chunk.withBytes { (bytes) throws(FileError) in try output?.write(bytes) }
    output?.beginWriting()
    offset += filled
    filled = 0
  }

  private mutating func isAsPresent() throws(FileError) -> Bool {
    guard let file = present.take() else { return false }
    var isSame = true
    do throws(FileError) {
      try comparison.read(file, at: offset, count: filled)
      isSame = chunk.isEqual(to: comparison)
    } catch {
      isSame = false
    }
    present = consume file
    return isSame
  }

  /// Whether the present file was the same and stays. Otherwise the new one is made durable, where
  /// `sync` says so, and takes its place.
  package consuming func finish(sync: Bool) throws(FileError) -> Bool {
    try flush()
    guard let output = output.take() else { return true }
    try output.commit(sync: sync)
    return false
  }
}
