package import Model
import Text

extension Configuration {
  /// `[layers.NAME]`
  package struct LayerTable: Sendable {
    package let name: String
    package let origin: SourceLocation
    /// As they were written.
    package var distributions: [Located<String>] = []
    /// Functions whose common distributions are in it.
    package var functions: [Located<String>] = []
    package var isWhole = false
    package var runtime: Located<Runtime>?
    package var architecture: Located<Architecture>?
  }
}

extension ConfigurationReader {
  static let layerTableKeys = ["distributions", "functions", "prune", "runtime", "architecture"]

  mutating func layer(_ entry: DatumTable.Entry) -> Configuration.LayerTable? {
    guard let table = table(entry) else { return nil }
    guard Self.canNameFile(entry.key) else {
      diagnostics.append(.badLayerName(entry.key, at: entry.keyLocation))
      return nil
    }
    var layer = Configuration.LayerTable(name: entry.key, origin: entry.value.location)
    let before = diagnostics.count
    for key in table.entries {
      switch key.key {
      case "distributions": layer.distributions = needs(key) ?? []
      case "functions": layer.functions = strings(key) ?? []
      case "prune":
        let modes: [(String, Bool)] = [
          (Prune.modules.rawValue, false), (Prune.distributions.rawValue, true),
        ]
        layer.isWhole = choice(key, modes)?.value ?? false
      case "runtime": layer.runtime = runtime(key)
      case "architecture": layer.architecture = architecture(key)
      default: unknown(key, in: "layer '\(entry.key)'", known: Self.layerTableKeys)
      }
    }
    if layer.distributions.isEmpty, layer.functions.isEmpty, diagnostics.count == before {
      diagnostics.append(.emptyLayer(entry.key, at: layer.origin))
    }
    return layer
  }
}
