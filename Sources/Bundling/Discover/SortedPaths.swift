import Model

/// Arrays that are sorted by path bytes.
extension Array where Element == RelativePath {
  /// Where a path stands.
  func position(of path: RelativePath) -> Int? {
    let index = lowerBound(of: path.string.utf8)
    return index < count && self[index] == path ? index : nil
  }

  /// The positions of what lies below a folder.
  func range(below folder: String) -> Range<Int> { range(startingWith: folder + "/") }

  /// The positions of the paths that begin with a text, which is not empty.
  func range(startingWith text: String) -> Range<Int> {
    var bytes = [UInt8](text.utf8)
    let start = lowerBound(of: bytes)
    if let last = bytes.popLast() { bytes.append(last + 1) }
    return start..<Swift.max(start, lowerBound(of: bytes))
  }

  private func lowerBound(of bytes: some Sequence<UInt8>) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].string.utf8.lexicographicallyPrecedes(bytes) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
