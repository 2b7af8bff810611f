package import Model

/// Which node each reached node hangs on: its immediate dominator, through which every chain from the
/// entry to it passes.
///
/// Edges that hold count as plain ones from their `from`; that a premise can be lost as well is left
/// out, so a retained size is a lower bound where premises are involved.
/// Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm" (2001).
package struct Dominators: Sendable {
  /// The reached nodes in reverse postorder: each after its immediate dominator.
  package let order: [NodeID]
  /// By position in `order`, as a position in `order`; the entry's is its own.
  private let immediate: [Int32]
  private let nodeCount: Int

  package init(_ links: Links, _ reach: Reach, overlay: RootID?) {
    nodeCount = links.nodeCount
    let scopeHolds = links.scopes.map { $0.holds(for: overlay) }
    func holds(_ edge: Int) -> Bool {
      guard links.condition[edge] >= 0 else { return true }
      let condition = links.conditions[Int(links.condition[edge])]
      return (!condition.needsEager || reach.isEager[Int(links.from[edge])])
        && (condition.premise < 0 || reach.arrival[Int(condition.premise)] != -2)
        && (condition.scope < 0 || scopeHolds[Int(condition.scope)])
    }

    var postorder: [Int32] = []
    postorder.reserveCapacity(reach.nodes.count)
    var cursor = links.starts
    var isSeen = BitSet(capacity: links.nodeCount)
    var stack: [Int32] = [Int32(reach.entry.index)]
    isSeen.insert(Int(reach.entry.index))
    while let top = stack.last {
      let node = Int(top)
      var child: Int32 = -1
      while cursor[node] < links.starts[node + 1] {
        let edge = Int(cursor[node])
        cursor[node] += 1
        if holds(edge), isSeen.insert(Int(links.to[edge])) {
          child = links.to[edge]
          break
        }
      }
      if child >= 0 {
        stack.append(child)
      } else {
        postorder.append(top)
        stack.removeLast()
      }
    }
    postorder.reverse()

    var position: [Int32] = Array(repeating: -1, count: links.nodeCount)
    for (index, node) in postorder.enumerated() { position[Int(node)] = Int32(index) }
    var starts: [Int32] = Array(repeating: 0, count: postorder.count + 1)
    for node in postorder {
      for edge in Int(links.starts[Int(node)])..<Int(links.starts[Int(node) + 1]) where holds(edge)
      {
        starts[Int(position[Int(links.to[edge])]) + 1] += 1
      }
    }
    for index in postorder.indices { starts[index + 1] += starts[index] }
    var predecessors: [Int32] = Array(repeating: 0, count: Int(starts[postorder.count]))
    var next = starts
    for (index, node) in postorder.enumerated() {
      for edge in Int(links.starts[Int(node)])..<Int(links.starts[Int(node) + 1]) where holds(edge)
      {
        let to = Int(position[Int(links.to[edge])])
        predecessors[Int(next[to])] = Int32(index)
        next[to] += 1
      }
    }

    var immediate: [Int32] = Array(repeating: -1, count: postorder.count)
    immediate[0] = 0
    var changed = true
    while changed {
      changed = false
      for node in postorder.indices.dropFirst() {
        var best: Int32 = -1
        for index in Int(starts[node])..<Int(starts[node + 1]) {
          var other = predecessors[index]
          guard immediate[Int(other)] >= 0 else { continue }
          if best < 0 {
            best = other
            continue
          }
          while best != other {
            while best > other { best = immediate[Int(best)] }
            while other > best { other = immediate[Int(other)] }
          }
        }
        if immediate[node] != best {
          immediate[node] = best
          changed = true
        }
      }
    }
    order = postorder.map { NodeID(Int($0)) }
    self.immediate = immediate
  }

  /// By node of the whole graph: its own weight and that of everything it dominates; 0 for what is
  /// not reached. `weights` is by node of the whole graph as well.
  package func retained(_ weights: [Int]) -> [Int] {
    var sums = order.map { weights[Int($0.index)] }
    for index in order.indices.dropFirst().reversed() { sums[Int(immediate[index])] += sums[index] }
    var result = Array(repeating: 0, count: nodeCount)
    for (index, node) in order.enumerated() { result[Int(node.index)] = sums[index] }
    return result
  }

  /// By node of the whole graph: its immediate dominator; nil for the entry and for what is not
  /// reached.
  package func parents() -> [NodeID?] {
    var result: [NodeID?] = Array(repeating: nil, count: nodeCount)
    for index in order.indices.dropFirst() {
      result[Int(order[index].index)] = order[Int(immediate[index])]
    }
    return result
  }
}
