import Model

/// Reads which modules a data file names: pickles, which cannot be loaded without them, and
/// configuration, whose reader may import what it says.
///
///     joblib.load("churn.joblib")                  # \x8c\x14sklearn.linear_model\x94\x8c…
///     logging.config.dictConfig(json.load(file))   # {"handlers": {"a": {"class": "shop.logs.A"}}}
///     connexion.App().add_api("openapi.yaml")      # operationId: items.show
///
/// And which libraries a program is linked against that a package brings:
///
///     subprocess.run([here / "model.bin"])         # DT_NEEDED libtbb.so.2
enum DataScanner {
  /// Larger texts are data, not configuration; in bytes.
  private static let largestText = 1 << 20
  private static let mostNames = 10_000

  /// Suffixes of texts in which words with dots are anything but modules: prose, code in other languages,
  /// templates. Any other text can be configuration (`main.beancount`, `plugins.list`).
  static let proseSuffixes = [
    ".md", ".rst", ".html", ".htm", ".css", ".js", ".mjs", ".ts", ".map", ".svg", ".sql", ".j2",
    ".jinja", ".jinja2", ".tmpl", ".tpl", ".mako", ".po",
  ]
  /// Of tables, in which a column may name what imports: `orders,shop.convert.cents`.
  static let tableSuffixes = [".csv", ".tsv"]
  /// Of pickles.
  static let pickleSuffixes = [".pkl", ".pickle", ".joblib", ".dill", ".dat", ".sav", ".p"]

  static func scan(_ bytes: Span<UInt8>, path: RelativePath) -> SourceFacts {
    let name = path.name.utf8
    var facts = SourceFacts()
    if couldBeProgram(name), bytes.count > 4, bytes[0] == 0x7F, bytes[1] == UInt8(ascii: "E") {
      readProgram(bytes, &facts)
    } else if pickleSuffixes.contains(where: name.hasSuffix) {
      readPickle(bytes, into: &facts)
    } else if isText(bytes) {
      readText(bytes, into: &facts)
      if tableSuffixes.contains(where: name.hasSuffix) { return facts }
      readSchemes(bytes, into: &facts)
      readPaths(bytes, into: &facts)
    }
    return facts
  }

  private static func isText(_ bytes: Span<UInt8>) -> Bool {
    bytes.count <= largestText && !(0..<min(bytes.count, 1 << 12)).contains { bytes[$0] == 0 }
  }

  /// Whether a program may be called so: `ffmpeg`, `ffmpeg-v7.0.2`, `model.bin`.
  static func couldBeProgram(_ name: Substring.UTF8View) -> Bool {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return true }
    let suffix = name[dot...].dropFirst()
    return suffix.elementsEqual("bin".utf8) || suffix.allSatisfy(isDigit)
  }

  /// The libraries alone: programs of many platforms may lie side by side, and import nothing.
  private static func readProgram(_ bytes: Span<UInt8>, _ facts: inout SourceFacts) {
    for range in BinaryImage.read(bytes)?.libraries ?? [] {
      let name = facts.intern(range.map { bytes[$0] })
      facts.requests.append(Request(.library, kind: .topLevel, name: name, line: 0, column: 0))
    }
  }

  // MARK: Text

  /// Runs of words with dots, or with a colon, between them: `shop.logs.Handler`, `shop:make`.
  private static func readText(_ bytes: Span<UInt8>, into facts: inout SourceFacts) {
    var told: Set<[UInt8]> = []
    var (line, lineStart, start, joints) = (UInt32(1), 0, 0, 0)
    var position = 0
    while position <= bytes.count {
      let byte = position < bytes.count ? bytes[position] : UInt8(ascii: "\n")
      if isWord(byte) {
        position += 1
        continue
      }
      let isJoint = byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
      if isJoint, position > start, position + 1 < bytes.count, isWord(bytes[position + 1]) {
        joints += 1
        position += 1
        continue
      }
      if joints > 0, position - start <= 200, !isDigit(bytes[start]),
        facts.requests.count < mostNames
      {
        let text = (start..<position).map { bytes[$0] }
        if told.insert(text).inserted {
          tell(.dataName, text, line, UInt32(start - lineStart + 1), &facts)
        }
      }
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = position + 1
      }
      position += 1
      start = position
      joints = 0
    }
  }

  /// `url: postgresql+psycopg2://db/shop`
  private static func readSchemes(_ bytes: Span<UInt8>, into facts: inout SourceFacts) {
    var told: Set<[UInt8]> = []
    var (line, lineStart, start) = (UInt32(1), 0, 0)
    for position in bytes.indices {
      let byte = bytes[position]
      if URLScheme.isPart(byte) { continue }
      if byte == UInt8(ascii: ":"), facts.requests.count < mostNames,
        let end = URLScheme.end(bytes, start..<min(bytes.count, position + 3)), end == position
      {
        let text = (start..<end).map { bytes[$0] }
        if told.insert(text).inserted {
          tell(.scheme, text, line, UInt32(start - lineStart + 1), &facts)
        }
      }
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = position + 1
      }
      start = position + 1
    }
  }

  /// Runs that could be paths of files: `../resources/shop.resource`, `./schemas/order.json`.
  private static func readPaths(_ bytes: Span<UInt8>, into facts: inout SourceFacts) {
    var told: Set<[UInt8]> = []
    var (line, lineStart, start, slash, dot) = (UInt32(1), 0, 0, false, false)
    for position in 0...bytes.count {
      let byte = position < bytes.count ? bytes[position] : UInt8(ascii: "\n")
      switch byte {
      case UInt8(ascii: "/"):
        (slash, dot) = (true, false)
        continue
      case UInt8(ascii: "."):
        dot = true
        continue
      case UInt8(ascii: "-"): continue
      default: if isWord(byte) { continue }
      }
      // A file's name behind a folder's.
      if slash, dot, position - start <= 200, facts.requests.count < mostNames {
        let text = (start..<position).map { bytes[$0] }
        if told.insert(text).inserted {
          tell(.dataPath, text, line, UInt32(start - lineStart + 1), &facts)
        }
      }
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = position + 1
      }
      (start, slash, dot) = (position + 1, false, false)
    }
  }

  private static func tell(
    _ form: Request.Form, _ text: [UInt8], _ line: UInt32, _ column: UInt32,
    _ facts: inout SourceFacts
  ) {
    facts.requests.append(
      Request(form, kind: .conditional, name: facts.intern(text), line: line, column: column))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "_"), 128...: true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  // MARK: Pickles

  private static func readPickle(_ bytes: Span<UInt8>, into facts: inout SourceFacts) {
    guard bytes.count > 4 else { return }
    switch (bytes[0], bytes[1]) {
    case (0x80, 2...5), (UInt8(ascii: "c"), _), (UInt8(ascii: "("), _):
      readGlobals(bytes, into: &facts)
    case (0x78, 0x01), (0x78, 0x5E), (0x78, 0x9C), (0x78, 0xDA):
      // zlib, as `joblib.dump(…, compress=3)` writes it
      readGlobals(Inflater.inflatePrefix(bytes, from: 2).span, into: &facts)
    case (0x1F, 0x8B) where bytes.count > 18 && bytes[3] & ~0x08 == 0:
      // gzip (RFC 1952), at most with a file's name in its header
      var start = 10
      if bytes[3] == 0x08 {
        while start < bytes.count, bytes[start] != 0 { start += 1 }
        start += 1
      }
      guard start < bytes.count else { return }
      readGlobals(Inflater.inflatePrefix(bytes, from: start).span, into: &facts)
    default: break
    }
  }

  /// Looks for the opcodes that name a class (`pickletools`, protocols 0 to 5). Arrays may lie between
  /// opcodes, as joblib writes them, so it is a search, not a run.
  ///
  ///     GLOBAL         c babel.dates \n TimezoneFormat \n
  ///     STACK_GLOBAL   \x8c 11 babel.dates \x94? \x8c 14 TimezoneFormat \x94? \x93
  private static func readGlobals(_ bytes: Span<UInt8>, into facts: inout SourceFacts) {
    var told: Set<[UInt8]> = []
    var position = 0
    while position + 4 < bytes.count {
      let found: Range<Int>? =
        switch bytes[position] {
        case UInt8(ascii: "c"): global(bytes, at: position)
        case 0x8C: stackGlobal(bytes, at: position)
        default: nil
        }
      position += 1
      guard let found, facts.requests.count < mostNames else { continue }
      let text = found.map { bytes[$0] }
      guard told.insert(text).inserted else { continue }
      facts.requests.append(
        Request(.dynamic, kind: .topLevel, name: facts.intern(text), line: 0, column: 0))
    }
  }

  private static func global(_ bytes: Span<UInt8>, at position: Int) -> Range<Int>? {
    guard let module = dottedName(bytes, from: position + 1), module.upperBound < bytes.count,
      bytes[module.upperBound] == UInt8(ascii: "\n"),
      let name = dottedName(bytes, from: module.upperBound + 1), name.upperBound < bytes.count,
      bytes[name.upperBound] == UInt8(ascii: "\n")
    else { return nil }
    return module
  }

  private static func stackGlobal(_ bytes: Span<UInt8>, at position: Int) -> Range<Int>? {
    guard let module = shortText(bytes, at: position) else { return nil }
    var next = afterMemoize(bytes, module.upperBound)
    guard next + 2 < bytes.count else { return nil }
    switch bytes[next] {
    case 0x8C:
      guard let name = shortText(bytes, at: next) else { return nil }
      next = afterMemoize(bytes, name.upperBound)
    case UInt8(ascii: "h"): next += 2
    case UInt8(ascii: "j"): next += 5
    default: return nil
    }
    return next < bytes.count && bytes[next] == 0x93 ? module : nil
  }

  /// The text of a SHORT_BINUNICODE that is a dotted name as a whole.
  private static func shortText(_ bytes: Span<UInt8>, at position: Int) -> Range<Int>? {
    let count = Int(bytes[position + 1])
    let end = position + 2 + count
    guard count > 0, end <= bytes.count, let name = dottedName(bytes, from: position + 2),
      name.upperBound >= end
    else { return nil }
    return position + 2..<end
  }

  private static func afterMemoize(_ bytes: Span<UInt8>, _ position: Int) -> Int {
    position < bytes.count && bytes[position] == 0x94 ? position + 1 : position
  }

  private static func dottedName(_ bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var end = start
    while end < bytes.count, end - start < 256,
      isWord(bytes[end]) || bytes[end] == UInt8(ascii: ".")
    {
      end += 1
    }
    return end > start && !isDigit(bytes[start]) ? start..<end : nil
  }
}

extension Substring.UTF8View {
  func hasSuffix(_ suffix: String) -> Bool {
    self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
