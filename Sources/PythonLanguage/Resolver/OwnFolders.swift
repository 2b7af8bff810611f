import Model

/// Source files of the team's own that are loaded by their path instead of their name.
extension PythonResolver {
  /// The end of a path that an expression puts together, or a pattern of one.
  mutating func followPathEnd(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    let isPattern = text.contains(UInt8(ascii: "*"))
    guard origin.party == .first else {
      if isPattern {
        followOwnPattern(text, request, origin)
      } else {
        followOwnUnpackaged(text, request, origin)
      }
      return
    }
    if isPattern {
      followPattern(text, request, origin)
      // `f"{root}/share/jupyter"`
      let rest = text.drop { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "/") }
      if !rest.contains(UInt8(ascii: "*")) { followMergedPath(rest, request, origin) }
    } else {
      followPath(text, request, origin, isPath: true)
      followMergedPath(text, request, origin)
    }
  }

  // MARK: Single files

  /// `jobs.py` in a folder.
  func script(_ name: ArraySlice<UInt8>, in folder: Int32) -> FileID? {
    guard name.hasSuffix(".py"), let stem = index.find(name.dropLast(3)) else { return nil }
    return index.tree.leaf(folder, stem)?.source
  }

  /// `Path(__file__).with_name("jobs.py")`, `os.path.join(here, "tasks", "nightly.py")`: a module that
  /// is shipped where it lies, and followed.
  ///
  /// A name alone means what lies beside the module that says it, or in a folder above that is not a
  /// source root: there lie `setup.py`, `manage.py`, `conftest.py`, which code of all sorts compares
  /// names with.
  mutating func linkScript(_ file: FileID, _ request: Request, _ origin: Origin) {
    if let dotted = dottedName(of: workspace.files[file].path) {
      var isFound = false
      for (found, scope) in look(up: index.intern(dotted), from: origin) where found.isComplete {
        guard index.modules[Int(found.module)].leaf?.source == file else { continue }
        linkModule(origin, found.module, .string, request, scope: scope)
        isFound = true
      }
      if isFound { return }
    }
    // Another module has its name, or its folder's is none: `jobs.d/nightly.py`.
    let node = makeNode(
      .file(file), .data, files: [file], party: .first, root: workspace.files[file].root,
      view: origin.view)
    link(origin.holder, to: node, .string, place: origin.place(request))
    if scripts.insert(file).inserted { requestScan(node, file, .source) }
  }

  // MARK: Folders

  /// `os.listdir(os.path.join(here, "plugins"))`: modules of a folder that first-party code names.
  ///
  /// What a package's name alone means is told by who lists modules (`linkWhole`). A folder of scripts
  /// (`migrations` without an `__init__`), and what is certainly a path, is run by whoever gets it.
  mutating func linkModules(
    in folder: Int32, _ request: Request, _ origin: Origin, isPath: Bool
  ) {
    guard holdsScripts(folder, besides: origin.file) else { return }
    if index.tree.folders[Int(folder)].initial != nil {
      let dotted = dottedName(of: folder)
      for (found, scope) in look(up: dotted, from: origin) where found.isComplete {
        linkWhole(found.module, origin, request, scope: scope)
      }
      if !isPath { return }
    }
    link(
      origin.holder, to: condition(.namedFolder(folder)), .walk, place: origin.place(request))
  }

  /// `for path in Path(__file__).parent.iterdir()` in a module of the team's own at the top: the data
  /// that lies beside it; the project's own folder is full of what nobody means.
  mutating func linkFilesBeside(_ request: Request, _ origin: Origin) {
    guard origin.party == .first, let folder = folder(of: origin.file) else { return }
    let row = index.tree.folders[Int(folder)]
    if row.parent < 0, workspace.roots[row.root].location == workspace.project { return }
    secrets.beside.formUnion(row.data.filter { secretName(of: $0) != nil })
    for file in row.data where !isHidden(file) {
      link(
        origin.holder, to: dataNode(of: file, view: origin.view), .walk,
        place: origin.place(request))
    }
  }

  /// A folder that a path leads to: its data, and its modules where some code loads files by their
  /// path or, in a folder that is no package, imports names that it computes. Of such a folder the
  /// sources are shipped in any case, and not followed: they may be what a template is copied from.
  mutating func expandNamed(_ node: NodeID, _ folder: Int32) {
    let root = index.tree.folders[Int(folder)].root
    if let package = owner(of: folder) {
      linkData(node, package)
    } else {
      var contents = Contents()
      gather(folder, isRegular: true, into: &contents)
      secrets.beside.formUnion(contents.secrets)
      for file in contents.files {
        link(node, to: dataNode(of: file), .data)
      }
    }
    guard holdsScripts(folder, besides: nil) else { return }
    if index.tree.folders[Int(folder)].initial == nil { shipSources(of: folder, from: node) }
    guard let module = module(of: folder, in: index.viewByOverlay[root] ?? 0) else { return }
    let isPackage = index.tree.folders[Int(folder)].initial != nil
    for loader in [Condition.anyoneLoadsFiles] + (isPackage ? [] : [.anyoneImportsDynamically]) {
      link(node, to: condition(.wholePackage(module)), .walk, premise: condition(loader))
    }
  }

  /// The package that a folder is, by where it lies: `steps.d` is one name. Nil where another root's
  /// hides it.
  private mutating func module(of folder: Int32, in view: View) -> ModuleRef? {
    let row = index.tree.folders[Int(folder)]
    guard row.parent >= 0 else { return nil }
    let found: ModuleRef?
    if index.tree.folders[Int(row.parent)].parent < 0 {
      found = index.top(row.name, in: view)
    } else {
      found = module(of: row.parent, in: view).flatMap { index.child(of: $0, row.name) }
    }
    guard let found, index.modules[Int(found)].path.contains(folder) else { return nil }
    return found
  }

  /// `files("acme_assets.img")`, `import acme_assets`: a folder of the team's own without any code is a
  /// namespace package all the same. False where there is none.
  mutating func linkDataFolder(
    _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) -> Bool {
    guard origin.party == .first else { return false }
    let path = String(
      decoding: name.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
    for root in roots(in: origin.view) where workspace.roots[root].isFirstParty {
      guard let folder = subfolder(root, path[...]), !index.tree.folders[Int(folder)].holdsCode
      else { continue }
      link(
        origin.holder, to: condition(.namedFolder(folder)), .data, place: origin.place(request))
      return true
    }
    return false
  }

  private mutating func shipSources(of folder: Int32, from node: NodeID) {
    let row = index.tree.folders[Int(folder)]
    for leaf in [row.initial] + row.leaves.map({ index.tree.leaves[Int($0)] }) {
      guard let source = leaf?.source else { continue }
      link(node, to: dataNode(of: source), .data)
    }
    for child in row.folders { shipSources(of: child, from: node) }
  }

  private mutating func dottedName(of folder: Int32) -> Name {
    index.intern(path(of: folder).split(separator: "/").joined(separator: "."))
  }

  /// Whether a folder has modules that somebody may run who gets its path.
  ///
  /// Not one that holds a source root, a handler, or the module that names it: that is the team's code
  /// as such (`"src"`, `"functions"`), which is imported by name; its name is a word for many things,
  /// and all of it in each archive is what nobody means. Nor are tests run in production.
  func holdsScripts(_ folder: Int32, besides file: FileID?) -> Bool {
    let row = index.tree.folders[Int(folder)]
    guard row.holdsCode, row.parent >= 0 else { return false }
    let name = index.names.slice(row.name)
    if ["tests", "test"].contains(where: { name.elementsEqual($0.utf8) }) { return false }
    let prefix = "\(workspace.roots[row.root].location)/\(path(of: folder))/"
    func holds(_ file: FileID) -> Bool {
      let file = workspace.files[file]
      return "\(workspace.roots[file.root].location)/\(file.path.string)".hasPrefix(prefix)
    }
    if let file, holds(file) { return false }
    if workspace.roots.rows.contains(where: {
      $0.kind == .source && "\($0.location)/".hasPrefix(prefix)
    }) {
      return false
    }
    return !handlerNodes.contains { states[Int($0.index)].files.contains(where: holds) }
  }
}
