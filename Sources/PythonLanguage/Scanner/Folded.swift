/// What an expression is known to give before the program runs.
///
///     "pkg.%s" % name          # the text `pkg.*`
///     __name__ + ".sub"        # the text `sub`, relative to the file's own package
///     ("a", "b")               # a list of two texts
indirect enum Folded {
  /// One of these.
  case texts([Pattern])
  case list([Folded])
  case table([(key: Folded, value: Folded)])

  static let unknown = Folded.texts([.hole])

  /// How many values are followed at most: more is a blind spot.
  static let limit = 256

  /// What is got by iterating or indexing.
  var element: Folded {
    switch self {
    case .texts: .unknown
    case .list(let items): .oneOf(items)
    case .table(let rows): .oneOf(rows.map(\.key))
    }
  }

  static func oneOf(_ items: [Folded]) -> Folded {
    var patterns: [Pattern] = []
    var nested: [Folded] = []
    for item in items {
      switch item {
      case .texts(let texts): patterns += texts
      case .list, .table: nested.append(item)
      }
    }
    if patterns.isEmpty, !nested.isEmpty {
      if nested.count == 1 { return nested[0] }
      // Rows of a table of tuples: what any of them holds.
      return .list(
        nested.flatMap { (item: Folded) -> [Folded] in
          switch item {
          case .list(let items): items
          case .table(let rows): rows.map(\.key)
          case .texts: []
          }
        })
    }
    if patterns.isEmpty || patterns.count > limit { return .unknown }
    return .texts(patterns)
  }

  var patterns: [Pattern] {
    switch self {
    case .texts(let patterns): patterns
    case .list, .table: [.hole]
    }
  }

  func map(_ transform: (Pattern) -> Pattern) -> Folded { .texts(patterns.map(transform)) }

  func joined(with other: Folded) -> Folded {
    if case .list(let left) = self, case .list(let right) = other { return .list(left + right) }
    if case .table(let left) = self, case .table(let right) = other { return .table(left + right) }
    let left = patterns
    let right = other.patterns
    guard left.count * right.count <= Self.limit else { return .unknown }
    return .texts(left.flatMap { head in right.map { head.appending($0) } })
  }
}

/// A text of which parts may be unknown, and that may begin with the file's own name.
struct Pattern: Hashable {
  static let holeByte = UInt8(ascii: "*")
  static let hole = Pattern(bytes: [holeByte])
  /// Stands for the name that a module's `__getattr__` was asked for.
  static let askedByte = UInt8(ascii: "?")
  static let asked = Pattern(bytes: [askedByte])

  /// How many packages up it begins: 1 is the file's own package, as in `from . import`; 0 where it
  /// stands on its own.
  var level = 0
  var bytes: [UInt8]

  init(level: Int = 0, bytes: [UInt8]) {
    self.level = level
    self.bytes = bytes
  }

  var hasHole: Bool { bytes.contains { $0 == Self.holeByte || $0 == Self.askedByte } }
  var isHole: Bool { level == 0 && (bytes == [Self.holeByte] || bytes == [Self.askedByte]) }
  /// Whether some part is unknown even to who knows the name that is asked for.
  var isOpen: Bool { bytes.contains(Self.holeByte) }

  /// With all that is unknown alike: `name.lower()` is not the name.
  var blurred: Pattern {
    Pattern(level: level, bytes: bytes.map { $0 == Self.askedByte ? Self.holeByte : $0 })
  }

  func appending(_ other: Pattern) -> Pattern {
    if bytes.isEmpty, level == 0 { return other }
    // The own name in the middle of something is no name any more.
    let tail = other.level > 0 ? [Self.holeByte] : other.bytes
    if bytes.last == Self.holeByte, tail.first == Self.holeByte {
      return Pattern(level: level, bytes: bytes + tail.dropFirst())
    }
    return Pattern(level: level, bytes: bytes + tail)
  }

  /// `name.rpartition(".")[0]`
  var withoutLastComponent: Pattern {
    if let dot = bytes.lastIndex(of: UInt8(ascii: ".")) {
      return Pattern(level: level, bytes: Array(bytes[..<dot]))
    }
    if level > 0 {
      return bytes.isEmpty
        ? Pattern(level: level + 1, bytes: []) : Pattern(level: level, bytes: [])
    }
    return hasHole ? .hole : Pattern(bytes: [])
  }

  var firstComponent: Pattern {
    if level > 0 { return .hole }
    return Pattern(bytes: Array(bytes.prefix { $0 != UInt8(ascii: ".") }))
  }

  var lastComponent: Pattern {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else {
      return level > 0 ? .hole : self
    }
    return Pattern(bytes: Array(bytes[(dot + 1)...]))
  }

  /// As `import_module` takes it: leading dots count as levels, the dot after the own name goes.
  var request: (level: Int, name: [UInt8]) {
    let dots = bytes.prefix { $0 == UInt8(ascii: ".") }.count
    if level > 0 { return (level, Array(bytes.dropFirst(min(dots, 1)))) }
    return (dots, Array(bytes.dropFirst(dots)))
  }

  /// `"pkg.%s"`, `"pkg.%(name)s"`, `"pkg.{}"`, `"pkg.{0.x}"` with the holes filled from `values`.
  static func percent(_ format: [UInt8], _ values: [Folded], _ named: [[UInt8]: Folded]) -> Folded {
    var result = Folded.texts([Pattern(bytes: [])])
    var next = 0
    var i = 0
    var text: [UInt8] = []
    while i < format.count {
      guard format[i] == UInt8(ascii: "%"), i + 1 < format.count else {
        text.append(format[i])
        i += 1
        continue
      }
      i += 1
      if format[i] == UInt8(ascii: "%") {
        text.append(format[i])
        i += 1
        continue
      }
      var value: Folded?
      if format[i] == UInt8(ascii: "("), let end = format[i...].firstIndex(of: UInt8(ascii: ")")) {
        value = named[Array(format[(i + 1)..<end])]
        i = end + 1
      } else {
        value = next < values.count ? values[next] : nil
        next += 1
      }
      // Flags, width and the letter: only a plain `%s` gives the value as it is.
      let start = i
      while i < format.count, !isLetter(format[i]) { i += 1 }
      let isPlain = i == start && i < format.count && format[i] == UInt8(ascii: "s")
      i += 1
      result = result.joined(with: .texts([Pattern(bytes: text)]))
        .joined(with: isPlain ? value ?? .unknown : .unknown)
      text = []
    }
    return result.joined(with: .texts([Pattern(bytes: text)]))
  }

  static func braces(_ format: [UInt8], _ values: [Folded], _ named: [[UInt8]: Folded]) -> Folded {
    var result = Folded.texts([Pattern(bytes: [])])
    var next = 0
    var i = 0
    var text: [UInt8] = []
    while i < format.count {
      let byte = format[i]
      i += 1
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), i < format.count, format[i] == byte
      {
        text.append(byte)
        i += 1
        continue
      }
      guard byte == UInt8(ascii: "{") else {
        text.append(byte)
        continue
      }
      var field: [UInt8] = []
      while i < format.count, format[i] != UInt8(ascii: "}") {
        field.append(format[i])
        i += 1
      }
      i += 1
      var value: Folded?
      if field.isEmpty {
        value = next < values.count ? values[next] : nil
        next += 1
      } else if let index = Int(String(decoding: field, as: UTF8.self)) {
        value = index < values.count && index >= 0 ? values[index] : nil
      } else {
        value = named[field]
      }
      result = result.joined(with: .texts([Pattern(bytes: text)])).joined(with: value ?? .unknown)
      text = []
    }
    return result.joined(with: .texts([Pattern(bytes: text)]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
