package import Files
package import Model

/// Looks for interpreters of a version: on PATH, in pyenv's folder, among uv's.
package struct Interpreters: Sendable {
  package let runtime: Runtime
  /// Where each is looked for: as a person could check it.
  package let places: [String]
  private let candidates: [Program]

  package init(_ runtime: Runtime) {
    self.runtime = runtime
    let name = "\(runtime.language)\(runtime.major).\(runtime.minor)"
    var candidates: [Program] = []
    if let active = System.variable("VIRTUAL_ENV") {
      candidates += [Program.find("\(active)/bin/\(name)")].compactMap { $0 }
    }
    candidates += [Program.find(name)].compactMap { $0 }
    var places = ["'\(name)' on PATH"]
    let pyenv = System.variable("PYENV_ROOT") ?? System.homeFolder.map { "\($0)/.pyenv" }
    if let versions = pyenv.map({ "\($0)/versions" }) {
      places.append("'\(versions)'")
      let prefix = "\(runtime.major).\(runtime.minor)."
      let found = ((try? FileSystem.names(in: versions)) ?? []).filter { $0.hasPrefix(prefix) }
      candidates += found.sorted { ReleaseVersion($0) > ReleaseVersion($1) }
        .compactMap { Program.find("\(versions)/\($0)/bin/\(name)") }
    }
    places.append("'uv python find'")
    // pyenv's shims stand on PATH and fail where the version is not chosen.
    let isShim = { (program: Program) in program.path.contains("/.pyenv/shims/") }
    self.candidates = (candidates.filter { !isShim($0) } + candidates.filter(isShim)).uniqued()
    self.places = places
  }

  /// The first that starts and says that it has the version; `named` is tried alone where it is
  /// given. Throws `interrupted` only.
  package func find(
    named: String? = nil, requiring module: String? = nil
  ) throws(FileError)
    -> Program?
  {
    if let named {
      guard let program = Program.find(named) else { return nil }
      return try isRight(program, module) ? program : nil
    }
    for candidate in candidates where try isRight(candidate, module) { return candidate }
    if let uv = Program.find("uv"),
      let outcome = try Self.run(
        uv,
        [
          "python", "find", "--no-python-downloads", "--system",
          "\(runtime.major).\(runtime.minor)",
        ]), outcome.isSuccess
    {
      let program = Program(path: trimmed(outcome.outputText.filter { $0 != "\n" }))
      if try isRight(program, module) { return program }
    }
    return nil
  }

  private func isRight(_ program: Program, _ module: String?) throws(FileError) -> Bool {
    let code =
      "import sys; print('%d.%d' % sys.version_info[:2])" + (module.map { "; import \($0)" } ?? "")
    guard let outcome = try Self.run(program, ["-I", "-B", "-c", code]), outcome.isSuccess else {
      return false
    }
    return outcome.outputText.split(separator: "\n").first == "\(runtime.major).\(runtime.minor)"
  }

  /// Nil where it cannot be started.
  private static func run(
    _ program: Program, _ arguments: [String]
  ) throws(FileError) -> Program.Outcome? {
    do throws(FileError) {
      return try program.run(arguments, timeout: 20)
    } catch {
      if error.cause == .interrupted { throw error }
      return nil
    }
  }
}
