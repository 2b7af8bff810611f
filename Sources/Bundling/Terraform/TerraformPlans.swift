import Files
import Model
import Text

/// Reads the plans that `discover` names: what `terraform show -json PLAN` has printed. One is never
/// looked for, since it may be an old one.
enum TerraformPlans {
  /// - Parameter named: patterns of `discover`; nil finds none.
  /// - Returns: the functions, and the files that are plans and so nothing else.
  static func run(
    in tree: ProjectTree, named: [Glob]?, languages: [String]
  ) -> (found: Descriptions, files: Set<RelativePath>) {
    var result = Descriptions()
    var files: Set<RelativePath> = []
    for file in tree.files {
      guard file.string.hasSuffix(".json"), !TerraformSearch.isOne(file.string),
        let named, named.contains(where: { $0.matches(file.string) }),
        let bytes = try? FileSystem.read("\(tree.folder)/\(file.string)"),
        TerraformPlan.isOne(bytes)
      else { continue }
      files.insert(file)
      do throws(MalformedText) {
        let document = try JSON.read(bytes, path: file.string)
        guard let plan = document.table.flatMap(TerraformPlan.init) else {
          result.diagnostics.append(
            .notAPlan(file.string, version: document.table?["format_version"]))
          continue
        }
        let folder = FileSystem.absolute(String(file.folder), in: tree.folder)
        result.add(TerraformPlanReader(plan, in: folder, languages: languages).found)
      } catch {
        result.diagnostics.append(error.diagnostic)
      }
    }
    return (result, files)
  }
}
