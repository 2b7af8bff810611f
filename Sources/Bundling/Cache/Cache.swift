package import Files
package import Model
import Synchronization
import Zip

/// What pare remembers between runs, in a folder that can go at any time.
///
/// `contents` has compressed contents by the SHA-256 of what they inflate to, together with the zlib
/// version and level, shared by all projects. `projects/…` has one project's: what its files were
/// when they were last read, and what they ask for. `runs` has what runs depended on and printed.
/// Several processes may use it at once: files appear by rename, are never changed, and whoever has
/// one open keeps it.
package struct Cache: Sendable {
  /// Absolute path.
  package let folder: String
  /// What it may hold, in bytes; beyond, what was not used for longest goes.
  package let bound: Int
  private let refusals = Refusals()

  /// Two gigabytes.
  package static let defaultBound = 2 << 30

  /// Changes with everything that changes what entries mean.
  static let formatVersion = 1

  /// `$XDG_CACHE_HOME/pare`, else `~/.cache/pare`; nil where there is no home.
  package static var defaultFolder: String? {
    if let base = System.variable("XDG_CACHE_HOME"), base.hasPrefix("/") { return base + "/pare" }
    return System.homeFolder.map { $0 + "/.cache/pare" }
  }

  /// All that a cache has in its folder.
  static let names = ["contents", "lock", "projects", "runs"]

  /// Makes the folder where it is missing; throws where it cannot be made or written to.
  package init(_ folder: String, bound: Int = Cache.defaultBound) throws(FileError) {
    self.folder = folder
    self.bound = bound
    for part in [contentsFolder, folder + "/projects"] {
      try FileSystem.createFolder(part)
      guard FileSystem.isWritableFolder(part) else { throw FileError("write", part, .denied) }
    }
  }

  // MARK: What the system refuses

  /// What a run could not keep. It goes on without: a cache is no reason to stop.
  private final class Refusals: Sendable {
    let first = Mutex<FileError?>(nil)
  }

  func note(_ refusal: FileError) {
    guard refusal.cause != .interrupted else { return }
    refusals.first.withLock { first in if first == nil { first = refusal } }
  }

  /// As `body` gives it; nil, with a note, where the system refuses.
  func attempt<R>(_ body: () throws(FileError) -> R) -> R? {
    do throws(FileError) {
      return try body()
    } catch {
      note(error)
      return nil
    }
  }

  /// One warning, whatever number of things could not be kept.
  package var diagnostics: [Diagnostic] {
    refusals.first.withLock { $0.map { [.cacheUnusable($0, folder: folder)] } ?? [] }
  }

  var contentsFolder: String { folder + "/contents" }

  /// Where what belongs to one project is kept.
  func projectFolder(_ project: String) -> String {
    let digest = SHA256.digest(of: Array("\(Self.formatVersion)\0\(project)".utf8))
    return "\(folder)/projects/\(digest.hex.prefix(32))"
  }

  // MARK: Shelves of one folder

  /// Those that are whole, newest first; damaged ones are removed on the way.
  static func shelves(in folder: String, maps: Bool = false) -> [CacheShelf] {
    let names = ((try? FileSystem.names(in: folder)) ?? []).filter { $0.hasSuffix(".shelf") }
    var shelves: [CacheShelf] = []
    for name in names.reversed() {
      let path = "\(folder)/\(name)"
      if let shelf = CacheShelf(path, maps: maps) {
        shelves.append(shelf)
      } else {
        try? FileSystem.removeFile(path)
      }
    }
    return shelves
  }

  /// A name that sorts behind all names given out before, and that no other process gives out.
  static func nextShelfPath(in folder: String) -> String {
    let time = String(UInt64(System.clock()), radix: 16)
    let padded = String(repeating: "0", count: max(0, 16 - time.count)) + time
    return "\(folder)/\(padded)-\(System.processID).shelf"
  }

  // MARK: Care

  package struct Info: Sendable {
    package let folder: String
    /// Compressed contents.
    package let contents: Int
    package let projects: Int
    /// In bytes.
    package let size: Int
    package let bound: Int
  }

  package func info() -> Info {
    let shelves = Self.shelves(in: contentsFolder)
    var keys = Set<ShelfKey>()
    for shelf in shelves { for slot in shelf.all { keys.insert(slot.key) } }
    let projects = (try? FileSystem.names(in: folder + "/projects")) ?? []
    return Info(
      folder: folder, contents: keys.count, projects: projects.count,
      size: files().reduce(0) { $0 + Int($1.key.size) }, bound: bound)
  }

  /// Removes what was not used for longest until no more than `bound` bytes are left; the bytes that
  /// went. Does nothing while another process does it.
  @discardableResult
  package func prune(to bound: Int? = nil) -> Int {
    guard let lock = FileLock.take(folder + "/lock") else { return 0 }
    let bound = bound ?? self.bound
    var all = files().filter { !$0.path.hasSuffix(Leftovers.suffix) }
    var size = all.reduce(0) { $0 + Int($1.key.size) }
    let before = size
    all.sort { ($0.key.modified, $0.path) < ($1.key.modified, $1.path) }
    for (path, key) in all where size > bound {
      guard (try? FileSystem.removeFile(path)) != nil else { continue }
      size -= Int(key.size)
    }
    lock.release()
    return before - size
  }

  /// Removes everything; the bytes that went.
  @discardableResult
  package func clear() throws(FileError) -> Int {
    let size = files().reduce(0) { $0 + Int($1.key.size) }
    try FileSystem.removeTree(contentsFolder)
    try FileSystem.removeTree(folder + "/projects")
    try FileSystem.removeTree(folder + "/runs")
    try FileSystem.createFolder(contentsFolder)
    try FileSystem.createFolder(folder + "/projects")
    return size
  }

  /// After a run that compressed something: few shelves, within the bound.
  func tidy() {
    Self.merge(in: contentsFolder, lock: folder + "/lock")
    keepWithinBound()
  }

  /// After each run: no more than the bound, nothing left behind by runs that were killed. Beyond the
  /// bound an eighth of it is made free, so that not every run has something to remove.
  func keepWithinBound() {
    let files = files()
    let left = files.lazy.map { RelativePath($0.path) }.filter {
      $0.name.hasSuffix(Leftovers.suffix)
    }
    for folder in Set(left.map(\.folder)).sorted() { Leftovers.remove(in: String(folder)) }
    if files.reduce(0, { $0 + Int($1.key.size) }) > bound { prune(to: bound - bound / 8) }
  }

  private func files() -> [(path: String, key: StatKey)] {
    guard let tree = try? FileTree.walk(folder, jobs: 1) else { return [] }
    return tree.files.compactMap { path in
      let path = "\(folder)/\(path)"
      return StatKey(ifPresent: path).map { (path, $0) }
    }
  }

  /// Joins the smaller shelves of a folder once there are more than sixteen: each costs an open and
  /// a look-up.
  static func merge(in folder: String, lock: String, above limit: Int = 16) {
    var shelves = shelves(in: folder)
    guard shelves.count > limit, let lock = FileLock.take(lock) else { return }
    shelves.removeAll { $0.size > 256 << 20 }
    guard shelves.count > 1, let draft = try? CacheShelf.Draft(in: folder) else { return }
    var seen = Set<ShelfKey>()
    var slots: [CacheShelf.Slot] = []
    for shelf in shelves {
      for slot in shelf.all where seen.insert(slot.key).inserted {
        guard let value = shelf.value(of: slot) else { continue }
        guard let copy = try? draft.append(slot.key, value.span) else { return }
        slots.append(copy)
      }
    }
    guard (try? draft.keep(slots, as: nextShelfPath(in: folder))) != nil else { return }
    for shelf in shelves { try? FileSystem.removeFile(shelf.path) }
    lock.release()
  }
}
