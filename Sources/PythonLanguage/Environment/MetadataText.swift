import Model
import Text

/// The text formats of installed metadata. Each reader takes what it can and skips what it cannot:
/// a broken metadata file must not keep code from being packaged.
enum MetadataText {
  /// Lines without their ends (`\n`, `\r\n`, `\r`), decoded as UTF-8 with repair.
  static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  static func trim(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    let isSpace = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  /// `METADATA`, `PKG-INFO`, `WHEEL`: headers as in a mail, up to the first empty line. Names are
  /// lower-cased; a continued line is dropped, since no header that is read here has one. Lines are
  /// counted from 1.
  static func headers(_ bytes: [UInt8]) -> [(name: String, value: String, line: Int)] {
    var result: [(name: String, value: String, line: Int)] = []
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      var end = start
      while end < bytes.count, bytes[end] != 10 { end += 1 }
      var line = bytes[start..<end]
      if line.last == 13 { line = line.dropLast() }
      start = end + 1
      if line.isEmpty { break }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.first != 32, line.first != 9
      else { continue }
      result.append(
        (
          String(decoding: line[..<colon], as: UTF8.self).lowercased(),
          trim(String(decoding: line[(colon + 1)...], as: UTF8.self)), number
        ))
    }
    return result
  }

  /// The first field of each row of a `RECORD`: CSV with `"` quoting (PEP 376). Paths that leave the
  /// root (`../../../bin/x`) and absolute ones are left out.
  static func record(_ bytes: [UInt8]) -> [RelativePath] {
    var paths: [RelativePath] = []
    var index = 0
    while index < bytes.count {
      let text: String
      if bytes[index] == UInt8(ascii: "\"") {
        var field: [UInt8] = []
        index += 1
        while index < bytes.count {
          if bytes[index] == UInt8(ascii: "\"") {
            index += 1
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { break }
          }
          field.append(bytes[index])
          index += 1
        }
        text = String(decoding: field, as: UTF8.self)
      } else {
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ","), bytes[index] != 10,
          bytes[index] != 13
        {
          index += 1
        }
        text = String(decoding: bytes[start..<index], as: UTF8.self)
      }
      while index < bytes.count, bytes[index] != 10 { index += 1 }
      index += 1
      if let path = Roles.installedPath(ofRecorded: text) { paths.append(path) }
    }
    return paths
  }

  /// `entry_points.txt`: sections in brackets, `name = value`, `#` and `;` comments. Extras
  /// (`module:attr [extra]`) are taken off.
  static func entryPoints(_ bytes: [UInt8]) -> [Distribution.EntryPoint] {
    var group = ""
    var result: [Distribution.EntryPoint] = []
    for line in lines(bytes).map({ trim($0) }) where !line.isEmpty {
      if line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        group = trim(line.dropFirst().dropLast())
        continue
      }
      guard let equals = line.firstIndex(of: "="), !group.isEmpty else { continue }
      let value = line[line.index(after: equals)...].prefix { $0 != "[" }
      result.append(
        Distribution.EntryPoint(group: group, name: trim(line[..<equals]), value: trim(value)))
    }
    return result
  }

  /// A `Requires-Dist`; nil where it is none.
  static func requirement(_ line: some StringProtocol) -> Distribution.Requirement? {
    RequirementLine(line).map { line in
      Distribution.Requirement(
        name: DistributionName.normalised(line.name),
        extras: line.extras.map(DistributionName.normalised).sorted(), marker: line.marker)
    }
  }

  /// `requires.txt` of an egg: a requirement per line, below `[extra]`, `[:marker]` or `[extra:marker]`
  /// headings. What is no requirement is handed to `refuse`, with its line.
  static func eggRequirements(
    _ bytes: [UInt8], refuse: (String, Int) -> Void = { _, _ in }
  ) -> [Distribution.Requirement] {
    var heading: String?
    var result: [Distribution.Requirement] = []
    for (number, line) in lines(bytes).map({ trim($0) }).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      if line.hasPrefix("["), line.hasSuffix("]") {
        let parts = line.dropFirst().dropLast().split(
          separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let extra = parts[0].isEmpty ? nil : "extra == \"\(parts[0])\""
        heading = conjunction([extra, parts.count > 1 ? String(parts[1]) : nil])
      } else if let read = requirement(line) {
        result.append(
          Distribution.Requirement(
            name: read.name, extras: read.extras, marker: conjunction([heading, read.marker])))
      } else {
        refuse(line, number + 1)
      }
    }
    return result
  }

  private static func conjunction(_ markers: [String?]) -> String? {
    let given = markers.compactMap { $0 }.filter { !$0.isEmpty }
    return given.count > 1 ? given.map { "(\($0))" }.joined(separator: " and ") : given.first
  }
}
