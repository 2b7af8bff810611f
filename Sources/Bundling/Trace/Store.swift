package import Files
package import Model
import Synchronization
package import Zip

/// Where the bytes of a workspace's files are: on disk, or in wheels that are read in place.
///
/// Wheels are opened once, when the first of their members is asked for. What was looked at or
/// hashed is remembered for the run.
package struct Store: Sendable {
  package private(set) var workspace: Workspace
  private let memory: Memory
  /// What stands for the bytes of some of the team's own files: what would be if they were edited.
  private var edited: [FileID: [UInt8]] = [:]

  /// The same where these files are other than on disk; what is remembered of them holds no more.
  func replacing(_ edited: [FileID: [UInt8]]) -> Store {
    var store = self
    store.edited = edited
    return store
  }

  /// The same files, of which functions are made in another way.
  func replacing(_ workspace: Workspace) -> Store {
    var store = self
    store.workspace = workspace
    return store
  }

  /// `wheels` are those that are open already, by their position in `workspace.wheels`.
  package init(_ workspace: Workspace, wheels: [WheelFile] = []) {
    self.workspace = workspace
    memory = Memory(workspace, wheels: wheels)
  }

  /// One for each worker.
  package func makeReader() -> Reader { Reader(self) }

  /// Absolute path; nil for members of wheels.
  package func location(of file: FileID) -> String? {
    let row = workspace.files[file]
    guard row.storage == .disk else { return nil }
    return workspace.roots[row.root].location + "/" + row.path.string
  }

  /// What changes when the file does: the file's own key, or its wheel's. Nil where nothing is there.
  package func key(of file: FileID) -> StatKey? {
    if edited[file] != nil { return nil }
    switch workspace.files[file].storage {
    case .member(let wheel, _): return try? self.wheel(wheel).key
    case .disk:
      if let known = memory.keys.withLock({ $0[Int(file.index)] }) { return known }
      guard let location = location(of: file), let key = StatKey(ifPresent: location) else {
        return nil
      }
      memory.keys.withLock { $0[Int(file.index)] = key }
      return key
    }
  }

  /// What names the file's bytes on this machine: its path, or the wheel's and the member's.
  package func name(of file: FileID) -> String {
    let row = workspace.files[file]
    switch row.storage {
    case .disk: return "\(workspace.roots[row.root].location)/\(row.path.string)"
    case .member(let wheel, let position):
      return "\(workspace.wheels[wheel].path)!\(position)!\(row.path.string)"
    }
  }

  /// Whether anyone may execute it, as the disk or the wheel says.
  package func isExecutable(_ file: FileID) -> Bool {
    switch workspace.files[file].storage {
    case .disk:
      (edited[file] == nil ? key(of: file) : StatKey(ifPresent: name(of: file)))?.isExecutable
        ?? false
    case .member: (try? member(file))??.member.isExecutable ?? false
    }
  }

  /// In bytes, unpacked; 0 for what can no longer be looked at.
  package func size(of file: FileID) -> Int {
    if let bytes = edited[file] { return bytes.count }
    return switch workspace.files[file].storage {
    case .disk: (key(of: file)?.size).map(Int.init) ?? 0
    case .member: (try? member(file))??.member.size ?? 0
    }
  }

  /// Throws where it cannot be read or is damaged.
  package func wheel(_ id: WheelID) throws(FileError) -> WheelFile {
    let index = Int(id.index)
    if let wheel = memory.wheels.withLock({ $0[index] }) { return wheel }
    let wheel = try WheelFile(workspace.wheels[id].path)
    return memory.wheels.withLock { wheels in
      if let earlier = wheels[index] { return earlier }
      wheels[index] = wheel
      return wheel
    }
  }

  /// Nil for files on disk.
  package func member(
    _ file: FileID
  ) throws(FileError) -> (wheel: WheelFile, member: ZipMember)? {
    guard case .member(let id, let position) = workspace.files[file].storage else { return nil }
    let wheel = try wheel(id)
    guard wheel.directory.members.indices.contains(Int(position)) else {
      throw FileError("read", wheel.path, .truncated)
    }
    return (wheel, wheel.directory.members[Int(position)])
  }

  /// The SHA-256 of a wheel's member whose CRC-32 was checked in this run; nil before.
  func digest(ofChecked file: FileID) -> SHA256.Digest? {
    memory.digests.withLock { $0[file] }
  }

  // MARK: What cannot be used

  /// Files that could not be read in this run, that are damaged, or that changed since they were
  /// first looked at: who ships one is not packaged.
  package var failures: [FileID: FileError] { memory.failures.withLock { $0 } }

  /// Whether a file on disk is as it was when it was read, or looked at where it was not read; else
  /// it is among the `failures` from now on.
  func isStillAsRead(_ file: FileID) -> Bool {
    guard edited[file] == nil, let location = location(of: file),
      let key = memory.keys.withLock({ $0[Int(file.index)] })
    else { return true }
    // What was read once is the same for all archives.
    if memory.still.withLock({ $0[Int(file.index)] }) { return true }
    if key.isStill(at: location) {
      memory.still.withLock { $0[Int(file.index)] = true }
      return true
    }
    fail(file, FileError("read", location, .changing))
    return false
  }

  func fail(_ file: FileID, _ error: FileError) {
    memory.failures.withLock { if $0[file] == nil { $0[file] = error } }
  }

  private final class Memory: Sendable {
    let wheels: Mutex<[WheelFile?]>
    let keys: Mutex<[StatKey?]>
    /// Files that were looked at again after they had been read.
    let still: Mutex<[Bool]>
    let digests = Mutex<[FileID: SHA256.Digest]>([:])
    let failures = Mutex<[FileID: FileError]>([:])

    init(_ workspace: Workspace, wheels: [WheelFile]) {
      var all = [WheelFile?](repeating: nil, count: workspace.wheels.count)
      for (index, wheel) in wheels.enumerated() where index < all.count { all[index] = wheel }
      self.wheels = Mutex(all)
      keys = Mutex(Array(repeating: nil, count: workspace.files.count))
      still = Mutex(Array(repeating: false, count: workspace.files.count))
    }
  }

  /// Reads one file after another into memory that it keeps.
  package struct Reader: ~Copyable {
    private let store: Store
    private var buffer = ReadBuffer()
    private var packed = ReadBuffer()
    private var inflater = Inflater()

    init(_ store: Store) { self.store = store }

    /// Replaces the content by the file's. A wheel's member is inflated and its CRC-32 checked; a
    /// file on disk is at rest, and as it was when it was first looked at. What cannot be read is
    /// among the store's `failures` then.
    package mutating func read(_ file: FileID) throws(FileError) {
      do throws(FileError) {
        try readContent(file)
      } catch {
        if error.isOfReading { store.fail(file, error) }
        throw error
      }
    }

    private mutating func readContent(_ file: FileID) throws(FileError) {
      if let bytes = store.edited[file] {
        buffer.fill(count: bytes.count) { room in
          for index in bytes.indices { room[index] = bytes[index] }
        }
        return
      }
      guard let (wheel, member) = try store.member(file) else {
        let path = store.name(of: file)
        let key = try buffer.readAtRest(path)
        let earlier = store.memory.keys.withLock { keys in
          defer { keys[Int(file.index)] = key }
          return keys[Int(file.index)]
        }
        if let earlier, earlier != key { throw FileError("read", path, .changing) }
        store.memory.still.withLock { $0[Int(file.index)] = false }
        return
      }
      let range = try wheel.read(member, into: &packed)
      do throws(ZipError) {
        try Self.extract(member, range, packed, into: &buffer, &inflater)
      } catch {
        throw FileError("read", wheel.path, .damaged(error.sentence))
      }
      let digest = buffer.withBytes { SHA256.digest(of: $0) }
      store.memory.digests.withLock { $0[file] = digest }
    }

    private static func extract(
      _ member: ZipMember, _ range: Range<Int>, _ packed: borrowing ReadBuffer,
      into buffer: inout ReadBuffer, _ inflater: inout Inflater
    ) throws(ZipError) {
      try packed.withBytes { (bytes) throws(ZipError) in
        try buffer.fill(count: member.size) { (output) throws(ZipError) in
          try member.extract(bytes.extracting(range), into: &output, &inflater)
        }
      }
    }

    /// The content. The span ends with the call.
    package borrowing func withBytes<R, E: Error>(
      _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
      try buffer.withBytes(body)
    }

    /// The content's size in bytes.
    package var count: Int { buffer.count }
  }
}
