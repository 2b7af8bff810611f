package import Model

/// Files as they are and as they would be, as `diff -u` shows it, so that `patch -p1` takes it.
package func unifiedDiff(_ application: Application, style: Style = .plain) -> String {
  application.files.map { unifiedDiff($0, style: style) }.joined()
}

private func unifiedDiff(_ file: Application.File, style: Style) -> String {
  let rows = file.before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  // What follows the last line end is no line.
  let count = rows.last == "" ? rows.count - 1 : rows.count
  var text =
    style.paint("--- a/\(printable(file.path))\n+++ b/\(printable(file.path))", .bold) + "\n"
  var shift = 0
  var index = 0
  while index < file.edits.count {
    // Edits whose surroundings meet are one hunk.
    var last = index
    while last + 1 < file.edits.count,
      file.edits[last + 1].lines.lowerBound - file.edits[last].lines.upperBound <= 2 * around
    {
      last += 1
    }
    let edits = file.edits[index...last]
    let first = max(file.edits[index].lines.lowerBound - around, 1)
    let end = min(file.edits[last].lines.upperBound + around, count)
    var body = ""
    var line = first
    var made = 0
    for edit in edits {
      while line < edit.lines.lowerBound {
        body += " " + shown(rows[line - 1]) + "\n"
        (line, made) = (line + 1, made + 1)
      }
      for (sign, row) in changes(edit) {
        let paint: Style.Paint? = sign == "-" ? .red : sign == "+" ? .green : nil
        body += (paint.map { style.paint(sign + shown(row), $0) } ?? sign + shown(row)) + "\n"
      }
      line = edit.lines.upperBound + 1
      made += edit.after.count
    }
    while line <= end {
      body += " " + shown(rows[line - 1]) + "\n"
      (line, made) = (line + 1, made + 1)
    }
    text +=
      style.paint("@@ -\(first),\(end - first + 1) +\(first + shift),\(made) @@", .cyan) + "\n"
    text += body
    shift += made - (end - first + 1)
    index = last + 1
  }
  return text
}

/// The lines of an edit as a diff has them: what it writes as it was is no change.
private func changes(_ edit: Edit) -> [(sign: String, row: String)] {
  let difference = edit.after.difference(from: edit.before)
  let removed = Set(difference.removals.map(\.offset))
  let inserted = Set(difference.insertions.map(\.offset))
  var rows: [(sign: String, row: String)] = []
  var (old, new) = (0, 0)
  while old < edit.before.count || new < edit.after.count {
    if removed.contains(old) {
      rows.append(("-", edit.before[old]))
      old += 1
    } else if inserted.contains(new) {
      rows.append(("+", edit.after[new]))
      new += 1
    } else {
      rows.append((" ", edit.before[old]))
      (old, new) = (old + 1, new + 1)
    }
  }
  return rows
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}

/// Lines that stay are shown around those that do not.
private let around = 3

/// As a terminal may be given it; the carriage return of a line's end is part of it.
private func shown(_ row: String) -> String {
  row.utf8.last == 0x0D ? printable(String(row.dropLast())) + "\r" : printable(row)
}
