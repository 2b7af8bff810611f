import Model

extension Selection {
  /// Takes out what layers have. What Python or the loader would look for beside what stays is told:
  /// they look in one place.
  mutating func takeOut(_ distributions: [DistributionID: LayerID]) {
    guard !distributions.isEmpty else { return }
    var kept: [Plan.Entry] = []
    kept.reserveCapacity(entries.count)
    var sides: [NodeID: LayerID?] = [:]
    for entry in entries {
      let layer = stock.distribution(of: entry).flatMap { distributions[$0] }
      if let layer {
        layered.append(Plan.Layered(entry: entry, layer: layer))
      } else {
        kept.append(entry)
      }
      if let node = entry.node { sides[node] = .some(layer) }
    }
    entries = kept
    reportSplits(sides)
  }

  /// A package has one `__init__.py`, and its folder is where the other modules of it are looked for;
  /// a library that is linked by its name is looked for beside who asks.
  private mutating func reportSplits(_ sides: [NodeID: LayerID?]) {
    struct Pair: Hashable {
      let child: DistributionID?
      let parent: DistributionID?
    }
    var told: Set<Pair> = []
    for node in reach.nodes {
      guard let side = sides[node] else { continue }
      for edge in stock.graph.edges(from: node) {
        let isNative = edge.kind == .native
        guard edge.kind == .parent || isNative, let other = sides[edge.to], other != side,
          let layer = side ?? other
        else { continue }
        let (child, parent) = (stock.graph.nodes[node], stock.graph.nodes[edge.to])
        let pair = Pair(child: child.distribution, parent: parent.distribution)
        guard let owner = side == nil ? parent.distribution : child.distribution,
          told.insert(pair).inserted
        else { continue }
        diagnostics.append(
          .layerSplitsPackage(
            child.name, parent.name, isNative: isNative,
            inLayer: stock.workspace.distributions[owner],
            layer: stock.workspace.layers[layer], function))
      }
    }
  }
}
