import Files
import Model
import Text

/// Finds a project's Terraform modules and reads their functions. Nothing is run: neither `init` nor
/// `plan` need have been.
struct TerraformSearch {
  private let tree: ProjectTree
  private let languages: [String]
  private var folders: [String: [HCLBody]] = [:]
  private var result = Descriptions()

  /// Blocks that are read, with how many labels they have.
  static let labels = ["resource": 2, "data": 2, "module": 1, "variable": 1, "locals": 0]

  static func isOne(_ path: String) -> Bool { path.hasSuffix(".tf") || path.hasSuffix(".tf.json") }

  /// - Parameter named: patterns of `discover`; nil: all that there are.
  static func run(
    in tree: ProjectTree, named: [Glob]?, languages: [String], jobs: Int
  ) -> Descriptions {
    let files = tree.files.filter { file in
      isOne(file.string)
        && named.map { globs in globs.contains { $0.matches(file.string) } } ?? true
    }
    guard !files.isEmpty else { return Descriptions() }
    var search = TerraformSearch(tree: tree, languages: languages)
    let read = concurrentMap(files, jobs: jobs) { Self.read($0, in: tree) }
    for (file, read) in zip(files, read) {
      search.folders[String(file.folder), default: []] += read.body.map { [$0] } ?? []
      search.result.diagnostics += read.diagnostics
    }
    search.follow()
    return search.result
  }

  private init(tree: ProjectTree, languages: [String]) {
    self.tree = tree
    self.languages = languages
  }

  private static func read(
    _ file: RelativePath, in tree: ProjectTree
  ) -> (body: HCLBody?, diagnostics: [Diagnostic]) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read("\(tree.folder)/\(file.string)")
    } catch {
      return (nil, [.unreadableTemplate(file.string, error.description)])
    }
    do throws(MalformedText) {
      return file.string.hasSuffix(".json")
        ? (try HCLBody.read(json: bytes, path: file.string, labels: labels), [])
        : (try HCLBody.read(bytes, path: file.string), [])
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  /// Modules that no other one names, and from each the ones below it with what is handed down.
  private mutating func follow() {
    var named: Set<String> = []
    for (folder, files) in folders {
      for block in files.flatMap({ $0.blocks("module") }) {
        var module = TerraformModule(files, in: absolute(folder))
        if let child = child(of: folder, block, &module), child != folder { named.insert(child) }
      }
    }
    for folder in folders.keys.sorted() where !named.contains(folder) {
      follow(folder, top: nil, given: [:], through: [folder], name: nil)
    }
  }

  private mutating func follow(
    _ folder: String, top: String?, given: [String: TerraformValue], through: [String],
    name: String?
  ) {
    guard let files = folders[folder] else { return }
    var module = TerraformModule(files, in: absolute(folder), top: top, given: given)
    var found = TerraformReader(module, languages: languages).found
    if let name {
      // Each use of a module makes functions of its own.
      for index in found.functions.indices {
        found.functions[index].name = "\(name)-\(found.functions[index].name)"
      }
    }
    result.add(found)
    for block in module.modules {
      guard let child = child(of: folder, block, &module), !through.contains(child),
        through.count < 10
      else { continue }
      var given: [String: TerraformValue] = [:]
      for attribute in block.body.attributes {
        given[attribute.name] = module.value(attribute.value)
      }
      let own = block.labels[0]
      follow(
        child, top: top ?? absolute(folder), given: given, through: through + [child],
        name: name.map { "\($0)-\(own)" } ?? own)
    }
  }

  /// The folder of a module's `source` that lies in the project: `./modules/function`.
  private func child(
    of folder: String, _ block: HCLBody.Block, _ module: inout TerraformModule
  ) -> String? {
    guard let source = module.value(block.body["source"]).text, source.hasPrefix(".") else {
      return nil
    }
    let location = FileSystem.absolute(source, in: absolute(folder))
    if location == tree.folder { return folders[""] == nil ? nil : "" }
    guard location.hasPrefix(tree.folder + "/") else { return nil }
    let path = String(location.dropFirst(tree.folder.utf8.count + 1))
    return folders[path] == nil ? nil : path
  }

  private func absolute(_ folder: String) -> String { FileSystem.absolute(folder, in: tree.folder) }
}
