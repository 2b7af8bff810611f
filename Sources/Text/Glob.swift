/// A pattern over paths: `*` and `?` within a component, `[a-z]`, `[!a-z]`, `{a,b}`, and `**` for any
/// number of components. A pattern that ends in `/` means everything below that folder.
///
/// A leading `./` is taken off. Compared byte by byte; nothing is hidden from `*`, dot files neither.
package struct Glob: Hashable, Sendable {
  package let pattern: String
  /// One per alternative of the braces, each split at `/`.
  private let alternatives: [[[UInt8]]]

  package init(_ pattern: String) {
    self.pattern = pattern
    var bytes = Array(pattern.utf8)
    while bytes.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { bytes.removeFirst(2) }
    if bytes.last == UInt8(ascii: "/") {
      bytes.append(contentsOf: [UInt8(ascii: "*"), UInt8(ascii: "*")])
    }
    alternatives = Self.expandBraces(bytes, budget: 256).map { alternative in
      alternative.split(separator: UInt8(ascii: "/")).map(Array.init)
    }
  }

  /// Whether it says how the files are called that it means, at least in part: `keys/*.pem` does,
  /// `keys/**` and `keys/*` do not.
  package var namesFiles: Bool {
    alternatives.allSatisfy { alternative in
      alternative.last?.contains { byte in !"*?[]!-.".utf8.contains(byte) } ?? false
    }
  }

  package var hasWildcards: Bool {
    pattern.utf8.contains { byte in "*?[{".utf8.contains(byte) }
  }

  /// The folder in which all matches lie: `functions` of `functions/*/app.py`; empty where that
  /// cannot be said.
  package var literalFolder: String {
    guard alternatives.count == 1 else { return "" }
    let parts = alternatives[0].dropLast().prefix { part in
      !part.contains { "*?[".utf8.contains($0) }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  package func matches(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    return alternatives.contains { Self.match($0[...], parts[...]) }
  }

  private static func match(
    _ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>
  ) -> Bool {
    // Only the last `**` need be tried again, as with `*` in one component.
    var (pattern, path) = (pattern, path)
    var retry: (pattern: ArraySlice<[UInt8]>, path: ArraySlice<[UInt8]>)?
    while true {
      if let head = pattern.first, head == [UInt8(ascii: "*"), UInt8(ascii: "*")] {
        pattern = pattern.dropFirst()
        // At the end it stands for what lies below, not for the folder itself.
        if pattern.isEmpty { return !path.isEmpty }
        retry = (pattern, path)
      } else if let head = pattern.first, let component = path.first,
        matchComponent(head, component)
      {
        (pattern, path) = (pattern.dropFirst(), path.dropFirst())
      } else if pattern.isEmpty && path.isEmpty {
        return true
      } else if let last = retry, !last.path.isEmpty {
        retry = (last.pattern, last.path.dropFirst())
        (pattern, path) = (last.pattern, last.path.dropFirst())
      } else {
        return false
      }
    }
  }

  private static func matchComponent(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (p, t) = (0, 0)
    var retry: (p: Int, t: Int)?
    while true {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        p += 1
        retry = (p, t)
      } else if p < pattern.count, t < text.count,
        let next = matchByte(pattern, at: p, text[t])
      {
        (p, t) = (next, t + 1)
      } else if p == pattern.count && t == text.count {
        return true
      } else if let last = retry, last.t < text.count {
        retry = (last.p, last.t + 1)
        (p, t) = (last.p, last.t + 1)
      } else {
        return false
      }
    }
  }

  /// The position after what matched `byte`; nil where it does not match.
  private static func matchByte(_ pattern: [UInt8], at start: Int, _ byte: UInt8) -> Int? {
    if pattern[start] == UInt8(ascii: "?") { return start + 1 }
    guard pattern[start] == UInt8(ascii: "["),
      let close = pattern[(start + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]"))
    else { return pattern[start] == byte ? start + 1 : nil }
    var set = pattern[(start + 1)..<close]
    let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
    if isNegated, set.count > 1 { set.removeFirst() }
    var isMember = false
    while let low = set.popFirst() {
      if set.first == UInt8(ascii: "-"), set.count > 1 {
        set.removeFirst()
        let high = set.removeFirst()
        if low <= byte && byte <= high { isMember = true }
      } else if low == byte {
        isMember = true
      }
    }
    return isMember != isNegated ? close + 1 : nil
  }

  /// `a{b,c}d` gives `abd` and `acd`. Past `budget` alternatives, and where braces do not pair, they
  /// stand for themselves.
  private static func expandBraces(_ bytes: [UInt8], budget: Int) -> [[UInt8]] {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "{")) else { return [bytes] }
    var depth = 0
    var cuts = [open]
    for index in open..<bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth == 1: cuts.append(index)
      default: break
      }
      guard depth == 0 else { continue }
      cuts.append(index)
      var results: [[UInt8]] = []
      for (start, end) in zip(cuts, cuts.dropFirst()) {
        let choice = bytes[..<open] + bytes[(start + 1)..<end] + bytes[(index + 1)...]
        results += expandBraces(Array(choice), budget: budget / 2)
        if results.count > budget { return [bytes] }
      }
      return results
    }
    return [bytes]
  }
}
