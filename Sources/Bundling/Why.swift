import Files
import Graph
package import Model

/// Why `target` is in a function's archive, or why not; traces all functions, so that it can say who
/// else imports it. Nil where the function's handler does not exist: the diagnostics say so.
///
/// - Parameter limit: how many chains beside the shortest are wanted.
package func why(
  _ target: String, in id: FunctionID, limit: Int = 0, of workspace: Workspace,
  languages: [any Language], store: Store, cache: Cache? = nil, jobs: Int,
  progress: Progress = .silent
) throws(Failure) -> (explanation: Explanation?, diagnostics: [Diagnostic]) {
  let asked = try explanations(
    of: target, in: [id], limit: limit, workspace, languages: languages, store: store,
    cache: cache, jobs: jobs, progress: progress)
  return (asked.explanations.first, asked.diagnostics)
}

/// As `why`, for every function of the workspace, in the order of their names.
package func whyEverywhere(
  _ target: String, of workspace: Workspace, languages: [any Language], store: Store,
  cache: Cache? = nil, jobs: Int, progress: Progress = .silent
) throws(Failure) -> (explanations: [Explanation], diagnostics: [Diagnostic]) {
  try explanations(
    of: target, in: Array(workspace.functions.ids), limit: 0, workspace, languages: languages,
    store: store, cache: cache, jobs: jobs, progress: progress)
}

private func explanations(
  of target: String, in functions: [FunctionID], limit: Int, _ workspace: Workspace,
  languages: [any Language], store: Store, cache: Cache?, jobs: Int, progress: Progress
) throws(Failure) -> (explanations: [Explanation], diagnostics: [Diagnostic]) {
  let began = System.clock()
  let traced = try trace(
    workspace, functions: Array(workspace.functions.ids), languages: languages, store: store,
    jobs: jobs, progress: progress)
  let stocks = try Stocks(
    traced, workspace, functions: functions + Layering.company(of: functions, in: workspace),
    store: store, jobs: jobs)
  let layering = try Layering(workspace, functions: functions, from: stocks, jobs: jobs)
  var searches = stocks.searches()
  var archiver = try Archiver(store, cache: cache, jobs: jobs, began: began)
  var explanations: [Explanation] = []
  var diagnostics = workspace.judgingRecord(workspace.diagnostics + traced.diagnostics)
  for id in functions {
    guard let entry = stocks.entry(of: id) else { continue }
    let stock = stocks.rows[entry.stock]
    let reach = searches[entry.stock].reach(
      id, entry: entry.node, overlay: workspace.functions[id].overlay)
    let plan = try select(
      reach, from: stock, search: &searches[entry.stock], layered: layering.distributions(of: id))
    let sizes = try archiver.archive([plan]) { _ in false }[0].sizes
    explanations.append(
      try explain(
        target, in: plan, sizes: sizes, limit: limit, of: reach, from: stock,
        search: &searches[entry.stock]))
    if functions.count == 1 { diagnostics += plan.diagnostics }
  }
  archiver.save()
  return (explanations, diagnostics.sorted())
}
