import Graph
import Model

/// Bytes of each node's entries in one archive.
struct Weights {
  private(set) var unzipped: [Int]
  /// Compressed data, without headers.
  private(set) var zipped: [Int]

  init(_ plan: Plan, _ sizes: [Artifact.Size], nodes: Int) {
    unzipped = Array(repeating: 0, count: nodes)
    zipped = unzipped
    for (entry, size) in zip(plan.entries, sizes) {
      guard let node = entry.node else { continue }
      unzipped[Int(node.index)] += size.unzipped
      zipped[Int(node.index)] += size.zipped
    }
  }

  func sum(_ nodes: [NodeID]) -> Artifact.Size {
    nodes.reduce(into: Artifact.Size(unzipped: 0, zipped: 0)) { sum, node in
      sum.unzipped += unzipped[Int(node.index)]
      sum.zipped += zipped[Int(node.index)]
    }
  }
}

extension Stock {
  /// The team's own lines on a chain, each with all edges that stand on it, from the handler on.
  ///
  ///     import shop.prices        # one line: edges to `shop` and to `shop.prices`
  func ownLines(along chain: [Edge]) -> [(place: Place, edges: [Int])] {
    var lines: [(place: Place, edges: [Int])] = []
    for edge in chain {
      guard let place = edge.place, place.line > 0, isFirstParty(place),
        !lines.contains(where: { $0.place.file == place.file && $0.place.line == place.line })
      else { continue }
      lines.append((place, edges(onLineOf: place, from: edge.from)))
    }
    return lines
  }

  func isFirstParty(_ place: Place) -> Bool {
    workspace.roots[workspace.files[place.file].root].isFirstParty
  }

  /// Positions of the edges that a line is the place of. They begin at its module, and at conditions
  /// that hang on it.
  func edges(onLineOf place: Place, from node: NodeID) -> [Int] {
    var found: [Int] = []
    var waiting = [node]
    var seen: Set<NodeID> = [node]
    while let next = waiting.popLast() {
      for position in graph.edgePositions(from: next) {
        let edge = graph.edges[position]
        guard edge.place?.file == place.file, edge.place?.line == place.line else { continue }
        found.append(position)
        if graph.nodes[edge.to].kind == .condition, seen.insert(edge.to).inserted {
          waiting.append(edge.to)
        }
      }
    }
    return found
  }

  /// The line of the team's own nearest to `nodes` without which none of them is reached, and what
  /// leaves with it; nil where several lines lead there.
  func cut(
    _ nodes: [NodeID], _ reach: Reach, _ weights: Weights, search: inout Search
  ) throws(Failure) -> Explanation.Cut? {
    let chain = nodes.map { self.chain(to: $0, reach) }.min { $0.count < $1.count } ?? []
    let overlay = workspace.functions[reach.function].overlay
    for (place, edges) in ownLines(along: chain).reversed() {
      let lost = search.lost(
        from: reach, overlay: overlay, without: EmptyCollection(), edges: edges)
      let gone = Set(lost)
      guard nodes.allSatisfy(gone.contains) else { continue }
      let bytes = weights.sum(lost)
      return Explanation.Cut(
        location: workspace.location(of: place), line: try line(at: place),
        unzipped: bytes.unzipped, zipped: bytes.zipped)
    }
    return nil
  }
}
