import Files
import Model
import Text

/// Turns the tables of a configuration into values, and collects every mistake on the way.
struct ConfigurationReader {
  let folder: String
  let languages: [String]
  var diagnostics: [Diagnostic] = []

  init(folder: String, languages: [String]) {
    self.folder = folder
    self.languages = languages
  }

  mutating func read(
    _ candidate: Configuration.Candidate
  ) throws(Failure) -> Configuration {
    let name = candidate.file == "pare.toml" ? "the configuration" : "[tool.pare]"
    var functions: [Configuration.FunctionTable] = []
    var layers: [Configuration.LayerTable] = []
    var patterns: [Configuration.Located<String>]?
    var accepted: [Acceptance] = []
    var defaults = Configuration.Layer()
    var recorded: Recorded?
    for entry in candidate.table.entries {
      switch entry.key {
      case "functions":
        for function in table(entry)?.entries ?? [] {
          if let read = self.function(function) { functions.append(read) }
        }
      case "layers": layers = (table(entry)?.entries ?? []).compactMap { layer($0) }
      case "discover": patterns = strings(entry) ?? []
      case "recorded": recorded = try self.recorded(entry)
      case "accept": accepted = acceptances(entry)
      default:
        readKey(entry, into: &defaults, table: name, known: Self.layerKeys + Self.projectKeys)
      }
    }
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.usage, diagnostics) }
    return Configuration(
      project: folder, file: candidate.file, origin: candidate.origin, defaults: defaults,
      functions: functions, layers: layers, patterns: patterns, acceptances: accepted,
      pyproject: candidate.pyproject, recorded: recorded,
      diagnostics: candidate.diagnostics + diagnostics)
  }

  /// What a project has that says nothing to pare.
  static func read(pyproject: DatumTable?, folder: String) -> Configuration {
    Configuration(
      project: folder, file: nil, origin: SourceLocation(path: "pare.toml"),
      defaults: Configuration.Layer(), functions: [], layers: [], patterns: nil, acceptances: [],
      pyproject: pyproject, recorded: nil,
      diagnostics: [])
  }

  /// Keys that a project and a function share.
  static let layerKeys = [
    "provider", "runtime", "architecture", "source-roots", "environment", "requirements", "needs",
    "optional", "import", "output",
    "warn-at", "provided", "prune", "strip", "include", "exclude", "layers-unzipped", "budget",
    "limits", "distributions", "env",
  ]
  static let projectKeys = ["functions", "layers", "discover", "recorded", "accept"]
  static let functionKeys = ["handler", "handlers", "layers"]
  static let distributionKeys = [
    "import", "data", "drop", "services", "prune", "extras", "optional",
  ]

  mutating func function(_ entry: DatumTable.Entry) -> Configuration.FunctionTable? {
    guard let table = table(entry) else { return nil }
    guard Self.canNameFile(entry.key) else {
      diagnostics.append(.badFunctionName(entry.key, at: entry.keyLocation))
      return nil
    }
    var layer = Configuration.Layer()
    var handlers: [Configuration.Located<String>] = []
    let name = "function '\(entry.key)'"
    for key in table.entries {
      if key.key == "layers" {
        layer.layers = strings(key)
      } else if Self.functionKeys.contains(key.key) {
        if !handlers.isEmpty {
          diagnostics.append(.handlerAndHandlers(entry.key, at: key.keyLocation))
        }
        handlers = key.key == "handler" ? text(key).map { [$0] } ?? [] : self.handlers(key)
      } else if Self.projectKeys.contains(key.key) {
        diagnostics.append(.misplacedKey(key.key, in: "the project", at: key.keyLocation))
      } else {
        readKey(key, into: &layer, table: name, known: Self.functionKeys + Self.layerKeys)
      }
    }
    return .init(
      name: entry.key, origin: entry.value.location, handler: handlers.first,
      furtherHandlers: Array(handlers.dropFirst()), layer: layer)
  }

  /// `handlers = ["orders/app.py:handler", "refunds/app.py:handler"]`
  private mutating func handlers(_ entry: DatumTable.Entry) -> [Configuration.Located<String>] {
    guard let found = strings(entry) else { return [] }
    if found.isEmpty, entry.value.array?.isEmpty == true {
      diagnostics.append(.emptyValue(entry.key, at: entry.value.location))
    }
    return found
  }

  /// Also for names that `discover` takes from folders.
  static func canNameFile(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 200
      && name.utf8.allSatisfy { byte in
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
      }
  }

  /// What stands in the file that `recorded` names. Throws `.usage` where that is no record, `.system`
  /// where it cannot be read.
  private mutating func recorded(_ entry: DatumTable.Entry) throws(Failure) -> Recorded? {
    guard let path = text(entry) else { return nil }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read(FileSystem.absolute(path.value, in: folder))
    } catch {
      guard error.isMissing else { throw Failure(error) }
      diagnostics.append(.noRecord(path.value, at: path.location))
      return nil
    }
    return try Recorded(bytes, path: path.value, languages: languages)
  }

  private mutating func readKey(
    _ entry: DatumTable.Entry, into layer: inout Configuration.Layer, table: String,
    known: [String]
  ) {
    switch entry.key {
    case "provider":
      layer.provider = choice(entry, Provider.Name.allCases.map { ($0.rawValue, $0) })
    case "runtime": layer.runtime = runtime(entry)
    case "architecture": layer.architecture = architecture(entry)
    case "source-roots": layer.sourceRoots = strings(entry)
    case "environment": layer.environment = strings(entry)
    case "requirements": layer.requirements = strings(entry)
    case "needs": layer.needs = needs(entry)
    case "optional": layer.optional = rawChoice(entry)
    case "import": layer.imports = strings(entry)
    case "env": layer.variables = variables(entry)
    case "output": layer.output = text(entry)
    case "warn-at": layer.warnAt = share(entry)
    case "provided": layer.provided = rawChoice(entry)
    case "prune": layer.prune = rawChoice(entry)
    case "strip": layer.strip = rawChoice(entry)
    case "include": layer.include = strings(entry)
    case "exclude": layer.exclude = strings(entry)
    case "layers-unzipped": layer.layersUnzipped = size(entry)
    case "budget": layer.budget = bounds(entry)
    case "limits": layer.limits = bounds(entry)
    case "distributions":
      for rule in self.table(entry)?.entries ?? [] {
        guard let read = distribution(rule) else { continue }
        layer.distributions[normalisedName(rule.key)] = read
      }
    default: unknown(entry, in: table, known: known)
    }
  }

  private mutating func distribution(
    _ entry: DatumTable.Entry
  ) -> Settings.DistributionRule? {
    guard let table = table(entry) else { return nil }
    var rule = Settings.DistributionRule(origin: entry.value.location)
    for key in table.entries {
      switch key.key {
      case "import": rule.imports = strings(key)?.map(\.value) ?? []
      case "data": rule.data = strings(key)?.map(\.value) ?? []
      case "drop": rule.drop = strings(key)?.map(\.value) ?? []
      case "services": rule.services = strings(key)?.map(\.value)
      case "prune": rule.prune = rawChoice(key)
      case "extras": rule.extras = strings(key)?.map { normalisedName($0.value) } ?? []
      case "optional": rule.optional = rawChoice(key)
      default:
        unknown(
          key, in: "distribution '\(entry.key)'",
          known: Self.distributionKeys)
      }
    }
    return rule
  }

  mutating func unknown(_ entry: DatumTable.Entry, in table: String, known: [String]) {
    diagnostics.append(
      .unknownKey(
        entry.key, in: table, nearest: nearestMatch(to: entry.key, among: known), known: known,
        at: entry.keyLocation))
  }
}

extension Configuration {
  fileprivate init(
    project: String, file: String?, origin: SourceLocation, defaults: Layer,
    functions: [FunctionTable], layers: [LayerTable], patterns: [Located<String>]?,
    acceptances: [Acceptance],
    pyproject: DatumTable?, recorded: Recorded?, diagnostics: [Diagnostic]
  ) {
    let workspace = pyproject?["tool"]?.table?["uv"]?.table?["workspace"]?.table
    let dependencies = pyproject?["project"]?.table?["dependencies"]
    self.init(
      project: project, file: file, origin: origin, defaults: defaults, functions: functions,
      layers: layers, patterns: patterns, acceptances: acceptances,
      workspaceMembers: workspace?["members"]?.array?.compactMap(\.string) ?? [],
      workspaceExcludes: workspace?["exclude"]?.array?.compactMap(\.string) ?? [],
      localNames: StatedRequirements.localNames(in: pyproject),
      dependencies: dependencies?.array?.isEmpty == false ? dependencies?.location : nil,
      recorded: recorded, diagnostics: diagnostics)
  }

  /// Every key that is understood, which the documentation is held to.
  package enum Keys {
    package static let shared = ConfigurationReader.layerKeys
    package static let project = ConfigurationReader.projectKeys
    package static let function = ConfigurationReader.functionKeys
    package static let distribution = ConfigurationReader.distributionKeys
    package static let layer = ConfigurationReader.layerTableKeys
  }
}

/// A distribution's name as PEP 503 compares it: lower case, runs of `-`, `_`, `.` become one `-`.
func normalisedName(_ name: some StringProtocol) -> String {
  var bytes: [UInt8] = []
  for byte in name.utf8 {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      if bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
