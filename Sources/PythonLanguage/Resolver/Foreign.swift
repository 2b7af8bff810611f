import Model

// Native code that does not run on the target: told once for each distribution, where it is first
// asked for.

extension PythonResolver {
  /// A native file of another platform that something needs.
  struct Foreign: Sendable {
    /// Who needs it.
    let node: NodeID
    let file: FileID
    /// The module that only this file would be; nil for one that was taken for what it is not.
    let module: String?
    /// What it was built for, where it was read.
    let binary: Binary?
    let isOptional: Bool
    /// Line 0: nothing asks for it by name.
    let place: Place
  }

  /// Keeps what a native file says of itself: what it was built for, and how new a glibc it needs.
  mutating func noteBinary(_ facts: SourceFacts, _ origin: Origin) {
    guard let binary = facts.binary else { return }
    noteUnreadableStrings(facts, origin)
    if binary.format == .elf, binary.architecture == target.architecture {
      glibc[origin.file] = binary.glibc
      return
    }
    foreign.append(
      Foreign(
        node: origin.node, file: origin.file, module: nil, binary: binary, isOptional: false,
        place: Place(file: origin.file, line: 0, column: 0)))
  }

  /// A needed module exists only for another platform or version.
  mutating func noteForeign(
    _ file: FileID, _ dotted: Name, _ request: Request, _ origin: Origin
  ) {
    foreign.append(
      Foreign(
        node: origin.node, file: file, module: index.names.string(dotted), binary: nil,
        isOptional: request.kind == .optional, place: origin.place(request)))
  }

  mutating func tellForeign() {
    var groups: [Int: [Foreign]] = [:]
    for item in foreign {
      let owner = workspace.files[item.file].distribution
      groups[owner.map { Int($0.index) } ?? -1 - Int(item.file.index), default: []].append(item)
    }
    for group in groups.values {
      let required = group.filter { !$0.isOptional }
      let told = (required.isEmpty ? group : required).map { ($0, location($0.place)) }
      guard
        let (first, place) = told.min(by: { a, b in
          (a.1.path, a.1.line, a.1.column) < (b.1.path, b.1.line, b.1.column)
        })
      else { continue }
      let others = Set(told.map(\.0.file)).count - 1
      let owner = workspace.files[first.file].distribution.map { workspace.distributions[$0] }
      let path = workspace.files[first.file].path
      diagnostics.append(
        first.binary.map {
          Diagnostics.foreignBinary(
            path, binary: $0, target: target, distribution: owner, others: others)
        }
          ?? Diagnostics.foreignExtension(
            first.module ?? "", file: path, target: target, distribution: owner, others: others,
            isOptional: required.isEmpty, at: place))
    }
  }
}
