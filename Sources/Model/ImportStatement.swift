/// An import statement as it is written, to be edited.
package struct ImportStatement: Hashable, Sendable {
  package struct Name: Hashable, Sendable {
    package let name: String
    /// `c` of `import b as c`.
    package let alias: String?

    package init(name: String, alias: String?) {
      self.name = name
      self.alias = alias
    }

    /// What it is known as in the file: `a` of `import a.b`.
    package var bound: String {
      alias ?? String(name.prefix { $0 != "." })
    }
  }

  /// Counted from 1.
  package let lines: ClosedRange<Int>
  /// What stands before it on its first line.
  package let indentation: String
  /// `..a` of `from ..a import b`; nil for `import a`.
  package let module: String?
  package let names: [Name]

  package init(
    lines: ClosedRange<Int>, indentation: String, module: String?, names: [Name]
  ) {
    self.lines = lines
    self.indentation = indentation
    self.module = module
    self.names = names
  }
}

/// Lines of one file that take the place of others.
package struct Edit: Hashable, Sendable {
  /// As `Workspace.shownPath` gives it.
  package let path: String
  package let file: FileID
  /// Counted from 1.
  package let lines: ClosedRange<Int>
  package let before: [String]
  /// Empty where the lines go.
  package let after: [String]

  package init(
    path: String, file: FileID, lines: ClosedRange<Int>, before: [String], after: [String]
  ) {
    self.path = path
    self.file = file
    self.lines = lines
    self.before = before
    self.after = after
  }
}

/// A change to the team's own code, its configuration or its requirements that makes archives smaller, and
/// by exactly how much.
package struct Suggestion: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// A package's `__init__` imports what only some of its users need: they can import it themselves.
    case barrel
    /// Only one function's body uses what is imported at the top.
    case oneUse = "one-use"
    /// A line that is the only way to what it brings.
    case cut
    /// Few names of a distribution are all that the code uses of it.
    case smallUse = "small-use"
    /// What the provider's runtime has is shipped.
    case provided
    /// Native libraries are shipped with their symbols.
    case strip
    /// An extra that the requirements ask for.
    case extra
  }

  /// One archive, before and after the edits.
  package struct Saving: Hashable, Sendable {
    package let function: String
    package let before: Comparison.Bytes
    package let after: Comparison.Bytes

    package init(function: String, before: Comparison.Bytes, after: Comparison.Bytes) {
      self.function = function
      self.before = before
      self.after = after
    }

    package var saved: Comparison.Bytes { before - after }
  }

  package let kind: Kind
  package let location: SourceLocation
  /// What leaves, the largest first: distributions, or modules of the team's own.
  package let brings: [String]
  /// The function of the source that alone uses it, where `kind` says so.
  package let user: String?
  /// All names of a distribution that the code at those lines uses, dotted, sorted:
  /// `pandas.Timestamp`; empty where they are many, or cannot be told.
  package let used: [String]
  package let edits: [Edit]
  /// What the configuration has to say, above its tables; instead of edits.
  package let settings: [String]
  /// By name of the function.
  package let savings: [Saving]
  /// Why nobody but a person can make the edits; empty where they are certain.
  package let doubts: [String]

  package init(
    kind: Kind, location: SourceLocation, brings: [String], user: String? = nil,
    used: [String] = [], edits: [Edit] = [], settings: [String] = [], savings: [Saving],
    doubts: [String]
  ) {
    self.kind = kind
    self.location = location
    self.brings = brings
    self.user = user
    self.used = used
    self.edits = edits
    self.settings = settings
    self.savings = savings
    self.doubts = doubts
  }

  package var saved: Comparison.Bytes {
    savings.reduce(Comparison.Bytes()) { $0 + $1.saved }
  }

  /// Zipped bytes that a change has to save to be worth a sentence.
  package static let leastSaving = 20_000
}

/// Edits that are certain, together: files as they are and as they would be, and what that saves.
package struct Application: Sendable {
  package struct File: Sendable {
    /// Absolute, without links.
    package let location: String
    /// As `Workspace.shownPath` gives it.
    package let path: String
    package let before: [UInt8]
    package let after: [UInt8]
    /// In the order of their lines.
    package let edits: [Edit]

    package init(
      location: String, path: String, before: [UInt8], after: [UInt8], edits: [Edit]
    ) {
      self.location = location
      self.path = path
      self.before = before
      self.after = after
      self.edits = edits
    }
  }

  /// By path.
  package let files: [File]
  /// Of all edits together, to the byte.
  package let savings: [Suggestion.Saving]
  /// How many edits touch the lines of these, and are for another run.
  package let postponed: Int

  package init(files: [File], savings: [Suggestion.Saving], postponed: Int) {
    self.files = files
    self.savings = savings
    self.postponed = postponed
  }
}
