/// One deployable unit: a name, a handler, a runtime, a provider, and what its configuration says.
package struct Function: Sendable {
  package let name: String
  /// The first of its handlers; of most functions the only one.
  package let handler: Handler
  /// What the same archive serves beside it, in the order of the configuration.
  package let furtherHandlers: [Handler]
  /// Where it was declared: the table's header, or the `discover` pattern that found it.
  package let origin: SourceLocation
  package let provider: Provider.Name
  package let target: TargetID
  /// The source root that only this function has: the folder of a handler spelled as a path. It
  /// stands in front of its target's roots.
  package let overlay: RootID?
  /// Absolute path of the archive that it becomes.
  package let archive: String
  package let settings: Settings
  /// What `include` names, sorted. A file that lies below two roots is the first one's.
  package let included: [FileID]
  /// What the provider reads beside the code, in the order of their paths.
  package let companions: [Companion]
  /// The module that the provider imports whatever the handler is called, if any.
  package let entryModule: String?
  /// Requirements of its own, and what `needs` names, sorted.
  package let declarations: [Declaration]
  /// That it attaches, in the order in which they are unpacked: of two files at one path the last
  /// layer's is there.
  package let layers: [LayerID]

  /// A file that stands in the archive where the provider looks for it: `host.json`.
  package struct Companion: Hashable, Sendable {
    /// Inside the archive.
    package let path: RelativePath
    package let file: FileID

    package init(path: RelativePath, file: FileID) {
      self.path = path
      self.file = file
    }
  }

  package init(
    name: String, handler: Handler, furtherHandlers: [Handler] = [], origin: SourceLocation,
    provider: Provider.Name, target: TargetID, overlay: RootID?, archive: String,
    settings: Settings, included: [FileID] = [], companions: [Companion] = [],
    entryModule: String? = nil, declarations: [Declaration] = [], layers: [LayerID] = []
  ) {
    self.name = name
    self.handler = handler
    self.furtherHandlers = furtherHandlers
    self.origin = origin
    self.provider = provider
    self.target = target
    self.overlay = overlay
    self.archive = archive
    self.settings = settings
    self.included = included
    self.companions = companions
    self.entryModule = entryModule
    self.declarations = declarations
    self.layers = layers
  }

  package var handlers: [Handler] { [handler] + furtherHandlers }

  /// All handlers as the user wrote them: `orders/app.py:handler, refunds/app.py:handler`.
  package var writtenHandlers: String { handlers.map(\.written).joined(separator: ", ") }

  /// The same function as if it had that handler alone.
  package func serving(_ handler: Handler) -> Function {
    Function(
      name: name, handler: handler, origin: origin, provider: provider, target: target,
      overlay: overlay, archive: archive, settings: settings, included: included,
      companions: companions, entryModule: entryModule, declarations: declarations, layers: layers)
  }
}

extension Function {
  /// The same function of another target, or with other settings.
  package func with(target: TargetID? = nil, settings: Settings? = nil) -> Function {
    Function(
      name: name, handler: handler, furtherHandlers: furtherHandlers, origin: origin,
      provider: provider, target: target ?? self.target, overlay: overlay, archive: archive,
      settings: settings ?? self.settings, included: included, companions: companions,
      entryModule: entryModule, declarations: declarations)
  }

  /// The same function with other declarations.
  package func declaring(_ declarations: [Declaration]) -> Function {
    Function(
      name: name, handler: handler, furtherHandlers: furtherHandlers, origin: origin,
      provider: provider, target: target, overlay: overlay, archive: archive, settings: settings,
      included: included, companions: companions, entryModule: entryModule,
      declarations: declarations)
  }
}

package typealias TargetID = ID<Target>

/// What the provider calls: a module and an attribute of it.
package struct Handler: Hashable, Sendable {
  /// Dotted, as the import system spells it: `orders.app`.
  package let module: String
  /// Dotted where it is an attribute's attribute: `shop.checkout`.
  package let attribute: String
  /// As the user wrote it: `functions/orders/app.py:handler`.
  package let written: String

  package init(module: String, attribute: String, written: String) {
    self.module = module
    self.attribute = attribute
    self.written = written
  }
}

/// What several functions share and modules are resolved in: a runtime on an architecture, the roots
/// that stand on its `sys.path`, in order (source roots, then environments), and the settings that
/// change what a module needs. Functions of one target are traced together.
package struct Target: Hashable, Sendable {
  package let runtime: Runtime
  package let architecture: Architecture
  package let roots: [RootID]
  package let prune: Prune
  package let optional: OptionalImports
  /// What the user adds about distributions, by normalised name (PEP 503).
  package let distributions: [String: Settings.DistributionRule]
  /// Normalised names of distributions that the provider has and `provided = "omit"` leaves out.
  package let omitted: [String]
  /// Modules that the provider's runtime has at the top: an import of one that nothing on the path has
  /// finds it there.
  package let runtimeModules: [String]
  /// Absolute paths, each with its last `/`, below which an archive may lie when the function runs.
  package let archiveRoots: [String]

  package init(
    runtime: Runtime, architecture: Architecture, roots: [RootID], prune: Prune = .modules,
    optional: OptionalImports = .declared, distributions: [String: Settings.DistributionRule] = [:],
    omitted: [String] = [], runtimeModules: [String] = [],
    archiveRoots: [String] = []
  ) {
    self.runtime = runtime
    self.architecture = architecture
    self.roots = roots
    self.prune = prune
    self.optional = optional
    self.distributions = distributions
    self.omitted = omitted
    self.runtimeModules = runtimeModules
    self.archiveRoots = archiveRoots
  }
}

/// A language and its version, as providers spell it: `python3.12`.
package struct Runtime: Hashable, Sendable, CustomStringConvertible {
  package let language: String
  package let major: Int
  package let minor: Int

  package init(language: String, major: Int, minor: Int) {
    self.language = language
    self.major = major
    self.minor = minor
  }

  package var description: String { "\(language)\(major).\(minor)" }
}

package enum Architecture: String, Hashable, Sendable, CaseIterable {
  case x86_64, arm64
}

/// How deep unneeded code is left out.
package enum Prune: String, Hashable, Sendable, CaseIterable {
  /// Only reached modules.
  case modules
  /// Every module of each reached distribution.
  case distributions
  /// Every distribution of the environment.
  case off
}

package enum Strip: String, Hashable, Sendable, CaseIterable {
  case off, debug, unneeded
}

/// What a function's tables say, after defaults and overrides; sizes in bytes.
package struct Settings: Hashable, Sendable {
  package enum Provided: String, Hashable, Sendable, CaseIterable {
    /// Distributions that the provider's runtime has are shipped all the same (pinned versions win).
    case ship
    case omit
  }

  /// Bounds of the configuration's own: a budget, or what replaces the provider's limits.
  package struct Bounds: Hashable, Sendable {
    package var zipped: Int?
    package var unzipped: Int?
    /// Where they are written; nil where there are none.
    package var origin: SourceLocation?
    package init(zipped: Int? = nil, unzipped: Int? = nil, origin: SourceLocation? = nil) {
      self.zipped = zipped
      self.unzipped = unzipped
      self.origin = origin
    }
  }

  /// What the user adds about one distribution: `[tool.pare.distributions.NAME]`.
  package struct DistributionRule: Hashable, Sendable {
    package var imports: [String] = []
    package var data: [String] = []
    package var drop: [String] = []
    package var services: [String]?
    package var prune: Prune?
    /// Extras that are asked for wherever it is declared, normalised (PEP 685).
    package var extras: [String] = []
    /// Of imports into it, for whoever's they are; nil: as the function says.
    package var optional: OptionalImports?
    package var origin: SourceLocation
    package init(origin: SourceLocation) { self.origin = origin }
  }

  /// A module that the configuration names, and where.
  package struct NamedModule: Hashable, Sendable {
    package let name: String
    package let origin: SourceLocation
    package init(name: String, origin: SourceLocation) {
      self.name = name
      self.origin = origin
    }
  }

  /// Share of a limit from which on a warning is given.
  package var warnAt: Double = 0.8
  package var provided: Provided = .ship
  /// Whether the configuration says so itself, one way or the other.
  package var statesProvided = false
  package var prune: Prune = .modules
  package var optional: OptionalImports = .declared
  /// What it imports by names that no scan can see.
  package var imports: [NamedModule] = []
  package var strip: Strip = .off
  /// Whether the configuration says so itself, one way or the other.
  package var statesStrip = false
  package var exclude: [String] = []
  package var layersUnzipped: Int = 0
  package var budget = Bounds()
  package var limits = Bounds()
  /// By normalised name (PEP 503).
  package var distributions: [String: DistributionRule] = [:]
  /// `NAME=value`, sorted: what the handler finds in its environment when it is verified.
  package var variables: [String] = []

  package init() {}
}
