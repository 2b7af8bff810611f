import Model

/// What the names in a call graph mean: definitions of the same file, and of those that it imports from.
///
/// It is the same for all functions, so what one search has found out the next one knows.
struct CallNames: Sendable {
  let graph: CallGraph
  /// Modules that can be read and have not been yet.
  private let readable: Set<NodeID>
  /// Those of them that somebody asked for.
  private(set) var wanted: Set<NodeID> = []
  /// Whether what is not read is asked for, and whether it mattered in what was looked up last.
  private var isAsking = false
  private var isOpen = false
  /// Classes whose names look like nothing else: `RedisCache`.
  private(set) var classes: [Name: [CallGraph.Position]] = [:]
  /// Definitions in which an import stands that has to be declared.
  let leading: Set<CallGraph.Position>
  private var registrationsByPosition: [CallGraph.Position: [CallGraph.Position]] = [:]
  var keepersByRegistration: [CallGraph.Position: [CallGraph.Position]] = [:]
  var forcedKeepers: [CallGraph.Position: Bool] = [:]
  var leads: [CallGraph.Position: Bool] = [:]
  var forcedGroups: [Int: Bool] = [:]
  private(set) var meanings: Meanings
  /// By class: those that it is made of, and those that are made of it.
  private var bases: [CallGraph.Position: [CallGraph.Position]] = [:]
  private var heirs: [CallGraph.Position: [CallGraph.Position]] = [:]
  private var classesByCondition: [Int: Classes?] = [:]
  /// `import_module` and its like.
  let loading: Set<Name>
  private var heirsOfUnread: Set<CallGraph.Position> = []
  private var families: [CallGraph.Position: [CallGraph.Position]] = [:]
  /// By variable: names of the functions that keep what they are given in it.
  private var registrars: [CallGraph.Position: [Name]] = [:]

  /// What `isinstance` asks for.
  struct Classes: Sendable {
    var made: [CallGraph.Position] = []
    /// Whose classes some of them are that nobody reads.
    var foreign: [DistributionID] = []
  }

  /// What is known for good of mentions, however the graph grows; without the graph, which could not grow
  /// in place while somebody else has it.
  struct Meanings: Sendable {
    /// By mention: its position in `found`; -1 where it is not known yet.
    fileprivate var known: [Int32] = []
    fileprivate var found: [Found] = []
  }

  struct Found: Sendable {
    var definitions: [CallGraph.Position] = []
    /// How many parts of the name were used up.
    var used = 1
  }

  /// `meanings`: what was known before the graph grew.
  init(
    _ graph: CallGraph, readable: Set<NodeID>, leading: Set<CallGraph.Position>,
    meanings: Meanings
  ) {
    self.graph = graph
    self.readable = readable
    self.leading = leading
    self.meanings = meanings
    self.meanings.known += repeatElement(-1, count: graph.mentions.count - meanings.known.count)
    loading = Set(
      ["import_module", "__import__", "import_string"].compactMap {
        graph.find(Array($0.utf8)[...])
      })
    for (position, row) in graph.rows.enumerated() {
      switch row.kind {
      case .registration: register(position)
      case .class:
        inherit(position)
        if isCamelCase(graph.names.slice(row.name)) {
          classes[row.name, default: []].append(position)
        }
      case .function, .variable: if graph.registering[row.name] != nil { keep(position) }
      case .module: break
      }
    }
    isAsking = true
  }

  // MARK: What is not read

  /// The file of a module; nil where there is none, or none that has been read.
  private mutating func file(of module: NodeID) -> Int? {
    if let file = graph.fileByNode[module] { return file }
    if readable.contains(module) {
      isOpen = true
      if isAsking { wanted.insert(module) }
    }
    return nil
  }

  private func isUnread(_ bound: CallGraph.Bound) -> Bool {
    bound.module.map { graph.fileByNode[$0] == nil && !readable.contains($0) } ?? false
  }

  private mutating func want(_ modules: [NodeID]?) {
    for module in modules ?? [] where readable.contains(module) { wanted.insert(module) }
  }

  /// Who registers something in a variable is looked for once that is used.
  private mutating func keep(_ position: CallGraph.Position) {
    let row = graph.rows[position]
    if row.kind == .variable { registrars[position, default: []].append(row.name) }
    for mention in row.mentions where graph.mentions[mention].form == .name {
      for keeper in meaning(of: mention, at: position).definitions
      where graph.rows[keeper].kind == .variable {
        registrars[keeper, default: []].append(row.name)
      }
    }
  }

  /// Asks for the modules that may register something in a variable.
  mutating func askForRegistrations(at position: CallGraph.Position) {
    for name in registrars[position] ?? [] { want(graph.registering[name]) }
  }

  /// Definitions that a string names by their path.
  mutating func dotted(_ word: Name) -> [CallGraph.Position] {
    guard let named = graph.dotted[word], let file = file(of: named.module) else { return [] }
    return graph.files[file].top[named.member] ?? []
  }

  /// Classes that a string names.
  mutating func classes(_ word: Name) -> [CallGraph.Position] {
    want(graph.declaring[word])
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
        registrationsByPosition[keeper, default: []].append(position)
        keepersByRegistration[position, default: []].append(keeper)
      }
    }
  }

  private mutating func inherit(_ position: CallGraph.Position) {
    for mention in graph.rows[position].mentions where graph.mentions[mention].form == .base {
      for base in meaning(of: mention, at: position).definitions
      where graph.rows[base].kind == .class && base != position {
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

  // MARK: Classes

  /// The classes one of whose methods `self.x` may mean in a method of a class: what is made of it, and
  /// what all these are made of.
  mutating func family(of position: CallGraph.Position) -> [CallGraph.Position] {
    if let family = families[position] { return family }
    let below = closure([position], heirs)
    let family = closure(below, bases)
    families[position] = family
    return family
  }

  private func closure(
    _ start: [CallGraph.Position], _ next: [CallGraph.Position: [CallGraph.Position]]
  ) -> [CallGraph.Position] {
    var found = start
    var seen = Set(start)
    var index = 0
    while index < found.count {
      for other in next[found[index]] ?? [] where seen.insert(other).inserted {
        found.append(other)
      }
      index += 1
    }
    return found
  }

  // MARK: Names

  /// What a mention means in a definition.
  mutating func meaning(of mention: Int, at position: CallGraph.Position) -> Found {
    if meanings.known[mention] >= 0 { return meanings.found[Int(meanings.known[mention])] }
    isOpen = false
    let found = resolve(Array(graph.parts[graph.mentions[mention].parts]), at: position)
    if !isOpen {
      meanings.known[mention] = Int32(meanings.found.count)
      meanings.found.append(found)
    }
    return found
  }

  private mutating func resolve(_ parts: [Name], at position: CallGraph.Position) -> Found {
    guard let first = parts.first else { return Found() }
    // Functions in functions; a class's names are not seen by its methods.
    var above = position
    while above >= 0 {
      let row = graph.rows[above]
      if row.kind == .function || above == position,
        let local = graph.members[above]?[first]
      {
        return descend(local, parts, 1)
      }
      above = row.parent
    }
    return member(first, of: graph.rows[position].file, parts, 1, depth: 0)
  }

  /// A name of a module: defined there, or imported there.
  private mutating func member(
    _ name: Name, of file: Int, _ parts: [Name], _ used: Int, depth: Int
  ) -> Found {
    if let top = graph.files[file].top[name] { return descend(top, parts, used) }
    guard depth < 12 else { return Found(used: used) }
    for bound in graph.files[file].bindings[name] ?? [] {
      // A submodule needs no reading of its package.
      if let member = bound.member, let module = bound.module,
        let known = bound.child == nil ? self.file(of: module) : graph.fileByNode[module]
      {
        let found = self.member(member, of: known, parts, used, depth: depth + 1)
        if !found.definitions.isEmpty { return found }
      }
      if used < parts.count,
        let module = bound.member == nil ? bound.module : bound.child,
        let known = self.file(of: module)
      {
        let found = self.member(parts[used], of: known, parts, used + 1, depth: depth + 1)
        if !found.definitions.isEmpty { return found }
      }
    }
    // `from .base import *`
    for bound in graph.files[file].bindings[graph.star] ?? [] {
      guard let module = bound.module, let known = self.file(of: module), known != file else {
        continue
      }
      let found = self.member(name, of: known, parts, used, depth: depth + 4)
      if !found.definitions.isEmpty { return found }
    }
    return Found(used: used)
  }

  /// `ExcelFile.parse`: a class's member.
  private func descend(_ positions: [CallGraph.Position], _ parts: [Name], _ used: Int) -> Found {
    var found = Found(definitions: positions, used: used)
    guard used < parts.count else { return found }
    for position in positions where graph.rows[position].kind == .class {
      if let members = graph.members[position]?[parts[used]] {
        found.definitions += members
        found.used = used + 1
      }
    }
    return found
  }

  /// The classes that `isinstance` asks for; nil where one is not known.
  mutating func classes(of condition: Int) -> Classes? {
    if let known = classesByCondition[condition] { return known }
    var classes: Classes? = Classes()
    let words = graph.parts[graph.conditions[condition].words]
    let file = graph.conditions[condition].file
    for parts in words.split(separator: graph.star) {
      let found = resolve(Array(parts), at: graph.files[file].rows.lowerBound)
      let made = found.definitions.filter { graph.rows[$0].kind == .class }
      if !made.isEmpty, found.used == parts.count, made.count == found.definitions.count {
        classes?.made += made
      } else if found.definitions.allSatisfy({ graph.rows[$0].kind == .variable }),
        let owners = foreign(parts.first, in: file)
      {
        // `except ImportError: bb = None` makes no class.
        classes?.foreign += owners
      } else {
        classes = nil
        break
      }
    }
    classesByCondition[condition] = .some(classes)
    return classes
  }

  /// From which distributions a file imports a name; nil where it may be something else.
  private func foreign(_ name: Name?, in file: Int) -> [DistributionID]? {
    guard let name, let bindings = graph.files[file].bindings[name] else { return nil }
    let owners = bindings.compactMap(\.foreign)
    return owners.count == bindings.count ? owners : nil
  }

}
