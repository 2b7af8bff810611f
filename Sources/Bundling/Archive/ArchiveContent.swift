import Files
import Model
import Synchronization
import Zip

/// A content as an archive holds it, and where the compressed bytes are.
struct PackedContent: Sendable {
  enum Place: Sendable, Hashable {
    /// Copied as the wheel holds it.
    case wheel(WheelID, offset: Int)
    /// In the cache; position in `ContentCache.shelves`.
    case shelf(Int, offset: Int, crc: UInt32)
    /// Nowhere: it could not be read. Its size is what it should have been.
    case nowhere
    /// Compressed by this run; position in `ContentCache.drafts`.
    case draft(Int, offset: Int)
  }

  /// Of the bytes that it inflates to.
  let digest: SHA256.Digest
  let crc32: UInt32
  let method: ZipMember.Method
  let size: Int
  let compressedSize: Int
  let place: Place
  /// Not looked for in what is copied from a wheel.
  var credential: Credential?

  /// Of what could not be read; its function is not written.
  static func missing(size: Int) -> PackedContent {
    PackedContent(
      digest: SHA256.digest(of: []), crc32: 0, method: .stored, size: size, compressedSize: size,
      place: .nowhere)
  }
}

/// Compressed contents by what they inflate to: those of the cache and those of this run.
struct ContentCache: Sendable {
  let shelves: [CacheShelf]
  private let drafts: Drafts
  private let cache: Cache?
  private let fresh: Fresh
  /// Everything beside the content that its compressed bytes depend on.
  private let recipe: [UInt8]

  /// In a value: SHA-256, CRC-32, method, size, CRC-32 of the data, the credential's line, column and
  /// kind (zeros for none); the data follows.
  static let headSize = 64

  init(_ cache: Cache?) throws(FileError) {
    self.cache = cache
    shelves = cache.map { Cache.shelves(in: $0.contentsFolder) } ?? []
    drafts = try Drafts(cache)
    recipe = Array(
      "\(Cache.formatVersion) zlib \(zlibVersion) level \(deflateLevel) credentials 1".utf8)
    fresh = Fresh()
  }

  private func key(_ digest: SHA256.Digest) -> ShelfKey {
    ShelfKey(SHA256.digest(of: digest.bytes + recipe))
  }

  func find(_ digest: SHA256.Digest) -> PackedContent? {
    let key = key(digest)
    for (index, shelf) in shelves.enumerated() {
      guard let slot = shelf.find(key), slot.count >= Self.headSize,
        let head = shelf.head(of: slot), head.prefix(32).elementsEqual(digest.bytes)
      else { continue }
      let span = head.span
      guard let method = ZipMember.Method(rawValue: UInt16(truncatingIfNeeded: span.number32(36)))
      else { continue }
      fresh.used.withLock { _ = $0.insert(index) }
      return PackedContent(
        digest: digest, crc32: span.number32(32), method: method,
        size: Int(truncatingIfNeeded: span.number64(40)),
        compressedSize: slot.count - Self.headSize,
        place: .shelf(index, offset: slot.offset + Self.headSize, crc: span.number32(48)),
        credential: Credential.Kind(rawValue: span[60]).map {
          Credential(kind: $0, line: span.number32(52), column: span.number32(56))
        })
    }
    return nil
  }

  /// Compresses a content into `room`, head first, and keeps it.
  func add(
    _ content: Span<UInt8>, digest: SHA256.Digest, _ deflater: inout Deflater,
    _ room: inout ReadBuffer
  ) throws(FileError) -> PackedContent {
    let packedCount = room.fill(count: Self.headSize + content.count) { bytes in
      guard content.count > 1 else { return Int?.none }
      // One byte less than it has: what does not get smaller is stored.
      return deflater.deflate(content, into: &bytes, range: Self.headSize..<bytes.count - 1)
    }
    if let packedCount {
      room.truncate(to: Self.headSize + packedCount)
    } else {
      room.replace(at: Self.headSize, with: content)
    }
    let method = packedCount == nil ? ZipMember.Method.stored : .deflated
    let crc = Zip.crc32(content)
    var head = digest.bytes
    head.append(number32: crc)
    head.append(number32: UInt32(method.rawValue))
    head.append(number64: UInt64(content.count))
    head.append(
      number32: room.withBytes { Zip.crc32($0.extracting(Self.headSize..<$0.count)) })
    let credential = Credential(in: content)
    head.append(number32: credential?.line ?? 0)
    head.append(number32: credential?.column ?? 0)
    head.append(credential?.kind.rawValue ?? 0)
    head += [UInt8](repeating: 0, count: Self.headSize - head.count)
    room.replace(at: 0, with: head.span)
    let (draft, slot) = try room.withBytes { (value) throws(FileError) in
      try drafts.append(key(digest), value)
    }
    if draft == 0 { fresh.slots.withLock { $0.append(slot) } }
    return PackedContent(
      digest: digest, crc32: crc, method: method, size: content.count,
      compressedSize: slot.count - Self.headSize,
      place: .draft(draft, offset: slot.offset + Self.headSize), credential: credential)
  }

  /// Whether a content of the cache is as it was written; remembered for the run. A shelf in which
  /// one is not goes when the run is over.
  func isSound(_ content: PackedContent, _ room: inout ReadBuffer) -> Bool {
    guard case .shelf(let index, let offset, let crc) = content.place else { return true }
    if let known = fresh.isSound.withLock({ $0[content.place] }) { return known }
    let isSound = shelves[index].withFile { file in
      guard (try? room.read(file, at: offset, count: content.compressedSize)) != nil else {
        return false
      }
      return room.withBytes { Zip.crc32($0) } == crc
    }
    fresh.isSound.withLock { $0[content.place] = isSound }
    if !isSound { fresh.damaged.withLock { _ = $0.insert(index) } }
    return isSound
  }

  /// Keeps what this run compressed. A cache that cannot be written to is no reason to fail.
  func save() {
    guard let cache else { return }
    for index in fresh.damaged.withLock({ $0 }) { try? FileSystem.removeFile(shelves[index].path) }
    for index in fresh.used.withLock({ $0 }) { FileSystem.touch(shelves[index].path) }
    var seen = Set<ShelfKey>()
    let slots = fresh.slots.withLock { $0 }.filter { seen.insert($0.key).inserted }
    if !slots.isEmpty, drafts.isInCache {
      cache.attempt { () throws(FileError) in
        try drafts[0].draft.keep(slots, as: Cache.nextShelfPath(in: cache.contentsFolder))
      }
      cache.tidy()
    }
  }

  /// Where a content of this run lies.
  func spool(_ draft: Int) -> SharedInput { drafts[draft].spool }

  /// What the system refused on the way, beside what concerns the cache.
  var diagnostics: [Diagnostic] { drafts.diagnostics }

  private final class Fresh: Sendable {
    let slots = Mutex<[CacheShelf.Slot]>([])
    let used = Mutex<Set<Int>>([])
    let damaged = Mutex<Set<Int>>([])
    let isSound = Mutex<[PackedContent.Place: Bool]>([:])
  }
}
