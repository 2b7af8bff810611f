/// What the parameters of a `lambda` are given, where it can be seen who calls it.
extension Folder {
  /// A `lambda` that is called where it stands, or by `map` or `filter`; nil where it may be anybody.
  ///
  ///     (lambda name, tail=".x": import_module(name + tail))("a")
  ///     map(lambda name: import_module(name), NAMES)
  mutating func lambdaValues(
    _ source: borrowing Span<UInt8>, _ event: Scopes.Event
  ) -> [Folded]? {
    guard let (tokens, name) = tokens(source, of: event),
      let start = tokens[..<name].lastIndex(where: { $0.kind == .lambda }), start > 0,
      tokens[start - 1].kind == .leftParen
    else { return nil }
    let whole = Expression(tokens: tokens, range: tokens.indices)
    guard let close = closing(start - 1, whole),
      let colon = split(whole.part(start + 1..<close), at: [.colon]).first?.upperBound,
      name < colon
    else { return nil }
    let parameters = split(whole.part(start + 1..<colon), at: [.comma])
    guard let position = parameters.firstIndex(where: { $0.contains(name) }),
      !parameters[...position].contains(where: { tokens[$0.lowerBound].kind == .star })
    else { return nil }
    let parts = split(whole.part(start..<close), at: [.comma])
    // The commas between parameters are none of the call's.
    let rest = parts.filter { $0.lowerBound > colon }
    if rest.isEmpty, close + 1 < tokens.count, tokens[close + 1].kind == .leftParen,
      let end = closing(close + 1, whole)
    {
      return called(source, whole, close + 2..<end, position, parameters[position])
    }
    guard start > 1, tokens[start - 2].kind == .name,
      spells(source, tokens[start - 2], "map") || spells(source, tokens[start - 2], "filter"),
      start < 3 || tokens[start - 3].kind != .dot,
      definitions(source, of: tokens[start - 2]).isEmpty, position < rest.count,
      !rest.contains(where: { tokens[$0.lowerBound].kind == .star })
    else { return nil }
    return foldShared(source, whole.part(rest[position])).elements
  }

  /// What a call gives the parameter at a position; nil behind `*names` or `**options`.
  private mutating func called(
    _ source: borrowing Span<UInt8>, _ whole: Expression, _ range: Range<Int>, _ position: Int,
    _ parameter: Range<Int>
  ) -> [Folded]? {
    let arguments = split(whole.part(range), at: [.comma]).filter { !$0.isEmpty }
    for (place, argument) in arguments.enumerated() {
      let part = whole.part(argument)
      if isSpread(source, part, "*") || isSpread(source, part, "**") { return nil }
      let isMeant =
        isNamed(part)
        ? Self.bytes(source, whole.tokens[argument.lowerBound].range)
          == Self.bytes(source, whole.tokens[parameter.lowerBound].range) : place == position
      if isMeant {
        return [fold(source, isNamed(part) ? part.part(argument.dropFirst(2)) : part)]
      }
    }
    let fallback = split(whole.part(parameter), at: [.assign])
    return fallback.count == 2 ? [fold(source, whole.part(fallback[1]))] : nil
  }
}
