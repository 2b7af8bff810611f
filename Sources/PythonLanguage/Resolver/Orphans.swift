import Model

/// Requirements of the project that no function declares.
///
/// Somebody wrote them down in a file of the project's, so they must belong to somebody: `openpyxl` beside `pandas` in the one file
/// that all functions share is there for whoever calls `read_excel`. Each function that reaches an
/// optional import of such a distribution gets it.
extension PythonResolver {
  /// Distributions that the project asks for, that no function has declared, and that something reached
  /// would import.
  private func orphans() -> Set<DistributionID> {
    let imported = Set(optional.map(\.distribution))
    return Set(
      requirements.direct.lazy.filter { $0.origin != nil }.map(\.distribution).filter { id in
        guard imported.contains(id), !adopted.contains(id), !omitted.contains(id) else {
          return false
        }
        return nodeBySubject[.condition(.admitted(id))].map { !states[Int($0.index)].isReached }
          ?? true
      })
  }

  func mayAdopt() -> Bool { !requirements.direct.isEmpty && !orphans().isEmpty }

  /// Declares each orphan for whoever reaches an import of it.
  mutating func adopt() {
    let orphans = orphans()
    adopted.formUnion(orphans)
    currentEdges.removeAll(keepingCapacity: true)
    for item in optional where orphans.contains(item.distribution) {
      let name = workspace.distributions[item.distribution].displayName
      link(
        item.from, to: condition(.admitted(item.distribution)), .orphan, place: item.place,
        note: note("the project asks for \(name), and no function declares it"))
    }
    settle()
  }
}
