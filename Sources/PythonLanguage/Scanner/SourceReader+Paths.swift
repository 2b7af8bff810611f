import Model

/// What a file says about paths.
extension SourceReader {
  /// How far before a string the call that it is given to may begin.
  private static let reach = 48

  // MARK: Ends of paths

  /// The constant end of a path, told at its first string:
  ///
  ///     Path(__file__).parent / "share" / "jupyter"      # share/jupyter
  ///     os.path.join(root, "mail templates")             # mail templates
  ///     here.with_name("jobs.py")                        # jobs.py
  ///     Path(__file__).with_suffix(".yaml")              # orders.yaml, in orders.py
  mutating func readPathEnd(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ i: Int
  ) {
    guard isPathPart(tokens[i]), let separator = pathSeparator(source, tokens, i) else { return }
    var path = Folder.bytes(source, Folder.content(source, tokens[i]))
    if path.first == UInt8(ascii: "."), separator == .comma, isSuffix(source, tokens, i) {
      path = stem + path
    }
    var last = i
    while last + 2 < tokens.endIndex, tokens[last + 1].kind == separator,
      isPathPart(tokens[last + 2])
    {
      last += 2
      path.append(UInt8(ascii: "/"))
      path += Folder.bytes(source, Folder.content(source, tokens[last]))
    }
    guard path.count > 1, path.count <= 200 else { return }
    add(.path, path.span, 0..<path.count, tokens[i])
  }

  /// What joins a path's parts where a string is one of them; nil where it is none, or not the first
  /// constant one.
  func pathSeparator(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ i: Int
  ) -> Kind? {
    guard i >= tokens.startIndex + 2 else { return nil }
    switch tokens[i - 1].kind {
    case .slash:
      // `root / "a" / "b"` was told of at its `"a"`.
      if i >= tokens.startIndex + 3, isPathPart(tokens[i - 2]), tokens[i - 3].kind == .slash {
        return nil
      }
      return .slash
    case .leftParen:
      return makesPath(source, tokens, i - 1) ? .comma : nil
    case .comma:
      guard !tokens[i - 2].kind.isString, let open = opening(tokens, before: i - 1),
        makesPath(source, tokens, open)
      else { return nil }
      return .comma
    default: return nil
    }
  }

  /// A string that stands for itself.
  func isPathPart(_ token: Token) -> Bool {
    token.kind == .string
      && token.flags.isDisjoint(with: [.escapes, .bytes, .triple, .broken, .holes])
  }

  private func isSuffix(
    _ source: borrowing Span<UInt8>, _ tokens: ArraySlice<Token>, _ i: Int
  ) -> Bool {
    Folder.bytes(source, tokens[i - 2].range).elementsEqual("with_suffix".utf8)
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

  private static let makers = [
    "Path", "PurePath", "joinpath", "with_name", "with_suffix", "pjoin", "safe_join",
  ]
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
    guard first[..<3] == [.sys, .dot, .path],
      [.dot, .assign, .augmented, .leftBracket].contains(first[3])
    else { return }
    facts.marks.insert(.runsFiles)
    look()
  }
}
