import Model

/// One optional import, and whether what a function calls leads to it.
struct CalledImport {
  private let item: OptionalImport
  private let file: Int
  private let line: UInt32
  /// The function in which it stands; nil at a module's top.
  private let definition: CallGraph.Position?
  private let importers: [Edge]
  /// The dotted name of the module in which it stands.
  private let module: ArraySlice<UInt8>
  /// How the distribution and its modules at the top are called.
  private let words: [ArraySlice<UInt8>]

  /// Nil where no line says it.
  init?(
    _ item: OptionalImport, file: Int, definition: CallGraph.Position?, importers: [Edge],
    module: ArraySlice<UInt8>, words: [ArraySlice<UInt8>]
  ) {
    guard let place = item.place else { return nil }
    self.item = item
    self.file = file
    line = place.line
    self.definition = definition
    self.importers = importers
    self.module = module
    self.words = words
  }

  /// Why it is needed; nil where nothing says so.
  func reason(
    _ search: inout CallSearch, _ names: inout CallNames, _ reach: ReachSearch.Reach
  ) -> String? {
    let graph = search.graph
    if let word = words.first(where: search.namesAfter) {
      return
        "the code asks for something with '\(String(decoding: word, as: UTF8.self))' in its name"
    }
    if let definition {
      return isExecuted(in: definition, &search, &names) ? Self.way(definition, search, graph) : nil
    }
    if let user = demanding(&search, &names) { return Self.way(user, search, graph) }
    if let word = saidWord(search, graph) {
      return "'\(word)' is said, which is there where the import succeeds"
    }
    let isNeeded = item.isForced || raises(graph)
    guard isNeeded || !reach.isEager[Int(graph.files[file].node.index)] else { return nil }
    if isNamed(search, reach, isNeeded: isNeeded) {
      return "'\(String(decoding: module, as: UTF8.self))' is named, which imports it"
    }
    guard isNeeded else { return nil }
    // What is called in a module is there because the module was loaded.
    if let called = graph.files[file].rows.first(where: {
      search.isCalled($0) && graph.rows[$0].kind != .module
    }) {
      return Self.way(called, search, graph)
    }
    return importer(&search, &names, reach).map { Self.way($0, search, graph) }
  }

  // MARK: In a function

  private func isExecuted(
    in definition: CallGraph.Position, _ search: inout CallSearch, _ names: inout CallNames
  ) -> Bool {
    let graph = search.graph
    // A library takes whoever has registered, and nobody has to.
    if item.kind == .entryPoint, graph.files[file].distribution != nil { return false }
    // What goes on without it needs it as little as it ever did.
    if item.kind == .optional, !raises(graph) { return false }
    if item.kind == .dynamic, isAskedFor(in: definition, graph) { return false }
    if item.kind == .string || item.kind == .template {
      // A class's variables are definitions of their own.
      let isSaid = graph.files[file].rows.contains { position in
        (position == definition || graph.rows[position].parent == definition)
          && graph.mentions[graph.rows[position].mentions].contains {
            $0.form == .word && $0.line == line
          }
      }
      if !isSaid || !names.loads(definition) { return false }
    }
    // By what word a name is chosen that is computed, nobody knows.
    if item.kind == .dynamic,
      search.lacksLibrary(graph.condition(atCallOn: line, of: definition), &names)
    {
      return false
    }
    return search.isCalled(definition)
      && search.holds(graph.condition(at: line, of: definition), &names)
  }

  /// `find_spec("bb") is not None` asks whether it is there.
  private func isAskedFor(in definition: CallGraph.Position, _ graph: CallGraph) -> Bool {
    guard let asks = graph.find(Array("find_spec".utf8)[...]) else { return false }
    return graph.mentions[graph.rows[definition].mentions].contains {
      $0.line == line && ($0.form == .name || $0.form == .member)
        && graph.parts[$0.parts].last == asks
    }
  }

  // MARK: At a module's top

  /// Who cannot do without a name that the import binds, and is called.
  ///
  ///     assert orjson is not None
  private func demanding(
    _ search: inout CallSearch, _ names: inout CallNames
  ) -> CallGraph.Position? {
    let graph = search.graph
    let facts = graph.files[file].facts
    var bound = Set(
      graph.files[file].definitions.bindings.filter { $0.line == line }.compactMap {
        graph.find(facts.bytes($0.name))
      })
    // `except ImportError: pass` leaves a name unbound, so whoever uses it needs it.
    let isUnbound =
      item.kind == .optional && attempts(graph).contains { !$0.1.hasFallback && !$0.1.raises }
    if let attempt = attempts(graph).last?.1 {
      bound.formUnion(
        facts.members[Int(attempt.names.lowerBound)..<Int(attempt.names.upperBound)].compactMap {
          graph.find(facts.bytes($0))
        })
    }
    for position in graph.files[file].rows where search.isCalled(position) {
      for mention in graph.mentions[graph.rows[position].mentions] {
        guard let first = graph.parts[mention.parts].first, bound.contains(first) else { continue }
        let isUse =
          isUnbound && (mention.form == .name || mention.form == .base)
          && graph.rows[position].kind == .function && !isGuarded(mention.line, graph)
        guard mention.form == .demand || isUse else { continue }
        if search.holds(mention.condition, &names) { return position }
      }
    }
    return nil
  }

  /// Attempts around the import, with their positions, from the outside to the inside.
  private func attempts(_ graph: CallGraph) -> [(Int, Definitions.Attempt)] {
    graph.files[file].definitions.attempts.enumerated().filter { $0.element.lines.contains(line) }
      .map { ($0.offset, $0.element) }
  }

  private func raises(_ graph: CallGraph) -> Bool { attempts(graph).contains { $0.1.raises } }

  /// Whether a line is executed only where some attempt succeeded.
  private func isGuarded(_ line: UInt32, _ graph: CallGraph) -> Bool {
    graph.files[file].definitions.regions.contains { $0.lines.contains(line) }
      || graph.files[file].definitions.attempts.contains { $0.lines.contains(line) }
  }

  /// A word by which something is chosen that is only there where the import succeeds:
  ///
  ///     if has_crypto:
  ///       algorithms.update({"EdDSA": OKPAlgorithm()})
  private func saidWord(_ search: CallSearch, _ graph: CallGraph) -> String? {
    let around = attempts(graph)
    guard !around.isEmpty else { return nil }
    let indices = Set(around.map(\.0))
    let lines =
      around.map(\.1.lines)
      + graph.files[file].definitions.regions.filter { indices.contains(Int($0.attempt)) }
      .map(\.lines)
    for position in graph.files[file].rows {
      for mention in graph.mentions[graph.rows[position].mentions]
      where lines.contains(where: { $0.contains(mention.line) }) {
        var words: ArraySlice<Name> = []
        if mention.form == .word, graph.rows[position].kind == .registration {
          words = graph.parts[mention.parts]
        } else if mention.condition >= 0, graph.conditions[Int(mention.condition)].kind == .key {
          words = graph.parts[graph.conditions[Int(mention.condition)].words]
        }
        if let word = words.first(where: search.says) { return graph.names.string(word) }
      }
    }
    return nil
  }

  /// Whether the team's own code names the module, or the package that it is in, by its path, or the module
  /// alone: `"redis://…"`, which a table of transports turns into `kombu.transport.redis`.
  private func isNamed(
    _ search: CallSearch, _ reach: ReachSearch.Reach, isNeeded: Bool
  ) -> Bool {
    let parts = module.split(separator: UInt8(ascii: "."))
    guard parts.count > 1, let last = parts.last else { return false }
    let parent = module.dropLast(last.count + 1)
    if search.says(module) || parts.count > 2 && search.says(parent) { return true }
    // What statements import is not looked for by its name.
    return search.says(last)
      && (isNeeded || !importers.contains { reach.isReached[Int($0.from.index)] })
  }

  /// A function that is called and imports the module in which it stands.
  private func importer(
    _ search: inout CallSearch, _ names: inout CallNames, _ reach: ReachSearch.Reach
  ) -> CallGraph.Position? {
    let graph = search.graph
    for edge in importers where reach.isReached[Int(edge.from.index)] {
      guard let place = edge.place, let importer = graph.fileByID[place.file] else { continue }
      let position = graph.definition(at: place.line, in: importer)
      if graph.rows[position].kind == .function, search.isCalled(position),
        search.holds(graph.condition(at: place.line, of: position), &names)
      {
        return position
      }
    }
    return nil
  }

  // MARK: What is said

  /// `read_excel → ExcelFile → OpenpyxlReader.__init__`
  private static func way(
    _ position: CallGraph.Position, _ search: CallSearch, _ graph: CallGraph
  ) -> String {
    let names = search.way(to: position).filter { graph.rows[$0].kind != .registration }
      .map { position in
        let row = graph.rows[position]
        let name = graph.names.string(row.name)
        guard row.parent >= 0, graph.rows[row.parent].kind == .class else { return name }
        return "\(graph.names.string(graph.rows[row.parent].name)).\(name)"
      }
    let shown = names.count > 6 ? names.prefix(3) + ["…"] + names.suffix(2) : names[...]
    return "\(shown.joined(separator: " → ")) is called, which imports it"
  }
}
