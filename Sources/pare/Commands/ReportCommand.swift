import Bundling
import Files
import Model
import Reporting

extension Command {
  static let report = Command(
    "report", "Show a report again: as a table, or as a page to look at",
    discussion: [
      "REPORT is what 'pare package' wrote; by default the one in the project's output folder. With "
        + "'--html FILE' it becomes one file that opens in any browser without a network: every "
        + "function against its limits, what fills each archive and the chain of imports to every "
        + "module, what functions share, blind spots, and what is left out. With '--against BASE' "
        + "also what changed since that report, and why, with '--profile FILE' what a function's cold "
        + "start takes, import by import."
    ],
    operands: Operands("[REPORT]", 0, 1),
    options: [.project, .output, .html, .against, .profile, .quiet, .verbose],
    examples: [
      Example("pare report", "the table of the last run for all functions"),
      Example("pare report --html sizes.html", "a page to look at"),
      Example("pare report --html sizes.html --against base.json", "with what changed"),
      Example("pare report --html sizes.html --profile orders.json", "with what its start takes"),
    ],
    run: runReport)
}

private func runReport(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let project = invocation.text(.project)
  let path: String
  if let operand = invocation.operands.first {
    path = operand
  } else {
    path = try reportPath(
      Options(project: project, output: invocation.text(.output)), languages: languages)
  }
  if let file = invocation.text(.html) {
    try writePage(of: path, invocation, to: file)
    return .success
  }
  let report = try readReport(path)
  console.print(reportTable(report.functions, style: console.style))
  console.print(layerTable(report.layers, style: console.style))
  if console.loudness == .verbose {
    console.print(blindSpotText(report.functions, style: console.style))
    console.print(leftOutText(report.functions, style: console.style))
  }
  if let base = invocation.text(.against) {
    let comparison = try compared(
      try readReport(base), report, invocation, [], names: (base, path))
    console.print("\n" + comparisonText(comparison, style: console.style))
  }
  return .success
}

/// The name of the folder that a report is of: above the output folder that it lies in.
private func title(of path: String) throws(Failure) -> String {
  do throws(FileError) {
    let parts = FileSystem.absolute(path, in: try FileSystem.currentFolder()).split(separator: "/")
    return parts.count > 2 ? String(parts[parts.count - 3]) : "functions"
  } catch {
    throw Failure(error)
  }
}

/// Without a base no more than one function is in memory.
private func writePage(
  of path: String, _ invocation: Invocation, to file: String
) throws(Failure) {
  var page = PageDocument()
  var comparison: Comparison?
  let report: Report
  var archives: [String: String?] = [:]
  let profiles = try invocation.profiles()
  if let base = invocation.text(.against) {
    report = try readReport(path)
    for function in report.functions {
      page.add(function)
      archives[function.name] = function.codeSHA256
    }
    comparison = try compared(
      try readReport(base), report, invocation, [], names: (base, path))
  } else {
    report = try readReport(path) { function in
      page.add(function)
      archives[function.name] = function.codeSHA256
    }
  }
  for (name, profile) in zip(invocation.texts(.profile), profiles) {
    guard let archive = archives[profile.function] else {
      throw Failure(.usage, [.profileOfNoRow(name, profile.function, path)])
    }
    guard archive == profile.codeSHA256 else {
      throw Failure(.usage, [.profileOfAnotherArchive(name, profile.function, path)])
    }
    page.add(profile)
  }
  let output = try ReportFile(file)
  page.finish(
    title: try title(of: path),
    footer: "pare \(Command.toolVersion); sizes are of the archives, to the byte",
    report.diagnostics, comparison, hash: contentHash(of:)
  ) { output.append($0) }
  try output.commit()
}
