package import Model

/// What a project's `[tool.pare]` says, checked value by value; nothing has been looked for yet.
package struct Configuration: Sendable {
  /// A value and where it was written.
  package struct Located<Value: Sendable>: Sendable {
    package let value: Value
    package let location: SourceLocation
  }

  /// One table's keys; nil where a key is not given. The table of a function overrides the
  /// project's.
  package struct Layer: Sendable {
    package var provider: Located<Provider.Name>?
    package var runtime: Located<Runtime>?
    package var architecture: Located<Architecture>?
    package var sourceRoots: [Located<String>]?
    package var environment: [Located<String>]?
    package var requirements: [Located<String>]?
    package var needs: [Located<String>]?
    package var optional: OptionalImports?
    package var imports: [Located<String>]?
    package var output: Located<String>?
    package var warnAt: Double?
    package var provided: Settings.Provided?
    package var prune: Prune?
    package var strip: Strip?
    package var include: [Located<String>]?
    package var exclude: [Located<String>]?
    package var layersUnzipped: Int?
    package var budget: Settings.Bounds?
    package var limits: Settings.Bounds?
    package var distributions: [String: Settings.DistributionRule] = [:]
    /// Names of layers that it attaches; of functions alone.
    package var layers: [Located<String>]?
    /// Values of environment variables by their names.
    package var variables: [String: String] = [:]

    package init() {}

    /// This layer's values where it has them, else those of `base`; the rules of one distribution
    /// replace those of the base as a whole, variables one by one.
    package func over(_ base: Layer) -> Layer {
      var result = base
      result.provider = provider ?? base.provider
      result.runtime = runtime ?? base.runtime
      result.architecture = architecture ?? base.architecture
      result.sourceRoots = sourceRoots ?? base.sourceRoots
      result.environment = environment ?? base.environment
      result.requirements = requirements ?? base.requirements
      result.needs = needs ?? base.needs
      result.optional = optional ?? base.optional
      result.imports = imports ?? base.imports
      result.output = output ?? base.output
      result.warnAt = warnAt ?? base.warnAt
      result.provided = provided ?? base.provided
      result.prune = prune ?? base.prune
      result.strip = strip ?? base.strip
      result.include = include ?? base.include
      result.exclude = exclude ?? base.exclude
      result.layersUnzipped = layersUnzipped ?? base.layersUnzipped
      result.budget = budget ?? base.budget
      result.limits = limits ?? base.limits
      result.layers = layers ?? base.layers
      result.distributions.merge(distributions) { _, own in own }
      result.variables.merge(variables) { _, own in own }
      return result
    }
  }

  /// `[tool.pare.functions.NAME]`
  package struct FunctionTable: Sendable {
    package let name: String
    package let origin: SourceLocation
    /// Nil for a table that only overrides keys of a function that `discover` finds.
    package let handler: Located<String>?
    /// The others of `handlers`.
    package var furtherHandlers: [Located<String>] = []
    package let layer: Layer
  }

  /// Absolute path of the folder that holds the configuration.
  package let project: String
  /// Its file's name: `pyproject.toml` or `pare.toml`; nil for a project that has no configuration.
  package let file: String?
  /// Where `[tool.pare]` stands.
  package let origin: SourceLocation
  package let defaults: Layer
  /// In the order in which they were written.
  package let functions: [FunctionTable]
  package let layers: [LayerTable]
  /// What `discover` says; nil where the key is not given: then it is left to what the project's
  /// deployment files describe.
  package let patterns: [Located<String>]?
  /// In the order in which they were written.
  package let acceptances: [Acceptance]
  /// Globs of `[tool.uv.workspace]`: `members` without `exclude`.
  package let workspaceMembers: [String]
  package let workspaceExcludes: [String]
  /// Normalised names of the project's own packages, as `[tool.uv.sources]` has them.
  package let localNames: Set<String>
  /// Where `[project]` of `pyproject.toml` says that it needs distributions.
  package let dependencies: SourceLocation?
  /// What `recorded` names; nil where it names nothing, or nothing that is there.
  package var recorded: Recorded?
  /// Warnings only: errors end the reading.
  package let diagnostics: [Diagnostic]
}
