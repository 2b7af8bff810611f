import Model
import Text

/// Finds what is asked for by name among the distributions on a path.
struct DeclarationSearch {
  let target: Target
  let distributions: Table<Distribution>
  let graph: RequirementGraph
  private(set) var diagnostics: [Diagnostic] = []
  private var byName: [String: DistributionID] = [:]

  init(_ target: Target, _ distributions: Table<Distribution>, _ graph: RequirementGraph) {
    self.target = target
    self.distributions = distributions
    self.graph = graph
    for root in target.roots {
      for id in distributions.ids where distributions[id].root == root {
        if byName[distributions[id].name] == nil { byName[distributions[id].name] = id }
      }
    }
  }

  /// What a requirements file names. What is not installed is told where `function` is given.
  mutating func declarations(
    _ stated: [StatedRequirement], for function: String?
  ) -> [Declaration] {
    stated.compactMap { item in
      guard let id = byName[item.name] else {
        if let function, !item.isLocal {
          diagnostics.append(
            .requirementNotInstalled(
              item.name, nearest: nearest(to: item.name), function: function, at: item.origin))
        }
        return nil
      }
      if let function { check(item.extras, of: id, function, at: item.origin) }
      return Declaration(distribution: id, extras: item.extras, origin: item.origin)
    }
  }

  /// What `needs` names, of one function or, without its name, of all.
  mutating func needs(
    _ named: [Configuration.Located<String>], of function: String?
  ) -> [Declaration] {
    named.compactMap { need in
      guard let line = RequirementLine(need.value) else { return nil }
      guard let id = byName[normalisedName(line.name)] else {
        diagnostics.append(
          .needNotInstalled(
            line.name, nearest: nearest(to: normalisedName(line.name)), function: function,
            at: need.location))
        return nil
      }
      let extras = line.extras.map(normalisedName).sorted()
      check(extras, of: id, function, at: need.location)
      return Declaration(distribution: id, extras: extras, origin: need.location)
    }
  }

  /// What `[distributions.NAME]` asks for.
  mutating func checkExtras() {
    for (name, rule) in target.distributions.sorted(by: { $0.key < $1.key }) {
      if let id = byName[name] { check(rule.extras, of: id, nil, at: rule.origin) }
    }
  }

  private func nearest(to name: String) -> String? {
    nearestMatch(to: name, among: byName.keys.sorted())
  }

  private mutating func check(
    _ extras: [String], of id: DistributionID, _ function: String?, at location: SourceLocation
  ) {
    let row = distributions[id]
    for extra in extras where !row.extras.contains(extra) {
      diagnostics.append(
        .unknownExtra(
          extra, of: row, nearest: nearestMatch(to: extra, among: row.extras), function: function,
          at: location))
    }
  }

  /// What the environment was made of, where no file says it: what was asked for by name when it was
  /// installed, else what nothing else in it requires without an extra: a folder of wheels does not
  /// say which extras were meant, and what only an extra brings is there because somebody wanted it.
  func installed() -> [Declaration] {
    let ids = byName.values.sorted()
    let requested = ids.filter { distributions[$0].isRequested }
    if !requested.isEmpty { return requested.map { Declaration(distribution: $0) } }
    var required: Set<DistributionID> = []
    for id in ids {
      for requirement in graph.requirements[id] ?? []
      where requirement.to != id && requirement.extra == nil {
        required.insert(requirement.to)
      }
    }
    return ids.filter { !required.contains($0) }.map { Declaration(distribution: $0) }
  }
}
