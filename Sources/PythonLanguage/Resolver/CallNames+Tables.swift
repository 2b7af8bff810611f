import Model

/// What leads to an import that has to be declared: loaders, and tables of which every entry does.
extension CallNames {
  /// Whether a definition hands a name to what imports it: `import_optional_dependency("openpyxl")`.
  mutating func loads(_ position: CallGraph.Position) -> Bool {
    judged(.loads, position) { names in names.isLoading(position) }
  }

  private mutating func isLoading(_ position: CallGraph.Position) -> Bool {
    if isLoader(position) { return true }
    for mention in graph.rows[position].mentions where graph.mentions[mention].form == .name {
      for callee in meaning(of: mention, at: position).definitions where isLoader(callee) {
        return true
      }
    }
    // `self._load("openpyxl")`; `library = "argon2"` for `self._load()`
    if graph.rows[position].kind == .class {
      for relative in family(of: position) {
        for member in graph.children[relative] ?? [] where isLoader(member) { return true }
      }
      return false
    }
    guard let owner = graph.enclosingClass(of: position) else { return false }
    for mention in graph.rows[position].mentions where graph.mentions[mention].form == .own {
      guard let name = graph.parts[graph.mentions[mention].parts].first else { continue }
      for relative in relatives(name, of: owner) {
        for member in graph.members[relative]?[name] ?? [] where isLoader(member) { return true }
      }
    }
    return false
  }

  private mutating func isLoader(_ position: CallGraph.Position) -> Bool {
    if let known = loaders[position] { return known }
    var isLoader = false
    for mention in graph.rows[position].mentions where !isLoader {
      let mention = graph.mentions[mention]
      guard mention.form == .name || mention.form == .member else { continue }
      for part in graph.parts[mention.parts] where loading.contains(part) { isLoader = true }
    }
    loaders[position] = isLoader
    return isLoader
  }

  // MARK: Tables

  /// Whether every entry of a table that names a definition leads to an import that has to be declared:
  /// whoever uses the table uses one of them, and nothing says which.
  mutating func isForced(_ group: Int) -> Bool {
    judged(.group, group) { names in
      let graph = names.graph
      let conditions = Set(graph.groups[group].map(Int32.init))
      guard let some = graph.groups[group].first, graph.conditions[some].kind == .key else {
        return false
      }
      var isAny = false
      for position in graph.files[graph.conditions[some].file].rows {
        for mention in graph.rows[position].mentions
        where conditions.contains(graph.mentions[mention].condition) {
          let form = graph.mentions[mention].form
          guard form == .name || form == .argument else { continue }
          let found = names.meaning(of: mention, at: position).definitions
          if found.isEmpty { continue }
          isAny = true
          var isLeading = false
          for definition in found where !isLeading { isLeading = names.lead(definition) }
          if !isLeading { return false }
        }
      }
      return isAny
    }
  }

  /// The same of what is registered without a word to choose it by: `register_writer(OpenpyxlWriter)`.
  mutating func isForced(registration: CallGraph.Position) -> Bool {
    for keeper in keepersByRegistration[registration] ?? [] {
      let isForced = judged(.keeper, keeper) { names in
        for registration in names.registrations(at: keeper)
        where !names.leads(registration: registration) {
          return false
        }
        return true
      }
      if isForced { return true }
    }
    return false
  }

  private mutating func leads(registration: CallGraph.Position) -> Bool {
    for mention in graph.rows[registration].mentions {
      let form = graph.mentions[mention].form
      guard form == .name || form == .argument else { continue }
      for definition in meaning(of: mention, at: registration).definitions where lead(definition) {
        return true
      }
    }
    return false
  }

  /// Whether a definition or a method of the class that it is leads there by itself: a step further
  /// nearly everything in a large library does.
  private mutating func lead(_ position: CallGraph.Position) -> Bool {
    judged(.leads, position) { names in
      if names.leading.contains(position) || names.loads(position) { return true }
      for member in names.graph.children[position] ?? []
      where names.leading.contains(member) || names.loads(member) {
        return true
      }
      return false
    }
  }
}

extension CallNames {
  /// What is asked of the graph as it is, of a definition or a table.
  struct Question: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case loads
      case leads
      /// Whether all that is registered in a variable does.
      case keeper
      /// Whether all entries of a table do.
      case group
    }

    let kind: Kind
    let position: Int
  }

  struct Judgement: Sendable {
    let holds: Bool
    /// Whether something of it was not read.
    let isOpen: Bool
  }

  /// As it is known, or as `judge` finds it.
  private mutating func judged(
    _ kind: Question.Kind, _ position: Int, _ judge: (inout CallNames) -> Bool
  ) -> Bool {
    let question = Question(kind: kind, position: position)
    if let known = judgements[question] {
      if known.isOpen { touchUnread() }
      return known.holds
    }
    let before = unread
    let holds = judge(&self)
    judgements[question] = Judgement(holds: holds, isOpen: unread > before)
    return holds
  }
}
