import Model
import Reporting
import Synchronization
import Testing

/// Collects what a writer hands out.
final class Collected: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  private let largest = Mutex<Int>(0)
  func add(_ more: [UInt8]) {
    bytes.withLock { $0 += more }
    largest.withLock { $0 = max($0, more.count) }
  }
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  var largestPiece: Int { largest.withLock { $0 } }
}

@Test func `a report is one document with all its figures`() {
  let collected = Collected()
  let entry = Report.Entry(
    path: RelativePath("a/b.py"), unzipped: 7, zipped: 9, distribution: nil,
    reason: .edge(.lazy), node: 1)
  var document = ReportDocument { collected.add($0) }
  document.add(sample("orders", nodes: chainOfTwo, entries: [entry]))
  document.finish(
    [
      Diagnostic(
        .warning, "code", "a \"quoted\" \\ message", at: SourceLocation(path: "h.py"),
        notes: [.hint("do")])
    ], zlibVersion: "1.3")
  #expect(
    collected.text == """
      {
        "schemaVersion": 2,
        "functions": [
          {
            "name": "orders",
            "handler": "orders.app:handler",
            "entryPoint": "orders.app.handler",
            "provider": "aws-lambda",
            "runtime": "python3.12",
            "architecture": "x86_64",
            "origin": {
              "file": "pare.toml",
              "line": 4,
              "column": 1
            },
            "archive": "dist/orders.zip",
            "codeSha256": "c2hh",
            "contentDigest": "00ff",
            "modules": 412,
            "unzipped": 18200000,
            "zipped": 4104000,
            "wholeEnvironment": 76000000,
            "measures": [
              {
                "kind": "limit",
                "measure": "zipped",
                "bytes": 4104000,
                "bound": 52428800,
                "share": 0.078278,
                "source": "page",
                "layers": 0,
                "location": null
              }
            ],
            "distributions": [
              {
                "name": "requests",
                "version": "2.32.3",
                "unzipped": 10,
                "zipped": 5,
                "whole": 20,
                "retained": 10,
                "retainedZipped": 10
              }
            ],
            "blindSpots": [],
            "leftOut": [],
            "reasons": {
              "handler": 1,
              "top-level": 3
            },
            "files": [
              "h.py"
            ],
            "nodes": [
              {"name":"h","kind":"module","unzipped":1,"zipped":1,"retained":8,"retainedZipped":10},
              {"name":"a.b","kind":"module","distribution":0,"unzipped":7,"zipped":9,"retained":7,"retainedZipped":9,"dominator":0,"from":0,"reason":"lazy","at":[0,2,1],"source":"import a.b","note":"why"}
            ],
            "entries": [
              {"path":"a/b.py","unzipped":7,"zipped":9,"distribution":null,"reason":"lazy","node":1}
            ]
          }
        ],
        "diagnostics": [
          {
            "code": "code",
            "severity": "warning",
            "message": "a \\"quoted\\" \\\\ message",
            "location": {
              "file": "h.py"
            },
            "function": null,
            "source": null,
            "notes": [
              {
                "kind": "hint",
                "message": "do",
                "location": null
              }
            ]
          }
        ],
        "zlibVersion": "1.3"
      }

      """)
}

@Test func `a large report comes in pieces`() {
  let collected = Collected()
  let entry = Report.Entry(
    path: RelativePath("some/module/of/average/length.py"), unzipped: 1, zipped: 1,
    distribution: "distribution", reason: .handler, node: nil)
  let function = sample("f", entries: Array(repeating: entry, count: 3000))
  var document = ReportDocument { collected.add($0) }
  for _ in 0..<5 { document.add(function) }
  document.finish([], zlibVersion: "1")
  #expect(collected.text.utf8.count > 1_000_000)
  #expect(collected.largestPiece < 200_000)
}

@Test func `control characters are escaped and letters are not`() {
  let collected = Collected()
  var json = JSONWriter(isCompact: true) { collected.add($0) }
  json.array { json in
    json.value("a\u{0}\u{1F}\u{7F}\n\r\t\"\\/é😀")
    json.value(-5)
    json.null()
    json.object { json in json.field("half", 0.5) }
  }
  json.endLine()
  #expect(
    collected.text
      == "[\"a\\u0000\\u001f\\u007f\\n\\r\\t\\\"\\\\/é😀\",-5,null,{\"half\":0.500000}]\n")
}
