package import Model

/// Begins what a bot posts, so that it finds its comment again and edits it instead of adding one.
package let markdownMarker = "<!-- pare: archive sizes -->"

/// `--format markdown` of `diff` and `check --against`: a comment on a pull request.
package func markdown(_ comparison: Comparison) -> String {
  let changed = comparison.changed
  var text = markdownMarker + "\n"
  guard !changed.isEmpty else {
    return text + "**Archive sizes**: \(counted(comparison.functions.count, "function")), "
      + "no archive has changed.\n" + findings(comparison.diagnostics)
  }
  let sum = together(comparison)
  text += "**Archive sizes**: \(sum[2]) zipped together (\(sum[1])), "
  text +=
    "\(counted(changed.count, "function")) of \(grouped(comparison.functions.count)) changed.\n"
  text += findings(comparison.diagnostics)
  if !comparison.causes.isEmpty {
    text += "\n| zipped | in | because |\n|--:|---|---|\n"
    for shared in comparison.causes.prefix(50) {
      let place = shared.cause.location.map { code(describe(atLine: $0)) + " " } ?? ""
      let brings =
        shared.brings.isEmpty
        ? "" : ", with " + shared.brings.map(code).joined(separator: ", ")
      text += "| \(signed(bytes: shared.change.zipped)) | \(names(shared.functions)) "
      text += "| \(place)\(escaped(shared.cause.sentence))\(brings)"
      text += shared.cause.line.map { "<br>" + code($0) } ?? ""
      text += " |\n"
    }
    if comparison.causes.count > 50 {
      text += "\n\(counted(comparison.causes.count - 50, "smaller cause")) not shown.\n"
    }
  }
  text += "\n<details><summary>\(counted(changed.count, "function"))</summary>\n\n"
  text += "| function | zipped | change | unzipped | change |\n|---|--:|--:|--:|--:|\n"
  for function in changed {
    let cells = cells(function)
    text += "| \(code(cells[0])) | " + cells[1...].joined(separator: " | ") + " |\n"
  }
  text += "| together | " + sum[1...].joined(separator: " | ") + " |\n\n</details>\n"
  return text
}

/// `check --format markdown` without a base: the functions, and what there is to say.
package func markdown(_ functions: [Report.Function], _ diagnostics: [Diagnostic]) -> String {
  var text = markdownMarker + "\n**Archive sizes**: \(counted(functions.count, "function")).\n"
  text += findings(diagnostics)
  text += "\n| function | zipped | unzipped | of limit |\n|---|--:|--:|--:|\n"
  for function in functions {
    let share = tightest(function).map { formatted(share: $0.share) } ?? ""
    text += "| \(code(function.name)) | \(formatted(bytes: function.zipped)) "
    text += "| \(formatted(bytes: function.unzipped)) | \(share) |\n"
  }
  return text
}

private func findings(_ diagnostics: [Diagnostic]) -> String {
  let told = diagnostics.sorted { ($1.severity, $0) < ($0.severity, $1) }
  var text = ""
  for diagnostic in told {
    let place = diagnostic.location.map { code(describe(atLine: $0)) + ": " } ?? ""
    text += "\n- **\(diagnostic.severity.rawValue)** \(place)\(escaped(diagnostic.message))"
  }
  return text.isEmpty ? "" : text + "\n"
}

private func names(_ functions: [String]) -> String {
  let shown = functions.prefix(4).map(code).joined(separator: ", ")
  return functions.count > 4 ? "\(shown) and \(functions.count - 4) more" : shown
}

private func describe(atLine location: SourceLocation) -> String {
  let path = shortened(location.path)
  return location.line > 0 ? "\(path):\(location.line)" : path
}

/// As a code span, in which nothing has a meaning but the table's bar; between so many backticks that
/// none inside ends it (CommonMark 0.31, 6.1).
func code(_ text: String) -> String {
  let clean = printable(text).replacing("|", with: "\\|")
  var longest = 0
  var run = 0
  for character in clean {
    run = character == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  return longest > 0 ? "\(fence) \(clean) \(fence)" : fence + clean + fence
}

/// Text in which no character has a meaning, mentions (`@name`) neither.
func escaped(_ text: String) -> String {
  var result = ""
  for character in printable(text) {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "@": result += "&#64;"
    case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "!": result += "\\" + String(character)
    default: result.append(character)
    }
  }
  return result
}
