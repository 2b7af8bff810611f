import Files
import Zip

/// What a run with the same words printed when nothing that it depended on was different.
///
///     let memory = RunMemory(cache, words: CommandLine.arguments)
///     if let code = memory.replay(jobs: jobs) { return code }
///     memory.begin()
///     …
///     memory.end(exitCode: code)
///
/// A run that has nothing to do costs a look at each file and folder that it depends on: nothing is
/// read, traced or written, and the same is printed.
package struct RunMemory: Sendable {
  private let folder: String
  private let path: String
  private let cache: Cache

  /// `words` are all that were typed. The working folder and pare's own file are part of the key.
  package init?(_ cache: Cache, words: [String]) {
    guard let here = try? FileSystem.currentFolder() else { return nil }
    var key = "\(Cache.formatVersion)\0\(here)\0\(zlibVersion)\0"
    for word in words { key += word + "\0" }
    if let tool = FileSystem.realPath("/proc/self/exe"), let state = StatKey(ifPresent: tool) {
      key += "\(tool)\0\(state.size) \(state.modified) \(state.inode)"
    }
    self.cache = cache
    folder = cache.folder + "/runs"
    path = "\(folder)/\(SHA256.digest(of: Array(key.utf8)).hex.prefix(32)).run"
  }

  /// Prints what the last such run printed and gives its exit code; nil where there was none, or
  /// something is different now.
  package func replay(jobs: Int) -> Int32? {
    guard let bytes = try? FileSystem.read(path), bytes.count > 4,
      let account = Account(Array(bytes[4...])), account.isCurrent(jobs: jobs)
    else { return nil }
    for item in account.printed {
      StandardStream(rawValue: item.stream)?.write(item.bytes)
    }
    return Int32(bitPattern: bytes.span.number32(0))
  }

  /// From here on, what the run asks the system is written down.
  package func begin() { Journal.begin(ignoring: [cache.folder]) }

  /// Keeps what was asked and printed, if the run came to its end (exit code 0 or 1).
  package func end(exitCode: Int32) {
    guard let account = Journal.end(), exitCode == 0 || exitCode == 1, !Interrupt.isRaised else {
      return
    }
    var bytes: [UInt8] = []
    bytes.append(number32: UInt32(bitPattern: exitCode))
    bytes += account.encoded()
    cache.attempt { () throws(FileError) in
      try FileSystem.createFolder(folder)
      try FileSystem.write(bytes, to: path)
    }
    // What a run remembers of its files and of itself counts, also where it compressed nothing new.
    cache.keepWithinBound()
  }
}
