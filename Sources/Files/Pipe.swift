import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe of which we read one end without waiting.
struct Pipe: ~Copyable {
  let reading: Int32
  let writing: Int32

  static func make(_ path: String) throws(FileError) -> Pipe {
    var ends: [Int32] = [-1, -1]
    let result = unsafe ends.withUnsafeMutableBufferPointer { buffer in
      unsafe pare_pipe(buffer.baseAddress)
    }
    guard result == 0 else { throw .last("run", path) }
    return Pipe(reading: ends[0], writing: ends[1])
  }

  private init(reading: Int32, writing: Int32) {
    self.reading = reading
    self.writing = writing
  }

  /// Takes what is there, but no more at once than lets whoever reads look around in between; false
  /// once the other end is closed.
  borrowing func drain(
    into tail: inout OutputTail, observe: ([UInt8]) -> Void = { _ in }
  ) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    for _ in 0..<64 {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(reading, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return false }
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN
      }
      tail.append(chunk[..<count])
      observe(Array(chunk[..<count]))
    }
    return true
  }

  borrowing func closeWriting() { _ = close(writing) }

  // The writing end is closed by `closeWriting`; where the program could not be started it stays
  // open until the process ends, which is soon.
  deinit { _ = close(reading) }
}

/// What a stream has brought: all of it, or, where that is more than `bound` bytes, the end.
struct OutputTail {
  private let bound: Int
  private var kept: [UInt8] = []
  /// Also of what was not kept.
  private(set) var total = 0

  init(bound: Int = .max) { self.bound = bound }

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    total += bytes.count
    kept += bytes
    // Cut now and then only, so that each byte is moved about once.
    if kept.count / 2 > bound { kept.removeFirst(kept.count - bound) }
  }

  var bytes: [UInt8] { kept.count > bound ? Array(kept.suffix(bound)) : kept }
}
