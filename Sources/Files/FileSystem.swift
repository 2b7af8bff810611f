import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Single questions and small acts on paths.
package enum FileSystem {
  package enum Kind: Hashable, Sendable { case file, folder, link, other }

  /// Of the path itself; nil where nothing is there. A link is a link, also when it leads nowhere.
  package static func kind(of path: String) -> Kind? {
    let kind = lookAt(path)
    Journal.note(.kind(path), kind.map(Answer.kind) ?? .nothing)
    return kind
  }

  private static func lookAt(_ path: String) -> Kind? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// Links are followed.
  package static func isFolder(_ path: String) -> Bool {
    StatKey(ifPresent: path)?.isFolder ?? false
  }
  /// Links are followed.
  package static func isFile(_ path: String) -> Bool {
    StatKey(ifPresent: path)?.isRegular ?? false
  }

  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    let file = try InputFile.open(path)
    return try file.read(at: 0, count: Int(file.key.size))
  }

  /// Atomically, and durably where `sync` says so.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644, sync: Bool = false
  ) throws(FileError) {
    var file = try OutputFile.create(path, mode: mode)
    try file.write(bytes)
    try file.commit(sync: sync)
  }

  /// Names in a folder, sorted by bytes, without `.` and `..`.
  package static func names(in folder: String) throws(FileError) -> [String] {
    let key = Journal.isWriting ? StatKey(ifPresent: folder) : nil
    let names: [String]
    do throws(FileError) {
      names = try unnotedNames(in: folder)
    } catch {
      Journal.note(.names(folder), .nothing)
      throw error
    }
    if let key { Journal.note(.names(folder), .sum(names.reduce(0) { $0 &+ nameHash($1) }, key)) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// As `names(in:)`, in any order, for what the outcome of a run does not depend on.
  static func unnotedNames(in folder: String) throws(FileError) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw .last("list", folder) }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe entryName(entry)
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// With its parents; fine when it is already there.
  package static func createFolder(_ path: String) throws(FileError) {
    if unsafe mkdir(path, 0o777) == 0 {
      Journal.noteMade(path, isNew: true)
      return
    }
    let code = errno
    if code == EEXIST || code == EISDIR {
      guard isFolder(path) else { throw FileError("create the folder", path, .system(ENOTDIR)) }
      return
    }
    let parent = RelativeName(path).folder.dropLast()
    guard code == ENOENT, !parent.isEmpty else {
      throw FileError("create the folder", path, .system(code))
    }
    try createFolder(String(parent))
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .last("create the folder", path)
    }
    Journal.noteMade(path, isNew: true)
  }

  /// Whether files can be made in a folder, as far as the system tells without trying.
  package static func isWritableFolder(_ path: String) -> Bool {
    guard isFolder(path) else { return false }
    return unsafe access(path, W_OK | X_OK) == 0
  }

  /// Where what is only needed for a while may lie, best first: `TMPDIR` where that is a folder that
  /// can be written to, else `/tmp` and `/var/tmp`.
  package static var temporaryFolders: [String] {
    let named = System.variable("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let all = (named.map { [$0] } ?? []) + ["/tmp", "/var/tmp"]
    let usable = all.filter(isWritableFolder)
    return usable.isEmpty ? all : usable
  }

  /// A new folder that nobody else has, in `base` or the first of the `temporaryFolders`. Whoever asks
  /// removes it, by `removeTree`; what a killed process has left there is removed on the way.
  package static func makeTemporaryFolder(
    prefix: String = "pare", in base: String? = nil
  ) throws(FileError) -> String {
    let base = base ?? temporaryFolders[0]
    Leftovers.remove(in: base)
    while true {
      let name = "\(prefix)-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
      let path = "\(base)/\(name)\(Leftovers.suffix)"
      guard unsafe mkdir(path, 0o700) == 0 else {
        if errno == EEXIST { continue }
        throw .last("create the folder", path)
      }
      if HeldFolders.hold(path) { return path }
    }
  }

  /// One file or link; fine when nothing is there.
  package static func removeFile(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .last("remove", path) }
  }

  /// A file, or a folder with all that it holds; links are removed, not followed. Fine when nothing
  /// is there.
  package static func removeTree(_ path: String) throws(FileError) {
    guard let kind = kind(of: path) else { return }
    guard kind == .folder else { return try removeFile(path) }
    _ = unsafe chmod(path, 0o700)
    for name in try names(in: path) { try removeTree(path + "/" + name) }
    guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw .last("remove", path) }
    HeldFolders.release(path)
  }

  package static func rename(_ from: String, to path: String) throws(FileError) {
    guard systemRename(from, path) == 0 else { throw .last("rename", from) }
  }

  package static func createLink(_ path: String, to target: String) throws(FileError) {
    guard unsafe symlink(target, path) == 0 else { throw .last("link", path) }
  }

  package static func setMode(_ path: String, _ mode: UInt32) throws(FileError) {
    guard unsafe chmod(path, mode_t(mode)) == 0 else { throw .last("change the mode of", path) }
  }

  /// Sets the time of the last change to now; whether that was possible.
  @discardableResult
  package static func touch(_ path: String) -> Bool {
    unsafe utimensat(AT_FDCWD, path, nil, 0) == 0
  }

  /// Where a link leads, as written in it.
  package static func linkTarget(_ path: String) throws(FileError) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard count >= 0 else {
      let error = FileError.last("read the link", path)
      Journal.note(.text("link", path), .nothing)
      throw error
    }
    let target = String(decoding: buffer[..<count], as: UTF8.self)
    Journal.note(.text("link", path), .text(target))
    return target
  }

  /// Absolute, without links, `.` and `..`; nil where nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else {
      Journal.note(.text("real", path), .nothing)
      return nil
    }
    defer { unsafe free(resolved) }
    let real = unsafe String(cString: resolved)
    Journal.note(.text("real", path), .text(real))
    return real
  }

  package static func currentFolder() throws(FileError) -> String {
    guard let path = realPath(".") else { throw .last("find", ".") }
    return path
  }

  /// `path` as it is when absolute, else below `folder`; `.`, `..` and repeated `/` are taken out
  /// without asking the system.
  package static func absolute(_ path: String, in folder: String) -> String {
    var parts: [Substring] = []
    let whole = path.utf8.first == UInt8(ascii: "/") ? path : folder + "/" + path
    for part in whole.split(separator: "/", omittingEmptySubsequences: true) {
      if part == "." { continue }
      if part == ".." {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }
}

/// A lock that one process at a time has; given back by `release`, or when the process ends.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Nil where another process has it, or it cannot be made.
  package static func take(_ path: String) -> FileLock? {
    let descriptor = systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      _ = close(descriptor)
      return nil
    }
    return FileLock(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// Gives it back, here and not before.
  package consuming func release() {}

  deinit { _ = close(descriptor) }
}

/// The temporary folders of this process, each open and locked as long as it is there; see `Leftovers`.
private enum HeldFolders {
  private static let descriptors = Mutex<[String: Int32]>([:])

  /// False where another process has taken it for a leftover in the moment before.
  static func hold(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    // Without a lock it may stay behind; that is no reason to have none.
    guard descriptor >= 0 else { return errno != ENOENT }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
      _ = close(descriptor)
      return false
    }
    guard FileSystem.isFolder(path) else {
      _ = close(descriptor)
      return false
    }
    descriptors.withLock { $0[path] = descriptor }
    return true
  }

  static func release(_ path: String) {
    guard let descriptor = descriptors.withLock({ $0.removeValue(forKey: path) }) else { return }
    _ = close(descriptor)
  }
}

/// `rename(2)`, under a name that functions called `rename` do not hide.
private func systemRename(_ from: String, _ to: String) -> Int32 { unsafe rename(from, to) }

/// The name of a folder's entry; bytes that are not UTF-8 become U+FFFD.
func entryName(_ entry: UnsafeMutablePointer<dirent>) -> String {
  let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
  let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
  return unsafe String(cString: start.assumingMemoryBound(to: CChar.self))
}
