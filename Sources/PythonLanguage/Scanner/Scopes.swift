/// What happens to the names of a file: where each is bound, changed in place, and called, by the scopes
/// and blocks that these places lie in. Only places are kept; what stands there is read when somebody
/// asks.
struct Scopes {
  /// What happens to a name.
  enum Form: UInt8 {
    /// `x = …`, also in `a, (x, *y) = …` and `x: str = …`
    case assigned
    /// `x += …`
    case augmented
    /// `(x := …)`
    case walrus
    /// `for x in …:`, and in a comprehension
    case loop
    /// `with … as x`, `except … as x`, `case [x, *_]`, `type x = …`: given a value by what runs.
    case opened
    /// `import x`, `from a import x`
    case imported
    case function, classed, parameter
    /// `x: str`, `del x`: makes the name one of its scope, and gives it no value.
    case declared

    /// `x.append(…)`
    case method
    /// `x[k] = …`
    case item
    /// `x[k][j] = …`, `x[k].append(…)`, `add = x.append`: changed in a way that is not followed.
    case escaped

    /// `y.x = …`, `y.x.append(…)`: an attribute of something. Without a name, `setattr(y, name, …)`.
    case attribute

    case global, nonlocal
    /// `x(…)`, `y.x(…)`
    case called
    /// `return …`, `yield …`; these have no name.
    case returned, yielded
    /// `from a import *`, `exec(…)`, `globals().update(…)`: may bind any name of the module. The name is
    /// the code, where that is a string.
    case star, executed

    var binds: Bool { rawValue <= Self.declared.rawValue }
    var changes: Bool {
      rawValue >= Self.method.rawValue && rawValue <= Self.escaped.rawValue || self == .augmented
    }
    /// Whether nothing of what the name was before is left.
    var replaces: Bool { binds && self != .augmented && self != .walrus && self != .declared }
  }

  struct Event {
    let form: Form
    let name: Range<Int>
    let hash: UInt32
    /// By this its scope is found: a parameter stands where the body begins.
    let position: Int
    /// From where on it holds: behind the statement.
    let effect: Int
    /// Where its logical line begins.
    let place: LinePlace
  }

  struct Scope {
    enum Form: UInt8 { case module, `class`, function, comprehension }
    let form: Form
    /// Offsets of the body.
    var range: Range<Int>
    var parent = -1
    /// The first iterable of a comprehension, which is evaluated outside; elsewhere empty.
    var outside = 0..<0
    /// What `def` and `class` name it; and where their logical line begins.
    var name = 0..<0
    var header: LinePlace?
    var isDecorated = false
    var isAsync = false
    /// `class Name(Base, metaclass=Meta)`
    var hasBases = false
    /// A generator's elements are asked for later.
    var isDelayed = false
  }

  /// The suite of a compound statement; a loop's begins with its header.
  struct Block {
    var range: Range<Int>
    var isLoop = false
  }

  /// `a = b`, `a = b = …`: two names of one value, each by its token and position.
  struct Pair {
    let first: Range<Int>
    let second: Range<Int>
    let position: Int
  }

  var events: [Event] = []
  var scopes: [Scope] = []
  var blocks: [Block] = []
  var pairs: [Pair] = []

  /// Puts the scopes in order, and gives each its parent.
  mutating func finish() {
    scopes.sort {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
    var open: [Int] = []
    for i in scopes.indices {
      while let last = open.last, scopes[last].range.upperBound <= scopes[i].range.lowerBound {
        open.removeLast()
      }
      var parent = open.last ?? -1
      while parent > 0, scopes[parent].outside.contains(scopes[i].range.lowerBound) {
        parent = scopes[parent].parent
      }
      scopes[i].parent = parent
      open.append(i)
    }
    events.sort { ($0.effect, $0.position) < ($1.effect, $1.position) }
    blocks.sort { $0.range.lowerBound < $1.range.lowerBound }
    let functions = Set(scopes.filter { $0.header != nil }.map(\.name.lowerBound))
    let defined = Set(
      events.filter {
        ($0.form == .function || $0.form == .classed) && functions.contains($0.name.lowerBound)
      }
      .map(\.hash))
    events.removeAll { $0.form == .called && !defined.contains($0.hash) }
  }

  // MARK: Places

  /// The innermost scope around an offset.
  func scope(at offset: Int) -> Int {
    var (low, high) = (0, scopes.count)
    while low < high {
      let middle = (low + high) / 2
      if scopes[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    var scope = low - 1
    while scope > 0,
      !scopes[scope].range.contains(offset) || scopes[scope].outside.contains(offset)
    {
      scope = scopes[scope].parent
    }
    return max(0, scope)
  }

  /// The scope that a statement's names belong to: not a comprehension's.
  func statementScope(_ scope: Int) -> Int {
    var scope = scope
    while scopes[scope].form == .comprehension { scope = scopes[scope].parent }
    return scope
  }

  /// Whether what stands at both offsets is executed in the order in which it stands there.
  func isInOrder(_ scope: Int, _ offset: Int) -> Bool {
    var inner = self.scope(at: offset)
    while inner != scope {
      guard scopes[inner].form == .comprehension, !scopes[inner].isDelayed else { return false }
      inner = scopes[inner].parent
    }
    return true
  }

  /// Whether what happens at an offset has happened whenever a later one is reached.
  func dominates(_ offset: Int, _ later: Int) -> Bool {
    for block in blocks {
      if block.range.lowerBound > offset { return true }
      if block.range.contains(offset), !block.range.contains(later) { return false }
    }
    return true
  }

  /// Where the outermost loop of the scope begins that holds both offsets, and not a third: the last
  /// value that the name was given, from which a loop around that begins anew.
  func loop(around a: Int, _ b: Int, without start: Int?, in scope: Int) -> Int? {
    for block in blocks
    where block.isLoop && block.range.lowerBound >= scopes[scope].range.lowerBound {
      if block.range.lowerBound > a { return nil }
      if block.range.contains(a), block.range.contains(b),
        start.map(block.range.contains) != true
      {
        return block.range.lowerBound
      }
    }
    return nil
  }
}

/// Where a logical line begins.
struct LinePlace: Hashable {
  let offset: Int
  let line: UInt32
}
