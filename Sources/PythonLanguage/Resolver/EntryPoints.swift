import Model

/// Entry points, and distributions that strings name.
extension PythonResolver {
  /// A string that is an entry point group's name: whoever has registered there is asked.
  mutating func followGroup(
    _ group: Name, _ points: [GroupMember], _ request: Request, _ origin: Origin,
    premise: NodeID? = nil
  ) {
    for point in points where !omitted.contains(point.distribution) {
      let module = String(point.value.prefix { $0 != ":" }.filter { $0 != " " })
      let found = index.find(index.intern(module), in: 0)
      guard found.isComplete else { continue }
      linkModule(
        origin, found.module, .entryPoint, request, premise: premise,
        note: note(index.names.string(group)))
      // Of a distribution it comes with its modules.
      if isOwn(point.distribution) {
        linkMetadata(origin.holder, point.distribution, .entryPoint, place: origin.place(request))
      }
    }
  }

  /// Whether a distribution is the team's own: its metadata lies in a source root.
  func isOwn(_ id: DistributionID) -> Bool {
    workspace.roots[workspace.distributions[id].root].isFirstParty
  }

  /// `version("h2")`: metadata of a distribution that is named, by first-party code or by one that
  /// requires it.
  mutating func followDistribution(
    _ id: DistributionID, _ request: Request, _ origin: Origin
  ) {
    if let own = distribution(origin.party) {
      let requires = workspace.distributions[own].requires
      guard own == id || requires.contains(workspace.distributions[id].name) else { return }
    } else if origin.party != .first {
      return
    }
    linkMetadata(origin.holder, id, .string, place: origin.place(request))
  }

  /// `create("spacy", "loggers")`: words that are a group's name once they are joined, by whoever asks
  /// for entry points.
  mutating func followWords(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard let words = index.find(Self.words(facts.bytes(request.name))[...]) else { return }
    for group in groupsByWords[words] ?? [] {
      followGroup(
        group, groups[group] ?? [], request, origin, premise: condition(.anyoneReadsEntryPoints))
    }
  }

  /// `spacy loggers` of `spacy_loggers`, `spacy.loggers`
  static func words(_ text: some Sequence<UInt8>) -> [UInt8] {
    text.map { byte in
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
        UInt8(ascii: "/"):
        UInt8(ascii: " ")
      default: byte
      }
    }
  }

  mutating func followGroupPattern(
    _ pattern: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard current.readsEntryPoints, pattern.first != UInt8(ascii: "*") else { return }
    for group in groups.keys.sorted() where matches(pattern, group) {
      followGroup(group, groups[group] ?? [], request, origin)
    }
  }

  private func matches(_ pattern: ArraySlice<UInt8>, _ name: Name) -> Bool {
    NamePattern.matches(pattern, index.names.slice(name))
  }
}
