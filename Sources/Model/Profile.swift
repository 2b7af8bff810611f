/// What a cold start of one function pays, import by import: measured, beside the bytes that each
/// ships. Times are in microseconds.
package struct Profile: Hashable, Sendable {
  package static let schemaVersion = 1

  /// What several runs took.
  package struct Spread: Hashable, Sendable {
    package let median: Int
    package let least: Int
    package let most: Int

    package init(median: Int, least: Int, most: Int) {
      self.median = median
      self.least = least
      self.most = most
    }
  }

  package enum Phase: String, Hashable, Sendable, CaseIterable {
    /// While the handler was imported.
    case start = "import"
    /// While it was called for the first time.
    case call
  }

  /// A module that was loaded, once; what it loaded itself is below it.
  package struct Import: Hashable, Sendable {
    package let name: String
    /// Position in `imports`, before its own; nil for what the handler's import, or its call, begins with.
    package let parent: Int?
    package let phase: Phase
    /// Without what it loaded: the median of all runs.
    package let own: Int
    /// `own`, and `inclusive` of all that it loaded.
    package let inclusive: Int
    /// How much of `own` went into compiling its source.
    package let compiling: Int
    /// False where there was no such module.
    package let isFound: Bool
    /// Display name; nil for the team's own, and for the standard library's.
    package let distribution: String?
    /// Whether it is from the archive, not from the runtime.
    package let isShipped: Bool
    /// The line that asked for it first; nil where no line of a file did.
    package let location: SourceLocation?
    /// Of its own entry, zipped; nil where that is not known.
    package let zipped: Int?
    /// Bytes that leave the archive with it, zipped; nil where that is not known.
    package let retained: Int?
    /// Whether the call has called or read anything of it, as far as that is seen; nil where the handler
    /// was not called.
    package let isUsed: Bool?

    package init(
      name: String, parent: Int?, phase: Phase, own: Int, inclusive: Int, compiling: Int,
      isFound: Bool, distribution: String?, isShipped: Bool, location: SourceLocation?,
      zipped: Int?, retained: Int?, isUsed: Bool?
    ) {
      self.name = name
      self.parent = parent
      self.phase = phase
      self.own = own
      self.inclusive = inclusive
      self.compiling = compiling
      self.isFound = isFound
      self.distribution = distribution
      self.isShipped = isShipped
      self.location = location
      self.zipped = zipped
      self.retained = retained
      self.isUsed = isUsed
    }
  }

  /// A module that the call has no use for, and what it saves not to import it: measured without.
  package struct Deferral: Hashable, Sendable {
    /// An import statement of the team's own.
    package struct Statement: Hashable, Sendable {
      package let location: SourceLocation
      package let text: String

      package init(location: SourceLocation, text: String) {
        self.location = location
        self.text = text
      }
    }

    /// Dotted; of a distribution its top one.
    package let module: String
    /// All that import it at the top of a file, and were left out together.
    package let statements: [Statement]
    /// Import and call together, in the runs with it and in those without.
    package let with: Spread
    package let without: Spread
    /// The median of the differences of runs that followed each other.
    package let saved: Int
    /// Below which a difference says nothing: twice the median deviation.
    package let noise: Int
    /// Bytes that leave the archive with it, zipped; nil where that is not known.
    package let retained: Int?

    package init(
      module: String, statements: [Statement], with: Spread, without: Spread, saved: Int,
      noise: Int, retained: Int?
    ) {
      self.module = module
      self.statements = statements
      self.with = with
      self.without = without
      self.saved = saved
      self.noise = noise
      self.retained = retained
    }
  }

  package let function: String
  package let handler: String
  /// Relative to the project's folder where it lies inside, else absolute.
  package let archive: String
  /// Base64, as AWS Lambda reports it.
  package let codeSHA256: String
  /// The interpreter's version, `3.12.1`.
  package let version: String
  package let runs: Int
  /// Of the handler's module with all that it imports.
  package let start: Spread
  /// Of the first call; nil where there was no event.
  package let call: Spread?
  /// What the start and the call have loaded, in that order; a module before what it loads.
  package let imports: [Import]
  /// The largest saving first.
  package let deferrals: [Deferral]

  /// Of each import, whether the call has used neither it nor what it loaded, nor anything else of its
  /// distribution, as far as that is seen. What the runtime has is never idle.
  package var isIdle: [Bool] {
    var isUsed = imports.map { $0.isUsed != false }
    var used: Set<String> = []
    for (index, item) in imports.enumerated().reversed() {
      if item.isUsed != false, let name = item.distribution { used.insert(name) }
      if isUsed[index], item.isShipped, let parent = item.parent { isUsed[parent] = true }
    }
    return imports.enumerated().map { index, item in
      item.isShipped && !isUsed[index] && !(item.distribution.map(used.contains) ?? false)
    }
  }

  package init(
    function: String, handler: String, archive: String, codeSHA256: String, version: String,
    runs: Int, start: Spread, call: Spread?, imports: [Import], deferrals: [Deferral]
  ) {
    self.function = function
    self.handler = handler
    self.archive = archive
    self.codeSHA256 = codeSHA256
    self.version = version
    self.runs = runs
    self.start = start
    self.call = call
    self.imports = imports
    self.deferrals = deferrals
  }
}
