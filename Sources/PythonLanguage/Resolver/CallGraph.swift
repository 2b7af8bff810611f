import Model

/// What files define and mention, ready to be searched: a call graph by names.
struct CallGraph: Sendable {
  /// Position in `rows`.
  typealias Position = Int

  struct File: Sendable {
    let facts: SourceFacts
    let node: NodeID
    let file: FileID
    /// Of its definition 0 in `rows`.
    let base: Position
    /// Functions, classes and variables of the module, by name.
    var top: [Name: [Position]] = [:]
    /// What imports bind.
    var bindings: [Name: [Int]] = [:]
    /// Groups of entries and branches: their conditions.
    var groups: [UInt32: [Int]] = [:]

    var definitions: Definitions { facts.definitions ?? Definitions() }
  }

  struct Row: Sendable {
    let file: Int
    let kind: Definitions.Kind
    let name: Name
    /// -1 for a module's body.
    let parent: Position
    let lines: ClosedRange<UInt32>
    /// What it mentions.
    var mentions: [Mention] = []
    /// Methods and variables of a class, functions in a function.
    var members: [Name: [Position]] = [:]
  }

  struct Mention: Sendable {
    let form: Definitions.Form
    /// By its components.
    let parts: [Name]
    /// Position in the file's `definitions.conditions`; -1 for none.
    let condition: Int
    let line: UInt32
  }

  private(set) var names = NameTable()
  /// `*`
  let star: Name

  init() { star = names.intern([UInt8(ascii: "*")].span) }

  private(set) var files: [File] = []
  private(set) var rows: [Row] = []
  private(set) var fileByNode: [NodeID: Int] = [:]
  private(set) var fileByID: [FileID: Int] = [:]
  /// Nodes whose files have been asked for.
  var asked: Set<NodeID> = []

  mutating func add(_ facts: SourceFacts, of node: NodeID, file id: FileID) {
    guard let found = facts.definitions else { return }
    let position = files.count
    var file = File(facts: facts, node: node, file: id, base: rows.count)
    for definition in found.definitions {
      let name = names.intern(facts.bytes(definition.name).span)
      let parent = definition.parent < 0 ? -1 : file.base + Int(definition.parent)
      let here = rows.count
      rows.append(
        Row(
          file: position, kind: definition.kind, name: name, parent: parent,
          lines: definition.firstLine...max(definition.firstLine, definition.lastLine)))
      guard definition.kind != .module, definition.kind != .registration, parent >= 0 else {
        continue
      }
      if rows[parent].kind == .module {
        file.top[name, default: []].append(here)
      } else {
        rows[parent].members[name, default: []].append(here)
      }
    }
    for mention in found.mentions {
      let parts = facts.bytes(mention.text).split(separator: UInt8(ascii: "."))
      rows[file.base + Int(mention.owner)].mentions.append(
        Mention(
          form: mention.form,
          parts: mention.form == .word
            ? [names.intern(facts.bytes(mention.text).span)] : parts.map { names.intern($0.span) },
          condition: Int(mention.condition), line: mention.line))
    }
    for (index, binding) in found.bindings.enumerated() {
      file.bindings[names.intern(facts.bytes(binding.name).span), default: []].append(index)
    }
    for (index, condition) in found.conditions.enumerated() {
      file.groups[condition.group, default: []].append(index)
    }
    fileByNode[node] = position
    fileByID[id] = position
    files.append(file)
  }

  func find(_ text: ArraySlice<UInt8>) -> Name? { names.find(text.span) }

  /// The words that a condition asks for.
  func words(of condition: Int, in file: Int) -> [ArraySlice<UInt8>] {
    let facts = files[file].facts
    return files[file].definitions.conditions[condition].words.map {
      facts.bytes(facts.members[Int($0)])
    }
  }

  /// The innermost definition around a line; the module's body where there is none.
  func definition(at line: UInt32, in file: Int) -> Position {
    let base = files[file].base
    var best = base
    for position in base + 1..<base + files[file].definitions.definitions.count {
      let row = rows[position]
      guard row.kind == .function || row.kind == .class, row.lines.contains(line) else { continue }
      if row.lines.count <= rows[best].lines.count || best == base { best = position }
    }
    return best
  }

  /// Under which condition a line of a definition is executed; -1 for none.
  func condition(at line: UInt32, of position: Position) -> Int {
    rows[position].mentions.first { $0.line == line && ($0.form == .import || $0.form == .word) }?
      .condition ?? -1
  }
}
