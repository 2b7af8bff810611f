package import Model

/// Walks a graph from one function's entry after another; its buffers are kept by one worker.
///
/// An edge with a premise holds once that node is reached too, so this is forward chaining over Horn
/// clauses, in levels: an edge of length *l* makes true at level *n + l* what level *n* allows. A
/// chain of reasons is therefore never circular, also where a premise is reached through what it
/// allows. A guess is as long as many imports, so that nobody is told of a guess where the code says
/// it in so many words.
///
/// Beside it runs a second, narrower search: what is loaded eagerly (`Edge.isEager`). A node that turns
/// out to be so on a longer chain has its turn again then.
package struct Search {
  private let links: Links
  /// By node: the edge on which it was reached; -1 the entry, -2 not reached.
  private var arrival: [Int32]
  private var level: [Int32]
  /// By node: the level from which on it is loaded eagerly.
  private var eagerLevel: [Int32]
  private var scopeHolds: [Bool]
  private var removed: BitSet
  private var hasRemoved = false
  private var cut: BitSet
  private var hasCut = false
  private var frontier: [Int32] = []
  /// The nodes that wait for their level, by level modulo the count; longer than any edge.
  private var waiting: [[Int32]]

  package init(_ links: Links) {
    self.links = links
    arrival = Array(repeating: -2, count: links.nodeCount)
    level = Array(repeating: .max, count: links.nodeCount)
    eagerLevel = Array(repeating: .max, count: links.nodeCount)
    scopeHolds = Array(repeating: true, count: links.scopes.count)
    removed = BitSet(capacity: links.nodeCount)
    cut = BitSet(capacity: links.to.count)
    waiting = Array(repeating: [], count: Int(Links.guessLength) + 1)
  }

  /// What a function reaches, each node by a shortest chain (`EdgeKind.isGuess` for what counts
  /// more). Among chains of equal length one that arrives by the stronger kind of edge wins, then the
  /// one through lower ids.
  package mutating func reach(_ function: FunctionID, entry: NodeID, overlay: RootID?) -> Reach {
    run(from: entry, of: function, overlay: overlay)
    var nodes: [NodeID] = []
    for index in arrival.indices where arrival[index] != -2 { nodes.append(NodeID(index)) }
    return Reach(
      function: function, entry: entry, nodes: nodes, arrival: arrival,
      isEager: eagerLevel.map { $0 != .max })
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
    run(from: reach.entry, of: reach.function, overlay: overlay)
    if hasRemoved { removed.removeAll() }
    if hasCut { cut.removeAll() }
    hasRemoved = false
    hasCut = false
    return reach.nodes.filter { arrival[Int($0.index)] == -2 }
  }

  private mutating func run(from entry: NodeID, of function: FunctionID, overlay: RootID?) {
    for index in arrival.indices {
      arrival[index] = -2
      level[index] = .max
      eagerLevel[index] = .max
    }
    for index in scopeHolds.indices { scopeHolds[index] = links.scopes[index].holds(for: overlay) }
    let start = Int32(entry.index)
    if hasRemoved && removed.contains(Int(start)) { return }
    var count = 0
    for node in [start] + (links.given[function] ?? []) where level[Int(node)] != 0 {
      arrival[Int(node)] = -1
      level[Int(node)] = 0
      waiting[0].append(node)
      count += 1
    }
    eagerLevel[Int(start)] = 0
    var depth: Int32 = 0
    while count > 0 {
      frontier.removeAll(keepingCapacity: true)
      swap(&frontier, &waiting[Int(depth) % waiting.count])
      count -= frontier.count
      for node in frontier {
        let node = Int(node)
        // One that was reached on a shorter chain meanwhile has had its turn.
        guard level[node] == depth || eagerLevel[node] == depth else { continue }
        for edge in Int(links.starts[node])..<Int(links.starts[node + 1]) {
          if links.condition[edge] < 0 || holds(edge, at: depth) { count += arrive(edge, depth) }
        }
        for index in Int(links.awaitingStarts[node])..<Int(links.awaitingStarts[node + 1]) {
          let edge = Int(links.awaiting[index])
          if holds(edge, at: depth) { count += arrive(edge, depth) }
        }
      }
      depth += 1
    }
  }

  private func holds(_ edge: Int, at depth: Int32) -> Bool {
    let condition = links.conditions[Int(links.condition[edge])]
    let from = Int(links.from[edge])
    return (condition.needsEager ? eagerLevel[from] : level[from]) <= depth
      && (condition.premise < 0 || level[Int(condition.premise)] <= depth)
      && (condition.scope < 0 || scopeHolds[Int(condition.scope)])
  }

  /// How many nodes (1 or 0) wait now that did not before.
  private mutating func arrive(_ edge: Int, _ depth: Int32) -> Int {
    let node = Int(links.to[edge])
    let reached = depth + links.length[edge]
    let becomesEager =
      links.isEager[edge] && reached < eagerLevel[node]
      && eagerLevel[Int(links.from[edge])] <= depth
    if level[node] < reached && !becomesEager { return 0 }
    if hasRemoved && removed.contains(node) || hasCut && cut.contains(edge) { return 0 }
    var waits = false
    if becomesEager {
      waits = level[node] != reached
      eagerLevel[node] = reached
    }
    if reached < level[node] {
      level[node] = reached
      arrival[node] = Int32(edge)
      waits = true
    } else if reached == level[node] {
      let other = Int(arrival[node])
      let isStronger =
        links.kind[edge] != links.kind[other]
        ? links.kind[edge] < links.kind[other] : edge < other
      if isStronger { arrival[node] = Int32(edge) }
    }
    if waits { waiting[Int(reached) % waiting.count].append(Int32(node)) }
    return waits ? 1 : 0
  }
}
