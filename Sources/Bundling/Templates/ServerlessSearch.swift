import Files
import Model
import Text
import YAML

/// Finds a project's files of the Serverless Framework and reads their functions.
enum ServerlessSearch {
  static let names = ["serverless.yml", "serverless.yaml", "serverless.json"]
  /// The same as programs, which are not run.
  private static let programs = [
    "serverless.ts", "serverless.js", "serverless.mjs", "serverless.cjs",
  ]

  /// - Parameter named: patterns of `discover`; nil: all files of the usual names.
  static func run(
    in tree: ProjectTree, named: [Glob]?, languages: [String], jobs: Int
  ) -> Descriptions {
    let files = tree.files.filter { file in
      guard names.contains(String(file.name)) else { return false }
      return named.map { globs in globs.contains { $0.matches(file.string) } } ?? true
    }
    var result = Descriptions()
    for found in concurrentMap(files, jobs: jobs, { read($0, in: tree, languages) }) {
      result.add(found)
    }
    guard named == nil else { return result }
    for file in tree.files where programs.contains(String(file.name)) {
      let beside = names.contains { name in
        let path = file.folder.isEmpty ? name : "\(file.folder)/\(name)"
        return tree.files.position(of: RelativePath(path)) != nil
      }
      if !beside { result.diagnostics.append(.programNotRead(file.string)) }
    }
    return result
  }

  private static func read(
    _ file: RelativePath, in tree: ProjectTree, _ languages: [String]
  ) -> Descriptions {
    var result = Descriptions()
    do throws(MalformedText) {
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try FileSystem.read("\(tree.folder)/\(file.string)")
      } catch {
        result.diagnostics.append(.unreadableTemplate(file.string, error.description))
        return result
      }
      let document =
        file.string.hasSuffix(".json")
        ? YAML.Document(root: YAMLNode(try JSON.read(bytes, path: file.string)))
        : try YAML.read(bytes, path: file.string)
      guard let root = document.root, root["provider"] != nil, root["service"] != nil else {
        result.diagnostics.append(
          .otherFile(
            "it is no service of the Serverless Framework",
            at: SourceLocation(path: file.string)))
        return result
      }
      result.diagnostics += document.diagnostics
      let folder = FileSystem.absolute(String(file.folder), in: tree.folder)
      result.add(
        ServerlessReader(root, in: folder, tree: tree, languages: languages).found)
    } catch {
      result.diagnostics.append(error.diagnostic)
    }
    return result
  }
}
