import Files
import Model
import Synchronization
import Zip

/// Holds wheels against the hashes that locks name: each that is shipped from, once, before anything
/// of it is written.
///
/// A wheel that was fetched was checked by who fetched it; one that lies in a folder, or has lain in a
/// cache since, was not.
struct WheelHashes {
  let workspace: Workspace
  let known: FileMemory
  private var checked: [WheelID: Bool] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ workspace: Workspace, known: FileMemory) {
    self.workspace = workspace
    self.known = known
  }

  /// Throws where one cannot be read.
  mutating func check(_ plans: [Plan], jobs: Int) throws(Failure) {
    var wanted: Set<WheelID> = []
    for plan in plans {
      for wheel in plan.wheels(in: workspace) where checked[wheel] == nil {
        wanted.insert(wheel)
      }
    }
    let (workspace, known) = (workspace, known)
    let ids = wanted.filter { !workspace.wheels[$0].allowedHashes.isEmpty }.sorted()
    do throws(FileError) {
      let hashes = try concurrentMap(ids, jobs: jobs) { (id) throws(FileError) in
        try wheelHash(workspace.wheels[id].path, known)
      }
      for (id, hash) in zip(ids, hashes) {
        let isAllowed = workspace.wheels[id].allowedHashes.contains(hash.hex)
        checked[id] = isAllowed
        if !isAllowed {
          diagnostics.append(
            .wheelHashMismatch(workspace.shown(workspace.wheels[id].path), found: hash.hex))
        }
      }
    } catch {
      throw Failure(error)
    }
  }

  /// Whether all wheels that a plan ships from are what was locked, as far as that was checked.
  func allow(_ plan: Plan) -> Bool {
    !checked.values.contains(false)
      || plan.wheels(in: workspace).allSatisfy { checked[$0] != false }
  }
}

/// A wheel's SHA-256; what an earlier run worked out is good for one state of the file.
func wheelHash(_ path: String, _ known: FileMemory?) throws(FileError) -> SHA256.Digest {
  let file = try InputFile.open(path)
  let name = "sha256 \(path)"
  let remembered = known?.recall(name, file.key) { value in
    value.count == 32
      ? SHA256.Digest(value.number64(0), value.number64(8), value.number64(16), value.number64(24))
      : nil
  }
  if let remembered { return remembered }
  var hash = SHA256()
  var buffer = ReadBuffer(capacity: 1 << 20)
  var offset = 0
  while offset < Int(file.key.size) {
    let count = min(1 << 20, Int(file.key.size) - offset)
    try buffer.read(file, at: offset, count: count)
    buffer.withBytes { hash.update($0) }
    offset += count
  }
  let digest = hash.digest()
  var value: [UInt8] = []
  for word in [digest.a, digest.b, digest.c, digest.d] { value.append(number64: word) }
  known?.record(name, file.key, value)
  return digest
}

extension Plan {
  func wheels(in workspace: Workspace) -> Set<WheelID> {
    var found: Set<WheelID> = []
    for entry in entries {
      if case .file(let file) = entry.content,
        case .member(let wheel, _) = workspace.files[file].storage
      {
        found.insert(wheel)
      }
    }
    return found
  }
}
