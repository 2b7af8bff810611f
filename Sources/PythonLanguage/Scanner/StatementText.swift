package import Model

/// Reads one import statement for whoever wants to edit it:
///
///     from .frames import (   # a comment
///         daily_sales, sales_frame as frame,
///     )
enum StatementText {
  /// Nil where no import begins on that line, where another statement shares its lines, and for
  /// `from a import *`.
  static func importStatement(atLine line: Int, in text: [[UInt8]]) -> ImportStatement? {
    guard line >= 1, line <= text.count else { return nil }
    let blank = text[line - 1].prefix { $0 == 0x20 || $0 == 0x09 }
    var tokens: [String] = []
    var depth = 0
    var end = line - 1
    while end < text.count {
      let row = text[end]
      var index = end == line - 1 ? blank.count : 0
      var continues = false
      while index < row.count {
        switch row[index] {
        case UInt8(ascii: "#"): index = row.count
        case UInt8(ascii: "\\"):
          continues = true
          index += 1
        case 0x20, 0x09, 0x0C, 0x0D: index += 1
        case UInt8(ascii: "("), UInt8(ascii: ")"):
          depth += row[index] == UInt8(ascii: "(") ? 1 : -1
          index += 1
        case UInt8(ascii: ","), UInt8(ascii: "*"), UInt8(ascii: ";"), UInt8(ascii: ":"):
          tokens.append(String(UnicodeScalar(row[index])))
          index += 1
        default:
          let word = row[index...].prefix { !" \t\u{0C}\r,*;:()#\\".utf8.contains($0) }
          tokens.append(String(decoding: word, as: UTF8.self))
          index += word.count
        }
      }
      if depth <= 0, !continues { break }
      end += 1
    }
    guard end < text.count, !tokens.contains(";"), !tokens.contains(":"), !tokens.contains("*")
    else { return nil }
    var rest = tokens[...]
    var module: String?
    if rest.first == "from" {
      rest.removeFirst()
      // `from . frames import x` is `from .frames import x`.
      let words = rest.prefix { $0 != "import" }
      module = words.joined()
      rest = rest.dropFirst(words.count)
    }
    guard rest.popFirst() == "import" else { return nil }
    var names: [ImportStatement.Name] = []
    for part in rest.split(separator: ",") {
      let part = Array(part)
      guard part.count == 1 || part.count == 3 && part[1] == "as" else { return nil }
      names.append(.init(name: part[0], alias: part.count == 3 ? part[2] : nil))
    }
    guard !names.isEmpty, module?.isEmpty != true else { return nil }
    return ImportStatement(
      lines: line...end + 1, indentation: String(decoding: blank, as: UTF8.self), module: module,
      names: names)
  }

  /// The lines outside `skipped` that use a name, and the name of the `def` or `class` at the top level
  /// that each is in; nil for those in none. A name in quotes or behind a dot is no use.
  static func uses(
    of name: String, in text: [[UInt8]], skipping skipped: ClosedRange<Int>
  ) -> [(line: Int, definition: String?)] {
    let wanted = Array(name.utf8)
    var uses: [(line: Int, definition: String?)] = []
    var definition: String?
    for (index, row) in text.enumerated() where !skipped.contains(index + 1) {
      if let first = row.first, first != 0x20, first != 0x09, first != UInt8(ascii: "#"),
        first != UInt8(ascii: ")"), first != 0x0D
      {
        definition = definitionName(row)
      }
      if has(wanted, in: row) { uses.append((index + 1, definition)) }
    }
    return uses
  }

  /// The lines of `__all__` that list one of `names`, without them; nil where a line goes.
  static func exports(
    without names: [String], in text: [[UInt8]]
  ) -> [(line: Int, after: String?)] {
    guard let first = text.firstIndex(where: { $0.starts(with: "__all__".utf8) }) else { return [] }
    var changed: [(line: Int, after: String?)] = []
    for index in first..<text.count {
      let row = String(decoding: text[index], as: UTF8.self)
      var kept = row
      for name in names {
        for quoted in ["\"\(name)\"", "'\(name)'"] {
          for spelled in ["\(quoted), ", ", \(quoted)", "\(quoted),", quoted] {
            guard let range = kept.firstRange(of: spelled) else { continue }
            kept.removeSubrange(range)
            break
          }
        }
      }
      if kept != row {
        changed.append((index + 1, kept.allSatisfy(\.isWhitespace) ? nil : kept))
      }
      // A list ends with its bracket.
      if row.contains("]") || row.contains(")") { break }
    }
    return changed
  }

  private static func definitionName(_ row: [UInt8]) -> String? {
    let words = row.split { " \t(:[".utf8.contains($0) }.prefix(3).map {
      String(decoding: $0, as: UTF8.self)
    }
    switch words.first {
    case "def", "class": return words.count > 1 ? words[1] : nil
    case "async": return words.count > 2 ? words[2] : nil
    default: return nil
    }
  }

  private static func has(_ wanted: [UInt8], in row: [UInt8]) -> Bool {
    func isQuote(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
    func isPart(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
    var start = 0
    while start + wanted.count <= row.count {
      let end = start + wanted.count
      if row[start..<end].elementsEqual(wanted), end == row.count || !isPart(row[end]),
        start == 0 || !isPart(row[start - 1]) && row[start - 1] != UInt8(ascii: "."),
        start == 0 || end == row.count || row[start - 1] != row[end] || !isQuote(row[end])
      {
        return true
      }
      start += 1
    }
    return false
  }
}

extension PythonLanguage {
  package func importStatement(atLine line: Int, in bytes: [UInt8]) -> ImportStatement? {
    StatementText.importStatement(atLine: line, in: bytes.rows)
  }

  package func uses(
    of names: [String], in bytes: [UInt8], skipping lines: ClosedRange<Int>
  ) -> [String?] {
    let rows = bytes.rows
    return names.flatMap { StatementText.uses(of: $0, in: rows, skipping: lines) }
      .map(\.definition)
  }

  package func exports(
    without names: [String], in bytes: [UInt8]
  ) -> [(line: Int, after: String?)] {
    StatementText.exports(without: names, in: bytes.rows)
  }

  package func line(importing names: [ImportStatement.Name], from module: String?) -> String {
    let list = names.map { $0.name + ($0.alias.map { " as \($0)" } ?? "") }
      .joined(separator: ", ")
    return module.map { "from \($0) import \(list)" } ?? "import \(list)"
  }

  package var emptyStatement: String { "pass" }
}

extension [UInt8] {
  fileprivate var rows: [[UInt8]] {
    split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
  }
}
