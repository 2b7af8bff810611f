/// A text of which parts may be unknown, and that may begin with the file's own name.
struct Pattern: Hashable, Sendable {
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

  /// `name.lower()`
  var lowercased: Pattern {
    Pattern(
      level: level,
      bytes: blurred.bytes.map { (65...90).contains($0) ? $0 + 32 : $0 })
  }

  /// `name.strip()`
  var stripped: Pattern {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (9...13).contains(byte) }
    let head = blurred.bytes.drop(while: isBlank)
    return Pattern(
      level: level, bytes: Array(head[...(head.lastIndex { !isBlank($0) } ?? head.startIndex - 1)]))
  }

  /// `name.replace("-", "_")`, where all of the name is known.
  func replacing(_ old: [UInt8], with new: [UInt8]) -> Pattern {
    guard level == 0, !old.isEmpty, !hasHole else { return .hole }
    let parts = split(at: old, limit: nil, isFromRight: false)
    return Pattern(bytes: Array(parts.joined(separator: new)))
  }

  /// `name.removeprefix("a.")`, `name.removesuffix(".b")`
  func removing(_ affix: [UInt8], isPrefix: Bool) -> Pattern {
    guard level == 0, !hasHole else { return .hole }
    if isPrefix {
      return bytes.starts(with: affix) ? Pattern(bytes: Array(bytes.dropFirst(affix.count))) : self
    }
    return bytes.reversed().starts(with: affix.reversed())
      ? Pattern(bytes: Array(bytes.dropLast(affix.count))) : self
  }

  /// As `str.split` and `str.rsplit` do it, at most so many times.
  func split(at separator: [UInt8], limit: Int?, isFromRight: Bool) -> [[UInt8]] {
    var starts: [Int] = []
    var i = 0
    while i + separator.count <= bytes.count {
      if bytes[i..<i + separator.count].elementsEqual(separator) {
        starts.append(i)
        i += separator.count
      } else {
        i += 1
      }
    }
    if let limit, limit >= 0 {
      starts = isFromRight ? starts.suffix(limit) : starts.prefix(limit).map(\.self)
    }
    var parts: [[UInt8]] = []
    var start = 0
    for end in starts {
      parts.append(Array(bytes[start..<end]))
      start = end + separator.count
    }
    return parts + [Array(bytes[start...])]
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

  /// `name.rpartition(".")[0]`; what is open may have dots of its own.
  var heads: [Pattern] {
    let head = withoutLastComponent
    return lastComponent.hasHole && !head.bytes.isEmpty && !head.isHole
      ? [head, head.appending(Pattern(bytes: [UInt8(ascii: ".")])).appending(.hole)] : [head]
  }

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
