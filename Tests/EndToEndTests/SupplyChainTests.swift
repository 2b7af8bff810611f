import Files
import Model
import TestKit
import Testing
import Text
import Zip

/// What goes into archives is what was locked and installed, and what came out can be recomputed.
@Suite struct SupplyChainTests {
  private static let tea = HandmadeZip.wheel("tea", [.init("tea/leaf.py", "X = 1\n")])

  private func project(_ extra: [String: String] = [:]) throws -> Folder {
    let folder = try Folder([
      "pare.toml": """
      environment = "wheels"
      requirements = ["requirements.txt"]
      [functions.f]
      handler = "app.handler"
      [functions.g]
      handler = "other.handler"
      """, "requirements.txt": "tea\n", "other.py": "def handler(e, c): return e\n",
      "app.py": "import tea.leaf\ndef handler(e, c): return e\n", "shop/__init__.py": "",
    ])
    try folder.write(Self.tea.bytes, to: "wheels/tea-1.0-py3-none-any.whl")
    for (name, text) in extra { try folder.write(text, to: name) }
    return folder
  }

  @Test(arguments: ["requirements.txt", "uv.lock", "pylock.toml", "Pipfile.lock"])
  func `a wheel that is none of the lock's is an error for who ships of it`(_ lock: String) throws {
    let hash = SHA256.digest(of: Self.tea.bytes).hex
    let other = String(repeating: "0", count: 64)
    for (written, isGood) in [(hash, true), (other, false)] {
      let text =
        switch lock {
        case "uv.lock":
          """
          version = 1
          [[package]]
          name = "shop"
          version = "1"
          source = { virtual = "." }
          dependencies = [{ name = "tea" }]
          [[package]]
          name = "tea"
          version = "1.0"
          source = { registry = "https://pypi.org/simple" }
          wheels = [{ url = "https://x.invalid/tea-1.0-py3-none-any.whl", hash = "sha256:\(written)" }]
          """
        case "pylock.toml":
          """
          lock-version = "1.0"
          [[packages]]
          name = "tea"
          version = "1.0"
          wheels = [{ url = "https://x.invalid/tea-1.0-py3-none-any.whl", hashes = { sha256 = "\(written)" } }]
          """
        case "Pipfile.lock":
          """
          {"_meta": {}, "default": {"tea": {"version": "==1.0", "hashes": ["sha256:\(written)"]}}}
          """
        default: "tea==1.0 --hash=sha256:\(written)\n"
        }
      let folder = try project([
        lock: text, "Pipfile": "[packages]\ntea = '*'\n",
        "dist/f.zip": "old",
      ])
      try folder.write(
        try folder.text("pare.toml").replacing("requirements.txt", with: lock), to: "pare.toml")
      let run = try Tool.run(["package"], in: folder.path)
      #expect(run.exitCode == (isGood ? 0 : 1), "\(lock): \(run.errors)")
      #expect(run.errors.contains("[wheel-hash-mismatch]") == !isGood, "\(lock): \(run.errors)")
      #expect((try folder.text("dist/f.zip") == "old") == !isGood)
      #expect(folder.has("dist/g.zip"))
    }
  }

  @Test func `a file that is other than its RECORD says is told, and an error with --strict`()
    throws
  {
    let good = Base64.encodeForURL(SHA256.digest(of: Array("X = 1\n".utf8)).bytes)
    for (text, isGood) in [("X = 1\n", true), ("X = 2\n", false)] {
      let folder = try project([
        "site/tea/__init__.py": "", "site/tea/leaf.py": text,
        "site/tea-1.0.dist-info/METADATA": "Name: tea\nVersion: 1.0\n",
        "site/tea-1.0.dist-info/RECORD": "tea/__init__.py,,\ntea/leaf.py,sha256=\(good),6\n",
      ])
      try folder.write(
        try folder.text("pare.toml").replacing("wheels", with: "site"), to: "pare.toml")
      let run = try Tool.run(["package"], in: folder.path)
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.errors.contains("[record-mismatch]") == !isGood, "\(run.errors)")
      #expect(run.errors.contains("'tea/leaf.py' of 'tea' 1.0") == !isGood)
      let strict = try Tool.run(["package", "--strict"], in: folder.path)
      #expect(strict.exitCode == (isGood ? 0 : 1), "\(strict.errors)")
    }
  }

  @Test func `an attestation names what went in and what came out, the same each time`() throws {
    let folder = try project()
    var before: [UInt8]?
    for options in [[], ["--no-cache"], ["--jobs", "1"]] {
      let run = try Tool.run(["package", "--attest"] + options, in: folder.path)
      #expect(run.exitCode == 0, "\(run.errors)")
      let bytes = try folder.read("dist/provenance.json")
      if let before { #expect(before == bytes) }
      before = bytes
    }
    let document = try JSON.read(try folder.read("dist/provenance.json"), path: "provenance.json")
    let statement = try #require(document.table)
    #expect(statement["_type"]?.string == "https://in-toto.io/Statement/v1")
    #expect(statement["predicateType"]?.string == "https://slsa.dev/provenance/v1")
    let subjects = statement["subject"]?.array?.compactMap(\.table) ?? []
    #expect(subjects.map { $0["name"]?.string } == ["f.zip", "g.zip"])
    for subject in subjects {
      let name = try #require(subject["name"]?.string)
      let hash = SHA256.digest(of: try folder.read("dist/\(name)")).hex
      #expect(subject["digest"]?.table?["sha256"]?.string == hash)
    }
    let definition = statement["predicate"]?.table?["buildDefinition"]?.table
    var found: [String: String] = [:]
    for material in definition?["resolvedDependencies"]?.array?.compactMap(\.table) ?? [] {
      found[material["name"]?.string ?? ""] = material["digest"]?.table?["sha256"]?.string
    }
    #expect(
      found == [
        "app.py": SHA256.digest(of: try folder.read("app.py")).hex,
        "other.py": SHA256.digest(of: try folder.read("other.py")).hex,
        "tea-1.0-py3-none-any.whl": SHA256.digest(of: Self.tea.bytes).hex,
      ])
  }

  /// As the README describes it.
  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `another tool can recompute the content digest from the archive`() throws {
    let folder = try project()
    try folder.write("#!/bin/sh\n", to: "shop/run.sh")
    try FileSystem.setMode(folder("shop/run.sh"), 0o755)
    try folder.write("import shop, tea.leaf\ndef handler(e, c): return e\n", to: "app.py")
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    let script = """
      import hashlib, json, sys, zipfile
      report = json.load(open("dist/report.json"))
      for function in report["functions"]:
          whole = hashlib.sha256()
          with zipfile.ZipFile("dist/%s.zip" % function["name"]) as archive:
              for member in archive.infolist():
                  mode = member.external_attr >> 16
                  whole.update(member.filename.encode() + b"\\0")
                  whole.update(b"x" if mode & 0o111 else b"-")
                  whole.update(hashlib.sha256(archive.read(member)).digest())
          print(function["name"], whole.hexdigest() == function["contentDigest"])
      """
    let python = try #require(interpreter("3.12"))
    let outcome = try Program(path: python).run(["-c", script], folder: folder.path)
    #expect(outcome.outputText == "f True\ng True\n", "\(outcome.errorText)")
    #expect(try members(of: folder("dist/f.zip")).contains("shop/run.sh"))
  }
}
