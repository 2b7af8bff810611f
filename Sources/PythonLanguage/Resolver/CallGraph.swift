import Model

/// What files define and mention, ready to be searched: a call graph by names.
struct CallGraph: Sendable {
  /// Position in `rows`.
  typealias Position = Int

  struct File: Sendable {
    let facts: SourceFacts
    let node: NodeID
    let file: FileID
    /// Nil for the team's own.
    let distribution: DistributionID?
    /// Of its definitions in `rows`; the first is the module's body.
    let rows: Range<Position>
    /// Functions, classes and variables of the module, by name.
    var top: [Name: [Position]] = [:]
    /// What imports bind.
    var bindings: [Name: [Bound]] = [:]

    var definitions: Definitions { facts.definitions ?? Definitions() }
  }

  /// What an import binds a name to.
  struct Bound: Sendable {
    /// Nil where nothing is there, or no Python.
    let module: NodeID?
    /// Nil where the module itself is bound.
    let member: Name?
    /// The submodule that the member may be.
    let child: NodeID?
    /// Whose module it is, where that is another distribution.
    var foreign: DistributionID?
  }

  /// A definition that a string names by its path.
  struct Dotted: Sendable {
    let module: NodeID
    let member: Name
  }

  struct Row: Sendable {
    let file: Int
    let kind: Definitions.Kind
    let name: Name
    /// -1 for a module's body.
    let parent: Position
    let firstLine: UInt32
    let lastLine: UInt32
    /// In `mentions`.
    var mentions: Range<Int> = 0..<0
  }

  struct Mention: Sendable {
    let form: Definitions.Form
    let line: UInt32
    /// Position in `conditions`; -1 for none.
    let condition: Int32
    /// In `parts`: its components; a word has one.
    let parts: Range<Int>
  }

  struct Condition: Sendable {
    let kind: Definitions.Condition.Kind
    let file: Int
    /// The condition around it; -1 for none.
    let outer: Int32
    /// Position in `groups`.
    let group: Int
    /// In `parts`.
    let words: Range<Int>
  }

  private(set) var names = NameTable()
  /// `*`
  let star: Name
  private(set) var files: [File] = []
  private(set) var rows: [Row] = []
  private(set) var mentions: [Mention] = []
  private(set) var conditions: [Condition] = []
  private(set) var parts: [Name] = []
  /// Words by which something is chosen.
  private(set) var choosing: Set<Name> = []
  /// The conditions of one table, or of one chain of branches.
  private(set) var groups: [[Int]] = []
  /// Methods and variables of a class, functions in a function.
  private(set) var members: [Position: [Name: [Position]]] = [:]
  /// The same in their order.
  private(set) var children: [Position: [Position]] = [:]
  /// By position of node; -1 where none has been read.
  private var fileByNode: [Int32] = []
  private(set) var fileByID: [FileID: Int] = [:]
  /// Nodes whose files have been asked for.
  var asked: Set<NodeID> = []
  /// What strings name: `"django.contrib.auth.hashers.Argon2PasswordHasher"`.
  private(set) var dotted: [Name: Dotted] = [:]
  /// By the last name of a callee: the modules that give it something; and by name: those of classes.
  /// Of modules that may not have been read.
  private(set) var registering: [Name: [NodeID]] = [:]
  private(set) var declaring: [Name: [NodeID]] = [:]

  init() { star = names.intern([UInt8(ascii: "*")].span) }

  /// Notes by what a module may be found before its definitions are read.
  mutating func addOffers(_ facts: SourceFacts, of node: NodeID) {
    for name in facts.registrars {
      registering[names.intern(facts.bytes(name).span), default: []].append(node)
    }
    for name in facts.classes {
      declaring[names.intern(facts.bytes(name).span), default: []].append(node)
    }
  }

  /// `bound`: what each of the bindings leads to. `dotted`: module and name of definitions, by the strings
  /// that name them.
  mutating func add(
    _ facts: SourceFacts, of node: NodeID, file id: FileID, distribution: DistributionID?,
    bound: [Bound], dotted: [ArraySlice<UInt8>: (NodeID, ArraySlice<UInt8>)]
  ) {
    guard let found = facts.definitions else { return }
    let position = files.count
    let base = rows.count
    var file = File(
      facts: facts, node: node, file: id, distribution: distribution,
      rows: base..<base + found.definitions.count)
    for definition in found.definitions {
      let name = names.intern(facts.bytes(definition.name).span)
      let parent = definition.parent < 0 ? -1 : base + Int(definition.parent)
      let here = rows.count
      rows.append(
        Row(
          file: position, kind: definition.kind, name: name, parent: parent,
          firstLine: definition.firstLine, lastLine: max(definition.firstLine, definition.lastLine))
      )
      guard definition.kind != .module, definition.kind != .registration, parent >= 0 else {
        continue
      }
      if rows[parent].kind == .module {
        file.top[name, default: []].append(here)
      } else {
        members[parent, default: [:]][name, default: []].append(here)
        children[parent, default: []].append(here)
      }
    }
    let firstCondition = conditions.count
    var groupByNumber: [UInt32: Int] = [:]
    for condition in found.conditions {
      let start = parts.count
      for word in condition.words {
        let text = facts.bytes(facts.members[Int(word)])
        // The components of a class, and an end after each.
        if condition.kind == .instance {
          for part in text.split(separator: UInt8(ascii: ".")) {
            parts.append(names.intern(part.span))
          }
          parts.append(star)
        } else {
          parts.append(names.intern(text.span))
        }
      }
      let group = groupByNumber[condition.group] ?? groups.count
      if group == groups.count {
        groups.append([])
        groupByNumber[condition.group] = group
      }
      if condition.kind == .key || condition.kind == .literal {
        choosing.formUnion(parts[start...])
      }
      groups[group].append(conditions.count)
      conditions.append(
        Condition(
          kind: condition.kind, file: position,
          outer: condition.outer < 0 ? -1 : Int32(firstCondition) + condition.outer, group: group,
          words: start..<parts.count))
    }
    addMentions(found, facts, base, firstCondition)
    for (binding, bound) in zip(found.bindings, bound) {
      file.bindings[names.intern(facts.bytes(binding.name).span), default: []].append(bound)
    }
    for (text, (module, member)) in dotted {
      self.dotted[intern(text)] = Dotted(module: module, member: intern(member))
    }
    let missing = Int(node.index) + 1 - fileByNode.count
    if missing > 0 { fileByNode += repeatElement(-1, count: missing) }
    fileByNode[Int(node.index)] = Int32(position)
    fileByID[id] = position
    files.append(file)
  }

  /// Those of one definition beside each other.
  private mutating func addMentions(
    _ found: Definitions, _ facts: SourceFacts, _ base: Position, _ firstCondition: Int
  ) {
    // By text: where its components are in `parts`, and where it is as a whole.
    var split = [Range<Int>?](repeating: nil, count: found.texts.count)
    var whole = split
    func components(of text: Int, isWhole: Bool) -> Range<Int> {
      if let known = isWhole ? whole[text] : split[text] { return known }
      let start = parts.count
      let bytes = facts.bytes(found.texts[text])
      if isWhole {
        parts.append(names.intern(bytes.span))
        whole[text] = start..<parts.count
      } else {
        for part in bytes.split(separator: UInt8(ascii: ".")) {
          parts.append(names.intern(part.span))
        }
        split[text] = start..<parts.count
      }
      return start..<parts.count
    }
    // A counting sort by owner.
    let first = mentions.count
    var next = [Int](repeating: 0, count: found.definitions.count + 1)
    for mention in found.mentions { next[Int(mention.owner) + 1] += 1 }
    for owner in found.definitions.indices {
      next[owner + 1] += next[owner]
      rows[base + owner].mentions = first + next[owner]..<first + next[owner + 1]
    }
    var order = [Int32](repeating: 0, count: found.mentions.count)
    for (index, mention) in found.mentions.enumerated() {
      order[next[Int(mention.owner)]] = Int32(index)
      next[Int(mention.owner)] += 1
    }
    for index in order {
      let mention = found.mentions[Int(index)]
      mentions.append(
        Mention(
          form: mention.form, line: mention.line,
          condition: mention.condition < 0 ? -1 : Int32(firstCondition) + mention.condition,
          parts: components(
            of: Int(mention.text),
            isWhole: mention.form.isWhole))
      )
    }
  }

  /// The file of a module that has been read.
  func file(of node: NodeID) -> Int? {
    guard Int(node.index) < fileByNode.count else { return nil }
    let file = fileByNode[Int(node.index)]
    return file < 0 ? nil : Int(file)
  }

  func find(_ text: ArraySlice<UInt8>) -> Name? { names.find(text.span) }

  mutating func intern(_ text: ArraySlice<UInt8>) -> Name { names.intern(text.span) }

  /// The innermost function or class around a line; the module's body where there is none.
  func definition(at line: UInt32, in file: Int) -> Position {
    let all = files[file].rows
    var best = all.lowerBound
    for position in all.dropFirst() {
      let row = rows[position]
      guard row.kind == .function || row.kind == .class,
        row.firstLine <= line && line <= row.lastLine
      else { continue }
      let isInner = row.lastLine - row.firstLine <= rows[best].lastLine - rows[best].firstLine
      if isInner || best == all.lowerBound { best = position }
    }
    return best
  }

  /// Under which condition a line of a definition is executed; -1 for none.
  func condition(at line: UInt32, of position: Position) -> Int32 {
    mentions[rows[position].mentions].first {
      $0.line == line && ($0.form == .import || $0.form == .word)
    }?.condition ?? -1
  }

  /// The same of a line that calls something.
  func condition(atCallOn line: UInt32, of position: Position) -> Int32 {
    mentions[rows[position].mentions].first {
      $0.line == line && ($0.form == .name || $0.form == .member)
    }?.condition ?? -1
  }

  /// The nearest class around a definition; nil where there is none.
  func enclosingClass(of position: Position) -> Position? {
    var above = position
    while above >= 0 {
      if rows[above].kind == .class { return above }
      above = rows[above].parent
    }
    return nil
  }
}

extension Definitions.Form {
  /// Whether its text is one word, with whatever dots are in it.
  fileprivate var isWhole: Bool {
    switch self {
    case .word, .fallback, .keyword, .missing: true
    default: false
    }
  }
}
