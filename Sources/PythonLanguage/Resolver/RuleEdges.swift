import Model
import Text

extension PythonResolver {
  // MARK: Imports

  mutating func applyRules(to node: NodeID, _ module: ModuleRef) {
    guard !rules.hidden.isEmpty else { return }
    let name = index.dottedName(module)
    for rule in rules.hidden where rule.module == name {
      for text in rule.imports { linkNamed(text, from: node, .rule, note: note(rule.why)) }
    }
  }

  /// Adds edges to a module, or, with a trailing `.*`, to all that lie in a package. False where
  /// there is none.
  @discardableResult
  mutating func linkNamed(
    _ text: String, from node: NodeID, _ kind: EdgeKind, note: UInt32? = nil
  ) -> Bool {
    let isWhole = text.hasSuffix(".*")
    let dotted = index.intern(isWhole ? String(text.dropLast(2)) : text)
    let found = index.find(dotted, in: states[Int(node.index)].view)
    guard found.isComplete else { return false }
    let isPackage = index.modules[Int(found.module)].isPackage
    let to =
      isWhole && isPackage ? condition(.wholePackage(found.module)) : self.node(of: found.module)
    link(node, to: to, kind, note: note)
    return true
  }

  /// Rules and settings of a distribution that is in use; `node` is the condition that it is.
  mutating func applyRules(toDistribution id: DistributionID, _ node: NodeID) {
    let name = workspace.distributions[id].name
    for rule in rules.whole where rule.distribution == name {
      link(node, to: condition(.wholeDistribution(id)), .rule, note: note(rule.why))
    }
    for rule in rules.extra where rule.distribution == name {
      linkData(matching: rule.globs, of: id, from: node, .rule, note: note(rule.why))
    }
    guard let setting = settings[id] else { return }
    for text in setting.imports where !linkNamed(text, from: node, .configured) {
      diagnostics.append(Diagnostics.unmatchedSetting("import", text, at: setting.origin))
    }
    for glob in setting.data
    where !linkData(matching: [glob], of: id, from: node, .configured, note: nil) {
      diagnostics.append(Diagnostics.unmatchedSetting("data", glob, at: setting.origin))
    }
  }

  /// Files of a distribution by glob, relative to its root; also those that are no package's data.
  @discardableResult
  private mutating func linkData(
    matching globs: [String], of id: DistributionID, from node: NodeID, _ kind: EdgeKind,
    note: UInt32?
  ) -> Bool {
    let patterns = globs.map { Glob($0) }
    var isFound = false
    for position in workspace.roots[workspace.distributions[id].root].files {
      let file = FileID(position)
      let row = workspace.files[file]
      guard row.distribution == id else { continue }
      guard patterns.contains(where: { $0.matches(row.path.string) }) else { continue }
      isFound = true
      // A module is kept as a module, so that what it needs comes along.
      if let known = nodeByFile[file] {
        link(node, to: known, kind, note: note)
        continue
      }
      let data = makeNode(
        .file(file), .data, files: [file], party: .distribution(id), root: row.root, view: 0)
      link(node, to: data, kind, note: note)
    }
    return isFound
  }

  /// Distributions import `pytest` and its like in helpers that production code never calls.
  mutating func isNeverNeeded(
    _ dotted: Name, _ top: Name, _ request: Request, _ origin: Origin
  ) -> Bool {
    guard origin.party != .first, request.kind != .topLevel, !rules.never.isEmpty else {
      return false
    }
    let name = index.names.string(top)
    guard rules.never.contains(where: { $0.module == name }),
      let module = index.top(top, in: origin.view),
      states[Int(node(of: module).index)].party != origin.party
    else { return false }
    unfollowed.append(
      UnfollowedImport(
        from: origin.node, name: index.names.string(dotted), reason: .rule, kind: request.kind,
        place: origin.place(request)))
    return true
  }

  /// `zoneinfo` reads the system's time zones, which minimal images lack, or those of `tzdata`.
  mutating func followStandard(
    _ dotted: Name, _ top: Name, _ request: Request, _ origin: Origin
  ) {
    guard index.names.string(top) == "zoneinfo", let id = distributionByName["tzdata"],
      !omitted.contains(id)
    else { return }
    link(
      origin.node, to: condition(.wholeDistribution(id)), .standardLibrary,
      place: origin.place(request))
  }

  // MARK: Data that is chosen

  /// Takes the files out of a package's data that a rule chooses from, by their folder, and what the
  /// user drops.
  mutating func splitByRules(
    _ files: [FileID], of folder: Int32
  ) -> (kept: [FileID], chosen: [(folder: Int32, files: [FileID])]) {
    guard let first = files.first else { return ([], []) }
    let party = party(of: first)
    guard let id = distribution(party) else { return (files, []) }
    var files = files
    if let drop = settings[id]?.drop, !drop.isEmpty {
      let patterns = drop.map { Glob($0) }
      files.removeAll { file in
        patterns.contains { $0.matches(workspace.files[file].path.string) }
      }
    }
    let prefixes = rules.choices.filter { choice in
      choice.distributions.contains(workspace.distributions[id].name)
    }.flatMap(\.folders).map { $0 + "/" }
    guard !prefixes.isEmpty else { return (files, []) }
    var kept: [FileID] = []
    var chosen: [(folder: Int32, files: [FileID])] = []
    var positions: [Int32: Int] = [:]
    for file in files {
      let row = workspace.files[file]
      guard let prefix = prefixes.first(where: { row.path.string.hasPrefix($0) }) else {
        kept.append(file)
        continue
      }
      let rest = row.path.string.utf8.dropFirst(prefix.utf8.count)
      guard let slash = rest.firstIndex(of: UInt8(ascii: "/")),
        let below = subfolder(
          row.root, row.path.string[..<slash])
      else {
        kept.append(file)
        continue
      }
      if let position = positions[below] {
        chosen[position].files.append(file)
      } else {
        positions[below] = chosen.count
        chosen.append((below, [file]))
      }
    }
    return (kept, chosen)
  }

  func subfolder(_ root: RootID, _ path: Substring) -> Int32? {
    var folder = index.tree.rootFolders[root]
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      guard let here = folder, let name = index.find(Array(part)[...]) else { return nil }
      folder = index.tree.child(here, name)
    }
    return folder
  }

  /// Makes the node of one folder to choose; `from` is the package that it lies in.
  mutating func linkRuled(_ from: NodeID, _ folder: Int32, _ files: [FileID]) {
    guard let file = files.first, let id = distribution(party(of: file)) else { return }
    let node = makeNode(
      .folder(folder), .data, files: files, party: .distribution(id),
      root: workspace.files[file].root, view: 0)
    let distributionName = workspace.distributions[id].name
    let name = index.names.string(index.tree.folders[Int(folder)].name)
    for (position, choice) in rules.choices.enumerated()
    where choice.distributions.contains(distributionName) {
      choosable[position, default: [:]][name, default: []].append(node)
      everyFolder[position, default: []].append(node)
      if choice.always.contains(name) || chosenServices(choice)?.contains(name) == true {
        link(from, to: node, .rule, note: note(choice.why))
      }
    }
  }

  func chosenServices(_ choice: Rules.DataChoice) -> [String]? {
    for name in choice.distributions {
      if let id = distributionByName[name], let services = settings[id]?.services {
        return services
      }
    }
    return nil
  }

  /// A string that names a folder of data, outside the distributions that it belongs to.
  mutating func followDataWord(
    _ word: Name, _ positions: [Int], _ request: Request, _ origin: Origin
  ) {
    for position in positions {
      let choice = rules.choices[position]
      guard chosenServices(choice) == nil else { continue }
      if let own = distribution(origin.party),
        choice.deaf.contains(workspace.distributions[own].name)
      {
        continue
      }
      let name = index.names.string(word)
      waitingLiterals[position, default: [:]][name, default: []].append(
        Waiting(node: origin.node, place: origin.place(request)))
    }
  }

  /// Where a function uses such a distribution and no string in its code names a folder, the name
  /// comes from elsewhere: an environment variable, an event. Then all are kept, and it is said.
  mutating func settleChoices() {
    let open = rules.choices.indices.filter { position in
      everyFolder[position] != nil && chosenServices(rules.choices[position]) == nil
    }
    if open.isEmpty { return }
    for position in open { linkNamedFolders(position) }
    let search = ReachSearch(edges: edges, scopes: scopes, count: states.count)
    for position in open {
      let choice = rules.choices[position]
      let nodes = everyFolder[position] ?? []
      var named = [Bool](repeating: false, count: states.count)
      for strings in (waitingLiterals[position] ?? [:]).values {
        for string in strings { named[Int(string.node.index)] = true }
      }
      let owners = nodes.compactMap { distribution(states[Int($0.index)].party) }
        .compactMap { nodeBySubject[.condition(.uses($0))] }
      for function in entries.keys.sorted() {
        guard let entry = entries[function],
          var reached = search.reached(
            from: entry, overlay: workspace.functions[function].overlay, unless: named)
        else { continue }
        // What an earlier function made the folders bring was not there when the search was made.
        reached += Array(repeating: false, count: states.count - reached.count)
        guard
          owners.contains(where: { reached[Int($0.index)] }),
          let place = firstUse(of: choice, reached)
        else { continue }
        currentEdges.removeAll(keepingCapacity: true)
        let all = condition(.everyFolder(position))
        link(entry, to: all, .blindSpot, place: place)
        for node in nodes { link(all, to: node, .blindSpot, note: note(choice.why)) }
        settle()
        blindSpots.append(
          BlindSpot(
            node: entry, place: place, expression: choice.distributions.joined(separator: ", "),
            bound: "any folder of '\(choice.folders[0])': no string in the code names one",
            keeps: true))
      }
    }
  }

  /// Strings that name a folder bring it. Distributions are full of words; theirs count in modules
  /// that import the chosen-from distribution, or that import, or are imported by, such a module of
  /// their own distribution: where a client is made, and the constants that are given to it.
  private mutating func linkNamedFolders(_ position: Int) {
    let choice = rules.choices[position]
    var isClient = [Bool](repeating: false, count: states.count)
    for edge in edges where edge.place != nil {
      guard let id = distribution(states[Int(edge.to.index)].party),
        choice.deaf.contains(workspace.distributions[id].name)
      else { continue }
      isClient[Int(edge.from.index)] = true
    }
    var isNear = isClient
    for edge in edges where edge.place != nil {
      let (from, to) = (Int(edge.from.index), Int(edge.to.index))
      guard states[from].party == states[to].party else { continue }
      if isClient[from] { isNear[to] = true }
      if isClient[to] { isNear[from] = true }
    }
    for (name, strings) in (waitingLiterals[position] ?? [:]).sorted(by: { $0.key < $1.key }) {
      var kept: [Waiting] = []
      for string in strings {
        let origin = Int(string.node.index)
        guard states[origin].party == .first || isNear[origin] else { continue }
        kept.append(string)
        currentEdges.removeAll(keepingCapacity: true)
        for node in choosable[position]?[name] ?? [] {
          guard let id = distribution(states[Int(node.index)].party) else { continue }
          link(
            string.node, to: node, .rule, premise: condition(.uses(id)), place: string.place,
            note: note(choice.why))
        }
      }
      waitingLiterals[position]?[name] = kept
    }
    settle()
  }

  /// The first import of one of a choice's distributions by first-party code. `reached` does not have
  /// the nodes that an earlier function's choice brought: nothing of the team's is among them.
  private func firstUse(of choice: Rules.DataChoice, _ reached: [Bool]) -> Place? {
    var best: Place?
    for edge in edges
    where Int(edge.from.index) < reached.count && reached[Int(edge.from.index)] {
      guard let place = edge.place, states[Int(edge.from.index)].party == .first,
        let id = distribution(states[Int(edge.to.index)].party),
        choice.deaf.contains(workspace.distributions[id].name)
      else { continue }
      if best.map({ (place.file, place.line) < ($0.file, $0.line) }) ?? true { best = place }
    }
    return best
  }

  // MARK: Settings that match nothing

  mutating func tellUnmatchedSettings() {
    for (name, setting) in target.distributions.sorted(by: { $0.key < $1.key })
    where distributionByName[name] == nil {
      diagnostics.append(Diagnostics.unknownDistribution(name, at: setting.origin))
    }
    for (id, setting) in settings.sorted(by: { $0.key < $1.key }) {
      guard let uses = nodeBySubject[.condition(.uses(id))],
        states[Int(uses.index)].isReached
      else { continue }
      let root = workspace.roots[workspace.distributions[id].root]
      for glob in setting.drop {
        let pattern = Glob(glob)
        let isMatched = root.files.contains { position in
          let row = workspace.files[FileID(position)]
          return row.distribution == id
            && pattern.matches(row.path.string)
        }
        if !isMatched {
          diagnostics.append(Diagnostics.unmatchedSetting("drop", glob, at: setting.origin))
        }
      }
      for service in setting.services ?? []
      where !rules.choices.indices.contains(where: { choosable[$0]?[service] != nil }) {
        diagnostics.append(
          Diagnostics.unmatchedSetting("services", service, at: setting.origin))
      }
    }
  }
}

/// A string that names a folder to choose, before the folder's package is reached.
struct Waiting: Sendable {
  let node: NodeID
  let place: Place
}

/// What one function reaches, by the edges so far.
private struct ReachSearch {
  private let edges: [Edge]
  private let scopes: [Scope]
  private let count: Int
  /// Positions of edges by their `from`; those of node `n` are `outgoing[starts[n]..<starts[n + 1]]`.
  private var outgoing: [Int32]
  private var starts: [Int]

  init(edges: [Edge], scopes: [Scope], count: Int) {
    self.edges = edges
    self.scopes = scopes
    self.count = count
    starts = [Int](repeating: 0, count: count + 1)
    for edge in edges { starts[Int(edge.from.index) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    outgoing = [Int32](repeating: 0, count: edges.count)
    var next = starts
    for (position, edge) in edges.enumerated() {
      outgoing[next[Int(edge.from.index)]] = Int32(position)
      next[Int(edge.from.index)] += 1
    }
  }

  /// Nil as soon as one of the nodes `unless` is reached.
  func reached(from entry: NodeID, overlay: RootID?, unless: [Bool]) -> [Bool]? {
    var reached = [Bool](repeating: false, count: count)
    var waiting: [NodeID: [NodeID]] = [:]
    var queue = [entry]
    reached[Int(entry.index)] = true
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if unless[Int(node.index)] { return nil }
      func visit(_ to: NodeID) {
        guard !reached[Int(to.index)] else { return }
        reached[Int(to.index)] = true
        queue.append(to)
      }
      for position in outgoing[starts[Int(node.index)]..<starts[Int(node.index) + 1]] {
        let edge = edges[Int(position)]
        if let scope = edge.scope, !scopes[Int(scope)].holds(for: overlay) { continue }
        if let premise = edge.premise, !reached[Int(premise.index)] {
          waiting[premise, default: []].append(edge.to)
        } else {
          visit(edge.to)
        }
      }
      for to in waiting.removeValue(forKey: node) ?? [] { visit(to) }
    }
    return reached
  }
}
