/// Sizes as people write and read them. `MB` is a million bytes, `MiB` is 1024 times 1024.
package enum ByteSize {
  /// `5 MB`, `5MiB`, `1.5 GB`, `5_000_000`; nil for anything else, negative sizes, fractions of a
  /// byte, and what does not fit in 63 bits. Letters may be upper or lower case.
  package static func parse(_ text: String) -> Int? {
    let bytes = Array(text.utf8.drop { $0 == 0x20 })
    let number = bytes.prefix { $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    let unit = String(
      decoding: bytes[number.count...].filter { $0 != 0x20 }.map { $0 | 0x20 }, as: UTF8.self)
    guard let factor = factors[unit] else { return nil }
    let parts = number.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), number.first?.isDigit == true,
      number.last?.isDigit == true
    else { return nil }
    func digits(_ part: ArraySlice<UInt8>) -> String {
      String(decoding: part.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }
    guard let whole = Int(digits(parts[0])) else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    guard parts.count == 2 else { return product }
    let fraction = digits(parts[1])
    guard fraction.utf8.count <= 9, let numerator = Int(fraction) else { return nil }
    var denominator = 1
    for _ in fraction.utf8 { denominator *= 10 }
    let (scaled, tooLarge) = numerator.multipliedReportingOverflow(by: factor)
    guard !tooLarge, scaled % denominator == 0 else { return nil }
    let (sum, overflowed) = product.addingReportingOverflow(scaled / denominator)
    return overflowed ? nil : sum
  }

  private static let factors: [String: Int] = [
    "": 1, "b": 1, "k": 1000, "kb": 1000, "m": 1_000_000, "mb": 1_000_000, "g": 1_000_000_000,
    "gb": 1_000_000_000, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
  ]

  /// `712 B`, `4.1 KB`, `52.4 MB`: three digits or so, decimal units.
  package static func format(_ byteCount: Int) -> String {
    var unit = 0
    var scale = 1
    // 999_950 and more would be rounded to '1000.0 KB'.
    while unit < 3, byteCount.magnitude >= UInt(scale * 1000 - (unit == 0 ? 0 : scale / 20)) {
      unit += 1
      scale *= 1000
    }
    guard unit > 0 else { return "\(byteCount) B" }
    let tenths = (byteCount.magnitude + UInt(scale / 20)) / UInt(scale / 10)
    let sign = byteCount < 0 ? "-" : ""
    return "\(sign)\(tenths / 10).\(tenths % 10) \(["B", "KB", "MB", "GB"][unit])"
  }

  /// `52,428,800`
  package static func grouped(_ byteCount: Int) -> String {
    let digits = Array(String(byteCount.magnitude).utf8)
    var text: [UInt8] = byteCount < 0 ? [UInt8(ascii: "-")] : []
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
