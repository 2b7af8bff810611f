import Files
import Graph
package import Model

/// What a function reaches, collapsed.
///
/// - Parameter depth: how many parts of a dotted name a node has; nil takes each distribution for one
///   node, and each of the team's own packages at the top.
package func functionGraph(
  _ id: FunctionID, depth: Int?, of workspace: Workspace, languages: [any Language], store: Store,
  cache: Cache?, jobs: Int, progress: Progress = .silent
) throws(Failure) -> FunctionGraph {
  let outcome = try Trials(
    workspace: workspace, languages: languages, store: store, cache: cache, jobs: jobs
  ).measure([id], edited: [:], progress: progress)
  guard let item = outcome.functions.first else {
    throw Failure(.usage, outcome.diagnostics.filter { $0.severity == .error })
  }
  let stock = outcome.stocks.rows[item.stock]
  let graph = stock.graph
  let weights = Weights(item.plan, item.sizes, nodes: graph.nodes.count)
  let overlay = workspace.functions[id].overlay

  struct Name: Hashable {
    let distribution: DistributionID?
    let name: String
  }
  func name(_ node: NodeID) -> Name {
    // A condition is told of the module that brings it about.
    if node == item.reach.entry, graph.nodes[node].kind == .condition {
      return Name(distribution: nil, name: "function '\(workspace.functions[id].name)'")
    }
    var node = node
    while graph.nodes[node].kind == .condition, let from = item.reach.cause(of: node, in: graph) {
      node = from
    }
    let row = graph.nodes[node]
    guard let depth else {
      let own = row.name.prefix { $0 != "." && $0 != "/" }
      return Name(
        distribution: row.distribution,
        name: row.distribution.map { workspace.distributions[$0].displayName } ?? String(own))
    }
    if row.kind == .metadata, let owner = row.distribution {
      return Name(distribution: owner, name: "metadata of \(workspace.distributions[owner].name)")
    }
    let parts = row.name.split { $0 == "." || $0 == "/" }.prefix(depth)
    return Name(distribution: row.distribution, name: parts.joined(separator: "."))
  }

  var sums: [Name: Comparison.Bytes] = [:]
  var edges: [[Name]: (kind: EdgeKind, count: Int, location: SourceLocation?)] = [:]
  for node in item.reach.nodes {
    // What the function declares is a fact about it, not a part of it.
    guard
      graph.nodes[node].kind != .condition || item.reach.arrival[Int(node.index)] >= 0
        || node == item.reach.entry
    else { continue }
    let from = name(node)
    sums[from, default: .init()] += .init(
      unzipped: weights.unzipped[Int(node.index)], zipped: weights.zipped[Int(node.index)])
    for edge in graph.edges(from: node) where item.reach.contains(edge.to) {
      guard edge.premise.map(item.reach.contains) ?? true,
        edge.scope.map({ graph.scopes[Int($0)].holds(for: overlay) }) ?? true,
        !edge.needsEager || item.reach.isEager[Int(node.index)],
        edge.kind != .proviso, graph.nodes[edge.to].kind != .condition
      else { continue }
      let to = name(edge.to)
      guard from != to else { continue }
      let known = edges[[from, to]]
      edges[[from, to]] = (
        kind: known.map { $0.kind.rawValue <= edge.kind.rawValue ? $0.kind : edge.kind }
          ?? edge.kind,
        count: (known?.count ?? 0) + 1,
        location: known?.location ?? edge.place.map(workspace.location)
      )
    }
  }
  let entry = name(item.reach.entry)
  let names = sums.keys.sorted { a, b in
    if a == entry || b == entry { return a == entry && b != entry }
    return (a.name, a.distribution?.index ?? 0) < (b.name, b.distribution?.index ?? 0)
  }
  let positions = Dictionary(
    uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
  return FunctionGraph(
    function: workspace.functions[id].name,
    nodes: names.map { name in
      FunctionGraph.Node(
        name: name.name,
        distribution: name.distribution.map {
          "\(workspace.distributions[$0].displayName) \(workspace.distributions[$0].version)"
        }, unzipped: sums[name]?.unzipped ?? 0, zipped: sums[name]?.zipped ?? 0)
    },
    edges: edges.compactMap { ends, edge -> FunctionGraph.Edge? in
      guard let from = positions[ends[0]], let to = positions[ends[1]] else { return nil }
      return FunctionGraph.Edge(
        from: from, to: to, kind: edge.kind, count: edge.count, location: edge.location)
    }.sorted { ($0.from, $0.to) < ($1.from, $1.to) })
}
