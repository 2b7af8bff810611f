import CSystem
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let outputCounter = Atomic<UInt64>(0)

/// A file that appears at its path complete or not at all.
///
/// The bytes go to a temporary file in the same folder (`.NAME.PID-N.pare-tmp`), which is locked as
/// long as it is written; `commit()` makes them durable and renames. Dropped without `commit()`, it
/// removes what it wrote and leaves the file that was there before. What a killed process leaves is
/// taken away by `Leftovers`.
package struct OutputFile: ~Copyable {
  package let path: String
  private let temporary: String
  let descriptor: Int32
  private var isCommitted = false
  /// Bytes written so far.
  package private(set) var count = 0
  /// How many of them are on their way to the disk.
  private var begun = 0

  private init(path: String, temporary: String, descriptor: Int32) {
    self.path = path
    self.temporary = temporary
    self.descriptor = descriptor
  }

  /// The folder must exist. The mode is exact, whatever the umask.
  package static func create(_ path: String, mode: UInt32 = 0o644) throws(FileError) -> OutputFile {
    let relative = RelativeName(path)
    while true {
      let number = outputCounter.wrappingAdd(1, ordering: .relaxed).newValue
      let temporary =
        "\(relative.folder).\(relative.name).\(getpid())-\(number)\(Leftovers.suffix)"
      if let descriptor = Leftovers.createLocked(temporary, mode: mode) {
        _ = fchmod(descriptor, mode_t(mode))
        return OutputFile(path: path, temporary: temporary, descriptor: descriptor)
      }
      if errno != EEXIST { throw .last("write", path) }
    }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
    if !isCommitted { _ = unsafe unlink(temporary) }
  }

  package mutating func write(_ bytes: borrowing [UInt8]) throws(FileError) {
    var failure: FileError?
    unsafe bytes.withUnsafeBytes { buffer in
      do throws(FileError) { unsafe try writeAll(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  package mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
    var failure: FileError?
    unsafe bytes.withUnsafeBytes { buffer in
      do throws(FileError) { unsafe try writeAll(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  package mutating func writeAll(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let written = unsafe systemWrite(
        descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      if written < 0 {
        if errno == EINTR {
          try Interrupt.check(path)
          continue
        }
        throw .last("write", path)
      }
      done += written
      count += written
    }
  }

  /// Appends `count` bytes of another file without bringing them into the process where the system
  /// can do that.
  package mutating func copy(
    from file: borrowing InputFile, at offset: Int, count wanted: Int
  ) throws(FileError) {
    var offset = offset
    var rest = wanted
    var position = off_t(offset)
    while rest > 0 {
      let copied = unsafe pare_copy_file_range(file.descriptor, &position, descriptor, rest)
      if copied < 0 {
        if errno == EINTR { continue }
        if [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EBADF].contains(errno) { break }
        throw .last("write", path)
      }
      if copied == 0 { throw FileError("read", file.path, .truncated) }
      rest -= copied
      offset += copied
      count += copied
    }
    guard rest > 0 else { return }
    var buffer = ReadBuffer(capacity: min(rest, 1 << 20))
    while rest > 0 {
      let part = min(rest, 1 << 20)
      try buffer.read(file, at: offset, count: part)
      unsafe try buffer.withUnsafeBytes { (bytes) throws(FileError) in
        unsafe try writeAll(bytes)
      }
      offset += part
      rest -= part
    }
  }

  /// Lets the system begin to bring what was written to the disk, some megabytes at a time: `commit`
  /// has less to wait for then.
  package mutating func beginWriting() {
    guard count - begun >= 4 << 20 else { return }
    pare_start_writing(descriptor, off_t(begun), off_t(count - begun))
    begun = count
  }

  /// Makes the bytes durable and lets them appear at `path`.
  package consuming func commit(sync: Bool = true) throws(FileError) {
    if sync, fsync(descriptor) != 0, errno != EINVAL { throw .last("write", path) }
    try Interrupt.check(path)
    let isNew = Journal.isWriting && FileSystem.kind(of: path) == nil
    guard unsafe rename(temporary, path) == 0 else { throw .last("write", path) }
    isCommitted = true
    Journal.noteMade(path, isNew: isNew)
  }
}

/// A path's last component and what stands before it, with its `/`.
struct RelativeName {
  let folder: Substring
  let name: Substring

  init(_ path: String) {
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) {
      let next = path.utf8.index(after: slash)
      folder = path[..<next]
      name = path[next...]
    } else {
      folder = ""
      name = path[...]
    }
  }
}
