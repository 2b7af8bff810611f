import Model

/// The file whose requests are being followed.
struct Origin: Sendable {
  let node: NodeID
  /// What has to be reached for the requests at hand to hold: the file's node, or a condition.
  var holder: NodeID
  let file: FileID
  let party: PythonResolver.Party
  let view: View
  let module: ModuleRef?
  /// `__package__`: what relative imports start from.
  let package: Name?
  /// Whether it is a package's `__init__`.
  let isPackage: Bool

  init(node: NodeID, file: FileID, resolver: inout PythonResolver) {
    self.node = node
    holder = node
    self.file = file
    let state = resolver.states[Int(node.index)]
    party = state.party
    view = state.view
    guard case .module(let module) = state.subject else {
      self.module = nil
      package = nil
      isPackage = false
      return
    }
    self.module = module
    let row = resolver.index.modules[Int(module)]
    isPackage = row.kind == .package
    package =
      isPackage
      ? row.dotted : (row.parent >= 0 ? resolver.index.modules[Int(row.parent)].dotted : nil)
  }

  func place(_ request: Request) -> Place {
    Place(file: file, line: request.line, column: request.column)
  }
}

extension PythonResolver {
  /// A module that a name stands for, and for which functions it does.
  typealias Sighting = (found: ModuleIndex.Found, scope: UInt32?)

  /// The roots that stand on the path of a view, in order.
  func roots(in view: View) -> [RootID] {
    (index.overlays[Int(view)].map { [$0] } ?? []) + target.roots
  }

  /// Looks a dotted name up as the origin's code would find it. Shared code sees what each function's
  /// overlay puts in front of the shared roots, hence several answers.
  mutating func look(up dotted: Name, from origin: Origin) -> [Sighting] {
    let sightings = lookOnPath(dotted, from: origin)
    guard !searchPaths.isEmpty, !sightings.contains(where: { $0.found.module >= 0 }),
      let placed = findPlaced(dotted, by: origin.party)
    else { return sightings }
    return [(placed, nil)]
  }

  private mutating func lookOnPath(_ dotted: Name, from origin: Origin) -> [Sighting] {
    guard origin.view == 0, !index.viewsByTop.isEmpty else {
      return [(index.find(dotted, in: origin.view), nil)]
    }
    // In two statements: a method that is called with what changes its own value copies that before.
    let top = index.top(of: dotted)
    let views = index.views(forTop: top)
    guard !views.isEmpty else { return [(index.find(dotted, in: 0), nil)] }
    var result: [Sighting] = []
    for view in views {
      guard let overlay = index.overlays[Int(view)] else { continue }
      result.append((index.find(dotted, in: view), scope(.only([overlay]))))
    }
    let overlays = views.compactMap { index.overlays[Int($0)] }
    result.append((index.find(dotted, in: 0), scope(.except(overlays))))
    return result
  }

  /// The absolute name of a relative one; nil where it climbs past the top-level package.
  mutating func absolute(
    _ name: ArraySlice<UInt8>, level: Int, from origin: Origin
  ) -> Name? {
    guard level > 0 else { return name.isEmpty ? nil : index.intern(name) }
    guard let package = origin.package,
      let joined = index.names.joined(package, dropping: level - 1, name)
    else { return nil }
    return index.intern(joined[...])
  }

  /// Whether the standard library answers for a top-level name. On AWS Lambda, and in any isolated
  /// run of the archive, the archive's folder stands before it on `sys.path`; in a virtual
  /// environment `site-packages` stands behind it. So first-party code shadows it, except for what is
  /// built in or loaded before; distributions do not.
  mutating func isStandard(_ top: Name, view: View) -> Bool {
    if let known = standardNames[top] {
      return known && !(index.viewsByTop[top]?.contains(view) ?? false)
    }
    let name = index.names.string(top)
    var isStandard = library.contains(name)
    if isStandard, !StandardLibrary.unshadowable.contains(name),
      let module = index.top(top, in: 0), states[Int(node(of: module).index)].party == .first
    {
      isStandard = false
    }
    standardNames[top] = isStandard
    return isStandard && !(index.viewsByTop[top]?.contains(view) ?? false)
  }
}
