import Files
import Model
import Text

// What handlers name, looked for among the project's files.

extension Discovery {
  /// The handlers as they are imported, and the folder that must stand on the path for them.
  ///
  /// An archive has one root: the handlers of one function that lie in several folders are imported by
  /// their paths below the nearest folder that has all of them.
  ///
  ///     handlers = ["orders/app.py:handler", "refunds/app.py:handler"]    # orders.app, refunds.app
  ///
  /// One in a source root that does not have the others keeps its name.
  mutating func handlers(
    of function: DeclaredFunction, _ path: [Int], _ provider: Provider,
    _ mistakes: inout [Diagnostic]
  ) -> (handlers: [Handler], overlay: String?)? {
    var located: [LocatedHandler] = []
    for written in function.handlers {
      guard let handler = handler(written, of: function, path, provider, &mistakes) else {
        continue
      }
      located.append(handler)
    }
    guard located.count == function.handlers.count else { return nil }
    let folders = located.filter { !$0.isShared }.compactMap(\.folder).uniqued()
    guard let first = folders.first else { return (located.map(\.handler), nil) }
    var common = folders.dropFirst().reduce(first) { commonFolder($0, $1) }
    // A source root that has a handler, and folders of the others below it, is that folder.
    if let above = located.first(where: { $0.isShared && $0.folder.map(common.isBelow) ?? false }) {
      common = above.folder ?? common
    }
    guard !isAboveProject(common) else {
      mistakes.append(
        .rootAboveProject(
          "handlers", common, at: function.handlers[0].location, function: function.name))
      return nil
    }
    let isShared = path.contains { keys[$0] == .source(common) }
    let named = located.map { $0.isShared ? $0 : $0.below(common) }
    for (position, item) in named.enumerated() {
      guard
        let same = named[..<position].first(where: {
          $0.handler.module == item.handler.module && $0.folder != nil && item.folder != nil
            && $0.folder != item.folder
        })
      else { continue }
      mistakes.append(
        .handlerModuleClash(
          item.handler, same.handler, at: function.handlers[position].location,
          function: function.name))
      return nil
    }
    return (named.map(\.handler), isShared ? nil : common)
  }

  /// A handler, and the folder that must stand on the path for it; nil where that is not known yet.
  private struct LocatedHandler {
    let handler: Handler
    let folder: String?
    /// Whether a source root that other functions have too is that folder.
    let isShared: Bool

    /// The same, imported from a folder above its own.
    func below(_ common: String) -> LocatedHandler {
      guard let folder, folder != common else { return self }
      let names = folder.dropFirst(common.utf8.count).split(separator: "/").map(String.init)
      return LocatedHandler(
        handler: Handler(
          module: (names + [handler.module]).joined(separator: "."), attribute: handler.attribute,
          written: handler.written), folder: common, isShared: false)
    }
  }

  private func commonFolder(_ a: String, _ b: String) -> String {
    let parts = zip(a.split(separator: "/"), b.split(separator: "/")).prefix { $0 == $1 }
    return "/" + parts.map { String($0.0) }.joined(separator: "/")
  }

  /// A file that is not there is a mistake; a module is looked for when all roots are known.
  private func handler(
    _ written: Configuration.Located<String>, of function: DeclaredFunction, _ path: [Int],
    _ provider: Provider, _ mistakes: inout [Diagnostic]
  ) -> LocatedHandler? {
    guard let spelling = HandlerSpelling(written.value) else {
      mistakes.append(.badHandler(written.value, at: written.location))
      return nil
    }
    if !provider.takesDottedAttributes, spelling.attribute.contains(".") {
      mistakes.append(
        .dottedAttribute(
          spelling.attribute, provider.name, at: written.location, function: function.name))
      return nil
    }
    switch spelling {
    case .module(let module, let attribute):
      // What is deployed together: the folder is the archive's root.
      let folder = function.described?.folder
      if let described = function.described, isAboveProject(described.folder) {
        let code = described.code
        mistakes.append(
          .rootAboveProject("code", code.value, at: code.location, function: function.name))
        return nil
      }
      let isShared = path.contains { keys[$0].location == folder && keys[$0].kind == .source }
      return LocatedHandler(
        handler: Handler(module: module, attribute: attribute, written: written.value),
        folder: folder, isShared: isShared)
    case .file(let file, let attribute):
      let project = configuration.project
      let location = FileSystem.absolute(file, in: project)
      let relative =
        location.hasPrefix(project + "/") ? String(location.dropFirst(project.count + 1)) : nil
      let isThere = relative.map { tree.files.position(of: RelativePath($0)) != nil } ?? false
      guard isThere || FileSystem.isFile(location) else {
        mistakes.append(
          .noHandlerFile(
            file, nearest: nearestFile(to: relative ?? file), at: written.location,
            function: function.name))
        return nil
      }
      guard relative != nil || !isAboveProject(folder(of: location)) else {
        mistakes.append(
          .rootAboveProject(
            "handler", written.value, at: written.location, function: function.name))
        return nil
      }
      // The folder above the topmost package stands on the path: for a plain file its own. Not one
      // above the project: an `__init__.py` at its top makes no package of it, and what lies beside
      // the project is nobody's to ship.
      var parts = location.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      var names = [String((parts.popLast() ?? "").dropLast(3))]
      if names == ["__init__"], !isTop(parts) { names = [] }
      if isFoundByCompanion(in: parts.joined(separator: "/"), provider) {
        names.insert(parts.removeLast(), at: 0)
      }
      while parts.count > 1, !isTop(parts),
        names.isEmpty || FileSystem.isFile("\(parts.joined(separator: "/"))/__init__.py")
      {
        names.insert(parts.removeLast(), at: 0)
      }
      let folder = parts.count > 1 ? parts.joined(separator: "/") : "/"
      let isShared = path.contains { keys[$0] == .source(folder) }
      return LocatedHandler(
        handler: Handler(
          module: names.joined(separator: "."), attribute: attribute, written: written.value),
        folder: folder, isShared: isShared)
    }
  }

  /// Whether a folder's parent is none that may stand on the path: the project, or what holds it.
  private func isTop(_ folder: [String]) -> Bool {
    let folder = folder.joined(separator: "/")
    return folder == configuration.project || isAboveProject(self.folder(of: folder))
  }

  private func folder(of location: String) -> String {
    "/" + location.split(separator: "/").dropLast().joined(separator: "/")
  }

  private func isAboveProject(_ folder: String) -> Bool { configuration.isBelow(folder) }

  /// Whether the provider finds what lies in a folder of the project by a file beside it, and wants
  /// the folder itself.
  private func isFoundByCompanion(in folder: String, _ provider: Provider) -> Bool {
    folder.hasPrefix(configuration.project + "/")
      && provider.companions.contains {
        $0.place == .besideHandler && FileSystem.isFile("\(folder)/\($0.name)")
      }
  }

  /// A source file of the project that was probably meant: the nearest path, or the same file name
  /// in another folder.
  private func nearestFile(to path: String) -> String? {
    let sources = tree.files.filter { $0.string.hasSuffix(".py") }
    if let near = nearestMatch(to: path, among: sources.map(\.string)) { return near }
    let name = RelativePath(path).name
    return sources.first { $0.name == name }?.string
  }

  /// Looks for every handler's module among the roots on its path, and for the attribute where it is
  /// plain which file that is: the absolute path of the file that was found, by handler, and what is
  /// wrong.
  func checkHandlers(_ placed: [Placed]) -> [(files: [String?], mistakes: [Diagnostic])] {
    concurrentMap(placed, jobs: options.jobs) { check($0) }
  }

  private func check(_ function: Placed) -> (files: [String?], mistakes: [Diagnostic]) {
    let handlers = zip(function.handlers, function.declared.handlers)
    let checked = handlers.map { check($0, at: $1.location, function) }
    var mistakes = checked.compactMap(\.mistake)
    guard function.handlers.count > 1 else { return (checked.map(\.file), mistakes) }
    let provider = Providers.provider(function.declared.layer.provider?.value ?? .awsLambda)
    let name = function.declared.name
    var first: [Handler] = []
    for ((handler, declared), file) in zip(handlers, checked.map(\.file)) {
      let location = declared.location
      if let same = first.first(where: {
        $0.module == handler.module && $0.attribute == handler.attribute
      }) {
        mistakes.append(.handlerTwice(handler.written, same.written, at: location, function: name))
      } else if provider.name == .googleCloudFunctions,
        let same = first.first(where: { $0.name == handler.name })
      {
        mistakes.append(.handlerNameClash(handler, same, provider, at: location, function: name))
      } else if let file, let companion = missingCompanion(beside: file, provider) {
        mistakes.append(
          .handlerWithoutCompanion(
            handler.written, companion, provider, at: location, function: name))
      }
      first.append(handler)
    }
    return (checked.map(\.file), mistakes)
  }

  /// What the provider finds each of several handlers by, and is not there.
  private func missingCompanion(beside file: String, _ provider: Provider) -> String? {
    provider.companions.first {
      $0.place == .besideHandler && !FileSystem.isFile("\(folder(of: file))/\($0.name)")
    }?.name
  }

  private func check(
    _ handler: Handler, at location: SourceLocation, _ function: Placed
  ) -> (file: String?, mistake: Diagnostic?) {
    let roots = (function.overlay.map { [$0] } ?? []) + function.path
    let declared = function.declared.name
    let base = handler.module.split(separator: ".").joined(separator: "/")
    for root in roots.compactMap({ found[$0] }) {
      for path in ["\(base)/__init__.py", "\(base).py"]
      where root.paths.position(of: RelativePath(path)) != nil {
        guard root.key.kind == .source else { return (nil, nil) }
        let file = "\(root.key.location)/\(path)"
        guard let source = try? FileSystem.read(file) else { return (file, nil) }
        let names = PlainNames(source)
        let attribute = String(handler.attribute.prefix { $0 != "." })
        if names.mayHave(attribute) { return (file, nil) }
        return (
          file,
          .noAttribute(
            attribute, in: shown(file), nearest: nearestMatch(to: attribute, among: names.defined),
            at: location, function: declared)
        )
      }
      // `app.cpython-312-x86_64-linux-gnu.so`; whether it fits is seen later.
      let hasExtension = ["\(base).", "\(base)/__init__."].contains {
        root.paths.range(startingWith: $0).contains { root.paths[$0].string.hasSuffix(".so") }
      }
      if hasExtension { return (nil, nil) }
    }
    return (
      nil,
      .noHandlerModule(
        handler.module, nearest: nearestMatch(to: handler.module, among: modules(in: roots)),
        at: location, function: declared)
    )
  }

  /// Dotted names of all that the team's own roots could be asked for.
  private func modules(in roots: [Int]) -> [String] {
    roots.compactMap { found[$0] }.filter { $0.key.kind == .source }.flatMap(\.paths).compactMap {
      guard $0.string.hasSuffix(".py") else { return nil }
      var parts = $0.string.dropLast(3).split(separator: "/")
      if parts.last == "__init__" { parts.removeLast() }
      return parts.joined(separator: ".")
    }
  }

  private func shown(_ path: String) -> String {
    let prefix = configuration.project + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}

extension String {
  /// Whether a folder lies in another one.
  fileprivate func isBelow(_ folder: String) -> Bool { hasPrefix(folder + "/") }
}
