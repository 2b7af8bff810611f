import Model

extension PythonResolver {
  /// What each reached module brings along, whatever is in it.
  mutating func expandModule(_ node: NodeID, _ module: ModuleRef) {
    let state = states[Int(node.index)]
    let row = index.modules[Int(module)]
    linkParent(node, row)
    if let leaf = row.leaf {
      if let native = leaf.native {
        requestScan(node, native, .native)
        // A compiled module beside its own source: the source says what it imports.
        if let source = leaf.source { requestScan(node, source, .source) }
      } else if let source = leaf.source {
        requestScan(node, source, .source)
      }
    }
    // An editable install: the code lies in a source root, its metadata in the environment.
    if state.party == .first, row.parent < 0, let id = distributionWords[row.name],
      !isInstalled(row.name)
    {
      linkMetadata(node, id, .metadata)
      link(node, to: condition(.declared(id)), .metadata)
    }
    if let id = distribution(state.party) { link(node, to: condition(.uses(id)), .metadata) }
    if row.isPackage { linkData(of: node, row) }
    applyRules(to: node, module)
  }

  /// Whether an environment has a top-level module of that name.
  private func isInstalled(_ name: Name) -> Bool {
    target.roots.contains { root in
      guard !workspace.roots[root].isFirstParty, let folder = index.tree.rootFolders[root] else {
        return false
      }
      return index.tree.child(folder, name) != nil || index.tree.leaf(folder, name) != nil
    }
  }

  /// Importing `a.b` imports `a` first.
  private mutating func linkParent(_ node: NodeID, _ row: ModuleIndex.Module) {
    guard row.parent >= 0 else { return }
    let parent = index.modules[Int(row.parent)].dotted
    let view = states[Int(node.index)].view
    guard view == 0, !index.viewsByTop.isEmpty else {
      link(node, to: self.node(of: row.parent), .parent)
      return
    }
    let top = index.top(of: parent)
    let views = index.views(forTop: top)
    guard !views.isEmpty else {
      link(node, to: self.node(of: row.parent), .parent)
      return
    }
    for view in views {
      guard let overlay = index.overlays[Int(view)] else { continue }
      let found = index.find(parent, in: view)
      guard found.isComplete else { continue }
      link(
        node, to: self.node(of: found.module), .parent, scope: scope(.only([overlay])))
    }
    let found = index.find(parent, in: 0)
    if found.isComplete {
      let overlays = views.compactMap { index.overlays[Int($0)] }
      link(node, to: self.node(of: found.module), .parent, scope: scope(.except(overlays)))
    }
  }

  /// What follows from a condition.
  mutating func expand(_ node: NodeID, _ condition: Condition) {
    switch condition {
    case .importsDynamically(let party):
      link(
        node, to: self.condition(.loadsPlugins(party)), .dynamic,
        premise: self.condition(.walksFolders(party)))
      if party != .first {
        link(
          node, to: self.condition(.anyoneLoadsPlugins), .walk,
          premise: self.condition(.listsModules(party)))
      }
      link(
        node, to: self.condition(.loadsTopModules(party)), .dynamic,
        premise: self.condition(.listsTopModules(party)))
      link(node, to: self.condition(.anyoneImportsDynamically), .dynamic)
    case .loadsPlugins(let party):
      if party == .first { link(node, to: self.condition(.anyoneLoadsPlugins), .walk) }
    case .loadsTopModules:
      link(node, to: self.condition(.anyoneLoadsTopModules), .walk)
    case .walksFolders, .listsModules, .listsTopModules, .anyoneLoadsTopModules,
      .anyoneReadsEntryPoints, .anyoneLoadsPlugins, .anyoneImportsDynamically, .anyoneLoadsFiles,
      .star, .everyFolder, .importsTail, .passed, .proviso, .admitted, .called:
      break
    case .namedFolder(let folder): expandNamed(node, folder)
    case .wholePackage(let module):
      link(node, to: self.node(of: module), .walk)
      for child in index.submodules(of: module) where !isTests(child) {
        let isPackage = index.modules[Int(child)].isPackage
        link(
          node, to: isPackage ? self.condition(.wholePackage(child)) : self.node(of: child), .walk)
      }
    case .wholeDistribution(let id):
      for module in modules(of: id) { link(node, to: self.node(of: module), .whole) }
      linkUnpackaged(of: id, from: node)
      link(node, to: self.condition(.uses(id)), .whole)
    case .wholeEnvironment:
      for id in distributionByName.values.sorted() where !omitted.contains(id) {
        link(node, to: self.condition(.wholeDistribution(id)), .whole)
      }
    case .uses(let id): expandUse(node, id)
    case .declared(let id): expandDeclared(node, id)
    case .extra(let id, let extra): expandExtra(node, id, extra)
    case .asked(let module): expandAsked(node, module)
    case .export(let module, let name): expandExport(node, module, name)
    case .bound(let module): expandBound(node, module)
    }
  }

  /// Tests lie among what is walked, and nothing that runs in production needs them. A folder of
  /// tests without an `__init__.py` is its package's.
  func isTests(_ module: ModuleRef) -> Bool {
    let name = index.names.slice(index.modules[Int(module)].name)
    guard ["tests", "test", "conftest"].contains(where: { name.elementsEqual($0.utf8) }) else {
      return false
    }
    var owner = module
    while owner >= 0 {
      if let file = index.modules[Int(owner)].leaf?.file { return party(of: file) != .first }
      owner = index.modules[Int(owner)].parent
    }
    return false
  }

  /// A distribution in use brings its metadata, and what rules say about it.
  private mutating func expandUse(_ node: NodeID, _ id: DistributionID) {
    linkMetadata(node, id, .metadata)
    link(node, to: condition(.declared(id)), .metadata)
    let prune = settings[id]?.prune ?? target.prune
    if prune != .modules { link(node, to: condition(.wholeDistribution(id)), .whole) }
    applyRules(toDistribution: id, node)
  }

  mutating func linkMetadata(
    _ from: NodeID, _ id: DistributionID, _ kind: EdgeKind, place: Place? = nil
  ) {
    let row = workspace.distributions[id]
    guard !row.metadataFiles.isEmpty, !omitted.contains(id) else { return }
    let metadata = makeNode(
      .metadata(id), .metadata, files: row.metadataFiles,
      party: isOwn(id) ? .first : .distribution(id), root: row.root, view: 0)
    link(from, to: metadata, kind, place: place)
  }

  /// All modules whose files a distribution owns, in the order of names.
  private mutating func modules(of id: DistributionID) -> [ModuleRef] {
    if filesByDistribution == nil { indexDistributions() }
    return filesByDistribution?[id] ?? []
  }

  private mutating func indexDistributions() {
    var result: [DistributionID: [ModuleRef]] = [:]
    var stack: [ModuleRef] = []
    for root in target.roots.reversed() {
      for name in index.topLevelNames(of: root).reversed() {
        if let module = index.top(name, in: 0) { stack.append(module) }
      }
    }
    var seen: Set<ModuleRef> = []
    while let module = stack.popLast() {
      guard seen.insert(module).inserted else { continue }
      let row = index.modules[Int(module)]
      if let file = row.leaf?.file, let id = workspace.files[file].distribution {
        result[id, default: []].append(module)
      }
      if row.isPackage { stack += index.submodules(of: module).reversed() }
    }
    filesByDistribution = result
  }
}
