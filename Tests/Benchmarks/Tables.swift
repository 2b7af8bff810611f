import Foundation

func printTable(_ title: String, _ rows: [Row], _ checks: [Check] = []) {
  var lines = ["", "### \(title)", ""]
  lines.append(
    "| | runs | wall (s) | per function (ms) | CPU (s) | peak memory (MB) | bytes written (MB) |")
  lines.append("|---|---:|---:|---:|---:|---:|---:|")
  for row in rows {
    let cells = [
      row.name, String(row.runs), decimal(row.wall, 3),
      row.functions == 0 ? "" : decimal(row.perFunction * 1000, 1), decimal(row.cpu, 3),
      decimal(Double(row.peak) / 1e6, 0),
      row.bytesWritten == 0 ? "" : decimal(Double(row.bytesWritten) / 1e6, 1),
    ]
    lines.append("| " + cells.joined(separator: " | ") + " |")
  }
  if !checks.isEmpty {
    lines += ["", "| held to | bound | is | |", "|---|---:|---:|---|"]
    for check in checks {
      let cells = [
        check.name, "\(check.isFloor ? "≥" : "≤") \(decimal(check.bound, 0, 1)) \(check.unit)",
        "\(decimal(check.value, check.value < 10 ? 2 : 0)) \(check.unit)",
        check.holds ? "holds" : "**does not hold**",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
  }
  // Unbuffered, so that a long run shows what it has.
  FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
}

private func decimal(_ value: Double, _ digits: Int) -> String {
  String(format: "%.\(digits)f", value)
}

/// With `most` digits where it is no whole number.
private func decimal(_ value: Double, _ least: Int, _ most: Int) -> String {
  decimal(value, value == value.rounded() ? least : most)
}
