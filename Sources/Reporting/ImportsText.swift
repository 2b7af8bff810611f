package import Model

/// The import statements of files, one after the other, as text, one JSON document or JSON lines.
package struct ImportsDocument: ~Copyable {
  private enum Shape {
    case text(Style)
    case json
    case lines
  }

  private let shape: Shape
  /// Whether imports by calls are told, too.
  private let showsComputed: Bool
  private var json: JSONWriter
  private let sink: ([UInt8]) -> Void

  package init(
    _ format: ImportsFormat, style: Style, showsComputed: Bool = false,
    sink: @escaping ([UInt8]) -> Void
  ) {
    self.sink = sink
    self.showsComputed = showsComputed
    json = JSONWriter(isCompact: format == .lines, sink: sink)
    switch format {
    case .text: shape = .text(style)
    case .json: shape = .json
    case .lines: shape = .lines
    }
    if format == .json { json.beginArray() }
  }

  package mutating func add(_ path: String, _ facts: SourceFacts, _ diagnostics: [Diagnostic]) {
    if case .text = shape {
      sink(Array(text(path, facts).utf8))
      return
    }
    json.object { json in
      json.field("path", path)
      json.array("imports") { json in
        for request in facts.requests where request.form.isStatement {
          json.value(request, facts)
        }
      }
      if showsComputed {
        json.array("computed") { json in
          for request in facts.requests where request.form.computedName != nil {
            json.computed(request, facts)
          }
        }
      }
      json.diagnostics(diagnostics)
    }
    if case .lines = shape { json.endLine() }
  }

  package consuming func finish() {
    guard case .json = shape else { return }
    json.endArray()
    json.endLine()
  }

  /// `app.py:3:1: from a.b import c  [lazy]`
  private func text(_ path: String, _ facts: SourceFacts) -> String {
    var text = ""
    for request in facts.requests where request.form.isStatement {
      let module =
        String(repeating: ".", count: Int(request.level)) + facts.string(request.name)
      let names = facts.names(of: request)
      let statement =
        request.form == .module
        ? "import \(module)" : "from \(module) import \(names.joined(separator: ", "))"
      let kind = request.kind == .topLevel ? "" : "  [\(request.kind.name)]"
      text += "\(path):\(request.line):\(request.column): \(statement)\(kind)\n"
    }
    guard showsComputed else { return text }
    for request in facts.requests {
      guard let form = request.form.computedName else { continue }
      let name = String(repeating: ".", count: Int(request.level)) + facts.string(request.name)
      text += "\(path):\(request.line):\(request.column): \(form) \(name)\n"
    }
    return text
  }
}

/// How `pare imports` answers.
package enum ImportsFormat: Sendable { case text, json, lines }

extension JSONWriter {
  fileprivate mutating func value(_ request: Request, _ facts: SourceFacts) {
    object { json in
      json.field("line", Int(request.line))
      json.field("column", Int(request.column))
      json.field("level", Int(request.level))
      json.field("module", facts.string(request.name))
      json.array("names") { json in
        for name in facts.names(of: request) { json.value(name) }
      }
      json.field("kind", request.kind.name)
    }
  }

  fileprivate mutating func computed(_ request: Request, _ facts: SourceFacts) {
    object { json in
      json.field("line", Int(request.line))
      json.field("column", Int(request.column))
      json.field("form", request.form.computedName ?? "")
      json.field("level", Int(request.level))
      json.field("name", facts.string(request.name))
      json.array("members") { json in
        for name in request.form == .dynamic ? facts.names(of: request) : [] { json.value(name) }
      }
    }
  }
}

extension Request.Form {
  fileprivate var isStatement: Bool { self == .module || self == .member || self == .wildcard }

  /// How an import by a call is called; nil for everything else.
  fileprivate var computedName: String? {
    switch self {
    case .dynamic: "dynamic"
    case .template: "template"
    case .blind: "blind"
    case .code: "code"
    case .walk: "walk"
    case .resource: "resource"
    case .library: "library"
    case .lazyName: "lazy"
    case .literal: "text"
    default: nil
    }
  }
}

extension SourceFacts {
  /// `["*"]` for `from x import *`; what `import a as b` binds is no name that is imported.
  fileprivate func names(of request: Request) -> [String] {
    switch request.form {
    case .wildcard: ["*"]
    case .module: []
    default: request.members.map { string(members[Int($0)]) }
    }
  }
}
