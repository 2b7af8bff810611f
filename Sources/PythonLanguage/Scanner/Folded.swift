/// What an expression is known to give before the program runs.
///
///     "pkg.%s" % name          # the text `pkg.*`
///     __name__ + ".sub"        # the text `sub`, relative to the file's own package
///     ("a", "b")               # a list of two texts
indirect enum Folded: Sendable {
  /// One of these.
  case texts([Pattern])
  /// These items in this order; behind them, any number of others in any order.
  case list([Folded], more: [Folded] = [])
  /// Any of these rows; a later one may have taken an earlier one's place.
  case table([Row])

  struct Row: Sendable {
    let key: Folded
    let value: Folded
  }

  static let unknown = Folded.texts([.hole])

  /// How many values are followed at most: more is a blind spot.
  static let limit = 256

  /// What is got by iterating, one by one.
  var elements: [Folded] {
    switch self {
    case .texts: [.unknown]
    case .list(let items, let more): items + more
    case .table(let rows): rows.map(\.key)
    }
  }

  /// What is got by iterating or indexing.
  var element: Folded { .oneOf(elements) }

  /// The rows of a dictionary that is made of it: another one, or pairs.
  var rows: [Row] {
    let open = Row(key: .unknown, value: .unknown)
    switch self {
    case .texts: return [open]
    case .table(let rows): return rows
    case .list(let items, let more):
      return (items + more).map { item in
        guard case .list(let pair, let rest) = item, pair.count == 2, rest.isEmpty else {
          return open
        }
        return Row(key: pair[0], value: pair[1])
      }
    }
  }

  /// The same elements, in whatever order.
  var unordered: Folded {
    if case .texts = self { return .unknown }
    return .list([], more: elements)
  }

  var isCollection: Bool { if case .texts = self { false } else { true } }

  /// Either of these. Beside texts, what holds others is none that could name something.
  static func oneOf(_ items: [Folded]) -> Folded {
    if items.count == 1 { return items[0] }
    var patterns: [Pattern] = []
    var lists: [Folded] = []
    var rows: [Row] = []
    for item in items {
      switch item {
      case .texts(let texts): patterns += texts
      case .list: lists.append(item)
      case .table(let more): rows += more
      }
    }
    if !patterns.isEmpty || lists.isEmpty && rows.isEmpty { return oneOf(patterns) }
    if lists.isEmpty { return .table(rows) }
    if rows.isEmpty, let merged = merged(lists) { return merged }
    return .list([], more: lists.flatMap(\.elements) + rows.map(\.key))
  }

  private static func oneOf(_ patterns: [Pattern]) -> Folded {
    if patterns.count < 2 { return patterns.isEmpty ? .unknown : .texts(patterns) }
    var seen: Set<Pattern> = []
    let different = patterns.filter { seen.insert($0).inserted }
    return different.count > limit ? .unknown : .texts(different)
  }

  /// Lists of one length, place by place.
  private static func merged(_ lists: [Folded]) -> Folded? {
    var places: [[Folded]] = []
    for list in lists {
      guard case .list(let items, let more) = list, more.isEmpty,
        places.isEmpty || places.count == items.count
      else { return nil }
      if places.isEmpty {
        places = items.map { [$0] }
      } else {
        for i in items.indices { places[i].append(items[i]) }
      }
    }
    return .list(places.map(oneOf))
  }

  var patterns: [Pattern] {
    switch self {
    case .texts(let patterns): patterns
    case .list, .table: [.hole]
    }
  }

  func map(_ transform: (Pattern) -> Pattern) -> Folded {
    .oneOf(patterns.map(transform))
  }

  func joined(with other: Folded) -> Folded {
    if case .list(let left, let more) = self, case .list(let right, let rest) = other {
      return more.isEmpty
        ? .list(left + right, more: rest) : .list(left, more: more + right + rest)
    }
    // `[…] + names`
    if case .list(let left, let more) = self { return .list(left, more: more + [.unknown]) }
    let left = patterns
    let right = other.patterns
    guard left.count * right.count <= Self.limit else { return .unknown }
    return .oneOf(left.flatMap { head in right.map { head.appending($0) } })
  }
}
