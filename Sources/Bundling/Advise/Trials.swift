import Files
import Graph
import Model

/// Measures functions with the team's own files as they are, or as they would be.
struct Trials {
  let workspace: Workspace
  let languages: [any Language]
  let store: Store
  let cache: Cache?
  let jobs: Int

  /// The same of a project whose functions are made in another way.
  func with(_ workspace: Workspace) -> Trials {
    Trials(
      workspace: workspace, languages: languages, store: store.replacing(workspace), cache: cache,
      jobs: jobs)
  }

  struct Measured {
    let id: FunctionID
    /// Position in `Stocks.rows`.
    let stock: Int
    let reach: Reach
    let plan: Plan
    let sizes: [Artifact.Size]
    let bytes: Comparison.Bytes
  }

  struct Outcome {
    /// In the order in which they were asked for, without those whose handler does not exist.
    let functions: [Measured]
    let stocks: Stocks
    let diagnostics: [Diagnostic]
  }

  /// What archives are after a change, for those that are others then.
  func savings(
    _ before: [Measured], _ after: [Measured]
  ) -> [Suggestion.Saving] {
    zip(before, after).compactMap { old, new in
      guard old.bytes != new.bytes else { return nil }
      return Suggestion.Saving(
        function: workspace.functions[old.id].name, before: old.bytes, after: new.bytes)
    }
  }

  /// - Parameters:
  ///   - edited: the bytes of files that are other than on disk.
  ///   - isTrial: whether the functions are made in another way than the project's.
  func measure(
    _ functions: [FunctionID], edited: [FileID: [UInt8]], isTrial: Bool = false,
    progress: Progress = .silent
  ) throws(Failure) -> Outcome {
    let began = System.clock()
    let store = store.replacing(edited)
    let facts = cache.map { FactsMemory($0, project: workspace.project, began: began) }
    let traceable = functions + Layering.company(of: functions, in: workspace)
    let traced = try trace(
      workspace, functions: traceable, languages: languages, store: store, facts: facts,
      jobs: jobs, progress: progress)
    if edited.isEmpty, !isTrial { facts?.save() }
    let stocks = try Stocks(traced, workspace, functions: traceable, store: store, jobs: jobs)
    let layering = try Layering(workspace, functions: functions, from: stocks, jobs: jobs)
    var searches = stocks.searches()
    var archiver = try Archiver(store, cache: cache, jobs: jobs, began: began)
    var measured: [Measured] = []
    for id in functions {
      guard let entry = stocks.entry(of: id) else { continue }
      let reach = searches[entry.stock].reach(
        id, entry: entry.node, overlay: workspace.functions[id].overlay)
      let plan = try select(
        reach, from: stocks.rows[entry.stock], search: &searches[entry.stock],
        layered: layering.distributions(of: id))
      let artifact = try archiver.archive([plan]) { _ in false }[0]
      measured.append(
        Measured(
          id: id, stock: entry.stock, reach: reach, plan: plan, sizes: artifact.sizes,
          bytes: .init(unzipped: artifact.unzipped, zipped: artifact.zipped)))
    }
    if edited.isEmpty { archiver.save() }
    return Outcome(
      functions: measured, stocks: stocks,
      diagnostics: (workspace.diagnostics + traced.diagnostics).sorted())
  }
}
