import Bundling
import Files
import Model
import TestKit

/// A language whose files are lists of names: each line is a file that it needs; a line `?` is a blind
/// spot, a line `? x` one that keeps a file, a line `!` a mistake, a line that names nothing an unresolved import.
struct Names: Language {
  var name: String { "names" }
  func role(of path: RelativePath) -> FileRole {
    path.string.hasSuffix(".txt") ? .source : .data
  }
  func installedPath(ofMember path: RelativePath) -> RelativePath? { path }
  func distributions(in metadata: [MetadataFile]) -> EnvironmentFacts {
    EnvironmentFacts(distributions: [], addedRoots: [], diagnostics: [])
  }

  func scan(_ bytes: Span<UInt8>, path: RelativePath, role: FileRole) -> SourceFacts {
    var facts = SourceFacts()
    var line: UInt32 = 1
    var word: [UInt8] = []
    for index in bytes.indices {
      if bytes[index] != UInt8(ascii: "\n") {
        word.append(bytes[index])
        continue
      }
      if word == [UInt8(ascii: "!")] {
        facts.problems.append(Problem("syntax-error", "a mark alone", line: line, column: 1))
      } else {
        let isBlind = word.first == UInt8(ascii: "?")
        if isBlind { word = Array(word.dropFirst(2)) }
        facts.requests.append(
          Request(
            isBlind ? .blind : .module, kind: .topLevel, name: facts.intern(word), line: line,
            column: 1))
      }
      word = []
      line += 1
    }
    return facts
  }

  func makeResolver(for target: TargetID, in workspace: Workspace) -> any Resolver {
    NameResolver(target: target, workspace: workspace)
  }
}

private struct NameResolver: Resolver {
  let target: TargetID
  let workspace: Workspace
  var nodes: [Node] = []
  var files: [FileID] = []
  var known: [String: NodeID] = [:]
  var edges: [Edge] = []
  var entries: [FunctionID: NodeID] = [:]
  var frontier: [ScanRequest] = []
  var blindSpots: [BlindSpot] = []
  var diagnostics: [Diagnostic] = []

  mutating func node(_ name: String) -> NodeID? {
    if let node = known[name] { return node }
    for root in workspace.targets[target].roots {
      for index in workspace.roots[root].files where workspace.files.rows[index].path.string == name
      {
        let node = NodeID(nodes.count)
        nodes.append(
          Node(
            kind: .module, name: name, files: files.count..<files.count + 1,
            distribution: workspace.files.rows[index].distribution, root: root))
        files.append(FileID(index))
        known[name] = node
        frontier.append(ScanRequest(node: node, file: FileID(index), role: .source))
        return node
      }
    }
    return nil
  }

  mutating func enter(_ function: FunctionID) {
    let handler = workspace.functions[function].handler
    if let node = node(handler.module) {
      entries[function] = node
    } else {
      diagnostics.append(Diagnostic(.error, "missing-handler", handler.module))
    }
  }

  mutating func takeFrontier() -> [ScanRequest] {
    defer { frontier = [] }
    return frontier
  }

  mutating func add(_ facts: SourceFacts, of node: NodeID) {
    for request in facts.requests {
      let name = facts.string(request.name)
      let place = Place(file: files[Int(node.index)], line: request.line, column: request.column)
      if request.form == .blind {
        let to = self.node(name)
        if let to { edges.append(Edge(from: node, to: to, kind: .blindSpot, place: place)) }
        blindSpots.append(
          BlindSpot(
            node: node, place: place, expression: "?", bound: "anything", keeps: to != nil))
      } else if let to = self.node(name) {
        edges.append(Edge(from: node, to: to, kind: .topLevel, place: place))
      } else {
        diagnostics.append(Diagnostic(.warning, "unresolved-import", name))
      }
    }
  }

  mutating func finish() -> ModuleGraph {
    let sorted = edges.enumerated().sorted { ($0.1.from, $0.0) < ($1.1.from, $1.0) }.map(\.1)
    var starts = Array(repeating: 0, count: nodes.count + 1)
    for edge in sorted { starts[Int(edge.from.index) + 1] += 1 }
    for index in nodes.indices { starts[index + 1] += starts[index] }
    return ModuleGraph(
      nodes: Table(nodes), files: files, edges: sorted, starts: starts, scopes: [], notes: [],
      entries: entries, blindSpots: blindSpots, unfollowed: [], diagnostics: diagnostics)
  }
}

/// A workspace over the files `src/*` of a folder; each function is `handler → settings`, in order.
func workspace(
  _ folder: Folder, files: [String], functions: [(handler: String, settings: Settings)],
  targets: Int = 1
) -> Workspace {
  let paths = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  let rows = paths.map {
    File(root: RootID(0), path: RelativePath($0), storage: .disk, distribution: nil)
  }
  return Workspace(
    project: folder.path,
    functions: Table(
      functions.enumerated().map { index, function in
        Function(
          name: "f\(index)",
          handler: Handler(module: function.handler, attribute: "h", written: function.handler),
          origin: SourceLocation(path: "pare.toml", line: index + 1), provider: .awsLambda,
          target: TargetID(index % targets), overlay: nil,
          archive: "\(folder.path)/dist/f\(index).zip", settings: function.settings)
      }),
    targets: Table(
      (0..<targets).map {
        Target(
          runtime: Runtime(language: "names", major: 1, minor: $0), architecture: .x86_64,
          roots: [RootID(0)])
      }),
    roots: Table([Root(kind: .source, location: "\(folder.path)/src", files: 0..<rows.count)]),
    files: Table(rows), distributions: Table(), wheels: Table(), diagnostics: [])
}
