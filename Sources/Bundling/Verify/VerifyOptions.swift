package import Model

/// How `pare verify` judges archives.
package struct VerifyOptions: Sendable {
  /// The interpreter to use, instead of one that is found.
  package var python: String?
  /// Absolute path of a JSON file; each handler is called with what is in it.
  package var event: String?
  /// In seconds, for import and call together.
  package var timeout: Double = 60
  /// Address space that the interpreter may take, in bytes. Native libraries reserve far more than
  /// they use, so this is no measure of what a function needs; it stops what never ends.
  package var memory: Int = 8 << 30
  /// `NAME=value`, in addition to what the provider sets.
  package var variables: [String] = []
  package var jobs: Int = 1
  /// Whether archives that have passed already are judged again.
  package var again: Bool = false

  package init() {}
}

/// What became of one archive.
package struct VerifyResult: Sendable {
  package let function: String
  /// Absolute path.
  package let archive: String
  /// Absolute path of the interpreter.
  package let python: String
  /// The same archive has passed in an earlier run.
  package let isRemembered: Bool
  package let seconds: Double
  /// What the handler answered, as JSON on one line; nil where it was not called.
  package let answer: String?
  /// What the handler printed.
  package let output: String
  /// Nil where all is well.
  package let failure: Diagnostic?
  /// What could not be imported, where it failed for that.
  var missingModule: String?

  package var hasPassed: Bool { failure == nil }
}

extension VerifyResult {
  static func noArchive(of function: Function, _ workspace: Workspace) -> VerifyResult {
    VerifyResult(
      function: function.name, archive: function.archive, python: "", isRemembered: false,
      seconds: 0, answer: nil, output: "",
      failure: .noArchive(function.name, workspace.shown(function.archive)))
  }
}
