import Model

/// What a function has declared, and imports into what it has not.
///
/// An import that is optional for a distribution works without what it asks for: that is what its
/// `Requires-Dist` says. Whatever else is installed, it is installed for somebody else:
///
///     try:
///       import orjson                # in a distribution that does not require orjson
///     except ImportError:
///       orjson = None
///
/// So an edge from one distribution into another holds where the other is declared for the function: by
/// the team's own imports, by what required it, by the function's own requirements. It is a premise like
/// any other, so that one graph serves all functions.
extension PythonResolver {
  /// How an edge between parties holds.
  enum Passage {
    /// As it is.
    case free
    /// Where this distribution is declared.
    case ifDeclared(DistributionID)
    /// So, too, or where its `from` is loaded eagerly: that cannot be loaded without it.
    case ifDeclaredOrEager(DistributionID)
  }

  func passage(_ from: NodeID, _ to: NodeID, _ kind: EdgeKind) -> Passage {
    guard target.optional == .declared,
      case .distribution(let other) = states[Int(to.index)].party, kind != .configured
    else { return .free }
    switch states[Int(from.index)].party {
    case .first:
      // Who has registered an entry point is installed for somebody, not named.
      guard kind == .entryPoint, mustDeclare(other) else { return .free }
      return .ifDeclared(other)
    case .stray:
      guard kind == .entryPoint || kind == .walk, mustDeclare(other) else { return .free }
      return .ifDeclared(other)
    case .distribution(let own):
      guard own != other, mustDeclare(other), !alwaysRequired(by: own).contains(other) else {
        return .free
      }
      return kind.isForced ? .ifDeclaredOrEager(other) : .ifDeclared(other)
    }
  }

  private func mustDeclare(_ id: DistributionID) -> Bool { settings[id]?.optional != .installed }

  /// What a distribution requires whatever extras are asked for, and what that requires.
  func alwaysRequired(by id: DistributionID) -> Set<DistributionID> { closures[id] ?? [] }

  /// By distribution: what is installed wherever it is. A cycle is no harm.
  static func closures(
    _ graph: RequirementGraph, _ ids: some Sequence<DistributionID>
  ) -> [DistributionID: Set<DistributionID>] {
    var closures: [DistributionID: Set<DistributionID>] = [:]
    for id in ids {
      var reached: Set<DistributionID> = []
      var stack = [id]
      while let next = stack.popLast() {
        for requirement in graph.requirements[next] ?? []
        where requirement.extra == nil && reached.insert(requirement.to).inserted {
          if let known = closures[requirement.to] {
            reached.formUnion(known)
          } else {
            stack.append(requirement.to)
          }
        }
      }
      closures[id] = reached
    }
    return closures
  }

  // MARK: What is declared

  /// What is declared with a distribution: what it requires, and the extras that the settings ask for.
  mutating func expandDeclared(_ node: NodeID, _ id: DistributionID) {
    link(node, to: condition(.admitted(id)), .requires)
    for requirement in requirements.requirements[id] ?? [] where requirement.extra == nil {
      declare(requirement.to, extras: requirement.extras, from: node)
    }
    for extra in settings[id]?.extras ?? [] {
      link(node, to: condition(.extra(id, extra)), .configured)
    }
  }

  /// `pandas[excel]`
  mutating func expandExtra(_ node: NodeID, _ id: DistributionID, _ extra: String) {
    link(node, to: condition(.declared(id)), .requires)
    for requirement in requirements.requirements[id] ?? [] where requirement.extra == extra {
      declare(requirement.to, extras: requirement.extras, from: node)
    }
  }

  private mutating func declare(_ id: DistributionID, extras: [String], from node: NodeID) {
    guard !omitted.contains(id) else { return }
    link(node, to: condition(.declared(id)), .requires)
    for extra in extras { link(node, to: condition(.extra(id, extra)), .requires) }
  }

  /// The conditions that hold for a function from the start.
  mutating func given(to function: Function) -> [NodeID] {
    var nodes: [NodeID] = []
    for declaration in function.declarations {
      nodes.append(condition(.declared(declaration.distribution)))
      nodes += declaration.extras.map { condition(.extra(declaration.distribution, $0)) }
    }
    return nodes
  }

  // MARK: Edges that wait

  /// An edge that holds under two premises: the second waits at a condition that the first leads to.
  mutating func proviso(_ from: NodeID, _ premise: NodeID, _ scope: UInt32?) -> NodeID {
    let both = condition(.proviso(from, premise))
    connect(
      Edge(from: from, to: both, kind: .proviso, premise: premise, scope: scope, isEager: true))
    return both
  }

  /// Whether nothing that a function could have is called so: no file, nothing of the runtime's, nothing
  /// that a script would find beside itself.
  ///
  ///     from gunicorn.workers import base     # nobody has installed gunicorn
  ///     import uvloop                         # so this is never reached
  private mutating func isNowhere(
    _ dotted: Name, _ sightings: [Sighting], _ request: Request, _ origin: Origin
  ) -> Bool {
    let top = index.top(of: dotted)
    guard request.level == 0,
      sightings.allSatisfy({ $0.found.module < 0 && $0.found.foreign == nil }),
      !target.runtimeModules.contains(index.names.string(top)),
      index.tree.vendorFolders(holding: top).isEmpty
    else { return false }
    guard let beside = absolute(index.names.first(of: dotted)[...], level: 1, from: origin) else {
      return true
    }
    return !look(up: beside, from: origin).contains { $0.found.isComplete }
  }

  /// What stands below an import that fails is not executed:
  ///
  ///     from gunicorn.workers import base     # nobody has declared gunicorn
  ///     import uvloop                         # so this is never reached
  ///
  /// The holder of what follows a request in a file: a condition, where the request is such an import.
  mutating func holder(
    after request: Request, _ facts: SourceFacts, _ origin: Origin
  ) -> NodeID? {
    guard request.kind == .topLevel, let own = distribution(origin.party),
      target.optional == .declared
    else { return nil }
    switch request.form {
    case .module, .member, .wildcard: break
    default: return nil
    }
    guard let dotted = dottedName(request, facts, origin),
      !isStandard(index.top(of: dotted), view: origin.view)
    else { return nil }
    let sightings = look(up: dotted, from: origin)
    if isNowhere(dotted, sightings, request, origin) {
      // Whoever cannot be loaded without it is told by its users; for all others it is as if it were
      // not there.
      let passed = condition(.passed(origin.node, request.line))
      connect(
        Edge(from: origin.holder, to: passed, kind: .proviso, isEager: true, needsEager: true))
      return passed
    }
    var others: Set<DistributionID> = []
    for (found, _) in sightings where found.module >= 0 {
      var modules = [found.module]
      if request.form == .member, found.isComplete {
        modules += request.members.compactMap { position in
          index.find(facts.bytes(facts.members[Int(position)])).flatMap {
            index.child(of: found.module, $0)
          }
        }
      }
      for module in modules {
        if let other = distribution(states[Int(node(of: module).index)].party), other != own,
          mustDeclare(other), !alwaysRequired(by: own).contains(other)
        {
          others.insert(other)
        }
      }
    }
    guard !others.isEmpty else { return nil }
    let passed = condition(.passed(origin.node, request.line))
    var holder = origin.holder
    for other in others.sorted().dropLast() {
      holder = proviso(holder, condition(.admitted(other)), nil)
    }
    guard let last = others.max() else { return nil }
    connect(
      Edge(
        from: holder, to: passed, kind: .proviso, premise: condition(.admitted(last)),
        isEager: true))
    connect(
      Edge(
        from: origin.holder, to: passed, kind: .proviso, isEager: true, needsEager: true))
    return passed
  }
}

extension EdgeKind {
  /// Whether its `from` cannot be loaded without its `to`.
  var isForced: Bool { self == .topLevel || self == .parent || self == .native }

  /// Whether what is loaded eagerly loads the other eagerly by it. The team's own modules are, wherever
  /// the team's own code leads to them; a name that was asked for is what the asking module imports.
  func isEager(from: PythonResolver.NodeState, to: PythonResolver.NodeState) -> Bool {
    if isForced || self == .proviso || to.party == .first { return true }
    switch from.subject {
    case .condition(.export): return self == .lazyTable || self == .template
    case .condition: return false
    default: return from.party == .first
    }
  }
}
