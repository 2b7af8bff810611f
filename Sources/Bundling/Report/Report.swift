package import Graph
package import Model

/// What is left of a function when all its stages are done.
package struct Finished: Sendable {
  package let row: Report.Function
  package let diagnostics: [Diagnostic]
}

/// A function's row of the report, worked out from its stages' values, and what its figures give
/// reason to say.
///
/// - Parameter layers: what layers take unpacked, in bytes.
package func report(
  _ plan: Plan, _ artifact: Artifact, of reach: Reach, from stock: Stock, inventory: Inventory,
  lines: SourceLines, layers: [LayerID: Int] = [:], search: inout Search
) -> Finished {
  let workspace = stock.workspace
  let graph = stock.graph
  let function = workspace.functions[reach.function]
  let target = workspace.targets[function.target]

  var weights = Array(repeating: 0, count: graph.nodes.count)
  var zippedWeights = weights
  var moduleNodes: Set<NodeID> = []
  var shares: [DistributionID: Artifact.Size] = [:]
  for (entry, size) in zip(plan.entries, artifact.sizes) {
    if let node = entry.node {
      weights[Int(node.index)] += size.unzipped
      zippedWeights[Int(node.index)] += size.zipped
      let kind = graph.nodes[node].kind
      if kind == .module || kind == .extension { moduleNodes.insert(node) }
    }
    let distribution = stock.distribution(of: entry)
    if let distribution {
      shares[distribution, default: Artifact.Size(unzipped: 0, zipped: 0)].unzipped += size.unzipped
      shares[distribution]?.zipped += size.zipped
    }
  }

  func bytes(_ nodes: [NodeID]) -> Int { nodes.reduce(0) { $0 + weights[Int($1.index)] } }
  var nodesByDistribution: [DistributionID: [NodeID]] = [:]
  for node in reach.nodes {
    if let id = graph.nodes[node].distribution { nodesByDistribution[id, default: []].append(node) }
  }
  var distributions: [(id: DistributionID, share: Report.DistributionShare)] = []
  for (id, size) in shares.sorted(by: { $0.key < $1.key }) {
    let lost = search.lost(
      from: reach, overlay: function.overlay, without: nodesByDistribution[id] ?? [])
    let share = Report.DistributionShare(
      name: workspace.distributions[id].displayName,
      version: workspace.distributions[id].version, unzipped: size.unzipped, zipped: size.zipped,
      full: inventory.bytes(of: id), retained: bytes(lost),
      retainedZipped: lost.reduce(0) { $0 + zippedWeights[Int($1.index)] })
    distributions.append((id, share))
  }
  // Sorted by id, so by name, before; `sort` is stable.
  distributions.sort { $0.share.retained > $1.share.retained }

  let dominators = Dominators(stock.links, reach, overlay: function.overlay)
  let nodes = ReportNodes(
    bring: plan.entries.compactMap(\.node), reach, from: stock, dominators: dominators,
    weights: weights, zipped: zippedWeights,
    shares: Dictionary(
      uniqueKeysWithValues: distributions.enumerated().map { ($0.element.id, $0.offset) }),
    lines: lines)
  let entries = zip(plan.entries, artifact.sizes).map { entry, size in
    Report.Entry(
      path: entry.path, unzipped: size.unzipped, zipped: size.zipped,
      distribution: stock.distribution(of: entry).map { workspace.distributions[$0].displayName },
      reason: entry.reason, node: entry.node.flatMap(nodes.position))
  }

  let blindSpots = blindSpots(of: reach, from: stock, weights: weights, search: &search)

  var counts: [String: Int] = [:]
  for node in reach.nodes {
    let arrival = reach.arrival[Int(node.index)]
    // A function that has several handlers is no module of its own.
    guard node != reach.entry || graph.nodes[node].kind != .condition else { continue }
    let reason = arrival < 0 ? Plan.Reason.handler : .edge(graph.edges[Int(arrival)].kind)
    counts[reason.name, default: 0] += 1
  }

  let firstParty = zip(plan.entries, artifact.sizes).reduce(0) { sum, pair in
    stock.distribution(of: pair.0) == nil ? sum + pair.1.unzipped : sum
  }
  let attached = function.layers.map { id in
    Report.AttachedLayer(
      name: workspace.layers[id].name, unzipped: layers[id] ?? 0,
      used: plan.layered.filter { $0.layer == id }.reduce(0) { $0 + stock.size(of: $1.entry) })
  }
  let measures = measures(
    of: function, provider: stock.provider, unzipped: artifact.unzipped, zipped: artifact.zipped,
    layers: attached.reduce(0) { $0 + $1.unzipped })
  let row = Report.Function(
    name: function.name, handler: function.writtenHandlers, entryPoint: function.entryPoint,
    handlers: function.furtherHandlers.isEmpty
      ? []
      : function.handlers.map {
        Report.Handler(written: $0.written, entryPoint: function.entryPoint(of: $0))
      },
    provider: function.provider,
    runtime: target.runtime, architecture: target.architecture, origin: function.origin,
    archive: workspace.shown(artifact.path), moduleCount: moduleNodes.count,
    unzipped: artifact.unzipped, zipped: artifact.zipped,
    full: firstParty + inventory.bytes(ofEnvironmentsOf: function.target),
    codeSHA256: artifact.codeSHA256, contentDigest: artifact.contentDigest,
    wasUnchanged: artifact.wasUnchanged, layers: attached,
    distributions: distributions.map(\.share),
    measures: measures,
    blindSpots: blindSpots, leftOut: leftOut(of: reach, from: stock),
    reasonCounts: counts.sorted { $0.key < $1.key }.map { (reason: $0.key, count: $0.value) },
    nodes: nodes.rows, entries: entries)
  return Finished(
    row: row,
    diagnostics: plan.diagnostics
      + advice(
        reach, from: stock, dominators: dominators, weights: weights, unzipped: artifact.unzipped)
      + check(measures, of: function, distributions: distributions.map(\.share)))
}

extension Stock {
  /// Whose file an entry is; a generated `RECORD` belongs to its distribution too.
  func distribution(of entry: Plan.Entry) -> DistributionID? {
    if case .file(let file) = entry.content { return workspace.files[file].distribution }
    return entry.node.flatMap { graph.nodes[$0].distribution }
  }
}

extension ModuleGraph {
  func edgePositions(from node: NodeID) -> Range<Int> {
    starts[Int(node.index)]..<starts[Int(node.index) + 1]
  }
}

extension Report.Function {
  /// The same without its entries and what they say.
  var withoutEntries: Report.Function {
    Report.Function(
      name: name, handler: handler, entryPoint: entryPoint, handlers: handlers, provider: provider,
      runtime: runtime,
      architecture: architecture, origin: origin, archive: archive, moduleCount: moduleCount,
      unzipped: unzipped, zipped: zipped, full: full, codeSHA256: codeSHA256,
      contentDigest: contentDigest, wasUnchanged: wasUnchanged, layers: layers,
      distributions: distributions,
      measures: measures, blindSpots: blindSpots, leftOut: leftOut, reasonCounts: reasonCounts,
      entries: [])
  }
}
