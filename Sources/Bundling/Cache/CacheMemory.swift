import Files
import Synchronization
import Zip

/// What is known about files as long as they stay the same: values by a file's name, each good for
/// one `StatKey` only.
///
/// As git's index does, a value is only taken in when the file's last change lies clearly before the
/// run began: a change that follows within the clock's granularity would leave the key as it is.
final class FileMemory: Sendable {
  private let cache: Cache?
  private let folder: String?
  private let shelves: [CacheShelf]
  private let began: Int64
  private let fresh = Mutex<[ShelfKey: [UInt8]]>([:])

  /// Without a cache, or where its folder cannot be made, nothing is known and nothing kept.
  /// `topic` names the folder below the project's; `began`: when the run did, as `System.clock()`.
  init(_ cache: Cache?, project: String, topic: String, began: Int64) {
    self.began = began
    self.cache = cache
    guard let cache else {
      folder = nil
      shelves = []
      return
    }
    let folder = "\(cache.projectFolder(project))/\(topic)"
    let isMade: Void? = cache.attempt { () throws(FileError) in
      try FileSystem.createFolder(folder)
    }
    guard isMade != nil else {
      self.folder = nil
      shelves = []
      return
    }
    self.folder = folder
    shelves = Cache.shelves(in: folder, maps: true)
  }

  var isEmpty: Bool { shelves.isEmpty }
  var isKept: Bool { folder != nil }

  /// What `body` makes of the value; nil where there is none for this state of the file.
  func recall<R>(_ name: String, _ key: StatKey, _ body: (Span<UInt8>) -> R?) -> R? {
    guard !shelves.isEmpty else { return nil }
    let wanted = ShelfKey(name)
    for shelf in shelves {
      guard let slot = shelf.find(wanted) else { continue }
      let result: R?? = shelf.withMapped(slot) { value in
        guard value.count >= StatKey.encodedSize, key.isEncoded(in: value) else { return nil }
        return body(value.extracting(StatKey.encodedSize..<value.count))
      }
      // The newest shelf that has the name decides.
      return result ?? nil
    }
    return nil
  }

  /// `isOurs`: the file was written by this run, so that nobody else's change can hide in its key.
  func record(_ name: String, _ key: StatKey, _ value: [UInt8], isOurs: Bool = false) {
    guard folder != nil, isOurs || key.isSettled(at: began) else { return }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(StatKey.encodedSize + value.count)
    key.encode(to: &bytes)
    bytes += value
    let shelfKey = ShelfKey(name)
    fresh.withLock { $0[shelfKey] = bytes }
  }

  /// Keeps what was recorded. A cache that cannot be written to is no reason to fail.
  func save() {
    guard let folder else { return }
    let entries = fresh.withLock { fresh in
      defer { fresh = [:] }
      return fresh
    }
    guard !entries.isEmpty else { return }
    cache?.attempt { () throws(FileError) in
      let draft = try CacheShelf.Draft(in: folder)
      var slots: [CacheShelf.Slot] = []
      for (key, value) in entries { slots.append(try draft.append(key, value.span)) }
      try draft.keep(slots, as: Cache.nextShelfPath(in: folder))
    }
    Cache.merge(in: folder, lock: folder + "/lock", above: 6)
  }
}

extension StatKey {
  static let encodedSize = 36

  func encode(to bytes: inout [UInt8]) {
    bytes.append(number64: UInt64(bitPattern: size))
    bytes.append(number64: UInt64(bitPattern: modified))
    bytes.append(number64: UInt64(bitPattern: changed))
    bytes.append(number64: inode)
    bytes.append(number32: mode)
  }

  func isEncoded(in bytes: Span<UInt8>) -> Bool {
    bytes.number64(0) == UInt64(bitPattern: size)
      && bytes.number64(8) == UInt64(bitPattern: modified)
      && bytes.number64(16) == UInt64(bitPattern: changed) && bytes.number64(24) == inode
      && bytes.number32(32) == mode
  }
}
