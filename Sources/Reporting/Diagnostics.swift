package import Model

// What there is to say about reports that are read.

extension Diagnostic {
  static func notAReport(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "not-a-report", "'\(path)' is not a report that pare wrote",
      notes: [.hint("'pare package' writes one to 'OUTPUT/report.json'")])
  }

  static func otherSchema(_ path: String, found: Int64, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "other-report-schema",
      "'\(path)' has schema version \(found); this version of pare reads \(Report.schemaVersion)",
      at: location,
      notes: [.hint("make it again: 'pare package' of this version on the state that it is of")])
  }

  static func notAManifest(_ path: String, at location: SourceLocation? = nil) -> Diagnostic {
    Diagnostic(
      .error, "not-a-manifest", "'\(path)' is not a manifest that this version of pare wrote",
      at: location, notes: [.hint("'pare package' writes one to 'OUTPUT/manifest.json'")])
  }

  static func damagedReport(
    _ path: String, _ problem: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "damaged-report", "'\(path)' is damaged: \(problem)", at: location,
      notes: [.hint("'pare package' makes it again")])
  }
}

extension Diagnostic {
  static func notAProfile(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "not-a-profile", "'\(path)' is not a profile that pare wrote",
      notes: [.hint("'pare profile FUNCTION --format json' writes one")])
  }

  static func otherProfile(_ path: String, found: Int64, at location: SourceLocation) -> Diagnostic
  {
    Diagnostic(
      .error, "other-profile-schema",
      "'\(path)' has profile version \(found); this version of pare reads \(Profile.schemaVersion)",
      at: location, notes: [.hint("make it again: 'pare profile' of this version")])
  }

  static func damagedProfile(
    _ path: String, _ problem: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "damaged-profile", "'\(path)' is damaged: \(problem)", at: location,
      notes: [.hint("'pare profile FUNCTION --format json' makes it again")])
  }
}

/// A document that is no report, or none of this schema, or not all of one.
package struct UnusableReport: Error, Sendable {
  package let diagnostic: Diagnostic
}
