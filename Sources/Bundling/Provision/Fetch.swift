import Files
import Model

/// Runs the tools that resolve and download.
struct Fetch {
  let platform: WheelPlatform
  let project: String
  /// The requirement and lock files, as errors name them.
  let names: [String]
  let progress: Progress

  private var runtime: Runtime { platform.runtime }
  private var machine: String { platform.architecture == .arm64 ? "aarch64" : "x86_64" }
  private var version: String { "\(runtime.major).\(runtime.minor)" }

  // MARK: Resolving

  /// Lets uv export or resolve where it is there; otherwise the lines as they were read.
  func resolve(_ requirements: Requirements, _ files: [String]) throws(Failure) -> Requirements {
    guard let uv = Program.find("uv") else { return requirements }
    let isUVLock = files.count == 1 && files[0].hasSuffix("/uv.lock")
    if isUVLock {
      progress.report("exporting uv.lock", 0, 0)
      let arguments = [
        "export", "--quiet", "--frozen", "--no-dev", "--all-packages", "--no-emit-workspace",
        "--no-emit-local", "--no-header", "--no-annotate", "--format", "requirements-txt",
      ]
      let folder = FileSystem.absolute("..", in: files[0])
      let outcome = try run(uv, arguments, folder: folder)
      // An older uv lacks one of the options; the lock was read without it already.
      guard outcome.isSuccess else { return requirements }
      return try read(outcome.outputText, isComplete: true)
    }
    if requirements.isComplete || requirements.lines.allSatisfy(Self.isPinned) {
      return requirements
    }
    progress.report("resolving requirements", 0, 0)
    return try withTemporaryFile(requirements.lines) { (file) throws(Failure) in
      let arguments = [
        "pip", "compile", file, "--quiet", "--no-header", "--no-annotate", "--generate-hashes",
        "--only-binary", ":all:", "--python-version", version, "--python-platform",
        "\(machine)-\(uvPlatform)",
      ]
      let outcome = try run(uv, arguments, folder: project)
      guard outcome.isSuccess else {
        throw failed("uv \(arguments.joined(separator: " "))", outcome)
      }
      // Where to look is not part of what uv prints.
      let options = requirements.lines.filter { $0.hasPrefix("-") && !$0.hasPrefix("-c ") }
      var resolved = try read(outcome.outputText, isComplete: true)
      resolved.lines = options + resolved.lines
      return resolved
    }
  }

  /// uv knows manylinux2014, 2_28, and 2_31 to 2_40.
  private var uvPlatform: String {
    switch platform.glibcMinor {
    case ..<28: "manylinux2014"
    case ..<31: "manylinux_2_28"
    default: "manylinux_2_\(min(platform.glibcMinor, 40))"
    }
  }

  private static func isPinned(_ line: String) -> Bool {
    line.hasPrefix("-") || line.contains("==") && line.contains("--hash=")
  }

  private func read(_ text: String, isComplete: Bool) throws(Failure) -> Requirements {
    var reader = RequirementReader(platform)
    do throws(FileError) {
      try reader.read(text, from: "\(project)/requirements.txt")
    } catch {
      throw Failure(error)
    }
    var result = reader.result
    result.isComplete = isComplete
    return result
  }

  // MARK: Downloading

  /// Leaves the wheels in an empty folder.
  func download(
    _ requirements: Requirements, into folder: String
  ) throws(Failure) -> [Diagnostic] {
    let wanted = requirements.lines.filter { !$0.hasPrefix("-") }
    guard !wanted.isEmpty || requirements.lines.contains(where: { $0.hasPrefix("-r") }) else {
      return []
    }
    let tool = try pip()
    var notes: [Diagnostic] = []
    if !(tool.isOfRuntime && isHostLikeTarget), !requirements.isComplete {
      notes.append(.markersOfAnotherInterpreter(tool.program.path, platform))
    }
    try withTemporaryFile(requirements.lines) { (file) throws(Failure) in
      let arguments =
        tool.arguments + [
          "download", "--disable-pip-version-check", "--no-input", "--progress-bar", "off",
          "--only-binary=:all:", "--dest", folder, "--python-version", version,
          "--implementation", "cp", "--abi", "cp\(runtime.major)\(runtime.minor)",
        ] + platformTags.flatMap { ["--platform", $0] }
        + (requirements.isComplete ? ["--no-deps"] : []) + ["-r", file]
      let total = requirements.isComplete ? wanted.count : 0
      var counter = LineCounter()
      progress.report("fetching wheels", 0, total)
      let outcome = try run(tool.program, arguments, folder: project) { text in
        if counter.take(text) { progress.report("fetching wheels", counter.count, total) }
      }
      guard outcome.isSuccess else {
        throw failed(
          "\(tool.program.path) \(arguments.joined(separator: " "))", outcome)
      }
    }
    return notes
  }

  /// Newest to oldest, so that pip takes the newest build that the provider's system can load.
  private var platformTags: [String] {
    var tags: [String] = []
    for minor in stride(from: platform.glibcMinor, through: 5, by: -1) {
      tags.append("manylinux_2_\(minor)_\(machine)")
      switch minor {
      case 17: tags.append("manylinux2014_\(machine)")
      case 12 where machine == "x86_64": tags.append("manylinux2010_x86_64")
      case 5 where machine == "x86_64": tags.append("manylinux1_x86_64")
      default: break
      }
    }
    return tags + ["linux_\(machine)"]
  }

  /// Whether this machine decides markers such as `platform_machine` as the target does.
  private var isHostLikeTarget: Bool {
    #if os(Linux) && arch(x86_64)
      platform.architecture == .x86_64
    #elseif os(Linux) && arch(arm64)
      platform.architecture == .arm64
    #else
      false
    #endif
  }

  private struct Tool {
    let program: Program
    let arguments: [String]
    /// Whether markers that pip decides are decided for the target's version.
    let isOfRuntime: Bool
  }

  /// pip of the runtime's own version before any other, before the one that uv can run.
  private func pip() throws(Failure) -> Tool {
    let interpreters = Interpreters(runtime)
    do throws(FileError) {
      if let program = try interpreters.find(requiring: "pip") {
        return Tool(program: program, arguments: ["-m", "pip"], isOfRuntime: true)
      }
      for name in ["python3", "python"] {
        guard let program = Program.find(name) else { continue }
        let outcome = try program.run(["-m", "pip", "--version"], timeout: 30)
        if outcome.isSuccess {
          return Tool(program: program, arguments: ["-m", "pip"], isOfRuntime: false)
        }
      }
    } catch {
      throw Failure(error)
    }
    if let uv = Program.find("uv") {
      return Tool(
        program: uv, arguments: ["tool", "run", "--python", version, "pip"], isOfRuntime: true)
    }
    throw Failure(.system, [.noPip(interpreters.places, platform)])
  }

  // MARK: Running

  private func run(
    _ program: Program, _ arguments: [String], folder: String,
    observe: ((String) -> Void)? = nil
  ) throws(Failure) -> Program.Outcome {
    do throws(FileError) {
      return try program.run(arguments, folder: folder) { stream, bytes in
        if stream == .output { observe?(String(decoding: bytes, as: UTF8.self)) }
      }
    } catch {
      throw Failure(error)
    }
  }

  private func failed(_ command: String, _ outcome: Program.Outcome) -> Failure {
    Failure(.system, [.fetchFailed(command, said: outcome.errorText, names: names, platform)])
  }

  private func withTemporaryFile<R>(
    _ lines: [String], _ body: (String) throws(Failure) -> R
  ) throws(Failure) -> R {
    let folder: String
    let file: String
    do throws(FileError) {
      folder = try FileSystem.makeTemporaryFolder(prefix: "pare-fetch")
      file = "\(folder)/requirements.txt"
      try FileSystem.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: file)
    } catch {
      throw Failure(error)
    }
    defer { try? FileSystem.removeTree(folder) }
    return try body(file)
  }
}

/// Counts the distributions that pip says it has come to; pieces of output end anywhere.
private struct LineCounter {
  private(set) var count = 0
  private var rest = ""

  init() {}

  /// Whether the count has changed.
  mutating func take(_ text: String) -> Bool {
    let before = count
    rest += text
    while let end = rest.firstIndex(of: "\n") {
      if rest.hasPrefix("Collecting ") { count += 1 }
      rest = String(rest[rest.index(after: end)...])
    }
    return count != before
  }
}
