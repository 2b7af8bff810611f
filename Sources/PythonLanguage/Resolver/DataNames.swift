import Model

/// Modules that data files name.
extension PythonResolver {
  /// What is read for names: the team's own configuration and pickles, pickles of distributions that
  /// load such, and programs, which are linked against libraries.
  mutating func expandData(_ node: NodeID) {
    let state = states[Int(node.index)]
    guard state.kind == .data else { return }
    for file in state.files {
      let name = workspace.files[file].path.name.utf8
      func ends(in suffixes: [String]) -> Bool {
        suffixes.contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
      }
      if ends(in: DataScanner.pickleSuffixes) {
        if state.party == .first || picklers.contains(state.party) {
          requestScan(node, file, .data)
        } else {
          unreadPickles[state.party, default: []].append((node, file))
        }
      } else if state.party == .first, ends(in: DataScanner.textSuffixes) {
        requestScan(node, file, .data)
      } else if DataScanner.couldBeProgram(name) {
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
  /// a module below its top.
  mutating func followDataName(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name).map { $0 == UInt8(ascii: ":") ? UInt8(ascii: ".") : $0 }
    guard let first = text.split(separator: UInt8(ascii: ".")).first, index.find(first) != nil
    else {
      return
    }
    let dotted = index.intern(text[...])
    if isStandard(index.top(of: dotted), view: origin.view) { return }
    for (found, scope) in look(up: dotted, from: origin) where found.module >= 0 {
      guard found.isComplete || found.asked - found.depth <= 2 else { continue }
      let party = states[Int(node(of: found.module).index)].party
      guard party == .first || found.depth >= 2 else { continue }
      linkModule(origin, found.module, .string, request, scope: scope)
    }
  }
}
