import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let interruptFlag = Atomic<Int32>(0)

/// Whether the user pressed Ctrl-C or the system asked to terminate.
///
/// A handler only raises a flag; whoever works long looks at it and throws, so that every
/// `OutputFile` on the way is dropped and removes its temporary file.
package enum Interrupt {
  /// Catches SIGINT, SIGTERM and SIGHUP once; a second one ends the process at once, as if this had
  /// never been called. Also lets a write past `ulimit -f` fail with EFBIG instead of ending the
  /// process.
  package static func install() {
    _ = interruptFlag.load(ordering: .relaxed)
    var action = sigaction()
    #if canImport(Glibc)
      unsafe action.__sigaction_handler.sa_handler = { signal in
        interruptFlag.store(signal, ordering: .relaxed)
      }
    #else
      unsafe action.__sigaction_u.__sa_handler = { signal in
        interruptFlag.store(signal, ordering: .relaxed)
      }
    #endif
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for signal in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaction(signal, &action, nil) }
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  package static var isRaised: Bool { interruptFlag.load(ordering: .relaxed) != 0 }

  /// Throws where the flag is up; `path` is what was being worked on.
  package static func check(_ path: String) throws(FileError) {
    if isRaised { throw FileError("finish", path, .interrupted) }
  }

  /// Raises or lowers the flag, as a signal would: for tests.
  package static func simulate(_ raised: Bool) {
    interruptFlag.store(raised ? SIGINT : 0, ordering: .relaxed)
  }
}
