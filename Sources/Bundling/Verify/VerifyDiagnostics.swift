import Files
import Model

// Every sentence about archives on trial.

extension Diagnostic {
  static func noArchive(_ function: Function, _ workspace: Workspace) -> Diagnostic {
    Diagnostic(
      .error, "no-archive",
      "'\(function.name)' has no archive: '\(workspace.shown(function.archive))' is not there",
      notes: [.hint("run 'pare package \(function.name)' first")], function: function.name)
  }

  static func noLayer(
    _ layer: Layer, _ function: Function, _ workspace: Workspace
  ) -> Diagnostic {
    Diagnostic(
      .error, "no-archive",
      "'\(function.name)' attaches layer '\(layer.name)': '\(workspace.shown(layer.archive))' is not there",
      notes: [.hint("run 'pare package \(function.name)' first, which makes both")],
      function: function.name)
  }

  static func eventForWhichHandler(_ function: Function) -> Diagnostic {
    Diagnostic(
      .error, "which-handler",
      "'\(function.name)' has \(function.handlers.count) handlers, and one of them is meant",
      at: function.origin,
      notes: [
        Note(function.writtenHandlers), .hint("'--handler \(function.handler.written)'"),
      ], function: function.name)
  }

  static func unknownHandler(
    _ wanted: String, nearest: String?, _ known: [String]
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-handler", "no function has the handler '\(wanted)'",
      notes: [
        nearest.map { .hint("did you mean '\($0)'?") }
          ?? .hint("there are \(known.map { "'\($0)'" }.joined(separator: ", "))")
      ])
  }

  static func unreadableEvent(_ error: FileError) -> Diagnostic {
    Diagnostic(.error, "unreadable-event", error.description)
  }

  static func noInterpreter(
    _ function: Function, _ runtime: Runtime, _ places: [String], _ deed: String
  ) -> Diagnostic {
    let version = "\(runtime.major).\(runtime.minor)"
    return Diagnostic(
      .error, "no-interpreter",
      "no interpreter of \(runtime) is there, so '\(function.name)' was not \(deed)",
      notes: [
        Note("looked at \(places.joined(separator: ", "))"),
        .hint("'uv python install \(version)', 'pyenv install \(version)', or '--python PATH'"),
      ], function: function.name)
  }

  static func wrongInterpreter(
    _ function: Function, _ path: String, _ runtime: Runtime, _ deed: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "no-interpreter",
      "'\(path)' is no interpreter of \(runtime), so '\(function.name)' was not \(deed)",
      notes: [.hint("functions are \(deed) with the version that they run on")],
      function: function.name)
  }

  static func foreignArchive(
    _ function: Function, _ architecture: Architecture, library: String, python: String,
    _ own: Architecture, _ deed: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "foreign-archive",
      "'\(function.name)' holds native code for \(architecture.rawValue), and '\(python)' runs on "
        + "\(own.rawValue): it was not \(deed)", at: function.origin,
      notes: [
        Note("'\(library)', for instance"),
        .hint(
          "take a machine of its own architecture, or give an interpreter with '--python'"),
      ], function: function.name)
  }

  static func damagedArchive(
    _ function: Function, _ archive: String, _ sentence: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "damaged-archive", "'\(archive)' is damaged: \(sentence)", at: function.origin,
      notes: [.hint("run 'pare package \(function.name)' again")], function: function.name)
  }

  static func verifyTimeout(
    _ function: Function, seconds: Double, said: [String]
  ) -> Diagnostic {
    Diagnostic(
      .error, "verify-timeout",
      "'\(function.name)' was not done after \(Int(seconds)) second\(seconds == 1 ? "" : "s")",
      at: function.origin,
      notes: said.map { Note($0) }, function: function.name)
  }

  static func verifyCrash(_ function: Function, signal: Int, said: [String]) -> Diagnostic {
    let name = [4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV"]
    return Diagnostic(
      .error, "verify-crash",
      "'\(function.name)' ended the interpreter (\(name[signal] ?? "signal \(signal)"))",
      at: function.origin, notes: said.map { Note($0) }, function: function.name)
  }

  static func verifyNoAnswer(_ function: Function, code: Int, said: [String]) -> Diagnostic {
    Diagnostic(
      .error, "verify-exit", "'\(function.name)' ended the interpreter (exit code \(code))",
      at: function.origin, notes: said.map { Note($0) }, function: function.name)
  }

  static func verifyNoAttribute(
    _ function: Function, module: String, nearest: String?
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-handler",
      "function '\(function.name)': '\(module)' has no '\(function.handler.attribute)'",
      at: function.origin, notes: nearest.map { [.hint("did you mean '\($0)'?")] } ?? [],
      function: function.name)
  }

  static func verifyFailed(
    _ function: Function, phase: String, sentence: String, at location: SourceLocation?,
    notes: [Note]
  ) -> Diagnostic {
    let what =
      switch phase {
      case "call": "was called and raised"
      case "callable": "cannot be called:"
      default: "cannot be imported from its archive:"
      }
    return Diagnostic(
      .error, "verify-failed", "'\(function.name)' \(what) \(sentence)",
      at: location ?? function.origin, notes: notes, function: function.name)
  }

  static func anotherAnswer(
    _ function: Function, _ difference: AnswerDifference, _ surplus: [Surplus]
  ) -> Diagnostic {
    let message =
      "'\(function.name)' gives another answer from its archive than in its whole environment: "
      + "'\(difference.path)' is "
      + (difference.archived ?? "missing") + ", and " + (difference.whole ?? "missing") + " there"
    let hints = surplus.flatMap(\.supplement.sentences)
    return Diagnostic(
      .error, "another-answer", message, at: function.origin,
      notes: hints.isEmpty
        ? [] : [.hint("what only that run has used comes with\n" + hints.joined(separator: "\n"))],
      function: function.name)
  }

  static func failsInEnvironmentOnly(_ function: Function, _ sentence: String) -> Diagnostic {
    Diagnostic(
      .error, "another-answer",
      "'\(function.name)' runs from its archive, and in its whole environment \(sentence)",
      at: function.origin,
      notes: [.hint("an optional import that only that finds, or a newer file of yours?")],
      function: function.name)
  }
}

extension Diagnostic.Note {
  /// How the run in the whole environment ended, beside an archive's that failed.
  static func inEnvironment(_ failure: String?, answer: String?) -> Self {
    if let failure { return Self("in its whole environment it \(failure)") }
    return Self(
      answer.map { "in its whole environment it answers \(shortened($0))" }
        ?? "in its whole environment it can be imported")
  }
}

extension Diagnostic.Note {
  static func runtimeNotHad(
    _ module: String, _ provider: Provider.Name, _ why: String
  ) -> Diagnostic.Note {
    Diagnostic.Note(
      "\(provider.rawValue) has '\(module)', which could not be fetched to try it: \(why)")
  }
}
