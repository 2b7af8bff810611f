import Model

/// Data in packages of a distribution that are opened as folders and imported by nobody.
extension PythonResolver {
  /// A path of which the run alone knows the end, in a distribution's code:
  ///
  ///     load(f"regexes/{fixture}")        # detector/regexes/local/os.yml, where regexes is a package
  ///
  /// The packages in the folder that it begins with, as seen from the module's folder or one above it,
  /// give their data. Where it leads to no package the data is kept anyway.
  mutating func followOwnPattern(
    _ text: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    var parts = text.split(separator: UInt8(ascii: "/"))[...]
    while let first = parts.first, first.allSatisfy({ $0 == UInt8(ascii: "*") }) {
      parts.removeFirst()
    }
    let names = parts.dropLast().prefix { !$0.contains(UInt8(ascii: "*")) }.map { index.find($0) }
    guard !names.isEmpty, distribution(origin.party) != nil else { return }
    var above = folder(of: origin.file)
    while let start = above {
      var inner: Int32? = start
      for name in names {
        inner = inner.flatMap { here in name.flatMap { index.tree.child(here, $0) } }
      }
      if let inner {
        linkPackages(in: inner, request, origin)
        return
      }
      above =
        index.tree.folders[Int(start)].parent < 0 ? nil : index.tree.folders[Int(start)].parent
    }
  }

  private mutating func linkPackages(
    in folder: Int32, _ request: Request, _ origin: Origin
  ) {
    let row = index.tree.folders[Int(folder)]
    if let file = row.initial?.file {
      let name = index.names.slice(row.name)
      guard party(of: file) == origin.party,
        !["tests", "test"].contains(where: { name.elementsEqual($0.utf8) })
      else { return }
      if nodeBySubject[.folder(folder)] == nil { linkData(origin.holder, folder) }
      if let node = nodeBySubject[.folder(folder)] {
        link(origin.holder, to: node, .data, place: origin.place(request))
      }
    }
    for child in row.folders { linkPackages(in: child, request, origin) }
  }
}
