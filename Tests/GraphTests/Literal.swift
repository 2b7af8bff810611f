import Model

/// A graph from lines such as `a > b`, `a > b lazy`, `a > b if c`, `a > b in 1`; nodes are numbered in
/// the order of their names.
func graph(_ lines: String, scopes: [Scope] = []) -> ModuleGraph {
  let rows = lines.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  var names: Set<String> = []
  for row in rows {
    names.formUnion([row[0], row[2]])
    if let mark = row.firstIndex(of: "if") { names.insert(row[mark + 1]) }
  }
  let sorted = names.sorted()
  func node(_ name: String) -> NodeID { NodeID(sorted.firstIndex(of: name) ?? -1) }
  let edges = rows.map { row in
    Edge(
      from: node(row[0]), to: node(row[2]),
      kind: EdgeKind.allCases.first { row.dropFirst(3).contains($0.name) } ?? .topLevel,
      premise: row.firstIndex(of: "if").map { node(row[$0 + 1]) },
      scope: row.firstIndex(of: "in").flatMap { UInt32(row[$0 + 1]) })
  }
  return graph(count: sorted.count, edges: edges, names: sorted, scopes: scopes)
}

func graph(count: Int, edges: [Edge], names: [String]? = nil, scopes: [Scope] = []) -> ModuleGraph {
  let sorted = edges.enumerated().sorted { ($0.1.from, $0.0) < ($1.1.from, $1.0) }.map(\.1)
  var starts = Array(repeating: 0, count: count + 1)
  for edge in sorted { starts[Int(edge.from.index) + 1] += 1 }
  for index in 0..<count { starts[index + 1] += starts[index] }
  let nodes = (0..<count).map {
    Node(kind: .module, name: names?[$0] ?? "n\($0)", files: 0..<0, distribution: nil, root: nil)
  }
  return ModuleGraph(
    nodes: Table(nodes), files: [], edges: sorted, starts: starts, scopes: scopes, notes: [],
    entries: [:], blindSpots: [], unfollowed: [], diagnostics: [])
}

/// xorshift64*: the same numbers on every machine.
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
