import Files
package import Model

/// How much there is before anything is left out: what each distribution and environment would take
/// unpacked, without what no archive ever has (`FileRole.discarded`).
package struct Inventory: Sendable {
  private let byDistribution: [Int]
  private let byTarget: [Int]

  package init(_ workspace: Workspace, languages: [any Language], store: Store, jobs: Int) {
    var byDistribution = Array(repeating: 0, count: workspace.distributions.count)
    var byRoot = Array(repeating: 0, count: workspace.roots.count)
    let targets = Array(workspace.targets.ids)
    for root in workspace.roots.ids where !workspace.roots[root].isFirstParty {
      guard let target = targets.first(where: { workspace.targets[$0].roots.contains(root) }),
        let language = languages.first(where: {
          $0.name == workspace.targets[target].runtime.language
        })
      else { continue }
      let files = workspace.roots[root].files
      let parts = stride(from: files.lowerBound, to: files.upperBound, by: 2048).map {
        $0..<min($0 + 2048, files.upperBound)
      }
      let sizes = concurrentMap(parts, jobs: jobs) { part in
        part.map { index in
          language.role(of: workspace.files.rows[index].path) == .discarded
            ? 0 : store.size(of: FileID(index))
        }
      }
      for (index, size) in zip(files, sizes.joined()) {
        byRoot[Int(root.index)] += size
        if let id = workspace.files.rows[index].distribution {
          byDistribution[Int(id.index)] += size
        }
      }
    }
    self.byDistribution = byDistribution
    byTarget = targets.map { target in
      workspace.targets[target].roots.reduce(0) { $0 + byRoot[Int($1.index)] }
    }
  }

  package func bytes(of distribution: DistributionID) -> Int {
    byDistribution[Int(distribution.index)]
  }

  package func bytes(ofEnvironmentsOf target: TargetID) -> Int { byTarget[Int(target.index)] }
}
