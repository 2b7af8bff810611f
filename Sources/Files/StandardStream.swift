import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output or standard error, and what stands at its other end.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Writes all bytes, without a buffer of its own. False where the other end takes no more: a full
  /// disk, a closed pipe whose signal is ignored.
  @discardableResult
  package func write(_ bytes: [UInt8]) -> Bool {
    Journal.notePrinted(rawValue, bytes)
    return send(bytes)
  }

  /// As `write`, for what says how a run goes on and not what came of it: not printed again by a run
  /// that has nothing to do.
  @discardableResult
  package func writePassing(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Why standard output has not taken all that was written to it: what stands there is no result.
  package static var outputFailure: FileError? { firstFailure.withLock { $0 } }

  private static let firstFailure = Mutex<FileError?>(nil)

  private func send(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe sendBytes(rawValue, base + start, buffer.count - start)
      }
      if written < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        let error = FileError.last("write", "standard output")
        if self == .output { Self.firstFailure.withLock { $0 = $0 ?? error } }
        return false
      }
      start += written
    }
    return true
  }

  @discardableResult
  package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  package var isTerminal: Bool {
    let isTerminal = isatty(rawValue) == 1
    Journal.note(.text("terminal", String(rawValue)), isTerminal ? .text("yes") : .nothing)
    return isTerminal
  }

  /// The width of the terminal; nil where it is none, or does not say.
  package var columns: Int? {
    let columns = isatty(rawValue) == 1 ? askColumns() : nil
    Journal.note(
      .text("columns", String(rawValue)), columns.map { .text(String($0)) } ?? .nothing)
    return columns
  }

  private func askColumns() -> Int? {
    var size = winsize()
    guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Under its own name, because the method above is called `write` too.
private func sendBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}
