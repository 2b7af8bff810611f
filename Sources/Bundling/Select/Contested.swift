import Model

/// Files that several distributions own with different content, as far as some function ships them:
/// what nobody ships is nobody's business.
struct Contested {
  private let workspace: Workspace
  private let positions: [FileID: Int]
  private var isShipped: [Bool]

  init(_ workspace: Workspace) {
    self.workspace = workspace
    positions = Dictionary(
      workspace.contests.enumerated().map { ($0.element.file, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    isShipped = Array(repeating: false, count: workspace.contests.count)
  }

  mutating func note(_ plan: Plan) {
    guard !positions.isEmpty else { return }
    for entry in plan.entries {
      if case .file(let file) = entry.content, let position = positions[file] {
        isShipped[position] = true
      }
    }
  }

  /// One for the same owners with the same outcome.
  var diagnostics: [Diagnostic] {
    struct Key: Hashable {
      let owners: [String]
      let winner: String?
      let root: RootID
    }
    var order: [Key] = []
    var paths: [Key: [String]] = [:]
    for (contest, isShipped) in zip(workspace.contests, isShipped) where isShipped {
      let file = workspace.files[contest.file]
      let key = Key(owners: contest.owners, winner: contest.winner, root: file.root)
      if paths[key] == nil { order.append(key) }
      paths[key, default: []].append(file.path.string)
    }
    return order.map { key in
      let root = workspace.roots[key.root]
      return .ownedTwice(
        paths[key] ?? [], key.owners, winner: key.winner, isInWheels: root.kind == .wheels,
        environment: workspace.shown(root.location))
    }
  }
}
