package import Graph
package import Model

/// One `Stock` for each target and provider that functions have.
package struct Stocks: Sendable {
  package let rows: [Stock]
  /// By function; nil for one whose handler does not exist.
  private let entries: [FunctionID: (stock: Int, node: NodeID)]

  package init(
    _ traced: Traced, _ workspace: Workspace, functions: [FunctionID], store: Store, jobs: Int
  ) throws(Failure) {
    var rows: [Stock] = []
    var known: [StockKey: Int] = [:]
    var entries: [FunctionID: (stock: Int, node: NodeID)] = [:]
    for id in functions {
      let function = workspace.functions[id]
      let target = Int(function.target.index)
      guard let node = traced.graphs[target].entries[id] else { continue }
      let key = StockKey(target: function.target, provider: function.provider)
      let index: Int
      if let position = known[key] {
        index = position
      } else {
        index = rows.count
        known[key] = index
        rows.append(
          try Stock(
            workspace, target: function.target, graph: traced.graphs[target],
            provider: Providers.provider(function.provider), language: traced.languages[target],
            store: store, jobs: jobs))
      }
      entries[id] = (index, node)
    }
    self.rows = rows
    self.entries = entries
  }

  /// The position of a function's stock, and the node at which it starts; nil where its handler does
  /// not exist.
  package func entry(of function: FunctionID) -> (stock: Int, node: NodeID)? { entries[function] }

  /// What one worker walks the graphs with, by position in `rows`.
  package func searches() -> [Search] { rows.map { Search($0.links) } }
}

private struct StockKey: Hashable {
  let target: TargetID
  let provider: Provider.Name
}
