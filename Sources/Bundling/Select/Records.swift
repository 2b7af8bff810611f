import Files
package import Model
import Zip

/// The lines of each distribution's `RECORD`, so that an archive's says what was kept.
///
/// "Recording installed projects", packaging.python.org, read 2026-11: lines of path, hash and size as
/// CSV, the paths relative to the folder that holds the `*.dist-info`.
package struct Records: Sendable {
  /// The lines of one `RECORD` that name files of its root, as text, and whose line ends where.
  private struct Lines: Sendable {
    var text: [UInt8] = []
    var ends: [(file: FileID, end: Int)] = []
  }

  /// By the file id of the `RECORD`.
  private let lines: [FileID: Lines]

  /// Reads the `RECORD` of each distribution; one that cannot be read is among the `failures` of
  /// `store`, and is shipped by nobody.
  package init(
    of distributions: [DistributionID], in workspace: Workspace, language: any Language,
    store: Store, jobs: Int
  ) throws(Failure) {
    let records = distributions.compactMap { id -> (file: FileID, root: RootID)? in
      let distribution = workspace.distributions[id]
      let path = RelativePath("\(distribution.metadataFolder)/RECORD")
      return distribution.metadataFiles.first { workspace.files[$0].path == path }
        .map { ($0, distribution.root) }
    }
    do throws(FileError) {
      let lines = try concurrentMap(records, jobs: jobs, worker: { store.makeReader() }) {
        (reader, record) throws(FileError) -> Lines? in
        do throws(FileError) {
          try reader.read(record.file)
        } catch {
          guard error.isOfReading else { throw error }
          return nil
        }
        return reader.withBytes { bytes in
          Self.lines(of: bytes, root: record.root, in: workspace, language: language)
        }
      }
      self.lines = Dictionary(
        uniqueKeysWithValues: zip(records, lines).compactMap { record, lines in
          lines.map { (record.file, $0) }
        })
    } catch {
      throw Failure(error)
    }
  }

  func isRecord(_ file: FileID) -> Bool { lines[file] != nil }

  /// A `RECORD` with the original lines of the files that `isKept`.
  func record(_ file: FileID, isKept: (FileID) -> Bool) -> [UInt8] {
    guard let lines = lines[file] else { return [] }
    var bytes: [UInt8] = []
    var start = 0
    for (file, end) in lines.ends {
      if isKept(file) { bytes += lines.text[start..<end] }
      start = end
    }
    return bytes
  }

  /// The files, in ascending order, that are other than their `RECORD` says; `digests` has those of files
  /// that are shipped, by position in `Workspace.files`.
  ///
  ///     tea/leaf.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
  func mismatches(_ digests: [SHA256.Digest?]) -> [FileID] {
    let mark = Array(",sha256=".utf8)
    var found: Set<FileID> = []
    for lines in lines.values {
      var start = 0
      for (file, end) in lines.ends {
        defer { start = end }
        guard let digest = digests[Int(file.index)] else { continue }
        let line = lines.text[start..<end]
        guard let comma = line.lastIndex(of: UInt8(ascii: ",")),
          let mid = line[..<comma].lastIndex(of: UInt8(ascii: ",")),
          line[mid...].starts(with: mark)
        else { continue }
        let written = String(decoding: line[(mid + mark.count)..<comma], as: UTF8.self)
        if written != Base64.encodeForURL(digest.bytes) { found.insert(file) }
      }
    }
    return found.sorted()
  }

  private static func lines(
    of bytes: Span<UInt8>, root: RootID, in workspace: Workspace, language: any Language
  ) -> Lines {
    let text = bytes.copy()
    var lines = Lines()
    lines.text.reserveCapacity(text.count)
    // Most are written in the order of their paths: what is looked for stands behind what was found.
    var next = workspace.roots[root].files.lowerBound
    let end = workspace.roots[root].files.upperBound
    for line in text.split(separator: newline) {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let (name, rest) = split(line), let installed = language.installedPath(ofRecorded: name)
      else { continue }
      var file = next < end && workspace.files.rows[next].path == installed ? FileID(next) : nil
      file = file ?? workspace.file(at: installed, in: root)
      guard let file else { continue }
      next = Int(file.index) + 1
      if installed.string.utf8.elementsEqual(name.utf8) {
        lines.text += line
      } else {
        lines.text += installed.string.utf8
        lines.text += rest
      }
      lines.text.append(newline)
      lines.ends.append((file, lines.text.count))
    }
    return lines
  }

  /// The first field, and what follows it with the comma before.
  private static func split(_ line: ArraySlice<UInt8>) -> (name: String, rest: ArraySlice<UInt8>)? {
    let quote = UInt8(ascii: "\"")
    guard line.first == quote else {
      guard let comma = line.firstIndex(of: UInt8(ascii: ",")) else { return nil }
      return (String(decoding: line[..<comma], as: UTF8.self), line[comma...])
    }
    var name: [UInt8] = []
    var index = line.startIndex + 1
    while index < line.endIndex {
      if line[index] == quote {
        guard index + 1 < line.endIndex, line[index + 1] == quote else {
          return (String(decoding: name, as: UTF8.self), line[(index + 1)...])
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
