import Model

/// A place whose way is called, and by which function.
struct Called: Hashable, Sendable {
  let function: FunctionID
  let distribution: DistributionID
}

/// Optional imports of what nobody declares, where the team's own code calls what leads there:
///
///     pd.read_excel(path)                              # the team's
///     def read_excel(io): return ExcelFile(io).parse() # and from there on, by names
///     class OpenpyxlReader:
///       def __init__(self): import_optional_dependency("openpyxl")
extension PythonResolver {
  /// Asks for the definitions of what lies on the way to optional imports that some function reaches and
  /// does not declare.
  mutating func askForDefinitions() {
    guard target.optional == .declared, !optional.isEmpty else { return }
    var owners: Set<DistributionID> = []
    for (_, reach) in reachOfFunctions() {
      for item in optional where isOpen(item, reach) {
        if case .distribution(let id) = party(of: item) { owners.insert(id) }
      }
    }
    guard !owners.isEmpty else { return }
    for index in states.indices where states[index].isReached {
      let node = NodeID(index)
      guard case .module(let module) = states[index].subject,
        let source = self.index.modules[Int(module)].leaf?.source, isOnTheWay(index, to: owners),
        calls.asked.insert(node).inserted
      else { continue }
      frontier.append(ScanRequest(node: node, file: source, role: .source, question: .definitions))
      awaited[node, default: []].append(Awaited(file: source, purpose: .definitions))
    }
  }

  private func isOnTheWay(_ index: Int, to owners: Set<DistributionID>) -> Bool {
    switch states[index].party {
    case .first: true
    case .distribution(let id):
      owners.contains(id) || !alwaysRequired(by: id).isDisjoint(with: owners)
    case .stray: false
    }
  }

  func party(of item: OptionalImport) -> Party? {
    item.place.map { party(of: $0.file) }
  }

  /// Whether a function reaches an import and does not get what it asks for.
  private func isOpen(_ item: OptionalImport, _ reach: ReachSearch.Reach) -> Bool {
    guard reach.isReached[Int(item.from.index)], item.place != nil else { return false }
    return item.premise.map { !reach.isReached[Int($0.index)] } ?? true
  }

  private func reachOfFunctions() -> [(FunctionID, ReachSearch.Reach)] {
    let search = ReachSearch(edges: edges, scopes: scopes, count: states.count)
    let nothing = [Bool](repeating: false, count: states.count)
    return entries.keys.sorted().compactMap { function in
      guard let entry = entries[function] else { return nil }
      return search.reached(
        from: entry, given: given[function] ?? [],
        overlay: workspace.functions[function].overlay, unless: nothing
      ).map { (function, $0) }
    }
  }

  /// Admits what functions call for.
  mutating func admitCalled() {
    guard !calls.files.isEmpty else { return }
    let places = optional.filter { $0.place.map { calls.fileByID[$0.file] != nil } ?? false }
    var names = CallNames(
      calls, bindings: boundFiles(), dotted: dottedDefinitions(),
      leading: Set(places.compactMap { definition(of: $0) }))
    let importers = importers(of: places)
    let wordsByDistribution = wordsOfDistributions(places)
    for (function, reach) in reachOfFunctions() {
      let open = places.filter { isOpen($0, reach) }
      guard !open.isEmpty, let entry = entries[function] else { continue }
      var search = CallSearch(names)
      names = search.run(
        from: calls.files.indices.filter {
          calls.files[$0].distribution == nil && reach.isReached[Int(calls.files[$0].node.index)]
        })
      currentEdges.removeAll(keepingCapacity: true)
      for item in open
      where !admittedCalls.contains(Called(function: function, distribution: item.distribution)) {
        guard let file = item.place.flatMap({ calls.fileByID[$0.file] }),
          let called = CalledImport(
            item, file: file, definition: definition(of: item),
            importers: importers[calls.files[file].node] ?? [], module: moduleName(of: file),
            words: wordsByDistribution[item.distribution] ?? []),
          let reason = called.reason(&search, reach, calls)
        else { continue }
        admittedCalls.insert(Called(function: function, distribution: item.distribution))
        link(
          entry, to: condition(.admitted(item.distribution)), .called, place: item.place,
          note: note(reason))
      }
    }
    settle()
  }

  /// How distributions and their modules at the top are called.
  private func wordsOfDistributions(
    _ places: [OptionalImport]
  ) -> [DistributionID: [ArraySlice<UInt8>]] {
    let all = Set(places.map(\.distribution))
    var words: [DistributionID: [ArraySlice<UInt8>]] = [:]
    for (name, id) in distributionWords where all.contains(id) {
      words[id, default: []].append(index.names.slice(name))
    }
    return words
  }

  private func moduleName(of file: Int) -> ArraySlice<UInt8> {
    guard case .module(let module) = states[Int(calls.files[file].node.index)].subject else {
      return []
    }
    return index.names.slice(index.modules[Int(module)].dotted)
  }

  /// The function in which an import stands, or the class that has a name to import.
  private func definition(of item: OptionalImport) -> CallGraph.Position? {
    guard let place = item.place, let file = calls.fileByID[place.file] else { return nil }
    let position = calls.definition(at: place.line, in: file)
    return calls.rows[position].kind == .function
      || calls.rows[position].kind == .class && item.kind == .string ? position : nil
  }

  /// By module, the statements that import it, for modules with optional imports.
  private func importers(of places: [OptionalImport]) -> [NodeID: [Edge]] {
    let modules = Set(
      places.lazy.compactMap { $0.place.flatMap { calls.fileByID[$0.file] } }
        .map { calls.files[$0].node })
    var importers: [NodeID: [Edge]] = [:]
    for edge in edges where edge.kind == .lazy || edge.kind == .optional || edge.kind == .topLevel {
      if edge.place != nil, modules.contains(edge.to) {
        importers[edge.to, default: []].append(edge)
      }
    }
    return importers
  }

  // MARK: What names lead to

  /// By file of the call graph and by its bindings: what each leads to.
  private mutating func boundFiles() -> [[CallNames.Bound]] {
    calls.files.indices.map { index in
      let file = calls.files[index]
      let origin = Origin(node: file.node, file: file.file, resolver: &self)
      return file.definitions.bindings.map { binding in
        guard
          let dotted = absolute(
            file.facts.bytes(binding.module), level: Int(binding.level), from: origin)
        else { return CallNames.Bound(file: CallNames.nowhere, member: nil) }
        let found = self.index.find(dotted, in: origin.view)
        guard found.isComplete else {
          return CallNames.Bound(file: CallNames.nowhere, member: nil)
        }
        let text = file.facts.bytes(binding.member)
        if !text.isEmpty, let name = self.index.find(text),
          let child = self.index.child(of: found.module, name),
          let known = calls.fileByNode[node(of: child)],
          calls.fileByNode[node(of: found.module)].map({
            calls.files[$0].top[calls.find(text) ?? .max] == nil
          }) ?? true
        {
          return CallNames.Bound(file: known, member: nil)
        }
        return CallNames.Bound(
          file: calls.fileByNode[node(of: found.module)]
            // What is no Python calls nothing that could be told.
            ?? (self.index.modules[Int(found.module)].leaf?.source == nil
              ? CallNames.nowhere : CallNames.unread),
          member: text.isEmpty ? nil : calls.find(text))
      }
    }
  }

  /// What strings name by their path: `"django.contrib.auth.hashers.Argon2PasswordHasher"`.
  private mutating func dottedDefinitions() -> [Name: [CallGraph.Position]] {
    var found: [Name: [CallGraph.Position]] = [:]
    var tried: Set<Name> = []
    for mention in calls.mentions where mention.form == .word {
      guard let word = calls.parts[mention.parts].first, tried.insert(word).inserted else {
        continue
      }
      let text = calls.names.slice(word)
      guard let dot = text.lastIndex(of: UInt8(ascii: ".")), dot > text.startIndex,
        let member = calls.find(text[(dot + 1)...]), let dotted = index.find(text[..<dot])
      else { continue }
      let module = index.find(dotted, in: 0)
      guard module.isComplete, let file = calls.fileByNode[node(of: module.module)],
        let definitions = calls.files[file].top[member]
      else { continue }
      found[word] = definitions
    }
    return found
  }
}
