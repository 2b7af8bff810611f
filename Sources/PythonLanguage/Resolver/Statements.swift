import Model

extension PythonResolver {
  /// Follows everything that one file asks for.
  mutating func follow(_ facts: SourceFacts, from origin: Origin) {
    mark(facts, origin)
    if facts.requests.contains(where: { loadsPickles($0, facts) }) { readPickles(of: origin.party) }
    var origin = origin
    for request in facts.requests where request.row == nil {
      follow(request, facts, origin)
      if let holder = holder(after: request, facts, origin) { origin.holder = holder }
    }
    if facts.binary != nil { followNativeMembers(facts, origin) }
    noteBinary(facts, origin)
  }

  /// Follows one thing that a file asks for.
  mutating func follow(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    if let guardIndex = request.guardIndex,
      facts.guards[Int(guardIndex)].decided(
        by: target.runtime, library, isMain: isMain(origin)) == false
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
    case .dataPath: followDataPath(request, facts, origin)
    case .path: followPathEnd(request, facts, origin)
    case .given: followGiven(request, facts, origin)
    case .handed: followHanded(request, facts, origin)
    case .fallback: followFallback(request, facts, origin)
    case .scheme: followScheme(request, facts, origin)
    case .listed: followListed(request, facts, origin)
    case .searchPath: followSearchPath(request, facts, origin)
    }
  }

  /// Whether a module is run, not imported: of a distribution, its `__main__` may be (`python -m x`), and
  /// nothing else is. The team's own modules may be run by whatever starts a process.
  private func isMain(_ origin: Origin) -> Bool? {
    guard origin.party != .first, let module = origin.module else { return nil }
    let name = index.names.slice(index.modules[Int(module)].name)
    return name.elementsEqual("__main__".utf8) ? nil : false
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

  /// `import a.b.c`
  private mutating func followModule(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard let dotted = dottedName(request, facts, origin) else {
      return reportEscape(request, facts, origin)
    }
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
  mutating func followMembers(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard let dotted = dottedName(request, facts, origin) else {
      return reportEscape(request, facts, origin)
    }
    let kind = Self.edgeKind(request.kind)
    let sightings = follow(dotted, request, origin, kind)
    guard sightings.contains(where: { $0.found.isComplete }) else {
      if origin.party == .first { unplaced.append((request, facts, origin)) }
      return
    }
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
      if !isFound, !noteForeignMember(name, of: sightings, request, origin) {
        reportMember(text, of: sightings, request, origin)
      }
    }
  }

  /// `from . import _speedups`, `from native import _speedups` where that is an extension that only
  /// exists for another platform: as `import native._speedups`.
  private mutating func noteForeignMember(
    _ name: Name?, of sightings: [Sighting], _ request: Request, _ origin: Origin
  ) -> Bool {
    guard let name else { return false }
    for (found, _) in sightings where found.isComplete {
      guard let file = index.foreignFile(name, below: found.module, origin.view) else { continue }
      let dotted = index.dottedName(found.module) + "." + index.names.string(name)
      noteForeign(file, index.intern(dotted), request, origin)
      return true
    }
    return false
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
    guard let dotted = dottedName(request, facts, origin) else {
      return reportEscape(request, facts, origin)
    }
    let kind = Self.edgeKind(request.kind)
    for (found, scope) in follow(dotted, request, origin, kind) where found.isComplete {
      bind(found.module, kind, request, origin, scope)
      guard index.modules[Int(found.module)].isPackage else { continue }
      link(
        origin.holder, to: condition(.star(found.module)), kind, scope: scope,
        place: origin.place(request))
    }
  }

  /// A name in `__all__` that is put together; where parts of it are open, all submodules that it fits.
  private mutating func followListed(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.isPackage, let module = origin.module else { return }
    for child in matches([facts.bytes(request.name)], below: module) {
      linkModule(origin, child, .string, request, premise: condition(.star(module)))
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
        isFatal: request.kind == .topLevel && entries.values.contains(origin.node),
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
}
