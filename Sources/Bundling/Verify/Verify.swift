import Files
package import Model
import Synchronization
import Text
import Zip

/// Imports each function's handler from its archive alone, in an interpreter of its runtime's
/// version: the proof that the archive runs.
///
/// The interpreter is isolated (`-I -S -B`) and its environment nearly empty. On its path are the
/// unpacked archive, which is read-only, and what the provider has where `provided = "omit"` left that
/// out. Its working folder is the archive's, as with the provider, and an empty, read-only one for
/// `generic`. An archive that has passed once with this interpreter is remembered by its digest below
/// `.pare/verified`, unless an event is given.
///
/// Throws `.usage` where none of the archives is there or the event cannot be read, `.system` where
/// there is no interpreter or the system refuses something. What an archive lacks is a result, and so
/// is a single archive that is not there.
package func verify(
  _ workspace: Workspace, _ functions: [FunctionID], _ options: VerifyOptions, store: Store,
  progress: Progress = .silent
) throws(Failure) -> [VerifyResult] {
  if let event = options.event { try checkEvent(event) }
  let missing = functions.filter { !FileSystem.isFile(workspace.functions[$0].archive) }
  let absent = missing.map { VerifyResult.noArchive(of: workspace.functions[$0], workspace) }
  if !missing.isEmpty, missing.count == functions.count {
    throw Failure(.usage, absent.compactMap(\.failure))
  }
  let functions = functions.filter { !missing.contains($0) }
  var pythons: [Runtime: Program] = [:]
  for function in functions {
    let runtime = workspace.targets[workspace.functions[function].target].runtime
    guard pythons[runtime] == nil else { continue }
    pythons[runtime] = try interpreter(for: runtime, named: options.python)
  }
  try checkArchitectures(workspace, functions, pythons)
  let done = Counter(total: functions.count, progress)
  do throws(FileError) {
    let interpreters = pythons
    let runtimes = RuntimeFolders(project: workspace.project, progress)
    let results = try concurrentMap(functions, jobs: options.jobs) {
      (id: FunctionID) throws(FileError) -> VerifyResult in
      let function = workspace.functions[id]
      let runtime = workspace.targets[function.target].runtime
      guard let python = interpreters[runtime] else {
        preconditionFailure("every function's runtime was looked for")
      }
      var trial = Trial(
        workspace: workspace, function: function, runtime: runtime, python: python,
        options: options, store: store)
      var result = try trial.run()
      if result.lacks(oneOf: workspace.targets[function.target].runtimeModules) {
        result = try runtimes.judge(again: &trial, result)
      }
      done.advance()
      return result
    }
    return absent + results
  } catch {
    throw Failure(error)
  }
}

/// Throws where an archive holds native code that its interpreter cannot load: neither that it fails
/// nor that it passes would say anything.
private func checkArchitectures(
  _ workspace: Workspace, _ functions: [FunctionID], _ pythons: [Runtime: Program]
) throws(Failure) {
  var foreign: [Diagnostic] = []
  do throws(FileError) {
    var known: [String: Architecture?] = [:]
    for id in functions {
      let function = workspace.functions[id]
      let target = workspace.targets[function.target]
      guard let python = pythons[target.runtime] else { continue }
      if known[python.path] == nil {
        known[python.path] = try Interpreters.architecture(of: python)
      }
      guard let own = known[python.path].flatMap(\.self), own != target.architecture,
        let library = nativeLibrary(in: function)
      else { continue }
      foreign.append(
        .foreignArchive(function, target.architecture, library: library, python: python.path, own))
    }
  } catch {
    throw Failure(error)
  }
  guard foreign.isEmpty else { throw Failure(.system, foreign) }
}

/// The first native library of an archive; nil where there is none, or the archive is no good.
private func nativeLibrary(in function: Function) -> String? {
  (try? WheelFile(function.archive))?.directory.members.lazy.map(\.path.string).first {
    $0.hasSuffix(".so") || $0.contains(".so.")
  }
}

private func checkEvent(_ path: String) throws(Failure) {
  let bytes: [UInt8]
  do throws(FileError) {
    bytes = try FileSystem.read(path)
  } catch {
    throw Failure(.usage, [.unreadableEvent(error)])
  }
  do throws(MalformedText) {
    _ = try JSON.read(bytes, path: path)
  } catch {
    throw Failure(.usage, [error.diagnostic])
  }
}

private func interpreter(for runtime: Runtime, named: String?) throws(Failure) -> Program {
  let interpreters = Interpreters(runtime)
  do throws(FileError) {
    if let found = try interpreters.find(named: named) { return found }
  } catch {
    throw Failure(error)
  }
  throw Failure(
    .system,
    [named.map { .wrongInterpreter($0, runtime) } ?? .noInterpreter(runtime, interpreters.places)])
}

/// Tells how many are done, whoever did them.
private final class Counter: Sendable {
  private let total: Int
  private let progress: Progress
  private let done = Atomic<Int>(0)

  init(total: Int, _ progress: Progress) {
    self.total = total
    self.progress = progress
    progress.report("verifying", 0, total)
  }

  func advance() {
    progress.report("verifying", done.wrappingAdd(1, ordering: .relaxed).newValue, total)
  }
}
