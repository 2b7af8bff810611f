import Model

extension PythonResolver {
  /// A name in the bytes of native code, or a run of them.
  mutating func followNativeName(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    guard let module = origin.module else { return }
    if text.count > Self.longestName {
      followNativeRun(text, module, request, origin)
    } else if let dot = text.firstIndex(of: UInt8(ascii: ".")) {
      guard let top = index.find(text[..<dot]) else { return }
      followNativeName(top, text[(dot + 1)...], module, request, origin)
    } else {
      followNativeSibling(text, module, request, origin)
    }
  }

  /// A dotted name: `top`, and what stands behind it. Names can be run together with what follows
  /// them, so the longest module that the text begins with counts; and it must lie in the same
  /// top-level package, or in one of a distribution that this one requires.
  mutating func followNativeName(
    _ top: Name, _ behind: ArraySlice<UInt8>, _ module: ModuleRef, _ request: Request,
    _ origin: Origin
  ) {
    let own = index.top(of: index.modules[Int(module)].dotted)
    if top != own, !isRequired(top, origin) { return }
    if isStandard(top, view: origin.view) { return }
    guard let start = index.top(top, in: origin.view) else { return }
    var found = start
    var rest = behind
    while index.modules[Int(found)].isPackage {
      let part = rest.prefix { $0 != UInt8(ascii: ".") }
      guard let child = longestChild(part, of: found) else { break }
      found = child.module
      guard child.isExact else { break }
      rest = rest.dropFirst(part.count + 1)
    }
    if request.kind == .lazy, index.modules[Int(found)].isPackage {
      current.native.packages.insert(found)
    }
    guard found != start || top != own else { return }
    linkModule(origin, found, .nativeName, request)
  }

  /// The submodule whose name the text begins with: `_libs` of `_libsxyz`, too.
  private mutating func longestChild(
    _ text: ArraySlice<UInt8>, of module: ModuleRef
  ) -> (module: ModuleRef, isExact: Bool)? {
    var length = text.count
    while length > 0 {
      if let name = index.find(text.prefix(length)),
        let child = index.child(of: module, name)
      {
        return (child, length == text.count)
      }
      length -= 1
    }
    return nil
  }

  /// A name without dots: a sibling, or a top-level module of this or a required distribution.
  private mutating func followNativeSibling(
    _ text: ArraySlice<UInt8>, _ module: ModuleRef, _ request: Request, _ origin: Origin
  ) {
    let row = index.modules[Int(module)]
    let package = row.isPackage ? module : row.parent
    guard let name = index.find(text) else { return }
    current.native.words.insert(name)
    if package >= 0, let sibling = index.child(of: package, name) {
      linkModule(origin, sibling, .nativeName, request)
    }
    if isRequired(name, origin), !isStandard(name, view: origin.view),
      let top = index.top(name, in: origin.view)
    {
      if index.modules[Int(top)].isPackage { current.native.packages.insert(top) }
      linkModule(origin, top, .nativeName, request)
    }
  }

  /// The top-level modules of this distribution and of those that it requires.
  mutating func requiredTops(of origin: Origin) -> [ModuleRef] {
    guard let own = distribution(origin.party) else { return [] }
    if let known = topsOfRequired[own] { return known }
    var tops: [ModuleRef] = []
    for root in target.roots {
      for name in index.topLevelNames(of: root) {
        guard isRequired(name, origin), !isStandard(name, view: 0), let top = index.top(name, in: 0)
        else { continue }
        tops.append(top)
      }
    }
    topsOfRequired[own] = tops
    return tops
  }

  /// What is longer is a run of names, not one.
  private static let longestName = 200

  /// Whether a top-level name belongs to the origin's distribution, or to one that it requires.
  mutating func isRequired(_ top: Name, _ origin: Origin) -> Bool {
    guard let own = distribution(origin.party), let module = index.top(top, in: origin.view) else {
      return false
    }
    var party = states[Int(node(of: module).index)].party
    if case .stray = party, let first = index.submodules(of: module).first {
      party = states[Int(node(of: first).index)].party
    }
    guard let other = distribution(party) else { return false }
    return other == own
      || workspace.distributions[own].requires.contains(workspace.distributions[other].name)
  }

  /// Cython can pack its strings in ways that cannot be read. Such an extension may import its
  /// siblings and what its distribution requires: all of them are kept.
  mutating func noteUnreadableStrings(_ facts: SourceFacts, _ origin: Origin) {
    guard let module = origin.module, NativeScanner.hidesStrings(facts) else { return }
    let row = index.modules[Int(module)]
    let package = row.isPackage ? module : row.parent
    let siblings = package < 0 ? [] : index.submodules(of: package)
    for sibling in siblings where !index.modules[Int(sibling)].isPackage {
      link(origin.holder, to: node(of: sibling), .blindSpot)
    }
    for top in requiredTops(of: origin) {
      link(origin.holder, to: node(of: top), .blindSpot)
    }
    blindSpots.append(
      BlindSpot(
        node: origin.node, place: Place(file: origin.file, line: 0, column: 0),
        expression: "strings packed by Cython",
        bound: "modules beside '\(index.dottedName(module))', and what its distribution requires",
        keeps: true))
  }
}
