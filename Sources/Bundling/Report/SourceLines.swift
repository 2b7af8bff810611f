import Files
package import Model

/// The lines of the team's own code on which edges stand, read once for all functions.
package struct SourceLines: Sendable {
  private let lines: [Place: String]

  package init(_ graphs: [ModuleGraph], _ workspace: Workspace, store: Store, jobs: Int) {
    var places: [FileID: Set<Place>] = [:]
    for edge in graphs.lazy.flatMap(\.edges) {
      guard let place = edge.place, place.line > 0 else { continue }
      let row = workspace.files[place.file]
      guard row.storage == .disk, workspace.roots[row.root].isFirstParty else { continue }
      places[place.file, default: []].insert(place)
    }
    let files = places.sorted { $0.key < $1.key }
    let read = concurrentMap(files, jobs: jobs, worker: { store.makeReader() }) {
      (reader, item) -> [(Place, String)] in
      // What changed meanwhile or is no text has no line; the place is told all the same.
      guard (try? reader.read(item.key)) != nil else { return [] }
      return reader.withBytes { Self.lines(at: item.value, of: $0) }
    }
    lines = Dictionary(read.flatMap(\.self), uniquingKeysWith: { first, _ in first })
  }

  /// Without its indentation; nil where it is none of the team's own, or has what looks like a
  /// credential: reports are for many eyes.
  func line(at place: Place) -> String? { lines[place] }

  private static func lines(
    at places: Set<Place>, of bytes: Span<UInt8>
  ) -> [(Place, String)] {
    var starts = [0]
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
    return places.compactMap { place in
      guard Int(place.line) <= starts.count else { return nil }
      var text: [UInt8] = []
      var index = starts[Int(place.line) - 1]
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), text.count < 400 {
        text.append(bytes[index])
        index += 1
      }
      let blanks: [UInt8] = [9, 12, 13, 32]
      let trimmed = text.drop { blanks.contains($0) }
      let end = trimmed.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? trimmed.startIndex
      let line = Array(trimmed[..<end])
      guard !line.isEmpty, Credential(in: line.span) == nil,
        let string = String(validating: line, as: UTF8.self)
      else { return nil }
      return (place, string)
    }
  }
}
