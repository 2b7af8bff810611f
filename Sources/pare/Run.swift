import Files
import Model
import Reporting

/// Runs a command to its exit code; what ends it early is said on standard error and, where a
/// document is wanted, on standard output too.
func run(_ invocation: Invocation) -> Int32 {
  Interrupt.install()
  let console = Console(invocation)
  do throws(Failure) {
    return try invocation.command.run(invocation, console).rawValue
  } catch {
    if console.format != .text {
      writeJSON(failure: error.diagnostics.sorted()) { console.send($0) }
    }
    console.report(error.diagnostics, project: invocation.text(.project))
    return error.exitCode
  }
}
