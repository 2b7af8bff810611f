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
  /// What functions reach and are not given, as far as something could still admit it.
  private struct Open {
    /// By function: what it reaches.
    let reaches: [(FunctionID, ReachSearch.Reach)]
    /// Distributions with such imports.
    let owners: Set<DistributionID>
    /// The modules with such imports.
    let modules: Set<NodeID>
  }

  /// Admits what functions call for, and what is called then; or asks for the definitions that it takes to
  /// know.
  mutating func admitCalled() {
    guard target.optional == .declared, !optional.isEmpty else { return }
    while frontier.isEmpty, admitCalledOnce() {}
  }

  /// Whether something was admitted.
  private mutating func admitCalledOnce() -> Bool {
    let open = openImports()
    guard !open.owners.isEmpty else { return false }
    let own = states.indices.filter { states[$0].isReached && states[$0].party == .first }
    ask(open.modules.union(own.map { NodeID($0) }))
    guard frontier.isEmpty else { return false }
    // What all functions could call takes one search; what each does is asked of the same files.
    let readable = readable(on: open.owners)
    var names = CallNames(calls, readable: readable, leading: [], meanings: meanings)
    var search = CallSearch(names)
    names = search.run(from: calls.files.indices.filter { calls.files[$0].distribution == nil })
    meanings = names.meanings
    ask(names.wanted)
    guard frontier.isEmpty else { return false }
    return admit(open, readable)
  }

  private func openImports() -> Open {
    let reaches = reachOfFunctions()
    var owners: Set<DistributionID> = []
    var modules: Set<NodeID> = []
    for item in optional where reaches.contains(where: { isOpen(item, $0.1) }) {
      guard case .distribution(let id) = party(of: item) else { continue }
      owners.insert(id)
      modules.insert(item.from)
      if let node = item.place.flatMap({ nodeByFile[$0.file] }) { modules.insert(node) }
    }
    return Open(reaches: reaches, owners: owners, modules: modules)
  }

  /// Asks for the definitions of modules that have not been read.
  private mutating func ask(_ modules: Set<NodeID>) {
    for node in modules.sorted() {
      guard case .module(let module) = states[Int(node.index)].subject,
        let source = index.modules[Int(module)].leaf?.source, calls.asked.insert(node).inserted
      else { continue }
      frontier.append(ScanRequest(node: node, file: source, role: .source, question: .definitions))
      awaited[node, default: []].append(Awaited(file: source, purpose: .definitions))
    }
  }

  /// Modules through which a way may lead to an import of these distributions.
  private func readable(on owners: Set<DistributionID>) -> Set<NodeID> {
    var readable: Set<NodeID> = []
    for index in states.indices where states[index].isReached && isOnTheWay(index, to: owners) {
      guard case .module(let module) = states[index].subject,
        self.index.modules[Int(module)].leaf?.source != nil
      else { continue }
      let node = NodeID(index)
      if !calls.asked.contains(node) { readable.insert(node) }
    }
    return readable
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

  private mutating func admit(_ open: Open, _ readable: Set<NodeID>) -> Bool {
    let places = optional.filter { $0.place.map { calls.fileByID[$0.file] != nil } ?? false }
    var names = CallNames(
      calls, readable: readable, leading: Set(places.compactMap { definition(of: $0) }),
      meanings: meanings)
    let importers = importers(of: places)
    let words = wordsOfDistributions(places)
    var found: [(called: Called, item: OptionalImport, reason: String)] = []
    for (function, reach) in open.reaches {
      let missing = places.filter { isOpen($0, reach) }
      guard !missing.isEmpty else { continue }
      let distributions = Set(missing.map(\.distribution))
      var search = CallSearch(
        names,
        missing: CallSearch.Missing(
          distributions: distributions, words: distributions.flatMap { words[$0] ?? [] }))
      names = search.run(
        from: calls.files.indices.filter {
          calls.files[$0].distribution == nil && reach.isReached[Int(calls.files[$0].node.index)]
        })
      var admitted = admittedCalls
      for item in missing {
        let called = Called(function: function, distribution: item.distribution)
        guard !admitted.contains(called),
          let file = item.place.flatMap({ calls.fileByID[$0.file] }),
          let place = CalledImport(
            item, file: file, definition: definition(of: item),
            importers: importers[calls.files[file].node] ?? [], module: moduleName(of: file),
            words: words[item.distribution] ?? []),
          let reason = place.reason(&search, reach, calls)
        else { continue }
        admitted.insert(called)
        found.append((called, item, reason))
      }
      names = search.names
    }
    // What one function says alone may lead further than what all say together.
    ask(names.wanted)
    guard frontier.isEmpty else { return false }
    currentEdges.removeAll(keepingCapacity: true)
    for (called, item, reason) in found {
      guard let entry = entries[called.function] else { continue }
      admittedCalls.insert(called)
      link(
        entry, to: condition(.admitted(item.distribution)), .called, place: item.place,
        note: note(reason))
    }
    settle()
    return !found.isEmpty
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

  /// Adds what a file defines to the graph of calls.
  mutating func addDefinitions(_ facts: SourceFacts, _ origin: Origin) {
    guard let definitions = facts.definitions else { return }
    let bound = definitions.bindings.map { target(of: $0, facts, origin) }
    var named: [ArraySlice<UInt8>: (NodeID, ArraySlice<UInt8>)] = [:]
    for mention in definitions.mentions where mention.form == .word {
      let text = facts.bytes(definitions.texts[Int(mention.text)])
      if named[text] == nil, let found = definition(named: text) { named[text] = found }
    }
    calls.add(
      facts, of: origin.node, file: origin.file, distribution: distribution(origin.party),
      bound: bound, dotted: named)
  }

  /// What an import in some file binds a name to.
  private mutating func target(
    of binding: Definitions.Binding, _ facts: SourceFacts, _ origin: Origin
  ) -> CallGraph.Bound {
    let text = facts.bytes(binding.member)
    let member = text.isEmpty ? nil : calls.intern(text)
    guard
      let dotted = absolute(
        facts.bytes(binding.module), level: Int(binding.level), from: origin)
    else { return CallGraph.Bound(module: nil, member: member, child: nil) }
    let found = index.find(dotted, in: origin.view)
    guard found.isComplete else {
      return CallGraph.Bound(module: nil, member: member, child: nil)
    }
    var child: NodeID?
    if !text.isEmpty, let name = index.find(text),
      let module = index.child(of: found.module, name)
    {
      child = source(of: module)
    }
    let party = states[Int(node(of: found.module).index)].party
    return CallGraph.Bound(
      module: source(of: found.module), member: member, child: child,
      foreign: party == origin.party ? nil : distribution(party))
  }

  /// The node of a module; nil for what is no Python, which calls nothing that could be told.
  private mutating func source(of module: ModuleRef) -> NodeID? {
    index.modules[Int(module)].leaf?.source == nil ? nil : node(of: module)
  }

  /// What a string names by its path: `"django.contrib.auth.hashers.Argon2PasswordHasher"`.
  private mutating func definition(
    named text: ArraySlice<UInt8>
  ) -> (NodeID, ArraySlice<UInt8>)? {
    guard let dot = text.lastIndex(of: UInt8(ascii: ".")), dot > text.startIndex,
      let dotted = index.find(text[..<dot])
    else { return nil }
    let module = index.find(dotted, in: 0)
    guard module.isComplete, let node = source(of: module.module) else { return nil }
    return (node, text[(dot + 1)...])
  }
}
