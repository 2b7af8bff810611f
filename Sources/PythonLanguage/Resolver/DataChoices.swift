import Model
import Text

/// Folders of data of which a rule keeps those that the code names.
extension PythonResolver {
  /// Takes the files out of a package's data that a rule chooses from, by their folder or by their
  /// name, and what the user drops.
  mutating func splitByRules(
    _ files: [FileID], of folder: Int32
  ) -> (kept: [FileID], chosen: [Chosen]) {
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
    let choices = rules.choices.filter { choice in
      choice.distributions.contains(workspace.distributions[id].name)
    }
    let folders = choices.flatMap(\.folders).map { $0 + "/" }
    let named = Set(choices.flatMap(\.files))
    guard !choices.isEmpty else { return (files, []) }
    var kept: [FileID] = []
    var chosen: [Chosen] = []
    var positions: [String: Int] = [:]
    for file in files {
      let row = workspace.files[file]
      let path = row.path.string
      var key: String?
      var subject = Subject.file(file)
      let parent = String(row.path.folder)
      if named.contains(parent) {
        key = "\(parent)/\(Self.stem(row.path))"
      } else if let prefix = folders.first(where: { path.hasPrefix($0) }),
        let slash = path.utf8.dropFirst(prefix.utf8.count).firstIndex(of: UInt8(ascii: "/")),
        let below = subfolder(row.root, path[..<slash])
      {
        key = String(path[..<slash])
        subject = .folder(below)
      }
      guard let key else {
        kept.append(file)
        continue
      }
      if let position = positions[key] {
        chosen[position].files.append(file)
      } else {
        positions[key] = chosen.count
        let name = key.split(separator: "/").last.map(String.init) ?? key
        chosen.append(Chosen(name: name, subject: subject, files: [file]))
      }
    }
    return (kept, chosen)
  }

  /// `sheets` of `documents/sheets.v4.json`
  private static func stem(_ path: RelativePath) -> String {
    String(path.name.prefix { $0 != "." })
  }

  /// The words that choose: names of folders, and of files up to the first dot.
  mutating func readChoiceWords() {
    for (position, choice) in rules.choices.enumerated() {
      for root in target.roots {
        var words: [Name] = []
        for path in choice.folders {
          guard let folder = subfolder(root, path[...]) else { continue }
          words += index.tree.folders[Int(folder)].folders.map {
            index.tree.folders[Int($0)].name
          }
        }
        for path in choice.files {
          guard let folder = subfolder(root, path[...]) else { continue }
          for file in index.tree.folders[Int(folder)].data {
            words.append(index.intern(Self.stem(workspace.files[file].path)))
          }
        }
        for word in words where choiceWords[word]?.last != position {
          choiceWords[word, default: []].append(position)
        }
      }
    }
  }

  func subfolder(_ root: RootID, _ path: Substring) -> Int32? {
    var folder = index.tree.rootFolders[root]
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      guard let here = folder, let name = index.find(Array(part)[...]) else { return nil }
      folder = index.tree.child(here, name)
    }
    return folder
  }

  /// Makes the node of what can be chosen; `from` is the package that it lies in.
  mutating func linkRuled(_ from: NodeID, _ chosen: Chosen) {
    guard let file = chosen.files.first, let id = distribution(party(of: file)) else { return }
    let node = makeNode(
      chosen.subject, .data, files: chosen.files, party: .distribution(id),
      root: workspace.files[file].root, view: 0)
    let distributionName = workspace.distributions[id].name
    let name = chosen.name
    for (position, choice) in rules.choices.enumerated()
    where choice.distributions.contains(distributionName) {
      choosable[position, default: [:]][name, default: []].append(node)
      everyFolder[position, default: []].append(node)
      if choice.always.contains(name) || addedServices(choice).contains(name) {
        link(from, to: node, .rule, note: note(choice.why))
      }
    }
  }

  /// What the settings add to the folders that code names.
  private func addedServices(_ choice: Rules.DataChoice) -> [String] {
    choice.distributions.flatMap { name in
      distributionByName[name].flatMap { settings[$0]?.services } ?? []
    }
  }

  /// Whether the settings say what calls with an open argument may ask for. A list with a name that
  /// does not exist is one with a mistake in it, and takes nothing away.
  private func isSettled(_ position: Int) -> Bool {
    let services = addedServices(rules.choices[position])
    return !services.isEmpty && services.allSatisfy { isFolder($0, of: position) }
  }

  /// Whether a rule has a folder of this name to choose.
  func isFolder(_ name: String, of position: Int) -> Bool {
    index.find(Array(name.utf8)[...]).flatMap { choiceWords[$0] }?.contains(position) == true
  }

  /// A string that names a folder of data, outside the distributions that it belongs to.
  mutating func followDataWord(
    _ word: Name, _ positions: [Int], _ request: Request, _ origin: Origin
  ) {
    for position in positions {
      let choice = rules.choices[position]
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
  /// comes from elsewhere: an environment variable, an event. Then all are kept, and it is said; but
  /// not where the settings name what that can be.
  mutating func settleChoices() {
    let used = rules.choices.indices.filter { everyFolder[$0] != nil }
    for position in used { linkNamedFolders(position) }
    let open = used.filter { !isSettled($0) }
    if open.isEmpty { return }
    for position in open { linkOpenCalls(position) }
    let search = ReachSearch(edges: edges, scopes: scopes, count: states.count)
    for position in open {
      let choice = rules.choices[position]
      let nodes = everyFolder[position] ?? []
      var named = [Bool](repeating: false, count: states.count)
      for strings in (waitingLiterals[position] ?? [:]).values {
        for string in strings { named[Int(string.node.index)] = true }
      }
      // Those have all of them already.
      for call in openCalls(position) { named[Int(call.node.index)] = true }
      let owners = nodes.compactMap { distribution(states[Int($0.index)].party) }
        .compactMap { nodeBySubject[.condition(.uses($0))] }
      for function in entries.keys.sorted() {
        guard let entry = entries[function],
          var reached = search.reached(
            from: entry, given: given[function] ?? [],
            overlay: workspace.functions[function].overlay, unless: named)?.isReached
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
        linkEveryFolder(position)
        blindSpots.append(
          BlindSpot(
            node: entry, place: place, expression: choice.distributions.joined(separator: ", "),
            bound: "any of '\(choice.place)': no string in the code names one",
            keeps: true, chooses: choice.distributions[0]))
      }
    }
  }

  /// Strings that name a folder bring it. Distributions are full of words; theirs count in modules
  /// that import the chosen-from distribution, or that import, or are imported by, such a module of
  /// their own distribution: where a client is made, and the constants that are given to it.
  private mutating func linkNamedFolders(_ position: Int) {
    let choice = rules.choices[position]
    var isClient = [Bool](repeating: false, count: states.count)
    for edge in edges where edge.place != nil && states[Int(edge.to.index)].kind != .condition {
      guard let id = distribution(states[Int(edge.to.index)].party),
        choice.deaf.contains(workspace.distributions[id].name)
      else { continue }
      isClient[Int(edge.from.index)] = true
    }
    var isNear = isClient
    for edge in edges where edge.place != nil && states[Int(edge.to.index)].kind != .condition {
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
}

/// A folder of data, or files of one name, that a rule chooses by that name.
struct Chosen {
  let name: String
  let subject: PythonResolver.Subject
  var files: [FileID]
}

/// A string that names a folder to choose, before the folder's package is reached.
struct Waiting: Sendable {
  let node: NodeID
  let place: Place
}
