import Model

/// What a distribution looks for beside a module of the team's own that tells it where it lies.
///
///     app = Dash(__name__, use_pages=True)                # the team's
///     def __init__(self, name, pages_folder="pages"):     # the distribution's
///
/// Such strings are paths, from the module's folder on: given along, or defaults of parameters.
extension PythonResolver {
  /// A module of the team's own that gives its `__name__` or `__file__` away.
  struct Giver: Sendable {
    let holder: NodeID
    let file: FileID
    let place: Place
    let scope: UInt32?
  }

  /// A parameter's default, in the module that has to be reached for it to count.
  struct Fallback: Sendable {
    let holder: NodeID
    let text: String
    let party: Party
  }

  /// `Dash(__name__)`: what it is given to is in a distribution, or extends what one of those has that
  /// it requires. The standard library (`getLogger(__name__)`) looks for nothing.
  mutating func followGiven(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.party == .first,
      let dotted = absolute(facts.bytes(request.name), level: Int(request.level), from: origin),
      !isStandard(index.top(of: dotted), view: origin.view)
    else { return }
    for (found, scope) in look(up: dotted, from: origin) where found.module >= 0 {
      let party = states[Int(node(of: found.module).index)].party
      guard party != .first else { continue }
      let giver = Giver(
        holder: origin.holder, file: origin.file, place: origin.place(request), scope: scope)
      for member in request.members {
        linkBeside(giver, facts.string(facts.members[Int(member)]), premise: nil, note: nil)
      }
      var parties = [party]
      if let id = distribution(party) {
        parties += workspace.distributions[id].requires.compactMap { distributionByName[$0] }
          .map { .distribution($0) }
      }
      for party in parties {
        givers[party, default: []].append(giver)
        for fallback in fallbacks[party] ?? [] { link(giver, fallback) }
      }
    }
  }

  /// `discover(commands)` in the team's own code: what is given a package of the team's own, or one that
  /// lies in a distribution's (`host.plugins`), as an object, lists it. The standard library does not
  /// (`files(assets)`), and what is given `numpy` calls it.
  ///
  ///     def discover(package):
  ///         for info in pkgutil.iter_modules(package.__path__): …
  mutating func followHanded(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.party == .first,
      let dotted = absolute(facts.bytes(request.name), level: Int(request.level), from: origin)
    else { return }
    for member in request.members {
      let callee = facts.bytes(facts.members[Int(member)])
      if !callee.isEmpty, isStandard(index.top(of: index.intern(callee)), view: origin.view) {
        return
      }
    }
    for (found, scope) in look(up: dotted, from: origin) where found.isComplete {
      let row = index.modules[Int(found.module)]
      guard row.isPackage,
        row.parent >= 0 || states[Int(node(of: found.module).index)].party == .first
      else { continue }
      link(
        origin.holder, to: condition(.wholePackage(found.module)), .walk, scope: scope,
        place: origin.place(request))
    }
  }

  mutating func followFallback(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.party != .first else { return }
    // Distributions have thousands of defaults: few are names of what the team has.
    let text = facts.string(request.name)
    guard isOwn(String(text.prefix { $0 != "/" })) else { return }
    let fallback = Fallback(holder: origin.holder, text: text, party: origin.party)
    fallbacks[origin.party, default: []].append(fallback)
    for giver in givers[origin.party] ?? [] { link(giver, fallback) }
  }

  private mutating func link(_ giver: Giver, _ fallback: Fallback) {
    let owner =
      distribution(fallback.party).map { workspace.distributions[$0].displayName } ?? "a module"
    linkBeside(
      giver, fallback.text, premise: fallback.holder,
      note: note("'\(fallback.text)' is a parameter's default in '\(owner)'"))
  }

  /// A file or folder by its path from a module's folder.
  private mutating func linkBeside(
    _ giver: Giver, _ text: String, premise: NodeID?, note: UInt32?
  ) {
    let parts = Array(text.utf8).split(separator: UInt8(ascii: "/"))
    guard let last = parts.last, var inner = folder(of: giver.file) else { return }
    for part in parts.dropLast() {
      guard let name = index.find(part), let child = index.tree.child(inner, name) else { return }
      inner = child
    }
    let to: NodeID
    if let name = index.find(last), let named = index.tree.child(inner, name) {
      to = condition(.namedFolder(named))
    } else if let file = index.tree.folders[Int(inner)].data.first(where: {
      workspace.files[$0].path.name.utf8.elementsEqual(last) && !isHidden($0)
    }) {
      to = makeNode(
        .file(file), .data, files: [file], party: .first, root: workspace.files[file].root, view: 0)
    } else {
      return
    }
    link(
      giver.holder, to: to, .string, premise: premise, scope: giver.scope, place: giver.place,
      note: note)
  }

  /// Whether a folder or a data file of the team's own has a name.
  private mutating func isOwn(_ name: String) -> Bool {
    if let known = ownNames { return known.contains(name) }
    var names: Set<String> = []
    for folder in index.tree.folders where workspace.roots[folder.root].isFirstParty {
      names.insert(index.names.string(folder.name))
      for file in folder.data { names.insert(String(workspace.files[file].path.name)) }
    }
    ownNames = names
    return names.contains(name)
  }
}
