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

  /// Something that can be the case for a function; the graph's nodes of kind `condition`.
  enum Condition: Hashable, Sendable {
    /// Code of this party imports names that it computes.
    case importsDynamically(Party)
    case walksFolders(Party)
    /// Both of them.
    case loadsPlugins(Party)
    /// Code of this distribution lists what could be modules of packages that it is given.
    case listsModules(Party)
    /// Code of this party lists the modules of the whole path, and imports names that it computes.
    case listsTopModules(Party)
    case loadsTopModules(Party)
    case anyoneLoadsTopModules
    /// Some code, whoever's it is, imports names that it computes.
    case anyoneImportsDynamically
    /// First-party code walks folders and imports what it computes, or a distribution lists modules
    /// and does so.
    case anyoneLoadsPlugins
    /// Every module of a package.
    case wholePackage(ModuleRef)
    case wholeDistribution(DistributionID)
    case wholeEnvironment
    /// `from package import *`
    case star(ModuleRef)
    /// Code of a distribution is used.
    case uses(DistributionID)
    /// Every folder of data that a rule chooses from, by the rule's position.
    case everyFolder(Int)
    /// Some code imports the module of this name of packages that it is given.
    case importsTail(Name)
    /// Some name, this one, or any one at all, is asked of a module that loads lazily.
    case asked(NodeID)
    case export(NodeID, Name)
    case bound(NodeID)
  }

  struct NodeState: Sendable {
    let subject: Subject
    let kind: Node.Kind
    var files: [FileID]
    let party: Party
    let root: RootID?
    let view: View
    var isReached = false
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
  var blindSpots: [BlindSpot] = []
  var unfollowed: [UnfollowedImport] = []
  var unresolved: [Unresolved] = []
  var diagnostics: [Diagnostic] = []

  /// Reached and not yet handed out.
  var frontier: [ScanRequest] = []
  /// The files of a node whose facts have not come back, in the order in which they were handed out.
  var awaited: [NodeID: [Awaited]] = [:]
  /// Reached and not yet expanded.
  var arrivals: [NodeID] = []
  var waitingForPremise: [NodeID: [NodeID]] = [:]
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
  /// Modules that load lazily, and who asked what of modules before it was known whether they do.
  var exporters: [NodeID: Exporter] = [:]
  var demands: [NodeID: [Demand]] = [:]
  /// The exporters below a package.
  var exportersBelow: [NodeID: [NodeID]] = [:]
  /// Who loads pickles, and data files of those of whom that is not known yet.
  var picklers: Set<Party> = []
  var unreadPickles: [Party: [(node: NodeID, file: FileID)]] = [:]
  /// By distribution: see `requiredTops(of:)`.
  var topsOfRequired: [DistributionID: [ModuleRef]] = [:]
  /// Of all roots on the path; nil before somebody asks.
  var topNames: [Name]?
  /// How many nearest names were looked for.
  var suggestions = 0
  let omitted: Set<DistributionID>
  let settings: [DistributionID: Settings.DistributionRule]

  /// A file that is being scanned, and the position in `rules.choices` of the rule that asks how it
  /// calls; nil where it is scanned for all that it asks for.
  struct Awaited: Sendable {
    let file: FileID
    let choice: Int?
  }

  /// An entry point of some group.
  struct GroupMember: Sendable {
    let distribution: DistributionID
    /// `package.module` or `package.module:attribute`
    let value: String
  }

  /// What the marks of the file at hand say about its strings.
  struct Current: Sendable {
    var namesOwnModules = false
    var readsEntryPoints = false
    /// Lines of the file at hand with a `# pare:`, which says all about what they load.
    var settledLines: Set<UInt32> = []
    var native = NativeNames()
    /// The name that the file at hand was asked for, where its requests hold for that one only.
    var asked: Name?

    init() {}

    init(_ facts: SourceFacts) {
      namesOwnModules =
        facts.marks.contains(.definesGetattr) || facts.marks.contains(.importsDynamically)
      readsEntryPoints = facts.marks.contains(.readsEntryPoints)
      for request in facts.requests {
        switch request.form {
        case .ignore, .directive: settledLines.insert(request.line)
        default: break
        }
      }
    }
  }

  struct EdgeKey: Hashable {
    let from: NodeID
    let to: NodeID
    let premise: NodeID?
    let scope: UInt32?
  }

  /// An import that found nothing, to be told at the end: a namespace may have grown by then.
  struct Unresolved: Sendable {
    let node: NodeID
    let dotted: Name
    let kind: ImportKind
    let place: Place
    let isStatement: Bool
  }

  init(target id: TargetID, workspace: Workspace, rules: Rules) {
    let target = workspace.targets[id]
    self.workspace = workspace
    self.targetID = id
    self.target = target
    self.rules = rules
    library = StandardLibrary(minor: target.runtime.minor)
    let overlays = workspace.functions.rows.filter { $0.target == id }.compactMap(\.overlay)
    index = ModuleIndex(target: target, overlays: overlays, workspace: workspace)

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
    let dotted = index.intern(function.handler.module)
    let found = index.find(dotted, in: view)
    guard found.isComplete, index.modules[Int(found.module)].kind != .namespace else {
      diagnostics.append(
        Diagnostics.missingHandler(function, nearest: nearest(to: dotted, view: view)))
      return
    }
    let node = self.node(of: found.module)
    entries[id] = node
    reach(node)
    currentEdges.removeAll(keepingCapacity: true)
    let attribute = index.intern(function.handler.attribute)
    ask(node, Demand(from: node, kind: .configured, wanted: [attribute]))
    linkIncluded(by: function, from: node, view: view)
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

  mutating func add(_ facts: SourceFacts, of node: NodeID) {
    guard var files = awaited[node], !files.isEmpty else { return }
    let next = files.removeFirst()
    awaited[node] = files.isEmpty ? nil : files
    currentEdges.removeAll(keepingCapacity: true)
    let origin = Origin(node: node, file: next.file, resolver: &self)
    if let choice = next.choice {
      followCalls(facts, of: choice, from: origin)
    } else {
      follow(facts, from: origin)
      if let exports = facts.exports { addExporter(facts, exports, origin) }
    }
    if awaited[node] == nil { settleDemands(of: node) }
    settle()
  }

  // MARK: Nodes

  mutating func node(of module: ModuleRef) -> NodeID {
    let row = index.modules[Int(module)]
    guard let leaf = row.leaf, let file = leaf.file else {
      return makeNode(
        .module(module), .namespace, files: [], party: party(ofNamespace: row),
        root: root(ofNamespace: row), view: row.view)
    }
    if let known = nodeByFile[file] { return known }
    let owner = workspace.files[file]
    // A shared file is the same node in whatever view it was found.
    let view = index.viewByOverlay[owner.root] ?? 0
    let made = makeNode(
      .module(module), leaf.isNative ? .extension : .module, files: [file], party: party(of: file),
      root: owner.root, view: view)
    nodeByFile[file] = made
    return made
  }

  mutating func condition(_ condition: Condition) -> NodeID {
    makeNode(
      .condition(condition), .condition, files: [], party: .first, root: nil, view: 0)
  }

  mutating func makeNode(
    _ subject: Subject, _ kind: Node.Kind, files: [FileID], party: Party, root: RootID?, view: View
  ) -> NodeID {
    if let known = nodeBySubject[subject] { return known }
    let id = NodeID(states.count)
    states.append(
      NodeState(
        subject: subject, kind: kind, files: files, party: party, root: root, view: view))
    nodeBySubject[subject] = id
    return id
  }

  func party(of file: FileID) -> Party {
    let file = workspace.files[file]
    if let distribution = file.distribution { return .distribution(distribution) }
    if workspace.roots[file.root].isFirstParty { return .first }
    let top = file.path.string.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ".") }
    return .stray(index.find(Array(top)[...]) ?? .max)
  }

  private func party(ofNamespace module: ModuleIndex.Module) -> Party {
    let roots = module.path.map { index.tree.folders[Int($0)].root }
    return roots.contains { workspace.roots[$0].isFirstParty } ? .first : .stray(module.dotted)
  }

  private func root(ofNamespace module: ModuleIndex.Module) -> RootID? {
    let roots = Set(module.path.map { index.tree.folders[Int($0)].root })
    return roots.count == 1 ? roots.first : nil
  }

  /// The distribution that a party is.
  func distribution(_ party: Party) -> DistributionID? {
    if case .distribution(let id) = party { id } else { nil }
  }

  // MARK: Edges

  /// Adds an edge from a reached node. Of several to the same node the strongest stays.
  mutating func link(
    _ from: NodeID, to: NodeID, _ kind: EdgeKind, premise: NodeID? = nil, scope: UInt32? = nil,
    place: Place? = nil, note: UInt32? = nil
  ) {
    guard from != to else { return }
    if kind.binds {
      ask(
        to,
        Demand(
          from: from, kind: kind, premise: premise, scope: scope, place: place, wanted: []))
    }
    let key = EdgeKey(from: from, to: to, premise: premise, scope: scope)
    let edge = Edge(
      from: from, to: to, kind: kind, premise: premise, scope: scope, place: place, note: note)
    if let position = currentEdges[key] {
      if kind.rawValue < edges[position].kind.rawValue { edges[position] = edge }
      return
    }
    currentEdges[key] = edges.count
    edges.append(edge)
    if let premise, !states[Int(premise.index)].isReached {
      waitingForPremise[premise, default: []].append(to)
    } else {
      reach(to)
    }
  }

  mutating func reach(_ node: NodeID) {
    guard !states[Int(node.index)].isReached else { return }
    states[Int(node.index)].isReached = true
    arrivals.append(node)
  }

  /// Gives newly reached nodes the edges that follow from what they are.
  mutating func settle() {
    var next = 0
    while next < arrivals.count {
      let node = arrivals[next]
      next += 1
      currentEdges.removeAll(keepingCapacity: true)
      expand(node)
      for waiting in waitingForPremise.removeValue(forKey: node) ?? [] { reach(waiting) }
    }
    arrivals.removeAll(keepingCapacity: true)
  }

  private mutating func expand(_ node: NodeID) {
    let state = states[Int(node.index)]
    switch state.subject {
    case .module(let module): expandModule(node, module)
    case .library(let file): requestScan(node, file, .native)
    case .folder, .file: expandData(node)
    case .metadata: break
    case .condition(let condition): expand(node, condition)
    }
  }

  mutating func requestScan(_ node: NodeID, _ file: FileID, _ role: FileRole) {
    frontier.append(ScanRequest(node: node, file: file, role: role))
    awaited[node, default: []].append(Awaited(file: file, choice: nil))
  }

  mutating func note(_ text: String) -> UInt32 {
    if let known = noteIndex[text] { return known }
    notes.append(text)
    noteIndex[text] = UInt32(notes.count - 1)
    return UInt32(notes.count - 1)
  }

  mutating func scope(_ scope: Scope) -> UInt32 {
    if let known = scopeIndex[scope] { return known }
    scopes.append(scope)
    scopeIndex[scope] = UInt32(scopes.count - 1)
    return UInt32(scopes.count - 1)
  }
}
