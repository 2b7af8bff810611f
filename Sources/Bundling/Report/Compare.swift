package import Model

/// What changed from one report to another, function by function, and why.
///
/// An entry that came hangs on the first edge of its chain that the older report has no target for;
/// one that went, the other way round. Where that edge leaves a distribution of another version, or
/// the entry itself belongs to one, the version is the cause.
package func compare(_ base: [Report.Function], _ head: [Report.Function]) -> Comparison {
  var pairs: [String: (base: Report.Function?, head: Report.Function?)] = [:]
  for function in base { pairs[function.name, default: (nil, nil)].base = function }
  for function in head { pairs[function.name, default: (nil, nil)].head = function }
  var functions: [Comparison.Function] = []
  var sums: [Comparison.Cause: CauseSum] = [:]
  for (name, pair) in pairs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
    guard let base = pair.base, let head = pair.head else {
      functions.append(
        Comparison.Function(name: name, before: pair.base?.bytes, after: pair.head?.bytes))
      continue
    }
    var pairing = Pairing(base, head)
    pairing.compare()
    for (cause, sum) in pairing.sums {
      sums[cause, default: CauseSum()].add(sum, of: name)
    }
    functions.append(
      Comparison.Function(
        name: name, before: base.bytes, after: head.bytes,
        effects: pairing.sums.map { .init(cause: $0.key, change: $0.value.change) }.sorted {
          isLarger(($0.cause, $0.change), ($1.cause, $1.change))
        }, settings: settings(base, head)))
  }
  let causes = sums.map { cause, sum in
    Comparison.SharedCause(
      cause: cause, brings: sum.largest(without: cause.subject), functions: sum.functions.sorted(),
      change: sum.change)
  }.sorted { isLarger(($0.cause, $0.change), ($1.cause, $1.change)) }
  return Comparison(functions: functions, causes: causes)
}

/// The larger change first; then by what a person reads, so that the order is stable.
private func isLarger(
  _ a: (cause: Comparison.Cause, change: Comparison.Bytes),
  _ b: (cause: Comparison.Cause, change: Comparison.Bytes)
) -> Bool {
  let (left, right) = (a.change.zipped.magnitude, b.change.zipped.magnitude)
  if left != right { return left > right }
  let (one, other) = (a.cause, b.cause)
  return (one.location?.path ?? "", one.location?.line ?? 0, one.sentence)
    < (other.location?.path ?? "", other.location?.line ?? 0, other.sentence)
}

private func settings(
  _ base: Report.Function, _ head: Report.Function
) -> [Comparison.Setting] {
  [
    ("handler", base.handler, head.handler),
    ("provider", base.provider.rawValue, head.provider.rawValue),
    ("runtime", base.runtime.description, head.runtime.description),
    ("architecture", base.architecture.rawValue, head.architecture.rawValue),
  ].filter { $0.1 != $0.2 }.map { .init(name: $0.0, before: $0.1, after: $0.2) }
}

/// What a cause comes to.
private struct CauseSum {
  var change = Comparison.Bytes()
  var byDistribution: [String: Int] = [:]
  var functions: Set<String> = []

  mutating func add(_ change: Comparison.Bytes, of distribution: String?) {
    self.change += change
    if let distribution { byDistribution[distribution, default: 0] += change.zipped }
  }

  mutating func add(_ sum: CauseSum, of function: String) {
    change += sum.change
    byDistribution.merge(sum.byDistribution, uniquingKeysWith: +)
    functions.insert(function)
  }

  func largest(without subject: String) -> [String] {
    byDistribution.filter {
      $0.key != subject && $0.value.magnitude * 20 >= change.zipped.magnitude
    }
    .sorted { ($1.value.magnitude, $0.key) < ($0.value.magnitude, $1.key) }.prefix(3).map(\.key)
  }
}

/// One function before and after.
private struct Pairing {
  let base: Side
  let head: Side
  var sums: [Comparison.Cause: CauseSum] = [:]
  /// Of each distribution: the cause that changed most of it.
  private var byDistribution: [String: [Comparison.Cause: Int]] = [:]

  /// A function of one of the reports, with what is looked up in it.
  struct Side {
    let function: Report.Function
    let versions: [String: String]
    let nodes: Set<NodeKey>
    let entries: [RelativePath: Int]

    init(_ function: Report.Function) {
      self.function = function
      versions = Dictionary(
        function.distributions.map { ($0.name, $0.version) }, uniquingKeysWith: { a, _ in a })
      nodes = Set(function.nodes.map(NodeKey.init))
      entries = Dictionary(
        function.entries.enumerated().map { ($0.element.path, $0.offset) },
        uniquingKeysWith: { a, _ in a })
    }
  }

  struct NodeKey: Hashable {
    let kind: Node.Kind
    let name: String
    init(_ node: Report.Node) {
      kind = node.kind
      name = node.name
    }
  }

  init(_ base: Report.Function, _ head: Report.Function) {
    self.base = Side(base)
    self.head = Side(head)
  }

  mutating func compare() {
    // Counted last, by what else happens to their distribution: a `RECORD` lists what is kept.
    var records: [(distribution: String, change: Comparison.Bytes)] = []
    for entry in head.function.entries {
      guard let position = base.entries[entry.path] else {
        add(cause(of: entry, on: head, against: base, .added), entry.bytes, entry.distribution)
        continue
      }
      let change = entry.bytes - base.function.entries[position].bytes
      guard change != Comparison.Bytes() else { continue }
      if let distribution = entry.distribution, versionChange(of: distribution) == nil {
        records.append((distribution, change))
      } else {
        add(inPlace(entry), change, entry.distribution)
      }
    }
    for entry in base.function.entries where head.entries[entry.path] == nil {
      add(
        cause(of: entry, on: base, against: head, .removed), Comparison.Bytes() - entry.bytes,
        entry.distribution)
    }
    for (distribution, change) in records {
      let cause = byDistribution[distribution]?.max {
        ($0.value, $1.key.sentence) < ($1.value, $0.key.sentence)
      }?.key
      add(
        cause
          ?? .init(kind: .content, subject: distribution, sentence: Sentence.content(distribution)),
        change, distribution)
    }
    // ZIP64's records, beyond 65,534 entries or 4 GiB.
    let rest =
      head.function.bytes - base.function.bytes
      - sums.values.reduce(Comparison.Bytes()) { $0 + $1.change }
    if rest != Comparison.Bytes() {
      add(.init(kind: .configuration, subject: "", sentence: Sentence.layout), rest, nil)
    }
  }

  private mutating func add(
    _ cause: Comparison.Cause, _ change: Comparison.Bytes, _ distribution: String?
  ) {
    sums[cause, default: CauseSum()].add(change, of: distribution)
    if let distribution {
      byDistribution[distribution, default: [:]][cause, default: 0] += abs(change.zipped)
    }
  }

  /// Nil where both have the same, or one has none.
  private func versionChange(of distribution: String) -> Comparison.Cause? {
    guard let before = base.versions[distribution], let after = head.versions[distribution],
      before != after
    else { return nil }
    return .init(
      kind: .version, subject: distribution,
      sentence: Sentence.version(distribution, before, after))
  }

  private func inPlace(_ entry: Report.Entry) -> Comparison.Cause {
    if let cause = entry.distribution.flatMap(versionChange) { return cause }
    guard entry.node != nil else {
      return .init(
        kind: .configuration, subject: entry.path.string, sentence: Sentence.changed(entry.path))
    }
    return .init(kind: .edited, subject: entry.path.string, sentence: Sentence.changed(entry.path))
  }

  /// Why an entry is on one side and not on the other.
  private func cause(
    of entry: Report.Entry, on side: Side, against other: Side, _ kind: Comparison.Cause.Kind
  ) -> Comparison.Cause {
    if let cause = entry.distribution.flatMap(versionChange) { return cause }
    guard let node = entry.node else {
      return .init(
        kind: .configuration, subject: entry.path.string,
        sentence: Sentence.shipped(entry.path, entry.reason, kind))
    }
    let nodes = side.function.nodes
    let path = side.function.path(to: node)
    guard let first = path.firstIndex(where: { !other.nodes.contains(NodeKey(nodes[$0])) }) else {
      // What brings it is on both sides; its files differ.
      if let distribution = entry.distribution {
        return .init(
          kind: .content, subject: distribution, sentence: Sentence.content(distribution))
      }
      return .init(
        kind: .edited, subject: entry.path.string,
        sentence: Sentence.shipped(entry.path, entry.reason, kind))
    }
    guard first > 0, let arrival = nodes[path[first]].arrival else {
      return .init(
        kind: kind, subject: nodes[path[first]].name,
        sentence: Sentence.handler(nodes[path[first]].name, kind))
    }
    // A version of its own may import what the other one did not.
    let importer = nodes[path[first - 1]]
    if let position = importer.distribution,
      let cause = versionChange(of: side.function.distributions[position].name)
    {
      return cause
    }
    // What a condition stands for is what comes behind it.
    let subject = nodes[path[first...].first { nodes[$0].kind != .condition } ?? node]
    let name = subject.distribution.map { side.function.distributions[$0].name } ?? subject.name
    return .init(
      kind: kind, subject: name, sentence: Sentence.edge(arrival.kind, importer.name, name, kind),
      location: arrival.location, line: arrival.line)
  }
}

/// What happened, without its place.
private enum Sentence {
  static let layout = "the archive's directory has another form"

  static func version(_ name: String, _ before: String, _ after: String) -> String {
    "a dependency changed by itself: \(name) \(before) → \(after)"
  }

  static func content(_ name: String) -> String {
    "\(name) has other content or other files, in the same version"
  }

  static func changed(_ path: RelativePath) -> String { "'\(path)' changed" }

  static func handler(_ name: String, _ kind: Comparison.Cause.Kind) -> String {
    kind == .added ? "the handler's module is now '\(name)'" : "the handler's module was '\(name)'"
  }

  static func shipped(
    _ path: RelativePath, _ reason: Plan.Reason, _ kind: Comparison.Cause.Kind
  ) -> String {
    let how =
      switch reason {
      case .included: ", by 'include'"
      case .companion: ", for the provider"
      case .generated, .layer: ", made by pare"
      case .handler, .edge: ""
      }
    return kind == .added ? "now ships '\(path)'\(how)" : "no longer ships '\(path)'\(how)"
  }

  static func edge(
    _ edge: EdgeKind, _ importer: String, _ name: String, _ kind: Comparison.Cause.Kind
  ) -> String {
    switch (edge.isImport, kind) {
    case (true, .removed): "no longer imports \(name)"
    case (true, _): "now imports \(name)"
    case (false, .removed): "no longer leads to \(name) (\(edge.name))"
    case (false, _): "now leads to \(name) (\(edge.name))"
    }
  }
}

extension Report.Function {
  fileprivate var bytes: Comparison.Bytes { .init(unzipped: unzipped, zipped: zipped) }
}

extension Report.Entry {
  /// With its local header and its record in the directory (APPNOTE.TXT 4.3.7, 4.3.12).
  fileprivate var bytes: Comparison.Bytes {
    .init(unzipped: unzipped, zipped: zipped + 30 + 46 + 2 * path.string.utf8.count)
  }
}
