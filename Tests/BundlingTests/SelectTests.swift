import Model
import Testing

@testable import Bundling

struct SelectTests {
  private func listing(_ plan: Plan) -> [String] {
    plan.entries.map { "\($0.path) \($0.reason.name)" }
  }

  private let requests: [(name: String, kind: Node.Kind, files: [String])] = [
    ("app", .module, ["src/app.py"]),
    ("lib", .module, ["site/lib/__init__.py"]),
    ("lib.extra", .module, ["site/lib/extra.py"]),
    ("lib", .data, ["site/lib/data.json", "site/lib/fast.c"]),
    ("lib", .metadata, ["site/lib-1.0.dist-info/METADATA", "site/lib-1.0.dist-info/RECORD"]),
  ]

  @Test func `what is reached is shipped, sorted by path bytes, each with its reason`() throws {
    let ground = try Ground(
      nodes: requests,
      edges: [edge(0, 1, .lazy), edge(1, 3, .data), edge(1, 4, .metadata)])
    #expect(
      try listing(ground.plan()) == [
        "app.py handler", "lib-1.0.dist-info/METADATA metadata",
        "lib-1.0.dist-info/RECORD metadata", "lib/__init__.py lazy", "lib/data.json data",
      ])
  }

  @Test func `RECORD lists what was kept, in the original lines`() throws {
    let record = """
      ../../bin/lib,sha256=x,1
      lib-1.0.dist-info/METADATA,sha256=a,2
      lib-1.0.dist-info/RECORD,,
      lib/__init__.py,sha256=b,3
      "lib/a,b.py",sha256=c,4
      lib/extra.py,sha256=d,5

      """
    let ground = try Ground(
      nodes: requests, edges: [edge(0, 1), edge(1, 4, .metadata)],
      contents: ["site/lib-1.0.dist-info/RECORD": record])
    let entry = try ground.plan().entries.first { $0.path.name == "RECORD" }
    guard case .generated(let bytes) = entry?.content else {
      Issue.record("RECORD is shipped as it was")
      return
    }
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        lib-1.0.dist-info/METADATA,sha256=a,2
        lib-1.0.dist-info/RECORD,,
        lib/__init__.py,sha256=b,3

        """)
  }

  @Test func `azure wants distributions in a folder of their own`() throws {
    let ground = try Ground(
      nodes: requests, edges: [edge(0, 1)], provider: .azureFunctions)
    #expect(
      try listing(ground.plan()) == [
        ".python_packages/lib/site-packages/lib/__init__.py top-level", "app.py handler",
        "function_app.py generated", "host.json generated",
      ])
  }

  @Test func `google imports main, which re-exports the handler`() throws {
    let ground = try Ground(
      nodes: [("app", .module, ["src/app.py"]), ("z", .module, ["src/z.py"])],
      edges: [edge(0, 1)], provider: .googleCloudFunctions)
    let plan = try ground.plan()
    #expect(listing(plan) == ["app.py handler", "main.py generated", "z.py top-level"])
    guard case .generated(let bytes) = plan.entries[1].content else {
      Issue.record("main.py is not generated")
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self).contains("\nfrom app import handler"))
  }

  @Test func `google's main is an error where the function ships one for something else`() throws {
    let ground = try Ground(
      nodes: [("app", .module, ["src/app.py"]), ("main", .module, ["src/main.py"])],
      edges: [edge(0, 1)], provider: .googleCloudFunctions)
    #expect(try ground.plan().diagnostics.map(\.code) == ["entry-module-taken"])
  }

  @Test func `a handler in main needs no other main`() throws {
    let ground = try Ground(
      nodes: [("main", .module, ["src/main.py"])], edges: [], provider: .googleCloudFunctions,
      handler: Handler(module: "main", attribute: "handler", written: "main.handler"))
    #expect(try listing(ground.plan()) == ["main.py handler"])
  }

  @Test func `a function app gets a function_app module and a host file, unless it has its own`()
    throws
  {
    let plain = try Ground(
      nodes: [("app", .module, ["src/app.py"])], edges: [], provider: .azureFunctions)
    #expect(
      try listing(plain.plan())
        == ["app.py handler", "function_app.py generated", "host.json generated"])
    let own = try Ground(
      nodes: [("function_app", .module, ["src/function_app.py"])], edges: [],
      provider: .azureFunctions,
      handler: Handler(module: "function_app", attribute: "app", written: "function_app.app"),
      companions: ["host.json": "src/deploy/host.json"])
    #expect(
      try listing(own.plan()) == ["function_app.py handler", "host.json companion"])
  }

  @Test func `beside a file that names the function, no module is made for the provider`() throws {
    let ground = try Ground(
      nodes: [("Refund", .module, ["src/Refund/__init__.py"])], edges: [],
      provider: .azureFunctions,
      handler: Handler(module: "Refund", attribute: "main", written: "Refund.main"),
      companions: ["Refund/function.json": "src/Refund/function.json"])
    #expect(
      try listing(ground.plan()) == [
        "Refund/__init__.py handler", "Refund/function.json companion", "host.json generated",
      ])
  }

  @Test(arguments: [
    ("a.b", "run", Provider.Name.googleCloudFunctions, "from a.b import run\n"),
    (
      "a.b", "desk.run", .googleCloudFunctions,
      """
      from a.b import desk as _owner


      def run(*arguments, **named):
          return _owner.run(*arguments, **named)

      """
    ),
    ("a.b", "desk.app", .azureFunctions, "from a.b import desk as _owner\n\napp = _owner.app\n"),
    (
      "my-app", "run", .googleCloudFunctions,
      """
      from importlib import import_module as _import_module

      run = _import_module("my-app").run

      """
    ),
  ])
  func `the module that the provider imports has the handler under its last name`(
    module: String, attribute: String, provider: Provider.Name, source: String
  ) {
    let made = entrySource(
      for: [Handler(module: module, attribute: attribute, written: "")],
      provider: Providers.provider(provider))
    #expect(made.split(separator: "\n", maxSplits: 1).last.map(String.init) == source)
  }

  @Test func `include brings what no import needs`() throws {
    let ground = try Ground(
      nodes: [("app", .module, ["src/app.py"])], edges: [], others: ["src/other.py"],
      included: ["src/templates/deep/a.html", "src/README.md"])
    #expect(
      try listing(ground.plan()) == [
        "README.md included", "app.py handler", "templates/deep/a.html included",
      ])
  }

  @Test func `what only an excluded module needs goes with it, with a warning`() throws {
    var settings = Settings()
    settings.exclude = ["lib/extra.py"]
    let ground = try Ground(
      nodes: requests + [("deep", .module, ["src/deep.py"])],
      edges: [edge(0, 1), edge(1, 2), edge(2, 5)], settings: settings)
    let plan = try ground.plan()
    #expect(listing(plan) == ["app.py handler", "lib/__init__.py top-level"])
    #expect(plan.diagnostics.map(\.code) == ["excluded-but-needed"])
    #expect(plan.diagnostics.first?.notes.map(\.message) == ["'lib' needs 'lib.extra'"])
  }

  @Test func `excluded data gives no warning`() throws {
    var settings = Settings()
    settings.exclude = ["**/*.json"]
    let ground = try Ground(
      nodes: requests, edges: [edge(0, 1), edge(1, 3, .data)], settings: settings)
    let plan = try ground.plan()
    #expect(listing(plan) == ["app.py handler", "lib/__init__.py top-level"])
    #expect(plan.diagnostics.isEmpty)
  }

  @Test(arguments: [EdgeKind.topLevel, .lazy])
  func `what drop takes from an import that runs at once is a warning`(_ kind: EdgeKind) throws {
    var rule = Settings.DistributionRule(origin: SourceLocation(path: "pare.toml", line: 7))
    rule.drop = ["lib/extra.py"]
    let ground = try Ground(
      nodes: requests, edges: [edge(0, 1), edge(1, 2, kind)],
      target: { target in
        Target(
          runtime: target.runtime, architecture: target.architecture, roots: target.roots,
          distributions: ["lib": rule])
      })
    let diagnostics = try ground.plan().diagnostics
    #expect(diagnostics.map(\.code) == (kind == .topLevel ? ["dropped-but-needed"] : []))
    #expect(diagnostics.first?.location?.line ?? 7 == 7)
  }

  @Test func `drop leaves out a distribution's files`() throws {
    var rule = Settings.DistributionRule(origin: SourceLocation(path: "pare.toml"))
    rule.drop = ["lib/*.json"]
    let rules = ["lib": rule]
    let ground = try Ground(
      nodes: requests, edges: [edge(0, 1), edge(1, 3, .data)],
      target: {
        Target(
          runtime: $0.runtime, architecture: $0.architecture, roots: $0.roots, distributions: rules)
      })
    #expect(try listing(ground.plan()) == ["app.py handler", "lib/__init__.py top-level"])
  }

  @Test func `two different files at one path are an error that names both`() throws {
    let nodes: [(name: String, kind: Node.Kind, files: [String])] = [
      ("app", .module, ["src/app.py"]),
      ("shared", .namespace, ["site/shared/data.txt", "vendor/shared/data.txt"]),
    ]
    let clash = try Ground(nodes: nodes, edges: [edge(0, 1)]).plan()
    #expect(clash.entries.count == 2)
    #expect(clash.diagnostics.map(\.code) == ["two-files-at-one-path"])
    #expect(
      clash.diagnostics[0].notes.prefix(2).map(\.message) == [
        "one is 'shared/data.txt' of Lib 1.0", "the other is 'shared/data.txt' of Other 1.0",
      ])
    let same = try Ground(
      nodes: nodes, edges: [edge(0, 1)],
      contents: ["site/shared/data.txt": "x", "vendor/shared/data.txt": "x"]
    ).plan()
    #expect(same.entries.count == 2 && same.diagnostics.isEmpty)
  }

  @Test func `paths that differ only in case are a warning`() throws {
    let ground = try Ground(
      nodes: [("app", .module, ["src/app.py"]), ("d", .data, ["src/d/A.txt", "src/d/a.txt"])],
      edges: [edge(0, 1, .data)])
    #expect(try ground.plan().diagnostics.map(\.code) == ["paths-differ-in-case"])
  }
}
