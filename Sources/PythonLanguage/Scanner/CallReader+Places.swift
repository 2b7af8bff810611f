import Model

/// Folders that a file puts on `sys.path`.
extension CallReader {
  /// What stands behind `sys.path`: `sys.path.insert(0, folder)`, `sys.path.extend(folders)`,
  /// `sys.path += [folder]`, `sys.path[:0] = [folder]`, `sys.path = [folder, *sys.path]`.
  mutating func readPlaces(_ source: borrowing Span<UInt8>, at i: Int) {
    guard i > 1, tokens[i - 1].kind == .dot, tokens[i - 2].kind == .sys, i + 2 < tokens.count else {
      return
    }
    switch tokens[i + 1].kind {
    case .dot:
      guard i + 3 < tokens.count, tokens[i + 3].kind == .leftParen,
        let close = folder.closing(i + 3, whole)
      else { return }
      let arguments = folder.split(expression(i + 4..<close), at: [.comma])
      switch Identifiers.string(source, tokens[i + 2].range) {
      case "append": readPlace(source, arguments[0], at: i)
      case "insert": if arguments.count == 2 { readPlace(source, arguments[1], at: i) }
      case "extend": readPlaceList(source, i + 4..<close, at: i)
      default: break
      }
    case .assign, .augmented, .leftBracket:
      guard let (_, value) = folder.assignment(tokens, around: i) else { return }
      // `sys.path[0] = folder`
      let isPlain = !tokens[value].contains { $0.kind == .leftBracket }
      if isPlain, tokens[i + 1].kind == .leftBracket { return readPlace(source, value, at: i) }
      readPlaceList(source, value, at: i)
    default: break
    }
  }

  /// `[a, b] + sys.path`
  private mutating func readPlaceList(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, at i: Int
  ) {
    var next = range.lowerBound
    while next < range.upperBound {
      guard tokens[next].kind == .leftBracket || tokens[next].kind == .leftParen,
        next == range.lowerBound || !tokens[next - 1].kind.isName,
        let close = folder.closing(next, expression(next..<range.upperBound))
      else {
        next += 1
        continue
      }
      for item in folder.split(expression(next + 1..<close), at: [.comma]) {
        readPlace(source, item, at: i)
      }
      next = close + 1
    }
  }

  /// A folder by its way from the file's own: `level` is 1 for that, more for those above it. Without one,
  /// it begins where the archive does, which is the folder that a handler is run in.
  mutating func readPlace(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, at i: Int
  ) {
    guard !range.isEmpty else { return }
    if let found = folderOf(source, expression(range), 0) {
      if found.level > 0 { append(.searchPath, found.name, level: found.level, at: i) }
      return
    }
    for pattern in folder.fold(source, expression(range)).patterns
    where pattern.level == 0 && !pattern.hasHole && pattern.bytes.first != UInt8(ascii: "/") {
      let parts = pattern.bytes.split(separator: UInt8(ascii: "/"))
        .filter { !$0.elementsEqual(".".utf8) }
      if !parts.isEmpty { append(.searchPath, Array(parts.joined(separator: ".".utf8)), at: i) }
    }
  }
}
