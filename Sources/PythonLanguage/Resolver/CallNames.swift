import Model

/// What the names in a call graph mean: definitions of the same file, and of those that it imports from.
///
/// It is the same for all functions, so what one search has found out the next one knows, and it grows with
/// the graph. What depends on modules that can be read and have not been yet is not kept.
struct CallNames: Sendable {
  var graph = CallGraph()
  /// By position of node: modules that can be read and have not been yet.
  private var readable: [Bool] = []
  /// Those of them that somebody asked for.
  private var wanted: Set<NodeID> = []
  /// How often something led into one of them: what was found meanwhile may not be all.
  private(set) var unread = 0
  /// How many rows of the graph were looked at, and those of them that lead into what was not read.
  private var known = 0
  private var pending: [CallGraph.Position] = []
  /// Classes whose names look like nothing else: `RedisCache`.
  private var classes: [Name: [CallGraph.Position]] = [:]
  /// Definitions in which an import stands that has to be declared.
  private(set) var leading: Set<CallGraph.Position> = []
  private var registrationsByPosition: [CallGraph.Position: [CallGraph.Position]] = [:]
  private(set) var keepersByRegistration: [CallGraph.Position: [CallGraph.Position]] = [:]
  var judgements: [Question: Judgement] = [:]
  /// Whether a definition imports by name itself.
  var loaders: [CallGraph.Position: Bool] = [:]
  /// By mention: its position in `found`; -1 where it is not known yet.
  var meanings: [Int32] = []
  var found: [Found] = []
  /// Those that are not all, as far as they are known.
  var openMeanings: [Int: Found] = [:]
  /// By class: those that it is made of, and those that are made of it.
  var bases: [CallGraph.Position: [CallGraph.Position]] = [:]
  var heirs: [CallGraph.Position: [CallGraph.Position]] = [:]
  var classesByCondition: [Int: Classes?] = [:]
  /// `import_module` and its like.
  private(set) var loading: Set<Name> = []
  private var heirsOfUnread: Set<CallGraph.Position> = []
  var families: [CallGraph.Position: [CallGraph.Position]] = [:]
  var relatives: [Relation: [CallGraph.Position]] = [:]
  /// By variable: names of the functions that keep what they are given in it.
  private var registrars: [CallGraph.Position: [Name]] = [:]

  /// What `isinstance` asks for.
  struct Classes: Sendable {
    var made: [CallGraph.Position] = []
    /// Whose classes some of them are that nobody reads.
    var foreign: [DistributionID] = []
  }

  struct Found: Sendable {
    var definitions: [CallGraph.Position] = []
    /// How many parts of the name were used up.
    var used = 1
  }

  /// A name that is asked of `self` in a method of a class.
  struct Relation: Hashable, Sendable {
    let owner: CallGraph.Position
    let name: Name
  }

  /// Takes in what has been added to the graph. `readable`: modules that can be read and have not been, by
  /// position of node.
  mutating func grow(readable: [Bool], leading: Set<CallGraph.Position>) {
    self.readable = readable
    self.leading = leading
    // What is made of all of the graph.
    judgements = [:]
    families = [:]
    relatives = [:]
    if known == 0 {
      loading = Set(
        ["import_module", "__import__", "import_string"].map {
          graph.intern(Array($0.utf8)[...])
        })
    }
    meanings += repeatElement(-1, count: graph.mentions.count - meanings.count)
    let rows = pending + Array(known..<graph.rows.count)
    for position in known..<graph.rows.count
    where graph.rows[position].kind == .class
      && isCamelCase(graph.names.slice(graph.rows[position].name))
    {
      classes[graph.rows[position].name, default: []].append(position)
    }
    known = graph.rows.count
    pending = []
    for position in rows where !take(position) { pending.append(position) }
    // Nobody calls what has only been defined.
    wanted = []
    openMeanings = [:]
  }

  /// Whether all is known that a definition says of others.
  private mutating func take(_ position: CallGraph.Position) -> Bool {
    let before = unread
    switch graph.rows[position].kind {
    case .registration: register(position)
    case .class: inherit(position)
    case .function, .variable:
      if graph.registering[graph.rows[position].name] != nil { keep(position) }
    case .module: break
    }
    return unread == before && !heirsOfUnread.contains(position)
  }

  // MARK: What is not read

  /// The file of a module; nil where there is none, or none that has been read.
  mutating func file(of module: NodeID) -> Int? {
    if let file = graph.file(of: module) { return file }
    want(module)
    return nil
  }

  private func isReadable(_ module: NodeID) -> Bool {
    Int(module.index) < readable.count && readable[Int(module.index)]
  }

  func isUnread(_ bound: CallGraph.Bound) -> Bool {
    bound.module.map { graph.file(of: $0) == nil && !isReadable($0) } ?? false
  }

  private mutating func want(_ module: NodeID) {
    guard isReadable(module) else { return }
    unread += 1
    wanted.insert(module)
  }

  /// Says that what was looked up depends on what is not read, and has been asked for before.
  mutating func touchUnread() { unread += 1 }

  /// The modules that somebody asked for, once.
  mutating func takeWanted() -> Set<NodeID> {
    defer { wanted = [] }
    return wanted
  }

  /// Who registers something in a variable is looked for once that is used.
  private mutating func keep(_ position: CallGraph.Position) {
    let row = graph.rows[position]
    if row.kind == .variable { Self.add(row.name, to: &registrars[position, default: []]) }
    for mention in row.mentions where graph.mentions[mention].form == .name {
      for keeper in meaning(of: mention, at: position).definitions
      where graph.rows[keeper].kind == .variable {
        Self.add(row.name, to: &registrars[keeper, default: []])
      }
    }
  }

  private static func add<T: Equatable>(_ item: T, to items: inout [T]) {
    if !items.contains(item) { items.append(item) }
  }

  /// Asks for the modules that may register something in a variable.
  mutating func askForRegistrations(at position: CallGraph.Position) {
    for name in registrars[position] ?? [] {
      for module in graph.registering[name] ?? [] { want(module) }
    }
  }

  /// Definitions that a string names by their path.
  mutating func dotted(_ word: Name) -> [CallGraph.Position] {
    guard let named = graph.dotted[word], let file = file(of: named.module) else { return [] }
    return graph.files[file].top[named.member] ?? []
  }

  /// Classes that a string names.
  mutating func classes(_ word: Name) -> [CallGraph.Position] {
    for module in graph.declaring[word] ?? [] { want(module) }
    return classes[word] ?? []
  }

  /// Who registers is known by what the registering function keeps it in.
  private mutating func register(_ position: CallGraph.Position) {
    for callee in resolve([graph.rows[position].name], at: position).definitions {
      var keepers = [callee]
      for mention in graph.rows[callee].mentions where graph.mentions[mention].form == .name {
        keepers += meaning(of: mention, at: callee).definitions
      }
      for keeper in Set(keepers) where graph.rows[keeper].kind == .variable {
        guard !(keepersByRegistration[position] ?? []).contains(keeper) else { continue }
        keepersByRegistration[position, default: []].append(keeper)
        registrationsByPosition[keeper, default: []].append(position)
      }
    }
  }

  private mutating func inherit(_ position: CallGraph.Position) {
    heirsOfUnread.remove(position)
    for mention in graph.rows[position].mentions where graph.mentions[mention].form == .base {
      for base in meaning(of: mention, at: position).definitions
      where graph.rows[base].kind == .class && base != position
        && !(bases[position] ?? []).contains(base)
      {
        bases[position, default: []].append(base)
        heirs[base, default: []].append(position)
      }
      let parts = graph.parts[graph.mentions[mention].parts]
      let file = graph.rows[position].file
      if meaning(of: mention, at: position).definitions.isEmpty, let first = parts.first,
        (graph.files[file].bindings[first] ?? []).contains(where: isUnread)
      {
        heirsOfUnread.insert(position)
      }
    }
  }

  /// Whether a class is made of one that was not read, which may call whatever it overrides.
  func isMadeOfUnread(_ position: CallGraph.Position) -> Bool {
    heirsOfUnread.contains(position)
  }

  private func isCamelCase(_ text: ArraySlice<UInt8>) -> Bool {
    text.filter { (65...90).contains($0) }.count > 1 && text.contains { (97...122).contains($0) }
  }

  func registrations(at position: CallGraph.Position) -> [CallGraph.Position] {
    registrationsByPosition[position] ?? []
  }
}
