import Model

/// Folders that code puts on `sys.path` itself: for the modules of whoever does it they are roots, behind
/// those of the project.
///
///     sys.path.append(os.path.join(os.path.dirname(__file__), "generated"))
///     import orders_pb2    # generated/orders_pb2.py
extension PythonResolver {
  mutating func followSearchPath(
    _ request: Request, _ facts: SourceFacts, _ origin: Origin
  ) {
    var folder: Int32?
    if request.level > 0 {
      folder = self.folder(of: origin.file)
      for _ in 1..<request.level {
        folder = folder.flatMap { here in
          let above = index.tree.folders[Int(here)].parent
          return above < 0 ? nil : above
        }
      }
    } else if origin.party == .first {
      folder = index.tree.rootFolders[workspace.files[origin.file].root]
    }
    for part in facts.bytes(request.name).split(separator: UInt8(ascii: ".")) {
      folder = folder.flatMap { here in index.find(part).flatMap { index.tree.child(here, $0) } }
    }
    // What has nothing above it is on the path already.
    guard let folder, index.tree.folders[Int(folder)].parent >= 0,
      index.tree.folders[Int(folder)].holdsCode
    else { return }
    let view = index.view(ofSearchPath: folder)
    if searchPaths[origin.party, default: []].contains(view) { return }
    searchPaths[origin.party, default: []].append(view)
    let kept = current
    retryUnresolved()
    let waiting = unplaced
    unplaced = []
    for (request, facts, origin) in waiting {
      guard let dotted = dottedName(request, facts, origin),
        findPlaced(dotted, by: origin.party)?.isComplete == true
      else {
        unplaced.append((request, facts, origin))
        continue
      }
      followMembers(request, facts, origin)
      currentEdges.removeAll(keepingCapacity: true)
    }
    current = kept
  }

  /// A module below one of the folders that a party has put on the path; nil where there is none.
  mutating func findPlaced(_ dotted: Name, by party: Party) -> ModuleIndex.Found? {
    for view in searchPaths[party] ?? [] {
      let found = index.find(dotted, in: view)
      if found.module >= 0 { return found }
    }
    return nil
  }
}
