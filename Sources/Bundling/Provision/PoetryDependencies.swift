import Text

/// `[tool.poetry.dependencies]`, as lines that pip reads (PEP 440, PEP 508): what Poetry writes its own way
/// is written as what it stands for.
///
///     pandas = { version = "^2.1", extras = ["excel"] }    # pandas[excel]>=2.1,<3
///
/// Source: https://python-poetry.org/docs/dependency-specification/
enum PoetryDependencies {
  /// Those that a target takes; what lies in the project or in a repository of its own is left out.
  static func lines(_ table: DatumTable?, _ platform: WheelPlatform) -> [String] {
    (table?.entries ?? []).filter { $0.key.lowercased() != "python" }.flatMap { entry in
      if let constraint = entry.value.string { return [line(entry.key, [], constraint)] }
      let tables = entry.value.array?.compactMap(\.table) ?? [entry.value.table].compactMap { $0 }
      return tables.filter { $0.mayHold(on: platform) }.compactMap { written -> String? in
        if let url = written["url"]?.string { return "\(entry.key) @ \(url)" }
        guard written["path"] == nil, written["git"] == nil else { return nil }
        let extras = written["extras"]?.array?.compactMap(\.string) ?? []
        return line(entry.key, extras, written["version"]?.string ?? "*")
      }
    }
  }

  private static func line(_ name: String, _ extras: [String], _ constraint: String) -> String {
    let extras = extras.isEmpty ? "" : "[\(extras.joined(separator: ","))]"
    return name + extras + specifier(constraint)
  }

  /// `^1.2` is `>=1.2,<2`; what either of two ranges would satisfy (`^1 || ^2`) no line of pip's can say.
  static func specifier(_ constraint: String) -> String {
    guard !constraint.contains("|") else { return "" }
    return constraint.split(separator: ",").map { bounds(trimmed(String($0))) }
      .filter { !$0.isEmpty }.joined(separator: ",")
  }

  private static func bounds(_ part: String) -> String {
    let text = part.filter { $0 != " " }
    if text == "*" || text.isEmpty { return "" }
    let version = String(text.dropFirst())
    if text.hasPrefix("^") { return ">=\(version),<\(next(version, isCaret: true))" }
    if text.hasPrefix("~"), !text.hasPrefix("~=") {
      return ">=\(version),<\(next(version, isCaret: false))"
    }
    if let first = text.first, "<>=!~".contains(first) {
      return text.hasPrefix("=") && !text.hasPrefix("==") ? "=\(text)" : text
    }
    return "==\(text)"
  }

  /// The first version that `^` (up to the next one of the first number that is not zero) or `~` (up to the
  /// next minor one) excludes.
  private static func next(_ version: String, isCaret: Bool) -> String {
    var numbers: [Int] = []
    for part in version.split(separator: ".") {
      let digits = part.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits) else { break }
      numbers.append(number)
      if digits.count < part.count { break }
    }
    guard !numbers.isEmpty else { return version }
    let position =
      isCaret ? numbers.firstIndex { $0 != 0 } ?? numbers.count - 1 : min(1, numbers.count - 1)
    return (numbers[..<position] + [numbers[position] + 1]).map(String.init).joined(separator: ".")
  }
}
