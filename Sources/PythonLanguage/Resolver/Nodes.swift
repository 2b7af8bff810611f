import Model

/// How nodes are made.
extension PythonResolver {
  mutating func node(of module: ModuleRef) -> NodeID {
    let row = index.modules[Int(module)]
    guard let leaf = row.leaf, let file = leaf.file else {
      return makeNode(
        .module(module), .namespace, files: [], party: party(ofNamespace: row),
        root: root(ofNamespace: row), view: row.view)
    }
    if let known = nodeByFile[file] { return known }
    let owner = workspace.files[file]
    // A shared file is the same node in whatever view it was found.
    let view = index.viewByOverlay[owner.root] ?? 0
    let made = makeNode(
      .module(module), leaf.isNative ? .extension : .module, files: [file], party: party(of: file),
      root: owner.root, view: view)
    nodeByFile[file] = made
    return made
  }

  mutating func condition(_ condition: Condition) -> NodeID {
    makeNode(
      .condition(condition), .condition, files: [], party: party(of: condition), root: nil, view: 0)
  }

  /// Whose code it is that a condition leads on to: what that may have without declaring it.
  private func party(of condition: Condition) -> Party {
    switch condition {
    case .asked(let node), .export(let node, _), .bound(let node), .passed(let node, _),
      .proviso(let node, _):
      states[Int(node.index)].party
    case .wholePackage(let module), .star(let module): party(of: module)
    case .wholeDistribution(let id), .uses(let id): .distribution(id)
    default: .first
    }
  }

  private func party(of module: ModuleRef) -> Party {
    let row = index.modules[Int(module)]
    return row.leaf?.file.map(party(of:)) ?? party(ofNamespace: row)
  }

  mutating func makeNode(
    _ subject: Subject, _ kind: Node.Kind, files: [FileID], party: Party, root: RootID?, view: View
  ) -> NodeID {
    if let known = nodeBySubject[subject] { return known }
    let id = NodeID(states.count)
    states.append(
      NodeState(
        subject: subject, kind: kind, files: files, party: party, root: root, view: view))
    nodeBySubject[subject] = id
    return id
  }

  func party(of file: FileID) -> Party {
    let file = workspace.files[file]
    if let distribution = file.distribution { return .distribution(distribution) }
    if workspace.roots[file.root].isFirstParty { return .first }
    let top = file.path.string.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ".") }
    return .stray(index.find(Array(top)[...]) ?? .max)
  }

  func party(ofNamespace module: ModuleIndex.Module) -> Party {
    let roots = module.path.map { index.tree.folders[Int($0)].root }
    return roots.contains { workspace.roots[$0].isFirstParty } ? .first : .stray(module.dotted)
  }

  func root(ofNamespace module: ModuleIndex.Module) -> RootID? {
    let roots = Set(module.path.map { index.tree.folders[Int($0)].root })
    return roots.count == 1 ? roots.first : nil
  }

  /// The distribution that a party is.
  func distribution(_ party: Party) -> DistributionID? {
    if case .distribution(let id) = party { id } else { nil }
  }
}
