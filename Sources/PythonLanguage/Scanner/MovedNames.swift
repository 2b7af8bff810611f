import Model

/// Takes names of an import statement to another module, and leaves what a person has written as it is:
///
///     from shared import (
///         Frame,  # the table
///         percent as share,
///     )
///
/// of which `Frame` is in `shared.frames` now:
///
///     from shared import (
///         percent as share,
///     )
///     from shared.frames import Frame  # the table
struct MovedNames {
  private struct Word {
    let text: String
    let start: Int
    let end: Int
  }

  /// One name, with its alias; bytes of the statement.
  private struct Item {
    let name: Word
    let alias: Word?
    var start: Int { name.start }
    var end: Int { alias?.end ?? name.end }
  }

  private let text: [UInt8]
  private var words: [Word] = []
  private var comments: [Range<Int>] = []
  private var hasBackslash = false

  /// - Parameter rows: the statement's lines.
  init(_ rows: some Sequence<[UInt8]>) {
    text = Array(rows.joined(separator: [UInt8(ascii: "\n")]))
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "#"):
        let end = text[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
        comments.append(index..<end)
        index = end
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: index += 1
      case UInt8(ascii: "\\"):
        hasBackslash = true
        index += 1
      case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"):
        words.append(
          Word(text: String(UnicodeScalar(text[index])), start: index, end: index + 1))
        index += 1
      default:
        let end =
          text[index...].firstIndex { " \t\u{0C}\r\n,()#\\".utf8.contains($0) } ?? text.count
        words.append(
          Word(text: String(decoding: text[index..<end], as: UTF8.self), start: index, end: end))
        index = end
      }
    }
  }

  /// The lines that take the statement's place; nil where they cannot be written without losing
  /// something.
  ///
  /// - Parameters:
  ///   - moved: by the name that is imported, its name in `module`.
  ///   - line: makes a statement that imports names from `module`.
  func lines(
    moving moved: [String: String], to module: String,
    line: ([ImportStatement.Name], String?) -> String
  ) -> [String]? {
    guard !hasBackslash, words.count > 3, words[0].text == "from", words[2].text == "import" else {
      return nil
    }
    let items = items(from: 3)
    let going = items.filter { moved[$0.name.text] != nil }
    var changes: [(range: Range<Int>, with: String)] = []
    var added: [String] = []
    if going.count == items.count {
      changes.append((words[1].start..<words[1].end, module))
      for item in going {
        guard let name = moved[item.name.text], name != item.name.text else { continue }
        let known = item.alias == nil ? " as \(item.name.text)" : ""
        changes.append((item.name.start..<item.name.end, name + known))
      }
    } else {
      let names = going.map { item in
        let name = moved[item.name.text] ?? item.name.text
        let known = item.alias?.text ?? item.name.text
        return ImportStatement.Name(name: name, alias: known == name ? nil : known)
      }
      let (removals, notes) = removals(of: going, among: items)
      changes += removals.map { ($0, "") }
      added = [line(names, module) + (notes.isEmpty ? "" : "  " + notes.joined(separator: " "))]
    }
    var result: [UInt8] = []
    var position = 0
    for change in changes.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      result += text[position..<change.range.lowerBound] + Array(change.with.utf8)
      position = change.range.upperBound
    }
    result += text[position...]
    var rows = result.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let indentation = String(
      decoding: text.prefix { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
    let ending = rows.last?.utf8.last == 0x0D ? "\r" : ""
    rows += added.map { indentation + $0 + ending }
    return rows
  }

  private func items(from first: Int) -> [Item] {
    words[first...].filter { $0.text != "(" && $0.text != ")" }
      .split(whereSeparator: { $0.text == "," }).compactMap { part in
        let part = Array(part)
        guard let name = part.first else { return nil }
        return Item(name: name, alias: part.count == 3 ? part[2] : nil)
      }
  }

  /// What goes with those items: their commas, and lines that have nothing else, whose comments are
  /// theirs.
  private func removals(
    of going: [Item], among items: [Item]
  ) -> (ranges: [Range<Int>], notes: [String]) {
    var ranges: [Range<Int>] = []
    var notes: [String] = []
    for (index, item) in items.enumerated() where going.contains(where: { $0.start == item.start })
    {
      var end = item.end
      if let comma = words.first(where: { $0.start >= item.end }), comma.text == "," {
        end = comma.end
        while end < text.count, text[end] == 0x20 || text[end] == 0x09 { end += 1 }
        if end < text.count, text[end] == 0x0A || text[end] == 0x0D || text[end] == 0x23 {
          end = comma.end
        }
        ranges.append(item.start..<end)
      } else {
        // The last one: the comma before it goes too, where no comment stands between.
        let staying = items[..<index].last { one in !going.contains { $0.start == one.start } }
        let from = staying?.end ?? item.start
        let isPlain = !text[from..<item.start].contains { $0 == 0x0A || $0 == 0x23 }
        ranges.append((isPlain ? from : item.start)..<end)
      }
    }
    ranges = merged(ranges).map { range in
      // What stood before it at the end of a line would leave a blank there.
      let isLast =
        range.upperBound == text.count || [0x0A, 0x0D].contains(text[range.upperBound])
      var start = range.lowerBound
      while isLast, start > 0, text[start - 1] == 0x20 || text[start - 1] == 0x09 { start -= 1 }
      return start..<range.upperBound
    }
    // Lines of which nothing but a comment is left.
    var start = 0
    for row in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let range = start..<(start + row.count)
      start = range.upperBound + 1
      guard let touched = ranges.first(where: { $0.overlaps(range) }) else { continue }
      let comment = comments.first { range.contains($0.lowerBound) }
      let rest = range.filter { position in
        !touched.contains(position) && !(comment?.contains(position) ?? false)
          && ![0x20, 0x09, 0x0D].contains(text[position])
          && !ranges.contains { $0.contains(position) }
      }
      guard rest.isEmpty else { continue }
      if let comment { notes.append(String(decoding: text[comment], as: UTF8.self)) }
      ranges.append(range.lowerBound..<min(range.upperBound + 1, text.count))
    }
    return (merged(ranges), notes)
  }

  private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

extension PythonLanguage {
  package func lines(
    of statement: ClosedRange<Int>, in bytes: [UInt8], moving moved: [String: String],
    to module: String
  ) -> [String]? {
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map(Array.init)
    guard statement.upperBound <= rows.count else { return nil }
    return MovedNames(rows[(statement.lowerBound - 1)..<statement.upperBound]).lines(
      moving: moved, to: module, line: line(importing:from:))
  }
}
