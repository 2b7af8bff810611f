import Files
package import Graph
package import Model
import Text

/// What one function ships: the entries of its archive, sorted by path bytes, each with its reason.
///
/// - Parameter layered: distributions that layers have for it; they stay out of its archive.
///
/// Throws where two files that claim the same place have to be compared and cannot be read.
package func select(
  _ reach: Reach, from stock: Stock, search: inout Search,
  layered: [DistributionID: LayerID] = [:]
) throws(Failure) -> Plan {
  var selection = Selection(stock, reach)
  selection.excludeNodes(search: &search)
  selection.warnOfDropped()
  try selection.gather()
  selection.takeOut(layered)
  selection.addCompanions()
  selection.addEntryModule()
  let refused = selection.refuseTooLarge()
  var plan = Plan(
    .function(reach.function), entries: selection.entries, layered: selection.layered,
    diagnostics: selection.diagnostics.sorted())
  plan.refused = refused
  return plan
}

extension Workspace {
  /// Absolute paths of folders that the system does not let anyone look into.
  fileprivate var unlistedFolders: [String] {
    Set(diagnostics.filter { $0.code == "folder-not-listed" }.compactMap { $0.location?.path })
      .sorted()
  }
}

struct Selection {
  let stock: Stock
  let reach: Reach
  let function: Function
  let excludes: [Glob]
  var left: [NodeID]
  var entries: [Plan.Entry] = []
  var layered: [Plan.Layered] = []
  var diagnostics: [Diagnostic] = []

  init(_ stock: Stock, _ reach: Reach) {
    self.stock = stock
    self.reach = reach
    function = stock.workspace.functions[reach.function]
    excludes = function.settings.exclude.map(Glob.init)
    left = reach.nodes
  }

  private func isExcluded(_ file: FileID) -> Bool {
    excludes.contains {
      $0.matches(stock.placement.path(rank: stock.placement.rank(file)).string)
        || stock.workspace.matches($0, file)
    }
  }

  /// A module all of whose files are excluded is left out, and what only it needs with it.
  mutating func excludeNodes(search: inout Search) {
    guard !excludes.isEmpty else { return }
    let excluded = reach.nodes.filter { node in
      let files = stock.graph.files(of: node).filter { stock.placement.rank($0) >= 0 }
      return !files.isEmpty && files.allSatisfy(isExcluded)
    }
    guard !excluded.isEmpty else { return }
    warn(of: excluded, leftOutBy: "exclude", at: function.origin) { _ in true }
    // Without its handler a function reaches nothing; the warning says what was asked for.
    let lost = Set(
      search.lost(
        from: reach, overlay: function.overlay, without: excluded.filter { $0 != reach.entry }))
    left = reach.nodes.filter { !lost.contains($0) }
  }

  /// The same for `drop` of the settings about a distribution, where an import that runs at once needs
  /// what is dropped; what is imported in a function or behind `try` was dropped with reason.
  mutating func warnOfDropped() {
    guard !stock.dropped.isEmpty else { return }
    var byRule: [DistributionID: [NodeID]] = [:]
    for node in left {
      guard let id = stock.graph.nodes[node].distribution else { continue }
      let files = stock.graph.files(of: node).filter { stock.placement.rank($0) >= 0 }
      if !files.isEmpty, files.allSatisfy(isDropped) { byRule[id, default: []].append(node) }
    }
    let rules = stock.workspace.targets[function.target].distributions
    for (id, nodes) in byRule.sorted(by: { $0.key < $1.key }) {
      warn(
        of: nodes, leftOutBy: "drop", at: rules[stock.workspace.distributions[id].name]?.origin
      ) { $0 == .topLevel }
    }
  }

  /// Says which of `nodes` are needed by what stays, and by whom, for kinds of edges that count.
  private mutating func warn(
    of nodes: [NodeID], leftOutBy key: String, at location: SourceLocation?,
    counts: (EdgeKind) -> Bool
  ) {
    let gone = Set(
      nodes.filter {
        switch stock.graph.nodes[$0].kind {
        case .module, .extension, .library: true
        case .namespace, .data, .metadata, .condition: false
        }
      })
    guard !gone.isEmpty else { return }
    // Nothing in the archive needs the handler; the provider does.
    var needed = gone.intersection([reach.entry])
    var edges: [(from: String, to: String, at: SourceLocation?)] = []
    for node in reach.nodes where !gone.contains(node) {
      for edge in stock.graph.edges(from: node)
      where gone.contains(edge.to) && counts(edge.kind) && needed.insert(edge.to).inserted {
        guard edges.count < 3 else { continue }
        edges.append(
          (
            stock.graph.nodes[node].name, stock.graph.nodes[edge.to].name,
            edge.place.map(stock.workspace.location)
          ))
      }
    }
    guard !needed.isEmpty else { return }
    diagnostics.append(
      .leftOutButNeeded(
        by: key, needed.sorted().map { stock.graph.nodes[$0].name }, edges, function, at: location))
  }

  private struct Chosen {
    let rank: Int32
    let file: FileID
    let node: NodeID?
  }

  mutating func gather() throws(Failure) {
    let workspace = stock.workspace
    var isKept = BitSet(capacity: workspace.files.count)
    var chosen: [Chosen] = []
    for node in left {
      for file in stock.graph.files(of: node) where !isKept.contains(Int(file.index)) {
        let rank = stock.placement.rank(file)
        guard rank >= 0, !isDropped(file), excludes.isEmpty || !isExcluded(file) else { continue }
        isKept.insert(Int(file.index))
        chosen.append(Chosen(rank: rank, file: file, node: node))
      }
    }
    for file in function.included where !isKept.contains(Int(file.index)) {
      guard excludes.isEmpty || !isExcluded(file) else { continue }
      isKept.insert(Int(file.index))
      chosen.append(Chosen(rank: stock.placement.rank(file), file: file, node: nil))
    }
    chosen.sort { $0.rank < $1.rank }

    entries.reserveCapacity(chosen.count + 1)
    var last: Chosen?
    for item in chosen {
      let path = stock.placement.path(rank: item.rank)
      if let last, entries.last?.path == path {
        if try !hasSameContent(last.file, item.file) {
          diagnostics.append(
            .twoFilesAtOnePath(
              path, workspace.describe(last.file), workspace.describe(item.file), function))
        }
        continue
      }
      last = item
      let content: Plan.Entry.Content =
        stock.records.isRecord(item.file)
        ? .generated(stock.records.record(item.file) { isKept.contains(Int($0.index)) })
        : .file(item.file)
      entries.append(
        Plan.Entry(
          path: path, content: content,
          isExecutable: stock.placement.isExecutable(rank: item.rank), node: item.node,
          reason: reason(of: item.node)))
    }
    reportCaseClashes(chosen)
    reportNewerGlibc(chosen)
    reportForeignTags(chosen)
    reportMissingLibraries(chosen)
    refusePaths(chosen)
    refuseUnlisted(chosen)
  }

  private func reason(of node: NodeID?) -> Plan.Reason {
    guard let node else { return .included }
    let arrival = reach.arrival[Int(node.index)]
    guard arrival >= 0 else { return .handler }
    let kind = stock.graph.edges[Int(arrival)].kind
    return kind == .handler ? .handler : .edge(kind)
  }

  /// `drop` of the settings about the file's distribution.
  private func isDropped(_ file: FileID) -> Bool {
    stock.dropped.contains(Int(file.index))
  }

  private func hasSameContent(_ a: FileID, _ b: FileID) throws(Failure) -> Bool {
    do throws(FileError) {
      var reader = stock.store.makeReader()
      try reader.read(a)
      let first = reader.withBytes { bytes in bytes.indices.map { bytes[$0] } }
      try reader.read(b)
      return reader.withBytes { bytes in
        bytes.count == first.count && bytes.indices.allSatisfy { bytes[$0] == first[$0] }
      }
    } catch {
      // What cannot be read is said of its own, and the function is not written.
      guard error.isOfReading else { throw Failure(error) }
      return true
    }
  }

  /// A folder that could not be listed is needed where a missing module would lie in it, and where it
  /// is part of a package that is shipped: its data, its submodules.
  private mutating func refuseUnlisted(_ chosen: [Chosen]) {
    let workspace = stock.workspace
    let target = workspace.targets[function.target]
    for folder in workspace.unlistedFolders {
      for id in target.roots + (function.overlay.map { [$0] } ?? []) {
        let root = workspace.roots[id].location + "/"
        guard folder.hasPrefix(root) else { continue }
        let path = RelativePath(String(folder.dropFirst(root.count)))
        let module = path.string.replacing("/", with: ".")
        let isImported = stock.graph.unfollowed.contains { item in
          item.reason == .unresolved && reach.contains(item.from)
            && (item.name == module || item.name.hasPrefix(module + "."))
        }
        let isPartOfPackage =
          !path.folder.isEmpty
          && chosen.contains {
            let file = workspace.files[$0.file]
            return file.root == id && file.path.folder == path.folder
          }
        if isImported || isPartOfPackage {
          diagnostics.append(.neededFolderNotListed(folder, function))
          break
        }
      }
    }
  }

  /// Files that alone are above what the provider takes unpacked: told by their size, before one of
  /// them is read and compressed.
  mutating func refuseTooLarge() -> Set<FileID> {
    let bounds =
      function.settings.limits.unzipped.map { [$0] }
      ?? stock.provider.limits.filter { $0.measure == .unzipped }.map(\.bytes)
    guard let bound = bounds.min() else { return [] }
    var refused: Set<FileID> = []
    for entry in entries {
      guard case .file(let file) = entry.content, stock.store.size(of: file) > bound else {
        continue
      }
      refused.insert(file)
      diagnostics.append(
        .fileTooLarge(
          stock.workspace.shownPath(of: file), bytes: stock.store.size(of: file), bound: bound,
          function))
    }
    return refused
  }

  /// What nobody could unpack: a path that leaves its folder on some system, as readers of archives
  /// judge it (pare's own among them), and a file where another entry needs a folder.
  private mutating func refusePaths(_ chosen: [Chosen]) {
    let owners = Dictionary(
      chosen.map { (stock.placement.path(rank: $0.rank), $0.file) }, uniquingKeysWith: { a, _ in a }
    )
    func owner(_ path: RelativePath) -> String {
      owners[path].map { stock.workspace.describe($0) } ?? path.string
    }
    for entry in entries where RelativePath(checking: entry.path.string) == nil {
      diagnostics.append(.unsafePath(entry.path, owner(entry.path), function))
    }
    let paths = Set(entries.map(\.path))
    var told: Set<RelativePath> = []
    for entry in entries {
      var folder = entry.path.folder
      while !folder.isEmpty {
        let path = RelativePath(String(folder))
        if paths.contains(path), told.insert(path).inserted {
          diagnostics.append(
            .fileWhereFolderIsNeeded(path, owner(path), below: owner(entry.path), function))
        }
        folder = path.folder
      }
    }
  }

  /// `A.py` beside `a.py` cannot be unpacked on macOS and Windows.
  private mutating func reportCaseClashes(_ chosen: [Chosen]) {
    for group in stock.placement.caseClashes {
      let paths = chosen.filter { group.contains($0.rank) }.map {
        stock.placement.path(rank: $0.rank)
      }
      guard let first = paths.first, let second = paths.first(where: { $0 != first }) else {
        continue
      }
      diagnostics.append(.pathsDifferInCase(first, second, function))
    }
  }

  /// An extension of the stable ABI is named alike for all versions and systems; what it was built
  /// for stands in its wheel's tags alone. How new a glibc it needs is looked up in the file.
  private mutating func reportForeignTags(_ chosen: [Chosen]) {
    let workspace = stock.workspace
    let platform = WheelPlatform(workspace.targets[function.target]).ofAnyGlibc
    var told: Set<DistributionID> = []
    for item in chosen {
      guard let node = item.node, let id = workspace.files[item.file].distribution,
        [.extension, .library].contains(stock.graph.nodes[node].kind), !isOptional(node),
        case let owner = workspace.distributions[id], !owner.tags.isEmpty,
        !owner.tags.contains(where: { platform.accepts(tag: $0) }), told.insert(id).inserted
      else { continue }
      diagnostics.append(
        .foreignTags(stock.placement.path(rank: item.rank), owner, platform, function))
    }
  }

  /// Whether who imports it does without it.
  private func isOptional(_ node: NodeID) -> Bool {
    let arrival = reach.arrival[Int(node.index)]
    return arrival >= 0 && stock.graph.edges[Int(arrival)].kind == .optional
  }

  /// The loader looks for what a native file is linked against beside it, as its `RPATH` says, and in
  /// the system's folders: what neither the archive nor the provider's system has is found by nobody.
  private mutating func reportMissingLibraries(_ chosen: [Chosen]) {
    let workspace = stock.workspace
    let runtime = workspace.targets[function.target].runtime
    let known = Providers.libraries(of: runtime, on: function.provider)
    var needing: [String: [Chosen]] = [:]
    for item in chosen {
      for name in stock.graph.missingLibraries[item.file] ?? [] where !known.contains(name) {
        needing[name, default: []].append(item)
      }
    }
    for (name, items) in needing.sorted(by: { $0.key < $1.key }) {
      let owner = workspace.files[items[0].file].distribution.map { workspace.distributions[$0] }
      diagnostics.append(
        .missingLibrary(
          name, stock.placement.path(rank: items[0].rank), owner, others: items.count - 1,
          function, runtime))
    }
  }

  /// The loader refuses a native file that was linked against a newer glibc than there is.
  private mutating func reportNewerGlibc(_ chosen: [Chosen]) {
    let workspace = stock.workspace
    let runtime = workspace.targets[function.target].runtime
    guard let available = Providers.glibcMinor(of: runtime, on: function.provider) else { return }
    var told: Set<DistributionID?> = []
    for item in chosen {
      guard let wanted = stock.graph.glibc[item.file], Int(wanted) > available,
        told.insert(workspace.files[item.file].distribution).inserted
      else { continue }
      let owner = workspace.files[item.file].distribution.map { workspace.distributions[$0] }
      diagnostics.append(
        .newerGlibc(
          stock.placement.path(rank: item.rank), owner, wanted: Int(wanted), available: available,
          function, runtime))
    }
  }

  /// What the provider reads beside the code.
  mutating func addCompanions() {
    for companion in function.companions {
      add(companion.path, .file(companion.file), .companion)
    }
    for companion in stock.provider.companions {
      guard case .root(let fallback) = companion.place else { continue }
      add(RelativePath(companion.name), .generated(Array(fallback.utf8)), .generated)
    }
  }

  /// The module that the provider imports, where the handler's own is not it.
  mutating func addEntryModule() {
    guard let module = function.entryModule else { return }
    let handlers = function.handlers.filter { $0.module != module }
    guard let first = handlers.first else { return }
    let path = RelativePath("\(module).py")
    let source = entrySource(for: handlers, provider: stock.provider)
    guard add(path, .generated(Array(source.utf8)), .generated) else {
      diagnostics.append(.entryModuleTaken(path, by: first.module, function))
      return
    }
  }

  /// False where something stands there already, which then stays.
  @discardableResult
  private mutating func add(
    _ path: RelativePath, _ content: Plan.Entry.Content, _ reason: Plan.Reason
  ) -> Bool {
    let index = entries.firstIndex { !($0.path < path) } ?? entries.count
    if index < entries.count, entries[index].path == path { return false }
    entries.insert(
      Plan.Entry(path: path, content: content, isExecutable: false, node: nil, reason: reason),
      at: index)
    return true
  }
}
