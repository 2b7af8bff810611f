/// What can be in an archive, as one unit, and what it brings along.
package struct Node: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// A module with a source file (a package's `__init__` too).
    case module
    /// A module with an extension file (`*.so`).
    case `extension`
    /// A package without an `__init__`, or several portions of one.
    case namespace
    /// A native library that an extension is linked against.
    case library
    /// The data files of one package's folder, down to the next package.
    case data
    /// A distribution's metadata.
    case metadata
    /// Holds no files; reached when something happens, so that other edges can depend on it:
    /// "`celery` imports dynamically".
    case condition
  }

  package let kind: Kind
  /// Dotted for modules; the folder for data; the distribution's name for metadata; a path below
  /// its root for libraries; a sentence for conditions.
  package let name: String
  /// Range of `ModuleGraph.files`.
  package let files: Range<Int>
  package let distribution: DistributionID?
  /// Nil for conditions, and for namespace packages over several roots.
  package let root: RootID?

  package init(
    kind: Kind, name: String, files: Range<Int>, distribution: DistributionID?, root: RootID?
  ) {
    self.kind = kind
    self.name = name
    self.files = files
    self.distribution = distribution
    self.root = root
  }
}

/// Why one node needs another.
package enum EdgeKind: UInt8, Sendable, CaseIterable {
  /// The provider calls it: from a function with several handlers to the module of one.
  case handler
  case topLevel, conditional, lazy, optional
  /// Importing `a.b` imports `a` first.
  case parent
  /// `import_module("a.b")` and its like, folded.
  case dynamic
  /// A string constant that names it.
  case string
  /// A string with holes whose pattern it matches.
  case template
  /// A name in a table for lazy loading.
  case lazyTable
  /// An import inside a string that is executed.
  case code
  /// A folder that the code lists.
  case walk
  /// A blind spot that could name it.
  case blindSpot
  /// An entry point of a group that the code asks for.
  case entryPoint
  /// Named in the bytes of native code.
  case nativeName
  /// Linked against.
  case native
  /// The data of a kept module's package.
  case data
  /// The metadata of a kept module's distribution.
  case metadata
  /// A rule about a distribution.
  case rule
  /// The user's configuration or a comment in the source.
  case configured
  /// `prune` is `distributions` or `off`.
  case whole
  /// A PyPI distribution that completes a standard-library module: `zoneinfo` → `tzdata`.
  case standardLibrary
  /// A distribution's metadata requires another; from one to the other being declared.
  case requires
  /// The project asks for it, no function declares it, and this could import it.
  case orphan
  /// The team's own code calls what imports it.
  case called
  /// To a condition on which what the same file asks for further on depends: says nothing of its own.
  case proviso

  /// Whether the one only could need the other: what is reached otherwise as well is better explained
  /// by that.
  package var isGuess: Bool {
    switch self {
    case .string, .template, .walk, .blindSpot, .nativeName: true
    default: false
    }
  }

  /// Whether the other is run as a module by what is known to ask for it.
  package var isImport: Bool {
    switch self {
    case .data, .metadata, .native, .whole, .requires, .orphan, .called, .proviso: false
    default: !isGuess
    }
  }

  /// As it is printed and written to reports.
  package var name: String {
    switch self {
    case .handler: "handler"
    case .topLevel: "top-level"
    case .conditional: "conditional"
    case .lazy: "lazy"
    case .optional: "optional"
    case .parent: "parent"
    case .dynamic: "dynamic"
    case .string: "string"
    case .template: "template"
    case .lazyTable: "lazy-table"
    case .code: "code"
    case .walk: "walk"
    case .blindSpot: "blind-spot"
    case .entryPoint: "entry-point"
    case .nativeName: "native-name"
    case .native: "native"
    case .data: "data"
    case .metadata: "metadata"
    case .rule: "rule"
    case .configured: "configured"
    case .whole: "whole"
    case .standardLibrary: "standard-library"
    case .requires: "requires"
    case .orphan: "orphan"
    case .called: "called"
    case .proviso: "proviso"
    }
  }
}

/// A line of a file, in the graph's compact form. Line 0: the file as a whole.
package struct Place: Hashable, Sendable {
  package let file: FileID
  package let line: UInt32
  package let column: UInt32

  package init(file: FileID, line: UInt32, column: UInt32) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One node needs another, and why.
package struct Edge: Hashable, Sendable {
  package let from: NodeID
  package let to: NodeID
  package let kind: EdgeKind
  /// A second node that must be reached as well for the edge to hold.
  package let premise: NodeID?
  /// For which functions it holds: position in `ModuleGraph.scopes`; nil for all.
  package let scope: UInt32?
  /// Whether `to` is loaded eagerly where `from` is: by the team's own code, or by an import at the top
  /// of a module that is loaded eagerly. Everything else may be loaded, or not.
  package let isEager: Bool
  /// Whether it only holds where `from` is loaded eagerly.
  package let needsEager: Bool
  package let place: Place?
  /// Position in `ModuleGraph.notes`: a rule's sentence, a folded string, a pattern.
  package let note: UInt32?

  package init(
    from: NodeID, to: NodeID, kind: EdgeKind, premise: NodeID? = nil, scope: UInt32? = nil,
    isEager: Bool = false, needsEager: Bool = false, place: Place? = nil, note: UInt32? = nil
  ) {
    self.from = from
    self.to = to
    self.kind = kind
    self.premise = premise
    self.scope = scope
    self.isEager = isEager
    self.needsEager = needsEager
    self.place = place
    self.note = note
  }
}

/// The functions for which an edge holds. A name that some function's overlay takes from the shared
/// roots is resolved differently for that function.
package enum Scope: Hashable, Sendable {
  case only([RootID])
  case except([RootID])

  /// Whether it holds for a function whose overlay is `overlay`.
  package func holds(for overlay: RootID?) -> Bool {
    switch self {
    case .only(let roots): overlay.map(roots.contains) ?? false
    case .except(let roots): !(overlay.map(roots.contains) ?? false)
    }
  }
}

/// An import that was seen and is not followed, or found nothing.
package struct UnfollowedImport: Hashable, Sendable {
  package enum Reason: UInt8, Sendable {
    /// Below `if TYPE_CHECKING:`
    case typeOnly
    /// In a branch that the target decides against.
    case decided
    /// No root has it, nor the standard library.
    case unresolved
    /// The provider's runtime has it: `provided = "omit"`, or nothing on the path does.
    case provided
    /// A rule says that it is never needed at run time.
    case rule
  }

  package let from: NodeID
  package let name: String
  package let reason: Reason
  package let kind: ImportKind
  /// False for a name in a string: `find_spec("a")` may only ask.
  package let isStatement: Bool
  package let place: Place

  package init(
    from: NodeID, name: String, reason: Reason, kind: ImportKind, isStatement: Bool = true,
    place: Place
  ) {
    self.from = from
    self.name = name
    self.reason = reason
    self.kind = kind
    self.isStatement = isStatement
    self.place = place
  }
}

/// An optional import of one distribution into another, which a function has to declare to get it.
package struct OptionalImport: Hashable, Sendable {
  package let from: NodeID
  package let distribution: DistributionID
  /// The module, or what else of it is asked for.
  package let name: String
  /// The condition that the distribution is declared; nil where no function declares it.
  package let premise: NodeID?
  package let kind: EdgeKind
  /// Whether `from` cannot be loaded without it.
  package let isForced: Bool
  /// Nil where no line says it.
  package let place: Place?

  package init(
    from: NodeID, distribution: DistributionID, name: String, premise: NodeID?, kind: EdgeKind,
    isForced: Bool, place: Place?
  ) {
    self.from = from
    self.distribution = distribution
    self.name = name
    self.premise = premise
    self.kind = kind
    self.isForced = isForced
    self.place = place
  }
}

/// A place that the scan sees and cannot resolve.
package struct BlindSpot: Hashable, Sendable {
  package let node: NodeID
  package let place: Place
  /// The expression as written: `import_module(name)`.
  package let expression: String
  /// What it could name at most, as a person would say it: "anything in 'celery.backends'".
  package let bound: String
  /// Whether what it could name was kept because of it (edges of kind `blindSpot` from `node`).
  package let keeps: Bool
  /// The distribution whose `services` settle it, where it is data that the run chooses; nil where it
  /// is an import.
  package let chooses: String?

  package init(
    node: NodeID, place: Place, expression: String, bound: String, keeps: Bool,
    chooses: String? = nil
  ) {
    self.node = node
    self.place = place
    self.expression = expression
    self.bound = bound
    self.keeps = keeps
    self.chooses = chooses
  }
}

/// What `trace` found for one target: every node that some function can reach, and all edges.
package struct ModuleGraph: Sendable {
  /// Sorted by kind, name, root.
  package let nodes: Table<Node>
  package let files: [FileID]
  /// Sorted by `from`; edges of node `n` are `edges[starts[n]..<starts[n + 1]]`, in source order.
  package let edges: [Edge]
  package let starts: [Int]
  package let scopes: [Scope]
  package let notes: [String]
  /// The node of each function's handler; functions of other targets, and those whose handler does
  /// not exist, are not in it.
  package let entries: [FunctionID: NodeID]
  /// Conditions that hold for a function whatever it imports, in ascending order: what it declares.
  package let given: [FunctionID: [NodeID]]
  /// In the order of `from`, then of their places.
  package let optional: [OptionalImport]
  package let blindSpots: [BlindSpot]
  package let unfollowed: [UnfollowedImport]
  /// Of native files, the minor version of glibc 2 that each cannot be loaded without.
  package let glibc: [FileID: UInt8]
  /// Of native files, the libraries that each is linked against and that no root has, sorted.
  package let missingLibraries: [FileID: [String]]
  /// Those that fail because native code of theirs is for another platform, in ascending order.
  package let unusable: [NodeID]
  package let diagnostics: [Diagnostic]

  package init(
    nodes: Table<Node>, files: [FileID], edges: [Edge], starts: [Int], scopes: [Scope],
    notes: [String], entries: [FunctionID: NodeID], given: [FunctionID: [NodeID]] = [:],
    optional: [OptionalImport] = [], blindSpots: [BlindSpot],
    unfollowed: [UnfollowedImport], glibc: [FileID: UInt8] = [:],
    missingLibraries: [FileID: [String]] = [:], unusable: [NodeID] = [],
    diagnostics: [Diagnostic]
  ) {
    self.nodes = nodes
    self.files = files
    self.edges = edges
    self.starts = starts
    self.scopes = scopes
    self.notes = notes
    self.entries = entries
    self.given = given
    self.optional = optional
    self.blindSpots = blindSpots
    self.unfollowed = unfollowed
    self.glibc = glibc
    self.missingLibraries = missingLibraries
    self.unusable = unusable
    self.diagnostics = diagnostics
  }

  package func edges(from node: NodeID) -> ArraySlice<Edge> {
    edges[starts[Int(node.index)]..<starts[Int(node.index) + 1]]
  }

  package func files(of node: NodeID) -> ArraySlice<FileID> { files[nodes[node].files] }
}
