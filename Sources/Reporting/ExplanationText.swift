package import Model

/// `pare why`, for people:
///
///     shop.currency is in checkout: 4.10 kB; without it 12.9 kB less
///       functions/checkout/handler.py:7       from shop.pricing import total
///       packages/shop/src/shop/pricing.py:3   from .currency import Money  (lazy)
package func explanationText(_ explanation: Explanation, style: Style = .plain) -> String {
  let target = style.paint(printable(explanation.target), .bold)
  switch explanation.outcome {
  case .absent(let notes):
    var text = "\(target) is not in \(printable(explanation.function))\n"
    for note in notes {
      text += "  "
      if let location = note.location { text += printable(describe(location)) + ": " }
      text += printable(note.message) + "\n"
    }
    return text
  case .included(let steps):
    let owner = explanation.distribution.map { ", of \(printable($0))," } ?? ""
    var text = "\(target)\(owner) is in \(printable(explanation.function)): "
    if !explanation.layers.isEmpty {
      text = "\(target)\(owner) is in \(layerText(explanation.layers)), which "
      text +=
        "\(printable(explanation.function)) attaches: \(formatted(bytes: explanation.weight)) "
      text += "that its archive does without\n"
    } else {
      text += formatted(bytes: explanation.weight)
      text += "; without it \(formatted(bytes: explanation.retained)) less\n"
    }
    if steps.isEmpty { text += "  it is the handler's own module\n" }
    text += chainText(steps, style: style)
    for chain in explanation.others { text += "also\n" + chainText(chain, style: style) }
    if explanation.further > 0 {
      text += "and by \(counted(explanation.further, "further place"))\n"
    }
    if let cut = explanation.cut { text += cutText(cut, target: explanation.target) }
    return text
  }
}

/// "layer 'deps'"
private func layerText(_ names: [String]) -> String {
  (names.count == 1 ? "layer " : "layers ")
    + names.map { "'\(printable($0))'" }.joined(separator: ", ")
}

private func chainText(_ steps: [Explanation.Step], style: Style) -> String {
  let places = steps.map { step in step.location.map(atLine) ?? step.from }
  let column = min(places.map(displayWidth).max() ?? 0, 60)
  var text = ""
  for (step, place) in zip(steps, places) {
    let gap = String(repeating: " ", count: max(column - displayWidth(place), 0))
    text += "  \(place)\(gap)   " + reason(step, style: style) + "\n"
  }
  return text
}

private func atLine(_ location: SourceLocation) -> String {
  let path = shortened(location.path)
  return printable(location.line > 0 ? "\(path):\(location.line)" : path)
}

/// "line 12 of orders/api.py is the only way to pandas: without it 38.2 MB less zipped"
private func cutText(_ cut: Explanation.Cut, target: String) -> String {
  let bytes =
    cut.zipped > 0
    ? ": without it \(formatted(bytes: cut.zipped)) less zipped"
    : cut.unzipped > 0 ? ": without it \(formatted(bytes: cut.unzipped)) less" : ""
  return "line \(cut.location.line) of \(printable(cut.location.path)) is the only way to "
    + "\(printable(target))\(bytes)\n"
}

/// `pare why --all-functions`: who ships it, how much of it, and which line of the team's own is
/// responsible.
///
///     function  has      leaves with it  because of
///     invoices  27.8 MB  27.8 MB         libs/analytics/frames.py:6   import pandas as pd
package func explanationTable(
  _ explanations: [Explanation], target: String, style: Style = .plain
) -> String {
  var rows = [["function", "has", "leaves with it", "because of"]]
  var without: [String] = []
  for explanation in explanations {
    guard case .included(let steps) = explanation.outcome else {
      without.append(explanation.function)
      continue
    }
    // The last line on the chain that is the team's own; what is in a wheel or installed is not.
    let own =
      explanation.cut.map { ($0.location, $0.line) }
      ?? steps.last { $0.isOwn }.flatMap {
        step in step.location.map { ($0, step.line) }
      }
    rows.append([
      explanation.function,
      formatted(bytes: explanation.weight)
        + (explanation.layers.isEmpty ? "" : " in \(layerText(explanation.layers))"),
      formatted(bytes: explanation.retained),
      own.map { "\(atLine($0.0))   \($0.1 ?? "")" } ?? "its handler",
    ])
  }
  guard rows.count > 1 else { return "no function has \(printable(target))\n" }
  var text = alignedText(rows.map { $0.map(printable) }, style: style)
  if !without.isEmpty {
    text += style.paint("\(counted(without.count, "function")) without it\n", .dim)
  }
  return text
}

/// A wheel without the folder that it lies in, which may be long and says little.
func shortened(_ path: String) -> String {
  let parts = path.split(separator: "/", omittingEmptySubsequences: false)
  guard let wheel = parts.firstIndex(where: { $0.hasSuffix(".whl!") }) else { return path }
  return parts[wheel...].joined(separator: "/")
}

/// The source line where there is one, else in words what connects the two; then the kind, unless
/// it is a plain import.
private func reason(_ step: Explanation.Step, style: Style) -> String {
  var text: String
  if let line = step.line, !line.isEmpty {
    text = printable(line)
    if step.kind == .topLevel { return text }
    let note = step.note.map { ": " + printable($0) } ?? ""
    return text + style.paint("  (\(step.kind.name)\(note)) → \(printable(step.to))", .dim)
  }
  text = words(for: step.kind, from: printable(step.from), to: printable(step.to))
  if let note = step.note, !note.isEmpty { text += style.paint(": " + printable(note), .dim) }
  return text
}

private func words(for kind: EdgeKind, from: String, to: String) -> String {
  switch kind {
  case .topLevel, .conditional, .lazy, .optional: "\(from) imports \(to) (\(kind.name))"
  case .handler: "\(from) is called at \(to)"
  case .parent: "importing \(from) imports \(to) first"
  case .dynamic, .code: "\(from) imports \(to) by a string"
  case .string, .template: "a string in \(from) names \(to)"
  case .lazyTable: "a table for lazy loading in \(from) names \(to)"
  case .walk: "\(from) lists the folder of \(to)"
  case .blindSpot: "\(from) imports by a name that only the run knows; \(to) could be meant"
  case .entryPoint: "\(from) asks for entry points; \(to) is one"
  case .nativeName: "the native code of \(from) names \(to)"
  case .native: "\(from) is linked against \(to)"
  case .data: "\(to) is data beside \(from)"
  case .metadata: "\(to) is the metadata of \(from)"
  case .rule: "a rule says that \(from) needs \(to)"
  case .configured: "the configuration adds \(to) to \(from)"
  case .whole: "\(to) is kept whole with \(from)"
  case .standardLibrary: "the standard library's part of \(from) reads \(to)"
  case .requires: "\(from) requires \(to)"
  case .orphan: "\(from) would import \(to)"
  case .called: "\(from) calls what imports \(to)"
  case .proviso: "\(from) leads to \(to)"
  }
}

/// `pare why --format json`.
package func writeJSON(_ explanation: Explanation, sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.fields(of: explanation)
    json.diagnostics([])
  }
  json.endLine()
}

/// `pare why --all-functions --format json`.
package func writeJSON(_ explanations: [Explanation], sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.array("functions") { json in
      for explanation in explanations { json.object { $0.fields(of: explanation) } }
    }
    json.diagnostics([])
  }
  json.endLine()
}

extension JSONWriter {
  fileprivate mutating func fields(of explanation: Explanation) {
    field("function", explanation.function)
    field("target", explanation.target)
    field("distribution", explanation.distribution)
    switch explanation.outcome {
    case .absent(let notes):
      field("included", false)
      array("because") { json in
        for note in notes { json.value(note) }
      }
    case .included(let steps):
      field("included", true)
      if !explanation.layers.isEmpty {
        array("layers") { json in
          for name in explanation.layers { json.value(name) }
        }
      }
      field("weight", explanation.weight)
      field("retained", explanation.retained)
      field("retainedZipped", explanation.retainedZipped)
      chain("chain", steps)
      array("others") { json in
        for steps in explanation.others { json.array { json in json.elements(steps) } }
      }
      field("further", explanation.further)
      key("cut")
      guard let cut = explanation.cut else { return null() }
      object { json in
        json.location("location", cut.location)
        json.field("source", cut.line)
        json.field("unzipped", cut.unzipped)
        json.field("zipped", cut.zipped)
      }
    }
  }

  private mutating func chain(_ key: StaticString, _ steps: [Explanation.Step]) {
    array(key) { $0.elements(steps) }
  }

  private mutating func elements(_ steps: [Explanation.Step]) {
    for step in steps {
      object { json in
        json.field("from", step.from)
        json.field("to", step.to)
        json.field("kind", step.kind.name)
        json.location("location", step.location)
        json.field("source", step.line)
        json.field("note", step.note)
      }
    }
  }
}
