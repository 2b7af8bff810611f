import Model
import Text

/// Finds what `include` patterns mean: each pattern is compared with each root once, whatever number
/// of functions have it.
struct IncludeSearch {
  private struct Key: Hashable {
    let pattern: String
    let root: Int
  }

  private let project: String
  private var known: [Key: [Int]] = [:]

  init(project: String) { self.project = project }

  /// Positions in the root's paths, sorted. `number` tells the roots apart.
  mutating func positions(of pattern: String, in root: FoundRoot, number: Int) -> [Int] {
    let key = Key(pattern: pattern, root: number)
    if let positions = known[key] { return positions }
    let positions = Glob(pattern).positions(in: root.paths, below: prefix(of: root))
    known[key] = positions
    return positions
  }

  /// The root's folder below the project; nil where it lies elsewhere or is none of the team's.
  private func prefix(of root: FoundRoot) -> String? {
    guard root.key.kind == .source || root.key.kind == .project else { return nil }
    if root.key.location == project { return "" }
    guard root.key.location.hasPrefix(project + "/") else { return nil }
    return String(root.key.location.dropFirst(project.count + 1))
  }
}

extension Glob {
  /// The positions, sorted, of what it means by its path below a root or, with a `prefix`, by its path
  /// below the project: the root is the project's folder of that name.
  func positions(in paths: [RelativePath], below prefix: String?) -> [Int] {
    let folder = literalFolder
    var found = (folder.isEmpty ? paths.indices : paths.range(below: folder)).filter {
      matches(paths[$0].string)
    }
    guard let prefix, !prefix.isEmpty else { return found }
    let range: Range<Int>
    if folder.isEmpty || folder == prefix || prefix.hasPrefix(folder + "/") {
      range = paths.indices
    } else if folder.hasPrefix(prefix + "/") {
      range = paths.range(below: String(folder.dropFirst(prefix.count + 1)))
    } else {
      return found
    }
    let byProject = range.filter { matches("\(prefix)/\(paths[$0].string)") }
    if found.isEmpty { return byProject }
    found = Set(found + byProject).sorted()
    return found
  }
}
