import Bundling
import Files
import Graph
import Model

/// A small project on disk, with a graph drawn by hand: what the stages behind `trace` are tested on.
final class Ground {
  let folder: String
  private let workspace: Workspace
  let graph: ModuleGraph

  /// - Parameters:
  ///   - nodes: name, kind, files as `src/a.py` (first-party) or `site/x.py` (a distribution's), in
  ///     order of ids; the first is the handler.
  ///   - edges: `from > to kind`.
  ///   - neighbours: further functions, each with the node of its handler.
  init(
    nodes: [(name: String, kind: Node.Kind, files: [String])], edges: [Edge],
    contents: [String: String] = [:], others: [String] = [],
    unfollowed: [UnfollowedImport] = [], blindSpots: [BlindSpot] = [], notes: [String] = [],
    target: (Target) -> Target = { $0 }, provider: Provider.Name = .generic,
    handler: Handler = Handler(module: "app", attribute: "handler", written: "app.handler"),
    settings: Settings = Settings(), neighbours: [(name: String, node: Int)] = [],
    included: [String] = [],
    companions: KeyValuePairs<String, String> = [:]
  ) throws {
    folder = try FileSystem.makeTemporaryFolder()
    let paths = Set(nodes.flatMap(\.files) + others + included + companions.map(\.value)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    for path in paths {
      let location = RelativePath("\(folder)/\(path)")
      try FileSystem.createFolder(String(location.folder))
      try FileSystem.write(Array((contents[path] ?? "# \(path)\n").utf8), to: location.string)
    }
    // Roots in the order of their names, which is the order of `paths`.
    let names = ["site", "src", "vendor"]
    var files: [File] = []
    var roots: [Root] = []
    var idByPath: [String: FileID] = [:]
    for (index, name) in names.enumerated() {
      let start = files.count
      for path in paths where path.hasPrefix(name + "/") {
        idByPath[path] = FileID(files.count)
        let distribution = name == "src" ? nil : DistributionID(name == "site" ? 0 : 1)
        files.append(
          File(
            root: RootID(index), path: RelativePath(String(path.dropFirst(name.count + 1))),
            storage: .disk, distribution: distribution))
      }
      roots.append(
        Root(
          kind: name == "src" ? .source : .installed, location: "\(folder)/\(name)",
          files: start..<files.count))
    }
    func metadata(_ name: String, _ root: String) -> Distribution {
      Distribution(
        name: name, displayName: name.prefix(1).uppercased() + name.dropFirst(), version: "1.0",
        root: RootID(names.firstIndex(of: root) ?? 0), metadataFolder: "\(name)-1.0.dist-info",
        metadataFiles: paths.filter { $0.hasPrefix("\(root)/\(name)-1.0.dist-info/") }
          .compactMap { idByPath[$0] }, requires: [], entryPoints: [])
    }
    let function = Function(
      name: "orders", handler: handler, origin: SourceLocation(path: "pare.toml", line: 3),
      provider: provider, target: TargetID(0), overlay: nil, archive: "\(folder)/dist/orders.zip",
      settings: settings, included: included.compactMap { idByPath[$0] }.sorted(),
      companions: companions.compactMap { path, file in
        idByPath[file].map { .init(path: RelativePath(path), file: $0) }
      },
      entryModule: companions.contains { $0.key.contains("/") }
        ? nil : Providers.provider(provider).entryModule)
    let base = Target(
      runtime: Runtime(language: "python", major: 3, minor: 12), architecture: .x86_64,
      roots: [RootID(1), RootID(0), RootID(2)])
    let others = neighbours.map { [folder] in
      Function(
        name: $0.name, handler: handler, origin: SourceLocation(path: "pare.toml", line: 9),
        provider: provider, target: TargetID(0), overlay: nil,
        archive: "\(folder)/dist/\($0.name).zip",
        settings: Settings())
    }
    workspace = Workspace(
      project: folder, functions: Table([function] + others),
      layers: Table([
        Layer(
          name: "base", origin: SourceLocation(path: "pare.toml", line: 1),
          archive: "\(folder)/dist/base.zip", runtime: base.runtime, architecture: .x86_64,
          distributions: [], attached: [FunctionID(0)])
      ]), targets: Table([target(base)]),
      roots: Table(roots), files: Table(files),
      distributions: Table([metadata("lib", "site"), metadata("other", "vendor")]),
      wheels: Table(), diagnostics: [])

    var flat: [FileID] = []
    var rows: [Node] = []
    for node in nodes {
      let start = flat.count
      flat += node.files.compactMap { idByPath[$0] }
      let file = flat.count > start ? files[Int(flat[start].index)] : nil
      rows.append(
        Node(
          kind: node.kind, name: node.name, files: start..<flat.count,
          distribution: file?.distribution, root: file?.root))
    }
    let sorted = edges.sorted { $0.from < $1.from }
    var starts = Array(repeating: 0, count: rows.count + 1)
    for edge in sorted { starts[Int(edge.from.index) + 1] += 1 }
    for index in rows.indices { starts[index + 1] += starts[index] }
    graph = ModuleGraph(
      nodes: Table(rows), files: flat, edges: sorted, starts: starts, scopes: [], notes: notes,
      entries: Dictionary(
        uniqueKeysWithValues: ([0] + neighbours.map(\.node)).enumerated().map {
          (FunctionID($0), NodeID($1))
        }), blindSpots: blindSpots, unfollowed: unfollowed,
      diagnostics: [])
  }

  deinit { try? FileSystem.removeTree(folder) }

  func file(_ path: String) -> FileID? {
    workspace.files.ids.first {
      let row = workspace.files[$0]
      return workspace.roots[row.root].location + "/" + row.path.string == "\(folder)/\(path)"
    }
  }

  var function: Function { workspace.functions[FunctionID(0)] }

  func stock() throws -> Stock {
    try Stock(
      workspace, target: TargetID(0), graph: graph,
      provider: Providers.provider(function.provider), language: Toy(), store: Store(workspace))
  }

  func plan(layered: [DistributionID: LayerID] = [:]) throws -> Plan {
    let stock = try stock()
    var search = Search(stock.links)
    let reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    return try select(reach, from: stock, search: &search, layered: layered)
  }

  func explain(_ target: String) throws -> Explanation {
    let stock = try stock()
    var search = Search(stock.links)
    let reach = search.reach(FunctionID(0), entry: NodeID(0), overlay: nil)
    let plan = try select(reach, from: stock, search: &search)
    return try Bundling.explain(target, in: plan, of: reach, from: stock, search: &search)
  }
}

/// Knows what is never shipped, and nothing else.
struct Toy: Language {
  var name: String { "python" }
  func role(of path: RelativePath) -> FileRole {
    path.string.hasSuffix(".c") ? .discarded : path.string.hasSuffix(".py") ? .source : .data
  }
  func installedPath(ofMember path: RelativePath) -> RelativePath? { path }
  func distributions(in metadata: [MetadataFile]) -> EnvironmentFacts {
    EnvironmentFacts(distributions: [], addedRoots: [], diagnostics: [])
  }
  func scan(_ bytes: Span<UInt8>, path: RelativePath, role: FileRole) -> SourceFacts {
    SourceFacts()
  }
  func makeResolver(for target: TargetID, in workspace: Workspace) -> any Resolver {
    preconditionFailure("not traced")
  }
}

func edge(
  _ from: Int, _ to: Int, _ kind: EdgeKind = .topLevel, place: Place? = nil, note: UInt32? = nil
) -> Edge {
  Edge(from: NodeID(from), to: NodeID(to), kind: kind, place: place, note: note)
}
