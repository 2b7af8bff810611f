package import Model

/// `pare profile`, for people: what was loaded, as a tree in the order in which it was, with the time and
/// the bytes of each; below that, what could wait.
///
///     with all     own    alone  import              asked for in
///       412 ms  1.2 ms  9.20 MB  app
///       210 ms  3.4 ms  8.41 MB    pandas  not used  functions/orders/app.py:3
package func profileText(
  _ profile: Profile, isVerbose: Bool = false, style: Style = .plain
) -> String {
  var text = style.paint(printable(profile.function), .bold)
  text += " starts in \(spread(profile.start, style)), \(counted(profile.runs, "run"))"
  if let call = profile.call { text += "; its first call takes \(spread(call, style))" }
  text += "\n"
  let compiling = profile.imports.reduce(0) { $0 + $1.compiling }
  text += style.paint(
    "  Python \(profile.version), files in memory; compiling sources is \(milliseconds(compiling)) of it",
    .dim)
  text += "\n\n" + table(profile, isVerbose: isVerbose, style: style)
  if !profile.deferrals.isEmpty {
    text += "\nthis call has no use for, and each was tried without:\n"
    for deferral in profile.deferrals { text += deferralText(deferral, style: style) }
  } else if profile.call != nil {
    text += "\nnothing that this call has no use for takes time that could be measured\n"
  } else {
    text += "\n'--event FILE' calls the handler too, and finds what that never uses\n"
  }
  return text
}

/// One module that could wait, with what that saves.
func deferralText(_ deferral: Profile.Deferral, style: Style) -> String {
  let bytes = deferral.retained.map { ", and it ships \(formatted(bytes: $0)) alone" } ?? ""
  var text =
    "  " + style.paint("\(milliseconds(deferral.saved)) less", .bold, .green)
    + " (noise \(milliseconds(deferral.noise))) without \(printable(deferral.module))\(bytes)\n"
  for statement in deferral.statements {
    text += style.paint("    \(printable(describe(statement.location)))", .dim)
    text += "  " + printable(firstLine(statement.text)) + "\n"
  }
  return text
}

/// Of a statement that is written over several.
func firstLine(_ text: String) -> String {
  guard let end = text.firstIndex(of: "\n") else { return text }
  return text[..<end] + " …"
}

/// `412.3 ms (405.1 to 431.0)`
private func spread(_ spread: Profile.Spread, _ style: Style) -> String {
  "\(milliseconds(spread.median))"
    + style.paint(" (\(tenths(spread.least)) to \(tenths(spread.most)))", .dim)
}

/// `12.3 ms`, `1,234 ms`.
func milliseconds(_ microseconds: Int) -> String { tenths(microseconds) + " ms" }

private func tenths(_ microseconds: Int) -> String {
  microseconds < 99_950
    ? decimal(Double(microseconds) / 1000, places: 1) : grouped((microseconds + 500) / 1000)
}

/// A file of a wheel as it lies in there.
func place(_ location: SourceLocation) -> String {
  let text = describe(location)
  return text.firstRange(of: ".whl!/").map { String(text[$0.upperBound...]) } ?? text
}

/// Below the team's own modules stands where each distribution is entered; what that loads of itself is
/// shown where everything is asked for.
private func table(_ profile: Profile, isVerbose: Bool, style: Style) -> String {
  let whole = profile.start.median + (profile.call?.median ?? 0)
  // What is less than a hundredth tells nobody anything, nor does half a millisecond.
  let least = isVerbose ? 0 : max(whole / 100, 500)
  let isIdle = profile.isIdle
  var depths: [Int] = []
  var rows: [(cells: [String], isIdle: Bool)] = []
  var phase = Profile.Phase.start
  for (index, item) in profile.imports.enumerated() {
    let parent = item.parent.map { profile.imports[$0] }
    let isInside =
      parent.map { parent in
        item.distribution != nil ? item.distribution == parent.distribution : !item.isShipped
      } ?? false
    let isShown = item.inclusive >= least && (isVerbose || !isInside)
    depths.append((item.parent.map { depths[$0] } ?? -1) + (isShown ? 1 : 0))
    guard isShown else { continue }
    if item.phase != phase {
      phase = item.phase
      rows.append((["", "", "", "during the call", ""], false))
    }
    let note = !item.isFound ? "  not there" : isIdle[index] ? "  not used" : ""
    let indent = String(repeating: "  ", count: min(depths[index], 20))
    rows.append(
      (
        [
          milliseconds(item.inclusive), milliseconds(item.own),
          item.retained.map(formatted(bytes:)) ?? "", indent + printable(item.name) + note,
          item.location.map { printable(place($0)) } ?? "",
        ], isIdle[index]
      ))
  }
  let head = ["with all", "own", "alone", "import", "asked for in"]
  let widths = head.indices.map { column in
    ([head] + rows.map(\.cells)).map { displayWidth($0[column]) }.max() ?? 0
  }
  func line(_ cells: [String]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let gap = String(repeating: " ", count: widths[column] - displayWidth(cell))
      line += "  " + (column < 3 ? gap + cell : cell + gap)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
  var text = style.paint(line(head), .dim)
  for row in rows { text += row.isIdle ? style.paint(line(row.cells), .yellow) : line(row.cells) }
  let hidden = profile.imports.count - rows.count { !$0.cells[0].isEmpty }
  if hidden > 0 {
    text +=
      style.paint(
        "  and \(counted(hidden, "import")), of distributions or of less than "
          + "\(milliseconds(least)); '--verbose' shows them", .dim) + "\n"
  }
  return text
}

/// What `flamegraph.pl` and speedscope read: a stack on each line, and what its last took without the
/// others, in microseconds (https://github.com/brendangregg/FlameGraph, stackcollapse).
package func folded(_ profile: Profile) -> String {
  func frame(_ name: String) -> String {
    String(printable(name).map { $0 == ";" || $0 == " " ? "_" : $0 })
  }
  var stacks: [String] = []
  var text = ""
  for item in profile.imports {
    let stack =
      (item.parent.map { stacks[$0] } ?? "\(frame(profile.function));\(item.phase.rawValue)")
      + ";" + frame(item.name)
    stacks.append(stack)
    if item.own > 0 { text += "\(stack) \(item.own)\n" }
  }
  if let call = profile.call {
    let imports = profile.imports.filter { $0.phase == .call && $0.parent == nil }
    let rest = call.median - imports.reduce(0) { $0 + $1.inclusive }
    if rest > 0 { text += "\(frame(profile.function));call \(rest)\n" }
  }
  return text
}
