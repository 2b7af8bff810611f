import Files
import Model
import YAML

/// Reads the functions of one `serverless.yml`.
///
/// Sources: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml and, for
/// `module` and `custom.pythonRequirements`, https://github.com/serverless/serverless-python-requirements
struct ServerlessReader {
  let folder: String
  let languages: [String]
  private var scope: ServerlessScope
  private(set) var found = Descriptions()

  init(_ root: YAMLNode, in folder: String, tree: ProjectTree, languages: [String]) {
    self.folder = folder
    self.languages = languages
    scope = ServerlessScope(root, in: folder, tree: tree)
    for entry in functions() { read(entry) }
    found.diagnostics += scope.diagnostics.uniqued()
    found.files = found.functions.isEmpty && found.passedOver.isEmpty ? 0 : 1
  }

  /// A mapping, or a list of mappings, each of which may stand in a file of its own.
  private mutating func functions() -> [YAMLNode.Entry] {
    guard let written = scope.root.entry("functions") else { return [] }
    var entries: [YAMLNode.Entry] = []
    for node in written.value.sequence ?? [written.value] {
      switch scope.resolve(node) {
      case .unknown(let why):
        found.diagnostics.append(.unknownFunctions(why, at: node.location))
      case .node(let resolved):
        for part in resolved.sequence ?? [resolved] {
          entries += scope.resolve(part).node?.mapping ?? []
        }
      }
    }
    return entries
  }

  // MARK: One function

  private mutating func read(_ entry: YAMLNode.Entry) {
    let name = entry.key
    guard ConfigurationReader.canNameFile(name) else {
      found.diagnostics.append(.badFunctionName(name, at: entry.keyLocation))
      return
    }
    func passOver(
      _ reason: Descriptions.PassedOver.Reason, _ why: String, at location: SourceLocation
    ) {
      found.passedOver.append(.init(name: name, reason: reason))
      found.diagnostics.append(.passedOver(name, why, at: location))
    }

    let resolved = scope.resolve(entry.value)
    guard let function = resolved.node, function.mapping != nil else {
      return passOver(
        .unknown, "is not known: \(resolved.unknown ?? "it is no mapping")", at: entry.keyLocation)
    }
    if let provider = text(["provider", "name"]), provider.text != "aws" {
      return passOver(
        .otherProvider(provider.text), "runs at '\(provider.text)'", at: provider.location)
    }
    if function["image"] != nil {
      return passOver(.image, "is a container image", at: entry.keyLocation)
    }
    for node in [function, scope.root] {
      guard !isOurs(node["package"]?["artifact"]),
        let artifact = text(["package", "artifact"], in: node)
      else { continue }
      return passOver(
        .builtElsewhere, "takes its code from the archive '\(artifact.text)'",
        at: artifact.location)
    }
    guard let handler = scope.value(at: ["handler"], in: function) else {
      found.diagnostics.append(.missingProperty("handler", of: name, at: entry.keyLocation))
      return
    }
    guard let node = handler.node, let written = node.text else {
      return passOver(
        .unknown, "has a handler that nobody knows: \(handler.unknown ?? "it is no text")",
        at: entry.keyLocation)
    }
    if let plugin = pluginThatMakes(written) {
      return passOver(
        .plugin(plugin), "has a handler that the plug-in '\(plugin)' makes", at: node.location)
    }
    var layer = Configuration.Layer()
    layer.provider = .init(value: .awsLambda, location: entry.keyLocation)
    let code = self.code(of: function, entry)
    var unsupported: Diagnostic?
    guard
      readRuntime(
        of: function, entry, handler: (written, code.folder), into: &layer, &unsupported)
    else { return }
    readArchitecture(of: function, name, into: &layer)
    let layers = self.layers(of: function, name)
    layer.sourceRoots = layers.map { .init(value: $0, location: entry.keyLocation) }
    layer.include = patterns(of: function)
    found.functions.append(
      DescribedFunction(
        name: name, id: name, handler: .init(value: written, location: node.location),
        origin: entry.keyLocation, code: code.written, folder: code.folder, layers: layers,
        requirements: text(["custom", "pythonRequirements", "fileName"])?.text,
        unsupported: unsupported, layer: layer))
  }

  /// `dist/${file(dist/manifest.json):functions.orders.archive}`: what pare makes of the function.
  private func isOurs(_ artifact: YAMLNode?) -> Bool {
    artifact?.text?.contains("manifest.json):functions.") == true
  }

  private mutating func text(
    _ path: [String], in node: YAMLNode? = nil
  ) -> (text: String, location: SourceLocation)? {
    guard let found = scope.value(at: path, in: node)?.node, let text = found.text else {
      return nil
    }
    return (text, found.location)
  }

  /// `module` is the folder that becomes the archive's root; without it, the service's folder is.
  private mutating func code(
    of function: YAMLNode, _ entry: YAMLNode.Entry
  ) -> (written: Configuration.Located<String>, folder: String) {
    if let module = text(["module"], in: function) {
      return (
        .init(value: module.text, location: module.location),
        FileSystem.absolute(module.text, in: folder)
      )
    }
    return (.init(value: ".", location: entry.keyLocation), folder)
  }

  /// The plug-ins that write a handler's module when they deploy, and its name.
  private static let handlersOfPlugins = [
    // https://github.com/logandk/serverless-wsgi: "handler: wsgi_handler.handler"
    "serverless-wsgi": "wsgi_handler"
  ]

  private mutating func pluginThatMakes(_ handler: String) -> String? {
    let plugins = scope.value(at: ["plugins"])?.node
    let names = (plugins?.sequence ?? plugins?["modules"]?.sequence ?? []).compactMap(\.text)
    return names.first { name in
      Self.handlersOfPlugins[name].map { handler.hasPrefix("\($0).") } ?? false
    }
  }

  /// False where the function is none of a language that is known.
  private mutating func readRuntime(
    of function: YAMLNode, _ entry: YAMLNode.Entry, handler: (written: String, folder: String),
    into layer: inout Configuration.Layer, _ unsupported: inout Diagnostic?
  ) -> Bool {
    let name = entry.key
    guard
      let value = scope.value(at: ["runtime"], in: function)
        ?? scope.value(at: ["provider", "runtime"])
    else {
      // Without a runtime it is Node.js, unless the handler is a file of ours.
      let file = handler.written.prefix { $0 != "." }
      if FileSystem.isFile("\(handler.folder)/\(file).py") {
        found.diagnostics.append(
          .unknownRuntime(of: name, "the file does not say it", at: entry.keyLocation))
        return true
      }
      found.passedOver.append(.init(name: name, reason: .language("Node.js")))
      found.diagnostics.append(
        .passedOver(name, "names no runtime, which means Node.js", at: entry.keyLocation))
      return false
    }
    guard let node = value.node, let written = node.text else {
      found.diagnostics.append(
        .unknownRuntime(of: name, value.unknown ?? "it is no text", at: entry.keyLocation))
      return true
    }
    guard languages.contains(where: { written.hasPrefix($0) }) else {
      found.passedOver.append(.init(name: name, reason: .language(written)))
      found.diagnostics.append(.passedOver(name, "runs on '\(written)'", at: node.location))
      return false
    }
    let known = Providers.runtimes(of: languages)
    guard let runtime = known.first(where: { $0.description == written }) else {
      unsupported = .runtimeNotSupported(written, of: name, known: known, at: node.location)
      return true
    }
    layer.runtime = .init(value: runtime, location: node.location)
    return true
  }

  private mutating func readArchitecture(
    of function: YAMLNode, _ name: String, into layer: inout Configuration.Layer
  ) {
    guard
      let value = scope.value(at: ["architecture"], in: function)
        ?? scope.value(at: ["provider", "architecture"])
    else { return }
    guard let architecture = value.node?.text.flatMap({ Architecture(rawValue: $0) }) else {
      found.diagnostics.append(
        .unknownArchitecture(
          of: name, value.unknown ?? "it is none that AWS Lambda has",
          at: value.node?.location ?? function.location))
      return
    }
    layer.architecture = .init(
      value: architecture, location: value.node?.location ?? function.location)
  }

  /// Folders of the service's own layers, the last first: `layers: { shared: { path: layers/shared } }`,
  /// which a function names `{ Ref: SharedLambdaLayer }`.
  private mutating func layers(of function: YAMLNode, _ name: String) -> [String] {
    let own = scope.value(at: ["layers"])?.node?.mapping ?? []
    let named =
      scope.value(at: ["layers"], in: function)?.node
      ?? scope.value(at: ["provider", "layers"])?.node
    var folders: [String] = []
    for node in named?.sequence ?? [] {
      guard let reference = node["Ref"]?.text else {
        found.diagnostics.append(.layerNotRead(node.text, of: name, at: node.location))
        continue
      }
      let layer = own.first { entry in
        entry.key.prefix(1).uppercased() + entry.key.dropFirst() + "LambdaLayer" == reference
      }
      guard let layer, let path = text(["path"], in: layer.value) else {
        found.diagnostics.append(.layerNotRead(reference, of: name, at: node.location))
        continue
      }
      let folder = FileSystem.absolute("\(path.text)/python", in: folder)
      if FileSystem.isFolder(folder) {
        folders.append(folder)
      } else {
        found.diagnostics.append(.noLayerFolder(path.text, of: layer.key, at: path.location))
      }
    }
    return folders.reversed()
  }

  /// What `package.patterns` adds, as globs below the project. Where everything is taken out first
  /// (`!**`), the rest chooses among the sources, which the imports do better.
  private mutating func patterns(of function: YAMLNode) -> [Configuration.Located<String>]? {
    var globs: [Configuration.Located<String>] = []
    for node in [
      scope.value(at: ["package", "patterns"])?.node,
      scope.value(at: ["package", "patterns"], in: function)?.node,
    ] {
      let texts = (node?.sequence ?? []).compactMap { node in
        scope.resolve(node).node.flatMap { found in found.text.map { ($0, node.location) } }
      }
      guard !texts.contains(where: { ["!**", "!**/*", "!./**", "!./**/*", "!*"].contains($0.0) })
      else { continue }
      for (text, location) in texts where !text.hasPrefix("!") {
        let path = FileSystem.absolute(text, in: folder)
        let project = scope.tree.folder
        guard path.hasPrefix(project + "/") else { continue }
        globs.append(
          .init(value: String(path.dropFirst(project.utf8.count + 1)), location: location))
      }
    }
    return globs.isEmpty ? nil : globs
  }
}
