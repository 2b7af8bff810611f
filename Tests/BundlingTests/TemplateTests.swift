import Model
import TestKit
import Testing
import YAML

@testable import Bundling

/// One template, its value at `Resources.X.Properties.V` as text: `?` and the reason for what is not
/// known, `-` for nothing, `@` and the name for a resource.
private func value(_ written: String, head: String = "") throws -> String {
  let text =
    "\(head)\nResources:\n  X:\n    Type: AWS::S3::Bucket\n    Properties:\n      V: \(written)\n"
  let root = try #require(try YAML.read(Array(text.utf8), path: "template.yaml").root)
  var scope = TemplateScope(root)
  let node = try #require(root["Resources"]?["X"]?["Properties"]?["V"])
  return shown(scope.value(of: node))
}

private func shown(_ value: TemplateValue) -> String {
  switch value.content {
  case .text(let text): text
  case .list(let values): "[" + values.map(shown).joined(separator: " ") + "]"
  case .table(let entries): "{" + entries.map(\.key).joined(separator: " ") + "}"
  case .resource(let name): "@\(name)"
  case .nothing: "-"
  case .unknown(let why): "? \(why)"
  }
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `An intrinsic function` {
  private static let head = """
    Parameters:
      Stage: {Type: String, Default: dev}
      Names: {Type: CommaDelimitedList, Default: 'a, b'}
      Open: {Type: String}
      Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /x}
    Mappings:
      Folders: {dev: {orders: src/orders}}
    Conditions:
      IsDev: !Equals [!Ref Stage, dev]
      IsProd: !Not [!Condition IsDev]
      Both: !And [!Condition IsDev, !Condition IsProd]
      Either: !Or [!Condition IsDev, !Equals [!Ref Open, x]]
      Unknown: !Equals [!Ref Open, x]
      Round: !Not [!Condition Trip]
      Trip: !Not [!Condition Round]
    """

  @Test(arguments: [
    ("!Ref Stage", "dev"),
    ("{Ref: Stage}", "dev"),
    ("!Ref Bucket", "@Bucket"),
    ("!Ref AWS::NoValue", "-"),
    ("!GetAtt Layer.Arn", "@Layer"),
    ("{'Fn::GetAtt': [Layer, Arn]}", "@Layer"),
    ("!Sub 'src/${Stage}/${!raw}'", "src/dev/${raw}"),
    ("!Sub ['${a}-${Stage}', {a: !Ref Stage}]", "dev-dev"),
    ("{'Fn::Sub': 'x${Stage}'}", "xdev"),
    ("!Sub '${Layer}'", "@Layer"),
    ("!FindInMap [Folders, !Ref Stage, orders]", "src/orders"),
    ("{'Fn::FindInMap': [Folders, none, x, {DefaultValue: y}]}", "y"),
    ("!If [IsDev, a, b]", "a"),
    ("!If [IsProd, a, b]", "b"),
    ("!If [Both, a, b]", "b"),
    ("!If [Either, a, b]", "a"),
    ("!If [Unknown, same, same]", "same"),
    ("!If [IsProd, a, !Ref AWS::NoValue]", "-"),
    ("!Join ['/', [src, !Ref Stage, app]]", "src/dev/app"),
    ("{'Fn::Join': ['.', !Ref Names]}", "a.b"),
    ("!Select [1, !Ref Names]", "b"),
    ("!Select ['0', !Split ['-', x-y]]", "x"),
    ("[!Ref Stage, !Ref AWS::NoValue, z]", "[dev z]"),
    ("12", "12"),
  ])
  func `comes to what the deployment would make of it`(written: String, expected: String) throws {
    #expect(try value(written, head: Self.head) == expected)
  }

  @Test(arguments: [
    ("!Ref Open", "'Open' has no default"),
    ("!Ref Stored", "parameter store"),
    ("!Sub 'a-${AWS::Region}'", "'AWS::Region'"),
    ("!Sub 'a-${Other.Arn}'", "'Other.Arn'"),
    ("!FindInMap [Folders, prod, orders]", "nothing at 'prod', 'orders'"),
    ("!If [Unknown, a, b]", "'Unknown'"),
    ("!If [Round, a, b]", "'Round'"),
    ("!Join ['/', [a, !Ref Open]]", "'Open' has no default"),
    ("!ImportValue x", "'ImportValue'"),
    ("'{{resolve:ssm:/x}}'", "resolve:ssm"),
    ("!Select [9, !Ref Names]", "'Select'"),
  ])
  func `that only the deployment can answer says why`(written: String, why: String) throws {
    let answer = try value(written, head: Self.head)
    #expect(answer.hasPrefix("? ") && answer.contains(why), "\(answer)")
  }

  @Test func `conditions that depend on each other are told with the circle`() throws {
    let text = "\(Self.head)\nResources: {}\n"
    let root = try #require(try YAML.read(Array(text.utf8), path: "template.yaml").root)
    var scope = TemplateScope(root)
    let node = try #require(try YAML.read(Array("!If [Round, a, b]".utf8), path: "t").root)
    _ = scope.value(of: node)
    let told = try #require(scope.diagnostics.first)
    #expect(told.code == "cyclic-condition")
    #expect(told.message.contains("Round → Trip → Round"))
    #expect(told.location == SourceLocation(path: "template.yaml", line: 15, column: 15))
  }

  @Test func `what grows without end is cut off`() throws {
    var mappings =
      "Parameters:\n  P: {Type: String, Default: '\(String(repeating: "x", count: 1 << 16))'}"
    mappings += "\nConditions:\n  C0: !Equals [a, b]\n"
    for level in 1...60 {
      mappings += "  C\(level): !And [!Condition C\(level - 1), !Condition C\(level - 1)]\n"
    }
    #expect(try value("!If [C60, a, b]", head: mappings) == "b")
    let many = String(repeating: "${P}", count: 1000)
    #expect(try value("!Sub '\(many)'", head: mappings).hasPrefix("? "))
    var loop = "{'x${A}': 1}"
    for _ in 0..<8 { loop = "{'Fn::ForEach::L': [A, [a, b, c, d, e, f, g, h, i, j], \(loop)]}" }
    #expect(try value(loop).hasPrefix("{"))
  }
}

/// The functions of the templates in a folder, each as `name handler folder runtime architecture`.
private func functions(_ folder: Folder, discover: [String]? = nil) throws -> Descriptions {
  let tree = try ProjectTree(folder.path, jobs: 1)
  var found = TemplateSearch.run(in: tree, named: nil, languages: ["python"], jobs: 1)
  found.functions.nameApart(below: folder.path)
  return found
}

private func rows(_ found: Descriptions, _ folder: Folder) -> [String] {
  found.functions.map { function in
    let below = function.folder.dropFirst(folder.path.utf8.count + 1)
    return [
      function.name, function.handler.value, String(below),
      function.layer.runtime?.value.description ?? "?",
      function.layer.architecture?.value.rawValue ?? "?",
    ].joined(separator: " ")
  }
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `A template` {
  @Test func `gives its functions with what Globals say of all`() throws {
    let folder = try Folder([
      "template.yaml": """
      Transform: AWS::Serverless-2016-10-31
      Globals: {Function: {Runtime: python3.11, CodeUri: src/, Architectures: [arm64]}}
      Resources:
        First: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.handler}}
        Second:
          Type: AWS::Serverless::Function
          Properties: {Handler: b.handler, Runtime: python3.12, Architectures: [x86_64]}
        Plain:
          Type: AWS::Lambda::Function
          Properties: {Handler: c.handler, Runtime: python3.9, Code: src}
        Table: {Type: AWS::DynamoDB::Table}
      """,
      "src/a.py": "",
    ])
    let found = try functions(folder)
    #expect(
      rows(found, folder) == [
        "First a.handler src python3.11 arm64", "Second b.handler src python3.12 x86_64",
        "Plain c.handler src python3.9 ?",
      ])
    #expect(found.diagnostics.isEmpty)
  }

  @Test func `may be JSON`() throws {
    let folder = try Folder([
      "template.json": """
      {"Resources": {"F": {"Type": "AWS::Serverless::Function", "Properties":
      {"Handler": "a.h", "Runtime": "python3.12", "CodeUri": {"Fn::Sub": "src"},
      "Description": "\\ud83d\\ude00"}}}}
      """,
      "src/a.py": "",
    ])
    #expect(rows(try functions(folder), folder) == ["F a.h src python3.12 ?"])
  }

  @Test func `repeats what a loop names`() throws {
    let folder = try Folder([
      "template.yaml": """
      Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
      Parameters: {Names: {Type: CommaDelimitedList, Default: 'orders,refunds'}}
      Resources:
        Fn::ForEach::Queues:
          - Name
          - !Ref Names
          - ${Name}Function:
              Type: AWS::Serverless::Function
              Properties: {Runtime: python3.12, CodeUri: src, Handler: !Sub '${Name}.handler'}
      """,
      "src/a.py": "",
    ])
    #expect(
      rows(try functions(folder), folder) == [
        "ordersFunction orders.handler src python3.12 ?",
        "refundsFunction refunds.handler src python3.12 ?",
      ])
  }

  @Test func `passes over what is no Python from sources, with a note for each`() throws {
    let folder = try Folder([
      "template.yaml": """
      Resources:
        A: {Type: 'AWS::Serverless::Function', Properties: {PackageType: Image, ImageUri: x}}
        B: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, InlineCode: x, Handler: i.h}}
        C: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.12, Code: {ZipFile: x}, Handler: i.h}}
        D: {Type: 'AWS::Serverless::Function', Properties: {Runtime: nodejs20.x, CodeUri: x, Handler: i.h}}
        E: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: s3://b/k, Handler: i.h}}
        F: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.12, Code: {S3Bucket: b, S3Key: k}, Handler: i.h}}
        G: {Type: 'AWS::Lambda::Function', Properties: {Code: {ImageUri: b}}}
        H: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: !Ref Q, Handler: i.h}}
      """
    ])
    let found = try functions(folder)
    #expect(found.functions.isEmpty)
    #expect(
      found.passedOver.map(\.reason) == [
        .image, .inlineCode, .inlineCode, .language("nodejs20.x"), .builtElsewhere, .builtElsewhere,
        .image, .unknown,
      ])
    #expect(found.diagnostics.map(\.severity) == Array(repeating: .note, count: 8))
    #expect(found.diagnostics.compactMap(\.location?.line).sorted() == Array(2...9))
  }

  @Test func `is told with its place where it is wrong, and gives the others`() throws {
    let folder = try Folder([
      "template.yaml": """
      Resources:
        Good: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: src, Handler: a.h}}
        Old: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python2.7, CodeUri: src, Handler: a.h}}
        NoCode: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, Handler: a.h}}
        NoHandler: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: src}}
        Lost: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: scr, Handler: a.h}}
        Lost: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: rsc, Handler: a.h}}
      """,
      "src/a.py": "", "tabs/template.yaml": "AWSTemplateFormatVersion: 1\nResources:\n\tA: 1\n",
      "helm/template.yaml": "kind: {{ .Values.x }}\n", "cookie/template.yaml": "apiVersion: v1\n",
    ])
    let found = try functions(folder)
    #expect(found.functions.map(\.name) == ["Good", "Old", "NoCode"])
    // Where SAM is not told a folder, it is the template's.
    #expect(found.functions[2].folder == folder.path)
    // Only where nobody names another runtime.
    let unsupported = found.functions[1].unsupported
    #expect(unsupported?.code == "runtime-not-supported" && unsupported?.location?.line == 3)
    let told = found.diagnostics.sorted().map {
      "\($0.code) \($0.location?.path ?? ""):\($0.location?.line ?? 0)"
    }
    #expect(
      told == [
        "other-file cookie/template.yaml:0", "other-file helm/template.yaml:1",
        "invalid-yaml tabs/template.yaml:3",
        "missing-property template.yaml:5",
        "duplicate-key template.yaml:7", "no-code-folder template.yaml:7",
      ])
    #expect(found.diagnostics.first { $0.code == "duplicate-key" }?.severity == .warning)
  }

  @Test func `may name a file as code, whose folder is meant`() throws {
    let folder = try Folder([
      "template.yaml": """
      Resources:
        A: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: src/a.py, Handler: a.h}}
        B: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.12, Code: src/a.py, Handler: a.h}}
      """,
      "src/a.py": "",
    ])
    let found = try functions(folder)
    #expect(found.functions.map(\.folder) == [folder("src"), folder("src")])
    #expect(found.diagnostics.isEmpty)
  }

  @Test func `hands its parameters down to the templates that it nests`() throws {
    let worker = """
      Parameters: {Version: {Type: String}}
      Resources:
        Worker: {Type: 'AWS::Serverless::Function', Properties: {Runtime: !Ref Version, CodeUri: src, Handler: a.h}}
      """
    let folder = try Folder([
      "template.yaml": """
      Resources:
        A: {Type: 'AWS::Serverless::Application', Properties: {Location: a/child.yaml, Parameters: {Version: python3.9}}}
        B: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ./b/template.yaml, Parameters: {Version: python3.10}}}
        C: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://example.org/x'}}
        D: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: nowhere.yaml}}
      """,
      "a/child.yaml": worker, "b/template.yaml": worker, "a/src/a.py": "", "b/src/a.py": "",
    ])
    let found = try functions(folder)
    #expect(
      rows(found, folder) == [
        "a-Worker a.h a/src python3.9 ?", "b-Worker a.h b/src python3.10 ?",
      ])
    #expect(found.diagnostics.map(\.code).sorted() == ["nested-not-read", "no-nested-template"])
  }

  @Test func `that nests itself in a circle is an error, once, and is read`() throws {
    func template(_ other: String) -> String {
      """
      Resources:
        F: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.12, CodeUri: ., Handler: a.h}}
        N: {Type: 'AWS::Serverless::Application', Properties: {Location: ../\(other)/template.yaml}}
      """
    }
    let folder = try Folder([
      "a/template.yaml": template("b"), "b/template.yaml": template("a"),
      "c/template.yaml": template("c"),
    ])
    let found = try functions(folder)
    #expect(found.functions.map(\.name).sorted() == ["a-F", "b-F", "c-F"])
    #expect(found.diagnostics.map(\.code) == ["cyclic-stack", "cyclic-stack"])
  }

  @Test func `is the one that samconfig names in its folder`() throws {
    func template(_ name: String) -> String {
      "Resources:\n  \(name): {Type: 'AWS::Serverless::Function', Properties: "
        + "{Runtime: python3.12, CodeUri: ., Handler: a.h}}\n"
    }
    let folder = try Folder([
      "samconfig.toml": "[default.build.parameters]\ntemplate_file = \"infra/main.yml\"\n"
        + "[default.deploy.parameters]\ntemplate_file = \"out.yaml\"\n",
      "template.yaml": template("Wrong"), "infra/main.yml": template("Right"),
      "out.yaml": template("Made"), "other/template.yaml": template("Beside"),
    ])
    #expect(try functions(folder).functions.map(\.name) == ["Right", "Beside"])
  }

  @Test func `puts the code of its own layers behind the function's, the last first`() throws {
    let folder = try Folder([
      "template.yaml": """
      Globals: {Function: {Layers: [!Ref Base]}}
      Resources:
        F:
          Type: AWS::Serverless::Function
          Properties: {Runtime: python3.12, CodeUri: src, Handler: a.h, Layers: [!Ref Built, 'arn:aws:x']}
        Base: {Type: 'AWS::Serverless::LayerVersion', Properties: {ContentUri: layers/base}}
        Built:
          Type: AWS::Serverless::LayerVersion
          Metadata: {BuildMethod: python3.12}
          Properties: {ContentUri: layers/built}
      """,
      "src/a.py": "", "layers/base/python/x.py": "", "layers/built/y.py": "",
    ])
    let found = try functions(folder)
    #expect(
      found.functions.first?.layers == [folder("layers/built"), folder("layers/base/python")])
    #expect(found.diagnostics.map(\.code) == ["layer-not-read"])
  }

  @Test func `names apart what two templates call the same`() throws {
    func template(_ name: String) -> String {
      "Resources:\n  \(name): {Type: 'AWS::Serverless::Function', Properties: "
        + "{Runtime: python3.12, CodeUri: ., Handler: a.h}}\n"
    }
    let folder = try Folder([
      "x/api/template.yaml": template("F"), "y/api/template.yaml": template("F"),
      "y/jobs/template.yaml": template("F"), "template.yaml": template("G"),
    ])
    #expect(
      try functions(folder).functions.map(\.name) == ["G", "x-api-F", "y-api-F", "y-jobs-F"])
  }
}
