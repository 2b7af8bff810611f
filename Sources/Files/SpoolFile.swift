import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let spoolCounter = Atomic<UInt64>(0)

/// A file that several threads append to and read back, and that is gone unless it is kept.
package final class SpoolFile: Sendable {
  /// Where it is while it is not kept.
  private let temporary: String
  private let descriptor: Int32
  private let end: Atomic<Int>
  private let isKept = Atomic<Bool>(false)

  /// Creates it in `folder`; the first `reserved` bytes are left for `write(_:at:)`.
  package init(in folder: String, reserved: Int = 0) throws(FileError) {
    while true {
      let number = spoolCounter.wrappingAdd(1, ordering: .relaxed).newValue
      let path = "\(folder)/.spool.\(getpid())-\(number)\(Leftovers.suffix)"
      if let descriptor = Leftovers.createLocked(path, mode: 0o600) {
        temporary = path
        self.descriptor = descriptor
        end = Atomic(reserved)
        return
      }
      if errno != EEXIST { throw .last("write", folder) }
    }
  }

  deinit {
    _ = close(descriptor)
    if !isKept.load(ordering: .relaxed) { _ = unsafe unlink(temporary) }
  }

  /// Bytes so far.
  package var count: Int { end.load(ordering: .relaxed) }

  /// Appends and says where it lies.
  package func append(_ bytes: Span<UInt8>) throws(FileError) -> Int {
    let offset = end.wrappingAdd(bytes.count, ordering: .relaxed).oldValue
    try write(bytes, at: offset)
    return offset
  }

  package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FileError) {
    unsafe try bytes.withUnsafeBytes { (buffer) throws(FileError) in
      var done = 0
      while done < buffer.count {
        let written = unsafe pwrite(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done,
          off_t(offset + done))
        if written < 0 {
          if errno == EINTR {
            try Interrupt.check(temporary)
            continue
          }
          throw .last("write", temporary)
        }
        done += written
      }
    }
  }

  /// A second handle on it, for reading what was appended.
  package func open() throws(FileError) -> InputFile { try InputFile.open(temporary) }

  /// Lets it appear at `path`, on the same file system, for good.
  package func keep(as path: String) throws(FileError) {
    guard unsafe rename(temporary, path) == 0 else { throw .last("write", path) }
    isKept.store(true, ordering: .relaxed)
  }
}
