import Files
import Model
import Synchronization

/// One line on standard error that says what a long run is at; only on a terminal, only once half a
/// second has passed, and gone when the run ends.
final class ProgressLine: Sendable {
  private struct State {
    var shownAt: ContinuousClock.Instant?
    var isVisible = false
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let columns: Int?

  /// - Parameter isWanted: false with `--quiet`, or where standard error is no terminal anyway.
  init(isWanted: Bool) {
    columns = isWanted && StandardStream.error.isTerminal ? StandardStream.error.columns ?? 80 : nil
  }

  var progress: Progress {
    guard columns != nil else { return .silent }
    return Progress { stage, done, total in self.show(stage, done, total) }
  }

  private func show(_ stage: String, _ done: Int, _ total: Int) {
    guard let columns else { return }
    let now = ContinuousClock.now
    guard now - start > .milliseconds(500) else { return }
    state.withLock { state in
      if let shownAt = state.shownAt, now - shownAt < .milliseconds(80) { return }
      state.shownAt = now
      state.isVisible = true
      let count = total > 0 ? " \(done)/\(total)" : done > 0 ? " \(done)" : ""
      // One column stays free: a full line would make some terminals wrap.
      let text = (stage + count).prefix(columns - 1)
      StandardStream.error.writePassing("\r\(text)\u{1B}[K")
    }
  }

  /// Before anything else is printed.
  func erase() {
    state.withLock { state in
      guard state.isVisible else { return }
      state.isVisible = false
      StandardStream.error.writePassing("\r\u{1B}[K")
    }
  }
}
