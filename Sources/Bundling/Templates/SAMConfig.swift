import Files
import Model
import Text

/// `samconfig.toml`, as far as it names templates:
///
///     [default.build.parameters]
///     template_file = "infrastructure.yaml"
///
/// Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
enum SAMConfig {
  /// Those that are in the project. What a command takes that deploys may be what another one has made.
  static func templates(
    _ file: RelativePath, in tree: ProjectTree, _ diagnostics: inout [Diagnostic],
    _ parameters: inout [String: TemplateValue]
  ) -> [RelativePath] {
    let document: DatumTable?
    do throws(MalformedText) {
      guard let bytes = try? FileSystem.read("\(tree.folder)/\(file.string)") else { return [] }
      document = try TOML.read(bytes, path: file.string).table
    } catch {
      var diagnostic = error.diagnostic
      diagnostic.severity = .warning
      diagnostics.append(diagnostic)
      return []
    }
    parameters = SAMParameters.read(document)
    let folder = FileSystem.absolute(String(file.folder), in: tree.folder)
    var found: [RelativePath] = []
    for environment in document?.entries ?? [] {
      for command in environment.value.table?.entries ?? []
      where !["deploy", "package", "publish"].contains(command.key) {
        let parameters = command.value.table?["parameters"]?.table
        for name in ["template_file", "template"] {
          guard let written = parameters?[name]?.string else { continue }
          let location = FileSystem.absolute(written, in: folder)
          guard location.hasPrefix(tree.folder + "/") else { continue }
          let path = RelativePath(String(location.dropFirst(tree.folder.utf8.count + 1)))
          if tree.files.position(of: path) != nil { found.append(path) }
        }
      }
    }
    return found.uniqued()
  }
}
