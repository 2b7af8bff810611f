/// Where names get their values: assignments, loops and parameters, by the scope that they are in.
/// Only places are kept; what stands there is read when somebody asks.
struct Bindings {
  struct Binding {
    enum Form: UInt8 { case assignment, loop, parameter }
    let form: Form
    let scope: Int32
    let name: Range<Int>
    /// Where its logical line begins.
    let place: LinePlace
  }

  struct Scope {
    let parent: Int
    let isClass: Bool
    /// Where the header's logical line begins; nil for the module.
    var header: LinePlace?
    /// The body of a module's `__getattr__`, whose first parameter is the name that is asked for.
    var isGetattr = false
  }

  struct Alias {
    let name: Range<Int>
    /// Position in the requests, and in the members where it is one.
    let request: Int
    let member: Int?
  }

  private(set) var bindings: [Binding] = []
  private(set) var scopes = [Scope(parent: -1, isClass: false)]
  var aliases: [Alias] = []

  mutating func openScope(
    in parent: Int, isClass: Bool, isGetattr: Bool = false, at header: LinePlace
  ) -> Int {
    scopes.append(
      Scope(parent: parent, isClass: isClass, header: header, isGetattr: isGetattr))
    return scopes.count - 1
  }

  mutating func add(_ form: Binding.Form, _ name: Range<Int>, scope: Int, at place: LinePlace) {
    bindings.append(Binding(form: form, scope: Int32(scope), name: name, place: place))
  }

  /// The bindings of a name in the innermost scope that has some.
  func find(_ name: [UInt8], from scope: Int, _ source: borrowing Span<UInt8>) -> [Binding] {
    var scope = scope
    var isInnermost = true
    while scope >= 0 {
      var found: [Binding] = []
      if isInnermost || !scopes[scope].isClass {
        for binding in bindings
        where Int(binding.scope) == scope && binding.name.count == name.count {
          if Self.equal(source, binding.name, name) { found.append(binding) }
        }
      }
      if !found.isEmpty { return found }
      isInnermost = false
      scope = scopes[scope].parent
    }
    return []
  }

  /// What an import has bound the name to.
  func alias(_ name: [UInt8], _ source: borrowing Span<UInt8>) -> Alias? {
    for alias in aliases.reversed() where alias.name.count == name.count {
      if Self.equal(source, alias.name, name) { return alias }
    }
    return nil
  }

  private static func equal(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, _ name: [UInt8]
  ) -> Bool {
    for (i, offset) in range.enumerated() where source[offset] != name[i] { return false }
    return true
  }
}

/// Where a logical line begins.
struct LinePlace: Hashable {
  let offset: Int
  let line: UInt32
}
