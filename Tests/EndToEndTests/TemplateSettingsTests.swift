import Files
import TestKit
import Testing
import YAML

/// What stands beside a template and changes what it says.
@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `Settings beside a template` {
  private static let template = """
    Transform: AWS::Serverless-2016-10-31
    Parameters:
      Stage: {Type: String}
      Python: {Type: String, Default: python3.11}
    Resources:
      Worker:
        Type: AWS::Serverless::Function
        Properties: { CodeUri: !Sub "src/${Stage}", Handler: app.handler, Runtime: !Ref Python }
      Old:
        Type: AWS::Serverless::Function
        Properties: { CodeUri: src/prod, Handler: app.handler, Runtime: python2.7 }
    """

  private func folder(_ more: [String: String]) throws -> Folder {
    try Folder(
      [
        "template.yaml": Self.template,
        "src/prod/app.py": "def handler(event, context):\n    return 1\n",
      ].merging(more) { _, own in own })
  }

  @Test(arguments: [
    "parameter_overrides = \"Stage=\\\"prod\\\" Python='python3.12'\"",
    "parameter_overrides = [\"Stage=prod\", \"Python=python3.12\"]",
    "parameter_overrides = \"ParameterKey=Stage,ParameterValue=prod ParameterKey=Python,ParameterValue=python3.12\"",
  ])
  func `are the parameters of samconfig`(line: String) throws {
    let folder = try folder(["samconfig.toml": "[default.deploy.parameters]\n\(line)\n"])
    let listed = try Tool.run(["list"], in: folder.path)
    let row = listed.output.split(separator: "\n").first { $0.hasPrefix("Worker") } ?? ""
    #expect(row.contains("python3.12"), "\(listed.output)\(listed.errors)")
    let run = try Tool.run(["package", "Worker"], in: folder.path)
    #expect(run.exitCode == 0 && folder.has("dist/Worker.zip"), "\(run.errors)")
  }

  @Test func `can name a runtime where that of the template has ended`() throws {
    let folder = try folder([:])
    let refused = try Tool.run(["package"], in: folder.path)
    #expect(refused.exitCode != 0 && refused.errors.contains("runtime-not-supported"))
    try folder.write("[functions.Old]\nruntime = \"python3.12\"\n", to: "pare.toml")
    let run = try Tool.run(["package", "Old"], in: folder.path)
    #expect(run.exitCode == 0 && folder.has("dist/Old.zip"), "\(run.errors)")
    let all = try Tool.run(["package"], in: folder.path)
    #expect(!all.errors.contains("runtime-not-supported"), "\(all.errors)")
  }
}
