import Files
import Graph
package import Model
import Zip

/// What a run is asked for.
package struct Order: Sendable {
  package enum Goal: Sendable {
    /// Exact figures; nothing is written.
    case measure
    case write
  }

  package let goal: Goal
  /// The others are not even traced.
  package let functions: [FunctionID]
  /// Warnings about the team's own code are errors.
  package let isStrict: Bool
  package let jobs: Int
  /// Where compressed contents are kept between runs; nil keeps nothing.
  package let cache: Cache?
  /// When the run began, as `System.clock()`: what changed later is not trusted in the next run.
  package let began: Int64
  package let watch: Stopwatch?
  /// Whether the report says by digest what went in (`Report.materials`).
  package let isAttested: Bool
  /// By the function's name: archives that need not be written again while their content is the same.
  package var deployed: [String: DeployedArchive] = [:]

  package init(
    goal: Goal, functions: [FunctionID], isStrict: Bool = false, isAttested: Bool = false,
    jobs: Int, cache: Cache? = nil,
    began: Int64 = System.clock(), watch: Stopwatch? = nil
  ) {
    self.goal = goal
    self.functions = functions
    self.isStrict = isStrict
    self.jobs = jobs
    self.cache = cache
    self.began = began
    self.watch = watch
    self.isAttested = isAttested
  }
}

/// The pipeline, from a workspace to its report: trace → reach → select → archive → report.
///
/// What `render` makes of each function's row, with its entries, is handed to `row` in the order of
/// `order.functions`; the report that is returned has rows without entries, so that memory does not
/// grow with the number of functions. `render` is called by several threads at once. A function with
/// an error in what it is made of is not written: its last good archive stays. One that is above a
/// bound is sound, and is.
package func package<Rendered: Sendable>(
  _ workspace: Workspace, _ order: Order, languages: [any Language], store: Store,
  progress: Progress = .silent, render: @Sendable (Report.Function) -> Rendered,
  row: (Rendered) throws(Failure) -> Void
) throws(Failure) -> Report {
  let traceable = order.functions + Layering.company(of: order.functions, in: workspace)
  var lap = order.watch?.begin("trace")
  let facts = order.cache.map {
    FactsMemory($0, project: workspace.project, began: order.began)
  }
  // What does not depend on the graph is made ready while it grows, which takes one processor now and
  // then.
  let (traced, (inventory, memory)) = try concurrently(jobs: order.jobs) { () throws(Failure) in
    try trace(
      workspace, functions: traceable, languages: languages, store: store, facts: facts,
      jobs: order.jobs, progress: progress)
  } _: { () throws(Failure) in
    (
      Inventory(workspace, languages: languages, store: store, jobs: order.jobs),
      try ArchiveMemory(order.cache, project: workspace.project, began: order.began)
    )
  }
  lap?.end(
    files: traced.scannedFiles, bytes: traced.scannedBytes,
    cacheHits: facts == nil ? nil : traced.recalledFiles)
  lap = order.watch?.begin("prepare")
  // Nothing is added to the facts any more.
  let ((stocks, lines), _) = try concurrently(jobs: order.jobs) { () throws(Failure) in
    (
      try Stocks(traced, workspace, functions: traceable, store: store, jobs: order.jobs),
      SourceLines(traced.graphs, workspace, store: store, jobs: order.jobs)
    )
  } _: { () throws(Failure) in
    facts?.save()
  }
  lap?.end(files: workspace.files.count)

  var rows: [Report.Function] = []
  var findings = judged(
    workspace.judgingRecord(workspace.diagnostics + traced.diagnostics), order)
  // A wheel that cannot be read: what is missing because of it is not known, so no archive takes the
  // place of the last good one.
  let isSound = !workspace.diagnostics.contains { $0.severity == .error && $0.function == nil }
  let unsoundNames = Set(
    workspace.diagnostics.filter { $0.severity == .error }.compactMap(\.function))
  var contested = Contested(workspace)
  var archiver = Archiver(
    store, cache: order.cache, jobs: order.jobs, began: order.began, memory: memory)
  var wheelHashes = WheelHashes(workspace, known: memory.known)
  var shipped: Set<FileID> = []
  let isRight: @Sendable (Plan, Reach, Stock) -> Bool = { [store] plan, reach, stock in
    !plan.product.isAmong(unsoundNames, of: workspace) && !plan.hasErrors
      && !stock.graph.unusable.contains(where: reach.contains)
      && !plan.ships(traced.broken) && !plan.ships(Set(store.failures.keys))
  }
  let layering = try Layering(
    workspace, functions: order.functions, from: stocks, jobs: order.jobs, isSound: isRight)
  for plan in layering.plans { contested.note(plan) }
  try wheelHashes.check(layering.plans, jobs: order.jobs)
  if order.goal == .write || order.isAttested {
    shipped.formUnion(layering.plans.flatMap(\.files))
  }
  let isAllowed = wheelHashes.allow
  let layers = try PackagedLayers(
    layering, &archiver, workspace, deployed: order.deployed, isWriting: order.goal == .write,
    isWritten: {
      isSound && !$0.ships(traced.broken) && !$0.ships(Set(store.failures.keys)) && isAllowed($0)
    })
  findings += judged(layering.diagnostics, order)
  for batch in order.functions.batches(of: order.jobs * 16) {
    lap = order.watch?.begin("select")
    let selected = try concurrentMap(batch, jobs: order.jobs, worker: { stocks.searches() }) {
      (searches, id) throws(Failure) -> Selected? in
      guard let entry = stocks.entry(of: id) else { return nil }
      let reach = searches[entry.stock].reach(
        id, entry: entry.node, overlay: workspace.functions[id].overlay)
      let plan = try select(
        reach, from: stocks.rows[entry.stock], search: &searches[entry.stock],
        layered: layering.distributions(of: id))
      return Selected(stock: entry.stock, reach: reach, plan: plan)
    }.compactMap { $0 }
    for item in selected { contested.note(item.plan) }
    try wheelHashes.check(selected.map(\.plan), jobs: order.jobs)
    if order.goal == .write || order.isAttested {
      shipped.formUnion(selected.flatMap(\.plan.files))
    }
    let unsound = Set(
      selected.filter { item in
        !isRight(item.plan, item.reach, stocks.rows[item.stock])
          || workspace.functions[item.reach.function].layers.contains(
            where: layers.unwritten.contains)
      }.map(\.plan.product))
    lap?.end(files: selected.reduce(0) { $0 + $1.plan.entries.count })
    lap = order.watch?.begin("archive")
    let before = archiver.counts
    let isLocked = wheelHashes.allow
    let outcomes = try archiver.archive(
      selected.map(\.plan), worker: { stocks.searches() },
      isWritten: {
        order.goal == .write && isSound && !unsound.contains($0.product)
          && !$0.ships(Set(store.failures.keys)) && isLocked($0)
      }, deployed: order.deployed
    ) { (searches, position, artifact) in
      let selected = selected[position]
      let finished = report(
        selected.plan, artifact, of: selected.reach, from: stocks.rows[selected.stock],
        inventory: inventory, lines: lines, layers: layers.unzipped,
        search: &searches[selected.stock])
      return Outcome(
        rendered: render(finished.row), row: finished.row.withoutEntries,
        diagnostics: finished.diagnostics)
    }
    let after = archiver.counts
    lap?.end(
      files: selected.reduce(0) { $0 + $1.plan.entries.count },
      bytes: outcomes.reduce(0) { $0 + $1.row.zipped },
      cacheHits: after.recalled - before.recalled)
    lap = order.watch?.begin("report")
    for outcome in outcomes {
      try row(outcome.rendered)
      rows.append(outcome.row)
      findings += judged(outcome.diagnostics, order)
    }
    lap?.end(files: outcomes.count)
    progress.report("packaging", rows.count, order.functions.count)
  }
  lap = order.watch?.begin("remember")
  let digests = archiver.digests
  let mismatches = stocks.rows.flatMap { $0.records.mismatches(digests) }.uniqued()
  findings += judged(workspace.recordMismatches(mismatches) + wheelHashes.diagnostics, order)
  let materials = order.isAttested ? try materials(shipped, digests, workspace, memory.known) : []
  archiver.save()
  findings += store.failures.values.map { .fileUnusable($0) }.sorted()
  findings += archiver.diagnostics + contested.diagnostics + (order.cache?.diagnostics ?? [])
  lap?.end()
  return Report(
    functions: rows, layers: layers.rows, diagnostics: findings.sorted(), zlibVersion: zlibVersion,
    materials: materials)
}

/// As `package(_:_:languages:store:progress:render:row:)`, with the rows as they are.
package func package(
  _ workspace: Workspace, _ order: Order, languages: [any Language], store: Store,
  progress: Progress = .silent, row: (Report.Function) throws(Failure) -> Void
) throws(Failure) -> Report {
  try package(
    workspace, order, languages: languages, store: store, progress: progress, render: { $0 },
    row: row)
}

/// What is left of a function in memory once its archive is there.
private struct Outcome<Rendered: Sendable>: Sendable {
  let rendered: Rendered
  /// Without entries.
  let row: Report.Function
  let diagnostics: [Diagnostic]
}

/// What one function ships, before it is compressed.
private struct Selected: Sendable {
  /// Position in `Stocks.rows`.
  let stock: Int
  let reach: Reach
  let plan: Plan
}

/// What a function ships, without compressing anything.
package func plans(
  _ workspace: Workspace, _ order: Order, languages: [any Language], store: Store,
  progress: Progress = .silent
) throws(Failure) -> [Plan] {
  let traced = try trace(
    workspace, functions: order.functions, languages: languages, store: store, jobs: order.jobs,
    progress: progress)
  let stocks = try Stocks(
    traced, workspace, functions: order.functions, store: store, jobs: order.jobs)
  let found = try concurrentMap(
    order.functions, jobs: order.jobs, worker: { stocks.searches() }
  ) { (searches, id) throws(Failure) -> Plan? in
    guard let entry = stocks.entry(of: id) else { return nil }
    let reach = searches[entry.stock].reach(
      id, entry: entry.node, overlay: workspace.functions[id].overlay)
    return try select(reach, from: stocks.rows[entry.stock], search: &searches[entry.stock])
  }
  return found.compactMap { $0 }
}

/// What a run found, as severe as was asked for: with `--strict`, what the team's own code leaves in
/// doubt is an error.
private func judged(_ diagnostics: [Diagnostic], _ order: Order) -> [Diagnostic] {
  guard order.isStrict else { return diagnostics }
  return diagnostics.map { diagnostic in
    var diagnostic = diagnostic
    if diagnostic.severity == .warning && strictCodes.contains(diagnostic.code) {
      diagnostic.severity = .error
    }
    return diagnostic
  }
}

private let strictCodes: Set<String> = [
  "blind-spot", "escaping-import", "missing-library", "missing-module", "record-mismatch",
  "unresolved-import",
]

extension Workspace {
  /// One warning for each distribution of which files are other than its `RECORD` says.
  fileprivate func recordMismatches(_ mismatches: [FileID]) -> [Diagnostic] {
    // What several distributions own is told as that; it cannot be as each of them says.
    let contested = Set(contests.map(\.file))
    var byOwner: [DistributionID: [FileID]] = [:]
    for file in mismatches where !contested.contains(file) {
      if let owner = files[file].distribution { byOwner[owner, default: []].append(file) }
    }
    return byOwner.sorted { $0.key < $1.key }.compactMap { owner, found in
      found.first.map {
        .recordMismatch(files[$0].path, distributions[owner], others: found.count - 1)
      }
    }
  }
}

extension Product {
  fileprivate func isAmong(_ names: Set<String>, of workspace: Workspace) -> Bool {
    names.contains(workspace.name(of: self))
  }
}

extension Plan {
  fileprivate var files: [FileID] {
    entries.compactMap { if case .file(let file) = $0.content { file } else { nil } }
  }

  fileprivate var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  fileprivate func ships(_ files: Set<FileID>) -> Bool {
    guard !files.isEmpty else { return false }
    return entries.contains {
      if case .file(let file) = $0.content { files.contains(file) } else { false }
    }
  }
}

extension Array {
  fileprivate func batches(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}
