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

  mutating func linkData(_ from: NodeID, _ folder: Int32) {
    let subject = Subject.folder(folder)
    if let known = nodeBySubject[subject] {
      link(from, to: known, .data)
      return
    }
    var contents = Contents()
    gather(folder, isRegular: index.tree.folders[Int(folder)].initial != nil, into: &contents)
    secrets.beside.formUnion(contents.secrets)
    let (withRules, ruled) = splitByRules(contents.files, of: folder)
    if !withRules.isEmpty {
      let party = party(of: withRules[0])
      let node = makeNode(
        subject, .data, files: withRules, party: party,
        root: index.tree.folders[Int(folder)].root, view: states[Int(from.index)].view)
      link(from, to: node, .data)
    }
    for chosen in ruled { linkRuled(from, chosen) }
    for file in contents.libraries { linkLibrary(from, file, .data, place: nil) }
  }

  struct Contents {
    var files: [FileID] = []
    var libraries: [FileID] = []
    /// Left out of `files`.
    var secrets: [FileID] = []
  }

  /// Non-Python files, and Python files that cannot be imported by name: `config-3.py`, templates.
  func gather(_ folder: Int32, isRegular: Bool, into contents: inout Contents) {
    let row = index.tree.folders[Int(folder)]
    contents.files += row.data.filter { !isHidden($0) }
    contents.secrets += row.data.filter { secretName(of: $0) != nil }
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
      if standsApart(child) { continue }
      gather(child, isRegular: isRegular, into: &contents)
    }
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

  func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
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
}
