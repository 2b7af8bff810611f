import Files
import Model

/// The project's own files, walked once; source roots and overlays are parts of it.
struct ProjectTree: Sendable {
  let folder: String
  /// Sorted by path bytes.
  let files: [RelativePath]
  let folders: [RelativePath]
  let diagnostics: [Diagnostic]

  /// What is never a project's own code: dot folders, what tools install or compile, environments. A
  /// link may lead into some of these on purpose (`assets` to `node_modules/x/dist`), but not to where
  /// tools keep the history of the code or keys.
  static let skip = FileTree.Skip(
    names: ["__pycache__", "node_modules"],
    sealed: [".git", ".hg", ".svn", ".aws", ".ssh", ".pare"], marker: "pyvenv.cfg", hidden: true)

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

  /// The files below one of its folders, relative to that.
  func files(below relative: String) -> [RelativePath] {
    if relative.isEmpty { return files }
    let dropped = relative.utf8.count + 1
    return files[files.range(below: relative)].map { path in
      RelativePath(String(decoding: Array(path.string.utf8.dropFirst(dropped)), as: UTF8.self))
    }
  }
}
