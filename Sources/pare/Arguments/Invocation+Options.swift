import Bundling
import Files

extension Invocation {
  var jobs: Int { count(.jobs) ?? System.processorCount }

  /// What `discover` takes from the command line, all operands being names of functions.
  var discoverOptions: Options {
    Options(
      project: text(.project), functions: operands, output: text(.output),
      environment: texts(.environment), jobs: jobs)
  }
}
