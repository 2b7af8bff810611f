import Model

/// Imports whose names only the run knows.
extension PythonResolver {
  /// An import whose argument cannot be resolved.
  mutating func followBlind(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    if text.last == UInt8(ascii: "*"),
      followPattern(text, .blindSpot, request, facts, origin) != nil
    {
      return
    }
    if let matched = current.matched, matched == (request.line, request.column) { return }
    var packages: [ModuleRef] = []
    let bound: String
    if request.level > 0, let package = origin.package {
      // `import_module("." + name, __package__)`
      bound = "anything in '\(index.names.string(package))'"
      packages = keepWhole([package], request, origin)
    } else {
      switch origin.party {
      case .first:
        packages = keepWhole(nearPackages(facts, origin), request, origin)
        let kept = packages.map { "'\(index.dottedName($0))'" }.joined(separator: ", ")
        bound =
          kept.isEmpty
          ? "any module; kept are those that strings in first-party code name"
          : "all of \(kept), and what strings in first-party code name"
      case .distribution(let id):
        let name = workspace.distributions[id].displayName
        bound = "modules that strings in '\(name)' or in first-party code name"
      case .stray(let top):
        bound = "modules that strings in '\(index.names.string(top))' or in first-party code name"
      }
    }
    let keeps = !packages.isEmpty
    blindSpots.append(
      BlindSpot(
        node: origin.holder, place: origin.place(request),
        expression: String(decoding: text, as: UTF8.self), bound: bound, keeps: keeps))
  }

  /// What a name that only the run knows means most likely: a neighbour in the module's own package;
  /// for a module at the top, what lies in the packages of the team's own that it imports from.
  ///
  ///     from intake.steps import pipeline
  ///     importlib.import_module(event["step"])      # intake.totals
  private mutating func nearPackages(_ facts: SourceFacts, _ origin: Origin) -> [Name] {
    if let package = origin.package { return [package] }
    var names: Set<Name> = []
    for request in facts.requests where request.form == .module || request.form == .member {
      guard request.kind != .typeOnly, let dotted = dottedName(request, facts, origin) else {
        continue
      }
      for (found, _) in look(up: index.top(of: dotted), from: origin) where found.isComplete {
        let row = index.modules[Int(found.module)]
        if row.isPackage, states[Int(node(of: found.module).index)].party == .first {
          names.insert(row.dotted)
        }
      }
    }
    return names.sorted()
  }

  /// Keeps every module of packages, because of a blind spot or because one of them is meant; which of
  /// them there are.
  mutating func keepWhole(
    _ packages: [Name], _ request: Request, _ origin: Origin, as kind: EdgeKind = .blindSpot
  ) -> [ModuleRef] {
    guard !isSettled(request) else { return [] }
    var kept: [ModuleRef] = []
    for package in packages {
      for (found, scope) in look(up: package, from: origin) where found.isComplete {
        kept.append(found.module)
        link(
          origin.holder, to: condition(.wholePackage(found.module)), kind, scope: scope,
          place: origin.place(request))
      }
    }
    return kept
  }
}
