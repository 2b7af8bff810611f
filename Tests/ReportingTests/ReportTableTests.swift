import Model
import Reporting
import Testing

func sample(
  _ name: String, unzipped: Int = 18_200_000, zipped: Int = 4_104_000, full: Int = 76_000_000,
  bound: Int? = 52_428_800, nodes: [Report.Node] = [], entries: [Report.Entry] = []
) -> Report.Function {
  Report.Function(
    name: name, handler: "\(name).app:handler", entryPoint: "\(name).app.handler",
    provider: .awsLambda,
    runtime: Runtime(language: "python", major: 3, minor: 12), architecture: .x86_64,
    origin: SourceLocation(path: "pare.toml", line: 4, column: 1), archive: "dist/\(name).zip",
    moduleCount: 412, unzipped: unzipped, zipped: zipped, full: full, codeSHA256: "c2hh",
    contentDigest: "00ff", wasUnchanged: false,
    distributions: [
      .init(
        name: "requests", version: "2.32.3", unzipped: 10, zipped: 5, full: 20, retained: 10,
        retainedZipped: 10)
    ],
    measures: bound.map {
      [.init(kind: .limit, measure: .zipped, bytes: zipped, bound: $0, source: "page")]
    } ?? [],
    blindSpots: [], reasonCounts: [("handler", 1), ("top-level", 3)], nodes: nodes, entries: entries
  )
}

/// `h` imports `a.b` in its second line.
let chainOfTwo = [
  Report.Node(
    name: "h", kind: .module, distribution: nil, unzipped: 1, zipped: 1, retained: 8,
    retainedZipped: 10, dominator: nil, arrival: nil),
  Report.Node(
    name: "a.b", kind: .module, distribution: 0, unzipped: 7, zipped: 9, retained: 7,
    retainedZipped: 9, dominator: 0,
    arrival: .init(
      from: 0, kind: .lazy, location: SourceLocation(path: "h.py", line: 2, column: 1),
      line: "import a.b", note: "why")),
]

@Test func `the table shows each function's sizes, its limit and what was saved`() {
  let table = reportTable([sample("orders"), sample("a", zipped: 52_428_801)])
  #expect(
    table == """
      function  modules  distributions  unzipped   zipped  of limit              saved
      orders        412              1   18.2 MB  4.10 MB     7.8 %  ▊░░░░░░░░░   76 %
      a             412              1   18.2 MB  52.4 MB     100 %  ██████████   76 %

      """)
}

@Test func `without letters beyond ASCII the bar is made of signs`() {
  let table = reportTable([sample("orders")], style: Style(isUnicode: false))
  #expect(table.contains("  #.........  "))
  #expect(table.utf8.allSatisfy { $0 < 0x80 })
}

@Test(arguments: [40, 50, 60, 70, 79]) func `a narrow terminal loses columns, not figures`(
  columns: Int
) {
  let table = reportTable([sample("orders")], style: Style(columns: columns))
  for line in table.split(separator: "\n") { #expect(line.count <= columns) }
  #expect(table.contains("orders") && table.contains("18.2 MB") && table.contains("4.10 MB"))
}

@Test func `where no function has a limit there is no column for it`() {
  #expect(!reportTable([sample("orders", bound: nil)]).contains("limit"))
}

@Test func `an environment that is smaller than the archive saves nothing`() {
  #expect(reportTable([sample("orders", full: 18_000_000)]).contains(" 0 %"))
}

@Test func `no functions give no table`() { #expect(reportTable([]).isEmpty) }

@Test(arguments: [
  (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (9994, "9.99 kB"), (9995, "10.0 kB"),
  (99_949, "99.9 kB"), (99_950, "100 kB"), (999_499, "999 kB"), (999_500, "1.00 MB"),
  (262_144_000, "262 MB"), (5_000_000_000, "5.00 GB"),
])
func `sizes have three digits`(bytes: Int, text: String) {
  #expect(formatted(bytes: bytes) == text)
}

@Test(arguments: [
  (0.0, "0 %"), (0.0004, "<0.1 %"), (0.0784, "7.8 %"), (0.8, "80 %"), (0.998, "99 %"),
  (1.0, "100 %"), (1.2, "120 %"),
])
func `a share below its bound is never called 100 %`(share: Double, text: String) {
  #expect(formatted(share: share) == text)
}

@Test func `large numbers are grouped`() {
  #expect(grouped(1_234_567) == "1,234,567")
  #expect(grouped(-1234) == "-1,234")
  #expect(grouped(999) == "999")
}
