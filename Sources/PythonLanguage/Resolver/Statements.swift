import Model

extension PythonResolver {
  /// Follows everything that one file asks for.
  mutating func follow(_ facts: SourceFacts, from origin: Origin) {
    mark(facts, origin)
    if facts.requests.contains(where: { loadsPickles($0, facts) }) { readPickles(of: origin.party) }
    for request in facts.requests where request.row == nil { follow(request, facts, origin) }
    if facts.binary != nil { followNativeMembers(facts, origin) }
    noteBinary(facts, origin)
  }

  /// Follows one thing that a file asks for.
  mutating func follow(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    if let guardIndex = request.guardIndex,
      facts.guards[Int(guardIndex)].decided(by: target.runtime, library) == false
    {
      skip(request, facts, origin, .decided)
      return
    }
    if case .typeOnly = request.kind {
      skip(request, facts, origin, .typeOnly)
      return
    }
    switch request.form {
    case .module: followModule(request, facts, origin)
    case .member: followMembers(request, facts, origin)
    case .wildcard: followStar(request, facts, origin)
    case .dynamic: followDynamic(request, facts, origin)
    case .template: followTemplate(request, facts, origin)
    case .literal: followLiteral(request, facts, origin)
    case .words: followWords(request, facts, origin)
    case .lazyName: followLazyName(request, facts, origin)
    case .code: followCode(request, facts, origin)
    case .blind: if !isSettled(request) { followBlind(request, facts, origin) }
    case .walk: if !isSettled(request) { followWalk(request, facts, origin) }
    case .resource: followResource(request, facts, origin)
    case .directive: followDirective(request, facts, origin)
    case .ignore, .argument, .openArgument: break
    case .library: followLibrary(request, facts, origin)
    case .nativeName: followNativeName(request, facts, origin)
    case .dataName: followDataName(request, facts, origin)
    case .path: followPathEnd(request, facts, origin)
    case .given: followGiven(request, facts, origin)
    case .fallback: followFallback(request, facts, origin)
    }
  }

  /// Whether `# pare:` says on a request's line what it loads.
  func isSettled(_ request: Request) -> Bool { current.settledLines.contains(request.line) }

  static func edgeKind(_ kind: ImportKind) -> EdgeKind {
    switch kind {
    case .topLevel: .topLevel
    case .conditional: .conditional
    case .lazy: .lazy
    case .optional, .typeOnly: .optional
    }
  }

  // MARK: Statements

  /// `import a.b.c`
  private mutating func followModule(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return reportEscape(request, facts, origin) }
    let kind = Self.edgeKind(request.kind)
    for (found, scope) in follow(dotted, request, origin, kind) where found.module >= 0 {
      // `import a.b` binds `a` and by it `a.b`; `import a.b as c` binds `a.b` alone.
      bind(found.module, kind, request, origin, scope)
      if found.isComplete { listNamespace(found.module, request, origin, scope) }
      if !request.members.isEmpty { continue }
      var above = index.modules[Int(found.module)].parent
      while above >= 0 {
        bind(above, kind, request, origin, scope)
        above = index.modules[Int(above)].parent
      }
    }
  }

  private mutating func bind(
    _ module: ModuleRef, _ kind: EdgeKind, _ request: Request, _ origin: Origin, _ scope: UInt32?
  ) {
    ask(
      node(of: module),
      Demand(
        from: origin.holder, kind: kind, scope: scope, place: origin.place(request), wanted: []))
  }

  /// `from a import b, c` needs `a`, and `a.b` where that is a submodule.
  private mutating func followMembers(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return reportEscape(request, facts, origin) }
    let kind = Self.edgeKind(request.kind)
    let sightings = follow(dotted, request, origin, kind)
    guard sightings.contains(where: { $0.found.isComplete }) else { return }
    for position in request.members {
      let text = facts.bytes(facts.members[Int(position)])
      let name = index.find(text)
      var isFound = false
      for (found, scope) in sightings where found.isComplete {
        let child = name.flatMap { index.child(of: found.module, $0) }
        ask(
          node(of: found.module),
          Demand(
            from: origin.holder, kind: kind, scope: scope, place: origin.place(request),
            wanted: [name ?? index.intern(text)], isSubmodule: child != nil))
        guard let child else { continue }
        isFound = true
        linkModule(origin, child, kind, request, scope: scope)
        bind(child, kind, request, origin, scope)
        listNamespace(child, request, origin, scope)
      }
      if !isFound { reportMember(text, of: sightings, request, origin) }
    }
  }

  /// `import host.plugins` of a namespace package, by code that lists modules: there is nothing else
  /// that it could want of it than what others have installed there.
  private mutating func listNamespace(
    _ module: ModuleRef, _ request: Request, _ origin: Origin, _ scope: UInt32?
  ) {
    guard current.listsModules, index.modules[Int(module)].kind == .namespace else { return }
    link(
      origin.holder, to: condition(.wholePackage(module)), .walk, scope: scope,
      place: origin.place(request))
  }

  /// `from a import *` also imports the submodules that `a.__all__` names.
  private mutating func followStar(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return reportEscape(request, facts, origin) }
    let kind = Self.edgeKind(request.kind)
    for (found, scope) in follow(dotted, request, origin, kind) where found.isComplete {
      bind(found.module, kind, request, origin, scope)
      guard index.modules[Int(found.module)].isPackage else { continue }
      link(
        origin.holder, to: condition(.star(found.module)), kind, scope: scope,
        place: origin.place(request))
    }
  }

  /// `import_module("a.b")`; a part that does not exist is no error of the archive's.
  private mutating func followDynamic(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return }
    // What a `__getattr__` imports is the answer, or has it.
    let sightings = follow(dotted, request, origin, request.row == nil ? .dynamic : .lazyTable)
    if request.row != nil {
      for (found, scope) in sightings where found.isComplete {
        askNext(found.module, request, facts, origin, scope: scope)
      }
    }
    for (found, scope) in sightings where found.isComplete {
      for position in request.members {
        let name = facts.bytes(facts.members[Int(position)])
        followFromList(name, found.module, request, origin, scope)
      }
    }
    // A package that puts its own folder on `sys.path` and imports a module of its own name from it.
    if request.level == 0, let module = origin.module, origin.isPackage,
      sightings.contains(where: { $0.found.module == module }),
      let name = index.find(facts.bytes(request.name)), let child = index.child(of: module, name)
    {
      linkModule(origin, child, .dynamic, request)
    }
  }

  /// `__import__("a", fromlist=["b"])` needs `a.b` where that is a submodule; where the name is not
  /// constant, every submodule that it may be.
  private mutating func followFromList(
    _ name: ArraySlice<UInt8>, _ module: ModuleRef, _ request: Request, _ origin: Origin,
    _ scope: UInt32?
  ) {
    guard index.modules[Int(module)].isPackage else { return }
    guard name.contains(UInt8(ascii: "*")) else {
      guard let known = index.find(name), let child = index.child(of: module, known) else { return }
      return linkModule(origin, child, .dynamic, request, scope: scope)
    }
    let text = note(index.dottedName(module) + "." + String(decoding: name, as: UTF8.self))
    for child in matches([name], below: module) {
      linkModule(origin, child, .template, request, scope: scope, note: text)
    }
  }

  /// An import inside a string that is executed; the string may hold `from a import b`, too.
  private mutating func followCode(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return }
    for (found, scope) in follow(dotted, request, origin, .code) where found.isComplete {
      for position in request.members {
        let text = facts.bytes(facts.members[Int(position)])
        guard let name = index.find(text), let child = index.child(of: found.module, name)
        else { continue }
        linkModule(origin, child, .code, request, scope: scope)
      }
    }
  }

  /// `# pare: import a.b`
  private mutating func followDirective(
    _ request: Request, _ facts: SourceFacts, _ origin: Origin
  ) {
    guard
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return }
    let sightings = look(up: dotted, from: origin)
    for (found, scope) in sightings where found.isComplete {
      linkModule(origin, found.module, .configured, request, scope: scope)
    }
    if !sightings.contains(where: { $0.found.isComplete }) {
      diagnostics.append(
        Diagnostics.unmatchedDirective(
          index.names.string(dotted), at: location(origin.place(request))))
    }
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
      if origin.party != .first, sightings.allSatisfy({ $0.found.module < 0 }) {
        followNeighbour(dotted, request, origin)
      }
      unresolved.append(
        Unresolved(
          node: origin.node, dotted: dotted, kind: request.kind, place: origin.place(request),
          isStatement: [.module, .member, .wildcard].contains(request.form)))
    }
    return sightings
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
    guard let top = index.find(first[...]) else { return }
    for folder in index.tree.vendorFolders(holding: top)
    where party(ofFolder: folder) == origin.party {
      let parts = path(of: folder).split(separator: "/").map(String.init)
      let full = index.intern((parts + [index.names.string(dotted)]).joined(separator: "."))
      let found = index.find(full, in: origin.view)
      if Int(found.depth) > parts.count { linkModule(origin, found.module, .string, request) }
    }
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

  private mutating func skip(
    _ request: Request, _ facts: SourceFacts, _ origin: Origin,
    _ reason: UnfollowedImport.Reason
  ) {
    guard [.module, .member, .wildcard].contains(request.form),
      let dotted = absolute(
        facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return }
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

  // MARK: What is told at the end

  private mutating func reportEscape(
    _ request: Request, _ facts: SourceFacts, _ origin: Origin
  ) {
    guard origin.party == .first, request.kind < .optional else { return }
    diagnostics.append(
      Diagnostics.escapingImport(
        String(repeating: ".", count: Int(request.level)) + facts.string(request.name),
        at: location(origin.place(request))))
  }

  /// `from a import b` where `a` is a namespace package: it has no attributes of its own, so `b` had
  /// to be a submodule.
  private mutating func reportMember(
    _ text: ArraySlice<UInt8>, of sightings: [Sighting], _ request: Request, _ origin: Origin
  ) {
    guard origin.party == .first,
      let found = sightings.first(where: { $0.found.isComplete })?.found,
      index.modules[Int(found.module)].kind == .namespace
    else { return }
    let dotted = index.dottedName(found.module) + "." + String(decoding: text, as: UTF8.self)
    unresolved.append(
      Unresolved(
        node: origin.node, dotted: index.intern(dotted), kind: request.kind,
        place: origin.place(request), isStatement: true))
  }

  func location(_ place: Place) -> SourceLocation {
    let file = workspace.files[place.file]
    let full = workspace.roots[file.root].location + "/" + file.path.string
    let project = workspace.project + "/"
    let path = full.hasPrefix(project) ? String(full.dropFirst(project.count)) : full
    return SourceLocation(path: path, line: Int(place.line), column: Int(place.column))
  }
}
