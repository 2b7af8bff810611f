import Model

/// Files that a distribution installs beside its packages: `share/jupyter/nbconvert/…`, `etc/x.conf`.
/// They are nobody's package data; a path leads to them, or `data` of the settings, or `prune`.
extension PythonResolver {
  private typealias Parts = [ArraySlice<UInt8>]

  /// `Path(__file__).parent / "share" / "jupyter"`: in the archive the team's own code and what
  /// distributions bring lie in one folder, so a path that begins at a module may end in a
  /// distribution's files. Of those that are used, that is.
  mutating func followMergedPath(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    let parts = parts(of: text)
    // Most paths stay with the team's own.
    guard let first = parts.first, index.find(first) != nil else { return }
    var above = workspace.files[origin.file].path.folder.utf8.split(separator: slash).map {
      Array($0)[...]
    }
    while true {
      for root in target.roots where !workspace.roots[root].isFirstParty {
        for file in files(at: above + parts, in: root) {
          let id = workspace.files[file].distribution
          linkUnpackaged(
            file, from: origin.holder, .string, premise: id.map { condition(.uses($0)) },
            place: origin.place(request))
        }
      }
      if above.popLast() == nil { return }
    }
  }

  /// `os.path.join(root, "nbconvert", "templates")` in a distribution: where below `share` or another
  /// place it looks for its own, only the run knows; two parts of the path and that the files are its
  /// own are enough to tell. One word is not; nor is a path from the top on (`sys.prefix`, `"share"`,
  /// `"jupyter"`), which is the interpreter's and never the archive's.
  mutating func followOwnUnpackaged(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard let id = distribution(origin.party), text.contains(slash) else { return }
    let own = unpackaged(of: id)
    if own.isEmpty { return }
    let parts = parts(of: text)
    guard parts.count > 1 else { return }
    let wanted = [slash] + parts.joined(separator: [slash])
    for file in own {
      let path = Array(workspace.files[file].path.string.utf8)
      guard contains(wanted, in: path) else { continue }
      linkUnpackaged(file, from: origin.holder, .string, place: origin.place(request))
    }
  }

  /// Whether a path has these components, whole ones, one behind the other.
  private func contains(_ wanted: [UInt8], in path: [UInt8]) -> Bool {
    var start = 0
    while start + wanted.count <= path.count {
      if path[start...].starts(with: wanted) {
        let end = start + wanted.count
        if end == path.count || path[end] == slash { return true }
      }
      start += 1
    }
    return false
  }

  /// All of a distribution's.
  mutating func linkUnpackaged(of id: DistributionID, from node: NodeID) {
    for file in unpackaged(of: id) { linkUnpackaged(file, from: node, .whole) }
  }

  private mutating func linkUnpackaged(
    _ file: FileID, from node: NodeID, _ kind: EdgeKind, premise: NodeID? = nil,
    place: Place? = nil
  ) {
    let row = workspace.files[file]
    if let id = row.distribution, omitted.contains(id) { return }
    if Roles.role(of: row.path) == .native { return linkLibrary(node, file, kind, place: place) }
    let data = makeNode(
      .file(file), .data, files: [file], party: party(of: file), root: row.root, view: 0)
    link(node, to: data, kind, premise: premise, place: place)
  }

  // MARK: Which those are

  /// Files of a distribution that lie in no package: at the top, or in a folder at the top without any
  /// code. An environment's `bin` has commands, which no function runs.
  mutating func unpackaged(of id: DistributionID) -> [FileID] {
    if let known = unpackaged { return known[id] ?? [] }
    var all: [DistributionID: [FileID]] = [:]
    for root in target.roots where !workspace.roots[root].isFirstParty {
      guard let top = index.tree.rootFolders[root] else { continue }
      for file in unpackagedFiles(below: top) {
        if let owner = workspace.files[file].distribution { all[owner, default: []].append(file) }
      }
    }
    unpackaged = all
    return all[id] ?? []
  }

  private func unpackagedFiles(below top: Int32) -> [FileID] {
    var files: [FileID] = []
    var stack = [top]
    while let folder = stack.popLast() {
      let row = index.tree.folders[Int(folder)]
      files += row.data + row.libraries
      for child in row.folders.reversed() {
        let below = index.tree.folders[Int(child)]
        if below.holdsCode { continue }
        if folder == top, row.parent < 0, index.names.slice(below.name).elementsEqual("bin".utf8) {
          continue
        }
        stack.append(child)
      }
    }
    return files
  }

  /// The unpackaged files at a path of a root, or below it.
  private func files(at parts: Parts, in root: RootID) -> [FileID] {
    guard var folder = index.tree.rootFolders[root], let last = parts.last else { return [] }
    for part in parts.dropLast() {
      guard let name = index.find(part), let child = index.tree.child(folder, name),
        !index.tree.folders[Int(child)].holdsCode
      else { return [] }
      folder = child
    }
    if let name = index.find(last), let named = index.tree.child(folder, name) {
      return index.tree.folders[Int(named)].holdsCode ? [] : unpackagedFiles(below: named)
    }
    return index.tree.folders[Int(folder)].data.filter {
      workspace.files[$0].path.name.utf8.elementsEqual(last)
    }
  }

  private func parts(of text: ArraySlice<UInt8>) -> Parts {
    text.split(separator: slash).filter {
      !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
    }
  }
}

private let slash = UInt8(ascii: "/")
