import Model

extension Guard {
  /// Whether the branch runs on a target; nil where that is known only at run time. Targets are
  /// CPython on Linux.
  ///
  /// - Parameter isMain: whether the module is run, not imported; nil where it may be either.
  func decided(
    by runtime: Runtime, _ library: StandardLibrary, isMain: Bool? = nil
  ) -> Bool? {
    switch self {
    case .unknown: nil
    case .constant(let value): value
    case .version(let comparison, let parts): Self.compare(runtime, comparison, parts)
    case .platform(let name): "linux".hasPrefix(name) && !name.isEmpty
    case .osName(let name): name == "posix"
    case .system(let name): name == "Linux"
    case .implementation(let name): name == "cpython"
    case .unavailable(let names): names.allSatisfy(library.isCertain) ? false : nil
    case .main: isMain
    case .not(let inner): inner.decided(by: runtime, library, isMain: isMain).map { !$0 }
    case .all(let inner):
      Self.fold(
        inner.map { $0.decided(by: runtime, library, isMain: isMain) }, absorbing: false)
    case .any(let inner):
      Self.fold(inner.map { $0.decided(by: runtime, library, isMain: isMain) }, absorbing: true)
    }
  }

  private static func fold(_ values: [Bool?], absorbing: Bool) -> Bool? {
    if values.contains(absorbing) { return absorbing }
    return values.contains(nil) ? nil : !absorbing
  }

  /// As many components as were written. A micro version is not known.
  private static func compare(
    _ runtime: Runtime, _ comparison: Comparison, _ parts: [Int]
  ) -> Bool? {
    for (own, part) in zip([runtime.major, runtime.minor], parts) where own != part {
      switch comparison {
      case .less, .lessOrEqual: return own < part
      case .greater, .greaterOrEqual: return own > part
      case .equal: return false
      case .notEqual: return true
      }
    }
    guard (1...2).contains(parts.count) else { return nil }
    switch comparison {
    case .equal, .lessOrEqual, .greaterOrEqual: return true
    case .notEqual, .less, .greater: return false
    }
  }
}
