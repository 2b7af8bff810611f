package import Model

/// `pare diff`, for people: what caused it first, then the functions.
///
///     +38.2 MB zipped in 4 functions: orders/api.py:12 now imports pandas, with numpy
///         import pandas as pd
///         in exports, invoices, orders, reports
///
///     function  zipped               change  unzipped             change
///     orders    4.10 MB → 42.3 MB  +38.2 MB  18.2 MB → 131 MB    +113 MB
package func comparisonText(_ comparison: Comparison, style: Style = .plain) -> String {
  let changed = comparison.changed
  guard !changed.isEmpty else {
    return "\(counted(comparison.functions.count, "function")), no archive has changed\n"
  }
  var text = ""
  for shared in comparison.causes {
    let color: Style.Paint = shared.change.zipped > 0 ? .red : .green
    text += style.paint(signed(bytes: shared.change.zipped), .bold, color)
    text += " zipped in " + printable(headline(shared)) + "\n"
    if let line = shared.cause.line { text += style.paint("    \(printable(line))\n", .dim) }
    if shared.functions.count > 1 {
      let names = shared.functions.prefix(8).map(printable).joined(separator: ", ")
      let more = shared.functions.count > 8 ? " and \(shared.functions.count - 8) more" : ""
      text += style.paint("    in \(names)\(more)\n", .dim)
    }
  }
  var rows = [["function", "zipped", "change", "unzipped", "change"]]
  for function in changed { rows.append(cells(function)) }
  rows.append(together(comparison))
  text += (text.isEmpty ? "" : "\n")
  text += alignedText(rows.map { $0.map(printable) }, rightFrom: 1, style: style)
  for function in changed {
    for setting in function.settings {
      text += printable("\(function.name): \(setting.name) \(setting.before) → \(setting.after)")
      text += "\n"
    }
  }
  let same = comparison.functions.count - changed.count
  if same > 0 { text += style.paint("\(counted(same, "function")) as before\n", .dim) }
  return text
}

/// "4 functions: orders/api.py:12 now imports pandas, with numpy"
func headline(_ shared: Comparison.SharedCause) -> String {
  let where_ =
    shared.functions.count == 1
    ? shared.functions[0] : counted(shared.functions.count, "function")
  let place = shared.cause.location.map { place in
    (place.line > 0 ? "\(shortened(place.path)):\(place.line)" : shortened(place.path)) + " "
  }
  let brings = shared.brings.isEmpty ? "" : ", with " + shared.brings.joined(separator: ", ")
  return "\(where_): \(place ?? "")\(shared.cause.sentence)\(brings)"
}

/// `+38.2 MB`, `-3 B`, `0 B`
package func signed(bytes: Int) -> String {
  (bytes > 0 ? "+" : bytes < 0 ? "-" : "") + formatted(bytes: Int(bytes.magnitude))
}

func cells(_ function: Comparison.Function) -> [String] {
  guard let before = function.before else {
    let after = function.after ?? .init()
    return [
      function.name, formatted(bytes: after.zipped), "new", formatted(bytes: after.unzipped), "new",
    ]
  }
  guard let after = function.after else {
    return [
      function.name, formatted(bytes: before.zipped), "gone", formatted(bytes: before.unzipped),
      "gone",
    ]
  }
  return [
    function.name, arrow(before.zipped, after.zipped), signed(bytes: function.change.zipped),
    arrow(before.unzipped, after.unzipped), signed(bytes: function.change.unzipped),
  ]
}

func together(_ comparison: Comparison) -> [String] {
  let before = comparison.functions.reduce(Comparison.Bytes()) { $0 + ($1.before ?? .init()) }
  let after = comparison.functions.reduce(Comparison.Bytes()) { $0 + ($1.after ?? .init()) }
  return [
    "together", arrow(before.zipped, after.zipped), signed(bytes: (after - before).zipped),
    arrow(before.unzipped, after.unzipped), signed(bytes: (after - before).unzipped),
  ]
}

private func arrow(_ before: Int, _ after: Int) -> String {
  before == after
    ? formatted(bytes: after) : "\(formatted(bytes: before)) → \(formatted(bytes: after))"
}
