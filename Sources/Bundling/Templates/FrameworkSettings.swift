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

  /// `.chalice/config.json` beside `app.py`: the application is what the provider calls. What
  /// `@app.lambda_function` makes beside it is only told.
  ///
  /// Source: https://aws.github.io/chalice/topics/configfile.html
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
