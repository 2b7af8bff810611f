import Files
import Model
import Zip

/// Unpacks archives below a new folder, one over the other, read-only, their CRCs checked.
///
/// - Parameter look: is shown each member's bytes.
func unpack(
  _ archives: [WheelFile], into folder: String,
  look: (RelativePath, Span<UInt8>) -> Void = { _, _ in }
) throws(FileError) {
  var inflater = Inflater()
  var packed = ReadBuffer()
  var made: Set<String> = [""]
  for archive in archives {
    for member in archive.directory.members {
      try Interrupt.check(archive.path)
      let parent = String(member.path.folder)
      if made.insert(parent).inserted { try FileSystem.createFolder("\(folder)/\(parent)") }
      let range = try archive.read(member, into: &packed)
      var bytes = [UInt8](repeating: 0, count: member.size)
      do throws(ZipError) {
        var output = bytes.mutableSpan
        try packed.withBytes { (data) throws(ZipError) in
          try member.extract(data.extracting(range), into: &output, &inflater)
        }
      } catch {
        throw FileError("read", archive.path, .damaged(error.sentence))
      }
      look(member.path, bytes.span)
      let path = "\(folder)/\(member.path.string)"
      try FileSystem.write(bytes, to: path, mode: member.isExecutable ? 0o555 : 0o444)
    }
  }
  for parent in made.sorted() { try FileSystem.setMode("\(folder)/\(parent)", 0o555) }
}

extension Function {
  /// Its layers, as far as pare makes them, in the order in which they are unpacked.
  func layers(in workspace: Workspace) -> [Layer] { layers.map { workspace.layers[$0] } }

  /// Folders that hold what the provider has and the archive leaves out: it is linked, not copied.
  func provided(in workspace: Workspace) -> [String] {
    let target = workspace.targets[target]
    guard !target.omitted.isEmpty else { return [] }
    return target.roots.map { workspace.roots[$0] }.filter { $0.kind == .installed }.map(\.location)
  }
}

extension Workspace {
  /// Writes the distributions that a provider has, and `provided = "omit"` leaves out, below a
  /// folder: as they are in the environment, which is as near to the provider's as can be had.
  func placeProvided(
    for function: Function, store: Store, into folder: String
  ) throws(FileError) {
    let target = targets[function.target]
    guard !target.omitted.isEmpty else { return }
    let omitted = Set(target.omitted)
    var made: Set<String> = []
    var reader = store.makeReader()
    for root in target.roots {
      for index in roots[root].files {
        let row = files[FileID(index)]
        guard let owner = row.distribution, omitted.contains(distributions[owner].name) else {
          continue
        }
        let path = "\(folder)/\(row.path.string)"
        let parent = String(row.path.folder)
        if made.insert(parent).inserted { try FileSystem.createFolder("\(folder)/\(parent)") }
        guard FileSystem.kind(of: path) == nil else { continue }
        if let location = store.location(of: FileID(index)) {
          try FileSystem.createLink(path, to: FileSystem.realPath(location) ?? location)
        } else {
          try reader.read(FileID(index))
          try FileSystem.write(reader.copy(), to: path)
        }
      }
    }
  }
}

extension Store.Reader {
  /// The content, in memory of its own.
  borrowing func copy() -> [UInt8] {
    withBytes { span in
      [UInt8](capacity: span.count) { output in
        for position in span.indices { output.append(span[position]) }
      }
    }
  }
}
