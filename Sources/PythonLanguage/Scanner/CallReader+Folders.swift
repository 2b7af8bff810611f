import Model

/// Folders and packages that are listed.
extension CallReader {
  mutating func readWalk(
    _ source: borrowing Span<UInt8>, _ i: Int, _ kind: Kind, _ arguments: Range<Int>
  ) {
    let owner = i >= 2 && tokens[i - 1].kind == .dot ? tokens[i - 2] : nil
    switch kind {
    case .walk:
      guard owner?.kind == .os else { return }
    case .contents:
      guard let owner, folder.spells(source, owner, "resources") else { return }
    default:
      break
    }
    if kind == .iterModules || kind == .walkPackages, isWholePath(arguments) {
      facts.marks.insert(.listsTopModules)
    }
    facts.marks.insert(.walksFolders)
    switch kind {
    case .iterModules, .walkPackages, .findPackages: facts.marks.insert(.listsModules)
    case .walk: break
    default: facts.marks.insert(.listsFolders)
    }
    var range = arguments
    let isMethod = kind == .iterdir || kind == .rglob || (kind == .glob && owner?.kind != .glob)
    if isMethod, i >= 2 {
      range = receiver(before: i - 1)
    }
    guard let folder = folderOf(source, expression(range), 0) else { return }
    let isOwn = folder.level == 1 && folder.name.isEmpty
    append(.walk, folder.name, level: isOwn ? 0 : folder.level, at: i)
  }

  /// The tokens of `x` in `x.iterdir()`.
  func receiver(before dot: Int) -> Range<Int> {
    var start = dot
    var brackets = 0
    while start > 0 {
      let kind = tokens[start - 1].kind
      if kind.closes { brackets += 1 }
      if kind.opens {
        brackets -= 1
        if brackets < 0 { break }
      }
      if brackets == 0, kind == .in || kind == .assign || kind == .comma || kind == .return {
        break
      }
      start -= 1
    }
    return start..<dot
  }

  /// The package whose folder an expression names: from `__file__`, `__path__`, or those of a module
  /// that was imported.
  mutating func folderOf(
    _ source: borrowing Span<UInt8>, _ expression: Folder.Expression, _ depth: Int
  ) -> (level: Int, name: [UInt8])? {
    guard depth < 4 else { return nil }
    let tokens = expression.tokens
    var base: (level: Int, name: [UInt8])?
    var ups = 0
    var parts: [[UInt8]] = []
    for i in expression.range {
      switch tokens[i].kind {
      case .dunderFile, .dunderPath:
        let isFile = tokens[i].kind == .dunderFile
        if i > expression.range.lowerBound, tokens[i - 1].kind == .dot {
          base = module(source, tokens, before: i - 1)
          if isFile { ups -= 1 }
        } else {
          base = (1, [])
          if isFile { ups -= 1 }
        }
      case .dirname, .parent: ups += 1
      case .readsResource where base == nil:
        // `files("a.b")`, `files(__package__)`
        guard i + 2 < expression.range.upperBound, tokens[i + 1].kind == .leftParen else { break }
        let argument = folder.fold(source, expression.part(i + 2..<i + 3)).patterns
        if argument.count == 1, !argument[0].hasHole {
          base = (argument[0].level, argument[0].bytes)
        }
      case .string
      where i >= 2 && tokens[i - 1].kind == .leftParen && tokens[i - 2].kind == .readsResource:
        break
      case .string:
        let text = Folder.bytes(source, Folder.content(source, tokens[i]))
        if text.elementsEqual("..".utf8) {
          ups += 1
        } else if tokens[i].flags.contains(.plain), text.first != UInt8(ascii: ".") {
          parts.append(text.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 })
        }
      case .name where folder.spells(source, tokens[i], "parents"):
        // `Path(__file__).parents[1]`
        if i + 2 < expression.range.upperBound, tokens[i + 1].kind == .leftBracket,
          let steps = Int(Identifiers.string(source, tokens[i + 2].range))
        {
          ups += steps + 1
        }
      case .name where base == nil:
        guard i == expression.range.lowerBound || tokens[i - 1].kind != .dot,
          let value = folder.assigned(source, to: tokens[i])
        else { continue }
        base = folderOf(source, value, depth + 1)
      default: break
      }
    }
    guard var base else { return nil }
    if base.level > 0, base.name.isEmpty {
      base.level += max(0, ups)
    } else {
      for _ in 0..<max(0, ups) {
        base.name = Pattern(bytes: base.name).withoutLastComponent.bytes
      }
    }
    for part in parts {
      if !base.name.isEmpty { base.name.append(UInt8(ascii: ".")) }
      base.name += part
    }
    return base
  }

  /// `plugins` of `plugins.__path__`, as the import that bound the name has it.
  func module(
    _ source: borrowing Span<UInt8>, _ tokens: [Token], before dot: Int
  ) -> (level: Int, name: [UInt8])? {
    var start = dot - 1
    guard start >= 0, tokens[start].kind.isName else { return nil }
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    let first = Folder.bytes(source, tokens[start].range)
    var rest: [UInt8] = []
    for i in start + 1..<dot { rest += Folder.bytes(source, tokens[i].range) }
    guard let alias = aliases.find(first, source), alias.request < facts.requests.count
    else { return (0, first + rest) }
    let request = facts.requests[alias.request]
    var name = Array(facts.bytes(request.name))
    if let member = alias.member, member < facts.members.count {
      if !name.isEmpty { name.append(UInt8(ascii: ".")) }
      name += facts.bytes(facts.members[member])
    }
    return (Int(request.level), name + rest)
  }
}
