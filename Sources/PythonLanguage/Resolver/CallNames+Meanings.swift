import Model

/// What a name means where it is mentioned, and what classes are made of.
extension CallNames {
  // MARK: Classes

  /// The classes one of whose methods `self.x` may mean in a method of a class: what is made of it, and
  /// what all these are made of.
  mutating func family(of position: CallGraph.Position) -> [CallGraph.Position] {
    if let family = families[position] { return family }
    let below = closure([position], heirs)
    let family = closure(below, bases)
    families[position] = family
    return family
  }

  /// Of the family of `owner` those that have a member of a name, and itself.
  mutating func relatives(_ name: Name, of owner: CallGraph.Position) -> [CallGraph.Position] {
    let relation = Relation(owner: owner, name: name)
    if let known = relatives[relation] { return known }
    let found = family(of: owner).filter { $0 == owner || graph.members[$0]?[name] != nil }
    relatives[relation] = found
    return found
  }

  private func closure(
    _ start: [CallGraph.Position], _ next: [CallGraph.Position: [CallGraph.Position]]
  ) -> [CallGraph.Position] {
    var found = start
    var seen = Set(start)
    var index = 0
    while index < found.count {
      for other in next[found[index]] ?? [] where seen.insert(other).inserted {
        found.append(other)
      }
      index += 1
    }
    return found
  }

  // MARK: Names

  /// What a mention means in a definition.
  mutating func meaning(of mention: Int, at position: CallGraph.Position) -> Found {
    if meanings[mention] >= 0 { return found[Int(meanings[mention])] }
    if let known = openMeanings[mention] {
      touchUnread()
      return known
    }
    let before = unread
    let meaning = resolve(Array(graph.parts[graph.mentions[mention].parts]), at: position)
    if unread == before {
      meanings[mention] = Int32(found.count)
      found.append(meaning)
    } else {
      openMeanings[mention] = meaning
    }
    return meaning
  }

  mutating func resolve(_ parts: [Name], at position: CallGraph.Position) -> Found {
    guard let first = parts.first else { return Found() }
    // Functions in functions; a class's names are not seen by its methods.
    var above = position
    while above >= 0 {
      let row = graph.rows[above]
      if row.kind == .function || above == position,
        let local = graph.members[above]?[first]
      {
        return descend(local, parts, 1)
      }
      above = row.parent
    }
    var seen: Set<Lookup> = []
    return member(first, of: graph.rows[position].file, parts, 1, &seen)
  }

  /// A name that was looked for in a module, with as many parts used up.
  private struct Lookup: Hashable {
    let file: Int
    let name: Name
    let used: Int
  }

  /// A name of a module: defined there, or imported there, from where it may have been imported, too. `seen`
  /// keeps this from asking anything twice: packages import from each other in circles, and all from all.
  private mutating func member(
    _ name: Name, of file: Int, _ parts: [Name], _ used: Int, _ seen: inout Set<Lookup>
  ) -> Found {
    if let top = graph.files[file].top[name] { return descend(top, parts, used) }
    let bindings = graph.files[file].bindings[name] ?? []
    let stars = graph.files[file].bindings[graph.star] ?? []
    guard !bindings.isEmpty || !stars.isEmpty,
      seen.insert(Lookup(file: file, name: name, used: used)).inserted,
      seen.count < Self.lookups
    else { return Found(used: used) }
    for bound in bindings {
      // A submodule needs no reading of its package.
      if let member = bound.member, let module = bound.module,
        let known = bound.child == nil ? self.file(of: module) : graph.file(of: module)
      {
        let found = self.member(member, of: known, parts, used, &seen)
        if !found.definitions.isEmpty { return found }
      }
      if used < parts.count,
        let module = bound.member == nil ? bound.module : bound.child,
        let known = self.file(of: module)
      {
        let found = self.member(parts[used], of: known, parts, used + 1, &seen)
        if !found.definitions.isEmpty { return found }
      }
    }
    // `from .base import *`
    for bound in stars {
      guard let module = bound.module, let known = self.file(of: module), known != file else {
        continue
      }
      let found = self.member(name, of: known, parts, used, &seen)
      if !found.definitions.isEmpty { return found }
    }
    return Found(used: used)
  }

  /// As many modules are asked for one name; it is also how deep that recurs.
  private static let lookups = 500

  /// `ExcelFile.parse`: a class's member.
  private func descend(_ positions: [CallGraph.Position], _ parts: [Name], _ used: Int) -> Found {
    var found = Found(definitions: positions, used: used)
    guard used < parts.count else { return found }
    for position in positions where graph.rows[position].kind == .class {
      if let members = graph.members[position]?[parts[used]] {
        found.definitions += members
        found.used = used + 1
      }
    }
    return found
  }

  /// The classes that `isinstance` asks for; nil where one is not known.
  mutating func classes(of condition: Int) -> Classes? {
    if let known = classesByCondition[condition] { return known }
    let before = unread
    var classes: Classes? = Classes()
    let words = graph.parts[graph.conditions[condition].words]
    let file = graph.conditions[condition].file
    for parts in words.split(separator: graph.star) {
      let found = resolve(Array(parts), at: graph.files[file].rows.lowerBound)
      let made = found.definitions.filter { graph.rows[$0].kind == .class }
      if !made.isEmpty, found.used == parts.count, made.count == found.definitions.count {
        classes?.made += made
      } else if found.definitions.allSatisfy({ graph.rows[$0].kind == .variable }),
        let owners = foreign(parts.first, in: file)
      {
        // `except ImportError: bb = None` makes no class.
        classes?.foreign += owners
      } else {
        classes = nil
        break
      }
    }
    if unread == before { classesByCondition[condition] = .some(classes) }
    return classes
  }

  /// What a predicate that a condition asks is defined as.
  mutating func predicates(of condition: Int) -> [CallGraph.Position] {
    let row = graph.conditions[condition]
    let found = resolve(Array(graph.parts[row.words]), at: graph.files[row.file].rows.lowerBound)
    return found.used == row.words.count ? found.definitions : []
  }

  /// From which distributions a file imports a name; nil where it may be something else.
  private func foreign(_ name: Name?, in file: Int) -> [DistributionID]? {
    guard let name, let bindings = graph.files[file].bindings[name] else { return nil }
    let owners = bindings.compactMap(\.foreign)
    return owners.count == bindings.count ? owners : nil
  }
}
