/// Why a run ended early, with the exit code that goes with it.
package struct Failure: Error, Sendable {
  package enum Kind: Sendable {
    /// The command line or the configuration is wrong: exit code 2.
    case usage
    /// The system said no, or a tool is missing: exit code 3.
    case system
    /// Interrupted by the user: exit code 130.
    case interrupted
  }

  package let kind: Kind
  package let diagnostics: [Diagnostic]

  package init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
    self.kind = kind
    self.diagnostics = diagnostics
  }

  package var exitCode: Int32 {
    switch kind {
    case .usage: 2
    case .system: 3
    case .interrupted: 130
    }
  }
}

/// Told by stages that take long what they are at; whoever shows it decides how.
package struct Progress: Sendable {
  /// The stage ("downloading wheels"), how many of how many are done; `total` is 0 where unknown.
  package let report: @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void

  package init(_ report: @escaping @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void) {
    self.report = report
  }

  package static let silent = Progress { _, _, _ in }
}
