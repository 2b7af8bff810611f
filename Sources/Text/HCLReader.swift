import Model

/// Reads HCL's native syntax.
struct HCLReader {
  private var cursor: Cursor
  private let lines: LineTable
  private var depth = 0
  /// Inside of brackets and parentheses a line break says nothing.
  private var brackets = 0

  private static let depthLimit = 100

  init(_ bytes: [UInt8], path: String) {
    cursor = Cursor(bytes)
    lines = LineTable(bytes, path: path)
  }

  mutating func file() throws(MalformedText) -> HCLBody {
    if let offset = cursor.bytes.firstInvalidUTF8() { throw failure(.invalidUTF8, at: offset) }
    _ = cursor.take("\u{FEFF}")
    return try body(isWhole: true)
  }

  // MARK: Structure

  private mutating func body(isWhole: Bool) throws(MalformedText) -> HCLBody {
    var body = HCLBody()
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw failure(.tooDeep(Self.depthLimit)) }
    while true {
      skipSpace(andLines: true)
      if cursor.isAtEnd {
        if isWhole { return body }
        throw expected("'}'")
      }
      if !isWhole, cursor.take(UInt8(ascii: "}")) { return body }
      let start = cursor.offset
      guard let name = identifier() else { throw expected("an attribute or a block") }
      skipSpace(andLines: false)
      if cursor.byte == UInt8(ascii: "="), cursor.byte(ahead: 1) != UInt8(ascii: "=") {
        cursor.skip()
        let outer = brackets
        brackets = 0
        let value = try expression()
        brackets = outer
        body.attributes.append(
          .init(name: name, location: lines.location(of: start), value: value))
        continue
      }
      var labels: [String] = []
      while cursor.byte != UInt8(ascii: "{") {
        if cursor.byte == UInt8(ascii: "\"") {
          labels.append(try string().literal ?? "")
        } else if let label = identifier() {
          labels.append(label)
        } else {
          throw expected("'=' or '{'")
        }
        skipSpace(andLines: false)
      }
      cursor.skip()
      let inner = try self.body(isWhole: false)
      body.blocks.append(
        .init(type: name, labels: labels, location: lines.location(of: start), body: inner))
    }
  }

  // MARK: Expressions

  private mutating func expression() throws(MalformedText) -> HCLExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw failure(.tooDeep(Self.depthLimit)) }
    skipSpace(andLines: brackets > 0)
    let start = cursor.offset
    var content = try term()
    skipSpace(andLines: brackets > 0)
    if !isAtEndOfExpression {
      // An operator, a condition: what it comes to is not asked.
      try skipRest()
      content = .other
    }
    return HCLExpression(content: content, location: lines.location(of: start))
  }

  private var isAtEndOfExpression: Bool {
    guard let byte = cursor.byte else { return true }
    // `merge(a, b...)`
    if cursor.isAt("...") { return true }
    if [0x0A, 0x0D].contains(byte) { return brackets == 0 }
    return [UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}")]
      .contains(byte)
  }

  /// Up to where an expression ends, over all that stands in brackets on the way.
  private mutating func skipRest() throws(MalformedText) {
    var open = 0
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        open += 1
        cursor.skip()
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if open == 0 { return }
        open -= 1
        cursor.skip()
      case UInt8(ascii: ","): if open == 0 { return } else { cursor.skip() }
      case 0x0A: if open == 0, brackets == 0 { return } else { cursor.skip() }
      case UInt8(ascii: "#"), UInt8(ascii: "/"):
        let before = cursor.offset
        skipSpace(andLines: false)
        if cursor.offset == before { cursor.skip() }
      default: cursor.skip()
      }
    }
  }

  private mutating func term() throws(MalformedText) -> HCLExpression.Content {
    guard let byte = cursor.byte else { throw expected("a value") }
    switch byte {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "{"): return try map()
    case UInt8(ascii: "<") where cursor.byte(ahead: 1) == UInt8(ascii: "<"): return try heredoc()
    case UInt8(ascii: "("):
      cursor.skip()
      brackets += 1
      let inner = try expression()
      brackets -= 1
      skipSpace(andLines: true)
      guard cursor.take(UInt8(ascii: ")")) else { throw expected("')'") }
      return inner.content
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let start = cursor.offset
      cursor.skip { $0.isDigit || $0 == UInt8(ascii: ".") || ($0 | 0x20) == UInt8(ascii: "e") }
      return .word(text(from: start))
    default:
      guard let name = identifier() else { return .other }
      return try named(name)
    }
  }

  /// What begins with a name: a word, a call, a reference.
  private mutating func named(_ name: String) throws(MalformedText) -> HCLExpression.Content {
    if ["true", "false", "null"].contains(name) { return .word(name) }
    if cursor.byte == UInt8(ascii: "(") {
      cursor.skip()
      return .call(name, try elements(until: UInt8(ascii: ")")))
    }
    var parts = [name]
    var keys: [HCLExpression] = []
    while let byte = cursor.byte {
      if byte == UInt8(ascii: ".") {
        cursor.skip()
        let start = cursor.offset
        if cursor.take(UInt8(ascii: "*")) { return .other }
        if let part = identifier() {
          parts.append(part)
        } else {
          cursor.skip(while: \.isDigit)
          guard cursor.offset > start else { throw expected("a name") }
          parts.append(text(from: start))
        }
      } else if byte == UInt8(ascii: "[") {
        cursor.skip()
        brackets += 1
        let key = try expression()
        brackets -= 1
        skipSpace(andLines: true)
        guard cursor.take(UInt8(ascii: "]")) else { throw expected("']'") }
        switch key.content {
        case .literal(let text), .word(let text): parts.append(text)
        default:
          parts.append("*")
          keys.append(key)
        }
      } else {
        break
      }
    }
    return .reference(parts, keys: keys)
  }

  private mutating func list() throws(MalformedText) -> HCLExpression.Content {
    cursor.skip()
    skipSpace(andLines: true)
    if isFor { return try rest(of: UInt8(ascii: "]")) }
    return .list(try elements(until: UInt8(ascii: "]")))
  }

  private mutating func elements(until close: UInt8) throws(MalformedText) -> [HCLExpression] {
    brackets += 1
    defer { brackets -= 1 }
    var elements: [HCLExpression] = []
    while true {
      skipSpace(andLines: true)
      if cursor.take(close) { return elements }
      elements.append(try expression())
      skipSpace(andLines: true)
      _ = cursor.take("...")
      skipSpace(andLines: true)
      if cursor.take(close) { return elements }
      guard cursor.take(UInt8(ascii: ",")) else { throw expected("','") }
    }
  }

  private mutating func map() throws(MalformedText) -> HCLExpression.Content {
    cursor.skip()
    skipSpace(andLines: true)
    if isFor { return try rest(of: UInt8(ascii: "}")) }
    let outer = brackets
    // A line's end separates entries.
    brackets = 0
    defer { brackets = outer }
    var entries: [(key: HCLExpression, value: HCLExpression)] = []
    while true {
      skipSpace(andLines: true)
      if cursor.take(UInt8(ascii: "}")) { return .map(entries) }
      let start = cursor.offset
      let key: HCLExpression.Content
      if let name = identifier() {
        key = .literal(name)
      } else {
        key = try term()
      }
      skipSpace(andLines: false)
      guard cursor.take(UInt8(ascii: "=")) || cursor.take(UInt8(ascii: ":")) else {
        throw expected("'='")
      }
      let value = try expression()
      entries.append((HCLExpression(content: key, location: lines.location(of: start)), value))
      skipSpace(andLines: true)
      _ = cursor.take(UInt8(ascii: ","))
    }
  }

  /// `[for …]`, `{for …}`
  private var isFor: Bool {
    guard cursor.isAt("for") else { return false }
    let next = cursor.byte(ahead: 3) ?? 0
    return next == 0x20 || next == 0x09 || next == 0x0A
  }

  private mutating func rest(of close: UInt8) throws(MalformedText) -> HCLExpression.Content {
    while cursor.byte != close {
      guard !cursor.isAtEnd else { throw expected("the end of 'for'") }
      brackets += 1
      try skipRest()
      brackets -= 1
      if cursor.byte != close { cursor.skip() }
    }
    cursor.skip()
    return .other
  }

  // MARK: Templates

  /// A text in quotes, which stands on one line.
  private mutating func string() throws(MalformedText) -> HCLExpression.Content {
    let open = cursor.offset
    cursor.skip()
    var parts = TemplateParts(lines.location(of: open))
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: "\""):
        cursor.skip()
        return parts.content
      case UInt8(ascii: "\\"): try escape(into: &parts)
      case 0x0A: throw failure(.unterminatedString, at: open)
      default: try part(into: &parts)
      }
    }
    throw failure(.unterminatedString, at: open)
  }

  /// One byte of a text, or an interpolation.
  private mutating func part(into parts: inout TemplateParts) throws(MalformedText) {
    guard let byte = cursor.byte else { return }
    let next = cursor.byte(ahead: 1)
    guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") else {
      parts.text.append(byte)
      cursor.skip()
      return
    }
    if next == byte, cursor.byte(ahead: 2) == UInt8(ascii: "{") {
      parts.text += [byte, UInt8(ascii: "{")]
      cursor.skip(3)
    } else if next == UInt8(ascii: "{") {
      let isDirective = byte == UInt8(ascii: "%")
      cursor.skip(2)
      _ = cursor.take(UInt8(ascii: "~"))
      brackets += 1
      let inner = try expression()
      brackets -= 1
      skipSpace(andLines: true)
      _ = cursor.take(UInt8(ascii: "~"))
      guard cursor.take(UInt8(ascii: "}")) else { throw expected("'}'") }
      parts.add(
        isDirective ? HCLExpression(content: .other, location: inner.location) : inner)
    } else {
      parts.text.append(byte)
      cursor.skip()
    }
  }

  private mutating func escape(into parts: inout TemplateParts) throws(MalformedText) {
    let start = cursor.offset
    cursor.skip()
    switch cursor.byte {
    case UInt8(ascii: "n"): parts.text.append(0x0A)
    case UInt8(ascii: "r"): parts.text.append(0x0D)
    case UInt8(ascii: "t"): parts.text.append(0x09)
    case UInt8(ascii: "\""): parts.text.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): parts.text.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = cursor.byte == UInt8(ascii: "u") ? 4 : 8
      var value: UInt32 = 0
      for _ in 0..<count {
        cursor.skip()
        guard let digit = cursor.byte?.hexadecimalValue else {
          throw failure(.badUnicodeEscape(text(from: start)), at: start)
        }
        value = value << 4 | digit
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw failure(.badUnicodeEscape(text(from: start)), at: start)
      }
      parts.text += Array(String(scalar).utf8)
    default: throw failure(.unknownEscape(text(from: start)), at: start)
    }
    cursor.skip()
  }

  /// `<<EOT` or, with the indentation taken off, `<<-EOT`. Blanks around the marker that ends it do not count.
  private mutating func heredoc() throws(MalformedText) -> HCLExpression.Content {
    let open = cursor.offset
    cursor.skip(2)
    let isIndented = cursor.take(UInt8(ascii: "-"))
    guard let marker = identifier() else { throw expected("the heredoc's marker") }
    cursor.skip { $0 != 0x0A }
    cursor.skip()
    let start = cursor.offset
    var written: [ArraySlice<UInt8>] = []
    while !cursor.isAtEnd {
      let line = cursor.bytes[cursor.offset...].prefix { $0 != 0x0A }
      let blanks: [UInt8] = [0x20, 0x09, 0x0D]
      let bare = line.drop(while: blanks.contains)
      if bare.prefix(marker.utf8.count).elementsEqual(marker.utf8),
        bare.dropFirst(marker.utf8.count).allSatisfy(blanks.contains)
      {
        // The line break belongs to what follows.
        cursor.offset = line.endIndex
        let indent =
          isIndented
          ? written.filter { !$0.isEmpty }.map { $0.prefix { $0 == 0x20 || $0 == 0x09 }.count }
            .min() ?? 0 : 0
        let text = written.map { $0.dropFirst(indent) + [0x0A] }.joined()
        return Self.template(
          String(decoding: Array(text), as: UTF8.self), at: lines.location(of: start))
      }
      written.append(line)
      cursor.offset = line.endIndex
      cursor.skip()
    }
    throw failure(.unterminatedString, at: open)
  }

  /// A text with `${…}`; what is no template is taken as it is written.
  static func template(_ text: String, at location: SourceLocation) -> HCLExpression.Content {
    var reader = HCLReader(Array(text.utf8), path: location.path)
    var parts = TemplateParts(location)
    do throws(MalformedText) {
      while !reader.cursor.isAtEnd { try reader.part(into: &parts) }
    } catch {
      return .other
    }
    return parts.content
  }

  // MARK: Words

  private mutating func identifier() -> String? {
    guard let first = cursor.byte,
      first >= 0x80 || first == UInt8(ascii: "_")
        || (first | 0x20) >= 0x61 && (first | 0x20) <= 0x7A
    else { return nil }
    let start = cursor.offset
    cursor.skip { byte in
      byte >= 0x80 || byte.isDigit || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    return text(from: start)
  }

  /// Blanks and comments; one that begins with `#` or `//` ends before its line does.
  private mutating func skipSpace(andLines: Bool) {
    while let byte = cursor.byte {
      if byte == 0x20 || byte == 0x09 || andLines && (byte == 0x0A || byte == 0x0D) {
        cursor.skip()
      } else if byte == UInt8(ascii: "#") || cursor.isAt("//") {
        cursor.skip { $0 != 0x0A }
      } else if cursor.isAt("/*") {
        cursor.skip(2)
        while !cursor.isAtEnd, !cursor.isAt("*/") { cursor.skip() }
        cursor.skip(2)
      } else if byte == 0x0D, cursor.byte(ahead: 1) == 0x0A, !andLines {
        cursor.skip()
      } else {
        return
      }
    }
  }

  private func text(from start: Int) -> String {
    String(decoding: cursor.bytes[start..<min(cursor.offset, cursor.bytes.count)], as: UTF8.self)
  }

  private func failure(_ problem: TextProblem, at offset: Int? = nil) -> MalformedText {
    MalformedText("invalid-hcl", problem, at: lines.location(of: offset ?? cursor.offset))
  }

  private func expected(_ what: String) -> MalformedText {
    failure(.expected(what, found: cursor.describeNext()))
  }
}

/// A text while it is read.
private struct TemplateParts {
  private let location: SourceLocation
  private var parts: [HCLExpression] = []
  var text: [UInt8] = []

  init(_ location: SourceLocation) { self.location = location }

  mutating func add(_ part: HCLExpression) {
    flush()
    parts.append(part)
  }

  private mutating func flush() {
    guard !text.isEmpty else { return }
    parts.append(
      HCLExpression(
        content: .literal(String(decoding: text, as: UTF8.self)), location: location))
    text = []
  }

  var content: HCLExpression.Content {
    var whole = self
    whole.flush()
    guard whole.parts.count != 1, !whole.parts.isEmpty else {
      // `"${var.region}"` is what stands in it.
      return whole.parts.first?.content ?? .literal("")
    }
    return .template(whole.parts)
  }
}

extension HCLExpression.Content {
  fileprivate var literal: String? {
    if case .literal(let text) = self { text } else { nil }
  }
}
