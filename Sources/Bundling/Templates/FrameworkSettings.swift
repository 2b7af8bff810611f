import Files
import Model
import Text

/// Finds functions of frameworks that keep their settings in one JSON file: Chalice, Zappa, Vercel.
enum FrameworkSettings {
  static func run(in tree: ProjectTree, languages: [String]) -> Descriptions {
    var result = Descriptions()
    for file in tree.files {
      switch String(file.name) {
      case "app.py": chalice(beside: file, tree, &result)
      case "zappa_settings.json": zappa(file, tree, &result)
      case "vercel.json": vercel(file, tree, languages, &result)
      default: break
      }
    }
    return result
  }

  /// `.chalice/config.json` beside `app.py`: the application is what the provider calls for its routes;
  /// what stands below `@app.lambda_function`, `@app.schedule` and the like are functions of their own.
  ///
  /// Sources: https://aws.github.io/chalice/topics/configfile.html and
  /// https://aws.github.io/chalice/api.html
  private static func chalice(
    beside file: RelativePath, _ tree: ProjectTree, _ result: inout Descriptions
  ) {
    let path = inside(file, ".chalice/config.json")
    guard FileSystem.isFile("\(tree.folder)/\(path)"),
      let settings = read(path, tree, &result)
    else { return }
    result.files += 1
    let name = settings["app_name"]?.string ?? "app"
    let location = settings.entry("app_name")?.keyLocation ?? SourceLocation(path: path)
    guard ConfigurationReader.canNameFile(name) else {
      result.diagnostics.append(.badFunctionName(name, at: location))
      return
    }
    var layer = Configuration.Layer()
    layer.provider = .init(value: .awsLambda, location: location)
    layer.sourceRoots = []
    // Its deployments take the Python that runs them.
    result.diagnostics.append(
      .unknownRuntime(of: name, "it is that of the interpreter which deploys", at: location))
    add(name, "app.app", file, at: location, layer, tree, &result)
    guard let bytes = try? FileSystem.read("\(tree.folder)/\(file.string)") else { return }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    for function in MarkedSources.decorated(lines, by: chaliceDecorators) {
      let location = SourceLocation(path: file.string, line: function.line, column: 1)
      let given = keyword("name", in: function.written.joined(separator: "\n")) ?? function.name
      guard ConfigurationReader.canNameFile(given) else {
        result.diagnostics.append(.badFunctionName(given, at: location))
        continue
      }
      add(
        "\(name)-\(given)", "app.\(function.name)", file, at: location, layer, tree, &result)
    }
  }

  private static let chaliceDecorators = [
    "lambda_function", "schedule", "authorizer", "on_cw_event", "on_dynamodb_record",
    "on_kinesis_record", "on_s3_event", "on_sns_message", "on_sqs_message", "on_ws_connect",
    "on_ws_disconnect", "on_ws_message",
  ].map { "@app.\($0)" }

  /// A keyword argument that is one string: `nightly` of `@app.schedule(…, name="nightly")`.
  private static func keyword(_ name: String, in text: String) -> String? {
    let bytes = Array(text.utf8)
    let wanted = Array(name.utf8)
    for start in bytes.indices where bytes[start...].starts(with: wanted) {
      let isWhole =
        start == 0
        || [0x20, 0x09, 0x0A, UInt8(ascii: "("), UInt8(ascii: ",")]
          .contains(bytes[start - 1])
      var rest = bytes[(start + wanted.count)...].drop { $0 == 0x20 }
      guard isWhole, rest.popFirst() == UInt8(ascii: "=") else { continue }
      rest = rest.drop { $0 == 0x20 }
      guard let quote = rest.popFirst(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
      else { continue }
      return String(decoding: rest.prefix { $0 != quote }, as: UTF8.self)
    }
    return nil
  }

  /// Zappa's handler is made when it is deployed.
  ///
  /// Source: https://github.com/zappa/Zappa#advanced-settings
  private static func zappa(
    _ file: RelativePath, _ tree: ProjectTree, _ result: inout Descriptions
  ) {
    guard let settings = read(file.string, tree, &result) else { return }
    result.files += 1
    for stage in settings.entries where stage.value.table?["app_function"] != nil {
      result.passedOver.append(.init(name: stage.key, reason: .plugin("zappa")))
      result.diagnostics.append(
        .passedOver(stage.key, "has a handler that 'zappa' makes", at: stage.keyLocation))
    }
  }

  /// Every `api/**/*.py` beside `vercel.json` that has a `handler` or an `app` is one.
  ///
  /// Source: https://vercel.com/docs/functions/runtimes/python
  private static func vercel(
    _ file: RelativePath, _ tree: ProjectTree, _ languages: [String], _ result: inout Descriptions
  ) {
    guard read(file.string, tree, &result) != nil else { return }
    let api = inside(file, "api")
    var isCounted = false
    for position in tree.files.range(below: api) {
      let source = tree.files[position]
      guard source.string.hasSuffix(".py"),
        let bytes = try? FileSystem.read("\(tree.folder)/\(source.string)")
      else { continue }
      let names = PlainNames(bytes).defined
      guard let attribute = ["handler", "app"].first(where: names.contains) else { continue }
      let below = source.string.dropFirst(file.folder.isEmpty ? 0 : file.folder.utf8.count + 1)
      let module = below.dropLast(3).split(separator: "/").joined(separator: ".")
      let name = module.replacing(".", with: "-")
      guard ConfigurationReader.canNameFile(name), HandlerSpelling("\(module).\(attribute)") != nil
      else { continue }
      let location = SourceLocation(path: source.string, line: 1, column: 1)
      var layer = Configuration.Layer()
      layer.provider = .init(value: .generic, location: location)
      layer.sourceRoots = []
      add(name, "\(module).\(attribute)", file, at: location, layer, tree, &result)
      isCounted = true
    }
    if isCounted { result.files += 1 }
  }

  private static func add(
    _ name: String, _ handler: String, _ file: RelativePath, at location: SourceLocation,
    _ layer: Configuration.Layer, _ tree: ProjectTree, _ result: inout Descriptions
  ) {
    result.functions.append(
      DescribedFunction(
        name: name, id: name, handler: .init(value: handler, location: location), origin: location,
        code: .init(value: ".", location: location),
        folder: FileSystem.absolute(String(file.folder), in: tree.folder), layers: [], layer: layer)
    )
  }

  private static func inside(_ file: RelativePath, _ name: String) -> String {
    file.folder.isEmpty ? name : "\(file.folder)/\(name)"
  }

  private static func read(
    _ path: String, _ tree: ProjectTree, _ result: inout Descriptions
  ) -> DatumTable? {
    do throws(MalformedText) {
      guard let bytes = try? FileSystem.read("\(tree.folder)/\(path)") else { return nil }
      return try JSON.read(bytes, path: path).table
    } catch {
      result.diagnostics.append(error.diagnostic)
      return nil
    }
  }
}
