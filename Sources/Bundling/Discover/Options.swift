/// What the command line says about a run; everything else stands in the configuration.
package struct Options: Sendable {
  /// As typed; nil: the current folder, then upwards.
  package var project: String?
  /// Names of the functions that are wanted; empty for all.
  package var functions: [String] = []
  /// As typed, instead of `output`.
  package var output: String?
  /// As typed, instead of `environment`.
  package var environment: [String] = []
  /// Absolute path of the folder that holds what pare remembers; nil where nothing is.
  package var cacheFolder: String?
  /// Whether recorded settings are left aside.
  package var ignoresRecord: Bool = false
  /// How many threads work at once.
  package var jobs: Int = 1

  package init(
    project: String? = nil, functions: [String] = [], output: String? = nil,
    environment: [String] = [], cacheFolder: String? = nil, jobs: Int = 1
  ) {
    self.project = project
    self.functions = functions
    self.output = output
    self.environment = environment
    self.cacheFolder = cacheFolder
    self.jobs = jobs
  }
}
