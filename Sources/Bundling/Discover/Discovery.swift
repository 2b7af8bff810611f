import Files
import Model
import Text

/// The search for roots and handlers, shared by all functions: what several of them name is looked
/// for once.
struct Discovery {
  let configuration: Configuration
  let options: Options
  let languages: [any Language]
  let tree: ProjectTree
  /// All functions of the configuration, also those that are not asked for.
  let declared: [DeclaredFunction]
  let descriptions: Descriptions
  /// Errors of described functions, which are left out because of them.
  private(set) var refused: [Diagnostic]
  /// By function, relative to the project's folder.
  let handlerFolders: [String: String]
  let handlersBelow: [String: Int]
  var diagnostics: [Diagnostic] = []

  var environments: Environments
  /// In the order in which they were met; ids are positions.
  private(set) var keys: [RootKey] = []
  private var ids: [RootKey: Int] = [:]
  /// Beside `keys`; nil until they are looked into.
  private(set) var found: [FoundRoot?] = []
  private var paths: [PathKey: [Int]] = [:]
  /// What the project asks for, by the environment that it is for.
  /// SHA-256 that locks and requirements files allow, by `name==version`.
  var lockedHashes: [String: Set<String>] = [:]
  var projectStated: [Environments.Choice: [StatedRequirement]] = [:]
  private var warnedPlatforms: Set<RootKey> = []
  /// What could not be fetched for one function need not be tried again for the next.
  var fetched: [ProvisionKey: Result<Provisioned, Failure>] = [:]
  /// What is no code of the project although it lies in it.
  private(set) var holes = Holes()

  /// What decides which roots stand on a function's path.
  private struct PathKey: Hashable {
    let sources: [String]?
    let environment: Environments.Choice
    let platform: WheelPlatform
  }

  init(
    _ configuration: Configuration, _ options: Options, _ languages: [any Language],
    _ tree: ProjectTree, _ declared: DeclaredFunctions
  ) {
    self.configuration = configuration
    self.options = options
    self.languages = languages
    self.tree = tree
    self.declared = declared.all
    descriptions = declared.descriptions
    refused = declared.refused
    handlerFolders = Self.handlerFolders(of: declared.all, configuration, tree)
    handlersBelow = Self.handlersBelow(handlerFolders)
    environments = Environments(configuration, options, tree)
  }

  /// A function with all that was found for it, before ids exist.
  struct Placed {
    let declared: DeclaredFunction
    /// In the order of the configuration, at least one.
    let handlers: [Handler]
    let overlay: Int?
    let path: [Int]
    let runtime: Runtime
    let archive: String
    let choice: Environments.Choice
    /// What it asks for itself.
    let stated: [StatedRequirement]
    /// Whether its environment serves no other function: then what that was made of is its own.
    let hasOwnEnvironment: Bool
  }

  /// Absolute path of the folder that takes archives.
  func output(of layer: Configuration.Layer, current: String) -> String {
    options.output.map { FileSystem.absolute($0, in: current) }
      ?? FileSystem.absolute(layer.output?.value ?? "dist", in: configuration.project)
  }

  func archive(of function: DeclaredFunction, current: String) -> String {
    "\(output(of: function.layer, current: current))/\(function.name).zip"
  }

  mutating func run(
    _ functions: [DeclaredFunction], _ progress: Progress
  ) throws(Stopped) -> Discovered {
    let current: String
    do throws(FileError) {
      current = try FileSystem.currentFolder()
    } catch {
      throw .file(error)
    }
    diagnostics += tree.diagnostics
    var placed: [Placed] = []
    var mistakes: [Diagnostic] = []
    let wanted = Set(functions.map(\.name))
    var choices: [String: Environments.Choice] = [:]
    for function in declared {
      choices[function.name] = environments.choice(
        for: function, platform(of: function.layer), current: current)
    }
    noteHoles(choices, current: current)
    let users = choices.values.reduce(into: [:]) { $0[$1.paths, default: 0] += 1 }
    let layers = declaredLayers(&mistakes)
    for function in functions + company(of: functions, choices, layers) {
      let layer = function.layer
      let isWanted = wanted.contains(function.name)
      var ownMistakes: [Diagnostic] = []
      defer {
        if isWanted {
          if function.described == nil {
            mistakes += ownMistakes
          } else {
            refuse(function, ownMistakes)
          }
        }
      }
      guard
        let language = languages.first(where: { $0.name == layer.runtime?.value.language })
          ?? languages.first
      else { continue }
      let runtime = layer.runtime?.value ?? Providers.defaultRuntime(of: language.name)
      let choice = choices[function.name] ?? .none
      let path: [Int]
      do throws(Stopped) {
        path = try self.path(of: layer, choice, runtime, language, progress, &ownMistakes)
      } catch {
        guard function.described != nil, case .failure(let failure) = error,
          failure.kind != .interrupted
        else { throw error }
        ownMistakes += failure.diagnostics
        continue
      }
      let provider = Providers.provider(layer.provider?.value ?? .awsLambda)
      guard let (handlers, overlay) = handlers(of: function, path, provider, &ownMistakes) else {
        continue
      }
      let stated = try statedRequirements(by: function, isWanted: isWanted)
      placed.append(
        Placed(
          declared: function, handlers: handlers, overlay: overlay.map { id(of: .source($0)) },
          path: path, runtime: runtime, archive: archive(of: function, current: current),
          choice: choice,
          stated: stated, hasOwnEnvironment: choice != .none && users[choice.paths] == 1))
    }
    mistakes += try readProjectRequirements(placed)
    diagnostics += environments.diagnostics
    for position in keys.indices where found[position] == nil {
      var root = try sourceRoot(keys[position])
      root.distributions = try ownMetadata(root, position)
      found[position] = root
    }
    placed.sort { $0.declared.name.utf8.lexicographicallyPrecedes($1.declared.name.utf8) }
    let checked = checkHandlers(placed)
    for (function, checked) in zip(placed, checked) {
      guard wanted.contains(function.declared.name) else { continue }
      if function.declared.described == nil {
        mistakes += checked.mistakes
      } else {
        refuse(function.declared, checked.mistakes)
      }
    }
    mistakes += distributionsNotInstalled(for: layers, placed, wanted: wanted)
    let errors = environments.diagnostics.filter { $0.severity == .error } + mistakes
    guard errors.isEmpty else { throw .failure(Failure(.usage, mistakes)) }
    let good = placed.indices.filter { checked[$0].mistakes.isEmpty }
    let handlerFiles = good.map { checked[$0].files }
    placed = good.map { placed[$0] }
    // What is wrong with the only functions that there are is the answer.
    if !refused.isEmpty, !placed.contains(where: { wanted.contains($0.declared.name) }) {
      throw .failure(Failure(.usage, refused))
    }
    let beside = zip(placed, handlerFiles).map { companions(of: $0, handlerFiles: $1) }
    if let root = projectRoot(placed, beside) {
      found[id(of: root.key)] = root
    }
    return assemble(
      placed, beside, layers, asked: wanted, current: current)
  }

  private mutating func refuse(_ function: DeclaredFunction, _ mistakes: [Diagnostic]) {
    refused += mistakes.map { mistake in
      var mistake = mistake
      mistake.function = function.name
      return mistake
    }
  }

  // MARK: Roots

  private mutating func id(of key: RootKey) -> Int {
    if let known = ids[key] { return known }
    keys.append(key)
    found.append(nil)
    ids[key] = keys.count - 1
    return keys.count - 1
  }

  /// Of all functions, so that one that is packaged alone ships what it does among the others.
  private mutating func noteHoles(
    _ choices: [String: Environments.Choice], current: String
  ) {
    let layers = declared.map(\.layer)
    let names = declared.map(\.name)
    let outputs = ([configuration.defaults] + layers).map { output(of: $0, current: current) }
    for folder in outputs.uniqued() { holes.add(output: folder, functions: names) }
    let shared = environments.choice(for: configuration.defaults, current: current)
    for choice in Array(choices.values) + [shared] {
      if case .folders(let folders, _) = choice {
        for folder in folders { holes.add(folder) }
      }
    }
    if let cache = options.cacheFolder {
      for name in Cache.names { holes.add("\(cache)/\(name)") }
    }
    holes.add("\(configuration.project)/.pare")
  }

  /// The roots that stand on a function's path, its overlay not among them.
  private mutating func path(
    of layer: Configuration.Layer, _ choice: Environments.Choice, _ runtime: Runtime,
    _ language: any Language, _ progress: Progress, _ mistakes: inout [Diagnostic]
  ) throws(Stopped) -> [Int] {
    let platform = WheelPlatform(
      runtime: runtime, architecture: layer.architecture?.value ?? .x86_64)
    let key = PathKey(
      sources: layer.sourceRoots?.map(\.value), environment: choice, platform: platform)
    if let known = paths[key] { return known }

    let sources = configuration.sourceRoots(of: layer, in: tree)
    for diagnostic in sources.diagnostics {
      if diagnostic.severity == .error {
        mistakes.append(diagnostic)
      } else {
        diagnostics.append(diagnostic)
      }
    }
    var path = sources.folders.map { id(of: .source($0)) }
    if choice == .none, layer.environment == nil, layer.requirements == nil,
      let location = configuration.dependencies,
      !diagnostics.contains(where: { $0.code == "environment-not-found" })
    {
      diagnostics.append(.environmentNotFound(at: location))
    }
    let keysOfEnvironment = try environmentRoots(choice, platform, progress)
    do throws(FileError) {
      for key in keysOfEnvironment {
        let position = id(of: key)
        path.append(position)
        holes.add(key.location)
        let root = try environmentRoot(position, language)
        if key.kind == .installed, warnedPlatforms.insert(key).inserted,
          let warning = root.foreignDistributions(for: platform)
        {
          diagnostics.append(warning)
        }
        for folder in root.addedFolders where FileSystem.isFolder(folder) {
          if configuration.isBelow(folder) {
            diagnostics.append(.addedAboveProject(folder, by: key.location))
            continue
          }
          let isInside =
            folder == configuration.project || folder.hasPrefix(configuration.project + "/")
          let added = id(of: isInside ? .source(folder) : .installed(folder))
          if found[added] == nil, !isInside {
            let tree = try FileTree.walk(folder, skip: ProjectTree.skip, jobs: options.jobs)
            found[added] = FoundRoot(
              key: keys[added], paths: holes.without(tree.files, below: folder))
          }
          path.append(added)
        }
      }
    } catch {
      throw .file(error)
    }
    path = path.uniqued()
    paths[key] = path
    return path
  }

  private mutating func environmentRoot(
    _ position: Int, _ language: any Language
  ) throws(FileError) -> FoundRoot {
    if let known = found[position] { return known }
    let key = keys[position]
    let id = RootID(position)
    let root =
      if let platform = key.platform {
        try FoundRoot.wheels(
          key, platform: platform, id: id, language: language, jobs: options.jobs)
      } else {
        try FoundRoot.installed(key, id: id, language: language, jobs: options.jobs)
      }
    diagnostics += root.diagnostics
    found[position] = root
    return root
  }

  /// A part of the project's tree where it lies in that, else walked.
  private mutating func sourceRoot(_ key: RootKey) throws(Stopped) -> FoundRoot {
    guard let relative = tree.relative(key.location) else {
      do throws(FileError) {
        let walked = try FileTree.walk(key.location, skip: ProjectTree.skip, jobs: options.jobs)
        diagnostics += walked.diagnostics
        return FoundRoot(key: key, paths: holes.without(walked.files, below: key.location))
      } catch {
        throw .file(error)
      }
    }
    return FoundRoot(
      key: key, paths: holes.without(tree.files(below: relative), below: key.location))
  }

  /// What `python -m build` or an editable install has left beside the team's own code: `*.egg-info` at
  /// the top of a source root stands on `sys.path`, so `entry_points()` finds what it says.
  private func ownMetadata(
    _ root: FoundRoot, _ position: Int
  ) throws(Stopped) -> [EnvironmentFacts.Found] {
    guard let language = languages.first else { return [] }
    var metadata: [MetadataFile] = []
    for path in root.paths where language.role(of: path) == .metadata {
      let folder = path.string.prefix { $0 != "/" }
      guard folder.utf8.count < path.string.utf8.count else { continue }
      do throws(FileError) {
        metadata.append(
          MetadataFile(
            root: RootID(position), location: root.key.location, path: path,
            bytes: try FileSystem.read("\(root.key.location)/\(path)")))
      } catch {
        throw .file(error)
      }
    }
    return metadata.isEmpty ? [] : language.distributions(in: metadata).distributions
  }
}
