package import Model

/// `--format github`: workflow commands, which GitHub shows at the lines that they name.
///
/// "Workflow commands for GitHub Actions", docs.github.com, read 2026-11: `%`, carriage return and line
/// break are escaped in messages, `:` and `,` in properties as well.
///
/// - Parameter prefix: the project's folder below the repository's, with its last `/`; empty where they
///   are the same.
package func annotations(_ diagnostics: [Diagnostic], prefix: String = "") -> String {
  var text = ""
  for diagnostic in diagnostics.sorted() {
    let command =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [String] = []
    if let location = diagnostic.location {
      properties.append("file=" + property(inRepository(location.path, prefix)))
      if location.line > 0 { properties.append("line=\(location.line)") }
      if location.line > 0, location.column > 0 { properties.append("col=\(location.column)") }
    }
    properties.append("title=" + property(diagnostic.code))
    var message = diagnostic.message
    for note in diagnostic.notes {
      let place = note.location.map { "\(describe($0)): " } ?? ""
      message += "\n\(note.kind.rawValue): \(place)\(note.message)"
    }
    text += "::\(command) \(properties.joined(separator: ","))::\(data(message))\n"
  }
  return text
}

/// A path of the project as one of the repository; what lies elsewhere keeps its own.
func inRepository(_ path: String, _ prefix: String) -> String {
  path.hasPrefix("/") ? path : prefix + path
}

private func data(_ text: String) -> String {
  text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
}

private func property(_ text: String) -> String {
  data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
}
