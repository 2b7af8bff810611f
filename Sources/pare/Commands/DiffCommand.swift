import Bundling
import Files
import Model
import Reporting

extension Command {
  static let diff = Command(
    "diff", "Show what changed between two reports, and the import that caused it",
    discussion: [
      "BASE and HEAD are reports that 'pare package' wrote; without HEAD, the one in the project's "
        + "output folder. For each change in an archive: the line that brought it or took it away, "
        + "the distribution that is of another version, the file of yours that was edited. The "
        + "causes of a function add up to the change of its archive, to the byte.",
      "With '--max-growth' ends with exit code 1 where an archive grew by more, unless '[[accept]]' "
        + "in the configuration says that it may. '--format markdown' is for a comment on a pull "
        + "request, 'github' and 'sarif' show each cause at its line.",
    ],
    operands: Operands("BASE [HEAD]", 1, 2),
    options: [.project, .output, .maxGrowth, .quiet, .verbose, .formatOfFindings],
    examples: [
      Example("pare diff base.json", "against the report that is there"),
      Example("pare diff base.json head.json --format markdown", "for a pull request"),
      Example("pare diff base.json --max-growth 1MB", "and fail where one grew by more"),
    ],
    run: runDiff)
}

private func runDiff(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let paths = invocation.operands
  let configuration = try? Configuration.find(
    project: invocation.text(.project), languages: languages.map(\.name))
  let head: String
  if paths.count > 1 {
    head = paths[1]
  } else {
    // Then there has to be a project.
    let options = Options(project: invocation.text(.project), output: invocation.text(.output))
    head = try reportPath(options, languages: languages)
  }
  let base = try readReport(paths[0])
  let comparison = try compared(
    base, try readReport(head), invocation, configuration?.acceptances ?? [],
    names: (paths[0], head))
  show(comparison, console, project: configuration?.project)
  console.report(comparison.diagnostics, project: configuration?.project)
  return ExitCode(comparison.diagnostics)
}

/// Throws `.system` where it cannot be read, `.usage` where it is no report of this schema.
func readReport(_ path: String) throws(Failure) -> Report {
  var functions: [Report.Function] = []
  let rest = try readReport(path) { functions.append($0) }
  return Report(
    functions: functions, layers: rest.layers, diagnostics: rest.diagnostics,
    zlibVersion: rest.zlibVersion)
}

/// As `readReport(_:)`, function by function; the report that is returned has none.
func readReport(
  _ path: String, row: (Report.Function) -> Void
) throws(Failure) -> Report {
  let bytes: [UInt8]
  var stream = ReportStream()
  do throws(FileError) {
    let file = try InputFile.open(path)
    let size = Int(file.key.size)
    var offset = 0
    while offset < size, !stream.isUnusual {
      let count = min(1 << 18, size - offset)
      stream.append(try file.read(at: offset, count: count), row: row)
      offset += count
    }
    if let report = stream.finish() { return report }
    // What is wrong with it, and where, can be told with all of it at hand.
    bytes = try FileSystem.read(path)
  } catch {
    throw Failure(error)
  }
  var known = stream.count
  do throws(UnusableReport) {
    return try ReportReader.read(bytes, path: path) { function in
      if known > 0 { known -= 1 } else { row(function) }
    }
  } catch {
    throw Failure(.usage, [error.diagnostic])
  }
}

/// What changed, held against `--max-growth` where there is one.
///
/// Throws `.usage` where the two are not of one project, or the bound is none.
func compared(
  _ base: Report, _ head: Report, _ invocation: Invocation, _ acceptances: [Acceptance],
  names: (base: String, head: String)
) throws(Failure) -> Comparison {
  let known = Set(head.functions.map(\.name))
  if !base.functions.isEmpty, !head.functions.isEmpty,
    !base.functions.contains(where: { known.contains($0.name) })
  {
    throw Failure(.usage, [.nothingInCommon(names.base, names.head)])
  }
  let comparison = compare(base.functions, head.functions)
  guard let written = invocation.text(.maxGrowth) else { return comparison }
  guard let bound = GrowthBound(written) else { throw Failure(.usage, [.badGrowth(written)]) }
  return comparison.judged(bound, written: written, acceptances)
}

/// In the form that is asked for.
func show(
  _ comparison: Comparison, _ console: Console, project: String?, besides: [Diagnostic] = []
) {
  switch console.format {
  case .json: writeJSON(comparison) { console.send($0) }
  case .markdown: console.send(markdown(comparison))
  case .github, .sarif:
    sendFindings(comparison.findings + besides, console, project: project)
  default: console.print(comparisonText(comparison, style: console.style))
  }
}

/// `github` and `sarif`: findings with their places in the repository.
func sendFindings(_ findings: [Diagnostic], _ console: Console, project: String?) {
  let prefix = project.map(pathInRepository) ?? ""
  if console.format == .sarif {
    writeSARIF(findings, toolVersion: Command.toolVersion, prefix: prefix) { console.send($0) }
  } else {
    console.send(annotations(findings, prefix: prefix))
  }
}

/// Where a project's folder lies below its repository's, with its last `/`; empty where it is that
/// folder, and where there is no repository.
private func pathInRepository(_ project: String) -> String {
  var folder = project
  while folder != "/" {
    if FileSystem.kind(of: folder + "/.git") != nil {
      return folder == project ? "" : String(project.dropFirst(folder.count + 1)) + "/"
    }
    folder = FileSystem.absolute("..", in: folder)
  }
  return ""
}
