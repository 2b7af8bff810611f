import Model
import Zip

/// The archives of the layers that a run's functions attach; these are made before the functions'.
struct PackagedLayers: Sendable {
  let rows: [Report.Layer]
  /// Unpacked, in bytes.
  let unzipped: [LayerID: Int]
  /// Layers that were to be written and could not be: what attaches them stays as it is, too.
  let unwritten: Set<LayerID>

  /// - Parameter isWritten: asked only of layers that are sound.
  init(
    _ layering: Layering, _ archiver: inout Archiver, _ workspace: Workspace,
    deployed: [String: DeployedArchive], isWriting: Bool, isWritten: (Plan) -> Bool
  ) throws(Failure) {
    let artifacts = try archiver.archive(
      layering.plans, worker: { () },
      isWritten: { plan in
        guard case .layer(let id) = plan.product, !layering.unsound.contains(id) else {
          return false
        }
        return isWriting && isWritten(plan)
      }, deployed: deployed
    ) { (_: inout Void, _, artifact) in artifact }
    var rows: [Report.Layer] = []
    var unzipped: [LayerID: Int] = [:]
    var unwritten = layering.unsound
    for (plan, artifact) in zip(layering.plans, artifacts) {
      guard case .layer(let id) = plan.product else { continue }
      unzipped[id] = artifact.unzipped
      if isWriting, artifact.codeSHA256 == nil { unwritten.insert(id) }
      rows.append(workspace.row(of: id, plan, artifact))
    }
    self.rows = rows
    self.unzipped = unzipped
    self.unwritten = unwritten
  }
}

extension Workspace {
  fileprivate func row(of id: LayerID, _ plan: Plan, _ artifact: Artifact) -> Report.Layer {
    let layer = layers[id]
    let owners = owners(of: plan.entries)
    var shares: [DistributionID: Artifact.Size] = [:]
    for (owner, size) in zip(owners, artifact.sizes) {
      shares[owner, default: .init(unzipped: 0, zipped: 0)].unzipped += size.unzipped
      shares[owner]?.zipped += size.zipped
    }
    return Report.Layer(
      name: layer.name, runtime: layer.runtime, architecture: layer.architecture,
      origin: layer.origin, archive: shown(artifact.path), unzipped: artifact.unzipped,
      zipped: artifact.zipped, codeSHA256: artifact.codeSHA256,
      contentDigest: artifact.contentDigest, wasUnchanged: artifact.wasUnchanged,
      functions: layer.attached.map { functions[$0].name },
      distributions: shares.map { id, size in
        Report.Layer.Share(
          name: distributions[id].displayName, version: distributions[id].version,
          unzipped: size.unzipped, zipped: size.zipped)
      }.sorted { ($1.unzipped, $0.name) < ($0.unzipped, $1.name) },
      entries: zip(plan.entries, zip(owners, artifact.sizes)).map { entry, row in
        Report.Layer.Entry(
          path: entry.path, unzipped: row.1.unzipped, zipped: row.1.zipped,
          distribution: distributions[row.0].displayName)
      })
  }

  /// Whose each entry of a layer is; a generated `RECORD` lies among its distribution's metadata.
  private func owners(of entries: [Plan.Entry]) -> [DistributionID] {
    let known = entries.map { entry -> DistributionID? in
      if case .file(let file) = entry.content { files[file].distribution } else { nil }
    }
    let folders = Dictionary(
      Set(known.compactMap { $0 }).map {
        ("\(Providers.layerFolder)/\(distributions[$0].metadataFolder)", $0)
      }, uniquingKeysWith: { first, _ in first })
    return zip(entries, known).map { entry, owner in
      guard let owner = owner ?? folders[String(entry.path.folder)] else {
        preconditionFailure("a layer has what is no distribution's")
      }
      return owner
    }
  }
}
