/// A function that `pare affected` names.
package struct AffectedFunction: Sendable {
  package let name: String
  package let archive: String
  package let reasons: [String]

  package init(name: String, archive: String, reasons: [String]) {
    self.name = name
    self.archive = archive
    self.reasons = reasons
  }
}

/// Each function with its reasons, the first few of many.
package func affectedText(
  _ functions: [AffectedFunction], of count: Int, removed: [String], since revision: String,
  all: Bool, style: Style = .plain
) -> String {
  let shown = all ? Int.max : 3
  var text = ""
  for function in functions {
    text += style.paint(printable(function.name), .bold) + "\n"
    for reason in function.reasons.prefix(shown) { text += "  " + printable(reason) + "\n" }
    if function.reasons.count > shown {
      text += style.paint("  and \(grouped(function.reasons.count - shown)) more", .dim) + "\n"
    }
  }
  var summary =
    "\(grouped(functions.count)) of \(counted(count, "function")) affected since \(printable(revision))"
  if !removed.isEmpty { summary += "; gone: " + removed.map(printable).joined(separator: ", ") }
  return text + style.paint(summary, .dim) + "\n"
}

/// A matrix as CI systems take it: `{"include": [{"function": …, "archive": …, "reason": …}]}`.
package func writeJSON(_ functions: [AffectedFunction], sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.array("include") { json in
      for function in functions {
        json.object { json in
          json.field("function", function.name)
          json.field("archive", function.archive)
          json.field("reason", function.reasons.joined(separator: "; "))
        }
      }
    }
  }
  json.endLine()
}
