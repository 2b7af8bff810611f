import Bundling
import Model
import Reporting

extension Command {
  static let advise = Command(
    "advise", "Suggest edits that make archives smaller, with the exact saving of each",
    discussion: [
      "Looks for the lines of your code that bring most: packages whose '__init__' imports what only "
        + "some need, imports at the top that one function body uses, lines that are the only way to "
        + "something large, distributions of which few names are used. And for what configuration and "
        + "requirements could say: what the provider's runtime has, symbols of libraries, extras. Each is "
        + "tried: the functions are packaged again as if it had been changed, so that a saving is the "
        + "difference of two archives, to the byte. Nothing is written.",
      "'--apply' makes those edits of packages' '__init__' that are certain, and says of the others why "
        + "they are not: it shows them as a diff, then writes the files. With '--profile' it also says "
        + "what 'pare profile' has measured of imports that can wait.",
    ],
    operands: Operands("[FUNCTION…]", 0, nil),
    options: tracingOptions + [.limit, .apply, .dryRun, .profile],
    examples: [
      Example("pare advise", "for all functions of this project"),
      Example("pare advise orders --format json", "for one, with the edits for a program"),
      Example("pare advise --apply --dry-run", "what would be changed, as a diff"),
      Example("pare advise --profile orders.json", "with what can wait, in milliseconds"),
    ],
    run: runAdvise)
}

private func runAdvise(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let workspace = found.workspace
  let profiles = try invocation.profiles()
  try check(Array(zip(invocation.texts(.profile), profiles)), against: workspace)
  let advice = try Bundling.advise(
    found.asked, of: workspace, limit: invocation.count(.limit) ?? 10,
    applies: invocation.has(.apply), languages: languages,
    store: Store(workspace, wheels: found.wheels), cache: try invocation.cache(console),
    jobs: invocation.jobs, progress: line.progress)
  line.erase()
  var failures = advice.diagnostics.filter { $0.severity == .error }
  if invocation.has(.apply), console.format != .json {
    console.send(
      advice.application.map { unifiedDiff($0, style: console.style) }
        ?? "no edit of a package's '__init__' is certain\n")
  }
  var isWritten = false
  if let application = advice.application, !invocation.has(.dryRun) {
    let changed = try apply(application)
    isWritten = changed.isEmpty
    failures += changed
  }
  if console.format == .json {
    writeJSON(
      advice.suggestions, small: advice.small, unreached: advice.unreached, profiles: profiles,
      application: advice.application, isWritten: isWritten,
      diagnostics: withExcerpts(failures, project: workspace.project)
    ) { console.send($0) }
  } else if invocation.has(.apply) {
    if let application = advice.application {
      console.send(applicationText(application, isWritten: isWritten, style: console.style))
    }
  } else {
    let measured = profiles.compactMap { profile in
      workspace.functions.rows.first { $0.name == profile.function }.map {
        (profile, workspace.targets[$0.target].runtime)
      }
    }
    console.send(
      adviceText(
        advice.suggestions, small: advice.small, unreached: advice.unreached, profiles: measured,
        style: console.style))
  }
  console.report(failures, project: workspace.project)
  return failures.contains { $0.code == "changed-meanwhile" } ? .checkFailed : .success
}
