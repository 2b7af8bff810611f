import Bundling
import Files
import Model
import Reporting

/// Runs a command to its exit code; what ends it early is said on standard error and, where a
/// document is wanted, on standard output too.
func run(_ invocation: Invocation) -> Int32 {
  Interrupt.install()
  if let bound = System.addressSpaceBound, bound < leastAddressSpace {
    let failure = Failure(.system, [.tooLittleMemory(bound, least: leastAddressSpace)])
    Console(invocation).report(failure.diagnostics)
    return failure.exitCode
  }
  guard let memory = runMemory(invocation) else { return runAfresh(invocation) }
  let watch = Stopwatch()
  if let exitCode = memory.replay(jobs: invocation.jobs) {
    if [Command.package.name, Command.check.name].contains(invocation.command.name) {
      let console = Console(invocation)
      let text = "nothing has changed, \(formatted(seconds: watch.seconds))"
      console.printPassing(console.style.paint(text, .dim) + "\n")
    }
    return exitCode
  }
  memory.begin()
  let exitCode = runAfresh(invocation)
  memory.end(exitCode: exitCode)
  return exitCode
}

/// Threads' stacks, the libraries and a cache that is mapped take this, before a file is read: where less
/// can be had, the process would end in the middle without a word.
private let leastAddressSpace = 384 << 20

/// For the commands that say the same as long as nothing changes; nil for the others, and without a
/// cache.
private func runMemory(_ invocation: Invocation) -> RunMemory? {
  let commands = [Command.package, .check, .list, .why].map(\.name)
  guard commands.contains(invocation.command.name), !invocation.has(.timings),
    !invocation.has(.traceEvents), let cache = try? invocation.openCache().cache
  else { return nil }
  return RunMemory(cache, words: CommandLine.arguments)
}

private func runAfresh(_ invocation: Invocation) -> Int32 {
  let console = Console(invocation)
  do throws(Failure) {
    return try invocation.command.run(invocation, console).rawValue
  } catch {
    switch console.format {
    case .json, .jsonl: writeJSON(failure: error.diagnostics.sorted()) { console.send($0) }
    case .github, .sarif:
      sendFindings(error.diagnostics, console, project: invocation.text(.project))
    case .text, .markdown, .dot, .mermaid, .folded, .svg: break
    }
    console.report(error.diagnostics, project: invocation.text(.project))
    return error.exitCode
  }
}
