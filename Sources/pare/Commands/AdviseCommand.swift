import Bundling
import Model
import Reporting

extension Command {
  static let advise = Command(
    "advise", "Suggest edits that make archives smaller, with the exact saving of each",
    discussion: [
      "Looks for the lines of your code that bring most: packages whose '__init__' imports what only "
        + "some need, imports at the top that one function body uses, lines that are the only way to "
        + "something large. Each is tried: the functions are packaged again as if it had been edited, "
        + "so that a saving is the difference of two archives, to the byte. Nothing is written."
    ],
    operands: Operands("[FUNCTION…]", 0, nil), options: tracingOptions + [.limit],
    examples: [
      Example("pare advise", "for all functions of this project"),
      Example("pare advise orders --format json", "for one, with the edits for a program"),
    ],
    run: runAdvise)
}

private func runAdvise(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let workspace = found.workspace
  let advice = try Bundling.advise(
    found.asked, of: workspace, limit: invocation.count(.limit) ?? 10, languages: languages,
    store: Store(workspace, wheels: found.wheels), cache: try invocation.cache(console),
    jobs: invocation.jobs, progress: line.progress)
  line.erase()
  if console.format == .json {
    writeJSON(advice.suggestions, unreached: advice.unreached) { console.send($0) }
  } else {
    console.send(
      adviceText(advice.suggestions, unreached: advice.unreached, style: console.style))
  }
  console.report(
    advice.diagnostics.filter { $0.severity == .error }, project: workspace.project)
  return .success
}
