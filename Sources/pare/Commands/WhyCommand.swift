import Bundling
import Model
import Reporting
import Text

extension Command {
  static let why = Command(
    "why", "Explain why something is in a function's archive, or why not",
    discussion: [
      "TARGET is a distribution ('numpy'), a module ('numpy.linalg'), a path in the archive, or a glob "
        + "over these ('*.so'). Prints the shortest chain of reasons from the handler to it, each with "
        + "its source line, what it weighs, and what would leave the archive with it; and the cut: the "
        + "one line of yours without which it would not be there. What is not in the archive: why not.",
      "With '--all-functions' and without FUNCTION: who ships it, and because of which line.",
    ],
    operands: Operands("[FUNCTION] TARGET", 1, 2),
    options: tracingOptions + [.all, .allFunctions],
    examples: [
      Example("pare why orders numpy", "a distribution"),
      Example("pare why orders shop.currency", "a module"),
      Example("pare why orders shop/rates.json", "a path in the archive"),
      Example("pare why orders numpy --all", "every place that leads to it"),
      Example("pare why --all-functions numpy", "who ships it"),
    ],
    run: runWhy)
}

private func runWhy(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let isForAll = invocation.has(.allFunctions)
  guard invocation.operands.count == (isForAll ? 1 : 2) else {
    throw Failure(.usage, [isForAll ? .functionTooMuch(invocation) : .functionMissing()])
  }
  let target = invocation.operands[isForAll ? 0 : 1]
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  var options = invocation.discoverOptions
  options.functions = []
  let found = try discover(options, languages: languages, progress: line.progress)
  let workspace = found.workspace
  let store = Store(workspace, wheels: found.wheels)
  let diagnostics: [Diagnostic]
  if isForAll {
    let asked = try Bundling.whyEverywhere(
      target, of: workspace, languages: languages, store: store,
      cache: try invocation.cache(console),
      jobs: invocation.jobs, progress: line.progress)
    diagnostics = asked.diagnostics
    line.erase()
    if console.format == .json {
      writeJSON(asked.explanations) { console.send($0) }
    } else {
      console.send(explanationTable(asked.explanations, target: target, style: console.style))
    }
  } else {
    let id = try workspace.function(named: invocation.operands[0], invocation)
    let asked = try Bundling.why(
      target, in: id, limit: invocation.has(.all) ? 50 : 0, of: workspace, languages: languages,
      store: store, cache: try invocation.cache(console), jobs: invocation.jobs,
      progress: line.progress)
    diagnostics = asked.diagnostics
    line.erase()
    guard let explanation = asked.explanation else {
      throw Failure(.usage, diagnostics.filter { $0.severity == .error })
    }
    if console.format == .json {
      writeJSON(explanation) { console.send($0) }
    } else {
      console.send(explanationText(explanation, style: console.style))
    }
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
