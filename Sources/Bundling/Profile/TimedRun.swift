import Model
import Text

/// One run of a handler with a clock, as the harness tells it; times are in microseconds.
struct TimedRun {
  struct Record {
    let name: String
    /// Position before its own; nil where no other module was being loaded.
    let parent: Int?
    let phase: Profile.Phase
    /// With all that it loads.
    let duration: Int
    let compiling: Int
    let isFound: Bool
    /// Who asked for it: position of the folder on the path, path below it, line.
    let importer: Importer?
  }

  struct Importer: Hashable {
    let path: String
    let line: Int
  }

  let start: Int
  /// Nil where the handler was not called.
  let call: Int?
  let answer: String?
  /// A module stands before what it loads, and behind the packages that it lies in.
  let records: [Record]

  /// Nil where the findings are not a timed run's.
  init?(_ findings: DatumTable?) {
    guard let findings, let start = findings["import"]?.microseconds else { return nil }
    self.start = start
    call = findings["call"]?.microseconds
    answer = findings["answer"]?.string
    records = Self.hoisted((findings["records"]?.array ?? []).compactMap(Self.record))
  }

  var total: Int { start + (call ?? 0) }

  /// `[name, parent, phase, began, ended, compiling, was found, [folder, path], line]`
  private static func record(_ datum: Datum) -> Record? {
    guard let parts = datum.array, parts.count == 9, let name = parts[0].string,
      case .integer(let parent) = parts[1].content,
      let phase = parts[2].string.flatMap(Profile.Phase.init(rawValue:)),
      case .integer(let began) = parts[3].content, case .integer(let ended) = parts[4].content,
      case .boolean(let isFound) = parts[6].content
    else { return nil }
    var importer: Importer?
    if let path = parts[7].array?.last?.string, case .integer(let line) = parts[8].content {
      importer = Importer(path: path, line: Int(line))
    }
    return Record(
      name: name, parent: parent < 0 ? nil : Int(parent), phase: phase,
      duration: Int(max(ended - began, 0) / 1000), compiling: parts[5].microseconds ?? 0,
      isFound: isFound, importer: importer)
  }

  /// Packages are loaded while what lies in them is looked for; what they take is their own affair.
  ///
  ///     import shop.db      # loads 'shop', then 'shop.db'
  private static func hoisted(_ records: [Record]) -> [Record] {
    var children = Array(repeating: [Int](), count: records.count)
    var roots: [Int] = []
    for (index, record) in records.enumerated() {
      guard let parent = record.parent, parent < index else {
        roots.append(index)
        continue
      }
      children[parent].append(index)
    }
    var rows: [Record] = []
    rows.reserveCapacity(records.count)
    func place(_ index: Int, below parent: Int?) {
      let record = records[index]
      var duration = record.duration
      for child in children[index] where record.name.hasPrefix(records[child].name + ".") {
        place(child, below: parent)
        duration -= records[child].duration
      }
      let position = rows.count
      rows.append(
        Record(
          name: record.name, parent: parent, phase: record.phase, duration: max(duration, 0),
          compiling: record.compiling, isFound: record.isFound, importer: record.importer))
      for child in children[index] where !record.name.hasPrefix(records[child].name + ".") {
        place(child, below: position)
      }
    }
    for root in roots { place(root, below: nil) }
    return rows
  }

  /// What each record took without what it loaded.
  var ownDurations: [Int] {
    var own = records.map(\.duration)
    for record in records {
      if let parent = record.parent { own[parent] -= record.duration }
    }
    return own.map { max($0, 0) }
  }

  /// What a record is in every run.
  struct Key: Hashable {
    let name: String
    let parent: String
    let phase: Profile.Phase
    /// What cannot be found is looked for again and again.
    let occurrence: Int
  }

  var keys: [Key] {
    var counts: [Key: Int] = [:]
    return records.map { record in
      let first = Key(
        name: record.name, parent: record.parent.map { records[$0].name } ?? "",
        phase: record.phase, occurrence: 0)
      let count = counts[first, default: 0]
      counts[first] = count + 1
      return Key(name: first.name, parent: first.parent, phase: first.phase, occurrence: count)
    }
  }
}

extension Datum {
  /// Of a number of nanoseconds.
  fileprivate var microseconds: Int? {
    guard case .integer(let number) = content else { return nil }
    return Int(number / 1000)
  }
}

extension Profile.Spread {
  /// - Parameter values: not empty.
  init(_ values: [Int]) {
    self.init(
      median: middle(of: values), least: values.min() ?? 0, most: values.max() ?? 0)
  }
}

/// The middle one; of two the lower.
func middle(of values: [Int]) -> Int {
  values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
}

/// How far values lie from their middle: the median of the distances.
func medianDeviation(of values: [Int]) -> Int {
  let center = middle(of: values)
  return middle(of: values.map { abs($0 - center) })
}
