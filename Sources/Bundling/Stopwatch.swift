import Files
package import Model
import Synchronization

/// Collects what the stages of a run took, for `--timings` and `--trace-events`.
package final class Stopwatch: Sendable {
  private let start = System.monotonicClock()
  private let collected = Mutex<[Timing]>([])

  package init() {}

  /// In the order in which they ended.
  package var timings: [Timing] { collected.withLock { $0 } }

  /// Since it was made, in seconds.
  package var seconds: Double { Double(System.monotonicClock() - start) / 1e9 }

  package func begin(_ stage: String) -> Lap {
    Lap(stage: stage, start: System.monotonicClock(), watch: self)
  }

  /// One stage on its way; one that is not ended is not shown.
  package struct Lap: Sendable {
    let stage: String
    let start: Int64
    let watch: Stopwatch

    package func end(files: Int = 0, bytes: Int = 0, cacheHits: Int? = nil) {
      let timing = Timing(
        stage: stage, start: start - watch.start, duration: System.monotonicClock() - start,
        files: files, bytes: bytes, cacheHits: cacheHits)
      watch.collected.withLock { $0.append(timing) }
    }
  }
}
