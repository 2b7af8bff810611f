package import Model

/// `pare advise`, for people: each as an edit, with what it saves to the byte.
///
///     1  22,416,303 bytes less zipped in invoices: libs/analytics/__init__.py:6 brings numpy, pandas to all who import it
///          libs/analytics/__init__.py
///            - from .frames import daily_sales, sales_frame
///          functions/reports/app.py
///            - from analytics import daily_sales
///            + from analytics.frames import daily_sales
package func adviceText(
  _ suggestions: [Suggestion], unreached: [String], style: Style = .plain
) -> String {
  var text = ""
  for (index, suggestion) in suggestions.enumerated() {
    let saved = suggestion.saved
    text += style.paint(
      "\(grouped(saved.zipped)) bytes less zipped (\(formatted(bytes: saved.zipped)))", .bold,
      .green)
    text += ", \(grouped(saved.unzipped)) unzipped\n"
    text += "  " + printable("\(describe(suggestion.location)): \(sentence(suggestion))") + "\n"
    for saving in suggestion.savings {
      text +=
        style.paint(
          printable(
            "    \(saving.function)  \(formatted(bytes: saving.before.zipped)) → "
              + formatted(bytes: saving.after.zipped)), .dim) + "\n"
    }
    var path = ""
    for edit in suggestion.edits {
      if edit.path != path { text += "    " + printable(edit.path) + "\n" }
      path = edit.path
      for line in edit.before { text += style.paint("    - \(printable(line))", .red) + "\n" }
      for line in edit.after { text += style.paint("    + \(printable(line))", .green) + "\n" }
    }
    if index < suggestions.count - 1 { text += "\n" }
  }
  if suggestions.isEmpty { text += "no single line of yours brings much that could be left out\n" }
  if !unreached.isEmpty {
    text +=
      "\n"
      + printable(
        "asked for, and reached by no function: " + unreached.joined(separator: ", ")) + "\n"
  }
  return text
}

private func sentence(_ suggestion: Suggestion) -> String {
  let brings = suggestion.brings.joined(separator: ", ")
  switch suggestion.kind {
  case .barrel:
    return "whoever imports anything of this package gets \(brings); import it where it is used"
  case .oneUse:
    let user = suggestion.user ?? ""
    return
      "only '\(user)' uses it, and it brings \(brings); put '\(user)' into a module of its own, with "
      + "the import"
  case .cut: return "it is the only way to \(brings)"
  }
}

/// `pare advise --format json`.
package func writeJSON(
  _ suggestions: [Suggestion], unreached: [String], sink: @escaping ([UInt8]) -> Void
) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.array("suggestions") { json in
      for suggestion in suggestions { json.value(suggestion) }
    }
    json.array("unreached") { json in for name in unreached { json.value(name) } }
    json.diagnostics([])
  }
  json.endLine()
}

extension JSONWriter {
  fileprivate mutating func value(_ suggestion: Suggestion) {
    object { json in
      json.field("kind", suggestion.kind.rawValue)
      json.location("location", suggestion.location)
      json.field("sentence", sentence(suggestion))
      json.array("brings") { json in for name in suggestion.brings { json.value(name) } }
      json.array("savings") { json in
        for saving in suggestion.savings {
          json.object { json in
            json.field("function", saving.function)
            json.field("zipped", saving.saved.zipped)
            json.field("unzipped", saving.saved.unzipped)
          }
        }
      }
      json.array("edits") { json in
        for edit in suggestion.edits {
          json.object { json in
            json.field("file", edit.path)
            json.field("line", edit.lines.lowerBound)
            json.array("before") { json in for line in edit.before { json.value(line) } }
            json.array("after") { json in for line in edit.after { json.value(line) } }
          }
        }
      }
    }
  }
}
