import Bundling
import Model
import Testing

struct ExplainTests {
  private func ground(
    unfollowed: (Ground) -> [UnfollowedImport] = { _ in [] }, settings: Settings = Settings()
  ) throws -> Ground {
    let nodes: [(name: String, kind: Node.Kind, files: [String])] = [
      ("app", .module, ["src/app.py"]),
      ("shop", .module, ["src/shop/__init__.py"]),
      ("shop.prices", .module, ["src/shop/prices.py"]),
      ("lib", .module, ["site/lib/__init__.py"]),
      ("lib.extra", .module, ["site/lib/extra.py"]),
      ("unused", .module, ["src/unused.py"]),
      ("other", .module, ["vendor/other.py"]),
    ]
    let contents = [
      "src/app.py": "import os\n\n  from shop import prices\n", "site/lib/extra.py": "12345",
      "site/lib/__init__.py": "123",
    ]
    let first = try Ground(nodes: nodes, edges: [], contents: contents, others: ["src/lonely.py"])
    let app = first.file("src/app.py") ?? FileID(0)
    return try Ground(
      nodes: nodes,
      edges: [
        edge(0, 1, place: Place(file: app, line: 3, column: 3)), edge(1, 2), edge(2, 3, .lazy),
        edge(3, 4, .string, note: 0), edge(5, 6, place: Place(file: app, line: 1, column: 1)),
      ], contents: contents, others: ["src/lonely.py"], unfollowed: unfollowed(first),
      notes: ["'lib.extra'"], settings: settings, neighbours: [("reports", 5), ("idle", 3)])
  }

  private func sentences(_ explanation: Explanation) -> [String] {
    guard case .absent(let notes) = explanation.outcome else { return ["it is included"] }
    return notes.map { note in
      (note.location.map { "\($0.path):\($0.line) " } ?? "") + note.message
    }
  }

  @Test func `a module is explained by the lines that lead to it`() throws {
    let explanation = try ground().explain("shop.prices")
    guard case .included(let steps) = explanation.outcome else {
      Issue.record("absent")
      return
    }
    #expect(
      steps.map { "\($0.from) \($0.to) \($0.kind.name)" } == [
        "app shop top-level", "shop shop.prices top-level",
      ])
    #expect(steps[0].line == "from shop import prices")
    #expect(steps[0].location == SourceLocation(path: "src/app.py", line: 3, column: 3))
  }

  @Test func `a distribution weighs all of its files, and retains what hangs on them`() throws {
    let explanation = try ground().explain("Lib")
    #expect(explanation.weight == 8)
    #expect(explanation.retained == 8)
    #expect(try ground().explain("shop").retained > 8)
    #expect(try ground().explain("lib/extra.py").weight == 5)
  }

  @Test func `a note travels with its step`() throws {
    guard case .included(let steps) = try ground().explain("lib.extra").outcome else {
      Issue.record("absent")
      return
    }
    #expect(steps.last?.note == "'lib.extra'")
  }

  @Test func `a package weighs what is below it, and is said to be of its distribution`() throws {
    let explanation = try ground().explain("other")
    #expect(explanation.outcome.isAbsent)
    let package = try ground().explain("lib.extra")
    #expect(package.distribution == "Lib 1.0")
    #expect(try ground().explain("lib").distribution == nil)
    let shop = try ground().explain("shop")
    let parts = try ["shop/__init__.py", "shop/prices.py"].map { try ground().explain($0).weight }
    #expect(shop.weight == parts.reduce(0, +))
    #expect(try ground().explain("shop/").weight == shop.weight)
  }

  @Test func `a file of the project may be named as it lies there`() throws {
    #expect(try ground().explain("src/shop/prices.py").weight > 0)
    #expect(try ground().explain("src/prices.py").outcome.isAbsent)
  }

  @Test func `what other functions reach is not in this one, and they are named`() throws {
    #expect(
      try sentences(ground().explain("other")) == [
        "no chain of imports leads from the handler of 'orders' to 'other'",
        "src/app.py:1 it is in 'reports', because of this line",
      ])
  }

  @Test func `an import for type checkers is why not`() throws {
    let explanation = try ground(unfollowed: { ground in
      [
        UnfollowedImport(
          from: NodeID(1), name: "pandas", reason: .typeOnly, kind: .typeOnly,
          place: Place(file: ground.file("src/shop/__init__.py") ?? FileID(0), line: 1, column: 1))
      ]
    }).explain("pandas")
    #expect(
      sentences(explanation) == [
        "src/shop/__init__.py:1 'shop' imports 'pandas' for type checkers only"
      ])
  }

  @Test func `what the configuration leaves out is needed all the same`() throws {
    var settings = Settings()
    settings.exclude = ["shop/prices.py"]
    #expect(
      try sentences(ground(settings: settings).explain("shop.prices")) == [
        "'shop.prices' is needed, and the configuration leaves it out ('exclude' or 'drop')"
      ])
  }

  @Test func `a file that nothing imports is there`() throws {
    #expect(
      try sentences(ground().explain("lonely")) == [
        "'src/lonely.py' is there, and no function that was traced imports it"
      ])
  }

  @Test func `a name that nothing has gets the nearest one`() throws {
    #expect(
      try sentences(ground().explain("shop.price")) == [
        "neither the source roots nor the environment have anything named 'shop.price'; "
          + "did you mean 'shop.prices'?"
      ])
  }
}

extension Explanation.Outcome {
  fileprivate var isAbsent: Bool {
    guard case .absent = self else { return false }
    return true
  }
}
