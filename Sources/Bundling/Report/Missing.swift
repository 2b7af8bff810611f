import Model

/// What distributions import, require, and nothing on the path has: the function fails, at its first
/// line or when the call comes, unless a layer or the provider brings it.
///
///     import requests             # in the handler
///     import urllib3              # in requests/__init__.py, not in try, if or def
///
///     def encode(host):           # in requests/models.py
///         import idna             # whose distribution is required by this name
///
/// What is imported in a function, under a condition or in `try` may be optional and is taken at its
/// word where the metadata does not require it under its own name; what the metadata says nothing of
/// may be made up at run time (`six.moves`) or be on a path of its own. What the team's own code imports
/// is told by the language.
func missing(
  _ graph: ModuleGraph, _ target: Target, _ workspace: Workspace
) -> [Diagnostic] {
  let platform = WheelPlatform(target)
  let candidates = graph.unfollowed.filter { item in
    item.reason == .unresolved && item.kind < .optional && item.isStatement
      && graph.nodes[item.from].distribution != nil && isNowhere(item, workspace)
  }
  guard !candidates.isEmpty else { return [] }

  let isLoaded = loadedAtOnce(graph)
  var told: Set<Substring> = []
  return candidates.compactMap { item in
    let isAtOnce = item.kind == .topLevel && isLoaded[Int(item.from.index)]
    guard let owner = graph.nodes[item.from].distribution.map({ workspace.distributions[$0] }),
      let name = item.name.split(separator: ".").first,
      owner.requires(String(name), isAtOnce: isAtOnce, on: platform), told.insert(name).inserted
    else { return nil }
    return .missingModule(
      item.name, importer: graph.nodes[item.from].name, owner, isAtOnce: isAtOnce,
      at: workspace.location(of: item.place))
  }
}

/// By node, whether some handler's own import runs it.
private func loadedAtOnce(_ graph: ModuleGraph) -> [Bool] {
  var isLoaded = Array(repeating: false, count: graph.nodes.count)
  var waiting = graph.entries.values.sorted()
  for node in waiting { isLoaded[Int(node.index)] = true }
  while let node = waiting.popLast() {
    for edge in graph.edges(from: node) where edge.premise == nil && edge.scope == nil {
      guard [.handler, .topLevel, .parent].contains(edge.kind), !isLoaded[Int(edge.to.index)] else {
        continue
      }
      isLoaded[Int(edge.to.index)] = true
      waiting.append(edge.to)
    }
  }
  return isLoaded
}

extension Distribution {
  /// Whether it requires something of a module's name on this platform. For what is imported at once
  /// as near as names can tell: `yaml` of PyYAML, `dateutil` of python-dateutil.
  fileprivate func requires(
    _ top: String, isAtOnce: Bool, on platform: WheelPlatform
  ) -> Bool {
    let module = normalisedName(top)
    return requirements.contains { requirement in
      (isAtOnce ? requirement.name.contains(module) : requirement.name == module)
        && requirement.marker.map { Marker($0, platform)?.holds != false } ?? true
    }
  }
}

/// Whether no root has anything by the name's first part.
private func isNowhere(_ item: UnfollowedImport, _ workspace: Workspace) -> Bool {
  guard let top = item.name.split(separator: ".").first else { return false }
  return workspace.roots.ids.allSatisfy { root in
    ["\(top)/", "\(top)."].allSatisfy { workspace.firstFile(withPrefix: $0, in: root) == nil }
  }
}
