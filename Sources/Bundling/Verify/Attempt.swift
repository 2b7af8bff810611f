import Files
import Model
import Text

/// One run of a handler: how it ended, and what was found out.
struct Attempt: Sendable {
  let end: Program.Outcome.End
  /// What it printed, both streams, as far as that is kept.
  let output: String
  let errors: String
  let isolation: Isolation
  /// Nil where the harness did not come to its end.
  let findings: DatumTable?

  init(_ outcome: Program.ConfinedOutcome, token: String) {
    end = outcome.end
    errors = String(decoding: outcome.errors, as: UTF8.self)
    let head =
      outcome.dropped == 0 ? "" : "(\(grouped(outcome.dropped)) bytes before this were not kept)\n"
    output = head + String(decoding: outcome.output, as: UTF8.self) + errors
    isolation = outcome.isolation
    findings =
      outcome.end == .exit(0) ? Harness.findings(in: outcome.message, token: token) : nil
  }

  /// A variable that the handler asked for, without a default, and that was not set.
  struct WantedVariable {
    let name: String
    /// Who asked first: inside the archive.
    let frame: RaisedError.Frame
  }

  /// In the order in which they were asked for.
  var wanted: [WantedVariable] {
    (findings?["wanted"]?.array ?? []).compactMap { item in
      guard let parts = item.array, parts.count == 3, let name = parts[0].string,
        let path = parts[1].string, case .integer(let line) = parts[2].content
      else { return nil }
      return WantedVariable(name: name, frame: .init(path: path, line: Int(line)))
    }
  }

  /// What was raised, the cause behind that…
  var chain: [RaisedError] {
    findings?["chain"]?.array?.compactMap(\.table).map(RaisedError.init) ?? []
  }

  /// JSON on one line; nil where the handler was not called, or did not answer.
  var answer: String? { findings?["answer"]?.string }
}

extension Trial {
  /// Where a run finds itself.
  struct Place {
    /// What the provider calls the function's folder.
    let root: String
    /// The working folder.
    let folder: String
    /// Folders that it must see.
    let visible: [String]
  }

  /// Runs the harness, with a home of its own to write to.
  func attempt(_ request: Harness.Request, at place: Place) throws(FileError) -> Attempt {
    let home = "\(scratch)/home"
    try FileSystem.createFolder(home)
    defer { try? FileSystem.removeTree(home) }
    let token = Harness.makeToken()
    let outcome = try judge.program.run(
      ["-I", "-S", "-B", "-W", "ignore", "-c", request.program],
      within: judge.confinement(visible: place.visible, home: home, options),
      input: Harness.input(request, token: token),
      variables: merged(
        Harness.variables(for: function, runtime: runtime, root: place.root, home: home)
          + ownVariables),
      folder: place.folder, timeout: options.timeout)
    return Attempt(outcome, token: token)
  }

  /// `NAME=value`: what the configuration and the command line say.
  var ownVariables: [String] { merged(function.settings.variables + options.variables) }

  /// Of two values for one name the last one.
  private func merged(_ variables: [String]) -> [String] {
    var values: [Substring: String] = [:]
    for variable in variables { values[variable.prefix { $0 != "=" }] = variable }
    return values.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What keeps a run from passing; nil where nothing does.
  func failure(of attempt: Attempt) -> Diagnostic? {
    let said = attempt.errors.split(separator: "\n").suffix(8).map(String.init)
    switch attempt.end {
    case .timeout: return .verifyTimeout(function, seconds: options.timeout, said: said)
    case .signal(let number): return .verifyCrash(function, signal: Int(number), said: said)
    case .exit(let code):
      guard let findings = attempt.findings else {
        return .verifyNoAnswer(function, code: Int(code), said: said)
      }
      guard let phase = findings["phase"]?.string, phase != "done" else { return nil }
      return failure(in: phase, attempt, findings)
    }
  }

  /// The error that was raised, seen from its cause: the first one is what a wrapper (`raise
  /// ImportError("install x") from error`) hides.
  private func failure(
    in phase: String, _ attempt: Attempt, _ findings: DatumTable
  ) -> Diagnostic {
    let chain = attempt.chain
    guard let raised = chain.first, let cause = chain.last(where: \.saysWhatIsMissing) ?? chain.last
    else { return .verifyNoAnswer(function, code: 0, said: []) }
    if phase == "attribute" {
      let names = findings["names"]?.array?.compactMap(\.string) ?? []
      return .verifyNoAttribute(
        function, module: function.entry.module,
        nearest: nearestMatch(to: function.entry.attribute, among: names))
    }
    var notes: [Diagnostic.Note] = []
    if cause != raised { notes.append(.init("because of \(cause.sentence)")) }
    // Whoever asked: the innermost frame of the archive, with those that led there.
    let frames = cause.frames.isEmpty ? raised.frames : cause.frames
    for frame in frames.dropLast().suffix(3).reversed() {
      notes.append(.init("reached from here", at: location(of: frame)))
    }
    notes += refusals(findings, of: cause) ?? advice(on: cause)
    return .verifyFailed(
      function, phase: phase, sentence: raised.sentence, at: frames.last.map(location), notes: notes
    )
  }
}
