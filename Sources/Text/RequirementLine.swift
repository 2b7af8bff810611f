/// What one line of a requirements file or one `Requires-Dist` asks for (PEP 508):
///
///     PySocks[x]!=1.5.7,>=1.5.6; extra == "socks"
///
/// Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/
package struct RequirementLine: Hashable, Sendable {
  /// As it is written.
  package let name: String
  /// As they are written, in their order.
  package let extras: [String]
  /// What stands behind the semicolon; nil where nothing does.
  package let marker: String?
  /// What stands between: versions, or `@ URL`; empty where nothing does.
  package let specifier: String

  /// Nil where the line begins with no name, or goes on with what no requirement can.
  package init?(_ line: some StringProtocol) {
    let bytes = Array(line.utf8)
    var i = bytes.firstIndex { !Self.isBlank($0) } ?? bytes.count
    let start = i
    while i < bytes.count, Self.isPart(bytes[i]) { i += 1 }
    guard i > start else { return nil }
    name = String(decoding: bytes[start..<i], as: UTF8.self)
    func skipBlanks() { while i < bytes.count, Self.isBlank(bytes[i]) { i += 1 } }
    skipBlanks()
    var extras: [String] = []
    if i < bytes.count, bytes[i] == UInt8(ascii: "[") {
      guard let end = bytes[i...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
      for part in bytes[(i + 1)..<end].split(separator: UInt8(ascii: ",")) {
        let extra = Self.trimmed(part)
        guard !extra.isEmpty, extra.utf8.allSatisfy(Self.isPart) else { return nil }
        extras.append(extra)
      }
      i = end + 1
      skipBlanks()
    }
    self.extras = extras
    if i < bytes.count, !"<>=!~(@;#".utf8.contains(bytes[i]) { return nil }
    // In `name @ url ; marker` the semicolon has space in front; in a URL it may be part of it.
    let isURL = i < bytes.count && bytes[i] == UInt8(ascii: "@")
    let cut = bytes[i...].indices.first { at in
      bytes[at] == UInt8(ascii: ";") && (!isURL || Self.isBlank(bytes[at - 1]))
    }
    specifier = Self.trimmed(bytes[i..<(cut ?? bytes.count)])
    let marker = cut.map { Self.trimmed(bytes[($0 + 1)...]) } ?? ""
    self.marker = marker.isEmpty ? nil : marker
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[..<end].drop(while: isBlank), as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}
