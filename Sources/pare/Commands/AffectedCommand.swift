import Bundling
import Model
import Reporting

extension Command {
  static let affected = Command(
    "affected", "Name the functions whose archives have changed since a revision, and why",
    discussion: [
      "Traces the project as it is and as it was at a revision of Git, and compares what each function "
        + "ships, file by file; the working tree's changes count, and files that are new in it. Nothing is "
        + "compressed or written. An environment that Git does not keep is taken as it is now, and where "
        + "a requirements file or a lock has changed, whoever ships something of what it names is affected. "
        + "In doubt a function is affected, and the reason says so.",
      "With '--format json': '{\"include\": [{\"function\", \"archive\", \"reason\"}]}', a build matrix.",
    ],
    operands: .none,
    options: [.project, .since, .environment, .jobs, .quiet, .verbose, .format],
    examples: [
      Example("pare affected --since origin/main", "what a pull request has to deploy"),
      Example("pare affected --since HEAD~1 --format json", "for a build matrix"),
    ],
    run: runAffected)
}

private func runAffected(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  guard let revision = invocation.text(.since) else { throw Failure(.usage, [.sinceMissing()]) }
  let affected = try affected(
    invocation.discoverOptions, since: revision, languages: languages)
  let rows = affected.functions.map {
    AffectedFunction(name: $0.name, archive: $0.archive, reasons: $0.reasons)
  }
  if console.format == .json {
    writeJSON(rows) { console.send($0) }
  } else {
    console.send(
      affectedText(
        rows, of: affected.count, removed: affected.removed, since: revision,
        all: console.loudness == .verbose, style: console.style))
  }
  console.report(affected.diagnostics, project: affected.project)
  return ExitCode(affected.diagnostics)
}
