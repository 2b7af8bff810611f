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
    var bindings: [Name: [Int]] = [:]

    var definitions: Definitions { facts.definitions ?? Definitions() }
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
  /// The conditions of one table, or of one chain of branches.
  private(set) var groups: [[Int]] = []
  /// Methods and variables of a class, functions in a function.
  private(set) var members: [Position: [Name: [Position]]] = [:]
  private(set) var fileByNode: [NodeID: Int] = [:]
  private(set) var fileByID: [FileID: Int] = [:]
  /// Nodes whose files have been asked for.
  var asked: Set<NodeID> = []

  init() { star = names.intern([UInt8(ascii: "*")].span) }

  mutating func add(
    _ facts: SourceFacts, of node: NodeID, file id: FileID, distribution: DistributionID?
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
      groups[group].append(conditions.count)
      conditions.append(
        Condition(
          kind: condition.kind, file: position,
          outer: condition.outer < 0 ? -1 : Int32(firstCondition) + condition.outer, group: group,
          words: start..<parts.count))
    }
    addMentions(found, facts, base, firstCondition)
    for (index, binding) in found.bindings.enumerated() {
      file.bindings[names.intern(facts.bytes(binding.name).span), default: []].append(index)
    }
    fileByNode[node] = position
    fileByID[id] = position
    files.append(file)
  }

  /// Those of one definition beside each other.
  private mutating func addMentions(
    _ found: Definitions, _ facts: SourceFacts, _ base: Position, _ firstCondition: Int
  ) {
    var byOwner = [[Int32]](repeating: [], count: found.definitions.count)
    for (index, mention) in found.mentions.enumerated() where Int(mention.owner) < byOwner.count {
      byOwner[Int(mention.owner)].append(Int32(index))
    }
    for (owner, indices) in byOwner.enumerated() {
      let first = mentions.count
      for index in indices {
        let mention = found.mentions[Int(index)]
        let start = parts.count
        let text = facts.bytes(mention.text)
        if mention.form == .word || mention.form == .keyword {
          parts.append(names.intern(text.span))
        } else {
          for part in text.split(separator: UInt8(ascii: ".")) {
            parts.append(names.intern(part.span))
          }
        }
        mentions.append(
          Mention(
            form: mention.form, line: mention.line,
            condition: mention.condition < 0 ? -1 : Int32(firstCondition) + mention.condition,
            parts: start..<parts.count))
      }
      rows[base + owner].mentions = first..<mentions.count
    }
  }

  func find(_ text: ArraySlice<UInt8>) -> Name? { names.find(text.span) }

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
