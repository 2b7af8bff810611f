import Model

/// What an `if` asks, as far as a target can answer it, and what the answer says about
/// `TYPE_CHECKING`, which no target ever sets.
struct Condition {
  var meaning: Guard = .unknown
  /// Whether it holds only while type checking, and whether it fails only then.
  var impliesTyping = false
  var deniesTyping = false
  /// Whether the meaning is all that is asked. Of `x and sys.platform == "linux"` it is not: where the
  /// meaning fails the condition does, and where it holds nobody knows.
  var isWhole = true

  static let unknown = Condition()

  var negated: Condition {
    Condition(
      meaning: isWhole ? meaning.negated : .unknown, impliesTyping: deniesTyping,
      deniesTyping: impliesTyping)
  }

  func and(_ other: Condition) -> Condition {
    let both = Guard.every([meaning, other.meaning])
    return Condition(
      meaning: both,
      impliesTyping: impliesTyping || other.impliesTyping,
      deniesTyping: deniesTyping && other.deniesTyping,
      isWhole: both == .constant(false)
        || isWhole && other.isWhole && meaning != .unknown && other.meaning != .unknown)
  }

  func or(_ other: Condition) -> Condition {
    Condition(
      meaning: Guard.some([meaning, other.meaning]),
      impliesTyping: impliesTyping && other.impliesTyping,
      deniesTyping: deniesTyping || other.deniesTyping,
      isWhole: isWhole && other.isWhole)
  }
}

extension Guard {
  var negated: Guard {
    switch self {
    case .unknown: .unknown
    case .constant(let value): .constant(!value)
    case .not(let inner): inner
    default: .not(self)
    }
  }

  /// Without what cannot be decided either way.
  static func every(_ parts: [Guard]) -> Guard {
    if parts.contains(.constant(false)) { return .constant(false) }
    let known = parts.filter { $0 != .unknown && $0 != .constant(true) }
    if known.isEmpty, parts.allSatisfy({ $0 == .constant(true) }) { return .constant(true) }
    return known.count > 1 ? .all(known) : known.first ?? .unknown
  }

  static func some(_ parts: [Guard]) -> Guard {
    parts.allSatisfy { $0 == .unknown } ? .unknown : .any(parts)
  }
}
