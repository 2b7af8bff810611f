import Bundling
import Files
import Model
import TestKit
import Testing

struct PackageTests {
  private let files = [
    "src/a.txt": "c.txt\n", "src/b.txt": "c.txt\nnowhere\n?\n", "src/c.txt": "", "src/d/A.md": "",
  ]

  private func run(
    _ handlers: [String] = ["a.txt", "b.txt"], settings: Settings = Settings(),
    goal: Order.Goal = .write, isStrict: Bool = false, jobs: Int = 2,
    files: [String: String]? = nil, in folder: Folder
  ) throws -> (rows: [Report.Function], report: Report) {
    let workspace = workspace(
      folder, files: (files ?? self.files).keys.map { String($0.dropFirst(4)) },
      functions: handlers.map { ($0, settings) })
    var rows: [Report.Function] = []
    let report = try package(
      workspace,
      Order(
        goal: goal, functions: Array(workspace.functions.ids), isStrict: isStrict, jobs: jobs),
      languages: [Names()], store: Store(workspace)
    ) { (row: Report.Function) throws(Failure) in rows.append(row) }
    return (rows, report)
  }

  @Test func `rows arrive in the order of functions, with entries that the report leaves out`()
    throws
  {
    let folder = try Folder(files)
    let (rows, report) = try run(in: folder)
    #expect(rows.map(\.name) == ["f0", "f1"])
    #expect(
      rows[0].entries.map { "\($0.path) \($0.reason.name)" } == [
        "a.txt handler", "c.txt top-level",
      ])
    let node = rows[0].nodes[try #require(rows[0].entries[1].node)]
    #expect(node.arrival?.location == SourceLocation(path: "src/a.txt", line: 1, column: 1))
    #expect(node.arrival?.line == "c.txt")
    #expect(node.dominator == rows[0].entries[0].node)
    #expect(report.functions.map(\.name) == ["f0", "f1"])
    #expect(report.functions.allSatisfy { $0.entries.isEmpty })
    #expect(folder.has("dist/f0.zip") && folder.has("dist/f1.zip"))
  }

  @Test func `the figures of a row add up to the file, to the byte`() throws {
    let folder = try Folder(files)
    let row = try run(in: folder).rows[0]
    #expect(row.unzipped == row.entries.reduce(0) { $0 + $1.unzipped })
    let names = row.entries.reduce(0) { $0 + $1.path.string.utf8.count }
    let headers = row.entries.count * (30 + 46) + 2 * names + 22
    #expect(row.zipped == row.entries.reduce(0) { $0 + $1.zipped } + headers)
    #expect(try folder.read("dist/f0.zip").count == row.zipped)
  }

  @Test func `measuring writes nothing and gives the same figures`() throws {
    let folder = try Folder(files)
    let measured = try run(goal: .measure, in: folder)
    #expect(!folder.has("dist"))
    let written = try run(in: folder)
    #expect(measured.rows.map(\.zipped) == written.rows.map(\.zipped))
    #expect(measured.rows.map(\.contentDigest) == written.rows.map(\.contentDigest))
  }

  @Test func `a handler that does not exist is an error, and the others are packaged`() throws {
    let folder = try Folder(files)
    let (rows, report) = try run(["a.txt", "gone.txt"], in: folder)
    #expect(rows.map(\.name) == ["f0"])
    #expect(report.diagnostics.map(\.code) == ["missing-handler"])
  }

  @Test func `doubts about the team's own code are warnings, and errors with strict`() throws {
    let folder = try Folder(files)
    let relaxed = try run(in: folder).report.diagnostics
    #expect(Set(relaxed.map(\.code)) == ["unresolved-import", "blind-spot"])
    #expect(relaxed.allSatisfy { $0.severity == .warning })
    let strict = try run(isStrict: true, in: folder).report.diagnostics
    #expect(strict.count == 2 && strict.allSatisfy { $0.severity == .error })
  }

  @Test func `a function above its budget is an error`() throws {
    let folder = try Folder(files)
    var settings = Settings()
    settings.budget.zipped = 10
    let report = try run(settings: settings, in: folder).report
    #expect(
      report.diagnostics.filter { $0.code == "above-budget" }.map(\.function) == ["f0", "f1"])
  }

  @Test func `a blind spot is in the row of the function that has it`() throws {
    let folder = try Folder(files)
    let rows = try run(in: folder).rows
    #expect(rows.map(\.blindSpots.count) == [0, 1])
    #expect(rows[1].blindSpots[0].location.line == 3)
  }

  @Test func `blind spots that keep the same are told with what leaves when all of them go`() throws
  {
    var files = files
    files["src/b.txt"] = "? d.txt\nc.txt\n? e.txt\n"
    files["src/c.txt"] = "? d.txt\n"
    files["src/d.txt"] = String(repeating: "\n", count: 70)
    files["src/e.txt"] = String(repeating: "\n", count: 5)
    let rows = try run(["b.txt"], files: files, in: try Folder(files)).rows
    let spots = rows[0].blindSpots
    #expect(spots.map(\.bytes) == [70, 5, 70])
    #expect(spots.map(\.sharedWith) == [1, 0, 1])
  }

  @Test func `one worker and many write the same bytes`() throws {
    let (one, many) = (try Folder(files), try Folder(files))
    let handlers = Array(repeating: ["a.txt", "b.txt", "c.txt"], count: 10).flatMap(\.self)
    let first = try run(handlers, jobs: 1, in: one).rows
    let second = try run(handlers, jobs: 7, in: many).rows
    #expect(first.map(\.name) == second.map(\.name))
    for index in handlers.indices {
      #expect(try one.read("dist/f\(index).zip") == many.read("dist/f\(index).zip"))
    }
  }
}
