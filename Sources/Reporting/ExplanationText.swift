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
    text += formatted(bytes: explanation.weight)
    text += "; without it \(formatted(bytes: explanation.retained)) less\n"
    if steps.isEmpty { text += "  it is the handler's own module\n" }
    let places = steps.map { step in
      step.location.map {
        printable($0.line > 0 ? "\(shortened($0.path)):\($0.line)" : shortened($0.path))
      } ?? step.from
    }
    let column = min(places.map(displayWidth).max() ?? 0, 60)
    for (step, place) in zip(steps, places) {
      let gap = String(repeating: " ", count: max(column - displayWidth(place), 0))
      text += "  \(place)\(gap)   " + reason(step, style: style) + "\n"
    }
    return text
  }
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
    json.field("function", explanation.function)
    json.field("target", explanation.target)
    json.field("distribution", explanation.distribution)
    switch explanation.outcome {
    case .absent(let notes):
      json.field("included", false)
      json.array("because") { json in
        for note in notes { json.value(note) }
      }
    case .included(let steps):
      json.field("included", true)
      json.field("weight", explanation.weight)
      json.field("retained", explanation.retained)
      json.array("chain") { json in
        for step in steps {
          json.object { json in
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
    json.diagnostics([])
  }
  json.endLine()
}
