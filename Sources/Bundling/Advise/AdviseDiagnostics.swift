import Model

// What there is to say about advice that is taken, and about profiles that it is made of.

extension Diagnostic {
  static func changedMeanwhile(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "changed-meanwhile", "'\(path)' was changed while its edits were measured",
      at: SourceLocation(path: path),
      notes: [.hint("nothing was written; run it again when nobody is writing")])
  }

  static func profileOfNobody(_ path: String, _ function: String) -> Diagnostic {
    Diagnostic(
      .error, "profile-of-another-project",
      "'\(path)' is a profile of '\(function)', which is no function of this project",
      notes: [.hint("'pare profile FUNCTION --format json' writes one")])
  }

  static func staleProfile(
    _ path: String, _ function: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "stale-profile",
      "'\(path)' was measured before this line was changed", at: location,
      notes: [.hint("run 'pare package \(function)' and 'pare profile \(function)' again")])
  }
}
