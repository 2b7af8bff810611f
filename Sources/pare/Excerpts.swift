import Files
import Model

/// The diagnostics with the lines that they are about, as far as the files can be read; each file is
/// read once.
func withExcerpts(_ diagnostics: [Diagnostic], project: String?) -> [Diagnostic] {
  var lines: [String: [ArraySlice<UInt8>]] = [:]
  return diagnostics.map { diagnostic in
    guard diagnostic.excerpt == nil, let location = diagnostic.location, location.line > 0,
      location.column > 0
    else { return diagnostic }
    let path = location.path.hasPrefix("/") ? location.path : (project ?? ".") + "/" + location.path
    if lines[path] == nil {
      let bytes = (try? FileSystem.read(path)) ?? []
      lines[path] = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
    guard let all = lines[path], location.line <= all.count else { return diagnostic }
    var line = all[location.line - 1]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    // A line of a minified or binary file tells nobody anything.
    guard location.column <= line.count + 1, line.count <= 2000 else { return diagnostic }
    var shown = diagnostic
    shown.excerpt = Diagnostic.Excerpt(
      String(decoding: line, as: UTF8.self), column: location.column)
    return shown
  }
}
