import Files
package import Model
import Synchronization

/// Imports each function's handler from its archive alone, in an interpreter of its runtime's
/// version: the proof that the archive runs.
///
/// The interpreter is isolated (`-I -S -B`), its environment nearly empty, and what it can reach is as
/// little as the system can be made to grant (`Confinement`). On its path are the unpacked archive,
/// which is read-only, and what the provider has where `provided = "omit"` left that out. Its working
/// folder is the archive's, as with the provider, and an empty, read-only one for `generic`. An archive
/// that has passed once with this interpreter is remembered by its digest below `.pare/verified`, unless
/// an event is given.
///
/// What one archive lacks, or that it is not there or cannot be judged here, is that one's result.
/// A function with several handlers has a result for each. Throws `.usage` where none of the archives is
/// there, and where it is not known which handler is meant; `.system` where the system refuses something.
package func verify(
  _ workspace: Workspace, _ functions: [FunctionID], _ options: VerifyOptions,
  languages: [any Language], store: Store, progress: Progress = .silent
) throws(Failure) -> [VerifyResult] {
  let missing = functions.filter { !FileSystem.isFile(workspace.functions[$0].archive) }
  if !missing.isEmpty, missing.count == functions.count {
    throw Failure(
      .usage, missing.map { .noArchive(workspace.functions[$0], workspace) })
  }
  let calls = try workspace.calls(of: functions, options)
  let done = Counter(total: calls.count, progress)
  do throws(FileError) {
    let bench = try Bench(workspace, functions, options, languages, store, progress)
    return try concurrentMap(calls, jobs: options.jobs) {
      (call: Call) throws(FileError) -> VerifyResult in
      let result = try bench.result(of: call)
      done.advance()
      return result
    }
  } catch {
    throw Failure(error)
  }
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
