import Model

/// Requirements of the project that no function declares.
///
/// Somebody wrote them down in a file of the project's, so they must belong to somebody: `openpyxl` beside `pandas` in the one file
/// that all functions share is there for whoever calls `read_excel`. Each function that reaches an
/// optional import of such a distribution gets it, where that stands in a library that the team's own code
/// imports: what a library's library could use as well is not what the line was written for.
extension PythonResolver {
  /// Distributions that the project asks for, that no function has declared, and that something reached
  /// would import.
  private func orphans() -> Set<DistributionID> {
    let imported = Set(ofOwnLibraries().map(\.distribution))
    return Set(
      requirements.direct.lazy.filter { $0.origin != nil }.map(\.distribution).filter { id in
        guard imported.contains(id), !adopted.contains(id), !omitted.contains(id) else {
          return false
        }
        return nodeBySubject[.condition(.admitted(id))].map { !states[Int($0.index)].isReached }
          ?? true
      })
  }

  /// Optional imports in distributions that the team's own code imports.
  private func ofOwnLibraries() -> [OptionalImport] {
    var libraries: Set<DistributionID> = []
    for edge in edges where states[Int(edge.from.index)].party == .first {
      if let id = distribution(states[Int(edge.to.index)].party) { libraries.insert(id) }
    }
    return optional.filter { item in
      party(of: item).flatMap(distribution).map(libraries.contains) ?? true
    }
  }

  func mayAdopt() -> Bool { !requirements.direct.isEmpty && !orphans().isEmpty }

  /// Declares each orphan for whoever reaches an import of it.
  mutating func adopt() {
    let orphans = orphans()
    adopted.formUnion(orphans)
    currentEdges.removeAll(keepingCapacity: true)
    for item in ofOwnLibraries() where orphans.contains(item.distribution) {
      let name = workspace.distributions[item.distribution].displayName
      link(
        item.from, to: condition(.admitted(item.distribution)), .orphan, place: item.place,
        note: note("the project asks for \(name), and no function declares it"))
    }
    settle()
  }
}
