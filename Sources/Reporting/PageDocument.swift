package import Model

/// `pare report --html`: one file that opens without a network and runs nothing but its own script.
///
/// Functions share nearly everything, so the file has each module once, and each way in which one is
/// reached once; a function is the list of its rows' positions.
package struct PageDocument {
  private var modules = Interned<Module>()
  private var rows = Interned<Row>()
  private var distributions = Interned<[String]>()
  private var files = Interned<String>()
  private var lines = Interned<String>()
  private var notes = Interned<String>()
  private var functions: [[UInt8]] = []
  private var profiles: [[UInt8]] = []

  private struct Module: Hashable {
    let name: String
    let kind: Int
    let distribution: Int
    let unzipped: Int
    let zipped: Int
  }

  /// A node as one or several functions reach it; positions, -1 for what there is not.
  ///
  /// What leaves with it is a function's own matter, and follows from the dominators.
  private struct Row: Hashable {
    let module: Int32
    let from: Int32
    let reason: Int32
    let file: Int32
    let line: Int32
    let source: Int32
    let note: Int32
    let dominator: Int32

    var numbers: [Int32] { [module, from, reason, file, line, source, note, dominator] }
  }

  package init() {}

  package mutating func add(_ function: Report.Function) {
    let shares = function.distributions.map { distributions.position(of: [$0.name, $0.version]) }
    let ids = function.nodes.map { node in
      modules.position(
        of: Module(
          name: node.name, kind: Int(node.kind.rawValue),
          distribution: node.distribution.map { shares[$0] } ?? -1, unzipped: node.unzipped,
          zipped: node.zipped))
    }
    var positions = function.nodes.indices.map { index in
      let node = function.nodes[index]
      let arrival = node.arrival
      return rows.position(
        of: Row(
          module: Int32(ids[index]), from: arrival.map { Int32(ids[$0.from]) } ?? -1,
          reason: arrival.map { Int32($0.kind.rawValue) } ?? 0,
          file: arrival?.location.map { Int32(files.position(of: $0.path)) } ?? -1,
          line: Int32(clamping: arrival?.location?.line ?? 0),
          source: arrival?.line.map { Int32(lines.position(of: $0)) } ?? -1,
          note: arrival?.note.map { Int32(notes.position(of: $0)) } ?? -1,
          dominator: node.dominator.map { Int32(ids[$0]) } ?? -1))
    }
    positions.sort()
    // Each as its distance from the one before: short numbers.
    var last = 0
    let steps = positions.map { position in
      defer { last = position }
      return position - last
    }
    let stated = statedRetained(function.nodes).map { index in
      let node = function.nodes[index]
      return [ids[index], node.retained, node.retainedZipped]
    }
    functions.append(
      JSONWriter.fragment(depth: 1) { json in
        json.inLine {
          $0.function(function, rows: steps, retained: stated, shares: shares, files: &files)
        }
      })
  }

  /// What a cold start of one of its functions takes.
  package mutating func add(_ profile: Profile) {
    profiles.append(
      JSONWriter.fragment(depth: 1) { json in json.inLine { $0.icicle(profile) } })
  }

  /// - Parameters:
  ///   - title: the project's name.
  ///   - hash: a content's hash as a Content-Security-Policy names it: `sha256-…`.
  package func finish(
    title: String, footer: String, _ diagnostics: [Diagnostic], _ comparison: Comparison?,
    hash: ([UInt8]) -> String, sink: @escaping ([UInt8]) -> Void
  ) {
    let style = PackageResources.page_css
    let script =
      PackageResources.values_js + PackageResources.archive_js + PackageResources.treemap_js
      + PackageResources.icicle_js + PackageResources.tables_js + PackageResources.function_js
      + PackageResources.views_js
    let pieces: [(name: String, bytes: [UInt8])] = [
      ("title", Array(escapedForMarkup(title).utf8)), ("style", style), ("script", script),
      ("style-hash", Array(hash(style).utf8)), ("script-hash", Array(hash(script).utf8)),
    ]
    var rest = String(decoding: PackageResources.page_html, as: UTF8.self)[...]
    while let open = rest.firstRange(of: "{{"), let close = rest.firstRange(of: "}}") {
      sink(Array(rest[..<open.lowerBound].utf8))
      let name = rest[open.upperBound..<close.lowerBound]
      if name == "data" {
        writeData(footer: footer, diagnostics, comparison) { sink(escapedForScript($0)) }
      } else if let piece = pieces.first(where: { $0.name == name }) {
        sink(piece.bytes)
      }
      rest = rest[close.upperBound...]
    }
    sink(Array(rest.utf8))
  }

  private func writeData(
    footer: String, _ diagnostics: [Diagnostic], _ comparison: Comparison?,
    sink: @escaping ([UInt8]) -> Void
  ) {
    var json = JSONWriter(sink: sink)
    json.object { json in
      json.field("footer", footer)
      json.array("kinds") { json in
        for raw in UInt8(0)...6 { json.value(Node.Kind(rawValue: raw)?.name ?? "") }
      }
      json.array("reasons") { json in
        for kind in EdgeKind.allCases { json.value(kind.name) }
      }
      json.texts("files", files.values)
      json.texts("lines", lines.values)
      json.texts("notes", notes.values)
      json.array("distributions") { json in
        for row in distributions.values {
          json.inLine { json in json.array { json in for text in row { json.value(text) } } }
        }
      }
      json.array("modules") { json in
        for row in modules.values {
          json.inLine { json in
            json.array { json in
              json.value(row.name)
              for number in [row.kind, row.distribution, row.unzipped, row.zipped] {
                json.value(number)
              }
            }
          }
        }
      }
      json.key("rows")
      json.inLine { json in
        json.array { json in
          for row in rows.values { for number in row.numbers { json.value(Int(number)) } }
        }
      }
      json.array("functions") { json in
        for function in functions { json.rendered(function) }
      }
      json.array("profiles") { json in
        for profile in profiles { json.rendered(profile) }
      }
      json.key("comparison")
      if let comparison {
        json.object { $0.fields(of: comparison) }
      } else {
        json.null()
      }
      json.diagnostics(diagnostics)
    }
    json.endLine()
  }
}

/// Values, each once, in the order in which they came.
private struct Interned<Value: Hashable> {
  private(set) var values: [Value] = []
  private var positions: [Value: Int] = [:]

  mutating func position(of value: Value) -> Int {
    if let position = positions[value] { return position }
    positions[value] = values.count
    values.append(value)
    return values.count - 1
  }
}

extension JSONWriter {
  fileprivate mutating func texts(_ key: StaticString, _ texts: [String]) {
    array(key) { json in for text in texts { json.value(text) } }
  }

  fileprivate mutating func numbers(_ numbers: [Int]) {
    array { json in for number in numbers { json.value(number) } }
  }

  fileprivate mutating func function(
    _ function: Report.Function, rows: [Int], retained: [[Int]], shares: [Int],
    files: inout Interned<String>
  ) {
    let origin = function.origin
    let spots = function.blindSpots.map { files.position(of: $0.location.path) }
    let places = function.leftOut.map { item in
      item.imports[0].location.map { files.position(of: $0.path) } ?? -1
    }
    object { json in
      json.field("name", function.name)
      json.field("handler", function.handler)
      json.field("provider", function.provider.rawValue)
      json.field("runtime", function.runtime.description)
      json.field("architecture", function.architecture.rawValue)
      json.field("origin", describe(SourceLocation(path: origin.path, line: origin.line)))
      json.field("archive", function.archive)
      json.field("modules", function.moduleCount)
      json.field("unzipped", function.unzipped)
      json.field("zipped", function.zipped)
      json.field("full", function.full)
      json.array("measures") { json in
        for measure in function.measures {
          json.object { json in
            json.field("kind", measure.kind.rawValue)
            json.field("measure", measure.measure.rawValue)
            json.field("bytes", measure.bytes)
            json.field("bound", measure.bound)
          }
        }
      }
      json.array("distributions") { json in
        for (share, id) in zip(function.distributions, shares) {
          json.numbers([
            id, share.unzipped, share.zipped, share.full, share.retained, share.retainedZipped,
          ])
        }
      }
      json.array("blindSpots") { json in
        for (spot, file) in zip(function.blindSpots, spots) {
          json.array { json in
            json.value(file)
            json.value(spot.location.line)
            json.value(spot.expression)
            json.value(spot.bound)
            json.value(spot.bytes)
            json.value(spot.sharedWith)
          }
        }
      }
      json.array("leftOut") { json in
        for (item, file) in zip(function.leftOut, places) {
          let first = item.imports[0]
          json.array { json in
            for text in [item.name, item.version, first.from, first.kind.name] { json.value(text) }
            json.value(file)
            json.value(first.location?.line ?? 0)
            json.value(item.imports.count - 1)
          }
        }
      }
      // What no node brings.
      json.array("extra") { json in
        for entry in function.entries where entry.node == nil {
          json.array { json in
            json.value(entry.path.string)
            json.value(entry.unzipped)
            json.value(entry.zipped)
            json.value(entry.reason.name)
          }
        }
      }
      json.array("retained") { json in for numbers in retained { json.numbers(numbers) } }
      json.key("rows")
      json.numbers(rows)
    }
  }
}

/// Positions of the nodes whose retained sizes are not the sums of what they dominate, by which the
/// page finds all others.
private func statedRetained(_ nodes: [Report.Node]) -> [Int] {
  var sums = nodes.map { (unzipped: $0.unzipped, zipped: $0.zipped) }
  var waiting = Array(repeating: 0, count: nodes.count)
  for node in nodes { if let above = node.dominator { waiting[above] += 1 } }
  // Each after all that it dominates; what stands in a circle never comes.
  var done = waiting.indices.filter { waiting[$0] == 0 }
  var next = 0
  while next < done.count {
    let node = done[next]
    next += 1
    guard let above = nodes[node].dominator else { continue }
    sums[above].unzipped &+= sums[node].unzipped
    sums[above].zipped &+= sums[node].zipped
    waiting[above] -= 1
    if waiting[above] == 0 { done.append(above) }
  }
  return nodes.indices.filter { index in
    waiting[index] > 0 || sums[index].unzipped != nodes[index].retained
      || sums[index].zipped != nodes[index].retainedZipped
  }
}

/// Text between tags and in attributes, of HTML and of SVG.
func escapedForMarkup(_ text: String) -> String {
  printable(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    .replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("{", with: "&#123;")
}

/// JSON in a `script` element, which `</script` and `<!--` would end or change: in JSON `<` only stands
/// in strings, where it can be written otherwise.
private func escapedForScript(_ json: [UInt8]) -> [UInt8] {
  guard json.contains(UInt8(ascii: "<")) else { return json }
  var escaped: [UInt8] = []
  escaped.reserveCapacity(json.count + 64)
  for byte in json {
    if byte == UInt8(ascii: "<") { escaped += "\\u003c".utf8 } else { escaped.append(byte) }
  }
  return escaped
}
