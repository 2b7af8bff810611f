import Model

/// Calls that are given parts of names: entry-point groups, libraries, what belongs below the file's
/// own name.
extension CallReader {
  /// `entry_points(group=PREFIX + ".plugins")`: what is no literal of its own.
  mutating func readGroups(
    _ source: borrowing Span<UInt8>, _ arguments: [Range<Int>], at i: Int
  ) {
    for argument in arguments {
      let value = withoutKeyword(argument)
      if value.count < 2, tokens[value.lowerBound].kind == .string { continue }
      for pattern in folder.fold(source, expression(value)).patterns
      where pattern.level == 0 && !pattern.isHole {
        append(pattern.hasHole ? .template : .literal, pattern.blurred.bytes, at: i)
      }
    }
  }

  /// The names that a statement adds to `__all__`.
  mutating func readNameList(_ source: borrowing Span<UInt8>, _ list: SourceReader.Look) {
    look = list
    tokens = folder.line(source, at: list.place)
    columns = folder.columns(tokens)
    for i in tokens.indices where tokens[i].kind == .dunderAll && i + 2 < tokens.count {
      let names: [Folded]
      if let (_, value) = folder.assignment(tokens, around: i) {
        names = folder.fold(source, expression(value)).elements
      } else if tokens[i + 1].kind == .dot, i + 3 < tokens.count,
        let close = folder.closing(i + 3, whole)
      {
        let given = folder.fold(source, expression(i + 4..<close))
        names = folder.spells(source, tokens[i + 2], "extend") ? given.elements : [given]
      } else {
        continue
      }
      for pattern in names.flatMap(\.patterns) {
        append(.listed, pattern.level == 0 ? pattern.blurred.bytes : [Pattern.holeByte], at: i)
      }
    }
  }

  /// `ctypes.CDLL("libfoo.so.5")`, `ffi.dlopen(folder + "/libfoo.so")`, `find_library("foo")`,
  /// `numpy.ctypeslib.load_library("libfoo", folder)`
  mutating func readLibrary(
    _ source: borrowing Span<UInt8>, _ kind: Kind, _ argument: Range<Int>, at i: Int
  ) {
    for pattern in folder.fold(source, expression(withoutKeyword(argument))).patterns
    where pattern.level == 0 {
      let name = pattern.blurred.bytes.split(separator: UInt8(ascii: "/")).last ?? []
      // A hole alone, or with no more than a suffix, says nothing.
      guard let first = name.first, first != Pattern.holeByte else { continue }
      append(.library, Array(name), at: i)
      guard kind == .findLibrary else { continue }
      let ending = Array(".so*".utf8)
      append(.library, Array("lib".utf8) + name + ending, at: i)
      append(.library, name + ending, at: i)
    }
  }

  /// What is made with the file's own name, and strings that are given to its methods: below a package
  /// they may be relative to it.
  ///
  ///     PluginChain(__name__).add("sub.Class").add("other.Class")
  ///     chain = PluginChain(__name__)
  ///     chain.add("sub.Class")
  mutating func readOwnName(_ source: borrowing Span<UInt8>, at i: Int) {
    guard folder.isPackage else { return }
    var next = i + 1
    if tokens[i].kind == .dunderName {
      guard i > 1, tokens[i - 1].kind == .leftParen, tokens[i - 2].kind == .name,
        let close = folder.closing(i - 1, whole)
      else { return }
      next = close + 1
    }
    guard next < tokens.count, tokens[next].kind == .dot else { return }
    for token in tokens[next...] where token.kind == .string && token.flags.contains(.plain) {
      let text = Folder.bytes(source, Folder.content(source, token))
      guard let first = text.first, first != UInt8(ascii: "."), text.contains(UInt8(ascii: ".")),
        text.allSatisfy({ $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") })
      else { continue }
      append(.literal, [UInt8(ascii: ".")] + text, at: i)
    }
  }

  /// `register_plugins(linter, __path__[0])`: who is given a package's folder lists what is in it.
  func givesOwnPath(_ source: borrowing Span<UInt8>, at i: Int) -> Bool {
    guard folder.isPackage, i > 1,
      tokens[i - 1].kind == .leftParen || tokens[i - 1].kind == .comma
    else { return false }
    var next = i + 1
    if next + 2 < tokens.count, tokens[next].kind == .leftBracket, tokens[next + 1].kind == .number
    {
      next += 3
    }
    guard next < tokens.count, tokens[next].kind == .rightParen || tokens[next].kind == .comma
    else { return false }
    var open = i - 1
    var brackets = 0
    while open > 0, brackets > 0 || tokens[open].kind != .leftParen {
      if tokens[open].kind.closes { brackets += 1 }
      if tokens[open].kind.opens { brackets -= 1 }
      open -= 1
    }
    // `extend_path(__path__, __name__)` adds to it, and `iter_modules(__path__)` is read as such.
    return open > 0 && tokens[open - 1].kind == .name
  }

  /// `iter_modules()`, `iter_modules(None)`, `iter_modules(sys.path)`
  func isWholePath(_ path: Range<Int>) -> Bool {
    path.isEmpty || path.count == 1 && tokens[path.lowerBound].kind == .none
      || path.count == 3 && tokens[path.lowerBound].kind == .sys
        && tokens[path.upperBound - 1].kind == .path
  }
}
