import Model

/// A handler as it is written, taken apart; what it names has not been looked for.
///
///     functions/orders/app.py:handler    # a file and an attribute
///     jobs.cleanup.handler               # a module on the path and an attribute
///     jobs.cleanup:handler               # the same
///     jobs/cleanup.handler               # the same, as AWS Lambda takes it
///     jobs.cleanup:worker.run            # an attribute's attribute
enum HandlerSpelling: Hashable {
  /// Relative to the project's folder.
  case file(path: String, attribute: String)
  case module(String, attribute: String)

  /// Dotted for an attribute's attribute.
  var attribute: String {
    switch self {
    case .file(_, let attribute), .module(_, let attribute): attribute
    }
  }

  /// Nil where no attribute is named.
  init?(_ written: String) {
    if let colon = written.lastIndex(of: ":") {
      let (head, attribute) = (written[..<colon], written[written.index(after: colon)...])
      guard !head.isEmpty,
        attribute.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isName)
      else { return nil }
      if head.hasSuffix(".py") {
        self = .file(path: String(head), attribute: String(attribute))
        return
      }
      self.init(module: head, attribute: attribute)
      return
    }
    guard !written.hasSuffix(".py"), let dot = written.lastIndex(of: "."),
      Self.isName(written[written.index(after: dot)...])
    else { return nil }
    self.init(module: written[..<dot], attribute: written[written.index(after: dot)...])
  }

  private init?(module: Substring, attribute: Substring) {
    let parts = module.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "/" }
    guard parts.allSatisfy({ Self.isName($0) }) else { return nil }
    self = .module(parts.joined(separator: "."), attribute: String(attribute))
  }

  /// Bytes above ASCII may be letters; the interpreter knows. Hyphens are no identifier's, but
  /// providers import by name, and `my-app.handler` works.
  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, !(first >= 0x30 && first <= 0x39) else { return false }
    return text.utf8.allSatisfy { byte in
      byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
  }
}

/// The names that a source file plainly has at its top: to tell a mistyped handler, nothing more.
struct PlainNames {
  private var words: Set<String> = []
  /// `def`, `class` and assignments at the first column.
  private(set) var defined: [String] = []
  /// Whether names may come about that are not written down: `import *`, `globals()`.
  private(set) var isOpen = false

  init(_ source: [UInt8]) {
    for line in source.split(
      omittingEmptySubsequences: true, whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    {
      var position = line.startIndex
      var lineWords: [String] = []
      while position < line.endIndex {
        let word = line[position...].prefix(while: Self.isWordByte)
        if word.isEmpty {
          position += 1
        } else {
          lineWords.append(String(decoding: word, as: UTF8.self))
          position = word.endIndex
        }
      }
      words.formUnion(lineWords)
      if lineWords.contains("import"), line.contains(UInt8(ascii: "*")) { isOpen = true }
      guard let first = line.first, Self.isWordByte(first), let head = lineWords.first else {
        continue
      }
      switch head {
      case "def", "class": defined += lineWords.dropFirst().prefix(1)
      case "async": defined += lineWords.dropFirst(2).prefix(1)
      default:
        let rest = line.dropFirst(head.utf8.count).drop { $0 == 0x20 }
        if rest.first == UInt8(ascii: "=") { defined.append(head) }
      }
    }
    if !words.isDisjoint(with: ["globals", "setattr", "__getattr__", "exec", "vars"]) {
      isOpen = true
    }
  }

  /// Whether the file may have it: the word stands somewhere.
  func mayHave(_ name: String) -> Bool { isOpen || words.contains(name) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      || byte == UInt8(ascii: "_")
  }
}
