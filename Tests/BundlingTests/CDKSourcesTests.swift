import Model
import TestKit
import Testing

@testable import Bundling

@Suite struct `What the CDK has staged` {
  private static let files = [
    "cdk.out/cdk.out": "{}", "cdk.out/asset.1/index.py": "import prices\n",
    "cdk.out/asset.1/prices.py": "A = 1\n", "functions/orders/index.py": "import prices\n",
    "functions/orders/prices.py": "A = 1\n", "functions/refunds/index.py": "import slips\n",
  ]

  private func traced(
    _ changes: (inout [String: String]) -> Void = { _ in }
  ) throws -> (folder: String, environment: String?) {
    var files = Self.files
    changes(&files)
    let folder = try Folder(files)
    let place = SourceLocation(path: "cdk.out/Shop.template.json", line: 1, column: 1)
    let function = DescribedFunction(
      name: "Orders", id: "Orders", handler: .init(value: "index.handler", location: place),
      origin: place, code: .init(value: "asset.1", location: place),
      folder: folder("cdk.out/asset.1"), layers: [], layer: Configuration.Layer())
    let found = CDKSources(try ProjectTree(folder.path, jobs: 1)).traced(function)
    let prefix = folder.path.utf8.count + 1
    return (
      String(found.folder.dropFirst(prefix)),
      found.layer.environment?.first.map { String($0.value.dropFirst(prefix)) }
    )
  }

  @Test func `has the sources of the folder that it was made from`() throws {
    let found = try traced()
    #expect(found.folder == "functions/orders" && found.environment == nil)
  }

  @Test func `is its own source where the other was edited since`() throws {
    #expect(try traced { $0["functions/orders/prices.py"] = "A = 2\n" }.folder == "cdk.out/asset.1")
  }

  @Test func `is its own source where a file of it is nowhere else, or two folders have all`()
    throws
  {
    #expect(try traced { $0["cdk.out/asset.1/made.py"] = "" }.folder == "cdk.out/asset.1")
    #expect(
      try traced {
        $0["copy/index.py"] = "import prices\n"
        $0["copy/prices.py"] = "A = 1\n"
      }.folder == "cdk.out/asset.1")
  }

  @Test func `is the environment where requirements were installed into it`() throws {
    let found = try traced {
      $0["cdk.out/asset.1/tea.py"] = ""
      $0["cdk.out/asset.1/tea-1.0.dist-info/METADATA"] = "Name: tea\nVersion: 1.0\n"
    }
    #expect(found.folder == "functions/orders" && found.environment == "cdk.out/asset.1")
  }
}
