import Files
import Graph
package import Model

/// What could be changed in the team's own code, the largest saving first, and what the project asks
/// for though none of `functions` ships it.
package struct Advice: Sendable {
  package let suggestions: [Suggestion]
  /// Names and versions, sorted; empty where not all functions were asked about.
  package let unreached: [String]
  package let diagnostics: [Diagnostic]
  /// Nil where nobody asked for it, and where no edit is certain.
  package let application: Application?
}

/// Looks for lines of the team's own that bring much, and packages again as if each had been edited:
/// a saving is the difference of two archives, to the byte.
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
    let savings = zip(concerned, after.functions).compactMap { old, new -> Suggestion.Saving? in
      guard old.bytes != new.bytes else { return nil }
      return Suggestion.Saving(
        function: workspace.functions[old.id].name, before: old.bytes, after: new.bytes)
    }
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
    let suggestion = Suggestion(
      kind: isHandler ? .cut : change.kind,
      location: SourceLocation(
        path: workspace.shownPath(of: line.key.file), line: line.key.line),
      brings: line.brings, user: change.user, edits: change.edits, savings: savings,
      doubts: change.kind == .barrel
        ? try change.doubts
          + sources.effects(
            of: [change.source].compactMap(\.self)
              + lost(zip(concerned, after.functions), workspace))
        : ["only a person knows where what it imports is to go"])
    // What others import all the same saves nothing.
    if suggestion.saved.zipped > 0 { suggestions.append(suggestion) }
  }
  suggestions.sort {
    ($1.saved.zipped, $0.location.path, $0.location.line)
      < ($0.saved.zipped, $1.location.path, $1.location.line)
  }
  let application =
    applies
    ? try application(of: suggestions, &sources, before.functions, trial, workspace) : nil
  let isEverything = functions.count == workspace.functions.count
  return Advice(
    suggestions: suggestions,
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

/// A line of the team's own, and what it brings to how many functions.
private struct OwnLine {
  struct Key: Hashable, Comparable {
    let file: FileID
    let line: Int
    static func < (a: Self, b: Self) -> Bool { (a.file, a.line) < (b.file, b.line) }
  }

  let key: Key
  var zipped = 0
  var functions: Set<FunctionID> = []
  var brings: [String] = []

  init(key: Key) { self.key = key }

  mutating func add(_ found: FoundLine, of function: FunctionID) {
    if found.zipped > zipped || brings.isEmpty { brings = found.brings }
    zipped += found.zipped
    functions.insert(function)
  }
}

private struct FoundLine {
  let key: OwnLine.Key
  let lost: Set<NodeID>
  let zipped: Int
  let brings: [String]
}

/// Lines without which a function would be much smaller; of those that bring the same, the one that is
/// nearest to it, and the nearest in a package's own file, which others import for something else.
private func heavyLines(
  of item: Trials.Measured, _ stock: Stock
) throws(Failure) -> [FoundLine] {
  let graph = stock.graph
  let weights = Weights(item.plan, item.sizes, nodes: graph.nodes.count)
  let overlay = stock.workspace.functions[item.id].overlay
  var search = Search(stock.links)
  var edges: [OwnLine.Key: [Int]] = [:]
  for node in item.reach.nodes {
    for edge in graph.edges(from: node) where edge.kind.isImport {
      guard let place = edge.place, place.line > 0, stock.isFirstParty(place) else { continue }
      let key = OwnLine.Key(file: place.file, line: Int(place.line))
      edges[key, default: []] += stock.edges(onLineOf: place, from: node)
    }
  }
  // Packages are what submodules need first.
  var packageFiles: Set<FileID> = []
  for node in item.reach.nodes {
    for edge in graph.edges(from: node) where edge.kind == .parent {
      packageFiles.formUnion(graph.files(of: edge.to))
    }
  }
  func isOfPackage(_ line: FoundLine) -> Bool { packageFiles.contains(line.key.file) }
  let least = max(20_000, item.bytes.zipped / 100)
  var found: [FoundLine] = []
  for (key, positions) in edges.sorted(by: { $0.key < $1.key }) {
    let lost = search.lost(
      from: item.reach, overlay: overlay, without: EmptyCollection(), edges: Set(positions))
    let zipped = weights.sum(lost).zipped
    guard zipped >= least else { continue }
    var shares: [String: Int] = [:]
    for node in lost {
      let row = graph.nodes[node]
      let name =
        row.distribution.map { stock.workspace.distributions[$0].displayName } ?? row.name
      shares[name, default: 0] += weights.zipped[Int(node.index)]
    }
    let brings = shares.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    found.append(
      FoundLine(
        key: key, lost: Set(lost), zipped: zipped, brings: brings.prefix(4).map(\.key)))
  }
  return found.filter { line in
    !found.contains { other in
      other.lost.count < line.lost.count && (!isOfPackage(line) || isOfPackage(other))
        && other.zipped * 5 >= line.zipped * 4
        && other.lost.isSubset(of: line.lost)
    }
  }
}

extension Trials.Measured {
  fileprivate func ships(_ files: Set<FileID>) -> Bool {
    plan.entries.contains {
      if case .file(let file) = $0.content { files.contains(file) } else { false }
    }
  }
}
