import Model

/// Every sentence that the Python language says to users.
enum Diagnostics {
  static func nameless(folder: String) -> Diagnostic {
    Diagnostic(
      .warning, "nameless-distribution",
      "'\(folder)' does not say which distribution it belongs to; it is passed over")
  }

  static func namelessMetadata(
    _ name: String, _ version: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "broken-metadata",
      "the metadata has no 'Name'; its folder's is taken: \(name) \(version)",
      at: location, notes: [.hint("install the distribution again")])
  }

  static func brokenRequirement(
    _ text: String, of distribution: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "broken-metadata",
      "'\(text)' is no requirement; \(distribution) is taken not to require it", at: location,
      notes: [
        .hint("install the distribution again, or name what it needs there with 'needs'")
      ])
  }

  static func missingHandler(
    _ function: Function, _ module: String, nearest: String?
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-handler",
      "function '\(function.name)': no module named '\(module)'",
      at: function.origin,
      notes: nearest.map { [.hint("did you mean '\($0)'?")] } ?? [], function: function.name)
  }

  static func unresolvedImport(
    _ name: String, removed: String?, nearest: String?, isNowhere: Bool,
    at location: SourceLocation
  ) -> Diagnostic {
    var notes: [Diagnostic.Note] = []
    if let removed { notes.append(Diagnostic.Note(removed)) }
    if let nearest {
      notes.append(.hint("did you mean '\(nearest)'?"))
    } else if isNowhere {
      notes.append(
        .hint(
          "add what provides it to the requirements, or its folder to 'source-roots', unless a layer "
            + "brings it"))
    }
    return Diagnostic(
      .warning, "unresolved-import", "no module named '\(name)'", at: location, notes: notes)
  }

  /// Named by code, and left out all the same.
  static func secretFile(
    _ path: String, _ secret: SecretName, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "secret-file",
      "'\(path)' is not shipped, since such files hold \(secret.holds)", at: location,
      notes: [
        .hint("give the function variables, or ship it all the same: 'include = [\"\(path)\"]'")
      ])
  }

  /// Named by code, and shipped.
  static func secretShipped(
    _ path: String, _ secret: SecretName, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "secret-shipped",
      "'\(path)' is shipped, since this names it; such files hold \(secret.holds)", at: location,
      notes: [.hint("if it is one of these, 'exclude' it and read it from where secrets are kept")])
  }

  static func secretIncluded(
    _ path: String, _ secret: SecretName, function: Function
  ) -> Diagnostic {
    Diagnostic(
      .warning, "secret-shipped",
      "'\(path)' is shipped, since 'include' names it; such files hold \(secret.holds)",
      at: function.origin,
      notes: [
        .hint("if it is one of these, let no pattern of 'include' match it, or 'exclude' it")
      ],
      function: function.name)
  }

  /// It lies where data would be taken.
  static func secretLeftOut(_ path: String, _ secret: SecretName) -> Diagnostic {
    Diagnostic(
      .warning, "secret-left-out",
      "'\(path)' lies among data and is left out, since such files hold \(secret.holds)",
      at: SourceLocation(path: path),
      notes: [.hint("ship it all the same: 'include = [\"\(path)\"]'")])
  }

  static func removedModule(_ name: String, in version: String) -> String {
    "'\(name)' was removed from the standard library in Python \(version)"
  }

  /// - Parameter isFatal: whether a handler cannot be loaded because of it.
  static func escapingImport(
    _ name: String, isFatal: Bool, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      isFatal ? .error : .warning, "escaping-import",
      "'\(name)' climbs past the top-level package"
        + (isFatal ? ", so the handler cannot be loaded" : ""), at: location,
      notes: isFatal
        ? [
          .hint(
            "name the module without its leading dots, or make the folder a package with an "
              + "'__init__.py' and name the handler through it")
        ] : [])
  }

  static func unmatchedDirective(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "unmatched-directive", "'# pare: import \(name)' names no module", at: location)
  }

  static func unmatchedSetting(
    _ key: String, _ value: String, nearest: String? = nil, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "unmatched-setting", "'\(key)': '\(value)' matches nothing", at: location,
      notes: nearest.map { [.hint("did you mean '\($0)'?")] } ?? [])
  }

  static func unknownDistribution(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "unmatched-setting", "no distribution named '\(name)' in the environment",
      at: location)
  }

  static func badRule(_ why: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(.warning, "broken-rule", why, at: location)
  }

  /// A needed module exists only for some other platform or version.
  ///
  /// - Parameter others: how many more native files of the distribution are needed and do not run.
  static func foreignExtension(
    _ module: String, file: RelativePath, target: Target, distribution: Distribution?, others: Int,
    isOptional: Bool, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      isOptional ? .warning : .error, "foreign-extension",
      "\(owner(distribution))'\(module)' is built for another platform than \(platform(target))",
      at: location,
      notes: [Diagnostic.Note("all there is for it is '\(file.name)'")] + more(others) + [
        .hint("install wheels for \(platform(target))")
      ])
  }

  static func foreignBinary(
    _ path: RelativePath, binary: Binary, target: Target, distribution: Distribution?, others: Int
  ) -> Diagnostic {
    let format =
      switch binary.format {
      case .elf: "Linux"
      case .machO: "macOS"
      case .pe: "Windows"
      }
    let made = binary.architecture.map { "\(format) on \($0.rawValue)" } ?? format
    return Diagnostic(
      .error, "foreign-extension",
      "\(owner(distribution))'\(path)' is built for \(made), not for \(platform(target))",
      notes: more(others) + [.hint("install wheels for \(platform(target))")])
  }

  private static func owner(_ distribution: Distribution?) -> String {
    distribution.map { "'\($0.displayName)' \($0.version): " } ?? ""
  }

  private static func more(_ others: Int) -> [Diagnostic.Note] {
    let verb = others == 1 ? "is" : "are"
    return others == 0 ? [] : [Diagnostic.Note("so \(verb) \(others) more of its native files")]
  }

  private static func platform(_ target: Target) -> String {
    "Python \(target.runtime.major).\(target.runtime.minor) on Linux \(target.architecture.rawValue)"
  }
}
