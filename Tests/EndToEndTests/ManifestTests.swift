import Files
import TestKit
import Testing
import Text

@Suite struct `The manifest` {
  private static let files = [
    "pare.toml": """
    [functions.one]
    handler = "one.py:handler"
    [functions.two]
    handler = "two.py:handler"
    architecture = "arm64"
    """, "one.py": "def handler(event, context):\n    return 1\n",
    "two.py": "import shared\ndef handler(event, context):\n    return 2\n", "shared.py": "A = 1\n",
  ]

  private func functions(_ folder: Folder, _ path: String) throws -> [String: Datum] {
    let document = try JSON.read(try folder.read(path), path: path)
    let entries = try #require(try document["functions"].table).entries
    #expect(try document["schemaVersion"].number == 1)
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
  }

  @Test(.enabled(if: Python.python312 != nil, "no Python 3.12 here"))
  func `has the hashes that the archives have, in both spellings`() throws {
    let folder = try Folder(Self.files)
    _ = try Tool.run(["package"], in: folder.path)
    let python = try #require(Python.python312)
    let script = """
      import base64, hashlib, json, os, sys
      manifest = json.load(open("dist/manifest.json"))
      for name, row in manifest["functions"].items():
          data = open(os.path.join("dist", row["archive"]), "rb").read()
          digest = hashlib.sha256(data)
          assert row["sha256"] == digest.hexdigest(), name
          assert row["sha256Base64"] == base64.b64encode(digest.digest()).decode(), name
          assert row["bytes"] == len(data), name
      print(*sorted(manifest["functions"]))
      """
    let checked = try python.program.run(["-c", script], folder: folder.path, timeout: 60)
    #expect(checked.isSuccess && checked.outputText == "one two\n", "\(checked.errorText)")
    let rows = try functions(folder, "dist/manifest.json")
    #expect(try rows["two"]?["architecture"].text == "arm64")
    #expect(try rows["two"]?["runtime"].text == "python3.12")
    #expect(try rows["two"]?["handler"].text == "two.handler")
    // One source of truth.
    let report = try JSON.read(try folder.read("dist/report.json"), path: "report.json")
    for row in try report["functions"].elements {
      let other = try #require(rows[try row["name"].text])
      #expect(try row["codeSha256"].text == other["sha256Base64"].text)
      #expect(try row["contentDigest"].text == other["contentDigest"].text)
      #expect(try row["zipped"].number == other["bytes"].number)
    }
  }

  @Test func `lists the handlers that share an archive, as they are to be deployed`() throws {
    let folder = try Folder([
      "pare.toml": """
      [functions.both]
      handlers = ["a/one.py:handler", "two.py:handler"]
      """, "a/one.py": "def handler(event, context):\n    return 1\n",
      "two.py": "def handler(event, context):\n    return 2\n",
    ])
    _ = try Tool.run(["package"], in: folder.path)
    let row = try #require(try functions(folder, "dist/manifest.json")["both"])
    #expect(try row["handlers"].elements.map { try $0.text } == ["a.one.handler", "two.handler"])
    // Nobody deploys the first for all of them.
    #expect(try row["handler"].content == .null)
    let report = try JSON.read(try folder.read("dist/report.json"), path: "report.json")
    let function = try report["functions"].elements[0]
    #expect(
      try function["handlers"].elements.map { try $0["handler"].text }
        == ["a/one.py:handler", "two.py:handler"])
  }

  @Test func `keeps what it says of functions that a run is not about`() throws {
    let folder = try Folder(Self.files)
    _ = try Tool.run(["package"], in: folder.path)
    let before = try folder.text("dist/manifest.json")
    _ = try Tool.run(["package", "two", "--no-cache"], in: folder.path)
    #expect(try folder.text("dist/manifest.json") == before)
  }

  @Test func `lets a run write only what is not deployed yet`() throws {
    let folder = try Folder(Self.files)
    _ = try Tool.run(["package"], in: folder.path)
    let deployed = try folder.text("dist/manifest.json")
    try folder.write(deployed, to: "deployed.json")
    try FileSystem.removeTree(folder("dist"))
    try folder.write("A = 2\n", to: "shared.py")
    let run = try Tool.run(
      ["package", "--changed-only", "--against", "deployed.json"], in: folder.path)
    #expect(run.exitCode == 0 && run.output.contains("1 written, 1 unchanged"), "\(run.output)")
    #expect(try archives(in: folder("dist")) == ["two.zip"])
    // What is deployed stays in the new one.
    let (old, new) = (
      try functions(folder, "deployed.json"), try functions(folder, "dist/manifest.json")
    )
    #expect(try old["one"]?["sha256"].text == new["one"]?["sha256"].text)
    #expect(try old["two"]?["sha256"].text != new["two"]?["sha256"].text)
  }

  @Test func `that is none, and one that is asked for in vain, are told`() throws {
    let folder = try Folder(Self.files)
    let alone = try Tool.run(["package", "--against", "x.json"], in: folder.path)
    #expect(alone.exitCode == 2 && alone.errors.contains("against-alone"))
    let missing = try Tool.run(
      ["package", "--changed-only", "--against", "x.json"], in: folder.path)
    #expect(missing.exitCode == 3)
    for text in ["{}", "[", "{\"schemaVersion\": 1, \"functions\": {\"one\": {}}}"] {
      try folder.write(text, to: "x.json")
      let run = try Tool.run(["package", "--changed-only", "--against", "x.json"], in: folder.path)
      #expect(run.exitCode == 2 && run.errors.contains("not-a-manifest"), "\(text)")
    }
    // Before the first run there is nothing to compare with.
    #expect(try Tool.run(["package", "--changed-only"], in: folder.path).exitCode == 0)
  }
}
