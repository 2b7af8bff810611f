/// Everything that a run has to say. The terminal table and the JSON document are renderings of it
/// and can say nothing that it does not.
package struct Report: Sendable {
  package static let schemaVersion = 2

  package struct Entry: Sendable {
    /// Inside the archive.
    package let path: RelativePath
    package let unzipped: Int
    /// Compressed data, without headers.
    package let zipped: Int
    /// Display name; nil for first-party and generated files.
    package let distribution: String?
    package let reason: Plan.Reason
    /// Position in `Function.nodes` of what brings it; nil where nothing that is imported does.
    package let node: Int?

    package init(
      path: RelativePath, unzipped: Int, zipped: Int, distribution: String?, reason: Plan.Reason,
      node: Int?
    ) {
      self.path = path
      self.unzipped = unzipped
      self.zipped = zipped
      self.distribution = distribution
      self.reason = reason
      self.node = node
    }
  }

  package struct DistributionShare: Sendable {
    package let name: String
    package let version: String
    /// Bytes kept in this archive.
    package let unzipped: Int
    package let zipped: Int
    /// Bytes that the whole distribution has, unzipped.
    package let full: Int
    /// Bytes that leave the archive with it (dominated by it), unzipped.
    package let retained: Int
    /// The same, zipped.
    package let retainedZipped: Int

    package init(
      name: String, version: String, unzipped: Int, zipped: Int, full: Int, retained: Int,
      retainedZipped: Int
    ) {
      self.name = name
      self.version = version
      self.unzipped = unzipped
      self.zipped = zipped
      self.full = full
      self.retained = retained
      self.retainedZipped = retainedZipped
    }
  }

  /// A figure held against the provider's limit or the user's budget.
  package struct Measure: Sendable {
    package enum Kind: String, Sendable { case limit, budget }
    package let kind: Kind
    package let measure: Provider.Limit.Measure
    /// With `layers`.
    package let bytes: Int
    /// What of it attached layers take.
    package let layers: Int
    package let bound: Int
    /// Where the bound is from: the provider's page with its date, or `configuration`.
    package let source: String
    /// Where the configuration sets the bound; nil for the provider's own.
    package let origin: SourceLocation?

    package init(
      kind: Kind, measure: Provider.Limit.Measure, bytes: Int, layers: Int = 0, bound: Int,
      source: String, origin: SourceLocation? = nil
    ) {
      self.kind = kind
      self.measure = measure
      self.bytes = bytes
      self.layers = layers
      self.bound = bound
      self.source = source
      self.origin = origin
    }

    package var share: Double { bound == 0 ? 0 : Double(bytes) / Double(bound) }
  }

  package struct BlindSpot: Sendable {
    package let location: SourceLocation
    package let expression: String
    package let bound: String
    /// Bytes that are in the archive only because of it, and of those that it shares them with,
    /// unzipped.
    package let bytes: Int
    /// How many others lead to the same.
    package let sharedWith: Int
    package init(
      location: SourceLocation, expression: String, bound: String, bytes: Int, sharedWith: Int = 0
    ) {
      self.location = location
      self.expression = expression
      self.bound = bound
      self.bytes = bytes
      self.sharedWith = sharedWith
    }
  }

  /// A distribution that is installed and left out, since the function does not declare it.
  package struct LeftOut: Sendable {
    /// Where it would be imported.
    package struct Import: Sendable {
      /// The module that would import it.
      package let from: String
      /// What of it is asked for.
      package let name: String
      package let kind: EdgeKind
      /// Nil where no line says it.
      package let location: SourceLocation?
      package init(from: String, name: String, kind: EdgeKind, location: SourceLocation?) {
        self.from = from
        self.name = name
        self.kind = kind
        self.location = location
      }
    }

    package let name: String
    package let version: String
    /// In the order of their places; never empty.
    package let imports: [Import]
    package init(name: String, version: String, imports: [Import]) {
      self.name = name
      self.version = version
      self.imports = imports
    }
  }

  /// One of several handlers that an archive serves.
  package struct Handler: Sendable {
    /// As it is configured.
    package let written: String
    /// As the provider has to be told it; nil where it asks for none.
    package let entryPoint: String?

    package init(written: String, entryPoint: String?) {
      self.written = written
      self.entryPoint = entryPoint
    }
  }

  package struct Function: Sendable {
    package let name: String
    /// As it is configured; of several all, with commas between them.
    package let handler: String
    /// As the provider has to be told it; nil where it asks for none, or where there are several
    /// handlers.
    package let entryPoint: String?
    /// Where there are several.
    package let handlers: [Handler]
    package let provider: Provider.Name
    package let runtime: Runtime
    package let architecture: Architecture
    package let origin: SourceLocation
    /// Relative to the project's folder where it lies inside, else absolute.
    package let archive: String
    package let moduleCount: Int
    package let unzipped: Int
    package let zipped: Int
    /// What the function's source roots' reached files and its whole environment would take unpacked.
    package let full: Int
    package let codeSHA256: String?
    package let contentDigest: String
    package let wasUnchanged: Bool
    /// In the order in which they are attached.
    package let layers: [AttachedLayer]
    /// By retained size, largest first.
    package let distributions: [DistributionShare]
    package let measures: [Measure]
    package let blindSpots: [BlindSpot]
    /// By name.
    package let leftOut: [LeftOut]
    /// How many nodes were reached first by each kind of edge, sorted by name.
    package let reasonCounts: [(reason: String, count: Int)]
    /// Sorted by kind, then by name.
    package let nodes: [Node]
    package let entries: [Entry]

    package init(
      name: String, handler: String, entryPoint: String?, handlers: [Handler] = [],
      provider: Provider.Name, runtime: Runtime,
      architecture: Architecture, origin: SourceLocation, archive: String, moduleCount: Int,
      unzipped: Int, zipped: Int, full: Int, codeSHA256: String?, contentDigest: String,
      wasUnchanged: Bool, layers: [AttachedLayer] = [], distributions: [DistributionShare],
      measures: [Measure],
      blindSpots: [BlindSpot], leftOut: [LeftOut] = [],
      reasonCounts: [(reason: String, count: Int)], nodes: [Node] = [], entries: [Entry]
    ) {
      self.name = name
      self.handler = handler
      self.entryPoint = entryPoint
      self.handlers = handlers
      self.provider = provider
      self.runtime = runtime
      self.architecture = architecture
      self.origin = origin
      self.archive = archive
      self.moduleCount = moduleCount
      self.unzipped = unzipped
      self.zipped = zipped
      self.full = full
      self.codeSHA256 = codeSHA256
      self.contentDigest = contentDigest
      self.wasUnchanged = wasUnchanged
      self.layers = layers
      self.distributions = distributions
      self.measures = measures
      self.blindSpots = blindSpots
      self.leftOut = leftOut
      self.reasonCounts = reasonCounts
      self.nodes = nodes
      self.entries = entries
    }
  }

  package let functions: [Function]
  /// In the order of their names.
  package let layers: [Layer]
  package let diagnostics: [Diagnostic]
  package let zlibVersion: String

  /// What went in, by its content, where that was asked for; in no document but the attestation.
  package let materials: [Material]

  /// Something that archives are made of: a file of the team's own, a wheel, an installed distribution.
  package struct Material: Hashable, Sendable {
    /// Relative to the project where it lies inside.
    package let name: String
    /// A package URL (https://github.com/package-url/purl-spec); nil for files of the team's own.
    package let packageURL: String?
    /// SHA-256 in hexadecimal digits: of the file or, where `isFolder` says so, of the installed
    /// files that are shipped (`dirHash1`).
    package let sha256: String
    package let isFolder: Bool

    package init(name: String, packageURL: String?, sha256: String, isFolder: Bool) {
      self.name = name
      self.packageURL = packageURL
      self.sha256 = sha256
      self.isFolder = isFolder
    }
  }

  package init(
    functions: [Function], layers: [Layer] = [], diagnostics: [Diagnostic], zlibVersion: String,
    materials: [Material] = []
  ) {
    self.functions = functions
    self.layers = layers
    self.diagnostics = diagnostics
    self.zlibVersion = zlibVersion
    self.materials = materials
  }
}
