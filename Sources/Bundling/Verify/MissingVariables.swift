import Files
import Model

extension Trial {
  /// Where a handler has ended at a variable that is not set: that one and all that it would have asked
  /// for next, found by a second run, in which variables that are not set have a value.
  ///
  ///     TABLE, KEY = os.environ["TABLE"], os.environ["KEY"]      # both are told
  ///
  /// What is asked for with a default (`os.environ.get`, `in`) is not missed.
  func missingVariables(
    _ attempt: Attempt, _ request: Harness.Request, at place: Place
  ) throws(FileError) -> [Diagnostic.Note] {
    let names = Set(attempt.wanted.map(\.name))
    guard attempt.chain.contains(where: { $0.missingKey.map(names.contains) ?? false }) else {
      return []
    }
    var inventing = request
    inventing.inventsVariables = true
    var wanted = attempt.wanted
    for variable in try self.attempt(inventing, at: place).wanted
    where !names.contains(variable.name) {
      wanted.append(variable)
    }
    let values = wanted.map(\.name).sorted().map { "\(tomlKey($0)) = \"…\"" }
    let table = "[\(tablePrefix)functions.\(tomlKey(function.name))]"
    return wanted.map {
      Diagnostic.Note("'\($0.name)' is asked for, and is not set", at: location(of: $0.frame))
    } + [.hint("'--env NAME=VALUE', or\n\(table)\nenv = { \(values.joined(separator: ", ")) }")]
  }
}
