import Bundling
import Files
import Model

/// The diagnostics with the lines that they are about, as far as the files can be read; each file is
/// read once.
///
/// - Parameter project: the folder that relative paths are below; nil where the run ended before it
///   was known: then the current folder, or the nearest above it that has such a file.
func withExcerpts(_ diagnostics: [Diagnostic], project: String?) -> [Diagnostic] {
  var lines: [String: [ArraySlice<UInt8>]] = [:]
  return diagnostics.map { diagnostic in
    guard diagnostic.excerpt == nil, let location = diagnostic.location, location.line > 0,
      location.column > 0
    else { return diagnostic }
    let path = absolute(location.path, project: project)
    if lines[path] == nil {
      let bytes = try? FileSystem.read(path)
      lines[path] =
        bytes?.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) ?? []
    }
    guard let all = lines[path], location.line <= all.count else { return diagnostic }
    var line = all[location.line - 1]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    // A line of a minified or binary file tells nobody anything.
    guard location.column <= line.count + 1, line.count <= 2000 else { return diagnostic }
    // What is printed ends in logs that many read.
    guard Credential(in: line.span) == nil else { return diagnostic }
    var shown = diagnostic
    let range = meant(by: diagnostic.message, in: line, from: location.column - 1)
    shown.excerpt = Diagnostic.Excerpt(
      String(decoding: line, as: UTF8.self), column: range.lowerBound + 1, length: range.count)
    return shown
  }
}

private func absolute(_ path: String, project: String?) -> String {
  if path.hasPrefix("/") { return path }
  if let project { return project + "/" + path }
  var folder = (try? FileSystem.currentFolder()) ?? "/"
  while folder != "/", !FileSystem.isFile(folder + "/" + path) {
    folder = FileSystem.absolute("..", in: folder)
  }
  return folder + "/" + path
}

/// The part of the line to underline: what the message names in 'single quotes', or the last
/// component of that (`nowhere` of `from .nowhere import x`, where the message says
/// 'shop.nowhere'); an empty range at `start` where neither stands behind it.
private func meant(
  by message: String, in line: ArraySlice<UInt8>, from start: Int
) -> Range<Int> {
  let bytes = Array(line)
  for quoted in message.split(separator: "'", omittingEmptySubsequences: false).enumerated()
  where quoted.offset % 2 == 1 {
    let name = Array(quoted.element.utf8)
    let last = Array(name.split(separator: UInt8(ascii: ".")).last ?? [])
    for wanted in [name, last] where !wanted.isEmpty {
      var offset = start
      while offset + wanted.count <= bytes.count {
        let end = offset + wanted.count
        if bytes[offset..<end].elementsEqual(wanted),
          offset == 0 || !isNamePart(bytes[offset - 1]) || !isNamePart(wanted[0]),
          end == bytes.count || !isNamePart(bytes[end])
        {
          return offset..<end
        }
        offset += 1
      }
    }
  }
  return start..<start
}

private func isNamePart(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
    true
  default: false
  }
}
