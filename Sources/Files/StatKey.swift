#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the system says about a file without reading it: while it stays the same, so do the bytes.
///
/// As in git's index: a file that was changed within the granularity of the clock after its key was
/// taken keeps its key, so a key is only to be trusted when `changed` lies clearly before the moment
/// at which it was recorded (`isSettled(at:)`).
package struct StatKey: Hashable, Sendable {
  /// In bytes.
  package let size: Int64
  /// Nanoseconds since 1970.
  package let modified: Int64
  /// Nanoseconds since 1970: the last change of content or of the inode.
  package let changed: Int64
  package let inode: UInt64
  /// File type and permissions, as `st_mode` has them.
  package let mode: UInt32

  package init(size: Int64, modified: Int64, changed: Int64, inode: UInt64, mode: UInt32) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.mode = mode
  }

  init(_ status: stat) {
    size = Int64(status.st_size)
    #if canImport(Glibc)
      modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
      changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    #else
      modified =
        Int64(status.st_mtimespec.tv_sec) * 1_000_000_000 + Int64(status.st_mtimespec.tv_nsec)
      changed =
        Int64(status.st_ctimespec.tv_sec) * 1_000_000_000 + Int64(status.st_ctimespec.tv_nsec)
    #endif
    inode = UInt64(status.st_ino)
    mode = UInt32(status.st_mode)
  }

  /// Follows links.
  package init(of path: String) throws(FileError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let error = FileError.last("look at", path)
      Journal.note(.state(path), .nothing)
      throw error
    }
    self.init(status)
    let key = self
    Journal.note(.state(path), .key(key))
  }

  /// Nil where nothing is there or it cannot be looked at; follows links.
  package init?(ifPresent path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      Journal.note(.state(path), .nothing)
      return nil
    }
    self.init(status)
    let key = self
    Journal.note(.state(path), .key(key))
  }

  /// Without a line in the journal: to see whether a file whose state is there is still as it was.
  package init?(unnoted path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Whether a file is as it was when the key was taken, and nobody is writing it: waits until who was
  /// would have gone on, unless the last change lies far enough back, or in the future.
  package func isStill(at path: String) -> Bool {
    let age = System.clock() - max(modified, changed)
    if age >= 0, age < Self.pause { System.sleep(nanoseconds: Self.pause - age) }
    return StatKey(unnoted: path) == self
  }

  /// What is written in pieces has them closer to each other, as a rule; in nanoseconds.
  static let pause: Int64 = 50_000_000

  package var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  package var isRegular: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
  /// Whether anyone may execute it.
  package var isExecutable: Bool { mode & 0o111 != 0 }

  /// Whether the key was taken late enough after the last change that a further change must alter
  /// it; `now` in nanoseconds since 1970, from `System.clock()`.
  package func isSettled(at now: Int64) -> Bool {
    max(modified, changed) < now - Self.granularity
  }

  /// File systems stamp with the kernel's coarse clock (4 to 10 ms); 20 ms is beyond all in use that
  /// have nanoseconds.
  private static let granularity: Int64 = 20_000_000
}
