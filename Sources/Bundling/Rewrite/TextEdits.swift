import YAML

/// Changes of a document in YAML or JSON at places that its outline names; all other bytes stay.
struct TextEdits {
  let bytes: [UInt8]
  let isJSON: Bool
  private var changes: [(range: Range<Int>, text: String)] = []

  init(_ bytes: [UInt8], isJSON: Bool) {
    self.bytes = bytes
    self.isJSON = isJSON
  }

  var isEmpty: Bool { changes.isEmpty }

  var result: [UInt8] {
    var result: [UInt8] = []
    var end = 0
    for change in changes.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      precondition(change.range.lowerBound >= end, "two changes of one place")
      result += bytes[end..<change.range.lowerBound] + Array(change.text.utf8)
      end = change.range.upperBound
    }
    return result + bytes[end...]
  }

  // MARK: Changes

  /// Sets what stands at the keys of `path` below a node. False where that cannot be done without
  /// changing what else the node says: where an alias or a merge brings a part of the path.
  mutating func set(
    _ path: ArraySlice<String>, below node: YAMLOutline, to value: String
  ) -> Bool {
    guard let key = path.first else {
      replace(node, with: value)
      return true
    }
    let rest = path.dropFirst()
    switch node.content {
    case .mapping(let entries):
      if let entry = node.entry(key) { return set(rest, below: entry.value, to: value) }
      if !rest.isEmpty, entries.contains(where: { $0.key == "<<" }) { return false }
      insert(self.entry(path, value), into: node)
      return true
    case .alias:
      guard rest.isEmpty else { return false }
      let name = String(decoding: bytes[node.range], as: UTF8.self)
      changes.append((node.range, "{ <<: \(name), \(entry(path, value)) }"))
      return true
    case .scalar(let text):
      guard ["", "~", "null"].contains(text) else { return false }
      replace(node, with: "{ \(entry(path, value)) }")
      return true
    case .sequence: return false
    }
  }

  /// The anchor stays, as others may name it.
  mutating func replace(_ node: YAMLOutline, with value: String) {
    let anchor = node.anchor.map { "&\($0) " } ?? ""
    // `Key:` alone has its value right behind the colon.
    let gap = node.range.isEmpty ? " " : ""
    changes.append((node.range, gap + anchor + value))
  }

  private mutating func insert(_ entry: String, into mapping: YAMLOutline) {
    guard let first = mapping.mapping?.first?.keyRange.lowerBound else {
      let close = mapping.range.upperBound - 1
      changes.append((close..<close, " \(entry) "))
      return
    }
    let lineStart = (bytes[..<first].lastIndex(of: 0x0A) ?? -1) + 1
    let before = bytes[lineStart..<first]
    let isFirstInLine = before.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    let indent =
      isFirstInLine
      ? String(decoding: before, as: UTF8.self) : String(repeating: " ", count: before.count)
    let lineBreak = lineStart > 1 && bytes[lineStart - 2] == 0x0D ? "\r\n" : "\n"
    let gap =
      mapping.isFlow ? (isFirstInLine ? ",\(lineBreak)\(indent)" : ", ") : lineBreak + indent
    changes.append((first..<first, entry + gap))
  }

  // MARK: Texts

  /// `Properties: { CodeUri: a.zip }`
  private func entry(_ path: ArraySlice<String>, _ value: String) -> String {
    guard let key = path.first else { return value }
    let rest = path.dropFirst()
    let inner = rest.isEmpty ? value : "{ \(entry(rest, value)) }"
    return "\(isJSON ? quoted(key) : key): \(inner)"
  }

  /// A text as a value: without quotes where it can be nothing else.
  func scalar(_ text: String) -> String {
    let isPlain =
      !isJSON && text.utf8.contains(UInt8(ascii: "/")) && text.utf8.first != UInt8(ascii: "-")
      && text.utf8.allSatisfy { byte in
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x2D && byte <= 0x39
          || byte == UInt8(ascii: "_")
      }
    return isPlain ? text : quoted(text)
  }

  /// As JSON has it, which YAML takes as well.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// `!Sub`, or its long form.
  func substitution(_ text: String) -> String {
    isJSON ? "{ \"Fn::Sub\": \(quoted(text)) }" : "!Sub \(quoted(text))"
  }
}
