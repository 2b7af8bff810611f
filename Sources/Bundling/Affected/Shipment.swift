import Files
import Graph
import Model

/// What one function would ship, with all that two states of it are compared by.
struct Shipment {
  let function: Function
  let target: Target
  let plan: Plan
  let workspace: Workspace
  private let store: Store
  /// Where each entry's node is needed first; nil for what no line asks for.
  private let arrivals: [SourceLocation?]

  /// Of all functions of a workspace that can be packaged, by name; nothing is compressed.
  static func all(
    _ found: Discovered, languages: [any Language], jobs: Int
  ) throws(Failure) -> [String: Shipment] {
    let workspace = found.workspace
    let store = Store(workspace, wheels: found.wheels)
    let traced = try trace(
      workspace, functions: found.asked, languages: languages, store: store, jobs: jobs,
      progress: .silent)
    let stocks = try Stocks(
      traced, workspace, functions: found.asked, store: store, jobs: jobs)
    var searches = stocks.searches()
    var shipments: [String: Shipment] = [:]
    for id in found.asked {
      guard let entry = stocks.entry(of: id) else { continue }
      let function = workspace.functions[id]
      let stock = stocks.rows[entry.stock]
      let reach = searches[entry.stock].reach(id, entry: entry.node, overlay: function.overlay)
      let plan = try select(reach, from: stock, search: &searches[entry.stock])
      shipments[function.name] = Shipment(
        function: function, target: workspace.targets[function.target], plan: plan,
        workspace: workspace, store: store,
        arrivals: plan.entries.map { entry in
          entry.node.flatMap { stock.place(ofArrivalAt: $0, reach) }
        })
    }
    return shipments
  }

  var hasErrors: Bool { plan.diagnostics.contains { $0.severity == .error } }

  /// Names of the distributions that it ships something of, normalised.
  var distributions: Set<String> {
    Set(plan.entries.compactMap { distribution(of: $0)?.name })
  }

  /// Whether it ships a file of the disk, by its absolute path.
  func ships(_ path: String) -> Bool {
    plan.entries.contains { entry in
      if case .file(let file) = entry.content { store.location(of: file) == path } else { false }
    }
  }

  /// Normalised names of what distributions require, and what that requires, with these.
  func closure(of names: Set<String>) -> Set<String> {
    var requires: [String: [String]] = [:]
    for row in workspace.distributions.rows { requires[row.name, default: []] += row.requires }
    var closure = names
    var pending = Array(names)
    while let name = pending.popLast() {
      for next in requires[name] ?? [] where closure.insert(next).inserted { pending.append(next) }
    }
    return closure
  }

  private func distribution(of entry: Plan.Entry) -> Distribution? {
    guard case .file(let file) = entry.content else { return nil }
    return workspace.files[file].distribution.map { workspace.distributions[$0] }
  }

  // MARK: Comparing

  /// Why the archive is another one than that of an earlier state, in the order of the paths; empty
  /// where it is the same to the byte.
  func differences(from past: Shipment) throws(FileError) -> [String] {
    if function.settings.strip != past.function.settings.strip { return ["'strip' has changed"] }
    if hasErrors || past.hasErrors { return [hasErrors ? "it has errors" : "it had errors"] }
    let before = Dictionary(
      past.plan.entries.enumerated().map { ($0.element.path, $0.offset) },
      uniquingKeysWith: { a, _ in a })
    var reasons: [String] = []
    var kept: Set<RelativePath> = []
    for (index, entry) in plan.entries.enumerated() {
      kept.insert(entry.path)
      guard let position = before[entry.path] else {
        reasons.append(describe(index, "is new"))
        continue
      }
      let earlier = past.plan.entries[position]
      if entry.isExecutable != earlier.isExecutable {
        reasons.append(describe(index, "has another mode"))
      } else if try !isSame(entry, as: earlier, of: past) {
        reasons.append(describe(index, nil))
      }
    }
    for (index, entry) in past.plan.entries.enumerated() where !kept.contains(entry.path) {
      reasons.append(past.describe(index, "is gone"))
    }
    return reasons.uniqued()
  }

  private func isSame(
    _ entry: Plan.Entry, as earlier: Plan.Entry, of past: Shipment
  ) throws(FileError) -> Bool {
    switch (entry.content, earlier.content) {
    case (.generated(let bytes), .generated(let others)): return bytes == others
    case (.file(let file), .file(let other)):
      if let key = store.key(of: file), key == past.store.key(of: other) {
        // The same file, or the same member of one wheel.
        switch (workspace.files[file].storage, past.workspace.files[other].storage) {
        case (.disk, .disk): return true
        case (.member(_, let position), .member(_, let place)) where position == place: return true
        default: break
        }
      }
      return try store.bytes(of: file) == past.store.bytes(of: other)
    default: return false
    }
  }

  /// `shared/db.py, imported by orders/app.py:3`; of what is installed `boto3 1.40.1`.
  private func describe(_ index: Int, _ what: String?) -> String {
    let entry = plan.entries[index]
    if let distribution = distribution(of: entry) {
      return "files of \(distribution.displayName) \(distribution.version)"
    }
    guard case .file(let file) = entry.content else { return "\(entry.path), which pare makes" }
    let name = workspace.shownPath(of: file) + (what.map { " \($0)" } ?? "")
    switch entry.reason {
    case .handler: return "\(name), the handler"
    case .included: return "\(name), included"
    case .companion, .generated, .layer: return name
    case .edge(let kind):
      guard let place = arrivals[index] else { return name }
      let verb = kind == .data ? "used by" : "imported by"
      return "\(name), \(verb) \(place.path):\(place.line)"
    }
  }
}

extension Store {
  fileprivate func bytes(of file: FileID) throws(FileError) -> [UInt8] {
    var reader = makeReader()
    try reader.read(file)
    return reader.withBytes { bytes in bytes.indices.map { bytes[$0] } }
  }
}
