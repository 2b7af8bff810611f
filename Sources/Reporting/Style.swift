/// What the reader's side can show: colours, letters beyond ASCII, how many columns.
package struct Style: Sendable {
  package let isColored: Bool
  package let isUnicode: Bool
  /// Nil where lines may be as long as they like: a file, a pipe.
  package let columns: Int?

  package init(isColored: Bool = false, isUnicode: Bool = true, columns: Int? = nil) {
    self.isColored = isColored
    self.isUnicode = isUnicode
    self.columns = columns
  }

  package static let plain = Style()

  package enum Paint: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  package func paint(_ text: String, _ paints: Paint...) -> String {
    guard isColored, !text.isEmpty else { return text }
    return "\u{1B}[" + paints.map(\.rawValue).joined(separator: ";") + "m\(text)\u{1B}[0m"
  }

  var ellipsis: String { isUnicode ? "…" : "..." }
}

/// A size for people: three significant digits, in powers of 1000 as the configuration's `MB`.
package func formatted(bytes: Int) -> String {
  let units = ["B", "kB", "MB", "GB", "TB"]
  guard bytes >= 1000 else { return "\(bytes) B" }
  var value = Double(bytes)
  var unit = 0
  // 999.5 would be printed as 1000.
  while value >= 999.5, unit < units.count - 1 {
    value /= 1000
    unit += 1
  }
  return decimal(value, places: value < 9.995 ? 2 : value < 99.95 ? 1 : 0) + " " + units[unit]
}

/// A share for people: `8 %`, `0.4 %`; what is below a limit is never printed as 100 %.
package func formatted(share: Double) -> String {
  let percent = share * 100
  if percent > 0, percent < 0.1 { return "<0.1 %" }
  if percent < 10 { return decimal(percent, places: percent < 0.05 ? 0 : 1) + " %" }
  if percent < 100, percent >= 99.5 { return "99 %" }
  return decimal(percent, places: 0) + " %"
}

/// `12,345,678`: exact figures.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// "1 module", "2 modules".
package func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// Rounded half away from zero; without Foundation there is no `%.1f`.
func decimal(_ value: Double, places: Int) -> String {
  var factor = 1
  for _ in 0..<places { factor *= 10 }
  let scaled = Int((value.magnitude * Double(factor)).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return sign + String(scaled) }
  let fraction = String(scaled % factor)
  return sign + "\(scaled / factor)." + String(repeating: "0", count: places - fraction.count)
    + fraction
}

/// How many columns a text takes, colours not counted; East Asian widths and combining marks are
/// taken as one column per character.
func displayWidth(_ text: String) -> Int {
  var width = 0
  var isEscape = false
  for character in text {
    if character == "\u{1B}" {
      isEscape = true
    } else if isEscape {
      if character == "m" { isEscape = false }
    } else {
      width += 1
    }
  }
  return width
}

/// Without control characters, which could move the reader's cursor: names come from files.
func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
    return text
  }
  var clean = ""
  for scalar in text.unicodeScalars {
    if scalar == "\t" {
      clean += " "
    } else if scalar.properties.generalCategory == .control {
      clean += "\u{FFFD}"
    } else {
      clean.unicodeScalars.append(scalar)
    }
  }
  return clean
}
