import Files
import Model
import PythonLanguage
import Reporting

extension Command {
  static let imports = Command(
    "imports", "Show the import statements of source files, as the scan sees them",
    discussion: [
      "PATH is a file, or a folder of which every '.py' file is read; no project is needed. Each "
        + "import has its line, column and kind: top-level, conditional, lazy (inside a function), "
        + "optional (in 'try' with 'except ImportError') or type-only.",
      "With '--format jsonl', one line for each file: {path, imports: [{line, column, level, "
        + "module, names, kind}], diagnostics}. Ends with exit code 1 where a file cannot be read "
        + "or is no Python.",
      "With '--computed', also what 'import_module(…)' and its like are given: {line, column, form, "
        + "level, name, members}. The form is 'dynamic' for a name that is known, 'template' for one with "
        + "a '*' for each part that is not, 'blind' for a call of which nothing is known.",
    ],
    operands: Operands("PATH…", 1, nil),
    options: [.computed, .jobs, .quiet, .verbose, .formatWithLines],
    examples: [
      Example("pare imports functions/orders/app.py", "one file"),
      Example("pare imports --format jsonl src", "every file below a folder, for a program"),
    ],
    run: runImports)
}

/// Files are read this many at a time, and their answers written before the next are read.
private let batchSize = 512

private func runImports(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  var diagnostics: [Diagnostic] = []
  let paths = try sourceFiles(invocation.operands, jobs: invocation.jobs, &diagnostics)
  let depth: PythonScanner.Depth = invocation.has(.computed) ? .everything : .imports
  var document = ImportsDocument(
    console.format == .text ? .text : console.format == .json ? .json : .lines,
    style: console.style,
    showsComputed: depth == .everything
  ) { console.send($0) }
  for start in stride(from: 0, to: paths.count, by: batchSize) {
    let batch = Array(paths[start..<min(start + batchSize, paths.count)])
    let answers = concurrentMap(batch, jobs: invocation.jobs, worker: { ReadBuffer() }) {
      (buffer: inout ReadBuffer, path) -> Result<SourceFacts, FileError> in
      do throws(FileError) {
        try buffer.read(path)
      } catch {
        return .failure(error)
      }
      return .success(
        buffer.withBytes { PythonScanner.scan($0, path: RelativePath(path), depth: depth) })
    }
    for (path, answer) in zip(batch, answers) {
      let facts: SourceFacts
      let own: [Diagnostic]
      switch answer {
      case .success(let found):
        facts = found
        own = found.problems.map { problem in
          Diagnostic(
            .error, problem.code, problem.message,
            at: SourceLocation(
              path: path, line: Int(problem.line), column: Int(problem.column)))
        }
      case .failure(let error):
        facts = SourceFacts()
        own = [.systemRefused(error)]
      }
      document.add(path, facts, own)
      diagnostics += own
    }
  }
  document.finish()
  console.report(diagnostics)
  return ExitCode(diagnostics)
}

/// The files that the operands name, each once, in the order of the operands, those below a folder
/// in the order of their bytes. Throws where an operand does not exist.
private func sourceFiles(
  _ operands: [String], jobs: Int, _ diagnostics: inout [Diagnostic]
) throws(Failure) -> [String] {
  let missing = operands.filter { !FileSystem.isFolder($0) && !FileSystem.isFile($0) }
  guard missing.isEmpty else { throw Failure(.usage, missing.map { .noSuchPath($0) }) }
  var paths: [String] = []
  for operand in operands {
    guard FileSystem.isFolder(operand) else {
      paths.append(operand)
      continue
    }
    do throws(FileError) {
      let tree = try FileTree.walk(
        operand, skip: FileTree.Skip(names: ["__pycache__"]), jobs: jobs)
      let folder = operand.hasSuffix("/") ? operand : operand + "/"
      paths += tree.files.lazy.map(\.string).filter { $0.utf8.suffix(3).elementsEqual(".py".utf8) }
        .map { folder + $0 }
      diagnostics += tree.diagnostics
    } catch {
      throw Failure(error)
    }
  }
  var seen = Set<String>()
  return paths.filter { seen.insert($0).inserted }
}
