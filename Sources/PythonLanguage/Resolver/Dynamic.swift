import Model

extension PythonResolver {
  /// `import_module("pkg.backends.%s" % name)`, or a literal of that shape.
  mutating func followTemplate(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    var pattern = facts.bytes(request.name)
    // `import_module("." + name, __package__)`: also what lies deeper.
    if request.level == 1, pattern.elementsEqual("*".utf8), let package = origin.package {
      _ = keepWhole([package], request, origin, as: .template)
      return
    }
    guard let hole = pattern.firstIndex(of: UInt8(ascii: "?")) else {
      let matched = followPattern(pattern, .template, request, facts, origin) ?? 0
      if matched == 0 { tellUnmatched(pattern, request, facts, origin) }
      if matched > 0 { current.matched = (request.line, request.column) }
      return
    }
    // `import_module(f"pkg.{name}")` in a `__getattr__` that is asked for `name`.
    let answer =
      current.asked.map { Array(index.names.slice($0)) } ?? [UInt8(ascii: "*")]
    pattern.replaceSubrange(hole...hole, with: answer)
    if pattern.contains(UInt8(ascii: "?")) { return }
    guard current.asked != nil else {
      followPattern(pattern, .template, request, facts, origin)
      return
    }
    guard let dotted = absolute(pattern, level: Int(request.level), from: origin) else { return }
    for (found, scope) in look(up: dotted, from: origin) where found.isComplete {
      linkModule(origin, found.module, .template, request, scope: scope)
    }
  }

  /// `import_module(f"handlers.{name}")` in the team's own code, where there is no such module: what it
  /// is meant for lies elsewhere, or was forgotten.
  private mutating func tellUnmatched(
    _ pattern: ArraySlice<UInt8>, _ request: Request, _ facts: SourceFacts, _ origin: Origin
  ) {
    guard origin.party == .first, !isSettled(request), request.row == nil,
      let written = request.members.first
    else { return }
    let shown =
      String(repeating: ".", count: Int(request.level)) + String(decoding: pattern, as: UTF8.self)
    blindSpots.append(
      BlindSpot(
        node: origin.holder, place: origin.place(request),
        expression: facts.string(facts.members[Int(written)]),
        bound: "nothing that is here: no module matches '\(shown)'", keeps: false))
  }

  /// Keeps every module that a pattern matches, and tells how many do; nil where the pattern has no
  /// constant head that exists.
  @discardableResult
  mutating func followPattern(
    _ pattern: ArraySlice<UInt8>, _ kind: EdgeKind, _ request: Request, _ facts: SourceFacts,
    _ origin: Origin
  ) -> Int? {
    followGroupPattern(pattern, request, origin)
    let level = Int(request.level)
    var parts = pattern.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let star = UInt8(ascii: "*")
    guard let firstHole = parts.firstIndex(where: { $0.contains(star) }) else { return nil }
    let head = parts[..<firstHole]
    parts.removeFirst(firstHole)
    var bases: [Sighting]
    if head.isEmpty, level == 0 {
      // `"backend_%s"`: a top-level name; `"%s.models"`: of any package.
      if parts[0].elementsEqual([star]), parts.count > 1 {
        // `FOLDER + "." + name` of whoever else can be anything.
        let isOpen = parts.dropFirst().contains { $0.contains(star) }
        if !isOpen || origin.party == .first { addTail(pattern.dropFirst(2), request, origin) }
      } else if origin.party == .first, !request.members.isEmpty {
        return followOwnTops(parts[...], kind, request, origin)
      } else if parts.count == 1, parts[0].first != star {
        followPrefix(parts[0].prefix { $0 != star }, request, origin)
      }
      return nil
    }
    let headBytes = ArraySlice(head.joined(separator: [UInt8(ascii: ".")]))
    guard let dotted = absolute(headBytes, level: level, from: origin) else { return nil }
    if level == 0, isStandard(index.top(of: dotted), view: origin.view) { return .max }
    bases = look(up: dotted, from: origin).filter { $0.found.isComplete }
    if bases.isEmpty { return nil }
    var matched = 0
    let text = note(String(decoding: pattern, as: UTF8.self))
    for (found, scope) in bases {
      if request.form == .template, level == 0, !mayList(found.module, origin) { continue }
      for module in matches(parts[...], below: found.module) {
        linkModule(origin, module, kind, request, scope: scope, note: text)
        matched += 1
      }
      linkModule(origin, found.module, kind, request, scope: scope, note: text)
    }
    return matched
  }

  /// Whether code can be meant to list a package, or to choose from it: its own party's, one that it
  /// lies in (whoever owns the `__init__` of that), and a namespace that others fill.
  private mutating func mayList(_ module: ModuleRef, _ origin: Origin) -> Bool {
    if origin.party == .first || index.modules[Int(module)].kind == .namespace { return true }
    if states[Int(node(of: module).index)].party == origin.party { return true }
    var above = origin.module ?? -1
    while above >= 0 {
      if above == module { return true }
      above = index.modules[Int(above)].parent
    }
    return false
  }

  /// `import_module(f"handlers_{name}")`, `import_module(f"v{n}.handlers")` in the team's own code:
  /// modules of the team's own, from the top on; nil where nothing is constant in the first component.
  private mutating func followOwnTops(
    _ parts: ArraySlice<ArraySlice<UInt8>>, _ kind: EdgeKind, _ request: Request, _ origin: Origin
  ) -> Int? {
    guard let first = parts.first, first.contains(where: { $0 != UInt8(ascii: "*") }) else {
      return nil
    }
    let pattern = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    let text = note(pattern)
    var matched = 0
    for module in ownTops(origin) where module != origin.module {
      guard NamePattern.matches(first, index.names.slice(index.modules[Int(module)].name)) else {
        continue
      }
      for found in matches(parts.dropFirst(), below: module) {
        linkModule(origin, found, kind, request, note: text)
        matched += 1
      }
    }
    return matched
  }

  /// The team's own top-level modules, as the origin sees them.
  private mutating func ownTops(_ origin: Origin) -> [ModuleRef] {
    let names = roots(in: origin.view).filter { workspace.roots[$0].isFirstParty }.flatMap(
      index.topLevelNames)
    return Set(names).compactMap { index.top($0, in: origin.view) }.sorted()
  }

  // MARK: Tails

  /// `import_module("%s.models" % app)`: the packages that first-party strings name are what it is
  /// called for.
  private mutating func addTail(
    _ tail: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    let name = index.intern(Array(tail)[...])
    link(
      origin.holder, to: condition(.importsTail(name)), .template, place: origin.place(request))
    guard !tails.contains(name) else { return }
    tails.append(name)
    for named in namedPackages { link(named, tail: name) }
  }

  /// A first-party string has named a package: whoever imports `"%s.models"` may mean it.
  mutating func linkTails(
    of module: ModuleRef, _ origin: Origin, _ request: Request, _ scope: UInt32?
  ) {
    guard origin.party == .first, index.modules[Int(module)].isPackage else { return }
    let named = NamedPackage(
      from: origin.holder, module: module, place: origin.place(request), scope: scope)
    namedPackages.append(named)
    for tail in tails { link(named, tail: tail) }
  }

  /// What is open in a tail stands for modules of the team's own.
  private mutating func link(_ named: NamedPackage, tail: Name) {
    let parts = Array(index.names.slice(tail)).split(separator: UInt8(ascii: "."))
    let isOpen = index.names.slice(tail).contains(UInt8(ascii: "*"))
    if isOpen, states[Int(node(of: named.module).index)].party != .first { return }
    for module in matches(parts[...], below: named.module) {
      link(
        named.from, to: node(of: module), .template, premise: condition(.importsTail(tail)),
        scope: named.scope, place: named.place,
        note: note("*." + index.names.string(tail)))
    }
  }

  /// The modules below a package that match components with holes. A hole stands for one component
  /// or a part of one, as names of plug-ins do; it does not stand for tests.
  mutating func matches(
    _ parts: ArraySlice<ArraySlice<UInt8>>, below module: ModuleRef
  ) -> [ModuleRef] {
    guard let part = parts.first else { return [module] }
    guard index.modules[Int(module)].isPackage else { return [] }
    if !part.contains(UInt8(ascii: "*")) {
      guard let name = index.find(part), let child = index.child(of: module, name) else {
        return []
      }
      return matches(parts.dropFirst(), below: child)
    }
    var result: [ModuleRef] = []
    for child in index.submodules(of: module) {
      let name = index.names.slice(index.modules[Int(child)].name)
      guard NamePattern.matches(part, name), part.count > 1 || !isTests(child) else { continue }
      let deeper = matches(parts.dropFirst(), below: child)
      // `"%s.%s" % (module, attribute)`: the last hole may be an attribute.
      result += deeper.isEmpty && parts.count > 1 ? [child] : deeper
    }
    return result
  }

  /// `pkgutil.iter_modules(pkg.__path__)`, `os.listdir(os.path.dirname(__file__))`
  mutating func followWalk(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    var sightings: [Sighting] = []
    if text.isEmpty {
      if let package = origin.package {
        sightings = look(up: package, from: origin)
      } else {
        linkFilesBeside(request, origin)
      }
    } else {
      if let dotted = absolute(text, level: Int(request.level), from: origin) {
        sightings = look(up: dotted, from: origin).filter { $0.found.isComplete }
      }
      if sightings.isEmpty, request.level == 0,
        let dotted = absolute(text, level: 1, from: origin)
      {
        sightings = look(up: dotted, from: origin)
      }
    }
    for (found, scope) in sightings where found.isComplete && mayList(found.module, origin) {
      link(
        origin.holder, to: condition(.wholePackage(found.module)), .walk, scope: scope,
        place: origin.place(request))
    }
  }
}

/// A package that a first-party string names.
struct NamedPackage: Sendable {
  let from: NodeID
  let module: ModuleRef
  let place: Place
  let scope: UInt32?
}

/// One component of a dotted name with holes: `*` stands for any run of bytes.
enum NamePattern {
  static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (pattern, text) = (pattern, text)
    while let first = pattern.first {
      if first == UInt8(ascii: "*") {
        let rest = pattern.drop { $0 == first }
        if rest.isEmpty { return true }
        while !text.isEmpty {
          if matches(rest, text) { return true }
          text.removeFirst()
        }
        return false
      }
      guard text.first == first else { return false }
      pattern.removeFirst()
      text.removeFirst()
    }
    return text.isEmpty
  }
}
