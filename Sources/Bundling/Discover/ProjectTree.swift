import Files
import Model

/// The project's own files, walked once; source roots and overlays are parts of it.
struct ProjectTree: Sendable {
  let folder: String
  /// Sorted by path bytes.
  let files: [RelativePath]
  let folders: [RelativePath]
  let diagnostics: [Diagnostic]

  /// What is never a project's own code: dot folders, what tools install or compile, environments.
  static let skip = FileTree.Skip(
    names: ["__pycache__", "node_modules"], marker: "pyvenv.cfg", hidden: true)

  init(_ folder: String, jobs: Int) throws(FileError) {
    self.folder = folder
    let tree = try FileTree.walk(folder, skip: Self.skip, jobs: jobs)
    files = tree.files
    folders = tree.folders
    diagnostics = tree.diagnostics
  }

  /// Nil for a folder that the walk did not enter; relative, empty for the project itself.
  func relative(_ location: String) -> String? {
    if location == folder { return "" }
    let prefix = folder == "/" ? "/" : folder + "/"
    guard location.hasPrefix(prefix) else { return nil }
    let path = String(location.dropFirst(prefix.count))
    return folders.position(of: RelativePath(path)) == nil ? nil : path
  }

  /// The files below one of its folders, relative to that, without what lies in `excluded` (folders
  /// relative to the project).
  func files(below relative: String, excluding excluded: [String]) -> [RelativePath] {
    var ranges: [Range<Int>] = []
    var start = 0
    var end = files.count
    if !relative.isEmpty {
      let range = files.range(below: relative)
      (start, end) = (range.lowerBound, range.upperBound)
    }
    for hole in excluded.map({ files.range(below: $0) }).sorted(by: {
      $0.lowerBound < $1.lowerBound
    }) where hole.lowerBound >= start && hole.upperBound <= end && !hole.isEmpty {
      ranges.append(start..<hole.lowerBound)
      start = hole.upperBound
    }
    ranges.append(start..<end)
    let dropped = relative.isEmpty ? 0 : relative.utf8.count + 1
    return ranges.flatMap { range in
      files[range].map { path in
        dropped == 0
          ? path
          : RelativePath(
            String(decoding: Array(path.string.utf8.dropFirst(dropped)), as: UTF8.self))
      }
    }
  }
}
