import Files
import Model
import Zip

/// What all trials of a run share: the interpreters, and a folder to unpack in.
struct Bench: Sendable {
  private let workspace: Workspace
  private let options: VerifyOptions
  private let languages: [any Language]
  private let store: Store
  private let judges: [Runtime: Judge]
  private let scratch: Scratch
  /// Where wheels are unpacked, by their root.
  private let environments: [RootID: String]
  let runtimes: RuntimeFolders

  init(
    _ workspace: Workspace, _ functions: [FunctionID], _ options: VerifyOptions,
    _ languages: [any Language], _ store: Store, _ progress: Progress
  ) throws(FileError) {
    runtimes = RuntimeFolders(project: workspace.project, progress)
    self.workspace = workspace
    self.options = options
    self.languages = languages
    self.store = store
    scratch = try Scratch()
    let hidden =
      (["/tmp", "/var/tmp", workspace.project] + [System.homeFolder].compactMap { $0 })
      .compactMap(FileSystem.realPath).filter { $0 != "/" }.uniqued()
    var judges: [Runtime: Judge] = [:]
    var isKnown: Set<Runtime> = []
    for function in functions {
      let runtime = workspace.targets[workspace.functions[function].target].runtime
      guard isKnown.insert(runtime).inserted,
        let program = try Interpreters(runtime).find(named: options.python)
      else { continue }
      judges[runtime] = try Judge(program, hidden: hidden)
    }
    self.judges = judges
    var environments: [RootID: String] = [:]
    for root in options.comparesEnvironment ? workspace.wheelRoots(of: functions) : [] {
      let folder = "\(scratch.path)/environment-\(root.index)"
      environments[root] = folder
      try workspace.unpack(root, store: store, into: folder, jobs: options.jobs)
    }
    self.environments = environments
  }

  func result(of call: Call) throws(FileError) -> VerifyResult {
    var result = try judged(call)
    if !workspace.functions[call.function].furtherHandlers.isEmpty {
      result.handler = call.handler.written
    }
    return result
  }

  private func judged(_ call: Call) throws(FileError) -> VerifyResult {
    var trial: Trial
    switch self.trial(of: call) {
    case .success(let made): trial = made
    case .failure(let refusal): return refusal.result
    }
    let result = try trial.run()
    guard result.lacks(oneOf: workspace.targets[trial.function.target].runtimeModules) else {
      return result
    }
    return try runtimes.judge(again: &trial, result)
  }

  /// An archive that nothing can be said of here, or that is not there.
  struct Refusal: Error {
    let result: VerifyResult
  }

  /// All that is needed to run one function's archive.
  func trial(of call: Call) -> Result<Trial, Refusal> {
    let function = workspace.functions[call.function].serving(call.handler)
    let target = workspace.targets[function.target]
    func refused(_ failure: Diagnostic, isUnproven: Bool = true) -> Result<Trial, Refusal> {
      .failure(
        Refusal(result: VerifyResult(function, isUnproven: isUnproven, failure: failure)))
    }
    guard FileSystem.isFile(function.archive) else {
      return refused(.noArchive(function, workspace), isUnproven: false)
    }
    if let layer = function.layers(in: workspace).first(where: { !FileSystem.isFile($0.archive) }) {
      return refused(.noLayer(layer, function, workspace), isUnproven: false)
    }
    guard let judge = judges[target.runtime] else {
      return refused(
        options.python.map { .wrongInterpreter(function, $0, target.runtime, options.deed) }
          ?? .noInterpreter(
            function, target.runtime, Interpreters(target.runtime).places, options.deed))
    }
    // Neither that it fails nor that it passes would say anything.
    if let own = judge.architecture, own != target.architecture,
      let library = nativeLibrary(in: function)
    {
      return refused(
        .foreignArchive(
          function, target.architecture, library: library, python: judge.program.path, own,
          options.deed))
    }
    return .success(
      Trial(
        workspace: workspace, function: function, runtime: target.runtime, judge: judge,
        options: options, languages: languages, store: store, environments: environments,
        scratch: "\(scratch.path)/trial-\(call.function.index)-\(call.position)"))
  }

  /// The first native library of an archive or its layers; nil where there is none, or these are no good.
  private func nativeLibrary(in function: Function) -> String? {
    for path in [function.archive] + function.layers(in: workspace).map(\.archive) {
      let members = (try? WheelFile(path))?.directory.members ?? []
      if let library = members.lazy.map(\.path.string).first(where: {
        $0.hasSuffix(".so") || $0.contains(".so.")
      }) {
        return library
      }
    }
    return nil
  }
}

extension Workspace {
  fileprivate func wheelRoots(of functions: [FunctionID]) -> [RootID] {
    functions.flatMap { targets[self.functions[$0].target].roots }
      .filter { roots[$0].kind == .wheels }.uniqued()
  }
}

/// A temporary folder that goes with the value, and, where the process was killed, with the next run.
final class Scratch: Sendable {
  /// Without links: what the names in tracebacks are measured against must be what the interpreter
  /// calls them.
  let path: String
  private let made: String

  /// Throws where none can be made.
  init() throws(FileError) {
    made = try FileSystem.makeTemporaryFolder(prefix: "pare-verify")
    path = FileSystem.realPath(made) ?? made
  }

  deinit { try? FileSystem.removeTree(made) }
}
