package import Model
import Text

/// `pare profile --format json`. Times are microseconds, sizes bytes.
package func writeJSON(_ profile: Profile, sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("profileVersion", Profile.schemaVersion)
    json.field("function", profile.function)
    json.field("handler", profile.handler)
    json.field("archive", profile.archive)
    json.field("codeSha256", profile.codeSHA256)
    json.field("python", profile.version)
    json.field("runs", profile.runs)
    json.field("start", profile.start)
    if let call = profile.call { json.field("call", call) } else { json.null("call") }
    json.array("imports") { json in
      for item in profile.imports { json.inLine { $0.value(item) } }
    }
    json.array("deferrals") { json in
      for deferral in profile.deferrals { json.object { $0.fields(of: deferral) } }
    }
    json.diagnostics([])
  }
  json.endLine()
}

extension JSONWriter {
  mutating func null(_ key: StaticString) {
    self.key(key)
    null()
  }

  mutating func field(_ key: StaticString, _ value: Int?) {
    if let value { field(key, value) } else { null(key) }
  }

  fileprivate mutating func field(_ key: StaticString, _ spread: Profile.Spread) {
    self.key(key)
    inLine { json in
      json.object { json in
        json.field("median", spread.median)
        json.field("least", spread.least)
        json.field("most", spread.most)
      }
    }
  }

  fileprivate mutating func value(_ item: Profile.Import) {
    object { json in
      json.field("name", item.name)
      json.field("parent", item.parent)
      json.field("phase", item.phase.rawValue)
      json.field("own", item.own)
      json.field("inclusive", item.inclusive)
      json.field("compiling", item.compiling)
      json.field("found", item.isFound)
      json.field("distribution", item.distribution)
      json.field("shipped", item.isShipped)
      json.location("location", item.location)
      json.field("zipped", item.zipped)
      json.field("retainedZipped", item.retained)
      if let isUsed = item.isUsed { json.field("used", isUsed) } else { json.null("used") }
    }
  }

  mutating func fields(of deferral: Profile.Deferral) {
    field("module", deferral.module)
    field("saved", deferral.saved)
    field("noise", deferral.noise)
    field("with", deferral.with)
    field("without", deferral.without)
    field("retainedZipped", deferral.retained)
    array("statements") { json in
      for statement in deferral.statements {
        json.object { json in
          json.location("location", statement.location)
          json.field("text", statement.text)
        }
      }
    }
  }
}

/// Reads what `pare profile --format json` wrote.
package enum ProfileReader {
  /// Throws where the document is no profile, is of another schema, was cut or damaged.
  package static func read(_ bytes: [UInt8], path: String) throws(UnusableReport) -> Profile {
    let top: Datum
    do throws(MalformedText) {
      top = try JSON.read(bytes, path: path)
    } catch {
      guard String(decoding: bytes.prefix(60), as: UTF8.self).contains("\"profileVersion\"") else {
        throw UnusableReport(diagnostic: .notAProfile(path))
      }
      throw UnusableReport(
        diagnostic: .damagedProfile(
          path, error.diagnostic.message, at: error.diagnostic.location ?? .init(path: path)))
    }
    guard let version = top.table?["profileVersion"], case .integer(let number) = version.content
    else { throw UnusableReport(diagnostic: .notAProfile(path)) }
    guard number == Profile.schemaVersion else {
      throw UnusableReport(diagnostic: .otherProfile(path, found: number, at: version.location))
    }
    do throws(Misfit) {
      return try profile(Fields(top))
    } catch {
      throw UnusableReport(diagnostic: .damagedProfile(path, error.problem, at: error.location))
    }
  }

  private static func profile(_ fields: Fields) throws(Misfit) -> Profile {
    var imports: [Profile.Import] = []
    for datum in try fields.array("imports") {
      let row = try Fields(datum)
      imports.append(try item(row, position: imports.count))
    }
    return Profile(
      function: try fields.text("function"), handler: try fields.text("handler"),
      archive: try fields.text("archive"), codeSHA256: try fields.text("codeSha256"),
      version: try fields.text("python"), runs: try fields.number("runs"),
      start: try spread(fields, "start"),
      call: fields.optional("call") == nil ? nil : try spread(fields, "call"), imports: imports,
      deferrals: try fields.rows("deferrals", deferral))
  }

  private static func spread(_ fields: Fields, _ key: String) throws(Misfit) -> Profile.Spread {
    let spread = try fields.object(key)
    return Profile.Spread(
      median: try spread.number("median"), least: try spread.number("least"),
      most: try spread.number("most"))
  }

  private static func item(_ fields: Fields, position: Int) throws(Misfit) -> Profile.Import {
    Profile.Import(
      name: try fields.text("name"), parent: try fields.position("parent", below: position),
      phase: try fields.choice("phase", Profile.Phase.init(rawValue:)),
      own: try fields.number("own"), inclusive: try fields.number("inclusive"),
      compiling: try fields.number("compiling"), isFound: try fields.flag("found"),
      distribution: try fields.optionalText("distribution"),
      isShipped: try fields.flag("shipped"), location: try fields.place("location"),
      zipped: try fields.optionalNumber("zipped"),
      retained: try fields.optionalNumber("retainedZipped"),
      isUsed: fields.optional("used") == nil ? nil : try fields.flag("used"))
  }

  private static func deferral(_ fields: Fields) throws(Misfit) -> Profile.Deferral {
    Profile.Deferral(
      module: try fields.text("module"),
      statements: try fields.rows("statements") { (fields) throws(Misfit) in
        guard let location = try fields.place("location") else {
          throw Misfit(problem: "a statement has no place", location: fields.location)
        }
        return Profile.Deferral.Statement(location: location, text: try fields.text("text"))
      }, with: try spread(fields, "with"), without: try spread(fields, "without"),
      saved: try fields.number("saved"), noise: try fields.number("noise"),
      retained: try fields.optionalNumber("retainedZipped"))
  }
}
