import Files
import Graph
package import Model
import Zip

/// Exactly the distributions of which archives have files, with what their metadata says of them.
///
/// Throws where a wheel or a metadata file can no longer be read.
package func billOfMaterials(
  _ functions: [FunctionID], of workspace: Workspace, languages: [any Language], store: Store,
  cache: Cache?, jobs: Int, progress: Progress = .silent
) throws(Failure) -> BillOfMaterials {
  let traceable = functions + Layering.company(of: functions, in: workspace)
  let traced = try trace(
    workspace, functions: traceable, languages: languages, store: store, jobs: jobs,
    progress: progress)
  let stocks = try Stocks(traced, workspace, functions: traceable, store: store, jobs: jobs)
  let layering = try Layering(workspace, functions: functions, from: stocks, jobs: jobs)
  var searches = stocks.searches()
  var archiver = try Archiver(store, cache: cache, jobs: jobs, began: System.clock())
  var rows: [(id: FunctionID, digest: String, ships: Set<DistributionID>)] = []
  for id in functions {
    guard let entry = stocks.entry(of: id) else { continue }
    let reach = searches[entry.stock].reach(
      id, entry: entry.node, overlay: workspace.functions[id].overlay)
    let plan = try select(
      reach, from: stocks.rows[entry.stock], search: &searches[entry.stock],
      layered: layering.distributions(of: id))
    let artifact = try archiver.archive([plan]) { _ in false }[0]
    // What it finds in its layers it has no less.
    let ships = (plan.entries + plan.layered.map(\.entry)).compactMap {
      stocks.rows[entry.stock].distribution(of: $0)
    }
    rows.append((id, artifact.contentDigest, Set(ships)))
  }
  archiver.save()
  let shipped = rows.reduce(into: Set<DistributionID>()) { $0.formUnion($1.ships) }.sorted {
    let (a, b) = (workspace.distributions[$0], workspace.distributions[$1])
    return (a.name, a.version, $0.index) < (b.name, b.version, $1.index)
  }
  let positions = Dictionary(
    uniqueKeysWithValues: shipped.enumerated().map { ($0.element, $0.offset) })
  var hashes: [WheelID: String] = [:]
  var components: [BillOfMaterials.Component] = []
  for id in shipped {
    let row = workspace.distributions[id]
    let required = Set(
      workspace.requirements.flatMap { $0.requirements[id] ?? [] }.map(\.to))
    components.append(
      BillOfMaterials.Component(
        name: row.displayName, version: row.version,
        licence: try licence(of: row, workspace, languages, store),
        wheelSHA256: try wheelHash(of: row, workspace, &hashes),
        requires: required.compactMap { positions[$0] }.sorted()))
  }
  return BillOfMaterials(
    project: workspace.project.split(separator: "/").last.map(String.init) ?? "functions",
    functions: rows.map { row in
      BillOfMaterials.Function(
        name: workspace.functions[row.id].name, contentDigest: row.digest,
        ships: row.ships.compactMap { positions[$0] }.sorted())
    }, components: components)
}

private func licence(
  of distribution: Distribution, _ workspace: Workspace, _ languages: [any Language], _ store: Store
) throws(Failure) -> Licence? {
  var reader = store.makeReader()
  for file in distribution.metadataFiles
  where ["METADATA", "PKG-INFO"].contains(workspace.files[file].path.name) {
    do throws(FileError) {
      try reader.read(file)
    } catch {
      throw Failure(error)
    }
    let bytes = reader.withBytes { $0.copy() }
    return languages.lazy.compactMap { $0.licence(in: bytes) }.first
  }
  return nil
}

private func wheelHash(
  of distribution: Distribution, _ workspace: Workspace, _ known: inout [WheelID: String]
) throws(Failure) -> String? {
  guard let file = distribution.metadataFiles.first,
    case .member(let wheel, _) = workspace.files[file].storage
  else { return nil }
  if let hash = known[wheel] { return hash }
  do throws(FileError) {
    let hash = SHA256.digest(of: try FileSystem.read(workspace.wheels[wheel].path)).hex
    known[wheel] = hash
    return hash
  } catch {
    throw Failure(error)
  }
}
