/// Names that imports have bound, with what was imported.
struct Aliases {
  struct Alias {
    let name: Range<Int>
    /// Position in the requests, and in the members where it is one.
    let request: Int
    let member: Int?
  }

  private var aliases: [Alias] = []
  /// In the order of the source.
  var all: [Alias] { aliases }

  mutating func add(_ name: Range<Int>, request: Int, member: Int?) {
    aliases.append(Alias(name: name, request: request, member: member))
  }

  /// What an import has bound the name to.
  func find(_ name: [UInt8], _ source: borrowing Span<UInt8>) -> Alias? {
    for alias in aliases.reversed() where alias.name.count == name.count {
      if Folder.bytes(source, alias.name) == name { return alias }
    }
    return nil
  }
}
