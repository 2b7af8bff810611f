/// A key as TOML takes it: bare, or in quotes where it has other letters (TOML 1.0, "Keys").
func tomlKey(_ name: String) -> String {
  !name.isEmpty && name.utf8.allSatisfy(\.isWordOrHyphen) ? name : tomlText(name)
}

/// A basic string (TOML 1.0, "String").
func tomlText(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// `["a", "b"]`
func tomlList(_ texts: [String]) -> String {
  "[" + texts.map(tomlText).joined(separator: ", ") + "]"
}

extension UInt8 {
  fileprivate var isWordOrHyphen: Bool {
    self >= 0x30 && self <= 0x39 || (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A
      || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
