import Model

/// Imports by calls, in executed strings, and in comments.
extension PythonResolver {
  /// `import_module("a.b")`; a part that does not exist is no error of the archive's.
  mutating func followDynamic(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard let dotted = dottedName(request, facts, origin) else { return }
    // What a `__getattr__` imports is the answer, or has it.
    let sightings = follow(dotted, request, origin, request.row == nil ? .dynamic : .lazyTable)
    if request.row != nil {
      for (found, scope) in sightings where found.isComplete {
        askNext(found.module, request, facts, origin, scope: scope)
      }
    }
    for (found, scope) in sightings where found.isComplete {
      for position in request.members {
        let name = facts.bytes(facts.members[Int(position)])
        followFromList(name, found.module, request, origin, scope)
      }
    }
    // A package that puts its own folder on `sys.path` and imports a module of its own name from it.
    if request.level == 0, let module = origin.module, origin.isPackage,
      sightings.contains(where: { $0.found.module == module }),
      let name = index.find(facts.bytes(request.name)), let child = index.child(of: module, name)
    {
      linkModule(origin, child, .dynamic, request)
    }
  }

  /// `__import__("a", fromlist=["b"])` needs `a.b` where that is a submodule; where the name is not
  /// constant, every submodule that it may be.
  private mutating func followFromList(
    _ name: ArraySlice<UInt8>, _ module: ModuleRef, _ request: Request, _ origin: Origin,
    _ scope: UInt32?
  ) {
    guard index.modules[Int(module)].isPackage else { return }
    guard name.contains(UInt8(ascii: "*")) else {
      guard let known = index.find(name), let child = index.child(of: module, known) else { return }
      return linkModule(origin, child, .dynamic, request, scope: scope)
    }
    let text = note(index.dottedName(module) + "." + String(decoding: name, as: UTF8.self))
    for child in matches([name], below: module) {
      linkModule(origin, child, .template, request, scope: scope, note: text)
    }
  }

  /// An import inside a string that is executed; the string may hold `from a import b`, too.
  mutating func followCode(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard let dotted = dottedName(request, facts, origin) else { return }
    for (found, scope) in follow(dotted, request, origin, .code) where found.isComplete {
      for position in request.members {
        let text = facts.bytes(facts.members[Int(position)])
        guard let name = index.find(text), let child = index.child(of: found.module, name)
        else { continue }
        linkModule(origin, child, .code, request, scope: scope)
      }
    }
  }

  /// `# pare: import a.b`
  mutating func followDirective(
    _ request: Request, _ facts: SourceFacts, _ origin: Origin
  ) {
    guard let dotted = dottedName(request, facts, origin) else { return }
    let sightings = look(up: dotted, from: origin)
    for (found, scope) in sightings where found.isComplete {
      linkModule(origin, found.module, .configured, request, scope: scope)
    }
    if !sightings.contains(where: { $0.found.isComplete }) {
      diagnostics.append(
        Diagnostics.unmatchedDirective(
          index.names.string(dotted), at: location(origin.place(request))))
    }
  }
}
