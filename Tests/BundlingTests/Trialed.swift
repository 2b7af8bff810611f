import Files
import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// A project with a function `a`, and an archive of it that somebody made: only `archived` is in it.
struct Trialed {
  let folder: Folder
  let workspace: Workspace
  let wheels: [WheelFile]

  init(
    _ files: [String: String], archived: [String: String],
    settings: String = "", handler: String = "app.handler", further: [String] = [],
    prepare: (Folder) throws -> Void = { _ in }
  ) throws {
    folder = try Folder(
      files.merging([
        "pare.toml": """
        source-roots = ["src"]
        environment = ["deps"]
        [functions.a]
        handlers = [\(([handler] + further).map { "\"\($0)\"" }.joined(separator: ", "))]
        \(settings)
        """
      ]) { _, own in own })
    try folder.write("", to: "deps/.keep")
    if files["src/app.py"] == nil { try folder.write("handler = 1", to: "src/app.py") }
    for (name, text) in archived { try folder.write(text, to: "made/\(name)") }
    try prepare(folder)
    try FileSystem.createFolder(folder.path + "/dist")
    let made = try #require(Python.python312).run(
      "import shutil, sys; shutil.make_archive(sys.argv[1], 'zip', sys.argv[2])",
      ["\(folder.path)/dist/a", "\(folder.path)/made"])
    #expect(made.isSuccess, "\(made.errorText)")
    let found = try discover(Options(project: folder.path), languages: [PythonLanguage()])
    (workspace, wheels) = (found.workspace, found.wheels)
  }

  /// - Parameter event: the name of a file in the folder.
  func verify(
    event: String? = nil, _ change: (inout VerifyOptions) -> Void = { _ in }
  ) throws -> VerifyResult {
    try #require(try results(event: event, change).first)
  }

  func results(
    event: String? = nil, _ change: (inout VerifyOptions) -> Void = { _ in }
  ) throws -> [VerifyResult] {
    var options = VerifyOptions()
    options.event = try event.map { try .init(folder($0)) }
    change(&options)
    if options.comparesEnvironment { options.statics = try statics() }
    return try Bundling.verify(
      workspace, Array(workspace.functions.ids), options, languages: [PythonLanguage()],
      store: Store(workspace, wheels: wheels))
  }

  /// What the scan finds in the project.
  func statics() throws -> [String: StaticFindings] {
    try staticFindings(
      workspace, Order(goal: .measure, functions: Array(workspace.functions.ids), jobs: 1),
      languages: [PythonLanguage()], store: Store(workspace, wheels: wheels))
  }
}
