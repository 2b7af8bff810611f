package import Model
package import Text

/// One node of a YAML document, with its tag and the place where it was written. Scalars are text:
/// what `1`, `no` or `2024-01-01` mean, whoever asks knows.
package struct YAMLNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// `isPlain`: without quotes and on one line, so that it may stand for a number, a boolean, nothing.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  package struct Entry: Hashable, Sendable {
    package let key: String
    package let keyLocation: SourceLocation
    package let value: YAMLNode

    package init(key: String, keyLocation: SourceLocation, value: YAMLNode) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  package let content: Content
  /// As it is written, with its exclamation mark: `!Ref`; empty where there is none.
  package let tag: String
  /// The first byte of the node, its tag or anchor included.
  package let location: SourceLocation

  package init(_ content: Content, tag: String = "", at location: SourceLocation) {
    self.content = content
    self.tag = tag
    self.location = location
  }

  package var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  package var sequence: [YAMLNode]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  /// In the order in which they were written, each key once.
  package var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// A plain scalar that stands for nothing: `~`, `null`, or an empty value.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content, tag.isEmpty else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  package func entry(_ key: String) -> Entry? {
    mapping?.first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  package subscript(_ key: String) -> YAMLNode? { entry(key)?.value }
}

extension YAMLNode {
  /// A JSON value as the node that the same text would be in YAML.
  package init(_ datum: Datum) {
    let content: Content =
      switch datum.content {
      case .string(let text): .scalar(text, isPlain: false)
      case .integer(let number): .scalar(String(number), isPlain: true)
      case .float(let number): .scalar(String(number), isPlain: true)
      case .boolean(let isTrue): .scalar(isTrue ? "true" : "false", isPlain: true)
      case .null, .dateTime: .scalar("null", isPlain: true)
      case .array(let elements): .sequence(elements.map { YAMLNode($0) })
      case .table(let table):
        .mapping(
          table.entries.map {
            Entry(key: $0.key, keyLocation: $0.keyLocation, value: YAMLNode($0.value))
          })
      }
    self.init(content, at: datum.location)
  }
}
