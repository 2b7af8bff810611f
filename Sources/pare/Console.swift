import Files
package import Model
package import Reporting

/// Standard output and standard error as one run uses them: results go to the one, messages to the
/// other, and what is not wanted goes nowhere.
package struct Console: Sendable {
  package enum Loudness: Sendable { case quiet, normal, verbose }

  package let loudness: Loudness
  package let format: Invocation.Format
  /// For standard output.
  package let style: Style
  /// For standard error.
  package let errorStyle: Style

  package init(loudness: Loudness = .normal, format: Invocation.Format = .text) {
    self.loudness = loudness
    self.format = format
    style = Self.style(of: .output)
    errorStyle = Self.style(of: .error)
  }

  package init(_ invocation: Invocation) {
    self.init(
      loudness: invocation.has(.quiet) ? .quiet : invocation.has(.verbose) ? .verbose : .normal,
      format: invocation.format)
  }

  /// Colours only on a terminal and not with `NO_COLOR` (https://no-color.org: set and not empty),
  /// letters beyond ASCII unless the locale says otherwise.
  private static func style(of stream: StandardStream) -> Style {
    let isPlain =
      !(System.variable("NO_COLOR") ?? "").isEmpty
      || System.variable("TERM") == "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(System.variable)
      .first { !$0.isEmpty }
    let isUnicode =
      stream.isTerminal
      ? locale?.lowercased().contains("utf") ?? false : true
    return Style(
      isColored: stream.isTerminal && !isPlain, isUnicode: isUnicode,
      columns: stream.columns)
  }

  /// A result, for people; nothing with `--quiet` or where a document is wanted.
  package func print(_ text: String) {
    guard format == .text, loudness != .quiet, !text.isEmpty else { return }
    send(Array(text.utf8))
  }

  /// As `print`, for what holds for this run alone; a run that finds nothing to do, and prints what
  /// the last one printed, leaves it out.
  package func printPassing(_ text: String) {
    guard format == .text, loudness != .quiet, !text.isEmpty else { return }
    StandardStream.output.writePassing(text)
  }

  /// A result that was asked for and that no option silences.
  package func send(_ bytes: [UInt8]) { StandardStream.output.write(bytes) }

  package func send(_ text: String) { send(Array(text.utf8)) }

  package func sendError(_ text: String) { StandardStream.error.write(text) }

  /// In order of place; errors always, warnings unless `--quiet`, notes only with `--verbose`. Where
  /// a document is wanted, it has all of them, and standard error has the errors.
  ///
  /// - Parameter project: the folder that their relative paths are below.
  package func report(_ diagnostics: [Diagnostic], project: String? = nil) {
    let wanted = diagnostics.filter { diagnostic in
      switch diagnostic.severity {
      case .error: true
      case .warning: loudness != .quiet && format == .text
      case .note: loudness == .verbose && format == .text
      }
    }
    StandardStream.error.write(
      diagnosticText(withExcerpts(wanted.sorted(), project: project), style: errorStyle))
  }
}
