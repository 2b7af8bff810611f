import Files
import Model

/// A project as it was at a commit, in a temporary folder that goes away with the value: the commit's
/// files, and beside them what Git does not keep (environments, generated code) as it is now.
struct PastTree: ~Copyable {
  private let temporary: String
  private let tree: String
  /// Absolute path of the project in it.
  let project: String

  /// - Parameters:
  ///   - environments: absolute paths of folders with distributions; where the commit has none, that
  ///     which is there now stands for it.
  ///   - outputs: absolute paths of folders that pare writes to.
  static func make(
    of repository: Repository, at commit: String, project: String, environments: [String],
    outputs: [String]
  ) throws(Failure) -> PastTree {
    let temporary: String
    do throws(FileError) {
      temporary = try FileSystem.makeTemporaryFolder(prefix: "pare-past")
    } catch {
      throw Failure(error)
    }
    // Its name may be that of a function.
    let tree = "\(temporary)/tree/\(RelativePath(repository.folder).name)"
    let past = PastTree(
      temporary: temporary, tree: tree,
      project: tree + project.dropFirst(repository.folder.utf8.count))
    try past.fill(repository, commit, environments: environments, outputs: outputs)
    return past
  }

  private borrowing func fill(
    _ repository: Repository, _ commit: String, environments: [String], outputs: [String]
  ) throws(Failure) {
    let folder = repository.folder
    let ignored = try repository.ignored()
    do throws(FileError) {
      try FileSystem.createFolder(tree)
    } catch {
      throw Failure(error)
    }
    try repository.checkOut(commit, to: tree + "/", index: "\(temporary)/index")
    do throws(FileError) {
      try FileSystem.createFolder(project)
      for environment in environments where environment.hasPrefix(folder + "/") {
        try Self.link(environment, from: folder, to: tree)
      }
      for path in ignored { try Self.add(path, from: folder, to: tree, outputs: outputs) }
    } catch {
      throw Failure(error)
    }
  }

  deinit { try? FileSystem.removeTree(temporary) }

  /// Links the topmost folder on the way to an environment that the commit does not have: `.venv` of
  /// `.venv/lib/python3.12/site-packages`.
  private static func link(
    _ environment: String, from folder: String, to tree: String
  ) throws(FileError) {
    var path = ""
    for part in environment.dropFirst(folder.utf8.count + 1).split(separator: "/") {
      path += "/" + part
      switch FileSystem.kind(of: tree + path) {
      case .folder: continue
      case nil: return try FileSystem.createLink(tree + path, to: folder + path)
      default: return
      }
    }
  }

  /// Something that Git ignores. Code that is generated may be imported; what no walk enters, and what
  /// pare writes, need not be there.
  private static func add(
    _ path: String, from folder: String, to tree: String, outputs: [String]
  ) throws(FileError) {
    let isFolder = path.hasSuffix("/")
    let path = isFolder ? String(path.dropLast()) : path
    let (source, target) = ("\(folder)/\(path)", "\(tree)/\(path)")
    let names = path.split(separator: "/").map(String.init)
    guard FileSystem.kind(of: target) == nil, !outputs.contains(source),
      !names.contains(where: ProjectTree.skip.names.contains)
    else { return }
    if names.last == ".pare" { return try FileSystem.createLink(target, to: source) }
    if isFolder, FileSystem.isFile("\(source)/pyvenv.cfg") {
      return try FileSystem.createLink(target, to: source)
    }
    if names.contains(where: { $0.hasPrefix(".") }), isFolder { return }
    guard isFolder else { return try copy(source, to: target) }
    for file in try FileTree.walk(source, skip: ProjectTree.skip, jobs: 1).files {
      let output = "\(source)/\(file.string)"
      if outputs.contains(where: { output.hasPrefix($0 + "/") }) { continue }
      try copy(output, to: "\(target)/\(file.string)")
    }
  }

  private static func copy(_ source: String, to target: String) throws(FileError) {
    guard FileSystem.isFile(source), let key = StatKey(ifPresent: source) else { return }
    if let slash = target.lastIndex(of: "/") {
      try FileSystem.createFolder(String(target[..<slash]))
    }
    try FileSystem.write(
      try FileSystem.read(source), to: target, mode: key.isExecutable ? 0o755 : 0o644)
  }
}
