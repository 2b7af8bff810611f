import Model

/// Turns what Python files ask for into nodes and edges.
///
/// One value per target. It follows the union of what all functions could need; an edge that holds
/// only together with a second node, or only for some functions, says so (`Edge.premise`,
/// `Edge.scope`), so that each function's own reach is exact. The topics of `REACHABILITY` are in
/// extensions: statements, strings, walks, native code, data, metadata, rules.
struct PythonResolver: Resolver {
  /// Whose code a module is: the team's, or a distribution's.
  enum Party: Hashable, Sendable {
    case first
    case distribution(DistributionID)
    /// Installed without metadata: by its top-level name.
    case stray(Name)
  }

  enum Subject: Hashable, Sendable {
    case module(ModuleRef)
    case library(FileID)
    /// The data files of one package's folder.
    case folder(Int32)
    case file(FileID)
    case metadata(DistributionID)
    case condition(Condition)
  }

  struct NodeState: Sendable {
    let subject: Subject
    let kind: Node.Kind
    var files: [FileID]
    let party: Party
    let root: RootID?
    let view: View
    var isReached = false
    /// Whether some function loads it eagerly (`Edge.isEager`).
    var isEager = false
    /// Whether all that its files ask for has been followed.
    var isRead = false
  }

  let workspace: Workspace
  let targetID: TargetID
  let target: Target
  let rules: Rules
  let library: StandardLibrary
  var index: ModuleIndex

  var states: [NodeState] = []
  var nodeBySubject: [Subject: NodeID] = [:]
  var nodeByFile: [FileID: NodeID] = [:]
  var edges: [Edge] = []
  var scopes: [Scope] = []
  var scopeIndex: [Scope: UInt32] = [:]
  var notes: [String] = []
  var noteIndex: [String: UInt32] = [:]
  var entries: [FunctionID: NodeID] = [:]
  /// The modules of all handlers.
  var handlerNodes: Set<NodeID> = []
  var blindSpots: [BlindSpot] = []
  var glibc: [FileID: UInt8] = [:]
  /// Of native files, what they are linked against and no root has.
  var missingLibraries: [FileID: Set<String>] = [:]
  var foreign: [Foreign] = []
  var unfollowed: [UnfollowedImport] = []
  var unresolved: [Unresolved] = []
  /// By whose code they were put on `sys.path`: folders as views of their own (`SearchPaths`).
  var searchPaths: [Party: [View]] = [:]
  /// Statements of the team's own that import from what is not there, in case it is put on the path.
  var unplaced: [(request: Request, facts: SourceFacts, origin: Origin)] = []
  var diagnostics: [Diagnostic] = []

  /// Reached and not yet handed out.
  var frontier: [ScanRequest] = []
  /// The files of a node whose facts have not come back, in the order in which they were handed out.
  var awaited: [NodeID: [Awaited]] = [:]
  /// Reached and not yet expanded.
  var arrivals: [NodeID] = []
  var waitingForPremise: [NodeID: [Edge]] = [:]
  /// By their `from`, which is reached and not known to be loaded eagerly.
  var waitingForEager: [NodeID: [Edge]] = [:]
  /// Imports into what has to be declared, and beside it what each asks for.
  var optional: [OptionalImport] = []
  var wanted: [NodeID] = []
  /// What has been read of definitions, and what the names in it mean.
  var calls = CallNames()
  /// Places whose way has been found to be called, by function.
  var admittedCalls: Set<Called> = []
  /// What functions reached when their calls were followed to their ends.
  var followed: [FunctionID: Extent] = [:]
  /// Orphans that have been given to those who may mean them.
  var adopted: Set<DistributionID> = []
  let requirements: RequirementGraph
  let closures: [DistributionID: Set<DistributionID>]
  var given: [FunctionID: [NodeID]] = [:]
  /// The edge of the file at hand to a node, so that a stronger one replaces a weaker one.
  var currentEdges: [EdgeKey: Int] = [:]
  var standardNames: [Name: Bool] = [:]
  var distributionByName: [String: DistributionID] = [:]
  /// Words that strings may say: entry point groups, distributions in their spellings, and folders
  /// that some rule chooses from (positions in `rules.choices`).
  var groups: [Name: [GroupMember]] = [:]
  /// Names of groups by their words, with spaces between these.
  var groupsByWords: [Name: [Name]] = [:]
  var distributionWords: [Name: DistributionID] = [:]
  var choiceWords: [Name: [Int]] = [:]
  var filesByDistribution: [DistributionID: [ModuleRef]]?
  /// By position in `rules.choices`: the folders to choose from, by name and all of them, and the
  /// strings that have named one.
  var choosable: [Int: [String: [NodeID]]] = [:]
  var everyFolder: [Int: [NodeID]] = [:]
  var waitingLiterals: [Int: [String: [Waiting]]] = [:]
  /// By position in `rules.choices`: who calls for one of its folders.
  var choosers: [Int: Choosers] = [:]
  /// By position: all folders hang on their condition already.
  var linkedChoices: Set<Int> = []
  var current = Current()
  /// `models` of `import_module("%s.models" % app)`, and the packages that such code may be given.
  var tails: [Name] = []
  var namedPackages: [NamedPackage] = []
  /// Packages that distributions put in front of names, and names that they may be meant for.
  var heads: [Head] = []
  var headless: [Tail] = []
  /// Modules that load lazily, and who asked what of modules before it was known whether they do.
  var exporters: [NodeID: Exporter] = [:]
  var demands: [NodeID: [Demand]] = [:]
  /// The exporters below a package.
  var exportersBelow: [NodeID: [NodeID]] = [:]
  /// Who loads pickles, and data files of those of whom that is not known yet.
  var picklers: Set<Party> = []
  var unreadPickles: [Party: [(node: NodeID, file: FileID)]] = [:]
  /// Source files that no import can spell and that a path names.
  var scripts: Set<FileID> = []
  /// By whose code they are given to: modules of the team's own that say where they lie.
  var givers: [Party: [Giver]] = [:]
  /// By whose they are: defaults that are names of the team's own files or folders.
  var fallbacks: [Party: [Fallback]] = [:]
  var ownNames: Set<String>?
  var secrets = Secrets()
  /// See `unpackaged(of:)`.
  var unpackaged: [DistributionID: [FileID]]?
  /// By distribution: see `requiredTops(of:)`.
  var topsOfRequired: [DistributionID: [ModuleRef]] = [:]
  /// Of all roots on the path; nil before somebody asks.
  var topNames: [Name]?
  /// How many nearest names were looked for.
  var suggestions = 0
  let omitted: Set<DistributionID>
  let settings: [DistributionID: Settings.DistributionRule]

  init(target id: TargetID, workspace: Workspace, rules: Rules) {
    let target = workspace.targets[id]
    self.workspace = workspace
    self.targetID = id
    self.target = target
    self.rules = rules
    library = StandardLibrary(minor: target.runtime.minor)
    let overlays = workspace.functions.rows.filter { $0.target == id }.compactMap(\.overlay)
    index = ModuleIndex(target: target, overlays: overlays, workspace: workspace)

    requirements =
      workspace.requirements.indices.contains(Int(id.index))
      ? workspace.requirements[Int(id.index)] : RequirementGraph()
    closures = Self.closures(requirements, requirements.requirements.keys.sorted())
    let roots = Set(target.roots)
    var omitted: Set<DistributionID> = []
    var settings: [DistributionID: Settings.DistributionRule] = [:]
    for id in workspace.distributions.ids where roots.contains(workspace.distributions[id].root) {
      let distribution = workspace.distributions[id]
      // The first on the path is the one that is imported.
      if distributionByName[distribution.name] == nil { distributionByName[distribution.name] = id }
      if target.omitted.contains(distribution.name) { omitted.insert(id) }
      settings[id] = target.distributions[distribution.name]
      for word in [
        distribution.name, distribution.displayName,
        String(distribution.name.map { $0 == "-" ? "_" : $0 }),
      ] {
        distributionWords[index.intern(word)] = distributionByName[distribution.name]
      }
      for point in distribution.entryPoints
      where point.group != "console_scripts" && point.group != "gui_scripts" {
        let group = index.intern(point.group)
        if groups[group] == nil {
          groupsByWords[index.intern(Self.words(point.group.utf8)[...]), default: []].append(group)
        }
        groups[group, default: []].append(
          GroupMember(distribution: id, value: point.value))
      }
    }
    self.omitted = omitted
    self.settings = settings
    readChoiceWords()
  }

  // MARK: Resolver

  mutating func enter(_ id: FunctionID) {
    let function = workspace.functions[id]
    guard function.target == targetID else { return }
    let view = function.overlay.flatMap { index.viewByOverlay[$0] } ?? 0
    var demands: [(node: NodeID, handlers: [Handler])] = []
    for handler in function.handlers {
      let dotted = index.intern(handler.module)
      let found = index.find(dotted, in: view)
      guard found.isComplete, index.modules[Int(found.module)].kind != .namespace else {
        diagnostics.append(
          Diagnostics.missingHandler(
            function, handler.module, nearest: nearest(to: dotted, view: view)))
        return
      }
      let node = self.node(of: found.module)
      if let position = demands.firstIndex(where: { $0.node == node }) {
        demands[position].handlers.append(handler)
      } else {
        demands.append((node, [handler]))
      }
    }
    let node = demands.count == 1 ? demands[0].node : condition(.called(id))
    entries[id] = node
    handlerNodes.formUnion(demands.map(\.node))
    reach(node)
    makeEager(node)
    given[id] = given(to: function)
    for condition in given[id] ?? [] { reach(condition) }
    currentEdges.removeAll(keepingCapacity: true)
    for (module, handlers) in demands {
      if module != node {
        connect(
          Edge(
            from: node, to: module, kind: .handler, isEager: true,
            note: note(handlers.map(\.written).joined(separator: ", "))))
      }
      let wanted = handlers.map { index.intern($0.attribute) }
      ask(module, Demand(from: module, kind: .configured, wanted: wanted))
    }
    linkIncluded(by: function, from: node, view: view)
    linkImports(of: function, from: node)
    if target.prune == .off {
      link(node, to: condition(.wholeEnvironment), .whole)
    }
    settle()
  }

  mutating func takeFrontier() -> [ScanRequest] {
    if frontier.isEmpty, awaited.isEmpty { askForCalls() }
    defer { frontier.removeAll() }
    return frontier
  }

  mutating func conclude(isEveryoneIn: Bool) -> Conclusion {
    admitCalled()
    if frontier.isEmpty, mayAdopt() {
      guard isEveryoneIn else { return .needsEveryone }
      adopt()
    }
    let requests = takeFrontier()
    return requests.isEmpty ? .finished : .more(requests)
  }

  mutating func add(_ facts: SourceFacts, of node: NodeID) {
    guard var files = awaited[node], !files.isEmpty else { return }
    let next = files.removeFirst()
    awaited[node] = files.isEmpty ? nil : files
    currentEdges.removeAll(keepingCapacity: true)
    let origin = Origin(node: node, file: next.file, resolver: &self)
    switch next.purpose {
    case .calls(let choice): followCalls(facts, of: choice, from: origin)
    case .definitions: addDefinitions(facts, origin)
    case .everything:
      if target.optional == .declared { calls.graph.addOffers(facts, of: node) }
      follow(facts, from: origin)
      if let exports = facts.exports { addExporter(facts, exports, origin) }
    }
    if awaited[node] == nil { settleDemands(of: node) }
    settle()
  }
}
