package import Model
import Text

/// By how much a function's archive may grow: `5 %` of what it was, or `1 MB`, zipped.
package enum GrowthBound: Hashable, Sendable {
  case share(Double)
  case bytes(Int)

  /// Nil for what is neither.
  package init?(_ text: String) {
    let trimmed = text.filter { $0 != " " }
    if trimmed.hasSuffix("%") {
      guard let percent = Double(trimmed.dropLast()), percent >= 0, percent.isFinite else {
        return nil
      }
      self = .share(percent / 100)
    } else {
      guard let bytes = ByteSize.parse(text) else { return nil }
      self = .bytes(bytes)
    }
  }

  fileprivate func allows(_ change: Int, from before: Int) -> Bool {
    switch self {
    case .share(let share): Double(change) <= Double(before) * share
    case .bytes(let bytes): change <= bytes
    }
  }
}

extension Comparison {
  /// With what there is to say about growth above a bound: an error for each function unless the
  /// repository accepts it, and a warning for each acceptance that accepts nothing.
  ///
  /// - Parameter written: the bound as it was typed.
  package func judged(
    _ bound: GrowthBound, written: String, _ acceptances: [Acceptance]
  ) -> Comparison {
    var judged = self
    var used: Set<Acceptance> = []
    for function in functions {
      guard let before = function.before, function.after != nil else { continue }
      let growth = function.change.zipped
      guard growth > 0, !bound.allows(growth, from: before.zipped) else { continue }
      let own = acceptances.filter { $0.function == function.name }
      if let acceptance = own.first(where: { growth <= $0.bytes }) {
        used.insert(acceptance)
        judged.diagnostics.append(.growthAccepted(function, acceptance))
      } else {
        // One that is too small is not stale.
        used.formUnion(own)
        judged.diagnostics.append(.grewTooMuch(function, bound: written, own.first))
      }
    }
    for acceptance in acceptances where !used.contains(acceptance) {
      let isThere = functions.contains { $0.name == acceptance.function }
      judged.diagnostics.append(.staleAcceptance(acceptance, isThere: isThere))
    }
    return judged
  }

  /// What changed, as notes at the lines that caused it, for tools that show findings in the source.
  package var findings: [Diagnostic] {
    causes.filter { $0.change.zipped != 0 }.map { .archiveChanged($0) } + diagnostics
  }
}
