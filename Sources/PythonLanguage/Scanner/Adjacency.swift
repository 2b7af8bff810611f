/// Which tokens may follow one another: enough of the grammar to tell Python 2, templates and torn
/// files from Python 3, and never wrong about a file that CPython accepts.
///
///     print x          # an operand after an operand
///     exec "code"      # a string after a name
///     a <> b           # an operator after an operator
enum Adjacency: UInt8 {
  /// Nothing yet in this statement.
  case start
  /// Anything may follow.
  case neutral
  /// A name, a number or a closing bracket: no other operand may follow.
  case operand
  /// A string: another string may follow.
  case string
  /// An operator: an operand has to follow.
  case needsOperand

  /// What a kind of token is to the one before it, and what it leaves behind.
  struct Role {
    /// Cannot follow an operand.
    var isAtom = false
    var isString = false
    /// Cannot follow an operator.
    var closesOperator = false
    var after = Adjacency.neutral
  }

  @inline(__always)
  func allows(_ next: Role) -> Bool {
    switch self {
    case .start, .neutral: true
    case .operand: !(next.isAtom || next.isString)
    case .string: !next.isAtom
    case .needsOperand: !next.closesOperator
    }
  }

  /// By `Kind.rawValue`.
  static let following: [Role] = (0...UInt8.max).map { raw in
    guard let kind = Kind(rawValue: raw) else { return Role() }
    return role(kind)
  }

  private static func role(_ kind: Kind) -> Role {
    switch kind {
    case .number, .true, .false, .none: Role(isAtom: true, after: .operand)
    // `from ...a import b`
    case .ellipsis: Role(isAtom: true)
    case .string, .formattedString: Role(isString: true, after: .string)
    case .leftBrace: Role(isAtom: true)
    case .leftParen, .leftBracket: Role()
    case .rightParen, .rightBracket, .rightBrace: Role(closesOperator: true, after: .operand)
    case .comma, .colon, .semicolon, .dot: Role(closesOperator: true)
    case .assign, .augmented, .walrus, .arrow, .infix, .percent:
      Role(closesOperator: true, after: .needsOperand)
    case .and, .or, .is: Role(closesOperator: true, after: .needsOperand)
    case .at: Role(closesOperator: true, after: .needsOperand)
    case .sign, .in, .not: Role(after: .needsOperand)
    case .star, .slash: Role()
    case .lambda, .await: Role(isAtom: true)
    case .assert, .break, .class, .continue, .def, .del, .elif, .except, .finally, .global,
      .nonlocal, .pass, .raise, .return, .try, .while, .with:
      Role(isAtom: true)
    default: kind.isName ? Role(isAtom: true, after: .operand) : Role()
    }
  }
}
