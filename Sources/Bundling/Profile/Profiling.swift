import Files
package import Model
import Text
import Zip

/// How `pare profile` measures.
package struct ProfileOptions: Sendable {
  /// Interpreter, event, variables, bounds.
  package var verify: VerifyOptions
  package var runs: Int = 5
  /// How many modules are tried without, of those that took longest.
  package var limit: Int = 8

  package init(_ verify: VerifyOptions) { self.verify = verify }
}

/// A profile, or why there is none.
package enum ProfileOutcome: Sendable {
  case measured(Profile)
  /// The handler fails, or the archive cannot be used.
  case failed(Diagnostic)
  /// There is no interpreter for it here.
  case unproven(Diagnostic)
}

/// Measures what a cold start of one function pays: its handler is imported from its archive alone, as
/// `verify` does it, several times, each time in a new interpreter.
///
/// With an event the handler is called too. What that call has no use for is then left out, one module
/// at a time, and measured again, each time beside a run with all: a saving is what was measured.
///
/// - Parameter row: the function in the report of the last run, for the bytes; ignored where that is of
///   another archive.
///
/// Throws `.usage` where there is no archive, or where it has several handlers and none is named; `.system` where the system refuses something.
package func profile(
  _ id: FunctionID, of workspace: Workspace, _ options: ProfileOptions, row: Report.Function?,
  languages: [any Language], store: Store, progress: Progress = .silent
) throws(Failure) -> ProfileOutcome {
  var verify = options.verify
  verify.deed = "profiled"
  let function = workspace.functions[id]
  guard FileSystem.isFile(function.archive) else {
    throw Failure(.usage, [.noArchive(function, workspace)])
  }
  let calls = try workspace.calls(of: [id], verify)
  if calls.count > 1 { try workspace.refuseSeveral([id]) { .eventForWhichHandler($0) } }
  do throws(FileError) {
    let bench = try Bench(workspace, [id], verify, languages, store, progress)
    switch bench.trial(of: calls[0]) {
    case .failure(let refusal):
      guard let failure = refusal.result.failure else {
        preconditionFailure("a refusal says why")
      }
      return refusal.result.isUnproven ? .unproven(failure) : .failed(failure)
    case .success(let trial):
      var profiling = Profiling(
        trial: trial, options: options, row: row, runtimes: bench.runtimes, progress: progress)
      return try profiling.run()
    }
  } catch {
    throw Failure(error)
  }
}

/// The runs of one function, and what comes of them.
struct Profiling {
  var trial: Trial
  let options: ProfileOptions
  let row: Report.Function?
  let runtimes: RuntimeFolders
  let progress: Progress

  mutating func run() throws(FileError) -> ProfileOutcome {
    defer { try? FileSystem.removeTree(trial.scratch) }
    var layout: Trial.Layout
    switch try trial.unpacked() {
    case .success(let made): layout = made
    case .failure(let damage): return .failed(damage.diagnostic)
    }
    // The first run finds the files on the disk, the others in memory: it is for looking.
    progress.report("profiling", 0, 0)
    var watched = try attempt(layout, audits: true)
    if let missing = watched.chain.last(where: \.saysWhatIsMissing)?.missingModule,
      trial.workspace.targets[trial.function.target].runtimeModules.contains(
        String(missing.prefix { $0 != "." })),
      case .success(let folder) = runtimes.folder(for: trial)
    {
      trial.runtimeFolder = folder
      try FileSystem.removeTree(trial.scratch)
      switch try trial.unpacked() {
      case .success(let made): layout = made
      case .failure(let damage): return .failed(damage.diagnostic)
      }
      watched = try attempt(layout, audits: true)
    }
    if let failure = trial.failure(of: watched) { return .failed(failure) }
    guard let observation = Observation(watched.findings) else {
      return .failed(.verifyNoAnswer(trial.function, code: 0, said: []))
    }
    let own = own(layout)
    let postponed =
      trial.options.event == nil
      ? []
      : observation.postponements(own: own, least: max(2000, observation.run.start / 100))
        .prefix(options.limit)
    var (plain, without) = ([TimedRun](), Array(repeating: [TimedRun?](), count: postponed.count))
    // In turns, so that what else the machine does is in all of them.
    for round in 0..<options.runs {
      progress.report("profiling", round, options.runs)
      let attempt = try attempt(layout)
      if let failure = trial.failure(of: attempt) { return .failed(failure) }
      guard let run = TimedRun(attempt.findings) else {
        return .failed(.verifyNoAnswer(trial.function, code: 0, said: []))
      }
      plain.append(run)
      for (index, item) in postponed.enumerated() {
        let attempt = try self.attempt(layout, without: item)
        without[index].append(
          trial.failure(of: attempt) == nil ? TimedRun(attempt.findings) : nil)
      }
    }
    let known = KnownBytes(row, archive: try codeSHA256())
    return .measured(
      Profile(
        function: trial.function.name, handler: trial.function.handler.written,
        archive: trial.workspace.shown(trial.function.archive), codeSHA256: try codeSHA256(),
        version: trial.judge.version, runs: options.runs, start: .init(plain.map(\.start)),
        call: trial.options.event == nil ? nil : .init(plain.map { $0.call ?? 0 }),
        imports: imports(plain, observation, known),
        deferrals: zip(postponed, without).compactMap { item, runs in
          deferral(item, plain, runs, known)
        }.sorted { ($1.saved, $0.module) < ($0.saved, $1.module) }))
  }

  /// The team's own files in the archive that can be imported.
  private func own(_ layout: Trial.Layout) -> Set<String> {
    layout.entries.filter { path in
      guard path.hasSuffix(".py"), let file = trial.file(at: path) else { return false }
      return trial.workspace.files[file].distribution == nil
    }
  }

  private func attempt(
    _ layout: Trial.Layout, audits: Bool = false, without: Postponement? = nil
  ) throws(FileError) -> Attempt {
    let event = trial.options.event?.bytes ?? Array("null".utf8)
    let own = audits ? own(layout).sorted().map(quoted).joined(separator: ", ") : ""
    let tail = """
      , "calls": \(trial.options.event != nil), "audits": \(audits), "own": [\(own)], \
      "deferred": [\(without?.request ?? "")]}
      """
    var request = trial.request(trial.function.entry, layout)
    // Some editors begin a file with a byte order mark, which is no part of a value.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    request.event =
      Array("{\"event\": ".utf8) + (event.starts(with: mark) ? Array(event.dropFirst(3)) : event)
      + Array(tail.utf8)
    request.program = Harness.timingSource
    return try trial.attempt(request, at: layout.place)
  }

  private func codeSHA256() throws(FileError) -> String {
    SHA256.digest(of: try FileSystem.read(trial.function.archive)).base64
  }

  private func imports(
    _ runs: [TimedRun], _ observation: Observation, _ known: KnownBytes
  ) -> [Profile.Import] {
    // The shape is one run's, the times are all of theirs.
    let typical = runs.sorted { $0.total < $1.total }[(runs.count - 1) / 2]
    var own: [TimedRun.Key: [Int]] = [:]
    var compiling: [TimedRun.Key: [Int]] = [:]
    for run in runs {
      for (key, (duration, record)) in zip(run.keys, zip(run.ownDurations, run.records)) {
        own[key, default: []].append(duration)
        compiling[key, default: []].append(record.compiling)
      }
    }
    let keys = typical.keys
    let owns = keys.map { middle(of: own[$0] ?? []) }
    var inclusive = owns
    for (index, record) in typical.records.enumerated().reversed() {
      if let parent = record.parent { inclusive[parent] += inclusive[index] }
    }
    let importers = Dictionary(
      zip(observation.run.keys, observation.run.records.map(\.importer)),
      uniquingKeysWith: { first, _ in first })
    return typical.records.enumerated().map { index, record in
      let path = observation.files[record.name]
      let file = path.flatMap(trial.file(at:))
      let owner = file.flatMap { trial.workspace.files[$0].distribution }
      let bytes = known.bytes(of: record.name)
      return Profile.Import(
        name: record.name, parent: record.parent, phase: record.phase, own: owns[index],
        inclusive: inclusive[index],
        compiling: min(middle(of: compiling[keys[index]] ?? []), owns[index]),
        isFound: record.isFound,
        distribution: owner.map { trial.workspace.distributions[$0].displayName },
        isShipped: path != nil,
        location: (importers[keys[index]] ?? nil).map {
          place(of: $0.path, line: $0.line)
        }, zipped: bytes?.zipped, retained: bytes?.retained,
        isUsed: trial.options.event == nil ? nil : observation.used.contains(record.name))
    }
  }

  /// A line, of which nobody knows the column.
  private func place(of path: String, line: Int) -> SourceLocation {
    SourceLocation(path: trial.location(of: .init(path: path, line: line)).path, line: line)
  }

  /// Nil where leaving it out changes what the handler does, and where it saves nothing that can be told
  /// from noise.
  private func deferral(
    _ item: Postponement, _ plain: [TimedRun], _ runs: [TimedRun?], _ known: KnownBytes
  ) -> Profile.Deferral? {
    let without = runs.compactMap(\.self)
    guard without.count == plain.count else { return nil }
    // An answer that is another one each time says nothing.
    let answers = Set(plain.map(\.answer))
    if answers.count == 1, Set(without.map(\.answer)) != answers { return nil }
    let differences = zip(plain, without).map { $0.total - $1.total }
    let noise = max(
      1000,
      2 * max(medianDeviation(of: differences), medianDeviation(of: plain.map(\.total))))
    let saved = middle(of: differences)
    guard saved > noise else { return nil }
    return Profile.Deferral(
      module: item.module,
      statements: item.statements.map { statement in
        Profile.Deferral.Statement(
          location: place(of: statement.path, line: statement.lines.lowerBound),
          text: statement.text)
      }, with: .init(plain.map(\.total)), without: .init(without.map(\.total)), saved: saved,
      noise: noise, retained: known.bytes(of: item.module)?.retained)
  }
}

/// What the report of the last run knows of the archive's modules.
private struct KnownBytes {
  private let nodes: [String: Report.Node]
  private let distributions: [Report.DistributionShare]

  /// - Parameter archive: base64 of its SHA-256.
  init(_ row: Report.Function?, archive: String) {
    guard let row, row.codeSHA256 == archive else {
      (nodes, distributions) = ([:], [])
      return
    }
    distributions = row.distributions
    nodes = Dictionary(
      row.nodes.lazy.filter { $0.kind == .module || $0.kind == .extension }.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// With a distribution's top module goes all of it.
  func bytes(of module: String) -> (zipped: Int, retained: Int)? {
    guard let node = nodes[module] else { return nil }
    let whole =
      module.contains(".")
      ? 0 : node.distribution.map { distributions[$0].retainedZipped } ?? 0
    return (node.zipped, max(node.retainedZipped, whole))
  }
}
