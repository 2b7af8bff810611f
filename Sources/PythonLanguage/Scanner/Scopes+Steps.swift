/// What reaches a place.
extension Scopes {
  /// Something that has happened to a variable before it is read, perhaps.
  struct Step {
    let event: Event
    /// It has: nothing leads past it.
    let isCertain: Bool
    /// It may have several times.
    let isRepeated: Bool
  }

  /// What may have happened to a variable where it is read, in an order in which it can have. Where its
  /// value is shared (`other = name`), what changes it later counts, too.
  func steps(
    to variable: Variable, at use: Int, isShared: Bool, _ source: borrowing Span<UInt8>
  ) -> [Step] {
    let spelt = events(spelling: variable.name, source)
    let own = spelt.filter { event in
      event.form.binds && bindingScope(event, spelt) == variable.scope
        || event.form.changes && changes(event, variable, spelt)
    }
    let isDirect = isInOrder(variable.scope, use)
    var start: Int?
    var steps: [Step] = []
    var late: [(loop: Int, step: Step)] = []
    for event in own where isInOrder(variable.scope, event.position) {
      let isBefore = event.effect <= use
      let isCertain = isDirect && isBefore && dominates(event.position, use)
      if isDirect, !isBefore {
        // In a loop, what stands below the place has happened before it the last time.
        let loop = loop(around: event.position, use, without: start, in: variable.scope)
        if loop != nil || isShared && event.form.changes {
          let step = Step(event: event, isCertain: false, isRepeated: true)
          late.append((loop ?? .max, step))
        }
        continue
      }
      if isCertain, event.form.replaces {
        steps.removeAll()
        start = event.position
      }
      let isRepeated =
        loop(around: event.position, event.position, without: start, in: variable.scope) != nil
      steps.append(Step(event: event, isCertain: isCertain, isRepeated: isRepeated))
    }
    for (loop, step) in late {
      let place = steps.firstIndex { $0.event.position >= loop } ?? steps.count
      steps.insert(step, at: place)
    }
    var others = own.filter { !isInOrder(variable.scope, $0.position) }
      .map { Step(event: $0, isCertain: false, isRepeated: true) }
    let bound = (steps.isEmpty ? others : steps).map(\.event.position)
    if variable.scope == 0, let first = bound.min(), let last = bound.max() {
      let rest = foreign(variable.name, after: start == nil ? first : last, source)
      others += rest.map { Step(event: $0, isCertain: false, isRepeated: true) }
    }
    return Self.mixed(steps, others)
  }

  /// What functions do to the names around them happens whenever they are called: also between two
  /// changes.
  private static func mixed(_ steps: [Step], _ others: [Step]) -> [Step] {
    guard !others.isEmpty else { return steps }
    var mixed: [Step] = []
    var isFirst = true
    for step in steps {
      if step.event.form == .augmented || isFirst && step.event.form.changes {
        mixed += others
        isFirst = false
      }
      mixed.append(step)
    }
    return mixed + others
  }

  /// `exec(code)`, `from a import *`: what may bind any name of the module after it was bound here.
  private func foreign(
    _ name: Word, after offset: Int, _ source: borrowing Span<UInt8>
  ) -> [Event] {
    events.filter { event in
      switch event.form {
      case .star: event.position > offset
      case .executed: event.name.isEmpty || Bytes.contains(source, event.name, name.bytes)
      default: false
      }
    }
  }

  /// Whether a name of the module is given one value and keeps it.
  func isConstant(_ name: Word, _ source: borrowing Span<UInt8>) -> Bool {
    let spelt = events(spelling: name, source)
    let own = spelt.filter { $0.form.binds && bindingScope($0, spelt) == 0 }
    guard own.count == 1 else { return false }
    return foreign(name, after: own[0].position, source).isEmpty
  }

  /// The other variables that may hold what a variable does: `b` after `b = a`.
  func sharing(_ variable: Variable, _ source: borrowing Span<UInt8>) -> [Variable] {
    guard !pairs.isEmpty else { return [] }
    var found = [variable]
    var next = 0
    while next < found.count, found.count < 16 {
      let known = found[next]
      next += 1
      for pair in pairs {
        for (name, other) in [(pair.first, pair.second), (pair.second, pair.first)]
        where name.count == known.name.bytes.count
          && Folder.bytes(source, name) == known.name.bytes
          && self.variable(known.name, at: pair.position, source) == known
        {
          let new = self.variable(Word(source, other), at: pair.position, source)
          if let new, !found.contains(new) { found.append(new) }
        }
      }
    }
    return Array(found.dropFirst())
  }

  /// What changes a variable's value in place, wherever that stands.
  func changes(of variable: Variable, _ source: borrowing Span<UInt8>) -> [Event] {
    let spelt = events(spelling: variable.name, source)
    return spelt.filter { $0.form.changes && changes($0, variable, spelt) }
  }

  /// Whether an event can change what a variable holds. In a class, `names += ["a"]` changes the
  /// module's list of that name, and binds the class's own name to it.
  private func changes(_ event: Event, _ variable: Variable, _ spelt: [Event]) -> Bool {
    guard let owner = owner(variable.name, from: scope(at: event.position), spelt) else {
      return false
    }
    return owner == variable.scope || scopes[owner].form == .class && variable.scope == 0
  }
}
