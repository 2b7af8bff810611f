import Model

extension PythonResolver {
  /// The data of a package's folder, down to the next package, goes with it.
  ///
  /// For a namespace package that is what lies beside its portions' modules and below folders without
  /// code; folders with code are packages of their own.
  mutating func linkData(of node: NodeID, _ row: ModuleIndex.Module) {
    for folder in row.path {
      if row.kind == .namespace, ownsNothing(folder) { continue }
      linkData(node, folder)
    }
  }

  /// A root's folder is no package; and what lies in a folder below a regular package belongs to that.
  private func ownsNothing(_ folder: Int32) -> Bool {
    var above = folder
    while above >= 0 {
      if index.tree.folders[Int(above)].initial != nil { return true }
      above = index.tree.folders[Int(above)].parent
    }
    return false
  }

  private mutating func linkData(_ from: NodeID, _ folder: Int32) {
    let subject = Subject.folder(folder)
    if let known = nodeBySubject[subject] {
      link(from, to: known, .data)
      return
    }
    var contents = Contents()
    gather(folder, isRegular: index.tree.folders[Int(folder)].initial != nil, into: &contents)
    let (withRules, ruled) = splitByRules(contents.files, of: folder)
    if !withRules.isEmpty {
      let party = party(of: withRules[0])
      let node = makeNode(
        subject, .data, files: withRules, party: party,
        root: index.tree.folders[Int(folder)].root, view: states[Int(from.index)].view)
      link(from, to: node, .data)
    }
    for (condition, files) in ruled { linkRuled(from, condition, files) }
    for file in contents.libraries { linkLibrary(from, file, .data, place: nil) }
  }

  private struct Contents {
    var files: [FileID] = []
    var libraries: [FileID] = []
  }

  /// Non-Python files, and Python files that cannot be imported by name: `config-3.py`, templates.
  private func gather(_ folder: Int32, isRegular: Bool, into contents: inout Contents) {
    let row = index.tree.folders[Int(folder)]
    contents.files += row.data.filter { !isHidden($0) }
    // Stubs that lie beside no module describe other code, for whoever reads them (typeshed).
    if row.leaves.isEmpty, row.initial == nil { contents.files += row.stubs }
    for library in row.libraries {
      contents.libraries.append(library)
    }
    for leaf in row.leaves {
      let leaf = index.tree.leaves[Int(leaf)]
      if let source = leaf.source, !isImportable(leaf.name, in: folder) {
        contents.files.append(source)
      }
    }
    for child in row.folders {
      let below = index.tree.folders[Int(child)]
      guard below.initial == nil else { continue }
      if !isRegular, below.holdsCode { continue }
      gather(child, isRegular: isRegular, into: &contents)
    }
  }

  /// The team's own dot files (`.env`, `.DS_Store`) are no data: a secret that lies in a package's
  /// folder is shipped only where the configuration includes it.
  private func isHidden(_ file: FileID) -> Bool {
    workspace.files[file].path.name.utf8.first == UInt8(ascii: ".") && party(of: file) == .first
  }

  /// `os.path.join(os.path.dirname(__file__), "grammars")`: a subpackage that is opened as a folder
  /// only. Its data is needed, its modules are not.
  mutating func linkDataOnly(_ module: ModuleRef, _ origin: Origin, _ request: Request) {
    let row = index.modules[Int(module)]
    guard row.kind == .package, origin.party != .first else { return }
    for folder in row.path {
      if nodeBySubject[.folder(folder)] == nil { linkData(origin.holder, folder) }
      if let node = nodeBySubject[.folder(folder)] {
        link(origin.holder, to: node, .data, place: origin.place(request))
      }
    }
  }

  /// Whether an import statement can spell the module: its name, and the folders up to the package.
  private func isImportable(_ name: Name, in folder: Int32) -> Bool {
    guard isIdentifier(index.names.slice(name)) else { return false }
    var above = folder
    while above >= 0, index.tree.folders[Int(above)].initial == nil {
      let row = index.tree.folders[Int(above)]
      if row.parent < 0 { return true }
      guard isIdentifier(index.names.slice(row.name)) else { return false }
      above = row.parent
    }
    return true
  }

  private func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, !(48...57).contains(first) else { return false }
    return text.allSatisfy {
      switch $0 {
      case 48...57, 65...90, 97...122, UInt8(ascii: "_"), 128...: true
      default: false
      }
    }
  }

  /// A module that reads the stub beside it: the stubs of its folder are data, and its own says what
  /// it loads lazily.
  mutating func keepStubs(of origin: Origin) {
    guard let module = origin.module, let leaf = index.modules[Int(module)].leaf else { return }
    let row = index.modules[Int(module)]
    let folder = row.kind == .package ? row.path[0] : leaf.folder
    for file in index.tree.folders[Int(folder)].stubs {
      let node = makeNode(
        .file(file), .data, files: [file], party: origin.party,
        root: workspace.files[file].root, view: origin.view)
      link(origin.holder, to: node, .data)
      let stem = workspace.files[origin.file].path.name.utf8.prefix { $0 != UInt8(ascii: ".") }
      if workspace.files[file].path.name.utf8.dropLast(4).elementsEqual(stem) {
        requestScan(origin.node, file, .source)
      }
    }
  }

  // MARK: Paths in first-party strings

  /// `"templates"`, `"sql/orders.sql"`: a file or folder beside the module, or beside one of the
  /// folders above it. What lies in a package is that package's data anyway.
  mutating func followPath(_ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin) {
    var parts = text.split(separator: UInt8(ascii: "/"))
    parts.removeAll { $0.elementsEqual(".".utf8) }
    while parts.first?.elementsEqual("..".utf8) == true { parts.removeFirst() }
    guard let last = parts.last, text.first != UInt8(ascii: "/") else { return }
    var folder = folder(of: origin.file)
    while let start = folder {
      folder =
        index.tree.folders[Int(start)].parent < 0 ? nil : index.tree.folders[Int(start)].parent
      var inner: Int32? = start
      for part in parts.dropLast() {
        inner = inner.flatMap { here in
          index.find(part).flatMap { index.tree.child(here, $0) }
        }
      }
      guard let inner else { continue }
      if let name = index.find(last), let named = index.tree.child(inner, name) {
        linkFolder(named, request, origin)
        return
      }
      let files = index.tree.folders[Int(inner)].data.filter {
        workspace.files[$0].path.name.utf8.elementsEqual(last)
      }
      if let file = files.first {
        linkFile(file, in: inner, request, origin)
        return
      }
    }
  }

  private mutating func folder(of file: FileID) -> Int32? {
    let row = workspace.files[file]
    var folder = index.tree.rootFolders[row.root]
    for part in row.path.folder.utf8.split(separator: UInt8(ascii: "/")) {
      guard let here = folder, let name = index.find(Array(part)[...]) else { return nil }
      folder = index.tree.child(here, name)
    }
    return folder
  }

  private mutating func linkFolder(_ folder: Int32, _ request: Request, _ origin: Origin) {
    if let package = owner(of: folder) {
      linkOwned(package, origin, request)
    } else {
      var contents = Contents()
      gather(folder, isRegular: true, into: &contents)
      for file in contents.files { linkFile(file, in: nil, request, origin) }
    }
    linkModules(in: folder, request, origin)
  }

  /// `os.listdir(os.path.join(here, "plugins"))`: modules of a folder that first-party code names,
  /// where it also imports names that it computes. A folder of scripts (`migrations` without an
  /// `__init__`) is run by whoever gets its path; another function's folder is no such thing.
  private mutating func linkModules(in folder: Int32, _ request: Request, _ origin: Origin) {
    guard index.tree.folders[Int(folder)].holdsCode, !holdsHandler(folder) else { return }
    let isPackage = index.tree.folders[Int(folder)].initial != nil
    let dotted = index.intern(path(of: folder).split(separator: "/").joined(separator: "."))
    for (found, scope) in look(up: dotted, from: origin) where found.isComplete {
      if isPackage {
        linkWhole(found.module, origin, request, scope: scope)
      } else {
        link(
          origin.holder, to: condition(.wholePackage(found.module)), .walk,
          premise: condition(.anyoneImportsDynamically), scope: scope,
          place: origin.place(request))
      }
    }
  }

  private func holdsHandler(_ folder: Int32) -> Bool {
    let prefix = path(of: folder) + "/"
    let root = index.tree.folders[Int(folder)].root
    return entries.values.contains { entry in
      states[Int(entry.index)].files.contains { file in
        let row = workspace.files[file]
        return row.root == root && row.path.string.hasPrefix(prefix)
      }
    }
  }

  private mutating func linkFile(
    _ file: FileID, in folder: Int32?, _ request: Request, _ origin: Origin
  ) {
    if let folder, let package = owner(of: folder) {
      linkOwned(package, origin, request)
      return
    }
    let node = makeNode(
      .file(file), .data, files: [file], party: origin.party, root: workspace.files[file].root,
      view: origin.view)
    link(origin.holder, to: node, .string, place: origin.place(request))
  }

  /// The nearest regular package that a folder lies in.
  private func owner(of folder: Int32) -> Int32? {
    var above = folder
    while above >= 0 {
      if index.tree.folders[Int(above)].initial != nil { return above }
      above = index.tree.folders[Int(above)].parent
    }
    return nil
  }

  private mutating func linkOwned(_ package: Int32, _ origin: Origin, _ request: Request) {
    if nodeBySubject[.folder(package)] == nil { linkData(origin.holder, package) }
    if let node = nodeBySubject[.folder(package)] {
      link(origin.holder, to: node, .string, place: origin.place(request))
    }
  }
}
