import Model

/// An environment marker (PEP 508), decided for the *target*: pip decides markers by the interpreter
/// that runs it, which need not have the target's version or processor.
///
///     python_version < "3.11" and (sys_platform == "linux" or extra == "socks")
struct Marker {
  private enum Token: Equatable {
    case open, close, and, or, not, `in`
    case comparison(String)
    case variable(String)
    case literal(String)
  }

  /// What it can ask about, without the older spellings.
  static let variables = [
    "python_version", "python_full_version", "implementation_name", "implementation_version",
    "os_name", "sys_platform", "platform_machine", "platform_python_implementation",
    "platform_release", "platform_system", "platform_version",
  ]

  private let tokens: [Token]
  private let values: [String: String]

  /// Nil where the text is no marker.
  ///
  /// - Parameter extra: the one that is asked for, normalised (PEP 685); empty where none is.
  init?(_ text: String, _ platform: WheelPlatform, extra: String = "") {
    guard let tokens = Self.tokens(text) else { return nil }
    self.tokens = tokens
    let runtime = platform.runtime
    // The provider's patch version is not known; it is a late one.
    let full = "\(runtime.major).\(runtime.minor).99"
    values = [
      "python_version": "\(runtime.major).\(runtime.minor)", "python_full_version": full,
      "implementation_version": full, "implementation_name": "cpython",
      "platform_python_implementation": "CPython", "os_name": "posix", "sys_platform": "linux",
      "platform_system": "Linux",
      "platform_machine": platform.architecture == .arm64 ? "aarch64" : "x86_64",
      "platform_release": "", "platform_version": "", "extra": extra,
      // PEP 751: sets; nothing is in them, since no extra and no group was asked for.
      "extras": "", "dependency_groups": "",
    ]
  }

  /// Whether the target takes what the marker stands beside; nil where it is malformed.
  var holds: Bool? {
    var rest = tokens[...]
    guard let value = disjunction(&rest, depth: 0), rest.isEmpty else { return nil }
    return value
  }

  /// The extras that it asks about, normalised.
  var extras: [String] {
    guard tokens.count > 2 else { return [] }
    return (0..<tokens.count - 2).compactMap { i in
      switch (tokens[i], tokens[i + 2]) {
      case (.variable("extra"), .literal(let name)), (.literal(let name), .variable("extra")):
        normalisedName(name)
      default: nil
      }
    }.uniqued()
  }

  private func disjunction(_ rest: inout ArraySlice<Token>, depth: Int) -> Bool? {
    guard depth < 100, var value = conjunction(&rest, depth: depth) else { return nil }
    while rest.first == .or {
      rest.removeFirst()
      guard let right = conjunction(&rest, depth: depth) else { return nil }
      value = value || right
    }
    return value
  }

  private func conjunction(_ rest: inout ArraySlice<Token>, depth: Int) -> Bool? {
    guard var value = term(&rest, depth: depth) else { return nil }
    while rest.first == .and {
      rest.removeFirst()
      guard let right = term(&rest, depth: depth) else { return nil }
      value = value && right
    }
    return value
  }

  private func term(_ rest: inout ArraySlice<Token>, depth: Int) -> Bool? {
    if rest.first == .open {
      rest.removeFirst()
      let value = disjunction(&rest, depth: depth + 1)
      guard rest.popFirst() == .close else { return nil }
      return value
    }
    guard let left = rest.popFirst(), let comparison = rest.popFirst() else { return nil }
    var name: String
    switch comparison {
    case .comparison(let text): name = text
    case .in: name = "in"
    case .not:
      guard rest.popFirst() == .in else { return nil }
      name = "not in"
    default: return nil
    }
    guard let right = rest.popFirst(), var a = value(left), var b = value(right) else { return nil }
    if [left, right].contains(.variable("extra")) {
      (a, b) = (normalisedName(a), normalisedName(b))
    }
    let isVersion = [left, right].contains {
      if case .variable(let name) = $0 {
        name.hasSuffix("_version") && name != "platform_version"
      } else {
        false
      }
    }
    if isVersion, name != "in", name != "not in" { return Self.compare(a, name, b) }
    switch name {
    case "==", "===": return a == b
    case "!=": return a != b
    case "in": return b.contains(a) && !a.isEmpty || Self.listed(a, in: b)
    case "not in": return !(b.contains(a) && !a.isEmpty || Self.listed(a, in: b))
    case "<": return a < b
    case "<=": return a <= b
    case ">": return a > b
    case ">=": return a >= b
    default: return nil
    }
  }

  private static func listed(_ item: String, in list: String) -> Bool {
    list.split { $0 == "," || $0 == " " }.contains { $0 == item }
  }

  private func value(_ token: Token) -> String? {
    switch token {
    case .variable(let name): values[name]
    case .literal(let text): text
    default: nil
    }
  }

  /// As PEP 440 compares `a` with the specifier `b`.
  private static func compare(_ a: String, _ name: String, _ b: String) -> Bool? {
    if b.hasSuffix(".*") {
      let head = b.dropLast(2)
      let isBelow = a == head || a.hasPrefix(head + ".")
      return name == "==" ? isBelow : name == "!=" ? !isBelow : nil
    }
    let (left, right) = (ReleaseVersion(a), ReleaseVersion(b))
    switch name {
    case "==": return left == right
    case "===": return a == b
    case "!=": return left != right
    case "<": return left < right
    case "<=": return left <= right
    case ">": return left > right
    case ">=": return left >= right
    case "~=":
      let head = b.split(separator: ".").dropLast().joined(separator: ".")
      return left >= right && (a == head || a.hasPrefix(head + "."))
    default: return nil
    }
  }

  private static func tokens(_ text: String) -> [Token]? {
    var rest = Array(text.utf8)[...]
    var tokens: [Token] = []
    while let byte = rest.first {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: rest.removeFirst()
      case UInt8(ascii: "("):
        tokens.append(.open)
        rest.removeFirst()
      case UInt8(ascii: ")"):
        tokens.append(.close)
        rest.removeFirst()
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        rest.removeFirst()
        guard let end = rest.firstIndex(of: byte) else { return nil }
        tokens.append(.literal(String(decoding: rest[..<end], as: UTF8.self)))
        rest = rest[(end + 1)...]
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"),
        UInt8(ascii: "~"):
        let name = rest.prefix { "<>=!~".utf8.contains($0) }
        tokens.append(.comparison(String(decoding: name, as: UTF8.self)))
        rest = rest[name.endIndex...]
      default:
        let word = rest.prefix {
          ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == UInt8(ascii: "_")
            || $0 == UInt8(ascii: ".") || $0 >= 0x30 && $0 <= 0x39
        }
        guard !word.isEmpty else { return nil }
        rest = rest[word.endIndex...]
        switch String(decoding: word, as: UTF8.self) {
        case "and": tokens.append(.and)
        case "or": tokens.append(.or)
        case "not": tokens.append(.not)
        case "in": tokens.append(.in)
        // The spellings of PEP 345, which old metadata has.
        case "os.name": tokens.append(.variable("os_name"))
        case "sys.platform": tokens.append(.variable("sys_platform"))
        case "platform.machine": tokens.append(.variable("platform_machine"))
        case "python_implementation", "platform.python_implementation":
          tokens.append(.variable("platform_python_implementation"))
        case let name: tokens.append(.variable(name))
        }
      }
    }
    return tokens.isEmpty ? nil : tokens
  }
}
