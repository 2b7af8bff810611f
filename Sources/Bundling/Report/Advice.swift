import Graph
import Model

/// What a person could change to make a function much smaller: packages of the team's own whose
/// `__init__` alone brings something heavy.
///
///     # shop/__init__.py: importing 'shop.ids' runs this too
///     from .frames import summary        # imports pandas
///
/// - Parameter weights: bytes of each node's entries, by node.
func advice(
  _ reach: Reach, from stock: Stock, dominators: Dominators, weights: [Int], unzipped: Int
) -> [Diagnostic] {
  let graph = stock.graph
  let function = stock.workspace.functions[reach.function]
  // Packages are what submodules need first.
  var isPackage = BitSet(capacity: graph.nodes.count)
  for node in reach.nodes where isFirstParty(node, stock) {
    for edge in graph.edges(from: node) where edge.kind == .parent {
      isPackage.insert(Int(edge.to.index))
    }
  }
  let packages = isPackage.members.map { NodeID($0) }.filter { node in
    !isHandler(node, reach, graph) && reach.contains(node) && isFirstParty(node, stock)
      && graph.edges(from: node).contains { $0.kind != .parent && $0.kind != .data }
  }
  guard !packages.isEmpty else { return [] }

  let retained = dominators.retained(weights)
  let parents = dominators.parents()
  let heavy = packages.filter { node in
    let brought = retained[Int(node.index)] - weights[Int(node.index)]
    return brought >= heavyBytes && brought * 4 >= unzipped
  }
  return heavy.filter { node in
    // Of nested ones the innermost is to be changed.
    !heavy.contains { other in
      var ancestor = parents[Int(other.index)]
      while let current = ancestor, current != node { ancestor = parents[Int(current.index)] }
      return ancestor == node
        && retained[Int(other.index)] * 5 >= retained[Int(node.index)] * 4
    }
  }.map { node in
    let heaviest = graph.edges(from: node).filter { parents[Int($0.to.index)] == node }
      .max { retained[Int($0.to.index)] < retained[Int($1.to.index)] }
    return .heavyPackage(
      graph.nodes[node].name, bytes: retained[Int(node.index)] - weights[Int(node.index)],
      by: heaviest.map { graph.nodes[$0.to].name }, function,
      at: heaviest?.place.map(stock.workspace.location))
  }
}

/// Less is not worth a sentence.
private let heavyBytes = 5_000_000

/// Whether the provider imports it itself.
private func isHandler(_ node: NodeID, _ reach: Reach, _ graph: ModuleGraph) -> Bool {
  let arrival = reach.arrival[Int(node.index)]
  return node == reach.entry || arrival >= 0 && graph.edges[Int(arrival)].kind == .handler
}

private func isFirstParty(_ node: NodeID, _ stock: Stock) -> Bool {
  stock.graph.nodes[node].root.map { stock.workspace.roots[$0].isFirstParty } ?? false
}
