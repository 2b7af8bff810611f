import Model

// Every sentence about a repository's earlier states.

extension Diagnostic {
  static func noGit() -> Diagnostic {
    Diagnostic(
      .error, "no-git", "there is no 'git' on PATH",
      notes: [.hint("'--since' asks it what was there: 'apt-get install git'")])
  }

  static func noRepository(_ folder: String, _ answer: String) -> Diagnostic {
    Diagnostic(
      .error, "no-repository", "'\(folder)' is in no Git repository: \(answer)",
      notes: [.hint("'--since' compares with a revision of one")])
  }

  static func noRevision(_ revision: String) -> Diagnostic {
    Diagnostic(
      .error, "no-revision", "there is no revision '\(revision)'",
      notes: [
        .hint(
          "in CI the history may be cut off: fetch it ('fetch-depth: 0', 'git fetch --unshallow')")
      ])
  }

  static func gitRefused(_ command: String, _ answer: String) -> Diagnostic {
    Diagnostic(
      .error, "git-refused", "'git \(command)' has failed: \(answer)",
      notes: [.hint("run it yourself to see what is wrong with the repository")])
  }
}
