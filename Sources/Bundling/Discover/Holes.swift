import Model

/// Places inside the project that are not its code: environments, and whatever pare itself writes.
///
/// A root that lies at such a place, or in it, is what the configuration asks for and not concerned;
/// what pare writes is left out there too.
struct Holes: Sendable {
  /// Absolute paths.
  private var folders: Set<String> = []
  /// By the folder of archives: names of the files that pare writes into it.
  private var outputs: [String: [String]] = [:]

  mutating func add(_ folder: String) { folders.insert(folder) }

  /// The folder of archives. It may hold code as well (`output = "."`).
  mutating func add(output: String, functions: [String]) {
    guard folders.insert(output).inserted else { return }
    outputs[output] = functions.map { "\($0).zip" } + ["report.json", "manifest.json"]
  }

  /// The paths of a root's files, sorted, without what lies in the holes.
  ///
  /// - Parameter root: absolute path.
  func without(_ paths: [RelativePath], below root: String) -> [RelativePath] {
    let prefix = root == "/" ? "/" : root + "/"
    var ranges: [Range<Int>] = []
    for folder in folders where folder.hasPrefix(prefix) {
      ranges.append(paths.range(below: String(folder.dropFirst(prefix.count))))
    }
    for (output, names) in outputs where output == root || output.hasPrefix(prefix) {
      for name in names {
        let path = RelativePath(String("\(output)/\(name)".dropFirst(prefix.count)))
        if let position = paths.position(of: path) { ranges.append(position..<position + 1) }
      }
    }
    ranges.removeAll(where: \.isEmpty)
    if ranges.isEmpty { return paths }
    var kept: [RelativePath] = []
    var start = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > start { kept += paths[start..<range.lowerBound] }
      start = max(start, range.upperBound)
    }
    return kept + paths[start...]
  }
}
