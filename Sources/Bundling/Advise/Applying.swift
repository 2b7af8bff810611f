import Files
package import Model

/// Those edits that are certain, the largest saving first, without those that touch lines of one before;
/// measured together.
///
/// Nil where there is none.
func application(
  of suggestions: [Suggestion], _ sources: inout OwnSources, _ before: [Trials.Measured],
  _ trial: Trials, _ workspace: Workspace
) throws(Failure) -> Application? {
  var edits: [Edit] = []
  var postponed = 0
  for suggestion in suggestions where suggestion.doubts.isEmpty {
    let isFree = !suggestion.edits.contains { edit in
      edits.contains { $0.file == edit.file && $0.lines.overlaps(edit.lines) }
    }
    if isFree { edits += suggestion.edits } else { postponed += 1 }
  }
  guard !edits.isEmpty else { return nil }
  let edited = try sources.apply(edits)
  let after = try trial.measure(before.map(\.id), edited: edited)
  var files: [Application.File] = []
  for (file, edits) in Dictionary(grouping: edits, by: \.file) {
    guard let location = sources.location(of: file).flatMap(FileSystem.realPath),
      let bytes = edited[file]
    else { continue }
    files.append(
      Application.File(
        location: location, path: workspace.shownPath(of: file), before: try sources.text(file),
        after: bytes, edits: edits.sorted { $0.lines.lowerBound < $1.lines.lowerBound }))
  }
  return Application(
    files: files.sorted { $0.path < $1.path },
    savings: trial.savings(before, after.functions), postponed: postponed)
}

/// Writes the files of `application`, each of which takes its place at once.
///
/// Where one of them is not what it was when it was read, nothing is written, and that is said.
///
/// Throws where one cannot be written.
package func apply(_ application: Application) throws(Failure) -> [Diagnostic] {
  do throws(FileError) {
    var changed: [Diagnostic] = []
    var modes: [UInt32] = []
    for file in application.files {
      modes.append(try StatKey(of: file.location).mode & 0o777)
      if try FileSystem.read(file.location) != file.before {
        changed.append(.changedMeanwhile(file.path))
      }
    }
    guard changed.isEmpty else { return changed }
    for (file, mode) in zip(application.files, modes) {
      try FileSystem.write(file.after, to: file.location, mode: mode, sync: true)
    }
    return []
  } catch {
    throw Failure(error)
  }
}

/// Profiles as what they are now said of.
///
/// Throws `.usage` where one is of no function of this project, and where a statement that it found
/// stands there no more.
package func check(
  _ profiles: [(path: String, profile: Profile)], against workspace: Workspace
) throws(Failure) {
  for (path, profile) in profiles {
    guard workspace.functions.rows.contains(where: { $0.name == profile.function }) else {
      throw Failure(.usage, [.profileOfNobody(path, profile.function)])
    }
    for statement in profile.deferrals.flatMap(\.statements) {
      let location = statement.location
      let file = FileSystem.absolute(location.path, in: workspace.project)
      let rows = ((try? FileSystem.read(file)) ?? []).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let count = statement.text.utf8.count { $0 == 0x0A } + 1
      let start = location.line - 1
      let text =
        start >= 0 && start + count <= rows.count
        ? String(
          decoding: Array(rows[start..<start + count].joined(separator: [0x0A])), as: UTF8.self)
        : ""
      guard text.contains(statement.text) else {
        throw Failure(.usage, [.staleProfile(path, profile.function, at: location)])
      }
    }
  }
}
