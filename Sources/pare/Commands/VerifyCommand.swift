import Bundling
import Files
import Model
import Reporting

extension Command {
  static let verify = Command(
    "verify", "Import each handler from its archive alone, as the provider would",
    discussion: [
      "Unpacks OUTPUT/NAME.zip into a temporary folder and imports the handler in an isolated "
        + "interpreter of the function's version, with nothing else on its path, in that folder, "
        + "which it cannot write to. The interpreter is looked for on PATH, among pyenv's and uv's. "
        + "With '--event' the handler is called too, and what it answers is printed.",
      "An archive that has passed is not judged again until its content changes.",
    ],
    operands: .functions,
    options: [
      .project, .output, .environment, .jobs, .quiet, .verbose, .format, .python, .event, .variable,
      .timeout, .again,
    ],
    examples: [
      Example("pare verify", "all functions of this project"),
      Example("pare verify orders --event order.json", "and call this one"),
      Example("pare verify --env STAGE=test --env API_KEY", "with variables that it reads"),
      Example("pare verify --python python3.12", "with this interpreter"),
    ],
    run: runVerify)
}

private func runVerify(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let workspace = found.workspace
  let results = try Bundling.verify(
    workspace, found.asked, try invocation.verifyOptions(),
    store: Store(workspace, wheels: found.wheels), progress: line.progress)
  line.erase()
  let failures = results.compactMap(\.failure) + found.refused
  if console.format == .json {
    writeJSON(results, withExcerpts(failures.sorted(), project: workspace.project), console)
  } else {
    console.print(verificationText(results, console))
  }
  console.report(failures, project: workspace.project)
  return failures.isEmpty ? .success : .checkFailed
}

extension Invocation {
  func verifyOptions() throws(Failure) -> VerifyOptions {
    var options = VerifyOptions()
    options.python = text(.python)
    options.again = has(.again)
    options.jobs = jobs
    options.timeout = count(.timeout).map(Double.init) ?? options.timeout
    options.variables = try texts(.variable).map { (text) throws(Failure) in
      if text.first != "=", text.contains("=") { return text }
      guard let value = System.variable(text) else {
        throw Failure(.usage, [.noSuchVariable(text)])
      }
      return "\(text)=\(value)"
    }
    if let event = text(.event) {
      do throws(FileError) {
        options.event = FileSystem.absolute(event, in: try FileSystem.currentFolder())
      } catch {
        throw Failure(error)
      }
    }
    return options
  }
}

/// A line for each archive; below it what the handler answered and, where it failed or `--verbose`
/// asks for it, what it printed.
func verificationText(_ results: [VerifyResult], _ console: Console) -> String {
  let style = console.style
  let column = results.map(\.function.count).max() ?? 0
  var text = ""
  for result in results {
    let gap = String(repeating: " ", count: column - result.function.count)
    text += result.function + gap + "  "
    text += result.hasPassed ? style.paint("passed", .green) : style.paint("failed", .red)
    text +=
      result.isRemembered
      ? style.paint("  has passed before\n", .dim)
      : style.paint("  \(formatted(seconds: result.seconds))\n", .dim)
    if let answer = result.answer { text += "  answer: \(answer)\n" }
    if !result.hasPassed || console.loudness == .verbose {
      for line in result.output.split(separator: "\n") { text += "  printed: \(line)\n" }
    }
  }
  return text
}

private func writeJSON(
  _ results: [VerifyResult], _ diagnostics: [Diagnostic], _ console: Console
) {
  var json = JSONWriter { console.send($0) }
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.array("results") { json in
      for result in results {
        json.object { json in
          json.field("function", result.function)
          json.field("archive", result.archive)
          json.field("python", result.python)
          json.field("passed", result.hasPassed)
          json.field("remembered", result.isRemembered)
          json.field("seconds", result.seconds)
          json.field("answer", result.answer)
          json.field("output", result.output)
        }
      }
    }
    json.diagnostics(diagnostics)
  }
  json.endLine()
}
