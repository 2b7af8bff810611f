import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Another program: found on PATH, run to its end, its output kept.
package struct Program: Sendable, Hashable {
  /// Absolute path.
  package let path: String

  package init(path: String) { self.path = path }

  /// The first executable file of that name in PATH's folders; a name with a `/` is looked at
  /// itself.
  package static func find(
    _ name: String, path: String? = System.variable("PATH")
  ) -> Program? {
    if name.utf8.contains(UInt8(ascii: "/")) { return isRunnable(name) ? Program(path: name) : nil }
    for folder in (path ?? "").split(separator: ":") where folder.utf8.first == UInt8(ascii: "/") {
      let candidate = "\(folder)/\(name)"
      if isRunnable(candidate) { return Program(path: candidate) }
    }
    return nil
  }

  private static func isRunnable(_ path: String) -> Bool {
    unsafe access(path, X_OK) == 0 && FileSystem.isFile(path)
  }

  package enum Stream: Sendable { case output, error }

  /// How it ended and what it wrote.
  package struct Outcome: Sendable {
    package enum End: Hashable, Sendable {
      case exit(Int32)
      case signal(Int32)
      /// Killed by us, with all that it had started, because its time was over.
      case timeout

      /// As waitpid(2) tells it.
      init(waitStatus status: Int32) {
        self = status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
      }
    }

    package let end: End
    package let output: [UInt8]
    package let errors: [UInt8]

    package init(end: End, output: [UInt8], errors: [UInt8]) {
      self.end = end
      self.output = output
      self.errors = errors
    }

    package var isSuccess: Bool { end == .exit(0) }
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
  }

  /// Runs it with nothing on standard input, in a process group of its own, and waits.
  ///
  /// - Parameters:
  ///   - variables: the whole environment as `NAME=value`; nil: this process's.
  ///   - folder: its working folder; nil: this process's.
  ///   - timeout: in seconds; nil: none.
  ///   - observe: is told each piece of output as it arrives.
  ///
  /// Throws `interrupted` (after killing the group) when the user presses Ctrl-C, and what the system
  /// says where the program cannot be started.
  package func run(
    _ arguments: [String], variables: [String]? = nil, folder: String? = nil,
    timeout: Double? = nil, observe: ((Stream, [UInt8]) -> Void)? = nil
  ) throws(FileError) -> Outcome {
    Journal.noteProgram(in: folder)
    let output = try Pipe.make(path)
    let errors = try Pipe.make(path)
    let process = try spawn(
      arguments, variables: variables ?? System.variables, folder: folder,
      output: output.writing, errors: errors.writing)
    output.closeWriting()
    errors.closeWriting()
    return try follow(
      process, output: output, errors: errors, timeout: timeout, observe: observe)
  }

  private func follow(
    _ process: pid_t, output: consuming Pipe, errors: consuming Pipe, timeout: Double?,
    observe: ((Stream, [UInt8]) -> Void)?
  ) throws(FileError) -> Outcome {
    let deadline = timeout.map { System.monotonicClock() + Int64($0 * 1e9) }
    var texts = (output: OutputTail(), errors: OutputTail())
    var isOpen = (output: true, errors: true)
    var status: Int32?
    while true {
      if Interrupt.isRaised {
        kill(group: process, isReaped: status != nil)
        throw FileError("run", path, .interrupted)
      }
      if status == nil { status = reap(process, waiting: false) }
      if status != nil {
        // What it started may keep the pipes open for ever: take what is there, then leave.
        _ = output.drain(into: &texts.output) { observe?(.output, $0) }
        _ = errors.drain(into: &texts.errors) { observe?(.error, $0) }
        break
      }
      let now = System.monotonicClock()
      if let deadline, now >= deadline {
        kill(group: process, isReaped: false)
        _ = output.drain(into: &texts.output) { observe?(.output, $0) }
        _ = errors.drain(into: &texts.errors) { observe?(.error, $0) }
        return Outcome(end: .timeout, output: texts.output.bytes, errors: texts.errors.bytes)
      }
      wait(for: output.reading, isOpen.output, errors.reading, isOpen.errors)
      if isOpen.output {
        isOpen.output = output.drain(into: &texts.output) { observe?(.output, $0) }
      }
      if isOpen.errors {
        isOpen.errors = errors.drain(into: &texts.errors) { observe?(.error, $0) }
      }
      if !isOpen.output, !isOpen.errors, status == nil, deadline == nil {
        // Nothing more to read: only its end is left, looked for every few milliseconds so that
        // Ctrl-C is noticed.
        _ = poll(nil, 0, 2)
      }
    }
    let end = Outcome.End(waitStatus: status ?? 0)
    return Outcome(end: end, output: texts.output.bytes, errors: texts.errors.bytes)
  }

  /// Up to 20 ms, so that an end without output and Ctrl-C are noticed.
  func wait(for first: Int32, _ isFirst: Bool, _ second: Int32, _ isSecond: Bool) {
    var polled = [
      pollfd(fd: isFirst ? first : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isSecond ? second : -1, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds: Int32 = isFirst || isSecond ? 20 : 2
    _ = unsafe polled.withUnsafeMutableBufferPointer { buffer in
      unsafe poll(buffer.baseAddress, 2, milliseconds)
    }
  }

  func reap(_ process: pid_t, waiting: Bool) -> Int32? {
    var status: Int32 = 0
    while true {
      let result = unsafe waitpid(process, &status, waiting ? 0 : WNOHANG)
      if result == process { return status }
      if result < 0 && errno == EINTR { continue }
      return result < 0 ? 0 : nil
    }
  }

  /// Asks politely, waits up to half a second, then insists.
  func kill(group process: pid_t, isReaped: Bool) {
    _ = systemKill(-process, SIGTERM)
    guard !isReaped else { return }
    let deadline = System.monotonicClock() + 500_000_000
    while System.monotonicClock() < deadline {
      if reap(process, waiting: false) != nil {
        _ = systemKill(-process, SIGKILL)
        return
      }
      _ = poll(nil, 0, 5)
    }
    _ = systemKill(-process, SIGKILL)
    _ = reap(process, waiting: true)
  }

  private func spawn(
    _ arguments: [String], variables: [String], folder: String?, output: Int32, errors: Int32
  ) throws(FileError) -> pid_t {
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
    if let folder { unsafe pare_spawn_in_folder(&actions, folder) }
    // A signal that we ignore would be ignored by it as well.
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    for signal in [SIGXFSZ, SIGPIPE, SIGINT, SIGTERM] { unsafe sigaddset(&defaults, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    // Worker threads block most signals, and what they start would never hear Ctrl-C.
    var blocked = sigset_t()
    unsafe sigemptyset(&blocked)
    unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map {
      unsafe strdup($0)
    }
    unsafe words.append(nil)
    var settings: [UnsafeMutablePointer<CChar>?] = unsafe variables.map { unsafe strdup($0) }
    unsafe settings.append(nil)
    defer {
      unsafe words.forEach { unsafe free($0) }
      unsafe settings.forEach { unsafe free($0) }
    }
    var process = pid_t()
    let result = unsafe posix_spawn(&process, path, &actions, &attributes, words, settings)
    guard result == 0 else { throw FileError("run", path, .system(result)) }
    return process
  }
}

/// `kill(2)`, under a name that methods called `kill` do not hide.
private func systemKill(_ process: pid_t, _ signal: Int32) -> Int32 { kill(process, signal) }
