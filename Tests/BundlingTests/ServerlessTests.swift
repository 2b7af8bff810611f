import Model
import TestKit
import Testing
import YAML

@testable import Bundling

private func found(_ folder: Folder) throws -> Descriptions {
  let tree = try ProjectTree(folder.path, jobs: 1)
  return ServerlessSearch.run(in: tree, named: nil, languages: ["python"], jobs: 1)
}

private func rows(_ found: Descriptions, _ folder: Folder) -> [String] {
  found.functions.map { function in
    let below = function.folder.dropFirst(folder.path.utf8.count)
    return [
      function.name, function.handler.value, below.isEmpty ? "." : String(below.dropFirst()),
      function.layer.runtime?.value.description ?? "?",
      function.layer.architecture?.value.rawValue ?? "?",
    ].joined(separator: " ")
  }
}

/// What `custom.x` comes to: its text, or `?` and why.
private func value(_ written: String, _ custom: String = "") throws -> String {
  let folder = try Folder([
    "serverless.yml":
      "service: shop\nprovider: {name: aws, stage: prod}\ncustom:\n  x: \(written)\n\(custom)",
    "more.yml": "a: {b: deep, c: '${self:service}'}\n", "more.json": "{\"n\": 5}",
  ])
  let root = try #require(
    try YAML.read(try folder.read("serverless.yml"), path: "serverless.yml").root)
  var scope = ServerlessScope(root, in: folder.path, tree: try ProjectTree(folder.path, jobs: 1))
  switch scope.value(at: ["custom", "x"]) {
  case .node(let node)?: return node.text ?? (node.mapping == nil ? "[]" : "{}")
  case .unknown(let why)?: return "? \(why)" + scope.diagnostics.map { " [\($0.code)]" }.joined()
  case nil: return "nothing"
  }
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `A variable of the Serverless Framework` {
  @Test(arguments: [
    ("${self:service}", "shop"),
    ("a-${self:service}-${self:provider.stage}", "a-shop-prod"),
    ("${opt:stage, 'dev'}", "dev"),
    ("${opt:stage, self:provider.stage, 'dev'}", "prod"),
    ("${env:REGION, \"eu, west\"}", "eu, west"),
    ("${self:custom.none, 7}", "7"),
    ("${self:provider}", "{}"),
    ("${sls:stage}", "prod"),
    ("${file(./more.yml):a.b}", "deep"),
    ("${file(more.yml):a.c}", "shop"),
    ("${file(more.json):n}", "5"),
    ("${self:custom.byStage.${self:provider.stage}}", "p"),
    ("${self:custom.list.1}", "two"),
    ("plain $ text", "plain $ text"),
  ])
  func `comes to what it names`(written: String, expected: String) throws {
    let custom = "  byStage: {prod: p, dev: d}\n  list: [one, two]\n"
    #expect(try value("\(written)", custom) == expected)
  }

  @Test(arguments: [
    ("${opt:stage}", "'opt:stage'"),
    ("${env:HOME}", "'env:HOME'"),
    ("${ssm:/x}", "'ssm:/x'"),
    ("${file(./x.js):y}", "is a program"),
    ("${file(../x.yml):y}", "outside"),
    ("${file(none.yml)}", "no file"),
    ("${self:custom.nothing}", "stands for nothing"),
    ("${self:custom.y}", "[cyclic-variable]"),
  ])
  func `that is not known says why`(written: String, why: String) throws {
    let answer = try value(written, "  y: ${self:custom.z}\n  z: ${self:custom.y}\n")
    #expect(answer.hasPrefix("? ") && answer.contains(why), "\(answer)")
  }

  @Test func `that doubles at each step comes to an end`() throws {
    var custom = "  a0: ''\n"
    for level in 1...38 {
      custom += "  a\(level): 'x${self:custom.a\(level - 1)}${self:custom.a\(level - 1)}'\n"
    }
    #expect(try value("${self:custom.a38}", custom).hasPrefix("? "))
  }
}

@Suite(.enabled(if: YAML.isAvailable, "libyaml is not installed"))
struct `A service of the Serverless Framework` {
  @Test func `gives its functions, from lists and other files too`() throws {
    let folder = try Folder([
      "serverless.yml": """
      service: shop
      provider: {name: aws, runtime: "${self:custom.python}", architecture: arm64}
      custom: {python: python3.11}
      functions:
        - get: {handler: src/orders.get}
          put: {handler: src/orders.put, runtime: python3.12, architecture: x86_64}
        - ${file(functions.yml)}
      """,
      "functions.yml": "report: {handler: report.main, module: jobs/report}\n",
      "src/orders.py": "", "jobs/report/report.py": "",
    ])
    let found = try found(folder)
    #expect(
      rows(found, folder) == [
        "get src/orders.get . python3.11 arm64", "put src/orders.put . python3.12 x86_64",
        "report report.main jobs/report python3.11 arm64",
      ])
    #expect(
      found.functions.last?.origin
        == Model.SourceLocation(path: "functions.yml", line: 1, column: 1))
    #expect(found.diagnostics.isEmpty)
  }

  @Test func `passes over what is not its own Python, with a note for each`() throws {
    let folder = try Folder([
      "a/serverless.yml": """
      service: a
      plugins: [serverless-wsgi]
      provider: {name: aws, runtime: python3.12}
      functions:
        image: {image: x}
        zipped: {handler: a.b, package: {artifact: a.zip}}
        node: {handler: a.b, runtime: nodejs20.x}
        wsgi: {handler: wsgi_handler.handler}
        open: {handler: '${env:HANDLER}'}
      """,
      "b/serverless.yml":
        "service: b\nprovider: {name: google, runtime: python39}\nfunctions: {f: {handler: x}}\n",
      "c/serverless.yml": "service: c\nprovider: {name: aws}\nfunctions: {f: {handler: x.y}}\n",
      "d/serverless.ts": "", "e/serverless.yml": "component: express\n",
    ])
    let found = try found(folder)
    #expect(found.functions.isEmpty)
    #expect(
      found.passedOver.map(\.reason) == [
        .image, .builtElsewhere, .language("nodejs20.x"), .plugin("serverless-wsgi"), .unknown,
        .otherProvider("google"), .language("Node.js"),
      ])
    #expect(
      found.diagnostics.filter { $0.code != "passed-over" }.map(\.code) == [
        "other-file", "program-not-read",
      ])
  }

  @Test func `is told with its place where it is wrong, and gives the others`() throws {
    let folder = try Folder([
      "serverless.yml": """
      service: shop
      provider: {name: aws, runtime: python3.12}
      functions:
        good: {handler: a.b}
        old: {handler: a.b, runtime: python2.7}
        none: {events: []}
        'a/b': {handler: a.b}
      """
    ])
    let found = try found(folder)
    #expect(found.functions.map(\.name) == ["good", "old"])
    #expect(found.functions[1].unsupported?.location?.line == 5)
    #expect(
      found.diagnostics.sorted().map { "\($0.code) \($0.location?.line ?? 0)" } == [
        "missing-property 6", "bad-function-name 7",
      ])
  }

  @Test func `adds what its patterns add, not what they choose among the sources`() throws {
    let folder = try Folder([
      "a/serverless.yml": """
      service: a
      provider: {name: aws, runtime: python3.12}
      package: {patterns: ['!node_modules/**', 'config/*.json']}
      functions:
        f: {handler: a.b, package: {patterns: ['../shared/x.txt']}}
      """,
      "b/serverless.yml": """
      service: b
      provider: {name: aws, runtime: python3.12}
      package: {patterns: ['!**', 'src/**']}
      functions: {g: {handler: a.b}}
      """,
    ])
    let found = try found(folder)
    #expect(found.functions[0].layer.include?.map(\.value) == ["a/config/*.json", "shared/x.txt"])
    #expect(found.functions[1].layer.include == nil)
  }

  @Test func `names the file of its requirements, and brings its own layers`() throws {
    let folder = try Folder([
      "serverless.yml": """
      service: a
      provider: {name: aws, runtime: python3.12, layers: [{Ref: SharedLambdaLayer}]}
      custom: {pythonRequirements: {fileName: requirements-prod.txt}}
      layers: {shared: {path: layers/shared}}
      functions: {f: {handler: a.b}}
      """,
      "layers/shared/python/x.py": "",
    ])
    let function = try #require(try found(folder).functions.first)
    #expect(function.requirements == "requirements-prod.txt")
    #expect(function.layers == [folder("layers/shared/python")])
  }
}
