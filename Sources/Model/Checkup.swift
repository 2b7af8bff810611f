/// Whether a project has what packaging and verifying its functions takes: `pare doctor`.
package struct Checkup: Sendable {
  package struct Interpreter: Hashable, Sendable {
    package let runtime: Runtime
    /// Absolute path; nil where none of that version was found.
    package let path: String?
    /// Of the functions that run on it.
    package let functions: Int

    package init(runtime: Runtime, path: String?, functions: Int) {
      self.runtime = runtime
      self.path = path
      self.functions = functions
    }
  }

  package struct Environment: Hashable, Sendable {
    package enum State: Hashable, Sendable {
      /// How many distributions are there.
      case present(Int)
      /// With the name of the tool that would fetch them; nil where there is none.
      case notFetched(tool: String?)
      /// A sentence that says why.
      case unreadable(String)
    }

    /// What it is, or is made of: paths as they are shown.
    package let sources: [String]
    package let runtime: Runtime
    package let architecture: Architecture
    package let state: State
    /// Names of the functions that use it, sorted.
    package let functions: [String]
    /// Names of what is asked for and is not there, sorted.
    package let missing: [String]
    /// What was built for another target: "numpy 2.1: cp311-cp311-macosx_14_0_arm64".
    package let foreign: [String]

    package init(
      sources: [String], runtime: Runtime, architecture: Architecture, state: State,
      functions: [String], missing: [String], foreign: [String]
    ) {
      self.sources = sources
      self.runtime = runtime
      self.architecture = architecture
      self.state = state
      self.functions = functions
      self.missing = missing
      self.foreign = foreign
    }

    package var isComplete: Bool {
      if case .present = state { missing.isEmpty && foreign.isEmpty } else { false }
    }
  }

  /// Absolute path.
  package let project: String
  /// Its configuration's file; nil where it has none.
  package let configuration: String?
  package let functions: Int
  /// By runtime.
  package let interpreters: [Interpreter]
  /// In the order of their first functions.
  package let environments: [Environment]
  /// Names of the functions that have no environment, sorted.
  package let without: [String]

  package init(
    project: String, configuration: String?, functions: Int, interpreters: [Interpreter],
    environments: [Environment], without: [String]
  ) {
    self.project = project
    self.configuration = configuration
    self.functions = functions
    self.interpreters = interpreters
    self.environments = environments
    self.without = without
  }
}
