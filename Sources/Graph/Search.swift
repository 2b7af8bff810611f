package import Model

/// Walks a graph from one function's entry after another; its buffers are kept by one worker.
///
/// An edge with a premise holds once that node is reached too, so this is forward chaining over Horn
/// clauses, in levels: what level *n* makes true is level *n + 1*. A chain of reasons is therefore
/// never circular, also where a premise is reached through what it allows.
package struct Search {
  private let links: Links
  /// By node: the edge on which it was reached; -1 the entry, -2 not reached.
  private var arrival: [Int32]
  private var level: [Int32]
  private var scopeHolds: [Bool]
  private var removed: BitSet
  private var hasRemoved = false
  private var cut: BitSet
  private var hasCut = false
  private var frontier: [Int32] = []
  private var next: [Int32] = []

  package init(_ links: Links) {
    self.links = links
    arrival = Array(repeating: -2, count: links.nodeCount)
    level = Array(repeating: .max, count: links.nodeCount)
    scopeHolds = Array(repeating: true, count: links.scopes.count)
    removed = BitSet(capacity: links.nodeCount)
    cut = BitSet(capacity: links.to.count)
  }

  /// What a function reaches, each node by a shortest chain. Among chains of equal length one that
  /// arrives by the stronger kind of edge wins, then the one through lower ids.
  package mutating func reach(_ function: FunctionID, entry: NodeID, overlay: RootID?) -> Reach {
    run(from: entry, overlay: overlay)
    var nodes: [NodeID] = []
    for index in arrival.indices where arrival[index] != -2 { nodes.append(NodeID(index)) }
    return Reach(function: function, entry: entry, nodes: nodes, arrival: arrival)
  }

  /// What of `reach` is no longer reached once `nodes` and the edges at the positions `edges` are
  /// gone, in ascending order, `nodes` themselves among them.
  package mutating func lost(
    from reach: Reach, overlay: RootID?, without nodes: some Sequence<NodeID>,
    edges: some Sequence<Int> = EmptyCollection()
  ) -> [NodeID] {
    for node in nodes {
      removed.insert(Int(node.index))
      hasRemoved = true
    }
    for edge in edges {
      cut.insert(edge)
      hasCut = true
    }
    run(from: reach.entry, overlay: overlay)
    if hasRemoved { removed.removeAll() }
    if hasCut { cut.removeAll() }
    hasRemoved = false
    hasCut = false
    return reach.nodes.filter { arrival[Int($0.index)] == -2 }
  }

  private mutating func run(from entry: NodeID, overlay: RootID?) {
    for index in arrival.indices {
      arrival[index] = -2
      level[index] = .max
    }
    for index in scopeHolds.indices { scopeHolds[index] = links.scopes[index].holds(for: overlay) }
    frontier.removeAll(keepingCapacity: true)
    let start = Int(entry.index)
    if hasRemoved && removed.contains(start) { return }
    arrival[start] = -1
    level[start] = 0
    frontier.append(Int32(start))
    var depth: Int32 = 0
    while !frontier.isEmpty {
      next.removeAll(keepingCapacity: true)
      for node in frontier {
        let node = Int(node)
        for edge in Int(links.starts[node])..<Int(links.starts[node + 1]) {
          if links.condition[edge] < 0 || holds(edge, at: depth) { arrive(edge, depth + 1) }
        }
        for index in Int(links.awaitingStarts[node])..<Int(links.awaitingStarts[node + 1]) {
          let edge = Int(links.awaiting[index])
          if holds(edge, at: depth) { arrive(edge, depth + 1) }
        }
      }
      swap(&frontier, &next)
      depth += 1
    }
  }

  private func holds(_ edge: Int, at depth: Int32) -> Bool {
    let condition = links.conditions[Int(links.condition[edge])]
    return level[Int(links.from[edge])] <= depth
      && (condition.premise < 0 || level[Int(condition.premise)] <= depth)
      && (condition.scope < 0 || scopeHolds[Int(condition.scope)])
  }

  private mutating func arrive(_ edge: Int, _ depth: Int32) {
    let node = Int(links.to[edge])
    if level[node] < depth { return }
    if hasRemoved && removed.contains(node) || hasCut && cut.contains(edge) { return }
    if level[node] == .max {
      level[node] = depth
      arrival[node] = Int32(edge)
      next.append(Int32(node))
    } else {
      let other = Int(arrival[node])
      let isStronger =
        links.kind[edge] != links.kind[other] ? links.kind[edge] < links.kind[other] : edge < other
      if isStronger { arrival[node] = Int32(edge) }
    }
  }
}
