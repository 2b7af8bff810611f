/// Names of distributions, as PyPI compares them.
enum DistributionName {
  /// PEP 503: lower case, runs of `-`, `_`, `.` become one `-`.
  static func normalised(_ name: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        if bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `typing_extensions` of `typing_extensions>=4; python_version < "3.11"` (PEP 508), normalised;
  /// empty where the line begins with something else.
  static func required(_ line: some StringProtocol) -> String {
    let name = line.utf8.drop(while: { $0 == 32 || $0 == 9 }).prefix {
      switch $0 {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
    return normalised(String(decoding: Array(name), as: UTF8.self))
  }
}
