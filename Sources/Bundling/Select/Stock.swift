package import Graph
package import Model
import Text

/// What the functions of one target and provider choose from, prepared once for all of them.
package struct Stock: Sendable {
  package let workspace: Workspace
  package let graph: ModuleGraph
  package let links: Links
  package let provider: Provider
  let language: any Language
  let store: Store
  let placement: Placement
  let records: Records
  /// Files that `drop` of the settings about their distribution leaves out.
  let dropped: BitSet

  /// Throws where a distribution's `RECORD` cannot be read.
  package init(
    _ workspace: Workspace, target: TargetID, graph: ModuleGraph, provider: Provider,
    language: any Language, store: Store, jobs: Int = 1
  ) throws(Failure) {
    self.workspace = workspace
    self.graph = graph
    self.provider = provider
    self.language = language
    self.store = store
    links = Links(graph)

    var dropped = BitSet(capacity: workspace.files.count)
    let rules = workspace.targets[target].distributions
    for file in graph.files {
      guard let id = workspace.files[file].distribution,
        let globs = rules[workspace.distributions[id].name]?.drop, !globs.isEmpty
      else { continue }
      if globs.contains(where: { Glob($0).matches(workspace.files[file].path.string) }) {
        dropped.insert(Int(file.index))
      }
    }
    self.dropped = dropped

    let included = workspace.functions.rows.filter {
      $0.target == target && $0.provider == provider.name
    }.flatMap(\.included)
    let shippable = graph.files.filter { language.role(of: workspace.files[$0].path) != .discarded }
    placement = Placement(
      shippable + included, in: workspace, target: workspace.targets[target],
      provider: provider, language: language, store: store)
    let distributions = Set(
      graph.nodes.rows.filter { $0.kind == .metadata }.compactMap(\.distribution))
    records = try Records(
      of: distributions.sorted(), in: workspace, language: language, store: store, jobs: jobs)
  }
}

extension Workspace {
  /// Whether a pattern means a file: by its path below its root, or below the project.
  func matches(_ glob: Glob, _ file: FileID) -> Bool {
    let row = files[file]
    if glob.matches(row.path.string) { return true }
    guard roots[row.root].isFirstParty else { return false }
    let location = "\(roots[row.root].location)/\(row.path.string)"
    guard location.hasPrefix(project + "/") else { return false }
    return glob.matches(String(location.dropFirst(project.count + 1)))
  }
}
