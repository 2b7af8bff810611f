package import Model

/// The line that counts what is installed and not declared: it is nothing to worry about, and somebody
/// may look for it.
///
///     3 functions leave out 41 distributions that they do not declare (--verbose names them)
package func leftOutSummary(_ functions: [Report.Function], style: Style = .plain) -> String {
  let leaving = functions.filter { !$0.leftOut.isEmpty }
  guard !leaving.isEmpty else { return "" }
  let names = Set(leaving.flatMap { $0.leftOut.map(\.name) })
  let text =
    "optional imports into \(counted(names.count, "distribution")) that nothing declares are left out of "
    + "\(counted(leaving.count, "function")) (--verbose names them)"
  return style.paint(text, .dim) + "\n"
}

/// `--verbose`: what each function leaves out, and where it would have been imported.
package func leftOutText(_ functions: [Report.Function], style: Style = .plain) -> String {
  var text = ""
  for function in functions where !function.leftOut.isEmpty {
    text += "\n" + style.paint("left out of " + printable(function.name), .bold) + "\n"
    for distribution in function.leftOut {
      let first = distribution.imports[0]
      let place = first.location.map { " at " + describe($0) } ?? ""
      let others = distribution.imports.count - 1
      let more = others > 0 ? ", and \(counted(others, "other place"))" : ""
      text += "  " + printable("\(distribution.name) \(distribution.version)") + "\n"
      text +=
        style.paint("    \(printable(first.from)) would import it\(printable(place))\(more)", .dim)
        + "\n"
    }
  }
  return text
}
