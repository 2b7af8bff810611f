import Model
import Text

/// A distribution that is asked for by its name, and where.
struct StatedRequirement: Hashable, Sendable {
  /// Normalised (PEP 503).
  let name: String
  /// Normalised (PEP 685), sorted.
  let extras: [String]
  let origin: SourceLocation
  /// Whether it is a package of the project's own: found through the source roots, installed or not.
  let isLocal: Bool

  init(name: String, extras: [String], origin: SourceLocation, isLocal: Bool = false) {
    self.name = normalisedName(name)
    self.extras = extras.map(normalisedName).sorted()
    self.origin = origin
    self.isLocal = isLocal
  }

  /// Nil where the target does not take it.
  init?(_ line: RequirementLine, _ platform: WheelPlatform, origin: SourceLocation) {
    if let marker = line.marker, Marker(marker, platform)?.holds == false { return nil }
    self.init(name: line.name, extras: line.extras, origin: origin)
  }
}

/// What one line of a requirements file means, where it is no option.
///
/// Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/
enum RequirementFileLine: Hashable {
  /// `pandas[excel]>=2 ; python_version > "3.8" --hash=sha256:…`, or a URL that has a name in it.
  case named(RequirementLine)
  /// A folder or an archive by its path, which is the project's own.
  case path
  /// `https://example.org/archive.tar.gz`: what it is, only its metadata says.
  case nameless
  case broken

  init(_ text: String) {
    let line = Self.withoutOptions(text)
    let word = line.prefix { $0 != " " && $0 != "\t" }
    if let read = RequirementLine(line), !word.hasSuffix(".whl") {
      self = .named(read)
      return
    }
    guard word.contains("/") || word.hasSuffix(".whl") else {
      self = .broken
      return
    }
    let rest = line[word.endIndex...]
    if let name = Self.name(in: word), let read = RequirementLine("\(name) \(rest)") {
      self = .named(read)
    } else {
      self = word.contains("://") && !word.hasPrefix("file:") ? .nameless : .path
    }
  }

  /// Options of a single requirement stand behind it: `--hash`, `--config-settings`.
  private static func withoutOptions(_ text: String) -> String {
    var isBehindBlank = false
    for index in text.indices {
      if isBehindBlank, text[index] == "-" { return trimmed(String(text[..<index])) }
      isBehindBlank = text[index] == " " || text[index] == "\t"
    }
    return text
  }

  /// `git+https://example.org/x.git@v1#egg=name[extra]&subdirectory=y`, or a wheel's.
  private static func name(in reference: Substring) -> Substring? {
    let parts = reference.split(separator: "#", maxSplits: 1)
    for field in parts.dropFirst().first?.split(separator: "&") ?? [] where field.hasPrefix("egg=")
    {
      return field.dropFirst(4)
    }
    let file = parts[0].prefix { $0 != "?" }.split(separator: "/").last ?? ""
    return WheelName(file: String(file)).map { $0.distribution[...] }
  }
}
