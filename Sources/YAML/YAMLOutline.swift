package import Text

/// One node of a document as it is written, with the bytes that it takes: for changes in place. Unlike
/// in `YAMLNode`, an alias is an alias and a merge key a key.
package struct YAMLOutline: Sendable {
  package enum Content: Sendable {
    case scalar(String)
    case sequence([YAMLOutline])
    case mapping([Entry])
    /// `*defaults`
    case alias
  }

  package struct Entry: Sendable {
    package let key: String
    /// Of the key alone.
    package let keyRange: Range<Int>
    package let value: YAMLOutline
  }

  package let content: Content
  /// Bytes from the start of the text, a byte order mark not counted: the tag and the anchor and, of
  /// what stands in brackets, quotes or braces, these too. Without blanks and line breaks at the end.
  package let range: Range<Int>
  /// `defaults` of `&defaults`; nil where it has none.
  package let anchor: String?
  /// Whether a sequence or a mapping stands in brackets or braces.
  package let isFlow: Bool

  package init(content: Content, range: Range<Int>, anchor: String? = nil, isFlow: Bool = false) {
    self.content = content
    self.range = range
    self.anchor = anchor
    self.isFlow = isFlow
  }

  package var sequence: [YAMLOutline]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  /// In the order in which they were written.
  package var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  package var text: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// Of a key that is given twice the last one, which counts.
  package func entry(_ key: String) -> Entry? { mapping?.last { $0.key == key } }

  package subscript(_ key: String) -> YAMLOutline? { entry(key)?.value }
}

extension YAML {
  /// The first document of a text that `read` takes; nil for an empty one.
  package static func outline(
    _ bytes: [UInt8], path: String
  ) throws(MalformedText) -> YAMLOutline? {
    _ = try read(bytes, path: path)
    let bytes = bytes.withoutByteOrderMark
    let parser = YAMLParser(bytes, path: path)
    let first = try parser.next()
    if case .documentEnd = first.event { return nil }
    return try outline(first, parser, bytes)
  }

  /// Depth and number of nodes are bounded already.
  private static func outline(
    _ next: YAMLParser.Next, _ parser: borrowing YAMLParser, _ bytes: [UInt8]
  ) throws(MalformedText) -> YAMLOutline {
    let content: YAMLOutline.Content
    var end = next.range.upperBound
    switch next.event {
    case .alias: content = .alias
    case .scalar(let text, _): content = .scalar(text)
    case .sequenceStart:
      var nodes: [YAMLOutline] = []
      while let node = try element(parser, bytes, end: &end) { nodes.append(node) }
      if !next.isFlow, let last = nodes.last { end = last.range.upperBound }
      content = .sequence(nodes)
    case .mappingStart:
      var entries: [YAMLOutline.Entry] = []
      while let key = try element(parser, bytes, end: &end),
        let value = try element(parser, bytes, end: &end)
      {
        entries.append(.init(key: key.text ?? "", keyRange: key.range, value: value))
      }
      if !next.isFlow, let last = entries.last { end = last.value.range.upperBound }
      content = .mapping(entries)
    case .end, .documentEnd: preconditionFailure("libyaml gives what it opened")
    }
    // An alias has the name of another node's.
    let anchor = if case .alias = content { String?.none } else { next.anchor }
    let start = next.range.lowerBound
    while end > start, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
    return YAMLOutline(
      content: content, range: start..<end, anchor: anchor, isFlow: next.isFlow)
  }

  /// Nil at the end of a sequence or a mapping, which is then `end`.
  private static func element(
    _ parser: borrowing YAMLParser, _ bytes: [UInt8], end: inout Int
  ) throws(MalformedText) -> YAMLOutline? {
    let next = try parser.next()
    guard case .end = next.event else { return try outline(next, parser, bytes) }
    end = next.range.upperBound
    return nil
  }
}
