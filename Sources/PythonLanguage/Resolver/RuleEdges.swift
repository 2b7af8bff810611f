import Model
import Text

extension PythonResolver {
  // MARK: Imports

  mutating func applyRules(to node: NodeID, _ module: ModuleRef) {
    guard !rules.hidden.isEmpty else { return }
    let name = index.dottedName(module)
    for rule in rules.hidden where rule.module == name {
      for text in rule.imports { linkNamed(text, from: node, .rule, note: note(rule.why)) }
    }
  }

  /// Adds edges to a module, or, with a trailing `.*`, to all that lie in a package. False where
  /// there is none.
  @discardableResult
  mutating func linkNamed(
    _ text: String, from node: NodeID, _ kind: EdgeKind, note: UInt32? = nil
  ) -> Bool {
    let isWhole = text.hasSuffix(".*")
    let dotted = index.intern(isWhole ? String(text.dropLast(2)) : text)
    let found = index.find(dotted, in: states[Int(node.index)].view)
    guard found.isComplete else { return false }
    let isPackage = index.modules[Int(found.module)].isPackage
    let to =
      isWhole && isPackage ? condition(.wholePackage(found.module)) : self.node(of: found.module)
    link(node, to: to, kind, note: note)
    return true
  }

  /// Rules and settings of a distribution that is in use; `node` is the condition that it is.
  mutating func applyRules(toDistribution id: DistributionID, _ node: NodeID) {
    let name = workspace.distributions[id].name
    for rule in rules.whole where rule.distribution == name {
      link(node, to: condition(.wholeDistribution(id)), .rule, note: note(rule.why))
    }
    for rule in rules.extra where rule.distribution == name {
      linkData(matching: rule.globs, of: id, from: node, .rule, note: note(rule.why))
    }
    guard let setting = settings[id] else { return }
    for text in setting.imports where !linkNamed(text, from: node, .configured) {
      diagnostics.append(Diagnostics.unmatchedSetting("import", text, at: setting.origin))
    }
    for glob in setting.data
    where !linkData(matching: [glob], of: id, from: node, .configured, note: nil) {
      diagnostics.append(Diagnostics.unmatchedSetting("data", glob, at: setting.origin))
    }
  }

  /// Files of a distribution by glob, relative to its root; also those that are no package's data.
  @discardableResult
  private mutating func linkData(
    matching globs: [String], of id: DistributionID, from node: NodeID, _ kind: EdgeKind,
    note: UInt32?
  ) -> Bool {
    let patterns = globs.map { Glob($0) }
    var isFound = false
    for position in workspace.roots[workspace.distributions[id].root].files {
      let file = FileID(position)
      let row = workspace.files[file]
      guard row.distribution == id else { continue }
      guard patterns.contains(where: { $0.matches(row.path.string) }) else { continue }
      isFound = true
      // A module is kept as a module, so that what it needs comes along.
      if let known = nodeByFile[file] {
        link(node, to: known, kind, note: note)
        continue
      }
      let data = makeNode(
        .file(file), .data, files: [file], party: .distribution(id), root: row.root, view: 0)
      link(node, to: data, kind, note: note)
    }
    return isFound
  }

  /// Distributions import `pytest` and its like in helpers that production code never calls.
  mutating func isNeverNeeded(
    _ dotted: Name, _ top: Name, _ request: Request, _ origin: Origin
  ) -> Bool {
    guard origin.party != .first, request.kind != .topLevel, !rules.never.isEmpty else {
      return false
    }
    let name = index.names.string(top)
    guard rules.never.contains(where: { $0.module == name }),
      let module = index.top(top, in: origin.view),
      states[Int(node(of: module).index)].party != origin.party
    else { return false }
    unfollowed.append(
      UnfollowedImport(
        from: origin.node, name: index.names.string(dotted), reason: .rule, kind: request.kind,
        place: origin.place(request)))
    return true
  }

  /// `zoneinfo` reads the system's time zones, which minimal images lack, or those of `tzdata`.
  mutating func followStandard(
    _ dotted: Name, _ top: Name, _ request: Request, _ origin: Origin
  ) {
    guard index.names.string(top) == "zoneinfo", let id = distributionByName["tzdata"],
      !omitted.contains(id)
    else { return }
    link(
      origin.holder, to: condition(.wholeDistribution(id)), .standardLibrary,
      place: origin.place(request))
  }

  // MARK: Settings that match nothing

  mutating func tellUnmatchedSettings() {
    for (name, setting) in target.distributions.sorted(by: { $0.key < $1.key })
    where distributionByName[name] == nil {
      diagnostics.append(Diagnostics.unknownDistribution(name, at: setting.origin))
    }
    for (id, setting) in settings.sorted(by: { $0.key < $1.key }) {
      guard let uses = nodeBySubject[.condition(.uses(id))],
        states[Int(uses.index)].isReached
      else { continue }
      let root = workspace.roots[workspace.distributions[id].root]
      for glob in setting.drop {
        let pattern = Glob(glob)
        let isMatched = root.files.contains { position in
          let row = workspace.files[FileID(position)]
          return row.distribution == id
            && pattern.matches(row.path.string)
        }
        if !isMatched {
          diagnostics.append(Diagnostics.unmatchedSetting("drop", glob, at: setting.origin))
        }
      }
      let choices = rules.choices.indices.filter {
        rules.choices[$0].distributions.contains(workspace.distributions[id].name)
      }
      for service in setting.services ?? []
      where !choices.contains(where: { isFolder(service, of: $0) }) {
        let names = choices.flatMap { (choosable[$0] ?? [:]).keys }.sorted()
        diagnostics.append(
          Diagnostics.unmatchedSetting(
            "services", service, nearest: nearestMatch(to: service, among: names),
            at: setting.origin))
      }
    }
  }
}
