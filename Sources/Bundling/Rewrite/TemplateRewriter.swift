import Files
import Model
import Text
import YAML

/// Changes one template so that it can be deployed from another folder: packaged functions come from
/// their archives, other local paths lead to where they led. Everything else stays as it is, to the byte.
struct TemplateRewriter {
  /// A packaged function of the template.
  struct Packaged {
    /// Its logical id.
    let id: String
    /// Absolute path.
    let archive: String
    /// What the provider has to call, where the template says something else.
    let handler: String?
  }

  private let template: DescribedTemplate
  /// Absolute path of the folder that the result is for.
  private let target: String
  /// What other templates become: absolute paths.
  private let outputs: [String: String]
  /// By the place of the resource; several for a loop.
  private let packaged: [SourceLocation: [Packaged]]
  private let root: YAMLNode
  private let outline: YAMLOutline
  private let lines: LineTable
  private var scope: TemplateScope
  private var edits: TextEdits
  private(set) var diagnostics: [Diagnostic] = []

  /// Throws where the file is no template any more.
  init(
    _ template: DescribedTemplate, _ bytes: [UInt8], to target: String,
    outputs: [String: String], packaged: [SourceLocation: [Packaged]]
  ) throws(MalformedText) {
    self.template = template
    self.target = target
    self.outputs = outputs
    self.packaged = packaged
    let isJSON = template.path.hasSuffix(".json")
    root = try Self.read(bytes, path: template.path)
    outline =
      isJSON
      ? try YAMLOutline(json: bytes, path: template.path)
      : try YAML.outline(bytes, path: template.path)
        ?? YAMLOutline(content: .mapping([]), range: 0..<0)
    lines = LineTable(bytes, path: template.path)
    scope = TemplateScope(root, given: template.given)
    edits = TextEdits(bytes, isJSON: isJSON)
    for (written, node) in Self.resources(outline["Resources"], root["Resources"]) {
      rewrite(written, node)
    }
    for path in TemplatePaths.globals {
      move(["Globals"] + path, below: outline, root, of: "Globals")
    }
    for path in TemplatePaths.ownMetadata {
      move(["Metadata"] + path, below: outline, root, of: "Metadata")
    }
    includes(outline)
  }

  /// Nil, with a diagnostic, where what came out does not say what it should.
  mutating func result() -> [UInt8]? {
    let bytes = edits.result
    guard let made = try? Self.read(bytes, path: template.path) else {
      diagnostics.append(.templateNotWritten(template.path))
      return nil
    }
    var scope = TemplateScope(made, given: template.given)
    var resources: [String: YAMLNode] = [:]
    for entry in made["Resources"].map({ scope.entries(of: $0) }) ?? [] {
      resources[entry.key] = entry.value
    }
    for (place, functions) in packaged {
      for function in functions {
        let properties = resources[function.id]?["Properties"]
        let node = properties?["CodeUri"] ?? properties?["Code"]
        let code = node.flatMap { scope.value(of: $0).text }
        if code != FileSystem.relative(function.archive, to: target) {
          diagnostics.append(.codeNotSet(function.id, at: place))
        }
      }
    }
    return diagnostics.contains { $0.severity == .error } ? nil : bytes
  }

  private static func read(_ bytes: [UInt8], path: String) throws(MalformedText) -> YAMLNode {
    if path.hasSuffix(".json") { return YAMLNode(try JSON.read(bytes, path: path)) }
    return try YAML.read(bytes, path: path).root
      ?? YAMLNode(.mapping([]), at: SourceLocation(path: path))
  }

  /// Resources as they are written, those inside of loops too, beside what they say.
  private static func resources(
    _ written: YAMLOutline?, _ node: YAMLNode?
  ) -> [(YAMLOutline.Entry, YAMLNode)] {
    (written?.mapping ?? []).flatMap { entry -> [(YAMLOutline.Entry, YAMLNode)] in
      guard let value = node?[entry.key] else { return [] }
      guard entry.key.hasPrefix("Fn::ForEach::") else { return [(entry, value)] }
      guard let parts = entry.value.sequence, let nodes = value.sequence, parts.count == 3,
        nodes.count == 3
      else { return [] }
      return resources(parts[2], nodes[2])
    }
  }

  // MARK: One resource

  private mutating func rewrite(_ written: YAMLOutline.Entry, _ node: YAMLNode) {
    guard let type = node["Type"]?.text else { return }
    let place = lines.location(of: written.keyRange.lowerBound)
    let functions = packaged[place] ?? []
    for path in TemplatePaths.properties[type] ?? [] {
      if !functions.isEmpty {
        setCode(of: functions, ["Properties"] + path, below: written, at: place)
      } else {
        move(["Properties"] + path, below: written.value, node, of: written.key)
      }
    }
    for path in TemplatePaths.metadata {
      move(["Metadata"] + path, below: written.value, node, of: written.key)
    }
  }

  private mutating func setCode(
    of functions: [Packaged], _ path: [String], below written: YAMLOutline.Entry,
    at place: SourceLocation
  ) {
    let code = FileSystem.relative(functions[0].archive, to: target)
    var value = edits.scalar(code)
    if functions.count > 1 || functions[0].id != written.key {
      // `../../dist/nightlyJob.zip` is `../../dist/${Job}Job.zip` in the loop that makes 'nightlyJob'.
      let front = code.dropLast(functions[0].id.utf8.count + 4)
      value = edits.substitution("\(front)\(written.key).zip")
      diagnostics.append(.codeOfLoop(written.key, at: place))
    }
    guard edits.set(path[...], below: written.value, to: value) else {
      diagnostics.append(.codeNotSet(written.key, at: place))
      return
    }
    if functions.count == 1, let handler = functions[0].handler {
      _ = edits.set(["Properties", "Handler"], below: written.value, to: edits.scalar(handler))
    }
  }

  // MARK: Other paths

  /// Writes a local path anew, as it is from the new folder. What is no path, lies elsewhere, or is
  /// only known when it is deployed stays.
  private mutating func move(
    _ path: [String], below written: YAMLOutline, _ node: YAMLNode, of name: String
  ) {
    var value: YAMLNode? = node
    for key in path { value = value?[key] }
    guard let value, !value.isNull else { return }
    guard let text = scope.value(of: value).text, let moved = moved(text) else { return }
    if moved == text, value.tag.isEmpty, value.text != nil { return }
    if !edits.set(path[...], below: written, to: edits.scalar(moved)) {
      diagnostics.append(.pathNotSet(text, of: name, at: value.location))
    }
  }

  private func moved(_ text: String) -> String? {
    guard !text.isEmpty, !text.hasPrefix("/"), !text.contains("://"), !text.hasPrefix("arn:")
    else { return nil }
    let location = FileSystem.absolute(text, in: template.folder)
    if let output = outputs[location] { return FileSystem.relative(output, to: target) }
    guard FileSystem.isFile(location) || FileSystem.isFolder(location) else { return nil }
    return FileSystem.relative(location, to: target)
  }

  /// `Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/api.yaml } }`, anywhere.
  ///
  /// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
  private mutating func includes(_ node: YAMLOutline) {
    for entry in node.mapping ?? [] {
      if ["Fn::Transform", "Transform"].contains(entry.key),
        entry.value["Name"]?.text == "AWS::Include",
        let location = entry.value["Parameters"]?["Location"], let text = location.text,
        let moved = moved(text), moved != text
      {
        edits.replace(location, with: edits.scalar(moved))
      }
      includes(entry.value)
    }
    for element in node.sequence ?? [] { includes(element) }
  }
}
