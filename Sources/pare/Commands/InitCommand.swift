import Bundling
import Files
import Model
import Reporting

extension Command {
  static let initialize = Command(
    "init", "Write a commented 'pare.toml' of what was found",
    discussion: [
      "Not needed where AWS SAM or CloudFormation templates or a 'serverless.yml' describe the functions: "
        + "pare finds these by itself. Says what was understood and what is left open, and never "
        + "overwrites a configuration."
    ],
    operands: .none, options: [.project, .quiet, .verbose],
    examples: [
      Example("pare init", "in this folder"), Example("pare init -C services", "in another"),
    ],
    run: runInit)
}

private func runInit(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  let draft = try draft(invocation.discoverOptions, languages: languages)
  do throws(FileError) {
    try FileSystem.write(Array(draft.text.utf8), to: draft.path)
  } catch {
    throw Failure(error)
  }
  console.print(
    draftText(
      path: draft.path, functions: draft.functions, files: draft.files,
      environments: draft.environments, points: draft.points.count))
  let project = String(draft.path[..<(draft.path.lastIndex(of: "/") ?? draft.path.endIndex)])
  // Notes among them: here they are what was asked for.
  console.sendError(
    diagnosticText(withExcerpts(draft.points, project: project), style: console.errorStyle))
  return .success
}
