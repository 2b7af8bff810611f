package import Model
import Text

/// Settings that `pare verify --record` has written and somebody has read: what handlers use and no scan
/// can see. They stand in a file of their own, which `recorded` of the configuration names, and add to what
/// the configuration says; they replace nothing.
///
/// The model is what GraalVM's tracing agent writes
/// (https://www.graalvm.org/latest/reference-manual/native-image/metadata/AutomaticMetadataCollection/).
package struct Recorded: Sendable {
  /// As the configuration names it, relative to its folder.
  package let path: String
  /// In the order in which they were written.
  package let functions: [Configuration.FunctionTable]

  /// Keys that a recorded function may have.
  static let keys = ["needs", "import", "include", "distributions"]

  /// Throws `.usage` for a file that is no such record, with every mistake in it.
  package init(_ bytes: [UInt8], path: String, languages: [String]) throws(Failure) {
    let document: Datum
    do throws(MalformedText) {
      document = try TOML.read(bytes, path: path)
    } catch {
      throw Failure(.usage, [error.diagnostic])
    }
    var reader = ConfigurationReader(folder: "", languages: languages)
    var functions: [Configuration.FunctionTable] = []
    for entry in document.table?.entries ?? [] {
      guard entry.key == "functions" else {
        reader.unknown(entry, in: "a record", known: ["functions"])
        continue
      }
      for table in reader.table(entry)?.entries ?? [] {
        for key in table.value.table?.entries ?? [] where !Self.keys.contains(key.key) {
          reader.unknown(key, in: "recorded function '\(table.key)'", known: Self.keys)
        }
        if let function = reader.function(table) { functions.append(function) }
      }
    }
    guard reader.diagnostics.isEmpty else { throw Failure(.usage, reader.diagnostics) }
    self.path = path
    self.functions = functions
  }

  package subscript(_ name: String) -> Configuration.FunctionTable? {
    functions.first { $0.name == name }
  }
}

extension Configuration {
  /// A function with what is recorded of it.
  func withRecord(_ function: DeclaredFunction) -> DeclaredFunction {
    guard let table = recorded?[function.name] else { return function }
    return DeclaredFunction(
      name: function.name, handler: function.handler, origin: function.origin,
      layer: function.layer.adding(table.layer), own: function.own, described: function.described,
      deployed: function.deployed, furtherHandlers: function.furtherHandlers)
  }

  /// Records of functions that are not there.
  func staleRecords(among functions: [DeclaredFunction]) -> [Diagnostic] {
    let names = Set(functions.map(\.name))
    return (recorded?.functions ?? []).filter { !names.contains($0.name) }.map {
      .staleRecord("there is no function '\($0.name)'", at: $0.origin)
    }
  }
}

extension Configuration.Layer {
  /// With what another one adds to lists, those of distributions among them.
  fileprivate func adding(_ other: Configuration.Layer) -> Configuration.Layer {
    var result = self
    result.needs = Self.joined(needs, other.needs)
    result.imports = Self.joined(imports, other.imports)
    result.include = Self.joined(include, other.include)
    for (name, added) in other.distributions {
      guard var rule = distributions[name] else {
        result.distributions[name] = added
        continue
      }
      rule.imports = (rule.imports + added.imports).uniqued()
      rule.data = (rule.data + added.data).uniqued()
      result.distributions[name] = rule
    }
    return result
  }

  private static func joined(
    _ own: [Configuration.Located<String>]?, _ added: [Configuration.Located<String>]?
  ) -> [Configuration.Located<String>]? {
    let known = Set((own ?? []).map(\.value))
    let new = (added ?? []).filter { !known.contains($0.value) }
    return new.isEmpty ? own : (own ?? []) + new
  }
}

extension Workspace {
  /// What is said of lines of the record is that they are stale, whoever says it.
  func judgingRecord(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard let recordedFile else { return diagnostics }
    return diagnostics.map { diagnostic in
      guard let location = diagnostic.location, location.path == recordedFile,
        diagnostic.severity == .warning, diagnostic.code != "stale-record"
      else { return diagnostic }
      return .staleRecord(diagnostic.message, at: location, function: diagnostic.function)
    }
  }
}
