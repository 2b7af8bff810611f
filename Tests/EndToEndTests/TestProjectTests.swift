import Files
import TestKit
import Testing
import Text

/// One folder per behaviour below `TestProjects`; `UPDATE_GOLDENS=1 swift test` rewrites what they
/// expect. Read the difference before committing it.
@Suite struct `The test projects` {
  @Test(arguments: TestProject.behaviours)
  func `are packaged as they expect`(_ name: String) throws {
    let source = "\(TestProject.folder)/\(name)"
    let folder = try Folder()
    try folder.copy("\(source)/project", to: "project")

    let run = try Tool.run(["package", "--project", folder("project")], in: folder.path)
    let errors = run.errors.replacing(folder.path + "/project", with: "PROJECT")
    try expect("exit \(run.exitCode)\n\(errors)", in: "\(source)/expected/diagnostics.txt")
    try expect(try listing(folder), in: "\(source)/expected/functions.txt")

    guard FileSystem.isFile("\(source)/commands.txt") else { return }
    var transcript = ""
    for line in try text("\(source)/commands.txt").split(separator: "\n") {
      let run = try Tool.run(
        line.split(separator: " ").map(String.init) + ["--project", folder("project")],
        in: folder.path)
      let said = (run.output + run.errors).replacing(folder.path + "/project", with: "PROJECT")
      transcript += "$ pare \(line)\n\(said)exit \(run.exitCode)\n\n"
    }
    try expect(transcript, in: "\(source)/expected/commands.txt")
  }

  @Test func `there are projects at all`() {
    #expect(TestProject.behaviours.count > 20)
  }

  /// Of each archive and each layer: every entry with its reason, as the report has it.
  private func listing(_ folder: Folder) throws -> String {
    guard FileSystem.isFile(folder("project/dist/report.json")) else { return "" }
    let report = try PackageReport(folder("project/dist/report.json"))
    var text = ""
    for function in report.functions {
      let archive = folder("project/dist/\(function.name).zip")
      let isWritten = FileSystem.isFile(archive)
      text += isWritten ? "\(function.name)\n" : "\(function.name), not written\n"
      for entry in function.entries { text += "  \(entry.path)  (\(entry.reason))\n" }
      guard isWritten else { continue }
      let members = try members(of: archive)
      #expect(members == function.entries.map(\.path), "\(function.name): archive and report")
    }
    for layer in report.layers {
      text += "layer \(layer.name)\n"
      for path in layer.paths { text += "  \(path)\n" }
      #expect(try members(of: folder("project/dist/\(layer.name).zip")) == layer.paths)
    }
    return text
  }

  private func expect(_ actual: String, in golden: String) throws {
    if System.variable("UPDATE_GOLDENS") == "1" {
      if actual.isEmpty {
        try FileSystem.removeFile(golden)
      } else {
        try FileSystem.createFolder(
          String(golden[..<(golden.lastIndex(of: "/") ?? golden.endIndex)]))
        try FileSystem.write(Array(actual.utf8), to: golden)
      }
      return
    }
    let expected = FileSystem.isFile(golden) ? try text(golden) : ""
    #expect(actual == expected, "\(golden)")
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileSystem.read(path), as: UTF8.self)
  }
}
