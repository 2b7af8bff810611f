// Shared by the tests: temporary folders, running the tool and other programs, finding interpreters.

import Files

/// A folder that goes away with the value.
package final class Folder: Sendable {
  /// Absolute, without symbolic links.
  package let path: String

  /// - Parameter files: texts by path below the folder; folders are made as needed.
  package init(_ files: [String: String] = [:]) throws {
    let made = try FileSystem.makeTemporaryFolder(prefix: "pare-test")
    path = FileSystem.realPath(made) ?? made
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileSystem.removeTree(path) }

  package func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  package func write(_ bytes: [UInt8], to name: String) throws {
    let full = path + "/" + name
    if let slash = full.lastIndex(of: "/") { try FileSystem.createFolder(String(full[..<slash])) }
    try FileSystem.write(bytes, to: full)
  }

  package func read(_ name: String) throws -> [UInt8] { try FileSystem.read(path + "/" + name) }

  package func text(_ name: String) throws -> String {
    String(decoding: try read(name), as: UTF8.self)
  }

  package func has(_ name: String) -> Bool { FileSystem.kind(of: path + "/" + name) != nil }
}

/// The clone that these tests were built from.
package let repository: String = {
  let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  return parts.dropLast(3).joined(separator: "/")
}()

/// `pare` as it was built with the tests: beside the program that runs them.
package struct Tool: Sendable {
  package struct Answer: Sendable {
    package let exitCode: Int32
    package let output: String
    package let errors: String

    package init(exitCode: Int32, output: String, errors: String) {
      self.exitCode = exitCode
      self.output = output
      self.errors = errors
    }
  }

  /// Variables that would make a test depend on whoever runs it.
  private static let hidden = [
    "NO_COLOR=", "VIRTUAL_ENV=", "XDG_CACHE_HOME=", "LC_ALL=", "LANG=", "PYTHON", "PIP_", "UV_",
  ]

  /// Runs it with a cache of its own, unless one is named, and without what the surroundings say.
  package static func run(
    _ arguments: [String], in folder: String? = nil, variables: [String] = [], cache: String? = nil,
    timeout: Double = 120
  ) throws -> Answer {
    let program = Program(path: try path())
    let surroundings = System.variables.filter { variable in
      !hidden.contains { variable.hasPrefix($0) }
    }
    let own = cache == nil ? try Folder() : nil
    let outcome = try program.run(
      arguments,
      variables: surroundings + ["LC_ALL=C.UTF-8", "XDG_CACHE_HOME=\(cache ?? own?.path ?? "")"]
        + variables,
      folder: folder, timeout: timeout)
    guard case .exit(let code) = outcome.end else {
      throw ToolEnded(how: "\(outcome.end)", errors: outcome.errorText)
    }
    return Answer(exitCode: code, output: outcome.outputText, errors: outcome.errorText)
  }

  package static func path() throws -> String {
    if let path = System.variable("PARE") { return path }
    let tests = FileSystem.realPath("/proc/self/exe") ?? CommandLine.arguments[0]
    let folder = tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)]
    return folder + "/pare"
  }
}

package struct ToolEnded: Error {
  package let how: String
  package let errors: String

  package init(how: String, errors: String) {
    self.how = how
    self.errors = errors
  }
}

/// The newest interpreter of a version (`3.12`) on PATH or among pyenv's; nil where there is none.
package func interpreter(_ version: String) -> String? {
  if let program = Program.find("python\(version)"), answers(program.path) { return program.path }
  let pyenv =
    System.variable("PYENV_ROOT") ?? System.homeFolder.map { $0 + "/.pyenv" } ?? "/root/.pyenv"
  let names = (try? FileSystem.names(in: pyenv + "/versions")) ?? []
  for name in names.sorted().reversed() where name.hasPrefix(version + ".") {
    let path = "\(pyenv)/versions/\(name)/bin/python\(version)"
    if answers(path) { return path }
  }
  return nil
}

/// Whether it runs; pyenv's shims exist for versions that are not chosen, and refuse.
private func answers(_ path: String) -> Bool {
  FileSystem.isFile(path)
    && (try? Program(path: path).run(["-c", "pass"], timeout: 10).isSuccess) == true
}

/// A file of the clone that these tests were built from.
package func readRepositoryFile(_ name: String) throws -> [UInt8] {
  try FileSystem.read(repository + "/" + name)
}
