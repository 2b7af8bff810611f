import Files
import Graph
package import Model

/// What the scan alone finds, by function: the measure of what a setting adds.
package struct StaticFindings: Sendable {
  /// Of all entries that its archive would have.
  package let paths: Set<String>
  /// Normalised names of distributions that an import leads to and that are left out.
  package let leftOut: Set<String>

  package init(paths: Set<String>, leftOut: Set<String>) {
    self.paths = paths
    self.leftOut = leftOut
  }
}

/// What the scan finds, by the functions' names: traced and selected, nothing compressed.
package func staticFindings(
  _ workspace: Workspace, _ order: Order, languages: [any Language], store: Store,
  progress: Progress = .silent
) throws(Failure) -> [String: StaticFindings] {
  let traced = try trace(
    workspace, functions: order.functions, languages: languages, store: store, jobs: order.jobs,
    progress: progress)
  let stocks = try Stocks(
    traced, workspace, functions: order.functions, store: store, jobs: order.jobs)
  let found = try concurrentMap(
    order.functions, jobs: order.jobs, worker: { stocks.searches() }
  ) { (searches, id) throws(Failure) -> (String, StaticFindings)? in
    guard let entry = stocks.entry(of: id) else { return nil }
    let stock = stocks.rows[entry.stock]
    let reach = searches[entry.stock].reach(
      id, entry: entry.node, overlay: workspace.functions[id].overlay)
    let plan = try select(reach, from: stock, search: &searches[entry.stock])
    let leftOut = leftOut(of: reach, from: stock).map { normalisedName($0.name) }
    return (
      workspace.functions[id].name,
      StaticFindings(paths: Set(plan.entries.map(\.path.string)), leftOut: Set(leftOut))
    )
  }
  return Dictionary(uniqueKeysWithValues: found.compactMap { $0 })
}
