import Files
import Model
import Text

/// What a run in a function's whole environment showed beside that of its archive.
package struct EnvironmentComparison: Sendable {
  /// What the handler answered there, as JSON on one line; nil where it was not called, or failed.
  package let answer: String?
  /// Nil where the answers are the same, or there are not two.
  package let difference: AnswerDifference?
  /// Where the answer differs from one run to the next, in the whole environment itself: then only
  /// types and keys were compared. Nil where it does not, as far as that was tried.
  package let unsteady: AnswerDifference?
  package let surplus: [Surplus]
  /// Whether the run in the whole environment came to its end.
  package let isComplete: Bool
}

extension Trial {
  /// The run in the whole environment: source roots in their order, then installed folders as they are
  /// and wheels unpacked.
  ///
  /// The working folder has links to what lies at the top of the source roots, which is what an archive's
  /// would have of them; `generic`'s is empty, as there.
  func runWholeEnvironment() throws(FileError) -> Attempt {
    let ids = roots
    let folders = ids.map { id in
      environments[id] ?? realLocation(of: id)
    }
    let work = "\(scratch)/whole"
    if FileSystem.kind(of: work) == nil {
      try FileSystem.createFolder(work)
      if function.provider != .generic { try linkOwnFiles(into: work) }
      try FileSystem.setMode(work, 0o555)
    }
    var request = request((function.handler.module, function.handler.attribute), folders: folders)
    request.observes = true
    return try attempt(
      request, at: Place(root: work, folder: work, visible: [scratch] + folders))
  }

  /// Without links, which may lie in folders that are hidden.
  private func realLocation(of root: RootID) -> String {
    FileSystem.realPath(workspace.roots[root].location) ?? workspace.roots[root].location
  }

  private func linkOwnFiles(into work: String) throws(FileError) {
    for id in roots where workspace.roots[id].isFirstParty {
      let folder = realLocation(of: id)
      for name in try FileSystem.names(in: folder)
      where FileSystem.kind(of: "\(work)/\(name)") == nil {
        try FileSystem.createLink("\(work)/\(name)", to: "\(folder)/\(name)")
      }
    }
    // By their path in the project, where no link leads there: a folder must not be made behind one.
    for file in function.included {
      let (row, path) = (workspace.files[file], workspace.files[file].path.string)
      let top = path.split(separator: "/").first.map(String.init) ?? path
      guard row.storage == .disk, FileSystem.kind(of: "\(work)/\(top)") != .link else { continue }
      let target = "\(realLocation(of: row.root))/\(path)"
      let link = "\(work)/\(path)"
      guard FileSystem.kind(of: link) == nil else { continue }
      try FileSystem.createFolder(String(RelativePath(link).folder))
      try FileSystem.createLink(link, to: target)
    }
  }

  /// Compares two runs; `again` is asked for a second one where the answers differ. It comes after the
  /// archive's, the first before: an answer that goes by the clock is the same in both only if it would
  /// have been in between.
  ///
  /// The diagnostic is an answer that the archive has wrong; nil where none is, or where the archive's run
  /// has failed by itself.
  func compare(
    _ archived: Attempt, with whole: Attempt, entries: Set<String>,
    again: () throws(FileError) -> Attempt
  ) throws(FileError) -> (comparison: EnvironmentComparison, failure: Diagnostic?) {
    let surplus = surplus(Usage(whole.findings, workspace, roots: roots), beyond: entries)
    var (difference, unsteady): (AnswerDifference?, AnswerDifference?)
    var failure: Diagnostic?
    if let own = archived.answer, let other = whole.answer {
      difference = AnswerComparison.values.difference(archived: own, whole: other)
      if difference != nil, let second = try again().answer {
        unsteady = AnswerComparison.values.difference(archived: other, whole: second)
        if unsteady != nil {
          difference = AnswerComparison.shape.difference(archived: own, whole: other)
        }
      }
      failure = difference.map { .anotherAnswer(function, $0, surplus) }
    } else if self.failure(of: archived) == nil, let sentence = whole.sentence(function) {
      failure = .failsInEnvironmentOnly(function, sentence)
    }
    return (
      EnvironmentComparison(
        answer: whole.answer, difference: difference, unsteady: unsteady, surplus: surplus,
        isComplete: whole.sentence(function) == nil), failure
    )
  }
}

extension Attempt {
  /// What has kept it from its end, in half a sentence; nil where nothing has.
  func sentence(_ function: Function) -> String? {
    switch end {
    case .timeout: return "is not done in time"
    case .signal(let number): return "ends the interpreter by signal \(number)"
    case .exit(let code):
      guard let findings else { return "ends the interpreter with exit code \(code)" }
      if findings["phase"]?.string == "done" { return nil }
      return "fails: \(chain.first?.sentence ?? "it has no '\(function.handler.attribute)'")"
    }
  }
}

extension Workspace {
  /// Unpacks the files of a folder of wheels as installing them would.
  func unpack(
    _ root: RootID, store: Store, into folder: String, jobs: Int
  ) throws(FileError) {
    let ids = roots[root].files.map { FileID($0) }
    for parent in Set(ids.map { String(files[$0].path.folder) }).sorted() {
      try FileSystem.createFolder("\(folder)/\(parent)")
    }
    _ = try concurrentMap(ids, jobs: jobs, worker: { store.makeReader() }) {
      (reader, id) throws(FileError) -> Void in
      try reader.read(id)
      try FileSystem.write(reader.copy(), to: "\(folder)/\(files[id].path.string)")
    }
  }
}
