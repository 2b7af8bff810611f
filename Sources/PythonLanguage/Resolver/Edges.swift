import Model

/// How edges are made, and what is reached by them.
extension PythonResolver {
  /// Adds an edge from a reached node. Of several to the same node the strongest stays.
  mutating func link(
    _ from: NodeID, to: NodeID, _ kind: EdgeKind, premise: NodeID? = nil, scope: UInt32? = nil,
    place: Place? = nil, note: UInt32? = nil
  ) {
    guard from != to else { return }
    if kind.binds {
      ask(
        to,
        Demand(
          from: from, kind: kind, premise: premise, scope: scope, place: place, wanted: []))
    }
    let isEager = kind.isEager(from: states[Int(from.index)], to: states[Int(to.index)])
    var edge = Edge(
      from: from, to: to, kind: kind, premise: premise, scope: scope, isEager: isEager,
      place: place, note: note)
    switch passage(from, to, kind) {
    case .free: break
    case .ifDeclared(let id):
      edge = waiting(edge, for: id)
    case .ifDeclaredOrEager(let id):
      connect(
        Edge(
          from: from, to: to, kind: kind, premise: premise, scope: scope, isEager: true,
          needsEager: true, place: place, note: note))
      edge = waiting(edge, for: id)
    }
    connect(edge)
  }

  /// The edge as it holds where a distribution is declared; it is told where that is not.
  private mutating func waiting(_ edge: Edge, for id: DistributionID) -> Edge {
    let admitted = condition(.admitted(id))
    var from = edge.from
    if let premise = edge.premise, premise != admitted {
      from = proviso(from, premise, edge.scope)
    }
    if edge.kind != .metadata {
      optional.append(
        OptionalImport(
          from: from, distribution: id, name: "", premise: admitted, kind: edge.kind,
          isForced: edge.kind.isForced, place: edge.place))
      wanted.append(edge.to)
    }
    return Edge(
      from: from, to: edge.to, kind: edge.kind, premise: admitted, scope: edge.scope,
      isEager: edge.isEager, place: edge.place, note: edge.note)
  }

  /// Adds an edge as it is.
  mutating func connect(_ edge: Edge) {
    let key = EdgeKey(edge)
    if let position = currentEdges[key] {
      if edge.kind.rawValue < edges[position].kind.rawValue { edges[position] = edge }
      return
    }
    currentEdges[key] = edges.count
    edges.append(edge)
    if let premise = edge.premise, !states[Int(premise.index)].isReached {
      waitingForPremise[premise, default: []].append(edge)
    } else {
      arrive(edge)
    }
  }

  /// An edge whose premise holds, if it has one.
  private mutating func arrive(_ edge: Edge) {
    let isEager = states[Int(edge.from.index)].isEager
    if !isEager, edge.isEager || edge.needsEager {
      waitingForEager[edge.from, default: []].append(edge)
    }
    if isEager || !edge.needsEager { reach(edge.to) }
    if isEager && edge.isEager { makeEager(edge.to) }
  }

  mutating func reach(_ node: NodeID) {
    guard !states[Int(node.index)].isReached else { return }
    states[Int(node.index)].isReached = true
    arrivals.append(node)
  }

  /// Some function loads it eagerly, and by it what it imports at its top.
  mutating func makeEager(_ node: NodeID) {
    var stack = [node]
    while let node = stack.popLast() {
      guard !states[Int(node.index)].isEager else { continue }
      states[Int(node.index)].isEager = true
      for edge in waitingForEager.removeValue(forKey: node) ?? [] {
        reach(edge.to)
        if edge.isEager { stack.append(edge.to) }
      }
    }
  }

  /// Gives newly reached nodes the edges that follow from what they are.
  mutating func settle() {
    var next = 0
    while next < arrivals.count {
      let node = arrivals[next]
      next += 1
      currentEdges.removeAll(keepingCapacity: true)
      expand(node)
      for edge in waitingForPremise.removeValue(forKey: node) ?? [] { arrive(edge) }
    }
    arrivals.removeAll(keepingCapacity: true)
  }

  mutating func expand(_ node: NodeID) {
    let state = states[Int(node.index)]
    switch state.subject {
    case .module(let module): expandModule(node, module)
    case .library(let file): requestScan(node, file, .native)
    case .folder, .file: expandData(node)
    case .metadata: break
    case .condition(let condition): expand(node, condition)
    }
  }

  mutating func requestScan(_ node: NodeID, _ file: FileID, _ role: FileRole) {
    frontier.append(ScanRequest(node: node, file: file, role: role))
    awaited[node, default: []].append(Awaited(file: file, purpose: .everything))
  }

  mutating func note(_ text: String) -> UInt32 {
    if let known = noteIndex[text] { return known }
    notes.append(text)
    noteIndex[text] = UInt32(notes.count - 1)
    return UInt32(notes.count - 1)
  }

  mutating func scope(_ scope: Scope) -> UInt32 {
    if let known = scopeIndex[scope] { return known }
    scopes.append(scope)
    scopeIndex[scope] = UInt32(scopes.count - 1)
    return UInt32(scopes.count - 1)
  }
}
