import Model
import Reporting
import Testing
import Text

func document(
  _ functions: [Report.Function], _ diagnostics: [Diagnostic] = [], zlibVersion: String = "1.3"
) -> [UInt8] {
  let collected = Collected()
  var document = ReportDocument { collected.add($0) }
  for function in functions { document.add(function) }
  document.finish(diagnostics, zlibVersion: zlibVersion)
  return Array(collected.text.utf8)
}

/// With something in each of its arrays.
let fullReport: [UInt8] = {
  let entry = Report.Entry(
    path: RelativePath("a/b.py"), unzipped: 7, zipped: 9, distribution: "requests",
    reason: .edge(.lazy), node: 1)
  let base = sample("orders", nodes: chainOfTwo, entries: [entry])
  let function = Report.Function(
    name: "a \"quoted\" né\u{1}", handler: base.handler, entryPoint: nil, provider: base.provider,
    runtime: base.runtime, architecture: base.architecture, origin: base.origin,
    archive: base.archive, moduleCount: 2, unzipped: 7, zipped: 9, full: 10, codeSHA256: nil,
    contentDigest: "00", wasUnchanged: false, distributions: base.distributions,
    measures: base.measures,
    blindSpots: [
      .init(
        location: SourceLocation(path: "h.py", line: 1, column: 2), expression: "f(x)",
        bound: "anything", bytes: 3, sharedWith: 1)
    ],
    leftOut: [
      .init(
        name: "chardet", version: "5",
        imports: [.init(from: "requests", name: "chardet", kind: .optional, location: nil)])
    ], reasonCounts: base.reasonCounts, nodes: base.nodes, entries: base.entries)
  return document(
    [base, function],
    [
      Diagnostic(
        .warning, "code", "message", at: SourceLocation(path: "h.py", line: 2, column: 3),
        notes: [.hint("do", at: SourceLocation(path: "x"))],
        excerpt: Diagnostic.Excerpt("the line", column: 3), function: "orders")
    ])
}()

private func problem(_ bytes: [UInt8]) -> Diagnostic? {
  do throws(UnusableReport) {
    _ = try ReportReader.read(bytes, path: "r.json")
    return nil
  } catch {
    return error.diagnostic
  }
}

@Test func `a report that is read and written again is the same, to the byte`() throws {
  let report = try ReportReader.read(fullReport, path: "r.json")
  #expect(report.functions.count == 2 && report.zlibVersion == "1.3")
  #expect(document(report.functions, report.diagnostics) == fullReport)
}

@Test func `layers are read as they were written, and a report without them has none`() throws {
  let layer = Report.Layer(
    name: "base", runtime: Runtime(language: "python", major: 3, minor: 12), architecture: .arm64,
    origin: SourceLocation(path: "pare.toml", line: 4, column: 1), archive: "dist/base.zip",
    unzipped: 12, zipped: 9, codeSHA256: "AA==", contentDigest: "00", wasUnchanged: false,
    functions: ["orders"],
    distributions: [.init(name: "Tea", version: "1.2", unzipped: 12, zipped: 9)],
    entries: [
      .init(path: RelativePath("python/tea.py"), unzipped: 12, zipped: 9, distribution: "Tea")
    ])
  let base = sample("orders")
  let function = Report.Function(
    name: base.name, handler: base.handler, entryPoint: nil, provider: base.provider,
    runtime: base.runtime, architecture: base.architecture, origin: base.origin,
    archive: base.archive, moduleCount: 1, unzipped: 7, zipped: 9, full: 10, codeSHA256: nil,
    contentDigest: "00", wasUnchanged: false,
    layers: [.init(name: "base", unzipped: 12, used: 5)], distributions: base.distributions,
    measures: base.measures, blindSpots: [], reasonCounts: [], nodes: base.nodes, entries: [])
  func written(_ function: Report.Function, _ layers: [Report.Layer]) -> [UInt8] {
    let collected = Collected()
    var document = ReportDocument { collected.add($0) }
    document.add(function)
    document.finish([], layers: layers, zlibVersion: "1.3")
    return Array(collected.text.utf8)
  }
  let bytes = written(function, [layer])
  let read = try ReportReader.read(bytes, path: "r.json")
  #expect(read.functions[0].layers.map(\.used) == [5])
  #expect(written(read.functions[0], read.layers) == bytes)
  #expect(try ReportReader.read(fullReport, path: "r.json").layers.isEmpty)
}

@Test func `a report that ends early is damaged, wherever it ends`() {
  // Without its last line break nothing is missing.
  for end in fullReport.indices.dropLast() {
    let found = problem(Array(fullReport.prefix(end)))
    #expect(found != nil, "cut at \(end)")
    if end > 60 { #expect(found?.code == "damaged-report", "cut at \(end)") }
  }
}

@Test func `whatever byte of a report changes, what comes out is a whole report or a sentence`()
  throws
{
  var refused = 0
  for index in fullReport.indices {
    var bytes = fullReport
    bytes[index] = bytes[index] == UInt8(ascii: "\"") ? 0 : UInt8(ascii: "\"")
    do throws(UnusableReport) {
      let report = try ReportReader.read(bytes, path: "r.json")
      let again = document(report.functions, report.diagnostics)
      #expect(throws: Never.self) { _ = try JSON.read(again, path: "again") }
    } catch {
      refused += 1
      #expect(error.diagnostic.severity == .error)
    }
  }
  #expect(refused > fullReport.count / 2)
}

@Test func `a report of another schema, and what is no report, are told apart`() {
  let other = String(decoding: fullReport, as: UTF8.self).replacing(
    "\"schemaVersion\": 2", with: "\"schemaVersion\": 1")
  #expect(problem(Array(other.utf8))?.code == "other-report-schema")
  #expect(
    problem(Array(other.utf8))?.message
      == "'r.json' has schema version 1; this version of pare reads 2")
  for text in ["", "{}", "[1]", "{\"schemaVersion\": 2}", "PK", "{\"version\": \"2.1.0\"}"] {
    #expect(problem(Array(text.utf8))?.code == "not-a-report", "\(text)")
  }
}

@Test(arguments: [
  ("\"node\":1", "\"node\":2", "'node' is 2, of 2"),
  ("\"from\":0", "\"from\":-1", "'from' is an integer, not a number of at least 0"),
  ("\"reason\":\"lazy\",\"at\"", "\"reason\":\"lazily\",\"at\"", "'reason' is 'lazily', which"),
  ("\"at\":[0,2,1]", "\"at\":[1,2,1]", "a place is in no file"),
  ("\"zipped\": 4104000,", "\"zipped\": null,", "'zipped' is null"),
  ("\"handler\": \"orders.app:handler\",", "", "an object has no key 'handler'"),
])
func `a value that has no meaning is told with its line`(
  was: String, becomes: String, sentence: String
) throws {
  let text = String(decoding: fullReport, as: UTF8.self)
  let range = try #require(text.firstRange(of: was))
  let found = problem(Array(text.replacingCharacters(in: range, with: becomes)))
  #expect(found?.message.contains(sentence) == true, "\(found?.message ?? "nothing")")
  #expect((found?.location?.line ?? 0) > 1)
}

@Test func `a chain is read from the nodes of a report`() throws {
  let function = try ReportReader.read(fullReport, path: "r.json").functions[0]
  let steps = function.chain(to: 1)
  #expect(
    steps.map { "\($0.from) \($0.to) \($0.kind.name) \($0.line ?? "")" } == [
      "h a.b lazy import a.b"
    ])
  #expect(function.chain(to: 0).isEmpty)
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> [UInt8] {
    Array((self[..<range.lowerBound] + text + self[range.upperBound...]).utf8)
  }
}
