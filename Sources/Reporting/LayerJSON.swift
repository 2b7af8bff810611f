import Model
import Text

/// Layers in `report.json` and `manifest.json`; keys that no project without layers has.
extension JSONWriter {
  /// `layers[]` of the report; nothing where there are none.
  mutating func layers(_ layers: [Report.Layer]) {
    guard !layers.isEmpty else { return }
    array("layers") { json in
      for layer in layers { json.value(layer) }
    }
  }

  /// `layers[]` of a function.
  mutating func layers(attached layers: [Report.AttachedLayer]) {
    guard !layers.isEmpty else { return }
    array("layers") { json in
      for layer in layers {
        json.object { json in
          json.field("name", layer.name)
          json.field("unzipped", layer.unzipped)
          json.field("used", layer.used)
        }
      }
    }
  }

  private mutating func value(_ layer: Report.Layer) {
    object { json in
      json.field("name", layer.name)
      json.field("runtime", layer.runtime.description)
      json.field("architecture", layer.architecture.rawValue)
      json.location("origin", layer.origin)
      json.field("archive", layer.archive)
      json.field("codeSha256", layer.codeSHA256)
      json.field("contentDigest", layer.contentDigest)
      json.field("unzipped", layer.unzipped)
      json.field("zipped", layer.zipped)
      json.array("functions") { json in
        for name in layer.functions { json.value(name) }
      }
      json.array("distributions") { json in
        for share in layer.distributions {
          json.object { json in
            json.field("name", share.name)
            json.field("version", share.version)
            json.field("unzipped", share.unzipped)
            json.field("zipped", share.zipped)
          }
        }
      }
      json.array("entries") { json in
        for entry in layer.entries {
          json.inLine { json in
            json.object { json in
              json.field("path", entry.path.string)
              json.field("unzipped", entry.unzipped)
              json.field("zipped", entry.zipped)
              json.field("distribution", entry.distribution)
            }
          }
        }
      }
    }
  }
}

extension ReportReader {
  /// Without the key there are none.
  static func layers(_ fields: Fields) throws(Misfit) -> [Report.Layer] {
    guard fields.optional("layers") != nil else { return [] }
    return try fields.rows("layers") { (fields) throws(Misfit) in
      guard let origin = try fields.place("origin") else {
        throw Misfit(problem: "a layer has no 'origin'", location: fields.location)
      }
      return Report.Layer(
        name: try fields.text("name"), runtime: try fields.choice("runtime", Runtime.init(_:)),
        architecture: try fields.choice("architecture", Architecture.init(rawValue:)),
        origin: origin, archive: try fields.text("archive"),
        unzipped: try fields.number("unzipped"), zipped: try fields.number("zipped"),
        codeSHA256: try fields.optionalText("codeSha256"),
        contentDigest: try fields.text("contentDigest"), wasUnchanged: false,
        functions: try fields.texts("functions"),
        distributions: try fields.rows("distributions") { (fields) throws(Misfit) in
          Report.Layer.Share(
            name: try fields.text("name"), version: try fields.text("version"),
            unzipped: try fields.number("unzipped"), zipped: try fields.number("zipped"))
        },
        entries: try fields.rows("entries") { (fields) throws(Misfit) in
          Report.Layer.Entry(
            path: RelativePath(try fields.text("path")), unzipped: try fields.number("unzipped"),
            zipped: try fields.number("zipped"), distribution: try fields.text("distribution"))
        })
    }
  }

  static func attachedLayers(_ fields: Fields) throws(Misfit) -> [Report.AttachedLayer] {
    guard fields.optional("layers") != nil else { return [] }
    return try fields.rows("layers") { (fields) throws(Misfit) in
      Report.AttachedLayer(
        name: try fields.text("name"), unzipped: try fields.number("unzipped"),
        used: try fields.number("used"))
    }
  }
}

extension Fields {
  fileprivate func texts(_ key: String) throws(Misfit) -> [String] {
    try array(key).map { (datum) throws(Misfit) in
      guard let text = datum.string else {
        throw Misfit(problem: "'\(key)' has \(datum.kindName)", location: datum.location)
      }
      return text
    }
  }
}
