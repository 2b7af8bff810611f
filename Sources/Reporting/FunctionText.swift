import Model
import Text

/// The text of one function of a report, whose many small rows (nodes and entries) are read without
/// making a value of each of their parts first.
///
/// It understands what `ReportDocument` writes, with whatever blanks. Of anything else it says that it
/// is unusual, and never what is wrong with it: that `ReportReader` finds in the whole document.
struct FunctionText {
  /// Something that only a general reader can judge.
  struct Unusual: Error {}

  private let bytes: [UInt8]
  private var offset = 0
  private var pool: TextPool

  /// - Parameter pool: what earlier functions had.
  static func read(
    _ bytes: [UInt8], pool: inout TextPool
  ) throws(Unusual) -> Report.Function {
    // Not shared with the reader's, so that no text of it is copied.
    var reader = FunctionText(bytes, pool: pool)
    pool = TextPool()
    defer { pool = reader.pool }
    return try reader.function()
  }

  private init(_ bytes: [UInt8], pool: TextPool) {
    self.bytes = bytes
    self.pool = pool
  }

  private mutating func function() throws(Unusual) -> Report.Function {
    // All but the rows is small; it is read like any document.
    var head: [UInt8] = []
    var files: [String]?
    var nodes: [Report.Node]?
    var entries: [Report.Entry]?
    try expect("{")
    repeat {
      skipSpace()
      let start = offset
      let key = try quoted()
      try expect(":")
      if isKey(key, "files") {
        guard files == nil else { throw Unusual() }
        files = try rows { (reader) throws(Unusual) in try reader.text() }
      } else if isKey(key, "nodes") {
        // Places name files by their positions.
        guard nodes == nil, let files else { throw Unusual() }
        nodes = try rows { (reader) throws(Unusual) in try reader.node(files) }
      } else if isKey(key, "entries") {
        guard entries == nil else { throw Unusual() }
        entries = try rows { (reader) throws(Unusual) in try reader.entry() }
      } else {
        try skipValue()
        head.append(UInt8(ascii: head.isEmpty ? "{" : ","))
        head += bytes[start..<offset]
      }
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect("}")
    skipSpace()
    guard let nodes, let entries, !head.isEmpty, offset == bytes.count else { throw Unusual() }
    head.append(UInt8(ascii: "}"))
    return try whole(head, nodes, entries)
  }

  private func whole(
    _ head: [UInt8], _ nodes: [Report.Node], _ entries: [Report.Entry]
  ) throws(Unusual) -> Report.Function {
    let fields: Fields
    let distributions: Int
    do {
      fields = try Fields(try JSON.read(head, path: ""))
      distributions = try fields.array("distributions").count
    } catch {
      throw Unusual()
    }
    for node in nodes {
      guard node.distribution ?? -1 < distributions, node.dominator ?? -1 < nodes.count,
        node.arrival?.from ?? -1 < nodes.count
      else { throw Unusual() }
    }
    for entry in entries where entry.node ?? -1 >= nodes.count { throw Unusual() }
    do throws(Misfit) {
      return try ReportReader.function(fields, nodes: nodes, entries: entries)
    } catch {
      throw Unusual()
    }
  }

  // MARK: Rows

  private static let nodeKeys = keys([
    "name", "kind", "distribution", "unzipped", "zipped", "retained", "retainedZipped", "dominator",
    "from", "reason", "at", "source", "note",
  ])
  private static let entryKeys = keys([
    "path", "unzipped", "zipped", "distribution", "reason", "node",
  ])

  /// With the quotes that a document has around them.
  private static func keys(_ names: [String]) -> [[UInt8]] { names.map { Array("\"\($0)\"".utf8) } }

  private mutating func node(_ files: [String]) throws(Unusual) -> Report.Node {
    var name: String?
    var kind: Node.Kind?
    var reason: EdgeKind?
    var place: SourceLocation?
    var line: String?
    var note: String?
    // As in `nodeKeys`; -1 for what there is not.
    var numbers = (-1, -1, -1, -1, -1, -1, -1)
    try row(Self.nodeKeys) { (key, reader) throws(Unusual) in
      switch key {
      case 0: name = try reader.text()
      case 1: kind = Node.Kind(name: try reader.text())
      case 2: numbers.0 = try reader.number()
      case 3: numbers.1 = try reader.number()
      case 4: numbers.2 = try reader.number()
      case 5: numbers.3 = try reader.number()
      case 6: numbers.4 = try reader.number()
      case 7: numbers.5 = try reader.number()
      case 8: numbers.6 = try reader.number()
      case 9: reason = EdgeKind(name: try reader.text())
      case 10: place = try reader.place(files)
      case 11: line = try reader.text()
      default: note = try reader.text()
      }
    }
    let (distribution, unzipped, zipped, retained, retainedZipped, dominator, from) = numbers
    guard let name, let kind, unzipped >= 0, zipped >= 0, retained >= 0, retainedZipped >= 0,
      from < 0 || reason != nil
    else { throw Unusual() }
    return Report.Node(
      name: name, kind: kind, distribution: distribution < 0 ? nil : distribution,
      unzipped: unzipped, zipped: zipped, retained: retained, retainedZipped: retainedZipped,
      dominator: dominator < 0 ? nil : dominator,
      arrival: from < 0
        ? nil
        : reason.map {
          Report.Node.Arrival(from: from, kind: $0, location: place, line: line, note: note)
        })
  }

  /// `"at": [file, line, column]`
  private mutating func place(_ files: [String]) throws(Unusual) -> SourceLocation {
    let numbers = try rows { (reader) throws(Unusual) in try reader.number() }
    guard let file = numbers.first, file < files.count, numbers.count <= 3,
      numbers.allSatisfy({ $0 < 1 << 32 })
    else { throw Unusual() }
    return SourceLocation(
      path: files[file], line: numbers.count > 1 ? numbers[1] : 0,
      column: numbers.count > 2 ? numbers[2] : 0)
  }

  private mutating func entry() throws(Unusual) -> Report.Entry {
    var path: String?
    var distribution: String?
    var reason: Plan.Reason?
    var numbers = (unzipped: -1, zipped: -1, node: -1)
    try row(Self.entryKeys) { (key, reader) throws(Unusual) in
      switch key {
      case 0: path = try reader.text()
      case 1: numbers.unzipped = try reader.number()
      case 2: numbers.zipped = try reader.number()
      case 3: if !reader.takeNull() { distribution = try reader.text() }
      case 4: reason = Plan.Reason(name: try reader.text())
      default: numbers.node = try reader.number()
      }
    }
    guard let path, let reason, numbers.unzipped >= 0, numbers.zipped >= 0 else { throw Unusual() }
    return Report.Entry(
      path: RelativePath(path), unzipped: numbers.unzipped, zipped: numbers.zipped,
      distribution: distribution, reason: reason, node: numbers.node < 0 ? nil : numbers.node)
  }

  /// An object with some of `keys`, each at most once, in their order.
  private mutating func row(
    _ keys: [[UInt8]], _ value: (Int, inout FunctionText) throws(Unusual) -> Void
  ) throws(Unusual) {
    try expect("{")
    var next = 0
    repeat {
      skipSpace()
      while next < keys.count, !isAt(keys[next]) { next += 1 }
      guard next < keys.count else { throw Unusual() }
      offset += keys[next].count
      try expect(":")
      skipSpace()
      try value(next, &self)
      next += 1
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect("}")
  }

  private mutating func rows<Row>(
    _ row: (inout FunctionText) throws(Unusual) -> Row
  ) throws(Unusual) -> [Row] {
    try expect("[")
    skipSpace()
    if take(UInt8(ascii: "]")) { return [] }
    var rows: [Row] = []
    repeat {
      skipSpace()
      rows.append(try row(&self))
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect("]")
    return rows
  }

  // MARK: Tokens

  private mutating func number() throws(Unusual) -> Int {
    let start = offset
    var number = 0
    while offset < bytes.count, bytes[offset] &- 0x30 < 10 {
      number = number &* 10 &+ Int(bytes[offset] &- 0x30)
      offset += 1
    }
    // Larger ones, and leading zeros, are for others to judge.
    guard offset > start, offset - start <= 15, bytes[start] != 0x30 || offset == start + 1 else {
      throw Unusual()
    }
    return number
  }

  private mutating func text() throws(Unusual) -> String {
    let range = try quoted()
    var isPlain = true
    for index in range where bytes[index] >= 0x80 || bytes[index] == UInt8(ascii: "\\") {
      isPlain = false
    }
    if isPlain { return pool.text(bytes, range) }
    let whole = Array(bytes[(range.lowerBound - 1)...range.upperBound])
    guard let text = try? JSON.read(whole, path: "").string else { throw Unusual() }
    return text
  }

  /// What stands between two quotes; behind the second one afterwards.
  private mutating func quoted() throws(Unusual) -> Range<Int> {
    guard take(UInt8(ascii: "\"")) else { throw Unusual() }
    let start = offset
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return start..<(offset - 1)
      case UInt8(ascii: "\\"): offset += 2
      case 0..<0x20: throw Unusual()
      default: offset += 1
      }
    }
    throw Unusual()
  }

  private mutating func skipValue() throws(Unusual) {
    var depth = 0
    repeat {
      skipSpace()
      guard offset < bytes.count else { throw Unusual() }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        _ = try quoted()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default:
        // A comma or a colon within; else a number or a word.
        if depth == 0 {
          while offset < bytes.count, !Self.endsWord(bytes[offset]) { offset += 1 }
          return
        }
      }
      offset += 1
    } while depth > 0
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")
  }

  private mutating func takeNull() -> Bool {
    guard isAt(Self.null) else { return false }
    offset += Self.null.count
    return true
  }

  private static let null = Array("null".utf8)

  private func isKey(_ range: Range<Int>, _ name: StaticString) -> Bool {
    bytes[range].elementsEqual(name.description.utf8)
  }

  private func isAt(_ expected: [UInt8]) -> Bool {
    guard offset + expected.count <= bytes.count else { return false }
    for index in expected.indices where bytes[offset + index] != expected[index] { return false }
    return true
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ byte: Unicode.Scalar) throws(Unusual) {
    skipSpace()
    guard take(UInt8(ascii: byte)) else { throw Unusual() }
  }

  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }
}
