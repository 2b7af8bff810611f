package import Model
import Text

/// Reads what `ReportDocument` wrote, or anybody who keeps to its schema: whatever comes out was read
/// as JSON and has every key that it should.
package enum ReportReader {
  /// Hands over the functions one after the other, so that not all of them have to be in memory; the
  /// report that is returned has none.
  ///
  /// Throws where the document is no report, is of another schema, was cut or damaged: by then some
  /// functions may have been handed over.
  package static func read(
    _ bytes: [UInt8], path: String, row: (Report.Function) -> Void
  ) throws(UnusableReport) -> Report {
    var misfit: Misfit?
    let top: Datum
    do throws(MalformedText) {
      top = try JSON.read(bytes, path: path, elementsOf: "functions") { datum in
        guard misfit == nil else { return }
        do throws(Misfit) { row(try function(Fields(datum))) } catch { misfit = error }
      }
    } catch {
      guard looksLikeReport(bytes) else { throw UnusableReport(diagnostic: .notAReport(path)) }
      throw UnusableReport(
        diagnostic: .damagedReport(
          path, error.diagnostic.message, at: error.diagnostic.location ?? .init(path: path)))
    }
    guard let version = top.table?["schemaVersion"], case .integer(let number) = version.content,
      top.table?["functions"]?.array != nil, top.table?["diagnostics"]?.array != nil
    else { throw UnusableReport(diagnostic: .notAReport(path)) }
    guard number == Report.schemaVersion else {
      throw UnusableReport(
        diagnostic: .otherSchema(path, found: number, at: version.location))
    }
    do throws(Misfit) {
      if let misfit { throw misfit }
      return try withoutFunctions(Fields(top))
    } catch {
      throw UnusableReport(
        diagnostic: .damagedReport(path, error.problem, at: error.location))
    }
  }

  /// As `read(_:path:row:)`, with all functions.
  package static func read(_ bytes: [UInt8], path: String) throws(UnusableReport) -> Report {
    var functions: [Report.Function] = []
    let rest = try read(bytes, path: path) { functions.append($0) }
    return Report(
      functions: functions, layers: rest.layers, diagnostics: rest.diagnostics,
      zlibVersion: rest.zlibVersion)
  }

  static func withoutFunctions(_ fields: Fields) throws(Misfit) -> Report {
    Report(
      functions: [], layers: try layers(fields),
      diagnostics: try fields.rows("diagnostics", diagnostic),
      zlibVersion: try fields.text("zlibVersion"))
  }

  /// Whether what cannot be read begins as a report does.
  private static func looksLikeReport(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(60), as: UTF8.self).contains("\"schemaVersion\"")
  }

  private static func function(_ fields: Fields) throws(Misfit) -> Report.Function {
    let distributions = try fields.array("distributions").count
    let files = try fields.array("files").map { (datum) throws(Misfit) in
      guard let path = datum.string else {
        throw Misfit(problem: "a path is \(datum.kindName)", location: datum.location)
      }
      return path
    }
    let count = try fields.array("nodes").count
    return try function(
      fields,
      nodes: try fields.rows("nodes") { (fields) throws(Misfit) in
        try node(fields, files, distributions: distributions, nodes: count)
      },
      entries: try fields.rows("entries") { (fields) throws(Misfit) in
        try entry(fields, nodes: count)
      })
  }

  /// A function whose rows were read.
  static func function(
    _ fields: Fields, nodes: [Report.Node], entries: [Report.Entry]
  ) throws(Misfit) -> Report.Function {
    guard let origin = try fields.place("origin") else {
      throw Misfit(problem: "a function has no 'origin'", location: fields.location)
    }
    return Report.Function(
      name: try fields.text("name"), handler: try fields.text("handler"),
      entryPoint: try fields.optionalText("entryPoint"),
      provider: try fields.choice("provider", Provider.Name.init(rawValue:)),
      runtime: try fields.choice("runtime", Runtime.init(_:)),
      architecture: try fields.choice("architecture", Architecture.init(rawValue:)),
      origin: origin, archive: try fields.text("archive"),
      moduleCount: try fields.number("modules"), unzipped: try fields.number("unzipped"),
      zipped: try fields.number("zipped"), full: try fields.number("wholeEnvironment"),
      codeSHA256: try fields.optionalText("codeSha256"),
      contentDigest: try fields.text("contentDigest"), wasUnchanged: false,
      layers: try attachedLayers(fields),
      distributions: try fields.rows("distributions", distribution),
      measures: try fields.rows("measures", measure),
      blindSpots: try fields.rows("blindSpots", blindSpot),
      leftOut: try fields.rows("leftOut", leftOut),
      reasonCounts: try fields.counts("reasons"),
      nodes: nodes, entries: entries)
  }

  private static func distribution(
    _ fields: Fields
  ) throws(Misfit) -> Report.DistributionShare {
    Report.DistributionShare(
      name: try fields.text("name"), version: try fields.text("version"),
      unzipped: try fields.number("unzipped"), zipped: try fields.number("zipped"),
      full: try fields.number("whole"), retained: try fields.number("retained"),
      retainedZipped: try fields.number("retainedZipped"))
  }

  private static func measure(_ fields: Fields) throws(Misfit) -> Report.Measure {
    Report.Measure(
      kind: try fields.choice("kind", Report.Measure.Kind.init(rawValue:)),
      measure: try fields.choice("measure", Provider.Limit.Measure.init(rawValue:)),
      bytes: try fields.number("bytes"), layers: try fields.number("layers"),
      bound: try fields.number("bound"), source: try fields.text("source"),
      origin: try fields.place("location"))
  }

  private static func blindSpot(_ fields: Fields) throws(Misfit) -> Report.BlindSpot {
    guard let location = try fields.place("location") else {
      throw Misfit(problem: "a blind spot has no place", location: fields.location)
    }
    return Report.BlindSpot(
      location: location, expression: try fields.text("expression"),
      bound: try fields.text("bound"), bytes: try fields.number("bytes"),
      sharedWith: try fields.number("sharedWith"))
  }

  private static func leftOut(_ fields: Fields) throws(Misfit) -> Report.LeftOut {
    let imports = try fields.rows("imports") { (fields) throws(Misfit) in
      Report.LeftOut.Import(
        from: try fields.text("from"), name: try fields.text("name"),
        kind: try fields.choice("kind", EdgeKind.init(name:)),
        location: try fields.place("location"))
    }
    guard !imports.isEmpty else {
      throw Misfit(problem: "nothing imports what is left out", location: fields.location)
    }
    return Report.LeftOut(
      name: try fields.text("name"), version: try fields.text("version"), imports: imports)
  }

  private static func node(
    _ fields: Fields, _ files: [String], distributions: Int, nodes: Int
  ) throws(Misfit) -> Report.Node {
    Report.Node(
      name: try fields.text("name"), kind: try fields.choice("kind", Node.Kind.init(name:)),
      distribution: try fields.position("distribution", below: distributions),
      unzipped: try fields.number("unzipped"), zipped: try fields.number("zipped"),
      retained: try fields.number("retained"),
      retainedZipped: try fields.number("retainedZipped"),
      dominator: try fields.position("dominator", below: nodes),
      arrival: try fields.position("from", below: nodes).map { (from) throws(Misfit) in
        Report.Node.Arrival(
          from: from, kind: try fields.choice("reason", EdgeKind.init(name:)),
          location: try place(fields, files), line: try fields.optionalText("source"),
          note: try fields.optionalText("note"))
      })
  }

  /// `"at": [file, line, column]`
  private static func place(
    _ fields: Fields, _ files: [String]
  ) throws(Misfit) -> SourceLocation? {
    guard fields.optional("at") != nil else { return nil }
    var numbers: [Int] = []
    for datum in try fields.array("at") {
      guard case .integer(let number) = datum.content, number >= 0, number < 1 << 32 else {
        throw Misfit(problem: "a place has \(datum.kindName)", location: datum.location)
      }
      numbers.append(Int(number))
    }
    guard let file = numbers.first, file < files.count, numbers.count <= 3 else {
      throw Misfit(problem: "a place is in no file", location: fields.location)
    }
    return SourceLocation(
      path: files[file], line: numbers.count > 1 ? numbers[1] : 0,
      column: numbers.count > 2 ? numbers[2] : 0)
  }

  private static func entry(_ fields: Fields, nodes: Int) throws(Misfit) -> Report.Entry {
    Report.Entry(
      path: RelativePath(try fields.text("path")), unzipped: try fields.number("unzipped"),
      zipped: try fields.number("zipped"),
      distribution: try fields.optionalText("distribution"),
      reason: try fields.choice("reason", Plan.Reason.init(name:)),
      node: try fields.position("node", below: nodes))
  }

  private static func diagnostic(_ fields: Fields) throws(Misfit) -> Diagnostic {
    let location = try fields.place("location")
    return Diagnostic(
      try fields.choice("severity", Diagnostic.Severity.init(rawValue:)), try fields.text("code"),
      try fields.text("message"), at: location,
      notes: try fields.rows("notes") { (fields) throws(Misfit) in
        Diagnostic.Note(
          try fields.text("message"), at: try fields.place("location"),
          kind: try fields.choice("kind", Diagnostic.Note.Kind.init(rawValue:)))
      },
      excerpt: try fields.optionalText("source").map {
        Diagnostic.Excerpt($0, column: max(location?.column ?? 1, 1))
      }, function: try fields.optionalText("function"))
  }
}
