package import Model
import Text

/// `manifest.json`: what a deployment has to know of each archive, by the function's name. It says
/// nothing that `report.json` does not; only what is large is left out.
package struct ManifestDocument: ~Copyable {
  package static let schemaVersion = 1

  private var json: JSONWriter

  package init(sink: @escaping ([UInt8]) -> Void) {
    json = JSONWriter(sink: sink)
    json.beginObject()
    json.field("schemaVersion", Self.schemaVersion)
    json.key("functions")
    json.beginObject()
  }

  /// A function's part of the document; any thread can make it. Nil for one without an archive.
  ///
  /// - Parameter archive: as it is written in the manifest's folder.
  package static func rendered(_ function: Report.Function, archive: String) -> [UInt8]? {
    guard let hash = function.codeSHA256 else { return nil }
    return JSONWriter.fragment(depth: 2) { json in
      json.object { json in
        json.field("archive", archive)
        json.field("sha256", hexadecimal(base64: hash))
        json.field("sha256Base64", hash)
        json.field("bytes", function.zipped)
        json.field("unzipped", function.unzipped)
        json.field("contentDigest", function.contentDigest)
        json.field("provider", function.provider.rawValue)
        json.field("runtime", function.runtime.description)
        json.field("architecture", function.architecture.rawValue)
        json.field("handler", function.entryPoint)
        if !function.handlers.isEmpty {
          json.array("handlers") { json in
            for handler in function.handlers { json.value(handler.entryPoint ?? handler.written) }
          }
        }
        if !function.layers.isEmpty {
          json.array("layers") { json in
            for layer in function.layers { json.value(layer.name) }
          }
        }
      }
    }
  }

  /// In the order of their names.
  package mutating func add(_ name: String, rendered function: [UInt8]) {
    json.key(name)
    json.rendered(function)
  }

  /// - Parameter layers: each with the path of its archive as it is written in the manifest's folder.
  package consuming func finish(layers: [(layer: Report.Layer, archive: String)] = []) {
    json.endObject()
    let written = layers.filter { $0.layer.codeSHA256 != nil }
    if !written.isEmpty {
      json.key("layers")
      json.beginObject()
      for (layer, archive) in written {
        json.key(layer.name)
        json.object { json in
          json.field("archive", archive)
          json.field("sha256", hexadecimal(base64: layer.codeSHA256 ?? ""))
          json.field("sha256Base64", layer.codeSHA256)
          json.field("bytes", layer.zipped)
          json.field("unzipped", layer.unzipped)
          json.field("contentDigest", layer.contentDigest)
          json.field("runtime", layer.runtime.description)
          json.field("architecture", layer.architecture.rawValue)
        }
      }
      json.endObject()
    }
    json.endObject()
    json.endLine()
  }
}

/// A hash as command lines show it: `3q0=` is `dead`.
private func hexadecimal(base64: String) -> String {
  var bits: UInt32 = 0
  var count = 0
  var text = ""
  for byte in base64.utf8 {
    let value: UInt8
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte + 4
    case UInt8(ascii: "+"): value = 62
    case UInt8(ascii: "/"): value = 63
    default: continue
    }
    bits = bits << 6 | UInt32(value)
    count += 6
    while count >= 8 {
      count -= 8
      let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
  return text
}

/// Reads what `ManifestDocument` wrote.
package enum ManifestReader {
  /// What is deployed, by the name of the function or layer.
  ///
  /// Throws where the document is no manifest, or of another schema.
  package static func read(
    _ bytes: [UInt8], path: String
  ) throws(UnusableReport) -> [String: DeployedArchive] {
    let document: Datum
    do throws(MalformedText) {
      document = try JSON.read(bytes, path: path)
    } catch {
      throw UnusableReport(diagnostic: .notAManifest(path, at: error.diagnostic.location))
    }
    guard let version = document.table?["schemaVersion"],
      case .integer(let number) = version.content,
      number == ManifestDocument.schemaVersion, let functions = document.table?["functions"]?.table
    else { throw UnusableReport(diagnostic: .notAManifest(path)) }
    var result: [String: DeployedArchive] = [:]
    for entry in functions.entries + (document.table?["layers"]?.table?.entries ?? []) {
      guard let digest = entry.value.table?["contentDigest"]?.string,
        let hash = entry.value.table?["sha256Base64"]?.string
      else { throw UnusableReport(diagnostic: .notAManifest(path, at: entry.keyLocation)) }
      result[entry.key] = DeployedArchive(contentDigest: digest, codeSHA256: hash)
    }
    return result
  }
}
