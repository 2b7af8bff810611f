import Files
package import Model
import Zip

/// Warns of archives that pare made, in folders to which this project's archives go, and that belong
/// to none of its functions and layers: what is left of one that was renamed or removed, and would be deployed by
/// whoever takes all that lies there. Nothing is said where only some functions were asked for.
///
/// To be asked before the run writes: what it writes is no such archive, and its outcome then depends
/// on names that were there before.
package func staleArchives(_ found: Discovered) -> [Diagnostic] {
  let workspace = found.workspace
  guard found.asked.count == found.declared.count else { return [] }
  let archives =
    found.asked.map { RelativePath(workspace.functions[$0].archive) }
    + workspace.layers.rows.map { RelativePath($0.archive) }
  // Links may give one folder two spellings.
  var real: [String: String] = [:]
  var listed: [String: [String]] = [:]
  for folder in Set([found.output] + archives.map { String($0.folder) }).sorted() {
    guard let names = try? FileSystem.names(in: folder) else { continue }
    real[folder] = FileSystem.realPath(folder)
    if !real.contains(where: { $0.key != folder && $0.value == real[folder] }) {
      listed[folder] = names.filter { $0.hasSuffix(".zip") }
    }
  }
  let known = Set(
    archives.map { "\(real[String($0.folder)] ?? String($0.folder))/\($0.name)" })
  return listed.sorted { $0.key < $1.key }.flatMap { folder, names in
    names.filter { name in
      !known.contains("\(real[folder] ?? folder)/\(name)") && isOwnArchive("\(folder)/\(name)")
    }.map { .staleArchive(workspace.shown("\(folder)/\($0)")) }
  }
}

/// Takes away what killed runs have left in the folders to which this run writes.
package func removeLeftovers(_ found: Discovered) {
  let workspace = found.workspace
  let archives =
    (found.asked.map { workspace.functions[$0].archive } + workspace.layers.rows.map(\.archive))
    .map { String(RelativePath($0).folder) }
  for folder in Set([found.output] + archives).sorted() { Leftovers.remove(in: folder) }
}

private func isOwnArchive(_ path: String) -> Bool {
  guard let file = try? InputFile.open(path), file.key.size >= Int64(ZipLayout.ownMarkSize),
    let head = try? file.read(at: 0, count: ZipLayout.ownMarkSize)
  else { return false }
  return ZipLayout.isOwn(head.span)
}
