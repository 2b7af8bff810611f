import Model

/// Imports by name: `import_module`, `__import__`, `find_spec`.
extension CallReader {
  mutating func readImport(
    _ source: borrowing Span<UInt8>, _ i: Int, _ kind: Kind, _ arguments: [Range<Int>],
    _ close: Int
  ) {
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    let keyword = kind == .importModule && spellsRun(source, i) ? "mod_name" : "name"
    guard
      let name = argument(source, arguments, keyword, at: 0)
        ?? arguments.first.map(withoutKeyword)
    else { return }
    var patterns = folder.fold(source, expression(name)).patterns
    if arguments.count == 1, let spread = spreadName(source, name, keyword) { patterns = spread }
    if folder.isSpread(source, expression(name), "*"), patterns.contains(where: \.isOpen) {
      facts.marks.insert(.importsDynamically)
    }
    let isLiteral = name.count == 1 && tokens[name.lowerBound].kind == .string
    if kind == .findSpec {
      // Finders of all sorts have a method of that name: only what is certain counts.
      patterns = patterns.filter { !$0.hasHole }
    } else if !isLiteral, patterns.contains(where: \.isOpen) {
      facts.marks.insert(.importsDynamically)
    }
    if kind == .dunderImport {
      if let level = self.level(source, arguments) {
        if level > 0 {
          patterns = patterns.map { $0.level == 0 ? Pattern(level: level, bytes: $0.bytes) : $0 }
        }
      } else {
        patterns.append(.hole)
      }
    } else if keyword == "mod_name" {
      // `run_module("jobs")` of a package runs `jobs.__main__`.
      patterns += patterns.filter { !$0.isHole }.map { $0.appending(Self.main) }
    } else if let package = argument(source, arguments, "package", at: 1) {
      patterns = anchored(source, patterns, package)
    } else if let package = boundPackage(source, i) {
      patterns = anchored(patterns, folder.fold(source, package).patterns)
    }
    if kind == .dunderImport {
      // `__import__("a.b")` gives `a`.
      let tops = patterns.filter { $0.level == 0 && !$0.hasHole }.map(\.firstComponent)
      add(source, tops.filter { !patterns.contains($0) }, at: i, written: start..<close + 1)
    }
    add(
      source, patterns, at: i, written: start..<close + 1,
      members: kind == .dunderImport ? members(source, arguments) : [])
  }

  /// `import_module(*["a.b"])`, `import_module(**{"name": "a.b"})`; nil where the rest is given, too.
  private mutating func spreadName(
    _ source: borrowing Span<UInt8>, _ argument: Range<Int>, _ keyword: String
  ) -> [Pattern]? {
    let given = expression(argument)
    if folder.isSpread(source, given, "*") {
      guard
        case .list(let items, let more) = folder.fold(source, expression(argument.dropFirst())),
        items.count == 1, more.isEmpty
      else { return nil }
      return items[0].patterns
    }
    guard folder.isSpread(source, given, "**"),
      case .table(let rows) = folder.fold(source, expression(argument.dropFirst())),
      rows.allSatisfy({ $0.key.patterns.allSatisfy { $0.bytes.elementsEqual(keyword.utf8) } })
    else { return nil }
    return rows.flatMap(\.value.patterns)
  }

  /// The fourth argument of `__import__`, or `fromlist=`: what is no attribute of the module is
  /// imported as a submodule (`importlib._bootstrap._handle_fromlist`). What is not constant, and
  /// `"*"`, which stands for `__all__`, is a hole.
  ///
  ///     __import__("pkg.%s" % name, globals(), locals(), [attribute])
  mutating func members(
    _ source: borrowing Span<UInt8>, _ arguments: [Range<Int>]
  ) -> [[UInt8]] {
    guard let value = argument(source, arguments, "fromlist", at: 3) else { return [] }
    if value.count == 1,
      ["None", "False", "0"].contains(Identifiers.string(source, tokens[value.lowerBound].range))
    {
      return []
    }
    let list = folder.fold(source, expression(value))
    let patterns =
      switch list {
      // `fromlist="x"` is a list of letters, for which nobody has submodules.
      case .texts(let texts): texts.filter(\.hasHole)
      case .list(let items, let more): (items + more).flatMap(\.patterns)
      case .table(let rows): rows.flatMap(\.key.patterns)
      }
    var names: Set<[UInt8]> = []
    for pattern in patterns {
      let name = pattern.level > 0 ? [Pattern.holeByte] : pattern.blurred.bytes
      if !name.isEmpty { names.insert(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether it is the standard library's: `pydoc.locate`, `pkgutil.resolve_name`; others have functions of
  /// these names that import nothing.
  func importsObjects(_ source: borrowing Span<UInt8>, _ i: Int) -> Bool {
    let module = folder.spells(source, tokens[i], "locate") ? "pydoc" : "pkgutil"
    if i > 1, tokens[i - 1].kind == .dot {
      let owner = Folder.bytes(source, tokens[i - 2].range)
      guard let alias = aliases.find(owner, source) else { return owner.elementsEqual(module.utf8) }
      return facts.bytes(facts.requests[alias.request].name).elementsEqual(module.utf8)
    }
    guard let alias = aliases.find(Folder.bytes(source, tokens[i].range), source) else {
      return false
    }
    let request = facts.requests[alias.request]
    return request.level == 0 && facts.bytes(request.name).elementsEqual(module.utf8)
  }

  /// `pydoc.locate("a.b.C")`, `pkgutil.resolve_name("a.b:C")`: imports as much of the name as is modules.
  mutating func readObject(
    _ source: borrowing Span<UInt8>, _ i: Int, _ arguments: [Range<Int>], _ close: Int
  ) {
    let keyword = folder.spells(source, tokens[i], "locate") ? "path" : "name"
    guard let name = argument(source, arguments, keyword, at: 0) else { return }
    let patterns = folder.fold(source, expression(name)).patterns
    if patterns.contains(where: \.isOpen) { facts.marks.insert(.importsDynamically) }
    for pattern in patterns where !pattern.hasHole && pattern.level == 0 {
      if name.count > 1 || tokens[name.lowerBound].kind != .string {
        append(.literal, pattern.bytes, at: i)
      }
    }
    var start = i
    while start >= 2, tokens[start - 1].kind == .dot, tokens[start - 2].kind.isName { start -= 2 }
    add(source, patterns.filter(\.hasHole), at: i, written: start..<close + 1)
  }

  private static let main = Pattern(bytes: Array(".__main__".utf8))

  private func spellsRun(_ source: borrowing Span<UInt8>, _ i: Int) -> Bool {
    folder.spells(source, tokens[i], "run_module")
  }

  /// `import_module(".x", "a.b")` is `a.b.x`; of a package that is not known, it may be any `x`.
  mutating func anchored(
    _ source: borrowing Span<UInt8>, _ patterns: [Pattern], _ package: Range<Int>
  ) -> [Pattern] {
    anchored(patterns, folder.fold(source, expression(package)).patterns)
  }

  func anchored(_ patterns: [Pattern], _ anchors: [Pattern]) -> [Pattern] {
    patterns.flatMap { pattern in
      let dots = pattern.bytes.prefix { $0 == UInt8(ascii: ".") }.count
      guard pattern.level == 0, dots > 0 else { return [pattern] }
      let tail = Pattern(bytes: [UInt8(ascii: ".")] + pattern.bytes.dropFirst(dots))
      return anchors.flatMap { anchor in
        if anchor.isHole { return [pattern, anchor.appending(tail)] }
        var bases = [anchor]
        for _ in 1..<dots { bases = bases.flatMap(\.heads) }
        return bases.map { $0.appending(tail) }
      }
    }
  }

  /// `"a"` of `load = partial(import_module, package="a")`, where a call of `load` is read.
  mutating func boundPackage(
    _ source: borrowing Span<UInt8>, _ i: Int
  ) -> Folder.Expression? {
    guard tokens[i].kind == .name, let value = folder.assigned(source, to: tokens[i]),
      let open = value.range.first(where: { value.tokens[$0].kind == .leftParen }),
      open > value.range.lowerBound, folder.spells(source, value.tokens[open - 1], "partial"),
      let close = folder.closing(open, value)
    else { return nil }
    for argument in folder.split(value.part(open + 1..<close), at: [.comma]) {
      let part = value.part(argument)
      if folder.isNamed(part), let name = part.first, folder.spells(source, name, "package") {
        return part.part(argument.dropFirst(2))
      }
    }
    return nil
  }

  /// The fifth argument of `__import__`, or `level=`.
  /// Nil where it is not constant.
  func level(_ source: borrowing Span<UInt8>, _ arguments: [Range<Int>]) -> Int? {
    guard let value = argument(source, arguments, "level", at: 4) else { return 0 }
    guard value.count == 1, tokens[value.lowerBound].kind == .number else { return nil }
    return Int(Identifiers.string(source, tokens[value.lowerBound].range))
  }

  /// The value of an argument that may be given by position or by name.
  func argument(
    _ source: borrowing Span<UInt8>, _ arguments: [Range<Int>], _ keyword: String, at position: Int
  ) -> Range<Int>? {
    for (index, argument) in arguments.enumerated() {
      let value = withoutKeyword(argument)
      let isMeant =
        value.lowerBound > argument.lowerBound
        ? folder.spells(source, tokens[argument.lowerBound], keyword) : index == position
      if isMeant { return value }
    }
    return nil
  }

  mutating func add(
    _ source: borrowing Span<UInt8>, _ patterns: [Pattern], at i: Int, written: Range<Int>,
    members: [[UInt8]] = []
  ) {
    var blindLevel: Int?
    var isBounded = true
    let known = Set(patterns.map { $0.isOpen ? $0.blurred : $0 })
    for pattern in known.sorted(by: { $0.order($1) }) {
      let (level, name) = pattern.request
      let isAllHole = name.allSatisfy { $0 == Pattern.holeByte || $0 == UInt8(ascii: ".") }
      if name.isEmpty, level == 0 { continue }
      if !pattern.hasHole {
        let first = UInt32(facts.members.count)
        for member in members { facts.members.append(facts.intern(member)) }
        append(
          .dynamic, name, level: level, at: i, members: first..<UInt32(facts.members.count))
      } else if isAllHole || (level == 0 && !name.contains(UInt8(ascii: "."))) {
        blindLevel = max(blindLevel ?? 0, level)
        if level == 0 || !isAllHole { isBounded = false }
        // `f"handler_{name}"`, `"{}_task".format(x)`: top-level modules.
        let known = name.count { $0 != Pattern.holeByte && $0 != Pattern.askedByte }
        if isAllHole, level == 0, name.count > 2, name[0] == Pattern.holeByte {
          // `FOLDER + "." + name`: of whatever package, what stands below it.
          append(.template, name, at: i)
        } else if known > 2, !isAllHole {
          let first = UInt32(facts.members.count)
          facts.members.append(facts.intern(SourceText.line(source, tokens[written])))
          append(.template, name, level: level, at: i, members: first..<first + 1)
        }
      } else if level == 0, name.first == Pattern.holeByte || name.first == Pattern.askedByte {
        blindLevel = max(blindLevel ?? 0, 0)
        isBounded = false
        // `"%s.models" % app`: of whatever package, that module.
        if name.count > 2, name[1] == UInt8(ascii: "."),
          !name.dropFirst().contains(Pattern.askedByte)
        {
          append(.template, name, at: i)
        }
      } else {
        let first = UInt32(facts.members.count)
        facts.members.append(facts.intern(SourceText.line(source, tokens[written])))
        append(.template, name, level: level, at: i, members: first..<first + 1)
        for member in members {
          append(.template, name + [UInt8(ascii: ".")] + member, level: level, at: i)
        }
      }
    }
    if blindLevel == 1, isBounded {
      // `import_module("." + name, __name__)` leads nowhere but into the file's own package.
      let first = UInt32(facts.members.count)
      facts.members.append(facts.intern(SourceText.line(source, tokens[written])))
      append(.template, [Pattern.holeByte], level: 1, at: i, members: first..<first + 1)
    } else if let blindLevel {
      append(.blind, SourceText.line(source, tokens[written]), level: blindLevel, at: i)
    }
  }
}
