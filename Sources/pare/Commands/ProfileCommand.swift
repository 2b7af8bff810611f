import Bundling
import Files
import Model
import Reporting

extension Command {
  static let profile = Command(
    "profile", "Measure what a cold start pays for each import, beside the bytes it ships",
    discussion: [
      "Unpacks OUTPUT/FUNCTION.zip as 'pare verify' does and imports the handler several times, each "
        + "time in a new interpreter of the function's version. Each module that this loads is shown "
        + "with what it took, alone and with all that it loads, and with the bytes that leave the "
        + "archive with it. Times are medians; files are in memory, since one run goes before.",
      "With '--event' the first call is measured too, and each module of which it has called or read "
        + "nothing, as far as that can be seen, is tried: your imports of it are made where they are "
        + "first used instead, import and call are measured beside a run as it is, and what that saves "
        + "is shown where it is more than noise. 'pare advise --profile' says the same.",
      "'--format folded' is for flamegraph.pl and speedscope, 'svg' is a picture. '--profile FILE' "
        + "shows one again that '--format json' wrote, without measuring.",
    ],
    operands: Operands("[FUNCTION]", 0, 1),
    options: [
      .project, .output, .environment, .jobs, .quiet, .verbose, .formatOfProfile, .python, .event,
      .handler,
      .variable, .network, .timeout, .runs, .limit, .profile,
    ],
    examples: [
      Example("pare profile orders", "what its imports take"),
      Example("pare profile orders --event order.json", "and what that call never uses"),
      Example(
        "pare profile orders --event order.json --format json > orders.json",
        "to keep, and for 'pare report --html'"),
      Example("pare profile --profile orders.json --format svg > orders.svg", "as a picture"),
    ],
    run: runProfile)
}

private func runProfile(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let kept = try invocation.profiles()
  guard invocation.operands.count + kept.count == 1 else {
    throw Failure(.usage, [.oneFunctionOrProfile])
  }
  if let profile = kept.first {
    send(profile, console)
    return .success
  }
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let workspace = found.workspace
  let name = workspace.functions[found.asked[0]].name
  var options = ProfileOptions(try invocation.verifyOptions())
  options.runs = invocation.count(.runs) ?? options.runs
  options.limit = invocation.count(.limit) ?? options.limit
  let outcome = try Bundling.profile(
    found.asked[0], of: workspace, options,
    row: try lastRow(of: name, invocation), languages: languages,
    store: Store(workspace, wheels: found.wheels), progress: line.progress)
  line.erase()
  switch outcome {
  case .measured(let profile):
    send(profile, console)
    return .success
  case .failed(let failure):
    report(failure, console, project: workspace.project)
    return .checkFailed
  case .unproven(let failure):
    report(failure, console, project: workspace.project)
    return .system
  }
}

private func report(_ failure: Diagnostic, _ console: Console, project: String) {
  if console.format == .json {
    writeJSON(failure: withExcerpts([failure], project: project)) { console.send($0) }
  }
  console.report([failure], project: project)
}

private func send(_ profile: Profile, _ console: Console) {
  switch console.format {
  case .json: writeJSON(profile) { console.send($0) }
  case .folded: console.send(folded(profile))
  case .svg: console.send(svg(profile))
  default:
    console.print(
      profileText(profile, isVerbose: console.loudness == .verbose, style: console.style))
  }
}

/// The function as the last run has reported it; nil where there is no report, and none that can be read:
/// a profile has no bytes then.
private func lastRow(
  of function: String, _ invocation: Invocation
) throws(Failure) -> Report.Function? {
  let path = try reportPath(
    Options(project: invocation.text(.project), output: invocation.text(.output)),
    languages: languages)
  var row: Report.Function?
  _ = try? readReport(path) { if $0.name == function { row = $0 } }
  return row
}

extension Invocation {
  /// The files of `--profile`, read.
  ///
  /// Throws `.system` where one cannot be read, `.usage` where it is no profile of this version.
  func profiles() throws(Failure) -> [Profile] {
    try texts(.profile).map { (path) throws(Failure) in
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try FileSystem.read(path)
      } catch {
        throw Failure(error)
      }
      do throws(UnusableReport) {
        return try ProfileReader.read(bytes, path: path)
      } catch {
        throw Failure(.usage, [error.diagnostic])
      }
    }
  }
}
