package import Model

/// A module graph's edges in the form that searches walk: flat arrays of numbers, made once for all
/// functions of a target.
package struct Links: Sendable {
  package let nodeCount: Int
  let scopes: [Scope]
  /// What holds for a function from the start.
  let given: [FunctionID: [Int32]]
  /// By node, and one more: the positions of its edges.
  let starts: [Int32]
  /// By edge.
  let from: [Int32]
  let to: [Int32]
  let kind: [UInt8]
  /// By edge: whether what is loaded eagerly makes its target so, too.
  let isEager: [Bool]
  /// By edge: 1, or `guessLength`.
  let length: [Int32]
  /// By edge: -1, or the position of what must hold in `conditions`.
  let condition: [Int32]
  let conditions: [Condition]
  /// By node, and one more: the positions in `awaiting` of the edges that have it as their premise.
  let awaitingStarts: [Int32]
  let awaiting: [Int32]

  /// How many imports explain as well as one guess.
  static let guessLength: Int32 = 16

  struct Condition: Hashable, Sendable {
    /// -1 where there is none.
    let premise: Int32
    let scope: Int32
    let needsEager: Bool
  }

  package init(_ graph: ModuleGraph) {
    nodeCount = graph.nodes.count
    scopes = graph.scopes
    given = graph.given.mapValues { $0.map { Int32($0.index) } }
    starts = graph.starts.map { Int32($0) }
    from = graph.edges.map { Int32($0.from.index) }
    to = graph.edges.map { Int32($0.to.index) }
    kind = graph.edges.map { $0.kind.rawValue }
    isEager = graph.edges.map(\.isEager)
    length = graph.edges.map { $0.kind.isGuess ? Self.guessLength : 1 }

    var condition: [Int32] = []
    condition.reserveCapacity(graph.edges.count)
    var conditions: [Condition] = []
    var known: [Condition: Int32] = [:]
    var waitingCount: [Int32] = Array(repeating: 0, count: graph.nodes.count + 1)
    for edge in graph.edges {
      guard edge.premise != nil || edge.scope != nil || edge.needsEager else {
        condition.append(-1)
        continue
      }
      let needed = Condition(
        premise: edge.premise.map { Int32($0.index) } ?? -1,
        scope: edge.scope.map(Int32.init) ?? -1,
        needsEager: edge.needsEager)
      if let position = known[needed] {
        condition.append(position)
      } else {
        known[needed] = Int32(conditions.count)
        condition.append(Int32(conditions.count))
        conditions.append(needed)
      }
      if needed.premise >= 0 { waitingCount[Int(needed.premise) + 1] += 1 }
    }
    for node in 0..<graph.nodes.count { waitingCount[node + 1] += waitingCount[node] }
    var awaiting: [Int32] = Array(repeating: 0, count: Int(waitingCount[graph.nodes.count]))
    var next = waitingCount
    for (position, held) in condition.enumerated() where held >= 0 {
      let premise = Int(conditions[Int(held)].premise)
      guard premise >= 0 else { continue }
      awaiting[Int(next[premise])] = Int32(position)
      next[premise] += 1
    }
    self.condition = condition
    self.conditions = conditions
    self.awaitingStarts = waitingCount
    self.awaiting = awaiting
  }
}
