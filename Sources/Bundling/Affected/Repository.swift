import Files
import Model

/// A Git repository, asked by running `git`.
struct Repository {
  private let git: Program
  /// Absolute path of its working tree, without links.
  let folder: String

  /// The one that a folder lies in. Throws `.system` where there is no `git`, `.usage` where the folder
  /// is in no repository.
  init(around folder: String) throws(Failure) {
    guard let git = Program.find("git") else { throw Failure(.system, [.noGit()]) }
    self.git = git
    let outcome: Program.Outcome
    do throws(FileError) {
      outcome = try git.run(["rev-parse", "--show-toplevel"], folder: folder, timeout: 60)
    } catch {
      throw Failure(error)
    }
    guard outcome.isSuccess else {
      throw Failure(.usage, [.noRepository(folder, Self.firstLine(outcome.errors))])
    }
    self.folder = Self.firstLine(outcome.output)
  }

  /// The commit that a revision names. Throws `.usage` where there is none.
  func commit(_ revision: String) throws(Failure) -> String {
    do throws(Failure) {
      let commit = try run(["rev-parse", "--verify", "--end-of-options", "\(revision)^{commit}"])
      return Self.firstLine(commit)
    } catch {
      guard error.kind == .usage else { throw error }
      throw Failure(.usage, [.noRevision(revision)])
    }
  }

  /// Paths below `folder` that are other than in a commit, the working tree's changes and new files
  /// among them, sorted. What is ignored is not looked at.
  func changes(since commit: String) throws(Failure) -> [String] {
    let edited = try paths(["diff", "--name-only", "--no-renames", "-z", commit, "--"])
    let new = try paths(["ls-files", "--others", "--exclude-standard", "-z"])
    return (edited + new).uniqued().sorted()
  }

  /// Files, and folders with a `/` behind them of which everything is.
  func ignored() throws(Failure) -> [String] {
    try paths([
      "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z",
    ])
  }

  /// Writes all files of a commit below a folder, which ends with a `/`.
  ///
  /// - Parameter index: a file that is not there yet; the repository's own is left alone.
  func checkOut(_ commit: String, to prefix: String, index: String) throws(Failure) {
    let variables = ["GIT_INDEX_FILE=\(index)"]
    _ = try run(["read-tree", commit], variables)
    _ = try run(["checkout-index", "--all", "--prefix=\(prefix)"], variables)
  }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private func paths(_ arguments: [String]) throws(Failure) -> [String] {
    try run(arguments).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What it prints. Throws `.usage` where it refuses.
  private func run(
    _ arguments: [String], _ variables: [String] = []
  ) throws(Failure) -> [UInt8] {
    // What a hook has set would lead to another repository.
    let own = System.variables.filter { !$0.hasPrefix("GIT_") }
    var output: [UInt8] = []
    let outcome: Program.Outcome
    do throws(FileError) {
      outcome = try git.run(
        arguments, variables: own + variables, folder: folder,
        observe: { stream, bytes in if stream == .output { output += bytes } })
    } catch {
      throw Failure(error)
    }
    guard outcome.isSuccess else {
      throw Failure(.usage, [.gitRefused(arguments[0], Self.firstLine(outcome.errors))])
    }
    return output
  }
}
