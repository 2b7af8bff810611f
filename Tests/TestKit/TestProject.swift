import Files
import Model

/// The projects that tests package: real trees of files, one folder per behaviour.
package enum TestProject {
  /// Absolute path of `TestProjects`.
  package static let folder = "\(repository)/TestProjects"

  /// Names of the projects with expectations, sorted.
  package static let behaviours: [String] =
    ((try? FileSystem.names(in: folder)) ?? []).filter {
      FileSystem.isFolder("\(folder)/\($0)/project")
    }
}

extension Folder {
  /// Copies a folder's files, without their modes.
  package func copy(_ source: String, to name: String) throws {
    for file in try FileTree.walk(source, jobs: 1).files {
      try write(try FileSystem.read("\(source)/\(file.string)"), to: "\(name)/\(file.string)")
    }
  }

  /// The absolute path of something inside.
  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
