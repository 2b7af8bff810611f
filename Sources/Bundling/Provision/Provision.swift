import Files
import Model
import Text
import Zip

/// A folder of wheels that was fetched, now or in an earlier run.
struct Provisioned: Sendable {
  /// Absolute path.
  let folder: String
  let diagnostics: [Diagnostic]
}

/// Fetches the wheels that requirement and lock files name, for the target, into
/// `.pare/wheels/DIGEST`; the digest is of the files' content and the target, so that the next run
/// needs neither network nor tools.
///
/// Resolving and downloading is pip's and uv's. uv, where it is on PATH, exports `uv.lock` and
/// resolves what is not pinned, because it decides markers for the target; pip downloads, because uv
/// has no command for that. The folder appears complete or not at all.
///
/// Throws `.usage` for files that are not there or broken, `.system` where no tool is found or the
/// tool fails, with what it said.
func provision(
  _ files: [(path: String, location: SourceLocation?)], for platform: WheelPlatform,
  project: String, _ progress: Progress
) throws(Failure) -> Provisioned {
  let requirements = try readRequirements(files, for: platform, project: project)
  let folder = "\(project)/.pare/wheels/\(digest(of: requirements, platform, project))"
  let store = "\(project)/.pare/wheels"
  if FileSystem.isFolder(folder) {
    return Provisioned(folder: folder, diagnostics: requirements.diagnostics)
  }
  do throws(FileError) {
    try FileSystem.createFolder(store)
    let ignore = "\(project)/.pare/.gitignore"
    if !FileSystem.isFile(ignore) {
      try FileSystem.write(Array("# Made by pare: can be fetched again.\n*\n".utf8), to: ignore)
    }
  } catch {
    throw Failure(error)
  }
  let unfinished: String
  do throws(FileError) {
    unfinished = try FileSystem.makeTemporaryFolder(prefix: ".fetching", in: store)
  } catch {
    throw Failure(error)
  }
  defer { try? FileSystem.removeTree(unfinished) }
  let names = files.map { file in
    file.path.hasPrefix(project + "/") ? String(file.path.dropFirst(project.count + 1)) : file.path
  }
  let fetch = Fetch(platform: platform, project: project, names: names, progress: progress)
  let resolved = try fetch.resolve(requirements, files.map(\.path))
  let notes = try fetch.download(resolved, into: unfinished)
  do throws(FileError) {
    try FileSystem.setMode(unfinished, 0o755)
    try FileSystem.rename(unfinished, to: folder)
  } catch {
    // Another run was faster; its wheels are as good.
    guard FileSystem.isFolder(folder) else { throw Failure(error) }
  }
  return Provisioned(folder: folder, diagnostics: requirements.diagnostics + notes)
}

/// Where the wheels of requirement and lock files lie once they are fetched; it need not be there.
///
/// Throws `.usage` for files that are not there or broken.
func provisionedFolder(
  _ files: [(path: String, location: SourceLocation?)], for platform: WheelPlatform,
  project: String
) throws(Failure) -> String {
  let requirements = try readRequirements(files, for: platform, project: project)
  return "\(project)/.pare/wheels/\(digest(of: requirements, platform, project))"
}

private func readRequirements(
  _ files: [(path: String, location: SourceLocation?)], for platform: WheelPlatform,
  project: String
) throws(Failure) -> Requirements {
  var result = Requirements(isComplete: true)
  var reader = RequirementReader(platform)
  for (path, location) in files {
    let shown = path.hasPrefix(project + "/") ? String(path.dropFirst(project.count + 1)) : path
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read(path)
    } catch {
      guard error.isMissing else { throw Failure(error) }
      throw Failure(.usage, [.noRequirements(shown, at: location)])
    }
    do throws(MalformedText) {
      if let lines = try projectLines(path, bytes, shown: shown, platform) {
        result.lines += lines
        result.sources.append((path, bytes))
        result.isComplete = false
        continue
      }
      if let locked = try LockFiles.read(path, bytes, shown: shown, platform) {
        result.lines += locked.lines
        result.sources.append((path, bytes))
        continue
      }
    } catch {
      throw Failure(.usage, [error.diagnostic])
    }
    result.isComplete = false
    do throws(FileError) {
      try reader.read(path)
    } catch {
      // A file that this one includes.
      throw Failure(.usage, [.noRequirements(error.path, at: SourceLocation(path: shown))])
    }
  }
  let missing = reader.result.diagnostics.filter { $0.severity == .error }
  guard missing.isEmpty else {
    throw Failure(.usage, missing.map { $0.shown(below: project) })
  }
  result.lines += reader.result.lines
  result.sources += reader.result.sources
  result.diagnostics += reader.result.diagnostics
  return result
}

/// The `[project] dependencies` of a `pyproject.toml`, or what Poetry's own table says, markers decided;
/// nil for any other file.
func projectLines(
  _ path: String, _ bytes: [UInt8], shown: String, _ platform: WheelPlatform
) throws(MalformedText) -> [String]? {
  guard path.hasSuffix("/pyproject.toml") else { return nil }
  let document = try TOML.read(bytes, path: shown).table
  let stated = (document?["project"]?.table?["dependencies"]?.array ?? []).compactMap(\.string)
    .compactMap { text -> String? in
      if let marker = RequirementLine(text)?.marker, Marker(marker, platform)?.holds == false {
        return nil
      }
      return trimmed(String(text.prefix { $0 != ";" }))
    }
  // With both, Poetry's only adds where a distribution is from.
  guard stated.isEmpty else { return stated }
  let poetry = document?["tool"]?.table?["poetry"]?.table
  return PoetryDependencies.lines(poetry?["dependencies"]?.table, platform)
}

/// Of what decides which wheels are fetched; 20 hexadecimal digits. Files of one content ask for the same
/// wherever they lie, unless they name paths.
private func digest(
  of requirements: Requirements, _ platform: WheelPlatform, _ project: String
) -> String {
  var hash = SHA256()
  // Raised when the same files would be fetched differently.
  hash.update(Array("wheels 2\n\(platform.description) glibc 2.\(platform.glibcMinor)\n".utf8))
  let namesPaths = requirements.lines.contains { line in
    line.hasPrefix("-") || line.hasPrefix(".") || line.contains("file:")
  }
  for source in requirements.sources {
    let path =
      source.path.hasPrefix(project + "/")
      ? source.path.dropFirst(project.count + 1) : source.path[...]
    let name = namesPaths ? path : RelativePath(String(path)).name
    hash.update(Array("\(name) \(source.bytes.count)\n".utf8))
    hash.update(source.bytes)
  }
  return String(hash.digest().hex.prefix(20))
}
