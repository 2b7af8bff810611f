import Model
import Text

/// One value each; nil, and a diagnostic, where it is not what its key wants.
extension ConfigurationReader {
  mutating func table(_ entry: DatumTable.Entry) -> DatumTable? {
    if let table = entry.value.table { return table }
    refuse(entry, wanted: "a table")
    return nil
  }

  mutating func text(_ entry: DatumTable.Entry) -> Configuration.Located<String>? {
    guard let value = entry.value.string else {
      refuse(entry, wanted: "a string")
      return nil
    }
    guard !value.isEmpty, !value.utf8.contains(0) else {
      diagnostics.append(.emptyValue(entry.key, at: entry.value.location))
      return nil
    }
    return .init(value: value, location: entry.value.location)
  }

  /// A list of strings, or one string for a list of one.
  mutating func strings(_ entry: DatumTable.Entry) -> [Configuration.Located<String>]? {
    if entry.value.string != nil { return text(entry).map { [$0] } }
    guard let array = entry.value.array else {
      refuse(entry, wanted: "a string or an array of strings")
      return nil
    }
    var result: [Configuration.Located<String>] = []
    for element in array {
      guard let value = element.string else {
        diagnostics.append(
          .wrongType(
            entry.key, wanted: "an array of strings", found: "one with \(element.kindName)",
            at: element.location))
        continue
      }
      guard !value.isEmpty, !value.utf8.contains(0) else {
        diagnostics.append(.emptyValue(entry.key, at: element.location))
        continue
      }
      result.append(.init(value: value, location: element.location))
    }
    return result
  }

  /// Names of distributions, with extras at most: which version it is, the environment says.
  mutating func needs(_ entry: DatumTable.Entry) -> [Configuration.Located<String>]? {
    strings(entry)?.filter { need in
      let line = RequirementLine(need.value)
      if let line, line.specifier.isEmpty, line.marker == nil { return true }
      diagnostics.append(
        .badNeed(need.value, in: entry.key, hasVersion: line != nil, at: need.location))
      return false
    }
  }

  mutating func choice<Value>(
    _ entry: DatumTable.Entry, _ choices: [(String, Value)]
  ) -> Configuration.Located<Value>? {
    guard let written = text(entry) else { return nil }
    if let found = choices.first(where: { $0.0 == written.value }) {
      return .init(value: found.1, location: written.location)
    }
    let known = choices.map(\.0)
    diagnostics.append(
      .unknownChoice(
        entry.key, written.value, nearest: nearestMatch(to: written.value, among: known),
        known: known, at: written.location))
    return nil
  }

  mutating func rawChoice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ entry: DatumTable.Entry
  ) -> Value? where Value.RawValue == String {
    // `off` is also what some would write as a boolean.
    if entry.value.content == .boolean(false), let off = Value(rawValue: "off") { return off }
    return choice(entry, Value.allCases.map { ($0.rawValue, $0) })?.value
  }

  mutating func architecture(
    _ entry: DatumTable.Entry
  ) -> Configuration.Located<Architecture>? {
    choice(
      entry,
      Architecture.allCases.map { ($0.rawValue, $0) } + [("aarch64", .arm64), ("amd64", .x86_64)])
  }

  /// `python3.12`
  mutating func runtime(_ entry: DatumTable.Entry) -> Configuration.Located<Runtime>? {
    guard let written = text(entry) else { return nil }
    let known = languages.flatMap { language in
      Providers.runtimeVersions(of: language).map {
        Runtime(language: language, major: $0.major, minor: $0.minor)
      }
    }
    // A version that is not among them is no slip of the fingers.
    let named = known.filter { written.value.hasPrefix($0.language) }
    if let first = named.first, let last = named.last,
      written.value.utf8.dropFirst(first.language.utf8.count).allSatisfy(\.isDigitOrDot),
      !named.contains(where: { $0.description == written.value })
    {
      diagnostics.append(
        .unsupportedRuntime(written.value, first: first, last: last, at: written.location))
      return nil
    }
    return choice(entry, known.map { ($0.description, $0) }).map {
      .init(value: $0.value, location: written.location)
    }
  }

  /// More than 0, at most 1.
  mutating func share(_ entry: DatumTable.Entry) -> Double? {
    let value: Double
    switch entry.value.content {
    case .float(let float): value = float
    case .integer(let integer): value = Double(integer)
    default:
      refuse(entry, wanted: "a number")
      return nil
    }
    guard value > 0, value <= 1 else {
      diagnostics.append(
        .outOfRange(entry.key, wanted: "above 0 and at most 1", at: entry.value.location))
      return nil
    }
    return value
  }

  /// In bytes.
  mutating func size(_ entry: DatumTable.Entry) -> Int? {
    switch entry.value.content {
    case .integer(let value) where value >= 0: return Int(value)
    case .integer:
      diagnostics.append(.outOfRange(entry.key, wanted: "0 or more", at: entry.value.location))
    case .string(let written):
      if let bytes = ByteSize.parse(written) { return bytes }
      diagnostics.append(.badSize(entry.key, written, at: entry.value.location))
    default: refuse(entry, wanted: "a size")
    }
    return nil
  }

  /// `{ zipped = "5 MB", unzipped = "20 MB" }`
  mutating func bounds(_ entry: DatumTable.Entry) -> Settings.Bounds? {
    guard let table = table(entry) else { return nil }
    var bounds = Settings.Bounds(origin: entry.keyLocation)
    for key in table.entries {
      switch key.key {
      case "zipped": bounds.zipped = size(key)
      case "unzipped": bounds.unzipped = size(key)
      default: unknown(key, in: "'\(entry.key)'", known: ["zipped", "unzipped"])
      }
    }
    return bounds
  }

  /// `{ STAGE = "test" }`
  mutating func variables(_ entry: DatumTable.Entry) -> [String: String] {
    var result: [String: String] = [:]
    for variable in table(entry)?.entries ?? [] {
      guard let value = variable.value.string else {
        refuse(variable, wanted: "a string")
        continue
      }
      guard !variable.key.isEmpty, !(variable.key + value).utf8.contains(0),
        !variable.key.utf8.contains(UInt8(ascii: "="))
      else {
        diagnostics.append(.badVariable(variable.key, at: variable.keyLocation))
        continue
      }
      result[variable.key] = value
    }
    return result
  }

  private mutating func refuse(_ entry: DatumTable.Entry, wanted: String) {
    diagnostics.append(
      .wrongType(
        entry.key, wanted: wanted, found: entry.value.kindName, at: entry.value.location))
  }
}

extension UInt8 {
  fileprivate var isDigitOrDot: Bool {
    self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") || self == UInt8(ascii: ".")
  }
}
