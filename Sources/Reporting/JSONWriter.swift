/// Writes one JSON document piece by piece, indented, through a buffer that a sink empties; so that
/// a document need not fit into memory.
///
/// Keys come out in the order in which they are written. Whoever provides the sink remembers what
/// goes wrong with it.
package struct JSONWriter: ~Copyable {
  private var buffer: [UInt8] = []
  private let sink: ([UInt8]) -> Void
  private var isCompact: Bool
  /// For each open container: whether it has an element already.
  private var hasElement: [Bool] = []
  private var isAfterKey = false
  /// Nothing is handed out before all of it is there.
  private var isFragment = false

  /// Deeper than this no line is indented.
  private static let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 64)

  /// - Parameter isCompact: everything on one line, as JSON Lines wants it.
  package init(isCompact: Bool = false, sink: @escaping ([UInt8]) -> Void) {
    self.isCompact = isCompact
    self.sink = sink
    buffer.reserveCapacity(1 << 16)
  }

  /// The text of one value as it stands inside `depth` containers, for `rendered(_:)` of the writer
  /// whose document it belongs to: other threads can make parts of a document.
  package static func fragment(depth: Int, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter { _ in }
    json.isFragment = true
    json.hasElement = Array(repeating: true, count: depth)
    json.isAfterKey = true
    body(&json)
    return json.buffer
  }

  /// A value that `fragment` made.
  package mutating func rendered(_ fragment: [UInt8]) {
    beforeValue()
    drain()
    var start = 0
    while start < fragment.count {
      let end = min(start + 1 << 16, fragment.count)
      sink(Array(fragment[start..<end]))
      start = end
    }
  }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    beginObject()
    body(&self)
    endObject()
  }

  package mutating func object(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  /// What `body` writes stands on one line, without blanks: for tables of many small rows.
  package mutating func inLine(_ body: (inout JSONWriter) -> Void) {
    beforeValue()
    isAfterKey = true
    let wasCompact = isCompact
    isCompact = true
    body(&self)
    isCompact = wasCompact
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    beginArray()
    body(&self)
    endArray()
  }

  package mutating func array(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }

  package mutating func field(_ key: StaticString, _ value: String) {
    self.key(key)
    self.value(value)
  }

  package mutating func field(_ key: StaticString, _ value: String?) {
    self.key(key)
    if let value { self.value(value) } else { null() }
  }

  package mutating func field(_ key: StaticString, _ value: Int) {
    self.key(key)
    self.value(value)
  }

  package mutating func field(_ key: StaticString, _ value: Bool) {
    self.key(key)
    beforeValue()
    buffer.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// With at most six decimals, as shares need no more.
  package mutating func field(_ key: StaticString, _ value: Double) {
    self.key(key)
    beforeValue()
    buffer.append(contentsOf: decimal(value, places: 6).utf8)
  }

  /// Keys that are written in the source need no escapes.
  package mutating func key(_ key: StaticString) {
    beforeValue()
    buffer.append(UInt8(ascii: "\""))
    buffer.append(contentsOf: key.description.utf8)
    buffer.append(UInt8(ascii: "\""))
    endKey()
  }

  package mutating func key(_ key: String) {
    beforeValue()
    appendQuoted(key)
    endKey()
  }

  private mutating func endKey() {
    buffer.append(UInt8(ascii: ":"))
    if !isCompact { buffer.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  package mutating func value(_ value: String) {
    beforeValue()
    appendQuoted(value)
    drainIfFull()
  }

  package mutating func value(_ value: Int) {
    beforeValue()
    buffer.append(contentsOf: String(value).utf8)
  }

  package mutating func null() {
    beforeValue()
    buffer.append(contentsOf: "null".utf8)
  }

  /// Ends the document with a line break and hands out what is left; for JSON Lines, once per line.
  package mutating func endLine() {
    precondition(hasElement.isEmpty && !isAfterKey, "a JSON document ends before it is complete")
    buffer.append(UInt8(ascii: "\n"))
    drain()
  }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  private mutating func open(_ byte: UInt8) {
    beforeValue()
    buffer.append(byte)
    hasElement.append(false)
  }

  private mutating func close(_ byte: UInt8) {
    precondition(!isAfterKey, "a JSON key has no value")
    if hasElement.removeLast() { breakLine() }
    buffer.append(byte)
    drainIfFull()
  }

  private mutating func beforeValue() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    guard let last = hasElement.last else { return }
    if last { buffer.append(UInt8(ascii: ",")) }
    hasElement[hasElement.count - 1] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard !isCompact else { return }
    buffer.append(UInt8(ascii: "\n"))
    buffer.append(contentsOf: Self.blanks[..<min(hasElement.count * 2, Self.blanks.count)])
  }

  private mutating func drainIfFull() {
    if buffer.count >= 1 << 16, !isFragment { drain() }
  }

  private mutating func drain() {
    sink(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func appendQuoted(_ text: String) {
    buffer.append(UInt8(ascii: "\""))
    var isPlain = true
    for byte in text.utf8
    where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F {
      isPlain = false
      break
    }
    if isPlain {
      // Nearly always.
      buffer.append(contentsOf: text.utf8)
      buffer.append(UInt8(ascii: "\""))
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(byte)
      case UInt8(ascii: "\n"): buffer.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): buffer.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): buffer.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        buffer.append(contentsOf: "\\u00".utf8)
        buffer.append(digits[Int(byte >> 4)])
        buffer.append(digits[Int(byte & 15)])
      default: buffer.append(byte)
      }
    }
    buffer.append(UInt8(ascii: "\""))
  }
}
