extension Report {
  /// A node of a function's graph that brings entries, or that something that does hangs on: what the
  /// chain of reasons to an entry is read from.
  package struct Node: Hashable, Sendable {
    /// The edge on which a shortest chain from the handler arrives.
    package struct Arrival: Hashable, Sendable {
      /// Position in `Function.nodes`.
      package let from: Int
      package let kind: EdgeKind
      package let location: SourceLocation?
      /// The line itself, without its indentation, where it is one of the team's own and of plain text.
      package let line: String?
      /// A rule's sentence, a folded string, a pattern.
      package let note: String?

      package init(
        from: Int, kind: EdgeKind, location: SourceLocation?, line: String?, note: String?
      ) {
        self.from = from
        self.kind = kind
        self.location = location
        self.line = line
        self.note = note
      }
    }

    package let name: String
    package let kind: Model.Node.Kind
    /// Position in `Function.distributions`; nil for the team's own.
    package let distribution: Int?
    /// Bytes of its own entries.
    package let unzipped: Int
    package let zipped: Int
    /// Bytes that leave the archive with it, its own among them; a lower bound where something that it
    /// leads to depends on a second node.
    package let retained: Int
    package let retainedZipped: Int
    /// Position in `Function.nodes` of the nearest one without which it would not be reached; nil for
    /// the handler, and for what several independent facts bring about.
    package let dominator: Int?
    /// Nil for the handler and for what is given.
    package let arrival: Arrival?

    package init(
      name: String, kind: Model.Node.Kind, distribution: Int?, unzipped: Int, zipped: Int,
      retained: Int, retainedZipped: Int, dominator: Int?, arrival: Arrival?
    ) {
      self.name = name
      self.kind = kind
      self.distribution = distribution
      self.unzipped = unzipped
      self.zipped = zipped
      self.retained = retained
      self.retainedZipped = retainedZipped
      self.dominator = dominator
      self.arrival = arrival
    }
  }
}

extension Report.Function {
  /// The nodes from the handler to one of `nodes`, that one last.
  package func path(to node: Int) -> [Int] {
    var path = [node]
    // A chain has no circle; a document that somebody wrote may have.
    while let from = nodes[path[path.count - 1]].arrival?.from, path.count <= nodes.count {
      path.append(from)
    }
    return path.reversed()
  }

  /// The chain of reasons from the handler to one of `nodes`. What leads to a condition and on from it
  /// is one step: the line that brings it about, with the condition as its note.
  package func chain(to node: Int) -> [Explanation.Step] {
    var steps: [Explanation.Step] = []
    var cause: (from: Int, arrival: Report.Node.Arrival)?
    var start: Int?
    for index in path(to: node) {
      guard let arrival = nodes[index].arrival else { continue }
      if arrival.kind == .proviso {
        start = start ?? arrival.from
        continue
      }
      let first = cause ?? (arrival.from, arrival)
      if nodes[index].kind == .condition {
        cause = first
        continue
      }
      let note = first.arrival.note ?? (cause == nil ? nil : nodes[arrival.from].name)
      steps.append(
        Explanation.Step(
          from: nodes[start ?? first.from].name, to: nodes[index].name, kind: first.arrival.kind,
          location: first.arrival.location, line: first.arrival.line, note: note,
          isOwn: nodes[first.from].distribution == nil))
      cause = nil
      start = nil
    }
    return steps
  }
}

extension Node.Kind {
  /// As it is written to reports.
  package var name: String {
    switch self {
    case .module: "module"
    case .extension: "extension"
    case .namespace: "namespace"
    case .library: "library"
    case .data: "data"
    case .metadata: "metadata"
    case .condition: "condition"
    }
  }

  package init?(name: String) {
    guard let kind = Self.byName[name] else { return nil }
    self = kind
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: [
      Self.module, .extension, .namespace, .library, .data, .metadata, .condition,
    ].map { ($0.name, $0) })
}

extension EdgeKind {
  package init?(name: String) {
    guard let kind = Self.byName[name] else { return nil }
    self = kind
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}

extension Plan.Reason {
  package init?(name: String) {
    switch name {
    case "handler": self = .handler
    case "included": self = .included
    case "companion": self = .companion
    case "generated": self = .generated
    case "layer": self = .layer
    default:
      guard let kind = EdgeKind(name: name) else { return nil }
      self = .edge(kind)
    }
  }
}

extension Runtime {
  /// `python3.12`; nil for anything else.
  package init?(_ description: String) {
    let language = description.prefix { $0.isLetter }
    let numbers = description.dropFirst(language.count).split(
      separator: ".", omittingEmptySubsequences: false)
    guard !language.isEmpty, numbers.count == 2, let major = Int(numbers[0]),
      let minor = Int(numbers[1])
    else { return nil }
    self.init(language: String(language), major: major, minor: minor)
  }
}
