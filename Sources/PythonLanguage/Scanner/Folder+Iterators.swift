/// What is asked one by one: `iter(names)`, `zip(names, others)`.
extension Folder {
  static let iterators: Set<String> = ["iter", "reversed", "enumerate", "zip", "map", "filter"]

  /// What such a call gives. Where it is kept, its lists can have changed until somebody asks for the
  /// first element:
  ///
  ///     names = reversed(LIST)
  ///     LIST.append("a")
  ///     for name in names: import_module(name)
  mutating func foldIterator(
    _ source: borrowing Span<UInt8>, _ name: String, _ inner: Expression, _ arguments: [Range<Int>]
  ) -> Folded {
    let given = arguments.filter { !$0.isEmpty && !isNamed(inner.part($0)) }
    let isSpread = given.contains { self.isSpread(source, inner.part($0), "*") }
    guard let first = given.first, !isSpread else { return .unknown }
    switch name {
    case "zip":
      return .list([], more: [.list(given.map { kept(source, inner.part($0)).element })])
    case "enumerate":
      let elements = kept(source, inner.part(first)).elements
      return .list([], more: elements.map { .list([.unknown, $0]) })
    case "map": return .list([], more: [.unknown])
    case "filter":
      return given.count == 2 ? kept(source, inner.part(given[1])).unordered : .unknown
    default:
      // `iter(read, sentinel)` calls a function.
      guard given.count == 1 else { return .unknown }
      let value = kept(source, inner.part(first))
      if name == "iter", case .list = value { return value }
      return value.unordered
    }
  }

  private mutating func kept(
    _ source: borrowing Span<UInt8>, _ expression: Expression
  ) -> Folded {
    isKept ? foldShared(source, expression) : fold(source, expression)
  }
}
