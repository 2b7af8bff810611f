/// A path below some root: `/` between components, no leading `/`, no `.` or `..` components.
///
/// Equality, hashing and order are those of the UTF-8 bytes. `String`'s own follow Unicode
/// equivalence, under which two different file names can be equal.
package struct RelativePath: Sendable {
  package let string: String

  /// The caller has made sure of the shape; `RelativePath(checking:)` does it for names from outside.
  package init(_ string: String) { self.string = string }

  /// Nil where a name could leave its root: empty, absolute, with `..`, `.`, empty components, a
  /// backslash, a drive letter or a NUL.
  package init?(checking string: String) {
    // Of the component at hand: its length, and how many of its bytes are dots.
    var length = 0
    var dots = 0
    var position = 0
    for byte in string.utf8 {
      switch byte {
      case 0, UInt8(ascii: "\\"): return nil
      case UInt8(ascii: "/"):
        if length == dots, length <= 2 { return nil }
        length = 0
        dots = 0
      default:
        if byte == UInt8(ascii: ":"), position == 1 { return nil }
        if byte == UInt8(ascii: ".") { dots += 1 }
        length += 1
      }
      position += 1
    }
    if length == dots, length <= 2 { return nil }
    self.string = string
  }

  /// The part after the last `/`.
  package var name: Substring {
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return string[...] }
    return string[string.utf8.index(after: slash)...]
  }

  /// The folder that holds it; the empty string for a path at the root.
  package var folder: Substring {
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return string[..<slash]
  }
}

extension RelativePath: Hashable, Comparable, CustomStringConvertible {
  package static func == (a: Self, b: Self) -> Bool {
    let (first, second) = (a.string.utf8, b.string.utf8)
    guard first.count == second.count else { return false }
    return unsafe withBytes(first, second) { unsafe $0.elementsEqual($1) }
      ?? first.elementsEqual(second)
  }

  package static func < (a: Self, b: Self) -> Bool {
    let (first, second) = (a.string.utf8, b.string.utf8)
    return unsafe withBytes(first, second) { unsafe $0.lexicographicallyPrecedes($1) }
      ?? first.lexicographicallyPrecedes(second)
  }

  /// Lets `body` compare memory, which takes a third of the time of comparing views; nil where a
  /// string's bytes do not lie in one piece.
  private static func withBytes(
    _ first: String.UTF8View, _ second: String.UTF8View,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool? {
    unsafe first.withContiguousStorageIfAvailable { first in
      unsafe second.withContiguousStorageIfAvailable { second in unsafe body(first, second) }
    } ?? nil
  }

  package func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  package var description: String { string }
}
