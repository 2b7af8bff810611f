import Foundation

/// What the system says of one finished program and its children.
struct Sample {
  /// Seconds.
  var wall: Double
  /// Seconds, user and system together.
  var cpu: Double
  /// The largest single process, in bytes.
  var peak: Int
  var exitCode: Int32
}

/// Runs a program to its end, its output thrown away, and takes the system's own accounting of it.
func run(_ words: [String], in folder: String, environment: [String: String] = [:]) -> Sample {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(
    &actions, 2, "/tmp/pare-benchmark.err", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  defer { posix_spawn_file_actions_destroy(&actions) }
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  let merged = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
  var variables: [UnsafeMutablePointer<CChar>?] = merged.map { strdup("\($0)=\($1)") } + [nil]
  defer { for pointer in arguments + variables { free(pointer) } }
  var process: pid_t = 0
  _ = FileManager.default.changeCurrentDirectoryPath(folder)
  let start = ContinuousClock.now
  let failure = posix_spawnp(&process, words[0], &actions, nil, &arguments, &variables)
  guard failure == 0 else {
    fail("cannot start \(words[0]): \(String(cString: strerror(failure)))")
  }
  var status: Int32 = 0
  var usage = rusage()
  wait4(process, &status, 0, &usage)
  let wall = (ContinuousClock.now - start) / .seconds(1)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return Sample(
    wall: wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
    peak: Int(usage.ru_maxrss) * 1024, exitCode: status & 0x7f == 0 ? status >> 8 & 0xff : -1)
}

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("benchmarks: \(message)\n".utf8))
  exit(1)
}

/// One row of the table: medians over the counted runs.
struct Row {
  let name: String
  let runs: Int
  /// How many functions it made, where it makes some.
  var functions = 0
  let wall: Double
  let cpu: Double
  let peak: Int
  let bytesWritten: Int
}

/// Runs `prepare` (not timed) and the program in turn, `runs` times, and keeps the medians. What was
/// written before is on the disk when the program starts.
func measure(
  _ name: String, runs: Int, functions: Int = 0, writes folder: String?, prepare: () -> Void = {},
  _ program: () -> Sample
) -> Row {
  var samples: [Sample] = []
  for _ in 0..<runs {
    prepare()
    sync()
    let sample = program()
    guard sample.exitCode == 0 else {
      let errors = (try? String(contentsOfFile: "/tmp/pare-benchmark.err", encoding: .utf8)) ?? ""
      fail("\(name) ended with exit code \(sample.exitCode)\n\(errors.suffix(2000))")
    }
    samples.append(sample)
  }
  func median<T: Comparable>(_ values: [T]) -> T { values.sorted()[values.count / 2] }
  return Row(
    name: name, runs: runs, functions: functions, wall: median(samples.map(\.wall)),
    cpu: median(samples.map(\.cpu)),
    peak: median(samples.map(\.peak)), bytesWritten: folder.map(byteCount) ?? 0)
}

/// Of all files below a folder; of a file, its own.
func byteCount(_ folder: String) -> Int {
  let own = try? FileManager.default.attributesOfItem(atPath: folder)
  if own?[.type] as? FileAttributeType == .typeRegular {
    return (own?[.size] as? NSNumber)?.intValue ?? 0
  }
  guard let walk = FileManager.default.enumerator(atPath: folder) else { return 0 }
  var total = 0
  for case let path as String in walk {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + path)
    if attributes?[.type] as? FileAttributeType == .typeRegular {
      total += (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
  }
  return total
}
