extension Command {
  /// What every command that follows imports understands.
  static let tracingOptions: [Option] = [
    .project, .environment, .jobs, .quiet, .verbose, .format, .cacheFolder, .noCache,
  ]

  /// What the commands that also compress understand.
  static let pipelineOptions: [Option] = [
    .project, .output, .environment, .jobs, .strict, .quiet, .verbose, .format, .cacheFolder,
    .noCache, .timings, .traceEvents,
  ]
}
