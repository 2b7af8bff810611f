import Files
import Model
import Zip

/// Good inputs, and how they are damaged.
struct Samples {
  private var byReader: [Reader: [[UInt8]]] = [:]

  /// Beside its own: the files below `folders`, by what their names end in.
  ///
  /// Most texts are pieces of others, since a reader is entered a hundred times for one long text.
  init(folders: [String]) {
    defer { for reader in byReader.keys { byReader[reader]?.removeAll(where: \.isEmpty) } }
    var texts: [(Reader, String)] = [
      (.toml, Self.toml), (.json, Self.json), (.yaml, Self.yaml), (.hcl, Self.hcl),
      (.metadata, Self.metadata), (.requirement, Self.metadata), (.report, Self.report),
    ]
    texts += Self.sources.map { (.source, $0) }
    for (reader, text) in texts {
      byReader[reader, default: []] += [Array(text.utf8)] + Self.pieces(of: text)
    }
    byReader[.zip] = [Self.archive]
    byReader[.native] = Array(repeating: Self.library, count: 15)
    if let own = try? FileSystem.read("/proc/self/exe") {
      byReader[.native]?.append(Array(own.prefix(65_536)))
    }
    for folder in folders {
      guard let tree = try? FileTree.walk(folder, jobs: 1) else { continue }
      for path in tree.files {
        guard let reader = Self.reader(of: path.string), byReader[reader, default: []].count < 400,
          let bytes = try? FileSystem.read("\(folder)/\(path)"), bytes.count < 1 << 20
        else { continue }
        byReader[reader, default: []].append(bytes)
      }
    }
    byReader[.definitions] = byReader[.source]
    byReader[.outline] = byReader[.yaml]
  }

  /// Each part that begins at the left edge, alone and with the one behind it.
  private static func pieces(of text: String) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    for line in text.split(separator: "\n") {
      let bytes = Array(line.utf8) + [0x0A]
      if line.first == " ", !parts.isEmpty {
        parts[parts.count - 1] += bytes
      } else {
        parts.append(bytes)
      }
    }
    return parts + zip(parts, parts.dropFirst()).map { $0 + $1 }
  }

  private static func reader(of path: String) -> Reader? {
    for (end, reader) in [
      (".py", Reader.source), (".so", .native), (".toml", .toml), (".lock", .toml),
      (".json", .json),
      (".yaml", .yaml), (".yml", .yaml), (".tf", .hcl), (".whl", .zip), (".zip", .zip),
      ("METADATA", .metadata),
    ] where path.hasSuffix(end) { return reader }
    return nil
  }

  /// One of them, damaged in one to eight places.
  func damaged(for reader: Reader, _ random: inout SplitMix) -> [UInt8] {
    guard let all = byReader[reader], !all.isEmpty else { return [] }
    var bytes = all[random.below(all.count)]
    for _ in 0...random.below(8) { damage(&bytes, among: all, &random) }
    return bytes
  }

  private func damage(_ bytes: inout [UInt8], among all: [[UInt8]], _ random: inout SplitMix) {
    guard !bytes.isEmpty else {
      bytes.append(UInt8(truncatingIfNeeded: random.next()))
      return
    }
    let place = random.below(bytes.count)
    let end = min(bytes.count, place + 1 + random.below(64))
    switch random.below(9) {
    case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 1: bytes[place] ^= 1 << UInt8(random.below(8))
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
    case 5:
      let word = Self.words[random.below(Self.words.count)]
      bytes.insert(contentsOf: word.utf8, at: place)
    case 6:
      let other = all[random.below(all.count)]
      guard !other.isEmpty else { return }
      let start = random.below(other.count)
      bytes.insert(contentsOf: other[start..<min(other.count, start + 200)], at: place)
    case 7:
      // A number of the format, made extreme.
      for index in place..<min(bytes.count, place + [1, 2, 4, 8][random.below(4)]) {
        bytes[index] = random.below(2) == 0 ? 0xFF : 0
      }
    default:
      let word = Self.words[random.below(Self.words.count)]
      // Seldom so deep that a bound is met.
      let count = random.below(random.below(20) == 0 ? 300 : 6)
      bytes.insert(contentsOf: (0..<count).flatMap { _ in Array(word.utf8) }, at: place)
    }
  }

  private static let words = [
    "(", ")", "[", "{", "}", "\"\"\"", "'", "f'{", "}'", "\\", "\n", "\r", "\t", "    ", "#",
    "\u{0}", ":",
    "import ", "from . import ", "try:\n", "except:", "lambda:", "if ", "else:", "async ",
    "match x:",
    "*", "**", ".", "...", "\u{FEFF}", "é", "\u{85}", "# coding: utf-16\n", "[[a.b]]\n", "= ",
    "1e9999",
    "0x", "-", "&a ", "*a", "<<: ", "? ", "---\n", "!!binary ", "Requires-Dist: a[b] ; c == 'd'\n",
    "PK\u{1}\u{2}", "PK\u{5}\u{6}", "null", "\\u0000", "\\ud800", "99999999999999999999",
  ]
}
