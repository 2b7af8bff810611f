import Files
import Model
import Text

/// What the files of a project or of one function say that it asks for by name; versions are the
/// environment's business.
struct StatedRequirements: Sendable {
  /// Absolute path of the project's folder, which the places of what is found are relative to.
  let project: String
  /// Normalised names of the project's own packages.
  let local: Set<String>
  private(set) var stated: [StatedRequirement] = []
  /// SHA-256 of the files that may be taken for a version, by `name==version`.
  private(set) var hashes: [String: Set<String>] = [:]
  var diagnostics: [Diagnostic] = []
  /// Of files that the configuration names and that are not there.
  private(set) var mistakes: [Diagnostic] = []

  init(project: String, local: Set<String> = []) {
    self.project = project
    self.local = local
  }

  /// Whether nothing was asked for, and nothing was wrong.
  var isEmpty: Bool { stated.isEmpty && diagnostics.isEmpty }

  /// Adds what files that the configuration names say; one that is not there is a mistake.
  ///
  /// Throws where one cannot be read.
  mutating func read(
    _ named: [Configuration.Located<String>], for platform: WheelPlatform
  ) throws(FileError) {
    for file in named {
      let path = FileSystem.absolute(file.value, in: project)
      if FileSystem.isFile(path) {
        try read(path, for: platform)
      } else {
        mistakes.append(.noRequirements(file.value, at: file.location))
      }
    }
  }

  /// Adds what a requirements file, a lock or a project file says. A lock's packages are not asked for by
  /// name, but what its roots depend on is.
  ///
  /// Throws where it cannot be read.
  mutating func read(_ path: String, for platform: WheelPlatform) throws(FileError) {
    if let bytes = try? FileSystem.read(path),
      let locked = try? LockFiles.read(path, bytes, shown: path, platform)
    {
      addHashes(locked.lines)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    switch name {
    case "pyproject.toml": add(pyproject: try document(path), platform)
    case "Pipfile": add(table: try document(path)?["packages"]?.table, platform)
    case "uv.lock": add(uvRoots: try document(path), platform)
    // A lock of these says nothing of who asks; the file beside it does.
    case "poetry.lock": try readBeside(path, "pyproject.toml", for: platform)
    case "Pipfile.lock": try readBeside(path, "Pipfile", for: platform)
    case _ where LockFiles.isPylock(name): break
    default:
      var reader = RequirementReader(platform)
      try reader.read(path)
      addHashes(reader.result.lines)
      stated += reader.result.stated.map { $0.shown(below: project) }
      diagnostics +=
        (reader.result.diagnostics.filter { $0.severity == .error } + reader.result.unread)
        .map { $0.shown(below: project) }
    }
  }

  /// `boto3==1.35.0 --hash=sha256:…`
  private mutating func addHashes(_ lines: [String]) {
    for line in lines {
      let words = line.split(separator: " ")
      let found = words.filter { $0.hasPrefix("--hash=sha256:") }.map {
        $0.dropFirst("--hash=sha256:".count).lowercased()
      }
      let parts = (words.first ?? "").split(separator: "=", omittingEmptySubsequences: false)
      guard !found.isEmpty, parts.count == 3, parts[1].isEmpty else { continue }
      let name = normalisedName(parts[0].prefix { $0 != "[" })
      hashes["\(name)==\(parts[2])", default: []].formUnion(found)
    }
  }

  private mutating func readBeside(
    _ path: String, _ name: String, for platform: WheelPlatform
  ) throws(FileError) {
    let file = FileSystem.absolute("../\(name)", in: path)
    if FileSystem.isFile(file) { try read(file, for: platform) }
  }

  private mutating func document(_ path: String) throws(FileError) -> DatumTable? {
    let bytes = try FileSystem.read(path)
    let shown = SourceLocation(path: path).shown(below: project).path
    do throws(MalformedText) {
      return try TOML.read(bytes, path: shown).table
    } catch {
      diagnostics.append(error.diagnostic)
      return nil
    }
  }

  // MARK: Formats

  /// `[project] dependencies`, and Poetry's own table.
  private mutating func add(pyproject: DatumTable?, _ platform: WheelPlatform) {
    let own = local.union(Self.localNames(in: pyproject))
    for datum in pyproject?["project"]?.table?["dependencies"]?.array ?? [] {
      guard let text = datum.string, let line = RequirementLine(text) else {
        diagnostics.append(.brokenRequirement(datum.string ?? datum.kindName, at: datum.location))
        continue
      }
      if let read = StatedRequirement(line, platform, origin: datum.location) {
        stated.append(read.local(own.contains(read.name)))
      }
    }
    add(table: pyproject?["tool"]?.table?["poetry"]?.table?["dependencies"]?.table, platform)
  }

  /// Normalised names of packages that lie in the project:
  ///
  ///     [tool.uv.sources]
  ///     shop-core = { workspace = true }
  ///
  /// Source: https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources
  static func localNames(in pyproject: DatumTable?) -> Set<String> {
    let sources = pyproject?["tool"]?.table?["uv"]?.table?["sources"]?.table
    return Set(
      (sources?.entries ?? []).filter { entry in
        let alternatives =
          entry.value.array?.compactMap(\.table)
          ?? [entry.value.table]
          .compactMap { $0 }
        return alternatives.contains { $0["workspace"] != nil || $0["path"] != nil }
      }.map { normalisedName($0.key) })
  }

  /// A table of Poetry's or of a `Pipfile`, by name:
  ///
  ///     pandas = { version = "^2", extras = ["excel"], markers = "sys_platform != 'win32'" }
  ///     numpy = [{ version = "^1", python = "<3.12" }, { version = "^2", python = ">=3.12" }]
  ///
  /// Sources: https://python-poetry.org/docs/dependency-specification/ and
  /// https://pipenv.pypa.io/en/latest/pipfile.html
  private mutating func add(table: DatumTable?, _ platform: WheelPlatform) {
    for entry in table?.entries ?? [] where entry.key.lowercased() != "python" {
      let written = entry.value.array?.compactMap(\.table) ?? [entry.value.table].compactMap { $0 }
      let taken = written.filter { $0.mayHold(on: platform) }
      if taken.isEmpty, !written.isEmpty { continue }
      stated.append(
        StatedRequirement(
          name: entry.key,
          extras: taken.flatMap { $0["extras"]?.array?.compactMap(\.string) ?? [] }.uniqued(),
          origin: entry.keyLocation, isLocal: taken.contains { $0["path"] != nil }))
    }
  }

  /// What the members of a uv workspace depend on.
  private mutating func add(uvRoots lock: DatumTable?, _ platform: WheelPlatform) {
    let packages = lock?["package"]?.array?.compactMap(\.table) ?? []
    let members = packages.filter { package in
      let source = package["source"]?.table
      return source?["virtual"] != nil || source?["editable"] != nil
    }
    let names = Set(members.compactMap { $0["name"]?.string.map { normalisedName($0) } })
    for datum in members.flatMap({ $0["dependencies"]?.array ?? [] }) {
      guard let dependency = datum.table, let name = dependency["name"]?.string,
        dependency.mayHold(on: platform)
      else { continue }
      stated.append(
        StatedRequirement(
          name: name, extras: dependency["extra"]?.array?.compactMap(\.string) ?? [],
          origin: datum.location, isLocal: names.contains(normalisedName(name))))
    }
  }
}

extension DatumTable {
  /// Whether a target may take what this table tells of; what cannot be decided may.
  func mayHold(on platform: WheelPlatform) -> Bool {
    if self["optional"]?.content == .boolean(true) { return false }
    var markers = ["marker", "markers"].compactMap { self[$0]?.string }
    // A `Pipfile` has markers' variables for keys: `sys_platform = "== 'win32'"`.
    for name in Marker.variables {
      if let rest = self[name]?.string { markers.append("\(name) \(rest)") }
    }
    // Poetry: `python = ">=3.8,<3.12"`, `platform = "linux"`.
    for part in self["python"]?.string?.split(separator: ",") ?? [] {
      let part = trimmed(String(part))
      let comparison = part.prefix { "<>=!~".contains($0) }
      markers.append(
        "python_version \(comparison) '\(trimmed(String(part.dropFirst(comparison.count))))'")
    }
    if let name = self["platform"]?.string { markers.append("sys_platform == '\(name)'") }
    return markers.allSatisfy { Marker($0, platform)?.holds != false }
  }
}

extension StatedRequirement {
  fileprivate func shown(below project: String) -> StatedRequirement {
    StatedRequirement(
      name: name, extras: extras, origin: origin.shown(below: project), isLocal: isLocal)
  }

  fileprivate func local(_ isLocal: Bool) -> StatedRequirement {
    StatedRequirement(name: name, extras: extras, origin: origin, isLocal: isLocal)
  }
}

extension SourceLocation {
  /// With a path that is relative to the project's folder where it lies inside.
  func shown(below project: String) -> SourceLocation {
    guard path.hasPrefix(project + "/") else { return self }
    return SourceLocation(
      path: String(path.dropFirst(project.count + 1)), line: line, column: column)
  }
}

extension Diagnostic {
  func shown(below project: String) -> Diagnostic {
    Diagnostic(
      severity, code, message, at: location?.shown(below: project), notes: notes,
      excerpt: excerpt, function: function)
  }
}
