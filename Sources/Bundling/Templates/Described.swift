import Files
import Model
import Text

extension Configuration {
  /// What the project's deployment files describe, and what its sources mark: all of them, or those that `discover` names.
  func described(in tree: ProjectTree, languages: [String], jobs: Int) -> Descriptions {
    let named = patterns?.map(\.value).filter(Self.namesTemplate)
    if let named, named.isEmpty { return Descriptions() }
    let globs = named?.map(Glob.init)
    let plans = TerraformPlans.run(in: tree, named: globs, languages: languages)
    var found = TemplateSearch.run(
      in: tree, named: globs, besides: plans.files, languages: languages, jobs: jobs)
    found.add(plans.found)
    found.add(ServerlessSearch.run(in: tree, named: globs, languages: languages, jobs: jobs))
    found.add(TerraformSearch.run(in: tree, named: globs, languages: languages, jobs: jobs))
    if named == nil {
      found.add(MarkedSources.run(in: tree, jobs: jobs))
      found.add(PantsTargets.run(in: tree, languages: languages))
      found.add(FrameworkSettings.run(in: tree, languages: languages))
      found.dropTwice()
    }
    found.functions.nameApart(below: tree.folder)
    return found
  }

  /// Whether a pattern of `discover` is about deployment files: `services/*/template.yaml`.
  static func namesTemplate(_ pattern: String) -> Bool {
    [".yaml", ".yml", ".json", ".tf"].contains(where: pattern.hasSuffix)
  }
}

extension Descriptions {
  /// What its source marks, and a deployment file describes as well, is the function that the file says.
  fileprivate mutating func dropTwice() {
    let described = Set(
      functions.filter { $0.origin.path.hasSuffix(".py") == false }.map {
        "\($0.folder)/\($0.handler.value)"
      })
    functions.removeAll {
      $0.origin.path.hasSuffix(".py") && described.contains("\($0.folder)/\($0.handler.value)")
    }
  }
}

extension [DescribedFunction] {
  /// Puts folders in front of names that several functions have: `orders-Worker` and `refunds-Worker` of
  /// `services/orders/template.yaml` and `services/refunds/template.yaml`. As many as are needed, the
  /// file's own name last.
  mutating func nameApart(below project: String) {
    var positions: [String: [Int]] = [:]
    for index in indices { positions[self[index].name, default: []].append(index) }
    var taken = Set(positions.keys)
    for (name, clashing) in positions.sorted(by: { $0.key < $1.key }) where clashing.count > 1 {
      let paths = clashing.map { index in
        let path = RelativePath(self[index].origin.path)
        return path.folder.split(separator: "/").map(String.init)
      }
      let longest = paths.map(\.count).max() ?? 0
      let depth = (1...Swift.max(longest, 1)).first { depth in
        Set(paths.map { $0.suffix(depth) }).count == paths.count
      }
      for (index, path) in zip(clashing, paths) {
        let file = String(RelativePath(self[index].origin.path).name.prefix { $0 != "." })
        let front = path.suffix(depth ?? longest) + (depth == nil ? [file] : [])
        var made = (front + [name]).joined(separator: "-")
        var count = 2
        while !taken.insert(made).inserted {
          made = (front + [name, String(count)]).joined(separator: "-")
          count += 1
        }
        self[index].name = made
      }
    }
  }
}

/// Described functions, to find those that the configuration speaks of.
struct DescribedTable {
  private var functions: [DescribedFunction?]
  private var byName: [String: Int] = [:]
  /// By the file that the handler is in and its attribute.
  private var byPlace: [String: Int] = [:]

  init(_ functions: [DescribedFunction]) {
    self.functions = functions
    for (index, function) in functions.enumerated() {
      byName[function.name] = index
      guard case .module(let module, let attribute) = HandlerSpelling(function.handler.value) else {
        continue
      }
      let path = module.split(separator: ".").joined(separator: "/")
      let place = "\(function.folder)/\(path).py:\(attribute)"
      if byPlace[place] == nil { byPlace[place] = index }
    }
  }

  /// Those that nobody has taken.
  var rest: [DescribedFunction] { functions.compactMap(\.self) }

  /// The function of a name, or the one whose handler is in a file: the configuration's function is the
  /// same.
  mutating func take(
    named name: String, orAt handler: String, project: String
  ) -> DescribedFunction? {
    var position = byName[name]
    if position == nil, case .file(let path, let attribute) = HandlerSpelling(handler) {
      position = byPlace["\(FileSystem.absolute(path, in: project)):\(attribute)"]
    }
    guard let position, let function = functions[position] else { return nil }
    functions[position] = nil
    return function
  }
}
