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
      if let digest = recall(file), let found = contents.find(digest) { return found }
      return try compress(file, &worker)
    }
    let digest = try checkedDigest(of: file, &worker)
    let range = try wheel.dataRange(of: member)
    return PackedContent(
      digest: digest, crc32: member.crc32, method: .deflated, size: member.size,
      compressedSize: member.compressedSize, place: .wheel(id, offset: range.lowerBound))
  }

  /// Reads and compresses a file, also where it was known before.
  func compress(_ file: FileID, _ worker: inout Worker) throws(FileError) -> PackedContent {
    try worker.reader.read(file)
    let digest = worker.reader.withBytes { SHA256.digest(of: $0) }
    record(file, digest)
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

  /// The digest of a wheel's member whose bytes match their CRC-32: checked by the trace, by an
  /// earlier run on the same wheel, or now.
  private func checkedDigest(
    of file: FileID, _ worker: inout Worker
  ) throws(FileError) -> SHA256.Digest {
    if let digest = store.digest(ofChecked: file) {
      record(file, digest)
      return digest
    }
    if let digest = recall(file) { return digest }
    try worker.reader.read(file)
    let digest =
      store.digest(ofChecked: file) ?? worker.reader.withBytes { SHA256.digest(of: $0) }
    record(file, digest)
    return digest
  }

  private func recall(_ file: FileID) -> SHA256.Digest? {
    guard !known.isEmpty, let key = store.key(of: file) else { return nil }
    return known.recall(store.name(of: file), key) { value in
      guard value.count == 32 else { return nil }
      return SHA256.Digest(
        value.number64(0), value.number64(8), value.number64(16), value.number64(24))
    }
  }

  private func record(_ file: FileID, _ digest: SHA256.Digest) {
    guard let key = store.key(of: file) else { return }
    var value: [UInt8] = []
    for word in [digest.a, digest.b, digest.c, digest.d] { value.append(number64: word) }
    known.record(store.name(of: file), key, value)
  }
}
