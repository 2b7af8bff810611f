import Files
package import Model
import Zip

/// What files ask for, kept between runs: a file that is as it was is neither read nor scanned.
///
/// Facts depend on a file's bytes and on the scanner. The folder is named for pare's own file, so
/// that a changed scanner never meets what an older one found.
package struct FactsMemory: Sendable {
  private let memory: FileMemory

  /// `began`: when the run did, as `System.clock()`.
  package init(_ cache: Cache?, project: String, began: Int64) {
    var tool = "\(Cache.formatVersion)"
    if let path = FileSystem.realPath("/proc/self/exe"), let key = StatKey(ifPresent: path) {
      tool += " \(path) \(key.size) \(key.modified) \(key.inode)"
    }
    let name = SHA256.digest(of: Array(tool.utf8)).hex.prefix(16)
    memory = FileMemory(cache, project: project, topic: "facts-\(name)", began: began)
  }

  package func recall(
    _ file: FileID, role: FileRole, question: ScanRequest.Question = .everything, language: String,
    _ store: Store
  ) -> SourceFacts? {
    guard !memory.isEmpty, let key = store.key(of: file) else { return nil }
    return memory.recall(Self.name(file, role, question, language, store), key) {
      SourceFacts(encoded: $0.copy()[...])
    }
  }

  package func record(
    _ facts: SourceFacts, of file: FileID, role: FileRole,
    question: ScanRequest.Question = .everything, language: String, _ store: Store
  ) {
    guard memory.isKept, let key = store.key(of: file) else { return }
    memory.record(Self.name(file, role, question, language, store), key, facts.encoded())
  }

  package func save() { memory.save() }

  private static func name(
    _ file: FileID, _ role: FileRole, _ question: ScanRequest.Question, _ language: String,
    _ store: Store
  ) -> String {
    var name = "\(language) \(role.rawValue) \(store.name(of: file))"
    switch question {
    case .everything: break
    case .definitions: name += "\0definitions"
    case .calls(let callees):
      for callee in callees {
        name +=
          "\0\(callee.form.rawValue) \(callee.position ?? -1) \(callee.name) \(callee.keyword)"
      }
    }
    return name
  }
}

extension SourceFacts {
  /// Flat: counts, then one array after the other. Read back by `init(encoded:)` of the same build.
  fileprivate func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + requests.count * 40 + members.count * 8 + 64)
    bytes.append(number32: UInt32(text.count))
    bytes.append(number32: UInt32(requests.count))
    bytes.append(number32: UInt32(members.count))
    bytes.append(number32: UInt32(guards.count))
    bytes.append(number32: UInt32(problems.count))
    bytes.append(number32: marks.rawValue)
    switch binary {
    case nil: bytes.append(number32: 0)
    case let binary?:
      let architecture: UInt32 =
        binary.architecture.flatMap { Architecture.allCases.firstIndex(of: $0) }.map {
          UInt32($0) + 1
        } ?? 0
      bytes.append(
        number32: 1 | UInt32(binary.format.rawValue) << 8 | architecture << 16
          | UInt32(binary.glibc ?? 0) << 24)
    }
    bytes += text
    for request in requests {
      bytes.append(
        number32: UInt32(request.form.rawValue) | UInt32(request.kind.rawValue) << 8
          | UInt32(request.level) << 16)
      bytes.append(number32: request.guardIndex.map { UInt32($0) } ?? .max)
      bytes.append(number32: request.row.map { UInt32($0) } ?? .max)
      bytes.append(range: request.name)
      bytes.append(number32: request.members.lowerBound)
      bytes.append(number32: request.members.upperBound)
      bytes.append(number32: request.line)
      bytes.append(number32: request.column)
    }
    for member in members { bytes.append(range: member) }
    for condition in guards { bytes.append(condition: condition) }
    if let exports {
      bytes.append(number32: UInt32(exports.rows.count))
      for row in exports.rows + [exports.ownNames] {
        bytes.append(number32: row.lowerBound)
        bytes.append(number32: row.upperBound)
      }
    } else {
      bytes.append(number32: .max)
    }
    for names in [registrars, classes] {
      bytes.append(number32: UInt32(names.count))
      for name in names { bytes.append(range: name) }
    }
    bytes.append(number32: definitions == nil ? 0 : 1)
    if let definitions { bytes.append(definitions: definitions) }
    for problem in problems {
      bytes.append(string: problem.code)
      bytes.append(string: problem.message)
      bytes.append(number32: problem.line)
      bytes.append(number32: problem.column)
    }
    return bytes
  }

  /// Nil where something is not as `encoded()` writes it.
  fileprivate init?(encoded bytes: ArraySlice<UInt8>) {
    self.init()
    var reader = FactsReader(bytes: bytes)
    let counts = (0..<5).map { _ in Int(reader.number()) }
    guard counts.allSatisfy({ $0 <= bytes.count }) else { return nil }
    marks = Marks(rawValue: reader.number())
    let binary = reader.number()
    if binary & 1 == 1 {
      guard let format = Binary.Format(rawValue: UInt8(truncatingIfNeeded: binary >> 8)) else {
        return nil
      }
      let position = Int(binary >> 16 & 0xFF)
      let glibc = UInt8(binary >> 24)
      guard position <= Architecture.allCases.count else { return nil }
      self.binary = Binary(
        format: format, architecture: position == 0 ? nil : Architecture.allCases[position - 1],
        glibc: glibc == 0 ? nil : glibc)
    }
    text = reader.take(counts[0])
    requests.reserveCapacity(counts[1])
    for _ in 0..<counts[1] {
      let head = reader.number()
      let guardIndex = reader.number()
      let row = reader.number()
      let name = reader.range()
      let lower = reader.number()
      let upper = reader.number()
      let line = reader.number()
      let column = reader.number()
      guard let form = Request.Form(rawValue: UInt8(truncatingIfNeeded: head)),
        let kind = ImportKind(rawValue: UInt8(truncatingIfNeeded: head >> 8)), lower <= upper
      else { return nil }
      var request = Request(
        form, kind: kind, level: UInt16(truncatingIfNeeded: head >> 16),
        guardIndex: guardIndex == .max ? nil : UInt16(truncatingIfNeeded: guardIndex),
        name: name, members: lower..<upper, line: line, column: column)
      if row != .max { request.row = UInt16(truncatingIfNeeded: row) }
      requests.append(request)
    }
    members.reserveCapacity(counts[2])
    for _ in 0..<counts[2] { members.append(reader.range()) }
    for _ in 0..<counts[3] {
      guard let condition = reader.condition(depth: 0) else { return nil }
      guards.append(condition)
    }
    let rows = reader.number()
    if rows != .max {
      guard rows <= bytes.count else { return nil }
      var exports = Exports()
      for position in 0...rows {
        let lower = reader.number()
        let upper = reader.number()
        guard lower <= upper else { return nil }
        if position < rows {
          exports.rows.append(lower..<upper)
        } else {
          exports.ownNames = lower..<upper
        }
      }
      self.exports = exports
    }
    for _ in 0..<reader.number() where !reader.isPastEnd { registrars.append(reader.range()) }
    for _ in 0..<reader.number() where !reader.isPastEnd { classes.append(reader.range()) }
    if reader.number() == 1 {
      guard let read = reader.definitions() else { return nil }
      definitions = read
    }
    for _ in 0..<counts[4] {
      let code = reader.string()
      let message = reader.string()
      let line = reader.number()
      problems.append(Problem(code, message, line: line, column: reader.number()))
    }
    guard !reader.isPastEnd, reader.position == bytes.endIndex else { return nil }
  }
}

extension [UInt8] {
  mutating func append(range: TextRange) {
    append(number32: UInt32(range.start))
    append(number32: UInt32(range.count))
  }

  fileprivate mutating func append(string: String) {
    append(number32: UInt32(string.utf8.count))
    self += string.utf8
  }

  fileprivate mutating func append(condition: Guard) {
    switch condition {
    case .unknown: append(0)
    case .constant(let value): self += [1, value ? 1 : 0]
    case .version(let comparison, let parts):
      self += [2, comparison.rawValue]
      append(number32: UInt32(parts.count))
      for part in parts { append(number64: UInt64(bitPattern: Int64(part))) }
    case .platform(let text):
      append(3)
      append(string: text)
    case .osName(let text):
      append(4)
      append(string: text)
    case .system(let text):
      append(5)
      append(string: text)
    case .implementation(let text):
      append(6)
      append(string: text)
    case .unavailable(let names):
      append(7)
      append(number32: UInt32(names.count))
      for name in names { append(string: name) }
    case .main: append(11)
    case .not(let inner):
      append(8)
      append(condition: inner)
    case .all(let inner):
      append(9)
      append(number32: UInt32(inner.count))
      for condition in inner { append(condition: condition) }
    case .any(let inner):
      append(10)
      append(number32: UInt32(inner.count))
      for condition in inner { append(condition: condition) }
    }
  }
}

/// Gives zeros past the end, and remembers that it was asked for them.
struct FactsReader {
  let bytes: ArraySlice<UInt8>
  var position: Int
  var isPastEnd = false

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  private mutating func advance(_ count: Int) -> Int? {
    guard count <= bytes.endIndex - position else {
      isPastEnd = true
      return nil
    }
    defer { position += count }
    return position
  }

  mutating func byte() -> UInt8 { advance(1).map { bytes[$0] } ?? 0 }

  mutating func number() -> UInt32 {
    guard let start = advance(4) else { return 0 }
    return bytes.span.number32(start - bytes.startIndex)
  }

  mutating func range() -> TextRange {
    let start = Int(number())
    return TextRange(start: start, count: Int(number()))
  }

  mutating func take(_ count: Int) -> [UInt8] {
    guard let start = advance(count) else { return [] }
    return Array(bytes[start..<start + count])
  }

  mutating func string() -> String { String(decoding: take(Int(number())), as: UTF8.self) }

  mutating func condition(depth: Int) -> Guard? {
    guard depth < 200, !isPastEnd else { return nil }
    switch byte() {
    case 0: return .unknown
    case 1: return .constant(byte() == 1)
    case 2:
      guard let comparison = Guard.Comparison(rawValue: byte()) else { return nil }
      var parts: [Int] = []
      for _ in 0..<number() where !isPastEnd {
        let low = UInt64(number())
        parts.append(Int(Int64(bitPattern: low | UInt64(number()) << 32)))
      }
      return .version(comparison, parts)
    case 3: return .platform(string())
    case 4: return .osName(string())
    case 5: return .system(string())
    case 6: return .implementation(string())
    case 7:
      var names: [String] = []
      for _ in 0..<number() where !isPastEnd { names.append(string()) }
      return .unavailable(names)
    case 8: return condition(depth: depth + 1).map { .not($0) }
    case 9: return conditions(depth: depth).map { .all($0) }
    case 10: return conditions(depth: depth).map { .any($0) }
    case 11: return .main
    default: return nil
    }
  }

  private mutating func conditions(depth: Int) -> [Guard]? {
    var all: [Guard] = []
    for _ in 0..<number() {
      guard let condition = condition(depth: depth + 1) else { return nil }
      all.append(condition)
    }
    return all
  }
}
