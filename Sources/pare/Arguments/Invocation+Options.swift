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

  /// Nil with `--no-cache`, and where nobody asked for a cache and none can be made.
  ///
  /// Throws where `--cache-dir` names a folder that cannot be made or written to.
  func cache() throws(Failure) -> Cache? {
    guard !has(.noCache), let folder = try cacheFolder() else { return nil }
    do throws(FileError) {
      return try Cache(folder)
    } catch {
      if has(.cacheFolder) { throw Failure(error) }
      return nil
    }
  }
}
