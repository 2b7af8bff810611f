import Bundling
import Files
import Model
import Reporting

/// A line for each archive; below it what the handler answered and, where it failed or `--verbose`
/// asks for it, what it printed.
func verificationText(_ results: [VerifyResult], _ console: Console) -> String {
  let style = console.style
  let column = results.map(\.function.count).max() ?? 0
  var text = ""
  for result in results {
    let gap = String(repeating: " ", count: column - result.function.count)
    text += result.function + gap + "  "
    text += style.paint(result.verdict.rawValue, result.verdict.color)
    text += style.paint("  \(result.remark)\n", .dim)
    if let answer = result.answer { text += "  answer: \(answer)\n" }
    if result.verdict != .passed || console.loudness == .verbose {
      for line in result.output.split(separator: "\n") { text += "  printed: \(line)\n" }
    }
  }
  if console.loudness == .verbose { text += isolationText(results) }
  return text + summary(of: results)
}

extension VerifyResult {
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
          json.field("archive", result.archive)
          json.field("python", result.python)
          json.field("passed", result.verdict == .passed)
          json.field("verdict", result.verdict.rawValue)
          json.field("remembered", result.isRemembered)
          json.field("seconds", result.seconds)
          json.field("answer", result.answer)
          json.field("output", result.output)
        }
      }
    }
    json.diagnostics(diagnostics)
  }
  json.endLine()
}
