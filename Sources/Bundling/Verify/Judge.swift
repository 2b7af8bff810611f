import Files
import Model

/// An interpreter that handlers are imported by, and what it must be able to see.
struct Judge: Sendable {
  let program: Program
  /// `3.12.1`
  let version: String
  /// Nil where it is neither of ours.
  let architecture: Architecture?
  private let confinement: Confinement

  /// - Parameter hidden: folders that are nobody's business, as far as the interpreter runs without.
  ///
  /// Nil where it does not answer; throws `interrupted` only.
  init?(_ program: Program, hidden: [String]) throws(FileError) {
    guard
      let outcome = try Self.attempt({ () throws(FileError) in
        try program.run(["-I", "-B", "-c", Self.question], timeout: 20)
      }), outcome.isSuccess
    else { return nil }
    let lines = outcome.outputText.split(separator: "\n").map(String.init)
    guard lines.count > 3, Program.find(lines[2]) != nil else { return nil }
    switch lines[0].lowercased() {
    case "x86_64", "amd64": architecture = .x86_64
    case "aarch64", "arm64": architecture = .arm64
    default: architecture = nil
    }
    version = lines[1]
    // What is started is what answered, without links: a shim of pyenv's asks files that are hidden then,
    // and a link may lie in a folder that is.
    let executable = Program(path: lines[2])
    self.program = executable
    var confinement = Confinement()
    confinement.kept = lines.dropFirst(3).filter(FileSystem.isFolder).uniqued()
    confinement.hidden = hidden
    let trial = confinement.keeping([])
    let answer = try Self.attempt { () throws(FileError) in
      try executable.run(
        ["-I", "-S", "-B", "-c", "import json"], within: trial, input: [], variables: [],
        folder: "/", timeout: 20)
    }
    if answer?.end != .exit(0) { confinement.hidden = [] }
    self.confinement = confinement
  }

  private static let question = """
    import os, platform, sys
    print(platform.machine())
    print(platform.python_version())
    print(os.path.realpath(sys.executable))
    print(os.path.dirname(os.path.realpath(sys.executable)))
    for path in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix):
        print(os.path.realpath(path))
    """

  /// Nil where it cannot be started.
  private static func attempt<Outcome>(
    _ body: () throws(FileError) -> Outcome
  ) throws(FileError) -> Outcome? {
    do throws(FileError) {
      return try body()
    } catch {
      if error.cause == .interrupted { throw error }
      return nil
    }
  }

  /// - Parameters:
  ///   - visible: folders that a run needs beside the interpreter's own.
  ///   - home: the one that it may write to, beside `/tmp`.
  func confinement(
    visible: [String], home: String, _ options: VerifyOptions
  ) -> Confinement {
    var result = confinement.keeping(visible)
    result.memory = options.memory
    result.hasNetwork = options.hasNetwork
    result.writable = [home] + Self.temporary
    return result
  }

  /// Folders that every provider lets a function write to.
  static let temporary = ["/tmp"].compactMap(FileSystem.realPath)
}

extension Confinement {
  /// With those folders visible, which must be there; what they hold is not hidden.
  fileprivate func keeping(_ folders: [String]) -> Confinement {
    var result = self
    result.kept = (kept + folders.compactMap(FileSystem.realPath)).uniqued()
    result.hidden = hidden.filter { hidden in
      !result.kept.contains { $0 == hidden || $0 == "/" || hidden.hasPrefix($0 + "/") }
    }
    result.writable = Judge.temporary
    return result
  }
}
