package import Model

/// `pare graph FUNCTION`, for people: a node, and below it what it needs.
package func functionGraphText(_ graph: FunctionGraph, style: Style = .plain) -> String {
  var text = ""
  for (index, node) in graph.nodes.enumerated() {
    text += style.paint(printable(node.name), .bold) + "  \(formatted(bytes: node.zipped))\n"
    for edge in graph.edges where edge.from == index {
      let count = edge.count > 1 ? ", \(grouped(edge.count)) times" : ""
      text += "  " + printable(graph.nodes[edge.to].name)
      text += style.paint("  (\(edge.kind.name)\(count))", .dim) + "\n"
    }
  }
  return text
}

/// Graphviz' language; dashed is what need not happen.
package func dot(_ graph: FunctionGraph) -> String {
  func quoted(_ text: String) -> String {
    "\"" + printable(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
  var text = "digraph \(quoted(graph.function)) {\n  rankdir=LR\n"
  text +=
    "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f1ea\", fontname=\"sans-serif\"]\n"
  for (index, node) in graph.nodes.enumerated() {
    // A line break in a label is the language's own `\n`.
    let label = quoted(node.name).dropLast() + "\\n\(formatted(bytes: node.zipped))\""
    let color = node.distribution == nil ? ", fillcolor=\"#e0cb8d\"" : ""
    text += "  n\(index) [label=\(label)\(color)]\n"
  }
  for edge in graph.edges {
    var attributes = ["tooltip=\(quoted(tooltip(edge)))"]
    if edge.kind.isWeak { attributes.append("style=dashed") }
    text += "  n\(edge.from) -> n\(edge.to) [\(attributes.joined(separator: ", "))]\n"
  }
  return text + "}\n"
}

/// Mermaid's flowchart, as GitHub and GitLab draw it in Markdown.
package func mermaid(_ graph: FunctionGraph) -> String {
  func label(_ text: String) -> String {
    var label = ""
    for character in printable(text) {
      switch character {
      case "\"": label += "#quot;"
      case "#": label += "#35;"
      case "<": label += "#lt;"
      case ">": label += "#gt;"
      case "`": label += "#96;"
      default: label.append(character)
      }
    }
    return label
  }
  var text = "flowchart LR\n"
  for (index, node) in graph.nodes.enumerated() {
    text += "  n\(index)[\"\(label(node.name))<br/>\(formatted(bytes: node.zipped))\"]\n"
  }
  for edge in graph.edges {
    text += "  n\(edge.from) \(edge.kind.isWeak ? "-.->" : "-->") n\(edge.to)\n"
  }
  return text
}

/// `pare graph FUNCTION --format json`.
package func writeJSON(_ graph: FunctionGraph, sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.field("function", graph.function)
    json.array("nodes") { json in
      for node in graph.nodes {
        json.object { json in
          json.field("name", node.name)
          json.field("distribution", node.distribution)
          json.field("unzipped", node.unzipped)
          json.field("zipped", node.zipped)
        }
      }
    }
    json.array("edges") { json in
      for edge in graph.edges {
        json.object { json in
          json.field("from", edge.from)
          json.field("to", edge.to)
          json.field("kind", edge.kind.name)
          json.field("count", edge.count)
          json.location("location", edge.location)
        }
      }
    }
  }
  json.endLine()
}

private func tooltip(_ edge: FunctionGraph.Edge) -> String {
  edge.kind.name + (edge.location.map { ", \(describe($0))" } ?? "")
}

extension EdgeKind {
  /// Whether it need not happen when the handler is imported.
  fileprivate var isWeak: Bool {
    switch self {
    case .topLevel, .parent, .native, .data, .metadata, .standardLibrary: false
    default: true
    }
  }
}
