import Files
import Model
import Text
import Zip

/// One archive on trial.
struct Trial {
  let workspace: Workspace
  let function: Function
  let runtime: Runtime
  let python: Program
  let options: VerifyOptions
  let store: Store
  /// What the provider's runtime has, unpacked; nil before somebody has asked for it.
  var runtimeFolder: String?

  private var provider: Provider { Providers.provider(function.provider) }

  private var module: String { function.entry.module }

  func run() throws(FileError) -> VerifyResult {
    let start = System.monotonicClock()
    let mark = "\(workspace.project)/.pare/verified/\(try digest())"
    if options.event == nil, !options.again, FileSystem.isFile(mark) {
      return result(since: start, isRemembered: true)
    }
    let scratch = try FileSystem.makeTemporaryFolder(prefix: "pare-verify")
    defer { removeUnpacked(scratch) }
    let (root, provided) = ("\(scratch)/archive", "\(scratch)/provided")
    let (home, work) = ("\(scratch)/home", "\(scratch)/work")
    for folder in [root, provided, home, work] { try FileSystem.createFolder(folder) }
    do throws(FileError) {
      try unpack(WheelFile(function.archive), into: root)
    } catch {
      guard case .damaged(let sentence) = error.cause else { throw error }
      return result(
        since: start,
        failure: .damagedArchive(function, workspace.shown(function.archive), sentence))
    }
    try workspace.placeProvided(for: function, store: store, into: provided)
    try FileSystem.setMode(work, 0o555)

    // What the names in tracebacks are measured against must be what the interpreter calls them.
    let (realRoot, realProvided) = (
      FileSystem.realPath(root) ?? root, FileSystem.realPath(provided) ?? provided
    )
    let folders =
      [realRoot]
      + (provider.distributionFolder.isEmpty ? [] : ["\(realRoot)/\(provider.distributionFolder)"])
      + (workspace.targets[function.target].omitted.isEmpty ? [] : [realProvided])
      + Self.runtimePath(runtimeFolder)
    // LAMBDA_TASK_ROOT, Google's source folder, Azure's wwwroot; what `generic` means nobody knows.
    let folder = function.provider == .generic ? work : realRoot
    let answerFile = "\(home)/answer.json"
    let mustCall = function.provider != .azureFunctions
    // Lambda's runtime client calls every handler with an event and a context, and answers with what it
    // returns (awslambdaric 4.2.2, bootstrap.py, read 2026-11-23): a coroutine is no JSON.
    let awaits = function.provider != .awsLambda
    let passes = awaits ? "" : "AWS Lambda passes event and context"
    let outcome = try python.run(
      ["-I", "-S", "-B", "-W", "ignore", "-c", Harness.source]
        + [answerFile, String(options.memory), module, function.entry.attribute]
        + [mustCall ? "1" : "0", awaits ? "1" : "0", passes, options.event ?? ""] + folders,
      variables: Harness.variables(
        for: function, runtime: runtime, root: realRoot, home: home) + options.variables,
      folder: folder, timeout: options.timeout)

    let findings = (try? FileSystem.read(answerFile)).flatMap { bytes in
      (try? JSON.read(bytes, path: answerFile))?.table
    }
    let answer = findings?["answer"]?.string
    let failure = failure(outcome, findings)
    if failure == nil, options.event == nil {
      // Only a shortcut: where it cannot be kept, the next run judges again.
      try? remember(mark)
    }
    return result(
      since: start, answer: answer, output: outcome.outputText + outcome.errorText,
      failure: failure, missingModule: failure == nil ? nil : Self.missingModule(findings))
  }

  private static func missingModule(_ findings: DatumTable?) -> String? {
    (findings?["chain"]?.array ?? []).compactMap(\.table).map(RaisedError.init)
      .last(where: \.saysWhatIsMissing)?.missingModule
  }

  private func result(
    since start: Int64, isRemembered: Bool = false, answer: String? = nil, output: String = "",
    failure: Diagnostic? = nil, missingModule: String? = nil
  ) -> VerifyResult {
    VerifyResult(
      function: function.name, archive: function.archive, python: python.path,
      isRemembered: isRemembered, seconds: Double(System.monotonicClock() - start) / 1e9,
      answer: answer, output: output, failure: failure, missingModule: missingModule)
  }

  // MARK: Remembering

  /// Of all that decides: the archive's bytes, what is imported from it, and who imports.
  private func digest() throws(FileError) -> String {
    var hash = SHA256()
    let input = try InputFile.open(function.archive)
    let size = Int(input.key.size)
    var offset = 0
    while offset < size {
      let count = min(1 << 20, size - offset)
      hash.update(try input.read(at: offset, count: count))
      offset += count
    }
    let key = (try? StatKey(of: python.path)).map { "\($0.size) \($0.modified)" } ?? ""
    let words =
      [
        "2", module, function.entry.attribute, function.provider.rawValue, python.path, key,
      ] + workspace.targets[function.target].omitted + options.variables
    hash.update(Array(words.joined(separator: "\n").utf8))
    return hash.digest().hex
  }

  private func remember(_ mark: String) throws(FileError) {
    let folder = "\(workspace.project)/.pare"
    try FileSystem.createFolder("\(folder)/verified")
    if !FileSystem.isFile("\(folder)/.gitignore") {
      try FileSystem.write(
        Array("# Made by pare: can be made again.\n*\n".utf8), to: "\(folder)/.gitignore")
    }
    try FileSystem.write(Array("\(function.name) \(python.path)\n".utf8), to: mark)
  }

  // MARK: Judging

  private func failure(_ outcome: Program.Outcome, _ findings: DatumTable?) -> Diagnostic? {
    let said = outcome.errorText.split(separator: "\n").suffix(8).map(String.init)
    switch outcome.end {
    case .timeout: return .verifyTimeout(function, seconds: options.timeout, said: said)
    case .signal(let number): return .verifyCrash(function, signal: Int(number), said: said)
    case .exit(let code):
      guard let findings else { return .verifyNoAnswer(function, code: Int(code), said: said) }
      guard let phase = findings["phase"]?.string, phase != "done" else { return nil }
      return failure(in: phase, findings)
    }
  }

  /// The error that was raised, seen from its cause: the first one is what a wrapper (`raise
  /// ImportError("install x") from error`) hides.
  private func failure(in phase: String, _ findings: DatumTable) -> Diagnostic {
    let chain = findings["chain"]?.array?.compactMap(\.table).map(RaisedError.init) ?? []
    guard let raised = chain.first, let cause = chain.last(where: \.saysWhatIsMissing) ?? chain.last
    else { return .verifyNoAnswer(function, code: 0, said: []) }
    if phase == "attribute" {
      let names = findings["names"]?.array?.compactMap(\.string) ?? []
      return .verifyNoAttribute(
        function, module: module,
        nearest: nearestMatch(to: function.entry.attribute, among: names))
    }
    var notes: [Diagnostic.Note] = []
    if cause != raised { notes.append(.init("because of \(cause.sentence)")) }
    // Whoever asked: the innermost frame of the archive, with those that led there.
    let frames = cause.frames.isEmpty ? raised.frames : cause.frames
    for frame in frames.dropLast().suffix(3).reversed() {
      notes.append(.init("reached from here", at: location(of: frame)))
    }
    notes += advice(on: cause)
    return .verifyFailed(
      function, phase: phase, sentence: raised.sentence, at: frames.last.map(location), notes: notes
    )
  }

  private func location(of frame: RaisedError.Frame) -> SourceLocation {
    guard let file = file(at: frame.path) else {
      return SourceLocation(
        path: "\(workspace.shown(function.archive))!/\(frame.path)", line: frame.line, column: 1)
    }
    return SourceLocation(path: workspace.shownPath(of: file), line: frame.line, column: 1)
  }

  private var roots: [RootID] {
    (function.overlay.map { [$0] } ?? []) + workspace.targets[function.target].roots
  }

  /// The file that an archive's path was made from.
  private func file(at path: String) -> FileID? {
    for root in roots {
      if let file = workspace.file(RelativePath(path), in: root) { return file }
    }
    return nil
  }

  // MARK: Advice

  /// Whether the environment has what is missing, and the line that would bring it.
  private func advice(on error: RaisedError) -> [Diagnostic.Note] {
    if let path = error.missingFile { return advice(onFile: path) }
    if let library = error.missingLibrary {
      for root in roots {
        for index in workspace.roots[root].files {
          let path = workspace.files.rows[index].path
          if path.name == library { return advice(onFile: path.string) }
        }
      }
      return [.init("the environment does not have '\(library)' either; does the provider?")]
    }
    guard let name = error.missingModule else { return [] }
    if error.type == "PackageNotFoundError" { return advice(onMetadata: name) }
    let base = name.split(separator: ".").joined(separator: "/")
    for root in roots {
      guard let file = workspace.module(base, in: root) else { continue }
      let shown = workspace.shownPath(of: file)
      guard let owner = workspace.files[file].distribution else {
        if let key = keyThatLeavesOut(file) { return [.init(isLeftOut(shown, by: key))] }
        return [
          .init("the project has it: '\(shown)'"),
          .hint("write '# pare: import \(name)' on the line that imports it"),
        ]
      }
      let distribution = workspace.distributions[owner]
      if let key = keyThatLeavesOut(file) { return [.init(isLeftOut(shown, by: key))] }
      return [
        .init("\(distribution.displayName) \(distribution.version) has it: '\(shown)'"),
        .hint(
          "[\(tablePrefix)distributions.\(tomlKey(distribution.name))]\nimport = [\"\(name)\"]"),
      ]
    }
    // `cannot import name`: not every name is a module.
    guard error.type == "ModuleNotFoundError" else { return [] }
    return [
      .init("the environment does not have it either"),
      .hint("add what provides '\(name)' to the requirements"),
    ]
  }

  /// The key of the configuration that takes a file out, if one does.
  private func keyThatLeavesOut(_ file: FileID) -> String? {
    let row = workspace.files[file]
    if function.settings.exclude.map(Glob.init).contains(where: { workspace.matches($0, file) }) {
      return "exclude"
    }
    guard let name = row.distribution.map({ workspace.distributions[$0].name }) else { return nil }
    let globs = workspace.targets[function.target].distributions[name]?.drop ?? []
    guard globs.contains(where: { Glob($0).matches(row.path.string) }) else { return nil }
    return "[\(tablePrefix)distributions.\(tomlKey(name))] drop"
  }

  private func isLeftOut(_ path: String, by key: String) -> String {
    "'\(key)' of the configuration leaves out '\(path)'"
  }

  private func advice(onFile path: String) -> [Diagnostic.Note] {
    guard let file = file(at: path) else {
      return [.init("the environment does not have '\(path)' either")]
    }
    let shown = workspace.shownPath(of: file)
    if let key = keyThatLeavesOut(file) { return [.init(isLeftOut(shown, by: key))] }
    guard let owner = workspace.files[file].distribution else {
      return [.init("the project has it: '\(shown)'"), .hint("include = [\"\(path)\"]")]
    }
    let distribution = workspace.distributions[owner]
    return [
      .init("\(distribution.displayName) \(distribution.version) has it: '\(shown)'"),
      .hint(
        "[\(tablePrefix)distributions.\(tomlKey(distribution.name))]\ndata = [\"\(path)\"]"),
    ]
  }

  private func advice(onMetadata name: String) -> [Diagnostic.Note] {
    let wanted = normalisedName(name)
    let target = Set(workspace.targets[function.target].roots)
    let isThere = workspace.distributions.rows.contains {
      $0.name == wanted && target.contains($0.root)
    }
    return isThere
      ? [
        .init("the environment has the metadata of '\(name)'"),
        .hint("[\(tablePrefix)distributions.\(tomlKey(wanted))]\nprune = \"distributions\""),
      ] : [.init("the environment does not have '\(name)' either")]
  }

  /// Keys stand below `[tool.pare]` in `pyproject.toml`, at the top of `pare.toml`.
  private var tablePrefix: String {
    function.origin.path.hasSuffix("pyproject.toml") ? "tool.pare." : ""
  }

  private func tomlKey(_ name: String) -> String {
    name.utf8.allSatisfy { $0.isWordOrHyphen } ? name : "\"\(name)\""
  }
}

extension UInt8 {
  fileprivate var isWordOrHyphen: Bool {
    self >= 0x30 && self <= 0x39 || (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A
      || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
