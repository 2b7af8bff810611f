import Files
import TestKit
import Testing
import YAML

/// `pare package --template`: from a project to what `sam deploy` takes.
@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `A template with archives` {
  /// A template with everything that it can name: by aliases, from `Globals`, in loops, nested.
  private static let files = [
    "template.yaml": """
    AWSTemplateFormatVersion: "2010-09-09"
    Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
    # All functions.
    Globals:
      Function: { Runtime: python3.12, CodeUri: src/ }   # one folder

    Resources:
      Orders:
        Type: AWS::Serverless::Function
        Properties:
          Handler: orders.handler     # the module
          Layers: [ !Ref Shared ]
      Refunds:
        Type: AWS::Serverless::Function
        Properties: { Handler: refunds.handler, CodeUri: !Sub 'src', Timeout: 3 }
      Front:
        Type: AWS::Serverless::Function
        Properties: { Runtime: nodejs20.x, Handler: index.handler, CodeUri: front }
      Plain:
        Type: AWS::Lambda::Function
        Properties:
          Code: src
          Handler: orders.handler
          Runtime: python3.12
          Role: arn:aws:iam::123456789012:role/plain
      Shared:
        Type: AWS::Serverless::LayerVersion
        Properties: { ContentUri: layers/shared }
      Api:
        Type: AWS::Serverless::Api
        Properties:
          StageName: dev
          DefinitionUri: api/openapi.yaml
      Steps:
        Type: AWS::Serverless::StateMachine
        Properties:
          DefinitionUri: steps.asl.json
          Role: arn:aws:iam::123456789012:role/steps
      Jobs:
        Type: AWS::Serverless::Application
        Properties: { Location: nested/jobs.json }
      Bucket: { Type: AWS::S3::Bucket }

    """,
    "nested/jobs.json": """
    {
      "Transform": "AWS::Serverless-2016-10-31",
      "Resources": {
        "Nightly": {
          "Type": "AWS::Serverless::Function",
          "Properties": {
            "CodeUri": "../src", "Handler": "refunds.handler", "Runtime": "python3.12"
          }
        }
      }
    }

    """,
    "src/orders.py": "def handler(event, context):\n    return 1\n",
    "src/refunds.py": "import orders\ndef handler(event, context):\n    return 2\n",
    "front/index.js": "exports.handler = async () => 1;\n", "api/openapi.yaml": "openapi: 3.0.1\n",
    "layers/shared/python/money.py": "", "steps.asl.json": "{}\n",
  ]

  @Test func `is the same text with other paths, nested ones too`() throws {
    let folder = try Folder(Self.files)
    let run = try Tool.run(["package", "--template"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("template: .aws-sam/build/template.yaml\n"))
    let expected = try folder.text("template.yaml")
      .replacing("CodeUri: src/ }", with: "CodeUri: ../../src }")
      .replacing(
        "      Handler: orders.handler     # the module",
        with: "      CodeUri: ../../dist/Orders.zip\n      Handler: orders.handler     # the module"
      )
      .replacing("CodeUri: !Sub 'src'", with: "CodeUri: ../../dist/Refunds.zip")
      .replacing("CodeUri: front", with: "CodeUri: ../../front")
      .replacing("Code: src\n", with: "Code: ../../dist/Plain.zip\n")
      .replacing("ContentUri: layers/shared", with: "ContentUri: ../../layers/shared")
      .replacing("api/openapi.yaml", with: "../../api/openapi.yaml")
      .replacing("steps.asl.json", with: "../../steps.asl.json")
    #expect(try folder.text(".aws-sam/build/template.yaml") == expected)
    #expect(
      try folder.text(".aws-sam/build/nested/jobs.json")
        == folder.text("nested/jobs.json").replacing("../src", with: "../../../dist/Nightly.zip"))
    // Each path that the result names is there.
    for path in ["dist/Orders.zip", "dist/Nightly.zip"] { #expect(folder.has(path)) }
  }

  @Test func `is left alone when nothing has changed, and made again when it is gone`() throws {
    let folder = try Folder(Self.files)
    let cache = try Folder()
    let arguments = ["package", "--template"]
    _ = try Tool.run(arguments, in: folder.path, cache: cache.path)
    _ = try Tool.run(arguments, in: folder.path, cache: cache.path)
    let again = try Tool.run(arguments, in: folder.path, cache: cache.path)
    #expect(again.output.contains("nothing has changed"), "\(again.output)")
    try FileSystem.removeFile(folder(".aws-sam/build/template.yaml"))
    _ = try Tool.run(arguments, in: folder.path, cache: cache.path)
    #expect(folder.has(".aws-sam/build/template.yaml"))
  }

  @Test func `names a loop's archives by its variable`() throws {
    let folder = try Folder()
    try folder.copy("\(TestProject.folder)/sam-templates/project", to: "project")
    let run = try Tool.run(["package", "--template", "-v", "-C", folder("project")])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.errors.contains("code-of-loop"))
    let nested = try folder.text("project/.aws-sam/build/services/jobs/stack.yaml")
    #expect(nested.contains("CodeUri: !Sub \"../../../../dist/${Job}Job.zip\"\n"), "\(nested)")
    let top = try folder.text("project/.aws-sam/build/template.yaml")
    #expect(top.contains("Location: services/jobs/stack.yaml\n"))
    #expect(top.contains("CodeUri: ../../dist/Invoice.zip\n"))
  }

  @Test func `keeps the folder of a function without an archive, and says so`() throws {
    let folder = try Folder(Self.files)
    let run = try Tool.run(["package", "Orders", "--template"], in: folder.path)
    #expect(run.exitCode == 0)
    #expect(run.errors.contains("'Refunds' has no archive"), "\(run.errors)")
    let text = try folder.text(".aws-sam/build/template.yaml")
    #expect(text.contains("CodeUri: ../../dist/Orders.zip\n"))
    #expect(text.contains("Handler: refunds.handler, CodeUri: ../../src, Timeout: 3"))
  }

  @Test func `is an error where an alias makes two functions of one text`() throws {
    let folder = try Folder([
      "template.yaml": """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        A: &a
          Type: AWS::Serverless::Function
          Properties: { CodeUri: src, Handler: app.handler, Runtime: python3.12 }
        B: *a
      """, "src/app.py": "def handler(event, context):\n    return 1\n",
    ])
    let run = try Tool.run(["package", "--template"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("code-not-set") && run.errors.contains("template.yaml:6:3"))
    #expect(!folder.has(".aws-sam/build/template.yaml"))
    #expect(folder.has("dist/A.zip") && folder.has("dist/B.zip"))
  }

  @Test func `is an error where there is no template`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.a]\nhandler = \"a.py:handler\"\n", "a.py": "def handler(): pass\n",
    ])
    let run = try Tool.run(["package", "--template"], in: folder.path)
    #expect(run.exitCode == 1 && run.errors.contains("no-template"))
  }

  @Test func `is told where it says otherwise than the configuration, and which layer it lacks`()
    throws
  {
    let folder = try Folder([
      "pare.toml": """
      architecture = "arm64"
      environment = "site"
      [layers.base]
      distributions = ["tea"]
      [functions.Orders]
      runtime = "python3.13"
      layers = ["base"]
      """,
      "template.yaml": """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Orders:
          Type: AWS::Serverless::Function
          Properties: { Runtime: python3.12, CodeUri: src, Handler: app.handler }
      """, "src/app.py": "import tea\ndef handler(event, context): return 1\n",
      "site/tea.py": "", "site/tea-1.0.dist-info/METADATA": "Name: tea\nVersion: 1.0\n",
      "site/tea-1.0.dist-info/RECORD": "tea.py,,\n",
    ])
    let run = try Tool.run(["package", "--template"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    for said in [
      "template.yaml:5:28: warning: 'Orders' is packaged for python3.13, and the template says python3.12",
      "template.yaml:3:3: warning: 'Orders' is packaged for arm64, and the template says nothing of it",
      "template.yaml:3:3: warning: 'Orders' needs layer 'base', which the template does not attach",
    ] {
      #expect(run.errors.contains(said), "\(run.errors)")
    }
    let attached = """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Base:
          Type: AWS::Serverless::LayerVersion
          Properties: { ContentUri: dist/base.zip }
        Orders:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.13
            Architectures: [arm64]
            CodeUri: src
            Handler: app.handler
            Layers: [!Ref Base]
      """
    try folder.write(Array(attached.utf8), to: "template.yaml")
    let again = try Tool.run(["package", "--template"], in: folder.path)
    #expect(again.exitCode == 0 && !again.errors.contains("warning"), "\(again.errors)")
    #expect(
      try folder.text(".aws-sam/build/template.yaml").contains("ContentUri: ../../dist/base.zip"))
  }

  /// cfn-lint runs AWS's own translator on templates of SAM.
  @Test(.enabled(if: Program.find("cfn-lint") != nil, "no cfn-lint on PATH"))
  func `is accepted by cfn-lint and by the translator of AWS SAM`() throws {
    let lint = try #require(Program.find("cfn-lint"))
    let folder = try Folder(Self.files)
    _ = try Tool.run(["package", "--template"], in: folder.path)
    for path in [".aws-sam/build/template.yaml", ".aws-sam/build/nested/jobs.json"] {
      let before = try lint.run(
        ["--format", "parseable", path.replacing(".aws-sam/build/", with: "")],
        folder: folder.path, timeout: 300)
      let after = try lint.run(["--format", "parseable", path], folder: folder.path, timeout: 300)
      // The same findings as before, at their places: a runtime of the fixture's may have ended since.
      #expect(after.errorText.isEmpty, "\(after.errorText)")
      #expect(findings(after.outputText) == findings(before.outputText))
    }
  }

  private func findings(_ output: String) -> [String] {
    var codes: [String] = []
    for line in output.split(separator: "\n") {
      for part in line.split(separator: ":") where part.count == 5 {
        if part.hasPrefix("E") || part.hasPrefix("W") { codes.append(String(part)) }
      }
    }
    return codes.sorted()
  }
}
