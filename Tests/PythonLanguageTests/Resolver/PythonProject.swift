import Model
import PythonLanguage

/// A project in memory: paths and texts in, a module graph out, through the real scanner.
struct PythonProject {
  /// First-party files, below one source root.
  var source: [String: String] = [:]
  /// Files of an installed environment; metadata among them is read as such.
  var installed: [String: String] = [:]
  /// Source roots of single functions, by the function's name.
  var overlays: [String: [String: String]] = [:]
  /// Handler modules by function name.
  var handlers: [String: String] = ["f": "app"]
  /// What the same functions serve beside these.
  var furtherHandlers: [String: [String]] = [:]
  var minor = 12
  var architecture = Architecture.x86_64
  var prune = Prune.modules
  var omitted: [String] = []
  /// Modules that the provider's runtime has.
  var runtimeModules: [String] = []
  var settings: [String: Settings.DistributionRule] = [:]
  /// What a function declares itself, by its name: `["f": ["b", "a[x]"]]`.
  var declarations: [String: [String]] = [:]
  /// What `import` of the configuration names, by function.
  var imports: [String: [String]] = [:]
  /// What the project asks for.
  var direct: [String] = []
  var optional = OptionalImports.declared
  /// Reverses what is handed to the resolver, to show that order does not matter.
  private static let language = PythonLanguage()

  func trace() -> Traced {
    var files = Table<File>()
    var texts: [String] = []
    var roots = Table<Root>()
    let facts = Self.language.distributions(
      in: installed.sorted { $0.key < $1.key }.compactMap { path, text in
        let path = RelativePath(path)
        guard Self.language.role(of: path) == .metadata else { return nil }
        return MetadataFile(root: RootID(1), location: "/env", path: path, bytes: Array(text.utf8))
      })
    var owners: [RelativePath: DistributionID] = [:]
    for (position, found) in facts.distributions.enumerated() {
      for path in found.owns ?? [] { owners[path] = DistributionID(position) }
    }

    func addRoot(_ contents: [String: String], _ kind: Root.Kind, _ location: String) -> RootID {
      let start = files.count
      let id = RootID(roots.count)
      for (path, text) in contents.sorted(by: { RelativePath($0.key) < RelativePath($1.key) }) {
        let path = RelativePath(path)
        _ = files.append(
          File(
            root: id, path: path, storage: .disk,
            distribution: kind == .source ? nil : owners[path]))
        texts.append(text)
      }
      return roots.append(Root(kind: kind, location: location, files: start..<files.count))
    }
    let sourceRoot = addRoot(source, .source, "/project")
    let environment = addRoot(installed, .installed, "/env")
    var overlayIDs: [String: RootID] = [:]
    for (name, contents) in overlays.sorted(by: { $0.key < $1.key }) {
      overlayIDs[name] = addRoot(contents, .source, "/project/functions/\(name)")
    }

    let distributions = Table(
      facts.distributions.map { found in
        Distribution(
          name: found.name, displayName: found.displayName, version: found.version,
          root: environment, metadataFolder: found.metadataFolder,
          metadataFiles: files.ids.filter { id in
            found.metadataNames.contains {
              files[id].path == RelativePath("\(found.metadataFolder)/\($0)")
            }
          }, requires: found.requires, requirements: found.requirements,
          entryPoints: found.entryPoints)
      })
    func find(_ name: String) -> DistributionID? {
      distributions.ids.first { distributions[$0].name == name }
    }
    var requirements = RequirementGraph()
    for id in distributions.ids {
      requirements.requirements[id] = distributions[id].requirements.compactMap { requirement in
        let words = requirement.marker?.split(separator: "\"").map(String.init) ?? []
        return find(requirement.name).map {
          RequirementGraph.Requirement(
            to: $0, extra: words.count > 1 ? words[1] : nil, extras: requirement.extras)
        }
      }
    }
    requirements.direct = direct.compactMap(find).map {
      Declaration(
        distribution: $0, origin: SourceLocation(path: "requirements.txt", line: 1, column: 1))
    }
    let target = Target(
      runtime: Runtime(language: "python", major: 3, minor: minor), architecture: architecture,
      roots: [sourceRoot, environment], prune: prune, optional: optional, distributions: settings,
      omitted: omitted, runtimeModules: runtimeModules, archiveRoots: ["/var/task/"])
    let functions = Table(
      handlers.sorted { $0.key < $1.key }.map { name, module in
        var settings = Settings()
        let place = SourceLocation(path: "pare.toml", line: 2, column: 10)
        settings.imports = (imports[name] ?? []).map { .init(name: $0, origin: place) }
        return Function(
          name: name,
          handler: Handler(module: module, attribute: "handler", written: "\(module).handler"),
          furtherHandlers: (furtherHandlers[name] ?? []).map {
            Handler(module: $0, attribute: "handler", written: "\($0).handler")
          },
          origin: SourceLocation(path: "pare.toml", line: 1, column: 1),
          provider: .awsLambda, target: TargetID(0), overlay: overlayIDs[name],
          archive: "/project/dist/\(name).zip", settings: settings,
          declarations: (declarations[name] ?? []).compactMap { text in
            let parts = text.split { "[],".contains($0) }.map(String.init)
            return find(parts[0]).map {
              Declaration(distribution: $0, extras: Array(parts.dropFirst()))
            }
          })
      })
    let workspace = Workspace(
      project: "/project", functions: functions, targets: Table([target]), roots: roots,
      files: files, distributions: distributions, requirements: [requirements], wheels: Table(),
      diagnostics: [])

    var resolver = Self.language.makeResolver(for: TargetID(0), in: workspace)
    for function in functions.ids { resolver.enter(function) }
    var frontier = resolver.takeFrontier()
    while true {
      if frontier.isEmpty {
        guard case .more(let requests) = resolver.conclude(isEveryoneIn: true) else { break }
        frontier = requests
      }
      for request in frontier {
        let bytes = Array(texts[Int(request.file.index)].utf8)
        let path = files[request.file].path
        resolver.add(
          request.question == .everything
            ? Self.language.scan(bytes.span, path: path, role: request.role)
            : Self.language.scan(bytes.span, path: path, for: request.question), of: request.node)
      }
      frontier = resolver.takeFrontier()
    }
    return Traced(workspace: workspace, graph: resolver.finish())
  }

  /// Adds a distribution with its metadata and a `RECORD` of its files.
  mutating func install(
    _ name: String, _ files: [String: String], requires: [String] = [], entryPoints: String? = nil
  ) {
    let folder = "\(name)-1.0.dist-info"
    var metadata = "Metadata-Version: 2.1\nName: \(name)\nVersion: 1.0\n"
    for line in requires { metadata += "Requires-Dist: \(line)\n" }
    var all = files
    all["\(folder)/METADATA"] = metadata
    if let entryPoints { all["\(folder)/entry_points.txt"] = entryPoints }
    all["\(folder)/RECORD"] = all.keys.sorted().map { "\($0),,\n" }.joined()
    installed.merge(all) { $1 }
  }
}

/// What a project's trace gives, asked in names.
struct Traced {
  let workspace: Workspace
  let graph: ModuleGraph

  /// Nodes that a function reaches, by the edges' own rules.
  func reached(_ function: String = "f") -> Set<NodeID> {
    guard
      let id = workspace.functions.ids.first(where: { workspace.functions[$0].name == function }),
      let entry = graph.entries[id]
    else { return [] }
    var reached: Set<NodeID> = Set([entry] + (graph.given[id] ?? []))
    var eager: Set<NodeID> = [entry]
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for edge in graph.edges where reached.contains(edge.from) {
        let isEager = eager.contains(edge.from)
        if edge.needsEager, !isEager { continue }
        if let premise = edge.premise, !reached.contains(premise) { continue }
        if let scope = edge.scope,
          !graph.scopes[Int(scope)].holds(for: workspace.functions[id].overlay)
        {
          continue
        }
        if reached.insert(edge.to).inserted { isGrowing = true }
        if edge.isEager, isEager, eager.insert(edge.to).inserted { isGrowing = true }
      }
    }
    return reached
  }

  /// Dotted names of the modules that a function reaches, sorted.
  func modules(_ function: String = "f") -> [String] {
    reached(function).sorted().map { graph.nodes[$0] }
      .filter { [.module, .extension].contains($0.kind) }.map(\.name).sorted()
  }

  /// Paths of all files that a function reaches, sorted, each once, as they are shipped.
  func files(_ function: String = "f") -> [String] {
    Set(reached(function).flatMap { graph.files(of: $0) }).map { workspace.files[$0].path.string }
      .sorted()
  }

  /// `kind from → to` of each edge between modules, in the graph's order.
  func edges(from name: String) -> [String] {
    graph.edges.filter {
      graph.nodes[$0.from].name == name && graph.nodes[$0.to].kind != .condition
    }
    .map { "\($0.kind.name) \(graph.nodes[$0.to].name)" }
  }

  var codes: [String] { graph.diagnostics.map(\.code) }
}
