import Files
package import Model
import Text

/// A template that a project's functions are described in, with what it was read with.
struct DescribedTemplate: Sendable {
  /// Below the project.
  let path: String
  /// Absolute path of the folder that it lies in.
  let folder: String
  /// What the template above hands down.
  let given: [String: TemplateValue]
  /// The template that names this one, or the one that names that…, below the project; itself where
  /// none does.
  let top: String
}

/// A described function with the archive that it becomes.
struct DescribedArchive: Sendable {
  /// As the project calls it.
  let name: String
  let function: DescribedFunction
  /// Absolute path; nothing need be there.
  let archive: String
}

/// A template for deploying what was packaged.
package struct DeployableTemplate: Sendable {
  /// Absolute path of where it belongs.
  package let path: String
  package let bytes: [UInt8]
}

/// The project's AWS SAM and CloudFormation templates as they are deployed from
/// `.aws-sam/build/template.yaml` beside the top one, where `sam deploy` and `sam local` look first;
/// nested ones keep their place among each other. Functions whose archives are there come from these,
/// the others from their folders.
///
/// Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-build.html
package func deployableTemplates(
  _ found: Discovered
) -> (templates: [DeployableTemplate], diagnostics: [Diagnostic]) {
  let described = Set(found.deployed.map(\.function.origin.path))
  let tops = Set(found.templates.filter { described.contains($0.path) }.map(\.top))
  let templates = found.templates.filter { tops.contains($0.top) }
  guard !templates.isEmpty else { return ([], [.noTemplate()]) }
  let project = found.workspace.project
  let outputs = outputs(of: templates, project: project)
  var packaged: [String: [SourceLocation: [TemplateRewriter.Packaged]]] = [:]
  var diagnostics: [Diagnostic] = []
  let entryPoints = Dictionary(
    found.workspace.functions.rows.map { ($0.name, $0.entryPoint) }, uniquingKeysWith: { a, _ in a }
  )
  let paths = Set(templates.map(\.path))
  for item in found.deployed where paths.contains(item.function.origin.path) {
    let function = item.function
    guard FileSystem.isFile(item.archive) else {
      diagnostics.append(.noArchive(function.name, at: function.origin))
      continue
    }
    if let packaged = found.workspace.functions.rows.first(where: { $0.name == item.name }) {
      diagnostics += function.contradictions(packaged, found.workspace)
    }
    let entryPoint = entryPoints[item.name] ?? nil
    let written = HandlerSpelling(function.handler.value).map { spelling in
      if case .module(let module, let attribute) = spelling { "\(module).\(attribute)" } else { "" }
    }
    packaged[function.origin.path, default: [:]][function.origin, default: []].append(
      TemplateRewriter.Packaged(
        id: function.id, archive: item.archive,
        handler: entryPoint == written ? nil : entryPoint))
  }
  var made: [DeployableTemplate] = []
  for template in templates {
    guard let output = outputs["\(project)/\(template.path)"] else { continue }
    do throws(MalformedText) {
      guard let bytes = try? FileSystem.read("\(project)/\(template.path)") else { continue }
      let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      var rewriter = try TemplateRewriter(
        template, Array(bytes.dropFirst(mark)),
        to: FileSystem.absolute("..", in: output), outputs: outputs,
        packaged: packaged[template.path] ?? [:])
      let result = rewriter.result()
      diagnostics += rewriter.diagnostics
      if let result {
        made.append(DeployableTemplate(path: output, bytes: bytes.prefix(mark) + result))
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }
  return (made, diagnostics)
}

extension DescribedFunction {
  /// What the template still says otherwise than the configuration that the archive was made by: the
  /// provider would run it on another Python or processor. A handler is written anew.
  fileprivate func contradictions(_ function: Function, _ workspace: Workspace) -> [Diagnostic] {
    let target = workspace.targets[function.target]
    var found: [Diagnostic] = []
    if let written = layer.runtime, written.value != target.runtime {
      found.append(
        .templateSaysOtherwise(
          "Runtime", "\(written.value)", packaged: "\(target.runtime)", function,
          at: written.location))
    }
    if let location = unsupported?.location {
      found.append(
        .templateSaysOtherwise(
          "Runtime", "another one", packaged: "\(target.runtime)", function, at: location))
    }
    if (layer.architecture?.value ?? .x86_64) != target.architecture {
      found.append(
        .templateSaysOtherwise(
          "Architectures", layer.architecture?.value.rawValue ?? "nothing of it",
          packaged: target.architecture.rawValue, function,
          at: layer.architecture?.location ?? origin))
    }
    for id in function.layers where !layerArchives.contains(workspace.layers[id].archive) {
      found.append(.templateAttachesNoLayer(workspace.layers[id], function, workspace, at: origin))
    }
    return found
  }
}

/// Where each template goes: absolute paths. The first of the top templates of a folder is
/// `template.yaml`, whatever it is called: that is the name which is looked for.
private func outputs(
  of templates: [DescribedTemplate], project: String
) -> [String: String] {
  var outputs: [String: String] = [:]
  var taken: Set<String> = []
  let tops = templates.filter { $0.path == $0.top }
  for template in tops + templates.filter({ $0.path != $0.top }) {
    let top = RelativePath(template.top)
    let base = FileSystem.absolute(String(top.folder), in: project)
    let build = "\(base)/.aws-sam/build"
    var path = "\(build)/template.yaml"
    if template.path != template.top || taken.contains(path) {
      // What lies above the top template's folder stays inside.
      let relative = FileSystem.relative("\(project)/\(template.path)", to: base)
      path =
        "\(build)/"
        + relative.split(separator: "/").map { $0 == ".." ? "up" : String($0) }.joined(
          separator: "/")
    }
    while !taken.insert(path).inserted { path += ".yaml" }
    outputs["\(project)/\(template.path)"] = path
  }
  return outputs
}
