import Model

/// What distributions import as soon as a handler is imported, and nothing on the path has: the
/// function fails at its first line, unless a layer or the provider brings it.
///
///     import requests             # in the handler
///     import urllib3              # in requests/__init__.py, not in try, if or def
///
/// What is imported in a function, under a condition or in `try` may be optional and is taken at its
/// word, and a distribution that says nothing of requiring it may have it made up at run time
/// (`six.moves`) or on a path of its own; what the team's own code imports is told by the language.
func missing(_ graph: ModuleGraph, _ workspace: Workspace) -> [Diagnostic] {
  let candidates = graph.unfollowed.filter { item in
    item.reason == .unresolved && item.kind == .topLevel && item.isStatement
      && isRequired(item, graph, workspace) && isNowhere(item, workspace)
  }
  guard !candidates.isEmpty else { return [] }

  var isLoaded = Array(repeating: false, count: graph.nodes.count)
  var waiting = graph.entries.values.sorted()
  for node in waiting { isLoaded[Int(node.index)] = true }
  while let node = waiting.popLast() {
    for edge in graph.edges(from: node) where edge.premise == nil && edge.scope == nil {
      guard edge.kind == .topLevel || edge.kind == .parent, !isLoaded[Int(edge.to.index)] else {
        continue
      }
      isLoaded[Int(edge.to.index)] = true
      waiting.append(edge.to)
    }
  }
  var told: Set<Substring> = []
  return candidates.compactMap { item in
    guard isLoaded[Int(item.from.index)],
      let name = item.name.split(separator: ".").first, told.insert(name).inserted
    else { return nil }
    let owner = graph.nodes[item.from].distribution.map { workspace.distributions[$0] }
    return .missingModule(
      item.name, importer: graph.nodes[item.from].name, owner,
      at: workspace.location(of: item.place))
  }
}

/// Whether the importer's distribution requires something of that name, as near as names can tell:
/// `yaml` of PyYAML, `dateutil` of python-dateutil.
private func isRequired(
  _ item: UnfollowedImport, _ graph: ModuleGraph, _ workspace: Workspace
) -> Bool {
  guard let owner = graph.nodes[item.from].distribution,
    let top = item.name.split(separator: ".").first
  else { return false }
  let module = normalisedName(String(top))
  return workspace.distributions[owner].mandatory.contains { $0.contains(module) }
}

/// Whether no root has anything by the name's first part.
private func isNowhere(_ item: UnfollowedImport, _ workspace: Workspace) -> Bool {
  guard let top = item.name.split(separator: ".").first else { return false }
  return workspace.roots.ids.allSatisfy { root in
    ["\(top)/", "\(top)."].allSatisfy { workspace.firstFile(withPrefix: $0, in: root) == nil }
  }
}
