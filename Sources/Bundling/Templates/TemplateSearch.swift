import Files
import Model
import Text
import YAML

/// Finds a project's AWS SAM and CloudFormation templates and reads their functions, those of nested
/// templates with what is handed down to them.
struct TemplateSearch {
  let tree: ProjectTree
  let languages: [String]
  private var templates: [String: Template] = [:]
  private var result = Descriptions()
  private var isRead: Set<String> = []
  /// What `samconfig.toml` gives to the templates of its folder, by that.
  private var overrides: [Substring: [String: TemplateValue]] = [:]

  /// A file that was read.
  struct Template {
    let root: YAMLNode?
    let diagnostics: [Diagnostic]
  }

  static let names = ["template.yaml", "template.yml", "template.json"]

  /// - Parameters:
  ///   - named: patterns of `discover` that name templates; nil: those that are named as
  ///     templates usually are, and those that `samconfig.toml` names.
  ///   - others: files that are something else.
  static func run(
    in tree: ProjectTree, named: [Glob]?, besides others: Set<RelativePath> = [],
    languages: [String], jobs: Int
  ) -> Descriptions {
    var search = TemplateSearch(tree: tree, languages: languages)
    let files = named.map { globs in
      tree.files.filter { file in
        !ServerlessSearch.names.contains(String(file.name)) && !TerraformSearch.isOne(file.string)
          && !others.contains(file)
          && globs.contains { $0.matches(file.string) }
      }
    }
    for file in search.read(files ?? search.usualFiles(), jobs: jobs) {
      search.follow(file, given: search.overrides[RelativePath(file).folder] ?? [:])
    }
    return search.result
  }

  private init(tree: ProjectTree, languages: [String]) {
    self.tree = tree
    self.languages = languages
  }

  // MARK: Which files

  private mutating func usualFiles() -> [RelativePath] {
    var files = tree.files.filter { Self.names.contains(String($0.name)) }
    for config in tree.files where config.name == "samconfig.toml" {
      var given: [String: TemplateValue] = [:]
      let named = SAMConfig.templates(config, in: tree, &result.diagnostics, &given)
      for folder in [config.folder] + named.map(\.folder) { overrides[folder] = given }
      if named.isEmpty { continue }
      files.removeAll { $0.folder == config.folder }
      files += named
    }
    return (files + tree.files.filter(isOfAssembly)).uniqued().sorted()
  }

  /// Whether the CDK has made a template: `cdk.out/*.template.json`, beside the file `cdk.out`.
  ///
  /// Source: https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-app
  private func isOfAssembly(_ file: RelativePath) -> Bool {
    file.string.hasSuffix(".template.json")
      && tree.files.position(
        of: RelativePath(file.folder.isEmpty ? "cdk.out" : "\(file.folder)/cdk.out")) != nil
  }

  /// The templates that no other one names, then those that only name each other.
  private mutating func read(_ files: [RelativePath], jobs: Int) -> [String] {
    let folder = tree.folder
    let read = concurrentMap(files, jobs: jobs) { Self.template($0.string, in: folder) }
    var toldOfLibrary = false
    for (file, template) in zip(files, read) {
      let isMissing = template.diagnostics.contains { $0.code == "libyaml-missing" }
      if !isMissing || !toldOfLibrary { result.diagnostics += template.diagnostics }
      toldOfLibrary = toldOfLibrary || isMissing
      templates[file.string] = template
    }
    var isNested: Set<String> = []
    for file in files {
      guard let root = templates[file.string]?.root, root.namesOthers else { continue }
      for nested in reader(root, file.string).nested {
        if let path = relative(nested.file, to: file.string), path != file.string {
          isNested.insert(path)
        }
      }
    }
    let circular = files.map(\.string).filter(isNested.contains).sorted { first, second in
      let (a, b) = (first.utf8.count { $0 == 0x2F }, second.utf8.count { $0 == 0x2F })
      return (a, first) < (b, second)
    }
    return files.map(\.string).filter { !isNested.contains($0) } + circular
  }

  static func template(_ path: String, in folder: String) -> Template {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read("\(folder)/\(path)")
    } catch {
      return Template(root: nil, diagnostics: [.unreadableTemplate(path, error.description)])
    }
    do throws(MalformedText) {
      let document =
        path.hasSuffix(".json")
        ? YAML.Document(root: YAMLNode(try JSON.read(bytes, path: path)))
        : try YAML.read(bytes, path: path)
      guard let root = document.root, root.isCloudFormation else {
        return Template(
          root: nil,
          diagnostics: [
            .otherFile("it is no CloudFormation template", at: SourceLocation(path: path))
          ])
      }
      // AWS takes the last one of a key that is given twice, and deploys.
      let told = document.diagnostics.map { diagnostic in
        guard diagnostic.code == "duplicate-key" else { return diagnostic }
        var warning = diagnostic
        warning.severity = .warning
        return warning
      }
      return Template(root: root, diagnostics: told)
    } catch {
      // Other tools' templates bear the same name, and some of those are no YAML before they are filled.
      let isOurs = error.diagnostic.code == "libyaml-missing" || bytes.mentionsCloudFormation
      return Template(
        root: nil,
        diagnostics: [
          isOurs
            ? error.diagnostic
            : .otherFile(
              error.diagnostic.message,
              at: error.diagnostic.location
                ?? SourceLocation(path: path))
        ])
    }
  }

  // MARK: Following

  private mutating func follow(
    _ file: String, given: [String: TemplateValue] = [:], through: [String] = []
  ) {
    guard isRead.insert(file).inserted, let root = templates[file]?.root else { return }
    let reader = reader(root, file, given: given)
    var found = reader.found
    if isOfAssembly(RelativePath(file)) {
      let sources = CDKSources(tree)
      found.functions = found.functions.map(sources.traced)
    }
    result.add(found)
    // What the CDK makes, the CDK deploys.
    if !isOfAssembly(RelativePath(file)) {
      result.templates.append(
        DescribedTemplate(
          path: file, folder: reader.folder, given: given, top: through.first ?? file))
    }
    for nested in reader.nested {
      guard let path = relative(nested.file, to: file) else {
        result.diagnostics.append(.noNestedTemplate(nested.file, at: nested.location))
        continue
      }
      guard !(through + [file]).contains(path) else {
        result.diagnostics.append(.cyclicStack(through + [file, path], at: nested.location))
        continue
      }
      guard through.count < 50 else {
        result.diagnostics.append(
          .nestedNotRead(nested.file, "it is the fiftieth inside another", at: nested.location))
        continue
      }
      if templates[path] == nil {
        let template = Self.template(path, in: tree.folder)
        templates[path] = template
        result.diagnostics += template.diagnostics
      }
      follow(path, given: nested.parameters, through: through + [file])
    }
  }

  private func reader(
    _ root: YAMLNode, _ file: String, given: [String: TemplateValue] = [:]
  ) -> CloudFormationReader {
    CloudFormationReader(
      root, in: FileSystem.absolute(String(RelativePath(file).folder), in: tree.folder),
      languages: languages, given: given)
  }

  /// The path below the project of a file that another one names; nil where it is not there.
  private func relative(_ written: String, to file: String) -> String? {
    let folder = FileSystem.absolute(String(RelativePath(file).folder), in: tree.folder)
    let location = FileSystem.absolute(written, in: folder)
    guard location.hasPrefix(tree.folder + "/") else { return nil }
    let path = String(location.dropFirst(tree.folder.utf8.count + 1))
    return tree.files.position(of: RelativePath(path)) == nil ? nil : path
  }
}

extension YAMLNode {
  /// Whether it is a template of AWS CloudFormation: it has resources, and says so or has one of AWS's
  /// types.
  fileprivate var isCloudFormation: Bool {
    guard let resources = self["Resources"]?.mapping else { return false }
    return self["AWSTemplateFormatVersion"] != nil || self["Transform"] != nil
      || resources.contains { entry in
        entry.key.hasPrefix("Fn::ForEach::")
          || entry.value["Type"]?.text?.contains("::") == true
      }
  }

  /// Whether some resource is a template of its own; a loop may make one.
  fileprivate var namesOthers: Bool {
    (self["Resources"]?.mapping ?? []).contains { entry in
      entry.key.hasPrefix("Fn::ForEach::")
        || ["AWS::Serverless::Application", "AWS::CloudFormation::Stack"].contains(
          entry.value["Type"]?.text)
    }
  }
}

extension [UInt8] {
  fileprivate var mentionsCloudFormation: Bool {
    let text = String(decoding: self, as: UTF8.self)
    return ["AWSTemplateFormatVersion", "AWS::Serverless", "AWS::Lambda"].contains {
      text.contains($0)
    }
  }
}
