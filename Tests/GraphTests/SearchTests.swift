import Graph
import Model
import Testing

struct SearchTests {
  private func reach(_ graph: ModuleGraph, overlay: RootID? = nil) -> Reach {
    var search = Search(Links(graph))
    return search.reach(FunctionID(0), entry: NodeID(0), overlay: overlay)
  }

  private func names(_ reach: Reach, _ graph: ModuleGraph) -> String {
    reach.nodes.map { graph.nodes[$0].name }.joined(separator: " ")
  }

  /// `a-b-d`: the chain to a node.
  private func chain(_ name: String, _ graph: ModuleGraph, overlay: RootID? = nil) -> String {
    let reach = reach(graph, overlay: overlay)
    var node = graph.nodes.ids.first { graph.nodes[$0].name == name } ?? NodeID(0)
    var result = [graph.nodes[node].name]
    while reach.arrival[Int(node.index)] >= 0 {
      node = graph.edges[Int(reach.arrival[Int(node.index)])].from
      result.append(graph.nodes[node].name)
    }
    return result.reversed().joined(separator: "-")
  }

  @Test func `what no edge leads to is not reached`() {
    let graph = graph("a > b\nb > a\nc > d")
    #expect(names(reach(graph), graph) == "a b")
  }

  @Test func `a shorter chain wins over a stronger edge`() {
    #expect(chain("d", graph("a > b\nb > c\nc > d\na > d lazy")) == "a-d")
  }

  @Test func `at equal length the stronger kind of edge wins`() {
    #expect(chain("d", graph("a > b\na > c\nb > d lazy\nc > d")) == "a-c-d")
    #expect(chain("d", graph("a > b\na > c\nb > d rule\nc > d lazy")) == "a-c-d")
    #expect(chain("d", graph("a > b\na > c\nb > d string\nc > d walk")) == "a-b-d")
  }

  @Test(arguments: ["string", "template", "walk", "blind-spot", "native-name"])
  func `a chain of imports wins over a shorter one with a guess`(_ guess: String) {
    #expect(chain("e", graph("a > e \(guess)\na > b\nb > c\nc > d\nd > e lazy")) == "a-b-c-d-e")
    // What hangs on it is explained by the better chain, too.
    #expect(chain("f", graph("a > e \(guess)\na > b\nb > c\nc > e\ne > f")) == "a-b-c-e-f")
    #expect(chain("e", graph("a > e \(guess)")) == "a-e")
  }

  @Test func `an edge waits for a premise that only a guess leads to`() {
    #expect(chain("c", graph("a > p string\na > b\nb > c if p")) == "a-b-c")
  }

  @Test func `at equal length and kind the lower id wins`() {
    #expect(chain("d", graph("a > c\na > b\nc > d\nb > d")) == "a-b-d")
  }

  @Test func `an edge whose premise is not reached does not hold`() {
    let graph = graph("a > b if c\nd > c")
    #expect(names(reach(graph), graph) == "a")
  }

  @Test func `an edge holds once its premise is reached, however late`() {
    let graph = graph("a > b\na > f if e\nb > c\nc > d\nd > e")
    #expect(names(reach(graph), graph) == "a b c d e f")
    #expect(chain("f", graph) == "a-f")
  }

  @Test func `a premise that only the edge itself would allow does not hold`() {
    let graph = graph("a > b if c\nb > c")
    #expect(names(reach(graph), graph) == "a")
  }

  @Test func `a chain does not rest on a premise that needs the chain's own end`() {
    // b could be explained by a > b if c, but c is there only because of b.
    #expect(chain("b", graph("a > b if c\na > x\nx > y\ny > b\nb > c")) == "a-x-y-b")
  }

  @Test func `an edge holds only for the functions of its scope`() {
    let scopes = [Scope.only([RootID(7)]), .except([RootID(7)])]
    let graph = graph("a > b in 0\na > c in 1", scopes: scopes)
    #expect(names(reach(graph, overlay: RootID(7)), graph) == "a b")
    #expect(names(reach(graph, overlay: RootID(8)), graph) == "a c")
    #expect(names(reach(graph), graph) == "a c")
  }

  @Test func `what is lost without a node is what nothing else leads to, premises included`() {
    let graph = graph("a > b\na > c\nb > d\nc > e\na > f if d\nc > d")
    var search = Search(Links(graph))
    let reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    let lost = search.lost(from: reach, overlay: nil, without: [NodeID(2)])
    #expect(lost.map { graph.nodes[$0].name } == ["c", "e"])
    let both = search.lost(from: reach, overlay: nil, without: [NodeID(1), NodeID(2)])
    #expect(both.map { graph.nodes[$0].name } == ["b", "c", "d", "e", "f"])
    #expect(search.reach(FunctionID(0), entry: NodeID(0), overlay: nil).nodes == reach.nodes)
  }

  @Test func `what is lost without an edge is what it alone leads to`() {
    let graph = graph("a > b\na > c blind-spot\na > d blind-spot\nb > d")
    var search = Search(Links(graph))
    let reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    let lost = search.lost(
      from: reach, overlay: nil, without: EmptyCollection(), edges: [1, 2])
    #expect(lost.map { graph.nodes[$0].name } == ["c"])
  }

  @Test(arguments: 1...40) func `it agrees with the naive fixpoint on random graphs`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let count = Int.random(in: 2...30, using: &dice)
    let edges = (0..<Int.random(in: 1...80, using: &dice)).map { _ in
      Edge(
        from: NodeID(Int.random(in: 0..<count, using: &dice)),
        to: NodeID(Int.random(in: 0..<count, using: &dice)),
        kind: EdgeKind.allCases.randomElement(using: &dice) ?? .topLevel,
        premise: Int.random(in: 0..<3, using: &dice) == 0
          ? NodeID(Int.random(in: 0..<count, using: &dice)) : nil)
    }
    var expected: Set<NodeID> = [NodeID(0)]
    var before = 0
    while before != expected.count {
      before = expected.count
      for edge in edges where expected.contains(edge.from) {
        if edge.premise.map(expected.contains) ?? true { expected.insert(edge.to) }
      }
    }
    #expect(reach(graph(count: count, edges: edges)).nodes == expected.sorted())
  }
}
