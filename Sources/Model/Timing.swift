/// What one stage of a run took, as `--timings` and `--trace-events` show it.
package struct Timing: Hashable, Sendable {
  /// "trace", "archive orders".
  package let stage: String
  /// In nanoseconds since the run began.
  package let start: Int64
  /// In nanoseconds.
  package let duration: Int64
  /// Files (modules, entries) that it worked on; 0 where that says nothing.
  package let files: Int
  /// Bytes that it read or compressed; 0 where that says nothing.
  package let bytes: Int
  /// How many of the files came from the cache; nil for stages that have none.
  package let cacheHits: Int?

  package init(
    stage: String, start: Int64, duration: Int64, files: Int = 0, bytes: Int = 0,
    cacheHits: Int? = nil
  ) {
    self.stage = stage
    self.start = start
    self.duration = duration
    self.files = files
    self.bytes = bytes
    self.cacheHits = cacheHits
  }
}
