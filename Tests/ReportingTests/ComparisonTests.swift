import Model
import Reporting
import Testing
import Text

private let added = Comparison.Cause(
  kind: .added, subject: "pandas", sentence: "now imports pandas",
  location: SourceLocation(path: "orders/api.py", line: 12, column: 1), line: "import pandas | x")
private let version = Comparison.Cause(
  kind: .version, subject: "botocore",
  sentence: "a dependency changed by itself: botocore 1.40 → 1.41")

private let comparison = Comparison(
  functions: [
    .init(
      name: "exports", before: .init(unzipped: 10_000_000, zipped: 3_000_000),
      after: .init(unzipped: 10_000_000, zipped: 3_000_000)),
    .init(name: "legacy", before: .init(unzipped: 5000, zipped: 2000), after: nil),
    .init(
      name: "orders", before: .init(unzipped: 10_000_000, zipped: 4_000_000),
      after: .init(unzipped: 90_000_000, zipped: 42_000_000),
      effects: [.init(cause: added, change: .init(unzipped: 80_000_000, zipped: 38_000_000))],
      settings: [.init(name: "runtime", before: "python3.11", after: "python3.12")]),
    .init(
      name: "s_y*nc", before: .init(unzipped: 900, zipped: 700),
      after: .init(unzipped: 850, zipped: 690),
      effects: [.init(cause: version, change: .init(unzipped: -50, zipped: -10))]),
    .init(name: "young", before: nil, after: .init(unzipped: 100, zipped: 90)),
  ],
  causes: [
    .init(
      cause: added, brings: ["numpy"], functions: ["orders", "reports"],
      change: .init(unzipped: 80_000_000, zipped: 38_000_000)),
    .init(
      cause: version, brings: [], functions: ["s_y*nc"],
      change: .init(unzipped: -50, zipped: -10)),
  ])

@Test func `a comparison says what caused it first, then the functions`() {
  #expect(
    comparisonText(comparison) == """
      +38.0 MB zipped in 2 functions: orders/api.py:12 now imports pandas, with numpy
          import pandas | x
          in orders, reports
      -10 B zipped in s_y*nc: a dependency changed by itself: botocore 1.40 → 1.41

      function             zipped    change           unzipped    change
      legacy              2.00 kB      gone            5.00 kB      gone
      orders    4.00 MB → 42.0 MB  +38.0 MB  10.0 MB → 90.0 MB  +80.0 MB
      s_y*nc        700 B → 690 B     -10 B      900 B → 850 B     -50 B
      young                  90 B       new              100 B       new
      together  7.00 MB → 45.0 MB  +38.0 MB   20.0 MB → 100 MB  +80.0 MB
      orders: runtime python3.11 → python3.12
      1 function as before

      """)
}

@Test func `where nothing has changed there is one line`() {
  let same = Comparison(functions: [comparison.functions[0]], causes: [])
  #expect(comparisonText(same) == "1 function, no archive has changed\n")
  #expect(
    markdown(same) == """
      <!-- pare: archive sizes -->
      **Archive sizes**: 1 function, no archive has changed.

      """)
}

@Test func `a comment on a pull request begins with its mark, and no name in it has a meaning`() {
  var told = comparison
  told.diagnostics = [
    Diagnostic(
      .error, "grew-too-much", "'orders' grew by @team *a lot*",
      at: SourceLocation(path: "orders/api.py", line: 12, column: 1))
  ]
  #expect(
    markdown(told) == """
      <!-- pare: archive sizes -->
      **Archive sizes**: +38.0 MB zipped together (7.00 MB → 45.0 MB), 4 functions of 5 changed.

      - **error** `orders/api.py:12`: 'orders' grew by &#64;team \\*a lot\\*

      | zipped | in | because |
      |--:|---|---|
      | +38.0 MB | `orders`, `reports` | `orders/api.py:12` now imports pandas, with `numpy`<br>`import pandas \\| x` |
      | -10 B | `s_y*nc` | a dependency changed by itself: botocore 1.40 → 1.41 |

      <details><summary>4 functions</summary>

      | function | zipped | change | unzipped | change |
      |---|--:|--:|--:|--:|
      | `legacy` | 2.00 kB | gone | 5.00 kB | gone |
      | `orders` | 4.00 MB → 42.0 MB | +38.0 MB | 10.0 MB → 90.0 MB | +80.0 MB |
      | `s_y*nc` | 700 B → 690 B | -10 B | 900 B → 850 B | -50 B |
      | `young` | 90 B | new | 100 B | new |
      | together | 7.00 MB → 45.0 MB | +38.0 MB | 20.0 MB → 100 MB | +80.0 MB |

      </details>

      """)
}

@Test func `annotations stand at the line of the import, below the repository's folder`() {
  let text = annotations(
    [
      Diagnostic(
        .error, "grew-too-much", "'a' grew, 100 % of it",
        at: SourceLocation(path: "a,b/api.py", line: 12, column: 5), notes: [.hint("do\nthis")]),
      Diagnostic(.note, "archive-shrank", "10 B less", at: SourceLocation(path: "/abs:olute")),
      Diagnostic(.warning, "stale", "nowhere"),
    ], prefix: "shop/")
  #expect(
    text == """
      ::warning title=stale::nowhere
      ::notice file=/abs%3Aolute,title=archive-shrank::10 B less
      ::error file=shop/a%2Cb/api.py,line=12,col=5,title=grew-too-much::'a' grew, 100 %25 of it%0Ahint: do%0Athis

      """)
}

/// The parts of the OASIS schema that the writer can get wrong: required keys, enumerations, URIs.
@Test func `SARIF has what its schema requires`() throws {
  let collected = Collected()
  writeSARIF(
    [
      Diagnostic(
        .error, "grew-too-much", "grew", at: SourceLocation(path: "a b/ü.py", line: 12, column: 5),
        notes: [.init("because", at: SourceLocation(path: "c.py", line: 1)), .hint("do")],
        function: "orders"),
      Diagnostic(.note, "archive-grew", "grew", at: SourceLocation(path: "/abs/w.whl!/x.py")),
      Diagnostic(.warning, "stale", "nowhere"),
    ], toolVersion: "1.0", prefix: "shop/"
  ) { collected.add($0) }
  let log = try JSON.read(Array(collected.text.utf8), path: "sarif")
  #expect(log.table?["version"]?.string == "2.1.0")
  let run = try #require(log.table?["runs"]?.array?.first?.table)
  let driver = try #require(run["tool"]?.table?["driver"]?.table)
  #expect(driver["name"]?.string == "pare")
  let rules = driver["rules"]?.array?.compactMap { $0.table?["id"]?.string } ?? []
  #expect(rules == ["archive-grew", "grew-too-much", "stale"])
  let results = try #require(run["results"]?.array)
  #expect(results.count == 3)
  for result in results {
    let result = try #require(result.table)
    #expect(["none", "note", "warning", "error"].contains(result["level"]?.string))
    #expect(result["message"]?.table?["text"]?.string?.isEmpty == false)
    guard case .integer(let index) = result["ruleIndex"]?.content else {
      Issue.record("no ruleIndex")
      continue
    }
    #expect(rules[Int(index)] == result["ruleId"]?.string)
    for location in result["locations"]?.array ?? [] {
      let physical = location.table?["physicalLocation"]?.table
      let uri = physical?["artifactLocation"]?.table?["uri"]?.string ?? ""
      #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !uri.isEmpty)
    }
  }
  #expect(collected.text.contains("\"uri\": \"shop/a%20b/%C3%BC.py\""))
  #expect(collected.text.contains("\"uri\": \"file:///abs/w.whl%21/x.py\""))
  #expect(collected.text.contains("\"startLine\": 12"))
}

@Test func `a comparison is one document`() throws {
  let collected = Collected()
  writeJSON(comparison) { collected.add($0) }
  let document = try JSON.read(Array(collected.text.utf8), path: "diff")
  let functions = try #require(document.table?["functions"]?.array)
  #expect(functions.count == 5)
  #expect(functions[1].table?["after"]?.content == .null)
  let cause = try #require(document.table?["causes"]?.array?.first?.table)
  #expect(cause["kind"]?.string == "added")
  #expect(cause["location"]?.table?["file"]?.string == "orders/api.py")
  #expect(cause["change"]?.table?["zipped"]?.content == .integer(38_000_000))
}
