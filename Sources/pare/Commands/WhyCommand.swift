import Bundling
import Model
import Reporting
import Text

extension Command {
  static let why = Command(
    "why", "Explain why something is in a function's archive, or why not",
    discussion: [
      "TARGET is a distribution ('numpy'), a module ('numpy.linalg'), or a path in the archive. "
        + "Prints the shortest chain of reasons from the handler to it, each with its source line, "
        + "what it weighs, and what would leave the archive with it. What is not in the archive: "
        + "why not."
    ],
    operands: Operands("FUNCTION TARGET", 2, 2), options: tracingOptions,
    examples: [
      Example("pare why orders numpy", "a distribution"),
      Example("pare why orders shop.currency", "a module"),
      Example("pare why orders shop/rates.json", "a path in the archive"),
    ],
    run: runWhy)
}

private func runWhy(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  var options = invocation.discoverOptions
  options.functions = []
  let found = try discover(options, languages: languages, progress: line.progress)
  let workspace = found.workspace
  let id = try workspace.function(named: invocation.operands[0], invocation)
  let (explanation, diagnostics) = try Bundling.why(
    invocation.operands[1], in: id, of: workspace, languages: languages,
    store: Store(workspace, wheels: found.wheels),
    jobs: invocation.jobs, progress: line.progress)
  line.erase()
  guard let explanation else {
    throw Failure(.usage, diagnostics.filter { $0.severity == .error })
  }
  if console.format == .json {
    writeJSON(explanation) { console.send($0) }
  } else {
    console.send(explanationText(explanation, style: console.style))
  }
  console.report(diagnostics.filter { $0.severity == .error }, project: workspace.project)
  return .success
}

extension Workspace {
  /// Throws, with the nearest name, where there is none of that name.
  func function(named name: String, _ invocation: Invocation) throws(Failure) -> FunctionID {
    if let id = functions.ids.first(where: { functions[$0].name == name }) { return id }
    let names = functions.rows.map(\.name)
    throw Failure(
      .usage,
      [
        .unknownFunction(
          name, excerpt: invocation.excerpt(ofOperand: 0),
          nearest: nearestMatch(to: name, among: names), known: names)
      ])
  }
}
