import Model

/// What a file says about paths.
extension SourceReader {
  /// How far before a string the call that it is given to may begin.
  private static let reach = 48

  // MARK: Ends of paths

  /// The constant end of a path, told at its first string:
  ///
  ///     Path(__file__).parent / "share" / "jupyter"      # share/jupyter
  ///     os.path.join(root, "pages")                      # pages
  ///     here.with_name("jobs.py")                        # jobs.py
  mutating func readPathEnd(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ i: Int
  ) {
    guard i >= tokens.startIndex + 2 else { return }
    let separator: Kind
    switch tokens[i - 1].kind {
    case .slash:
      // `root / "a" / "b"` was told of at its `"a"`.
      if i >= tokens.startIndex + 3, isPlain(tokens[i - 2]), tokens[i - 3].kind == .slash { return }
      separator = .slash
    case .leftParen:
      guard makesPath(source, tokens, i - 1) else { return }
      separator = .comma
    case .comma:
      guard !tokens[i - 2].kind.isString, let open = opening(tokens, before: i - 1),
        makesPath(source, tokens, open)
      else { return }
      separator = .comma
    default: return
    }
    var path = Folder.bytes(source, Folder.content(source, tokens[i]))
    var last = i
    while last + 2 < tokens.endIndex, tokens[last + 1].kind == separator, isPlain(tokens[last + 2])
    {
      last += 2
      path.append(UInt8(ascii: "/"))
      path += Folder.bytes(source, Folder.content(source, tokens[last]))
    }
    guard path.count > 1, path.count <= 200 else { return }
    add(.path, path.span, 0..<path.count, tokens[i])
  }

  func isPlain(_ token: Token) -> Bool {
    token.kind == .string && token.flags.contains(.plain)
  }

  /// Whether a call's bracket belongs to what joins paths; `", ".join(…)` does not.
  private func makesPath(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ open: Int
  ) -> Bool {
    guard open > tokens.startIndex, tokens[open - 1].kind.isName else { return false }
    if tokens[open - 1].kind == .join {
      return open < tokens.startIndex + 3 || !tokens[open - 3].kind.isString
    }
    let name = Folder.bytes(source, tokens[open - 1].range)
    return Self.makers.contains { name.elementsEqual($0) }
  }

  private static let makers = ["Path", "PurePath", "joinpath", "with_name", "pjoin", "safe_join"]
    .map { Array($0.utf8) }

  /// The bracket around what stands before a position.
  func opening(_ tokens: ArraySlice<Token>, before position: Int) -> Int? {
    var (i, brackets) = (position, 0)
    while i > tokens.startIndex, position - i < Self.reach {
      i -= 1
      if tokens[i].kind.closes { brackets += 1 }
      if tokens[i].kind.opens {
        if brackets == 0 { return tokens[i].kind == .leftParen ? i : nil }
        brackets -= 1
      }
    }
    return nil
  }

  // MARK: Places on the path

  /// `sys.path.insert(0, folder)`: what lies in a folder can be imported from then on.
  mutating func readSearchPath(_ range: Range<Int>) {
    guard lexer.interest.contains(.condition), range.count > 4 else { return }
    let first = lexer.tokens[range.lowerBound..<range.lowerBound + 4].map(\.kind)
    if first == [.sys, .dot, .path, .dot] { facts.marks.insert(.runsFiles) }
  }
}
