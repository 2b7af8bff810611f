import Model
import Text

/// The functions' parts of a `report.json` that `ReportDocument` wrote, found without reading the rest:
/// a line's indentation says how deep it is, since no string has a line break in it.
package enum EarlierRows {
  package struct Row: Hashable, Sendable {
    package let name: String
    /// As the report has it: relative to the project where it lies inside.
    package let archive: String
    /// In the document: what `ReportDocument.rendered` made.
    package let bytes: Range<Int>
  }

  /// In the order of the document; nil where it is none of this schema, or not laid out as it is here.
  package static func find(in document: Span<UInt8>) -> [Row]? {
    let head = "{\n  \"schemaVersion\": \(Report.schemaVersion),\n  \"functions\": ["
    guard document.has(head, at: 0), document.has("\n}\n", at: document.count - 3) else {
      return nil
    }
    var rows: [Row] = []
    var position = head.utf8.count
    while document.has("\n    {\n", at: position) {
      let start = position + 5
      guard let name = document.text(of: "name", from: start),
        let end = document.next("\n    }", from: start),
        let archive = document.text(of: "archive", from: start)
      else { return nil }
      position = end + 6
      rows.append(Row(name: name, archive: archive, bytes: start..<position))
      if document.has(",", at: position) { position += 1 }
    }
    return document.has("\n  ],\n  \"diagnostics\": [", at: position) ? rows : nil
  }
}

extension Span where Element == UInt8 {
  fileprivate func has(_ text: String, at position: Int) -> Bool {
    guard position >= 0, position + text.utf8.count <= count else { return false }
    var position = position
    for byte in text.utf8 {
      if self[position] != byte { return false }
      position += 1
    }
    return true
  }

  /// Where a text that begins with a line break stands next.
  fileprivate func next(_ text: String, from start: Int) -> Int? {
    for position in start..<count where self[position] == UInt8(ascii: "\n") {
      if has(text, at: position) { return position }
    }
    return nil
  }

  /// A function's own key, which stands on a line of its own.
  fileprivate func text(of key: String, from start: Int) -> String? {
    let line = "\n      \"\(key)\": "
    guard let found = next(line, from: start) else { return nil }
    let value = found + line.utf8.count
    guard let end = next("\n", from: value), self[end - 1] == UInt8(ascii: ",") else { return nil }
    var bytes: [UInt8] = []
    for position in value..<end - 1 { bytes.append(self[position]) }
    return (try? JSON.read(bytes, path: "report.json"))?.string
  }
}
