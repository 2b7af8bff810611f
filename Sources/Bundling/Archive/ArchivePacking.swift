import Files
import Model
import Zip

/// Finds or makes a file's compressed content.
struct Packer: Sendable {
  let store: Store
  let contents: ContentCache
  let known: FileMemory

  /// What a thread keeps from file to file.
  struct Worker: ~Copyable {
    var reader: Store.Reader
    var deflater = Deflater()
    var room = ReadBuffer()

    init(_ store: Store) { reader = store.makeReader() }
  }

  func makeWorker() -> Worker { Worker(store) }

  func pack(_ file: FileID, _ worker: inout Worker) throws(FileError) -> PackedContent {
    guard let (wheel, member) = try store.member(file), member.method == .deflated,
      case .member(let id, _) = store.workspace.files[file].storage
    else {
      // On disk, or stored in a wheel.
      if let known = recall(file), let found = contents.find(known.digest) { return found }
      return try compress(file, &worker)
    }
    let (digest, offset) = try check(file, wheel, member, &worker)
    return PackedContent(
      digest: digest, crc32: member.crc32, method: .deflated, size: member.size,
      compressedSize: member.compressedSize, place: .wheel(id, offset: offset))
  }

  /// Reads and compresses a file, also where it was known before.
  func compress(_ file: FileID, _ worker: inout Worker) throws(FileError) -> PackedContent {
    try worker.reader.read(file)
    let digest = worker.reader.withBytes { SHA256.digest(of: $0) }
    record(file, digest, offset: 0)
    if let found = contents.find(digest) { return found }
    return try add(digest, &worker)
  }

  private func add(
    _ digest: SHA256.Digest, _ worker: inout Worker
  ) throws(FileError) -> PackedContent {
    try Self.add(contents, digest, worker.reader, &worker.deflater, &worker.room)
  }

  private static func add(
    _ contents: ContentCache, _ digest: SHA256.Digest, _ reader: borrowing Store.Reader,
    _ deflater: inout Deflater, _ room: inout ReadBuffer
  ) throws(FileError) -> PackedContent {
    try reader.withBytes { (bytes) throws(FileError) in
      try contents.add(bytes, digest: digest, &deflater, &room)
    }
  }

  /// The digest of a wheel's member whose bytes match their CRC-32, and where its data lies: checked
  /// by the trace, by an earlier run on the same wheel, or now.
  ///
  /// "The same wheel" is one at the same path with the same `StatKey`. A copy elsewhere is checked
  /// again, because that it was copied well is what the check is for: its directory alone, with all
  /// names and CRCs, does not tell.
  private func check(
    _ file: FileID, _ wheel: WheelFile, _ member: ZipMember, _ worker: inout Worker
  ) throws(FileError) -> (digest: SHA256.Digest, offset: Int) {
    if let known = recall(file), member.canHaveData(at: known.offset) { return known }
    var digest = store.digest(ofChecked: file)
    if digest == nil {
      try worker.reader.read(file)
      digest = store.digest(ofChecked: file)
    }
    let checked = digest ?? worker.reader.withBytes { SHA256.digest(of: $0) }
    let offset = try wheel.dataRange(of: member).lowerBound
    record(file, checked, offset: offset)
    return (checked, offset)
  }

  /// What an earlier run found; the offset is 0 where a file lies on disk.
  private func recall(_ file: FileID) -> (digest: SHA256.Digest, offset: Int)? {
    guard !known.isEmpty, let key = store.key(of: file) else { return nil }
    return known.recall(store.name(of: file), key) { value in
      guard value.count == 40 else { return nil }
      return (
        SHA256.Digest(
          value.number64(0), value.number64(8), value.number64(16), value.number64(24)),
        Int(truncatingIfNeeded: value.number64(32))
      )
    }
  }

  private func record(_ file: FileID, _ digest: SHA256.Digest, offset: Int) {
    guard let key = store.key(of: file) else { return }
    var value: [UInt8] = []
    for word in [digest.a, digest.b, digest.c, digest.d] { value.append(number64: word) }
    value.append(number64: UInt64(offset))
    known.record(store.name(of: file), key, value)
  }
}

extension ZipMember {
  /// Whether its data could begin there: behind its local header, and with room up to the next.
  fileprivate func canHaveData(at offset: Int) -> Bool {
    offset >= headerOffset + 30 && offset + compressedSize <= headerOffset + extent
  }
}
