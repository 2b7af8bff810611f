#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Memory that a worker keeps and reads one file after another into.
///
///     var buffer = ReadBuffer()
///     let key = try buffer.read(path)
///     let facts = buffer.withBytes { language.scan($0, …) }
@safe package struct ReadBuffer: ~Copyable {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  /// Bytes that the last `read` or `resize` left.
  package private(set) var count = 0

  package init(capacity: Int = 64 * 1024) {
    self.capacity = max(capacity, 64)
    unsafe start = .allocate(byteCount: self.capacity, alignment: 64)
  }

  deinit { unsafe start.deallocate() }

  /// Replaces the content by the file's; follows links. The key was taken from the open file, so it
  /// belongs to these bytes.
  @discardableResult
  package mutating func read(_ path: String) throws(FileError) -> StatKey {
    let file = try InputFile.open(path)
    try read(file, at: 0, count: Int(file.key.size))
    return file.key
  }

  /// As `read(_:)`, once nobody writes the file: its state is the same before and after, and its last
  /// change is not of this very moment; read again where that is not so. Throws `changing` where it does
  /// not come to be within a second or so.
  @discardableResult
  package mutating func readAtRest(_ path: String) throws(FileError) -> StatKey {
    for _ in 0..<20 {
      do throws(FileError) {
        let key = try read(path)
        if key.isStill(at: path) { return key }
      } catch {
        guard error.cause == .truncated else { throw error }
      }
      System.sleep(nanoseconds: StatKey.pause)
      try Interrupt.check(path)
    }
    throw FileError("read", path, .changing)
  }

  /// Replaces the content by `count` bytes of the file from `offset` on.
  package mutating func read(
    _ file: borrowing InputFile, at offset: Int, count: Int
  ) throws(FileError) {
    self.count = 0
    reserve(count)
    unsafe try file.read(
      into: UnsafeMutableRawBufferPointer(start: start, count: count), at: offset)
    self.count = count
  }

  /// Makes room for `count` bytes and lets `fill` write them; the content before is lost.
  package mutating func fill<R, E: Error>(
    count: Int, _ fill: (inout MutableSpan<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    self.count = 0
    reserve(count)
    let bytes = unsafe UnsafeMutableBufferPointer(
      start: start.assumingMemoryBound(to: UInt8.self), count: count)
    var span = unsafe MutableSpan(_unsafeElements: bytes)
    let result = try fill(&span)
    self.count = count
    return result
  }

  /// Shortens the content to its first `count` bytes.
  package mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  /// The content. The span ends with the call.
  package borrowing func withBytes<R, E: Error>(
    _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    let bytes = unsafe UnsafeBufferPointer(
      start: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count)
    return try body(unsafe Span(_unsafeElements: bytes))
  }

  /// The content, for what hands it to C. The pointer ends with the call.
  package borrowing func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    unsafe try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Overwrites part of the memory; the caller has made sure that there is room.
  package mutating func replace(at offset: Int, with bytes: Span<UInt8>) {
    precondition(offset + bytes.count <= capacity)
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(start: start + offset, count: source.count)
        .copyMemory(from: source)
    }
  }

  mutating func readPart(
    _ file: borrowing InputFile, at offset: Int, count: Int, to position: Int
  ) throws(FileError) {
    precondition(position + count <= capacity)
    unsafe try file.read(
      into: UnsafeMutableRawBufferPointer(start: start + position, count: count), at: offset)
  }

  mutating func setCount(_ count: Int) {
    precondition(count <= capacity)
    self.count = count
  }

  borrowing func isEqual(to other: borrowing ReadBuffer) -> Bool {
    unsafe count == other.count && memcmp(start, other.start, count) == 0
  }

  /// A copy of the content.
  package var array: [UInt8] {
    unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  private mutating func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    unsafe start.deallocate()
    // Small ones grow by doubling; a large one is exact, since it may stay for long.
    capacity = wanted < 1 << 20 ? max(wanted, capacity * 2) : wanted
    unsafe start = .allocate(byteCount: capacity, alignment: 64)
  }
}
