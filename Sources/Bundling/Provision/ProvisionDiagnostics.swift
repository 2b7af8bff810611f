import Model

// Every sentence about fetching wheels.

extension Diagnostic {
  static func noRequirements(_ path: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      .error, "no-requirements", "'requirements': '\(path)' cannot be read", at: location)
  }

  static func localRequirement(_ line: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .note, "local-requirement",
      "'\(line)' is not fetched: code in the project is found through 'source-roots'",
      at: location)
  }

  static func brokenRequirement(_ line: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "broken-requirement", "'\(line)' is no requirement", at: location,
      notes: [.hint("a requirement is a name, and what versions may be: 'requests>=2.31'")])
  }

  static func noIncludedRequirements(_ path: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "no-requirements", "'\(path)' cannot be read: there is no such file", at: location,
      notes: [.hint("such a path is relative to the folder of the file that it stands in")])
  }

  static func namelessRequirement(_ line: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "nameless-requirement", "'\(line)' does not say which distribution it is",
      at: location, notes: [.hint("write its name in front: 'NAME @ URL'")])
  }

  static func noPip(_ places: [String], _ platform: WheelPlatform) -> Diagnostic {
    Diagnostic(
      .error, "no-pip", "nothing to fetch wheels with: neither an interpreter with pip nor uv",
      notes: [
        Note(
          "wanted: wheels for \(platform.description); looked at \(places.joined(separator: ", ")),"
            + " 'python3' and 'python' on PATH"),
        .hint(
          "install uv or Python's pip, or fetch the wheels elsewhere and name their folder with "
            + "'environment'"),
      ])
  }

  static func markersOfAnotherInterpreter(
    _ python: String, _ platform: WheelPlatform
  ) -> Diagnostic {
    Diagnostic(
      .warning, "markers-of-another-interpreter",
      "'\(python)' decided the environment markers of what is required indirectly, not "
        + platform.description,
      notes: [
        .hint(
          "install Python \(platform.runtime.major).\(platform.runtime.minor) or uv, or use a lock")
      ])
  }

  /// The tool's own words, what was asked, and what can be done.
  static func fetchFailed(
    _ command: String, said: String, names: [String], _ platform: WheelPlatform
  ) -> Diagnostic {
    let lines = said.split(whereSeparator: \.isNewline).map(String.init).filter {
      !$0.hasPrefix("WARNING:") && !$0.hasPrefix("[notice]")
    }
    let first = lines.firstIndex { $0.hasPrefix("ERROR:") || $0.hasPrefix("error:") }
    let shown = first.map { lines[$0...].prefix(12) } ?? lines.suffix(12)
    var notes = shown.map { Note(trimmed($0)) }
    // A long list of platforms says little; what was asked is in front of and behind it.
    notes.append(Note("asked: \(shortened(command))"))
    let hasNoNetwork = networkWords.contains { said.contains($0) }
    // uv breaks lines anywhere; pip says the same where the index has no such name and where it has
    // nothing but sources.
    let isUnknown = said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .contains("was not found in the package registry")
    let isPerhapsUnknown = said.contains("(from versions: none)")
    let hasNoWheel =
      said.contains("No matching distribution found") || said.contains("no wheels")
      || said.contains("No solution found") || said.contains("has no usable wheels")
    if hasNoNetwork {
      notes.append(
        .hint(
          "the package index could not be reached: check the network, the proxy and "
            + "PIP_INDEX_URL, or name a folder of wheels with 'environment'"))
    } else if isUnknown {
      notes.append(.hint("is the name right? the package index knows no distribution of that name"))
    } else if hasNoWheel {
      notes.append(
        .hint(
          (isPerhapsUnknown ? "is the name right? where it is, " : "")
            + "there is no wheel for \(platform.description): pin a version that has one, or build "
            + "it ('pip wheel') and name its folder with 'environment'"
            + (isPerhapsUnknown ? "; or the package index could not be reached" : "")))
    } else if said.contains("THESE PACKAGES DO NOT MATCH THE HASHES") {
      notes.append(
        .hint("what the index serves is not what was locked; lock again if you trust it"))
    }
    return Diagnostic(
      .error, "fetch-failed",
      "the wheels of \(list(names)) for \(platform.description) could not be fetched",
      notes: notes)
  }

  private static let networkWords = [
    "Temporary failure in name resolution", "Name or service not known",
    "Failed to establish a new connection", "Network is unreachable", "Connection refused",
    "dns error", "error sending request", "Connection timed out", "Could not connect",
    "Max retries exceeded", "client error (Connect)",
  ]

  private static func shortened(_ command: String) -> String {
    var words: [String] = []
    var isPlatform = false
    var count = 0
    for word in command.split(separator: " ") {
      if word == "--platform" {
        isPlatform = true
        count += 1
        if count == 2 { words.append("…") }
        if count > 1 { continue }
      } else if isPlatform {
        isPlatform = false
        if count > 1 { continue }
      }
      words.append(String(word))
    }
    return words.joined(separator: " ")
  }
}
