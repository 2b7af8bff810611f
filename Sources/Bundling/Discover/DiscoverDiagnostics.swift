import Files
import Model

// Every sentence about what is looked for and found.

extension Diagnostic {
  static func requirementNotInstalled(
    _ name: String, nearest: String?, function: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "requirement-not-installed",
      "'\(function)' requires '\(name)', and the environment does not have it", at: location,
      notes: [
        .hint(
          nearest.map { "did you mean '\($0)'?" }
            ?? "install it into the environment, or take it out of the requirements")
      ], function: function)
  }

  static func needNotInstalled(
    _ name: String, nearest: String?, function: String?, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "needs-not-installed",
      "'needs'\(function.map { " of '\($0)'" } ?? "") names '\(name)', and the environment does not have it",
      at: location,
      notes: [
        .hint(nearest.map { "did you mean '\($0)'?" } ?? "install it, or take it out of 'needs'")
      ], function: function)
  }

  static func unknownExtra(
    _ extra: String, of distribution: Distribution, nearest: String?, function: String?,
    at location: SourceLocation
  ) -> Diagnostic {
    let known = distribution.extras.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let more = distribution.extras.count > 8 ? " and \(distribution.extras.count - 8) more" : ""
    return Diagnostic(
      .warning, "unknown-extra",
      "\(distribution.displayName) \(distribution.version) has no extra '\(extra)'", at: location,
      notes: [
        .hint(
          nearest.map { "did you mean '\($0)'?" }
            ?? (known.isEmpty ? "it has none at all" : "it has \(known)\(more)"))
      ], function: function)
  }

  static func noFunctions(_ configuration: Configuration) -> Diagnostic {
    Diagnostic(
      .error, "no-functions", "the configuration declares no functions", at: configuration.origin,
      notes: [.hint(minimalConfiguration)])
  }

  static func unknownFunction(_ name: String, nearest: String?, known: [String]) -> Diagnostic {
    let shown = known.count > 12 ? Array(known.prefix(12)) + ["…"] : known
    return Diagnostic(
      .error, "unknown-function", "no function is named '\(name)'",
      notes: [.hint(nearest.map { "did you mean '\($0)'?" } ?? "there are \(list(shown))")])
  }

  static func functionTwice(
    _ name: String, at location: SourceLocation, first: SourceLocation, handlers: (String, String)
  ) -> Diagnostic {
    Diagnostic(
      .error, "function-twice", "two functions are named '\(name)': '\(handlers.1)'", at: location,
      notes: [
        Note("the other is '\(handlers.0)'", at: first),
        .hint(
          "give one of them a table with a name of its own; a table without 'handler' only refines "
            + "the function that 'discover' finds"),
      ], function: name)
  }

  static func noHandler(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "no-handler", "function '\(name)' has no 'handler'", at: location,
      notes: [.hint("handler = \"path/to/file.py:handler\"")], function: name)
  }

  static func badHandler(_ written: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "bad-handler", "'\(written)' is not a handler", at: location,
      notes: [.hint("write \"path/to/file.py:attribute\" or \"package.module.attribute\"")])
  }

  static func handlerTwice(
    _ written: String, _ first: String, at location: SourceLocation, function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "handler-twice",
      written == first
        ? "function '\(function)' has the handler '\(written)' twice"
        : "function '\(function)' has one handler twice: '\(first)' and '\(written)'", at: location,
      notes: [.hint("name each handler once")], function: function)
  }

  static func handlerNameClash(
    _ handler: Handler, _ first: Handler, _ provider: Provider, at location: SourceLocation,
    function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "handler-name-clash",
      "\(provider.name.rawValue) calls both '\(first.written)' and '\(handler.written)' by the name "
        + "'\(handler.name)'", at: location,
      notes: [.hint("rename one of them, or give it a function of its own")], function: function)
  }

  static func handlerModuleClash(
    _ handler: Handler, _ first: Handler, at location: SourceLocation, function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "handler-module-clash",
      "function '\(function)': '\(first.written)' and '\(handler.written)' would both be the module "
        + "'\(handler.module)'", at: location,
      notes: [.hint("rename one of the files, or give it a function of its own")],
      function: function)
  }

  static func handlerWithoutCompanion(
    _ written: String, _ companion: String, _ provider: Provider, at location: SourceLocation,
    function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "handler-without-companion",
      "\(provider.name.rawValue) finds each of several handlers by its '\(companion)', and there is "
        + "none beside '\(written)'", at: location,
      notes: [
        .hint(
          "put a '\(companion)' there, or register all on one app and name that as the only 'handler'"
        )
      ], function: function)
  }

  static func noHandlerFile(
    _ path: String, nearest: String?, at location: SourceLocation, function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-handler", "function '\(function)': no file '\(path)'", at: location,
      notes: nearest.map { [.hint("did you mean '\($0)'?")] } ?? [], function: function)
  }

  /// - Parameter key: of the configuration, or who adds the folder to the path.
  static func rootAboveProject(
    _ key: String, _ value: String, at location: SourceLocation?, function: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error, "root-above-project",
      "'\(key)': '\(value)' would make a source root of a folder that holds the project",
      at: location,
      notes: [
        .hint("put the configuration into that folder, or name the folders in it that are meant")
      ], function: function)
  }

  static func addedAboveProject(_ folder: String, by environment: String) -> Diagnostic {
    Diagnostic(
      .warning, "root-above-project",
      "'\(environment)' adds '\(folder)' to the path, which holds the project, and is left out",
      notes: [
        .hint("put the configuration into that folder, or name the folders in it that are meant")
      ])
  }

  static func noHandlerModule(
    _ module: String, nearest: String?, at location: SourceLocation, function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-handler", "function '\(function)': no module named '\(module)'",
      at: location,
      notes: [
        nearest.map { .hint("did you mean '\($0)'?") }
          ?? .hint("it is looked for below 'source-roots' and in the environment")
      ], function: function)
  }

  static func dottedAttribute(
    _ attribute: String, _ provider: Provider.Name, at location: SourceLocation, function: String
  ) -> Diagnostic {
    let name = attribute.split(separator: ".").last ?? ""
    return Diagnostic(
      .error, "dotted-attribute",
      "function '\(function)': \(provider.rawValue) cannot call '\(attribute)', an attribute's "
        + "attribute", at: location,
      notes: [.hint("write '\(name) = \(attribute)' in the module, and name '\(name)'")],
      function: function)
  }

  static func noAttribute(
    _ attribute: String, in path: String, nearest: String?, at location: SourceLocation,
    function: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-handler", "function '\(function)': '\(path)' has no '\(attribute)'",
      at: location, notes: nearest.map { [.hint("did you mean '\($0)'?")] } ?? [],
      function: function)
  }

  static func nothingDiscovered(_ pattern: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "no-functions", "'discover': '\(pattern)' matches nothing, so there are no functions",
      at: location, notes: [.hint("discover = [\"functions/*/app.py:handler\"]")])
  }

  static func outsideOfProject(
    _ key: String, _ pattern: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "unmatched-pattern", "'\(key)': '\(pattern)' lies outside the project",
      at: location,
      notes: [
        .hint(
          "copy it into the project, or name its folder in 'source-roots' and write its path there")
      ])
  }

  static func secretNotNamed(_ location: String, project: String) -> Diagnostic {
    let path =
      location.hasPrefix(project + "/") ? String(location.dropFirst(project.count + 1)) : location
    return Diagnostic(
      .warning, "secret-left-out",
      "'\(path)' is named as secrets are and is left out: no pattern of 'include' names it",
      at: SourceLocation(path: path),
      notes: [.hint("ship it all the same: 'include = [\"\(path)\"]'")])
  }

  static func unmatchedPattern(
    _ key: String, _ pattern: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "unmatched-pattern", "'\(key)': '\(pattern)' matches nothing", at: location)
  }

  static func noSourceRoot(_ path: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "no-source-root", "'source-roots': '\(path)' is not a folder", at: location)
  }

  static func noEnvironment(_ path: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      .error, "no-environment", "'environment': '\(path)' is not a folder", at: location,
      notes: [
        .hint(
          "it is a venv, what 'pip install --target' filled, or a folder of wheels; without "
            + "'environment', pare gets the wheels that 'requirements' or a lock file names")
      ])
  }

  static func environmentNotFound(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "environment-not-found",
      "the project has dependencies, but there is no environment to take them from", at: location,
      notes: [
        Note("looked for '.venv', VIRTUAL_ENV, \(list(Environments.lockFiles))"),
        .hint("name 'environment' or 'requirements', or lock them: 'uv lock'"),
      ])
  }

  static func environmentVersion(
    _ path: String, has: String, target: Runtime, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "environment-version",
      "'\(path)' was made for \(has), functions run on \(target)", at: location)
  }

  /// - Parameter named: each with its version, and the tags of what is there of it; at least one.
  static func foreignDistributions(
    _ named: [(name: String, tags: [String])], environment: String, platform: WheelPlatform
  ) -> Diagnostic {
    let shown = named.count > 6 ? 5 : named.count
    let more = named.count > shown ? [Note("and \(named.count - shown) more")] : []
    return Diagnostic(
      .warning, "foreign-distribution",
      "\(named.count == 1 ? "a distribution" : "\(named.count) distributions") in '\(environment)' "
        + (named.count == 1 ? "is" : "are") + " not built for \(platform.description) (glibc 2."
        + "\(platform.glibcMinor) or older)",
      notes: named.prefix(shown).map { Note("\($0.name): \($0.tags.joined(separator: ", "))") }
        + more + [
          .hint(
            "a function that needs native code of one will not run; install wheels for that platform"
          )
        ])
  }

  static func sdistsIgnored(
    _ files: [String], folder: String, at location: SourceLocation?
  ) -> Diagnostic {
    let shown = files.count > 6 ? 5 : files.count
    let more = files.count > shown ? " and \(files.count - shown) more" : ""
    return Diagnostic(
      .warning, "sdist-ignored",
      (files.count == 1 ? "a source distribution" : "\(files.count) source distributions")
        + " in '\(folder)' \(files.count == 1 ? "is" : "are") passed over: pare takes wheels",
      at: location,
      notes: [
        Note(files.prefix(shown).map { "'\($0)'" }.joined(separator: ", ") + more),
        .hint(
          "'pip wheel' makes wheels of them; 'pip download --only-binary=:all:' fetches no others"),
      ])
  }

  static func severalVersions(
    _ distribution: String, taken: String, others: [String], folder: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, "several-versions",
      "'\(folder)' has \(others.count + 1) versions of '\(distribution)'; \(taken) is taken",
      notes: [Note("the other: \(list(others))")])
  }

  static func badWheelName(_ file: String, folder: String) -> Diagnostic {
    Diagnostic(
      .warning, "bad-wheel-name", "'\(folder)/\(file)' is not named as a wheel; it is passed over")
  }

  static func brokenWheel(_ path: String, _ sentence: String) -> Diagnostic {
    Diagnostic(
      .error, "broken-wheel", "'\(path)' is damaged: \(sentence)",
      notes: [.hint("download it again, or take it out of the folder")])
  }
}
