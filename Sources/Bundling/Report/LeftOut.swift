import Graph
import Model

/// What is installed and would be imported by what a function ships, and is left out since the function
/// does not declare it; by name.
func leftOut(of reach: Reach, from stock: Stock) -> [Report.LeftOut] {
  var imports: [DistributionID: [Report.LeftOut.Import]] = [:]
  for item in stock.graph.optional where stock.graph.isLeftOut(item, of: reach) {
    imports[item.distribution, default: []].append(stock.leftOut(item))
  }
  return imports.map { id, imports in
    let row = stock.workspace.distributions[id]
    return Report.LeftOut(name: row.displayName, version: row.version, imports: imports.unique())
  }.sorted { $0.name < $1.name }
}

extension ModuleGraph {
  /// Whether a function reaches the import, and neither declares what that asks for nor cannot do
  /// without it.
  func isLeftOut(_ item: OptionalImport, of reach: Reach) -> Bool {
    reach.contains(item.from) && !(item.premise.map(reach.contains) ?? false)
      && !(item.isForced && reach.isEager[Int(item.from.index)])
  }
}

extension Stock {
  fileprivate func leftOut(_ item: OptionalImport) -> Report.LeftOut.Import {
    Report.LeftOut.Import(
      from: importer(item), name: item.name, kind: item.kind,
      location: item.place.map(workspace.location))
  }

  /// Where an edge begins at a condition, the module whose line says it.
  func importer(_ item: OptionalImport) -> String {
    let row = graph.nodes[item.from]
    guard row.kind == .condition, let place = item.place else { return row.name }
    return workspace.files[place.file].path.string
  }
}

extension [Report.LeftOut.Import] {
  /// By their places, one for each.
  fileprivate func unique() -> [Report.LeftOut.Import] {
    var seen: Set<String> = []
    return filter { item in
      let place = item.location.map { "\($0.path):\($0.line)" } ?? item.from
      return seen.insert(place).inserted
    }.sorted { a, b in
      (a.location?.path ?? "", a.location?.line ?? 0, a.name)
        < (b.location?.path ?? "", b.location?.line ?? 0, b.name)
    }
  }
}
