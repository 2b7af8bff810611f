import Bundling
import Model
import Reporting

extension Command {
  static let doctor = Command(
    "doctor", "Say which interpreters and environments there are, and what they lack",
    discussion: [
      "Looks at each function's runtime and environment without packaging or fetching anything: "
        + "whether there is an interpreter to verify with, what each environment is made of, whether it "
        + "has what the function's requirements name, built for its target. Ends with exit code 1 where "
        + "something is missing."
    ],
    operands: .functions, options: [.project, .environment, .jobs, .quiet, .verbose],
    examples: [
      Example("pare doctor", "the whole project"), Example("pare doctor orders", "one function"),
    ],
    run: runDoctor)
}

private func runDoctor(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let (checkup, diagnostics) = try examine(invocation.discoverOptions, languages: languages)
  console.send(checkupText(checkup, style: console.style))
  console.report(diagnostics, project: checkup.project)
  let isWell =
    checkup.interpreters.allSatisfy { $0.path != nil }
    && checkup.environments.allSatisfy { environment in
      switch environment.state {
      case .present: environment.isComplete
      case .notFetched(let tool): tool != nil
      case .unreadable: false
      }
    }
  return isWell ? ExitCode(diagnostics) : .checkFailed
}
