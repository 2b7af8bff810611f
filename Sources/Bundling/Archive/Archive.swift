import Files
package import Model
import Zip

/// What an archiver knows from earlier runs.
struct ArchiveMemory: Sendable {
  let contents: ContentCache
  /// SHA-256 by file, and where its data lies in its wheel.
  let known: FileMemory
  /// What archives were made of, by their path.
  let archives: FileMemory

  /// Throws where there is no room for what a run compresses.
  init(_ cache: Cache?, project: String, began: Int64) throws(Failure) {
    do {
      contents = try ContentCache(cache)
    } catch {
      throw Failure(error)
    }
    known = FileMemory(cache, project: project, topic: "known", began: began)
    archives = FileMemory(cache, project: project, topic: "archives", began: began)
  }
}

/// Turns plans into archives, some functions at a time, so that no more than those are in memory.
///
///     var archiver = try Archiver(store, cache: cache, jobs: jobs, began: began)
///     for batch in batches { artifacts += try archiver.archive(batch) { _ in true } }
///     archiver.save()
///
/// Each content is compressed at most once, whatever number of functions ship it, and not at all
/// where a wheel or the cache holds it compressed; what a wheel holds is inflated and checked against
/// its CRC-32 before it is copied, once for each state of the wheel. Sizes are exact without a byte
/// of an archive being written.
package struct Archiver: ~Copyable {
  /// What was done so far, for `--timings`.
  package struct Counts: Hashable, Sendable {
    /// Contents that were compressed, and their bytes before.
    package var compressed = 0
    package var compressedBytes = 0
    /// Contents that a wheel held compressed.
    package var copied = 0
    /// Contents that the cache held compressed.
    package var recalled = 0
    package var archivesWritten = 0
    package var archivesUnchanged = 0
    package var bytesWritten = 0
    /// Of these, how many were as they are in the archive before, and neither read nor hashed.
    package var bytesKept = 0

    package init() {}
  }

  package private(set) var counts = Counts()
  private let store: Store
  private let jobs: Int
  private let isDurable: Bool
  private let contents: ContentCache
  private let known: FileMemory
  private let archives: FileMemory
  private var files: [PackedContent?]
  /// The same for functions whose native libraries are stripped.
  private var stripped: [Strip: [FileID: PackedContent]] = [:]
  private let strippers: [Strip: Stripper]
  private var generated: [SHA256.Digest: PackedContent] = [:]

  /// `began`: when the run did, as `System.clock()`. `isDurable`: each archive is on the disk, not
  /// only in the system's memory, before it takes its place.
  package init(
    _ store: Store, cache: Cache?, jobs: Int, began: Int64, isDurable: Bool = true
  ) throws(Failure) {
    self.init(
      store, cache: cache, jobs: jobs, began: began, isDurable: isDurable,
      memory: try ArchiveMemory(cache, project: store.workspace.project, began: began))
  }

  /// `memory` is that of the same cache, project and run.
  init(
    _ store: Store, cache: Cache?, jobs: Int, began: Int64, isDurable: Bool = true,
    memory: ArchiveMemory
  ) {
    self.store = store
    self.jobs = jobs
    self.isDurable = isDurable
    contents = memory.contents
    known = memory.known
    archives = memory.archives
    let project = store.workspace.project
    var strippers: [Strip: Stripper] = [:]
    let modes =
      store.workspace.functions.rows.map(\.settings.strip)
      + store.workspace.layers.rows.map(\.strip)
    for mode in Set(modes) where mode != .off {
      strippers[mode] = Stripper(mode, cache: cache, project: project, began: began)
    }
    self.strippers = strippers
    files = Array(repeating: nil, count: store.workspace.files.count)
  }

  /// One artifact for each plan, in their order: exact sizes for all, an archive on disk for those
  /// that `isWritten` says yes to. One that is made of what cannot be read is not written, and has no
  /// `codeSHA256`; the store's `failures` say why. Where it throws, the archives of functions that were not reached
  /// yet are those of the run before, and none is half written.
  package mutating func archive(
    _ plans: [Plan], isWritten: (Plan) -> Bool
  ) throws(Failure) -> [Artifact] {
    try archive(plans, worker: { () }, isWritten: isWritten) { (_: inout Void, _, artifact) in
      artifact
    }
  }

  /// As `archive(_:isWritten:)`, and what `body` makes of each plan's position and artifact; each
  /// thread has a `worker` of its own for it.
  package mutating func archive<Worker, Output: Sendable>(
    _ plans: [Plan], worker: @Sendable () -> Worker, isWritten: (Plan) -> Bool,
    deployed: [String: DeployedArchive] = [:],
    _ body: @Sendable (inout Worker, Int, Artifact) -> Output
  ) throws(Failure) -> [Output] {
    do {
      let generatedDigests = concurrentMap(plans, jobs: jobs) { Self.generatedDigests($0) }
      try pack(plans, generatedDigests)
      return try write(plans, generatedDigests, worker: worker, isWritten, deployed, body)
    } catch {
      throw Failure(error)
    }
  }

  /// Keeps what was worked out for the next run.
  package func save() {
    contents.save()
    known.save()
    archives.save()
    for stripper in strippers.values { stripper.save() }
  }

  /// What stripping came to, where it was asked for, and credentials in the team's own files.
  package var diagnostics: [Diagnostic] {
    Strip.allCases.compactMap { strippers[$0] }.flatMap(\.diagnostics) + credentials
      + contents.diagnostics
  }

  private var credentials: [Diagnostic] {
    let workspace = store.workspace
    return files.indices.compactMap { position in
      guard let credential = files[position]?.credential else { return nil }
      let row = workspace.files[FileID(position)]
      guard row.distribution == nil, workspace.roots[row.root].isFirstParty else { return nil }
      let place = Place(
        file: FileID(position), line: credential.line, column: credential.column)
      return .credentialInArchive(credential.kind, at: workspace.location(of: place))
    }
  }

  /// By position in `Workspace.files`: the SHA-256 of those that were packed as they are.
  var digests: [SHA256.Digest?] {
    files.map { content in content.flatMap { $0.place == .nowhere ? nil : $0.digest } }
  }

  /// How a function wants a file: as it is, or without its symbols.
  private func strip(_ file: FileID, in plan: Plan) -> Strip {
    guard !strippers.isEmpty else { return .off }
    let mode = store.workspace.strip(of: plan.product)
    return mode != .off && Stripper.concerns(store.workspace.files[file].path) ? mode : .off
  }

  private func packed(_ file: FileID, _ mode: Strip) -> PackedContent? {
    mode == .off ? files[Int(file.index)] : stripped[mode]?[file]
  }

  private static func generatedDigests(_ plan: Plan) -> [SHA256.Digest] {
    plan.entries.compactMap { entry in
      guard case .generated(let bytes) = entry.content else { return nil }
      return SHA256.digest(of: bytes)
    }
  }

  // MARK: Packing

  private enum Work: Sendable {
    case file(FileID, Strip)
    case generated(SHA256.Digest, [UInt8])
  }

  private mutating func pack(
    _ plans: [Plan], _ generatedDigests: [[SHA256.Digest]]
  ) throws(FileError) {
    var work: [(size: Int, work: Work)] = []
    var isWanted: [Strip: Set<FileID>] = [:]
    var isGenerated = Set<SHA256.Digest>()
    for (plan, digests) in zip(plans, generatedDigests) {
      var next = digests.makeIterator()
      for entry in plan.entries {
        switch entry.content {
        case .file(let file):
          let mode = strip(file, in: plan)
          guard !plan.refused.contains(file), packed(file, mode) == nil,
            isWanted[mode, default: []].insert(file).inserted
          else { continue }
          work.append((store.size(of: file), .file(file, mode)))
        case .generated(let bytes):
          guard let digest = next.next(), generated[digest] == nil,
            isGenerated.insert(digest).inserted
          else { continue }
          work.append((bytes.count, .generated(digest, bytes)))
        }
      }
    }
    // The largest first, so that no thread is left alone with one at the end.
    work.sort { $0.size > $1.size }

    let contents = contents
    let strippers = strippers
    let packer = Packer(store: store, contents: contents, known: known)
    let results = try concurrentMap(work, jobs: jobs, worker: { packer.makeWorker() }) {
      (worker, item) throws(FileError) in
      try Interrupt.check("packing")
      switch item.work {
      case .file(let file, let mode):
        do throws(FileError) {
          if let found = try strippers[mode]?.pack(file, packer, &worker) { return found }
          return try packer.pack(file, &worker)
        } catch {
          guard error.isOfReading else { throw error }
          packer.store.fail(file, error)
          return .missing(size: packer.store.size(of: file))
        }
      case .generated(let digest, let bytes):
        if let found = contents.find(digest) { return found }
        return try contents.add(bytes.span, digest: digest, &worker.deflater, &worker.room)
      }
    }
    for (item, result) in zip(work, results) {
      switch item.work {
      case .file(let file, .off): files[Int(file.index)] = result
      case .file(let file, let mode): stripped[mode, default: [:]][file] = result
      case .generated(let digest, _): generated[digest] = result
      }
      switch result.place {
      case .nowhere: break
      case .wheel: counts.copied += 1
      case .shelf: counts.recalled += 1
      case .draft:
        counts.compressed += 1
        counts.compressedBytes += result.size
      }
    }
  }

  // MARK: Writing

  private mutating func write<Worker, Output: Sendable>(
    _ plans: [Plan], _ generatedDigests: [[SHA256.Digest]], worker: @Sendable () -> Worker,
    _ isWritten: (Plan) -> Bool, _ deployed: [String: DeployedArchive],
    _ body: @Sendable (inout Worker, Int, Artifact) -> Output
  ) throws(FileError) -> [Output] {
    var jobs: [ArchiveJob] = []
    for (plan, digests) in zip(plans, generatedDigests) {
      var next = digests.makeIterator()
      var contents: [PackedContent] = []
      contents.reserveCapacity(plan.entries.count)
      for entry in plan.entries {
        let content: PackedContent? =
          switch entry.content {
          case .file(let file) where plan.refused.contains(file):
            .missing(size: store.size(of: file))
          case .file(let file): packed(file, strip(file, in: plan))
          case .generated: next.next().flatMap { generated[$0] }
          }
        guard let content else { preconditionFailure("an entry was not packed before writing") }
        contents.append(content)
      }
      jobs.append(
        ArchiveJob(
          position: jobs.count, plan: plan,
          path: store.workspace.archive(of: plan.product), contents: contents,
          isWritten: !contents.contains { $0.place == .nowhere } && isWritten(plan),
          deployed: deployed[store.workspace.name(of: plan.product)]))
    }
    // The largest first, so that no thread is left alone with one at the end.
    jobs.sort { ($1.size, $0.position) < ($0.size, $1.position) }
    let writer = ArchiveWriter(
      store: store, contents: contents, archives: archives, isDurable: isDurable)
    let store = store
    // Half of them wait for the disk to have an archive while the others make the next ones.
    let finished = try concurrentMap(
      jobs, jobs: self.jobs > 1 ? self.jobs * 2 : 1,
      worker: { Writing(packing: Packer.Worker(store), worker: worker()) }
    ) { (writing, job) throws(FileError) in
      let written = job.isWritten ? try writer.write(job, &writing.packing) : nil
      let artifact = written?.artifact ?? writer.measure(job)
      return (
        zipped: artifact.zipped, kept: written?.kept, wasUnchanged: artifact.wasUnchanged,
        output: body(&writing.worker, job.position, artifact)
      )
    }
    for item in finished {
      guard let kept = item.kept else { continue }
      if item.wasUnchanged {
        counts.archivesUnchanged += 1
      } else {
        counts.archivesWritten += 1
        counts.bytesWritten += item.zipped
        counts.bytesKept += kept
      }
    }
    var outputs: [Output?] = Array(repeating: nil, count: jobs.count)
    for (item, job) in zip(finished, jobs) { outputs[job.position] = item.output }
    return outputs.compactMap { $0 }
  }

  /// What a thread keeps from archive to archive.
  private struct Writing<Worker>: ~Copyable {
    var packing: Packer.Worker
    var worker: Worker
  }
}
