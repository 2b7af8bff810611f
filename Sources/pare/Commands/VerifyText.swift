import Bundling
import Files
import Model
import Reporting

/// A line for each archive; below it what the handler answered and, where it failed or `--verbose`
/// asks for it, what it printed.
func verificationText(_ results: [VerifyResult], _ console: Console) -> String {
  let style = console.style
  let column = results.map(\.title.count).max() ?? 0
  var text = ""
  for result in results {
    let gap = String(repeating: " ", count: column - result.title.count)
    text += result.title + gap + "  "
    text += style.paint(result.verdict.rawValue, result.verdict.color)
    text += style.paint("  \(result.remark)\n", .dim)
    if let answer = result.answer { text += "  answer: \(answer)\n" }
    if let comparison = result.comparison { text += comparisonText(comparison, result, style) }
    if result.verdict != .passed || console.loudness == .verbose {
      for line in result.output.split(separator: "\n") { text += "  printed: \(line)\n" }
    }
  }
  if console.loudness == .verbose { text += isolationText(results) }
  return text + summary(of: results)
}

/// What the run in the whole environment showed.
private func comparisonText(
  _ comparison: EnvironmentComparison, _ result: VerifyResult, _ style: Style
) -> String {
  var text = ""
  if let answer = comparison.answer {
    text +=
      comparison.difference == nil && comparison.unsteady == nil && result.answer != nil
      ? "  the same answer in the whole environment\n" : "  in the whole environment: \(answer)\n"
  }
  if let place = comparison.unsteady?.path {
    text +=
      "  the answer is not reproducible: '\(place)' differs from run to run in the whole environment "
      + "itself; types and keys were compared\n"
  }
  for surplus in comparison.surplus {
    let owner =
      surplus.distribution.map { "\($0) \(surplus.version ?? "")" } ?? "your own code"
    var parts: [String] = []
    if let first = surplus.modules.first {
      parts.append(
        surplus.modules.count == 1
          ? first
          : "\(surplus.modules.count) modules: "
            + surplus.modules.prefix(3).joined(separator: ", ")
            + (surplus.modules.count > 3 ? "…" : ""))
    }
    if !surplus.files.isEmpty {
      parts.append(
        surplus.files.prefix(3).joined(separator: ", ")
          + (surplus.files.count > 3 ? " and \(surplus.files.count - 3) more files" : ""))
    }
    text += "  only there: \(owner): \(parts.joined(separator: "; "))\n"
    if let key = surplus.isLeftOutBy { text += "    '\(key)' of the configuration leaves it out\n" }
    if surplus.isScanned { text += "    'pare package' brings it: the archive is older\n" }
    for sentence in surplus.supplement.sentences {
      text += "    " + style.paint(sentence, .cyan) + "\n"
    }
  }
  return text
}

extension VerifyResult {
  /// `orders`; of several handlers of an archive `shop: orders/app.py:handler`.
  fileprivate var title: String { function + (handler.map { ": \($0)" } ?? "") }

  fileprivate var remark: String {
    if isUnproven { return "not judged: \(failure?.code ?? "")" }
    return isRemembered ? "has passed before" : formatted(seconds: seconds)
  }
}

extension VerifyResult.Verdict {
  fileprivate var color: Style.Paint {
    switch self {
    case .passed: .green
    case .failed: .red
    case .unproven: .yellow
    }
  }
}

private let isolations: [(Isolation, String)] = [
  (.processes, "processes"), (.files, "files"), (.network, "network"),
]

/// What handlers were not kept from, where something could not be.
private func isolationText(_ results: [VerifyResult]) -> String {
  let names: [(Isolation, String)] = [
    (.processes, "other processes"), (.files, "your files"), (.network, "the network"),
  ]
  let open = names.filter { name in
    results.contains { $0.isolation.map { !$0.contains(name.0) } ?? false }
  }.map(\.1)
  return open.isEmpty ? "" : "handlers were not kept from \(open.joined(separator: ", "))\n"
}

/// How many of each, where not all have passed.
private func summary(of results: [VerifyResult]) -> String {
  guard results.count > 1, results.contains(where: { $0.verdict != .passed }) else { return "" }
  let counts = [VerifyResult.Verdict.passed, .failed, .unproven].compactMap { verdict in
    let count = results.count { $0.verdict == verdict }
    return count == 0 ? nil : "\(count) \(verdict.rawValue)"
  }
  return counts.joined(separator: ", ") + "\n"
}

func writeJSON(
  _ results: [VerifyResult], _ diagnostics: [Diagnostic], _ console: Console
) {
  var json = JSONWriter { console.send($0) }
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.array("results") { json in
      for result in results {
        json.object { json in
          json.field("function", result.function)
          if let handler = result.handler { json.field("handler", handler) }
          json.field("archive", result.archive)
          json.field("python", result.python)
          json.field("passed", result.verdict == .passed)
          json.field("verdict", result.verdict.rawValue)
          json.field("remembered", result.isRemembered)
          json.field("seconds", result.seconds)
          json.field("answer", result.answer)
          json.field("output", result.output)
          json.array("isolation") { json in
            for (isolation, name) in isolations where result.isolation?.contains(isolation) == true
            {
              json.value(name)
            }
          }
          if let comparison = result.comparison {
            json.object("environment") { write(comparison, &$0) }
          }
        }
      }
    }
    json.diagnostics(diagnostics)
  }
  json.endLine()
}

private func write(_ comparison: EnvironmentComparison, _ json: inout JSONWriter) {
  json.field("answer", comparison.answer)
  json.field("reproducible", comparison.unsteady == nil)
  if let difference = comparison.difference {
    json.object("difference") { json in
      json.field("path", difference.path)
      json.field("archive", difference.archived)
      json.field("environment", difference.whole)
    }
  }
  json.array("surplus") { json in
    for surplus in comparison.surplus {
      json.object { json in
        json.field("distribution", surplus.distribution)
        json.field("version", surplus.version)
        for (key, values) in [
          ("modules", surplus.modules), ("files", surplus.files),
          ("settings", surplus.supplement.sentences),
        ] as [(StaticString, [String])] {
          json.array(key) { json in
            for value in values { json.value(value) }
          }
        }
        json.field("leftOutBy", surplus.isLeftOutBy)
        json.field("foundByScan", surplus.isScanned)
      }
    }
  }
}
