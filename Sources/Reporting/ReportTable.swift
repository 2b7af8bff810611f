package import Model

/// The table of functions: what is in each archive, how near it is to its tighter bound, and what
/// was saved against the whole environment.
///
///     function  modules  distributions  unzipped   zipped   of its limit          saved
///     orders        412             12   18.2 MB  4.10 MB   7.8 %  ▊░░░░░░░░░      76 %
///
/// A narrow terminal loses columns from the least telling on; figures are never cut.
package func reportTable(_ functions: [Report.Function], style: Style = .plain) -> String {
  guard !functions.isEmpty else { return "" }
  var columns = [
    Column("function", functions.map { printable($0.name) }, alignment: .left, keep: .max),
    Column("modules", functions.map { grouped($0.moduleCount) }, keep: 2),
    Column("distributions", functions.map { grouped($0.distributions.count) }, keep: 1),
    Column("unzipped", functions.map { formatted(bytes: $0.unzipped) }, keep: .max),
    Column("zipped", functions.map { formatted(bytes: $0.zipped) }, keep: .max),
    Column("of limit", functions.map { share(of: $0, style: style) }, keep: 5),
    Column("", functions.map { bar(of: $0, style: style) }, alignment: .left, keep: 3),
    Column("saved", functions.map(saved), keep: 4),
  ]
  if functions.allSatisfy({ tightest($0) == nil }) { columns.removeSubrange(5...6) }
  if let room = style.columns {
    while columns.map(\.width).reduce(0, +) + 2 * (columns.count - 1) > room,
      let least = columns.indices.min(by: { columns[$0].keep < columns[$1].keep }),
      columns[least].keep != .max
    {
      columns.remove(at: least)
    }
  }
  var text = style.paint(row(columns.map { ($0, $0.header) }), .dim) + "\n"
  for line in functions.indices {
    text += row(columns.map { ($0, $0.cells[line]) }) + "\n"
  }
  return text
}

/// The table of layers, below that of the functions; empty without any.
///
///     layer  functions  distributions  unzipped   zipped
///     data           3              4   41.2 MB  12.0 MB
package func layerTable(_ layers: [Report.Layer], style: Style = .plain) -> String {
  guard !layers.isEmpty else { return "" }
  let columns = [
    Column("layer", layers.map { printable($0.name) }, alignment: .left, keep: .max),
    Column("functions", layers.map { grouped($0.functions.count) }, keep: .max),
    Column("distributions", layers.map { grouped($0.distributions.count) }, keep: .max),
    Column("unzipped", layers.map { formatted(bytes: $0.unzipped) }, keep: .max),
    Column("zipped", layers.map { formatted(bytes: $0.zipped) }, keep: .max),
  ]
  var text = style.paint(row(columns.map { ($0, $0.header) }), .dim) + "\n"
  for line in layers.indices { text += row(columns.map { ($0, $0.cells[line]) }) + "\n" }
  return text
}

/// The line below the table: how many, how large together, where they lie, and where their packages
/// are from.
package func reportSummary(
  _ functions: [Report.Function], layers: [Report.Layer] = [], wasWritten: Bool, output: String,
  environments: [String],
  style: Style = .plain
) -> String {
  let zipped = functions.reduce(layers.reduce(0) { $0 + $1.zipped }) { $0 + $1.zipped }
  let isThere = wasWritten && functions.contains { $0.codeSHA256 != nil }
  let place = isThere ? " in " + printable(output) : "; nothing was written"
  let further = environments.count > 2 ? " and \(environments.count - 2) more" : ""
  let origin =
    environments.isEmpty
    ? ""
    : ", packages from " + environments.prefix(2).map(printable).joined(separator: ", ") + further
  let more = layers.isEmpty ? "" : " and \(counted(layers.count, "layer"))"
  let text =
    counted(functions.count, "function") + more + ", " + formatted(bytes: zipped) + " zipped"
  return style.paint(text + place + origin, .dim) + "\n"
}

/// How the run went, which the next one may see differently: "2 written, 9 unchanged (0.41 s)".
package func runSummary(
  _ functions: [Report.Function], wasWritten: Bool, seconds: Double, style: Style = .plain
) -> String {
  let unchanged = functions.count { $0.wasUnchanged }
  let written = functions.count { $0.codeSHA256 != nil && !$0.wasUnchanged }
  var parts: [String] = []
  if wasWritten, written > 0 { parts.append("\(grouped(written)) written") }
  if wasWritten, unchanged > 0 { parts.append("\(grouped(unchanged)) unchanged") }
  let kept = functions.count - written - unchanged
  if wasWritten, kept > 0 { parts.append("\(grouped(kept)) left as before because of errors") }
  parts.append(formatted(seconds: seconds))
  return style.paint(parts.joined(separator: ", "), .dim) + "\n"
}

/// `--verbose`: every blind spot of every function, with what is kept only because of it.
package func blindSpotText(_ functions: [Report.Function], style: Style = .plain) -> String {
  var text = ""
  for function in functions where !function.blindSpots.isEmpty {
    text += "\n" + style.paint("blind spots of " + printable(function.name), .bold) + "\n"
    for spot in function.blindSpots {
      text += "  " + printable("\(describe(spot.location)): \(spot.expression)") + "\n"
      let others =
        switch spot.sharedWith {
        case 0: ""
        case 1: ", with one other blind spot"
        default: ", with \(spot.sharedWith) other blind spots"
        }
      text += style.paint(
        "    \(printable(spot.bound)): \(formatted(bytes: spot.bytes))\(others)", .dim)
      text += "\n"
    }
  }
  return text
}

/// `4 ms`, `0.41 s`, `2.3 s`, `75 s`.
package func formatted(seconds: Double) -> String {
  if seconds < 0.0995 { return decimal(seconds * 1000, places: 0) + " ms" }
  return decimal(seconds, places: seconds < 0.995 ? 2 : seconds < 9.95 ? 1 : 0) + " s"
}

private struct Column {
  enum Alignment { case left, right }
  let header: String
  let cells: [String]
  let alignment: Alignment
  /// The column with the least goes first; `.max` never goes.
  let keep: Int
  let width: Int

  init(_ header: String, _ cells: [String], alignment: Alignment = .right, keep: Int) {
    self.header = header
    self.cells = cells
    self.alignment = alignment
    self.keep = keep
    width = max(displayWidth(header), cells.map(displayWidth).max() ?? 0)
  }
}

private func row(_ cells: [(column: Column, text: String)]) -> String {
  var line = ""
  for (index, (column, text)) in cells.enumerated() {
    let gap = String(repeating: " ", count: max(column.width - displayWidth(text), 0))
    if index > 0 { line += "  " }
    line += column.alignment == .left ? text + gap : gap + text
  }
  while line.last == " " { line.removeLast() }
  return line
}

/// The figure that is nearest to its bound, among the provider's limits and the user's budget.
package func tightest(_ function: Report.Function) -> Report.Measure? {
  // The first of equals, so that the same report always gives the same table.
  var best: Report.Measure?
  for measure in function.measures where measure.share > best?.share ?? -1 { best = measure }
  return best
}

private func share(of function: Report.Function, style: Style) -> String {
  guard let measure = tightest(function) else { return "" }
  return style.paint(formatted(share: measure.share), color(measure))
}

private func bar(of function: Report.Function, style: Style) -> String {
  guard let measure = tightest(function) else { return "" }
  let width = 10
  let share = min(max(measure.share, 0), 1)
  var text: String
  if style.isUnicode {
    let eighths = max(Int((share * Double(width * 8)).rounded()), share > 0 ? 1 : 0)
    text = String(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0 { text.append(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1]) }
    text += String(repeating: "░", count: width - (eighths + 7) / 8)
  } else {
    let full = Int((share * Double(width)).rounded(.up))
    text = String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
  }
  return style.paint(text, color(measure))
}

private func color(_ measure: Report.Measure) -> Style.Paint {
  measure.share > 1 ? .red : measure.share >= 0.8 ? .yellow : .green
}

/// Against what the whole environment would take unpacked, which is what most tools ship. What layers have
/// is not saved.
private func saved(_ function: Report.Function) -> String {
  guard function.full > 0 else { return "" }
  let needed = function.layers.reduce(function.unzipped) { $0 + $1.used }
  let saved = Double(function.full - needed) / Double(function.full)
  return saved <= 0 ? "0 %" : formatted(share: saved)
}
