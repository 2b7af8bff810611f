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
/// Files are scanned by all threads, each once whatever number of targets want it, while what was
/// scanned is resolved: by one thread, in the order in which the files were found, native ones once
/// nothing else is left. So ids do not depend on who finished first. Only what some function reaches
/// is read.
///
/// A file that cannot be read asks for nothing, and is among the `failures` of `store`. Throws where
/// the run is interrupted.
package func trace(
  _ workspace: Workspace, functions: [FunctionID], languages: [any Language], store: Store,
  facts memory: FactsMemory? = nil, jobs: Int, progress: Progress = .silent
) throws(Failure) -> Traced {
  var tracing = try Tracing(workspace, languages)
  for id in functions { tracing.enter(id) }
  var items = tracing.resolvers.indices.flatMap { tracing.takeFrontier(of: $0) }
  let scanner = Scanner(workspace: workspace, languages: languages, store: store, memory: memory)
  do throws(FileError) {
    while !items.isEmpty {
      try concurrentWorklist(
        items, jobs: jobs, isLarge: { $0.request.role == .native }, worker: { store.makeReader() }
      ) { (reader, item) throws(FileError) in
        try Interrupt.check("tracing")
        return item.isRepeated ? nil : try scanner.scan(item, &reader)
      } take: { (item, scanned) throws(FileError) in
        defer { if tracing.scanned % 64 == 0 { progress.report("tracing", tracing.scanned, 0) } }
        return tracing.take(item, scanned)
      }
      items = tracing.conclude()
    }
  } catch {
    throw Failure(error)
  }
  return tracing.finish()
}

/// A file that a target asks for.
private struct TraceItem: Sendable {
  /// Position in `Workspace.targets`.
  let target: Int
  let language: String
  let request: ScanRequest
  /// Whether an earlier item has it scanned.
  let isRepeated: Bool
}

/// What a file asks for, and how it became known.
private struct Scanned: Sendable {
  let facts: SourceFacts
  /// Of what was read.
  var byteCount = 0
  var wasRecalled = false
  /// Whether nobody has looked into it.
  var isTooLarge = false
}

/// The resolvers of all targets, and what they have been told.
private struct Tracing {
  let workspace: Workspace
  private var languageOfTarget: [any Language] = []
  private var entered: Set<FunctionID> = []
  private(set) var resolvers: [any Resolver] = []
  private var asked: Set<ScanKey> = []
  /// Kept only where several targets can ask for the same.
  private var known: [ScanKey: SourceFacts] = [:]
  /// Of the team's own files.
  private var problems: [FileID: [Problem]] = [:]
  /// Of the team's own data.
  private var notRead: Set<FileID> = []
  private(set) var scanned = 0
  private var scannedBytes = 0
  private var recalled = 0

  init(_ workspace: Workspace, _ languages: [any Language]) throws(Failure) {
    self.workspace = workspace
    for id in workspace.targets.ids {
      let name = workspace.targets[id].runtime.language
      guard let language = languages.first(where: { $0.name == name }) else {
        throw Failure(.usage, [.unknownLanguage(name, known: languages.map(\.name))])
      }
      languageOfTarget.append(language)
      resolvers.append(language.makeResolver(for: id, in: workspace))
    }
  }

  mutating func enter(_ function: FunctionID) {
    guard entered.insert(function).inserted else { return }
    resolvers[Int(workspace.functions[function].target.index)].enter(function)
  }

  /// What is to be scanned yet once all else has been; empty where everything is known.
  mutating func conclude() -> [TraceItem] {
    resolvers.indices.flatMap { target -> [TraceItem] in
      let everyone = workspace.functions.ids.filter {
        Int(workspace.functions[$0].target.index) == target
      }
      while true {
        switch resolvers[target].conclude(isEveryoneIn: entered.isSuperset(of: everyone)) {
        case .finished: return []
        case .more(let requests): return items(requests, of: target)
        case .needsEveryone:
          for function in everyone { enter(function) }
          let items = takeFrontier(of: target)
          if !items.isEmpty { return items }
        }
      }
    }
  }

  mutating func takeFrontier(of target: Int) -> [TraceItem] {
    items(resolvers[target].takeFrontier(), of: target)
  }

  private mutating func items(_ requests: [ScanRequest], of target: Int) -> [TraceItem] {
    let language = languageOfTarget[target].name
    return requests.map { request in
      TraceItem(
        target: target, language: language, request: request,
        isRepeated: resolvers.count > 1
          && !asked.insert(ScanKey(request, language: language)).inserted)
    }
  }

  /// Resolves what a file asks for; nil where that is known already. What is to be scanned then.
  mutating func take(_ item: TraceItem, _ new: Scanned?) -> [TraceItem] {
    let request = item.request
    if let new {
      scanned += 1
      scannedBytes += new.byteCount
      if new.wasRecalled { recalled += 1 }
      if new.isTooLarge, workspace.roots[workspace.files[request.file].root].isFirstParty {
        notRead.insert(request.file)
      }
      if !new.facts.problems.isEmpty,
        workspace.roots[workspace.files[request.file].root].isFirstParty
      {
        problems[request.file] = new.facts.problems
      }
      resolvers[item.target].add(new.facts, of: request.node)
      if resolvers.count > 1 { known[ScanKey(request, language: item.language)] = new.facts }
    } else if let facts = known[ScanKey(request, language: item.language)] {
      resolvers[item.target].add(facts, of: request.node)
    } else {
      preconditionFailure("what is repeated was taken before")
    }
    return takeFrontier(of: item.target)
  }

  consuming func finish() -> Traced {
    let graphs = resolvers.indices.map { resolvers[$0].finish() }
    let broken = importedFiles(among: Set(problems.keys), graphs)
    var diagnostics = problems.flatMap { file, problems in
      unreadable(file, problems, isImported: broken.contains(file), workspace)
    }
    diagnostics += notRead.map {
      Diagnostic.dataNotRead(workspace.shownPath(of: $0), above: Scanner.largestData)
    }
    for (graph, target) in zip(graphs, workspace.targets.rows) {
      diagnostics +=
        graph.diagnostics + blindSpots(graph, workspace) + missing(graph, target, workspace)
    }
    return Traced(
      graphs: graphs, languages: languageOfTarget, broken: broken,
      diagnostics: diagnostics.unique(), scannedFiles: scanned, scannedBytes: scannedBytes,
      recalledFiles: recalled)
  }
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

/// What the team's own file has wrong. A distribution's broken files are not the team's business: some
/// are templates, some are meant for another version, and whoever imports them guards that.
///
/// The same goes for what is shipped and imported by nobody, `{{cookiecutter.slug}}/app.py`: a
/// warning, and nothing where no import could spell the path.
private func unreadable(
  _ file: FileID, _ problems: [Problem], isImported: Bool, _ workspace: Workspace
) -> [Diagnostic] {
  let path = workspace.files[file].path.string
  guard isImported || !path.utf8.contains(where: { "{}<>$% ".utf8.contains($0) }) else { return [] }
  return problems.map { problem in
    .unreadableSource(
      problem, isImported ? .error : .warning,
      at: workspace.location(of: Place(file: file, line: problem.line, column: problem.column)))
  }
}

/// Those that a handler is in, or that something imports, other than by a guess.
private func importedFiles(among files: Set<FileID>, _ graphs: [ModuleGraph]) -> Set<FileID> {
  guard !files.isEmpty else { return [] }
  var imported: Set<FileID> = []
  for graph in graphs {
    for node in graph.entries.values { imported.formUnion(graph.files(of: node)) }
    for edge in graph.edges where edge.kind.isImport {
      imported.formUnion(graph.files(of: edge.to))
    }
  }
  return imported.intersection(files)
}

private struct ScanKey: Hashable, Sendable {
  let file: FileID
  let role: FileRole
  let question: ScanRequest.Question
  let language: String

  init(_ request: ScanRequest, language: String) {
    file = request.file
    role = request.role
    question = request.question
    self.language = language
  }
}

/// Scans one file at a time, or recalls what an earlier run found in it.
private struct Scanner: Sendable {
  let workspace: Workspace
  let languages: [any Language]
  let store: Store
  let memory: FactsMemory?

  /// In bytes.
  fileprivate static let largestData = 1 << 28

  func scan(_ item: TraceItem, _ reader: inout Store.Reader) throws(FileError) -> Scanned {
    let (file, role, question) = (item.request.file, item.request.role, item.request.question)
    let known = memory?.recall(
      file, role: role, question: question, language: item.language, store)
    if let known { return Scanned(facts: known, wasRecalled: true) }
    // A database, a model: it has no names that could be read, and it would have to be in memory.
    guard role != .data || store.size(of: file) <= Self.largestData else {
      return Scanned(facts: SourceFacts(), isTooLarge: true)
    }
    do throws(FileError) {
      try reader.read(file)
    } catch {
      // The store knows it, and who ships it is not packaged; what it asks for is nobody's loss.
      guard error.isOfReading else { throw error }
      return Scanned(facts: SourceFacts())
    }
    let path = workspace.files[file].path
    let facts = reader.withBytes { bytes in
      for language in languages where language.name == item.language {
        return question == .everything
          ? language.scan(bytes, path: path, role: role)
          : language.scan(bytes, path: path, for: question)
      }
      return SourceFacts()
    }
    memory?.record(
      facts, of: file, role: role, question: question, language: item.language, store)
    return Scanned(facts: facts, byteCount: reader.count)
  }
}
