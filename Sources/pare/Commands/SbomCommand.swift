import Bundling
import Model
import Reporting

extension Command {
  static let sbom = Command(
    "sbom", "Print a bill of materials of exactly what an archive ships, as CycloneDX",
    discussion: [
      "CycloneDX 1.6 as JSON: each distribution of which the archive has files, with its version, "
        + "package URL, licence as its metadata says it, the SHA-256 of its wheel where it is from one, "
        + "and what of it requires what. The same archive has the same bill."
    ],
    operands: Operands("[FUNCTION]", 0, 1),
    options: [
      .project, .environment, .jobs, .quiet, .verbose, .cacheFolder, .noCache, .allFunctions,
    ],
    examples: [
      Example("pare sbom orders > orders.cdx.json", "of one archive"),
      Example("pare sbom --all-functions", "of all of the project's, in one document"),
    ],
    run: runSbom)
}

private func runSbom(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let isForAll = invocation.has(.allFunctions)
  guard invocation.operands.count == (isForAll ? 0 : 1) else {
    throw Failure(.usage, [.oneOrAllFunctions(of: invocation.command.name)])
  }
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let bill = try billOfMaterials(
    found.asked, of: found.workspace, languages: languages,
    store: Store(found.workspace, wheels: found.wheels), cache: try invocation.cache(console),
    jobs: invocation.jobs, progress: line.progress)
  line.erase()
  guard !bill.functions.isEmpty else {
    throw Failure(.usage, found.workspace.diagnostics.filter { $0.severity == .error })
  }
  writeCycloneDX(bill, toolVersion: Command.toolVersion) { console.send($0) }
  return .success
}
