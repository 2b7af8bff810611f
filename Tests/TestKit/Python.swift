package import Files

/// Python as a judge: an interpreter that really runs, and what it says about an archive.
package struct Python: Sendable {
  package let program: Program

  /// Of version 3.12, asked for once.
  package static let python312: Python? = interpreter("3.12").map {
    Python(program: Program(path: $0))
  }

  /// Calls a handler in isolation and prints its answer as JSON with sorted keys.
  ///
  /// Only `folders` and the standard library are on the path; the working folder is elsewhere and
  /// the environment nearly empty.
  /// - Parameter call: Python that has `event` and sets `answer`.
  package func answer(
    folders: [String], event: String, call: String
  ) throws -> Program.Outcome {
    let elsewhere = try Folder()
    let script = """
      import json, sys
      sys.argv, event, folders = ["bootstrap"], sys.argv[1], sys.argv[2:]
      sys.path[:0] = folders
      event = json.load(open(event))
      \(call)
      print(json.dumps(json.loads(json.dumps(answer)), sort_keys=True))
      """
    return try program.run(
      ["-I", "-S", "-B", "-W", "ignore", "-c", script, event] + folders,
      variables: ["PATH=/usr/bin:/bin", "HOME=\(elsewhere.path)", "LANG=C.UTF-8", "TZ=UTC"],
      folder: elsewhere.path, timeout: 120)
  }

  /// Runs a script in the ordinary environment.
  package func run(_ script: String, _ arguments: [String] = []) throws -> Program.Outcome {
    try program.run(["-B", "-c", script] + arguments, timeout: 600)
  }
}
