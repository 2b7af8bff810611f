package import Files
package import Model

// Every sentence that the spine says.

extension Diagnostic {
  static func unknownLanguage(_ name: String, known: [String]) -> Diagnostic {
    Diagnostic(
      .error, "unknown-language", "no functions are written in '\(name)'",
      notes: [.hint("this build of pare knows \(list(known))")])
  }

  static func unreadableSource(
    _ problem: Problem, _ severity: Diagnostic.Severity, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(severity, problem.code, problem.message, at: location)
  }

  static func blindSpot(_ spot: BlindSpot, at location: SourceLocation) -> Diagnostic {
    if let name = spot.chooses {
      let message =
        spot.expression.contains("(")
        ? "'\(spot.expression)' names a service that only the run knows"
        : "which services of '\(name)' are called, only the run knows"
      return Diagnostic(
        .warning, "blind-spot", message, at: location,
        notes: [
          Diagnostic.Note("kept because of it: \(spot.bound)"),
          .hint("name them: 'services = [\"s3\", \"sqs\"]' below [distributions.\(name)]"),
        ])
    }
    return Diagnostic(
      .warning, "blind-spot", "'\(spot.expression)' imports what only the run knows", at: location,
      notes: [
        Diagnostic.Note(
          spot.keeps ? "kept because of it: \(spot.bound)" : "it could name \(spot.bound)"),
        .hint("settle it with '# pare: import MODULE' or '# pare: ignore' on the line"),
      ])
  }

  static func missingModule(
    _ name: String, importer: String, _ owner: Distribution, isAtOnce: Bool,
    at location: SourceLocation
  ) -> Diagnostic {
    let whose = " of \(owner.displayName) \(owner.version)"
    let how = isAtOnce ? " at once" : ", which it requires"
    return Diagnostic(
      .warning, "missing-module",
      "'\(importer)'\(whose) imports '\(name)'\(how), and nothing on the path has it",
      at: location,
      notes: [.hint("add what provides it to the requirements, unless a layer brings it")])
  }

  static func heavyPackage(
    _ package: String, bytes: Int, by module: String?, _ function: Function,
    at location: SourceLocation?
  ) -> Diagnostic {
    let cause = module.map { ", '\($0)' above all" } ?? ""
    return Diagnostic(
      .note, "heavy-package",
      "importing anything below '\(package)' brings \(grouped(bytes)) bytes into '\(function.name)'"
        + cause, at: location,
      notes: [.hint("import it inside the function that uses it, or from a module of its own")],
      function: function.name)
  }

  /// - Parameters:
  ///   - key: `exclude` or `drop`.
  ///   - edges: who needs what, and where; at least one.
  static func leftOutButNeeded(
    by key: String, _ names: [String], _ edges: [(from: String, to: String, at: SourceLocation?)],
    _ function: Function, at location: SourceLocation?
  ) -> Diagnostic {
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    return Diagnostic(
      .warning, key == "exclude" ? "excluded-but-needed" : "dropped-but-needed",
      "'\(key)' leaves out \(list(Array(names.prefix(3))))\(more), needed by '\(function.name)'",
      at: location,
      notes: edges.map { Diagnostic.Note("'\($0.from)' needs '\($0.to)'", at: $0.at) },
      function: function.name)
  }

  static func twoFilesAtOnePath(
    _ path: RelativePath, _ first: String, _ second: String, _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .error, "two-files-at-one-path", "two different files claim '\(path)' in '\(function.name)'",
      notes: [
        Diagnostic.Note("one is \(first)"), Diagnostic.Note("the other is \(second)"),
        .hint("leave one out with 'exclude', or rename it"),
      ], function: function.name)
  }

  /// - Parameter owner: the file and whose it is.
  static func unsafePath(
    _ path: RelativePath, _ owner: String, _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .error, "unsafe-path",
      "'\(path)' cannot stand in an archive: a backslash or a drive letter could lead out of its folder",
      notes: [
        Diagnostic.Note("it is \(owner)"), .hint("rename it, or leave it out with 'exclude'"),
      ], function: function.name)
  }

  static func fileWhereFolderIsNeeded(
    _ path: RelativePath, _ owner: String, below other: String, _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .error, "file-and-folder-at-one-path",
      "'\(path)' is a file and a folder in '\(function.name)': nobody could unpack it",
      notes: [
        Diagnostic.Note("the file is \(owner)"), Diagnostic.Note("in the folder is \(other)"),
        .hint("leave one out with 'exclude'"),
      ], function: function.name)
  }

  static func neededFolderNotListed(_ path: String, _ function: Function) -> Diagnostic {
    Diagnostic(
      .error, "needed-folder-not-listed",
      "'\(function.name)' needs what lies in '\(path)', which cannot be listed",
      at: SourceLocation(path: path),
      notes: [.hint("let whoever runs this read it, or exclude what needs it")],
      function: function.name)
  }

  /// - Parameter others: how many more of its files.
  static func recordMismatch(_ path: RelativePath, _ owner: Distribution, others: Int) -> Diagnostic
  {
    let more = others > 0 ? " and \(others) more" : ""
    let verb = others > 0 ? "are" : "is"
    return Diagnostic(
      .warning, "record-mismatch",
      "'\(path)'\(more) of '\(owner.displayName)' \(owner.version) \(verb) other than its RECORD says",
      notes: [.hint("somebody has changed it since it was built; install it again")])
  }

  static func wheelHashMismatch(_ path: String, found: String) -> Diagnostic {
    Diagnostic(
      .error, "wheel-hash-mismatch", "'\(path)' is none of the wheels that the lock names",
      notes: [
        Diagnostic.Note("its SHA-256 is \(found)"),
        .hint("fetch it again, or lock anew; functions that ship of it stay as they are"),
      ])
  }

  static func dataNotRead(_ path: String, above bound: Int) -> Diagnostic {
    Diagnostic(
      .warning, "data-not-read",
      "'\(path)' has more than \(grouped(bound)) bytes, so nobody has looked for names of modules in it",
      at: SourceLocation(path: path),
      notes: [.hint("'import = [\"MODULE\"]' names what is loaded by what it says, if anything is")]
    )
  }

  /// - Parameter bound: the most that the provider takes, unpacked.
  static func fileTooLarge(
    _ path: String, bytes: Int, bound: Int, _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .error, "file-too-large",
      "'\(path)' alone has \(grouped(bytes)) bytes, and \(function.provider.rawValue) takes "
        + "\(grouped(bound)) unpacked: '\(function.name)' is not packed",
      at: function.origin,
      notes: [.hint("leave it out with 'exclude', and read it from elsewhere")],
      function: function.name)
  }

  static func ownedTwice(
    _ paths: [String], _ owners: [String], winner: String?, isInWheels: Bool, environment: String
  ) -> Diagnostic {
    let others = paths.count - 1
    let more = others > 0 ? " and \(others) more file\(others == 1 ? "" : "s")" : ""
    let outcome =
      switch winner {
      case let winner? where isInWheels:
        "the content of '\(winner)' is taken: pip would install it last"
      case let winner?: "what is there is the content of '\(winner)', which was installed last"
      case nil: "what is there is as none of them brought it, or they do not say what they brought"
      }
    return Diagnostic(
      .warning, "owned-twice",
      "\(list(owners)) \(owners.count == 2 ? "both" : "all") own '\(paths.first ?? "")'\(more), "
        + "each with content of its own",
      notes: [
        Diagnostic.Note("in '\(environment)': \(outcome)"),
        .hint("what the other needs may be missing; install one of them only"),
      ])
  }

  package static func cacheUnusable(_ error: FileError, folder: String) -> Diagnostic {
    Diagnostic(
      .warning, "cache-unusable",
      "the cache '\(folder)' cannot be used: cannot \(error.operation) '\(error.path)': \(error.reason)",
      notes: [
        .hint(
          error.isDiskFull
            ? "make room on its disk, or name another folder with '--cache-dir'; the run went on without it"
            : "name another folder with '--cache-dir', or do without by '--no-cache'; the run went on without it"
        )
      ])
  }

  static func temporaryFolderUnusable(_ error: FileError) -> Diagnostic {
    Diagnostic(
      .warning, "temporary-folder-unusable", "\(error); another temporary folder was taken",
      notes: [.hint("set 'TMPDIR' to a folder that can be written to and has room")])
  }

  static func fileUnusable(_ error: FileError) -> Diagnostic {
    let hint =
      switch error.cause {
      case .changing: "run again once nobody writes it"
      case .damaged: "fetch or build it again"
      default: "make it readable, or leave it out with 'exclude'"
      }
    let code =
      switch error.cause {
      case .changing: "changing-file"
      case .damaged: "damaged-file"
      default: "unreadable-file"
      }
    return Diagnostic(
      .error, code, "\(error)",
      notes: [
        Diagnostic.Note("the archives of functions that need it stay as they are"), .hint(hint),
      ])
  }

  static func staleArchive(_ path: String) -> Diagnostic {
    Diagnostic(
      .warning, "stale-archive", "'\(path)' belongs to no function",
      notes: [.hint("remove it; where it is another project's, give each a folder of its own")])
  }

  static func pathsDifferInCase(
    _ first: RelativePath, _ second: RelativePath, _ function: Function
  ) -> Diagnostic {
    // Characters with accents have a spelling in one piece and one in two (Unicode, UAX #15).
    let isInForm = first.string == second.string
    return Diagnostic(
      .warning, isInForm ? "paths-differ-in-form" : "paths-differ-in-case",
      "'\(first)' and '\(second)' differ only in "
        + (isInForm ? "their Unicode normal form (NFC, NFD)" : "case")
        + ": '\(function.name)' cannot be unpacked everywhere",
      notes: [.hint("rename one of them")], function: function.name)
  }

  static func newerGlibc(
    _ path: RelativePath, _ owner: Distribution?, wanted: Int, available: Int,
    _ function: Function, _ runtime: Runtime
  ) -> Diagnostic {
    let whose = owner.map { "'\($0.displayName)' \($0.version): " } ?? ""
    return Diagnostic(
      .error, "newer-glibc",
      "\(whose)'\(path)' needs glibc 2.\(wanted), and \(runtime) of \(function.provider.rawValue) has "
        + "2.\(available)", at: function.origin,
      notes: [
        .hint(
          "install wheels for 'manylinux_2_\(available)' or older; where the file is not needed, leave "
            + "it out with 'drop' or 'exclude'")
      ], function: function.name)
  }

  static func foreignTags(
    _ path: RelativePath, _ owner: Distribution, _ platform: WheelPlatform, _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .error, "foreign-extension",
      "'\(owner.displayName)' \(owner.version): '\(path)' is built for \(list(owner.tags)), not for "
        + platform.description, at: function.origin,
      notes: [.hint("install wheels for \(platform.description)")], function: function.name)
  }

  static func missingLibrary(
    _ name: String, _ path: RelativePath, _ owner: Distribution?, others: Int,
    _ function: Function, _ runtime: Runtime
  ) -> Diagnostic {
    let whose = owner.map { " of '\($0.displayName)' \($0.version)" } ?? ""
    let more = others > 0 ? " and \(others) more need it" : " needs it"
    let system =
      function.provider == .generic
      ? "what every Linux has" : "what \(function.provider.rawValue) is known to have"
    return Diagnostic(
      .warning, "missing-library",
      "'\(name)' is neither in '\(function.name)' nor among \(system): '\(path)'\(whose)\(more)",
      at: function.origin,
      notes: [
        .hint(
          "bring it in a layer or by 'include', or use a build of the distribution that does without"
        )
      ], function: function.name)
  }

  static func entryModuleTaken(
    _ path: RelativePath, by module: String, _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .error, "entry-module-taken",
      "\(function.provider.rawValue) imports '\(path)', which '\(function.name)' ships for something "
        + "else", at: function.origin,
      notes: [.hint("rename '\(path)', or put the handler of '\(module)' into it")],
      function: function.name)
  }

  static func aboveBound(
    _ measure: Report.Measure, _ function: Function, _ largest: [Relief]
  ) -> Diagnostic {
    Diagnostic(
      .error, measure.kind == .limit ? "above-limit" : "above-budget",
      figure(measure, function) + ", above \(bound(measure, function))",
      at: measure.origin ?? function.origin, notes: notes(on: measure, function, largest),
      function: function.name)
  }

  static func nearBound(
    _ measure: Report.Measure, _ function: Function, _ largest: [Relief]
  ) -> Diagnostic {
    Diagnostic(
      .warning, measure.kind == .limit ? "near-limit" : "near-budget",
      figure(measure, function) + ", \(Int(measure.share * 100)) % of \(bound(measure, function))",
      at: measure.origin ?? function.origin, notes: notes(on: measure, function, largest),
      function: function.name)
  }

  private static func figure(_ measure: Report.Measure, _ function: Function) -> String {
    let own = "'\(function.name)' is \(grouped(measure.bytes - measure.layers)) bytes"
    let layers = measure.layers > 0 ? ", with its layers \(grouped(measure.bytes))" : ""
    return "\(own) \(measure.measure.rawValue)\(layers)"
  }

  private static func bound(_ measure: Report.Measure, _ function: Function) -> String {
    let bytes = grouped(measure.bound)
    switch (measure.kind, measure.origin) {
    case (.budget, _): return "its budget of \(bytes)"
    case (.limit, nil): return "the limit of \(function.provider.rawValue) of \(bytes)"
    case (.limit, _?): return "the configured limit of \(bytes)"
    }
  }

  private static func notes(
    on measure: Report.Measure, _ function: Function, _ largest: [Relief]
  ) -> [Diagnostic.Note] {
    var notes = largest.map {
      Diagnostic.Note(
        "without \($0.distribution) it is \(grouped($0.bytes)) bytes less "
          + measure.measure.rawValue)
    }
    let isTooLargeToUpload =
      function.provider == .awsLambda && measure.kind == .limit && measure.measure == .zipped
      && measure.origin == nil && measure.bytes > measure.bound
    if isTooLargeToUpload {
      notes.append(
        .hint(
          "AWS Lambda takes larger archives from S3 (the unzipped limit stays), or as container "
            + "images; set 'limits = { zipped = … }' where you deploy so"))
    }
    return notes
  }
}

/// `52,428,800`
func grouped(_ number: Int) -> String {
  var digits = Array(String(number.magnitude).utf8)
  var index = digits.count - 3
  while index > 0 {
    digits.insert(UInt8(ascii: ","), at: index)
    index -= 3
  }
  return (number < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
}

/// `'a', 'b' and 'c'`
func list(_ names: [String]) -> String {
  let quoted = names.map { "'\($0)'" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
  return quoted.dropLast().joined(separator: ", ") + " and " + last
}

extension Diagnostic {
  static func noStripTool(_ mode: Strip) -> Diagnostic {
    Diagnostic(
      .warning, "no-strip-tool",
      "'strip' is '\(mode.rawValue)', but neither 'llvm-strip' nor 'strip' is on PATH",
      notes: [.hint("install binutils or llvm; native libraries are shipped as they are")])
  }

  static func stripped(_ mode: Strip, files: Int, saved: Int, damaged: Int) -> Diagnostic {
    var notes: [Diagnostic.Note] = []
    if damaged > 0 {
      notes.append(
        Diagnostic.Note("\(damaged) would not have loaded as before, and stayed as they are"))
    }
    return Diagnostic(
      .note, "stripped",
      "'strip' took \(grouped(saved)) bytes off \(files) native libraries (\(mode.rawValue))",
      notes: notes)
  }

  /// Lines with a credential are never printed below a message.
  static func credentialInArchive(
    _ kind: Credential.Kind, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "credential-in-archive",
      "'\(location.path)' is shipped, and has what looks like \(kind.name)", at: location,
      notes: [
        .hint("replace it at its provider, and read the new one from a variable or a secret store")
      ])
  }
}
