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
    let key = EdgeKey(from: from, to: to, premise: premise, scope: scope)
    let edge = Edge(
      from: from, to: to, kind: kind, premise: premise, scope: scope, place: place, note: note)
    if let position = currentEdges[key] {
      if kind.rawValue < edges[position].kind.rawValue { edges[position] = edge }
      return
    }
    currentEdges[key] = edges.count
    edges.append(edge)
    if let premise, !states[Int(premise.index)].isReached {
      waitingForPremise[premise, default: []].append(to)
    } else {
      reach(to)
    }
  }

  mutating func reach(_ node: NodeID) {
    guard !states[Int(node.index)].isReached else { return }
    states[Int(node.index)].isReached = true
    arrivals.append(node)
  }

  /// Gives newly reached nodes the edges that follow from what they are.
  mutating func settle() {
    var next = 0
    while next < arrivals.count {
      let node = arrivals[next]
      next += 1
      currentEdges.removeAll(keepingCapacity: true)
      expand(node)
      for waiting in waitingForPremise.removeValue(forKey: node) ?? [] { reach(waiting) }
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
    awaited[node, default: []].append(Awaited(file: file, choice: nil))
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
