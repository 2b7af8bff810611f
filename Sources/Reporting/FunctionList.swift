package import Model

/// A function as `pare list` shows it.
package struct ListedFunction: Hashable, Sendable {
  package let name: String
  /// As it is written.
  package let handler: String
  package let provider: Provider.Name
  package let runtime: Runtime
  package let architecture: Architecture
  /// The folder of its code, relative to the project's; nil where no deployment file says it.
  package let code: String?
  package let origin: SourceLocation

  package init(
    name: String, handler: String, provider: Provider.Name, runtime: Runtime,
    architecture: Architecture, code: String?, origin: SourceLocation
  ) {
    self.name = name
    self.handler = handler
    self.provider = provider
    self.runtime = runtime
    self.architecture = architecture
    self.code = code
    self.origin = origin
  }
}

/// `pare list`, for people.
package func functionListText(_ functions: [ListedFunction], style: Style = .plain) -> String {
  var rows = [["function", "handler", "provider", "runtime", "declared in"]]
  for function in functions {
    let origin = function.origin
    rows.append([
      function.name, function.handler, function.provider.rawValue, function.runtime.description,
      origin.line > 0 ? "\(origin.path):\(origin.line)" : origin.path,
    ])
  }
  return alignedText(rows.map { $0.map(printable) }, style: style)
}

/// What was found in the files that a project is deployed with; nothing where there are none.
///
/// - Parameter passedOver: "container image", how many.
package func describedText(
  files: Int, functions: Int, passedOver: [(what: String, count: Int)], style: Style = .plain
) -> String {
  guard files > 0 else { return "" }
  let text = "\(counted(functions, "function")) in \(counted(files, "file"))"
  let rest = passedOverText(passedOver)
  return style.paint(rest.isEmpty ? text : "\(text); \(rest)", .dim) + "\n"
}

/// The functions that are there and not packaged; nothing where there are none.
package func passedOverText(_ passedOver: [(what: String, count: Int)]) -> String {
  guard !passedOver.isEmpty else { return "" }
  return "passed over: " + passedOver.map { "\($0.count) \($0.what)" }.joined(separator: ", ")
    + " (--verbose names them)"
}

/// `pare init`: "14 functions in 3 files, 2 environments; 4 points need you".
package func draftText(
  path: String, functions: Int, files: Int, environments: Int, points: Int
) -> String {
  var text = counted(functions, "function")
  if files > 0 { text += " in \(counted(files, "file")), \(counted(environments, "environment"))" }
  if points > 0 { text += "; \(counted(points, "point")) need\(points == 1 ? "s" : "") you" }
  return "\(text)\nwritten to '\(printable(path))'\n"
}

func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// `pare list --format json`: an array, one object per function.
package func writeJSON(_ functions: [ListedFunction], sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.array { json in
    for function in functions {
      json.object { json in
        json.field("name", function.name)
        json.field("handler", function.handler)
        json.field("provider", function.provider.rawValue)
        json.field("runtime", function.runtime.description)
        json.field("architecture", function.architecture.rawValue)
        json.field("code", function.code)
        json.object("origin") { json in
          json.field("file", function.origin.path)
          json.field("line", function.origin.line)
        }
      }
    }
  }
  json.endLine()
}

/// Rows as columns two blanks apart, the first row as a heading.
///
/// - Parameter rightFrom: the first column that stands to the right, as figures do.
func alignedText(_ rows: [[String]], rightFrom: Int = .max, style: Style) -> String {
  guard let heading = rows.first else { return "" }
  let widths = heading.indices.map { column in rows.map { displayWidth($0[column]) }.max() ?? 0 }
  var text = ""
  for (index, row) in rows.enumerated() {
    var line = ""
    for (column, cell) in row.enumerated() {
      let gap = String(repeating: " ", count: widths[column] - displayWidth(cell))
      line += (column > 0 ? "  " : "") + (column < rightFrom ? cell + gap : gap + cell)
    }
    while line.last == " " { line.removeLast() }
    text += (index == 0 ? style.paint(line, .dim) : line) + "\n"
  }
  return text
}
