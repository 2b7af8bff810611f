import Model
import Text

/// Where two answers differ first.
package struct AnswerDifference: Hashable, Sendable {
  /// As JSONPath writes it (RFC 9535): `$.rows[3].total`.
  package let path: String
  /// What the archive has there, shortened; nil where it has nothing.
  package let archived: String?
  /// The same of the whole environment.
  package let whole: String?
}

/// How exactly answers are compared.
enum AnswerComparison {
  case values
  /// Types and keys only: what is left of an answer that differs from run to run.
  case shape

  /// Nil where the two say the same. Of objects the order of keys says nothing (RFC 8259, section 4);
  /// what is no JSON (`NaN`) is compared as it stands.
  func difference(archived: String, whole: String) -> AnswerDifference? {
    if archived == whole { return nil }
    guard let first = try? JSON.read(Array(archived.utf8), path: "answer"),
      let second = try? JSON.read(Array(whole.utf8), path: "answer")
    else {
      guard self == .values else { return nil }
      return AnswerDifference(
        path: "$", archived: shortened(archived), whole: shortened(whole))
    }
    return difference(first, second, at: "$")
  }

  private func difference(_ first: Datum, _ second: Datum, at path: String) -> AnswerDifference? {
    switch (first.content, second.content) {
    case (.table(let one), .table(let other)):
      for entry in one.entries {
        let place = path + step(entry.key)
        guard let value = other[entry.key] else {
          return AnswerDifference(path: place, archived: text(entry.value), whole: nil)
        }
        if let found = difference(entry.value, value, at: place) { return found }
      }
      return other.entries.first { one[$0.key] == nil }.map {
        AnswerDifference(path: path + step($0.key), archived: nil, whole: text($0.value))
      }
    case (.array(let one), .array(let other)):
      for (index, pair) in zip(one, other).enumerated() {
        if let found = difference(pair.0, pair.1, at: "\(path)[\(index)]") { return found }
      }
      // How many there are differs from run to run as well.
      guard one.count != other.count, self == .values else { return nil }
      let index = min(one.count, other.count)
      return AnswerDifference(
        path: "\(path)[\(index)]", archived: index < one.count ? text(one[index]) : nil,
        whole: index < other.count ? text(other[index]) : nil)
    default:
      let isSame =
        self == .values
        ? first.content == second.content : first.content.shape == second.content.shape
      return isSame
        ? nil : AnswerDifference(path: path, archived: text(first), whole: text(second))
    }
  }

  /// `.total`, `['unit price']`
  private func step(_ key: String) -> String {
    let isPlain =
      key.utf8.first.map { !($0 >= 0x30 && $0 <= 0x39) } ?? false
      && key.utf8.allSatisfy { byte in
        byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
          || byte == UInt8(ascii: "_")
      }
    if isPlain { return ".\(key)" }
    let escaped = key.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return "['\(escaped)']"
  }

  private func text(_ datum: Datum) -> String { shortened(datum.json) }
}

/// At most 60 characters of it.
func shortened(_ text: String) -> String {
  text.count <= 60 ? text : text.prefix(59) + "…"
}

extension Datum.Content {
  /// What two values that differ from run to run have in common: an integer may be a float next time.
  fileprivate var shape: Int {
    switch self {
    case .string, .dateTime: 0
    case .integer, .float: 1
    case .boolean: 2
    case .null: 3
    case .array: 4
    case .table: 5
    }
  }
}

extension Datum {
  /// On one line.
  fileprivate var json: String {
    switch content {
    case .string(let text): tomlText(text)
    case .integer(let number): String(number)
    case .float(let number): String(number)
    case .boolean(let flag): String(flag)
    case .null: "null"
    case .dateTime: "a date"
    case .array(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .table(let table):
      "{" + table.entries.map { "\(tomlText($0.key)): \($0.value.json)" }.joined(separator: ", ")
        + "}"
    }
  }
}
