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
}

extension Configuration {
  /// Every function of the configuration, sorted by name: those with a table of their own, and those
  /// that `discover` finds among the project's files. A table without `handler` is about a function
  /// that `discover` finds.
  ///
  /// `all` are also those that are not wanted.
  ///
  /// Throws `.usage` where two functions have one name, one has no handler, there are none at all, or
  /// `wanted` names one that is not there.
  func declaredFunctions(
    in tree: ProjectTree, wanted: [String]
  ) throws(Failure) -> (
    functions: [DeclaredFunction], all: [DeclaredFunction], diagnostics: [Diagnostic]
  ) {
    var found: [String: DeclaredFunction] = [:]
    var mistakes: [Diagnostic] = []
    var warnings: [Diagnostic] = []
    func add(_ function: DeclaredFunction) {
      if let first = found[function.name] {
        mistakes.append(
          .functionTwice(
            function.name, at: function.origin, first: first.origin,
            handlers: (first.handler.value, function.handler.value)))
      } else {
        found[function.name] = function
      }
    }
    for table in functions {
      guard let handler = table.handler else { continue }
      add(
        DeclaredFunction(
          name: table.name, handler: handler, origin: table.origin,
          layer: table.layer.over(defaults), own: table.layer))
    }

    let overrides = functions.filter { $0.handler == nil }
    for pattern in patterns {
      guard let colon = pattern.value.lastIndex(of: ":"),
        HandlerSpelling("x" + pattern.value[colon...]) != nil
      else {
        mistakes.append(.badHandler(pattern.value, at: pattern.location))
        continue
      }
      let glob = Glob(String(pattern.value[..<colon]))
      let folder = glob.literalFolder
      let range = folder.isEmpty ? 0..<tree.files.count : tree.files.range(below: folder)
      let matches = tree.files[range].filter { glob.matches($0.string) }
      if matches.isEmpty {
        warnings.append(.unmatchedPattern("discover", pattern.value, at: pattern.location))
      }
      for path in matches {
        let name = Self.functionName(for: path)
        guard ConfigurationReader.canNameFile(name) else {
          mistakes.append(.badFunctionName(name, at: pattern.location))
          continue
        }
        let own = overrides.first { $0.name == name }
        add(
          DeclaredFunction(
            name: name,
            handler: Located(
              value: path.string + pattern.value[colon...], location: pattern.location),
            origin: own?.origin ?? pattern.location,
            layer: own?.layer.over(defaults) ?? defaults, own: own?.layer ?? Layer()))
      }
    }
    for table in overrides where found[table.name] == nil {
      mistakes.append(.noHandler(table.name, at: table.origin))
    }
    guard mistakes.isEmpty else { throw Failure(.usage, warnings + mistakes) }
    guard !found.isEmpty else {
      let unmatched = patterns.map { Diagnostic.nothingDiscovered($0.value, at: $0.location) }
      throw Failure(.usage, unmatched.isEmpty ? warnings + [.noFunctions(self)] : unmatched)
    }
    let sorted = found.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map(withRecord)
    return (try Self.choose(wanted, from: sorted), sorted, warnings)
  }

  private static func choose(
    _ wanted: [String], from functions: [DeclaredFunction]
  ) throws(Failure) -> [DeclaredFunction] {
    if wanted.isEmpty { return functions }
    let names = functions.map(\.name)
    let unknown = wanted.filter { !names.contains($0) }
    guard unknown.isEmpty else {
      throw Failure(
        .usage,
        unknown.map {
          .unknownFunction($0, nearest: nearestMatch(to: $0, among: names), known: names)
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
