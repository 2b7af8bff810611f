import Files
import TestKit
import Testing
import Text

@Suite struct `Layers` {
  private static let files = [
    "pare.toml": """
    runtime = "python3.12"
    environment = "site"

    [layers.base]
    distributions = ["tea"]

    [functions.orders]
    handler = "orders.handler"
    layers = ["base"]

    [functions.refunds]
    handler = "refunds.handler"
    layers = ["base"]

    [functions.audit]
    handler = "audit.handler"
    """,
    "orders.py": """
    import importlib.metadata
    from tea import leaf
    def handler(event, context):
        return [leaf.WEIGHT, leaf.__file__, importlib.metadata.version("tea")]
    """,
    "refunds.py": "from tea import pot\ndef handler(event, context):\n    return pot.VOLUME\n",
    "audit.py": "from tea import leaf\ndef handler(event, context):\n    return leaf.WEIGHT\n",
    "site/tea/__init__.py": "", "site/tea/leaf.py": "WEIGHT = 2\n",
    "site/tea/pot.py": "VOLUME = 1\n", "site/tea/kettle.py": "HEAT = 100\n",
    "site/tea-1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: tea\nVersion: 1.2\n",
    "site/tea-1.2.dist-info/RECORD":
      "tea/__init__.py,,\ntea/leaf.py,,\ntea/pot.py,,\ntea/kettle.py,,\ntea-1.2.dist-info/METADATA,,\n"
      + "tea-1.2.dist-info/RECORD,,\n",
  ]

  private func folder(_ changes: (inout [String: String]) -> Void = { _ in }) throws -> Folder {
    var files = Self.files
    changes(&files)
    return try Folder(files)
  }

  private func change(_ text: inout String?, _ old: String, _ new: String) {
    text = text?.replacing(old, with: new)
  }

  @Test func `have the union of what their functions reach, and these have none of it`() throws {
    let folder = try folder()
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      try members(of: folder("dist/base.zip")) == [
        "python/tea-1.2.dist-info/METADATA", "python/tea-1.2.dist-info/RECORD",
        "python/tea/__init__.py", "python/tea/leaf.py", "python/tea/pot.py",
      ])
    #expect(try members(of: folder("dist/orders.zip")) == ["orders.py"])
    #expect(try members(of: folder("dist/refunds.zip")) == ["refunds.py"])
    #expect(try members(of: folder("dist/audit.zip")).contains("tea/leaf.py"))
    #expect(run.output.contains("layer  functions  distributions  unzipped"), "\(run.output)")
  }

  @Test(arguments: ["1", "4"])
  func `come out the same whichever of their functions is asked for`(jobs: String) throws {
    let whole = try folder()
    _ = try Tool.run(["package", "--jobs", jobs], in: whole.path)
    let part = try folder()
    let run = try Tool.run(["package", "refunds", "--jobs", "1"], in: part.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try whole.read("dist/base.zip") == part.read("dist/base.zip"))
    #expect(try whole.read("dist/refunds.zip") == part.read("dist/refunds.zip"))
    #expect(!part.has("dist/orders.zip"))
  }

  @Test func `are named by the manifest and the report, also after a run without them`() throws {
    let folder = try folder()
    _ = try Tool.run(["package"], in: folder.path)
    let before = try folder.text("dist/manifest.json")
    let report = try folder.text("dist/report.json")
    _ = try Tool.run(["package", "audit", "--no-cache"], in: folder.path)
    #expect(try folder.text("dist/manifest.json") == before)
    #expect(try folder.text("dist/report.json") == report)
    let manifest = try JSON.read(Array(before.utf8), path: "manifest.json")
    #expect(
      try manifest["functions"]["orders"]["layers"].elements.map { try $0.text } == ["base"])
    #expect(try manifest["functions"]["audit"].table?["layers"] == nil)
    let layer = try manifest["layers"]["base"]
    #expect(try layer["archive"].text == "base.zip")
    #expect(try layer["bytes"].number == Int64(try folder.read("dist/base.zip").count))
    #expect(try layer["runtime"].text == "python3.12")
    let document = try JSON.read(Array(report.utf8), path: "report.json")
    let row = try document["layers"].elements[0]
    #expect(try row["codeSha256"].text == layer["sha256Base64"].text)
    #expect(try row["functions"].elements.map { try $0.text } == ["orders", "refunds"])
    let again = try Tool.run(["report"], in: folder.path)
    #expect(again.output.contains("base           2              1"), "\(again.output)")
  }

  @Test func `count against the unzipped limit of each function that attaches them`() throws {
    let folder = try folder {
      change(&$0["pare.toml"], "runtime =", "limits = { unzipped = 300 }\nruntime =")
    }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("bytes unzipped, with its layers"), "\(run.errors)")
    #expect(!run.errors.contains("'audit' is"), "\(run.errors)")
  }

  @Test func `with prune = "distributions" have these whole, used or not`() throws {
    let folder = try folder {
      change(
        &$0["pare.toml"], "distributions = [\"tea\"]",
        "distributions = [\"tea\", \"spoon\"]\nprune = \"distributions\"")
      $0["site/spoon.py"] = "SIZE = 5\n"
      $0["site/spoon-0.3.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: spoon\nVersion: 0.3\n"
      $0["site/spoon-0.3.dist-info/RECORD"] = "spoon.py,,\nspoon-0.3.dist-info/METADATA,,\n"
    }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.errors.isEmpty && run.exitCode == 0, "\(run.errors)")
    let members = try members(of: folder("dist/base.zip"))
    #expect(members.contains("python/tea/kettle.py") && members.contains("python/spoon.py"))
  }

  @Test(.enabled(if: Python.python312 != nil, "no Python 3.12 here"))
  func `stand behind the archive on the path when a handler is verified`() throws {
    let folder = try folder()
    _ = try Tool.run(["package"], in: folder.path)
    try folder.write(Array("{}".utf8), to: "event.json")
    let run = try Tool.run(
      ["verify", "orders", "--event", "event.json", "--format", "json"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    let result = try JSON.read(Array(run.output.utf8), path: "results")["results"].elements[0]
    let answer = try result["answer"].text
    #expect(answer.contains("/layers/python/tea/leaf.py"), "\(answer)")
    #expect(answer.hasPrefix("[2,") && answer.hasSuffix("\"1.2\"]"), "\(answer)")
    try FileSystem.removeFile(folder("dist/base.zip"))
    let without = try Tool.run(["verify", "orders"], in: folder.path)
    #expect(without.exitCode == 1)
    #expect(
      without.errors.contains("'orders' attaches layer 'base': 'dist/base.zip' is not there"),
      "\(without.errors)")
  }

  @Test func `stay as they are, with what attaches them, while one of these cannot be packaged`()
    throws
  {
    let folder = try folder()
    _ = try Tool.run(["package"], in: folder.path)
    let before = try folder.read("dist/base.zip")
    try folder.write(Array("from tea import pot, kettle\ndef handler(:\n".utf8), to: "refunds.py")
    try folder.write(
      Array("from tea import kettle\ndef handler(event, context): return 3\n".utf8), to: "orders.py"
    )
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(try folder.read("dist/base.zip") == before)
    #expect(
      run.errors.contains(
        "pare.toml:4:1: error: layer 'base' and what attaches it stay as they are: "),
      "\(run.errors)")
    #expect(run.output.contains("2 left as before because of errors"), "\(run.output)")
  }

  @Test func `are not stale archives`() throws {
    let folder = try folder()
    _ = try Tool.run(["package"], in: folder.path)
    let again = try Tool.run(["package", "--no-cache"], in: folder.path)
    #expect(!again.errors.contains("stale-archive"), "\(again.errors)")
    let text = try folder.text("pare.toml")
    try folder.write(
      Array(
        text.replacing("layers.base", with: "layers.core").replacing(
          "[\"base\"]", with: "[\"core\"]"
        ).utf8),
      to: "pare.toml")
    let renamed = try Tool.run(["package"], in: folder.path)
    #expect(renamed.errors.contains("'dist/base.zip' belongs to no function"), "\(renamed.errors)")
  }

  @Test(arguments: mistakes)
  func `say what is wrong with them, where, and what to do`(
    old: String, new: String, message: String, hint: String
  ) throws {
    let folder = try folder { change(&$0["pare.toml"], old, new) }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.contains(hint), "\(run.errors)")
    #expect(!folder.has("dist/orders.zip"))
  }

  @Test func `that nobody attaches, and distributions that nobody needs, are warnings`() throws {
    let folder = try folder {
      change(
        &$0["pare.toml"], "[layers.base]",
        "[layers.idle]\ndistributions = [\"tea\"]\n\n[layers.base]")
    }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 0)
    #expect(
      run.errors.contains(
        "pare.toml:4:1: warning: no function attaches layer 'idle', so it is not made"),
      "\(run.errors)")
    #expect(!folder.has("dist/idle.zip"))
  }

  @Test func `have one version; whoever has another ships that`() throws {
    let folder = try folder {
      change(
        &$0["pare.toml"], "handler = \"refunds.handler\"",
        "handler = \"refunds.handler\"\nenvironment = \"old\"")
      $0["old/tea/__init__.py"] = ""
      $0["old/tea/pot.py"] = "VOLUME = 0\n"
      $0["old/tea-1.1.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: tea\nVersion: 1.1\n"
      $0["old/tea-1.1.dist-info/RECORD"] = "tea/__init__.py,,\ntea/pot.py,,\n"
    }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      run.errors.contains("'refunds' ships tea 1.1 of its own: layer 'base' has tea 1.2"),
      "\(run.errors)")
    #expect(try members(of: folder("dist/refunds.zip")).contains("tea/pot.py"))
    #expect(try !members(of: folder("dist/base.zip")).contains("python/tea/pot.py"))
  }

  @Test func `are one for environments that have the same files of a distribution`() throws {
    let folder = try folder { files in
      change(
        &files["pare.toml"], "handler = \"refunds.handler\"",
        "handler = \"refunds.handler\"\nenvironment = \"copy\"")
      for (path, text) in Self.files where path.hasPrefix("site/") {
        files["copy/" + path.dropFirst(5)] = text
      }
      files["copy/tea-1.2.dist-info/INSTALLER"] = "another\n"
    }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(try members(of: folder("dist/refunds.zip")) == ["refunds.py"])
    #expect(try members(of: folder("dist/base.zip")).contains("python/tea/pot.py"))
  }

  @Test func `that part a package from what lies in it are told`() throws {
    let folder = try folder {
      $0["orders.py"] = "import tea.mint\ndef handler(event, context): return 1\n"
      $0["site/tea/mint.py"] = ""
      $0["site/mint-1.0.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: mint\nVersion: 1.0\n"
      $0["site/mint-1.0.dist-info/RECORD"] = "tea/mint.py,,\n"
    }
    let run = try Tool.run(["package"], in: folder.path)
    #expect(
      run.errors.contains(
        "'tea.mint' lies in package 'tea', and only one of them is in layer 'base' "
          + "[layer-splits-package]"), "\(run.errors)")
  }
}

/// What is changed in the configuration, and what is said of it.
private let mistakes: [(old: String, new: String, message: String, hint: String)] = [
  (
    "layers = [\"base\"]\n\n[functions.refunds]", "layers = [\"bse\"]\n\n[functions.refunds]",
    "pare.toml:9:11: error: 'orders' attaches layer 'bse', which is not there [unknown-layer]",
    "hint: did you mean 'base'?"
  ),
  (
    "[\"tea\"]", "[\"tee\"]",
    "pare.toml:5:18: error: layer 'base' names 'tee', and no function that attaches it has that in its "
      + "environment [layer-not-installed]", "hint: did you mean 'tea'?"
  ),
  (
    "handler = \"refunds.handler\"", "handler = \"refunds.handler\"\narchitecture = \"arm64\"",
    "pare.toml:14:11: error: 'refunds' is for arm64, and layer 'base' for x86_64 "
      + "[layer-of-another-target]", "because 'orders' is, which attaches it"
  ),
  (
    "distributions = [\"tea\"]", "distributions = [\"tea\"]\nruntime = \"python3.13\"",
    "pare.toml:10:11: error: 'orders' is for python3.12, and layer 'base' for python3.13 "
      + "[layer-of-another-target]", "hint: make a layer of its own for python3.12"
  ),
  (
    "[layers.base]", "[layers.orders]",
    "pare.toml:4:1: error: a layer and a function are named 'orders' [layer-named-as-function]",
    "hint: both would be 'orders.zip'"
  ),
  (
    "distributions = [\"tea\"]", "",
    "pare.toml:4:1: error: layer 'base' says nothing of what is in it [empty-layer]",
    "hint: 'distributions = [\"numpy\"]' names it"
  ),
  (
    "distributions = [\"tea\"]", "functions = [\"orders\", \"refund\"]",
    "pare.toml:5:24: error: layer 'base' names function 'refund', which is not there "
      + "[unknown-function]", "hint: did you mean 'refunds'?"
  ),
  (
    "distributions = [\"tea\"]", "distributions = [\"tea==1.2\"]",
    "pare.toml:5:18: error: 'tea==1.2' says more than a name [bad-need]",
    "hint: 'distributions' takes names"
  ),
  (
    "distributions", "distribution",
    "pare.toml:5:1: error: layer 'base' has no key 'distribution' [unknown-key]",
    "hint: did you mean 'distributions'?"
  ),
  (
    "handler = \"orders.handler\"",
    "handler = \"orders.handler\"\nprovider = \"google-cloud-functions\"",
    "pare.toml:10:11: error: 'orders' is for google-cloud-functions, which has no layers "
      + "[no-layers-there]", "hint: take 'layers' out"
  ),
  (
    "layers = [\"base\"]\n\n[functions.refunds]",
    "layers = [\"base\", \"base\", \"base\", \"base\", \"base\", \"base\"]\n\n[functions.refunds]",
    "pare.toml:9:51: error: 'orders' attaches 6 layers, and aws-lambda takes 5 [too-many-layers]",
    "hint: put several of them into one"
  ),
]
