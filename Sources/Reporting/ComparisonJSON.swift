package import Model

/// `pare diff --format json`.
package func writeJSON(_ comparison: Comparison, sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.fields(of: comparison)
    json.diagnostics(comparison.diagnostics)
  }
  json.endLine()
}

extension JSONWriter {
  mutating func fields(of comparison: Comparison) {
    array("functions") { json in
      for function in comparison.functions {
        json.object { json in
          json.field("name", function.name)
          json.bytes("before", function.before)
          json.bytes("after", function.after)
          json.array("causes") { json in
            for effect in function.effects {
              json.object { json in
                json.cause(effect.cause)
                json.bytes("change", effect.change)
              }
            }
          }
          json.array("settings") { json in
            for setting in function.settings {
              json.object { json in
                json.field("name", setting.name)
                json.field("before", setting.before)
                json.field("after", setting.after)
              }
            }
          }
        }
      }
    }
    array("causes") { json in
      for shared in comparison.causes {
        json.object { json in
          json.cause(shared.cause)
          json.bytes("change", shared.change)
          json.array("brings") { json in for name in shared.brings { json.value(name) } }
          json.array("functions") { json in for name in shared.functions { json.value(name) } }
        }
      }
    }
  }

  fileprivate mutating func cause(_ cause: Comparison.Cause) {
    field("kind", cause.kind.rawValue)
    field("subject", cause.subject)
    field("sentence", cause.sentence)
    location("location", cause.location)
    field("source", cause.line)
  }

  fileprivate mutating func bytes(_ key: StaticString, _ bytes: Comparison.Bytes?) {
    guard let bytes else {
      self.key(key)
      return null()
    }
    object(key) { json in
      json.field("unzipped", bytes.unzipped)
      json.field("zipped", bytes.zipped)
    }
  }
}
