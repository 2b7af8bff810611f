import Model
import Text

// What there is to say about changes between two reports.

extension Diagnostic {
  static func grewTooMuch(
    _ function: Comparison.Function, bound: String, _ acceptance: Acceptance?
  ) -> Diagnostic {
    let growth = function.change.zipped
    let causes = function.effects.filter { $0.change.zipped > 0 }
    let accepted = acceptance.map { ", of which \(grouped($0.bytes)) are accepted" } ?? ""
    return Diagnostic(
      .error, "grew-too-much",
      "'\(function.name)' grew by \(grouped(growth)) bytes zipped, above '\(bound)'\(accepted)",
      at: causes.first { $0.cause.location != nil }?.cause.location,
      notes: causes.prefix(3).map {
        Note("\(grouped($0.change.zipped)) bytes: \($0.cause.sentence)", at: $0.cause.location)
      } + [
        .hint(
          "where it is meant, write '[[accept]]' into the configuration, with 'function = "
            + "\"\(function.name)\"', 'bytes = \(growth)' and a 'reason'")
      ], function: function.name)
  }

  static func growthAccepted(
    _ function: Comparison.Function, _ acceptance: Acceptance
  ) -> Diagnostic {
    Diagnostic(
      .note, "growth-accepted",
      "'\(function.name)' grew by \(grouped(function.change.zipped)) bytes zipped, which is accepted: "
        + acceptance.reason, at: acceptance.location, function: function.name)
  }

  static func staleAcceptance(_ acceptance: Acceptance, isThere: Bool) -> Diagnostic {
    Diagnostic(
      .warning, "stale-acceptance",
      isThere
        ? "'\(acceptance.function)' has not grown so that it would have to be accepted"
        : "there is no function '\(acceptance.function)' whose growth could be accepted",
      at: acceptance.location, notes: [.hint("remove the table")])
  }

  static func archiveChanged(_ shared: Comparison.SharedCause) -> Diagnostic {
    let change = shared.change.zipped
    let verb = change > 0 ? "more" : "less"
    let where_ =
      shared.functions.count == 1
      ? "in '\(shared.functions[0])'" : "in \(shared.functions.count) functions"
    let brings = shared.brings.isEmpty ? "" : ", with \(shared.brings.joined(separator: ", "))"
    return Diagnostic(
      .note, change > 0 ? "archive-grew" : "archive-shrank",
      "\(ByteSize.format(Int(change.magnitude))) \(verb) zipped \(where_): "
        + "\(shared.cause.sentence)\(brings)", at: shared.cause.location,
      function: shared.functions.count == 1 ? shared.functions[0] : nil)
  }

  static func badAcceptance(_ missing: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "bad-acceptance", "a table of 'accept' has no '\(missing)'", at: location,
      notes: [.hint("it needs 'function', 'bytes' (zipped) and 'reason'")])
  }
}
