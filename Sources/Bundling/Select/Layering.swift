import Files
import Graph
package import Model

/// What the layers that functions attach have, and what each function finds there: worked out from
/// what all of these functions ship, before the archive of any of them is planned.
///
/// A layer has a distribution in one version, with all that functions that attach it reach of it; so
/// nobody finds half of a package in a layer and the other half beside the handler, where Python would
/// look for it in one of the two only.
package struct Layering: Sendable {
  /// In the order of the layers; none for one that has nothing.
  package private(set) var plans: [Plan] = []
  /// By function: what its layers have for it.
  private var found: [FunctionID: [DistributionID: LayerID]] = [:]
  /// Layers that must stay as they are, with what attaches them.
  package private(set) var unsound: Set<LayerID> = []
  package private(set) var diagnostics: [Diagnostic] = []

  /// Functions that must be traced beside some, so that their layers can be made.
  package static func company(of functions: [FunctionID], in workspace: Workspace) -> [FunctionID] {
    let wanted = Set(functions)
    return Set(
      wanted.flatMap { workspace.functions[$0].layers }.flatMap { workspace.layers[$0].members }
    )
    .subtracting(wanted).sorted()
  }

  /// - Parameters:
  ///   - functions: those whose archives are wanted; `stocks` also has their company.
  ///   - isSound: whether a function can be packaged.
  package init(
    _ workspace: Workspace, functions: [FunctionID], from stocks: Stocks, jobs: Int,
    isSound: @Sendable (Plan, Reach, Stock) -> Bool = { _, _, _ in true }
  ) throws(Failure) {
    let layers = Set(functions.flatMap { workspace.functions[$0].layers }).sorted()
    guard !layers.isEmpty else { return }
    let members = Set(layers.flatMap { workspace.layers[$0].members }).sorted()
    let shipped = try concurrentMap(members, jobs: jobs, worker: { stocks.searches() }) {
      (searches, id) throws(Failure) -> Shipped? in
      guard let entry = stocks.entry(of: id) else { return nil }
      let stock = stocks.rows[entry.stock]
      let reach = searches[entry.stock].reach(
        id, entry: entry.node, overlay: workspace.functions[id].overlay)
      let plan = try select(reach, from: stock, search: &searches[entry.stock])
      return Shipped(plan, entry.stock, workspace, isSound: isSound(plan, reach, stock))
    }
    var rows: [FunctionID: Shipped] = [:]
    for (id, row) in zip(members, shipped) { rows[id] = row }
    for id in layers {
      let layer = workspace.layers[id]
      let absent =
        layer.absent
        + layer.members.filter { !(rows[$0]?.isSound ?? false) }.map {
          workspace.functions[$0].name
        }
      if !absent.isEmpty {
        unsound.insert(id)
        diagnostics.append(.layerIncomplete(layer, absent: absent.sorted()))
      }
      try make(id, rows, stocks, workspace)
    }
  }

  /// The distributions that a function's layers have for it.
  package func distributions(of function: FunctionID) -> [DistributionID: LayerID] {
    found[function] ?? [:]
  }

  private mutating func make(
    _ id: LayerID, _ rows: [FunctionID: Shipped], _ stocks: Stocks, _ workspace: Workspace
  ) throws(Failure) {
    let layer = workspace.layers[id]
    var assembly = LayerAssembly(layer, rows, stocks, workspace)
    for name in assembly.names { try assembly.add(name) }
    for (function, distributions) in assembly.found {
      // Of two layers that have it the first is good enough.
      found[function, default: [:]].merge(distributions.map { ($0, id) }) { first, _ in first }
    }
    diagnostics += assembly.diagnostics
    guard !assembly.files.isEmpty else {
      unsound.insert(id)
      diagnostics.append(.layerSharesNothing(layer))
      return
    }
    plans.append(Plan(.layer(id), entries: assembly.entries))
  }
}

/// What one function ships of distributions.
struct Shipped: Sendable {
  /// Position in `Stocks.rows`.
  let stock: Int
  let files: [DistributionID: Set<FileID>]
  let isSound: Bool

  init(_ plan: Plan, _ stock: Int, _ workspace: Workspace, isSound: Bool) {
    self.stock = stock
    self.isSound = isSound
    var files: [DistributionID: Set<FileID>] = [:]
    // A `RECORD` is generated, and goes with its distribution.
    var generated: Set<RelativePath> = []
    for entry in plan.entries {
      switch entry.content {
      case .file(let file):
        if let owner = workspace.files[file].distribution { files[owner, default: []].insert(file) }
      case .generated: generated.insert(entry.path)
      }
    }
    for owner in Array(files.keys) {
      files[owner]?.formUnion(
        workspace.distributions[owner].metadataFiles.filter {
          generated.contains(workspace.files[$0].path)
        })
    }
    self.files = files
  }
}
