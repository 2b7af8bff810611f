import Graph
import Model

/// The nodes of a function as its report has them, and where each stands there.
struct ReportNodes {
  let rows: [Report.Node]
  /// By node of the graph; -1 for what the report does not need.
  private let positions: [Int32]

  /// Those that `bring` entries, and what these hang on.
  ///
  /// - Parameters:
  ///   - weights: bytes of each node's entries, by node; `zipped` likewise.
  ///   - shares: where each distribution stands in the report.
  init(
    bring: [NodeID], _ reach: Reach, from stock: Stock, dominators: Dominators, weights: [Int],
    zipped: [Int],
    shares: [DistributionID: Int], lines: SourceLines
  ) {
    let graph = stock.graph
    let parents = dominators.parents()
    let retained = dominators.retained(weights)
    let retainedZipped = dominators.retained(zipped)

    var isWanted = BitSet(capacity: graph.nodes.count)
    func want(_ node: NodeID) {
      var node = node
      while isWanted.insert(Int(node.index)) {
        // The dominator lies on every chain, so on this one too.
        guard let from = reach.cause(of: node, in: graph) else { return }
        node = from
      }
    }
    for node in bring { want(node) }
    want(reach.entry)

    let wanted = isWanted.members
    var positions = Array(repeating: Int32(-1), count: graph.nodes.count)
    for (position, node) in wanted.enumerated() { positions[node] = Int32(position) }
    rows = wanted.map { index in
      let node = NodeID(index)
      let row = graph.nodes[node]
      let arrival = reach.arrival[index]
      let edge = arrival >= 0 ? graph.edges[Int(arrival)] : nil
      return Report.Node(
        name: row.name, kind: row.kind, distribution: row.distribution.flatMap { shares[$0] },
        unzipped: weights[index], zipped: zipped[index],
        retained: max(retained[index], weights[index]),
        retainedZipped: max(retainedZipped[index], zipped[index]),
        dominator: parents[index].flatMap {
          positions[Int($0.index)] >= 0 ? Int(positions[Int($0.index)]) : nil
        },
        arrival: edge.map { edge in
          Report.Node.Arrival(
            from: Int(positions[Int(edge.from.index)]), kind: edge.kind,
            location: edge.place.map(stock.workspace.location),
            line: edge.place.flatMap(lines.line(at:)),
            note: edge.note.map { graph.notes[Int($0)] })
        })
    }
    self.positions = positions
  }

  func position(of node: NodeID) -> Int? {
    let position = positions[Int(node.index)]
    return position >= 0 ? Int(position) : nil
  }
}

extension Reach {
  /// Where the shortest chain to a node comes from; nil at its beginning.
  func cause(of node: NodeID, in graph: ModuleGraph) -> NodeID? {
    let arrival = arrival[Int(node.index)]
    return arrival >= 0 ? graph.edges[Int(arrival)].from : nil
  }
}
