import Files
package import Model

/// Looks at a project without packaging anything or fetching anything: which interpreters and
/// environments its functions have, and whether these are complete for their targets.
///
/// Throws as `discover` does for what is wrong with the configuration.
package func examine(
  _ options: Options, languages: [any Language]
) throws(Failure) -> (checkup: Checkup, diagnostics: [Diagnostic]) {
  let (configuration, tree, declared) = try declare(options, languages)
  guard let language = languages.first else {
    preconditionFailure("there is a language")
  }
  do throws(FileError) {
    var examination = Examination(configuration, options, language, tree)
    let checkup = try examination.run(declared)
    return (checkup, configuration.diagnostics + declared.diagnostics + declared.refused)
  } catch {
    throw Failure(error)
  }
}

private struct Examination {
  let configuration: Configuration
  let options: Options
  let language: any Language
  var environments: Environments

  init(
    _ configuration: Configuration, _ options: Options, _ language: any Language,
    _ tree: ProjectTree
  ) {
    self.configuration = configuration
    self.options = options
    self.language = language
    environments = Environments(configuration, options, tree)
  }

  private struct Use: Hashable {
    let choice: Environments.Choice
    let platform: WheelPlatform
  }

  mutating func run(_ declared: DeclaredFunctions) throws(FileError) -> Checkup {
    let current = try FileSystem.currentFolder()
    var uses: [Use: [DeclaredFunction]] = [:]
    var order: [Use] = []
    var runtimes: [Runtime: Int] = [:]
    for function in declared.functions {
      let platform = WheelPlatform(
        runtime: function.layer.runtime?.value
          ?? Providers.defaultRuntime(of: language.name),
        architecture: function.layer.architecture?.value ?? .x86_64)
      runtimes[platform.runtime, default: 0] += 1
      let use = Use(
        choice: environments.choice(for: function, platform, current: current), platform: platform)
      if uses[use] == nil { order.append(use) }
      uses[use, default: []].append(function)
    }
    var interpreters: [Checkup.Interpreter] = []
    for (runtime, count) in runtimes.sorted(by: { $0.key.minor < $1.key.minor }) {
      let program = try Interpreters(runtime).find()
      interpreters.append(.init(runtime: runtime, path: program?.path, functions: count))
    }
    var found: [Checkup.Environment] = []
    var without: [String] = []
    for use in order {
      let functions = uses[use] ?? []
      if use.choice == .none {
        without += functions.map(\.name)
      } else {
        found.append(try environment(use, functions))
      }
    }
    return Checkup(
      project: configuration.project, configuration: configuration.file,
      functions: declared.functions.count, interpreters: interpreters, environments: found,
      without: without)
  }

  private mutating func environment(
    _ use: Use, _ functions: [DeclaredFunction]
  ) throws(FileError) -> Checkup.Environment {
    var state = Checkup.Environment.State.present(0)
    var roots: [FoundRoot] = []
    switch use.choice {
    case .none: break
    case .folders(let folders, _):
      for folder in folders {
        guard let keys = try environments.roots(of: folder, for: use.platform, at: nil) else {
          state = .unreadable("'\(shown(folder))' is not a folder")
          continue
        }
        roots += try keys.map { (key) throws(FileError) in try root(key, use.platform) }
      }
    case .provision(let files, let locations):
      var folder: String?
      do throws(Failure) {
        folder = try provisionedFolder(
          Array(zip(files, locations)), for: use.platform, project: configuration.project)
      } catch {
        state = .unreadable(error.diagnostics.first?.message ?? "it cannot be read")
      }
      if let folder, FileSystem.isFolder(folder) {
        roots = [try root(.wheels(folder, use.platform), use.platform)]
      } else if folder != nil {
        let tool = ["uv", "python3", "python"].first { Program.find($0) != nil }
        state = .notFetched(tool: tool == "uv" ? "uv" : tool.map { _ in "pip" })
      }
    }
    let installed = Set(roots.flatMap(\.distributions).map(\.name))
    if case .present = state { state = .present(installed.count) }
    var missing: Set<String> = []
    if case .present = state {
      missing = try asked(by: functions, use).subtracting(installed)
    }
    return Checkup.Environment(
      sources: use.choice.paths.map(shown), runtime: use.platform.runtime,
      architecture: use.platform.architecture, state: state, functions: functions.map(\.name),
      missing: missing.sorted(),
      foreign: roots.flatMap { $0.diagnostics + [$0.foreignDistributions(for: use.platform)] }
        .compactMap { $0 }.filter { $0.code == "foreign-distribution" }
        .flatMap { $0.notes.filter { $0.kind == .note }.map(\.message) }.uniqued())
  }

  private func root(
    _ key: RootKey, _ platform: WheelPlatform
  ) throws(FileError) -> FoundRoot {
    if key.platform != nil {
      return try FoundRoot.wheels(
        key, platform: platform, id: RootID(0), language: language, jobs: options.jobs)
    }
    return try FoundRoot.installed(key, id: RootID(0), language: language, jobs: options.jobs)
  }

  /// Names of what the functions' own files ask for.
  private mutating func asked(
    by functions: [DeclaredFunction], _ use: Use
  ) throws(FileError) -> Set<String> {
    var names: Set<String> = []
    for function in functions {
      var stated = StatedRequirements(
        project: configuration.project, local: configuration.localNames)
      if let named = function.own.requirements {
        try stated.read(named, for: use.platform)
      } else if let described = function.described {
        for file in environments.requirementFiles(of: described, use.platform) {
          try stated.read(file, for: use.platform)
        }
      }
      names.formUnion(stated.stated.filter { !$0.isLocal }.map(\.name))
    }
    return names
  }

  private func shown(_ path: String) -> String {
    let prefix = configuration.project + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
