import Bundling
import Model
import Testing

/// A function of a report, drawn by hand: nodes are `name`, `name < importer` or
/// `name < importer:line`, of the distribution before the first dot where that is one.
private func function(
  _ name: String, _ nodes: [(String, bytes: Int)], versions: [String: String] = [:],
  generated: [(String, bytes: Int)] = [], runtime: Int = 12
) -> Report.Function {
  let names = versions.keys.sorted()
  var positions: [String: Int] = [:]
  var rows: [Report.Node] = []
  var entries: [Report.Entry] = []
  for (position, node) in nodes.enumerated() {
    let parts = node.0.split(separator: " ").map(String.init)
    positions[parts[0]] = position
    let place = parts.count > 2 ? parts[2].split(separator: ":").map(String.init) : []
    let distribution = names.firstIndex { parts[0] == $0 || parts[0].hasPrefix($0 + ".") }
    let path = parts[0].split(separator: ".").joined(separator: "/") + ".py"
    rows.append(
      Report.Node(
        name: parts[0], kind: .module, distribution: distribution, unzipped: node.bytes,
        zipped: node.bytes / 2, retained: node.bytes, retainedZipped: node.bytes / 2,
        dominator: nil,
        arrival: place.isEmpty
          ? nil
          : .init(
            from: positions[place[0]] ?? 0, kind: .topLevel,
            location: place.count > 1
              ? SourceLocation(path: "\(place[0]).py", line: Int(place[1]) ?? 0, column: 1) : nil,
            line: place.count > 1 ? "import \(parts[0])" : nil, note: nil)))
    entries.append(
      Report.Entry(
        path: RelativePath(path), unzipped: node.bytes, zipped: node.bytes / 2,
        distribution: distribution.map { names[$0] }, reason: .handler, node: position))
  }
  for (path, bytes) in generated {
    let distribution = names.first { path.hasPrefix($0 + "-") }
    entries.append(
      Report.Entry(
        path: RelativePath(path), unzipped: bytes, zipped: bytes / 2, distribution: distribution,
        reason: distribution == nil ? .generated : .edge(.metadata), node: nil))
  }
  return Report.Function(
    name: name, handler: "app.handler", entryPoint: nil, provider: .generic,
    runtime: Runtime(language: "python", major: 3, minor: runtime), architecture: .x86_64,
    origin: SourceLocation(path: "pare.toml"), archive: "dist/\(name).zip",
    moduleCount: nodes.count, unzipped: entries.reduce(0) { $0 + $1.unzipped },
    zipped: entries.reduce(22) { $0 + $1.zipped + 76 + 2 * $1.path.string.utf8.count }, full: 0,
    codeSHA256: nil, contentDigest: "", wasUnchanged: false,
    distributions: names.map {
      .init(
        name: $0, version: versions[$0] ?? "", unzipped: 0, zipped: 0, full: 0, retained: 0,
        retainedZipped: 0)
    }, measures: [], blindSpots: [], reasonCounts: [], nodes: rows, entries: entries)
}

/// Of the name `orders`.
private func function(
  _ nodes: [(String, bytes: Int)], versions: [String: String] = [:],
  generated: [(String, bytes: Int)] = [], runtime: Int = 12
) -> Report.Function {
  function("orders", nodes, versions: versions, generated: generated, runtime: runtime)
}

private func lines(_ comparison: Comparison) -> [String] {
  comparison.causes.map { shared in
    let place = shared.cause.location.map { "\($0.path):\($0.line) " } ?? ""
    let brings = shared.brings.isEmpty ? "" : " + " + shared.brings.joined(separator: " ")
    return "\(shared.change.unzipped) \(shared.functions.joined(separator: ",")) "
      + "\(place)\(shared.cause.sentence)\(brings)"
  }
}

private func expectSums(_ comparison: Comparison) {
  for function in comparison.functions where function.before != nil && function.after != nil {
    let sum = function.effects.reduce(Comparison.Bytes()) { $0 + $1.change }
    #expect(sum == function.change, "\(function.name)")
  }
}

struct CompareTests {
  @Test func `what came hangs on the first edge that is new, and is named after its distribution`()
  {
    let base = function([("app", 10), ("shop < app:3", 20)])
    let head = function(
      [
        ("app", 10), ("shop < app:3", 20), ("pandas < shop:7", 1000), ("numpy < pandas:1", 500),
      ], versions: ["pandas": "2.0", "numpy": "1.0"])
    let comparison = compare([base], [head])
    #expect(lines(comparison) == ["1500 orders shop.py:7 now imports pandas + numpy"])
    #expect(comparison.causes[0].cause.line == "import pandas")
    #expect(comparison.causes[0].cause.kind == .added)
    expectSums(comparison)
    let back = compare([head], [base])
    #expect(lines(back) == ["-1500 orders shop.py:7 no longer imports pandas + numpy"])
    expectSums(back)
  }

  @Test func `one import that several functions reach is one cause`() {
    let base = ["a", "b"].map { function($0, [("app", 10), ("shop < app:3", 20)]) }
    let head = ["a", "b"].map {
      function(
        $0, [("app", 10), ("shop < app:3", 20), ("pandas < shop:7", 1000)],
        versions: ["pandas": "2.0"])
    }
    #expect(lines(compare(base, head)) == ["2000 a,b shop.py:7 now imports pandas"])
  }

  @Test func `another version is the cause of all that its distribution does, and brings`() {
    let base = function(
      [("app", 10), ("botocore < app:1", 100), ("botocore.old < botocore:2", 7)],
      versions: ["botocore": "1.40"], generated: [("botocore-1.40.dist-info/RECORD", 40)])
    let head = function(
      [
        ("app", 10), ("botocore < app:1", 130), ("botocore.new < botocore:2", 50),
        ("urllib3 < botocore.new:1", 60),
      ], versions: ["botocore": "1.41", "urllib3": "2"],
      generated: [("botocore-1.41.dist-info/RECORD", 44)])
    let comparison = compare([base], [head])
    #expect(
      lines(comparison) == [
        "137 orders a dependency changed by itself: botocore 1.40 → 1.41 + urllib3"
      ])
    expectSums(comparison)
  }

  @Test func `files of the team's own that are edited are told one by one`() {
    let comparison = compare(
      [function([("app", 10), ("shop < app:3", 20)])],
      [function([("app", 15), ("shop < app:3", 18)])])
    #expect(lines(comparison) == ["5 orders 'app.py' changed", "-2 orders 'shop.py' changed"])
    expectSums(comparison)
  }

  @Test func `a record that lists more modules is counted with what brings them`() {
    let base = function(
      [("app", 10), ("tea < app:1", 100)], versions: ["tea": "1"],
      generated: [("tea-1.dist-info/RECORD", 40)])
    let head = function(
      [("app", 10), ("tea < app:1", 100), ("tea.pot < app:2", 50)], versions: ["tea": "1"],
      generated: [("tea-1.dist-info/RECORD", 60)])
    let comparison = compare([base], [head])
    #expect(lines(comparison) == ["70 orders app.py:2 now imports tea"])
    expectSums(comparison)
  }

  @Test func `functions that came and went have no cause, and the others none of theirs`() {
    let comparison = compare(
      [function("a", [("app", 10)]), function("b", [("app", 10)])],
      [function("b", [("app", 10)]), function("c", [("app", 30)])])
    #expect(comparison.functions.map(\.name) == ["a", "b", "c"])
    #expect(comparison.functions[0].after == nil && comparison.functions[2].before == nil)
    #expect(comparison.causes.isEmpty)
    #expect(comparison.changed.map(\.name) == ["a", "c"])
  }

  @Test func `other settings are told`() {
    let comparison = compare(
      [function([("app", 10)])], [function([("app", 10)], runtime: 13)])
    #expect(
      comparison.changed.first?.settings == [
        .init(name: "runtime", before: "python3.12", after: "python3.13")
      ])
  }

  @Test(arguments: [
    ("5 %", true), ("5%", true), ("0.5%", true), ("1 MB", true), ("300", true), ("-1 %", false),
    ("much", false), ("%", false), ("nan %", false), ("", false),
  ])
  func `a bound on growth is a share or a size`(text: String, isOne: Bool) {
    #expect((GrowthBound(text) != nil) == isOne)
  }

  @Test func `growth above the bound is an error unless the repository accepts it`() throws {
    let comparison = compare(
      [function([("app", 1000)])],
      [function([("app", 1000), ("pandas < app:2", 4000)], versions: ["pandas": "2"])])
    let growth = comparison.functions[0].change.zipped
    func codes(_ bound: String, _ accepted: [(String, Int)]) throws -> [String] {
      let parsed = try #require(GrowthBound(bound))
      return comparison.judged(
        parsed, written: bound,
        accepted.map {
          Acceptance(
            function: $0.0, bytes: $0.1, reason: "a table is read",
            location: SourceLocation(path: "pare.toml", line: 1, column: 1))
        }
      ).diagnostics.map(\.code)
    }
    #expect(try codes("5 %", []) == ["grew-too-much"])
    #expect(try codes("\(growth)", []) == [])
    #expect(try codes("\(growth - 1)", []) == ["grew-too-much"])
    #expect(try codes("5 %", [("orders", growth)]) == ["growth-accepted"])
    #expect(try codes("5 %", [("orders", growth - 1)]) == ["grew-too-much"])
    #expect(try codes("1 MB", [("orders", growth)]) == ["stale-acceptance"])
    #expect(try codes("1 MB", [("gone", growth)]) == ["stale-acceptance"])
    let error = try #require(
      comparison.judged(.bytes(1), written: "1 B", []).diagnostics.first)
    #expect(error.location == SourceLocation(path: "app.py", line: 2, column: 1))
  }
}
