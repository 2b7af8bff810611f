import Files
package import Model

/// What every function of a workspace can need: one graph per target.
package struct Traced: Sendable {
  /// By position in `Workspace.targets`.
  package let graphs: [ModuleGraph]
  /// By position in `Workspace.targets`.
  package let languages: [any Language]
  /// The team's own files that cannot be read as what they are: whoever imports one fails.
  package let broken: Set<FileID>
  /// What the files gave reason to say, the graphs' own among it.
  package let diagnostics: [Diagnostic]
  /// Files that were asked for, the bytes of those that were read, and how many were as an earlier
  /// run had found them and were not.
  package let scannedFiles: Int
  package let scannedBytes: Int
  package let recalledFiles: Int
}

/// Follows what the handlers of `functions` need, for all functions of a target together.
///
/// In rounds: the files that the round before found are scanned in parallel, each once whatever
/// number of targets want it, and resolved serially in the order in which they were found. Ids do not
/// depend on who finished first. Only what some function reaches is read.
///
/// Throws where a file that `discover` saw can no longer be read.
package func trace(
  _ workspace: Workspace, functions: [FunctionID], languages: [any Language], store: Store,
  facts memory: FactsMemory? = nil, jobs: Int, progress: Progress = .silent
) throws(Failure) -> Traced {
  var resolvers: [any Resolver] = []
  var languageOfTarget: [any Language] = []
  for id in workspace.targets.ids {
    let name = workspace.targets[id].runtime.language
    guard let language = languages.first(where: { $0.name == name }) else {
      throw Failure(.usage, [.unknownLanguage(name, known: languages.map(\.name))])
    }
    languageOfTarget.append(language)
    resolvers.append(language.makeResolver(for: id, in: workspace))
  }
  for id in functions {
    resolvers[Int(workspace.functions[id].target.index)].enter(id)
  }

  // With one target, nobody asks for a file twice.
  let keepsFacts = resolvers.count > 1
  var known: [ScanKey: SourceFacts] = [:]
  var diagnostics: [Diagnostic] = []
  var broken: Set<FileID> = []
  var scanned = 0
  var scannedBytes = 0
  var recalled = 0
  while true {
    let frontiers = resolvers.indices.map { resolvers[$0].takeFrontier() }
    if frontiers.allSatisfy(\.isEmpty) { break }
    var wanted: [ScanKey] = []
    var position: [ScanKey: Int] = [:]
    for (target, frontier) in frontiers.enumerated() {
      for request in frontier {
        let key = ScanKey(request, language: languageOfTarget[target].name)
        if known[key] != nil || position[key] != nil { continue }
        position[key] = wanted.count
        wanted.append(key)
      }
    }
    let (facts, byteCount, recalledCount) = try scan(
      wanted, workspace, languages, store, memory, jobs: jobs)
    scannedBytes += byteCount
    recalled += recalledCount
    for (key, facts) in zip(wanted, facts) where !facts.problems.isEmpty {
      let found = problems(facts, key.file, workspace)
      if !found.isEmpty { broken.insert(key.file) }
      diagnostics += found
    }
    for (target, frontier) in frontiers.enumerated() {
      for request in frontier {
        let key = ScanKey(request, language: languageOfTarget[target].name)
        if let index = position[key] {
          resolvers[target].add(facts[index], of: request.node)
        } else if let facts = known[key] {
          resolvers[target].add(facts, of: request.node)
        }
      }
    }
    if keepsFacts { for (key, index) in position { known[key] = facts[index] } }
    scanned += wanted.count
    progress.report("tracing", scanned, 0)
  }
  let graphs = resolvers.indices.map { resolvers[$0].finish() }
  for graph in graphs {
    diagnostics += graph.diagnostics + blindSpots(graph, workspace) + missing(graph, workspace)
  }
  return Traced(
    graphs: graphs, languages: languageOfTarget, broken: broken, diagnostics: diagnostics.unique(),
    scannedFiles: scanned, scannedBytes: scannedBytes, recalledFiles: recalled)
}

/// The team's own blind spots are said aloud; those in distributions are in the report.
private func blindSpots(_ graph: ModuleGraph, _ workspace: Workspace) -> [Diagnostic] {
  graph.blindSpots.filter {
    workspace.roots[workspace.files[$0.place.file].root].isFirstParty
  }.map { .blindSpot($0, at: workspace.location(of: $0.place)) }
}

extension [Diagnostic] {
  /// Sorted, each once: several targets say the same about a file that they share.
  fileprivate func unique() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return sorted().filter { seen.insert($0).inserted }
  }
}

/// A distribution's broken files are not the team's business: some are templates, some are meant for
/// another version, and whoever imports them guards that.
private func problems(
  _ facts: SourceFacts, _ file: FileID, _ workspace: Workspace
) -> [Diagnostic] {
  guard workspace.roots[workspace.files[file].root].isFirstParty else { return [] }
  return facts.problems.map { problem in
    .unreadableSource(
      problem,
      at: workspace.location(of: Place(file: file, line: problem.line, column: problem.column)))
  }
}

private struct ScanKey: Hashable, Sendable {
  let file: FileID
  let role: FileRole
  let callees: [Callee]
  let language: String

  init(_ request: ScanRequest, language: String) {
    file = request.file
    role = request.role
    callees = request.callees
    self.language = language
  }
}

private func scan(
  _ wanted: [ScanKey], _ workspace: Workspace, _ languages: [any Language], _ store: Store,
  _ memory: FactsMemory?, jobs: Int
) throws(Failure) -> (facts: [SourceFacts], byteCount: Int, recalledCount: Int) {
  // Native files are the largest: whoever takes one last would have the others wait.
  let order = wanted.indices.sorted {
    (wanted[$0].role == .native ? 0 : 1, $0) < (wanted[$1].role == .native ? 0 : 1, $1)
  }
  do throws(FileError) {
    let scanned = try concurrentMap(
      order.map { wanted[$0] }, jobs: jobs, worker: { store.makeReader() }
    ) { (reader, key) throws(FileError) in
      let path = workspace.files[key.file].path
      let known = memory?.recall(
        key.file, role: key.role, callees: key.callees, language: key.language, store)
      if let known { return (known, 0, true) }
      try reader.read(key.file)
      let facts = reader.withBytes { bytes in
        for language in languages where language.name == key.language {
          return key.callees.isEmpty
            ? language.scan(bytes, path: path, role: key.role)
            : language.scan(bytes, path: path, for: key.callees)
        }
        return SourceFacts()
      }
      memory?.record(
        facts, of: key.file, role: key.role, callees: key.callees, language: key.language, store)
      return (facts, reader.count, false)
    }
    var facts = Array(repeating: SourceFacts(), count: wanted.count)
    for (index, item) in zip(order, scanned) { facts[index] = item.0 }
    return (facts, scanned.reduce(0) { $0 + $1.1 }, scanned.count { $0.2 })
  } catch {
    throw Failure(error)
  }
}
