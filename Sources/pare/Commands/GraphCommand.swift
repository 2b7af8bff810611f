import Bundling
import Files
import Model
import PythonLanguage
import Reporting

extension Command {
  static let graph = Command(
    "graph", "Show what a function reaches, or which files of a folder import which",
    discussion: [
      "With FUNCTION: what its archive is made of and what needs what, each distribution as one node, or "
        + "with '--depth N' packages of so many parts. What need not happen when the handler is imported "
        + "is dashed in 'dot' and 'mermaid'.",
      "Without: reads every source file below DIR and looks its imports up among them; neither a project nor "
        + "an environment is needed. With '--format json': an object {file: [files it imports]}, "
        + "with paths relative to DIR. Hidden folders and '__pycache__' are left out.",
    ],
    operands: Operands("[FUNCTION]", 0, 1),
    options: [
      .tree, .depth, .project, .environment, .jobs, .quiet, .verbose, .formatOfGraph, .cacheFolder,
      .noCache,
    ],
    examples: [
      Example("pare graph orders --format dot", "a function, for Graphviz"),
      Example("pare graph orders --depth 2 --format mermaid", "its packages, for Markdown"),
      Example("pare graph --tree src", "for people"),
      Example("pare graph --tree . --format json", "for programs"),
    ],
    run: { invocation, console throws(Failure) in
      try invocation.operands.isEmpty
        ? runTree(invocation, console) : runFunctionGraph(invocation, console)
    })
}

private func runFunctionGraph(
  _ invocation: Invocation, _ console: Console
) throws(Failure) -> ExitCode {
  let line = ProgressLine(isWanted: console.loudness != .quiet)
  defer { line.erase() }
  let found = try discover(
    invocation.discoverOptions, languages: languages, progress: line.progress)
  guard let id = found.asked.first else { return .success }
  let graph = try functionGraph(
    id, depth: invocation.count(.depth), of: found.workspace, languages: languages,
    store: Store(found.workspace, wheels: found.wheels), cache: try invocation.cache(console),
    jobs: invocation.jobs, progress: line.progress)
  line.erase()
  switch console.format {
  case .dot: console.send(dot(graph))
  case .mermaid: console.send(mermaid(graph))
  case .json: writeJSON(graph) { console.send($0) }
  default: console.send(functionGraphText(graph, style: console.style))
  }
  return .success
}

/// What a thread keeps from file to file.
private struct GraphWorker: ~Copyable {
  var buffer = ReadBuffer()
  var imports = QuickImports()
  var facts = SourceFacts()
}

private func runTree(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  if let format = invocation.text(.formatOfGraph), ["dot", "mermaid"].contains(format) {
    throw Failure(.usage, [.formatNeedsFunction(format)])
  }
  let jobs = invocation.jobs
  let root = invocation.text(.tree) ?? "."
  guard FileSystem.isFolder(root) else { throw Failure(.usage, [.noSuchPath(root)]) }
  let tree: FileTree
  do throws(FileError) {
    tree = try FileTree.walk(
      root, skip: FileTree.Skip(names: ["__pycache__"], hidden: true), jobs: jobs)
  } catch {
    throw Failure(error)
  }
  let paths = tree.files.filter(isSource)
  let graph = TreeGraph(paths)
  let edges: [Result<[Int32], FileError>] = concurrentMap(
    Array(paths.indices), jobs: jobs, worker: { GraphWorker() }
  ) { (worker: inout GraphWorker, index) in
    do throws(FileError) {
      try worker.buffer.read("\(root)/\(paths[index].string)")
    } catch {
      return .failure(error)
    }
    scan(worker.buffer, &worker.imports, &worker.facts)
    var edges: [Int32] = []
    graph.appendEdges(of: index, worker.facts, to: &edges)
    return .success(edges)
  }
  var unread: [Diagnostic] = []
  let known = edges.map { result in
    switch result {
    case .success(let edges): return edges
    case .failure(let error):
      unread.append(.systemRefused(error))
      return []
    }
  }
  if console.format == .json {
    writeTreeGraph(paths, edges: known) { console.send($0) }
  } else {
    console.print(treeGraphText(paths, edges: known, style: console.style))
  }
  console.report(tree.diagnostics + unread)
  return ExitCode(unread)
}

private func scan(
  _ buffer: borrowing ReadBuffer, _ imports: inout QuickImports, _ facts: inout SourceFacts
) {
  buffer.withBytes { imports.scan($0, into: &facts) }
}

private func isSource(_ path: RelativePath) -> Bool {
  path.string.utf8.suffix(3).elementsEqual(".py".utf8)
    || path.string.utf8.suffix(4).elementsEqual(".pyi".utf8)
}
