/// Why something is in an archive: the shortest chain of reasons from the handler to it.
package struct Explanation: Sendable {
  package struct Step: Sendable {
    package let from: String
    package let to: String
    package let kind: EdgeKind
    package let location: SourceLocation?
    /// The source line itself, without its indentation.
    package let line: String?
    /// A rule's sentence, a folded string, a pattern.
    package let note: String?
    /// Whether its place is in a file of the team's own.
    package let isOwn: Bool

    package init(
      from: String, to: String, kind: EdgeKind, location: SourceLocation?, line: String?,
      note: String?, isOwn: Bool
    ) {
      self.from = from
      self.to = to
      self.kind = kind
      self.location = location
      self.line = line
      self.note = note
      self.isOwn = isOwn
    }
  }

  /// The one line of the team's own without which it would not be there.
  package struct Cut: Sendable {
    package let location: SourceLocation
    /// The line itself, without its indentation.
    package let line: String?
    /// Bytes that leave the archive with it; zipped without headers.
    package let unzipped: Int
    package let zipped: Int

    package init(location: SourceLocation, line: String?, unzipped: Int, zipped: Int) {
      self.location = location
      self.line = line
      self.unzipped = unzipped
      self.zipped = zipped
    }
  }

  package enum Outcome: Sendable {
    /// From the handler's module to the target.
    case included([Step])
    /// Sentences that say why not, each with a place where there is one.
    case absent([Diagnostic.Note])
  }

  package let function: String
  package let target: String
  /// Whose the target is, with its version, where it is a part of a distribution of another name.
  package let distribution: String?
  package let outcome: Outcome
  /// Layers that have it, and the archive does not; empty for what is in the archive.
  package let layers: [String]
  /// Bytes of the target's own entries, unzipped: of the archive's or, in a layer, of those that the
  /// function would ship without it.
  package let weight: Int
  /// Bytes that would leave the archive with it, unzipped.
  package let retained: Int
  /// The same zipped, without headers; 0 where nothing was compressed.
  package let retainedZipped: Int
  /// Nil where several lines lead there, or none of the team's own.
  package let cut: Cut?
  /// For each other place that leads to it, the shortest chain through that, the shortest first.
  package let others: [[Step]]
  /// How many more there are than `others` has.
  package let further: Int

  package init(
    function: String, target: String, distribution: String?, outcome: Outcome,
    layers: [String] = [], weight: Int, retained: Int, retainedZipped: Int = 0, cut: Cut? = nil,
    others: [[Step]] = [],
    further: Int = 0
  ) {
    self.function = function
    self.target = target
    self.distribution = distribution
    self.outcome = outcome
    self.layers = layers
    self.weight = weight
    self.retained = retained
    self.retainedZipped = retainedZipped
    self.cut = cut
    self.others = others
    self.further = further
  }
}
