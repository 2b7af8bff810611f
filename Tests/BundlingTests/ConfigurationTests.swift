import Files
import Model
import TestKit
import Testing

@testable import Bundling

/// A configuration in a folder of its own.
private func read(
  _ text: String, file: String = "pare.toml", beside: [String: String] = [:]
) throws -> Configuration {
  let folder = try FileSystem.makeTemporaryFolder()
  defer { try? FileSystem.removeTree(folder) }
  try FileSystem.write(Array(text.utf8), to: "\(folder)/\(file)")
  for (name, text) in beside { try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)") }
  return try Configuration.find(project: folder, languages: ["python"])
}

private func mistakes(_ text: String, file: String = "pare.toml") -> [String] {
  do {
    _ = try read(text, file: file)
    return []
  } catch let failure as Failure {
    return failure.diagnostics.map { diagnostic in
      let place = diagnostic.location.map { "\($0.path):\($0.line):\($0.column): " } ?? ""
      let hints = diagnostic.notes.map { "; \($0.message)" }.joined()
      return place + diagnostic.message + hints
    }
  } catch {
    return ["\(error)"]
  }
}

@Suite struct ConfigurationTests {
  @Test func `every key is read`() throws {
    let configuration = try read(
      """
      provider = "azure-functions"
      runtime = "python3.11"
      architecture = "arm64"
      source-roots = ["libs", "packages/*/src"]
      environment = ".venv"
      requirements = ["a.txt", "b.txt"]
      needs = ["openpyxl", "pandas[excel]"]
      optional = "installed"
      import = ["plugins.tea"]
      output = "out"
      warn-at = 0.5
      provided = "omit"
      prune = "distributions"
      strip = "debug"
      include = ["*.json"]
      exclude = ["*.md"]
      layers-unzipped = "10 MiB"
      budget = { zipped = "5 MB", unzipped = 20_000_000 }
      limits = { zipped = "250 MB" }
      env = { STAGE = "test", KEY = "1" }
      discover = ["functions/*/app.py:handler"]

      [distributions.Ruamel_Yaml]
      import = ["x.y"]
      data = "a/*"
      drop = ["b/*"]
      services = ["s3"]
      prune = "off"
      extras = ["JSON_5"]
      optional = "declared"

      [functions.one]
      handler = "one/app.py:handler"
      runtime = "python3.13"
      env = { KEY = "2" }
      """)
    let defaults = configuration.defaults
    #expect(defaults.provider?.value == .azureFunctions)
    #expect(defaults.runtime?.value == Runtime(language: "python", major: 3, minor: 11))
    #expect(defaults.architecture?.value == .arm64)
    #expect(defaults.sourceRoots?.map(\.value) == ["libs", "packages/*/src"])
    #expect(defaults.environment?.map(\.value) == [".venv"])
    #expect(defaults.requirements?.map(\.value) == ["a.txt", "b.txt"])
    #expect(defaults.needs?.map(\.value) == ["openpyxl", "pandas[excel]"])
    #expect(defaults.optional == .installed)
    #expect(defaults.output?.value == "out")
    #expect(defaults.warnAt == 0.5)
    #expect(defaults.provided == .omit)
    #expect(defaults.prune == .distributions)
    #expect(defaults.strip == .debug)
    #expect(defaults.include?.map(\.value) == ["*.json"])
    #expect(defaults.exclude?.map(\.value) == ["*.md"])
    #expect(defaults.layersUnzipped == 10_485_760)
    #expect(defaults.budget?.zipped == 5_000_000 && defaults.budget?.unzipped == 20_000_000)
    #expect(defaults.limits?.zipped == 250_000_000 && defaults.limits?.unzipped == nil)
    #expect(configuration.patterns?.map(\.value) == ["functions/*/app.py:handler"])
    let rule = try #require(defaults.distributions["ruamel-yaml"])
    #expect(rule.imports == ["x.y"])
    #expect(rule.data == ["a/*"])
    #expect(rule.drop == ["b/*"])
    #expect(rule.services == ["s3"])
    #expect(rule.prune == .off)
    #expect(rule.extras == ["json-5"])
    #expect(rule.optional == .declared)
    let function = try #require(configuration.functions.first)
    #expect(function.handler?.value == "one/app.py:handler")
    #expect(function.origin == SourceLocation(path: "pare.toml", line: 32, column: 1))
    let layer = function.layer.over(defaults)
    #expect(layer.runtime?.value.minor == 13)
    #expect(layer.architecture?.value == .arm64)
    #expect(layer.optional == .installed)
    #expect(layer.imports?.map(\.value) == ["plugins.tea"])
    #expect(layer.variables == ["STAGE": "test", "KEY": "2"])
  }

  @Test func `pyproject has the same keys below tool.pare`() throws {
    let configuration = try read(
      "[project]\nname = 'x'\n[tool.pare]\noutput = 'o'\n[tool.uv.workspace]\nmembers = ['p/*']",
      file: "pyproject.toml")
    #expect(configuration.defaults.output?.value == "o")
    #expect(configuration.origin == SourceLocation(path: "pyproject.toml", line: 3, column: 1))
    #expect(configuration.workspaceMembers == ["p/*"])
  }

  @Test func `a record that is not there yet is a warning, one that is broken an error`() throws {
    let missing = try read("recorded = 'rec.toml'")
    #expect(missing.recorded == nil)
    #expect(missing.diagnostics.map(\.code) == ["no-record"])
    let found = try read(
      "recorded = 'rec.toml'", beside: ["rec.toml": "[functions.a]\nneeds = ['b']"])
    #expect(found.recorded?["a"]?.layer.needs?.map(\.value) == ["b"])
    #expect(found.recorded?["a"]?.origin == SourceLocation(path: "rec.toml", line: 1, column: 1))
    let broken = #expect(throws: Failure.self) {
      try read("recorded = 'rec.toml'", beside: ["rec.toml": "[functions"])
    }
    #expect(broken?.diagnostics.first?.location?.path == "rec.toml")
  }

  @Test func `pare.toml wins over pyproject, with a warning`() throws {
    let configuration = try read(
      "output = 'mine'", beside: ["pyproject.toml": "[tool.pare]\noutput = 'theirs'"])
    #expect(configuration.defaults.output?.value == "mine")
    #expect(configuration.diagnostics.map(\.code) == ["two-configurations"])
  }

  @Test func `a broken pyproject beside pare.toml is not our business`() throws {
    #expect(
      try read("output = 'mine'", beside: ["pyproject.toml": "["]).defaults.output?.value == "mine")
  }

  @Test(arguments: [
    (
      "runtme = 'python3.12'",
      "pare.toml:1:1: the configuration has no key 'runtme'; did you mean 'runtime'?"
    ),
    (
      "[functions.a]\nhandle = 'x.y'",
      "pare.toml:2:1: function 'a' has no key 'handle'; did you mean 'handler'?"
    ),
    (
      "[functions.a]\nhandler = 'x.y'\nhandlers = ['x.y', 'x.z']",
      "pare.toml:3:1: function 'a' has both 'handler' and 'handlers'; put all of them into 'handlers'"
    ),
    (
      "[functions.a]\ndiscover = 'x.y'",
      "pare.toml:2:1: 'discover' is a key of the project, not of a function"
    ),
    (
      "[distributions.x]\nimports = []",
      "pare.toml:2:1: distribution 'x' has no key 'imports'; did you mean 'import'?"
    ),
    (
      "budget = { ziped = 1 }",
      "pare.toml:1:12: 'budget' has no key 'ziped'; did you mean 'zipped'?"
    ),
    ("env = { PORT = 80 }", "pare.toml:1:16: 'PORT' must be a string, not an integer"),
    (
      "env = { 'A=B' = '' }",
      "pare.toml:1:9: 'A=B' cannot name an environment variable, or has no such value; a name has no "
        + "'=', and neither has a zero byte"
    ),
    ("warn-at = 'x'", "pare.toml:1:11: 'warn-at' must be a number, not a string"),
    ("warn-at = 1.5", "pare.toml:1:11: 'warn-at' must be above 0 and at most 1"),
    ("warn-at = 0", "pare.toml:1:11: 'warn-at' must be above 0 and at most 1"),
    ("layers-unzipped = -1", "pare.toml:1:19: 'layers-unzipped' must be 0 or more"),
    (
      "budget = { zipped = '5 XB' }",
      "pare.toml:1:21: 'zipped' is not a size: '5 XB'; sizes are written as \"5 MB\", \"5 MiB\" or 5_000_000"
    ),
    ("budget = { zipped = true }", "pare.toml:1:21: 'zipped' must be a size, not a boolean"),
    ("budget = 5", "pare.toml:1:10: 'budget' must be a table, not an integer"),
    (
      "include = 1",
      "pare.toml:1:11: 'include' must be a string or an array of strings, not an integer"
    ),
    (
      "include = [1]",
      "pare.toml:1:12: 'include' must be an array of strings, not one with an integer"
    ),
    (
      "needs = ['a', 'b>=2']",
      "pare.toml:1:15: 'b>=2' says more than a name; 'needs' takes names, with extras at most: "
        + "\"openpyxl\", \"pandas[excel]\"; versions are the environment's"
    ),
    (
      "needs = '?'",
      "pare.toml:1:9: '?' is not the name of a distribution; 'needs' takes names, with extras at "
        + "most: \"openpyxl\", \"pandas[excel]\"; versions are the environment's"
    ),
    ("need = ['a']", "pare.toml:1:1: the configuration has no key 'need'; did you mean 'needs'?"),
    (
      "optional = 'declard'",
      "pare.toml:1:12: 'declard' is no optional; did you mean 'declared'?"
    ),
    (
      "[distributions.x]\nextra = ['y']",
      "pare.toml:2:1: distribution 'x' has no key 'extra'; did you mean 'extras'?"
    ),
    ("output = ''", "pare.toml:1:10: 'output' is empty"),
    (
      "provider = 'aws-lamda'",
      "pare.toml:1:12: 'aws-lamda' is no provider; did you mean 'aws-lambda'?"
    ),
    (
      "runtime = 'python3.1'",
      "pare.toml:1:11: 'python3.1' is no runtime that is supported; 'python3.8' to 'python3.15' are"
    ),
    (
      "runtime = 'python3.7'",
      "pare.toml:1:11: 'python3.7' is no runtime that is supported; 'python3.8' to 'python3.15' are"
    ),
    (
      "runtime = 'pyton3.12'",
      "pare.toml:1:11: 'pyton3.12' is no runtime; did you mean 'python3.12'?"
    ),
    (
      "architecture = 'x86-64'",
      "pare.toml:1:16: 'x86-64' is no architecture; did you mean 'x86_64'?"
    ),
    (
      "prune = 'zzzzzzzzz'",
      "pare.toml:1:9: 'zzzzzzzzz' is no prune; 'prune' is one of 'modules', 'distributions' and 'off'"
    ),
    (
      "[functions.'a/b']\nhandler = 'x.y'",
      "pare.toml:1:12: 'a/b' cannot name a function; the name becomes a file's: no '/', no '\\', no control characters"
    ),
    ("x = ", "pare.toml:1:5: expected a value, found the end of the file"),
  ])
  func `a mistake is shown where it is`(text: String, message: String) {
    #expect(mistakes(text) == [message])
  }

  @Test func `all mistakes are shown at once`() {
    #expect(mistakes("warn-at = 2\nfoo = 1\nprune = 3").count == 3)
  }

  @Test func `prune and strip can be switched off by false`() throws {
    #expect(try read("prune = false\nstrip = false").defaults.prune == .off)
  }

  @Test func `a project needs no configuration`() throws {
    let folder = try FileSystem.makeTemporaryFolder()
    defer { try? FileSystem.removeTree(folder) }
    try FileSystem.write(
      Array("[project]\ndependencies = ['x']".utf8), to: "\(folder)/pyproject.toml")
    let configuration = try Configuration.find(project: folder, languages: ["python"])
    #expect(configuration.file == nil)
    #expect(configuration.patterns == nil)
    #expect(configuration.dependencies?.line == 2)
  }
}
