import Files
import Graph
package import Model

/// What could be changed in the team's own code, its configuration and requirements, the largest saving
/// first, and what the project asks for though none of `functions` ships it.
package struct Advice: Sendable {
  package let suggestions: [Suggestion]
  /// How many others save something, and less than `Suggestion.leastSaving`.
  package let small: Int
  /// Names and versions, sorted; empty where not all functions were asked about.
  package let unreached: [String]
  package let diagnostics: [Diagnostic]
  /// Nil where nobody asked for it, and where no edit is certain.
  package let application: Application?
}

/// Looks for lines of the team's own that bring much, for settings and extras that do, and packages again as
/// if each had been changed: a saving is the difference of two archives, to the byte.
///
/// - Parameters:
///   - limit: how many of the largest are tried.
///   - applies: whether the edits that are certain are put together.
package func advise(
  _ functions: [FunctionID], of workspace: Workspace, limit: Int, applies: Bool = false,
  languages: [any Language],
  store: Store, cache: Cache?, jobs: Int, progress: Progress = .silent
) throws(Failure) -> Advice {
  let trial = Trials(
    workspace: workspace, languages: languages, store: store, cache: cache, jobs: jobs)
  let before = try trial.measure(functions, edited: [:], progress: progress)
  var lines: [OwnLine.Key: OwnLine] = [:]
  for item in before.functions {
    for line in try heavyLines(of: item, before.stocks.rows[item.stock]) {
      lines[line.key, default: OwnLine(key: line.key)].add(line, of: item.id)
    }
  }
  let largest = lines.values.sorted { ($1.zipped, $0.key) < ($0.zipped, $1.key) }.prefix(limit)
  var sources = OwnSources(workspace, languages: languages, store: store)
  let uses = try smallUses(of: before, &sources)
  var suggestions: [Suggestion] = []
  for (done, line) in largest.enumerated() {
    progress.report("trying edits", done, largest.count)
    guard let change = try sources.change(at: line.key.file, line: line.key.line) else { continue }
    let edited = try sources.apply(change.edits)
    let touched = Set(edited.keys)
    let concerned = before.functions.filter {
      line.functions.contains($0.id) || $0.ships(touched)
    }
    let after = try trial.measure(concerned.map(\.id), edited: edited)
    let savings = trial.savings(concerned, after.functions)
    // A handler cannot be put elsewhere: what it uses is simply needed, or not.
    let isHandler =
      change.kind == .oneUse
      && before.functions.contains { item in
        let stock = before.stocks.rows[item.stock]
        let modules =
          [item.reach.entry]
          + stock.graph.edges(from: item.reach.entry).filter { $0.kind == .handler }.map(\.to)
        return modules.contains { stock.graph.files(of: $0).contains(line.key.file) }
          && workspace.functions[item.id].handlers.contains { $0.attribute == change.user }
      }
    let used = uses.first { $0.lines == [line.key] }?.used ?? []
    let kind = isHandler ? .cut : change.kind
    let suggestion = Suggestion(
      kind: kind == .cut && !used.isEmpty ? .smallUse : kind,
      location: SourceLocation(
        path: workspace.shownPath(of: line.key.file), line: line.key.line),
      brings: line.brings, user: change.user, used: used, edits: change.edits, savings: savings,
      doubts: change.kind == .barrel
        ? try change.doubts
          + sources.effects(
            of: [change.source].compactMap(\.self)
              + lost(zip(concerned, after.functions), workspace))
        : ["only a person knows where what it imports is to go"])
    suggestions.append(suggestion)
  }
  for use in uses.filter({ $0.lines.count > 1 }).prefix(limit) {
    let edited = try sources.apply(use.edits)
    let touched = Set(edited.keys)
    let concerned = before.functions.filter { $0.ships(touched) }
    let after = try trial.measure(concerned.map(\.id), edited: edited)
    suggestions.append(
      use.suggestion(saving: trial.savings(concerned, after.functions), workspace))
  }
  suggestions += try settingTrials(of: before, trial, progress: progress)
  // What others import all the same saves nothing.
  let small = suggestions.count { 1..<Suggestion.leastSaving ~= $0.saved.zipped }
  suggestions.removeAll { $0.saved.zipped < Suggestion.leastSaving }
  suggestions.sort {
    ($1.saved.zipped, $0.location.path, $0.location.line)
      < ($0.saved.zipped, $1.location.path, $1.location.line)
  }
  let application =
    applies
    ? try application(of: suggestions, &sources, before.functions, trial, workspace) : nil
  let isEverything = functions.count == workspace.functions.count
  return Advice(
    suggestions: suggestions, small: small,
    unreached: isEverything ? unreached(by: before.functions, workspace) : [],
    diagnostics: before.diagnostics, application: application)
}

/// The team's own files that functions no longer ship.
private func lost(
  _ pairs: Zip2Sequence<[Trials.Measured], [Trials.Measured]>, _ workspace: Workspace
) -> [FileID] {
  func own(_ item: Trials.Measured) -> Set<FileID> {
    Set(
      item.plan.entries.compactMap { entry in
        guard case .file(let file) = entry.content, workspace.files[file].distribution == nil
        else { return nil }
        return file
      })
  }
  return pairs.reduce(into: Set<FileID>()) { $0.formUnion(own($1.0).subtracting(own($1.1))) }
    .sorted()
}

/// What the project asks for by name and no archive has a file of.
private func unreached(by functions: [Trials.Measured], _ workspace: Workspace) -> [String] {
  var shipped: Set<DistributionID> = []
  for item in functions {
    for entry in item.plan.entries {
      if case .file(let file) = entry.content, let id = workspace.files[file].distribution {
        shipped.insert(id)
      }
    }
  }
  let asked = Set(workspace.requirements.flatMap(\.direct).map(\.distribution))
  return asked.subtracting(shipped).sorted().map {
    "\(workspace.distributions[$0].displayName) \(workspace.distributions[$0].version)"
  }
}

extension Trials.Measured {
  func ships(_ files: Set<FileID>) -> Bool {
    plan.entries.contains {
      if case .file(let file) = $0.content { files.contains(file) } else { false }
    }
  }
}
