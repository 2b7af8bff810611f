import Bundling
import Files
import Model
import Reporting

extension Command {
  static let cache = Command(
    "cache", "Look at, shrink or empty what is remembered between runs",
    discussion: [
      "'info' prints where the cache is and how large; 'prune' removes what has not been used for "
        + "longest until it is within its bound; 'clear' empties it. It is safe to do so at any "
        + "time, also while another pare runs: what is missing is made again."
    ],
    operands: Operands("info|prune|clear", 1, 1, choices: ["info", "prune", "clear"]),
    options: [.cacheFolder, .quiet, .format],
    examples: [
      Example("pare cache info", "where it is, how large"),
      Example("pare cache clear --cache-dir /tmp/cache", "another one than the default"),
    ],
    run: runCache)
}

private func runCache(_ invocation: Invocation, _ console: Console) throws(Failure) -> ExitCode {
  guard let folder = try invocation.cacheFolder() else {
    throw Failure(.system, [.noHome()])
  }
  do throws(FileError) {
    let cache = try Cache(folder)
    var freed: Int?
    switch invocation.operands[0] {
    case "prune": freed = cache.prune()
    case "clear": freed = try cache.clear()
    default: break
    }
    let info = cache.info()
    if console.format == .json {
      writeCacheJSON(info, freed: freed, console)
    } else {
      var text = ""
      if let freed { text += "removed \(formatted(bytes: freed))\n" }
      if freed == nil || console.loudness != .quiet {
        text += """
          \(info.folder)
            \(formatted(bytes: info.size)) of at most \(formatted(bytes: info.bound))
            \(counted(info.contents, "compressed file")), \(counted(info.projects, "project"))

          """
      }
      console.print(text)
    }
    return .success
  } catch {
    throw Failure(error)
  }
}

private func writeCacheJSON(_ info: Cache.Info, freed: Int?, _ console: Console) {
  var json = JSONWriter { console.send($0) }
  json.object { json in
    json.field("schemaVersion", Report.schemaVersion)
    json.field("folder", info.folder)
    json.field("size", info.size)
    json.field("bound", info.bound)
    json.field("contents", info.contents)
    json.field("projects", info.projects)
    if let freed { json.field("freed", freed) }
  }
  json.endLine()
}
