import Files
package import Graph
package import Model
import Text

/// Why `target` is in a function's archive, or why not.
///
/// `target` names a distribution, an archive path (of a file or a folder), a file of the project, or
/// a module with everything below it, looked for in this order; or it is a glob over all of these names.
/// Throws where a source line can no longer be read.
///
/// - Parameters:
///   - sizes: of the plan's entries; nil where nothing was compressed: sizes are unpacked bytes then.
///   - limit: how many chains beside the shortest are wanted.
package func explain(
  _ target: String, in plan: Plan, sizes: [Artifact.Size]? = nil, limit: Int = 0,
  of reach: Reach, from stock: Stock, search: inout Search
) throws(Failure) -> Explanation {
  let function = stock.workspace.functions[reach.function]
  let own = stock.subject(target, in: plan, reach)
  if own == nil, !plan.layered.isEmpty {
    let inLayers = Plan(plan.product, entries: plan.layered.map(\.entry))
    if case .nodes(let nodes)? = stock.subject(target, in: inLayers, reach) {
      return try stock.explanation(of: target, nodes, in: plan, reach)
    }
  }
  let weights = Weights(
    plan, sizes ?? plan.entries.map { Artifact.Size(unzipped: stock.size(of: $0), zipped: 0) },
    nodes: stock.graph.nodes.count)
  let subject = own
  let nodes: [NodeID]
  switch subject {
  case .nodes(let found): nodes = found
  case .generated(let entry):
    return Explanation(
      function: function.name, target: target, distribution: nil,
      outcome: .included([stock.step(to: entry, function)]), weight: stock.size(of: entry),
      retained: stock.size(of: entry))
  case nil:
    return Explanation(
      function: function.name, target: target, distribution: nil,
      outcome: .absent(stock.whyAbsent(target, plan, reach, search: &search)), weight: 0,
      retained: 0)
  }
  let lost = weights.sum(search.lost(from: reach, overlay: function.overlay, without: nodes))
  let chain = nodes.map { stock.chain(to: $0, reach) }.min { $0.count < $1.count } ?? []
  let others = limit > 0 ? stock.otherChains(to: nodes, besides: chain, reach) : []
  return Explanation(
    function: function.name, target: target, distribution: stock.owner(of: nodes, unless: target),
    outcome: .included(try stock.steps(along: chain, reach)),
    weight: weights.sum(nodes).unzipped, retained: lost.unzipped, retainedZipped: lost.zipped,
    cut: try stock.cut(nodes, reach, weights, search: &search),
    others: try others.prefix(limit).map { (chain) throws(Failure) in
      try stock.steps(along: chain, reach)
    }, further: max(0, others.count - limit))
}

extension Stock {
  /// Of what a layer has: how it comes to be needed, and how much of it would be in the archive.
  fileprivate func explanation(
    of target: String, _ nodes: [NodeID], in plan: Plan, _ reach: Reach
  ) throws(Failure) -> Explanation {
    let wanted = Set(nodes)
    let found = plan.layered.filter { $0.entry.node.map(wanted.contains) ?? false }
    let chain = nodes.map { self.chain(to: $0, reach) }.min { $0.count < $1.count } ?? []
    return Explanation(
      function: workspace.functions[reach.function].name, target: target,
      distribution: owner(of: nodes, unless: target),
      outcome: .included(try steps(along: chain, reach)),
      layers: Set(found.map(\.layer)).sorted().map { workspace.layers[$0].name },
      weight: found.reduce(0) { $0 + size(of: $1.entry) }, retained: 0)
  }
}

private enum Subject {
  /// In ascending order, at least one.
  case nodes([NodeID])
  /// An entry that no node brings.
  case generated(Plan.Entry)
}

extension Stock {
  /// What of the archive is meant; nil where nothing in it is.
  fileprivate func subject(_ target: String, in plan: Plan, _ reach: Reach) -> Subject? {
    var isShipped = BitSet(capacity: graph.nodes.count)
    for entry in plan.entries {
      if let node = entry.node { isShipped.insert(Int(node.index)) }
    }
    let glob = Glob(target)
    if glob.hasWildcards { return subject(matching: glob, in: plan, reach, isShipped) }
    let normalized = normalisedName(target)
    let named = workspace.distributions.ids.filter {
      workspace.distributions[$0].name == normalized
    }
    if !named.isEmpty {
      let nodes = reach.nodes.filter {
        graph.nodes[$0].distribution.map(named.contains) ?? false
          && graph.nodes[$0].kind != .condition
      }
      if nodes.contains(where: { isShipped.contains(Int($0.index)) }) { return .nodes(nodes) }
    }
    let path = RelativePath(target.hasSuffix("/") ? String(target.dropLast()) : target)
    let atPath = plan.entries.filter { entry in
      entry.path == path || entry.path.string.utf8.starts(with: "\(path)/".utf8)
        || isShown(entry, at: target)
    }
    if let entry = atPath.first {
      let nodes = Set(atPath.compactMap(\.node)).sorted()
      return nodes.isEmpty ? .generated(entry) : .nodes(nodes)
    }
    let below = target + "."
    let nodes = reach.nodes.filter { node in
      let row = graph.nodes[node]
      guard row.kind != .condition, row.kind != .metadata else { return false }
      return (row.name == target || row.name.utf8.starts(with: below.utf8))
        && (row.files.isEmpty || isShipped.contains(Int(node.index)))
    }
    return nodes.isEmpty ? nil : .nodes(nodes)
  }

  /// Everything whose name matches: of its distribution, its module, its path in the archive.
  private func subject(
    matching glob: Glob, in plan: Plan, _ reach: Reach, _ isShipped: BitSet
  ) -> Subject? {
    var nodes = Set(plan.entries.filter { glob.matches($0.path.string) }.compactMap(\.node))
    for node in reach.nodes where isShipped.contains(Int(node.index)) {
      let row = graph.nodes[node]
      let owner = row.distribution.map { workspace.distributions[$0].name }
      if glob.matches(row.name) || owner.map(glob.matches) ?? false { nodes.insert(node) }
    }
    return nodes.isEmpty ? nil : .nodes(nodes.sorted())
  }

  /// For each place outside `nodes` that leads into them, the shortest chain that goes through it,
  /// the shortest first.
  fileprivate func otherChains(
    to nodes: [NodeID], besides chain: [Edge], _ reach: Reach
  ) -> [[Edge]] {
    let targets = Set(nodes)
    let overlay = workspace.functions[reach.function].overlay
    // A line that asks for several names of the target leads there once.
    func key(_ chain: [Edge]) -> [Int] {
      guard let place = chain.last(where: { $0.place != nil })?.place else {
        return [Int(chain.last?.from.index ?? 0)]
      }
      return [Int(place.file.index), Int(place.line)]
    }
    var told: Set<[Int]> = [key(chain)]
    var chains: [[Edge]] = []
    for from in reach.nodes where !targets.contains(from) {
      for edge in graph.edges(from: from) where targets.contains(edge.to) && edge.kind != .proviso {
        guard edge.premise.map(reach.contains) ?? true,
          edge.scope.map({ graph.scopes[Int($0)].holds(for: overlay) }) ?? true,
          !edge.needsEager || reach.isEager[Int(from.index)]
        else { continue }
        let before = self.chain(to: from, reach)
        // What comes back from what the target itself brought is no other way.
        guard !before.contains(where: { targets.contains($0.to) }) else { continue }
        chains.append(before + [edge])
      }
    }
    return chains.enumerated().sorted {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }.map(\.element).filter { told.insert(key($0)).inserted }
  }

  /// Whether an entry is the file that diagnostics call so: `libs/shop/src/shop/rates.py`.
  private func isShown(_ entry: Plan.Entry, at path: String) -> Bool {
    guard case .file(let file) = entry.content,
      path.utf8.reversed().starts(with: workspace.files[file].path.name.utf8.reversed())
    else { return false }
    return workspace.shownPath(of: file) == path
  }

  /// The distribution that all of them belong to, with its version; nil where `name` says it already.
  fileprivate func owner(of nodes: [NodeID], unless name: String) -> String? {
    let owners = Set(nodes.map { graph.nodes[$0].distribution })
    guard owners.count == 1,
      let owner = owners.first.flatMap(\.self).map({ workspace.distributions[$0] }),
      owner.name != normalisedName(name)
    else { return nil }
    return "\(owner.displayName) \(owner.version)"
  }

  /// The edges from the handler to a node.
  func chain(to node: NodeID, _ reach: Reach) -> [Edge] {
    var chain: [Edge] = []
    var node = node
    while reach.arrival[Int(node.index)] >= 0 {
      let edge = graph.edges[Int(reach.arrival[Int(node.index)])]
      chain.append(edge)
      node = edge.from
    }
    return chain.reversed()
  }

  /// One step for each edge; what leads to a condition and on from it is one step, whose note is the
  /// condition, or what is said of how it comes about: what is to be seen is the line that brings it
  /// about. A proviso says nothing of its own: what it leads on to is told of the module that it began
  /// at.
  fileprivate func steps(
    along chain: [Edge], _ reach: Reach
  ) throws(Failure) -> [Explanation.Step] {
    var steps: [Explanation.Step] = []
    var cause: Edge?
    var start: NodeID?
    for edge in chain {
      if edge.kind == .proviso {
        start = start ?? edge.from
        continue
      }
      let first = cause ?? edge
      if graph.nodes[edge.to].kind == .condition {
        cause = first
        continue
      }
      cause = nil
      let from = start ?? first.from
      start = nil
      let condition = first == edge ? nil : graph.nodes[edge.from].name
      steps.append(
        Explanation.Step(
          from: graph.nodes[from].name, to: graph.nodes[edge.to].name, kind: first.kind,
          location: first.place.map(workspace.location),
          line: try first.place.flatMap { (place) throws(Failure) in try line(at: place) },
          note: first.note.map { graph.notes[Int($0)] } ?? condition ?? leave(for: edge, reach),
          isOwn: first.place.map { workspace.roots[workspace.files[$0.file].root].isFirstParty }
            ?? false))
    }
    return steps
  }

  /// How it comes that an optional import is followed: who declares what it is of.
  private func leave(for edge: Edge, _ reach: Reach) -> String? {
    guard let premise = edge.premise, graph.nodes[premise].kind == .condition,
      graph.optional.contains(where: { $0.premise == premise })
    else { return nil }
    let chain = chain(to: premise, reach)
    var words: [String] = []
    for edge in chain.reversed() {
      let place = edge.place.map { workspace.location(of: $0) }.map { "\($0.path):\($0.line)" }
      switch edge.kind {
      case .requires: words.append("which is required")
      case .metadata: continue
      case .string: return (words + ["named at \(place ?? "")"]).joined(separator: " ")
      case .called: return edge.note.map { graph.notes[Int($0)] }
      case .orphan: return "nobody else declares it"
      default:
        let by = graph.nodes[edge.to].name
        return (words + ["by '\(by)', imported at \(place ?? "")"]).joined(separator: " ")
      }
    }
    return "declared by the function"
  }

  fileprivate func step(to entry: Plan.Entry, _ function: Function) -> Explanation.Step {
    Explanation.Step(
      from: function.name, to: entry.path.string, kind: .configured, location: function.origin,
      line: nil, note: note(on: entry.reason, function), isOwn: true)
  }

  private func note(on reason: Plan.Reason, _ function: Function) -> String {
    switch reason {
    case .companion: "\(function.provider.rawValue) looks for it there"
    case .generated: "made by pare"
    case .included, .handler, .edge, .layer: "an 'include' pattern"
    }
  }

  /// A line of a source file without its indentation; nil for native files and where it is not UTF-8.
  func line(at place: Place) throws(Failure) -> String? {
    guard place.line > 0, language.role(of: workspace.files[place.file].path) != .native
    else { return nil }
    var reader = store.makeReader()
    do {
      try reader.read(place.file)
    } catch {
      throw Failure(error)
    }
    return reader.withBytes { bytes in
      var line = 1
      var start = 0
      while start < bytes.count, line < Int(place.line) {
        if bytes[start] == UInt8(ascii: "\n") { line += 1 }
        start += 1
      }
      var text: [UInt8] = []
      while start < bytes.count, bytes[start] != UInt8(ascii: "\n"), text.count < 400 {
        text.append(bytes[start])
        start += 1
      }
      let blanks: [UInt8] = [9, 12, 13, 32]
      let trimmed = text.drop { blanks.contains($0) }
      let end = trimmed.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? trimmed.startIndex
      return String(validating: trimmed[..<end], as: UTF8.self)
    }
  }

  func size(of entry: Plan.Entry) -> Int {
    switch entry.content {
    case .file(let file): store.size(of: file)
    case .generated(let bytes): bytes.count
    }
  }
}
