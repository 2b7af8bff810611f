import Files
import Model
import Text

/// Finds functions that the sources themselves mark for their provider, as its documentation writes them.
///
///     @functions_framework.http          # main.py, Google
///     def hello(request): ...
///
///     app = func.FunctionApp()           # function_app.py beside host.json, Azure's v2 model
///
/// Sources: https://cloud.google.com/functions/docs/writing and
/// https://learn.microsoft.com/azure/azure-functions/functions-reference-python
enum MarkedSources {
  private static let decorators = ["http", "cloud_event", "typed"].map {
    "@functions_framework.\($0)"
  }

  static func run(in tree: ProjectTree, jobs: Int) -> Descriptions {
    let files = tree.files.filter { ["main.py", "function_app.py"].contains(String($0.name)) }
    var result = Descriptions()
    for functions in concurrentMap(files, jobs: jobs, { read($0, in: tree) }) {
      result.functions += functions
      if !functions.isEmpty { result.files += 1 }
    }
    return result
  }

  private static func read(_ file: RelativePath, in tree: ProjectTree) -> [DescribedFunction] {
    guard let bytes = try? FileSystem.read("\(tree.folder)/\(file.string)") else { return [] }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let isGoogle = file.name == "main.py"
    if !isGoogle, tree.files.position(of: beside(file, "host.json")) == nil { return [] }
    let found =
      isGoogle
      ? decorated(lines, by: decorators).map { (name: $0.name, line: $0.line) }
      : applications(lines)
    let folder = FileSystem.absolute(String(file.folder), in: tree.folder)
    return found.map { name, line in
      let location = SourceLocation(path: file.string, line: line, column: 1)
      var layer = Configuration.Layer()
      layer.provider = .init(
        value: isGoogle ? .googleCloudFunctions : .azureFunctions, location: location)
      layer.sourceRoots = []
      // An application of Azure has one archive for all its functions, and its folder's name.
      let app = folder.split(separator: "/").last.map(String.init) ?? "app"
      return DescribedFunction(
        name: isGoogle ? name : app, id: name,
        handler: .init(value: "\(file.name.dropLast(3)).\(name)", location: location),
        origin: location, code: .init(value: ".", location: location), folder: folder, layers: [],
        layer: layer)
    }
  }

  private static func beside(_ file: RelativePath, _ name: String) -> RelativePath {
    RelativePath(file.folder.isEmpty ? name : "\(file.folder)/\(name)")
  }

  /// The functions at the top that one of these decorators stands on, among others perhaps: the line of
  /// the decorator, from 1, and the lines from there up to the function.
  static func decorated(
    _ lines: [String], by decorators: [String]
  ) -> [(name: String, line: Int, written: ArraySlice<String>)] {
    var found: [(name: String, line: Int, written: ArraySlice<String>)] = []
    var mark: Int?
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("@") {
        let word = line.prefix { $0 != "(" && $0 != " " && $0 != "#" && $0 != "\r" }
        if decorators.contains(String(word)) { mark = index + 1 }
        continue
      }
      // What is inside of a decorator's parentheses, and their end.
      guard let first = line.first, !" \t#\r)]}".contains(first) else { continue }
      if let start = mark, let name = definedName(line) {
        found.append((name, start, lines[(start - 1)..<index]))
      }
      mark = nil
    }
    return found
  }

  /// `def hello(request):`
  private static func definedName(_ line: String) -> String? {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    let rest = words.first == "async" ? words.dropFirst() : words[...]
    guard rest.first == "def", let name = rest.dropFirst().first?.prefix(while: { $0 != "(" }),
      !name.isEmpty
    else { return nil }
    return String(name)
  }

  /// `app = func.FunctionApp(http_auth_level=…)`; the worker wants exactly one.
  private static func applications(_ lines: [String]) -> [(name: String, line: Int)] {
    let found = lines.enumerated().compactMap { index, line -> (name: String, line: Int)? in
      guard let equals = line.firstIndex(of: "="), line.first != " ", line.first != "#" else {
        return nil
      }
      let name = trimmed(String(line[..<equals].prefix { $0 != ":" }))
      let value = trimmed(String(line[line.index(after: equals)...]))
      let callee = value.prefix { $0 != "(" }
      guard callee == "FunctionApp" || callee.hasSuffix(".FunctionApp"), !name.contains(" "),
        value.contains("(")
      else { return nil }
      return (name, index + 1)
    }
    return Array(found.prefix(1))
  }
}
