package import Files
package import Model

/// Where the bytes of a workspace's files are.
package struct Store: Sendable {
  package let workspace: Workspace

  package init(_ workspace: Workspace) { self.workspace = workspace }

  /// One for each worker.
  package func makeReader() -> Reader { Reader(self) }

  /// Absolute path; nil for members of wheels.
  package func location(of file: FileID) -> String? {
    let row = workspace.files[file]
    guard row.storage == .disk else { return nil }
    return workspace.roots[row.root].location + "/" + row.path.string
  }

  /// Whether anyone may execute it, as the disk or the wheel says.
  package func isExecutable(_ file: FileID) -> Bool {
    location(of: file).flatMap(StatKey.init(ifPresent:))?.isExecutable ?? false
  }

  /// In bytes, unpacked; 0 for what can no longer be looked at.
  package func size(of file: FileID) -> Int {
    location(of: file).flatMap(StatKey.init(ifPresent:)).map { Int($0.size) } ?? 0
  }

  /// Reads one file after another into memory that it keeps.
  package struct Reader: ~Copyable {
    private let store: Store
    private var buffer = ReadBuffer()

    init(_ store: Store) { self.store = store }

    package mutating func read(_ file: FileID) throws(FileError) {
      guard let location = store.location(of: file) else {
        throw FileError("read", store.workspace.files[file].path.string, .notRegular)
      }
      try buffer.read(location)
    }

    package borrowing func withBytes<R, E: Error>(
      _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
      try buffer.withBytes(body)
    }
  }
}
