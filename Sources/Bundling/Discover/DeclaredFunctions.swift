import Model
import Text

/// A function with all that its tables say, before anything that it names has been looked for.
struct DeclaredFunction: Sendable {
  let name: String
  let handler: Configuration.Located<String>
  let origin: SourceLocation
  let layer: Configuration.Layer
  /// What its own table says of that.
  let own: Configuration.Layer
  /// Where its code lies as the file says that it is deployed with; nil for a function of the
  /// configuration. What is wrong with a described function stops none of the others.
  var described: DescribedFunction?
  /// The same, also where the configuration has a handler of its own for it.
  var deployed: DescribedFunction?
  /// What the same archive serves beside it.
  var furtherHandlers: [Configuration.Located<String>] = []

  var handlers: [Configuration.Located<String>] { [handler] + furtherHandlers }
}

/// The functions of a project, and what there is beside them.
struct DeclaredFunctions: Sendable {
  /// Those that are wanted, sorted by name.
  let functions: [DeclaredFunction]
  /// The others too.
  let all: [DeclaredFunction]
  let descriptions: Descriptions
  /// Warnings and notes.
  let diagnostics: [Diagnostic]
  /// Errors of files or functions that say nothing of the functions above.
  let refused: [Diagnostic]
}

extension Configuration {
  /// Every function of the configuration, those that `discover` finds, and those that the project's
  /// deployment files describe, unless `discover` says where to look. A table without `handler` is about
  /// a function that is found; what tables say wins, key by key.
  ///
  /// Throws `.usage` where two functions have one name, one has no handler, there are none at all, or
  /// `wanted` names one that is not there.
  func declaredFunctions(
    in tree: ProjectTree, wanted: [String], languages: [String], jobs: Int
  ) throws(Failure) -> DeclaredFunctions {
    var collected = CollectedFunctions()
    var descriptions = described(in: tree, languages: languages, jobs: jobs)
    var described = DescribedTable(descriptions.functions)
    for table in functions {
      guard let handler = table.handler else { continue }
      let same = described.take(named: table.name, orAt: handler.value, project: project)
      let layer = table.layer.over(defaults)
      collected.add(
        DeclaredFunction(
          name: table.name, handler: handler, origin: table.origin,
          layer: same.map { layer.over($0.layer) } ?? layer, own: table.layer,
          described: ([handler] + table.furtherHandlers).contains { $0.value.contains(".py:") }
            ? nil : same,
          deployed: same, furtherHandlers: table.furtherHandlers))
    }

    let overrides = functions.filter { $0.handler == nil }
    for pattern in patterns ?? [] {
      if !Self.namesTemplate(pattern.value) {
        discover(pattern, in: tree, overrides, into: &collected)
      } else if !tree.files.contains(where: { Glob(pattern.value).matches($0.string) }) {
        collected.warnings.append(
          .unmatchedPattern("discover", pattern.value, at: pattern.location))
      }
    }
    for function in described.rest {
      let own = overrides.first { $0.name == function.name }
      collected.add(
        DeclaredFunction(
          name: function.name, handler: function.handler, origin: function.origin,
          layer: (own?.layer ?? Layer()).over(defaults).over(function.layer),
          own: own?.layer ?? Layer(), described: function, deployed: function))
    }
    // A runtime that has ended is a mistake where nobody names another.
    let unsupported = collected.takeUnsupported()
    let ended = Set(unsupported.compactMap(\.location))
    descriptions.functions.removeAll { function in
      function.unsupported?.location.map(ended.contains) ?? false
    }
    let refused = descriptions.diagnostics.filter { $0.severity == .error } + unsupported
    let notes = descriptions.diagnostics.filter { $0.severity < .error }
    for table in overrides where collected.found[table.name] == nil {
      // It may be about one that is refused.
      if !refused.contains(where: { $0.function == table.name }) {
        collected.mistakes.append(.noHandler(table.name, at: table.origin))
      }
    }
    guard collected.mistakes.isEmpty else {
      throw Failure(.usage, notes + refused + collected.warnings + collected.mistakes)
    }
    guard !collected.found.isEmpty else {
      throw nothing(
        collected.warnings + unsupported, descriptions, hasPyproject: tree.has("pyproject.toml"))
    }
    let sorted = collected.found.values.sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    .map(withRecord)
    let chosen = try Self.choose(wanted, from: sorted, refused)
    let isWanted = Set(wanted)
    return DeclaredFunctions(
      functions: chosen, all: sorted, descriptions: descriptions,
      diagnostics: (notes + collected.warnings).of(isWanted), refused: refused.of(isWanted))
  }

  /// One pattern of `discover`: `functions/*/app.py:handler`.
  private func discover(
    _ pattern: Located<String>, in tree: ProjectTree, _ overrides: [FunctionTable],
    into collected: inout CollectedFunctions
  ) {
    guard let colon = pattern.value.lastIndex(of: ":"),
      HandlerSpelling("x" + pattern.value[colon...]) != nil
    else {
      collected.mistakes.append(.badHandler(pattern.value, at: pattern.location))
      return
    }
    let glob = Glob(String(pattern.value[..<colon]))
    let folder = glob.literalFolder
    let range = folder.isEmpty ? 0..<tree.files.count : tree.files.range(below: folder)
    let matches = tree.files[range].filter { glob.matches($0.string) }
    if matches.isEmpty {
      collected.warnings.append(
        .unmatchedPattern("discover", pattern.value, at: pattern.location))
    }
    for path in matches {
      let name = Self.functionName(for: path)
      guard ConfigurationReader.canNameFile(name) else {
        collected.mistakes.append(.badFunctionName(name, at: pattern.location))
        continue
      }
      let own = overrides.first { $0.name == name }
      collected.add(
        DeclaredFunction(
          name: name,
          handler: Located(
            value: path.string + pattern.value[colon...], location: pattern.location),
          origin: own?.origin ?? pattern.location,
          layer: own?.layer.over(defaults) ?? defaults, own: own?.layer ?? Layer()))
    }
  }

  private func nothing(
    _ warnings: [Diagnostic], _ descriptions: Descriptions, hasPyproject: Bool
  ) -> Failure {
    let unmatched = (patterns ?? []).map {
      Diagnostic.nothingDiscovered($0.value, at: $0.location)
    }
    let found = warnings + descriptions.diagnostics
    if !unmatched.isEmpty { return Failure(.usage, unmatched + descriptions.diagnostics) }
    // What is wrong with the only functions that there are says more than that there are none.
    if found.contains(where: { $0.severity == .error }) { return Failure(.usage, found) }
    let last =
      file == nil
      ? Diagnostic.nothingDescribed(
        in: project, hasPyproject: hasPyproject, passedOver: descriptions.passedOver.count)
      : .noFunctions(self)
    return Failure(.usage, found + [last])
  }

  private static func choose(
    _ wanted: [String], from functions: [DeclaredFunction], _ refused: [Diagnostic]
  ) throws(Failure) -> [DeclaredFunction] {
    if wanted.isEmpty { return functions }
    let names = functions.map(\.name)
    let unknown = wanted.filter { !names.contains($0) }
    guard unknown.isEmpty else {
      throw Failure(
        .usage,
        unknown.flatMap { name in
          let why = refused.filter { $0.function == name }
          return why.isEmpty
            ? [.unknownFunction(name, nearest: nearestMatch(to: name, among: names), known: names)]
            : why
        })
    }
    let chosen = Set(wanted)
    return functions.filter { chosen.contains($0.name) }
  }

  /// The folder that the handler's file lies in; the file's own name where that is the project's.
  private static func functionName(for path: RelativePath) -> String {
    let folder = path.folder
    if folder.isEmpty { return String(path.name.prefix { $0 != "." }) }
    return String(RelativePath(String(folder)).name)
  }
}

/// Functions as they are found, by name.
private struct CollectedFunctions {
  private(set) var found: [String: DeclaredFunction] = [:]
  var mistakes: [Diagnostic] = []
  var warnings: [Diagnostic] = []

  /// Takes out the functions whose runtime cannot be packaged for.
  mutating func takeUnsupported() -> [Diagnostic] {
    var taken: [Diagnostic] = []
    for (name, function) in found where function.layer.runtime == nil {
      guard var problem = function.deployed?.unsupported else { continue }
      problem.function = name
      taken.append(problem)
      found[name] = nil
    }
    return taken.sorted()
  }

  mutating func add(_ function: DeclaredFunction) {
    if let first = found[function.name] {
      mistakes.append(
        .functionTwice(
          function.name, at: function.origin, first: first.origin,
          handlers: (first.handler.value, function.handler.value)))
    } else {
      found[function.name] = function
    }
  }
}

extension [Diagnostic] {
  /// Those of certain functions, or of all for no names, and those of none.
  fileprivate func of(_ wanted: Set<String>) -> [Diagnostic] {
    wanted.isEmpty ? self : filter { $0.function.map(wanted.contains) ?? true }
  }
}

extension ProjectTree {
  fileprivate func has(_ name: String) -> Bool { files.position(of: RelativePath(name)) != nil }
}
