import Model

/// From a name to the module, and to what is known of one that is not there.
extension PythonResolver {
  /// What a request names, from the top; nil where its dots lead out of the package.
  mutating func dottedName(_ request: Request, _ facts: SourceFacts, _ origin: Origin) -> Name? {
    absolute(facts.bytes(request.name), level: Int(request.level), from: origin)
  }

  /// Adds the edges for a dotted name; what is missing is remembered.
  mutating func follow(
    _ dotted: Name, _ request: Request, _ origin: Origin, _ kind: EdgeKind
  ) -> [Sighting] {
    let top = index.top(of: dotted)
    if isStandard(top, view: origin.view) {
      followStandard(dotted, top, request, origin)
      return []
    }
    if isNeverNeeded(dotted, top, request, origin) { return [] }
    let sightings = look(up: dotted, from: origin)
    var isMissing = true
    for (found, scope) in sightings where found.module >= 0 {
      if found.isComplete { isMissing = false }
      // `import a.b.missing` still runs `a` and `a.b` before it fails.
      linkModule(origin, found.module, kind, request, scope: scope)
    }
    if isMissing {
      if let foreign = sightings.lazy.compactMap(\.found.foreign).first {
        noteForeign(foreign, dotted, request, origin)
        return sightings
      }
      let isNowhere = sightings.allSatisfy { $0.found.module < 0 }
      if isNowhere, isInRuntime(top) {
        unfollowed.append(
          UnfollowedImport(
            from: origin.node, name: index.names.string(dotted), reason: .provided,
            kind: request.kind, place: origin.place(request)))
        return sightings
      }
      if isNowhere, origin.party != .first {
        followNeighbour(dotted, request, origin)
      } else if isNowhere,
        linkVendored(dotted, request, origin)
          || linkDataFolder(index.names.slice(dotted), request, origin)
      {
        return sightings
      }
      unresolved.append(
        Unresolved(
          node: origin.node, dotted: dotted, kind: request.kind, place: origin.place(request),
          isStatement: request.isStatement))
    }
    return sightings
  }

  /// Whether the provider's runtime has a module of this name, and nothing on the path does:
  ///
  ///     import boto3    # in a function of AWS Lambda without requirements
  private func isInRuntime(_ top: Name) -> Bool {
    !target.runtimeModules.isEmpty && target.runtimeModules.contains(index.names.string(top))
  }

  /// What a distribution imports from the top without it being there: generated code and scripts
  /// import their neighbours so, and vendored distributions are put on `sys.path`.
  private mutating func followNeighbour(_ dotted: Name, _ request: Request, _ origin: Origin) {
    let first = index.names.first(of: dotted)
    if let beside = absolute(first[...], level: 1, from: origin) {
      for (found, scope) in look(up: beside, from: origin) where found.isComplete {
        linkModule(origin, found.module, .string, request, scope: scope)
      }
    }
    _ = linkVendored(dotted, request, origin)
  }

  /// `sys.path.insert(0, os.path.join(here, "vendor"))`: what lies in folders that are named so is
  /// meant to be on the path. False where it has no such module.
  private mutating func linkVendored(
    _ dotted: Name, _ request: Request, _ origin: Origin
  ) -> Bool {
    guard let top = index.find(index.names.first(of: dotted)[...]) else { return false }
    var isFound = false
    for folder in index.tree.vendorFolders(holding: top)
    where party(ofFolder: folder) == origin.party {
      let parts = path(of: folder).split(separator: "/").map(String.init)
      let full = index.intern((parts + [index.names.string(dotted)]).joined(separator: "."))
      let found = index.find(full, in: origin.view)
      guard Int(found.depth) > parts.count else { continue }
      linkModule(origin, found.module, .string, request)
      isFound = true
    }
    return isFound
  }

  private func party(ofFolder folder: Int32) -> Party? {
    let row = index.tree.folders[Int(folder)]
    let files =
      row.leaves.lazy.compactMap { index.tree.leaves[Int($0)].file }.first
      ?? row.folders.lazy.compactMap { index.tree.folders[Int($0)].initial?.file }.first
    return files.map(party(of:))
  }

  mutating func linkModule(
    _ origin: Origin, _ module: ModuleRef, _ kind: EdgeKind, _ request: Request,
    scope: UInt32? = nil, premise: NodeID? = nil, note: UInt32? = nil
  ) {
    let node = self.node(of: module)
    if let id = distribution(states[Int(node.index)].party), omitted.contains(id) {
      unfollowed.append(
        UnfollowedImport(
          from: origin.node, name: index.dottedName(module), reason: .provided,
          kind: request.kind, place: origin.place(request)))
      return
    }
    link(
      origin.holder, to: node, kind, premise: premise, scope: scope, place: origin.place(request),
      note: note)
  }

  mutating func skip(
    _ request: Request, _ facts: SourceFacts, _ origin: Origin,
    _ reason: UnfollowedImport.Reason
  ) {
    guard request.isStatement, let dotted = dottedName(request, facts, origin) else { return }
    unfollowed.append(
      UnfollowedImport(
        from: origin.node, name: index.names.string(dotted), reason: reason, kind: request.kind,
        place: origin.place(request)))
    for position in request.members where request.form == .member {
      let text = facts.bytes(facts.members[Int(position)])
      guard let name = index.find(text) else { continue }
      for (found, _) in look(up: dotted, from: origin) where found.isComplete {
        guard let child = index.child(of: found.module, name) else { continue }
        unfollowed.append(
          UnfollowedImport(
            from: origin.node, name: index.dottedName(child), reason: reason, kind: request.kind,
            place: origin.place(request)))
      }
    }
  }

  func location(_ place: Place) -> SourceLocation {
    let file = workspace.files[place.file]
    let full = workspace.roots[file.root].location + "/" + file.path.string
    let project = workspace.project + "/"
    let path = full.hasPrefix(project) ? String(full.dropFirst(project.count)) : full
    return SourceLocation(path: path, line: Int(place.line), column: Int(place.column))
  }
}

extension Request {
  /// Whether it is an import statement.
  fileprivate var isStatement: Bool { [.module, .member, .wildcard].contains(form) }
}
