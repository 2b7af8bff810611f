package import Model

/// `pare package --attest`: an in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1)
/// whose predicate is SLSA provenance (https://slsa.dev/spec/v1.0/provenance): which archives came out,
/// and of what they are made, by digest. Nothing in it depends on the time or the machine.
package func writeProvenance(
  of report: Report, declaredIn declarations: [String], isStrict: Bool, toolVersion: String,
  sink: @escaping ([UInt8]) -> Void
) {
  var json = JSONWriter(sink: sink)
  let written = report.functions.filter { $0.codeSHA256 != nil }
  let subjects =
    written.map { ($0.archive, $0.codeSHA256, $0.contentDigest) }
    + report.layers.filter { $0.codeSHA256 != nil }.map {
      ($0.archive, $0.codeSHA256, $0.contentDigest)
    }
  json.object { json in
    json.field("_type", "https://in-toto.io/Statement/v1")
    json.array("subject") { json in
      for (archive, hash, contentDigest) in subjects {
        json.object { json in
          json.field("name", String(RelativePath(archive).name))
          json.object("digest") {
            $0.field("sha256", hexadecimal(base64: hash ?? ""))
          }
          json.object("annotations") { $0.field("contentDigest", contentDigest) }
        }
      }
    }
    json.field("predicateType", "https://slsa.dev/provenance/v1")
    json.object("predicate") { json in
      json.object("buildDefinition") { json in
        json.field("buildType", "urn:pare:package:1")
        json.object("externalParameters") { json in
          json.array("declaredIn") { json in for path in declarations { json.value(path) } }
          json.field("strict", isStrict)
          json.array("functions") { json in
            for function in written {
              json.object { json in
                json.field("name", function.name)
                json.field("handler", function.handler)
                json.field("provider", function.provider.rawValue)
                json.field("runtime", "\(function.runtime)")
                json.field("architecture", function.architecture.rawValue)
              }
            }
          }
        }
        json.object("internalParameters") { $0.field("zlib", report.zlibVersion) }
        json.array("resolvedDependencies") { json in
          for material in report.materials {
            json.object { json in
              json.field("name", material.name)
              if let url = material.packageURL { json.field("uri", url) }
              json.object("digest") { json in
                if material.isFolder {
                  json.field("dirHash1", material.sha256)
                } else {
                  json.field("sha256", material.sha256)
                }
              }
            }
          }
        }
      }
      json.object("runDetails") { json in
        json.object("builder") { json in
          json.field("id", "urn:pare")
          json.object("version") { $0.field("pare", toolVersion) }
        }
      }
    }
  }
  json.endLine()
}

/// Of 32 bytes in Base64, as `codeSha256` has them.
private func hexadecimal(base64 text: String) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  let digits = Array("0123456789abcdef".utf8)
  var hex: [UInt8] = []
  var bits = 0
  var value = 0
  for byte in text.utf8 {
    guard let six = alphabet.firstIndex(of: byte) else { continue }
    value = value << 6 | six
    bits += 6
    while bits >= 4 {
      bits -= 4
      hex.append(digits[value >> bits & 15])
    }
  }
  return String(decoding: hex.prefix(64), as: UTF8.self)
}
