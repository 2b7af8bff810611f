import Files
import Model
import Zip

/// What archives are made of, by content: files of the team's own one by one, wheels as the files that
/// they are, installed distributions as the folder of what is shipped of them. Sorted by name.
///
/// Throws where a wheel can no longer be read.
func materials(
  _ shipped: Set<FileID>, _ digests: [SHA256.Digest?], _ workspace: Workspace, _ known: FileMemory
) throws(Failure) -> [Report.Material] {
  var found: Set<Report.Material> = []
  var wheels: [WheelID: DistributionID?] = [:]
  var installed: [DistributionID: [(path: String, digest: SHA256.Digest)]] = [:]
  for file in shipped.sorted() {
    let row = workspace.files[file]
    if case .member(let wheel, _) = row.storage {
      if wheels[wheel] == nil || wheels[wheel] == .some(nil) { wheels[wheel] = row.distribution }
      continue
    }
    guard let digest = digests[Int(file.index)] else { continue }
    if let owner = row.distribution {
      installed[owner, default: []].append((row.path.string, digest))
    } else {
      found.insert(
        Report.Material(
          name: workspace.shownPath(of: file), packageURL: nil, sha256: digest.hex, isFolder: false)
      )
    }
  }
  for (wheel, owner) in wheels {
    do throws(FileError) {
      let path = workspace.wheels[wheel].path
      found.insert(
        Report.Material(
          name: String(RelativePath(path).name),
          packageURL: owner.map { packageURL(workspace.distributions[$0]) },
          sha256: try wheelHash(path, known).hex, isFolder: false))
    } catch {
      throw Failure(error)
    }
  }
  for (owner, files) in installed {
    let distribution = workspace.distributions[owner]
    found.insert(
      Report.Material(
        name: workspace.shown(workspace.roots[distribution.root].location) + "/"
          + distribution.metadataFolder,
        packageURL: packageURL(distribution), sha256: folderHash(files).hex, isFolder: true))
  }
  return found.sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
}

/// `dirHash1` of in-toto's digest sets: SHA-256 over a line for each file, sorted by path, of its
/// SHA-256, two blanks and the path (https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md).
private func folderHash(_ files: [(path: String, digest: SHA256.Digest)]) -> SHA256.Digest {
  let lines = files.sorted { RelativePath($0.path) < RelativePath($1.path) }.map {
    "\($0.digest.hex)  \($0.path)\n"
  }
  return SHA256.digest(of: Array(lines.joined().utf8))
}

private func packageURL(_ distribution: Distribution) -> String {
  "pkg:pypi/\(distribution.name)@\(distribution.version)"
}
