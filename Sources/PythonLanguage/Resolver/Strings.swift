import Model

extension PythonResolver {
  /// What the file does beside naming things becomes conditions, so that other edges can wait for it.
  mutating func mark(_ facts: SourceFacts, _ origin: Origin) {
    let marks = facts.marks
    current = Current(facts)
    if marks.contains(.importsDynamically) {
      link(origin.holder, to: condition(.importsDynamically(origin.party)), .dynamic)
    }
    if marks.contains(.walksFolders) {
      link(origin.holder, to: condition(.walksFolders(origin.party)), .walk)
    }
    // A loader of templates goes through trees of files (`os.walk`), and asks for one module by name.
    if origin.party != .first,
      marks.contains(.listsModules) || marks.isSuperset(of: [.listsFolders, .importsDynamically])
    {
      link(origin.holder, to: condition(.listsModules(origin.party)), .walk)
    }
    // `importlib.resources` imports the package.
    if origin.party == .first, marks.contains(.readsResources) {
      link(origin.holder, to: condition(.anyoneImportsDynamically), .dynamic)
    }
    if marks.contains(.readsEntryPoints) {
      link(origin.holder, to: condition(.anyoneReadsEntryPoints), .entryPoint)
    }
    if marks.contains(.listsTopModules) {
      link(origin.holder, to: condition(.listsTopModules(origin.party)), .walk)
    }
    if marks.contains(.loadsFiles) || (origin.party == .first && marks.contains(.runsFiles)) {
      link(origin.holder, to: condition(.anyoneLoadsFiles), .dynamic)
    }
    guard let module = origin.module else { return }
    if marks.contains(.extendsPath), origin.isPackage, index.extendPath(of: module) {
      retryUnresolved()
      retryWhole(module)
    }
    if marks.contains(.movesPath), origin.isPackage,
      index.extendPath(of: module, byOwnFolders: true)
    {
      retryUnresolved()
      retryWhole(module)
      retryDemands(of: module, from: origin)
    }
    if marks.contains(.readsStubs) { keepStubs(of: origin) }
  }

  /// A package has more portions now; what was not found before may be there.
  mutating func retryUnresolved() {
    let waiting = unresolved
    unresolved = []
    for item in waiting {
      let state = states[Int(item.node.index)]
      var found = index.find(item.dotted, in: state.view)
      if !found.isComplete, let placed = findPlaced(item.dotted, by: state.party) { found = placed }
      guard found.isComplete else {
        unresolved.append(item)
        continue
      }
      currentEdges.removeAll(keepingCapacity: true)
      link(item.node, to: node(of: found.module), Self.edgeKind(item.kind), place: item.place)
      if let passed = nodeBySubject[.condition(.passed(item.node, item.place.line))] {
        connect(Edge(from: item.node, to: passed, kind: .proviso, isEager: true))
      }
    }
    currentEdges.removeAll(keepingCapacity: true)
  }

  /// Every module of a package was wanted before the package had been read: now there are more.
  private mutating func retryWhole(_ module: ModuleRef) {
    guard let whole = nodeBySubject[.condition(.wholePackage(module))],
      states[Int(whole.index)].isReached
    else { return }
    expand(whole)
    currentEdges.removeAll(keepingCapacity: true)
  }

  /// `from host.plugins import csv`, which was taken for an attribute before the package had been read.
  private mutating func retryDemands(of module: ModuleRef, from origin: Origin) {
    for demand in demands[origin.node] ?? [] where !demand.isSubmodule {
      for name in demand.wanted {
        guard let child = index.child(of: module, name) else { continue }
        link(
          demand.from, to: node(of: child), demand.kind, premise: demand.premise,
          scope: demand.scope, place: demand.place)
      }
    }
    currentEdges.removeAll(keepingCapacity: true)
  }

  // MARK: Literals

  /// A string constant that could name something.
  mutating func followLiteral(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    guard let first = text.first else { return }
    if let word = index.find(text) {
      if let points = groups[word] { followGroup(word, points, request, origin) }
      if let choices = choiceWords[word] { followDataWord(word, choices, request, origin) }
      if let id = distributionWords[word] { followDistribution(id, request, origin) }
    }
    if text.hasSuffix(".py") { followScript(text, request, origin) }
    if isLibrary(text) { openLibrary(text, .string, request, origin) }
    if text.hasSuffix(".libs") { openLibraries(in: text, request, origin) }
    if text.contains(UInt8(ascii: "/")) {
      if !followFolder(text, request, origin) { followPath(text, request, origin) }
      return
    }
    // What a table of a lazily loading module says is told as such.
    if request.row != nil { return }
    // `module:attribute`
    let colon = text.firstIndex(of: UInt8(ascii: ":"))
    let name = text[..<(colon ?? text.endIndex)]
    guard !name.isEmpty else { return }
    if first == UInt8(ascii: ".") {
      followRelativeLiteral(name, request, origin)
      return
    }
    guard let dot = name.firstIndex(of: UInt8(ascii: ".")) else {
      followPlainLiteral(name, hasAttribute: colon != nil, request, origin)
      return
    }
    if name.last == UInt8(ascii: ".") {
      followHead(name.dropLast(), request, origin)
      return
    }
    if origin.party == .first { followHeadless(name, request, origin) }
    // Most strings are no modules: the first component says so without interning anything.
    if index.find(name[..<dot]) != nil {
      followDotted(name, request, origin)
      if origin.party != .first { followRequired(name, request, origin) }
    }
    if origin.party == .first { followPath(text, request, origin) }
  }

  /// `files("shop.rates")`: imports the package, and asks nothing of it. What is no package was
  /// another call's argument: `path.read_text("utf-8")`.
  mutating func followResource(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    var isFound = false
    if isDottedName(text), let first = text.split(separator: UInt8(ascii: ".")).first,
      index.find(first) != nil
    {
      let dotted = index.intern(text)
      for (found, scope) in look(up: dotted, from: origin)
      where found.isComplete && mayName(found.module, origin) {
        isFound = true
        linkModule(origin, found.module, .data, request, scope: scope)
      }
      if !isFound { isFound = linkDataFolder(text, request, origin) }
    }
    if !isFound { followLiteral(request, facts, origin) }
  }

  /// `"shop.plugins.csv"`, `"django.core.cache.backends.locmem.LocMemCache"`: what names a module, or
  /// an attribute of one, of the same distribution; in first-party code, of anyone.
  private mutating func followDotted(
    _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard isDottedName(name) else { return }
    let dotted = index.intern(name)
    if isStandard(index.top(of: dotted), view: origin.view) { return }
    for (found, scope) in look(up: dotted, from: origin) where found.module >= 0 {
      if found.depth == 1, found.asked == 2 {
        askByString(found.module, name, request, origin, scope)
      }
      let isOwn =
        origin.party == .first && !index.modules[Int(found.module)].isPackage
        && states[Int(node(of: found.module).index)].party == .first
      guard
        found.isComplete || (found.depth >= 2 && found.asked - found.depth <= 2)
          || isOwn && found.asked == 2
      else { continue }
      guard mayName(found.module, origin) else { continue }
      // `"listeners.Counter"` is a class; `"orders.created"` is one more word, unless the team's code
      // imports what its strings say.
      let isCertain =
        found.isComplete || found.depth >= 2 || startsLikeClass(name)
      linkModule(
        origin, found.module, .string, request, scope: scope,
        premise: isCertain ? nil : condition(.importsDynamically(.first)))
      guard found.isComplete else { continue }
      linkWhole(found.module, origin, request, scope: scope)
      linkTails(of: found.module, origin, request, scope)
    }
  }

  /// `"logs.JsonFormatter"`
  private func startsLikeClass(_ name: ArraySlice<UInt8>) -> Bool {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot + 1 < name.endIndex else {
      return false
    }
    return (65...90).contains(name[dot + 1])
  }

  /// `"shop.Money"`: a name that a package answers to lazily, where the package is needed anyway.
  private mutating func askByString(
    _ module: ModuleRef, _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin,
    _ scope: UInt32?
  ) {
    guard mayName(module, origin), let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return }
    let node = self.node(of: module)
    ask(
      node,
      Demand(
        from: origin.holder, kind: .string, premise: node, scope: scope,
        place: origin.place(request), wanted: [index.intern(name[(dot + 1)...])]))
  }

  /// Whether a string in the origin's code can name a module: its own party's, in first-party code
  /// anyone's, and its requirements'.
  mutating func mayName(_ module: ModuleRef, _ origin: Origin) -> Bool {
    let party = states[Int(node(of: module).index)].party
    if party == origin.party || origin.party == .first { return true }
    guard let own = distribution(origin.party), let other = distribution(party) else {
      return false
    }
    let requires = workspace.distributions[own].requires
    return requires.contains(workspace.distributions[other].name)
  }

  /// A package that a string names is kept whole where its distribution both lists folders and
  /// imports names that it computes. First-party packages, and distributions that first-party code
  /// names, are handed to frameworks that list modules: `INSTALLED_APPS = ["shop"]`.
  mutating func linkWhole(
    _ module: ModuleRef, _ origin: Origin, _ request: Request, scope: UInt32? = nil
  ) {
    guard index.modules[Int(module)].isPackage, !isSettled(request) else { return }
    let party = states[Int(node(of: module).index)].party
    var loaders: [Condition] = []
    if party == .first {
      loaders = [.anyoneLoadsPlugins]
    } else {
      loaders = [.loadsPlugins(party)]
      if origin.party == .first { loaders += hosts(of: party).map { .loadsPlugins($0) } }
    }
    for loader in loaders {
      link(
        origin.holder, to: condition(.wholePackage(module)), .walk, premise: condition(loader),
        scope: scope, place: origin.place(request))
    }
  }

  /// The distributions that one requires: what it may be a plug-in of.
  private func hosts(of party: Party) -> [Party] {
    guard let id = distribution(party) else { return [] }
    return workspace.distributions[id].requires.compactMap { distributionByName[$0] }
      .map { .distribution($0) }
  }

  /// `".backends"`: relative to the file's package, as `import_module(name, __package__)` takes it.
  private mutating func followRelativeLiteral(
    _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    let level = name.prefix { $0 == UInt8(ascii: ".") }.count
    let rest = name.dropFirst(level)
    guard !rest.isEmpty, isDottedName(rest),
      let dotted = absolute(rest, level: level, from: origin)
    else { return }
    let parts = rest.count(where: { $0 == UInt8(ascii: ".") }) + 1
    for (found, scope) in look(up: dotted, from: origin) {
      // `"._templates.templates"` may name an attribute of a module, not one of the package.
      guard found.isComplete || (found.depth + 1 == found.asked && parts > 1) else { continue }
      linkModule(origin, found.module, .string, request, scope: scope)
    }
  }

  /// `"config.py"`: a file beside the module that is read or run by its path.
  private mutating func followScript(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    let dotted = text.dropLast(3).map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 }
    guard isDottedName(dotted[...]), let name = absolute(dotted[...], level: 1, from: origin) else {
      return
    }
    for (found, scope) in look(up: name, from: origin) where found.isComplete {
      linkModule(origin, found.module, .string, request, scope: scope)
    }
  }

  /// A name without dots.
  private mutating func followPlainLiteral(
    _ name: ArraySlice<UInt8>, hasAttribute: Bool, _ request: Request, _ origin: Origin
  ) {
    if origin.party == .first { followPath(name, request, origin) }
    admitNamed(name, request, origin)
    if name.last == UInt8(ascii: "_") { followPrefix(name, request, origin) }
    guard let known = index.find(name) else { return }
    // Names of the package's own modules: in a file that loads by name, and for `__all__`.
    if let module = origin.module {
      let row = index.modules[Int(module)]
      let package = row.isPackage ? module : row.parent
      if package >= 0, let child = index.child(of: package, known), child != module {
        if current.namesOwnModules || origin.party == .first {
          linkModule(origin, child, .string, request)
        } else if row.kind == .package {
          linkModule(origin, child, .string, request, premise: condition(.star(module)))
        }
        linkWhole(child, origin, request)
        linkDataOnly(child, origin, request)
      }
    }
    if origin.party != .first { followRequired(name, request, origin) }
    guard origin.party == .first || hasAttribute else { return }
    if isStandard(known, view: origin.view) { return }
    for (found, scope) in look(up: known, from: origin) where found.isComplete {
      let party = states[Int(node(of: found.module).index)].party
      guard origin.party == .first || party == origin.party else { continue }
      if hasAttribute {
        linkModule(origin, found.module, .string, request, scope: scope)
      } else if party == .first {
        linkModule(
          origin, found.module, .string, request, scope: scope,
          premise: condition(.anyoneImportsDynamically))
        linkWhole(found.module, origin, request, scope: scope)
        linkTails(of: found.module, origin, request, scope)
      } else {
        // `"rest_framework"` is a plug-in where its host is there and loads such; or just a word.
        for host in hosts(of: party) {
          linkModule(
            origin, found.module, .string, request, scope: scope,
            premise: condition(.loadsPlugins(host)))
          link(
            origin.holder, to: condition(.wholePackage(found.module)), .walk,
            premise: condition(.loadsPlugins(host)), scope: scope, place: origin.place(request))
        }
      }
    }
  }

  func isDottedName(_ text: ArraySlice<UInt8>) -> Bool {
    var isStart = true
    for byte in text {
      if byte == UInt8(ascii: ".") {
        if isStart { return false }
        isStart = true
      } else {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"), 128...: isStart = false
        case UInt8(ascii: "-"): if isStart { return false }
        default: return false
        }
      }
    }
    return !isStart
  }
}
