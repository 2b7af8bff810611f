import Bundling
import Files
import Model
import Reporting

extension Command {
  static let verify = Command(
    "verify", "Import each handler from its archive alone, as the provider would",
    discussion: [
      "Unpacks OUTPUT/NAME.zip into a temporary folder and imports the handler in an isolated "
        + "interpreter of the function's version, with nothing else on its path, in that folder, "
        + "which it cannot write to. The interpreter is looked for on PATH, among pyenv's and uv's. "
        + "With '--event' the handler is called too, and what it answers is printed.",
      "Where the system grants it, a handler sees neither your home nor the project, nor other "
        + "processes, writes to its home and to a /tmp of its own only, and has no network.",
      "With '--against-environment' it runs a second time, with the whole environment on its path. Two "
        + "answers that differ are a failure; an answer that differs from run to run is compared by its "
        + "types and keys. What only that run has imported or opened is listed, with the setting that "
        + "would add it.",
      "Each function has a verdict of its own; what cannot be judged here, since it is for another "
        + "processor or there is no interpreter, is 'unproven', and the exit code is the worst of all. "
        + "An archive that has passed is not judged again until its content changes.",
    ],
    operands: .functions,
    options: [
      .project, .output, .environment, .jobs, .quiet, .verbose, .format, .python, .event, .handler,
      .againstEnvironment, .record, .variable,
      .network, .timeout, .again,
    ],
    examples: [
      Example("pare verify", "all functions of this project"),
      Example("pare verify orders --event order.json", "and call this one"),
      Example(
        "pare verify orders --event order.json --against-environment", "is the archive enough?"),
      Example(
        "pare verify orders --event order.json --record pare.recorded.toml",
        "write down what no scan can see"),
      Example("pare verify --env STAGE=test --env API_KEY", "with variables that it reads"),
      Example("pare verify --python python3.12", "with this interpreter"),
    ],
    run: runVerify)
}

private func runVerify(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let workspace = found.workspace
  var options = try invocation.verifyOptions()
  let record = try invocation.record()
  if invocation.has(.againstEnvironment) || record != nil {
    options.comparesEnvironment = true
    options.statics = try withoutRecord(found, invocation, line.progress)
  }
  let results = try Bundling.verify(
    workspace, found.asked, options, languages: languages,
    store: Store(workspace, wheels: found.wheels), progress: line.progress)
  line.erase()
  let stale = staleRecords(workspace, found.asked, found.recorded, statics: options.statics)
  let failures = results.compactMap(\.failure) + stale + found.refused
  if console.format == .json {
    writeJSON(results, withExcerpts(failures.sorted(), project: workspace.project), console)
  } else {
    console.print(verificationText(results, console))
  }
  if let record {
    let isNew = try record.value.write(
      results, of: workspace, statics: options.statics,
      event: options.event.map { workspace.shown(absolute($0.path)) }, now: now())
    console.print(isNew ? "\(record.name) written\n" : "\(record.name) says all that already\n")
  }
  console.report(failures, project: workspace.project)
  return ExitCode(results)
}

/// What the scan finds when no record helps it, by function.
private func withoutRecord(
  _ found: Discovered, _ invocation: Invocation, _ progress: Progress
) throws(Failure) -> [String: StaticFindings] {
  var plain = found
  if found.recorded != nil {
    var options = invocation.discoverOptions
    options.ignoresRecord = true
    plain = try discover(options, languages: languages, progress: progress)
  }
  return try staticFindings(
    plain.workspace, Order(goal: .measure, functions: plain.asked, jobs: invocation.jobs),
    languages: languages, store: Store(plain.workspace, wheels: plain.wheels), progress: progress)
}

private func absolute(_ path: String) -> String {
  (try? FileSystem.currentFolder()).map { FileSystem.absolute(path, in: $0) } ?? path
}

/// Nanoseconds since 1970; of the moment that `SOURCE_DATE_EPOCH` names, where it names one
/// (https://reproducible-builds.org/specs/source-date-epoch/).
private func now() -> Int64 {
  System.variable("SOURCE_DATE_EPOCH").flatMap { Int64($0) }.map { $0 * 1_000_000_000 }
    ?? System.clock()
}

extension ExitCode {
  /// The worst of all archives': what could not be judged is the system's refusal.
  init(_ results: [VerifyResult]) {
    self =
      results.map { result -> ExitCode in
        switch result.verdict {
        case .passed: .success
        case .failed: .checkFailed
        case .unproven: .system
        }
      }.max() ?? .success
  }
}

extension Invocation {
  /// The file of `--record`, read.
  func record() throws(Failure) -> (name: String, value: Record)? {
    guard let name = text(.record) else { return nil }
    return (name, try Record(absolute(name), languages: languages.map(\.name)))
  }

  func verifyOptions() throws(Failure) -> VerifyOptions {
    var options = VerifyOptions()
    options.python = text(.python)
    options.handler = text(.handler)
    options.again = has(.again)
    options.jobs = jobs
    options.timeout = count(.timeout).map(Double.init) ?? options.timeout
    options.variables = try texts(.variable).map { (text) throws(Failure) in
      if text.first != "=", text.contains("=") { return text }
      guard let value = System.variable(text) else {
        throw Failure(.usage, [.noSuchVariable(text)])
      }
      return "\(text)=\(value)"
    }
    options.hasNetwork = has(.network)
    if let event = text(.event) { options.event = try .init(event) }
    return options
  }
}
