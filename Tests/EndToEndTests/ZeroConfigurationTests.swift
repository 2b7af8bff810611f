import Files
import TestKit
import Testing

/// Projects that say nothing to pare: from what they are deployed with to archives that run.
@Suite struct `Without a line of configuration` {
  private func project(_ name: String) throws -> Folder {
    let folder = try Folder()
    try folder.copy("\(TestProject.folder)/\(name)/project", to: "project")
    return folder
  }

  @Test(.enabled(if: Python.python312 != nil, "no Python 3.12 here"))
  func `a SAM project's functions are packaged and pass`() throws {
    let folder = try project("sam-templates")
    let packaged = try Tool.run(["package", "-C", folder("project")], in: folder.path)
    #expect(packaged.exitCode == 0, "\(packaged.errors)")
    let names = ["GetOrder", "Invoice", "PutOrder", "weeklyJob"]
    let judged = try Tool.run(["verify", "-C", folder("project")] + names, in: folder.path)
    #expect(judged.exitCode == 0, "\(judged.output)\(judged.errors)")
    for name in names { #expect(judged.output.contains("\(name)"), "\(name)") }
  }

  @Test(
    .enabled(
      if: Python.python312 != nil && PyPI.isReachable, "no Python 3.12, or PyPI is out of reach"))
  func `what the provider's runtime has is there when a handler is verified`() throws {
    let folder = try project("sam-templates")
    let packaged = try Tool.run(
      ["package", "-C", folder("project"), "nightlyJob"], in: folder.path)
    #expect(packaged.exitCode == 0 && packaged.errors.isEmpty, "\(packaged.errors)")
    #expect(try members(of: folder("project/dist/nightlyJob.zip")) == ["jobs/nightly.py"])
    let judged = try Tool.run(["verify", "-C", folder("project"), "nightlyJob"], in: folder.path)
    #expect(judged.exitCode == 0, "\(judged.output)\(judged.errors)")
  }

  @Test(.enabled(if: Python.python312 != nil, "no Python 3.12 here"))
  func `a service of the Serverless Framework is packaged and passes`() throws {
    let folder = try project("serverless-framework")
    try folder.write(#"{"currency": "eur"}"#, to: "event.json")
    let packaged = try Tool.run(["package", "-C", folder("project")], in: folder.path)
    #expect(packaged.exitCode == 0, "\(packaged.errors)")
    let judged = try Tool.run(["verify", "-C", folder("project")], in: folder.path)
    #expect(judged.exitCode == 0, "\(judged.output)\(judged.errors)")
    let called = try Tool.run(
      ["verify", "order", "-C", folder("project"), "--event", folder("event.json")], in: folder.path
    )
    #expect(called.output.contains("answer: 1.1"), "\(called.output)\(called.errors)")
  }

  @Test func `the project is found from a folder inside it`() throws {
    let folder = try project("sam-templates")
    let listed = try Tool.run(["list"], in: folder("project/functions/invoice"))
    #expect(listed.exitCode == 0 && listed.output.contains("GetOrder"), "\(listed.errors)")
  }

  @Test func `a configuration refines what is found, key by key`() throws {
    let folder = try project("sam-templates")
    try folder.write(
      """
      architecture = "arm64"
      [functions.Invoice]
      runtime = "python3.11"
      [functions.orders]
      handler = "src/orders/handlers.py:get"
      """, to: "project/pare.toml")
    let listed = try Tool.run(["list", "-C", folder("project")], in: folder.path)
    #expect(listed.exitCode == 0, "\(listed.errors)")
    let lines = listed.output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(
      lines.first { $0[0] == "Invoice" }?[1...3]
        == ["app.lambda_handler", "aws-lambda", "python3.11"])
    // The same handler, under the name that the configuration gives it.
    #expect(lines.contains { $0[0] == "orders" } && !lines.contains { $0[0] == "GetOrder" })
    #expect(lines.contains { $0[0] == "PutOrder" })
  }

  @Test func `discover says where to look, and nowhere else is looked`() throws {
    let folder = try project("sam-templates")
    try folder.write(
      "discover = [\"services/*/stack.yaml\", \"functions/*/app.py:lambda_handler\"]\n",
      to: "project/pare.toml")
    let listed = try Tool.run(["list", "-C", folder("project")], in: folder.path)
    let names = listed.output.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").first
    }
    #expect(
      names.filter { $0 != "2" } == ["invoice", "nightlyJob", "weeklyJob"], "\(listed.output)")
  }

  @Test func `a second run finds nothing to do, until a template changes`() throws {
    let folder = try project("sam-templates")
    let cache = try Folder()
    let arguments = ["package", "-C", folder("project")]
    _ = try Tool.run(arguments, in: folder.path, cache: cache.path)
    let again = try Tool.run(arguments, in: folder.path, cache: cache.path)
    #expect(again.output.contains("nothing has changed"), "\(again.output)")
    let text = try folder.text("project/template.yaml")
    try folder.write(
      text.replacing("Handler: orders.handlers.put", with: "Handler: orders.audit.note"),
      to: "project/template.yaml")
    let changed = try Tool.run(arguments, in: folder.path, cache: cache.path)
    #expect(!changed.output.contains("nothing has changed"))
    #expect(!(try members(of: folder("project/dist/PutOrder.zip"))).contains("orders/handlers.py"))
  }

  @Test func `nothing to package is said, with where it was looked for`() throws {
    let folder = try Folder(["pyproject.toml": "[project]\n", "app.py": ""])
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("no-configuration") && run.errors.contains("serverless.yml"))
    #expect(run.errors.contains("handler ="))
  }
}
