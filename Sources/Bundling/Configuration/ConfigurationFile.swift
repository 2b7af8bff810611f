import Files
package import Model
import Text

extension Configuration {
  /// Finds and reads the configuration. Where there is none, the project is the folder that was named,
  /// else the nearest one, from the current folder up to the repository's top, that has a file which
  /// describes functions, else the current folder.
  ///
  /// - Parameters:
  ///   - project: the folder that was named on the command line, and nowhere else; nil: the current
  ///     folder, then upwards.
  ///   - languages: names of the languages whose runtimes are known.
  ///
  /// Throws `.usage` for a wrong one (with every mistake in it), `.system` where a file cannot be read.
  package static func find(
    project: String?, languages: [String]
  ) throws(Failure) -> Configuration {
    let start: String
    do throws(FileError) {
      let current = try FileSystem.currentFolder()
      start = project.map { FileSystem.absolute($0, in: current) } ?? current
    } catch {
      throw Failure(error)
    }
    guard FileSystem.isFolder(start) else { throw Failure(.usage, [.noProjectFolder(start)]) }
    var folder = start
    while true {
      if let found = try Candidate(in: folder) {
        var reader = ConfigurationReader(folder: folder, languages: languages)
        return try reader.read(found)
      }
      guard project == nil, folder != "/" else { break }
      folder = FileSystem.absolute("..", in: folder)
    }
    return try unwritten(project == nil ? Self.describedFolder(from: start) : start)
  }

  /// The project without a configuration of its own.
  private static func unwritten(_ folder: String) throws(Failure) -> Configuration {
    let pyproject = try? Candidate.parse("pyproject.toml", in: folder)
    return ConfigurationReader.read(pyproject: pyproject?.table, folder: folder)
  }

  private static func describedFolder(from start: String) -> String {
    let names =
      TemplateSearch.names + ["samconfig.toml"] + ServerlessSearch.names
      + ["main.tf", "cdk.json", "pants.toml", "vercel.json", "zappa_settings.json"]
    var folder = start
    while true {
      let prefix = folder == "/" ? "/" : folder + "/"
      if names.contains(where: { FileSystem.isFile(prefix + $0) }) { return folder }
      if folder == "/" || FileSystem.kind(of: prefix + ".git") != nil { return start }
      folder = FileSystem.absolute("..", in: folder)
    }
  }

  /// The file, parsed, that a folder's configuration stands in.
  struct Candidate {
    let file: String
    let table: DatumTable
    let origin: SourceLocation
    let pyproject: DatumTable?
    var diagnostics: [Diagnostic] = []

    init?(in folder: String) throws(Failure) {
      let pare = try Self.parse("pare.toml", in: folder)
      // A broken `pyproject.toml` beside a good `pare.toml` is other tools' business.
      let pyproject: Datum?
      do throws(Failure) {
        pyproject = try Self.parse("pyproject.toml", in: folder)
      } catch {
        guard pare != nil else { throw error }
        pyproject = nil
      }
      let section = pyproject?.table?["tool"]?.table?.entry("pare")
      self.pyproject = pyproject?.table
      if let pare, let table = pare.table {
        file = "pare.toml"
        self.table = table
        origin = pare.location
        if let section { diagnostics = [.twoConfigurations(ignored: section.value.location)] }
      } else if let section {
        guard let table = section.value.table else {
          throw Failure(
            .usage,
            [
              .wrongType(
                "tool.pare", wanted: "a table", found: section.value.kindName,
                at: section.value.location)
            ])
        }
        file = "pyproject.toml"
        self.table = table
        origin = section.value.location
      } else {
        return nil
      }
    }

    static func parse(_ name: String, in folder: String) throws(Failure) -> Datum? {
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try FileSystem.read(folder == "/" ? "/\(name)" : "\(folder)/\(name)")
      } catch {
        if error.isMissing { return nil }
        throw Failure(.system, [.unreadableConfiguration(error)])
      }
      do throws(MalformedText) {
        return try TOML.read(bytes, path: name)
      } catch {
        throw Failure(.usage, [error.diagnostic])
      }
    }
  }
}
