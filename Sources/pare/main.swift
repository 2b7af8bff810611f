import Files
import Model
import Reporting

let words = ["pare"] + CommandLine.arguments.dropFirst()
var exitCode: Int32
do throws(Failure) {
  switch try parse(words, Command.all) {
  case .version:
    Console().send("pare \(Command.toolVersion)\n")
    exitCode = 0
  case .help(let command):
    let console = Console()
    let width = min(console.style.columns ?? 100, 100)
    console.send(
      command.map { helpText(for: $0, width: width) } ?? helpText(for: Command.all, width: width))
    exitCode = 0
  case .run(let invocation):
    exitCode = run(invocation)
  }
} catch {
  Console().report(error.diagnostics)
  exitCode = error.exitCode
}
if let failure = StandardStream.outputFailure {
  let failure = Failure(failure)
  Console().report(failure.diagnostics)
  exitCode = failure.exitCode
}
System.exit(exitCode)
