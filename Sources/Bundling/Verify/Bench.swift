import Files
import Model
import Zip

/// What all trials of a run share: the interpreters, and a folder to unpack in.
struct Bench: Sendable {
  private let workspace: Workspace
  private let options: VerifyOptions
  private let store: Store
  private let judges: [Runtime: Judge]
  private let scratch: Scratch
  /// Where wheels are unpacked, by their root.
  private let environments: [RootID: String]
  private let runtimes: RuntimeFolders

  init(
    _ workspace: Workspace, _ functions: [FunctionID], _ options: VerifyOptions, _ store: Store,
    _ progress: Progress
  ) throws(FileError) {
    runtimes = RuntimeFolders(project: workspace.project, progress)
    self.workspace = workspace
    self.options = options
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

  func result(of id: FunctionID) throws(FileError) -> VerifyResult {
    let function = workspace.functions[id]
    let target = workspace.targets[function.target]
    guard FileSystem.isFile(function.archive) else {
      return VerifyResult(function, failure: .noArchive(function, workspace))
    }
    guard let judge = judges[target.runtime] else {
      return VerifyResult(
        function, isUnproven: true,
        failure: options.python.map { .wrongInterpreter(function, $0, target.runtime) }
          ?? .noInterpreter(function, target.runtime, Interpreters(target.runtime).places))
    }
    // Neither that it fails nor that it passes would say anything.
    if let own = judge.architecture, own != target.architecture,
      let library = nativeLibrary(in: function)
    {
      return VerifyResult(
        function, isUnproven: true,
        failure: .foreignArchive(
          function, target.architecture, library: library, python: judge.program.path, own))
    }
    var trial = Trial(
      workspace: workspace, function: function, runtime: target.runtime, judge: judge,
      options: options, store: store, environments: environments,
      scratch: "\(scratch.path)/trial-\(id.index)")
    let result = try trial.run()
    guard result.lacks(oneOf: target.runtimeModules) else { return result }
    return try runtimes.judge(again: &trial, result)
  }

  /// The first native library of an archive; nil where there is none, or the archive is no good.
  private func nativeLibrary(in function: Function) -> String? {
    (try? WheelFile(function.archive))?.directory.members.lazy.map(\.path.string).first {
      $0.hasSuffix(".so") || $0.contains(".so.")
    }
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
