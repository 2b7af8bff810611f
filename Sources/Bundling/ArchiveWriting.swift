import Files
import Model
import Zip

/// One archive to be laid out: a plan, and the compressed content of each of its entries.
struct ArchiveJob: Sendable {
  let plan: Plan
  /// Absolute path of the archive.
  let path: String
  let contents: [PackedContent]
  /// Whether it is to be on disk; otherwise only its sizes are wanted.
  let isWritten: Bool

  var layout: ZipLayout {
    ZipLayout(
      zip(plan.entries, contents).map { entry, content in
        ZipEntry(
          path: entry.path, isExecutable: entry.isExecutable, method: content.method,
          crc32: content.crc32, compressedSize: content.compressedSize, size: content.size)
      })
  }

  /// SHA-256 over, for each entry in order: the path's bytes, a NUL, `x` for mode 0755 or `-` for
  /// 0644, and the SHA-256 of the uncompressed bytes. Two archives have the same digest exactly when
  /// they unpack to the same, whatever compressed them.
  var contentDigest: SHA256.Digest {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(plan.entries.count * 96)
    for (entry, content) in zip(plan.entries, contents) {
      bytes += entry.path.string.utf8
      bytes.append(0)
      bytes.append(UInt8(ascii: entry.isExecutable ? "x" : "-"))
      let digest = content.digest
      for word in [digest.a, digest.b, digest.c, digest.d] {
        bytes.append(number64: word.byteSwapped)
      }
    }
    return SHA256.digest(of: bytes)
  }

  /// What the archive's bytes depend on: its content, and for each entry how it is compressed and by
  /// whom. Equal identities give equal archives.
  func identity(_ contentDigest: SHA256.Digest, _ store: Store) -> SHA256.Digest? {
    var bytes = contentDigest.bytes
    bytes += Array("\(Cache.formatVersion) zlib \(zlibVersion) level \(deflateLevel)".utf8)
    for content in contents {
      bytes.append(number32: UInt32(content.method.rawValue))
      bytes.append(number64: UInt64(content.compressedSize))
      // A wheel's compressed bytes are its own: name them by the wheel's state.
      if case .wheel(let wheel, let offset) = content.place {
        guard let key = try? store.wheel(wheel).key else { return nil }
        key.encode(to: &bytes)
        bytes.append(number64: UInt64(offset))
      }
    }
    return SHA256.digest(of: bytes)
  }

  func artifact(
    _ layout: ZipLayout, _ contentDigest: SHA256.Digest, codeSHA256: String?, wasUnchanged: Bool
  ) -> Artifact {
    Artifact(
      function: plan.function, path: path,
      sizes: contents.map { Artifact.Size(unzipped: $0.size, zipped: $0.compressedSize) },
      unzipped: contents.reduce(0) { $0 + $1.size }, zipped: layout.size, codeSHA256: codeSHA256,
      contentDigest: contentDigest.hex, wasUnchanged: wasUnchanged)
  }
}

/// Lays archives out and writes those that are not already there.
struct ArchiveWriter: Sendable {
  let store: Store
  let contents: ContentCache
  let archives: FileMemory
  let isDurable: Bool

  func measure(_ job: ArchiveJob) -> Artifact {
    job.artifact(job.layout, job.contentDigest, codeSHA256: nil, wasUnchanged: false)
  }

  func write(_ job: ArchiveJob, _ worker: inout Packer.Worker) throws(FileError) -> Artifact {
    let layout = job.layout
    let contentDigest = job.contentDigest
    let identity = job.identity(contentDigest, store)
    if let identity, let sha = recall(job, identity) {
      return job.artifact(layout, contentDigest, codeSHA256: sha, wasUnchanged: true)
    }

    if let slash = job.path.utf8.lastIndex(of: UInt8(ascii: "/")) {
      try FileSystem.createFolder(String(job.path[..<slash]))
    }
    let hash = RunningHash()
    var output = try ComparedOutput.open(job.path, size: layout.size) { hash.sha.update($0) }
    var header: [UInt8] = []
    for (index, content) in job.contents.enumerated() {
      header.removeAll(keepingCapacity: true)
      layout.appendHeader(index, to: &header)
      try output.append(header)
      if contents.isSound(content, &worker.room) {
        try append(content, to: &output)
      } else {
        try output.append(try remake(job, index, &worker))
      }
    }
    try output.append(layout.directory())
    let wasUnchanged = try output.finish(sync: isDurable)
    let digest = hash.sha.digest()
    if let identity, let key = StatKey(ifPresent: job.path) {
      archives.record(job.path, key, identity.bytes + digest.bytes, isOurs: true)
    }
    return job.artifact(
      layout, contentDigest, codeSHA256: digest.base64, wasUnchanged: wasUnchanged)
  }

  private func append(
    _ content: PackedContent, to output: inout ComparedOutput
  ) throws(FileError) {
    switch content.place {
    case .wheel(let wheel, let offset):
      let wheel = try store.wheel(wheel)
      try output.append(from: wheel.file, at: offset, count: content.compressedSize)
    case .draft(let offset):
      try output.append(from: contents.spool.input, at: offset, count: content.compressedSize)
    case .shelf(let index, let offset, _):
      try output.append(
        from: contents.shelves[index].file.input, at: offset, count: content.compressedSize)
    }
  }

  /// The compressed bytes of an entry whose copy in the cache is damaged, from the source. The same
  /// content, zlib and level give the same bytes.
  private func remake(
    _ job: ArchiveJob, _ index: Int, _ worker: inout Packer.Worker
  ) throws(FileError) -> [UInt8] {
    let content = job.contents[index]
    let raw: [UInt8]
    switch job.plan.entries[index].content {
    case .generated(let bytes): raw = bytes
    case .file(let file):
      // Of a stripped library this is the original, and does not fit: the run after makes it anew.
      try worker.reader.read(file)
      raw = worker.reader.withBytes { $0.copy() }
    }
    let packed =
      content.method == .deflated ? Self.deflate(raw, &worker.deflater, &worker.room) : raw
    guard packed.count == content.compressedSize, crc32(raw) == content.crc32 else {
      throw FileError(
        "pack", job.plan.entries[index].path.string,
        .damaged("it changed while it was packed, or the cache is damaged: run again"))
    }
    return packed
  }

  private static func deflate(
    _ raw: [UInt8], _ deflater: inout Deflater, _ room: inout ReadBuffer
  ) -> [UInt8] {
    let count = room.fill(count: raw.count) { deflater.deflate(raw.span, into: &$0) }
    room.truncate(to: count ?? 0)
    return room.array
  }

  /// The SHA-256, in base64, of an archive that is still as we wrote it from the same contents.
  private func recall(_ job: ArchiveJob, _ identity: SHA256.Digest) -> String? {
    guard let key = StatKey(ifPresent: job.path) else { return nil }
    guard let value = archives.recall(job.path, key, { $0.copy() }), value.count == 64,
      value.prefix(32).elementsEqual(identity.bytes)
    else { return nil }
    return Base64.encode(Array(value.suffix(32)))
  }
}

/// What a thread hashes while it writes.
private final class RunningHash {
  var sha = SHA256()
}
