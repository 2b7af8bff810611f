import Graph
package import Model

/// Where each file that some function could ship stands in an archive of one layout, worked out once
/// for all functions of a target and provider.
package struct Placement: Sendable {
  package let distributionFolder: String
  /// By position in `Workspace.files`: the position in `paths`; -1 for what is never shipped.
  private let rank: [Int32]
  /// In path order; equal paths have neighbouring ranks, the earlier root on the path first.
  private let paths: [RelativePath]
  private let isExecutable: BitSet
  /// Ranks of paths that differ in nothing but case; most often there are none.
  let caseClashes: [[Int32]]

  /// `files` are those that may be shipped.
  package init(
    _ files: some Sequence<FileID>, in workspace: Workspace, target: Target,
    provider: Provider, language: any Language, store: Store
  ) {
    distributionFolder = provider.distributionFolder
    var precedence = Array(repeating: target.roots.count, count: workspace.roots.count)
    for (index, root) in target.roots.enumerated() { precedence[Int(root.index)] = index + 1 }
    // A function's own folder stands in front of the roots that it shares.
    for function in workspace.functions.rows {
      if let overlay = function.overlay, !target.roots.contains(overlay) {
        precedence[Int(overlay.index)] = 0
      }
    }
    var rank = Array(repeating: Int32(-1), count: workspace.files.count)
    var placed: [(file: FileID, path: RelativePath, precedence: Int)] = []
    for file in files where rank[Int(file.index)] == -1 {
      let row = workspace.files[file]
      rank[Int(file.index)] = 0
      let isFirstParty = workspace.roots[row.root].isFirstParty
      let path =
        isFirstParty || provider.distributionFolder.isEmpty
        ? row.path : RelativePath("\(provider.distributionFolder)/\(row.path.string)")
      placed.append((file, path, precedence[Int(row.root.index)]))
    }
    placed.sort { a, b in
      if a.path != b.path { return a.path < b.path }
      return (a.precedence, a.file) < (b.precedence, b.file)
    }
    var executable = BitSet(capacity: placed.count)
    for (index, item) in placed.enumerated() {
      rank[Int(item.file.index)] = Int32(index)
      if store.isExecutable(item.file) { executable.insert(index) }
    }
    var byFolded: [String: [Int32]] = [:]
    for (index, item) in placed.enumerated() {
      byFolded[item.path.string.lowercased(), default: []].append(Int32(index))
    }
    caseClashes = byFolded.values.filter { ranks in
      ranks.contains { placed[Int($0)].path != placed[Int(ranks[0])].path }
    }.sorted { $0[0] < $1[0] }
    self.rank = rank
    self.paths = placed.map(\.path)
    self.isExecutable = executable
  }

  /// Orders files by archive path.
  func rank(_ file: FileID) -> Int32 { rank[Int(file.index)] }

  func path(rank: Int32) -> RelativePath { paths[Int(rank)] }

  func isExecutable(rank: Int32) -> Bool { isExecutable.contains(Int(rank)) }
}
