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
  /// How much a function reached when its calls were followed to their ends. What it reaches only grows,
  /// so where it is as much as before it is the same, and nothing new can be called.
  struct Extent: Equatable, Sendable {
    let reached: Int
    let eager: Int

    init(_ reach: ReachSearch.Reach) {
      reached = reach.isReached.count { $0 }
      eager = reach.isEager.count { $0 }
    }
  }

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
    return admit(open)
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
        let source = index.modules[Int(module)].leaf?.source,
        calls.graph.asked.insert(node).inserted
      else { continue }
      frontier.append(ScanRequest(node: node, file: source, role: .source, question: .definitions))
      awaited[node, default: []].append(Awaited(file: source, purpose: .definitions))
    }
  }

  /// Modules through which a way may lead to an import of these distributions.
  private func readable(on owners: Set<DistributionID>) -> [Bool] {
    let isOnTheWay = workspace.distributions.ids.map { id in
      owners.contains(id) || !alwaysRequired(by: id).isDisjoint(with: owners)
    }
    return states.indices.map { index in
      guard states[index].isReached, case .module(let module) = states[index].subject,
        self.index.modules[Int(module)].leaf?.source != nil
      else { return false }
      switch states[index].party {
      case .first: break
      case .distribution(let id): if !isOnTheWay[Int(id.index)] { return false }
      case .stray: return false
      }
      return !calls.graph.asked.contains(NodeID(index))
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

  /// Follows the calls of each function as far as what was read allows. Whose calls lead into what was not
  /// is asked again when that has been.
  private mutating func admit(_ open: Open) -> Bool {
    let places = optional.filter { $0.place.map { calls.graph.fileByID[$0.file] != nil } ?? false }
    calls.grow(
      readable: readable(on: open.owners),
      leading: Set(places.compactMap { definition(of: $0) }))
    let surroundings = Surroundings(
      importers: importers(of: places), words: wordsOfDistributions(places))
    var found: [(called: Called, item: OptionalImport, reason: String)] = []
    for (function, reach) in open.reaches {
      let extent = Extent(reach)
      guard followed[function] != extent else { continue }
      let missing = places.filter { isOpen($0, reach) }
      guard !missing.isEmpty else { continue }
      let before = calls.unread
      let new = called(by: function, missing, reach, surroundings)
      guard calls.unread == before else { continue }
      followed[function] = extent
      found += new
    }
    currentEdges.removeAll(keepingCapacity: true)
    for (called, item, reason) in found {
      guard let entry = entries[called.function] else { continue }
      admittedCalls.insert(called)
      link(
        entry, to: condition(.admitted(item.distribution)), .called, place: item.place,
        note: note(reason))
    }
    ask(calls.takeWanted())
    settle()
    return !found.isEmpty
  }

  /// What stands around the imports that wait, the same for all functions.
  private struct Surroundings {
    /// By module, the statements that import it.
    let importers: [NodeID: [Edge]]
    /// How distributions and their modules at the top are called.
    let words: [DistributionID: [ArraySlice<UInt8>]]
  }

  /// Those of the imports that a function misses to which its calls lead, one for each distribution.
  private mutating func called(
    by function: FunctionID, _ missing: [OptionalImport], _ reach: ReachSearch.Reach,
    _ surroundings: Surroundings
  ) -> [(called: Called, item: OptionalImport, reason: String)] {
    let graph = calls.graph
    let distributions = Set(missing.map(\.distribution))
    var search = CallSearch(
      graph,
      missing: CallSearch.Missing(
        distributions: distributions,
        words: distributions.flatMap { surroundings.words[$0] ?? [] }))
    search.run(
      from: graph.files.indices.filter {
        graph.files[$0].distribution == nil && reach.isReached[Int(graph.files[$0].node.index)]
      }, &calls)
    var found: [(called: Called, item: OptionalImport, reason: String)] = []
    var admitted = admittedCalls
    for item in missing {
      let called = Called(function: function, distribution: item.distribution)
      guard !admitted.contains(called),
        let file = item.place.flatMap({ graph.fileByID[$0.file] }),
        let place = CalledImport(
          item, file: file, definition: definition(of: item),
          importers: surroundings.importers[graph.files[file].node] ?? [],
          module: moduleName(of: file), words: surroundings.words[item.distribution] ?? []),
        let reason = place.reason(&search, &calls, reach)
      else { continue }
      admitted.insert(called)
      found.append((called, item, reason))
    }
    return found
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
    guard case .module(let module) = states[Int(calls.graph.files[file].node.index)].subject else {
      return []
    }
    return index.names.slice(index.modules[Int(module)].dotted)
  }

  /// The function in which an import stands, or the class that has a name to import.
  private func definition(of item: OptionalImport) -> CallGraph.Position? {
    guard let place = item.place, let file = calls.graph.fileByID[place.file] else { return nil }
    let position = calls.graph.definition(at: place.line, in: file)
    return calls.graph.rows[position].kind == .function
      || calls.graph.rows[position].kind == .class && item.kind == .string ? position : nil
  }

  /// By module, the statements that import it, for modules with optional imports.
  private func importers(of places: [OptionalImport]) -> [NodeID: [Edge]] {
    let modules = Set(
      places.lazy.compactMap { $0.place.flatMap { calls.graph.fileByID[$0.file] } }
        .map { calls.graph.files[$0].node })
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
    calls.graph.add(
      facts, of: origin.node, file: origin.file, distribution: distribution(origin.party),
      bound: bound, dotted: named)
  }

  /// What an import in some file binds a name to.
  private mutating func target(
    of binding: Definitions.Binding, _ facts: SourceFacts, _ origin: Origin
  ) -> CallGraph.Bound {
    let text = facts.bytes(binding.member)
    let member = text.isEmpty ? nil : calls.graph.intern(text)
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
