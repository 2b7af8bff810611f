import Model

/// What leads to an import that has to be declared: loaders, and tables of which every entry does.
extension CallNames {
  /// Whether a definition hands a name to what imports it: `import_optional_dependency("openpyxl")`.
  mutating func loads(_ position: CallGraph.Position) -> Bool {
    if isLoader(position) { return true }
    for mention in graph.rows[position].mentions where graph.mentions[mention].form == .name {
      for callee in meaning(of: mention, at: position).definitions where isLoader(callee) {
        return true
      }
    }
    // `self._load("openpyxl")`; `library = "argon2"` for `self._load()`
    if graph.rows[position].kind == .class {
      return family(of: position).contains { relative in
        (graph.members[relative] ?? [:]).values.contains { $0.contains(where: isLoader) }
      }
    }
    guard let owner = graph.enclosingClass(of: position) else { return false }
    for mention in graph.rows[position].mentions where graph.mentions[mention].form == .own {
      guard let name = graph.parts[graph.mentions[mention].parts].first else { continue }
      for relative in family(of: owner) {
        if (graph.members[relative]?[name] ?? []).contains(where: isLoader) { return true }
      }
    }
    return false
  }

  private func isLoader(_ position: CallGraph.Position) -> Bool {
    graph.mentions[graph.rows[position].mentions].contains { mention in
      (mention.form == .name || mention.form == .member)
        && graph.parts[mention.parts].contains(where: loading.contains)
    }
  }

  // MARK: Tables

  /// Whether every entry of a table that names a definition leads to an import that has to be declared:
  /// whoever uses the table uses one of them, and nothing says which.
  mutating func isForced(_ group: Int) -> Bool {
    if let known = forcedGroups[group] { return known }
    let conditions = Set(graph.groups[group].map(Int32.init))
    var isAny = false
    var isForced = true
    if let some = graph.groups[group].first, graph.conditions[some].kind == .key {
      for position in graph.files[graph.conditions[some].file].rows where isForced {
        for mention in graph.rows[position].mentions
        where conditions.contains(graph.mentions[mention].condition) {
          let form = graph.mentions[mention].form
          guard form == .name || form == .argument else { continue }
          let found = meaning(of: mention, at: position).definitions
          if found.isEmpty { continue }
          isAny = true
          if !found.contains(where: { lead($0) }) { isForced = false }
        }
      }
    }
    forcedGroups[group] = isForced && isAny
    return isForced && isAny
  }

  /// The same of what is registered without a word to choose it by: `register_writer(OpenpyxlWriter)`.
  mutating func isForced(registration: CallGraph.Position) -> Bool {
    (keepersByRegistration[registration] ?? []).contains { keeper in
      if let known = forcedKeepers[keeper] { return known }
      let isForced = registrations(at: keeper).allSatisfy { registration in
        graph.rows[registration].mentions.contains { mention in
          let form = graph.mentions[mention].form
          guard form == .name || form == .argument else { return false }
          return meaning(of: mention, at: registration).definitions.contains { lead($0) }
        }
      }
      forcedKeepers[keeper] = isForced
      return isForced
    }
  }

  /// Whether a definition or a method of the class that it is leads there by itself: a step further
  /// nearly everything in a large library does.
  private mutating func lead(_ position: CallGraph.Position) -> Bool {
    if let known = leads[position] { return known }
    let isLeading = ([position] + (graph.children[position] ?? [])).contains {
      leading.contains($0) || loads($0)
    }
    leads[position] = isLeading
    return isLeading
  }
}
