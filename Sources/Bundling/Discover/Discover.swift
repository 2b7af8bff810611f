import Files
package import Model
import Text

/// What `discover` hands on: the workspace, and its wheels, which are open already.
package struct Discovered: Sendable {
  package let workspace: Workspace
  /// By their position in `workspace.wheels`.
  package let wheels: [WheelFile]
  /// The functions that were asked for; the workspace also has those that share an environment with them.
  package let asked: [FunctionID]
  /// Names of all functions of the configuration, sorted, also of those that were not asked for.
  package let declared: [String]
  /// Settings that were recorded, where there are any.
  package let recorded: Recorded?
  /// Absolute path of the folder that takes the report; a function's archive may go elsewhere.
  package let output: String
  /// Errors of functions, or of files that describe some, which are not in the workspace because of
  /// them; the functions that are in it have nothing to do with them.
  package let refused: [Diagnostic]
  package let described: DescribedCount
  let templates: [DescribedTemplate]
  /// All functions that a deployment file describes, also those that were not asked for.
  let deployed: [DescribedArchive]
}

/// Reads the configuration and finds all that it speaks of: functions, source roots, environments,
/// every file in them and the distributions that they belong to. Where nothing is installed yet, the
/// wheels are fetched first.
///
/// Throws `.usage` for mistakes in the configuration and for what it names and is not there,
/// `.system` where a folder cannot be read or wheels cannot be had.
package func discover(
  _ options: Options, languages: [any Language], progress: Progress = .silent
) throws(Failure) -> Discovered {
  let (configuration, tree, declared) = try declare(options, languages)
  var discovery = Discovery(configuration, options, languages, tree, declared)
  discovery.diagnostics += configuration.diagnostics + declared.diagnostics
  discovery.diagnostics += configuration.staleRecords(among: declared.all)
  do throws(Stopped) {
    return try discovery.run(declared.functions, progress)
  } catch {
    switch error {
    case .file(let error): throw Failure(error)
    case .failure(let failure):
      throw Failure(failure.kind, (discovery.diagnostics + failure.diagnostics).sorted())
    }
  }
}

/// Absolute path of the report that `pare package` would write for a project; nothing is looked for.
package func reportPath(
  _ options: Options, languages: [any Language]
) throws(Failure) -> String {
  let configuration = try Configuration.find(
    project: options.project, languages: languages.map(\.name))
  let current: String
  do throws(FileError) {
    current = try FileSystem.currentFolder()
  } catch {
    throw Failure(error)
  }
  let output =
    options.output.map { FileSystem.absolute($0, in: current) }
    ?? FileSystem.absolute(
      configuration.defaults.output?.value ?? "dist", in: configuration.project)
  return output + "/report.json"
}

/// The configuration, the project's files, and the functions that they come to.
func declare(
  _ options: Options, _ languages: [any Language]
) throws(Failure) -> (Configuration, ProjectTree, DeclaredFunctions) {
  let names = languages.map(\.name)
  var configuration = try Configuration.find(project: options.project, languages: names)
  if options.ignoresRecord { configuration.recorded = nil }
  let tree: ProjectTree
  do throws(FileError) {
    tree = try ProjectTree(configuration.project, jobs: options.jobs)
  } catch {
    throw Failure(error)
  }
  let declared = try configuration.declaredFunctions(
    in: tree, wanted: options.functions, languages: names, jobs: options.jobs)
  return (configuration, tree, declared)
}

/// The functions of a project, by name, without looking for anything that they need.
package func listFunctions(
  _ options: Options, languages: [any Language]
) throws(Failure) -> ListedFunctions {
  let (configuration, _, declared) = try declare(options, languages)
  let fallback = languages.first.map { Providers.defaultRuntime(of: $0.name) }
  let functions = declared.functions.compactMap { function in
    (function.layer.runtime?.value ?? fallback).map { runtime in
      ListedFunction(
        name: function.name, handler: function.handlers.map(\.value).joined(separator: ", "),
        provider: function.layer.provider?.value ?? .awsLambda, runtime: runtime,
        architecture: function.layer.architecture?.value ?? .x86_64,
        code: function.described.map { FileSystem.relative($0.folder, to: configuration.project) },
        origin: function.origin)
    }
  }
  return ListedFunctions(
    project: configuration.project, functions: functions,
    described: DescribedCount(declared.descriptions),
    diagnostics: configuration.diagnostics + declared.diagnostics + declared.refused)
}

/// What `pare list` shows.
package struct ListedFunctions: Sendable {
  /// Absolute path.
  package let project: String
  /// Sorted by name.
  package let functions: [ListedFunction]
  package let described: DescribedCount
  package let diagnostics: [Diagnostic]
}

/// What the project's deployment files were found to say, as numbers.
package struct DescribedCount: Hashable, Sendable {
  package let files: Int
  package let functions: Int
  /// What was passed over: "container images", how many; largest first.
  package let passedOver: [PassedOver]

  package struct PassedOver: Hashable, Sendable {
    package let what: String
    package let count: Int
  }

  init(_ descriptions: Descriptions) {
    files = descriptions.files
    functions = descriptions.functions.count
    var counts: [String: Int] = [:]
    for item in descriptions.passedOver { counts[item.reason.description, default: 0] += 1 }
    passedOver = counts.map { PassedOver(what: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.what) < ($0.count, $1.what) }
  }
}

extension Descriptions.PassedOver.Reason: CustomStringConvertible {
  var description: String {
    switch self {
    case .image: "container image"
    case .inlineCode: "inline code"
    case .language(let runtime): runtime
    case .builtElsewhere: "built elsewhere"
    case .plugin(let name): "of the plug-in \(name)"
    case .otherProvider(let name): "at \(name)"
    case .unknown: "not known before deployment"
    }
  }
}

/// What `pare list` shows of a function.
package struct ListedFunction: Hashable, Sendable {
  package let name: String
  package let handler: String
  package let provider: Provider.Name
  package let runtime: Runtime
  package let architecture: Architecture
  /// The folder that is the archive's root, relative to the project's; nil where no deployment file says it.
  package let code: String?
  package let origin: SourceLocation
}

/// Why the search ends early.
enum Stopped: Error {
  case file(FileError)
  case failure(Failure)
}
