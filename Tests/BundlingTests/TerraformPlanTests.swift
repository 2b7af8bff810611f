import Model
import TestKit
import Testing
import Text

@testable import Bundling

private func planned(_ plan: String, _ files: [String: String] = [:]) throws -> Descriptions {
  var all = files
  all["plan.json"] = "{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.8\", \(plan)}"
  let folder = try Folder(all)
  return TerraformPlans.run(
    in: try ProjectTree(folder.path, jobs: 1), named: [Glob("*.json")], languages: ["python"]
  ).found
}

private func resource(
  _ type: String, _ name: String, mode: String = "managed", index: String? = nil, _ values: String
) -> String {
  let index = index.map { ", \"index\": \($0)" } ?? ""
  return """
    {"mode": "\(mode)", "type": "\(type)", "name": "\(name)"\(index), "values": {\(values)}}
    """
}

private func root(_ resources: [String], _ more: String = "") -> String {
  "{\"resources\": [\(resources.joined(separator: ", "))]\(more)}"
}

private let archive = resource(
  "archive_file", "orders", mode: "data",
  "\"source_dir\": \"./src\", \"output_path\": \"build/orders.zip\"")

@Suite struct `A plan of Terraform's` {
  @Test func `has functions with their values, and the folders that their archives are made of`()
    throws
  {
    let function = resource(
      "aws_lambda_function", "shop", index: "\"orders\"",
      "\"filename\": \"./build/orders.zip\", \"handler\": \"app.handler\", \"runtime\": \"python3.11\", "
        + "\"architectures\": [\"arm64\"]")
    let found = try planned(
      "\"planned_values\": {\"root_module\": \(root([function]))}, "
        + "\"prior_state\": {\"values\": {\"root_module\": \(root([archive]))}}",
      ["src/app.py": ""])
    let read = try #require(found.functions.first)
    #expect(found.functions.count == 1 && found.files == 1)
    #expect(read.name == "shop-orders" && read.handler.value == "app.handler")
    #expect(read.folder.hasSuffix("/src"))
    #expect(read.layer.runtime?.value.description == "python3.11")
    #expect(read.layer.architecture?.value == .arm64)
    #expect(read.origin.path == "plan.json" && read.origin.line == 1)
    #expect(found.diagnostics.isEmpty)
  }

  @Test func `names an archive that is only known later by what the configuration refers to`()
    throws
  {
    let function = resource(
      "aws_lambda_function", "this", index: "0",
      "\"handler\": \"app.handler\", \"runtime\": \"python3.12\"")
    let found = try planned(
      """
      "planned_values": {"root_module": {"child_modules": [
        {"address": "module.shop[\\"eu\\"]", "resources": [\(function), \(archive)]}]}},
      "configuration": {"root_module": {"module_calls": {"shop": {"module": {"resources": [
        {"address": "aws_lambda_function.this", "expressions": {"filename": {"references":
          ["data.archive_file.orders.output_path", "data.archive_file.orders"]}}}]}}}}}
      """, ["src/app.py": ""])
    #expect(found.functions.map(\.name) == ["shop-eu"])
    #expect(found.functions.first?.folder.hasSuffix("/src") == true)
  }

  @Test func `has the source of the published module in what it was called with`() throws {
    let function = resource(
      "aws_lambda_function", "this", index: "0",
      "\"handler\": \"app.handler\", \"runtime\": \"python3.12\"")
    let found = try planned(
      """
      "planned_values": {"root_module": {"child_modules": [
        {"address": "module.report", "resources": [\(function)]}]}},
      "configuration": {"root_module": {"module_calls": {"report": {"expressions": {
        "source_path": {"constant_value": [{"path": "./src"}]}}}}}}
      """, ["src/app.py": ""])
    #expect(found.functions.map(\.name) == ["report"])
  }

  @Test func `has Google's functions, whose object is what was uploaded`() throws {
    let object = resource(
      "google_storage_bucket_object", "code",
      "\"name\": \"hello-1.zip\", \"source\": \"build/orders.zip\"")
    let second = resource(
      "google_cloudfunctions2_function", "hello",
      """
      "build_config": [{"runtime": "python312", "entry_point": "hello", "source": [
        {"storage_source": [{"bucket": "code", "object": "hello-1.zip"}]}]}]
      """)
    let first = resource(
      "google_cloudfunctions_function", "old",
      "\"runtime\": \"python312\", \"entry_point\": \"old\", \"source_archive_object\": \"hello-1.zip\""
    )
    let found = try planned(
      "\"planned_values\": {\"root_module\": \(root([archive, object, second, first]))}",
      ["src/main.py": ""])
    #expect(
      found.functions.map { "\($0.name) \($0.handler.value)" } == [
        "hello main.hello", "old main.old",
      ])
    #expect(
      found.functions.allSatisfy {
        $0.layer.provider?.value == .googleCloudFunctions
          && $0.layer.runtime?.value.description == "python3.12"
      })
  }

  @Test(arguments: [
    ("\"package_type\": \"Image\"", "'f' is a container image, and is not packaged"),
    (
      "\"runtime\": \"nodejs20.x\", \"filename\": \"x.zip\"",
      "'f' runs on 'nodejs20.x', and is not packaged"
    ),
    (
      "\"runtime\": \"python3.12\", \"filename\": \"x.zip\"",
      "'f' takes its code from the archive 'x.zip', and is not packaged"
    ),
    (
      "\"runtime\": \"python3.12\", \"s3_key\": \"x.zip\"",
      "'f' takes its code from a bucket, and is not packaged"
    ),
    (
      "\"runtime\": \"python3.12\"",
      "'f' has its code where the plan does not say it yet, and is not packaged"
    ),
  ])
  func `says what is passed over, and why`(values: String, note: String) throws {
    let found = try planned(
      "\"planned_values\": {\"root_module\": \(root([resource("aws_lambda_function", "f", values)]))}"
    )
    #expect(found.functions.isEmpty && found.passedOver.count == 1)
    #expect(found.diagnostics.map(\.message) == [note])
  }

  @Test func `of another format is an error, and a cut one too`() throws {
    let folder = try Folder([
      "new.json": "{\"format_version\": \"2.0\", \"terraform_version\": \"3.0.0\", \"x\": 1}",
      "cut.json": "{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.8\", \"planned_",
      "other.json": "{\"a\": 1}",
    ])
    let (found, files) = TerraformPlans.run(
      in: try ProjectTree(folder.path, jobs: 1), named: [Glob("*.json")], languages: ["python"])
    #expect(files.map(\.string).sorted() == ["cut.json", "new.json"])
    #expect(found.diagnostics.count == 2 && found.diagnostics.allSatisfy { $0.severity == .error })
    #expect(
      found.diagnostics.contains {
        $0.message == "'new.json' is of format 2.0, which has no planned values that are known"
      })
    // An old one must not be taken for what is there.
    let (unnamed, none) = TerraformPlans.run(
      in: try ProjectTree(folder.path, jobs: 1), named: nil, languages: ["python"])
    #expect(unnamed.functions.isEmpty && none.isEmpty)
  }
}
