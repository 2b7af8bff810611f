import Model

/// Native libraries: what native code is linked against, and what code opens by its name.
extension PythonResolver {
  /// A `DT_NEEDED` entry, or the name that `ctypes.CDLL` is given: by base name over the whole
  /// environment, the own distribution's first.
  mutating func followLibrary(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    let text = facts.bytes(request.name)
    guard facts.binary != nil else { return openLibrary(text, .string, request, origin) }
    // Not linked against: a name in its data.
    guard request.kind != .lazy else { return openLibrary(text, .nativeName, request, origin) }
    if !linkLibraries(named: text, .native, request, origin) {
      missingLibraries[origin.file, default: []].insert(String(decoding: text, as: UTF8.self))
    }
  }

  /// `ctypes.CDLL("libfoo.so.5")`, `dlopen("libfoo.so.5")`; with a `*` for what is open.
  mutating func openLibrary(
    _ text: ArraySlice<UInt8>, _ kind: EdgeKind, _ request: Request, _ origin: Origin
  ) {
    let start = text.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? text.startIndex
    let name = text[start...]
    guard name.contains(UInt8(ascii: "*")) else {
      linkLibraries(named: name, kind, request, origin)
      return
    }
    for known in index.tree.libraryNames
    where NamePattern.matches(name, index.names.slice(known)) {
      linkLibraries(named: index.names.slice(known), .template, request, origin)
    }
  }

  /// `"rtree.libs"`: who names the folder into which auditwheel has put a wheel's libraries, whose names
  /// end in a hash, looks for them itself.
  mutating func openLibraries(
    in folder: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    for name in index.tree.libraryNames {
      for file in index.tree.libraries[name] ?? []
      where party(of: file) == origin.party
        && workspace.files[file].path.folder.utf8.elementsEqual(folder)
      {
        linkLibrary(origin.holder, file, .string, place: origin.place(request))
      }
    }
  }

  /// `libfoo.so`, `libfoo.so.1.2`, with or without a folder.
  func isLibrary(_ text: ArraySlice<UInt8>) -> Bool {
    if text.hasSuffix(".so") { return true }
    guard let last = text.last, (48...57).contains(last) else { return false }
    return Roles.isNative(Array(text))
  }

  /// False where there is none of that name.
  @discardableResult
  private mutating func linkLibraries(
    named text: ArraySlice<UInt8>, _ kind: EdgeKind, _ request: Request, _ origin: Origin
  ) -> Bool {
    guard let name = index.find(text), let all = index.tree.libraries[name] else { return false }
    // Another function's own folder is not on this one's path.
    let candidates = all.filter {
      guard let view = index.viewByOverlay[workspace.files[$0].root] else { return true }
      return view == origin.view || target.roots.contains(workspace.files[$0].root)
    }
    let own = candidates.filter { party(of: $0) == origin.party }
    for file in own.isEmpty ? candidates : own {
      if let id = workspace.files[file].distribution, omitted.contains(id) { continue }
      linkLibrary(origin.holder, file, kind, place: origin.place(request))
    }
    return !candidates.isEmpty
  }

  mutating func linkLibrary(_ from: NodeID, _ file: FileID, _ kind: EdgeKind, place: Place?) {
    // An extension module that others are linked against is one node.
    if let known = nodeByFile[file] {
      link(from, to: known, kind, place: place)
      return
    }
    let node = makeNode(
      .library(file), .library, files: [file], party: party(of: file),
      root: workspace.files[file].root, view: 0)
    nodeByFile[file] = node
    link(from, to: node, kind, place: place)
  }
}
