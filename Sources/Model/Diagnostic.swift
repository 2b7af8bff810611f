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
    package enum Kind: String, Hashable, Sendable {
      /// A fact that helps to understand.
      case note
      /// What the user can do about it.
      case hint
    }

    package let kind: Kind
    package let message: String
    package let location: SourceLocation?

    package init(_ message: String, at location: SourceLocation? = nil, kind: Kind = .note) {
      self.kind = kind
      self.message = message
      self.location = location
    }

    package static func hint(_ message: String, at location: SourceLocation? = nil) -> Self {
      Self(message, at: location, kind: .hint)
    }
  }

  /// The line that it is about, as it is printed below the message with a part underlined.
  package struct Excerpt: Hashable, Sendable {
    package let text: String
    /// Where the underlined part begins, in bytes; the first is 1.
    package let column: Int
    /// In bytes; 0 underlines the word that begins at `column`.
    package let length: Int

    package init(_ text: String, column: Int, length: Int = 0) {
      self.text = text
      self.column = column
      self.length = length
    }
  }

  /// In kebab-case, never reused: `unresolved-import`.
  package let code: String
  package var severity: Severity
  /// Without a trailing full stop; names the thing in 'single quotes'.
  package let message: String
  package let location: SourceLocation?
  package var notes: [Note]
  /// Nil where `location` is enough: whoever prints it reads the line from the file then.
  package var excerpt: Excerpt?
  /// The name of the function that it concerns, where it concerns just one.
  package var function: String?

  package init(
    _ severity: Severity, _ code: String, _ message: String, at location: SourceLocation? = nil,
    notes: [Note] = [], excerpt: Excerpt? = nil, function: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.location = location
    self.notes = notes
    self.excerpt = excerpt
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
