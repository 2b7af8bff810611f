/// What changed between two reports: per function the change in bytes, and what caused it.
///
/// The changes that a function's causes have add up to the change of its archive, to the byte: an
/// entry's share of headers and directory is counted with it.
package struct Comparison: Sendable {
  package struct Bytes: Hashable, Sendable {
    package var unzipped: Int
    /// With headers.
    package var zipped: Int

    package init(unzipped: Int = 0, zipped: Int = 0) {
      self.unzipped = unzipped
      self.zipped = zipped
    }

    package static func + (a: Self, b: Self) -> Self {
      Self(unzipped: a.unzipped + b.unzipped, zipped: a.zipped + b.zipped)
    }
    package static func - (a: Self, b: Self) -> Self {
      Self(unzipped: a.unzipped - b.unzipped, zipped: a.zipped - b.zipped)
    }
    package static func += (a: inout Self, b: Self) { a = a + b }
  }

  package struct Cause: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// An import (or what else leads from one to another) that was not there.
      case added
      /// One that is not there any more.
      case removed
      /// Another version of a distribution.
      case version
      /// A file of the team's own that is longer or shorter.
      case edited
      /// The same version of a distribution with other content or other files.
      case content
      /// Made by pare, taken by `include`, or asked for by the provider.
      case configuration
    }

    package let kind: Kind
    /// What came, went or changed: a distribution's name, a module's, a path in the archive.
    package let subject: String
    /// What happened, as a person says it, without its place: "now imports pandas".
    package let sentence: String
    /// Of the import: in the newer state, or in the older one for what was removed.
    package let location: SourceLocation?
    package let line: String?

    package init(
      kind: Kind, subject: String, sentence: String, location: SourceLocation? = nil,
      line: String? = nil
    ) {
      self.kind = kind
      self.subject = subject
      self.sentence = sentence
      self.location = location
      self.line = line
    }
  }

  package struct Effect: Hashable, Sendable {
    package let cause: Cause
    package let change: Bytes

    package init(cause: Cause, change: Bytes) {
      self.cause = cause
      self.change = change
    }
  }

  /// A setting that is different: `runtime`, from `python3.12` to `python3.13`.
  package struct Setting: Hashable, Sendable {
    package let name: String
    package let before: String
    package let after: String

    package init(name: String, before: String, after: String) {
      self.name = name
      self.before = before
      self.after = after
    }
  }

  package struct Function: Sendable {
    package let name: String
    /// Nil for one that came.
    package let before: Bytes?
    /// Nil for one that went.
    package let after: Bytes?
    /// The largest change of zipped bytes first; empty for what came or went.
    package let effects: [Effect]
    package let settings: [Setting]

    package init(
      name: String, before: Bytes?, after: Bytes?, effects: [Effect] = [],
      settings: [Setting] = []
    ) {
      self.name = name
      self.before = before
      self.after = after
      self.effects = effects
      self.settings = settings
    }

    package var change: Bytes { (after ?? Bytes()) - (before ?? Bytes()) }
  }

  /// A cause with all functions that it changed.
  package struct SharedCause: Sendable {
    package let cause: Cause
    /// The distributions that most of its bytes belong to, the largest first, without its subject.
    package let brings: [String]
    package let functions: [String]
    package let change: Bytes

    package init(cause: Cause, brings: [String], functions: [String], change: Bytes) {
      self.cause = cause
      self.brings = brings
      self.functions = functions
      self.change = change
    }
  }

  /// By name; those that are as they were among them.
  package let functions: [Function]
  /// The largest change of zipped bytes first.
  package let causes: [SharedCause]
  /// What is above a bound and not accepted, what is accepted, and what of that is stale.
  package var diagnostics: [Diagnostic] = []

  package init(functions: [Function], causes: [SharedCause]) {
    self.functions = functions
    self.causes = causes
  }

  package var changed: [Function] {
    functions.filter { $0.before != $0.after || !$0.effects.isEmpty || !$0.settings.isEmpty }
  }
}

/// A growth that the repository accepts, with the reason: `[[accept]]`.
package struct Acceptance: Hashable, Sendable {
  package let function: String
  /// Zipped bytes by which it may have grown.
  package let bytes: Int
  package let reason: String
  package let location: SourceLocation

  package init(function: String, bytes: Int, reason: String, location: SourceLocation) {
    self.function = function
    self.bytes = bytes
    self.reason = reason
    self.location = location
  }
}
