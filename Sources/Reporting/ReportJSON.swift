package import Model

/// `report.json`, written function by function, so that neither the text nor all functions' entries
/// are ever in memory as a whole. The README describes the schema; `Report.schemaVersion` changes
/// when a key goes or changes its meaning, not when one is added.
package struct ReportDocument: ~Copyable {
  private var json: JSONWriter

  package init(sink: @escaping ([UInt8]) -> Void) {
    json = JSONWriter(sink: sink)
    json.beginObject()
    json.field("schemaVersion", Report.schemaVersion)
    json.key("functions")
    json.beginArray()
  }

  package mutating func add(_ function: Report.Function) { add(rendered: Self.rendered(function)) }

  /// A function's part of the document, for `add(rendered:)`; any thread can make it.
  package static func rendered(_ function: Report.Function) -> [UInt8] {
    JSONWriter.fragment(depth: 2) { $0.value(function) }
  }

  package mutating func add(rendered function: [UInt8]) { json.rendered(function) }

  /// - Parameter zlibVersion: nil where the run ended before it was known.
  package consuming func finish(
    _ diagnostics: [Diagnostic], layers: [Report.Layer] = [], zlibVersion: String?
  ) {
    json.endArray()
    json.layers(layers)
    json.diagnostics(diagnostics)
    json.field("zlibVersion", zlibVersion)
    json.endObject()
    json.endLine()
  }
}

/// What is printed where a run ended before it had a result.
package func writeJSON(failure diagnostics: [Diagnostic], sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.diagnostics(diagnostics)
  }
  json.endLine()
}

extension JSONWriter {
  fileprivate mutating func value(_ function: Report.Function) {
    object { json in
      json.field("name", function.name)
      json.field("handler", function.handler)
      json.field("entryPoint", function.entryPoint)
      if !function.handlers.isEmpty {
        json.array("handlers") { json in
          for handler in function.handlers {
            json.object { json in
              json.field("handler", handler.written)
              json.field("entryPoint", handler.entryPoint)
            }
          }
        }
      }
      json.field("provider", function.provider.rawValue)
      json.field("runtime", function.runtime.description)
      json.field("architecture", function.architecture.rawValue)
      json.location("origin", function.origin)
      json.field("archive", function.archive)
      json.field("codeSha256", function.codeSHA256)
      json.field("contentDigest", function.contentDigest)
      json.field("modules", function.moduleCount)
      json.field("unzipped", function.unzipped)
      json.field("zipped", function.zipped)
      json.field("wholeEnvironment", function.full)
      json.layers(attached: function.layers)
      json.array("measures") { json in
        for measure in function.measures { json.value(measure) }
      }
      json.array("distributions") { json in
        for share in function.distributions { json.value(share) }
      }
      json.array("blindSpots") { json in
        for spot in function.blindSpots { json.value(spot) }
      }
      json.array("leftOut") { json in
        for distribution in function.leftOut { json.value(distribution) }
      }
      json.object("reasons") { json in
        for (reason, count) in function.reasonCounts {
          json.key(reason)
          json.value(count)
        }
      }
      let files = PathTable(function.nodes)
      json.array("files") { json in
        for path in files.paths { json.value(path) }
      }
      json.array("nodes") { json in
        for node in function.nodes { json.inLine { $0.value(node, files) } }
      }
      json.array("entries") { json in
        for entry in function.entries { json.inLine { $0.value(entry) } }
      }
    }
  }

  private mutating func value(_ measure: Report.Measure) {
    object { json in
      json.field("kind", measure.kind.rawValue)
      json.field("measure", measure.measure.rawValue)
      json.field("bytes", measure.bytes)
      json.field("bound", measure.bound)
      json.field("share", measure.share)
      json.field("source", measure.source)
      json.field("layers", measure.layers)
      json.location("location", measure.origin)
    }
  }

  private mutating func value(_ share: Report.DistributionShare) {
    object { json in
      json.field("name", share.name)
      json.field("version", share.version)
      json.field("unzipped", share.unzipped)
      json.field("zipped", share.zipped)
      json.field("whole", share.full)
      json.field("retained", share.retained)
      json.field("retainedZipped", share.retainedZipped)
    }
  }

  private mutating func value(_ spot: Report.BlindSpot) {
    object { json in
      json.location("location", spot.location)
      json.field("expression", spot.expression)
      json.field("bound", spot.bound)
      json.field("bytes", spot.bytes)
      json.field("sharedWith", spot.sharedWith)
    }
  }

  private mutating func value(_ distribution: Report.LeftOut) {
    object { json in
      json.field("name", distribution.name)
      json.field("version", distribution.version)
      json.array("imports") { json in
        for item in distribution.imports {
          json.object { json in
            json.field("from", item.from)
            json.field("name", item.name)
            json.field("kind", item.kind.name)
            json.location("location", item.location)
          }
        }
      }
    }
  }

  /// Without what there is not.
  private mutating func value(_ node: Report.Node, _ files: PathTable) {
    object { json in
      json.field("name", node.name)
      json.field("kind", node.kind.name)
      if let distribution = node.distribution { json.field("distribution", distribution) }
      json.field("unzipped", node.unzipped)
      json.field("zipped", node.zipped)
      json.field("retained", node.retained)
      json.field("retainedZipped", node.retainedZipped)
      if let dominator = node.dominator { json.field("dominator", dominator) }
      guard let arrival = node.arrival else { return }
      json.field("from", arrival.from)
      json.field("reason", arrival.kind.name)
      if let location = arrival.location, let file = files.position(of: location.path) {
        json.array("at") { json in
          json.value(file)
          if location.line > 0 { json.value(location.line) }
          if location.line > 0, location.column > 0 { json.value(location.column) }
        }
      }
      if let line = arrival.line { json.field("source", line) }
      if let note = arrival.note { json.field("note", note) }
    }
  }

  private mutating func value(_ entry: Report.Entry) {
    object { json in
      json.field("path", entry.path.string)
      json.field("unzipped", entry.unzipped)
      json.field("zipped", entry.zipped)
      json.field("distribution", entry.distribution)
      json.field("reason", entry.reason.name)
      if let node = entry.node { json.field("node", node) }
    }
  }

  package mutating func diagnostics(_ diagnostics: [Diagnostic]) {
    array("diagnostics") { json in
      for diagnostic in diagnostics { json.value(diagnostic) }
    }
  }

  package mutating func value(_ diagnostic: Diagnostic) {
    object { json in
      json.field("code", diagnostic.code)
      json.field("severity", diagnostic.severity.rawValue)
      json.field("message", diagnostic.message)
      json.location("location", diagnostic.location)
      json.field("function", diagnostic.function)
      json.field("source", diagnostic.excerpt?.text)
      json.array("notes") { json in
        for note in diagnostic.notes { json.value(note) }
      }
    }
  }

  package mutating func value(_ note: Diagnostic.Note) {
    object { json in
      json.field("kind", note.kind.rawValue)
      json.field("message", note.message)
      json.location("location", note.location)
    }
  }

  /// `{"file", "line", "column"}`, without what is not known; null where there is none.
  package mutating func location(_ key: StaticString, _ location: SourceLocation?) {
    self.key(key)
    guard let location else { return null() }
    object { json in
      json.field("file", location.path)
      if location.line > 0 { json.field("line", location.line) }
      if location.column > 0 { json.field("column", location.column) }
    }
  }
}

/// The paths that a function's nodes name, each once, in the order in which they come.
private struct PathTable {
  private(set) var paths: [String] = []
  private var positions: [String: Int] = [:]

  init(_ nodes: [Report.Node]) {
    for node in nodes {
      guard let path = node.arrival?.location?.path, positions[path] == nil else { continue }
      positions[path] = paths.count
      paths.append(path)
    }
  }

  func position(of path: String) -> Int? { positions[path] }
}
