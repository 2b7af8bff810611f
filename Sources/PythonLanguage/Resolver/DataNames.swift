import Model

/// Modules that data files name.
extension PythonResolver {
  /// What is read for names: the team's own configuration and pickles, pickles of distributions that
  /// load such, and programs, which are linked against libraries.
  mutating func expandData(_ node: NodeID) {
    let state = states[Int(node.index)]
    guard state.kind == .data else { return }
    for file in state.files {
      let path = workspace.files[file].path
      if Roles.role(of: path) == .source { continue }
      let name = path.name.utf8
      if DataScanner.pickleSuffixes.contains(where: name.hasSuffix) {
        if state.party == .first || picklers.contains(state.party) {
          requestScan(node, file, .data)
        } else {
          unreadPickles[state.party, default: []].append((node, file))
        }
      } else if DataScanner.couldBeProgram(name)
        || state.party == .first && !DataScanner.proseSuffixes.contains(where: name.hasSuffix)
      {
        requestScan(node, file, .data)
      }
    }
  }

  /// `import pickle`
  func loadsPickles(_ request: Request, _ facts: SourceFacts) -> Bool {
    switch request.form {
    case .module, .member: if request.level > 0 { return false }
    default: return false
    }
    let name = facts.bytes(request.name)
    return Self.pickleModules.contains { name.elementsEqual($0.utf8) }
  }

  private static let pickleModules = ["pickle", "joblib", "cloudpickle", "dill"]

  mutating func readPickles(of party: Party) {
    guard picklers.insert(party).inserted else { return }
    for (node, file) in unreadPickles.removeValue(forKey: party) ?? [] {
      requestScan(node, file, .data)
    }
  }

  /// `operationId: items.show`: a module of the team's own, or an attribute of one; of a distribution,
  /// a module below its top. What stands in front of a colon may be one (`shop:make`) or say what it
  /// is (`!!python/name:shop.make`).
  mutating func followDataName(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.party == .first else { return }
    followHeadless(facts.bytes(request.name), request, origin)
    var text = facts.bytes(request.name)
    while !linkDataName(text, request, origin), let colon = text.firstIndex(of: UInt8(ascii: ":")) {
      text = text[(colon + 1)...]
    }
  }

  /// `Resource    ../resources/shop.resource`: a file by its path from the one that names it, or from a
  /// folder above.
  mutating func followDataPath(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.party == .first else { return }
    followPath(facts.bytes(request.name), request, origin, isPath: true, mayBeFolder: false)
  }

  /// False where it names no module.
  private mutating func linkDataName(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) -> Bool {
    let parts = text.split(whereSeparator: { ".:".utf8.contains($0) })
    guard let first = parts.first, parts.count > 1, index.find(first) != nil else { return false }
    let dot = CollectionOfOne(UInt8(ascii: "."))
    let dotted = index.intern(Array(parts.joined(separator: dot))[...])
    if isStandard(index.top(of: dotted), view: origin.view) { return false }
    var isLinked = false
    for (found, scope) in look(up: dotted, from: origin) where found.module >= 0 {
      guard found.isComplete || found.asked - found.depth <= 2 else { continue }
      let party = states[Int(node(of: found.module).index)].party
      guard party == .first || found.depth >= 2 else { continue }
      // Most columns with dots are addresses and figures.
      let isTable = DataScanner.tableSuffixes.contains {
        workspace.files[origin.file].path.name.utf8.hasSuffix($0)
      }
      linkModule(
        origin, found.module, .string, request, scope: scope,
        premise: isTable ? condition(.importsDynamically(.first)) : nil)
      isLinked = true
    }
    return isLinked
  }
}
