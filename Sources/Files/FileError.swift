package import Model

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The system refused something that was asked of one path.
package struct FileError: Error, Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    /// `errno` after the call.
    case system(Int32)
    /// Neither a regular file nor a link to one, where one was asked for.
    case notRegular
    /// It ended before the bytes that it had shortly before.
    case truncated
    /// Its content is not what its format asks for; the sentence says what is wrong.
    case damaged(String)
    /// It may not be written to.
    case denied
    /// It was being written as often as it was read.
    case changing
    /// The user pressed Ctrl-C, or the system asked to terminate.
    case interrupted
  }

  /// As it stands in the sentence "cannot OPERATION 'path'": `read`, `write`, `create the folder`.
  package let operation: String
  package let path: String
  package let cause: Cause

  package init(_ operation: String, _ path: String, _ cause: Cause) {
    self.operation = operation
    self.path = path
    self.cause = cause
  }

  /// Takes `errno` as it is now.
  static func last(_ operation: String, _ path: String) -> FileError {
    FileError(operation, path, .system(errno))
  }

  package var isMissing: Bool { cause == .system(ENOENT) || cause == .system(ENOTDIR) }

  /// Whether it concerns what a run reads, not where it writes.
  package var isOfReading: Bool {
    cause != .interrupted && (operation == "read" || operation == "pack" || operation == "look at")
  }

  package var isDiskFull: Bool {
    cause == .system(ENOSPC) || cause == .system(EDQUOT) || cause == .system(EFBIG)
  }

  package var isDenied: Bool {
    cause == .denied || cause == .system(EACCES) || cause == .system(EPERM)
      || cause == .system(EROFS)
  }

  /// What the system says, in its own words: `No such file or directory`.
  package var reason: String {
    switch cause {
    case .system(let code): unsafe String(cString: strerror(code))
    case .notRegular: "not a regular file"
    case .truncated: "it became shorter while it was read"
    case .damaged(let sentence): sentence
    case .denied: "it may not be written to"
    case .changing: "it changed each time that it was read"
    case .interrupted: "interrupted"
    }
  }
}

extension FileError: CustomStringConvertible {
  package var description: String { "cannot \(operation) '\(path)': \(reason)" }
}

extension Failure {
  /// Exit code 3, or 130 where the user interrupted.
  package init(_ error: FileError) {
    if error.cause == .interrupted {
      self.init(.interrupted, [.interrupted()])
    } else {
      self.init(.system, [.systemRefused(error)])
    }
  }
}
