package import Model

/// Diagnostics as compilers print them:
///
///     functions/checkout/handler.py:7:6: warning: no module named 'shop.prices' [unresolved-import]
///       7 | from shop.prices import total
///         |      ^~~~~~~~~~~
///       note: packages/shop has 'shop.pricing'
package func diagnosticText(_ diagnostics: [Diagnostic], style: Style = .plain) -> String {
  var text = ""
  for diagnostic in diagnostics { text += diagnosticText(diagnostic, style: style) }
  return text
}

package func diagnosticText(_ diagnostic: Diagnostic, style: Style = .plain) -> String {
  var text = ""
  if let location = diagnostic.location {
    text += style.paint(printable(describe(location)) + ": ", .bold)
  }
  let color: Style.Paint =
    switch diagnostic.severity {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  text += style.paint(diagnostic.severity.rawValue + ": ", .bold, color)
  text += style.paint(printable(diagnostic.message), .bold)
  text += style.paint(" [\(diagnostic.code)]", .dim) + "\n"
  if let excerpt = diagnostic.excerpt {
    text += excerptText(excerpt, line: diagnostic.location?.line, style: style)
  }
  for note in diagnostic.notes {
    text += "  " + style.paint(note.kind.rawValue + ": ", note.kind == .hint ? .green : .cyan)
    if let location = note.location { text += printable(describe(location)) + ": " }
    text += paragraph(note.message) + "\n"
  }
  return text
}

/// A message that may have several lines, such as an example or what another tool said: the further
/// ones stand below the first, indented, without blank ones.
private func paragraph(_ message: String) -> String {
  message.split(separator: "\n").map { printable(String($0)) }.joined(separator: "\n    ")
}

/// `file`, `file:line` or `file:line:column`, as far as it is known.
package func describe(_ location: SourceLocation) -> String {
  guard location.line > 0 else { return location.path }
  guard location.column > 0 else { return "\(location.path):\(location.line)" }
  return "\(location.path):\(location.line):\(location.column)"
}

/// The line with its number and a mark below the part that is meant. A line longer than the terminal
/// is shown from a little before that part.
private func excerptText(_ excerpt: Diagnostic.Excerpt, line: Int?, style: Style) -> String {
  let gutter = line.map { $0 > 0 ? " \($0) | " : "  " } ?? "  "
  let blank =
    line == nil || line == 0
    ? "  " : String(repeating: " ", count: gutter.count - 2) + "| "
  let bytes = Array(excerpt.text.utf8)
  let start = min(max(excerpt.column - 1, 0), bytes.count)
  var length = excerpt.length > 0 ? excerpt.length : wordLength(bytes, from: start)
  while start + length < bytes.count, bytes[start + length] & 0xC0 == 0x80 { length += 1 }
  var before = String(decoding: bytes[..<start], as: UTF8.self)
  let marked = String(decoding: bytes[start..<min(start + length, bytes.count)], as: UTF8.self)
  var after = String(decoding: bytes[min(start + length, bytes.count)...], as: UTF8.self)

  let room = max((style.columns ?? 160) - gutter.count - 1, 20)
  if before.count + marked.count > room {
    before = style.ellipsis + before.suffix(max(room / 3, 8))
  }
  if before.count + marked.count + after.count > room {
    after = after.prefix(max(room - before.count - marked.count, 0)) + style.ellipsis
  }
  let shown = printable(before) + printable(marked) + printable(after)
  let mark = "^" + String(repeating: "~", count: max(marked.count - 1, 0))
  return style.paint(gutter, .dim) + shown + "\n"
    + style.paint(blank, .dim) + String(repeating: " ", count: before.count)
    + style.paint(mark, .bold, .green) + "\n"
}

/// The name that begins there: letters, digits, `_`, `.`, `-`; one byte for anything else.
private func wordLength(_ bytes: [UInt8], from start: Int) -> Int {
  var end = start
  while end < bytes.count {
    switch bytes[end] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"), 0x80...:
      end += 1
    default: return max(end - start, 1)
    }
  }
  return max(end - start, 1)
}
