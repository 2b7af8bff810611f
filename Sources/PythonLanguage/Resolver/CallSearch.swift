import Model

/// What may be executed once the team's own code is, by names alone.
///
/// A function is, where it is mentioned; a method, where its name is asked of anything and its class is
/// mentioned (rapid type analysis, Bacon and Sweeney, 1996), or of `self` in a class of the same family.
/// What stands under a condition that a caller chooses (`{"pyarrow": ArrowParser}`, `if http2:`) is, where
/// the team's own code says the word.
///
/// What names mean is the same for all functions, so it is handed in, and what one search finds out of it the
/// next one knows.
struct CallSearch {
  let graph: CallGraph
  /// By definition, how far it is from the team's own code in steps; `unreached` where there is no way.
  private var distance: [UInt8]
  var isLive: [Bool]
  /// Who mentions it; -1 for the team's own code.
  private var cause: [Int32]
  /// The distance at which the search is.
  private var step: UInt8 = 0
  /// By distance.
  private var queues: [[CallGraph.Position]]
  /// What the function has not.
  let missing: Missing
  var words: Set<Name> = []
  /// Words by which something is chosen that one of these begins with.
  private(set) var beginnings: Set<Name> = []
  var keywords: Set<Name> = []
  /// Names that the team's own code says, and what the functions of these names choose by where nobody says
  /// otherwise: `auto` of `def read_parquet(path, engine="auto")`.
  private var askedByOwn: Set<Name> = []
  private var fallbacks: Set<Name> = []
  /// Those of an earlier run.
  var chosen: Set<Name> = []
  /// `pandas` of `table.to_pandas()`.
  private var partsOfNames: Set<ArraySlice<UInt8>> = []
  /// Names that are asked of anything, with the least distance; a private one (`_load`) by those who ask
  /// within their distribution.
  private var asked: [Ask: UInt8] = [:]
  private var askedOfOwn: [CallNames.Relation: UInt8] = [:]
  /// Live classes that have a member of a name.
  private var classesByMember: [Name: [CallGraph.Position]] = [:]
  /// By condition: 0 where it is not known yet, 1 where it holds, 2 where it does not.
  var holding: [UInt8]
  /// Mentions below `if isinstance(x, C):`, by classes that are not made yet.
  var waiting: [CallGraph.Position: [Waiting]] = [:]
  let construction: Set<Name>
  /// What says of which class something is: `type(x).__module__`.
  let classes: Set<Name>
  private let special: Set<Name>
  private var current: CallGraph.Position = -1
  private static let unreached = UInt8.max
  /// The furthest that is believed, in steps: with each, a name says less.
  private static let reach: UInt8 = 10
  /// Steps to a method of whatever object is called so.
  private static let guess: UInt8 = 3

  private struct Ask: Hashable {
    let name: Name
    /// Nil for a name that anybody asks for.
    let distribution: DistributionID?
  }

  /// Distributions that a function has not, and how they and their modules are called.
  struct Missing {
    var distributions: Set<DistributionID> = []
    var words: [ArraySlice<UInt8>] = []
  }

  struct Waiting {
    let position: CallGraph.Position
    let mention: Int
  }

  init(_ graph: CallGraph, missing: Missing = Missing()) {
    self.graph = graph
    self.missing = missing
    let count = graph.rows.count
    distance = Array(repeating: Self.unreached, count: count)
    isLive = Array(repeating: false, count: count)
    queues = Array(repeating: [], count: Int(Self.reach) + 1)
    cause = Array(repeating: -1, count: count)
    holding = Array(repeating: 0, count: graph.conditions.count)
    func known(_ methods: [String]) -> Set<Name> {
      Set(methods.compactMap { graph.find(Array($0.utf8)[...]) })
    }
    construction = known(SpecialMethods.construction)
    special = known(SpecialMethods.others)
    classes = known(["__module__", "__mro__"])
  }

  /// Starts at files of the team's own: all that they define may be executed. What is found to be chosen
  /// where nobody says otherwise may lead further.
  mutating func run(from files: [Int], _ names: inout CallNames) {
    runOnce(from: files, &names)
    for _ in 0..<3 {
      let chosen = fallbacks.filter { graph.choosing.contains($0) }
      if chosen.isSubset(of: self.chosen) { break }
      self = CallSearch(graph, missing: missing)
      self.chosen = chosen
      runOnce(from: files, &names)
    }
  }

  private mutating func runOnce(from files: [Int], _ names: inout CallNames) {
    let own = files.flatMap { graph.files[$0].rows }
    for position in own {
      isLive[position] = true
      distance[position] = 0
      for mention in graph.rows[position].mentions {
        let mention = graph.mentions[mention]
        switch mention.form {
        case .word, .fallback: words.formUnion(graph.parts[mention.parts])
        case .keyword: keywords.formUnion(graph.parts[mention.parts])
        case .name, .argument, .member, .own:
          askedByOwn.formUnion(graph.parts[mention.parts])
          for part in graph.parts[mention.parts].dropFirst(mention.form == .member ? 0 : 1) {
            let parts = graph.names.slice(part).split(separator: UInt8(ascii: "_"))
            if parts.count > 1 { partsOfNames.formUnion(parts) }
          }
        default: break
        }
      }
    }
    for word in words { addBeginnings(of: word) }
    for position in own {
      for mention in graph.rows[position].mentions {
        follow(mention, of: position, isOwn: true, &names)
      }
    }
    for index in queues.indices {
      step = UInt8(index)
      // The first that comes is the nearest.
      var next = 0
      while next < queues[index].count {
        visit(queues[index][next], &names)
        next += 1
      }
    }
  }

  /// `gs` is nothing to go by, nor is a text without an end.
  private mutating func addBeginnings(of word: Name) {
    let text = graph.names.slice(word)
    guard text.count > 3, text.count < 200 else { return }
    for end in text.startIndex + 4...text.endIndex {
      if let name = graph.find(text[..<end]), graph.choosing.contains(name) {
        beginnings.insert(name)
      }
    }
  }

  func isCalled(_ position: CallGraph.Position) -> Bool { isLive[position] }

  /// Whether the team's own code says a word.
  func says(_ word: ArraySlice<UInt8>) -> Bool { graph.find(word).map(words.contains) ?? false }

  func says(_ word: Name) -> Bool { words.contains(word) }

  /// Whether the team's own code asks for something that is called after a word: `to_pandas`.
  func namesAfter(_ word: ArraySlice<UInt8>) -> Bool { partsOfNames.contains(word) }

  /// The definitions on the way from the team's own code to one, which comes last.
  func way(to position: CallGraph.Position) -> [CallGraph.Position] {
    var way = [position]
    while let last = way.last, cause[last] >= 0, way.count < 1_000 { way.append(Int(cause[last])) }
    return way.reversed()
  }

  private mutating func visit(_ position: CallGraph.Position, _ names: inout CallNames) {
    guard !isLive[position] else { return }
    isLive[position] = true
    current = position
    let row = graph.rows[position]
    if row.kind == .variable || row.kind == .function {
      names.askForRegistrations(at: position)
      for registration in names.registrations(at: position) {
        enliven(registration, distance[position] + 1)
      }
    }
    if row.kind == .class { make(position, &names) }
    if askedByOwn.contains(row.name) {
      for mention in row.mentions where graph.mentions[mention].form == .fallback {
        fallbacks.formUnion(graph.parts[graph.mentions[mention].parts])
      }
    }
    for mention in row.mentions {
      let condition = graph.mentions[mention].condition
      if holds(condition, &names) {
        follow(mention, of: position, isOwn: false, &names)
      } else {
        wait(condition, Waiting(position: position, mention: mention), &names)
      }
    }
  }

  // MARK: Following

  private mutating func follow(
    _ index: Int, of position: CallGraph.Position, isOwn: Bool, _ names: inout CallNames
  ) {
    let mention = graph.mentions[index]
    let here = max(step, distance[position])
    switch mention.form {
    case .import, .demand, .missing, .keyword, .fallback: return
    case .word:
      guard let word = graph.parts[mention.parts].first else { return }
      // In a library, of what nobody chooses it tries each, and goes on without those that are not there.
      if isOwn || mention.condition >= 0 {
        for definition in names.dotted(word) { enliven(definition, here + 1) }
      }
      if isOwn { for definition in names.classes(word) { enliven(definition, here + 1) } }
    case .member:
      for part in graph.parts[mention.parts] { ask(part, position, isOwn: isOwn) }
    case .own:
      guard let first = graph.parts[mention.parts].first else { return }
      if let owner = graph.enclosingClass(of: position) {
        askOwn(first, owner, here + 1, &names)
      } else {
        ask(first, position, isOwn: isOwn)
      }
      for part in graph.parts[mention.parts].dropFirst() { ask(part, position, isOwn: isOwn) }
    case .name, .base, .argument:
      let found = names.meaning(of: index, at: position)
      let isMade =
        switch graph.rows[position].kind {
        case .registration: isOwn || isChosen(position, &names)
        default: isOwn || mention.form != .argument
        }
      for position in found.definitions where isMade || graph.rows[position].kind != .class {
        enliven(position, mention.form == .base ? here : here + 1)
      }
      for part in graph.parts[mention.parts].dropFirst(found.used) {
        ask(part, position, isOwn: isOwn)
      }
    }
  }

  /// What is registered is made where its word is said: `@register("zstd")`, or where every other would
  /// need something, too.
  private func isChosen(
    _ registration: CallGraph.Position, _ names: inout CallNames
  ) -> Bool {
    names.isForced(registration: registration)
      || graph.mentions[graph.rows[registration].mentions].contains {
        $0.form == .word && graph.parts[$0.parts].contains { words.contains($0) }
      }
  }

  /// `x.name` of anything.
  private mutating func ask(_ name: Name, _ position: CallGraph.Position, isOwn: Bool) {
    let there = max(step, distance[position]) + Self.guess
    guard there <= Self.reach else { return }
    var distribution: DistributionID?
    if !isOwn, isPrivate(name) {
      distribution = graph.files[graph.rows[position].file].distribution
    }
    let ask = Ask(name: name, distribution: distribution)
    guard asked[ask].map({ there < $0 }) ?? true else { return }
    asked[ask] = there
    for position in classesByMember[name] ?? [] {
      if distribution == nil
        || graph.files[graph.rows[position].file].distribution == distribution
      {
        enliven(graph.members[position]?[name], max(there, distance[position]))
      }
    }
  }

  /// `self.name` in a method of a class.
  private mutating func askOwn(
    _ name: Name, _ owner: CallGraph.Position, _ there: UInt8, _ names: inout CallNames
  ) {
    guard there <= Self.reach,
      askedOfOwn[CallNames.Relation(owner: owner, name: name)].map({ there < $0 }) ?? true
    else { return }
    for position in names.relatives(name, of: owner) {
      let ask = CallNames.Relation(owner: position, name: name)
      askedOfOwn[ask] = min(there, askedOfOwn[ask] ?? there)
      if isLive[position] {
        enliven(graph.members[position]?[name], max(there, distance[position]))
      }
    }
  }

  /// `_load`, and not `__init__` or `_repr_html_`.
  private func isPrivate(_ name: Name) -> Bool {
    let text = graph.names.slice(name)
    return text.first == UInt8(ascii: "_") && text.last != UInt8(ascii: "_")
  }

  /// A class has objects.
  private mutating func make(_ position: CallGraph.Position, _ names: inout CallNames) {
    let here = distance[position]
    for item in waiting.removeValue(forKey: position) ?? []
    where holds(graph.mentions[item.mention].condition, &names) {
      follow(item.mention, of: item.position, isOwn: false, &names)
    }
    let distribution = graph.files[graph.rows[position].file].distribution
    let isOpen = names.isMadeOfUnread(position)
    var last: Name?
    for member in graph.children[position] ?? [] {
      let name = graph.rows[member].name
      // `@x.setter` defines it again.
      if name != last { classesByMember[name, default: []].append(position) }
      last = name
      if construction.contains(name) || isOpen {
        enliven(member, here)
      } else if special.contains(name) {
        enliven(member, here + Self.guess)
      }
      if let there = askedOfOwn[CallNames.Relation(owner: position, name: name)] {
        enliven(member, max(here, there))
      }
      for ask in [
        Ask(name: name, distribution: nil), Ask(name: name, distribution: distribution),
      ] {
        if let there = asked[ask] { enliven(member, max(here, there)) }
      }
    }
  }

  private mutating func enliven(_ positions: [CallGraph.Position]?, _ there: UInt8) {
    for position in positions ?? [] { enliven(position, there) }
  }

  private mutating func enliven(_ position: CallGraph.Position, _ there: UInt8) {
    guard there <= Self.reach, there < distance[position] else { return }
    distance[position] = there
    cause[position] = Int32(current)
    queues[Int(there)].append(position)
  }
}
