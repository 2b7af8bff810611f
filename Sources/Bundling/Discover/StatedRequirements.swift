import Files
import Model
import Text

/// What the files of a project or of one function say that it asks for by name; versions are the
/// environment's business.
struct StatedRequirements: Sendable {
  var stated: [StatedRequirement] = []
  var diagnostics: [Diagnostic] = []

  /// Adds what a requirements file, a lock or a project file says. A lock's packages are not asked for by
  /// name, but what its roots depend on is.
  ///
  /// Throws where it cannot be read.
  mutating func read(
    _ path: String, for platform: WheelPlatform, project: String
  ) throws(FileError) {
    let shown = path.hasPrefix(project + "/") ? String(path.dropFirst(project.count + 1)) : path
    let name = path.split(separator: "/").last.map(String.init) ?? path
    do throws(MalformedText) {
      switch name {
      case "uv.lock":
        add(uvRoots: try TOML.read(try bytes(path), path: shown).table, platform)
      case "pyproject.toml":
        add(pyproject: try TOML.read(try bytes(path), path: shown).table, platform)
      case "Pipfile":
        add(
          table: try TOML.read(try bytes(path), path: shown).table?["packages"]?.table, platform)
      case "poetry.lock", "Pipfile.lock", "pylock.toml": break
      default:
        var reader = RequirementReader(platform)
        do throws(FileError) {
          try reader.read(path)
        } catch {
          failure = error
        }
        stated += reader.result.stated.map { $0.shown(below: project) }
        diagnostics += reader.result.diagnostics.filter { $0.severity == .error }
          .map { $0.shown(below: project) }
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
    if let failure { throw failure }
  }

  private var failure: FileError?

  private mutating func bytes(_ path: String) throws(MalformedText) -> [UInt8] {
    do throws(FileError) {
      return try FileSystem.read(path)
    } catch {
      failure = error
      return []
    }
  }

  // MARK: Formats

  /// `[project] dependencies`, and Poetry's own table.
  private mutating func add(pyproject: DatumTable?, _ platform: WheelPlatform) {
    for datum in pyproject?["project"]?.table?["dependencies"]?.array ?? [] {
      guard let text = datum.string else { continue }
      guard let line = RequirementLine(text) else {
        diagnostics.append(.brokenRequirement(text, at: datum.location))
        continue
      }
      if let read = StatedRequirement(line, platform, origin: datum.location) {
        stated.append(read)
      }
    }
    add(table: pyproject?["tool"]?.table?["poetry"]?.table?["dependencies"]?.table, platform)
  }

  /// `pandas = { version = "^2", extras = ["excel"], optional = true }`
  private mutating func add(table: DatumTable?, _ platform: WheelPlatform) {
    for entry in table?.entries ?? [] where entry.key.lowercased() != "python" {
      let value = entry.value.table
      if value?["optional"]?.content == .boolean(true) || value?["path"] != nil { continue }
      if let marker = value?["markers"]?.string, Marker(marker, platform)?.holds == false {
        continue
      }
      stated.append(
        StatedRequirement(
          name: entry.key, extras: value?["extras"]?.array?.compactMap(\.string) ?? [],
          origin: entry.keyLocation))
    }
  }

  /// What the members of a uv workspace depend on.
  private mutating func add(uvRoots lock: DatumTable?, _ platform: WheelPlatform) {
    for package in lock?["package"]?.array?.compactMap(\.table) ?? [] {
      let source = package["source"]?.table
      guard source?["virtual"] != nil || source?["editable"] != nil else { continue }
      for datum in package["dependencies"]?.array ?? [] {
        guard let dependency = datum.table, let name = dependency["name"]?.string else { continue }
        if let marker = dependency["marker"]?.string, Marker(marker, platform)?.holds == false {
          continue
        }
        stated.append(
          StatedRequirement(
            name: name, extras: dependency["extra"]?.array?.compactMap(\.string) ?? [],
            origin: datum.location))
      }
    }
  }
}

extension StatedRequirement {
  fileprivate func shown(below project: String) -> StatedRequirement {
    StatedRequirement(name: name, extras: extras, origin: origin.shown(below: project))
  }
}

extension SourceLocation {
  /// With a path that is relative to the project's folder where it lies inside.
  fileprivate func shown(below project: String) -> SourceLocation {
    guard path.hasPrefix(project + "/") else { return self }
    return SourceLocation(
      path: String(path.dropFirst(project.count + 1)), line: line, column: column)
  }
}

extension Diagnostic {
  fileprivate func shown(below project: String) -> Diagnostic {
    Diagnostic(
      severity, code, message, at: location?.shown(below: project), notes: notes, function: function
    )
  }
}
