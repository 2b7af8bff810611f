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
  package static func == (a: Self, b: Self) -> Bool { a.string.utf8.elementsEqual(b.string.utf8) }

  package static func < (a: Self, b: Self) -> Bool {
    a.string.utf8.lexicographicallyPrecedes(b.string.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  package var description: String { string }
}
