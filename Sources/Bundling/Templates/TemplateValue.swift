import Model
import YAML

/// What a node of a template comes to, as far as that is known before it is deployed.
struct TemplateValue {
  enum Content {
    case text(String)
    case list([TemplateValue])
    case table([YAMLNode.Entry])
    /// Something of the resource with this logical id: `!Ref Layer`, `!GetAtt Layer.Arn`.
    case resource(String)
    /// `AWS::NoValue`: as if the key were not there.
    case nothing
    /// Why: a sentence's end, such as "the parameter 'Stage' has no default".
    case unknown(String)
  }

  let content: Content
  let location: SourceLocation

  init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  var list: [TemplateValue]? {
    if case .list(let values) = content { values } else { nil }
  }

  var table: [YAMLNode.Entry]? {
    if case .table(let entries) = content { entries } else { nil }
  }

  /// Why it is not known; nil where it is.
  var unknown: String? {
    if case .unknown(let why) = content { why } else { nil }
  }

  var isNothing: Bool {
    if case .nothing = content { true } else { false }
  }
}

extension YAMLNode {
  /// The name and the argument of an intrinsic function, in its short form (`!Sub x`) or its long one
  /// (`Fn::Sub: x`, `Ref: x`); nil for what is none.
  ///
  /// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
  var intrinsic: (name: String, argument: YAMLNode)? {
    if tag.hasPrefix("!"), !tag.hasPrefix("!!"), tag.utf8.count > 1 {
      return (String(tag.dropFirst()), YAMLNode(content, at: location))
    }
    guard let entries = mapping, entries.count == 1, let only = entries.first else { return nil }
    if only.key == "Ref" || only.key == "Condition", only.value.mapping == nil {
      return (only.key, only.value)
    }
    guard only.key.hasPrefix("Fn::"), !only.key.hasPrefix("Fn::ForEach::") else { return nil }
    return (String(only.key.dropFirst(4)), only.value)
  }

  /// The same with a loop's variable put in: `!Ref Name`, `${Name}` and `&{Name}`, the letters and digits
  /// of its value alone.
  ///
  /// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
  func replacing(_ variable: String, with value: String) -> YAMLNode {
    if let (name, argument) = intrinsic, name == "Ref", argument.text == variable {
      return YAMLNode(.scalar(value, isPlain: false), at: location)
    }
    switch content {
    case .scalar(let text, let isPlain):
      return YAMLNode(
        .scalar(text.putting(value, for: variable), isPlain: isPlain), tag: tag, at: location)
    case .sequence(let nodes):
      return YAMLNode(
        .sequence(nodes.map { $0.replacing(variable, with: value) }), tag: tag, at: location)
    case .mapping(let entries):
      return YAMLNode(
        .mapping(
          entries.map { entry in
            Entry(
              key: entry.key.putting(value, for: variable), keyLocation: entry.keyLocation,
              value: entry.value.replacing(variable, with: value))
          }), tag: tag, at: location)
    }
  }
}

extension YAMLNode {
  /// How many nodes it is, itself included.
  var nodeCount: Int {
    switch content {
    case .scalar: 1
    case .sequence(let nodes): nodes.reduce(1) { $0 + $1.nodeCount }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.value.nodeCount }
    }
  }
}

extension String {
  fileprivate func putting(_ value: String, for variable: String) -> String {
    guard utf8.contains(UInt8(ascii: "{")) else { return self }
    let plain = String(
      value.unicodeScalars.filter {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
      })
    return putting(value, at: "${\(variable)}").putting(plain, at: "&{\(variable)}")
  }

  private func putting(_ value: String, at part: String) -> String {
    let parts = split(separator: part, omittingEmptySubsequences: false)
    return parts.count == 1 ? self : parts.joined(separator: value)
  }
}
