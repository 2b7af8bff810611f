package import Model

/// `--format sarif`: the Static Analysis Results Interchange Format 2.1.0 (OASIS, 2020), as code
/// scanning takes it. Columns are of bytes in pare and of characters there, so that only lines are
/// given.
///
/// - Parameter prefix: as for `annotations(_:prefix:)`.
package func writeSARIF(
  _ diagnostics: [Diagnostic], toolVersion: String, prefix: String = "",
  sink: @escaping ([UInt8]) -> Void
) {
  let sorted = diagnostics.sorted()
  let rules = Set(sorted.map(\.code)).sorted()
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.field("version", "2.1.0")
    json.array("runs") { json in
      json.object { json in
        json.object("tool") { json in
          json.object("driver") { json in
            json.field("name", "pare")
            json.field("version", toolVersion)
            json.array("rules") { json in
              for rule in rules { json.object { $0.field("id", rule) } }
            }
          }
        }
        json.array("results") { json in
          for diagnostic in sorted { json.result(diagnostic, rules, prefix) }
        }
      }
    }
  }
  json.endLine()
}

extension JSONWriter {
  fileprivate mutating func result(
    _ diagnostic: Diagnostic, _ rules: [String], _ prefix: String
  ) {
    object { json in
      json.field("ruleId", diagnostic.code)
      if let index = rules.firstIndex(of: diagnostic.code) { json.field("ruleIndex", index) }
      json.field("level", diagnostic.severity.rawValue)
      json.object("message") { $0.field("text", diagnostic.message) }
      if let location = diagnostic.location {
        json.array("locations") { $0.sarifLocation(location, prefix, message: nil) }
      }
      let related = diagnostic.notes.filter { $0.location != nil }
      if !related.isEmpty {
        json.array("relatedLocations") { json in
          for note in related {
            guard let location = note.location else { continue }
            json.sarifLocation(location, prefix, message: note.message)
          }
        }
      }
      // What stays the same when lines move: the finding is then known as the one before.
      json.object("partialFingerprints") { json in
        let path = diagnostic.location?.path ?? ""
        json.field(
          "pare/v1", "\(diagnostic.code):\(diagnostic.function ?? ""):\(path)")
      }
    }
  }

  private mutating func sarifLocation(
    _ location: SourceLocation, _ prefix: String, message: String?
  ) {
    object { json in
      json.object("physicalLocation") { json in
        json.object("artifactLocation") { json in
          json.field("uri", uri(inRepository(location.path, prefix)))
        }
        if location.line > 0 {
          json.object("region") { $0.field("startLine", location.line) }
        }
      }
      if let message {
        json.object("message") { $0.field("text", message) }
      }
    }
  }
}

/// A path as a URI reference (RFC 3986): relative, or of the scheme `file`.
private func uri(_ path: String) -> String {
  var text = path.hasPrefix("/") ? "file://" : ""
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      text.append(Character(Unicode.Scalar(byte)))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      text += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }
  return text
}
