import Files
import Model

// Every sentence about the configuration.

extension Diagnostic {
  static let minimalConfiguration = """
    a minimal 'pare.toml' is:

        runtime = "python3.12"

        [functions.hello]
        handler = "hello/app.py:handler"
    """

  /// - Parameter passedOver: how many functions there are that are none of pare's.
  static func nothingDescribed(
    in project: String, hasPyproject: Bool, passedOver: Int
  ) -> Diagnostic {
    var notes: [Note] = []
    if hasPyproject { notes.append(Note("'pyproject.toml' has no [tool.pare] table")) }
    if passedOver > 0 {
      notes.append(
        Note(
          "\(passedOver) function\(passedOver == 1 ? " is" : "s are") passed over; "
            + "'--verbose' names \(passedOver == 1 ? "it" : "them")"))
    }
    notes.append(
      .hint(
        passedOver > 0
          ? "a 'pare.toml' can say where the code of such a function lies; \(minimalConfiguration)"
          : "functions are found in AWS SAM and CloudFormation templates, in 'serverless.yml' and in Terraform's "
            + "files; \(minimalConfiguration)"))
    return Diagnostic(
      .error, "no-configuration",
      passedOver > 0
        ? "no function that is described in '\(project)' can be packaged, and there is no 'pare.toml'"
        : "nothing in '\(project)' describes functions, and there is no 'pare.toml'", notes: notes)
  }

  static func badNeed(
    _ written: String, in key: String, hasVersion: Bool, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "bad-need",
      hasVersion
        ? "'\(written)' says more than a name" : "'\(written)' is not the name of a distribution",
      at: location,
      notes: [
        .hint(
          "'\(key)' takes names, with extras at most: \"openpyxl\", \"pandas[excel]\"; versions are the "
            + "environment's")
      ])
  }

  static func handlerAndHandlers(_ function: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "handler-and-handlers", "function '\(function)' has both 'handler' and 'handlers'",
      at: location, notes: [.hint("put all of them into 'handlers'")], function: function)
  }

  static func noProjectFolder(_ folder: String) -> Diagnostic {
    Diagnostic(.error, "no-project", "'\(folder)' is not a folder")
  }

  static func twoConfigurations(ignored: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "two-configurations", "[tool.pare] is ignored: 'pare.toml' stands beside it",
      at: ignored, notes: [.hint("keep one of the two")])
  }

  static func unreadableConfiguration(_ error: FileError) -> Diagnostic {
    Diagnostic(.error, "unreadable-configuration", error.description)
  }

  static func unknownKey(
    _ key: String, in table: String, nearest: String?, known: [String], at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-key", "\(table) has no key '\(key)'", at: location,
      notes: [
        .hint(nearest.map { "did you mean '\($0)'?" } ?? "known keys are \(list(known))")
      ])
  }

  static func misplacedKey(
    _ key: String, in table: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "misplaced-key", "'\(key)' is a key of \(table), not of a function", at: location)
  }

  static func wrongType(
    _ key: String, wanted: String, found: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(.error, "wrong-type", "'\(key)' must be \(wanted), not \(found)", at: location)
  }

  static func badSize(_ key: String, _ written: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "bad-size", "'\(key)' is not a size: '\(written)'", at: location,
      notes: [.hint("sizes are written as \"5 MB\", \"5 MiB\" or 5_000_000")])
  }

  static func outOfRange(_ key: String, wanted: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(.error, "out-of-range", "'\(key)' must be \(wanted)", at: location)
  }

  static func unknownChoice(
    _ key: String, _ written: String, nearest: String?, known: [String], at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-\(key)", "'\(written)' is no \(key)", at: location,
      notes: [
        .hint(nearest.map { "did you mean '\($0)'?" } ?? "'\(key)' is one of \(list(known))")
      ])
  }

  static func unsupportedRuntime(
    _ written: String, first: Runtime, last: Runtime, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-runtime", "'\(written)' is no runtime that is supported", at: location,
      notes: [.hint("'\(first)' to '\(last)' are")])
  }

  static func badFunctionName(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "bad-function-name", "'\(name)' cannot name a function", at: location,
      notes: [.hint("the name becomes a file's: no '/', no '\\', no control characters")])
  }

  static func badLayerName(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "bad-layer-name", "'\(name)' cannot name a layer", at: location,
      notes: [.hint("the name becomes a file's: no '/', no '\\', no control characters")])
  }

  static func emptyLayer(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "empty-layer", "layer '\(name)' says nothing of what is in it", at: location,
      notes: [
        .hint(
          "'distributions = [\"numpy\"]' names it; 'functions = [\"a\", \"b\"]' takes the distributions "
            + "that all of these ship")
      ])
  }

  static func noRecord(_ path: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "no-record", "'\(path)' is not there", at: location,
      notes: [.hint("'pare verify --record \(path)' writes it")])
  }

  static func staleRecord(
    _ why: String, at location: SourceLocation, function: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .warning, "stale-record", "a recorded setting is stale: \(why)", at: location,
      notes: [
        .hint("take it out; 'pare verify --record \(location.path)' does so for what it runs")
      ], function: function)
  }

  static func badVariable(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "bad-variable", "'\(name)' cannot name an environment variable, or has no such value",
      at: location, notes: [.hint("a name has no '=', and neither has a zero byte")])
  }

  static func emptyValue(_ key: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(.error, "empty-value", "'\(key)' is empty", at: location)
  }
}
