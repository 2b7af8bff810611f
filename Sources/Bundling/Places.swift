package import Model

extension Workspace {
  /// A place as it is printed: relative to the project's folder where it lies inside.
  func location(of place: Place) -> SourceLocation {
    SourceLocation(
      path: shownPath(of: place.file), line: Int(place.line), column: Int(place.column))
  }

  /// Relative to the project's folder where it lies inside, else absolute; for a wheel's member its
  /// wheel, `!` and where it lies in `site-packages`.
  func shownPath(of file: FileID) -> String {
    let row = files[file]
    switch row.storage {
    case .disk: return shown("\(roots[row.root].location)/\(row.path.string)")
    case .member(let wheel, _): return "\(shown(wheels[wheel].path))!/\(row.path.string)"
    }
  }

  /// Relative to the project's folder where it lies inside, else as it is.
  package func shown(_ path: String) -> String {
    path.hasPrefix(project + "/") ? String(path.dropFirst(project.count + 1)) : path
  }

  /// `'src/a.py'`, or `'a.py' of requests 2.32.3`.
  func describe(_ file: FileID) -> String {
    guard let id = files[file].distribution else { return "'\(shownPath(of: file))'" }
    return "'\(files[file].path)' of \(distributions[id].displayName) \(distributions[id].version)"
  }
}

extension Stock {
  /// The import by which a node was reached first.
  func place(ofArrivalAt node: NodeID, _ reach: Reach) -> SourceLocation? {
    let arrival = reach.arrival[Int(node.index)]
    guard arrival >= 0 else { return nil }
    return graph.edges[Int(arrival)].place.map(workspace.location)
  }
}
