import Files
package import Model

/// The lines of each distribution's `RECORD`, so that an archive's says what was kept.
///
/// "Recording installed projects", packaging.python.org, read 2026-11: lines of path, hash and size as
/// CSV, the paths relative to the folder that holds the `*.dist-info`.
package struct Records: Sendable {
  struct Line: Sendable {
    let file: FileID
    let bytes: [UInt8]
  }

  /// By the file id of the `RECORD`.
  private let lines: [FileID: [Line]]

  /// Reads the `RECORD` of each distribution; throws where one can no longer be read.
  package init(
    of distributions: some Sequence<DistributionID>, in workspace: Workspace,
    language: any Language, store: Store
  ) throws(Failure) {
    var lines: [FileID: [Line]] = [:]
    var reader = store.makeReader()
    for id in distributions {
      let distribution = workspace.distributions[id]
      let path = RelativePath("\(distribution.metadataFolder)/RECORD")
      guard
        let record = distribution.metadataFiles.first(where: { workspace.files[$0].path == path })
      else { continue }
      do {
        try reader.read(record)
      } catch {
        throw Failure(error)
      }
      lines[record] = reader.withBytes { bytes in
        Self.lines(of: bytes, root: distribution.root, in: workspace, language: language)
      }
    }
    self.lines = lines
  }

  func isRecord(_ file: FileID) -> Bool { lines[file] != nil }

  /// A `RECORD` with the original lines of the files that `isKept`.
  func record(_ file: FileID, isKept: (FileID) -> Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines[file] ?? [] where isKept(line.file) { bytes += line.bytes }
    return bytes
  }

  private static func lines(
    of bytes: Span<UInt8>, root: RootID, in workspace: Workspace, language: any Language
  ) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != newline { end += 1 }
      var stop = end
      if stop > start, bytes[stop - 1] == UInt8(ascii: "\r") { stop -= 1 }
      var line: [UInt8] = []
      for index in start..<stop { line.append(bytes[index]) }
      start = end + 1
      guard let (name, rest) = split(line), let path = RelativePath(checking: name),
        let installed = language.installedPath(ofMember: path),
        let file = workspace.file(at: installed, in: root)
      else { continue }
      let head = installed == path ? line : Array(installed.string.utf8) + line[rest...]
      lines.append(Line(file: file, bytes: head + [newline]))
    }
    return lines
  }

  /// The first field, and where the comma after it stands.
  private static func split(_ line: [UInt8]) -> (name: String, rest: Int)? {
    let quote = UInt8(ascii: "\"")
    guard line.first == quote else {
      guard let comma = line.firstIndex(of: UInt8(ascii: ",")) else { return nil }
      return (String(decoding: line[..<comma], as: UTF8.self), comma)
    }
    var name: [UInt8] = []
    var index = 1
    while index < line.count {
      if line[index] == quote {
        guard index + 1 < line.count, line[index + 1] == quote else {
          return (String(decoding: name, as: UTF8.self), index + 1)
        }
        index += 1
      }
      name.append(line[index])
      index += 1
    }
    return nil
  }
}

private let newline = UInt8(ascii: "\n")

extension Workspace {
  /// The file at a path below a root.
  func file(at path: RelativePath, in root: RootID) -> FileID? {
    var low = roots[root].files.lowerBound
    var high = roots[root].files.upperBound
    while low < high {
      let middle = (low + high) / 2
      if files.rows[middle].path < path { low = middle + 1 } else { high = middle }
    }
    guard low < roots[root].files.upperBound, files.rows[low].path == path else { return nil }
    return FileID(low)
  }
}
