/// To which scope a name belongs (PEP 227).
extension Scopes {
  /// A name of one scope.
  struct Variable: Hashable {
    let name: Word
    let scope: Int
  }

  static func hash(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for i in range { hash = (hash ^ UInt32(source[i])) &* 0x0100_0193 }
    return hash
  }

  /// All that happens to names that are spelt alike.
  func events(spelling name: Word, _ source: borrowing Span<UInt8>) -> [Event] {
    let hash = Self.hash(name.bytes.span, name.bytes.indices)
    var found: [Event] = []
    for event in events where event.hash == hash && event.name.count == name.bytes.count {
      if Folder.bytes(source, event.name) == name.bytes { found.append(event) }
    }
    return found
  }

  /// What a name at an offset belongs to; nil where nothing in the file binds it.
  func variable(_ name: Word, at offset: Int, _ source: borrowing Span<UInt8>) -> Variable? {
    owner(name, from: scope(at: offset), events(spelling: name, source))
      .map { Variable(name: name, scope: $0) }
  }

  /// PEP 227: the innermost scope that binds the name; those of classes are seen from within alone.
  func owner(_ name: Word, from start: Int, _ events: [Event]) -> Int? {
    let owners = events.filter(\.form.binds).map { bindingScope($0, events) }
    var scope = start
    while scope >= 0 {
      let isVisible = scopes[scope].form != .class || scope == start
      if isVisible {
        if let redirected = redirected(scope, events) { return redirected }
        if owners.contains(scope) { return scope }
      }
      scope = scopes[scope].parent
    }
    return nil
  }

  /// Where a binding counts: `global` and `nonlocal` lead out of the scope that it stands in.
  func bindingScope(_ event: Event, _ events: [Event]) -> Int {
    var scope = scope(at: event.position)
    if event.form != .loop || scopes[scope].form != .comprehension { scope = statementScope(scope) }
    return redirected(scope, events) ?? scope
  }

  private func redirected(_ scope: Int, _ events: [Event]) -> Int? {
    for event in events where event.form == .global || event.form == .nonlocal {
      guard self.scope(at: event.position) == scope else { continue }
      if event.form == .global { return 0 }
      let outer = events.filter { $0.form.binds }.map {
        statementScope(self.scope(at: $0.position))
      }
      var above = scopes[scope].parent
      while above > 0 {
        if scopes[above].form == .function, outer.contains(above),
          !events.contains(where: { $0.form == .nonlocal && self.scope(at: $0.position) == above })
        {
          return above
        }
        above = scopes[above].parent
      }
      return nil
    }
    return nil
  }
}
