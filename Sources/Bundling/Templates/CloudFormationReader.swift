import Files
import Model
import YAML

/// Reads the functions of one AWS SAM or CloudFormation template.
///
/// Sources: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
/// and https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
struct CloudFormationReader {
  /// A template that this one deploys as part of itself.
  struct Nested {
    /// Relative to the template's folder, as it is written.
    let file: String
    let location: SourceLocation
    let parameters: [String: TemplateValue]
  }

  /// Absolute path of the template's folder.
  let folder: String
  let languages: [String]
  var scope: TemplateScope
  private(set) var found = Descriptions()
  private(set) var nested: [Nested] = []
  private let globals: [YAMLNode.Entry]
  private var resources: [String: YAMLNode] = [:]
  /// Of the function that is read: absolute paths of layers that are archives.
  private var layerArchives: [String] = []

  init(
    _ template: YAMLNode, in folder: String, languages: [String],
    given: [String: TemplateValue] = [:]
  ) {
    self.folder = folder
    self.languages = languages
    scope = TemplateScope(template, given: given)
    globals = template["Globals"]?["Function"]?.mapping ?? []
    let entries = template["Resources"].map { scope.entries(of: $0) } ?? []
    for entry in entries { resources[entry.key] = entry.value }
    for entry in entries {
      switch entry.value["Type"]?.text {
      case "AWS::Serverless::Function": readFunction(entry, isServerless: true)
      case "AWS::Lambda::Function": readFunction(entry, isServerless: false)
      case "AWS::Serverless::Application": readNested(entry, key: "Location")
      case "AWS::CloudFormation::Stack": readNested(entry, key: "TemplateURL")
      default: break
      }
    }
    found.diagnostics += scope.diagnostics
    found.files = found.functions.isEmpty && found.passedOver.isEmpty && nested.isEmpty ? 0 : 1
  }

  // MARK: Properties

  /// What a resource says of itself before what the template says of all functions.
  private struct Properties {
    let own: YAMLNode?
    let inherited: [YAMLNode.Entry]

    func entries(_ key: String) -> [YAMLNode.Entry] {
      [own?.entry(key), inherited.first { $0.key == key }].compactMap { $0 }
        .filter { !$0.value.isNull }
    }
  }

  /// Nil where neither says it.
  private mutating func value(_ key: String, _ properties: Properties) -> TemplateValue? {
    for entry in properties.entries(key) {
      let value = scope.value(of: entry.value)
      if !value.isNothing { return value }
    }
    return nil
  }

  // MARK: Functions

  private mutating func readFunction(_ entry: YAMLNode.Entry, isServerless: Bool) {
    let properties = Properties(
      own: entry.value["Properties"], inherited: isServerless ? globals : [])
    let name = entry.key
    func passOver(_ reason: Descriptions.PassedOver.Reason, _ why: String, at: SourceLocation) {
      found.passedOver.append(.init(name: name, reason: reason))
      found.diagnostics.append(.passedOver(name, why, at: at, reason: reason))
    }

    if value("PackageType", properties)?.text == "Image" || value("ImageUri", properties) != nil {
      return passOver(.image, "is a container image", at: entry.keyLocation)
    }
    let runtime = value("Runtime", properties)
    if let written = runtime?.text, !languages.contains(where: { written.hasPrefix($0) }) {
      return passOver(
        .language(written), "runs on '\(written)'", at: runtime?.location ?? entry.keyLocation)
    }
    if let code = value("InlineCode", properties) {
      return passOver(.inlineCode, "has its code in the template", at: code.location)
    }
    let key = isServerless ? "CodeUri" : "Code"
    // Where SAM is not told a folder, it takes the template's.
    let usual = isServerless ? TemplateValue(.text("."), at: entry.keyLocation) : nil
    guard let code = asset(of: entry.value) ?? value(key, properties) ?? usual else {
      found.diagnostics.append(.missingProperty(key, of: name, at: entry.keyLocation))
      return
    }
    switch codePlace(code) {
    case .passedOver(let reason, let why): passOver(reason, why, at: code.location)
    case .folder(let written):
      readFunction(name, entry, properties, code: (written, code.location), runtime)
    }
  }

  /// Where the CDK has put the code of a function, beside the template: its `Code` names a bucket.
  ///
  /// Source: https://docs.aws.amazon.com/cdk/v2/guide/assets.html
  private func asset(of resource: YAMLNode) -> TemplateValue? {
    let metadata = resource["Metadata"]
    guard metadata?["aws:asset:property"]?.text == "Code",
      let path = metadata?["aws:asset:path"], let text = path.text
    else { return nil }
    return TemplateValue(.text(text), at: path.location)
  }

  private enum CodePlace {
    case folder(String)
    case passedOver(Descriptions.PassedOver.Reason, String)
  }

  /// `src/orders`, `s3://bucket/key`, `{ Bucket: …, Key: … }`, `{ ZipFile: "…" }`, `{ ImageUri: … }`
  private func codePlace(_ code: TemplateValue) -> CodePlace {
    switch code.content {
    case .text(let written):
      if written.hasPrefix("s3://") || written.hasPrefix("https://") {
        return .passedOver(.builtElsewhere, "takes its code from '\(written)'")
      }
      if [".zip", ".jar"].contains(where: written.hasSuffix) {
        return .passedOver(.builtElsewhere, "takes its code from the archive '\(written)'")
      }
      return .folder(written)
    case .table(let entries):
      let keys = Set(entries.map(\.key))
      if keys.contains("ZipFile") {
        return .passedOver(.inlineCode, "has its code in the template")
      }
      if keys.contains("ImageUri") { return .passedOver(.image, "is a container image") }
      return .passedOver(.builtElsewhere, "takes its code from a bucket")
    case .unknown(let why): return .passedOver(.unknown, "has its code where nobody knows: \(why)")
    default: return .passedOver(.unknown, "has its code where nobody knows: it is no path")
    }
  }

  private mutating func readFunction(
    _ name: String, _ entry: YAMLNode.Entry, _ properties: Properties,
    code: (written: String, location: SourceLocation), _ runtime: TemplateValue?
  ) {
    var location = FileSystem.absolute(code.written, in: folder)
    if !FileSystem.isFolder(location) {
      // What packages templates ('aws cloudformation package', 'sam package') takes a single file as well.
      guard FileSystem.isFile(location) else {
        found.diagnostics.append(.noCodeFolder(code.written, of: name, at: code.location))
        return
      }
      location = FileSystem.absolute("..", in: location)
    }
    guard let handler = value("Handler", properties) else {
      found.diagnostics.append(.missingProperty("Handler", of: name, at: entry.keyLocation))
      return
    }
    guard let written = handler.text else {
      found.passedOver.append(.init(name: name, reason: .unknown))
      found.diagnostics.append(
        .passedOver(
          name, "has a handler that nobody knows: \(handler.unknown ?? "it is no text")",
          at: handler.location))
      return
    }
    var layer = Configuration.Layer()
    layer.provider = .init(value: .awsLambda, location: entry.keyLocation)
    let unsupported = readRuntime(runtime, of: name, entry, into: &layer)
    if let architectures = value("Architectures", properties) {
      readArchitecture(architectures, of: name, into: &layer)
    }
    if entry.value["Metadata"]?["BuildMethod"]?.text == "makefile" {
      found.diagnostics.append(.builtByMakefile(name, at: entry.keyLocation))
    }
    let layers = layers(of: name, properties)
    layer.sourceRoots = layers.map { .init(value: $0, location: entry.keyLocation) }
    found.functions.append(
      DescribedFunction(
        name: name, id: name, handler: .init(value: written, location: handler.location),
        origin: entry.keyLocation, code: .init(value: code.written, location: code.location),
        folder: location, layers: layers, layerArchives: layerArchives, unsupported: unsupported,
        layer: layer))
  }

  /// What is wrong with it where the function cannot be packaged for it.
  private mutating func readRuntime(
    _ runtime: TemplateValue?, of name: String, _ entry: YAMLNode.Entry,
    into layer: inout Configuration.Layer
  ) -> Diagnostic? {
    guard let written = runtime?.text else {
      found.diagnostics.append(
        .unknownRuntime(
          of: name, runtime?.unknown ?? "the template does not say it",
          at: runtime?.location ?? entry.keyLocation))
      return nil
    }
    let location = runtime?.location ?? entry.keyLocation
    let known = Providers.runtimes(of: languages)
    guard let read = known.first(where: { $0.description == written }) else {
      return .runtimeNotSupported(written, of: name, known: known, at: location)
    }
    layer.runtime = .init(value: read, location: location)
    return nil
  }

  private mutating func readArchitecture(
    _ value: TemplateValue, of name: String, into layer: inout Configuration.Layer
  ) {
    let first = value.list?.first ?? value
    guard let architecture = first.text.flatMap({ Architecture(rawValue: $0) }) else {
      found.diagnostics.append(
        .unknownArchitecture(
          of: name, first.unknown ?? "it is none that AWS Lambda has", at: value.location))
      return
    }
    layer.architecture = .init(value: architecture, location: first.location)
  }

  // MARK: Layers

  /// Where the code of a function's layers lies that are part of the template, the last layer first, as
  /// it wins when all are unpacked into `/opt`.
  ///
  /// Source: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
  private mutating func layers(of name: String, _ properties: Properties) -> [String] {
    // Lists of the template for all functions and of one function are added to each other.
    let values = properties.entries("Layers").reversed().flatMap {
      let value = scope.value(of: $0.value)
      return value.list ?? [value]
    }
    var folders: [String] = []
    layerArchives = []
    for value in values {
      switch value.content {
      case .resource(let id): folders += contents(ofLayer: id, function: name, at: value.location)
      case .text(let text):
        found.diagnostics.append(.layerNotRead(text, of: name, at: value.location))
      case .unknown(let why):
        found.diagnostics.append(.layerNotRead(nil, of: name, because: why, at: value.location))
      case .nothing, .list, .table: break
      }
    }
    return folders.reversed()
  }

  /// Of a layer that is built from sources, the folder itself; else its `python`, where that is.
  private mutating func contents(
    ofLayer id: String, function: String, at location: SourceLocation
  ) -> [String] {
    guard let resource = resources[id], let type = resource["Type"]?.text,
      ["AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion"].contains(type)
    else {
      found.diagnostics.append(.layerNotRead(id, of: function, at: location))
      return []
    }
    let key = type.hasPrefix("AWS::Serverless") ? "ContentUri" : "Content"
    let properties = Properties(own: resource["Properties"], inherited: [])
    guard let content = value(key, properties), let written = content.text,
      case .folder = codePlace(content)
    else {
      if let archive = value(key, properties)?.text, archive.hasSuffix(".zip") {
        layerArchives.append(FileSystem.absolute(archive, in: folder))
      }
      found.diagnostics.append(.layerNotRead(id, of: function, at: location))
      return []
    }
    let folder = FileSystem.absolute(written, in: folder)
    guard FileSystem.isFolder(folder) else {
      found.diagnostics.append(.noLayerFolder(written, of: id, at: content.location))
      return []
    }
    if resource["Metadata"]?["BuildMethod"] != nil { return [folder] }
    return ["\(folder)/python"].filter(FileSystem.isFolder)
  }

  // MARK: Nested templates

  private mutating func readNested(_ entry: YAMLNode.Entry, key: String) {
    let properties = Properties(own: entry.value["Properties"], inherited: [])
    guard let place = value(key, properties) else { return }
    guard let written = place.text, !written.contains("://"), !written.hasPrefix("arn:") else {
      found.diagnostics.append(
        .nestedNotRead(
          entry.key, place.unknown ?? place.text.map { "it lies at '\($0)'" } ?? "it is no path",
          at: place.location))
      return
    }
    var parameters: [String: TemplateValue] = [:]
    if let given = properties.entries("Parameters").first {
      for entry in scope.entries(of: given.value) {
        parameters[entry.key] = scope.value(of: entry.value)
      }
    }
    nested.append(Nested(file: written, location: place.location, parameters: parameters))
  }
}
