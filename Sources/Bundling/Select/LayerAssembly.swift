import Files
import Model

/// One layer while it is put together, distribution by distribution.
struct LayerAssembly {
  private let layer: Layer
  private let rows: [FunctionID: Shipped]
  private let stocks: Stocks
  private let workspace: Workspace
  private(set) var files: Set<FileID> = []
  /// Distributions that are in it, each with a stock that knows it.
  private var stock: [DistributionID: Int] = [:]
  /// By function that attaches it: what it finds there.
  private(set) var found: [FunctionID: [DistributionID]] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(
    _ layer: Layer, _ rows: [FunctionID: Shipped], _ stocks: Stocks, _ workspace: Workspace
  ) {
    self.layer = layer
    self.rows = rows
    self.stocks = stocks
    self.workspace = workspace
  }

  /// Normalised names of what belongs into it: what the configuration names, and what all functions
  /// of `sharedBy` ship.
  var names: [String] {
    var names = Set(layer.distributions.map(\.name))
    let shared = layer.sharedBy.map { id in
      Set((rows[id]?.files ?? [:]).keys.map { workspace.distributions[$0].name })
    }
    if let first = shared.first {
      names.formUnion(shared.dropFirst().reduce(first) { $0.intersection($1) })
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Puts in what is reached of the distribution of that name, as most functions have it.
  mutating func add(_ name: String) throws(Failure) {
    let origin = layer.distributions.first { $0.name == name }?.origin
    var users: [DistributionID: [FunctionID]] = [:]
    for id in layer.attached {
      for owner in (rows[id]?.files ?? [:]).keys where workspace.distributions[owner].name == name {
        users[owner, default: []].append(id)
      }
    }
    guard
      let leading = users.max(by: {
        ($0.value.count, $1.key.index) < ($1.value.count, $0.key.index)
      })?.key ?? (layer.isWhole && origin != nil ? installed(name) : nil)
    else {
      if let origin { diagnostics.append(.layerWithoutUse(name, layer, at: origin)) }
      return
    }
    stock[leading] = users[leading]?.first.flatMap { rows[$0]?.stock }
    if layer.isWhole { files.formUnion(all(of: leading)) }
    for (owner, functions) in users.sorted(by: { $0.key < $1.key }) {
      let reached = functions.reduce(into: Set<FileID>()) {
        $0.formUnion(rows[$1]?.files[owner] ?? [])
      }
      guard let same = try owner == leading ? Array(reached) : counterparts(of: reached, leading)
      else {
        let isOther =
          workspace.distributions[owner].version != workspace.distributions[leading].version
        diagnostics += functions.map {
          .layerHasAnother(
            workspace.distributions[owner], than: workspace.distributions[leading],
            isOther: isOther, layer, function: workspace.functions[$0])
        }
        continue
      }
      files.formUnion(same)
      for function in functions { found[function, default: []].append(owner) }
    }
  }

  /// That no function ships, and that one which attaches the layer could.
  private func installed(_ name: String) -> DistributionID? {
    for function in layer.attached {
      for root in workspace.targets[workspace.functions[function].target].roots {
        if let id = workspace.distributions.ids.first(where: {
          workspace.distributions[$0].root == root && workspace.distributions[$0].name == name
        }) {
          return id
        }
      }
    }
    return nil
  }

  /// All of a distribution that an archive may have.
  private func all(of distribution: DistributionID) -> [FileID] {
    guard let language = stocks.rows.first?.language else { return [] }
    let row = workspace.distributions[distribution]
    let code = workspace.roots[row.root].files.map { FileID($0) }.filter {
      workspace.files[$0].distribution == distribution
        && ![.discarded, .metadata].contains(language.role(of: workspace.files[$0].path))
    }
    return code + row.metadataFiles
  }

  /// The files of the same distribution in another environment; nil where that is another version, or
  /// has one of them not or otherwise.
  private func counterparts(
    of files: Set<FileID>, _ leading: DistributionID
  ) throws(Failure) -> [FileID]? {
    let other = workspace.distributions[leading]
    guard let store = stocks.rows.first?.store else { return nil }
    var reader = store.makeReader()
    var result: [FileID] = []
    for file in files.sorted() {
      let row = workspace.files[file]
      guard let owner = row.distribution, workspace.distributions[owner].version == other.version
      else { return nil }
      let counterpart = workspace.file(at: row.path, in: other.root).flatMap {
        workspace.files[$0].distribution == leading ? $0 : nil
      }
      // Who installed it, and what of it, is no difference.
      if workspace.distributions[owner].metadataFiles.contains(file) {
        if let counterpart { result.append(counterpart) }
        continue
      }
      guard let counterpart else { return nil }
      result.append(counterpart)
      do throws(FileError) {
        try reader.read(file)
        let bytes = reader.copy()
        try reader.read(counterpart)
        guard reader.copy() == bytes else { return nil }
      } catch {
        guard error.isOfReading else { throw Failure(error) }
        return nil
      }
    }
    return result
  }

  /// Sorted by path.
  var entries: [Plan.Entry] {
    let entries = files.sorted().map { file -> Plan.Entry in
      let row = workspace.files[file]
      let records = row.distribution.flatMap { stock[$0] }.map { stocks.rows[$0].records }
      let content: Plan.Entry.Content =
        if let records, records.isRecord(file) {
          .generated(records.record(file, isKept: files.contains))
        } else {
          .file(file)
        }
      return Plan.Entry(
        path: RelativePath("\(Providers.layerFolder)/\(row.path)"), content: content,
        isExecutable: stocks.rows[0].store.isExecutable(file), node: nil, reason: .layer)
    }
    return entries.sorted { $0.path < $1.path }
  }
}
