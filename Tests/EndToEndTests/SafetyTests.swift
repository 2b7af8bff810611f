import Files
import TestKit
import Testing

/// Nothing from outside the project, nothing of pare's own, no secret is shipped.
@Suite struct SafetyTests {
  private static let handler = "def handler(event, context):\n    return f('x', 'other')\n"

  /// A project with an `__init__.py` at its top, beside a folder that is none of its business.
  private func project() throws -> Folder {
    try Folder([
      "other/__init__.py": "", "other/creds.json": "{}", "project/__init__.py": "",
      "project/README.md": "other.creds",
      "project/pare.toml": """
      runtime = "python3.12"
      environment = ["env"]
      [functions.daily]
      handler = "daily/daily.py:handler"
      [functions.second]
      handler = "second-part/second.py:handler"
      """,
      "project/daily/__init__.py": "", "project/daily/daily.py": Self.handler,
      "project/daily/rates.json": "{}", "project/second-part/second.py": Self.handler,
      "project/env/x-1.dist-info/METADATA": "Name: x\nVersion: 1\n",
    ])
  }

  @Test(arguments: [["--no-cache"], ["--cache-dir", "kept"], ["--output", "out"]])
  func `a second run ships what the first did, and nothing from beside the project`(
    _ options: [String]
  ) throws {
    let folder = try project()
    let output = options.contains("out") ? "out" : "dist"
    var before: [[UInt8]]?
    for functions in [[], [], ["second", "daily"], ["daily"]] {
      let answer = try Tool.run(
        ["package"] + functions + options + ["--project", folder("project")],
        in: folder("project"))
      #expect(answer.exitCode == 0, "\(answer.errors)")
      let archives = try ["daily", "second"].map {
        try folder.read("project/\(output)/\($0).zip")
      }
      if let before { #expect(before == archives) }
      before = archives
    }
    #expect(
      try members(of: folder("project/\(output)/daily.zip")) == [
        "daily/__init__.py", "daily/daily.py", "daily/rates.json",
      ])
    #expect(try members(of: folder("project/\(output)/second.zip")) == ["second.py"])
  }

  @Test func `archives in the project's own folder are nobody's data`() throws {
    let folder = try project()
    try folder.write(
      try folder.text("project/pare.toml").replacing(
        "environment", with: "output = '.'\ninclude = ['*']\nenvironment"), to: "project/pare.toml")
    var before: [UInt8]?
    for _ in 0..<2 {
      let answer = try Tool.run(
        ["package", "--no-cache", "--project", folder("project")], in: folder.path)
      #expect(answer.exitCode == 0, "\(answer.errors)")
      let archive = try folder.read("project/daily.zip")
      if let before { #expect(before == archive) }
      before = archive
    }
  }

  @Test func `a folder that holds the project is no source root`() throws {
    let folder = try project()
    try folder.write(
      try folder.text("project/pare.toml").replacing(
        "environment", with: "source-roots = ['..']\nenvironment"), to: "project/pare.toml")
    let answer = try Tool.run(["package", "--project", folder("project")], in: folder.path)
    #expect(answer.exitCode == 2)
    #expect(answer.errors.contains("[root-above-project]"), "\(answer.errors)")
    #expect(!folder.has("project/dist"))
  }

  @Test func `a link to a folder of history or keys is not followed`() throws {
    let folder = try project()
    try folder.write("token", to: "project/.git/config")
    try folder.write("", to: "project/old/pyvenv.cfg")
    try folder.write("", to: "project/old/lib/x.txt")
    try FileSystem.createLink(folder("project/daily/history"), to: "../.git")
    try FileSystem.createLink(folder("project/daily/settings"), to: "../.git/config")
    try FileSystem.createLink(folder("project/daily/lib"), to: "../old/lib")
    let answer = try Tool.run(
      ["package", "daily", "--project", folder("project")], in: folder.path)
    #expect(answer.errors.split(separator: "[link-into-sealed]").count == 4, "\(answer.errors)")
    #expect(
      try members(of: folder("project/dist/daily.zip")) == [
        "daily/__init__.py", "daily/daily.py", "daily/rates.json",
      ])
  }

  /// Each form of name that secrets have.
  static let secrets = [
    ".env", ".env.production", "prod.env", "id_rsa", "id_ed25519", "server.pem", "server.key",
    "store.p12", "credentials", "credentials.json", "credentials.yaml", "secrets.toml",
    "secrets.json",
    "service-account.json", "live.tfstate", "live.tfstate.backup", "kubeconfig", "kubeconfig.yaml",
    ".netrc", "dump.sql", "shop.dump", "dump.rdb", "daily.py~", ".daily.py.swp", "#daily.py#",
    "rates.json.bak",
  ]

  @Test(arguments: ["", "include = ['**']\n", "include = ['daily/*', 'daily/**/*']\n"])
  func `no secret is shipped that nothing names, whatever else is included`(
    _ include: String
  ) throws {
    let folder = try project()
    for name in Self.secrets {
      try folder.write("A=1", to: "project/daily/\(name)")
      try folder.write("A=1", to: "project/\(name)")
    }
    try folder.write(
      try folder.text("project/pare.toml").replacing("environment", with: include + "environment"),
      to: "project/pare.toml")
    let answer = try Tool.run(
      ["package", "daily", "--project", folder("project")], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let names = try members(of: folder("project/dist/daily.zip"))
    #expect(names.contains("daily/rates.json"))
    for name in Self.secrets {
      #expect(!names.contains(name) && !names.contains("daily/\(name)"), "\(name)")
    }
    #expect(!names.contains { $0.hasPrefix("env/") || $0.hasPrefix("dist/") })
    #expect(answer.errors.contains("[secret-left-out]"), "\(answer.errors)")
  }

  @Test(arguments: secrets)
  func `an include that names a secret ships it and says so`(_ name: String) throws {
    let folder = try project()
    try folder.write("A=1", to: "project/daily/\(name)")
    let pattern = name.replacing("#", with: "?")
    try folder.write(
      try folder.text("project/pare.toml").replacing(
        "environment", with: "include = ['daily/\(pattern)']\nenvironment"), to: "project/pare.toml"
    )
    let answer = try Tool.run(
      ["package", "daily", "--project", folder("project")], in: folder.path)
    #expect(
      answer.errors.contains("'daily/\(name)' is shipped, since 'include' names it"),
      "\(answer.errors)")
    #expect(try members(of: folder("project/dist/daily.zip")).contains("daily/\(name)"))
  }

  @Test func `a credential is warned of on every run, and never printed`() throws {
    let folder = try project()
    let cache = try Folder()
    let key = "AKIA" + "ABCDEFGHIJKLMNOP"
    try folder.write(
      "import nowhere; KEY = '\(key)'\n" + Self.handler, to: "project/daily/daily.py")
    for options in [[], [], ["--strict"], ["--no-cache"]] {
      for format in ["text", "json"] {
        let answer = try Tool.run(
          ["check", "daily", "--format", format, "--project", folder("project")] + options,
          in: folder.path, cache: cache.path)
        let said = answer.output + answer.errors
        #expect(said.contains("credential-in-archive"))
        #expect(said.contains("daily/daily.py"))
        #expect(!said.contains(key))
      }
    }
  }

  @Test(arguments: TestProject.behaviours)
  func `whatever was packaged before, in whatever order, archives are the same`(
    _ name: String
  ) throws {
    let folder = try Folder()
    let cache = try Folder()
    try folder.copy("\(TestProject.folder)/\(name)/project", to: "project")
    func run(_ arguments: String...) throws {
      _ = try Tool.run(
        ["package", "--project", folder("project")] + arguments, in: folder.path, cache: cache.path)
    }
    func archives() throws -> [String: [UInt8]] {
      guard folder.has("project/dist") else { return [:] }
      var found: [String: [UInt8]] = [:]
      for name in try FileSystem.names(in: folder("project/dist")) where name.hasSuffix(".zip") {
        found[name] = try folder.read("project/dist/\(name)")
      }
      return found
    }
    try run()
    let first = try archives()
    try run("--no-cache")
    #expect(try archives() == first)
    for name in first.keys.sorted().reversed() { try run(String(name.dropLast(4))) }
    #expect(try archives() == first)
    for name in first.keys.sorted().reversed() { try run(String(name.dropLast(4)), "--no-cache") }
    #expect(try archives() == first)
  }

  @Test(
    .enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"),
    arguments: ["INT", "TERM", "KILL"])
  func `a run that is ended ends the handler, and all that it has started`(signal: String) throws {
    let seconds = "4\(Int.random(in: 10_000...99_999))"
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n",
      "app.py": "import subprocess\nsubprocess.run(['sleep', '\(seconds)'])\nhandler = print\n",
    ])
    _ = try Tool.run(["package"], in: folder.path)
    // A shell starts what is behind '&' deaf to SIGINT; Python does not.
    let script = """
      import os, glob, subprocess, sys, time
      def sleepers():
          found = []
          for path in glob.glob("/proc/[0-9]*/cmdline"):
              try:
                  with open(path, "rb") as file:
                      if file.read() == b"sleep\\x00\(seconds)\\x00":
                          found.append(path)
              except OSError:
                  pass
          return found
      def until(condition):
          limit = time.monotonic() + 20
          while not condition() and time.monotonic() < limit:
              time.sleep(0.02)
      pare = subprocess.Popen([sys.argv[1], "verify", "--quiet"], stderr=subprocess.DEVNULL)
      until(sleepers)
      print(len(sleepers()))
      pare.send_signal(getattr(__import__("signal"), "SIG\(signal)"))
      print(pare.wait(20))
      until(lambda: not sleepers())
      print(len(sleepers()))
      """
    let python = try #require(interpreter("3.12"))
    let outcome = try Program(path: python).run(
      ["-c", script, try Tool.path()], folder: folder.path, timeout: 100)
    #expect(
      outcome.outputText == "1\n\(signal == "KILL" ? "-9" : "130")\n0\n", "\(outcome.errorText)")
  }
}
