import Files
package import Model

/// A configuration to begin with, of what was found in a project.
package struct Draft: Sendable {
  /// Absolute path of the file that it is to be written to.
  package let path: String
  package let text: String
  package let functions: Int
  /// That describe functions.
  package let files: Int
  package let environments: Int
  /// What the files leave open or say wrongly.
  package let points: [Diagnostic]
}

/// Drafts a `pare.toml` for a project that has none. Where deployment files describe its functions all
/// of it is comments, because nothing needs to be said; else the handlers that the sources plainly have
/// become tables.
///
/// Throws `.usage` where there is a configuration already.
package func draft(_ options: Options, languages: [any Language]) throws(Failure) -> Draft {
  let names = languages.map(\.name)
  let configuration = try Configuration.find(project: options.project, languages: names)
  if let file = configuration.file {
    throw Failure(.usage, [.configurationExists("\(configuration.project)/\(file)")])
  }
  do throws(FileError) {
    let tree = try ProjectTree(configuration.project, jobs: options.jobs)
    let current = try FileSystem.currentFolder()
    let descriptions = configuration.described(in: tree, languages: names, jobs: options.jobs)
    var environments = Environments(configuration, options, tree)
    var writer = DraftWriter(runtime: Providers.defaultRuntime(of: names.first ?? ""))
    var choices: Set<[String]> = []
    let supported = descriptions.functions.filter { $0.unsupported == nil }
    for function in supported.sorted(by: { $0.name < $1.name }) {
      let platform = WheelPlatform(
        runtime: function.layer.runtime?.value ?? writer.runtime,
        architecture: function.layer.architecture?.value ?? .x86_64)
      let choice = environments.choice(
        for: DeclaredFunction(
          name: function.name, handler: function.handler, origin: function.origin,
          layer: function.layer, own: Configuration.Layer(), described: function), platform,
        current: current)
      let paths = choice.paths.map { path in
        path.hasPrefix(tree.folder + "/")
          ? String(path.dropFirst(tree.folder.utf8.count + 1)) : path
      }
      if !paths.isEmpty { choices.insert(paths + [platform.description]) }
      writer.add(function, platform, environment: paths)
    }
    if descriptions.functions.isEmpty {
      for (path, attribute) in plainHandlers(in: tree, jobs: options.jobs) {
        writer.add(handler: path, attribute)
      }
    }
    let points =
      descriptions.diagnostics.filter { point in
        point.severity > .note || point.code.hasPrefix("unknown-")
      } + descriptions.functions.compactMap(\.unsupported)
    return Draft(
      path: "\(configuration.project)/pare.toml",
      text: writer.text(files: descriptions.files, environments: choices.count),
      functions: writer.count, files: descriptions.files, environments: choices.count,
      points: points.sorted())
  } catch {
    throw Failure(error)
  }
}

/// Source files that define what providers' documentation calls a handler; tests are none.
private func plainHandlers(
  in tree: ProjectTree, jobs: Int
) -> [(path: RelativePath, attribute: String)] {
  let files = tree.files.filter { file in
    file.string.hasSuffix(".py") && !file.name.hasPrefix("test_") && file.name != "conftest.py"
      && !file.string.split(separator: "/").contains { $0 == "tests" || $0 == "test" }
  }
  let found = concurrentMap(files, jobs: jobs) { file -> String? in
    guard let source = try? FileSystem.read("\(tree.folder)/\(file.string)") else { return nil }
    let defined = PlainNames(source).defined
    return ["lambda_handler", "handler"].first(where: defined.contains)
  }
  return zip(files, found).compactMap { file, attribute in attribute.map { (file, $0) } }
}

extension Diagnostic {
  static func configurationExists(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "configuration-exists", "'\(path)' is there already, and is left as it is",
      notes: [.hint("'pare list' shows what it comes to")])
  }
}
