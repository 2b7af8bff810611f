import Model
import Testing

@testable import Bundling

@Suite struct `What a layer has` {
  private let nodes: [(name: String, kind: Node.Kind, files: [String])] = [
    ("app", .module, ["src/app.py"]),
    ("lib", .module, ["site/lib/__init__.py"]),
    ("lib", .metadata, ["site/lib-1.0.dist-info/METADATA", "site/lib-1.0.dist-info/RECORD"]),
    ("other", .module, ["vendor/other.py"]),
  ]

  @Test func `stays out of the archive, with its metadata, and is known all the same`() throws {
    let ground = try Ground(
      nodes: nodes, edges: [edge(0, 1), edge(1, 2, .metadata), edge(0, 3)],
      contents: ["site/lib-1.0.dist-info/RECORD": "lib/__init__.py,,\n"], provider: .awsLambda)
    let plan = try ground.plan(layered: [DistributionID(0): LayerID(0)])
    #expect(plan.entries.map(\.path.string) == ["app.py", "other.py"])
    #expect(
      plan.layered.map(\.entry.path.string) == [
        "lib-1.0.dist-info/METADATA", "lib-1.0.dist-info/RECORD", "lib/__init__.py",
      ])
    #expect(plan.layered.allSatisfy { $0.layer == LayerID(0) })
    #expect(plan.diagnostics.isEmpty)
  }

  @Test func `and the package of which is elsewhere is told`() throws {
    let ground = try Ground(
      nodes: Array(nodes.dropLast()) + [("lib.plug", .module, ["vendor/lib/plug.py"])],
      edges: [edge(0, 3), edge(3, 1, .parent)], provider: .awsLambda)
    let plan = try ground.plan(layered: [DistributionID(0): LayerID(0)])
    #expect(plan.diagnostics.map(\.code) == ["layer-splits-package"])
    #expect(
      plan.diagnostics.first?.message
        == "'lib.plug' lies in package 'lib', and only one of them is in layer 'base'")
    let whole = try ground.plan(
      layered: [DistributionID(0): LayerID(0), DistributionID(1): LayerID(0)])
    #expect(whole.diagnostics.isEmpty)
  }

  @Test func `and is linked against what is elsewhere is told`() throws {
    let ground = try Ground(
      nodes: Array(nodes.dropLast()) + [("blas", .library, ["vendor/blas.py"])],
      edges: [edge(0, 1), edge(1, 3, .native)], provider: .awsLambda)
    let plan = try ground.plan(layered: [DistributionID(0): LayerID(0)])
    #expect(
      plan.diagnostics.map(\.message) == [
        "'lib' is linked against 'blas', and only one of them is in layer 'base'"
      ])
  }
}
