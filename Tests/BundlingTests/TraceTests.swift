import Bundling
import Files
import Model
import PythonLanguage
import TestKit
import Testing

struct TraceTests {
  private func traced(
    _ files: [String: String], handlers: [String], targets: Int = 1, jobs: Int = 2,
    alsoListed: [String] = []
  ) throws -> Traced {
    let folder = try Folder(
      Dictionary(uniqueKeysWithValues: files.map { ("src/" + $0.key, $0.value) }))
    let workspace = workspace(
      folder, files: Array(files.keys) + alsoListed,
      functions: handlers.map { ($0, Settings()) }, targets: targets)
    return try trace(
      workspace, functions: Array(workspace.functions.ids), languages: [Names()],
      store: Store(workspace), jobs: jobs)
  }

  @Test func `rounds follow what the files name, to the end`() throws {
    let graph = try traced(
      ["a.txt": "b.txt\nc.txt\n", "b.txt": "d.txt\n", "c.txt": "a.txt\n", "d.txt": ""],
      handlers: ["a.txt"]
    ).graphs[0]
    #expect(graph.nodes.rows.map(\.name) == ["a.txt", "b.txt", "c.txt", "d.txt"])
    #expect(graph.edges.count == 4)
  }

  @Test func `what no function reaches is not read`() throws {
    // The file is listed and does not exist: reading it would throw.
    let graph = try traced(["a.txt": ""], handlers: ["a.txt"], alsoListed: ["gone.txt"]).graphs[0]
    #expect(graph.nodes.count == 1)
  }

  @Test func `a file that goes away while it is needed is a failure of who ships it`() throws {
    let folder = try Folder(["src/a.txt": "gone.txt\n"])
    let workspace = workspace(
      folder, files: ["a.txt", "gone.txt"], functions: [("a.txt", Settings())])
    let store = Store(workspace)
    let graph = try trace(
      workspace, functions: [FunctionID(0)], languages: [Names()], store: store, jobs: 1
    ).graphs[0]
    #expect(graph.nodes.count == 2)
    #expect(store.failures.values.map(\.isMissing) == [true])
  }

  @Test func `of data that nobody looks into it is said that nobody has`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = \"app.handler\"\n",
      "app.py": "from pathlib import Path\nrows = Path(__file__).with_name('rows.csv')\n"
        + "def handler(event, context): pass\n",
      "rows.csv": "x",
    ])
    func codes() throws -> [String] {
      let found = try discover(Options(project: folder.path), languages: [PythonLanguage()])
      return try trace(
        found.workspace, functions: found.asked, languages: [PythonLanguage()],
        store: Store(found.workspace), jobs: 1
      ).diagnostics.filter { $0.location?.path == "rows.csv" }.map(\.code)
    }
    #expect(try codes().isEmpty)
    // A hole, which takes no room.
    let made = try #require(Program.find("truncate")).run(
      ["-s", "\((1 << 28) + 1)", folder("rows.csv")])
    try #require(made.isSuccess, "\(made.errorText)")
    #expect(try codes() == ["data-not-read"])
  }

  @Test func `functions of one target share a graph, targets have one each`() throws {
    let files = ["a.txt": "c.txt\n", "b.txt": "c.txt\n", "c.txt": "!\n"]
    let one = try traced(files, handlers: ["a.txt", "b.txt"])
    #expect(one.graphs.map(\.nodes.count) == [3])
    let two = try traced(files, handlers: ["a.txt", "b.txt"], targets: 2)
    #expect(two.graphs.map(\.nodes.count) == [2, 2])
    // Both read c.txt; what is wrong with it is said once.
    #expect(two.diagnostics.map(\.code) == ["syntax-error"])
  }

  @Test(arguments: [2, 3, 8]) func `any number of workers gives the same graph`(jobs: Int) throws {
    let count = 60
    let files = Dictionary(
      uniqueKeysWithValues: (0..<count).map { index in
        ("f\(index).txt", (1...5).map { "f\((index * $0 + $0) % count).txt\n" }.joined())
      })
    let one = try traced(files, handlers: ["f1.txt"], jobs: 1).graphs[0]
    let many = try traced(files, handlers: ["f1.txt"], jobs: jobs).graphs[0]
    #expect(one.nodes == many.nodes && one.edges == many.edges)
  }

  @Test func `a language that nobody knows is a mistake in the configuration`() throws {
    let folder = try Folder(["src/a.txt": ""])
    let workspace = workspace(folder, files: ["a.txt"], functions: [("a.txt", Settings())])
    let error = #expect(throws: Failure.self) {
      try trace(
        workspace, functions: [FunctionID(0)], languages: [], store: Store(workspace), jobs: 1)
    }
    #expect(error?.exitCode == 2)
  }
}
