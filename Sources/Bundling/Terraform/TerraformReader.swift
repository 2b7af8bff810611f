import Files
import Model
import Text

/// Reads the functions of one Terraform module, and those of the modules that it names.
///
/// Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function,
/// https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file,
/// https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws/latest and
/// https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloudfunctions2_function
struct TerraformReader {
  let languages: [String]
  private var module: TerraformModule
  private(set) var found = Descriptions()

  init(_ module: TerraformModule, languages: [String]) {
    self.languages = languages
    self.module = module
    for (address, block) in module.resources {
      switch address.type {
      case "aws_lambda_function":
        each(block) { $0.readAWS(block, $1, resource: address.name) }
      case "google_cloudfunctions_function", "google_cloudfunctions2_function":
        each(block) { $0.readGoogle(block, $1) }
      default: break
      }
    }
    for block in module.modules where isPublishedModule(block) {
      each(block) { $0.readPublished(block, $1) }
    }
    found.files = found.functions.isEmpty && found.passedOver.isEmpty ? 0 : 1
  }

  /// `source = "terraform-aws-modules/lambda/aws"`
  private mutating func isPublishedModule(_ block: HCLBody.Block) -> Bool {
    module.value(block.body["source"]).text?.contains("terraform-aws-modules/lambda") == true
  }

  /// Once for each function of a block: `for_each` over a table that is written down makes several.
  private mutating func each(
    _ block: HCLBody.Block, _ body: (inout TerraformReader, String) -> Void
  ) {
    let name = block.labels[block.labels.count - 1]
    if block.body["count"] != nil {
      found.diagnostics.append(.countNotRead(name, at: block.location))
    }
    guard let written = block.body["for_each"] else { return body(&self, name) }
    let entries: [(key: String, value: TerraformValue)]
    switch module.value(written) {
    case .map(let known): entries = known
    case .list(let elements):
      entries = elements.compactMap { element in element.text.map { ($0, element) } }
    case let other:
      return passOver(
        name, .unknown,
        "is made for each of what is not known: \(other.unknown ?? "it is no table")",
        at: written.location)
    }
    for entry in entries {
      module.each = entry
      body(&self, "\(name)-\(entry.key)")
    }
    module.each = nil
  }

  private mutating func passOver(
    _ name: String, _ reason: Descriptions.PassedOver.Reason, _ why: String,
    at location: SourceLocation
  ) {
    found.passedOver.append(.init(name: name, reason: reason))
    found.diagnostics.append(.passedOver(name, why, at: location, reason: reason))
  }

  // MARK: AWS Lambda

  private mutating func readAWS(_ block: HCLBody.Block, _ name: String, resource: String) {
    let body = block.body
    if module.value(body["package_type"]).text == "Image" || body["image_uri"] != nil {
      return passOver(name, .image, "is a container image", at: block.location)
    }
    guard let layer = layer(body["runtime"], body["architectures"], .awsLambda, name, block) else {
      return
    }
    if let layers = body["layers"] {
      found.diagnostics.append(.layerNotRead(nil, of: name, at: layers.location))
    }
    guard let written = body["filename"] ?? uploaded(body["s3_key"]) else {
      let hasCode = body["s3_key"] != nil || body["s3_bucket"] != nil
      return hasCode
        ? passOver(name, .builtElsewhere, "takes its code from a bucket", at: block.location)
        : found.diagnostics.append(.missingProperty("filename", of: name, at: block.location))
    }
    guard let code = code(written, of: name) else { return }
    add(name, body["handler"], code, layer, block)
  }

  /// `s3_key = aws_s3_object.orders.key`, whose archive the same module uploads; nil for any other key.
  private mutating func uploaded(_ key: HCLExpression?) -> HCLExpression? {
    guard case .attribute(let address, _) = module.value(key),
      ["aws_s3_object", "aws_s3_bucket_object"].contains(address.type),
      module.body(of: address)?["source"] != nil
    else { return nil }
    return key
  }

  /// The folder of an archive's content; nil, with a diagnostic, where that is not known.
  private mutating func code(
    _ expression: HCLExpression, of name: String
  ) -> Configuration.Located<String>? {
    switch module.value(expression) {
    case .attribute(let address, _):
      guard let body = module.body(of: address) else { break }
      if address.type == "archive_file" { return content(of: body, at: expression.location, name) }
      // `google_storage_bucket_object.code.name`: what was uploaded.
      if ["google_storage_bucket_object", "aws_s3_object", "aws_s3_bucket_object"]
        .contains(address.type), let source = body["source"]
      {
        return code(source, of: name)
      }
      passOver(
        name, .unknown, "takes its code from '\(address.type).\(address.name)'",
        at: expression.location)
    case .text(let path):
      // The archive that an `archive_file` makes may be named as text.
      for source in module.dataSources where source.address.type == "archive_file" {
        guard let output = module.value(source.body["output_path"]).text,
          absolute(output) == absolute(path)
        else { continue }
        return content(of: source.body, at: expression.location, name)
      }
      passOver(
        name, .builtElsewhere, "takes its code from the archive '\(shown(path))'",
        at: expression.location)
    case .unknown(let why):
      passOver(
        name, .unknown, "has its code where nobody knows: \(why)", at: expression.location)
    default:
      passOver(
        name, .unknown, "has its code where nobody knows: it is no path", at: expression.location)
    }
    return nil
  }

  private mutating func content(
    of archive: HCLBody, at location: SourceLocation, _ name: String
  ) -> Configuration.Located<String>? {
    for (key, isFile) in [("source_dir", false), ("source_file", true)] {
      guard let written = archive[key] else { continue }
      let value = module.value(written)
      guard let path = value.text else {
        passOver(
          name, .unknown, "has its code where nobody knows: \(value.unknown ?? "it is no path")",
          at: written.location)
        return nil
      }
      let folder = isFile ? FileSystem.absolute("..", in: absolute(path)) : path
      return .init(value: folder, location: written.location)
    }
    passOver(name, .inlineCode, "has its code in an archive of single texts", at: location)
    return nil
  }

  // MARK: terraform-aws-modules/lambda

  private mutating func readPublished(_ block: HCLBody.Block, _ name: String) {
    let body = block.body
    for key in ["create_function", "create"] where module.value(body[key]).text == "false" {
      return
    }
    // `create = var.create_function && !var.create_layer`
    if module.value(body["create_layer"]).text == "true" { return }
    if module.value(body["package_type"]).text == "Image" {
      return passOver(name, .image, "is a container image", at: block.location)
    }
    guard let layer = layer(body["runtime"], body["architectures"], .awsLambda, name, block) else {
      return
    }
    guard let written = body["source_path"] else {
      return passOver(
        name, .builtElsewhere, "takes its code from elsewhere", at: block.location)
    }
    var value = module.value(written)
    // `[{ path = "../src", … }]`: the first one is where its own code lies.
    if case .list(let elements) = value, let first = elements.first { value = first }
    if case .map(let entries) = value {
      value = entries.first { $0.key == "path" }?.value ?? .unknown("it has no 'path'")
    }
    guard let path = value.text else {
      return passOver(
        name, .unknown, "has its code where nobody knows: \(value.unknown ?? "it is no path")",
        at: written.location)
    }
    let isFile = FileSystem.isFile(absolute(path))
    add(
      name, body["handler"],
      .init(
        value: isFile ? FileSystem.absolute("..", in: absolute(path)) : path,
        location: written.location), layer, block)
  }

  // MARK: Google

  private mutating func readGoogle(_ block: HCLBody.Block, _ name: String) {
    let body = block.body
    let build = body.blocks("build_config").first?.body ?? body
    let source = build.blocks("source").first?.body.blocks("storage_source").first?.body
    guard
      let layer = layer(build["runtime"], nil, .googleCloudFunctions, name, block),
      let object = source?["object"] ?? body["source_archive_object"]
    else { return }
    guard let code = code(object, of: name) else { return }
    guard let entryPoint = build["entry_point"] else {
      found.diagnostics.append(.missingProperty("entry_point", of: name, at: block.location))
      return
    }
    add(name, entryPoint, code, layer, block, module: "main")
  }

  // MARK: Of all

  /// Nil where the function is of another language, or cannot be packaged for its runtime.
  private mutating func layer(
    _ runtime: HCLExpression?, _ architectures: HCLExpression?, _ provider: Provider.Name,
    _ name: String, _ block: HCLBody.Block
  ) -> Configuration.Layer? {
    var layer = Configuration.Layer()
    layer.provider = .init(value: provider, location: block.location)
    layer.sourceRoots = []
    let location = runtime?.location ?? block.location
    let value = module.value(runtime)
    if let written = value.text {
      guard let language = languages.first(where: written.hasPrefix) else {
        passOver(name, .language(written), "runs on '\(written)'", at: location)
        return nil
      }
      let known = Providers.runtimes(of: languages)
      guard let read = Runtime(terraform: written, language: language) else {
        found.diagnostics.append(
          .runtimeNotSupported(written, of: name, known: known, at: location))
        return nil
      }
      layer.runtime = .init(value: read, location: location)
    } else {
      found.diagnostics.append(
        .unknownRuntime(
          of: name, value.unknown ?? "the file does not say it", at: location))
    }
    if let architectures {
      var value = module.value(architectures)
      if case .list(let elements) = value { value = elements.first ?? .nothing }
      if let architecture = value.text.flatMap({ Architecture(rawValue: $0) }) {
        layer.architecture = .init(value: architecture, location: architectures.location)
      } else {
        found.diagnostics.append(
          .unknownArchitecture(
            of: name, value.unknown ?? "it is none that AWS Lambda has", at: architectures.location)
        )
      }
    }
    return layer
  }

  private mutating func add(
    _ name: String, _ handler: HCLExpression?, _ code: Configuration.Located<String>,
    _ layer: Configuration.Layer, _ block: HCLBody.Block, module handlerModule: String? = nil
  ) {
    guard ConfigurationReader.canNameFile(name) else {
      found.diagnostics.append(.badFunctionName(name, at: block.location))
      return
    }
    guard let handler else {
      found.diagnostics.append(.missingProperty("handler", of: name, at: block.location))
      return
    }
    let value = module.value(handler)
    guard let written = value.text else {
      return passOver(
        name, .unknown, "has a handler that nobody knows: \(value.unknown ?? "it is no text")",
        at: handler.location)
    }
    let folder = absolute(code.value)
    guard FileSystem.isFolder(folder) else {
      found.diagnostics.append(
        .noCodeFolder(
          shown(code.value), of: name, at: code.location,
          hint: "a path without '${path.module}' is taken from the folder that Terraform runs in"))
      return
    }
    found.functions.append(
      DescribedFunction(
        name: name, id: name,
        handler: .init(
          value: handlerModule.map { "\($0).\(written)" } ?? written, location: handler.location),
        origin: block.location, code: code, folder: folder, layers: [], layer: layer))
  }

  /// A path without `path.module` is taken from where Terraform runs, also in a module that another one names.
  ///
  /// Source: https://developer.hashicorp.com/terraform/language/expressions/references#filesystem-and-workspace-info
  private func absolute(_ path: String) -> String { FileSystem.absolute(path, in: module.top) }

  /// As it is written, without the folder that `path.module` stands for.
  private func shown(_ path: String) -> String {
    path.hasPrefix(module.folder + "/") ? String(path.dropFirst(module.folder.count + 1)) : path
  }
}
