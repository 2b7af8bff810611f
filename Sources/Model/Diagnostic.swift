/// A place in a text file, as a person counts: the first line and the first column are 1, a column
/// is a byte. Line 0 means the file as a whole.
package struct SourceLocation: Hashable, Sendable {
  /// Relative to the project's folder where it lies inside, else absolute.
  package let path: String
  package let line: Int
  package let column: Int

  package init(path: String, line: Int = 0, column: Int = 0) {
    self.path = path
    self.line = line
    self.column = column
  }
}

/// Something that the user's code or configuration does, said to the user.
///
/// Made only by the static functions in each target's `Diagnostics.swift`, so that all sentences can
/// be read in one place. The world's failures are thrown, not diagnosed.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable, Comparable {
    case note, warning, error

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
  }

  package struct Note: Hashable, Sendable {
    package let message: String
    package let location: SourceLocation?

    package init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// In kebab-case, never reused: `unresolved-import`.
  package let code: String
  package var severity: Severity
  /// Without a trailing full stop; names the thing in 'single quotes'.
  package let message: String
  package let location: SourceLocation?
  package var notes: [Note]
  /// The name of the function that it concerns, where it concerns just one.
  package var function: String?

  package init(
    _ severity: Severity, _ code: String, _ message: String, at location: SourceLocation? = nil,
    notes: [Note] = [], function: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.location = location
    self.notes = notes
    self.function = function
  }
}

extension Diagnostic: Comparable {
  /// By place, then code, then message: the order in which they are printed.
  package static func < (a: Self, b: Self) -> Bool {
    let left = (a.location?.path ?? "", a.location?.line ?? 0, a.location?.column ?? 0)
    let right = (b.location?.path ?? "", b.location?.line ?? 0, b.location?.column ?? 0)
    if left != right { return left < right }
    return (a.code, a.message, a.function ?? "") < (b.code, b.message, b.function ?? "")
  }
}
