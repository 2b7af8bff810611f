package import Model

/// `pare advise`, for people: each as an edit, with what it saves to the byte.
///
///     1  22,416,303 bytes less zipped in invoices: libs/analytics/__init__.py:6 brings numpy, pandas to all who import it
///          libs/analytics/__init__.py
///            - from .frames import daily_sales, sales_frame
///          functions/reports/app.py
///            - from analytics import daily_sales
///            + from analytics.frames import daily_sales
///
/// - Parameters:
///   - small: how many others save less than `Suggestion.leastSaving`.
///   - profiles: what was measured of cold starts, each with the runtime of its function.
package func adviceText(
  _ suggestions: [Suggestion], small: Int = 0, unreached: [String],
  profiles: [(profile: Profile, runtime: Runtime)] = [], style: Style = .plain
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
    if !suggestion.settings.isEmpty {
      let place =
        suggestion.location.path.hasSuffix("pyproject.toml") ? "in [tool.pare]" : "at its top"
      text += "    \(printable(suggestion.location.path)), \(place)\n"
      for line in suggestion.settings {
        text += style.paint("    + \(printable(line))", .green) + "\n"
      }
    }
    if suggestion.kind.isSaidOtherwise {
      text += style.paint(suggestion.doubts.map { "    \(printable($0))\n" }.joined(), .dim)
    }
    if suggestion.kind == .barrel {
      text += style.paint(
        suggestion.doubts.isEmpty
          ? "    '--apply' makes these edits\n"
          : suggestion.doubts.prefix(3).map { "    not certain: \(printable($0))\n" }.joined(),
        .dim)
    }
    if index < suggestions.count - 1 { text += "\n" }
  }
  if small > 0 {
    text +=
      (suggestions.isEmpty ? "" : "\n")
      + "\(counted(small, "change")) that would save less than "
      + "\(formatted(bytes: Suggestion.leastSaving)) zipped: not shown\n"
  }
  if suggestions.isEmpty { text += "no single line of yours brings much that could be left out\n" }
  for (profile, runtime) in profiles {
    for deferral in profile.deferrals {
      text += "\n" + deferralText(deferral, of: profile, on: runtime, style: style)
    }
  }
  if !unreached.isEmpty {
    text +=
      "\n"
      + printable(
        "asked for, and reached by no function: " + unreached.joined(separator: ", ")) + "\n"
  }
  return text
}

/// A statement that can wait: `lazy` where the runtime has that (PEP 810), else where it is used.
private func deferralText(
  _ deferral: Profile.Deferral, of profile: Profile, on runtime: Runtime, style: Style
) -> String {
  let hasLazy = (runtime.major, runtime.minor) >= (3, 15)
  let how =
    hasLazy ? "let it wait" : "import it in the function that uses it"
  var text =
    style.paint(
      "\(milliseconds(deferral.saved)) less on a cold start of \(printable(profile.function))",
      .bold,
      .green)
    + ", measured (noise \(milliseconds(deferral.noise)))\n"
    + "  its call has no use for \(printable(deferral.module)); \(how)\n"
  for statement in deferral.statements {
    text += "    " + printable(describe(statement.location)) + "\n"
    let line = printable(firstLine(statement.text))
    text += style.paint("    - \(line)", .red) + "\n"
    if hasLazy { text += style.paint("    + lazy \(line)", .green) + "\n" }
  }
  return text
}

/// What `pare advise --apply` has to say after the edits.
package func applicationText(
  _ application: Application, isWritten: Bool, style: Style = .plain
) -> String {
  var text = ""
  for saving in application.savings {
    text +=
      "\(printable(saving.function))  \(grouped(saving.before.zipped)) → "
      + "\(grouped(saving.after.zipped)) bytes zipped\n"
  }
  let files = counted(application.files.count, "file")
  text += style.paint(
    isWritten ? "\(files) changed\n" : "\(files) would change; nothing was written\n", .dim)
  if application.postponed > 0 {
    text += style.paint(
      "\(counted(application.postponed, "suggestion")) for the same lines: run it again\n", .dim)
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
  case .smallUse:
    return
      "all that is used of it is \(suggestion.used.joined(separator: ", ")), and it brings \(brings)"
  case .provided:
    return "the provider's runtime has \(brings); they can be left to it"
  case .strip:
    return "symbols that nobody needs who loads native libraries"
      + (brings.isEmpty ? "" : ", those of \(brings)")
  case .extra:
    return
      "the extra of \(suggestion.brings.first ?? "") brings "
      + "\(suggestion.brings.dropFirst().joined(separator: ", ")); ask for it without"
  }
}

extension Suggestion.Kind {
  /// Whether the configuration or the requirements say it, not the code.
  fileprivate var isSaidOtherwise: Bool { [.provided, .strip, .extra].contains(self) }
}

/// `pare advise --format json`.
///
/// - Parameter isWritten: whether the edits of `application` are made.
package func writeJSON(
  _ suggestions: [Suggestion], small: Int = 0, unreached: [String], profiles: [Profile] = [],
  application: Application? = nil, isWritten: Bool = false, diagnostics: [Diagnostic] = [],
  sink: @escaping ([UInt8]) -> Void
) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.array("suggestions") { json in
      for suggestion in suggestions { json.value(suggestion) }
    }
    json.object("notShown") { json in
      json.field("count", small)
      json.field("below", Suggestion.leastSaving)
    }
    json.array("unreached") { json in for name in unreached { json.value(name) } }
    json.array("deferrals") { json in
      for profile in profiles {
        for deferral in profile.deferrals {
          json.object { json in
            json.field("function", profile.function)
            json.fields(of: deferral)
          }
        }
      }
    }
    if let application {
      json.object("application") { json in
        json.field("written", isWritten)
        json.array("files") { json in for file in application.files { json.value(file.path) } }
        json.array("savings") { json in
          for saving in application.savings { json.value(saving) }
        }
      }
    }
    json.diagnostics(diagnostics)
  }
  json.endLine()
}

extension JSONWriter {
  fileprivate mutating func value(_ saving: Suggestion.Saving) {
    object { json in
      json.field("function", saving.function)
      json.field("zipped", saving.saved.zipped)
      json.field("unzipped", saving.saved.unzipped)
    }
  }

  fileprivate mutating func value(_ suggestion: Suggestion) {
    object { json in
      json.field("kind", suggestion.kind.rawValue)
      json.location("location", suggestion.location)
      json.field("sentence", sentence(suggestion))
      json.array("brings") { json in for name in suggestion.brings { json.value(name) } }
      json.array("used") { json in for name in suggestion.used { json.value(name) } }
      json.array("settings") { json in for line in suggestion.settings { json.value(line) } }
      json.array("savings") { json in
        for saving in suggestion.savings { json.value(saving) }
      }
      json.array("doubts") { json in for doubt in suggestion.doubts { json.value(doubt) } }
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
