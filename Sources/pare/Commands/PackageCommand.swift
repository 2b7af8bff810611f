import Bundling
import Files
import Model
import Reporting

extension Command {
  static let package = Command(
    "package", "Write one zip for each function, and a report",
    discussion: [
      "Follows the imports of each handler through your code and its environment, puts what is "
        + "reached into OUTPUT/NAME.zip, and prints what each archive holds, how near it is to the "
        + "provider's limits, and what was saved against the whole environment. "
        + "OUTPUT/report.json has every entry with its reason, OUTPUT/manifest.json what a deployment "
        + "has to know of each archive.",
      "Without FUNCTION, all functions of the project; with some, the report keeps what it says of "
        + "the others. Archives that would come out the same are left alone.",
    ],
    operands: .functions,
    options: pipelineOptions + [
      .dryRun, .attest, .template, .changedOnly, .againstManifest, .verify, .python, .event,
      .handler,
      .variable,
      .network, .timeout,
    ],
    examples: [
      Example("pare package", "all functions of this project"),
      Example("pare package orders webhooks -o build", "two of them, into 'build'"),
      Example("pare package --environment wheels/ --strict", "from a folder of wheels, for CI"),
      Example("pare package --verify", "and prove that each handler imports"),
      Example("pare package --template", "and a template for 'sam deploy'"),
      Example(
        "pare package --changed-only --against deployed.json", "only archives that are different"),
      Example("pare package --dry-run --format json", "what would be written, for a program"),
    ],
    run: { invocation, console throws(Failure) in
      try runPipeline(invocation, console, writes: !invocation.has(.dryRun))
    })

  static let check = Command(
    "check", "Compare sizes with limits and budgets, without writing",
    discussion: [
      "Does all the work of 'pare package' but writes neither archives nor a report. The sizes are "
        + "those that the archives would have, to the byte. Ends with exit code 1 where a limit or "
        + "a budget is exceeded.",
      "With '--against REPORT' shows what changed since that report of 'pare package', and the "
        + "import that caused it, as 'pare diff' does.",
    ],
    operands: .functions,
    options: pipelineOptions.filter { $0.name != Option.format.name } + [
      .formatOfFindings, .against, .maxGrowth,
    ],
    examples: [
      Example("pare check", "all functions of this project"),
      Example("pare check orders --format json", "one of them, for a program"),
      Example("pare check --against base.json --max-growth 5%", "in CI, for a pull request"),
    ],
    run: { invocation, console throws(Failure) in
      try runPipeline(invocation, console, writes: false)
    })
}

/// `package` and `check`: the same work, with and without writing.
private func runPipeline(
  _ invocation: Invocation, _ console: Console, writes: Bool
) throws(Failure) -> ExitCode {
  let watch = Stopwatch()
  let began = System.clock()
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let lap = watch.begin("discover")
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  let workspace = found.workspace
  lap.end(files: workspace.files.count)
  let (cache, refusals) = try invocation.openCache()
  var order = Order(
    goal: writes ? .write : .measure, functions: found.asked,
    isStrict: invocation.has(.strict),
    isAttested: invocation.has(.attest) && writes, jobs: invocation.jobs, cache: cache,
    began: began, watch: watch)

  let isPackaging = invocation.command.name == Command.package.name
  if isPackaging { order.deployed = try deployed(found, invocation) }
  if writes { removeLeftovers(found) }
  let stale = writes ? staleArchives(found) : []
  var publication = try Publication(
    folder: writes ? found.output : nil, found, console)
  // That of 'package' is a manifest.
  let base =
    isPackaging
    ? nil : try invocation.text(.against).map { (path) throws(Failure) in try readReport(path) }
  var rows: [Report.Function] = []
  let report: Report
  let isPublished = publication.isWanted
  let isCompared = base != nil
  do throws(Failure) {
    report = try Bundling.package(
      workspace, order, languages: languages, store: Store(workspace, wheels: found.wheels),
      progress: line.progress,
      render: { row in
        Rendered(
          name: row.name, bytes: isPublished ? ReportDocument.rendered(row) : [],
          inManifest: writes ? row.inManifest(of: found) : nil, row: isCompared ? row : nil)
      }
    ) { rendered throws(Failure) in
      publication.add(rendered)
      if let row = rendered.row { rows.append(row) }
    }
  } catch {
    line.erase()
    publication.abandon(error.diagnostics.sorted())
    console.report(error.diagnostics, project: workspace.project)
    return ExitCode(rawValue: error.exitCode)
  }
  let (results, refusal) = verified(report, found, invocation, line.progress)
  line.erase()
  let (templates, templateDiagnostics) =
    writes && invocation.has(.template) ? try writeTemplates(found) : ([], [])
  let comparison = try base.map { (base) throws(Failure) in
    try compared(base, with: rows, found, invocation)
  }
  let diagnostics =
    report.diagnostics + refusals + found.refused + (comparison?.diagnostics ?? []) + stale
    + publication.diagnostics + workspace.advice(report.diagnostics) + templateDiagnostics
    + results.compactMap(\.failure) + (refusal?.diagnostics ?? [])
  try publication.finish(
    withExcerpts(diagnostics, project: workspace.project), layers: report.layers, found,
    zlibVersion: report.zlibVersion)

  if order.isAttested {
    try attest(report, found, isStrict: order.isStrict)
  }

  console.print(reportTable(report.functions, style: console.style))
  console.print(layerTable(report.layers, style: console.style))
  console.print(
    reportSummary(
      report.functions, layers: report.layers, wasWritten: writes,
      output: workspace.shown(found.output),
      environments: workspace.environments, style: console.style))
  console.print(found.described.passedOverText(style: console.style))
  console.printPassing(
    runSummary(
      report.functions, wasWritten: writes, seconds: watch.seconds, style: console.style))
  if console.loudness == .verbose {
    console.print(blindSpotText(report.functions, style: console.style))
    console.print(leftOutText(report.functions, style: console.style))
  } else {
    console.print(leftOutSummary(report.functions, style: console.style))
  }
  console.print(verificationText(results, console))
  for template in templates { console.print("template: \(workspace.shown(template.path))\n") }
  if let comparison {
    if console.format == .text { console.print("\n") }
    if console.format != .json {
      show(comparison, console, project: workspace.project, besides: report.diagnostics)
    }
  } else {
    switch console.format {
    case .markdown: console.send(markdown(report.functions, diagnostics))
    case .github, .sarif: sendFindings(diagnostics, console, project: workspace.project)
    default: break
    }
  }
  console.report(diagnostics, project: workspace.project)
  try publish(watch.timings, invocation, console)
  return refusal.map { ExitCode(rawValue: $0.exitCode) }
    ?? max(ExitCode(diagnostics), ExitCode(results))
}

/// With `--attest`: what the archives are made of, beside them.
private func attest(_ report: Report, _ found: Discovered, isStrict: Bool) throws(Failure) {
  let workspace = found.workspace
  let declarations = Set(found.asked.map { workspace.functions[$0].origin.path }).sorted()
  let file = try ReportFile(found.output + "/provenance.json")
  writeProvenance(
    of: report, declaredIn: declarations, isStrict: isStrict, toolVersion: Command.toolVersion
  ) { file.append($0) }
  try file.commit()
}

/// A function's row on its way to the report, and to the comparison where there is one.
private struct Rendered: Sendable {
  let name: String
  let bytes: [UInt8]
  let inManifest: [UInt8]?
  let row: Report.Function?
}

/// With `--changed-only`: what a manifest says is deployed. None is there before the first run.
private func deployed(
  _ found: Discovered, _ invocation: Invocation
) throws(Failure) -> [String: DeployedArchive] {
  let named = invocation.text(.againstManifest)
  guard invocation.has(.changedOnly) else {
    if named != nil { throw Failure(.usage, [.againstAlone()]) }
    return [:]
  }
  let path = named ?? found.output + "/manifest.json"
  let bytes: [UInt8]
  do throws(FileError) {
    bytes = try FileSystem.read(path)
  } catch {
    if named == nil, error.isMissing { return [:] }
    throw Failure(error)
  }
  do throws(UnusableReport) {
    return try ManifestReader.read(bytes, path: found.workspace.shown(path))
  } catch {
    throw Failure(.usage, [error.diagnostic])
  }
}

/// What changed since `base` in the functions that this run is about.
private func compared(
  _ base: Report, with rows: [Report.Function], _ found: Discovered, _ invocation: Invocation
) throws(Failure) -> Comparison {
  let configuration = try Configuration.find(
    project: invocation.text(.project), languages: languages.map(\.name))
  // What is declared and not asked for has neither come nor gone.
  let others = Set(found.declared).subtracting(
    found.asked.map { found.workspace.functions[$0].name })
  let known = Report(
    functions: base.functions.filter { !others.contains($0.name) }, diagnostics: [],
    zlibVersion: base.zlibVersion)
  let head = Report(functions: rows, diagnostics: [], zlibVersion: base.zlibVersion)
  let asked = configuration.acceptances.filter { !others.contains($0.function) }
  return try compared(
    known, head, invocation, asked,
    names: (invocation.text(.against) ?? "", found.workspace.project))
}

/// With `--verify`: the archives that were written, judged; or why they cannot be.
private func verified(
  _ report: Report, _ found: Discovered, _ invocation: Invocation, _ progress: Progress
) -> ([VerifyResult], Failure?) {
  guard invocation.has(.verify), !invocation.has(.dryRun) else { return ([], nil) }
  let written = Set(report.functions.filter { $0.codeSHA256 != nil }.map(\.name))
  let workspace = found.workspace
  do throws(Failure) {
    let results = try Bundling.verify(
      workspace, workspace.functions.ids.filter { written.contains(workspace.functions[$0].name) },
      try invocation.verifyOptions(), languages: languages,
      store: Store(workspace, wheels: found.wheels),
      progress: progress)
    return (results, nil)
  } catch {
    return ([], error)
  }
}

/// With `--template`: the templates to deploy with. What is there and the same stays untouched.
private func writeTemplates(
  _ found: Discovered
) throws(Failure) -> ([DeployableTemplate], [Diagnostic]) {
  let (templates, diagnostics) = deployableTemplates(found)
  for template in templates {
    let file = try ReportFile(template.path)
    file.append(template.bytes)
    try file.commit()
  }
  return (templates, diagnostics)
}

/// `--timings`, on standard error where standard output has a document; `--trace-events`.
private func publish(
  _ timings: [Timing], _ invocation: Invocation, _ console: Console
) throws(Failure) {
  if invocation.has(.timings) {
    let text = timingText(timings, style: console.style)
    if console.format == .text { console.send("\n" + text) } else { console.sendError(text) }
  }
  guard let path = invocation.text(.traceEvents) else { return }
  let file = try ReportFile(path)
  writeTraceEvents(timings) { file.append($0) }
  try file.commit()
}

/// The report on its way to `OUTPUT/report.json`, to `OUTPUT/manifest.json` as far as it is for
/// deployments and, where a document is asked for, to standard output, function by function. The files
/// keep what they say of functions that this run is not about.
private struct Publication: ~Copyable {
  private var document: ReportDocument?
  private var fileDocument: ReportDocument?
  private let file: ReportFile?
  private var manifest: ManifestDocument?
  private let manifestFile: ReportFile?
  private let isPrinted: Bool
  private var kept: KeptRows

  init(folder: String?, _ found: Discovered, _ console: Console) throws(Failure) {
    let file = try folder.map { (folder) throws(Failure) in
      try ReportFile(folder + "/report.json")
    }
    let manifestFile = try folder.map { (folder) throws(Failure) in
      try ReportFile(folder + "/manifest.json")
    }
    self.file = file
    self.manifestFile = manifestFile
    kept = KeptRows(of: folder.map { $0 + "/report.json" }, found)
    isPrinted = console.format == .json
    if isPrinted { document = ReportDocument { console.send($0) } }
    if let file { fileDocument = ReportDocument { file.append($0) } }
    if let manifestFile { manifest = ManifestDocument { manifestFile.append($0) } }
  }

  /// About the report that was there.
  var diagnostics: [Diagnostic] { kept.diagnostics }

  var isWanted: Bool { file != nil || isPrinted }

  mutating func add(_ function: Rendered) {
    document?.add(rendered: function.bytes)
    keep(before: function.name)
    fileDocument?.add(rendered: function.bytes)
    if let row = function.inManifest { manifest?.add(function.name, rendered: row) }
  }

  private mutating func keep(before name: String?) {
    for row in kept.take(before: name) {
      fileDocument?.add(rendered: row.rendered)
      if let part = row.inManifest { manifest?.add(row.name, rendered: part) }
    }
  }

  /// Throws where the file cannot be written.
  consuming func finish(
    _ diagnostics: [Diagnostic], layers: [Report.Layer], _ found: Discovered, zlibVersion: String
  ) throws(Failure) {
    keep(before: nil)
    let all = (layers + kept.layers).sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    manifest.take()?.finish(layers: all.map { ($0, $0.archiveInManifest(of: found)) })
    fileDocument.take()?.finish(diagnostics, layers: all, zlibVersion: zlibVersion)
    document.take()?.finish(diagnostics, layers: layers, zlibVersion: zlibVersion)
    try file?.commit()
    try manifestFile?.commit()
  }

  /// Completes the printed document with what went wrong, and leaves the last file as it is.
  consuming func abandon(_ diagnostics: [Diagnostic]) {
    document.take()?.finish(diagnostics, zlibVersion: nil)
  }
}

extension DescribedCount {
  func text(style: Style) -> String {
    describedText(
      files: files, functions: functions, passedOver: passedOver.map { ($0.what, $0.count) },
      style: style)
  }

  func passedOverText(style: Style) -> String {
    let text = Reporting.passedOverText(passedOver.map { ($0.what, $0.count) })
    return text.isEmpty ? "" : style.paint(text, .dim) + "\n"
  }
}

extension Workspace {
  /// Where distributions are from, as messages show it; wheels that were fetched for the project lie
  /// in a folder whose name says nothing.
  fileprivate var environments: [String] {
    var names: [String] = []
    for root in roots.rows where !root.isFirstParty {
      let name = shown(root.location)
      let short = name.hasPrefix(".pare/wheels/") ? ".pare/wheels" : name
      if !names.contains(short) { names.append(short) }
    }
    return names
  }

  /// What explains many findings at once.
  fileprivate func advice(_ findings: [Diagnostic]) -> [Diagnostic] {
    let hasEnvironment = roots.rows.contains { !$0.isFirstParty }
    let misses =
      findings.contains { $0.code == "unresolved-import" }
      && !findings.contains { $0.code == "environment-not-found" }
    return misses && !hasEnvironment ? [.nothingInstalled()] : []
  }
}
