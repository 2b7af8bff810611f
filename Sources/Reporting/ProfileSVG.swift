package import Model

/// `pare profile --format svg`: an icicle, time from left to right, what was loaded below what loaded it.
/// One file without a script, in light and in dark.
package func svg(_ profile: Profile) -> String {
  Icicle(profile).text
}

private struct Icicle {
  private static let width = 1200.0
  private static let margin = 24.0
  private static let row = 20.0
  private static let head = 92.0
  /// Of the letters at their size, a little more than they take.
  private static let letter = 6.3

  private let profile: Profile
  private var boxes: [String] = []
  private var depth = 0

  var text: String {
    let height = Self.head + Double(depth + 1) * Self.row + 52
    let call = profile.call.map { ", first call \(milliseconds($0.median))" } ?? ""
    let title = escapedForMarkup(profile.function)
    let whole = profile.start.median + (profile.call?.median ?? 0)
    let legend =
      [
        ("own", "your code"), ("shipped", "distributions"), ("runtime", "the runtime's"),
      ]
      + (profile.call == nil
        ? [] : [("unused", "not used by the call"), ("call", "the call itself")])
    var marks = ""
    var x = Self.margin
    for (kind, name) in legend {
      marks +=
        "<rect class=\"\(kind)\" x=\"\(figure(x))\" y=\"64\" width=\"10\" height=\"10\" rx=\"2\"/>"
        + "<text class=\"soft\" x=\"\(figure(x + 15))\" y=\"73\">\(name)</text>\n"
      x += 15 + Double(name.utf8.count) * Self.letter + 18
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(figure(Self.width)) \(figure(height))" \
      width="\(figure(Self.width))" height="\(figure(height))" role="img" aria-label="Cold start of \(title)">
      <style>
      svg { background: #fbfaf7; font: 11px system-ui, sans-serif; }
      text { fill: #23221f; } .soft { fill: #6d6a63; } .title { font-size: 17px; font-weight: 600; }
      rect { stroke: #fbfaf7; stroke-width: .6; }
      .own { fill: #e3cf96; } .shipped { fill: #b9cfe3; } .runtime { fill: #dedbd2; }
      .unused { fill: #ecb9a2; } .call { fill: #c3d9b8; } .phase { fill: #efece4; }
      g:hover rect { stroke: #23221f; stroke-width: 1.2; }
      @media (prefers-color-scheme: dark) {
      svg { background: #1b1b19; } text { fill: #ebe8e0; } .soft { fill: #a09c92; } rect { stroke: #1b1b19; }
      .own { fill: #6b5b2c; } .shipped { fill: #36506a; } .runtime { fill: #45443f; }
      .unused { fill: #7d4630; } .call { fill: #44603a; } .phase { fill: #2b2a27; }
      g:hover rect { stroke: #ebe8e0; }
      }
      </style>
      <text class="title" x="\(figure(Self.margin))" y="32">\(title)</text>
      <text class="soft" x="\(figure(Self.margin))" y="51">starts in \(milliseconds(profile.start.median))\(call); \
      median of \(profile.runs), Python \(escapedForMarkup(profile.version)); \(milliseconds(whole)) from left to right</text>
      \(marks)\(boxes.joined(separator: "\n"))
      <text class="soft" x="\(figure(Self.margin))" y="\(figure(height - 16))">time runs from left to right; \
      below a module is what it imports; point at a box for its figures</text>
      </svg>

      """
  }

  init(_ profile: Profile) {
    self.profile = profile
    // Where the next one below each begins, in microseconds.
    var next: [Int] = []
    var depths: [Int] = []
    let starts = profile.imports.filter { $0.phase == .start && $0.parent == nil }
      .reduce(0) { $0 + $1.inclusive }
    let loaded = profile.imports.filter { $0.phase == .call && $0.parent == nil }
      .reduce(0) { $0 + $1.inclusive }
    let call = max(profile.call?.median ?? 0, loaded)
    let scale = (Self.width - 2 * Self.margin) / Double(max(starts + call, 1))
    var top = (start: 0, call: starts)
    box("import", "phase", 0, starts, 0, scale, milliseconds(starts))
    if call > 0 { box("first call", "call", starts, call, 0, scale, milliseconds(call)) }
    for (item, isIdle) in zip(profile.imports, profile.isIdle) {
      let x: Int
      if let parent = item.parent {
        x = next[parent]
        next[parent] += item.inclusive
        depths.append(depths[parent] + 1)
      } else if item.phase == .start {
        x = top.start
        top.start += item.inclusive
        depths.append(1)
      } else {
        x = top.call
        top.call += item.inclusive
        depths.append(1)
      }
      next.append(x)
      let kind =
        !item.isShipped
        ? "runtime" : isIdle ? "unused" : item.distribution == nil ? "own" : "shipped"
      var figures = "\(milliseconds(item.inclusive)), own \(milliseconds(item.own))"
      if let bytes = item.retained { figures += ", ships \(formatted(bytes: bytes)) alone" }
      if let name = item.distribution { figures += ", of \(name)" }
      if let location = item.location { figures += ", asked for in \(place(location))" }
      box(item.name, kind, x, item.inclusive, depths[depths.count - 1], scale, figures)
    }
  }

  private mutating func box(
    _ name: String, _ kind: String, _ start: Int, _ length: Int, _ level: Int, _ scale: Double,
    _ figures: String
  ) {
    let width = Double(length) * scale
    guard width >= 0.4 else { return }
    depth = max(depth, level)
    let x = Self.margin + Double(start) * scale
    let y = Self.head + Double(level) * Self.row
    var label = ""
    let room = Int((width - 8) / Self.letter)
    if room >= 3 {
      // What stands above it says in which package it is.
      let last = String(name.split(separator: ".").last ?? "")
      let shown =
        name.count <= room ? name : last.count <= room ? last : last.prefix(room - 1) + "…"
      label =
        "<text x=\"\(figure(x + 4))\" y=\"\(figure(y + 14))\">\(escapedForMarkup(shown))</text>"
    }
    boxes.append(
      "<g><title>\(escapedForMarkup("\(name): \(figures)"))</title><rect class=\"\(kind)\" "
        + "x=\"\(figure(x))\" y=\"\(figure(y))\" width=\"\(figure(width))\" "
        + "height=\"\(figure(Self.row - 1))\" rx=\"2\"/>\(label)</g>")
  }

  private func figure(_ value: Double) -> String {
    let text = decimal(value, places: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
