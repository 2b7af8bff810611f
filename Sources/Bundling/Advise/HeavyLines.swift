import Graph
import Model

/// A line of the team's own, and what it brings to how many functions.
struct OwnLine {
  struct Key: Hashable, Comparable {
    let file: FileID
    let line: Int
    static func < (a: Self, b: Self) -> Bool { (a.file, a.line) < (b.file, b.line) }
  }

  let key: Key
  var zipped = 0
  var functions: Set<FunctionID> = []
  var brings: [String] = []

  init(key: Key) { self.key = key }

  mutating func add(_ found: FoundLine, of function: FunctionID) {
    if found.zipped > zipped || brings.isEmpty { brings = found.brings }
    zipped += found.zipped
    functions.insert(function)
  }
}

struct FoundLine {
  let key: OwnLine.Key
  let lost: Set<NodeID>
  let zipped: Int
  let brings: [String]
}

/// Lines without which a function would be much smaller; of those that bring the same, the one that is
/// nearest to it, and the nearest in a package's own file, which others import for something else.
func heavyLines(
  of item: Trials.Measured, _ stock: Stock
) throws(Failure) -> [FoundLine] {
  let graph = stock.graph
  let weights = Weights(item.plan, item.sizes, nodes: graph.nodes.count)
  let overlay = stock.workspace.functions[item.id].overlay
  var search = Search(stock.links)
  var edges: [OwnLine.Key: [Int]] = [:]
  for node in item.reach.nodes {
    for edge in graph.edges(from: node) where edge.kind.isImport {
      guard let place = edge.place, place.line > 0, stock.isFirstParty(place) else { continue }
      let key = OwnLine.Key(file: place.file, line: Int(place.line))
      edges[key, default: []] += stock.edges(onLineOf: place, from: node)
    }
  }
  // Packages are what submodules need first.
  var packageFiles: Set<FileID> = []
  for node in item.reach.nodes {
    for edge in graph.edges(from: node) where edge.kind == .parent {
      packageFiles.formUnion(graph.files(of: edge.to))
    }
  }
  func isOfPackage(_ line: FoundLine) -> Bool { packageFiles.contains(line.key.file) }
  let least = item.leastSaving
  var found: [FoundLine] = []
  for (key, positions) in edges.sorted(by: { $0.key < $1.key }) {
    let lost = search.lost(
      from: item.reach, overlay: overlay, without: EmptyCollection(), edges: Set(positions))
    let zipped = weights.sum(lost).zipped
    guard zipped >= least else { continue }
    found.append(
      FoundLine(
        key: key, lost: Set(lost), zipped: zipped,
        brings: stock.names(of: lost, by: weights).prefix(4).map(\.self)))
  }
  return found.filter { line in
    !found.contains { other in
      other.lost.count < line.lost.count && (!isOfPackage(line) || isOfPackage(other))
        && other.zipped * 5 >= line.zipped * 4
        && other.lost.isSubset(of: line.lost)
    }
  }
}

extension Trials.Measured {
  /// What of it has to go for a change to be worth a sentence.
  var leastSaving: Int { max(Suggestion.leastSaving, bytes.zipped / 100) }
}

extension Stock {
  /// Distributions, or modules of the team's own, that nodes belong to: what weighs most is first.
  func names(of nodes: [NodeID], by weights: Weights) -> [String] {
    var shares: [String: Int] = [:]
    for node in nodes {
      let row = graph.nodes[node]
      let name = row.distribution.map { workspace.distributions[$0].displayName } ?? row.name
      shares[name, default: 0] += weights.zipped[Int(node.index)]
    }
    return shares.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map(\.key)
  }
}
