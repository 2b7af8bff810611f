import Files
import Model

/// Where the code lies that the CDK has staged. A synthesised template names the copy in `cdk.out`, and
/// nothing says what that was made from; so the project's folder is looked for that has the same files.
///
///     cdk.out/asset.4f1c/index.py      what 'aws:asset:path' of the function leads to
///     functions/orders/index.py        the same bytes: what somebody edits
///
/// Where the CDK has installed the function's requirements into the copy (`PythonFunction` and other
/// bundling), that is its environment: exactly what would be deployed, for the function's own processor.
///
/// Source: https://docs.aws.amazon.com/cdk/v2/guide/assets.html
struct CDKSources {
  private let tree: ProjectTree
  /// Folders of the project, relative, that the CDK has made.
  private let assemblies: [String]

  init(_ tree: ProjectTree) {
    self.tree = tree
    assemblies = tree.files.filter { $0.name == "cdk.out" }.map { String($0.folder) }
  }

  /// The function with its sources for its code, where one folder alone can be meant.
  func traced(_ function: DescribedFunction) -> DescribedFunction {
    guard let staged = tree.relative(function.folder), isMade(staged) else { return function }
    let copies = tree.files(below: staged)
    guard let handler = handlerFile(of: function, among: copies) else { return function }
    let isBundled = copies.contains { path in
      path.string.prefix { $0 != "/" }.hasSuffix(".dist-info")
    }
    let candidates = tree.files.filter { $0.isAt(handler) && !isMade(String($0.folder)) }
      .map { folder(of: $0, above: handler) }
      .filter { hasSame(as: copies, staged, in: $0, isBundled: isBundled) }
    guard candidates.count == 1 else { return function }
    var found = function
    found.folder = FileSystem.absolute(candidates[0], in: tree.folder)
    found.code = .init(
      value: candidates[0].isEmpty ? "." : candidates[0], location: function.code.location)
    if isBundled {
      found.layer.environment = [
        .init(value: function.folder, location: function.code.location)
      ]
    }
    return found
  }

  private func isMade(_ folder: String) -> Bool {
    assemblies.contains { folder == $0 || folder.hasPrefix($0 + "/") }
  }

  private func handlerFile(
    of function: DescribedFunction, among copies: [RelativePath]
  ) -> RelativePath? {
    guard case .module(let module, _) = HandlerSpelling(function.handler.value) else { return nil }
    let base = module.split(separator: ".").joined(separator: "/")
    return ["\(base).py", "\(base)/__init__.py"].map { RelativePath($0) }
      .first { copies.position(of: $0) != nil }
  }

  private func folder(of file: RelativePath, above handler: RelativePath) -> String {
    let count = file.string.utf8.count - handler.string.utf8.count - 1
    return count < 0 ? "" : String(decoding: Array(file.string.utf8.prefix(count)), as: UTF8.self)
  }

  /// Whether sources are the same wherever both have them, and whether none of the copy's is missing but
  /// for what was installed there.
  private func hasSame(
    as copies: [RelativePath], _ staged: String, in folder: String, isBundled: Bool
  ) -> Bool {
    for path in copies where path.string.hasSuffix(".py") {
      let own = RelativePath(folder.isEmpty ? path.string : "\(folder)/\(path.string)")
      guard tree.files.position(of: own) != nil else {
        if isBundled { continue }
        return false
      }
      let copy = try? FileSystem.read("\(tree.folder)/\(staged)/\(path.string)")
      guard let copy, copy == (try? FileSystem.read("\(tree.folder)/\(own.string)")) else {
        return false
      }
    }
    return true
  }
}

extension RelativePath {
  /// Whether it is that path or ends with it.
  fileprivate func isAt(_ path: RelativePath) -> Bool {
    string == path.string || string.hasSuffix("/" + path.string)
  }
}
