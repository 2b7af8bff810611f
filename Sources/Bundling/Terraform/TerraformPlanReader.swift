import Files
import Model
import Text

/// Reads the functions of a plan. Paths in it are relative to the folder in which Terraform ran, which is
/// taken to be the one that the plan lies in.
struct TerraformPlanReader {
  private let plan: TerraformPlan
  private let folder: String
  private let languages: [String]
  private(set) var found = Descriptions()

  /// - Parameter folder: absolute path of the plan's folder.
  init(_ plan: TerraformPlan, in folder: String, languages: [String]) {
    self.plan = plan
    self.folder = folder
    self.languages = languages
    for resource in plan.resources {
      switch resource.type {
      case "aws_lambda_function": readAWS(resource)
      case "google_cloudfunctions_function": readGoogle(resource, build: resource.values, [])
      case "google_cloudfunctions2_function":
        readGoogle(
          resource, build: resource["build_config"]?.array?.first?.table ?? DatumTable(),
          ["build_config"])
      default: break
      }
    }
    found.files = found.functions.isEmpty && found.passedOver.isEmpty ? 0 : 1
  }

  private mutating func passOver(
    _ name: String, _ reason: Descriptions.PassedOver.Reason, _ why: String,
    at location: SourceLocation
  ) {
    found.passedOver.append(.init(name: name, reason: reason))
    found.diagnostics.append(.passedOver(name, why, at: location))
  }

  // MARK: AWS Lambda

  private mutating func readAWS(_ resource: TerraformPlan.Resource) {
    let name = resource.functionName
    if resource["package_type"]?.string == "Image" || resource["image_uri"] != nil {
      return passOver(name, .image, "is a container image", at: resource.location)
    }
    guard var layer = layer(resource["runtime"], .awsLambda, name, resource) else { return }
    if let written = resource["architectures"]?.array?.first {
      if let architecture = written.string.flatMap(Architecture.init(rawValue:)) {
        layer.architecture = .init(value: architecture, location: written.location)
      } else {
        found.diagnostics.append(
          .unknownArchitecture(
            of: name, "it is none that AWS Lambda has", at: written.location))
      }
    }
    if resource["layers"]?.array?.isEmpty == false || plan.isWritten("layers", of: resource) {
      found.diagnostics.append(
        .layerNotRead(
          nil, of: name, at: resource["layers"]?.location ?? resource.location))
    }
    guard
      let code = code(
        of: resource, named: resource["filename"], ["filename"],
        object: resource["s3_key"], ["s3_key"])
    else { return }
    guard let handler = resource["handler"] else {
      found.diagnostics.append(.missingProperty("handler", of: name, at: resource.location))
      return
    }
    add(resource, handler.string ?? "", at: handler.location, code, layer)
  }

  // MARK: Google

  private mutating func readGoogle(
    _ resource: TerraformPlan.Resource, build: DatumTable, _ path: [String]
  ) {
    let name = resource.functionName
    guard let layer = layer(build["runtime"], .googleCloudFunctions, name, resource) else { return }
    let source = build["source"]?.array?.first?.table?["storage_source"]?.array?.first?.table
    let object = source?["object"] ?? resource["source_archive_object"]
    let place =
      path.isEmpty ? ["source_archive_object"] : path + ["source", "storage_source", "object"]
    guard let code = code(of: resource, named: nil, [], object: object, place) else { return }
    guard let entryPoint = build["entry_point"], let written = entryPoint.string else {
      found.diagnostics.append(.missingProperty("entry_point", of: name, at: resource.location))
      return
    }
    add(resource, "main.\(written)", at: entryPoint.location, code, layer)
  }

  // MARK: Of all

  private static let objects = [
    "aws_s3_object", "aws_s3_bucket_object", "google_storage_bucket_object",
  ]

  /// The folder of an archive's content; nil, with a note, where the plan does not have it.
  private mutating func code(
    of resource: TerraformPlan.Resource, named filename: Datum?, _ filePath: [String],
    object: Datum?, _ objectPath: [String]
  ) -> Configuration.Located<String>? {
    let name = resource.functionName
    var archive = filename
    var uploaded: TerraformPlan.Resource?
    if archive == nil {
      uploaded =
        object?.string.flatMap { key in
          plan.resources.first {
            Self.objects.contains($0.type) && ($0["key"] ?? $0["name"])?.string == key
          }
        } ?? plan.referred(by: resource, objectPath, types: Self.objects)
      archive = uploaded?["source"]
    }
    if let written = archive?.string {
      let path = FileSystem.absolute(written, in: folder)
      let made = plan.resources.first { other in
        other.type == "archive_file"
          && other["output_path"]?.string.map { FileSystem.absolute($0, in: folder) } == path
      }
      if let made { return content(of: made, name) }
    }
    // The name of the archive may be known only after something was applied.
    let made =
      (filePath.isEmpty ? nil : plan.referred(by: resource, filePath, types: ["archive_file"]))
      ?? uploaded.flatMap { plan.referred(by: $0, ["source"], types: ["archive_file"]) }
    if let made { return content(of: made, name) }
    if let source = plan.calls[TerraformPlan.withoutKeys(resource.module)]?["source_path"] {
      return published(source, name)
    }
    if let archive, let written = archive.string {
      passOver(
        name, .builtElsewhere, "takes its code from the archive '\(written)'", at: archive.location)
    } else if let object {
      passOver(name, .builtElsewhere, "takes its code from a bucket", at: object.location)
    } else {
      passOver(
        name, .unknown, "has its code where the plan does not say it yet", at: resource.location)
    }
    return nil
  }

  private mutating func content(
    of archive: TerraformPlan.Resource, _ name: String
  ) -> Configuration.Located<String>? {
    if let folder = archive["source_dir"], let path = folder.string {
      return .init(value: path, location: folder.location)
    }
    if let file = archive["source_file"], let path = file.string {
      return .init(
        value: FileSystem.absolute("..", in: FileSystem.absolute(path, in: folder)),
        location: file.location)
    }
    passOver(
      name, .inlineCode, "has its code in an archive of single texts", at: archive.location)
    return nil
  }

  /// `source_path` of terraform-aws-modules/lambda: a path, or a list of which the first has the code.
  ///
  /// Source: https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws/latest
  private mutating func published(
    _ expression: Datum, _ name: String
  ) -> Configuration.Located<String>? {
    var value = expression.table?["constant_value"]
    if let first = value?.array?.first { value = first }
    if let path = value?.table?["path"] { value = path }
    guard let value, let path = value.string else {
      passOver(
        name, .unknown, "has its code where the plan does not say it: 'source_path' is computed",
        at: expression.location)
      return nil
    }
    let location = FileSystem.absolute(path, in: folder)
    return .init(
      value: FileSystem.isFile(location) ? FileSystem.absolute("..", in: location) : path,
      location: value.location)
  }

  /// Nil where the function is of another language, or cannot be packaged for its runtime.
  private mutating func layer(
    _ runtime: Datum?, _ provider: Provider.Name, _ name: String, _ resource: TerraformPlan.Resource
  ) -> Configuration.Layer? {
    var layer = Configuration.Layer()
    layer.provider = .init(value: provider, location: resource.location)
    layer.sourceRoots = []
    let location = runtime?.location ?? resource.location
    guard let written = runtime?.string else {
      found.diagnostics.append(
        .unknownRuntime(of: name, "the plan does not say it", at: location))
      return layer
    }
    guard let language = languages.first(where: written.hasPrefix) else {
      passOver(name, .language(written), "runs on '\(written)'", at: location)
      return nil
    }
    guard let read = Runtime(terraform: written, language: language) else {
      found.diagnostics.append(
        .runtimeNotSupported(
          written, of: name, known: Providers.runtimes(of: languages), at: location))
      return nil
    }
    layer.runtime = .init(value: read, location: location)
    return layer
  }

  private mutating func add(
    _ resource: TerraformPlan.Resource, _ handler: String, at location: SourceLocation,
    _ code: Configuration.Located<String>, _ layer: Configuration.Layer
  ) {
    let name = resource.functionName
    guard ConfigurationReader.canNameFile(name) else {
      found.diagnostics.append(.badFunctionName(name, at: resource.location))
      return
    }
    let path = FileSystem.absolute(code.value, in: folder)
    guard FileSystem.isFolder(path) else {
      found.diagnostics.append(.noCodeFolder(code.value, of: name, at: code.location))
      return
    }
    found.functions.append(
      DescribedFunction(
        name: name, id: name, handler: .init(value: handler, location: location),
        origin: resource.location, code: code, folder: path, layers: [], layer: layer))
  }
}

extension Runtime {
  /// As AWS Lambda spells it or, for Google, without the dot: `python312`.
  init?(terraform written: String, language: String) {
    let version = written.dropFirst(language.count)
    let spelled =
      version.contains(".") ? written : "\(language)\(version.prefix(1)).\(version.dropFirst())"
    guard let known = Providers.runtimes(of: [language]).first(where: { $0.description == spelled })
    else { return nil }
    self = known
  }
}
