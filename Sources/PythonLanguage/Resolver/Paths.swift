import Model

/// Files and folders that strings of the team's own code name by their path.
extension PythonResolver {
  /// `script_location = "shop:storage/alembic"`: a folder by its path from a package of the same party.
  /// False where there is none.
  mutating func followFolder(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) -> Bool {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), isDottedName(text[..<colon]),
      !text[..<colon].contains(UInt8(ascii: "/"))
    else { return false }
    var isFound = false
    for (found, scope) in look(up: index.intern(text[..<colon]), from: origin)
    where found.isComplete && states[Int(node(of: found.module).index)].party == origin.party {
      for start in index.modules[Int(found.module)].path {
        var folder: Int32? = start
        for part in text[(colon + 1)...].split(separator: UInt8(ascii: "/")) {
          folder = folder.flatMap { here in index.find(part).flatMap { index.tree.child(here, $0) }
          }
        }
        guard let folder, folder != start else { continue }
        link(
          origin.holder, to: condition(.namedFolder(folder)), .string, scope: scope,
          place: origin.place(request))
        isFound = true
      }
    }
    return isFound
  }

  /// `"templates"`, `"sql/orders.sql"`: a file or folder beside the module, or beside one of the
  /// folders above it. What lies in a package is that package's data anyway.
  ///
  /// A distribution names files of its own alone, below whatever packages of it they lie:
  ///
  ///     pkgutil.get_data("xyzservices", "data/providers.json")
  ///
  /// `isPath`: the string is the end of a path, and not just any word.
  mutating func followPath(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin, isPath: Bool = false,
    mayBeFolder: Bool = true
  ) {
    let text = withoutArchiveRoot(text)
    if origin.party != .first, text.lastIndex(of: UInt8(ascii: ".")) == nil { return }
    var parts = text.split(separator: UInt8(ascii: "/"))
    parts.removeAll { $0.elementsEqual(".".utf8) }
    while parts.first?.elementsEqual("..".utf8) == true { parts.removeFirst() }
    guard let last = parts.last else { return }
    let own = folder(of: origin.file)
    var folder = own
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
      if origin.party == .first, mayBeFolder, let name = index.find(last),
        let named = index.tree.child(inner, name)
      {
        linkFolder(named, request, origin, isPath: isPath)
        return
      }
      if origin.party == .first, let script = script(last, in: inner) {
        if parts.count == 1, start != own, folder == nil { continue }
        linkScript(script, request, origin)
        return
      }
      let files = index.tree.folders[Int(inner)].data.filter {
        workspace.files[$0].path.name.utf8.elementsEqual(last)
      }
      if let file = files.first, origin.party == .first || party(of: file) == origin.party {
        linkFile(file, in: inner, request, origin)
        return
      }
    }
    if origin.party == .first, let own,
      SecretName.find(String(decoding: last, as: UTF8.self)) != nil
    {
      linkSecrets(last, below: own, request, origin)
    }
  }

  /// A secret's name alone, where its folder stands in another string; other data of that folder
  /// comes with the folder.
  ///
  ///     conf = Path(__file__).parent / "conf"
  ///     Env().read_env(conf / "shop.env")
  private mutating func linkSecrets(
    _ name: ArraySlice<UInt8>, below folder: Int32, _ request: Request, _ origin: Origin
  ) {
    for child in index.tree.folders[Int(folder)].folders
    where !index.tree.folders[Int(child)].holdsCode {
      let files = index.tree.folders[Int(child)].data.filter {
        workspace.files[$0].path.name.utf8.elementsEqual(name)
      }
      for file in files { linkFile(file, in: child, request, origin) }
      linkSecrets(name, below: child, request, origin)
    }
  }

  /// Where the providers put an archive: what code names below lies in it.
  ///
  ///     open("/var/task/rates.csv")
  private func withoutArchiveRoot(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.first == UInt8(ascii: "/") else { return text }
    for root in target.archiveRoots {
      if text.starts(with: root.utf8) { return text.dropFirst(root.utf8.count) }
    }
    return text
  }

  /// `glob(here + "/sql/*.sql")`, `f"{here}/jobs/{name}.py"`: the files that fit, beside the module or
  /// beside one of the folders above it.
  mutating func followPattern(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    var parts = text.split(separator: UInt8(ascii: "/"))
    parts.removeAll { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    // What the first hole stands for is where the path begins.
    if parts.count > 1, parts[0].allSatisfy({ $0 == UInt8(ascii: "*") }) { parts.removeFirst() }
    guard !parts.isEmpty else { return }
    var folder = folder(of: origin.file)
    while let start = folder {
      folder =
        index.tree.folders[Int(start)].parent < 0 ? nil : index.tree.folders[Int(start)].parent
      var found: [(file: FileID, folder: Int32)] = []
      match(parts[...], in: start, besides: origin.file, into: &found)
      if found.isEmpty, parts.count == 1 {
        matchBelow(parts[0], start, besides: origin.file, into: &found)
      }
      for (file, folder) in found {
        if Roles.role(of: workspace.files[file].path) == .source {
          linkScript(file, request, origin)
        } else {
          linkFile(file, in: folder, request, origin, isNamed: false)
        }
      }
      // A name alone means what lies beside the module.
      if !found.isEmpty || parts.count == 1 { return }
    }
  }

  /// `origin`: the file that has the pattern; the folder that it lies in has no scripts to it.
  private func match(
    _ parts: ArraySlice<ArraySlice<UInt8>>, in folder: Int32, besides origin: FileID,
    into found: inout [(file: FileID, folder: Int32)]
  ) {
    guard let part = parts.first, found.count < 10_000 else { return }
    let row = index.tree.folders[Int(folder)]
    let rest = parts.dropFirst()
    if rest.isEmpty {
      for file in row.data where !isHidden(file) || secretName(of: file) != nil {
        if Self.fits(Array(workspace.files[file].path.name.utf8), part) {
          found.append((file, folder))
        }
      }
      if part.hasSuffix(".py"), holdsScripts(folder, besides: origin) {
        for leaf in row.leaves {
          let leaf = index.tree.leaves[Int(leaf)]
          guard let source = leaf.source,
            Self.fits(index.names.slice(leaf.name) + Array(".py".utf8), part)
          else { continue }
          found.append((source, folder))
        }
      }
    }
    let isDeep = part.elementsEqual("**".utf8)
    if isDeep { match(rest, in: folder, besides: origin, into: &found) }
    guard isDeep || !rest.isEmpty else { return }
    for child in row.folders {
      if isDeep {
        match(parts, in: child, besides: origin, into: &found)
      } else if Self.fits(index.names.slice(index.tree.folders[Int(child)].name), part) {
        match(rest, in: child, besides: origin, into: &found)
      }
    }
  }

  /// `rglob("*.sql")`: folders without code below the one at hand.
  private func matchBelow(
    _ part: ArraySlice<UInt8>, _ folder: Int32, besides origin: FileID,
    into found: inout [(file: FileID, folder: Int32)]
  ) {
    for child in index.tree.folders[Int(folder)].folders
    where !index.tree.folders[Int(child)].holdsCode {
      match([part][...], in: child, besides: origin, into: &found)
      matchBelow(part, child, besides: origin, into: &found)
    }
  }

  /// Whether a name is what a pattern with `*` describes.
  private static func fits(
    _ name: some RandomAccessCollection<UInt8>, _ pattern: ArraySlice<UInt8>
  )
    -> Bool
  {
    let name = Array(name)
    let pieces = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return name.elementsEqual(pattern) }
    guard let head = pieces.first, let tail = pieces.last, name.starts(with: head),
      name.count >= head.count + tail.count, name.suffix(tail.count).elementsEqual(tail)
    else { return false }
    var rest = name[head.count..<(name.count - tail.count)]
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      while rest.count >= piece.count, !rest.starts(with: piece) { rest.removeFirst() }
      guard rest.count >= piece.count else { return false }
      rest.removeFirst(piece.count)
    }
    return true
  }

  func folder(of file: FileID) -> Int32? {
    let row = workspace.files[file]
    var folder = index.tree.rootFolders[row.root]
    for part in row.path.folder.utf8.split(separator: UInt8(ascii: "/")) {
      guard let here = folder, let name = index.find(Array(part)[...]) else { return nil }
      folder = index.tree.child(here, name)
    }
    return folder
  }

  private mutating func linkFolder(
    _ folder: Int32, _ request: Request, _ origin: Origin, isPath: Bool
  ) {
    if let package = owner(of: folder) {
      linkOwned(package, origin, request)
    } else {
      var contents = Contents()
      gather(folder, isRegular: true, into: &contents)
      secrets.beside.formUnion(contents.secrets)
      for file in contents.files { linkFile(file, in: nil, request, origin) }
    }
    linkModules(in: folder, request, origin, isPath: isPath)
  }

  /// `isNamed`: in full, and not by a pattern.
  private mutating func linkFile(
    _ file: FileID, in folder: Int32?, _ request: Request, _ origin: Origin, isNamed: Bool = true
  ) {
    if let secret = secretName(of: file) {
      guard isNamed else {
        secrets.beside.insert(file)
        return
      }
      if secrets.named[file] == nil { secrets.named[file] = origin.place(request) }
      if !secret.isNeededWhenNamed { return }
    }
    // Of a package's data hidden files are no part.
    if let folder, let package = owner(of: folder), !isHidden(file) {
      linkOwned(package, origin, request)
      return
    }
    let node = makeNode(
      .file(file), .data, files: [file], party: origin.party, root: workspace.files[file].root,
      view: origin.view)
    link(origin.holder, to: node, .string, place: origin.place(request))
  }

  /// The node of one file that is shipped as it is.
  mutating func dataNode(of file: FileID, view: View = 0) -> NodeID {
    makeNode(
      .file(file), .data, files: [file], party: party(of: file),
      root: workspace.files[file].root, view: view)
  }

  /// The nearest regular package that a folder lies in.
  func owner(of folder: Int32) -> Int32? {
    var above = folder
    while above >= 0 {
      if index.tree.folders[Int(above)].initial != nil { return above }
      if standsApart(above) { return nil }
      above = index.tree.folders[Int(above)].parent
    }
    return nil
  }

  private mutating func linkOwned(_ package: Int32, _ origin: Origin, _ request: Request) {
    if nodeBySubject[.folder(package)] == nil { linkData(origin.holder, package) }
    if let node = nodeBySubject[.folder(package)] {
      link(origin.holder, to: node, .string, place: origin.place(request))
    }
    keepRegular(package, request, origin)
  }

  /// Without its `__init__.py` a package would be a namespace, of which `get_data` has nothing. What it
  /// imports is followed where something imports it.
  private mutating func keepRegular(_ package: Int32, _ request: Request, _ origin: Origin) {
    guard origin.party == .first,
      let source = index.tree.folders[Int(package)].initial?.source
    else { return }
    link(
      origin.holder, to: dataNode(of: source, view: origin.view), .string,
      place: origin.place(request))
  }
}
