import Files
import Model

// What was found, with ids given out.

extension Discovery {
  /// - Parameter companions: beside `placed`.
  func assemble(
    _ placed: [Placed], _ companions: [[FoundCompanion]], _ declaredLayers: [DeclaredLayer],
    asked: Set<String>, current: String
  ) -> Discovered {
    var roots: [Root] = []
    var files: [File] = []
    files.reserveCapacity(found.reduce(0) { $0 + ($1?.paths.count ?? 0) })
    var distributions: [Distribution] = []
    var wheels: [WheelFile] = []
    var contests: [Contest] = []
    var starts: [Int] = []
    var publicKeys: Set<FileID> = []
    for (position, root) in found.enumerated() {
      guard let root else { continue }
      let id = RootID(position)
      starts.append(files.count)
      publicKeys.formUnion(root.publicKeys.map { FileID(files.count + $0) })
      let (start, firstWheel, firstDistribution) = (files.count, wheels.count, distributions.count)
      for index in root.paths.indices {
        let storage: File.Storage =
          root.members.isEmpty
          ? .disk
          : .member(
            WheelID(firstWheel + Int(root.members[index].wheel)), root.members[index].position)
        let owner = root.owners.isEmpty ? -1 : Int(root.owners[index])
        files.append(
          File(
            root: id, path: root.paths[index], storage: storage,
            distribution: owner < 0 ? nil : DistributionID(firstDistribution + owner)))
      }
      for distribution in root.distributions {
        let names =
          distribution.metadataNames.map { RelativePath("\(distribution.metadataFolder)/\($0)") }
        var positions = names.compactMap { root.paths.position(of: $0) }
        // An `*.egg-info` that is a file is its own metadata.
        if positions.isEmpty,
          let own = root.paths.position(of: RelativePath(distribution.metadataFolder))
        {
          positions = [own]
        }
        distributions.append(
          Distribution(
            name: distribution.name, displayName: distribution.displayName,
            version: distribution.version, root: id, metadataFolder: distribution.metadataFolder,
            metadataFiles: positions.map { FileID(start + $0) }, requires: distribution.requires,
            requirements: distribution.requirements, entryPoints: distribution.entryPoints,
            extras: distribution.extras, isRequested: distribution.isRequested,
            tags: distribution.tags))
      }
      wheels += root.wheels
      contests += root.contests.map {
        Contest(file: FileID(start + $0.position), owners: $0.owners, winner: $0.winner)
      }
      roots.append(
        Root(kind: root.key.kind, location: root.key.location, files: start..<files.count))
    }

    let distributionTable = Table(distributions)
    var graphs: [RequirementGraph] = []
    var searches: [DeclarationSearch] = []
    var targets: [Target] = []
    var targetIDs: [Target: TargetID] = [:]
    let projectRoot = keys.firstIndex { $0.kind == .project }
    var search = IncludeSearch(project: configuration.project)
    var isMatched: Set<SourceLocation> = []
    var secrets: Set<String> = []
    let layers = assembled(declaredLayers, placed, current: current)
    let functions = zip(placed, companions).map { function, companions in
      let settings = Settings(function.declared.layer)
      let provider = function.declared.layer.provider?.value ?? .awsLambda
      let target = Target(
        runtime: function.runtime,
        architecture: function.declared.layer.architecture?.value ?? .x86_64,
        roots: function.path.map { RootID($0) }, prune: settings.prune, optional: settings.optional,
        distributions: settings.distributions,
        omitted: settings.provided == .omit ? Providers.provider(provider).provided : [],
        runtimeModules: Providers.provider(provider).providedModules,
        archiveRoots: Providers.archiveRoots)
      let id = targetIDs[target] ?? TargetID(targets.count)
      if id.index == targets.count {
        targets.append(target)
        targetIDs[target] = id
        var graph = RequirementGraph(target, distributionTable)
        var search = DeclarationSearch(target, distributionTable, graph)
        search.checkExtras()
        let stated = search.declarations(projectStated[function.choice] ?? [], for: nil)
        graph.direct = (stated.isEmpty ? search.installed() : stated).uniqued().sorted()
        graphs.append(graph)
        searches.append(search)
      }
      let position = Int(id.index)
      var declarations = searches[position].declarations(
        function.stated, for: function.declared.name)
      declarations += searches[position].needs(
        function.declared.layer.needs ?? [],
        of: function.declared.own.needs == nil ? nil : function.declared.name)
      if function.hasOwnEnvironment { declarations += graphs[position].direct }
      return Function(
        name: function.declared.name, handler: function.handlers[0],
        furtherHandlers: Array(function.handlers.dropFirst()), origin: function.declared.origin,
        provider: provider, target: id, overlay: function.overlay.map { RootID($0) },
        archive: function.archive, settings: settings,
        included: included(
          function, projectRoot: projectRoot, starts: starts, publicKeys: publicKeys, &search,
          isMatched: &isMatched, secrets: &secrets),
        companions: companions.compactMap { companion in
          projectRoot.flatMap { root in
            found[root]?.paths.position(of: companion.file).map {
              Function.Companion(path: companion.path, file: FileID(starts[root] + $0))
            }
          }
        },
        entryModule: companions.contains { $0.path.string.contains("/") }
          ? nil : Providers.provider(provider).entryModule,
        declarations: declarations.uniqued().sorted(),
        layers: (function.declared.layer.layers ?? []).compactMap { written in
          layers.ids.first { layers[$0].name == written.value }
        }.uniqued())
    }
    let workspace = Workspace(
      project: configuration.project, functions: Table(functions), layers: layers,
      targets: Table(targets),
      roots: Table(roots), files: Table(files), distributions: distributionTable,
      requirements: graphs,
      wheels: Table(wheels.map { Wheel(path: $0.path, allowedHashes: allowedHashes(of: $0.path)) }),
      contests: contests, publicKeys: publicKeys,
      recordedFile: configuration.recorded?.path,
      configuration: configuration.file.map { _ in configuration.origin },
      diagnostics: (diagnostics
        + searches.flatMap(\.diagnostics).filter { $0.function.map(asked.contains) ?? true }
        + secrets.map { .secretNotNamed($0, project: configuration.project) }
        + unmatchedIncludes(placed, isMatched: isMatched)).uniqued().sorted())
    return Discovered(
      workspace: workspace, wheels: wheels,
      asked: workspace.functions.ids.filter { asked.contains(workspace.functions[$0].name) },
      declared: Set(declared.map(\.name) + refused.compactMap(\.function)).sorted(),
      recorded: configuration.recorded,
      output: output(of: configuration.defaults, current: current),
      refused: refused.uniqued().sorted(), described: DescribedCount(descriptions),
      templates: descriptions.templates,
      deployed: declared.compactMap { function in
        function.deployed.map {
          DescribedArchive(
            name: function.name, function: $0, archive: archive(of: function, current: current))
        }
      })
  }
}

extension Discovery {
  fileprivate func allowedHashes(of wheel: String) -> Set<String> {
    guard !lockedHashes.isEmpty,
      let name = WheelName(file: String(RelativePath(wheel).name))
    else { return [] }
    return lockedHashes["\(name.distribution)==\(name.version)"] ?? []
  }
}

extension Settings {
  fileprivate init(_ layer: Configuration.Layer) {
    self.init()
    warnAt = layer.warnAt ?? warnAt
    provided = layer.provided ?? provided
    statesProvided = layer.provided != nil
    prune = layer.prune ?? prune
    optional = layer.optional ?? optional
    imports = (layer.imports ?? []).map { .init(name: $0.value, origin: $0.location) }
    strip = layer.strip ?? strip
    statesStrip = layer.strip != nil
    exclude = layer.exclude?.map(\.value) ?? []
    layersUnzipped = layer.layersUnzipped ?? 0
    budget = layer.budget ?? budget
    limits = layer.limits ?? limits
    distributions = layer.distributions
    variables = layer.variables.map { "\($0)=\($1)" }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}
