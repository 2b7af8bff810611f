import Model

/// Code in strings, and what lazy loaders are given.
extension CallReader {
  mutating func readCode(
    _ source: borrowing Span<UInt8>, _ range: Range<Int>, at i: Int
  ) {
    guard !range.isEmpty else { return }
    for pattern in folder.fold(source, expression(range)).patterns where pattern.level == 0 {
      readCode(pattern.bytes, at: i)
    }
  }

  mutating func readCode(_ code: [UInt8], at i: Int) {
    guard code.count > 7, code.count < 1 << 20 else { return }
    var reader = SourceReader(at: 0, depth: .imports, name: "")
    let inner = reader.read(code.span)
    for request in inner.requests {
      guard [.module, .member, .wildcard].contains(request.form) else { continue }
      let name = inner.bytes(request.name)
      guard !name.contains(Pattern.holeByte) else { continue }
      let first = UInt32(facts.members.count)
      for member in request.members {
        facts.members.append(facts.intern(inner.bytes(inner.members[Int(member)])))
      }
      append(
        .code, Array(name), level: Int(request.level), at: i,
        members: first..<UInt32(facts.members.count))
    }
  }

  /// `subprocess.run([sys.executable, "-c", "import x"])`
  mutating func readCommand(_ source: borrowing Span<UInt8>, _ range: Range<Int>) {
    for i in range where i + 2 < range.upperBound && tokens[i].kind == .string {
      guard tokens[i + 1].kind == .comma,
        Folder.bytes(source, Folder.content(source, tokens[i])).elementsEqual("-c".utf8)
      else { continue }
      var end = i + 2
      var brackets = 0
      while end < range.upperBound {
        if tokens[end].kind.opens { brackets += 1 }
        if tokens[end].kind.closes { brackets -= 1 }
        if brackets < 0 || brackets == 0 && tokens[end].kind == .comma { break }
        end += 1
      }
      readCode(source, i + 2..<end, at: i + 2)
    }
  }

  /// `lazy_loader.attach(__name__, …)`, `_LazyModule(__name__, …)`, `LazyLoader("x", globals(), "a.x")`
  mutating func readLazy(
    _ source: borrowing Span<UInt8>, _ i: Int, _ kind: Kind, _ range: Range<Int>,
    _ arguments: [Range<Int>]
  ) {
    if range.contains(where: { tokens[$0].kind == .dunderName }) {
      hasLazyTable = true
      if kind == .attachStub { facts.marks.insert(.readsStubs) }
      return
    }
    guard kind == .lazyImport || kind == .deferredImport else { return }
    for argument in arguments {
      for pattern in folder.fold(source, expression(withoutKeyword(argument))).patterns {
        let (level, name) = pattern.request
        if pattern.hasHole || name.isEmpty { continue }
        append(.lazyName, name, level: level, at: i)
      }
    }
  }
}
