import Model

/// A module that answers for names with a `__getattr__` (PEP 562), and what its files ask for then.
struct Exporter: Sendable {
  /// One file's: the source, or the stub that names what the source loads.
  struct Part: Sendable {
    let facts: SourceFacts
    let origin: Origin
    /// What the file's marks say, without a name that is asked for.
    let current: PythonResolver.Current
    /// By row: positions of the requests.
    let requests: [[Int]]
  }

  struct Row: Hashable, Sendable {
    let part: Int
    let row: Int
  }

  var parts: [Part] = []
  var rows: [Name: [Row]] = [:]
  /// What happens whatever name is asked for.
  var always: [Row] = []
  /// What the module has without being asked.
  var ownNames: Set<Name> = []
}

/// Somebody has a module at hand, or asks names of it.
struct Demand: Sendable {
  let from: NodeID
  let kind: EdgeKind
  var premise: NodeID?
  var scope: UInt32?
  var place: Place?
  /// The first of these that the module answers to is asked for; without any, all can be.
  var wanted: [Name]
  /// `from a import b` where `a.b` is a module: nothing else has to answer for it.
  var isSubmodule = false
}

extension EdgeKind {
  /// Whether who loads a module so has it at hand afterwards, and can ask any name of it. Statements
  /// say themselves what they bind; `from a.b import c` binds neither `a` nor `a.b`.
  var binds: Bool {
    switch self {
    case .dynamic, .string, .template, .code, .walk, .blindSpot, .entryPoint, .nativeName, .rule,
      .configured, .whole, .standardLibrary:
      true
    case .handler, .topLevel, .conditional, .lazy, .optional, .parent, .lazyTable, .native, .data,
      .metadata, .requires, .orphan,
      .called, .proviso:
      false
    }
  }
}

extension PythonResolver {
  // MARK: Who asks

  /// Asks names of a module, or all of them. What a module answers is known once it has been read.
  mutating func ask(_ module: NodeID, _ demand: Demand) {
    let state = states[Int(module.index)]
    guard case .module(let reference) = state.subject else { return }
    if let exporter = exporters[module], state.isRead {
      answer(demand, of: module, exporter)
    } else if !state.isRead, state.kind != .namespace {
      demands[module, default: []].append(demand)
    } else if demand.wanted.isEmpty, index.modules[Int(reference)].isPackage {
      if exportersBelow[module] == nil {
        demands[module, default: []].append(demand)
      } else {
        link(demand, to: condition(.bound(module)))
      }
    }
  }

  private mutating func answer(_ demand: Demand, of module: NodeID, _ exporter: Exporter) {
    for name in demand.wanted {
      let isListed = exporter.rows[name] != nil
      if isListed, demand.isSubmodule || explains(name, exporter) {
        link(demand, to: condition(.export(module, name)))
        return
      }
      if exporter.ownNames.contains(name) { return }
    }
    if !demand.isSubmodule {
      link(demand, to: condition(.bound(module)))
    } else if !exporter.always.isEmpty {
      link(demand, to: condition(.asked(module)))
    }
  }

  /// Whether the rows of a name say from where it comes. `__all__ = ["Money"]` does not.
  private func explains(_ name: Name, _ exporter: Exporter) -> Bool {
    let text = index.names.slice(name)
    return (exporter.rows[name] ?? []).contains { row in
      let part = exporter.parts[row.part]
      return part.requests[row.row].contains { position in
        let request = part.facts.requests[position]
        let isName = request.form == .lazyName || request.form == .literal
        return !isName || !part.facts.bytes(request.name).elementsEqual(text)
      }
    }
  }

  private mutating func link(_ demand: Demand, to condition: NodeID) {
    link(
      demand.from, to: condition, demand.kind, premise: demand.premise, scope: demand.scope,
      place: demand.place)
  }

  /// All files of a module have been followed: what was asked of it before is answered.
  mutating func settleDemands(of module: NodeID) {
    let isFirst = !states[Int(module.index)].isRead
    states[Int(module.index)].isRead = true
    if isFirst, exporters[module] != nil,
      case .module(let reference) = states[Int(module.index)].subject
    {
      announce(module, below: reference)
    }
    for demand in demands.removeValue(forKey: module) ?? [] { ask(module, demand) }
  }

  // MARK: Who answers

  mutating func addExporter(_ facts: SourceFacts, _ exports: Exports, _ origin: Origin) {
    var exporter = exporters.removeValue(forKey: origin.node) ?? Exporter()
    var requests = [[Int]](repeating: [], count: exports.rows.count)
    for (position, request) in facts.requests.enumerated() {
      if let row = request.row { requests[Int(row)].append(position) }
    }
    let part = exporter.parts.count
    exporter.parts.append(
      Exporter.Part(
        facts: facts, origin: origin, current: Current(facts), requests: requests))
    for (position, range) in exports.rows.enumerated() {
      let row = Exporter.Row(part: part, row: position)
      if range.isEmpty { exporter.always.append(row) }
      for member in range {
        let name = index.intern(facts.bytes(facts.members[Int(member)]))
        if exporter.rows[name]?.last != row { exporter.rows[name, default: []].append(row) }
      }
    }
    for member in exports.ownNames {
      exporter.ownNames.insert(index.intern(facts.bytes(facts.members[Int(member)])))
    }
    exporters[origin.node] = exporter
  }

  /// Who has a package at hand reaches what is below it by attributes, too: `a.b.Name`.
  private mutating func announce(_ exporter: NodeID, below module: ModuleRef) {
    var above = index.modules[Int(module)].parent
    while above >= 0 {
      let package = node(of: above)
      above = index.modules[Int(above)].parent
      let isFirst = exportersBelow[package] == nil
      exportersBelow[package, default: []].append(exporter)
      if isFirst, exporters[package] == nil, let waiting = demands.removeValue(forKey: package) {
        for demand in waiting { ask(package, demand) }
      }
      let bound = condition(.bound(package))
      if states[Int(bound.index)].isReached { linkBound(bound, to: exporter) }
    }
  }

  private mutating func linkBound(_ bound: NodeID, to exporter: NodeID) {
    link(bound, to: condition(.bound(exporter)), .lazyTable, premise: exporter)
  }

  // MARK: What an answer brings

  mutating func expandExport(_ node: NodeID, _ module: NodeID, _ name: Name) {
    guard let exporter = exporters[module] else { return }
    follow(exporter.rows[name] ?? [], of: exporter, asked: name, holder: node)
    if !exporter.always.isEmpty { link(node, to: condition(.asked(module)), .lazyTable) }
    // `f"pkg.{name}"`
    follow(
      exporter.always, of: exporter, asked: name, holder: node, where: { $0.form == .template })
  }

  mutating func expandAsked(_ node: NodeID, _ module: NodeID) {
    guard let exporter = exporters[module] else { return }
    follow(exporter.always, of: exporter, asked: nil, holder: node) { request in
      request.form != .template
    }
  }

  mutating func expandBound(_ node: NodeID, _ module: NodeID) {
    if let exporter = exporters[module] {
      let rows = exporter.parts.indices.flatMap { part in
        exporter.parts[part].requests.indices.map { Exporter.Row(part: part, row: $0) }
      }
      follow(rows, of: exporter, asked: nil, holder: node)
    }
    for below in exportersBelow[module] ?? [] { linkBound(node, to: below) }
  }

  private mutating func follow(
    _ rows: [Exporter.Row], of exporter: Exporter, asked: Name?, holder: NodeID,
    where isMeant: (Request) -> Bool = { _ in true }
  ) {
    for row in rows {
      let part = exporter.parts[row.part]
      var origin = part.origin
      origin.holder = holder
      current = part.current
      current.asked = asked
      for position in part.requests[row.row] {
        let request = part.facts.requests[position]
        if isMeant(request) { follow(request, part.facts, origin) }
      }
    }
    current = Current()
  }

  /// A table's name has led to a module: the same name is asked of it, or what else the row says; or
  /// the module is the answer itself.
  mutating func askNext(
    _ module: ModuleRef, _ request: Request, _ facts: SourceFacts, _ origin: Origin,
    scope: UInt32?
  ) {
    var wanted: [Name] = []
    if let asked = current.asked, asked != index.modules[Int(module)].name {
      wanted = [asked]
      for member in request.row.flatMap({ facts.exports?.rows[Int($0)] }) ?? 0..<0 {
        if let name = index.find(facts.bytes(facts.members[Int(member)])) { wanted.append(name) }
      }
    }
    ask(
      node(of: module),
      Demand(
        from: origin.holder, kind: .lazyTable, scope: scope, place: origin.place(request),
        wanted: wanted))
  }

  // MARK: Tables

  /// A name in a table for lazy loading, relative to the file's package, or absolute.
  mutating func followLazyName(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    var name = facts.bytes(request.name)
    if let colon = name.firstIndex(of: UInt8(ascii: ":")) { name = name[..<colon] }
    let dots = name.prefix { $0 == UInt8(ascii: ".") }.count
    let rest = name.dropFirst(dots)
    let level = max(dots, Int(request.level), 1)
    guard !rest.isEmpty, isDottedName(rest) else { return }
    if let dotted = absolute(rest, level: level, from: origin) {
      var isFound = false
      let isDotted = rest.contains(UInt8(ascii: "."))
      for (found, scope) in look(up: dotted, from: origin) {
        // `"._figure.Figure"` is an attribute of a module; `"Figure"` is none of the package.
        guard found.isComplete || isDotted && found.depth + 1 == found.asked else { continue }
        isFound = true
        linkModule(origin, found.module, .lazyTable, request, scope: scope)
        askNext(found.module, request, facts, origin, scope: scope)
      }
      if isFound { return }
    }
    guard dots == 0, request.level == 0 else { return }
    let dotted = index.intern(rest)
    if isStandard(index.top(of: dotted), view: origin.view) { return }
    for (found, scope) in look(up: dotted, from: origin) where found.module >= 0 {
      guard found.isComplete || found.depth >= 2 else { continue }
      guard mayName(found.module, origin) else { continue }
      linkModule(origin, found.module, .lazyTable, request, scope: scope)
      askNext(found.module, request, facts, origin, scope: scope)
    }
  }
}
