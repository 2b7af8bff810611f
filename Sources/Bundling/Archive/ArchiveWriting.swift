import Files
import Model
import Zip

/// One archive to be laid out: a plan, and the compressed content of each of its entries.
struct ArchiveJob: Sendable {
  /// Among the jobs of its batch.
  let position: Int
  let plan: Plan
  /// Absolute path of the archive.
  let path: String
  let contents: [PackedContent]
  /// Whether it is to be on disk; otherwise only its sizes are wanted.
  let isWritten: Bool
  /// What is deployed of it: where that has the same content, nothing is written.
  let deployed: DeployedArchive?

  /// Of the compressed data, in bytes.
  var size: Int { contents.reduce(0) { $0 + $1.compressedSize } }

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
      content.digest.append(to: &bytes)
    }
    return SHA256.digest(of: bytes)
  }

  func artifact(
    _ layout: ZipLayout, _ contentDigest: SHA256.Digest, codeSHA256: String?, wasUnchanged: Bool
  ) -> Artifact {
    Artifact(
      plan.product, path: path,
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

  /// As `writeAll(_:_:)`; nil, with the archive before left where it is, where something that it is made of
  /// cannot be read any more or has changed since it was read.
  func write(
    _ job: ArchiveJob, _ worker: inout Packer.Worker
  ) throws(FileError) -> (artifact: Artifact, kept: Int)? {
    do throws(FileError) {
      return try writeAll(job, &worker)
    } catch {
      guard error.isOfReading else { throw error }
      return nil
    }
  }

  /// Throws where a file of the archive is other than it was when it was read.
  private func checkSources(of job: ArchiveJob) throws(FileError) {
    for entry in job.plan.entries {
      guard case .file(let file) = entry.content, !store.isStillAsRead(file) else { continue }
      throw FileError("read", store.name(of: file), .changing)
    }
  }

  /// Writes it, as far as the one that is there is not known to be the same already; how many bytes
  /// are taken from that.
  private func writeAll(
    _ job: ArchiveJob, _ worker: inout Packer.Worker
  ) throws(FileError) -> (artifact: Artifact, kept: Int) {
    let layout = job.layout
    let contentDigest = job.contentDigest
    if let deployed = job.deployed, deployed.contentDigest == contentDigest.hex {
      let artifact = job.artifact(
        layout, contentDigest, codeSHA256: deployed.codeSHA256, wasUnchanged: true)
      return (artifact, 0)
    }
    let lineage = Lineage(job, layout, store)
    let key = StatKey(ifPresent: job.path)
    let known = lineage == nil ? nil : key.flatMap { recall(job.path, $0) }
    if let known, known.identity == lineage?.whole {
      let artifact = job.artifact(
        layout, contentDigest, codeSHA256: known.sha256.base64, wasUnchanged: true)
      return (artifact, layout.size)
    }

    if let slash = job.path.utf8.lastIndex(of: UInt8(ascii: "/")) {
      try FileSystem.createFolder(String(job.path[..<slash]))
    }
    let hash = RunningHash()
    var marks: [ArchiveRecord.Mark] = []
    if let known, let lineage { marks += known.marks.prefix(known.commonMarks(with: lineage)) }
    var output: ComparedOutput
    if let last = marks.last, let sha = SHA256(encoded: last.hash.span),
      let present = try? InputFile.open(job.path), present.key == key
    {
      hash.sha = sha
      output = try ComparedOutput.open(
        job.path, size: layout.size, present: present, prefix: last.offset
      ) { hash.sha.update($0) }
    } else {
      marks = []
      output = try ComparedOutput.open(job.path, size: layout.size) { hash.sha.update($0) }
    }
    let kept = marks.last?.offset ?? 0
    var coming = lineage?.marks.dropFirst(marks.count) ?? []
    var header: [UInt8] = []
    for index in (marks.last?.entry ?? 0)..<job.contents.count {
      let content = job.contents[index]
      if let mark = coming.first, mark.entry == index {
        coming.removeFirst()
        try output.flush()
        marks.append(
          ArchiveRecord.Mark(
            entry: mark.entry, offset: mark.offset, identity: mark.identity,
            hash: hash.sha.encoded))
      }
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
    try checkSources(of: job)
    let wasUnchanged = try output.finish(sync: isDurable)
    let digest = hash.sha.digest()
    if let lineage, let key = StatKey(ifPresent: job.path) {
      let record = ArchiveRecord(identity: lineage.whole, sha256: digest, marks: marks)
      archives.record(job.path, key, record.encoded, isOurs: true)
    }
    let artifact = job.artifact(
      layout, contentDigest, codeSHA256: digest.base64, wasUnchanged: wasUnchanged)
    return (artifact, kept)
  }

  private func append(
    _ content: PackedContent, to output: inout ComparedOutput
  ) throws(FileError) {
    switch content.place {
    case .nowhere: preconditionFailure("what could not be read is not written")
    case .wheel(let wheel, let offset):
      let wheel = try store.wheel(wheel)
      try output.append(from: wheel.file, at: offset, count: content.compressedSize)
    case .draft(let draft, let offset):
      try output.append(
        from: contents.spool(draft).input, at: offset, count: content.compressedSize)
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

  /// What the archive that is there was made of, where it is still as we wrote it.
  private func recall(_ path: String, _ key: StatKey) -> ArchiveRecord? {
    archives.recall(path, key) { ArchiveRecord(encoded: $0) }
  }
}

/// What a thread hashes while it writes.
private final class RunningHash {
  var sha = SHA256()
}
