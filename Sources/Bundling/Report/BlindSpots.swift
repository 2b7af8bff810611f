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

  var rows: [Report.BlindSpot] = []
  for (position, spot) in spots.enumerated() {
    var together: Set<Int> = []
    for edge in edges[position] { together.formUnion(spotsByTarget[graph.edges[edge].to] ?? []) }
    let targets = Set(edges[position].map { graph.edges[$0].to })
    let leading = together.sorted().flatMap { edges[$0] }.filter {
      targets.contains(graph.edges[$0].to)
    }
    var bytes = 0
    if !leading.isEmpty {
      let lost = search.lost(
        from: reach, overlay: function.overlay, without: EmptyCollection(), edges: leading)
      bytes = lost.reduce(0) { $0 + weights[Int($1.index)] }
    }
    rows.append(
      Report.BlindSpot(
        location: stock.workspace.location(of: spot.place), expression: spot.expression,
        bound: spot.bound, bytes: bytes, sharedWith: max(0, together.count - 1)))
  }
  return rows.sorted { a, b in
    (a.location.path, a.location.line, a.location.column)
      < (b.location.path, b.location.line, b.location.column)
  }
}
