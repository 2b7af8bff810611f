#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A regular file that is open for reading at any place.
package struct InputFile: ~Copyable, Sendable {
  package let path: String
  /// As it was when it was opened.
  package let key: StatKey
  let descriptor: Int32

  private init(path: String, key: StatKey, descriptor: Int32) {
    self.path = path
    self.key = key
    self.descriptor = descriptor
  }

  /// Follows links; throws `notRegular` for folders, pipes and devices, without waiting for them.
  package static func open(_ path: String) throws(FileError) -> InputFile {
    let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)
    guard descriptor >= 0 else {
      let error = FileError.last("read", path)
      Journal.note(.state(path), error.isMissing ? .nothing : .kind(.other))
      throw error
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let error = FileError.last("read", path)
      _ = close(descriptor)
      throw error
    }
    let key = StatKey(status)
    Journal.note(.state(path), .key(key))
    guard key.isRegular else {
      _ = close(descriptor)
      throw FileError("read", path, .notRegular)
    }
    return InputFile(path: path, key: key, descriptor: descriptor)
  }

  deinit { _ = close(descriptor) }

  /// Fills `buffer` from `offset` on; throws `truncated` where the file ends before.
  package borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(FileError) {
    var done = 0
    while done < buffer.count {
      let count = unsafe pread(
        descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done,
        off_t(offset + done))
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("read", path)
      }
      if count == 0 { throw FileError("read", path, .truncated) }
      done += count
    }
  }

  /// `count` bytes from `offset` on.
  package borrowing func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(FileError) {
        unsafe try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        filled = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// `open(2)`, under a name that functions called `open` do not hide.
func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  while true {
    let descriptor = unsafe open(path, flags, mode)
    if descriptor >= 0 || errno != EINTR { return descriptor }
  }
}

/// A file's bytes as memory, for large inputs that nobody shortens while they are read.
@safe package final class MappedFile: Sendable {
  package let path: String
  package let key: StatKey
  private nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  package init(_ path: String) throws(FileError) {
    let file = try InputFile.open(path)
    self.path = path
    key = file.key
    guard file.key.size > 0 else {
      unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let start = unsafe mmap(
      nil, Int(file.key.size), PROT_READ, MAP_PRIVATE, file.descriptor, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else { throw .last("read", path) }
    unsafe bytes = UnsafeRawBufferPointer(start: start, count: Int(file.key.size))
  }

  deinit {
    if let start = unsafe bytes.baseAddress {
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }

  package var count: Int { unsafe bytes.count }

  package func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let typed = unsafe bytes.assumingMemoryBound(to: UInt8.self)
    return try body(unsafe Span(_unsafeElements: typed))
  }

  package func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    unsafe try body(bytes)
  }
}
