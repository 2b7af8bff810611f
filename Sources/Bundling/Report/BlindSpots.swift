import Graph
import Model

/// The blind spots of a function, by place, with what leaves the archive when they go.
///
/// Several can keep the same: two clients of which nothing says the service. Neither keeps it alone, so
/// each is told with what leaves when all of them go, and with how many others these are.
func blindSpots(
  of reach: Reach, from stock: Stock, weights: [Int], search: inout Search
) -> [Report.BlindSpot] {
  let graph = stock.graph
  let function = stock.workspace.functions[reach.function]
  let spots = graph.blindSpots.filter { reach.contains($0.node) }
  let edges = spots.map { spot -> [Int] in
    guard spot.keeps else { return [] }
    return graph.edgePositions(from: spot.node).filter {
      graph.edges[$0].kind == .blindSpot
        && (graph.edges[$0].place == spot.place || graph.edges[$0].place == nil)
    }
  }
  var spotsByTarget: [NodeID: Set<Int>] = [:]
  for (position, edges) in edges.enumerated() {
    for edge in edges { spotsByTarget[graph.edges[edge].to, default: []].insert(position) }
  }

  func answer(for targets: Set<NodeID>) -> (bytes: Int, sharedWith: Int) {
    var together: Set<Int> = []
    for target in targets { together.formUnion(spotsByTarget[target] ?? []) }
    let leading = together.sorted().flatMap { edges[$0] }.filter {
      targets.contains(graph.edges[$0].to)
    }
    if leading.isEmpty { return (0, 0) }
    let lost = search.lost(
      from: reach, overlay: function.overlay, without: EmptyCollection(), edges: leading)
    return (lost.reduce(0) { $0 + weights[Int($1.index)] }, max(0, together.count - 1))
  }

  var rows: [Report.BlindSpot] = []
  // Those that keep the same have the same answer, and there may be hundreds.
  var answers: [Set<NodeID>: (bytes: Int, sharedWith: Int)] = [:]
  for (position, spot) in spots.enumerated() {
    let targets = Set(edges[position].map { graph.edges[$0].to })
    let answer = answers[targets] ?? answer(for: targets)
    answers[targets] = answer
    rows.append(
      Report.BlindSpot(
        location: stock.workspace.location(of: spot.place), expression: spot.expression,
        bound: spot.bound, bytes: answer.bytes, sharedWith: answer.sharedWith))
  }
  return rows.sorted { a, b in
    (a.location.path, a.location.line, a.location.column)
      < (b.location.path, b.location.line, b.location.column)
  }
}
