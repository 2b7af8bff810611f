import Model

/// What one function reaches, by the edges so far.
struct ReachSearch {
  /// By position of node.
  struct Reach {
    var isReached: [Bool]
    /// Whether it is loaded for certain, by imports at the top of what is.
    var isEager: [Bool]
  }

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

  /// Nil as soon as one of the nodes `unless` is reached. `given` holds from the start.
  func reached(
    from entry: NodeID, given: [NodeID], overlay: RootID?, unless: [Bool]
  ) -> Reach? {
    var reached = [Bool](repeating: false, count: count)
    var isEager = reached
    var waiting: [NodeID: [Int32]] = [:]
    var queue: [NodeID] = []
    func visit(_ to: NodeID, eagerly: Bool) {
      let isNews = !reached[Int(to.index)] || eagerly && !isEager[Int(to.index)]
      guard isNews else { return }
      reached[Int(to.index)] = true
      if eagerly { isEager[Int(to.index)] = true }
      queue.append(to)
    }
    func follow(_ position: Int32) {
      let edge = edges[Int(position)]
      let isFromEager = isEager[Int(edge.from.index)]
      if edge.needsEager, !isFromEager { return }
      if let premise = edge.premise, !reached[Int(premise.index)] {
        waiting[premise, default: []].append(position)
      } else {
        visit(edge.to, eagerly: edge.isEager && isFromEager)
      }
    }
    visit(entry, eagerly: true)
    for node in given { visit(node, eagerly: false) }
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if unless[Int(node.index)] { return nil }
      for position in outgoing[starts[Int(node.index)]..<starts[Int(node.index) + 1]] {
        if let scope = edges[Int(position)].scope, !scopes[Int(scope)].holds(for: overlay) {
          continue
        }
        follow(position)
      }
      for position in waiting.removeValue(forKey: node) ?? [] { follow(position) }
    }
    return Reach(isReached: reached, isEager: isEager)
  }
}
