import Files

/// What the command line asks for.
struct FuzzOptions {
  var seconds: Int64 = 20
  var seed: UInt64 = 1
  /// The number of the first input.
  var first: UInt64 = 0
  var only: Reader?
  /// A file for the number of the input at hand, or of one at most a thousand before it.
  var trace: String?
  var folders: [String] = []

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--seconds": seconds = rest.popFirst().flatMap { Int64($0) } ?? seconds
      case "--seed": seed = rest.popFirst().flatMap { UInt64($0) } ?? seed
      case "--from": first = rest.popFirst().flatMap { UInt64($0) } ?? first
      case "--only": only = rest.popFirst().flatMap { Reader(rawValue: $0) }
      case "--trace": trace = rest.popFirst()
      default: folders.append(word)
      }
    }
  }
}

/// Vigna's generator (https://prng.di.unimi.it/splitmix64.c): the same everywhere, for all time.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Below `bound`, which is not 0.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// What came of it.
struct Tally {
  private struct Row {
    var inputs = 0
    var accepted = 0
    var bytes = 0
    var nanoseconds: Int64 = 0
    var longest: Int64 = 0
  }

  private var rows = Array(repeating: Row(), count: Reader.allCases.count)
  private(set) var complaints: [String] = []

  /// - Parameter reader: position in `Reader.allCases`.
  mutating func add(_ reader: Int, isAccepted: Bool, bytes: Int, nanoseconds: Int64) {
    rows[reader].inputs += 1
    rows[reader].accepted += isAccepted ? 1 : 0
    rows[reader].bytes += bytes
    rows[reader].nanoseconds += nanoseconds
    rows[reader].longest = max(rows[reader].longest, nanoseconds)
  }

  mutating func complain(_ text: String) { complaints.append(text) }

  func text(from first: UInt64, to end: UInt64) -> String {
    var lines = [
      "| reader | inputs | accepted | MB | MB/s | longest |", "|---|---:|---:|---:|---:|---:|",
    ]
    for (reader, row) in zip(Reader.allCases, rows) where row.inputs > 0 {
      let rate = Int64(row.bytes) * 1000 / max(row.nanoseconds, 1)
      lines.append(
        "| \(reader.rawValue) | \(row.inputs) | \(row.accepted) | \(row.bytes / 1_000_000) | \(rate) "
          + "| \(row.longest / 1_000_000) ms |")
    }
    let all = rows.reduce(0) { $0 + $1.inputs }
    return
      (lines + ["\(all) inputs, \(first) to \(end), \(complaints.count) complaints"] + complaints)
      .joined(separator: "\n") + "\n"
  }
}
