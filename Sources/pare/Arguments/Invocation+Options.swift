import Bundling
import Files
import Model

extension Invocation {
  var jobs: Int { count(.jobs) ?? System.processorCount }

  /// What `discover` takes from the command line, all operands being names of functions.
  var discoverOptions: Options {
    Options(
      project: text(.project), functions: operands, output: text(.output),
      environment: texts(.environment), cacheFolder: try? cacheFolder(), jobs: jobs)
  }

  /// The folder of `--cache-dir`, else the user's own; nil where there is no home.
  func cacheFolder() throws(Failure) -> String? {
    guard let folder = text(.cacheFolder) else { return Cache.defaultFolder }
    do throws(FileError) {
      return FileSystem.absolute(folder, in: try FileSystem.currentFolder())
    } catch {
      throw Failure(error)
    }
  }

  /// Nil with `--no-cache`, and where none can be made or written to, which is a warning: a cache is
  /// no reason to stop.
  func openCache() throws(Failure) -> (cache: Cache?, diagnostics: [Diagnostic]) {
    guard !has(.noCache), let folder = try cacheFolder() else { return (nil, []) }
    do throws(FileError) {
      return (try Cache(folder), [])
    } catch {
      return (nil, [.cacheUnusable(error, folder: folder)])
    }
  }

  /// As `openCache()`, with the warning said at once.
  func cache(_ console: Console) throws(Failure) -> Cache? {
    let (cache, diagnostics) = try openCache()
    console.report(diagnostics, project: text(.project))
    return cache
  }
}
