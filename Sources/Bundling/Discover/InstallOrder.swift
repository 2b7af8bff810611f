import Model

/// For each distribution its place in the order in which pip would install them all, from the last on:
/// of two that own a path, the one with the smaller rank is what a path is left with.
///
/// pip installs what requires nothing first, then what requires only that, and so on; whatever is left
/// requires itself in a circle and comes last. Among equals the later name comes first (`pip` 25.3,
/// `_internal/resolution/resolvelib/resolver.py`: `get_topological_weights`, read 2026-11-23).
/// Requirements of extras count here, though pip would not install all of them.
func installRanks(_ distributions: [EnvironmentFacts.Found]) -> [Int] {
  var positions: [String: [Int]] = [:]
  for (position, distribution) in distributions.enumerated() {
    positions[distribution.name, default: []].append(position)
  }
  let required = distributions.enumerated().map { position, distribution in
    distribution.requires.flatMap { positions[$0] ?? [] }.filter { $0 != position }
  }
  var layers = [Int?](repeating: nil, count: distributions.count)
  var left = Array(distributions.indices)
  var layer = 0
  while !left.isEmpty {
    let leaves = left.filter { position in
      required[position].allSatisfy { layers[$0].map { $0 < layer } ?? false }
    }
    if leaves.isEmpty { break }
    for position in leaves { layers[position] = layer }
    left.removeAll { layers[$0] != nil }
    layer += 1
  }
  let order = distributions.indices.sorted { a, b in
    let (one, other) = (layers[a] ?? layer, layers[b] ?? layer)
    return one != other ? one > other : (distributions[a].name, a) < (distributions[b].name, b)
  }
  var ranks = [Int](repeating: 0, count: distributions.count)
  for (rank, position) in order.enumerated() { ranks[position] = rank }
  return ranks
}
