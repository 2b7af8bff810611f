import Model

extension Guard {
  /// Whether the branch runs on a target; nil where that is known only at run time. Targets are
  /// CPython on Linux.
  func decided(by runtime: Runtime) -> Bool? {
    switch self {
    case .unknown, .unavailable: nil
    case .constant(let value): value
    case .version(let comparison, let parts): Self.compare(runtime, comparison, parts)
    case .platform(let name): "linux".hasPrefix(name) && !name.isEmpty
    case .osName(let name): name == "posix"
    case .system(let name): name == "Linux"
    case .implementation(let name): name == "cpython"
    case .not(let inner): inner.decided(by: runtime).map { !$0 }
    case .all(let inner): Self.fold(inner.map { $0.decided(by: runtime) }, absorbing: false)
    case .any(let inner): Self.fold(inner.map { $0.decided(by: runtime) }, absorbing: true)
    }
  }

  private static func fold(_ values: [Bool?], absorbing: Bool) -> Bool? {
    if values.contains(absorbing) { return absorbing }
    return values.contains(nil) ? nil : !absorbing
  }

  /// `sys.version_info >= (3, 11)`: tuples compare by component, and `version_info` has five, so
  /// that with as many equal components it is the greater one. A micro version is not known.
  private static func compare(
    _ runtime: Runtime, _ comparison: Comparison, _ parts: [Int]
  ) -> Bool? {
    let own = [runtime.major, runtime.minor]
    for (index, part) in parts.prefix(2).enumerated() where own[index] != part {
      let isLess = own[index] < part
      switch comparison {
      case .less, .lessOrEqual: return isLess
      case .greater, .greaterOrEqual: return !isLess
      case .equal: return false
      case .notEqual: return true
      }
    }
    guard parts.count <= 2, !parts.isEmpty else { return nil }
    switch comparison {
    case .less: return false
    case .greaterOrEqual: return true
    // `sys.version_info[:2] > (3, 12)` and `sys.version_info > (3, 12)` differ and cannot be told
    // apart here; `sys.version_info[0] == 3` is clear.
    case .equal: return parts.count == 1 ? true : nil
    case .notEqual: return parts.count == 1 ? false : nil
    case .lessOrEqual, .greater: return nil
    }
  }
}
