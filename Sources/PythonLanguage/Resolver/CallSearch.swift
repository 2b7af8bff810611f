import Model

/// What may be executed once the team's own code is, by names alone.
///
/// A function is, where it is mentioned; a method, where its name is asked of anything and its class is
/// mentioned (rapid type analysis, Bacon and Sweeney, 1996). What stands under a condition that a caller
/// chooses (`{"pyarrow": ArrowParser}`, `if http2:`) is, where the word is said.
struct CallSearch {
  private(set) var graph: CallGraph
  private var isLive: [Bool]
  private var queue: [CallGraph.Position] = []
  private var attributes: Set<Name> = []
  private var words: Set<Name> = []
  private var keywords: Set<Name> = []
  private var liveClasses: [CallGraph.Position] = []
  /// Classes that have a member of a name, once they are live.
  private var classesByMember: [Name: [CallGraph.Position]] = [:]
  /// Mentions that wait for a word or a keyword to be said.
  private var waiting: [Waiting] = []
  private var resolver: NameSearch

  struct Waiting {
    let row: CallGraph.Position
    let mention: CallGraph.Mention
  }

  init(_ graph: CallGraph, _ resolver: NameSearch) {
    self.graph = graph
    self.resolver = resolver
    isLive = Array(repeating: false, count: graph.rows.count)
  }

  /// Whether it is the team's own code that is followed: what callers choose by, it says.
  private var isOwn = true

  /// Starts at files of the team's own: all that they define may be executed.
  mutating func run(from files: [Int]) {
    for file in files {
      let base = graph.files[file].base
      for position in base..<base + graph.files[file].definitions.definitions.count {
        enliven(position)
        for mention in graph.rows[position].mentions { follow(mention, of: position) }
      }
    }
    isOwn = false
    repeat {
      drain()
    } while retry()
  }

  func isCalled(_ position: CallGraph.Position) -> Bool { isLive[position] }

  /// Whether the team's own code says a word.
  func says(_ word: ArraySlice<UInt8>) -> Bool { graph.find(word).map(words.contains) ?? false }

  private mutating func drain() {
    while let position = queue.popLast() {
      for mention in graph.rows[position].mentions { consider(mention, of: position) }
    }
  }

  /// Whether something that waited can go on.
  private mutating func retry() -> Bool {
    let all = waiting
    waiting = []
    var isAny = false
    for item in all {
      let file = graph.rows[item.row].file
      if holds(item.mention.condition, in: file) || isForced(item.mention.condition, in: file) {
        follow(item.mention, of: item.row)
        isAny = true
      } else {
        waiting.append(item)
      }
    }
    return isAny
  }

  private mutating func consider(_ mention: CallGraph.Mention, of position: CallGraph.Position) {
    if mention.condition >= 0, !holds(mention.condition, in: graph.rows[position].file) {
      waiting.append(Waiting(row: position, mention: mention))
    } else {
      follow(mention, of: position)
    }
  }

  /// Whether what a caller chooses by has been said.
  func holds(_ condition: Int, in file: Int) -> Bool {
    guard condition >= 0 else { return true }
    let kind = graph.files[file].definitions.conditions[condition].kind
    return graph.words(of: condition, in: file).contains { word in
      switch kind {
      case .flag: graph.find(word).map(keywords.contains) ?? false
      case .key: graph.find(word).map(words.contains) ?? false
      case .literal:
        (graph.find(word).map(words.contains) ?? false)
          || word.count > 3 && words.contains { graph.names.slice($0).starts(with: word) }
      }
    }
  }

  /// A table of which every entry leads to an import that has to be declared: whoever uses it uses one of
  /// them, and nothing says which.
  private mutating func isForced(_ condition: Int, in file: Int) -> Bool {
    let row = graph.files[file].definitions.conditions[condition]
    guard row.kind == .key else { return false }
    let group = graph.files[file].groups[row.group] ?? []
    guard !group.contains(where: { holds($0, in: file) }) else { return false }
    return resolver.allLead(group, in: file, graph)
  }

  // MARK: Following

  private mutating func follow(_ mention: CallGraph.Mention, of position: CallGraph.Position) {
    switch mention.form {
    case .import, .demand: return
    case .word: if isOwn { words.formUnion(mention.parts) }
    case .keyword: if isOwn { keywords.formUnion(mention.parts) }
    case .member, .own: for part in mention.parts { ask(part) }
    case .name, .base, .argument:
      let found = resolver.resolve(mention.parts, at: position, graph)
      let isMade =
        mention.form != .argument || isOwn || graph.rows[position].kind == .registration
      for position in found.definitions where isMade || graph.rows[position].kind != .class {
        enliven(position)
      }
      for part in mention.parts.dropFirst(found.used) { ask(part) }
    }
  }

  /// `__array__`, `__arrow_c_stream__`: what another library asks for, which then is there.
  private static func isConversion(_ name: ArraySlice<UInt8>) -> Bool {
    ["__array", "__arrow", "__dataframe", "__dlpack", "__cuda"].contains {
      name.starts(with: $0.utf8)
    }
  }

  private mutating func ask(_ attribute: Name) {
    guard attributes.insert(attribute).inserted else { return }
    for position in classesByMember[attribute] ?? [] {
      for member in graph.rows[position].members[attribute] ?? [] { enliven(member) }
    }
  }

  private mutating func enliven(_ position: CallGraph.Position) {
    guard !isLive[position] else { return }
    isLive[position] = true
    queue.append(position)
    let row = graph.rows[position]
    if row.kind == .variable || row.kind == .function {
      for registration in resolver.registrations(at: position, graph) { enliven(registration) }
    }
    guard row.kind == .class else { return }
    liveClasses.append(position)
    for (name, members) in row.members {
      classesByMember[name, default: []].append(position)
      let text = graph.names.slice(name)
      let isSpecial = text.starts(with: "__".utf8) && !Self.isConversion(text)
      if isSpecial || attributes.contains(name) { for member in members { enliven(member) } }
    }
  }
}
