import Model
import Text

/// Makes a tree of events.
struct YAMLComposer {
  let path: String
  private(set) var diagnostics: [Diagnostic] = []
  private var anchors: [String: Composed] = [:]
  private var aliased = 0

  private struct Composed {
    let node: YAMLNode
    /// How many nodes that is.
    var size = 1
    /// How many levels.
    var height = 1

    mutating func contain(_ inner: Composed) {
      size += inner.size
      height = max(height, inner.height + 1)
    }
  }

  init(path: String) { self.path = path }

  /// Nil where there is no document.
  mutating func document(_ parser: borrowing YAMLParser) throws(MalformedText) -> YAMLNode? {
    let first = try parser.next()
    if case .documentEnd = first.event { return nil }
    return try node(first, parser, depth: 0).node
  }

  private mutating func node(
    _ next: YAMLParser.Next, _ parser: borrowing YAMLParser, depth: Int
  ) throws(MalformedText) -> Composed {
    guard depth < YAML.depthLimit else {
      throw MalformedText(diagnostic: .tooDeep(YAML.depthLimit, at: next.location))
    }
    var inner: [Composed] = []
    let content: YAMLNode.Content
    switch next.event {
    case .alias(let name):
      guard let named = anchors[name] else {
        throw MalformedText(diagnostic: .unknownAnchor(name, at: next.location))
      }
      aliased += named.size
      guard aliased <= YAML.aliasLimit else {
        throw MalformedText(diagnostic: .tooManyAliases(YAML.aliasLimit, at: next.location))
      }
      guard depth + named.height <= YAML.depthLimit else {
        throw MalformedText(diagnostic: .tooDeep(YAML.depthLimit, at: next.location))
      }
      return named
    case .scalar(let text, let isPlain):
      content = .scalar(text, isPlain: isPlain && ["", "?"].contains(next.tag))
    case .sequenceStart:
      while let element = try self.element(parser, depth: depth) { inner.append(element) }
      content = .sequence(inner.map(\.node))
    case .mappingStart:
      var entries: [YAMLNode.Entry] = []
      while let key = try element(parser, depth: depth) {
        guard let value = try element(parser, depth: depth) else { break }
        inner.append(value)
        guard let name = key.node.text else {
          throw MalformedText(diagnostic: .keyIsNoText(at: key.node.location))
        }
        entries.append(.init(key: name, keyLocation: key.node.location, value: value.node))
      }
      content = .mapping(merged(unique(entries)))
    case .end, .documentEnd: preconditionFailure("libyaml gives what it opened")
    }
    var made = Composed(node: YAMLNode(content, tag: next.tag, at: next.location))
    for part in inner { made.contain(part) }
    if let anchor = next.anchor { anchors[anchor] = made }
    return made
  }

  /// Nil at the end of a sequence or a mapping.
  private mutating func element(
    _ parser: borrowing YAMLParser, depth: Int
  ) throws(MalformedText) -> Composed? {
    let next = try parser.next()
    if case .end = next.event { return nil }
    return try node(next, parser, depth: depth + 1)
  }

  /// The last of those that have one key, at the place of the first.
  private mutating func unique(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
    var positions: [String: Int] = [:]
    var result: [YAMLNode.Entry] = []
    result.reserveCapacity(entries.count)
    for entry in entries {
      if let position = positions[entry.key], entry.key != "<<" {
        diagnostics.append(
          .duplicateKey(entry.key, at: entry.keyLocation, first: result[position].keyLocation))
        result[position] = entry
      } else {
        positions[entry.key] = result.count
        result.append(entry)
      }
    }
    return result
  }

  /// `<<: *defaults`, or a list of such: their entries, where the mapping has none of that key itself.
  private func merged(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
    guard entries.contains(where: { $0.key == "<<" }) else { return entries }
    var result = entries.filter { $0.key != "<<" }
    var known = Set(result.map(\.key))
    for entry in entries where entry.key == "<<" {
      for source in entry.value.sequence ?? [entry.value] {
        for inherited in source.mapping ?? [] where known.insert(inherited.key).inserted {
          result.append(inherited)
        }
      }
    }
    return result
  }
}
