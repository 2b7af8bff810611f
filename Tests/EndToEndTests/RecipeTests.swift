import Files
import TestKit
import Testing
import Text
import YAML

/// What the README says about deployments, held to what the tool writes.
@Suite struct `A recipe of the README` {
  private let blocks: [String]
  private let folder: Folder
  private let manifest: [String: Datum]

  init() throws {
    let text = try String(decoding: readRepositoryFile("README.md"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0 == "## Into the deployment that you have" })
    let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
    var blocks: [String] = []
    var isInside = false
    for line in section {
      let isCode = line.hasPrefix("    ") || line.isEmpty && isInside
      if isCode, !isInside { blocks.append("") }
      if isCode { blocks[blocks.count - 1] += line.dropFirst(4) + "\n" }
      isInside = isCode
    }
    self.blocks = blocks
    folder = try Folder([
      "pare.toml": "[functions.orders]\nhandler = \"src/orders.py:handler\"\n",
      "src/orders.py": "def handler(event, context): pass\n",
    ])
    _ = try Tool.run(["package"], in: folder.path)
    let document = try JSON.read(try folder.read("dist/manifest.json"), path: "manifest.json")
    let row = try document["functions"]["orders"]
    manifest = Dictionary(
      uniqueKeysWithValues: (row.table?.entries ?? []).map { ($0.key, $0.value) })
  }

  private func block(with text: String) throws -> String {
    try #require(blocks.first { $0.contains(text) })
  }

  /// The words that follow a text, wherever it stands.
  private func words(after text: String, in block: String) -> Set<String> {
    Set(
      block.split(separator: text, omittingEmptySubsequences: false).dropFirst().map { rest in
        String(rest.prefix { $0.isLetter || $0.isNumber })
      })
  }

  @Test func `for Terraform is read, and uses keys that there are`() throws {
    let written = try block(with: "aws_lambda_function")
    let body = try HCLBody.read(Array(written.utf8), path: "main.tf")
    #expect(body.blocks.map(\.type) == ["locals", "resource"])
    let keys = words(after: "each.value.", in: written)
    #expect(keys.count >= 5)
    #expect(keys.isSubset(of: manifest.keys), "\(keys)")
  }

  @Test func `for CDK and Pulumi uses keys that there are`() throws {
    for text in ["Code.from_asset", "pulumi.FileArchive"] {
      let keys = words(after: "it[\"", in: try block(with: text))
      #expect(keys.count >= 4)
      #expect(keys.isSubset(of: manifest.keys), "\(keys)")
    }
  }

  @Test(.enabled(if: Python.python312 != nil, "no Python 3.12 here"))
  func `for CDK and Pulumi is Python`() throws {
    let python = try #require(Python.python312)
    for text in ["Code.from_asset", "pulumi.FileArchive"] {
      let run = try python.run(
        "import ast, sys; ast.parse(sys.argv[1])", [try block(with: text)])
      #expect(run.isSuccess, "\(run.errorText)")
    }
  }

  @Test(.enabled(if: Program.find("bash") != nil, "no bash here"))
  func `for a shell is one, and asks for keys that there are`() throws {
    let written = try block(with: "gcloud functions deploy")
    let run = try #require(Program.find("bash")).run(["-n", "-c", written], timeout: 30)
    #expect(run.isSuccess, "\(run.errorText)")
    let keys = words(after: "$(it orders ", in: written)
    #expect(keys.count >= 3)
    #expect(keys.isSubset(of: manifest.keys), "\(keys)")
  }

  @Test(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
  func `for the Serverless Framework names the archive, and pare goes on packaging`() throws {
    let written = try block(with: "artifact:")
    let artifact = try #require(
      try YAML.read(Array(written.utf8), path: "serverless.yml").root?["functions"]?["orders"]?[
        "package"]?["artifact"]?.text)
    #expect(artifact.hasSuffix(":functions.orders.archive}"))
    #expect(manifest["archive"]?.string == "orders.zip")
    try FileSystem.removeFile(folder("pare.toml"))
    try folder.write(
      "service: shop\nprovider: {name: aws, runtime: python3.12}\n" + written,
      to: "serverless.yml")
    for _ in 1...2 {
      let run = try Tool.run(["package"], in: folder.path)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
  }

  @Test(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
  func `for a build matrix is YAML`() throws {
    let written = try block(with: "fromJSON")
    let jobs = try YAML.read(Array(written.utf8), path: "ci.yml").root?["jobs"]
    #expect(jobs?["deploy"]?["strategy"]?["matrix"]?.text?.contains("fromJSON") == true)
  }
}
