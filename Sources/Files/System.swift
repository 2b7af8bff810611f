import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process's surroundings: variables, processors, clock.
package enum System {
  /// Nil where it is not set.
  package static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else {
      Journal.note(.text("variable", name), .nothing)
      return nil
    }
    let text = unsafe String(cString: value)
    Journal.note(.text("variable", name), .text(text))
    return text
  }

  /// All variables as `NAME=value`, sorted by bytes.
  package static var variables: [String] {
    var all: [String] = []
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      unsafe all.append(String(cString: entry))
      unsafe next += 1
    }
    return all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Processors that this process may use.
  package static var processorCount: Int {
    Int(pare_processor_count())
  }

  package static var processID: Int32 { getpid() }

  /// Ends the process at once; what is open is closed by the system, nothing is cleaned up.
  package static func exit(_ code: Int32) -> Never { systemExit(code) }

  /// The user's home: `HOME`, else what the password file says; nil where neither does.
  package static var homeFolder: String? {
    if let home = variable("HOME"), home.hasPrefix("/") { return home }
    guard let entry = unsafe getpwuid(getuid()), let folder = unsafe entry.pointee.pw_dir else {
      return nil
    }
    return unsafe String(cString: folder)
  }

  /// Nanoseconds since 1970, as files are stamped.
  package static func clock() -> Int64 { nanoseconds(CLOCK_REALTIME) }

  /// Nanoseconds since some moment; never goes back.
  package static func monotonicClock() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

  package static func sleep(nanoseconds: Int64) {
    var time = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    _ = unsafe nanosleep(&time, nil)
  }

  /// The most address space that the process may take, in bytes (`ulimit -v`); nil without a bound.
  package static var addressSpaceBound: Int? {
    var bound = rlimit()
    #if canImport(Glibc)
      let failed = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &bound) != 0
    #else
      let failed = unsafe getrlimit(RLIMIT_AS, &bound) != 0
    #endif
    return failed ? nil : Int(exactly: bound.rlim_cur)
  }

  /// The most memory that the process has had resident, in bytes.
  package static var peakMemory: Int {
    Int(pare_peak_memory())
  }

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// `write(2)`, under a name that methods called `write` do not hide.
func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, start, count)
}

private func systemExit(_ code: Int32) -> Never { exit(code) }
