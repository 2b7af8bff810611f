import Model

/// What one function reaches, by the edges so far.
struct ReachSearch {
  private let edges: [Edge]
  private let scopes: [Scope]
  private let count: Int
  /// Positions of edges by their `from`; those of node `n` are `outgoing[starts[n]..<starts[n + 1]]`.
  private var outgoing: [Int32]
  private var starts: [Int]

  init(edges: [Edge], scopes: [Scope], count: Int) {
    self.edges = edges
    self.scopes = scopes
    self.count = count
    starts = [Int](repeating: 0, count: count + 1)
    for edge in edges { starts[Int(edge.from.index) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    outgoing = [Int32](repeating: 0, count: edges.count)
    var next = starts
    for (position, edge) in edges.enumerated() {
      outgoing[next[Int(edge.from.index)]] = Int32(position)
      next[Int(edge.from.index)] += 1
    }
  }

  /// Nil as soon as one of the nodes `unless` is reached.
  func reached(from entry: NodeID, overlay: RootID?, unless: [Bool]) -> [Bool]? {
    var reached = [Bool](repeating: false, count: count)
    var waiting: [NodeID: [NodeID]] = [:]
    var queue = [entry]
    reached[Int(entry.index)] = true
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if unless[Int(node.index)] { return nil }
      func visit(_ to: NodeID) {
        guard !reached[Int(to.index)] else { return }
        reached[Int(to.index)] = true
        queue.append(to)
      }
      for position in outgoing[starts[Int(node.index)]..<starts[Int(node.index) + 1]] {
        let edge = edges[Int(position)]
        if let scope = edge.scope, !scopes[Int(scope)].holds(for: overlay) { continue }
        if let premise = edge.premise, !reached[Int(premise.index)] {
          waiting[premise, default: []].append(edge.to)
        } else {
          visit(edge.to)
        }
      }
      for to in waiting.removeValue(forKey: node) ?? [] { visit(to) }
    }
    return reached
  }
}
