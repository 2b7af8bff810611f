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
    for (_, reached) in reachOfFunctions() {
      for item in optional where isOpen(item, reached) {
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

  private func party(of item: OptionalImport) -> Party? {
    item.place.map { party(of: $0.file) }
  }

  /// Whether a function reaches an import and does not get what it asks for.
  private func isOpen(_ item: OptionalImport, _ reached: [Bool]) -> Bool {
    guard reached[Int(item.from.index)], item.place != nil else { return false }
    return item.premise.map { !reached[Int($0.index)] } ?? true
  }

  private func reachOfFunctions() -> [(FunctionID, [Bool])] {
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
    let names = NameSearch(
      calls, bindings: boundFiles(), leading: Set(places.compactMap { definition(of: $0) }))
    let importers = importers(of: places)
    for (function, reached) in reachOfFunctions() {
      let open = places.filter { isOpen($0, reached) }
      guard !open.isEmpty, let entry = entries[function] else { continue }
      var search = CallSearch(calls, names)
      search.run(
        from: calls.files.indices.filter {
          let node = calls.files[$0].node
          return reached[Int(node.index)] && states[Int(node.index)].party == .first
        })
      currentEdges.removeAll(keepingCapacity: true)
      for item in open where isCalled(item, search, reached, importers) {
        guard
          admittedCalls.insert(Called(function: function, distribution: item.distribution)).inserted
        else { continue }
        link(
          entry, to: condition(.admitted(item.distribution)), .called, place: item.place,
          note: note(calledNote(item)))
      }
    }
    settle()
  }

  private func calledNote(_ item: OptionalImport) -> String {
    guard let position = definition(of: item) else { return "what imports it is called" }
    return "'\(calls.names.string(calls.rows[position].name))' is called, which imports it"
  }

  /// The function in which an import stands.
  private func definition(of item: OptionalImport) -> CallGraph.Position? {
    guard let place = item.place, let file = calls.fileByID[place.file] else { return nil }
    let position = calls.definition(at: place.line, in: file)
    return calls.rows[position].kind == .function ? position : nil
  }

  /// By module, the imports of it that stand in functions or behind `try`, for modules that cannot be loaded
  /// without something optional.
  private func importers(of places: [OptionalImport]) -> [NodeID: [Edge]] {
    let modules = Set(
      places.lazy.filter(\.isForced).compactMap { $0.place.flatMap { calls.fileByID[$0.file] } }
        .map { calls.files[$0].node })
    var importers: [NodeID: [Edge]] = [:]
    for edge in edges where edge.kind == .lazy || edge.kind == .optional {
      if edge.place != nil, modules.contains(edge.to) {
        importers[edge.to, default: []].append(edge)
      }
    }
    return importers
  }

  private func isCalled(
    _ item: OptionalImport, _ search: CallSearch, _ reached: [Bool], _ importers: [NodeID: [Edge]]
  ) -> Bool {
    guard let place = item.place, let file = calls.fileByID[place.file] else { return false }
    if let position = definition(of: item) {
      // What goes on without it needs it as little as it ever did.
      if item.kind == .optional { return false }
      if item.kind == .string || item.kind == .template,
        !calls.rows[position].mentions.contains(where: { $0.form == .word && $0.line == place.line }
        )
      {
        return false
      }
      return search.isCalled(position)
        && search.holds(calls.condition(at: place.line, of: position), in: file)
    }
    // At the top: who cannot do without what it binds is called.
    let facts = calls.files[file].facts
    let bound = Set(
      calls.files[file].definitions.bindings.filter { $0.line == place.line }.compactMap {
        calls.find(facts.bytes($0.name))
      })
    let base = calls.files[file].base
    let isDemanded = (base..<base + calls.files[file].definitions.definitions.count).contains {
      search.isCalled($0)
        && calls.rows[$0].mentions.contains { mention in
          mention.form == .demand && mention.parts.first.map(bound.contains) ?? false
        }
    }
    if isDemanded { return true }
    // A module that cannot be loaded without it, and that something called imports.
    guard item.isForced else { return false }
    // `"redis://…"`, which a table of transports turns into `kombu.transport.redis`.
    if case .module(let module) = states[Int(calls.files[file].node.index)].subject,
      search.says(index.names.slice(index.modules[Int(module)].name))
    {
      return true
    }
    return (importers[calls.files[file].node] ?? []).contains { edge in
      guard reached[Int(edge.from.index)], let place = edge.place,
        let importer = calls.fileByID[place.file]
      else { return false }
      let position = calls.definition(at: place.line, in: importer)
      return calls.rows[position].kind == .function && search.isCalled(position)
        && search.holds(calls.condition(at: place.line, of: position), in: importer)
    }
  }

  /// By file of the call graph and by its bindings: the file that each leads to, -1 for none, and the
  /// member of it; a submodule that is bound is a file of its own.
  private mutating func boundFiles() -> [[(file: Int, member: Name?)]] {
    calls.files.indices.map { index in
      let file = calls.files[index]
      let origin = Origin(node: file.node, file: file.file, resolver: &self)
      return file.definitions.bindings.map { binding in
        guard
          let dotted = absolute(
            file.facts.bytes(binding.module), level: Int(binding.level), from: origin)
        else { return (-1, nil) }
        let found = self.index.find(dotted, in: origin.view)
        guard found.isComplete else { return (-1, nil) }
        let text = file.facts.bytes(binding.member)
        if !text.isEmpty, let name = self.index.find(text),
          let child = self.index.child(of: found.module, name),
          let known = calls.fileByNode[node(of: child)],
          calls.fileByNode[node(of: found.module)].map({
            calls.files[$0].top[calls.find(text) ?? .max] == nil
          }) ?? true
        {
          return (known, nil)
        }
        let known = calls.fileByNode[node(of: found.module)] ?? -1
        return (known, text.isEmpty ? nil : calls.find(text))
      }
    }
  }
}
