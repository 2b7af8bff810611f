import Model
package import Text

extension YAMLOutline {
  /// A JSON document as it is written. Throws what `JSON.read` throws.
  package init(json bytes: [UInt8], path: String) throws(MalformedText) {
    let lines = LineTable(bytes, path: path)
    self.init(try JSON.read(bytes, path: path), bytes, lines)
  }

  /// The text is sound, as it was read.
  private init(_ datum: Datum, _ bytes: [UInt8], _ lines: LineTable) {
    let start = lines.offset(of: datum.location)
    let content: Content
    let end: Int
    switch datum.content {
    case .table(let table):
      let entries = table.entries.map { entry in
        let start = lines.offset(of: entry.keyLocation)
        return Entry(
          key: entry.key, keyRange: start..<Self.endOfString(at: start, bytes),
          value: YAMLOutline(entry.value, bytes, lines))
      }
      content = .mapping(entries)
      let last = entries.last?.value.range.upperBound ?? start + 1
      end = Self.next(UInt8(ascii: "}"), from: last, bytes)
    case .array(let elements):
      let nodes = elements.map { YAMLOutline($0, bytes, lines) }
      content = .sequence(nodes)
      let last = nodes.last?.range.upperBound ?? start + 1
      end = Self.next(UInt8(ascii: "]"), from: last, bytes)
    case .string(let text):
      content = .scalar(text)
      end = Self.endOfString(at: start, bytes)
    case .integer, .float, .boolean, .null, .dateTime:
      end =
        bytes[start...].firstIndex { [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D].contains($0) }
        ?? bytes.count
      content = .scalar(String(decoding: bytes[start..<end], as: UTF8.self))
    }
    self.init(content: content, range: start..<end, isFlow: true)
  }

  /// Behind the bracket that is next but for blanks.
  private static func next(_ bracket: UInt8, from start: Int, _ bytes: [UInt8]) -> Int {
    (bytes[start...].firstIndex(of: bracket) ?? bytes.count - 1) + 1
  }

  private static func endOfString(at start: Int, _ bytes: [UInt8]) -> Int {
    var offset = start + 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(offset + 1, bytes.count)
  }
}
