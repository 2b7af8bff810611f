import Model
import Text

/// A file of rules that cannot be used, and where.
struct BrokenRule: Error {
  let diagnostic: Diagnostic
}

extension Rules {
  /// The rules that come with pare.
  static let included: Rules = {
    var rules = Rules()
    let files: [(String, [UInt8])] = [
      ("data.toml", PackageResources.data_toml),
      ("hidden-imports.toml", PackageResources.hidden_imports_toml),
      ("keep-whole.toml", PackageResources.keep_whole_toml),
      ("never-needed.toml", PackageResources.never_needed_toml),
    ]
    for (name, bytes) in files {
      do throws(BrokenRule) {
        try rules.read(bytes, path: name)
      } catch {
        preconditionFailure("\(name): \(error.diagnostic.message)")
      }
    }
    return rules
  }()

  /// Adds a file's rules. Each must say why it exists and where that can be seen.
  ///
  /// Throws where the file is no TOML, or a rule lacks a key or has one that is not known.
  mutating func read(_ bytes: [UInt8], path: String) throws(BrokenRule) {
    let document: Datum
    do {
      document = try TOML.read(bytes, path: path)
    } catch {
      throw BrokenRule(diagnostic: error.diagnostic)
    }
    for entry in document.table?.entries ?? [] {
      for row in entry.value.array ?? [] {
        let fields = try Fields(row, of: entry.key)
        switch entry.key {
        case "hidden-import":
          hidden.append(
            HiddenImport(
              module: try fields.string("module"), imports: try fields.strings("imports"),
              why: fields.why))
        case "choice":
          choices.append(
            DataChoice(
              distributions: try fields.strings("distributions"),
              folders: try fields.strings("folders"), files: try fields.strings("files"),
              always: try fields.strings("always"), deaf: try fields.strings("deaf"),
              calls: try fields.strings("calls"),
              argument: try fields.string("argument"), why: fields.why))
        case "extra":
          extra.append(
            ExtraData(
              distribution: try fields.string("distribution"), globs: try fields.strings("globs"),
              why: fields.why))
        case "keep-whole":
          whole.append(
            KeepWhole(distribution: try fields.string("distribution"), why: fields.why))
        case "never-needed":
          never.append(NeverNeeded(module: try fields.string("module"), why: fields.why))
        default:
          throw BrokenRule(
            diagnostic: Diagnostics.badRule(
              "'\(entry.key)' is no kind of rule", at: entry.keyLocation))
        }
      }
    }
  }

  /// One rule's table.
  private struct Fields {
    let table: DatumTable
    let location: SourceLocation
    let why: String

    init(_ datum: Datum, of kind: String) throws(BrokenRule) {
      guard let table = datum.table else {
        throw BrokenRule(
          diagnostic: Diagnostics.badRule("'\(kind)' is not a table", at: datum.location))
      }
      self.table = table
      location = datum.location
      why = table["why"]?.string ?? ""
      if why.isEmpty { throw missing("why", "a sentence") }
      _ = try string("source")
    }

    func string(_ key: String) throws(BrokenRule) -> String {
      guard let value = table[key]?.string else { throw missing(key, "a string") }
      return value
    }

    func strings(_ key: String) throws(BrokenRule) -> [String] {
      guard let values = table[key]?.array else { throw missing(key, "an array of strings") }
      return values.compactMap(\.string)
    }

    private func missing(_ key: String, _ kind: String) -> BrokenRule {
      BrokenRule(
        diagnostic: Diagnostics.badRule("a rule needs '\(key)', \(kind)", at: location))
    }
  }
}
