import Bundling
import Model
import Reporting

extension Command {
  static let list = Command(
    "list", "Show the project's functions and where each is declared",
    discussion: [
      "Functions are those of the configuration and those that AWS SAM and CloudFormation templates and "
        + "'serverless.yml' describe. Nothing else is read: neither an environment nor a network is needed. With "
        + "'--format json': an array of {name, handler, provider, runtime, architecture, code, origin: "
        + "{file, line}}; code is the folder that a deployment file names, or null."
    ],
    operands: .none, options: [.project, .quiet, .verbose, .format, .cacheFolder, .noCache],
    examples: [
      Example("pare list", "a table"),
      Example("pare list --format json", "for a program, such as a build matrix"),
    ],
    run: runList)
}

private func runList(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let listed = try listFunctions(invocation.discoverOptions, languages: languages)
  let functions = listed.functions.map {
    Reporting.ListedFunction(
      name: $0.name, handler: $0.handler, provider: $0.provider, runtime: $0.runtime,
      architecture: $0.architecture, code: $0.code, origin: $0.origin)
  }
  if console.format == .json {
    writeJSON(functions) { console.send($0) }
  } else {
    console.send(functionListText(functions, style: console.style))
    console.print(listed.described.text(style: console.style))
  }
  console.report(listed.diagnostics, project: listed.project)
  return ExitCode(listed.diagnostics)
}
