import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Within what bounds a program runs that is not trusted.
package struct Confinement: Sendable {
  /// Bytes that are kept of each stream: its end.
  package var output: Int = 1 << 20
  /// Of its address space, in bytes.
  package var memory: Int = 8 << 30
  /// Whether it may use the network where that could be kept from it.
  package var hasNetwork: Bool = false
  /// Folders that are empty for it, but for `kept`. Absolute paths without links, as all of these.
  package var hidden: [String] = []
  /// What stays visible below `hidden`.
  package var kept: [String] = []
  /// The only folders that can be written to; those that are hidden too are empty and its own.
  package var writable: [String] = []

  package init() {}
}

/// What a program was kept from, as far as the system could be made to.
package struct Isolation: OptionSet, Hashable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let processes = Isolation(rawValue: Int32(PARE_ISOLATES_PROCESSES))
  package static let network = Isolation(rawValue: Int32(PARE_ISOLATES_NETWORK))
  package static let files = Isolation(rawValue: Int32(PARE_ISOLATES_FILES))
}

extension Program {
  /// How a confined program ended, and what came back.
  package struct ConfinedOutcome: Sendable {
    package let end: Outcome.End
    package let output: [UInt8]
    package let errors: [UInt8]
    /// Bytes that it wrote beyond those that were kept.
    package let dropped: Int
    /// What it wrote to its descriptor 3.
    package let message: [UInt8]
    package let isolation: Isolation
  }

  /// Runs it in namespaces of its own where the system grants them to anyone (`user_namespaces(7)`),
  /// else without; in each case without privileges, in a process group that ends as a whole when it
  /// ends, when its time is over, when the user interrupts, and when this process ends.
  ///
  /// - Parameters:
  ///   - input: what it reads from standard input.
  ///   - variables: the whole environment as `NAME=value`.
  ///   - timeout: in seconds.
  ///
  /// Throws `interrupted` (after ending it) when the user presses Ctrl-C, and what the system says
  /// where it cannot be started.
  package func run(
    _ arguments: [String], within confinement: Confinement, input: [UInt8], variables: [String],
    folder: String, timeout: Double
  ) throws(FileError) -> ConfinedOutcome {
    Journal.noteProgram(in: folder)
    pare_become_opaque()
    // Modes must be enough of a wall where there is no other; so one that cannot be had takes only
    // itself away.
    let network: Isolation = confinement.hasNetwork ? [] : .network
    for wanted in [[.processes, .files, network], [.processes, network], [.processes], []]
      as [Isolation]
    {
      if let outcome = try run(
        arguments, within: confinement, isolation: wanted, input: input, variables: variables,
        folder: folder, timeout: timeout)
      {
        return outcome
      }
    }
    preconditionFailure("a program without isolation was not started, and did not fail")
  }

  /// Nil where the isolation cannot be had.
  private func run(
    _ arguments: [String], within confinement: Confinement, isolation: Isolation, input: [UInt8],
    variables: [String], folder: String, timeout: Double
  ) throws(FileError) -> ConfinedOutcome? {
    let standardInput = try anonymousFile(input)
    defer { _ = close(standardInput) }
    let output = try Pipe.make(path)
    let errors = try Pipe.make(path)
    let channel = try Pipe.make(path)
    let notices = try Pipe.make(path)
    let keeper = spawn(
      [path] + arguments, variables, folder: folder, confinement, isolation,
      descriptors: [
        standardInput, output.writing, errors.writing, channel.writing, notices.writing,
      ])
    let code = errno
    for pipe in [output.writing, errors.writing, channel.writing, notices.writing] {
      _ = close(pipe)
    }
    guard keeper > 0 else {
      if isolation.isEmpty { throw FileError("run", path, .system(code)) }
      return nil
    }
    let deadline = System.monotonicClock() + Int64(timeout * 1e9)
    var (outputTail, errorTail) = (
      OutputTail(bound: confinement.output), OutputTail(bound: confinement.output)
    )
    var message = OutputTail(bound: Self.messageBound)
    var told = OutputTail()
    var isOver = false
    while !isOver, reap(keeper, waiting: false) == nil {
      if Interrupt.isRaised {
        kill(group: keeper, isReaped: false)
        throw FileError("run", path, .interrupted)
      }
      isOver = System.monotonicClock() >= deadline
      if isOver {
        kill(group: keeper, isReaped: false)
      } else {
        wait(for: output.reading, errors.reading, channel.reading, notices.reading)
      }
      _ = output.drain(into: &outputTail)
      _ = errors.drain(into: &errorTail)
      _ = channel.drain(into: &message)
      _ = notices.drain(into: &told)
    }
    _ = output.drain(into: &outputTail)
    _ = errors.drain(into: &errorTail)
    _ = channel.drain(into: &message)
    _ = notices.drain(into: &told)

    var holds: Isolation = []
    var end: Outcome.End = isOver ? .timeout : .signal(SIGKILL)
    for notice in Self.notices(in: told.bytes) {
      switch Int(notice.kind) {
      case PARE_NOTICE_NOT_ISOLATED: return nil
      case PARE_NOTICE_NOT_STARTED:
        throw FileError("run", path, .system(notice.value))
      case PARE_NOTICE_ISOLATED: holds = Isolation(rawValue: notice.value)
      case PARE_NOTICE_ENDED where !isOver:
        end = Outcome.End(waitStatus: notice.value)
      default: break
      }
    }
    let (kept, keptErrors) = (outputTail.bytes, errorTail.bytes)
    return ConfinedOutcome(
      end: end, output: kept, errors: keptErrors,
      dropped: outputTail.total + errorTail.total - kept.count - keptErrors.count,
      message: message.total > Self.messageBound ? [] : message.bytes, isolation: holds)
  }

  /// Its position is its beginning.
  private func anonymousFile(_ bytes: [UInt8]) throws(FileError) -> Int32 {
    let descriptor = pare_anonymous_file()
    guard descriptor >= 0 else { throw .last("run", path) }
    let isWritten = unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let written = unsafe systemWrite(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
        if written < 0, errno != EINTR { return false }
        done += max(written, 0)
      }
      return lseek(descriptor, 0, SEEK_SET) == 0
    }
    guard isWritten else {
      let error = FileError.last("run", path)
      _ = close(descriptor)
      throw error
    }
    return descriptor
  }

  /// In bytes; a longer message is none.
  private static let messageBound = 64 << 20

  private static func notices(in bytes: [UInt8]) -> [pare_notice] {
    let size = MemoryLayout<pare_notice>.size
    return stride(from: 0, to: bytes.count - bytes.count % size, by: size).map { start in
      func number(_ offset: Int) -> Int32 {
        (0..<4).reduce(0) { $0 | Int32(bytes[start + offset + $1]) << (8 * $1) }
      }
      return pare_notice(kind: number(0), value: number(4))
    }
  }

  /// Up to 20 ms, so that an end without output and Ctrl-C are noticed.
  private func wait(for descriptors: Int32...) {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = unsafe polled.withUnsafeMutableBufferPointer { buffer in
      unsafe poll(buffer.baseAddress, nfds_t(buffer.count), 20)
    }
    // What is closed at the other end is ready at once, for ever.
    if polled.allSatisfy({ $0.revents & Int16(POLLIN) == 0 }) { _ = poll(nil, 0, 2) }
  }

  /// - Parameter descriptors: input, output, errors, channel, notices.
  private func spawn(
    _ words: [String], _ variables: [String], folder: String, _ confinement: Confinement,
    _ isolation: Isolation, descriptors: [Int32]
  ) -> pid_t {
    let lists = unsafe [
      words, variables, confinement.hidden, confinement.kept, confinement.writable,
    ].map { unsafe CStrings($0) }
    defer { unsafe lists.forEach { unsafe $0.free() } }
    return unsafe path.withCString { path in
      unsafe folder.withCString { folder in
        var program = unsafe pare_confined_program(
          path: path, arguments: lists[0].start, variables: lists[1].start, folder: folder,
          input: descriptors[0], output: descriptors[1], errors: descriptors[2],
          channel: descriptors[3], notices: descriptors[4], memory: UInt(confinement.memory),
          isolation: isolation.rawValue, hidden: lists[2].start, kept: lists[3].start,
          writable: lists[4].start)
        return unsafe pare_spawn_confined(&program)
      }
    }
  }
}

/// Strings as C has them, until they are freed.
@unsafe private struct CStrings {
  let start: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    unsafe count = strings.count
    unsafe start = .allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() {
      unsafe (start + index).initialize(to: strdup(string))
    }
    unsafe (start + strings.count).initialize(to: nil)
  }

  func free() {
    for index in unsafe 0..<count { unsafe systemFree(start[index]) }
    unsafe start.deallocate()
  }
}

/// `free(3)`, under a name that methods called `free` do not hide.
private func systemFree(_ start: UnsafeMutablePointer<CChar>?) { unsafe free(start) }
