import Graph
import Model
import Text

extension Stock {
  /// Sentences that say why nothing of this name is in the archive.
  func whyAbsent(
    _ target: String, _ plan: Plan, _ reach: Reach, search: inout Search
  ) -> [Diagnostic.Note] {
    let function = workspace.functions[reach.function].name
    var notes: [Diagnostic.Note] = []
    let distribution = workspace.distributions.ids.first {
      workspace.distributions[$0].name == normalisedName(target)
    }

    // Reached, and left out when its files were chosen.
    let reached = reach.nodes.filter { isNamed($0, target, distribution) }
    if !reached.isEmpty {
      let place = reached.lazy.compactMap { self.place(ofArrivalAt: $0, reach) }.first
      notes.append(Absence.leftOut(target, at: place))
    }

    // Imported by what is there, and not declared.
    let undeclared = graph.optional.filter { item in
      (distribution == item.distribution || item.name == target
        || item.name.hasPrefix(target + "."))
        && graph.isLeftOut(item, of: reach)
    }
    if let first = undeclared.first {
      let owner = workspace.distributions[first.distribution]
      for item in undeclared.prefix(5) {
        notes.append(
          Absence.undeclared(
            importer(item), owner, at: item.place.map(workspace.location)))
      }
      if undeclared.count > 5 { notes.append(Absence.more(undeclared.count - 5)) }
      return notes + [Absence.declare(owner, in: function)]
    }

    // Seen, and not followed.
    var seen = 0
    for item in unfollowed(target, distribution) where reach.contains(item.from) {
      seen += 1
      if seen <= 5 {
        notes.append(
          Absence.notFollowed(
            item, by: graph.nodes[item.from].name, at: workspace.location(of: item.place)))
      }
    }
    if seen > 5 { notes.append(Absence.more(seen - 5)) }
    if !notes.isEmpty { return notes }

    // Known to the graph because another function reaches it.
    let known = graph.nodes.ids.filter { isNamed($0, target, distribution) }
    if !known.isEmpty {
      notes.append(Absence.noChain(function, to: target))
      return notes + others(that: known, besides: reach.function, search: &search)
    }

    let runtime = workspace.targets[workspace.functions[reach.function].target].runtime
    if language.comes(target, with: runtime) { return [Absence.inRuntime(target, runtime)] }
    let own = workspace.functions[reach.function]
    let roots = (own.overlay.map { [$0] } ?? []) + workspace.targets[own.target].roots
    if let distribution {
      return [Absence.unusedDistribution(workspace.distributions[distribution])]
    }
    if let file = anyFile(named: target, in: roots) {
      let path = workspace.shownPath(of: file)
      return [
        workspace.roots[workspace.files[file].root].isFirstParty
          && language.role(of: workspace.files[file].path) != .source
          ? Absence.nothingLeadsTo(path) : Absence.noImport(of: path)
      ]
    }
    let candidates =
      workspace.distributions.rows.map(\.name)
      + graph.nodes.rows.filter { $0.kind != .condition }
      .map(\.name) + plan.entries.map(\.path.string)
    return [Absence.unknown(target, nearest: nearestMatch(to: target, among: candidates))]
  }

  /// The functions that reach one of these, each with the line of the team's own code that leads there.
  private func others(
    that known: [NodeID], besides function: FunctionID, search: inout Search
  ) -> [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    var more = 0
    for (id, entry) in graph.entries.sorted(by: { $0.key < $1.key }) where id != function {
      let other = workspace.functions[id]
      guard other.provider == provider.name else { continue }
      let reach = search.reach(id, entry: entry, overlay: other.overlay)
      guard let node = known.first(where: reach.contains) else { continue }
      if notes.count < 5 {
        notes.append(Absence.isIn(other.name, at: lastOwnPlace(onChainTo: node, reach)))
      } else {
        more += 1
      }
    }
    return more == 0 ? notes : notes + [Absence.moreFunctions(more)]
  }

  /// Where on the chain to a node the team's own code is left.
  private func lastOwnPlace(onChainTo node: NodeID, _ reach: Reach) -> SourceLocation? {
    chain(to: node, reach).compactMap(\.place).last {
      workspace.roots[workspace.files[$0.file].root].isFirstParty
    }.map(workspace.location)
  }

  private func isNamed(_ node: NodeID, _ target: String, _ distribution: DistributionID?) -> Bool {
    let row = graph.nodes[node]
    guard row.kind != .condition else { return false }
    if let distribution { return row.distribution == distribution }
    return row.name == target
      || graph.files(of: node).contains { file in
        let rank = placement.rank(file)
        return rank >= 0 && placement.path(rank: rank).string == target
      }
  }

  private func unfollowed(
    _ target: String, _ distribution: DistributionID?
  ) -> [UnfollowedImport] {
    graph.unfollowed.filter {
      $0.name == target || $0.name.hasPrefix(target + ".")
        || (distribution != nil && normalisedName($0.name) == normalisedName(target))
    }
  }

  /// A file that a module (`a.b`) or a path could mean: `a/b.py`, `a/b/__init__.py`, `a/b`.
  private func anyFile(named target: String, in roots: [RootID]) -> FileID? {
    let slashed =
      target.contains("/") ? target : target.split(separator: ".").joined(separator: "/")
    for root in roots {
      if let file = workspace.file(at: RelativePath(target), in: root) { return file }
      for prefix in ["\(slashed).", "\(slashed)/"] {
        if let file = workspace.firstFile(withPrefix: prefix, in: root) { return file }
      }
    }
    return nil
  }
}

extension Workspace {
  /// The first file whose path begins so.
  func firstFile(withPrefix prefix: String, in root: RootID) -> FileID? {
    let range = roots[root].files
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if files.rows[middle].path < RelativePath(prefix) { low = middle + 1 } else { high = middle }
    }
    guard low < range.upperBound, files.rows[low].path.string.utf8.starts(with: prefix.utf8)
    else { return nil }
    return FileID(low)
  }
}

/// The sentences of `pare why` about what is not there.
private enum Absence {
  static func leftOut(_ name: String, at place: SourceLocation?) -> Diagnostic.Note {
    Diagnostic.Note(
      "'\(name)' is needed, and the configuration leaves it out ('exclude' or 'drop')", at: place)
  }

  static func undeclared(
    _ importer: String, _ owner: Distribution, at place: SourceLocation?
  ) -> Diagnostic.Note {
    Diagnostic.Note(
      "'\(importer)' would import it here, and nothing that the function declares requires "
        + "\(owner.displayName)", at: place)
  }

  static func declare(_ owner: Distribution, in function: String) -> Diagnostic.Note {
    .hint(
      "add it with 'needs = [\"\(owner.name)\"]' below [functions.\(function)], or to the function's "
        + "own requirements")
  }

  static func notFollowed(
    _ item: UnfollowedImport, by importer: String, at place: SourceLocation
  ) -> Diagnostic.Note {
    let why =
      switch item.reason {
      case .typeOnly: "for type checkers only"
      case .decided: "in a branch that the target never takes"
      case .unresolved: "and nothing on the path has it"
      case .provided: "and the provider's runtime has it"
      case .rule: "and a rule says that it is never needed when the function runs"
      }
    return Diagnostic.Note("'\(importer)' imports '\(item.name)' \(why)", at: place)
  }

  static func more(_ count: Int) -> Diagnostic.Note {
    Diagnostic.Note("\(count) more imports like these")
  }

  static func noChain(_ function: String, to name: String) -> Diagnostic.Note {
    Diagnostic.Note("no chain of imports leads from the handler of '\(function)' to '\(name)'")
  }

  static func isIn(_ function: String, at place: SourceLocation?) -> Diagnostic.Note {
    Diagnostic.Note("it is in '\(function)', because of this line", at: place)
  }

  static func moreFunctions(_ count: Int) -> Diagnostic.Note {
    Diagnostic.Note("it is in \(count) more function\(count == 1 ? "" : "s")")
  }

  static func unusedDistribution(_ distribution: Distribution) -> Diagnostic.Note {
    Diagnostic.Note(
      "the environment has \(distribution.displayName) \(distribution.version), and no function "
        + "that was traced imports it")
  }

  static func inRuntime(_ name: String, _ runtime: Runtime) -> Diagnostic.Note {
    Diagnostic.Note("\(runtime) has '\(name)' in its standard library; no archive needs it")
  }

  static func noImport(of path: String) -> Diagnostic.Note {
    Diagnostic.Note("'\(path)' is there, and no function that was traced imports it")
  }

  static func nothingLeadsTo(_ path: String) -> Diagnostic.Note {
    Diagnostic.Note(
      "'\(path)' is there, and nothing that is followed leads to it; 'include = [\"\(path)\"]' in the "
        + "function's table ships it")
  }

  static func unknown(_ name: String, nearest: String?) -> Diagnostic.Note {
    let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
    return Diagnostic.Note(
      "neither the source roots nor the environment have anything named '\(name)'\(hint)")
  }
}
