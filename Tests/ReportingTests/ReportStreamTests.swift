import Model
import Reporting
import Testing

/// As a file is read: `size` bytes at a time.
private func streamed(
  _ bytes: [UInt8], by size: Int
) -> (functions: [Report.Function], rest: Report?) {
  var stream = ReportStream()
  var functions: [Report.Function] = []
  for start in stride(from: 0, to: bytes.count, by: size) {
    stream.append(Array(bytes[start..<min(start + size, bytes.count)])) { functions.append($0) }
  }
  let rest = stream.finish()
  #expect(stream.count == functions.count)
  return (functions, rest)
}

private func written(_ functions: [Report.Function], _ rest: Report) -> [UInt8] {
  document(functions, rest.diagnostics, zlibVersion: rest.zlibVersion)
}

@Test(arguments: [1, 2, 7, 64, 1 << 20])
func `a report that comes in pieces is the one that is read whole`(size: Int) throws {
  let (functions, rest) = streamed(fullReport, by: size)
  #expect(written(functions, try #require(rest)) == fullReport)
}

@Test func `a report in pieces may have other blanks, and escapes`() throws {
  let text = String(decoding: fullReport, as: UTF8.self)
  let dense = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
    .replacing(": ", with: ":").replacing("requests", with: "\\u0072equests")
  let (functions, rest) = streamed(Array(dense.utf8), by: 5)
  #expect(written(functions, try #require(rest)) == fullReport)
}

@Test func `a report that ends early is never taken for a whole one`() {
  for end in fullReport.indices.dropLast() {
    #expect(streamed(Array(fullReport.prefix(end)), by: 100).rest == nil, "cut at \(end)")
  }
}

@Test func `whatever byte changes, what comes in pieces is what is read whole`() {
  var understood = 0
  let others = [UInt8(ascii: "\""), UInt8(ascii: "0"), UInt8(ascii: ","), 0xFF]
  for index in fullReport.indices {
    var bytes = fullReport
    bytes[index] = others[index % others.count]
    let (functions, rest) = streamed(bytes, by: 1000)
    guard let rest else { continue }
    understood += 1
    do throws(UnusableReport) {
      let whole = try ReportReader.read(bytes, path: "r.json")
      #expect(written(functions, rest) == written(whole.functions, whole), "at \(index)")
    } catch {
      Issue.record("with byte \(index) changed it is read in pieces: \(error.diagnostic.message)")
    }
  }
  #expect(understood > 100)
}

@Test func `the functions before what is unusual are handed over once`() {
  let text = String(decoding: fullReport, as: UTF8.self)
  // A key that this version does not know, in a node of the second function.
  let start = text.range(of: "a \\\"quoted")
  let bytes = Array(
    (text[..<start] + text[start...].replacing("\"kind\":", with: "\"sort\":1,\"kind\":")).utf8)
  let (functions, rest) = streamed(bytes, by: 64)
  #expect(functions.map(\.name) == ["orders"] && rest == nil)
}

extension String {
  fileprivate func range(of text: String) -> Index {
    firstRange(of: text)?.lowerBound ?? endIndex
  }
}
