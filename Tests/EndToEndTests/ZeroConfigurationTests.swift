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

  @Test(
    .enabled(if: Python.python312 != nil, "no Python 3.12 here"),
    arguments: [
      "cdk-python-function", "poetry-lock", "serverless-compose", "src-layout", "uv-workspace",
    ])
  func `each shape of project is packaged and passes`(_ name: String) throws {
    let folder = try project(name)
    let packaged = try Tool.run(["package", "-C", folder("project")], in: folder.path)
    #expect(packaged.exitCode == 0 && packaged.errors.isEmpty, "\(packaged.errors)")
    let judged = try Tool.run(["verify", "-C", folder("project")], in: folder.path)
    #expect(judged.exitCode == 0, "\(judged.output)\(judged.errors)")
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

  @Test func `init writes what is found as comments, once`() throws {
    let folder = try project("sam-templates")
    let made = try Tool.run(["init", "-C", folder("project")], in: folder.path)
    #expect(made.exitCode == 0, "\(made.errors)")
    #expect(made.output.hasPrefix("5 functions in 2 files, 1 environment\n"), "\(made.output)")
    let text = try folder.text("project/pare.toml")
    #expect(text.contains("# [functions.Invoice]"))
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
    // It changes nothing.
    let listed = try Tool.run(["list", "-C", folder("project")], in: folder.path)
    #expect(listed.output.contains("5 functions in 2 files"), "\(listed.errors)")
    // A table is taken as it stands.
    try folder.write(
      text.replacing(
        "# [functions.Invoice]", with: "[functions.Invoice]\nruntime = \"python3.11\""),
      to: "project/pare.toml")
    let refined = try Tool.run(["list", "-C", folder("project")], in: folder.path)
    #expect(refined.output.contains("python3.11"), "\(refined.errors)")
    let again = try Tool.run(["init", "-C", folder("project")], in: folder.path)
    #expect(again.exitCode == 2 && again.errors.contains("configuration-exists"))
    #expect(try folder.text("project/pare.toml").contains("runtime = \"python3.11\""))
  }

  @Test func `init names the points that only the team can settle`() throws {
    let folder = try project("sam-template-mistakes")
    let made = try Tool.run(["init", "-C", folder("project")], in: folder.path)
    #expect(made.output.contains("points need you"), "\(made.output)")
    #expect(made.errors.contains("template.yaml:13:65"))
  }

  @Test
  func `init makes tables of the handlers that the sources have, where nothing describes any`()
    throws
  {
    let folder = try Folder([
      "jobs/nightly/main.py": "def handler(event, context):\n    return 1\n",
      "jobs/weekly/main.py": "def lambda_handler(event, context):\n    return 1\n",
      "jobs/rates.py": "x = 1\n", "tests/test_main.py": "def handler(): pass\n",
    ])
    let made = try Tool.run(["init"], in: folder.path)
    #expect(made.output.hasPrefix("2 functions\n"), "\(made.output)\(made.errors)")
    let packaged = try Tool.run(["package"], in: folder.path)
    #expect(packaged.exitCode == 0, "\(packaged.errors)")
    #expect(folder.has("dist/nightly.zip") && folder.has("dist/weekly.zip"))
  }

  @Test func `doctor says what is complete and what is missing`() throws {
    let folder = try project("sam-templates")
    let well = try Tool.run(["doctor", "Invoice", "-C", folder("project")], in: folder.path)
    #expect(
      well.output.contains(".venv: 1 distribution, complete for python3.12 on x86_64, for Invoice"),
      "\(well.output)")
    try folder.write("environment = \".venv\"\n", to: "project/pare.toml")
    try folder.write("Ledger==1.0\nother\n", to: "project/functions/invoice/requirements.txt")
    let ill = try Tool.run(["doctor", "Invoice", "-C", folder("project")], in: folder.path)
    #expect(ill.exitCode == 1)
    #expect(ill.output.contains("asked for and not there: other"), "\(ill.output)")
  }

  @Test func `nothing to package is said, with where it was looked for`() throws {
    let folder = try Folder(["pyproject.toml": "[project]\n", "app.py": ""])
    let run = try Tool.run(["package"], in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("no-configuration") && run.errors.contains("serverless.yml"))
    #expect(run.errors.contains("handler ="))
  }

  @Test func `where all that is described is built elsewhere, that is said, and what to do`() throws
  {
    let folder = try Folder([
      "main.tf": """
      resource "aws_lambda_function" "orders" {
        filename = "orders.zip"
        handler  = "orders.handler"
        runtime  = "python3.12"
      }

      """
    ])
    let run = try Tool.run(["package", "--verbose"], in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("no function that is described"), "\(run.errors)")
    #expect(
      run.errors.contains(
        "hint: if the code is in this project, say so in 'pare.toml': functions.orders"))
  }
}
