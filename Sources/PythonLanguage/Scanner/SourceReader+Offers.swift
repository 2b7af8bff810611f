import Model

/// What a module offers to be found by: what its statements give to functions, and its classes.
extension SourceReader {
  /// Reads the line at hand, outside functions.
  ///
  ///     @register("zstd")            # `register`
  ///     codecs.register(find)        # `register`
  ///     class RedisCache(Base):      # `RedisCache`
  mutating func noteOffer(_ source: borrowing Span<UInt8>, _ first: Token) {
    switch first.kind {
    case .at: noteCallee(source, from: 1)
    case .class:
      guard blocks[blocks.count - 1].scope == .module, lexer.tokens.count > 1,
        isCamelCase(source, lexer.tokens[1].range),
        let name = classes.insert(source, lexer.tokens[1].range, into: &facts.text)
      else { return }
      facts.classes.append(name)
    case _ where first.kind.isName && blocks[blocks.count - 1].scope == .module:
      noteCallee(source, from: 0)
    default: break
    }
  }

  /// The last name before the first bracket; a decorator needs none.
  private mutating func noteCallee(_ source: borrowing Span<UInt8>, from start: Int) {
    let tokens = lexer.tokens
    var i = start
    while i + 2 < tokens.count, tokens[i].kind.isName, tokens[i + 1].kind == .dot { i += 2 }
    guard i < tokens.count, tokens[i].kind.isName,
      start == 1 || i + 1 < tokens.count && tokens[i + 1].kind == .leftParen,
      let name = registrars.insert(source, tokens[i].range, into: &facts.text)
    else { return }
    facts.registrars.append(name)
  }

  private func isCamelCase(_ source: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    var (upper, lower) = (0, 0)
    for i in range {
      if (65...90).contains(source[i]) { upper += 1 }
      if (97...122).contains(source[i]) { lower += 1 }
    }
    return upper > 1 && lower > 0
  }
}
