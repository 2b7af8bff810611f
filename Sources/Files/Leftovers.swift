#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Temporary files, and what becomes of those whose process was killed.
///
/// Whoever writes one holds a lock on it (`flock(2)`), which the system takes back when the process
/// ends, however it ends. So a file that can be locked is written by nobody, whatever its age and
/// whoever has its process id now: that also holds between containers that share a folder.
package enum Leftovers {
  /// What the names of all temporary files and folders end in.
  package static let suffix = ".pare-tmp"

  /// Creates the file, which must not exist, and locks it. Nil where that fails, with `errno`: EEXIST
  /// also where another process has taken it for a leftover in the moment before it was locked.
  static func createLocked(_ path: String, mode: UInt32) -> Int32? {
    let descriptor = systemOpen(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard descriptor >= 0 else { return nil }
    var status = stat()
    // A file system without locks has none to take away either.
    let isTaken = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    guard !isTaken, unsafe fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
      _ = close(descriptor)
      errno = EEXIST
      return nil
    }
    return descriptor
  }

  /// Removes the temporary files, and folders, in `folder` that are this user's and that no process
  /// holds any more; how many went. Folders are removed with what they hold.
  @discardableResult
  package static func remove(in folder: String) -> Int {
    guard let names = try? FileSystem.unnotedNames(in: folder) else { return 0 }
    return names.count { name in
      name.hasSuffix(suffix) && removeIfDead("\(folder)/\(name)")
    }
  }

  private static func removeIfDead(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_uid == geteuid() else { return false }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || status.st_mode & S_IFMT == S_IFREG,
      flock(descriptor, LOCK_EX | LOCK_NB) == 0
    else { return false }
    // Whoever had it may have given it its final name since it was opened.
    var now = stat()
    guard unsafe lstat(path, &now) == 0, now.st_ino == status.st_ino, now.st_dev == status.st_dev
    else { return false }
    if isFolder { return (try? FileSystem.removeTree(path)) != nil }
    return unsafe unlink(path) == 0
  }
}
