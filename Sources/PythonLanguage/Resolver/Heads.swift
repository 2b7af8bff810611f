import Model

/// Strings that are the beginning of a module's name.
extension PythonResolver {
  /// What code puts in front of the names that it is given, in the module that has to be reached for it
  /// to count.
  struct Head: Sendable {
    let holder: NodeID
    let package: ModuleRef
  }

  /// A dotted name in the team's own code or configuration.
  struct Tail: Sendable {
    let holder: NodeID
    let place: Place
    /// Its components; nil for one that no file or folder is called.
    let parts: [Name?]
  }

  /// What a distribution says of the packages whose classes it is asked for by short names:
  ///
  ///     _DEFAULT_PACKAGES = ["kedro.io.", "kedro_datasets.", ""]
  ///     type: pandas.CSVDataset                                  # in the team's catalog.yml
  mutating func followHead(
    _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard origin.party != .first, isDottedName(name) else { return }
    let dotted = index.intern(name)
    if isStandard(index.top(of: dotted), view: origin.view) { return }
    for (found, _) in look(up: dotted, from: origin)
    where found.isComplete && index.modules[Int(found.module)].isPackage {
      guard states[Int(node(of: found.module).index)].party != .first else { continue }
      let head = Head(holder: origin.holder, package: found.module)
      heads.append(head)
      for tail in headless { link(head, tail) }
    }
  }

  /// A name that some distribution may put a package in front of.
  mutating func followHeadless(
    _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    let parts = name.split(separator: UInt8(ascii: "."))
    // Most dotted strings begin with nothing that is there.
    guard let first = parts.first, parts.count > 1, index.find(first) != nil else { return }
    let tail = Tail(
      holder: origin.holder, place: origin.place(request), parts: parts.map { index.find($0) })
    headless.append(tail)
    for head in heads { link(head, tail) }
  }

  private mutating func link(_ head: Head, _ tail: Tail) {
    var module = head.package
    // The last may be an attribute, and is one mostly.
    for (position, part) in tail.parts.enumerated() {
      guard let name = part, let child = index.child(of: module, name) else {
        if position + 1 < tail.parts.count || module == head.package { return }
        break
      }
      module = child
    }
    link(
      tail.holder, to: node(of: module), .string, premise: head.holder, place: tail.place,
      note: note("\(index.dottedName(head.package)).*"))
  }
}
