import Model

/// Plug-ins that are found by the names of installed modules:
///
///     for module in pkgutil.iter_modules():
///       if module.name.startswith("flask_"): import_module(module.name)
///
/// Source: https://packaging.python.org/en/latest/guides/creating-and-discovering-plugins/
extension PythonResolver {
  /// A string that such names begin with: `"flask_"`, `"^pyexcel_.+$"`. It may be meant for the team's
  /// own code, for that of its own distribution, or for that of one which this requires.
  mutating func followPrefix(
    _ prefix: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard prefix.count > 2 else { return }
    let found = topModules(beginning: prefix)
    if found.isEmpty { return }
    var loaders: [Condition] = [.loadsTopModules(origin.party)]
    if origin.party == .first {
      loaders = [.anyoneLoadsTopModules]
    } else if let own = distribution(origin.party) {
      loaders += workspace.distributions[own].requires.compactMap { distributionByName[$0] }
        .map { .loadsTopModules(.distribution($0)) }
    }
    let text = note(String(decoding: prefix, as: UTF8.self) + "*")
    for module in found {
      for loader in loaders {
        linkModule(
          origin, module, .template, request, premise: condition(loader), note: text)
      }
    }
  }

  /// In the order of the path, then of names.
  private mutating func topModules(beginning prefix: ArraySlice<UInt8>) -> [ModuleRef] {
    let names: [Name]
    if let known = topNames {
      names = known
    } else {
      names = target.roots.flatMap { index.topLevelNames(of: $0) }
      topNames = names
    }
    var found: [ModuleRef] = []
    for name in names where index.names.slice(name).starts(with: prefix) {
      if let module = index.top(name, in: 0), !found.contains(module) { found.append(module) }
    }
    return found
  }
}
