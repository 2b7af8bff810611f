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
  var diagnostics: [Diagnostic] = []

  private var environments: Environments
  /// In the order in which they were met; ids are positions.
  private var keys: [RootKey] = []
  private var ids: [RootKey: Int] = [:]
  /// Beside `keys`; nil until they are looked into.
  private var found: [FoundRoot?] = []
  private var paths: [PathKey: [Int]] = [:]
  private var warnedPlatforms: Set<RootKey> = []
  /// Folders inside the project that are not its code, relative.
  private var holes: Set<String> = []

  /// What decides which roots stand on a function's path.
  private struct PathKey: Hashable {
    let sources: [String]?
    let environment: Environments.Choice
    let platform: WheelPlatform
  }

  init(
    _ configuration: Configuration, _ options: Options, _ languages: [any Language],
    _ tree: ProjectTree
  ) {
    self.configuration = configuration
    self.options = options
    self.languages = languages
    self.tree = tree
    environments = Environments(configuration, options)
  }

  private struct Placed {
    let declared: DeclaredFunction
    let handler: Handler
    let overlay: Int?
    let path: [Int]
    let runtime: Runtime
    let archive: String
  }

  /// Absolute path of the folder that takes archives.
  private func output(of layer: Configuration.Layer, current: String) -> String {
    options.output.map { FileSystem.absolute($0, in: current) }
      ?? FileSystem.absolute(layer.output?.value ?? "dist", in: configuration.project)
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
    for function in functions {
      let layer = function.layer
      guard
        let language = languages.first(where: { $0.name == layer.runtime?.value.language })
          ?? languages.first
      else { continue }
      let runtime = layer.runtime?.value ?? Providers.defaultRuntime(of: language.name)
      let output = output(of: layer, current: current)
      noteHole(output)
      let path = try self.path(of: layer, runtime, language, current, progress, &mistakes)
      guard let (handler, overlay) = handler(of: function, path, &mistakes) else { continue }
      placed.append(
        Placed(
          declared: function, handler: handler, overlay: overlay.map { id(of: .source($0)) },
          path: path, runtime: runtime, archive: "\(output)/\(function.name).zip"))
    }
    diagnostics += environments.diagnostics
    try checkAttributes(placed, &mistakes)
    let errors = environments.diagnostics.filter { $0.severity == .error } + mistakes
    guard errors.isEmpty else { throw .failure(Failure(.usage, mistakes)) }
    for position in keys.indices where found[position] == nil {
      found[position] = try sourceRoot(keys[position])
    }
    return assemble(placed, output: output(of: configuration.defaults, current: current))
  }

  // MARK: Roots

  private mutating func id(of key: RootKey) -> Int {
    if let known = ids[key] { return known }
    keys.append(key)
    found.append(nil)
    ids[key] = keys.count - 1
    return keys.count - 1
  }

  private mutating func noteHole(_ location: String) {
    let prefix = configuration.project + "/"
    if location.hasPrefix(prefix) { holes.insert(String(location.dropFirst(prefix.count))) }
  }

  /// The roots that stand on a function's path, its overlay not among them.
  private mutating func path(
    of layer: Configuration.Layer, _ runtime: Runtime, _ language: any Language, _ current: String,
    _ progress: Progress, _ mistakes: inout [Diagnostic]
  ) throws(Stopped) -> [Int] {
    let platform = WheelPlatform(
      runtime: runtime, architecture: layer.architecture?.value ?? .x86_64,
      glibcMinor: Providers.glibcMinor(of: runtime))
    let choice = environments.choice(for: layer, current: current)
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
        noteHole(key.location)
        let root = try environmentRoot(position, language)
        if key.kind == .installed, warnedPlatforms.insert(key).inserted,
          let warning = root.foreignDistributions(for: platform)
        {
          diagnostics.append(warning)
        }
        for folder in root.addedFolders where FileSystem.isFolder(folder) {
          let isInside =
            folder == configuration.project || folder.hasPrefix(configuration.project + "/")
          let added = id(of: isInside ? .source(folder) : .installed(folder))
          if found[added] == nil, !isInside {
            let tree = try FileTree.walk(folder, skip: ProjectTree.skip, jobs: options.jobs)
            found[added] = FoundRoot(key: keys[added], paths: tree.files)
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

  private mutating func environmentRoots(
    _ choice: Environments.Choice, _ platform: WheelPlatform, _ progress: Progress
  ) throws(Stopped) -> [RootKey] {
    switch choice {
    case .none: return []
    case .folders(let folders, let locations):
      var keys: [RootKey] = []
      for (folder, location) in zip(folders, locations) {
        do throws(FileError) {
          keys += try environments.roots(of: folder, for: platform, at: location) ?? []
        } catch {
          throw .file(error)
        }
      }
      return keys
    case .provision(let files, let locations):
      let provisioned: Provisioned
      do throws(Failure) {
        provisioned = try provision(
          Array(zip(files, locations)), for: platform, project: configuration.project, progress)
      } catch {
        throw .failure(error)
      }
      diagnostics += provisioned.diagnostics
      return [.wheels(provisioned.folder, platform)]
    }
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
        return FoundRoot(key: key, paths: walked.files)
      } catch {
        throw .file(error)
      }
    }
    let excluded = holes.filter { relative.isEmpty || $0.hasPrefix(relative + "/") }
    return FoundRoot(key: key, paths: tree.files(below: relative, excluding: excluded.sorted()))
  }

  // MARK: Handlers

  /// The handler as it is imported, and the folder that must stand on the path for it.
  private mutating func handler(
    of function: DeclaredFunction, _ path: [Int], _ mistakes: inout [Diagnostic]
  ) -> (Handler, overlay: String?)? {
    let written = function.handler
    guard let spelling = HandlerSpelling(written.value) else {
      mistakes.append(.badHandler(written.value, at: written.location))
      return nil
    }
    switch spelling {
    case .module(let module, let attribute):
      return (Handler(module: module, attribute: attribute, written: written.value), nil)
    case .file(let file, let attribute):
      let project = configuration.project
      let location = FileSystem.absolute(file, in: project)
      let relative =
        location.hasPrefix(project + "/") ? String(location.dropFirst(project.count + 1)) : nil
      let isThere = relative.map { tree.files.position(of: RelativePath($0)) != nil } ?? false
      guard isThere || FileSystem.isFile(location) else {
        mistakes.append(
          .noHandlerFile(
            file, nearest: nearestFile(to: relative ?? file), at: written.location,
            function: function.name))
        return nil
      }
      // The folder above the topmost package stands on the path: for a plain file its own.
      var parts = location.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      var names = [String((parts.popLast() ?? "").dropLast(3))]
      if names == ["__init__"] { names = [] }
      while parts.count > 1,
        names.isEmpty || FileSystem.isFile("\(parts.joined(separator: "/"))/__init__.py")
      {
        names.insert(parts.removeLast(), at: 0)
      }
      let folder = parts.count > 1 ? parts.joined(separator: "/") : "/"
      let isShared = path.contains { keys[$0] == .source(folder) }
      return (
        Handler(
          module: names.joined(separator: "."), attribute: attribute, written: written.value),
        isShared ? nil : folder
      )
    }
  }

  /// A source file of the project that was probably meant: the nearest path, or the same file name
  /// in another folder.
  private func nearestFile(to path: String) -> String? {
    let sources = tree.files.filter { $0.string.hasSuffix(".py") }
    if let near = nearestMatch(to: path, among: sources.map(\.string)) { return near }
    let name = RelativePath(path).name
    return sources.first { $0.name == name }?.string
  }

  /// Reads every handler's file, where it is plain which that is, and looks for the attribute.
  private mutating func checkAttributes(
    _ placed: [Placed], _ mistakes: inout [Diagnostic]
  ) throws(Stopped) {
    let (keys, tree) = (keys, tree)
    let found = concurrentMap(placed, jobs: options.jobs) { function -> Diagnostic? in
      let roots = (function.overlay.map { [$0] } ?? []) + function.path
      let module = function.handler.module.split(separator: ".").joined(separator: "/")
      for root in roots where keys[root].kind == .source {
        guard let relative = tree.relative(keys[root].location) else { continue }
        let base = relative.isEmpty ? module : "\(relative)/\(module)"
        for path in ["\(base)/__init__.py", "\(base).py"]
        where tree.files.position(of: RelativePath(path)) != nil {
          guard let source = try? FileSystem.read("\(tree.folder)/\(path)") else { return nil }
          let names = PlainNames(source)
          let attribute = function.handler.attribute
          if names.mayHave(attribute) { return nil }
          return .noAttribute(
            attribute, in: path, nearest: nearestMatch(to: attribute, among: names.defined),
            at: function.declared.handler.location, function: function.declared.name)
        }
      }
      return nil
    }
    mistakes += found.compactMap { $0 }
  }

  // MARK: The result

  private func assemble(_ placed: [Placed], output: String) -> Discovered {
    var roots: [Root] = []
    var files: [File] = []
    files.reserveCapacity(found.reduce(0) { $0 + ($1?.paths.count ?? 0) })
    var distributions: [Distribution] = []
    var wheels: [WheelFile] = []
    for (position, root) in found.enumerated() {
      guard let root else { continue }
      let id = RootID(position)
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
            mandatory: distribution.mandatory,
            entryPoints: distribution.entryPoints))
      }
      wheels += root.wheels
      roots.append(
        Root(kind: root.key.kind, location: root.key.location, files: start..<files.count))
    }

    var targets: [Target] = []
    var targetIDs: [Target: TargetID] = [:]
    let functions = placed.map { function in
      let settings = Settings(function.declared.layer)
      let provider = function.declared.layer.provider?.value ?? .awsLambda
      let target = Target(
        runtime: function.runtime,
        architecture: function.declared.layer.architecture?.value ?? .x86_64,
        roots: function.path.map { RootID($0) }, prune: settings.prune,
        distributions: settings.distributions,
        omitted: settings.provided == .omit ? Providers.provider(provider).provided : [])
      let id = targetIDs[target] ?? TargetID(targets.count)
      if id.index == targets.count {
        targets.append(target)
        targetIDs[target] = id
      }
      return Function(
        name: function.declared.name, handler: function.handler, origin: function.declared.origin,
        provider: provider, target: id, overlay: function.overlay.map { RootID($0) },
        archive: function.archive, settings: settings)
    }
    let workspace = Workspace(
      project: configuration.project, functions: Table(functions), targets: Table(targets),
      roots: Table(roots), files: Table(files), distributions: Table(distributions),
      wheels: Table(wheels.map { Wheel(path: $0.path) }), diagnostics: diagnostics.sorted())
    return Discovered(
      workspace: workspace, wheels: wheels, output: output)
  }
}

extension Settings {
  fileprivate init(_ layer: Configuration.Layer) {
    self.init()
    warnAt = layer.warnAt ?? warnAt
    provided = layer.provided ?? provided
    prune = layer.prune ?? prune
    strip = layer.strip ?? strip
    include = layer.include?.map(\.value) ?? []
    exclude = layer.exclude?.map(\.value) ?? []
    layersUnzipped = layer.layersUnzipped ?? 0
    budget = layer.budget ?? budget
    limits = layer.limits ?? limits
    distributions = layer.distributions
  }
}
