/// What one function reaches in its target's graph, and how.
package struct Reach: Sendable {
  package let function: FunctionID
  package let entry: NodeID
  /// In ascending order, the entry among them.
  package let nodes: [NodeID]
  /// By node: the edge on which a shortest chain from the entry arrives, as a position in
  /// `ModuleGraph.edges`; `-1` for the entry and for what is given, `-2` for what is not reached. A guess counts as
  /// many imports; among chains of equal length the one through lower ids wins, so that explanations
  /// are stable.
  package let arrival: [Int32]
  /// By node: whether it is loaded eagerly (`Edge.isEager`).
  package let isEager: [Bool]

  package init(
    function: FunctionID, entry: NodeID, nodes: [NodeID], arrival: [Int32], isEager: [Bool]
  ) {
    self.function = function
    self.entry = entry
    self.nodes = nodes
    self.arrival = arrival
    self.isEager = isEager
  }

  package func contains(_ node: NodeID) -> Bool { arrival[Int(node.index)] != -2 }
}
