import Model

/// What names mean in a call graph: definitions of the same file, and of those that it imports from.
struct NameSearch: Sendable {
  /// By file of the graph: the module that each of its bindings names, and whether what is bound is that
  /// module's member.
  let bindings: [[(file: Int, member: Name?)]]
  /// Definitions in which an import stands that has to be declared.
  let leading: Set<CallGraph.Position>
  private var registrationsByPosition: [CallGraph.Position: [CallGraph.Position]] = [:]
  private var leads: [CallGraph.Position: Bool] = [:]

  struct Found {
    var definitions: [CallGraph.Position] = []
    /// How many parts of the name were used up.
    var used = 1
  }

  init(
    _ graph: CallGraph, bindings: [[(file: Int, member: Name?)]],
    leading: Set<CallGraph.Position>
  ) {
    self.bindings = bindings
    self.leading = leading
    // Who registers is known by what the registering function keeps it in.
    for (position, row) in graph.rows.enumerated() where row.kind == .registration {
      let name = [row.name]
      for callee in resolve(name, at: position, graph).definitions {
        var keepers = [callee]
        for mention in graph.rows[callee].mentions where mention.form == .name {
          keepers += resolve(mention.parts, at: callee, graph).definitions.filter {
            graph.rows[$0].kind == .variable
          }
        }
        for keeper in Set(keepers) {
          guard graph.rows[keeper].kind == .variable else { continue }
          registrationsByPosition[keeper, default: []].append(position)
        }
      }
    }
  }

  func registrations(at position: CallGraph.Position, _ graph: CallGraph) -> [CallGraph.Position] {
    registrationsByPosition[position] ?? []
  }

  /// What a dotted name means where a definition mentions it.
  func resolve(
    _ parts: [Name], at position: CallGraph.Position, _ graph: CallGraph
  ) -> Found {
    guard let first = parts.first else { return Found() }
    // Functions in functions; a class's names are not seen by its methods.
    var above = position
    while above >= 0 {
      let row = graph.rows[above]
      if row.kind == .function || above == position, let local = row.members[first] {
        return descend(local, parts, 1, graph)
      }
      above = row.parent
    }
    return member(first, of: graph.rows[position].file, parts, 1, graph, depth: 0)
  }

  /// A name of a module: defined there, or imported there.
  private func member(
    _ name: Name, of file: Int, _ parts: [Name], _ used: Int, _ graph: CallGraph, depth: Int
  ) -> Found {
    if let top = graph.files[file].top[name] { return descend(top, parts, used, graph) }
    guard depth < 12 else { return Found(used: used) }
    for index in graph.files[file].bindings[name] ?? [] {
      let binding = bindings[file][index]
      guard binding.file >= 0 else { continue }
      if let member = binding.member {
        let found = self.member(member, of: binding.file, parts, used, graph, depth: depth + 1)
        if !found.definitions.isEmpty { return found }
      } else if used < parts.count {
        let found = self.member(
          parts[used], of: binding.file, parts, used + 1, graph, depth: depth + 1)
        if !found.definitions.isEmpty { return found }
      }
    }
    // `from .base import *`
    for index in graph.files[file].bindings[graph.star] ?? [] {
      let binding = bindings[file][index]
      guard binding.file >= 0, binding.file != file else { continue }
      let found = self.member(name, of: binding.file, parts, used, graph, depth: depth + 4)
      if !found.definitions.isEmpty { return found }
    }
    return Found(used: used)
  }

  /// `ExcelFile.parse`: a class's member.
  private func descend(
    _ positions: [CallGraph.Position], _ parts: [Name], _ used: Int, _ graph: CallGraph
  ) -> Found {
    var found = Found(definitions: positions, used: used)
    guard used < parts.count else { return found }
    for position in positions where graph.rows[position].kind == .class {
      if let members = graph.rows[position].members[parts[used]] {
        found.definitions += members
        found.used = used + 1
      }
    }
    return found
  }

  // MARK: Tables

  /// Whether every entry of a table that names a definition leads to such an import.
  mutating func allLead(_ group: [Int], in file: Int, _ graph: CallGraph) -> Bool {
    let conditions = Set(group)
    var isAny = false
    let base = graph.files[file].base
    for position in base..<base + graph.files[file].definitions.definitions.count {
      for mention in graph.rows[position].mentions
      where (mention.form == .name || mention.form == .argument)
        && conditions.contains(mention.condition)
      {
        let found = resolve(mention.parts, at: position, graph).definitions
        if found.isEmpty { continue }
        isAny = true
        if !found.contains(where: { lead($0, graph, depth: 0) }) { return false }
      }
    }
    return isAny
  }

  /// Whether a definition, a method of the class that it is, or what those mention leads there.
  private mutating func lead(
    _ position: CallGraph.Position, _ graph: CallGraph, depth: Int
  ) -> Bool {
    if let known = leads[position] { return known }
    if leading.contains(position) { return true }
    guard depth < 3 else { return false }
    leads[position] = false
    var next = graph.rows[position].members.values.flatMap(\.self)
    if depth < 2 {
      for mention in graph.rows[position].mentions
      where mention.condition < 0 && (mention.form == .base || mention.form == .name) {
        next += resolve(mention.parts, at: position, graph).definitions
      }
    }
    let isLeading = next.contains { lead($0, graph, depth: depth + 1) }
    leads[position] = isLeading
    return isLeading
  }
}
