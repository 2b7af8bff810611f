import Files
import Model
import Zip

/// What the distributions of an installed folder say about files that several of them list: each
/// `RECORD` has the digest of what its distribution brought, and the file there has the content of
/// whichever was installed last.
struct Claims {
  private let distributions: [EnvironmentFacts.Found]
  private let metadata: [MetadataFile]
  private let location: String
  /// By distribution, as far as they were asked for: what follows the path in each line of `RECORD`.
  private var records: [Int: [String: ArraySlice<UInt8>]] = [:]
  private var found: [Int: FoundRoot.Contest] = [:]

  init(
    _ distributions: [EnvironmentFacts.Found], _ metadata: [MetadataFile], location: String
  ) {
    self.distributions = distributions
    self.metadata = metadata
    self.location = location
  }

  /// In the order of their positions.
  var contests: [FoundRoot.Contest] {
    found.values.sorted { $0.position < $1.position }
  }

  /// Which of two distributions that list a path owns it. The same content in both is no contest:
  /// namespace packages ship the same `__init__.py` many times. Where one of them has no `RECORD`, it
  /// was only assumed to own the path.
  mutating func settle(
    _ path: RelativePath, at position: Int, _ first: Int, _ second: Int
  ) -> Int {
    guard let one = claim(of: first, to: path), let other = claim(of: second, to: path) else {
      return distributions[first].owns == nil ? second : first
    }
    if !one.isEmpty, one == other { return first }
    let digest = (try? FileSystem.read("\(location)/\(path.string)")).map {
      Array("sha256=\(Base64.encodeForURL(SHA256.digest(of: $0).bytes))".utf8)
    }
    let winner = [first, second].first { number in
      claim(of: number, to: path).map(Array.init) == digest
    }
    var contest =
      found[position]
      ?? FoundRoot.Contest(
        position: position, owners: [distributions[first].displayName], winner: nil)
    contest.owners.append(distributions[second].displayName)
    if let winner { contest.winner = distributions[winner].displayName }
    found[position] = contest
    return winner ?? first
  }

  /// The digest that a `RECORD` has for a path, `sha256=…`; empty where it has none, nil where the
  /// distribution has no `RECORD` or that does not list the path.
  private mutating func claim(of number: Int, to path: RelativePath) -> ArraySlice<UInt8>? {
    if records[number] == nil { records[number] = record(of: number) }
    return records[number]?[path.string]
  }

  private func record(of number: Int) -> [String: ArraySlice<UInt8>] {
    let path = RelativePath("\(distributions[number].metadataFolder)/RECORD")
    guard let file = metadata.first(where: { $0.path == path }) else { return [:] }
    let comma = UInt8(ascii: ",")
    var digests: [String: ArraySlice<UInt8>] = [:]
    // The last two of three fields have no commas; a path that has one stands in quotes, and then
    // nobody is told.
    for line in file.bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let last = line.lastIndex(of: comma), let middle = line[..<last].lastIndex(of: comma)
      else { continue }
      digests[String(decoding: line[..<middle], as: UTF8.self)] = line[(middle + 1)..<last]
    }
    return digests
  }
}
