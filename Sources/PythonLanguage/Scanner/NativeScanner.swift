package import Model

/// Reads what a native file asks for: the libraries that it is linked against, and the names of
/// modules in its data, since native code imports by name.
///
/// Names are told as they stand there, whoever they belong to: which of them are modules is for the
/// resolver to say. Two shapes count: dotted names, and identifiers between null bytes.
package enum NativeScanner {
  /// What was told already: names wherever they stand, and dotted ones that are a string as a whole.
  private struct Names {
    var all = TextSet()
    var whole = TextSet()
  }

  private static let shortest = 3
  private static let longest = 200

  /// Never fails: a file that is not what its name says becomes a `Problem`.
  package static func scan(_ bytes: Span<UInt8>, path: RelativePath) -> SourceFacts {
    var facts = SourceFacts()
    guard bytes.count < Int(UInt32.max) else { return facts }
    guard let image = BinaryImage.read(bytes) else {
      var problems = ProblemList()
      problems.add(.unknownBinary, line: 0, column: 0)
      facts.problems = problems.problems
      return facts
    }
    facts.binary = image.binary
    if image.isTruncated {
      var problems = ProblemList()
      problems.add(.truncatedBinary, line: 0, column: 0)
      facts.problems = problems.problems
    }
    var names = Names()
    for range in image.libraries {
      if let name = names.all.insert(bytes, range, into: &facts.text) {
        facts.requests.append(Request(.library, kind: .topLevel, name: name, line: 0, column: 0))
      }
    }
    for range in image.data {
      collect(bytes, range, &names, &facts)
      inflate(bytes, range, &names, &facts)
    }
    if hidesStrings(facts) {
      for range in image.data { unpack(bytes, range, &names, &facts) }
    }
    return facts
  }

  /// Whether this is an extension made by Cython of whose strings none can be seen. What is readable
  /// always holds `__test__`, or is one long table.
  package static func hidesStrings(_ facts: SourceFacts) -> Bool {
    var isCython = false
    for request in facts.requests where request.form == .nativeName {
      let name = facts.bytes(request.name)
      if name.count > longest || name.elementsEqual("__test__".utf8) { return false }
      isCython = isCython || isOfCython(name)
    }
    return isCython
  }

  /// Whether Cython made it: its runtime's names are strings of every such file.
  package static func isCython(_ facts: SourceFacts) -> Bool {
    facts.requests.contains { $0.form == .nativeName && isOfCython(facts.bytes($0.name)) }
  }

  private static func isOfCython(_ name: ArraySlice<UInt8>) -> Bool {
    name.starts(with: "_cython_".utf8) || name.starts(with: "Cython".utf8)
      || name.starts(with: "cython_".utf8)
  }

  private static let identifier = ByteTables.shared.parts.map { $0 & ByteTables.identifier != 0 }

  /// Runs of identifier characters and dots, in one pass.
  private static func collect(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ names: inout Names,
    _ facts: inout SourceFacts
  ) {
    var isPart = [UInt8](repeating: 0, count: 256)
    for byte in 0..<128 where identifier[byte] { isPart[byte] = 1 }
    isPart[Int(UInt8(ascii: "."))] = 2
    var i = range.lowerBound
    let end = range.upperBound
    while i &+ (shortest &- 1) < end {
      // Most of it is no text, and no run that counts lies before a byte in three that is in none.
      if isPart[Int(bytes[i &+ 2])] == 0 {
        i &+= 3
        continue
      }
      if isPart[Int(bytes[i &+ 1])] == 0 {
        i &+= 2
        continue
      }
      if isPart[Int(bytes[i])] == 0 {
        i &+= 1
        continue
      }
      let start = i
      var union: UInt8 = 0
      while i < end {
        let part = isPart[Int(bytes[i])]
        if part == 0 { break }
        union |= part
        i &+= 1
      }
      if union & 2 != 0, i < end, bytes[i] == 0 {
        addLibrary(bytes, range.lowerBound, start..<i, &names, &facts)
      }
      let count = i &- start
      guard count >= shortest, count <= longest else { continue }
      if union & 2 == 0 {
        // Identifiers stand between null bytes; anything else is chance.
        guard i < end, bytes[i] == 0, start == range.lowerBound || bytes[start &- 1] == 0 else {
          continue
        }
      }
      add(bytes, start..<i, within: range, isDotted: union & 2 != 0, &names, &facts)
    }
  }

  private static func add(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, within section: Range<Int>? = nil,
    isDotted: Bool, _ names: inout Names, _ facts: inout SourceFacts
  ) {
    var start = range.lowerBound
    var end = range.upperBound
    let dot = UInt8(ascii: ".")
    while start < end, bytes[start] == dot { start += 1 }
    while end > start, bytes[end - 1] == dot { end -= 1 }
    guard end - start >= shortest else { return }
    // mypyc names its shared module by a hash: `85cae5375ceb5d1ca6c6__mypyc`.
    let startsWithDigit = bytes[start] >= 48 && bytes[start] <= 57
    if startsWithDigit, isDotted || end - start <= 20 { return }
    if isDotted {
      var previous: UInt8 = 0
      var dots = 0
      for i in start..<end {
        if bytes[i] == dot {
          dots += 1
          if previous == dot { return }
        } else if previous == dot, bytes[i] >= 48, bytes[i] <= 57 {
          return
        }
        previous = bytes[i]
      }
      // A sentence's last word: an identifier of its own only between null bytes.
      if dots == 0 { return }
    }
    let first = names.all.insert(bytes, start..<end, into: &facts.text)
    guard isDotted else {
      if let first { tell(first, .lazy, &facts) }
      return
    }
    // Tables without ends are made of names alone.
    let isWhole =
      section.map {
        end < $0.upperBound && bytes[end] == 0 && start > $0.lowerBound && bytes[start - 1] == 0
      } ?? true
    if isWhole {
      if let name = names.whole.insert(bytes, start..<end, into: &facts.text) {
        tell(name, .lazy, &facts)
      }
    } else if let first {
      tell(first, .conditional, &facts)
    }
  }

  private static func tell(_ name: TextRange, _ kind: ImportKind, _ facts: inout SourceFacts) {
    facts.requests.append(Request(.nativeName, kind: kind, name: name, line: 0, column: 0))
  }

  /// `libfoo-2.0.so.0` between null bytes: what native code hands to `dlopen`. A number is no part of a
  /// dotted name, so that this looks at the run's bytes itself.
  private static func addLibrary(
    _ bytes: borrowing Span<UInt8>, _ first: Int, _ run: Range<Int>, _ names: inout Names,
    _ facts: inout SourceFacts
  ) {
    let last = bytes[run.upperBound - 1]
    guard last == UInt8(ascii: "o") || (48...57).contains(last), run.count >= 3 else { return }
    var i = run.upperBound - 3
    while i >= run.lowerBound {
      if bytes[i] == UInt8(ascii: "."), bytes[i + 1] == UInt8(ascii: "s"),
        bytes[i + 2] == UInt8(ascii: "o")
      {
        break
      }
      guard bytes[i + 2] == UInt8(ascii: ".") || bytes[i + 2] < 58 else { return }
      i -= 1
    }
    guard i >= run.lowerBound else { return }
    var start = run.lowerBound
    while start > first, run.upperBound - start < longest,
      identifier[Int(bytes[start - 1])] || bytes[start - 1] == UInt8(ascii: ".")
        || bytes[start - 1] == UInt8(ascii: "-") || bytes[start - 1] == UInt8(ascii: "+")
    {
      start -= 1
    }
    guard run.upperBound - start > 6, bytes[start] == UInt8(ascii: "l"),
      bytes[start + 1] == UInt8(ascii: "i"), bytes[start + 2] == UInt8(ascii: "b"),
      let name = names.all.insert(bytes, start..<run.upperBound, into: &facts.text)
    else { return }
    facts.requests.append(Request(.library, kind: .lazy, name: name, line: 0, column: 0))
  }

  // MARK: Compressed string tables

  /// Cython 3.1 and newer keep their strings in one compressed table, run together.
  private static func inflate(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ names: inout Names,
    _ facts: inout SourceFacts
  ) {
    var i = range.lowerBound
    while let start = first(0x78, in: bytes, i..<range.upperBound), start + 8 < range.upperBound {
      i = start
      let flags = bytes[i + 1]
      if flags == 0x9C || flags == 0xDA || flags == 0x01 || flags == 0x5E,
        let (text, end) = Inflater.inflateText(bytes, i..<range.upperBound)
      {
        collectRun(text, &names, &facts)
        i = end
      } else {
        i &+= 1
      }
    }
  }

  /// Where a byte stands first, looked for eight bytes at a time.
  private static func first(
    _ byte: UInt8, in bytes: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> Int? {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let raw = unsafe bytes.bytes
    let wanted = ones &* UInt64(byte)
    var i = range.lowerBound
    while i &+ 8 <= range.upperBound {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self)
      // A byte that is equal is zero here, and a zero alone lends its high bit to the one above.
      let rest = word.littleEndian ^ wanted
      let found = (rest &- ones) & ~rest & highs
      if found != 0 { return i &+ found.trailingZeroBitCount / 8 }
      i &+= 8
    }
    while i < range.upperBound {
      if bytes[i] == byte { return i }
      i &+= 1
    }
    return nil
  }

  private static func unpack(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ names: inout Names,
    _ facts: inout SourceFacts
  ) {
    var i = range.lowerBound
    var text: [UInt8] = []
    while i < range.upperBound {
      if let end = PackedStrings.unpack(bytes, i..<range.upperBound, into: &text) {
        collectRun(text, &names, &facts)
        i = end
      } else {
        i &+= 1
      }
    }
  }

  /// Names that are run together have no ends that could be seen: what could be part of one is told
  /// of as one text, longer than any name is, for whoever looks for a certain one.
  private static func collectRun(
    _ text: [UInt8], _ names: inout Names, _ facts: inout SourceFacts
  ) {
    let identifier = identifier
    let dot = UInt8(ascii: ".")
    var run: [UInt8] = []
    run.reserveCapacity(text.count + 1)
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, identifier[Int(text[end])] || text[end] == dot { end += 1 }
      if end - start >= shortest {
        run += text[start..<end]
        run.append(UInt8(ascii: " "))
      }
      start = end + 1
    }
    guard !run.isEmpty else { return }
    while run.count <= longest { run.append(UInt8(ascii: " ")) }
    if let name = names.all.insert(run.span, 0..<run.count, into: &facts.text) {
      facts.requests.append(Request(.nativeName, kind: .lazy, name: name, line: 0, column: 0))
    }
  }
}
