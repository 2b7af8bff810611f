import Graph
import Model
import Testing

struct DominatorsTests {
  private func dominators(_ graph: ModuleGraph) -> Dominators {
    let links = Links(graph)
    var search = Search(links)
    let reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    return Dominators(links, reach, overlay: nil)
  }

  @Test func `a node on the only way to another dominates it`() {
    let graph = graph("a > b\nb > c\nb > d\nc > e\nd > e\na > f")
    let parents = dominators(graph).parents().map { $0.map { graph.nodes[$0].name } }
    #expect(parents == [nil, "a", "b", "b", "b", "a"])
    #expect(
      dominators(graph).retained([1, 10, 100, 1000, 10000, 100_000]) == [
        111_111, 11110, 100, 1000, 10000, 100_000,
      ])
  }

  @Test func `nodes in a cycle that is entered in two places hang on the fork`() {
    let graph = graph("a > b\na > c\nb > c\nc > b\nc > d")
    let parents = dominators(graph).parents().map { $0.map { graph.nodes[$0].name } }
    #expect(parents == [nil, "a", "a", "c"])
  }

  @Test func `what is not reached retains nothing`() {
    let graph = graph("a > b\nc > b")
    #expect(dominators(graph).retained([1, 2, 4]) == [3, 2, 0])
  }

  @Test(arguments: 1...40)
  func `retained is what becomes unreachable without the node, on random graphs`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let count = Int.random(in: 2...30, using: &dice)
    let edges = (0..<Int.random(in: count...80, using: &dice)).map { _ in
      Edge(
        from: NodeID(Int.random(in: 0..<count, using: &dice)),
        to: NodeID(Int.random(in: 0..<count, using: &dice)), kind: .topLevel)
    }
    let graph = graph(count: count, edges: edges)
    let weights = (0..<count).map { _ in Int.random(in: 0..<1000, using: &dice) }
    var search = Search(Links(graph))
    let reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    let retained = dominators(graph).retained(weights)
    for node in reach.nodes {
      let lost = search.lost(from: reach, overlay: nil, without: [node])
      #expect(retained[Int(node.index)] == lost.reduce(0) { $0 + weights[Int($1.index)] })
    }
  }

  @Test func `a graph of a hundred thousand edges takes milliseconds`() {
    var dice = Dice(seed: 7)
    let count = 10_000
    let edges = (0..<100_000).map { _ in
      Edge(
        from: NodeID(Int.random(in: 0..<count, using: &dice)),
        to: NodeID(Int.random(in: 0..<count, using: &dice)), kind: .topLevel)
    }
    let links = Links(graph(count: count, edges: edges))
    var search = Search(links)
    let clock = ContinuousClock()
    var reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    let walking = clock.measure {
      for _ in 0..<10 { reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil) }
    }
    let dominating = clock.measure { _ = Dominators(links, reach, overlay: nil) }
    print("10 searches \(walking), dominators \(dominating)")
    #expect(reach.nodes.count > 9_000)
    // Debug builds are some twenty times slower than what is shipped.
    #expect(walking < .seconds(5) && dominating < .seconds(5))
  }
}
