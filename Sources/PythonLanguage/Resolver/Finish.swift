import Model
import Text

extension PythonResolver {
  mutating func finish() -> ModuleGraph {
    settleChoices()
    separateModulesFromData()
    for item in unresolved { tell(item) }
    tellForeign()
    tellSecrets()
    tellUnmatchedSettings()

    // Reached nodes, in the order of kind, name, root.
    let reached = states.indices.filter { states[$0].isReached }
    let named = reached.map { position in
      let state = states[position]
      return (
        position: position, kind: state.kind.rawValue, name: Array(name(of: state).utf8),
        root: state.root.map { Int($0.index) } ?? -1
      )
    }
    let sorted = named.sorted { a, b in
      if a.kind != b.kind { return a.kind < b.kind }
      if a.name != b.name { return a.name.lexicographicallyPrecedes(b.name) }
      return (a.root, a.position) < (b.root, b.position)
    }
    var newID = [NodeID?](repeating: nil, count: states.count)
    var nodes = Table<Node>()
    var files: [FileID] = []
    nodes.rows.reserveCapacity(sorted.count)
    for item in sorted {
      let state = states[item.position]
      let start = files.count
      files += state.files
      newID[item.position] = nodes.append(
        Node(
          kind: state.kind, name: String(decoding: item.name, as: UTF8.self),
          files: start..<files.count,
          distribution: state.kind == .condition ? nil : distribution(state.party),
          root: state.root))
    }

    let (ordered, starts) = order(edges, newID: newID, count: nodes.count)
    func renumber(_ id: NodeID) -> NodeID? { newID[Int(id.index)] }
    var entries: [FunctionID: NodeID] = [:]
    for (function, node) in self.entries { entries[function] = renumber(node) }
    let given = self.given.mapValues { $0.compactMap(renumber).sorted() }
    let blind = blindSpots.compactMap { spot in
      renumber(spot.node).map {
        BlindSpot(
          node: $0, place: spot.place, expression: spot.expression, bound: spot.bound,
          keeps: spot.keeps, chooses: spot.chooses)
      }
    }
    let skipped = unfollowed.compactMap { item in
      renumber(item.from).map {
        UnfollowedImport(
          from: $0, name: item.name, reason: item.reason, kind: item.kind,
          isStatement: item.isStatement, place: item.place)
      }
    }
    return ModuleGraph(
      nodes: nodes, files: files, edges: ordered, starts: starts, scopes: scopes, notes: notes,
      entries: entries, given: given, optional: optionalImports(newID),
      blindSpots: blind.sorted { Self.key($0.node, $0.place) < Self.key($1.node, $1.place) },
      unfollowed: skipped.sorted {
        (Self.key($0.from, $0.place), $0.name) < (Self.key($1.from, $1.place), $1.name)
      },
      glibc: glibc, missingLibraries: missingLibraries.mapValues { $0.sorted() },
      unusable: Set(foreign.filter { !$0.isOptional }.compactMap { renumber($0.node) }).sorted(),
      diagnostics: Set(diagnostics).sorted())
  }

  /// A Python file that no import can spell is data, and where something walks its folder a module
  /// too (`0001_initial.py`); a file of a folder may be named by a string on its own. It is shipped
  /// once: as the smaller of both nodes, which the larger then brings along.
  private mutating func separateModulesFromData() {
    currentEdges.removeAll(keepingCapacity: true)
    for position in states.indices {
      guard states[position].isReached, states[position].kind == .data,
        !isShippedSource(states[position].subject)
      else { continue }
      let node = NodeID(position)
      var own: [FileID] = []
      var others: [NodeID] = []
      for file in states[position].files {
        let other = [nodeByFile[file], nodeBySubject[.file(file)]].lazy.compactMap { $0 }
          .first { $0 != node && states[Int($0.index)].isReached }
        if let other { others.append(other) } else { own.append(file) }
      }
      if others.isEmpty { continue }
      states[position].files = own
      for other in others { link(node, to: other, .data) }
    }
  }

  /// Whether it is one file of a folder that a path leads to: who imports the module needs what that
  /// imports, who only has the path does not.
  private func isShippedSource(_ subject: Subject) -> Bool {
    guard case .file(let file) = subject, !scripts.contains(file) else { return false }
    return Roles.role(of: workspace.files[file].path) == .source
  }

  /// What some function reaches and may have to declare, each once.
  private func optionalImports(_ newID: [NodeID?]) -> [OptionalImport] {
    var seen: Set<OptionalImport> = []
    var found: [OptionalImport] = []
    for (item, wanted) in zip(optional, wanted) {
      guard let from = newID[Int(item.from.index)] else { continue }
      let new = OptionalImport(
        from: from, distribution: item.distribution, name: name(of: states[Int(wanted.index)]),
        premise: item.premise.flatMap { newID[Int($0.index)] }, kind: item.kind,
        isForced: item.isForced,
        place: item.place)
      if seen.insert(new).inserted { found.append(new) }
    }
    return found.sorted { a, b in
      (a.from, a.place?.line ?? 0, a.place?.column ?? 0, a.distribution, a.name)
        < (b.from, b.place?.line ?? 0, b.place?.column ?? 0, b.distribution, b.name)
    }
  }

  private static func key(_ node: NodeID, _ place: Place) -> UInt64 {
    UInt64(node.index) << 32 | UInt64(place.line) << 8 | UInt64(min(place.column, 255))
  }

  /// Edges between reached nodes, by their new ids: a counting sort that keeps the source's order.
  private func order(
    _ edges: [Edge], newID: [NodeID?], count: Int
  ) -> (edges: [Edge], starts: [Int]) {
    var kept: [Edge] = []
    kept.reserveCapacity(edges.count)
    var starts = [Int](repeating: 0, count: count + 1)
    for edge in edges {
      guard let from = newID[Int(edge.from.index)], let to = newID[Int(edge.to.index)] else {
        continue
      }
      var premise: NodeID?
      if let old = edge.premise {
        // A premise that nothing fulfils: the edge never holds.
        guard let new = newID[Int(old.index)] else { continue }
        premise = new
      }
      kept.append(
        Edge(
          from: from, to: to, kind: edge.kind, premise: premise, scope: edge.scope,
          isEager: edge.isEager, needsEager: edge.needsEager, place: edge.place, note: edge.note))
      starts[Int(from.index) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    guard let filler = kept.first else { return ([], starts) }
    var result = [Edge](repeating: filler, count: kept.count)
    for edge in kept {
      result[next[Int(edge.from.index)]] = edge
      next[Int(edge.from.index)] += 1
    }
    return (result, starts)
  }

  // MARK: Names

  func name(of state: NodeState) -> String {
    switch state.subject {
    case .module(let module): index.dottedName(module)
    case .library(let file), .file(let file): workspace.files[file].path.string
    case .folder(let folder): path(of: folder)
    case .metadata(let id): workspace.distributions[id].name
    case .condition(let condition): sentence(condition)
    }
  }

  func path(of folder: Int32) -> String {
    var parts: [String] = []
    var above = folder
    while index.tree.folders[Int(above)].parent >= 0 {
      parts.append(index.names.string(index.tree.folders[Int(above)].name))
      above = index.tree.folders[Int(above)].parent
    }
    return parts.reversed().joined(separator: "/")
  }

  private func sentence(_ condition: Condition) -> String {
    switch condition {
    case .importsDynamically(let party): "\(name(of: party)) imports names that it computes"
    case .walksFolders(let party): "\(name(of: party)) lists folders"
    case .listsModules(let party): "\(name(of: party)) lists modules"
    case .listsTopModules(let party): "\(name(of: party)) lists the modules of the whole path"
    case .loadsTopModules(let party):
      "\(name(of: party)) imports modules that it finds on the path by their names"
    case .anyoneLoadsTopModules: "some code imports modules that it finds on the path"
    case .loadsPlugins(let party):
      "\(name(of: party)) lists folders and imports names that it computes"
    case .anyoneReadsEntryPoints: "some code asks for entry points"
    case .anyoneImportsDynamically: "some code imports names that it computes"
    case .anyoneLoadsPlugins: "some code lists folders and imports names that it computes"
    case .wholePackage(let module): "every module of '\(index.dottedName(module))'"
    case .wholeDistribution(let id):
      "every module of the distribution '\(workspace.distributions[id].name)'"
    case .called(let id): workspace.functions[id].name
    case .wholeEnvironment: "every distribution of the environment"
    case .star(let module): "'*' is imported from '\(index.dottedName(module))'"
    case .declared(let id):
      "the distribution '\(workspace.distributions[id].name)' is declared"
    case .admitted(let id):
      "the distribution '\(workspace.distributions[id].name)' is meant"
    case .extra(let id, let extra):
      "the distribution '\(workspace.distributions[id].name)' is declared with '\(extra)'"
    case .passed(let node, let line):
      "what line \(line) of '\(name(of: states[Int(node.index)]))' imports is there"
    case .proviso(let node, let premise):
      "'\(name(of: states[Int(node.index)]))' is reached, and \(name(of: states[Int(premise.index)]))"
    case .uses(let id): "the distribution '\(workspace.distributions[id].name)' is used"
    case .importsTail(let tail):
      "some code imports '\(index.names.string(tail))' of packages that it is given"
    case .anyoneLoadsFiles: "some code loads source files by their path"
    case .namedFolder(let folder): "a path leads to the folder '\(path(of: folder))'"
    case .asked(let node): "a name is asked of '\(name(of: states[Int(node.index)]))'"
    case .export(let node, let asked):
      "'\(index.names.string(asked))' is asked of '\(name(of: states[Int(node.index)]))'"
    case .bound(let node): "any name can be asked of '\(name(of: states[Int(node.index)]))'"
    case .everyFolder(let rule):
      "nothing says which data of '\(rules.choices[rule].place)' is needed"
    }
  }

  private func name(of party: Party) -> String {
    switch party {
    case .first: "first-party code"
    case .distribution(let id): "'\(workspace.distributions[id].name)'"
    case .stray(let name): "'\(name == .max ? "" : index.names.string(name))'"
    }
  }

  // MARK: What was not found

  private mutating func tell(_ item: Unresolved) {
    let name = index.names.string(item.dotted)
    unfollowed.append(
      UnfollowedImport(
        from: item.node, name: name, reason: .unresolved, kind: item.kind,
        isStatement: item.isStatement, place: item.place))
    let state = states[Int(item.node.index)]
    guard state.party == .first, item.isStatement, item.kind < .optional else { return }
    let top = index.names.string(index.top(of: item.dotted))
    let removed = StandardLibrary.removed(top, before: target.runtime.minor).map {
      Diagnostics.removedModule(top, in: "\(target.runtime.major).\($0)")
    }
    diagnostics.append(
      Diagnostics.unresolvedImport(
        name, removed: removed,
        nearest: removed == nil ? nearest(to: item.dotted, view: state.view) : nil,
        isNowhere: removed == nil && index.find(item.dotted, in: state.view).depth == 0,
        at: location(item.place)))
  }

  /// The module whose name differs least from one that does not exist; nil where all differ much.
  mutating func nearest(to dotted: Name, view: View) -> String? {
    // Each is a search over all siblings; nobody reads more than this.
    guard suggestions < 200 else { return nil }
    suggestions += 1
    let found = index.find(dotted, in: view)
    let parts = index.names.string(dotted).split(
      separator: ".", omittingEmptySubsequences: false)
    guard Int(found.depth) < parts.count else { return nil }
    let wanted = String(parts[Int(found.depth)])
    var candidates: [String] = []
    if found.module >= 0 {
      candidates = index.submodules(of: found.module).map {
        index.names.string(index.modules[Int($0)].name)
      }
    } else {
      for root in roots(in: view) {
        candidates += index.topLevelNames(of: root).map(index.names.string)
      }
    }
    guard let best = nearestMatch(to: wanted, among: candidates.sorted()) else { return nil }
    return (parts[..<Int(found.depth)].map(String.init) + [best]).joined(separator: ".")
  }
}
