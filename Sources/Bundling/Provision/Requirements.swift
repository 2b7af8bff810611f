import Files
import Model

/// What is to be fetched, as lines that pip reads: markers decided for the target and taken off.
struct Requirements: Sendable, Equatable {
  /// `boto3==1.35.0 --hash=sha256:…`, and options such as `--index-url`.
  var lines: [String] = []
  /// Whether the lines name everything that is needed, so that nothing is left to resolve.
  var isComplete: Bool
  /// Every file that was read, with its bytes: what the result depends on.
  var sources: [(path: String, bytes: [UInt8])] = []
  var diagnostics: [Diagnostic] = []
  /// What somebody asks for by its name, not what that requires in turn.
  var stated: [StatedRequirement] = []
  /// Lines of which nobody can tell what they ask for; the tool that fetches may know.
  var unread: [Diagnostic] = []

  init(isComplete: Bool) { self.isComplete = isComplete }

  static func == (a: Self, b: Self) -> Bool { a.lines == b.lines && a.isComplete == b.isComplete }

  /// Adds a line for a locked distribution where its marker holds.
  mutating func add(
    _ line: String, hashes: [String], marker: String?, _ platform: WheelPlatform
  ) {
    if let marker, !marker.isEmpty, Marker(marker, platform)?.holds == false { return }
    lines.append(([line] + hashes.map { "--hash=\($0)" }).joined(separator: " "))
  }
}

/// Reads `requirements.txt` files, and those that they include.
struct RequirementReader {
  let platform: WheelPlatform
  private(set) var result = Requirements(isComplete: false)
  private var seen: Set<String> = []

  init(_ platform: WheelPlatform) { self.platform = platform }

  mutating func read(_ path: String) throws(FileError) {
    guard seen.insert(path).inserted else { return }
    let bytes = try FileSystem.read(path)
    result.sources.append((path, bytes))
    try read(String(decoding: bytes, as: UTF8.self), from: path)
  }

  /// `path` is the file that relative paths in the text are relative to.
  mutating func read(_ text: String, from path: String) throws(FileError) {
    let folder = FileSystem.absolute("..", in: path)
    for (number, line) in Self.logicalLines(text) {
      let place = SourceLocation(path: path, line: number, column: 1)
      if let file = Self.option(["-r", "--requirement"], line) {
        if file.contains("://") {
          result.lines.append("-r \(file)")
        } else if let path = include(file, in: folder, at: place) {
          try read(path)
        }
      } else if let file = Self.option(["-c", "--constraint"], line) {
        if file.contains("://") {
          result.lines.append("-c \(file)")
        } else if let path = include(file, in: folder, at: place) {
          result.sources.append((path, try FileSystem.read(path)))
          result.lines.append("-c \(path)")
        }
      } else if let file = Self.option(["-f", "--find-links"], line) {
        result.lines.append(
          "--find-links \(file.contains("://") ? file : FileSystem.absolute(file, in: folder))")
      } else if Self.isLocal(line) {
        result.diagnostics.append(
          .localRequirement(line, at: place))
      } else if line.hasPrefix("-") {
        // `--only-binary` and `--no-binary` are ours to say.
        if !line.hasPrefix("--no-binary"), !line.hasPrefix("--only-binary") {
          result.lines.append(line)
        }
      } else {
        addRequirement(line)
        state(line, at: place)
      }
    }
  }

  private mutating func state(_ line: String, at origin: SourceLocation) {
    switch RequirementFileLine(line) {
    case .named(let read):
      if let stated = StatedRequirement(read, platform, origin: origin) {
        result.stated.append(stated)
      }
    case .path: break
    case .nameless: result.unread.append(.namelessRequirement(line, at: origin))
    case .broken: result.unread.append(.brokenRequirement(line, at: origin))
    }
  }

  /// What is not there is told, and the rest is read.
  private mutating func include(
    _ file: String, in folder: String, at place: SourceLocation
  ) -> String? {
    let path = FileSystem.absolute(file, in: folder)
    if FileSystem.isFile(path) { return path }
    result.diagnostics.append(.noIncludedRequirements(file, at: place))
    return nil
  }

  /// `name[extra]>=1 ; marker --hash=sha256:…`
  private mutating func addRequirement(_ line: String) {
    let parts = line.split(separator: " --hash", omittingEmptySubsequences: false)
    let hashes = parts.dropFirst().map { "--hash\($0)" }
    let requirement = String(parts[0])
    // In `name @ url ; marker` the semicolon has space in front; in a URL it may be part of it.
    let isURL = requirement.contains("@ ") || requirement.contains(" @")
    let cut =
      isURL
      ? requirement.range(of: " ;") ?? nil
      : requirement.firstIndex(of: ";").map { $0..<requirement.index(after: $0) }
    guard let cut else {
      result.lines.append(line)
      return
    }
    let marker = Marker(String(requirement[cut.upperBound...]), platform)
    switch marker?.holds {
    case true?:
      let name = trimmed(String(requirement[..<cut.lowerBound]))
      result.lines.append(([name] + hashes).joined(separator: " "))
    case false?: break
    case nil: result.lines.append(line)
    }
  }

  private static func option(_ names: [String], _ line: String) -> String? {
    for name in names where line.hasPrefix(name) {
      let rest = line.dropFirst(name.count)
      guard let first = rest.first, first == " " || first == "=" || !name.hasPrefix("--") else {
        continue
      }
      return trimmed(String(rest.drop { $0 == "=" || $0 == " " }))
    }
    return nil
  }

  /// Code that lies in the project: it is found through the source roots.
  private static func isLocal(_ line: String) -> Bool {
    line.hasPrefix("-e") || line.hasPrefix("--editable") || line.hasPrefix(".")
      || line.hasPrefix("/") || line.hasPrefix("file:") || line.contains("@ file:")
  }

  /// Lines without comments and with continued ones joined, each with the number of its first.
  static func logicalLines(_ text: String) -> [(Int, String)] {
    var lines: [(Int, String)] = []
    var pending: (number: Int, text: String)?
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      var line = String(raw)
      if line.hasPrefix("#") {
        line = ""
      } else if let comment = line.range(of: " #") {
        line = String(line[..<comment.lowerBound])
      }
      let isContinued = line.hasSuffix("\\")
      if isContinued { line.removeLast() }
      let joined = (pending.map { $0.text + " " } ?? "") + trimmed(line)
      let number = pending?.number ?? index + 1
      pending = nil
      if isContinued {
        pending = (number, joined)
      } else if !trimmed(joined).isEmpty {
        lines.append((number, trimmed(joined)))
      }
    }
    if let pending, !pending.text.isEmpty { lines.append((pending.number, pending.text)) }
    return lines
  }
}

func trimmed(_ text: String) -> String {
  let bytes = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
  return String(
    decoding: bytes.reversed().drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.reversed(),
    as: UTF8.self)
}

extension String {
  /// The first place where `other` stands.
  fileprivate func range(of other: String) -> Range<Index>? {
    let wanted = Array(other.utf8)
    var start = startIndex
    while start < endIndex {
      if self[start...].utf8.starts(with: wanted) {
        return start..<utf8.index(start, offsetBy: wanted.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }

  fileprivate func split(
    separator: String, omittingEmptySubsequences: Bool
  ) -> [String] {
    var parts: [String] = []
    var rest = self
    while let range = rest.range(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = String(rest[range.upperBound...])
    }
    return parts + [rest]
  }
}
